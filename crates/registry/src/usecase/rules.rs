//! Editions of the rule table and of the weights: brought, looked at, put in force.

use std::sync::Arc;

use db::{Entry, Reader, Row as _, Tx, Words};
use kernel::{Ctx, FieldProblem, Problem, ProblemKind};
use portfolio::priority::Weights;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use webkit::{Core, heavy};

use super::{
    classify::{ATTEMPTS, Classified, MEANWHILE, decided, load_heard, may_plan, reckon, write},
    in_force,
    rule_words::Telling,
};
use crate::{
    model::{
        SystemId,
        appraiser::Appraiser,
        assessment::MoveStrategy,
        rule_fault::check_shape,
        rules::{RuleSet, RuleSetId, RulesKind, RulesState, free_version},
    },
    store::rules,
};

/// An edition as somebody brings it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RulesInput {
    /// `strategy` or `priority`.
    pub kind: String,
    /// The whole file, as JSON.
    pub body: String,
    /// Why it is brought.
    pub note: String,
}

/// Keeps an edition that is sound, beside the one in force; one with a gap or a contradiction is refused with the case that
/// shows it.
pub async fn rules_propose(core: &Core, ctx: &Ctx, input: &RulesInput) -> Result<RuleSet, Problem> {
    may_plan(core, ctx)?;
    let unknown = || Problem::bad_input("unknown-choice").with("text", &input.kind).field("kind", "unknown-choice");
    let kind: RulesKind = kernel::Code::parse(&input.kind).ok_or_else(unknown)?;
    let (body, made) = checked(core, ctx, kind, &input.body).await?;
    let named = &made.named(kind);
    let row = &RuleSet {
        id: ctx.new_id(),
        kind,
        state: RulesState::Proposed,
        edition: format!("{} {}", named.0, named.1),
        body,
        note: Words::some(&input.note),
        since: None,
        brought_by: ctx.actor.pseudonym(),
        brought_at: ctx.now().as_microsecond(),
        rev: 1,
    };
    core.db()
        .write(ctx, |tx| async move {
            check_new(&tx, row, named).await?;
            row.add(&tx).await?;
            tx.ledger(Entry::new("rules.propose", row.id).detail(json!({ "kind": kind, "edition": row.edition })));
            Ok(())
        })
        .await?;
    Ok(row.clone())
}

/// Editions of one kind as they call themselves, with the one that the program brings; drafts have no name yet.
pub(super) async fn names(conn: &Reader, kind: RulesKind) -> Result<Vec<String>, Problem> {
    let (shipped, mut names) = (Appraiser::shipped(), rules::names(conn, kind).await?);
    let (id, version) = shipped.named(kind);
    names.push(format!("{id} {version}"));
    Ok(names)
}

/// A decision names the edition by which it was made: no two have one name.
async fn check_new(tx: &Tx, row: &RuleSet, (id, version): &(&str, &str)) -> Result<(), Problem> {
    rules::hold_all(tx).await?;
    let names = names(tx, row.kind).await?;
    if !names.contains(&row.edition) {
        return Ok(());
    }
    let args = vec![("edition", row.edition.clone()), ("free", free_version(id, version, &names))];
    let fault = FieldProblem { args, ..FieldProblem::new("body", "rules-edition-there") };
    Err(Problem { fields: vec![fault], ..Problem::bad_input("rules-refused").with("count", 1) })
}

/// The file as it is kept, and what is made of it.
pub(super) async fn checked(
    core: &Core,
    ctx: &Ctx,
    kind: RulesKind,
    body: &str,
) -> Result<(String, Arc<Appraiser>), Problem> {
    let mut json: Json = serde_json::from_str(body).map_err(|error| {
        let (line, column) = (error.line().to_string(), error.column().to_string());
        let fault = FieldProblem::new("body", "rules-unreadable");
        let fault = FieldProblem { args: vec![("line", line), ("column", column)], ..fault };
        Problem { fields: vec![fault], ..Problem::bad_input("rules-refused").with("count", 1) }
    })?;
    let refused = |refused| Telling { core, lang: ctx.lang }.refused(&refused);
    check_shape(kind, body).map_err(refused)?;
    let text = kept(&mut json)?;
    let file = text.clone();
    // The search over a table takes as long as its rules make it.
    let made = heavy(move || match kind {
        RulesKind::Strategy => Appraiser::of(Some(&file), None),
        RulesKind::Priority => Appraiser::of(None, Some(&file)),
    });
    let made = made.await?.map_err(refused)?;
    Ok((text, Arc::new(made)))
}

/// A file as it is stored.
pub(super) fn kept(json: &mut Json) -> Result<String, Problem> {
    db::mask_json(json);
    serde_json::to_string_pretty(json).map_err(Problem::internal)
}

/// The weights in force with these in their place, as a new edition.
pub async fn weights_propose(
    core: &Core,
    ctx: &Ctx,
    weights: &[(String, String)],
    note: &str,
) -> Result<RuleSet, Problem> {
    may_plan(core, ctx)?;
    let conn = core.db().read();
    let now = in_force::appraiser(&conn).await?;
    let mut text = now.weights.text().clone();
    for criterion in &mut text.criteria {
        let sent = weights.iter().find(|(key, _)| *key == criterion.key);
        let Some((key, typed)) = sent.filter(|(_, typed)| !typed.trim().is_empty()) else { continue };
        let field = format!("w_{key}");
        let refused = || Problem::bad_input("weight-number").with("text", typed).field(&field, "weight-number");
        criterion.weight = typed.trim().replace('−', "-").parse().map_err(|_| refused())?;
    }
    if text == *now.weights.text() {
        return Err(Problem::bad_input("weights-same"));
    }
    let names = names(&conn, RulesKind::Priority).await?;
    text.edition.version = free_version(&text.edition.id, &text.edition.version, &names);
    text.edition.dated = ctx.today();
    Weights::of(text.clone()).map_err(|faults| Telling { core, lang: ctx.lang }.refused(&faults.into()))?;
    let body = serde_json::to_string_pretty(&text).map_err(Problem::internal)?;
    let kind = kernel::Code::code(RulesKind::Priority).to_owned();
    rules_propose(core, ctx, &RulesInput { kind, body, note: note.to_owned() }).await
}

/// What an edition would change.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Change {
    pub systems: i64,
    /// Systems whose strategy by the rules would be another, from and to.
    pub moved: Vec<Moved>,
    /// Systems whose score would be another.
    pub scores: i64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Moved {
    pub system: SystemId,
    pub name: String,
    pub from: MoveStrategy,
    pub to: MoveStrategy,
}

/// Over all systems as they are: compared with what the rules in force say today, not with what was written once.
pub async fn preview(core: &Core, ctx: &Ctx, conn: &Reader, other: &RuleSet) -> Result<Change, Problem> {
    if other.state == RulesState::Draft {
        return Err(still_draft());
    }
    let (now, then) = (in_force::appraiser(conn).await?, in_force::with(conn, other).await?.ok_or_else(unfit)?);
    let (material, today, own) = (load_heard(core, ctx).await?, ctx.today(), ctx.clone());
    heavy(move || {
        let mut out = Change::default();
        for (case, place) in material.landscape.cases().iter().zip(0u32..).filter(|(case, _)| case.is_assessed()) {
            let row = || material.assessments.get(&case.id).cloned();
            let row = row().unwrap_or_else(|| super::assess::blank(&own, case.id));
            let before = decided(&now, &material.landscape, place, row.clone(), today)?;
            let after = decided(&then, &material.landscape, place, row, today)?;
            out.systems += 1;
            out.scores += i64::from(before.score != after.score);
            if before.strategy != after.strategy {
                let (from, to) = (before.strategy, after.strategy);
                out.moved.push(Moved { system: case.id, name: case.name.to_string(), from, to });
            }
        }
        Ok(out)
    })
    .await?
}

fn still_draft() -> Problem {
    Problem::new(ProblemKind::Conflict, "rules-still-draft")
}

fn unfit() -> Problem {
    Problem::new(ProblemKind::Conflict, "rules-unfit")
}

/// Puts an edition in force, and classifies all systems by it, in one act.
pub async fn rules_use(core: &Core, ctx: &Ctx, id: RuleSetId) -> Result<Classified, Problem> {
    may_plan(core, ctx)?;
    for _ in 1..ATTEMPTS {
        match use_once(core, ctx, id).await {
            Err(problem) if problem.code == MEANWHILE => {}
            done => return done,
        }
    }
    use_once(core, ctx, id).await
}

async fn use_once(core: &Core, ctx: &Ctx, id: RuleSetId) -> Result<Classified, Problem> {
    let conn = core.db().read();
    let there = RuleSet::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let kind = there.kind;
    check_other(&there)?;
    let appraiser = &in_force::with(&conn, &there).await?.ok_or_else(unfit)?;
    let said = &reckon(core, ctx, appraiser).await?;
    core.db()
        .write(ctx, |tx| async move {
            rules::hold_all(&tx).await?;
            let now = rules::in_force(&tx, kind).await?;
            let next = RuleSet::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            check_other(&next)?;
            let before = now.as_ref().map(|now| now.edition.clone());
            if let Some(now) = now {
                RuleSet { state: RulesState::Replaced, ..now }.keep(&tx).await?;
            }
            let next = RuleSet { state: RulesState::InForce, since: Some(ctx.today()), ..next };
            next.keep(&tx).await?;
            write(&tx, appraiser, said).await?;
            let detail = json!({ "kind": kind, "edition": next.edition, "before": before, "changed": said.done });
            tx.ledger(Entry::new("rules.use", id).detail(detail));
            Ok(said.done)
        })
        .await
}

fn check_other(next: &RuleSet) -> Result<(), Problem> {
    match next.state {
        RulesState::Draft => Err(still_draft()),
        RulesState::InForce => Err(Problem::new(ProblemKind::Conflict, "rules-in-force")),
        RulesState::Proposed | RulesState::Replaced => Ok(()),
    }
}
