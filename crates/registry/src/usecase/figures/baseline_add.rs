//! A system that a frozen list lacks is put into it: before the list is approved by officers, after that by leaders alone; each
//! time with a reason that is kept.

use db::{Entry, Reader, Row as _};
use kernel::{Ctx, Problem, UnitId};
use serde::Deserialize;
use serde_json::json;
use webkit::{Core, Kept as _};

use super::{
    baseline_change::{ChangeInput, Said, change_of, may_change, said, seen},
    baseline_make::new_item,
};
use crate::{
    model::{
        System,
        figures::{Baseline, BaselineId},
    },
    store::figures::baseline,
};

/// A new line as the form says it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AddInput {
    /// The id of the system.
    pub system: String,
    /// `yes` or `no`.
    pub eligible: String,
    /// On what it is not eligible.
    pub ground: String,
    pub reason: String,
}

/// Everybody for whom the owner of a list stands today, merged or not.
async fn owners(core: &Core, conn: &Reader, list: &Baseline) -> Result<Vec<UnitId>, Problem> {
    let stands = |unit| core.bodies().today(unit);
    let own = stands(list.unit_id);
    Ok(baseline::owners(conn).await?.into_iter().filter(|owner| stands(*owner) == own).collect())
}

/// The systems of its owner that a list could still take: those that stood on its day, and stand in no list.
pub async fn free(core: &Core, conn: &Reader, list: &Baseline) -> Result<Vec<System>, Problem> {
    Ok(baseline::free(conn, &owners(core, conn, list).await?, list.as_of).await?)
}

fn parsed(input: AddInput) -> Result<Said, Problem> {
    if input.system.is_empty() {
        return Err(Problem::bad_input("baseline-which").field("system", "baseline-which"));
    }
    let AddInput { system, eligible, ground, reason } = input;
    said(&ChangeInput { system, counted: "yes".into(), eligible, ground, reason, rev: 0 })
}

pub async fn baseline_add(core: &Core, ctx: &Ctx, id: BaselineId, input: AddInput) -> Result<(), Problem> {
    let list = seen(core, ctx, &core.db().read(), id).await?;
    may_change(core, ctx, &list)?;
    let said = &parsed(input)?;
    core.db()
        .write(ctx, |tx| async move {
            let list = Baseline::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            // It may have been approved meanwhile.
            may_change(core, ctx, &list)?;
            let system = System::seen(core, ctx, &tx, said.system).await?;
            if !free(core, &tx, &list).await?.iter().any(|one| one.id == system.id) {
                return Err(Problem::bad_input("baseline-not-free").field("system", "baseline-not-free"));
            }
            let change = change_of(ctx, &list, said, &system);
            change.insert(&tx).await?;
            change.put(new_item(ctx, &list, system.id, change.is_eligible)).add(&tx).await?;
            let act = if change.is_after { "baseline.add_approved" } else { "baseline.add" };
            let detail = json!({ "system": system.id.to_string(), "eligible": change.is_eligible });
            tx.ledger(Entry::new(act, list.unit_id).unit(list.unit_id).reason(said.reason.clone()).detail(detail));
            Ok(())
        })
        .await
}
