//! Takes the last act on a part back: its fields are again what they were. By the hand that did it and by no other, so
//! that nobody takes back, or brings back, what somebody else checked.

use crate::ids::{EntryId, PartId};
use db::Entry;
use kernel::{Ctx, Problem};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    plans::model::hands,
    work::{
        model::change::Found,
        store::{self, entry::EntryRow, part::PartRow},
        usecase::part_act::{accepted_with_evidence, due_row, part_for, second_person, standing, write},
    },
};

/// The right that an act asks for, and so its undo.
pub(crate) fn right(entry: &EntryRow) -> &'static str {
    if matches!(entry.kind.as_str(), "progress" | "done" | "reopen") { "part.finish" } else { "part.check" }
}

fn found(entry: &EntryRow) -> Result<Found, Problem> {
    serde_json::from_str(&entry.before).map_err(Problem::internal)
}

/// Would the last act be undone for this actor, as the part and its evidence are now?
pub(crate) fn may_undo(ctx: &Ctx, part: &PartRow, entry: &EntryRow, evidence: &[Uuid]) -> Result<bool, Problem> {
    let found = found(entry)?;
    let is_seen = !found.accepts_again(&part.fields()) || found.evidence.as_deref() == Some(evidence);
    let own = hands::is_taker(&ctx.actor, entry.hand.as_deref(), &entry.actor) && !is_of_task(entry);
    Ok(own && is_seen && !is_stopped_since(part, &found, entry))
}

/// An act on the whole task: it goes back with all that it changed, on the page of the task.
fn is_of_task(entry: &EntryRow) -> bool {
    entry.change_id.is_some() || matches!(entry.kind.as_str(), "moved" | "moved_back" | "merged" | "retimed")
}

/// Stopped by what became of its plan, since the act: that is no step of this part to take back.
fn is_stopped_since(part: &PartRow, found: &Found, entry: &EntryRow) -> bool {
    match entry.kind.as_str() {
        "pause" => part.stop_kind.as_deref() != Some("paused"),
        "end" => part.stop_kind.as_deref() != Some("ended"),
        "resume" => part.stopped_on.is_some(),
        _ => part.stopped_on != found.fields.stopped_on || part.stop_kind != found.fields.stop_kind,
    }
}

pub async fn part_undo(core: &Core, ctx: &Ctx, id: EntryId) -> Result<PartRow, Problem> {
    let conn = core.db().read();
    let entry = &store::entry::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let part = part_for(core, ctx, PartId::from_uuid(entry.part_id), right(entry)).await?;
    let last = store::entry::last(&conn, part.id()).await?;
    if last.is_none_or(|last| last.id != entry.id) {
        return Err(Error::NotLast.into());
    }
    if !hands::is_taker(&ctx.actor, entry.hand.as_deref(), &entry.actor) {
        return Err(Error::FourEyes("undo-not-yours").into());
    }
    if is_of_task(entry) {
        return Err(Error::WrongState.into());
    }
    let mut found = found(entry)?;
    if !entry.before.contains("\"clock\":") {
        // Acts of before this was kept with them did not change it.
        found.fields.clock.clone_from(&part.clock);
    }
    let found = &found;
    if is_stopped_since(&part, found, entry) {
        return Err(Error::WrongState.into());
    }
    let (row, before, kind) = (&part, &found.fields, entry.kind.as_str());
    core.db()
        .write(ctx, |tx| async move {
            if !store::entry::undone_set(&tx, id, ctx.now().as_microsecond()).await? {
                return Err(Problem::stale());
            }
            write(&tx, row, row.rev, before).await?;
            // It is accepted again only as it was when it was accepted.
            if found.accepts_again(&row.fields()) {
                second_person(ctx, &tx, row.id(), "four-eyes-check").await?;
                if found.evidence != Some(standing(&tx, row.id()).await?) {
                    return Err(Error::EvidenceChanged.into());
                }
                let note = store::entry::accept_note(&tx, row.id()).await?;
                accepted_with_evidence(core, ctx, &tx, row, &note).await?;
            }
            if kind == "due" {
                store::step::due_insert(&tx, &due_row(ctx, row, before, "")).await?;
            }
            tx.ledger(
                Entry::new("part.undo", row.id()).unit(row.unit()).detail(json!({ "act": kind, "rev": row.rev + 1 })),
            );
            Ok(())
        })
        .await?;
    Ok(part)
}
