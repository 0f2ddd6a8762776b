//! Saying which bodies words of a plan mean, in every row and target of it, and how far that is remembered.

use db::{Entry, Words};
use kernel::{Ctx, Learned, PlanId, Problem, ProblemKind, Reach, Resolution, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::plans::{
    model::{
        authority::{stands_over, top},
        row::Named,
    },
    store::{self, plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
    usecase::review::{plan_in_review, rewritten, still_reviewed},
};

/// How far the actor may have words understood so, the narrowest first: in this plan; in documents of its issuer, of its kind
/// or of all kinds, where that body is of the actor's own house; everywhere, for who keeps the tree.
pub(crate) fn scopes(core: &Core, ctx: &Ctx, plan: &PlanRow) -> Vec<&'static str> {
    let bodies = core.bodies().as_ref();
    let issuer = plan.issuer_id.map(UnitId::from_uuid);
    let own_house = |issuer: &UnitId| ctx.actor.posts().iter().any(|post| stands_over(bodies, post.unit, *issuer));
    let mut out = vec!["plan"];
    if issuer.as_ref().is_some_and(own_house) {
        out.extend(plan.kind.as_ref().map(|_| "kind"));
        out.push("issuer");
    }
    let root = top(bodies, issuer.unwrap_or_else(|| plan.follower()));
    if core.authorizer().check(ctx, "unit.edit", &Resource::unit(root)).is_ok() {
        out.push("all");
    }
    out
}

/// Where the meaning holds: as far as asked; in this plan where nothing is asked.
fn reach(core: &Core, ctx: &Ctx, plan: &PlanRow, asked: &str) -> Result<Reach, Problem> {
    let may = scopes(core, ctx, plan).contains(&asked);
    match (asked, plan.issuer_id) {
        ("all", _) if !may => Err(Problem::forbidden()),
        ("all", _) => Ok(Reach::All),
        ("kind" | "issuer", Some(issuer)) if may => Ok(Reach::Issuer(UnitId::from_uuid(issuer))),
        _ => Ok(Reach::Plan),
    }
}

/// Rows and targets of the plan that have these words. Others keep their revision: another reviewer may have them open.
async fn with_words(core: &Core, id: PlanId, words: &str) -> Result<(Vec<ReviewRow>, Vec<ReviewTarget>), Problem> {
    let conn = core.db().read();
    let mut rows = store::read_row::list(&conn, id).await?;
    rows.retain(|row| row.task.lead.iter().chain(&row.task.coordinating).any(|named| named.text == words));
    let mut targets = store::read_target::list(&conn, id).await?;
    targets.retain(|row| row.target.owners.iter().chain(&row.target.implementers).any(|named| named.text == words));
    Ok((rows, targets))
}

/// Says which bodies words of the plan mean, in every row of it. One body is remembered as far as the person asks and may;
/// several are what these words mean in this plan.
pub async fn name_body(
    core: &Core,
    ctx: &Ctx,
    id: PlanId,
    words: &str,
    units: &[UnitId],
    asked: &str,
) -> Result<Reach, Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let bodies = core.bodies();
    let words = &*Words::new(words);
    let reach = reach(core, ctx, &plan, asked)?;
    let (rows, targets) = with_words(core, id, words).await?;
    if rows.is_empty() && targets.is_empty() {
        return Err(Problem::bad_input("words-not-there").with("words", words).field("words", "words-not-there"));
    }
    let (means, learned, reach) = match units {
        [] => return Err(Problem::bad_input("field-empty").field("unit", "field-empty")),
        [unit] => {
            let name = bodies.body(*unit).ok_or_else(Problem::not_found)?.name;
            let kind = plan.kind.clone().filter(|_| asked == "kind");
            let learned = Learned { words: words.to_owned(), unit: *unit, plan: id, reach, kind };
            // The directory is asked first: it refuses words that are another body's name.
            let reach = bodies.learnable(&learned, ctx.today())?;
            (Resolution::Unit { unit: *unit, name, certain: true }, Some(learned), reach)
        }
        several => (Resolution::Group { name: words.to_owned(), units: several.to_vec() }, None, Reach::Plan),
    };
    let ids: Vec<String> = units.iter().map(ToString::to_string).collect();
    let detail = json!({ "words": words, "unit": ids.join(" "), "reach": reach.code() });
    mean(core, ctx, id, Entry::new("plan.name_body", id).detail(detail), rows, targets, (words, &means)).await?;
    // Only what was done is learned from: a refused act teaches nothing. To do it again is harmless.
    match learned {
        Some(learned) => bodies.learn(ctx, &learned).await.map_err(not_learned),
        None => Ok(reach),
    }
}

/// Why it was not remembered, with that the rows of the plan have changed all the same. A failure of the house is done again;
/// what was refused would be refused again, and says why.
fn not_learned(problem: Problem) -> Problem {
    match problem.kind {
        ProblemKind::Internal | ProblemKind::Unavailable => {
            Problem { cause: problem.cause, ..Problem::new(ProblemKind::Unavailable, "named-not-learned") }
        }
        _ => problem.field("unit", "named-in-plan-only"),
    }
}

/// The undo of [`name_body`]: the words mean again what the directory makes of them.
pub async fn unname_body(core: &Core, ctx: &Ctx, id: PlanId, words: &str, units: &[UnitId]) -> Result<(), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let words = &*Words::new(words);
    let bodies = core.bodies();
    if let [unit] = units {
        let learned = Learned { words: words.to_owned(), unit: *unit, plan: id, reach: Reach::Plan, kind: None };
        bodies.unlearn(ctx, &learned).await?;
    }
    let (rows, targets) = with_words(core, id, words).await?;
    let means = bodies.resolve_in(words, plan.issuer_id.map(UnitId::from_uuid), plan.kind.as_deref());
    let entry = Entry::new("plan.unname_body", id).detail(json!({ "words": words }));
    mean(core, ctx, id, entry, rows, targets, (words, &means)).await
}

async fn mean(
    core: &Core,
    ctx: &Ctx,
    plan: PlanId,
    entry: Entry,
    mut rows: Vec<ReviewRow>,
    mut targets: Vec<ReviewTarget>,
    (words, means): (&str, &Resolution),
) -> Result<(), Problem> {
    let set = |named: &mut Named| {
        if named.text == words {
            named.means = means.clone();
        }
    };
    let mut is_anew = false;
    for row in &mut rows {
        let before = row.task.clone();
        row.task.lead.iter_mut().chain(&mut row.task.coordinating).for_each(set);
        is_anew |= row.task.says() != before.says();
    }
    for row in &mut targets {
        let before = row.target.clone();
        let target = &mut row.target;
        target.owners.iter_mut().chain(&mut target.implementers).for_each(set);
        is_anew |= row.target.says() != before.says();
    }
    let (rows, targets, entry) = (&rows, &targets, &entry);
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, plan).await?;
            if is_anew {
                rewritten(core, ctx, &tx, plan).await?;
            }
            for row in rows {
                if !store::read_row::update(&tx, row).await? {
                    return Err(Problem::stale());
                }
            }
            for target in targets {
                if !store::read_target::update(&tx, target).await? {
                    return Err(Problem::stale());
                }
            }
            tx.ledger(entry.clone());
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_says_why_and_that_the_plan_has_changed() {
        let shadows = Problem::bad_input("alias-shadows").with("name", "Sở Nội vụ").field("words", "alias-shadows");
        let told = not_learned(shadows);
        assert_eq!((told.kind, told.code, &told.args[0].1[..]), (ProblemKind::BadInput, "alias-shadows", "Sở Nội vụ"));
        let fields: Vec<_> = told.fields.iter().map(|one| (one.field.as_str(), one.code)).collect();
        assert_eq!(fields, [("words", "alias-shadows"), ("unit", "named-in-plan-only")]);
        assert_eq!(not_learned(Problem::forbidden()).code, "forbidden");
        let died = not_learned(Problem::internal("the disk is full"));
        assert_eq!((died.kind, died.code), (ProblemKind::Unavailable, "named-not-learned"));
        assert_eq!(died.cause.as_deref(), Some("the disk is full"));
    }
}
