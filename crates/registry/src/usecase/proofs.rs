//! Kept files that prove what is said: brought, taken away, listed and given out to who may read what they prove.

use db::{BlobHash, Entry, Reader, Row as _, Tx, Value, Words, vals};
use kernel::{Ctx, Problem, ProblemKind};
use serde_json::json;
use webkit::{Bytes, Core, Kept as _, StoredFile};

use super::{hand::hand, level::controls::controls_seen, look::LOOK, moves::step::step_seen};
use crate::model::{
    Proof, ProofId, ProofLook, System, SystemId,
    level::{Control, ControlId, Dossier, DossierId, DossierState},
    moves::{Migration, MigrationId, Step, StepId, StepState},
};

/// What a file proves, of which the actor is known to be who keeps it.
#[derive(Debug, Clone, Copy)]
pub enum About {
    System(SystemId),
    Step(SystemId, MigrationId, StepId),
    Control(SystemId, DossierId, ControlId),
}

impl About {
    /// Where a system stands.
    pub async fn system(core: &Core, ctx: &Ctx, id: SystemId) -> Result<Self, Problem> {
        System::seen(core, ctx, &core.db().read(), id).await?.check(core, ctx)?;
        Ok(Self::System(id))
    }

    pub async fn step(core: &Core, ctx: &Ctx, id: StepId) -> Result<Self, Problem> {
        let (_, row) = step_seen(core, ctx, id).await?;
        row.check(core, ctx)?;
        Ok(Self::Step(row.system_id, row.id, id))
    }

    /// The control of a dossier with this key, or of this file.
    pub async fn control(core: &Core, ctx: &Ctx, id: DossierId, (code, file): (&str, &str)) -> Result<Self, Problem> {
        let (row, controls) = controls_seen(core, ctx, id).await?;
        row.check(core, ctx)?;
        let of_file = match file.parse::<ProofId>() {
            Ok(file) => Proof::get(&core.db().read(), file).await?.and_then(|one| one.control_id),
            Err(_) => None,
        };
        let is_meant = |one: &Control| if file.is_empty() { one.code == code } else { Some(one.id) == of_file };
        let unknown = || Problem::bad_input("unknown-choice").with("text", code).field("control", "unknown-choice");
        let none = || if file.is_empty() { unknown() } else { Problem::not_found() };
        let control = controls.into_iter().find(is_meant).ok_or_else(none)?;
        Ok(Self::Control(row.system_id, id, control.id))
    }

    fn key(self) -> (SystemId, Option<StepId>, Option<ControlId>) {
        match self {
            Self::System(system) => (system, None, None),
            Self::Step(system, _, step) => (system, Some(step), None),
            Self::Control(system, _, control) => (system, None, Some(control)),
        }
    }

    /// The names of bringing one and of taking one away.
    fn acts(self) -> (&'static str, &'static str) {
        match self {
            Self::System(_) => ("system.proof", "system.unproof"),
            Self::Step(..) => ("migration.proof", "migration.unproof"),
            Self::Control(..) => ("level.proof", "level.unproof"),
        }
    }
}

/// Holds what is proven until the act is over, and says what the ledger keeps of it. The name of a file is not in there: what
/// proves a control is need to know.
async fn held(
    core: &Core,
    ctx: &Ctx,
    tx: &Tx,
    about: About,
    (proof, is_new): (&Proof, bool),
) -> Result<Entry, Problem> {
    let (brings, takes) = about.acts();
    let act = if is_new { brings } else { takes };
    let entry = match about {
        About::System(id) => {
            let system = System::held_by(core, ctx, tx, id).await?;
            system.check_open()?;
            Entry::new(act, id).unit(system.owner_id)
        }
        About::Step(_, migration, step) => {
            let row = Migration::held_by(core, ctx, tx, migration).await?;
            let step = Step::held(tx, step).await?.ok_or_else(Problem::not_found)?;
            // What was said to be done stays proven by what proved it then.
            if step.state != StepState::Open || !step.is_live(&row) {
                return Err(Problem::new(ProblemKind::Conflict, "proof-step-over"));
            }
            stamped(step, proof, is_new).keep(tx).await?;
            row.entry(act)
        }
        About::Control(_, dossier, _) => {
            let row = Dossier::held_by(core, ctx, tx, dossier).await?;
            // As what is said of its controls.
            if matches!(row.state, DossierState::Sent | DossierState::Appraised) {
                return Err(Problem::new(ProblemKind::Conflict, "level-state"));
            }
            row.keep(tx).await?;
            row.entry(act)
        }
    };
    Ok(entry.detail(json!({ "proof": proof.id.to_string() })))
}

/// The file's fingerprint is the step's, where it has no other.
fn stamped(step: Step, proof: &Proof, is_new: bool) -> Step {
    let hash = &proof.blob_hash;
    let fingerprint = match step.fingerprint {
        None if is_new => Some(hash.clone()),
        Some(own) if !is_new && own == *hash => None,
        own => own,
    };
    Step { fingerprint, ..step }
}

/// Keeps a file beside what it proves.
pub async fn proof_add(core: &Core, ctx: &Ctx, about: About, (name, bytes): (&str, Bytes)) -> Result<Proof, Problem> {
    let file = &StoredFile::of(core, name, bytes).await?;
    let (system_id, step_id, control_id) = about.key();
    let new = &Proof {
        id: ctx.new_id(),
        system_id,
        step_id,
        control_id,
        file_name: Words::new(name.chars().take(200).collect::<String>()),
        blob_hash: file.hash.to_string(),
        look: if file.has_pictures { ProofLook::Waiting } else { ProofLook::Clear },
        brought_by: hand(&ctx.actor),
        at: ctx.now().as_microsecond(),
        removed_at: None,
        rev: 1,
    };
    core.db()
        .write(ctx, |tx| async move {
            let entry = held(core, ctx, &tx, about, (new, true)).await?;
            file.name(&tx).await?;
            new.add(&tx).await?;
            if file.has_pictures {
                tx.enqueue(LOOK, &json!({})).await?;
            }
            tx.ledger(entry);
            Ok(())
        })
        .await?;
    Ok(new.clone())
}

/// Takes a file away; it is kept, so that this can be taken back.
pub async fn proof_remove(core: &Core, ctx: &Ctx, about: About, id: &str) -> Result<(), Problem> {
    let id: ProofId = id.parse().map_err(|_| Problem::not_found())?;
    core.db()
        .write(ctx, |tx| async move {
            let there = Proof::get(&tx, id).await?.filter(|one| one.removed_at.is_none());
            let is_its = |one: &Proof| (one.system_id, one.step_id, one.control_id) == about.key();
            let proof = there.filter(is_its).ok_or_else(Problem::not_found)?;
            let entry = held(core, ctx, &tx, about, (&proof, false)).await?;
            Proof { removed_at: Some(ctx.now().as_microsecond()), ..proof }.keep(&tx).await?;
            tx.ledger(entry);
            Ok(())
        })
        .await
}

/// Whether only who brought the file may have it: nobody knows yet whether it bears a mark of secrecy.
pub fn is_closed(ctx: &Ctx, proof: &Proof) -> bool {
    proof.look != ProofLook::Clear && !ctx.actor.is_trusted() && proof.brought_by != hand(&ctx.actor)
}

/// Those that are there, the oldest first; of one that is closed to the actor only that there is one.
async fn there(ctx: &Ctx, conn: &Reader, which: &str, values: Vec<Value>) -> Result<Vec<Proof>, Problem> {
    let tail = format!("WHERE removed_at IS NULL AND {which} ORDER BY id");
    let mut all = Proof::find(conn, &tail, values).await?;
    for one in all.iter_mut().filter(|one| is_closed(ctx, one)) {
        (one.file_name, one.blob_hash) = (Words::default(), String::new());
    }
    Ok(all)
}

/// Files that prove where a system stands.
pub async fn of_system(core: &Core, ctx: &Ctx, id: SystemId) -> Result<Vec<Proof>, Problem> {
    let conn = core.db().read();
    System::seen(core, ctx, &conn, id).await?;
    there(ctx, &conn, "system_id = $1 AND step_id IS NULL AND control_id IS NULL", vals![id.uuid()]).await
}

/// Files of a step.
pub async fn of_step(core: &Core, ctx: &Ctx, id: StepId) -> Result<Vec<Proof>, Problem> {
    step_seen(core, ctx, id).await?;
    there(ctx, &core.db().read(), "step_id = $1", vals![id.uuid()]).await
}

/// Files of all steps of a project that the actor sees.
pub async fn of_migration(core: &Core, ctx: &Ctx, id: MigrationId) -> Result<Vec<Proof>, Problem> {
    let conn = core.db().read();
    Migration::seen(core, ctx, &conn, id).await?;
    let steps = "step_id IN (SELECT id FROM registry_migration_step WHERE migration_id = $1)";
    there(ctx, &conn, steps, vals![id.uuid()]).await
}

/// Files of the controls of a dossier, for whom may know how they stand.
pub async fn of_dossier(core: &Core, ctx: &Ctx, id: DossierId) -> Result<Vec<Proof>, Problem> {
    controls_seen(core, ctx, id).await?;
    let controls = "control_id IN (SELECT id FROM registry_dossier_control WHERE dossier_id = $1)";
    there(ctx, &core.db().read(), controls, vals![id.uuid()]).await
}

/// A file for who may read what it proves.
pub async fn proof_file(core: &Core, ctx: &Ctx, id: ProofId) -> Result<(Words, BlobHash), Problem> {
    let conn = core.db().read();
    let proof = Proof::get(&conn, id).await?.filter(|one| one.removed_at.is_none()).ok_or_else(Problem::not_found)?;
    match (proof.step_id, proof.control_id) {
        (Some(step), _) => step_seen(core, ctx, step).await.map(|_| ())?,
        (None, Some(control)) => {
            let control = Control::get(&conn, control).await?.ok_or_else(Problem::not_found)?;
            controls_seen(core, ctx, control.dossier_id).await?;
        }
        (None, None) => System::seen(core, ctx, &conn, proof.system_id).await.map(|_| ())?,
    }
    if is_closed(ctx, &proof) {
        return Err(Problem::new(ProblemKind::Conflict, "file-unchecked"));
    }
    let hash = BlobHash::parse(&proof.blob_hash).ok_or_else(Problem::not_found)?;
    Ok((proof.file_name, hash))
}
