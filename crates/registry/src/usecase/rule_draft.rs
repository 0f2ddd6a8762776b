//! A draft of an edition of the rule table: begun from one that is there, changed rule by rule, and proposed once it is
//! sound.
//!
//! It is well formed at every step and may have gaps: an edition that is proposed is what it was when it was checked.

use db::{Entry, Reader, Row as _, Tx, Words};
use kernel::{Ctx, FieldProblem, Problem, ProblemKind};
use portfolio::table::{Draft, PartText, Step, TableText};
use serde_json::json;
use webkit::{Answers, Core, heavy};

use super::{
    classify::may_plan,
    in_force, rule_form,
    rule_words::Telling,
    rules::{checked, kept, names},
};
use crate::{
    model::{
        appraiser::Appraiser,
        rule_fault::{RuleFault, RulesRefused, check_shape},
        rules::{RuleSet, RuleSetId, RulesKind, RulesState, free_version},
    },
    store::rules,
};

/// One change of a draft.
#[derive(Debug)]
pub enum Edit<'a> {
    Step {
        part: &'a str,
        rule: &'a str,
        step: Step,
    },
    TakeOut {
        part: &'a str,
        rule: &'a str,
    },
    /// As the form of the rule sends it; a new one where none is named.
    Rule {
        part: &'a str,
        rule: Option<&'a str>,
        sent: &'a Answers,
    },
    /// The whole file, as JSON.
    File(&'a str),
}

/// The table of an edition as its file has it.
pub fn table_of(row: &RuleSet) -> Result<TableText, Problem> {
    serde_json::from_str(&row.body).map_err(|_| Problem::new(ProblemKind::Conflict, "rules-unfit"))
}

/// A draft over this edition, or over what decides today.
pub async fn draft_begin(core: &Core, ctx: &Ctx, from: Option<RuleSetId>) -> Result<RuleSet, Problem> {
    let row = &RuleSet {
        id: ctx.new_id(),
        kind: RulesKind::Strategy,
        state: RulesState::Draft,
        edition: String::new(),
        body: String::new(),
        note: None,
        since: None,
        brought_by: ctx.actor.pseudonym(),
        brought_at: ctx.now().as_microsecond(),
        rev: 1,
    };
    core.db()
        .write(ctx, |tx| async move {
            may_plan(core, ctx)?;
            rules::hold_all(&tx).await?;
            let mut table = named(&tx, begun_from(&tx, from).await?).await?;
            table.edition.dated = ctx.today();
            let row = with(row.clone(), &table)?;
            row.add(&tx).await?;
            tx.ledger(Entry::new("rules.draft", row.id).detail(json!({ "edition": row.edition })));
            Ok(row)
        })
        .await
}

async fn begun_from(conn: &Reader, from: Option<RuleSetId>) -> Result<TableText, Problem> {
    let Some(id) = from else { return Ok(in_force::appraiser(conn).await?.strategies.table().text().clone()) };
    let row = RuleSet::get(conn, id).await?.filter(|row| row.kind == RulesKind::Strategy);
    table_of(&row.ok_or_else(Problem::not_found)?)
}

/// The table under a version that no edition has: decisions name theirs by it.
async fn named(conn: &Reader, mut table: TableText) -> Result<TableText, Problem> {
    let (names, edition) = (names(conn, RulesKind::Strategy).await?, &mut table.edition);
    if names.contains(&format!("{} {}", edition.id, edition.version)) {
        edition.version = free_version(&edition.id, &edition.version, &names);
    }
    Ok(table)
}

/// The row with this table, as it is stored.
fn with(row: RuleSet, table: &TableText) -> Result<RuleSet, Problem> {
    let body = kept(&mut serde_json::to_value(table).map_err(Problem::internal)?)?;
    let row = RuleSet { body, ..row };
    let edition = table_of(&row)?.edition;
    Ok(RuleSet { edition: format!("{} {}", edition.id, edition.version), ..row })
}

fn check_draft(row: &RuleSet, rev: i64) -> Result<(), Problem> {
    if row.state != RulesState::Draft {
        return Err(Problem::new(ProblemKind::Conflict, "rules-no-draft"));
    }
    Problem::stale_unless(row.rev == rev)
}

async fn held(tx: &Tx, id: RuleSetId, rev: i64) -> Result<RuleSet, Problem> {
    let row = RuleSet::held(tx, id).await?.ok_or_else(Problem::not_found)?;
    check_draft(&row, rev)?;
    Ok(row)
}

/// Changes a draft over the revision that was read; returns the key of the rule that it was about. Where nothing is new
/// nothing is written.
pub async fn draft_change(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (RuleSetId, i64),
    edit: &Edit<'_>,
) -> Result<String, Problem> {
    core.db()
        .write(ctx, |tx| async move {
            may_plan(core, ctx)?;
            let row = held(&tx, id, rev).await?;
            let before = table_of(&row)?;
            let (after, key) = changed(core, ctx, before.clone(), edit)?;
            if after != before {
                with(row, &after)?.keep(&tx).await?;
                tx.ledger(Entry::new("rules.edit", id).detail(json!({ "rule": key })));
            }
            Ok(key)
        })
        .await
}

/// The table with a change, well formed, and the key of the rule that the change is about.
fn changed(core: &Core, ctx: &Ctx, mut table: TableText, edit: &Edit<'_>) -> Result<(TableText, String), Problem> {
    let refused = |refused: RulesRefused| Telling { core, lang: ctx.lang }.refused(&refused);
    let key = match *edit {
        Edit::File(json) => {
            check_shape(RulesKind::Strategy, json).map_err(refused)?;
            table = serde_json::from_str(json).map_err(Problem::internal)?;
            String::new()
        }
        Edit::Step { part, rule, step } => {
            // Who is at the end already stays there.
            let part = part_of(&mut table, part)?;
            part.rule(rule).ok_or_else(Problem::not_found)?;
            part.step(rule, step);
            rule.to_owned()
        }
        Edit::TakeOut { part, rule } => {
            let is_out = part_of(&mut table, part)?.take_out(rule);
            is_out.then(|| rule.to_owned()).ok_or_else(Problem::not_found)?
        }
        Edit::Rule { part, rule, sent } => {
            let facts = table.facts.clone();
            let part = part_of(&mut table, part)?;
            let before = match rule {
                Some(key) => Some(part.rule(key).ok_or_else(Problem::not_found)?),
                None => None,
            };
            let rule = rule_form::read(&facts, part, before, sent)?;
            let key = rule.key.clone();
            part.put(rule);
            key
        }
    };
    Draft::of(table.clone()).map_err(|faults| refused(RulesRefused::from(faults)))?;
    Ok((table, key))
}

fn part_of<'a>(table: &'a mut TableText, key: &str) -> Result<&'a mut PartText, Problem> {
    table.parts.iter_mut().find(|part| part.key == key).ok_or_else(Problem::not_found)
}

/// What keeps a draft from being proposed, in words, and where it is seen: by the part, and the rule where it is of
/// one.
#[derive(Debug, Clone)]
pub struct Lack {
    pub words: String,
    pub places: Vec<(String, Option<String>)>,
}

/// By the check that is asked when it is proposed.
pub async fn draft_lacks(core: &Core, ctx: &Ctx, row: &RuleSet) -> Result<Vec<Lack>, Problem> {
    let body = row.body.clone();
    let Err(refused) = heavy(move || Appraiser::of(Some(&body), None)).await? else { return Ok(Vec::new()) };
    let problem = Telling { core, lang: ctx.lang }.refused(&refused);
    let lack = |(fault, told): (&RuleFault, &FieldProblem)| Lack {
        words: core.locales().fault(ctx.lang, &problem, told),
        places: fault.places().into_iter().map(|(part, rule)| (part.to_owned(), rule.map(str::to_owned))).collect(),
    };
    Ok(refused.faults.iter().zip(&problem.fields).map(lack).collect())
}

/// Proposes a draft that is sound, under a version that is free by then.
pub async fn draft_propose(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (RuleSetId, i64),
    note: &str,
) -> Result<RuleSet, Problem> {
    may_plan(core, ctx)?;
    let row = RuleSet::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    check_draft(&row, rev)?;
    checked(core, ctx, RulesKind::Strategy, &row.body).await?;
    let note = &Words::some(note);
    core.db()
        .write(ctx, |tx| async move {
            may_plan(core, ctx)?;
            rules::hold_all(&tx).await?;
            let row = held(&tx, id, rev).await?;
            let table = named(&tx, table_of(&row)?).await?;
            let row = RuleSet {
                state: RulesState::Proposed,
                note: note.clone(),
                brought_by: ctx.actor.pseudonym(),
                brought_at: ctx.now().as_microsecond(),
                ..with(row, &table)?
            };
            row.keep(&tx).await?;
            tx.ledger(Entry::new("rules.propose", id).detail(json!({ "kind": row.kind, "edition": row.edition })));
            Ok(row)
        })
        .await
}

/// Lets a draft go.
pub async fn draft_drop(core: &Core, ctx: &Ctx, (id, rev): (RuleSetId, i64)) -> Result<(), Problem> {
    core.db()
        .write(ctx, |tx| async move {
            may_plan(core, ctx)?;
            let row = held(&tx, id, rev).await?;
            RuleSet::delete(&tx, vec![id]).await?;
            tx.ledger(Entry::new("rules.drop", id).detail(json!({ "edition": row.edition })));
            Ok(())
        })
        .await
}
