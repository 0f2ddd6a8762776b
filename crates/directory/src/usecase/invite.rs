//! Offering a post to somebody of another unit.

use db::Entry;
use kernel::{Ctx, Problem, UnitId};
use serde_json::json;

use super::power;
use crate::{
    Directory,
    ids::InvitationId,
    store::{self, invitation::InvitationRow},
};

pub(super) const LIFE_MICROS: i64 = 14 * 24 * 3600 * 1_000_000;

/// Keeps the invitation, whether or not there is somebody to answer it: who asks learns nothing from that.
pub(crate) async fn invite(directory: &Directory, ctx: &Ctx, row: InvitationRow) -> Result<InvitationId, Problem> {
    let (inviter, _) = power::acting(ctx)?;
    let until = ctx.now().as_microsecond() + LIFE_MICROS;
    let row = &InvitationRow { until, invited_by: Some(inviter.uuid()), ..row };
    let id = InvitationId::from_uuid(row.id);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::invitation::insert(&tx, row).await?;
            let unit = UnitId::from_uuid(row.unit_id);
            tx.ledger(Entry::new("post.invite", id).unit(unit).detail(json!({ "role": row.role })));
            Ok(())
        })
        .await?;
    Ok(id)
}
