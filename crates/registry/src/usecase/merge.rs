//! One system that was entered twice: one record stays, the other says that it was a mistake and for which one; what hung on
//! it moves. All of it goes back with the act.

use std::collections::BTreeSet;

use db::{Entry, Reader, Row as _, Tx, vals};
use kernel::{Ctx, Problem, ProblemKind};
use serde::Deserialize;
use serde_json::json;
use webkit::{Answers, Core, Kept as _, Record as _};

use super::{link::Named, merged};
use crate::{
    model::{Certificate, Proof, Relation, SecurityCheck, System, SystemId, SystemState, Use},
    store::{level, moves},
};

/// Which record stays, and which goes into it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct MergeInput {
    /// The other record: its id, code or name.
    pub other: String,
    /// The id of the one that stays.
    pub stays: String,
    /// `1`: what the one that stays does not say is taken from the other.
    pub fill: String,
    /// `1`: they are two systems, and are not shown as doubles again.
    pub apart: String,
}

/// What a record that was merged stands for today.
pub async fn stands_for(core: &Core, ctx: &Ctx, conn: &Reader, system: &System) -> Result<Option<Named>, Problem> {
    Named::of(core, ctx, conn, system.merged_into).await
}

/// The two records of a merger that the actor may see.
pub async fn two(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    id: SystemId,
    other: &str,
) -> Result<(System, System), Problem> {
    let one = System::seen(core, ctx, conn, id).await?;
    let other = super::link::named(core, ctx, conn, other, false).await?;
    if one.id == other.id {
        return Err(Problem::bad_input("system-itself").field("other", "system-itself"));
    }
    Ok((one, other))
}

/// Merges; returns the id of the record that stays.
pub async fn merge(core: &Core, ctx: &Ctx, id: SystemId, input: &MergeInput) -> Result<SystemId, Problem> {
    let conn = core.db().read();
    let (one, other) = two(core, ctx, &conn, id, &input.other).await?;
    let unknown = || Problem::bad_input("merge-which").field("stays", "merge-which");
    let stays: SystemId = input.stays.parse().map_err(|_| unknown())?;
    let (stays, gone) = match stays {
        stays if stays == one.id => (one.id, other.id),
        stays if stays == other.id => (other.id, one.id),
        _ => return Err(unknown()),
    };
    one.check(core, ctx)?;
    other.check(core, ctx)?;
    let fill = !input.fill.is_empty();
    core.db()
        .write(ctx, |tx| async move {
            // In the order of their ids, whoever merges them the other way round.
            let first = System::held_by(core, ctx, &tx, stays.min(gone)).await?;
            let second = System::held_by(core, ctx, &tx, stays.max(gone)).await?;
            let (stay, went) = if first.id == stays { (first, second) } else { (second, first) };
            if !stay.is_live() || !went.is_live() || stay.is_veiled() || went.is_veiled() {
                return Err(Problem::new(ProblemKind::Conflict, "merge-gone"));
            }
            if is_carried(&tx, ctx, gone).await? {
                return Err(Problem::new(ProblemKind::Conflict, "merge-carried").field("stays", "merge-carried"));
            }
            let kept = if fill { filled(core, ctx, &stay, &went)? } else { stay.clone() };
            // Nothing stands by itself.
            let kept = System { provider_id: kept.provider_id.filter(|provider| *provider != gone), ..kept };
            let moved = relations(&tx, stays, gone).await? + uses(&tx, ctx, &kept, &went).await?;
            papers(&tx, stays, gone).await?;
            provided(&tx, stays, gone).await?;
            merged::signed(&tx, stays, gone).await?;
            merged::materials(&tx, stays, gone).await?;
            merged::placed(&tx, ctx, stays, gone).await?;
            merged::measured(&tx, &kept, gone).await?;
            merged::costs(&tx, ctx, &kept, gone).await?;
            merged::labelled(&tx, ctx, &kept, &went).await?;
            merged::due(&tx, &kept, gone).await?;
            let is_led = merged::assessed(&tx, ctx, &kept, gone).await?;
            let strategy = if is_led { went.strategy.clone() } else { kept.strategy.clone() };
            let kept = System { strategy, ..kept };
            let (state, merged_into) = (SystemState::Mistaken, Some(stays));
            System { state, merged_into, strategy: None, ..went.clone() }.keep(&tx).await?;
            kept.keep(&tx).await?;
            let detail = json!({ "other": gone.to_string(), "moved": moved });
            tx.ledger(Entry::new("system.merge", stays).unit(kept.owner_id).detail(detail));
            Ok(())
        })
        .await?;
    Ok(stays)
}

/// Whether a migration or an approval in force hangs on the record that would go: both are of that record, and do not move.
pub async fn is_carried(tx: &Tx, ctx: &Ctx, gone: SystemId) -> Result<bool, Problem> {
    let is_moving = moves::of_system(tx, gone).await?.iter().any(|one| one.state.is_open());
    Ok(is_moving || level::of_system(tx, gone).await?.iter().any(|one| one.is_in_force(ctx.today())))
}

/// Whether an answer says nothing.
pub fn is_open(text: &str) -> bool {
    matches!(text, "" | "unknown")
}

/// The record that stays, with what it does not say from the other.
fn filled(core: &Core, ctx: &Ctx, stay: &System, went: &System) -> Result<System, Problem> {
    let (own, other) = (stay.answers(), went.answers());
    let mut more = Answers::default();
    for field in System::FIELDS.iter().filter(|field| !["name", "owner"].contains(&field.name)) {
        if is_open(own.text(field.name)) && !is_open(other.text(field.name)) {
            more.set(field.name, other.text(field.name));
        }
    }
    System::from_answers(core, ctx, &more, Some(stay))
}

/// Relations of the one that goes lead from and to the one that stays, each once.
async fn relations(tx: &Tx, stays: SystemId, gone: SystemId) -> Result<usize, Problem> {
    let tail = "WHERE from_id = $1 OR to_id = $1 OR from_id = $2 OR to_id = $2 ORDER BY id";
    let all = Relation::find(tx, tail, vals![stays.uuid(), gone.uuid()]).await?;
    let (own, moving): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.from_id != gone && one.to_id != gone);
    let key = |one: &Relation| (one.from_id, one.to_id, kernel::Code::code(one.kind));
    let mut known: BTreeSet<_> = own.iter().map(key).collect();
    Relation::delete(tx, moving.iter().map(|one| one.id).collect()).await?;
    let lead = |id: SystemId| if id == gone { stays } else { id };
    let moved = moving.into_iter().map(|one| Relation { from_id: lead(one.from_id), to_id: lead(one.to_id), ..one });
    let moved: Vec<Relation> = moved.filter(|one| one.from_id != one.to_id && known.insert(key(one))).collect();
    Relation::insert_all(tx, &moved).await?;
    Ok(moved.len())
}

/// Who used the one uses the other; the body that had it in its own list as well.
async fn uses(tx: &Tx, ctx: &Ctx, stay: &System, went: &System) -> Result<usize, Problem> {
    let tail = "WHERE system_id = $1 OR system_id = $2 ORDER BY id";
    let all = Use::find(tx, tail, vals![stay.id.uuid(), went.id.uuid()]).await?;
    let (own, moving): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.system_id == stay.id);
    let mut known: BTreeSet<_> = own.iter().map(|one| one.unit_id).chain([stay.owner_id]).collect();
    Use::delete(tx, moving.iter().map(|one| one.id).collect()).await?;
    let list = Use { id: ctx.new_id(), system_id: stay.id, unit_id: went.owner_id };
    let moved = moving.into_iter().map(|one| Use { system_id: stay.id, ..one }).chain([list]);
    let moved: Vec<Use> = moved.filter(|one| known.insert(one.unit_id)).collect();
    Use::insert_all(tx, &moved).await?;
    Ok(moved.len())
}

async fn papers(tx: &Tx, stays: SystemId, gone: SystemId) -> Result<(), Problem> {
    let of = |id: SystemId| vals![id.uuid()];
    let own = Certificate::find(tx, "WHERE system_id = $1", of(stays)).await?;
    for one in Certificate::find(tx, "WHERE system_id = $1 ORDER BY id", of(gone)).await? {
        // The same certificate stands there already.
        if own.iter().all(|other| (other.kind, &other.number) != (one.kind, &one.number)) {
            Certificate { system_id: stays, ..one }.keep(tx).await?;
        }
    }
    for one in SecurityCheck::find(tx, "WHERE system_id = $1 ORDER BY id", of(gone)).await? {
        SecurityCheck { system_id: stays, ..one }.keep(tx).await?;
    }
    // Those of its migrations and dossiers stay with them.
    let own = "WHERE system_id = $1 AND step_id IS NULL AND control_id IS NULL ORDER BY id";
    for one in Proof::find(tx, own, of(gone)).await? {
        Proof { system_id: stays, ..one }.keep(tx).await?;
    }
    Ok(())
}

/// What stood by the one that goes stands by the other.
async fn provided(tx: &Tx, stays: SystemId, gone: SystemId) -> Result<(), Problem> {
    for one in
        System::find(tx, "WHERE provider_id = $1 AND id <> $2 ORDER BY id", vals![gone.uuid(), stays.uuid()]).await?
    {
        System { provider_id: Some(stays), ..one }.keep(tx).await?;
    }
    Ok(())
}
