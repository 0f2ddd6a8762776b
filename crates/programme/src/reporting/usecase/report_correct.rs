//! A correction of what was sent or sealed is a new version, which begins with the words of the one that it takes the place of.

use db::{Entry, Words};
use kernel::{Actor, Ctx, Problem, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    ids::ReportId,
    plans::{model::hands::Hands, usecase::behalf},
    reporting::{
        store::{
            self,
            report::{LineRow, ReportRow},
        },
        usecase::report_act::report_for,
    },
};

/// Corrects what was issued, or what a lock cut off: a new version, with the reason why. The old one stays.
pub async fn report_correct(
    core: &Core,
    ctx: &Ctx,
    id: ReportId,
    reason: &str,
    on_behalf: bool,
) -> Result<ReportId, Problem> {
    let old = report_for(core, ctx, id, "report.write").await?;
    let acted_by = behalf::chosen(core, ctx, old.unit(), on_behalf)?;
    if reason.trim().is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let conn = core.db().read();
    let periods = store::duty::periods_of_report(&conn, old.id).await?;
    let locked = !periods.is_empty() && periods.iter().all(|period| period.state == "locked");
    if !locked && !old.is_sent() && old.state != "returned" {
        return Err(Error::WrongState.into());
    }
    let new = &corrected(ctx, &old, reason, acted_by)?;
    core.db().write(ctx, |tx| async move { correction_begun(&tx, new, reason, acted_by).await }).await?;
    Ok(new.id())
}

/// The version that takes the place of one, before anything is written into it.
pub(crate) fn corrected(
    ctx: &Ctx,
    old: &ReportRow,
    reason: &str,
    acted_by: Option<UnitId>,
) -> Result<ReportRow, Problem> {
    let mut hands = Hands::default();
    // By a link the words of before are sent again: who may have written those does not receive them in a newer version.
    if matches!(ctx.actor, Actor::Outside { .. }) {
        hands.writers = Hands::read(old.hands.as_deref()).writers;
    }
    hands.wrote(&ctx.actor);
    hands.wrote_for(acted_by);
    Ok(ReportRow {
        id: ctx.new_id::<crate::ids::Report>().uuid(),
        state: "draft".into(),
        version: old.version + 1,
        replaces_id: Some(old.id),
        number: None,
        issued_on: None,
        issued_at: None,
        received_on: None,
        received_number: None,
        file_name: None,
        blob_hash: None,
        file_signed: None,
        file_identities: None,
        sealed: None,
        hands: Some(serde_json::to_string(&hands).map_err(Problem::internal)?),
        sent_on: None,
        remarks: Some(Words::new(reason)),
        opened_at: ctx.now().as_microsecond(),
        rev: 1,
        ..old.clone()
    })
}

/// Makes a new version inside the open act, with the words and the periods of the one that it takes the place of.
pub(crate) async fn correction_begun(
    tx: &db::Tx,
    new: &ReportRow,
    reason: &str,
    acted_by: Option<UnitId>,
) -> Result<(), Problem> {
    let old = ReportId::from_uuid(new.replaces_id.ok_or_else(|| Problem::internal("a correction of nothing"))?);
    let inserted = store::report::insert_all(tx, std::slice::from_ref(new)).await;
    inserted.map_err(|error| error.or_taken("correction-there"))?;
    for period in store::duty::periods_of_report(tx, old.uuid()).await? {
        store::report::tie_all(tx, &[new.id], period.id()).await?;
    }
    for line in store::report::lines(tx, old).await? {
        store::report::line_set(tx, &LineRow { report_id: new.id, ..line }).await?;
    }
    let detail = json!({ "replaces": old.to_string(), "version": new.version, "acted_by": acted_by });
    tx.ledger(Entry::new("report.correct", new.id()).unit(new.unit()).reason(reason.trim()).detail(detail));
    Ok(())
}
