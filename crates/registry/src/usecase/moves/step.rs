//! A step of a checklist: whose it is, its evidence, and that it is done.

use db::{Row as _, Words};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, PersonId, Problem, UnitId};
use serde_json::json;
use webkit::{Core, Kept as _};

use super::lead::{meant, units};
use crate::{
    model::moves::{Migration, Step, StepAct, StepId, StepInput, step_acted},
    store::level::is_renewed,
    usecase::{hand::hand, typed},
};

/// What a form says of a step, understood.
#[derive(Debug, Clone)]
struct Fields {
    unit_id: Option<UnitId>,
    person_id: Option<PersonId>,
    due_on: Option<Date>,
    document: Option<Words>,
    fingerprint: Option<String>,
    note: Option<Words>,
}

/// A step with its project, for whom may see that.
pub async fn step_seen(core: &Core, ctx: &Ctx, id: StepId) -> Result<(Step, Migration), Problem> {
    let conn = core.db().read();
    let step = Step::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let row = Migration::seen(core, ctx, &conn, step.migration_id).await?;
    Ok((step, row))
}

/// Does it over the revision that was read.
pub async fn step_act(core: &Core, ctx: &Ctx, id: StepId, input: &StepInput) -> Result<Step, Problem> {
    let (_, row) = step_seen(core, ctx, id).await?;
    row.check(core, ctx)?;
    let act = typed::code::<StepAct>("act", &input.act)?;
    let (fields, calendar) = (&fields(core, ctx, &row, input).await?, &core.times().calendar());
    let hand = &hand(&ctx.actor);
    core.db()
        .write(ctx, |tx| async move {
            let row = Migration::held_by(core, ctx, &tx, row.id).await?;
            let step = Step::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            Problem::stale_unless(step.rev == input.rev)?;
            let is_renewed = is_renewed(&tx, row.system_id, row.opened_at()).await?;
            let step = step_acted(
                put(step, act, fields.clone()),
                &row,
                act,
                (hand.as_str(), ctx.today(), ctx.lang),
                (calendar, is_renewed),
            )?;
            step.keep(&tx).await?;
            let detail = json!({ "step": step.code, "act": act.code(), "state": step.state.code() });
            tx.ledger(row.entry("migration.step").detail(detail));
            Step::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}

/// What a form is saved with is as it says; who says that it is done leaves what is not said.
fn put(step: Step, act: StepAct, said: Fields) -> Step {
    let Fields { unit_id, person_id, due_on, document, fingerprint, note } = said;
    let unit_id = unit_id.or(step.unit_id);
    if act == StepAct::Save {
        return Step { unit_id, person_id, due_on, document, fingerprint, note, ..step };
    }
    Step {
        unit_id,
        person_id: person_id.or(step.person_id),
        due_on: due_on.or(step.due_on),
        document: document.or(step.document),
        fingerprint: fingerprint.or(step.fingerprint),
        note: note.or(step.note),
        ..step
    }
}

async fn fields(core: &Core, ctx: &Ctx, row: &Migration, input: &StepInput) -> Result<Fields, Problem> {
    let unit_id = match input.unit.trim() {
        "" => None,
        text => Some(
            core.bodies().meant(text, ctx.today()).map_err(|problem| problem.field("unit", "unknown-unit-field"))?,
        ),
    };
    let may_have = units(core, row);
    if unit_id.is_some_and(|unit| !may_have.contains(&core.bodies().today(unit))) {
        return Err(Problem::bad_input("migration-unit-other").field("unit", "migration-unit-other"));
    }
    let fingerprint = match input.fingerprint.trim().to_lowercase() {
        text if text.is_empty() => None,
        text if db::BlobHash::parse(&text).is_some() => Some(text),
        _ => return Err(Problem::bad_input("migration-fingerprint").field("fingerprint", "migration-fingerprint")),
    };
    Ok(Fields {
        unit_id,
        person_id: meant(core, ctx, row, &input.person).await?,
        due_on: typed::day("due_on", &input.due_on)?,
        document: typed::words("document", &input.document, 300)?.map(Words::new),
        fingerprint,
        note: typed::words("note", &input.note, 2000)?.map(Words::new),
    })
}
