//! The steps that a body breaks its part into.

use crate::ids::{PartId, StepId};
use db::{Entry, Words};
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::usecase::behalf,
    work::{
        store::{self, part::PartRow, step::StepRow},
        usecase::part_act::{in_force, part_for},
    },
};

pub async fn step_add(
    core: &Core,
    ctx: &Ctx,
    part: PartId,
    (text, owner): (&str, &str),
    due: Option<Date>,
    on_behalf: bool,
) -> Result<StepId, Problem> {
    let part = &part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    if text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let row = &StepRow {
        id: ctx.new_id::<crate::ids::Step>().uuid(),
        part_id: part.id,
        text: Words::new(text),
        owner: Words::new(owner),
        due_on: due.map(|due| due.to_string()),
        done_on: None,
        rev: 1,
    };
    let id = StepId::from_uuid(row.id);
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, part.plan()).await?;
            store::step::insert(&tx, row).await?;
            let acted_by = acted_by.map(|unit| unit.to_string());
            let detail = json!({ "step": id.to_string(), "due_on": row.due_on, "acted_by": acted_by });
            tx.ledger(Entry::new("step.add", part.id()).unit(part.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(id)
}

/// What can be done to a step; done and open are each other's undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepAct {
    Done,
    Open,
    Drop,
}

pub async fn step_act(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (StepId, i64),
    act: StepAct,
    on_behalf: bool,
) -> Result<PartRow, Problem> {
    let step = store::step::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let part = part_for(core, ctx, PartId::from_uuid(step.part_id), "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    let (subject, today) = (&part, &ctx.today().to_string());
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, subject.plan()).await?;
            let (changed, action) = match act {
                StepAct::Done => (store::step::done_set(&tx, id, rev, Some(today.clone())).await?, "step.done"),
                StepAct::Open => (store::step::done_set(&tx, id, rev, None).await?, "step.open"),
                StepAct::Drop => (store::step::delete(&tx, id, rev).await?, "step.drop"),
            };
            if !changed {
                return Err(Problem::stale());
            }
            let detail = json!({ "step": id.to_string(), "acted_by": acted_by.map(|unit| unit.to_string()) });
            tx.ledger(Entry::new(action, subject.id()).unit(subject.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(part)
}
