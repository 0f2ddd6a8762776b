//! A system that becomes a state secret: what was written beside it goes in the same act, and what it was before comes back by
//! no act.

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, Row as _, Tx, Words, vals};
use kernel::{Ctx, Problem};

use super::look;
use crate::{
    model::{
        Proof, System, SystemId,
        figures::{BaselineChange, BaselineItem, SECRET},
        level::Control,
        moves::Step,
        wave::WaveItem,
    },
    store::{level, moves, veiled, wave},
};

const OWN: &str = "WHERE system_id = $1";

/// Asked before the system is written as one that is only counted; nothing is done where it was one already.
pub async fn veil(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    if System::held(tx, id).await?.is_none_or(|was| was.is_veiled()) {
        return Ok(());
    }
    reckoned(tx).await?;
    bare(tx, id).await
}

/// Takes away all that tells of it but its own row.
async fn bare(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    let all = with_merged(tx, id).await?;
    let mut named = Vec::new();
    for one in &all {
        unnamed(tx, *one).await?;
        named.extend([one.to_string(), one.uuid().to_string()]);
        files(tx, *one).await?;
        named.extend(carried(tx, *one).await?);
        veiled::clear(tx, *one).await?;
        listed(tx, *one).await?;
        pointing(tx, *one, id).await?;
    }
    for one in all.iter().filter(|one| **one != id) {
        if let Some(merged) = System::get(tx, *one).await? {
            merged.veiled().keep(tx).await?;
        }
    }
    Ok(db::forget_of(tx, &named).await?)
}

/// Nobody is answered with its name any more, writes it or looks for it.
async fn unnamed(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    let Some(row) = System::get(tx, id).await?.filter(|row| row.name != row.veil()) else { return Ok(()) };
    db::forget_named(tx, &row.name).await?;
    Ok(webkit::saved_views_forget(tx, &row.name).await?)
}

/// Who reckoned waves before knows it yet, and would write it down again: what was read of the plan is old from here on.
async fn reckoned(tx: &Tx) -> Result<(), Problem> {
    match wave::held(tx).await? {
        Some(plan) => plan.keep(tx).await,
        None => Ok(()),
    }
}

pub const VEIL: &str = "registry.veil";

/// Once a day looks for secrets of which something is left that did not go with them in their time.
#[derive(Debug)]
pub struct Veil;

#[async_trait]
impl JobHandler for Veil {
    fn kind(&self) -> &'static str {
        VEIL
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        systems_veil(db, ctx).await.map(|_| ())
    }
}

/// Takes away what is left of them, each in an act of its own; of how many there was something.
pub async fn systems_veil(db: &Db, ctx: &Ctx) -> Result<usize, Problem> {
    let conn = db.read();
    let hung_on = veiled::hung_on(&conn).await?;
    let rows = System::find(&conn, "WHERE state_secret = 'yes' ORDER BY id", vals![]).await?;
    let told = rows.into_iter().filter(|row| hung_on.contains(&row.id) || row.clone().veiled() != *row);
    let told: Vec<SystemId> = told.map(|row| row.id).collect();
    for id in &told {
        db.write(ctx, |tx| async move {
            let Some(row) = System::held(&tx, *id).await?.filter(System::is_veiled) else {
                tx.bookkeeping();
                return Ok(());
            };
            bare(&tx, *id).await?;
            tx.ledger(Entry::new("system.veil", *id).unit(row.owner_id));
            row.veiled().keep(&tx).await
        })
        .await?;
    }
    Ok(told.len())
}

/// The record, and those that were merged into it: they are of the same system.
async fn with_merged(tx: &Tx, id: SystemId) -> Result<Vec<SystemId>, Problem> {
    let (mut all, mut at) = (vec![id], 0);
    while let Some(one) = all.get(at).copied() {
        for merged in System::find(tx, "WHERE merged_into = $1 ORDER BY id", vals![one.uuid()]).await? {
            if !all.contains(&merged.id) {
                all.push(merged.id);
            }
        }
        at += 1;
    }
    Ok(all)
}

/// Kept files of it and of all that is carried with it.
async fn files(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    let hashes = Proof::find(tx, OWN, vals![id.uuid()]).await?.into_iter().map(|one| one.blob_hash);
    look::release(tx, &hashes.collect::<Vec<_>>()).await
}

/// The ids of its migrations with their steps and of its level dossiers, by which it may be known too; what belongs to them
/// goes.
async fn carried(tx: &Tx, id: SystemId) -> Result<Vec<String>, Problem> {
    let mut named = Vec::new();
    for one in moves::of_system(tx, id).await? {
        named.extend(moves::steps(tx, one.id).await?.iter().map(|step| step.id.to_string()));
        Step::delete_where(tx, "WHERE migration_id = $1", vals![one.id.uuid()]).await?;
        named.extend([one.id.to_string(), one.id.uuid().to_string()]);
    }
    for one in level::of_system(tx, id).await? {
        Control::delete_where(tx, "WHERE dossier_id = $1", vals![one.id.uuid()]).await?;
        named.extend([one.id.to_string(), one.id.uuid().to_string()]);
    }
    Ok(named)
}

/// In a frozen list it stands as one that was a secret when the list was made.
async fn listed(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    for item in BaselineItem::find(tx, OWN, vals![id.uuid()]).await? {
        let ground = Some(Words::new(SECRET));
        BaselineItem { is_eligible: false, reason: None, ground, ..item }.keep(tx).await?;
    }
    for change in BaselineChange::find(tx, "WHERE system_id = $1 ORDER BY id", vals![id.uuid()]).await? {
        BaselineChange { reason: Words::new(SECRET), ground: None, ..change }.keep(tx).await?;
    }
    Ok(())
}

/// What says of others that they stand by it, or wait for it. `own` is written by who asks.
async fn pointing(tx: &Tx, id: SystemId, own: SystemId) -> Result<(), Problem> {
    let by = "WHERE provider_id = $1 AND id <> $2 ORDER BY id";
    for one in System::find(tx, by, vals![id.uuid(), own.uuid()]).await? {
        System { provider_id: None, ..one }.keep(tx).await?;
    }
    for one in WaveItem::find(tx, "WHERE why LIKE $1 ORDER BY id", vals![format!("%{id}%")]).await? {
        WaveItem { why: "[]".to_owned(), ..one }.keep(tx).await?;
    }
    Ok(())
}
