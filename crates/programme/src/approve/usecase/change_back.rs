//! Takes an act on live work or on a live plan back, whichever it was.

use kernel::{Ctx, Problem};
use webkit::Core;

use crate::{
    approve::usecase::{plan_withdraw::withdraw_back, target_bodies::target_back},
    ids::{ChangeId, TargetId, TaskId},
    work::{self, usecase::change_undo::change_undo},
};

/// Returns the page of what it was about.
pub async fn change_back(core: &Core, ctx: &Ctx, id: ChangeId) -> Result<String, Problem> {
    let row = work::store::change::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    match (row.task_id, row.target_id) {
        (Some(task), _) => {
            change_undo(core, ctx, id).await?;
            Ok(format!("/tasks/{}", TaskId::from_uuid(task)))
        }
        (None, Some(target)) => {
            target_back(core, ctx, &row).await?;
            Ok(format!("/targets/{}", TargetId::from_uuid(target)))
        }
        (None, None) => {
            withdraw_back(core, ctx, &row).await?;
            Ok(format!("/plans/{}", row.plan()))
        }
    }
}
