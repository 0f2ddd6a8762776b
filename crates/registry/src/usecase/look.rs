//! Pictures in kept files are looked at for marks of secrecy by a job; until then a file is there for who brought it alone.

use async_trait::async_trait;
use db::{BlobHash, Db, Entry, Job, JobHandler, Lane, Row as _, vals};
use kernel::{Ctx, Problem};
use serde_json::json;
use webkit::{FileLookPort, Mark};

use crate::model::{
    Proof, ProofLook,
    moves::{Step, StepState},
};

/// Queued where a file with pictures is kept, and once a day for those whose look was given up.
pub const LOOK: &str = "registry.look";
/// Files of records that became state secrets, and must not wait for the sweep.
const RELEASE: &str = "release";
/// Files that one job looks at.
const AT_ONCE: u64 = 100;

#[derive(Debug)]
pub struct LookAtProofs {
    pub look: FileLookPort,
}

/// Queues inside an act that the files of these hashes go, unless something else names them.
pub async fn release(tx: &db::Tx, hashes: &[String]) -> Result<(), Problem> {
    if !hashes.is_empty() {
        tx.enqueue(LOOK, &json!({ RELEASE: hashes })).await?;
    }
    Ok(())
}

#[async_trait]
impl JobHandler for LookAtProofs {
    fn kind(&self) -> &'static str {
        LOOK
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    fn is_uncounted(&self, problem: &Problem) -> bool {
        problem.code == "readers-busy"
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        if let Some(hashes) = job.payload[RELEASE].as_array() {
            for hash in hashes.iter().filter_map(|hash| BlobHash::parse(hash.as_str()?)) {
                db::release(db, ctx, &hash).await?;
            }
            return Ok(());
        }
        proofs_look(db, ctx, &self.look).await
    }
}

/// Looks at all that wait; one that cannot be read today keeps no other from its look.
pub async fn proofs_look(db: &Db, ctx: &Ctx, look: &FileLookPort) -> Result<(), Problem> {
    let tail = format!("WHERE look = 'waiting' ORDER BY id LIMIT {AT_ONCE}");
    let mut last = Ok(());
    for proof in Proof::find(&db.read(), &tail, vals![]).await? {
        if let Err(problem) = looked_at(db, ctx, look, &proof).await {
            last = Err(problem);
        }
    }
    last
}

async fn looked_at(db: &Db, ctx: &Ctx, look: &FileLookPort, proof: &Proof) -> Result<(), Problem> {
    let hash = &BlobHash::parse(&proof.blob_hash).ok_or_else(|| Problem::internal("bad blob hash"))?;
    let mark = &look.mark(db.blobs().get(hash).await?).await?;
    db.write(ctx, |tx| async move {
        let Some(now) = Proof::held(&tx, proof.id).await?.filter(|now| now.look == ProofLook::Waiting) else {
            tx.bookkeeping();
            return Ok(());
        };
        let entry = |act| Entry::new(act, proof.system_id);
        let detail = json!({ "proof": proof.id.to_string() });
        match mark {
            Mark::Clear => {
                Proof { look: ProofLook::Clear, ..now }.keep(&tx).await?;
                tx.ledger(entry("proof.cleared").detail(detail));
            }
            Mark::Unreadable => {
                Proof { look: ProofLook::Unreadable, ..now }.keep(&tx).await?;
                tx.ledger(entry("proof.unreadable").detail(detail));
            }
            Mark::Said(mark) => {
                Proof::delete(&tx, vec![now.id]).await?;
                // Nor does what it was called stand anywhere, though somebody had taken it away before.
                db::forget_of(&tx, &[now.id.to_string(), now.id.uuid().to_string()]).await?;
                unstamped(&tx, &now).await?;
                tx.ledger(entry("proof.refused").detail(json!({ "proof": now.id.to_string(), "mark": mark })));
            }
        }
        Ok(())
    })
    .await?;
    if matches!(mark, Mark::Said(_)) {
        // Not in a day, as the sweep would: it bears a mark of secrecy.
        db::release(db, ctx, hash).await?;
    }
    Ok(())
}

/// A step that is not done yet is proven by it no more.
async fn unstamped(tx: &db::Tx, proof: &Proof) -> Result<(), Problem> {
    let Some(step) = proof.step_id else { return Ok(()) };
    match Step::held(tx, step).await? {
        Some(step) if step.state == StepState::Open && step.fingerprint.as_ref() == Some(&proof.blob_hash) => {
            Step { fingerprint: None, ..step }.keep(tx).await
        }
        _ => Ok(()),
    }
}
