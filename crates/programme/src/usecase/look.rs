//! Every file that is taken in is looked at for marks of secrecy before it is kept. Text is looked at at once; pictures
//! of pages by a job, and until then they are there for who took them in.

use async_trait::async_trait;
use db::{BlobHash, Db, Entry, Job, JobHandler, Lane};
use kernel::{Ctx, Problem};
use plan_reader::secrecy::Look;
use serde_json::json;
use uuid::Uuid;
use webkit::{App, Bytes};

use crate::{
    Error, ReadingPort,
    model::seen,
    store::{self, look::LookRow},
};

pub(crate) const LOOK: &str = "programme.look";

/// True when a job must look at it; a marked file is refused.
pub(crate) async fn is_unchecked(app: &App, bytes: Bytes) -> Result<bool, Problem> {
    match app.get::<ReadingPort>()?.look(bytes).await? {
        Look::Clear => Ok(false),
        Look::Pictures => Ok(true),
        Look::Marked(mark) => Err(Error::FileRefused { code: "plan-classified", detail: mark.into() }.into()),
    }
}

/// Queues the look at a file inside the act that keeps it.
pub(crate) async fn look_later(tx: &db::Tx, subject: Uuid, kind: &str, hash: &BlobHash) -> Result<(), Problem> {
    let row = LookRow {
        subject_id: subject,
        kind: kind.into(),
        blob_hash: hash.to_string(),
        taken_by: seen::account(tx.ctx()),
    };
    store::look::insert(tx, &row).await?;
    tx.enqueue(LOOK, &json!({ "subject": subject.to_string() })).await?;
    Ok(())
}

/// Whether the file of `subject` waits for its look and is somebody else's.
pub(crate) async fn is_hidden(conn: &db::Conn, ctx: &Ctx, subject: Uuid) -> Result<bool, Problem> {
    Ok(store::look::get(conn, subject).await?.is_some_and(|row| !seen::is_own(ctx, row.taken_by)))
}

#[derive(Debug)]
pub(crate) struct LookAtFile {
    pub reading: ReadingPort,
}

#[async_trait]
impl JobHandler for LookAtFile {
    fn kind(&self) -> &'static str {
        LOOK
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let subject = job.payload["subject"].as_str().and_then(|text| text.parse::<Uuid>().ok());
        let subject = subject.ok_or_else(|| Problem::internal("job without subject"))?;
        let Some(row) = store::look::get(&db.read(), subject).await? else { return Ok(()) };
        let hash = &BlobHash::parse(&row.blob_hash).ok_or_else(|| Problem::internal("bad blob hash"))?;
        let read = self.reading.read(db.blobs().get(hash).await?, &|_, _| {}).await;
        let mark = match read {
            Err(Error::FileRefused { code: "plan-classified", detail }) => Some(detail),
            // Nothing is written on it, or nobody can open it.
            Ok(_) | Err(Error::FileRefused { code: "plan-empty" | "plan-damaged" | "plan-format", .. }) => None,
            // What could not be looked at stays with who took it in.
            Err(error) => return Err(error.into()),
        };
        let (row, mark) = (&row, &mark);
        db.write(ctx, |tx| async move {
            if !store::look::delete(&tx, subject, hash).await? {
                tx.bookkeeping();
                return Ok(());
            }
            if mark.is_some() {
                store::look::file_drop(&tx, row, ctx.now().as_microsecond()).await?;
            }
            let action = if mark.is_some() { "file.refused" } else { "file.cleared" };
            let detail = json!({ "kind": row.kind, "sha256": row.blob_hash, "mark": mark });
            tx.ledger(Entry::new(action, subject).detail(detail));
            Ok(())
        })
        .await?;
        if mark.is_some() {
            // Not in a day, as the sweep would: it bears a mark of secrecy.
            db::release(db, ctx, hash).await?;
        }
        Ok(())
    }
}
