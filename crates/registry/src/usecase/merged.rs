//! What is known of a record that goes into another one, beside its links and papers: it is led over where the other lacks it,
//! and falls away where it does not. What takes a place anew bears an id of its own, so that the act goes back in any order.

use db::{Row as _, Tx, vals};
use kernel::{Ctx, Problem};

use crate::{
    model::{Bill, Component, System, SystemId, assessment::Assessment, wave::WaveItem},
    store::{assessment, components},
};

const OF: &str = "WHERE system_id = $1";

/// The list of materials, whole.
pub async fn materials(tx: &Tx, stays: SystemId, gone: SystemId) -> Result<(), Problem> {
    let of = |id: SystemId| vals![id.uuid()];
    if Bill::one(tx, OF, of(stays)).await?.is_some() {
        Component::delete_where(tx, OF, of(gone)).await?;
        Bill::delete_where(tx, OF, of(gone)).await?;
        return Ok(());
    }
    components::lead(tx, gone, stays).await?;
    for bill in Bill::find(tx, OF, of(gone)).await? {
        Bill { system_id: stays, ..bill }.keep(tx).await?;
    }
    Ok(())
}

/// What people said of how it is to move; whether it is led over. What the rules alone say is no one's word.
pub async fn assessed(tx: &Tx, ctx: &Ctx, stay: &System, gone: SystemId) -> Result<bool, Problem> {
    let (own, went) = (assessment::of(tx, stay.id).await?, assessment::of(tx, gone).await?);
    let Some(went) = went else { return Ok(false) };
    Assessment::delete(tx, vec![went.id]).await?;
    let is_lacking = own.as_ref().is_none_or(|own| !own.is_said() && went.is_said());
    if !is_lacking || !stay.kind.is_main() {
        return Ok(false);
    }
    Assessment::delete(tx, own.into_iter().map(|own| own.id).collect()).await?;
    Assessment { id: ctx.new_id(), system_id: stay.id, rev: 1, ..went }.add(tx).await?;
    Ok(true)
}

/// Its place in the waves.
pub async fn placed(tx: &Tx, ctx: &Ctx, stays: SystemId, gone: SystemId) -> Result<(), Problem> {
    let own = WaveItem::one(tx, OF, vals![stays.uuid()]).await?;
    let Some(went) = WaveItem::one(tx, OF, vals![gone.uuid()]).await? else { return Ok(()) };
    WaveItem::delete(tx, vec![went.id]).await?;
    if own.as_ref().is_some_and(|own| own.wave.is_some() || went.wave.is_none()) {
        return Ok(());
    }
    WaveItem::delete(tx, own.into_iter().map(|own| own.id).collect()).await?;
    WaveItem { id: ctx.new_id(), system_id: stays, ..went }.add(tx).await
}
