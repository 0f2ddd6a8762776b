//! A system that becomes a state secret: what was written beside it goes in the same act, and what it was before comes back by
//! no act.

use db::{Row as _, Tx, Words, vals};
use kernel::Problem;

use super::look;
use crate::{
    model::{
        Apart, Bill, Certificate, Component, Proof, Relation, SecurityCheck, System, SystemId, Use,
        assessment::Assessment,
        availability::Availability,
        cost::Cost,
        figures::{BaselineChange, BaselineItem, Milestone, SECRET},
        label::{Label, LabelLine},
        level::{Control, Dossier, Overrule},
        moves::{Migration, Step},
        wave::WaveItem,
    },
    store::{level, moves},
};

const OWN: &str = "WHERE system_id = $1";

/// Asked before the system is written as one that is only counted; nothing is done where it was one already.
pub async fn veil(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    if System::held(tx, id).await?.is_none_or(|was| was.is_veiled()) {
        return Ok(());
    }
    let all = with_merged(tx, id).await?;
    let mut named = Vec::new();
    for one in &all {
        named.extend([one.to_string(), one.uuid().to_string()]);
        proofs(tx, *one).await?;
        named.extend(carried(tx, *one).await?);
        beside(tx, *one).await?;
        listed(tx, *one).await?;
        pointing(tx, *one, id).await?;
    }
    for one in all.iter().filter(|one| **one != id) {
        if let Some(merged) = System::get(tx, *one).await? {
            merged.veiled().keep(tx).await?;
        }
    }
    Ok(db::forget_before_of(tx, &named).await?)
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
async fn proofs(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    let hashes = Proof::find(tx, OWN, vals![id.uuid()]).await?.into_iter().map(|one| one.blob_hash);
    look::release(tx, &hashes.collect::<Vec<_>>()).await?;
    Proof::delete_where(tx, OWN, vals![id.uuid()]).await?;
    Ok(())
}

/// Its migrations and level dossiers with what belongs to them, by whose ids it may be known too.
async fn carried(tx: &Tx, id: SystemId) -> Result<Vec<String>, Problem> {
    let mut named = Vec::new();
    for one in moves::of_system(tx, id).await? {
        Step::delete_where(tx, "WHERE migration_id = $1", vals![one.id.uuid()]).await?;
        named.push(one.id.uuid().to_string());
    }
    Migration::delete_where(tx, OWN, vals![id.uuid()]).await?;
    for one in level::of_system(tx, id).await? {
        Control::delete_where(tx, "WHERE dossier_id = $1", vals![one.id.uuid()]).await?;
        named.push(one.id.uuid().to_string());
    }
    Dossier::delete_where(tx, OWN, vals![id.uuid()]).await?;
    Overrule::delete_where(tx, OWN, vals![id.uuid()]).await?;
    Ok(named)
}

async fn beside(tx: &Tx, id: SystemId) -> Result<(), Problem> {
    let own = || vals![id.uuid()];
    Relation::delete_where(tx, "WHERE from_id = $1 OR to_id = $1", own()).await?;
    Apart::delete_where(tx, "WHERE one_id = $1 OR other_id = $1", own()).await?;
    Use::delete_where(tx, OWN, own()).await?;
    Certificate::delete_where(tx, OWN, own()).await?;
    SecurityCheck::delete_where(tx, OWN, own()).await?;
    Component::delete_where(tx, OWN, own()).await?;
    Bill::delete_where(tx, OWN, own()).await?;
    Assessment::delete_where(tx, OWN, own()).await?;
    Availability::delete_where(tx, OWN, own()).await?;
    WaveItem::delete_where(tx, OWN, own()).await?;
    Milestone::delete_where(tx, OWN, own()).await?;
    Cost::delete_where(tx, OWN, own()).await?;
    LabelLine::delete_where(tx, OWN, own()).await?;
    Label::delete_where(tx, OWN, own()).await?;
    Ok(())
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
