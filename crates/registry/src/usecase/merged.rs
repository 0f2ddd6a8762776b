//! What is known of a record that goes into another one, beside its links and papers: it is led over where the other lacks it,
//! and falls away where it does not. What takes a place anew bears an id of its own, so that the act goes back in any order.

use std::collections::BTreeSet;

use db::{Row as _, Tx, vals};
use jiff::civil::Date;
use kernel::{Ctx, Problem};

use crate::{
    model::{
        Bill, System, SystemId, SystemKind,
        assessment::Assessment,
        availability::Availability,
        cost::Cost,
        enterprise::EnterpriseForm,
        figures::Milestone,
        label::{Label, LabelLine, is_said},
        wave::WaveItem,
    },
    store::{assessment, cost, enterprise, label},
};

const OF: &str = "WHERE system_id = $1";

/// The list of materials, whole. Components of one that falls away are out of sight as long as it may come back.
pub async fn materials(tx: &Tx, stays: SystemId, gone: SystemId) -> Result<(), Problem> {
    let of = |id: SystemId| vals![id.uuid()];
    if Bill::one(tx, OF, of(stays)).await?.is_some() {
        Bill::delete_where(tx, OF, of(gone)).await?;
        return Ok(());
    }
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

/// The months that were measured, each once.
pub async fn measured(tx: &Tx, stay: &System, gone: SystemId) -> Result<(), Problem> {
    let own = Availability::find(tx, OF, vals![stay.id.uuid()]).await?;
    let own: BTreeSet<Date> = own.into_iter().map(|one| one.month).collect();
    for one in Availability::find(tx, OF, vals![gone.uuid()]).await? {
        if own.contains(&one.month) || !stay.kind.is_main() {
            Availability::delete(tx, vec![one.id]).await?;
        } else {
            Availability { system_id: stay.id, ..one }.keep(tx).await?;
        }
    }
    Ok(())
}

/// What is counted of it for its cost.
pub async fn costs(tx: &Tx, ctx: &Ctx, stay: &System, gone: SystemId) -> Result<(), Problem> {
    let (own, went) = (cost::of(tx, stay.id).await?, cost::of(tx, gone).await?);
    let Some(went) = went else { return Ok(()) };
    Cost::delete(tx, vec![went.id]).await?;
    if !stay.kind.is_main() || own.as_ref().is_some_and(Cost::is_said) {
        return Ok(());
    }
    Cost::delete(tx, own.into_iter().map(|own| own.id).collect()).await?;
    Cost { id: ctx.new_id(), system_id: stay.id, rev: 1, ..went }.add(tx).await
}

async fn no_label(tx: &Tx, of: SystemId) -> Result<(), Problem> {
    Label::delete_where(tx, OF, vals![of.uuid()]).await?;
    LabelLine::delete_where(tx, OF, vals![of.uuid()]).await?;
    Ok(())
}

/// Its label, whole. What one owner made public is not made public by another.
pub async fn labelled(tx: &Tx, ctx: &Ctx, stay: &System, went: &System) -> Result<(), Problem> {
    let (gone, is_of_another) = (went.id, went.owner_id != stay.owner_id || went.state != stay.state);
    let (went, lines) = (label::of(tx, gone).await?, label::lines(tx, gone).await?);
    no_label(tx, gone).await?;
    if !stay.kind.is_main() || !is_said(&lines) || is_said(&label::lines(tx, stay.id).await?) {
        return Ok(());
    }
    no_label(tx, stay.id).await?;
    if let Some(went) = went {
        let went = if is_of_another { Label { published_on: None, published_by: None, ..went } } else { went };
        Label { id: ctx.new_id(), system_id: stay.id, rev: 1, ..went }.add(tx).await?;
    }
    let anew = |line: LabelLine| LabelLine { id: ctx.new_id(), system_id: stay.id, rev: 1, ..line };
    Ok(LabelLine::insert_all(tx, &lines.into_iter().map(anew).collect::<Vec<_>>()).await?)
}

/// What enterprises signed of it as their provider.
pub async fn signed(tx: &Tx, stays: SystemId, gone: SystemId) -> Result<(), Problem> {
    for form in enterprise::naming(tx, gone).await? {
        EnterpriseForm { provider_id: Some(stays), ..form }.keep(tx).await?;
    }
    Ok(())
}

/// Until when it is to be in use, as the ministry says.
pub async fn due(tx: &Tx, stay: &System, gone: SystemId) -> Result<(), Problem> {
    let Some(went) = Milestone::one(tx, OF, vals![gone.uuid()]).await? else { return Ok(()) };
    let own = Milestone::one(tx, OF, vals![stay.id.uuid()]).await?;
    if own.is_some() || stay.kind != SystemKind::Platform {
        Milestone::delete(tx, vec![went.id]).await?;
        return Ok(());
    }
    Milestone { system_id: stay.id, ..went }.keep(tx).await
}
