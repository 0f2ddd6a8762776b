//! Every file that is taken in is looked at for marks of secrecy before it is kept. Text is looked at at once; pictures
//! of pages by a job, and until then they are there for who took them in.

use async_trait::async_trait;
use db::{BlobHash, Db, Entry, Job, JobHandler, Lane, queued_at};
use kernel::{Ctx, Problem};
use plan_reader::{Kind, Reading, secrecy::Look};
use serde_json::json;
use uuid::Uuid;
use webkit::{Bytes, Core, FileLook, Mark};

use crate::{
    Error, Glimpse, ReadingPort,
    files::{
        model::seen,
        store::{self, look::LookRow},
    },
    ports::is_busy,
};

pub(crate) const LOOK: &str = "programme.look";
/// Pictures of one archive; as many as a scan has pages.
const MOST_PICTURES: u32 = 300;
/// Pictures that one job looks at, before others have their turn.
const IN_A_ROW: u32 = 10;
/// What may be otherwise tomorrow; every other refusal stays.
const FOR_NOW: [&str; 4] = ["plan-reader-died", "plan-needs-ocr", "plan-needs-office", "plan-needs-sandbox"];
/// Files that are queued again on one day.
const AT_ONCE: u64 = 1000;

/// What is known of a file before it is kept.
pub(crate) struct Looked {
    /// A job must look at it: pages of it are pictures.
    pub unchecked: bool,
    /// In how many places its text holds a number by which somebody is identified; none where it could not be read.
    pub identities: Option<i64>,
}

fn count(places: usize) -> i64 {
    i64::try_from(places).unwrap_or(i64::MAX)
}

/// Looks at it at once; a marked file is refused.
pub(crate) async fn looked(core: &Core, bytes: Bytes) -> Result<Looked, Problem> {
    glimpsed(core.get::<ReadingPort>()?, bytes).await
}

async fn glimpsed(reading: &ReadingPort, bytes: Bytes) -> Result<Looked, Problem> {
    let Glimpse { look, identities } = reading.look(bytes).await?;
    let unchecked = match look {
        Look::Clear => false,
        Look::Pictures => true,
        Look::Marked(mark) => {
            return Err(Error::FileRefused { code: "plan-classified", detail: mark.into() }.into());
        }
    };
    Ok(Looked { unchecked, identities: identities.map(count) })
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
pub(crate) async fn is_hidden(conn: &db::Reader, ctx: &Ctx, subject: Uuid) -> Result<bool, Problem> {
    Ok(store::look::get(conn, subject).await?.is_some_and(|row| !seen::is_own(ctx, row.taken_by)))
}

/// Files whose look was given up, because its tools were missing or died, are looked at again on the next day.
pub(crate) async fn look_missing(db: &Db, ctx: &Ctx) -> Result<(), Problem> {
    if queued_at(&db.read(), LOOK).await?.is_some() {
        return Ok(());
    }
    let waiting = &store::look::waiting(&db.read(), AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        for row in waiting {
            tx.enqueue(LOOK, &json!({ "subject": row.subject_id.to_string() })).await?;
        }
        Ok(())
    })
    .await
}

/// The mark that the text of a file bears, or how many numbers of people it holds. Nothing is written on it, or nobody can
/// open it: that is none. What could not be looked at stays with who took it in.
fn read_off(read: Result<Reading, Error>) -> Result<Seen, Error> {
    match read {
        Err(Error::FileRefused { code: "plan-classified", detail }) => Ok(Seen::Mark(detail)),
        Ok(reading) => Ok(Seen::Clear(count(db::identities(&reading.text)))),
        Err(Error::FileRefused { code: "plan-empty" | "plan-no-letters" | "plan-damaged" | "plan-format", .. }) => {
            Ok(Seen::Clear(0))
        }
        Err(error) => Err(error),
    }
}

/// Looks at files, for the jobs of this module and for modules that keep files of their own.
#[derive(Debug)]
pub struct LookAtFile {
    pub reading: ReadingPort,
}

/// What a job found.
enum Seen {
    Mark(String),
    /// No mark; so many numbers of people.
    Clear(i64),
    /// The same until this picture of an archive; there are more.
    Until(u32, i64),
}

impl LookAtFile {
    /// The mark on a file, or on one of the next pictures in an archive.
    async fn seen(&self, bytes: Vec<u8>, from: u32) -> Result<Seen, Error> {
        if plan_reader::kind(&bytes) != Kind::Docx {
            return read_off(self.reading.read(bytes, &|_, _| {}).await);
        }
        let mut identities = 0;
        for at in from..from + IN_A_ROW {
            let Some(picture) = self.reading.picture(bytes.clone(), at).await? else {
                return Ok(Seen::Clear(identities));
            };
            match read_off(self.reading.read(picture, &|_, _| {}).await)? {
                Seen::Clear(more) => identities += more,
                marked => return Ok(marked),
            }
        }
        if from + IN_A_ROW >= MOST_PICTURES {
            return Err(Error::FileRefused { code: "plan-too-many-pages", detail: format!("> {MOST_PICTURES}") });
        }
        Ok(Seen::Until(from + IN_A_ROW, identities))
    }
}

/// A refusal that will be the same tomorrow stays with the row: the file is its sender's, and no job reads it again.
async fn keep_refusal(db: &Db, ctx: &Ctx, subject: Uuid, hash: &BlobHash, code: &str) -> Result<(), Problem> {
    db.write(ctx, |tx| async move {
        if store::look::problem_set(&tx, subject, hash, code).await? {
            tx.ledger(Entry::new("file.not_looked_at", subject).detail(json!({ "code": code })));
        } else {
            tx.bookkeeping();
        }
        Ok(())
    })
    .await
}

#[async_trait]
impl FileLook for LookAtFile {
    async fn has_pictures(&self, bytes: Bytes) -> Result<bool, Problem> {
        Ok(glimpsed(&self.reading, bytes).await?.unchecked)
    }

    async fn mark(&self, bytes: Vec<u8>) -> Result<Mark, Problem> {
        let mut from = 0;
        loop {
            match self.seen(bytes.clone(), from).await {
                Ok(Seen::Until(next, _)) => from = next,
                Ok(Seen::Clear(_)) => return Ok(Mark::Clear),
                Ok(Seen::Mark(mark)) => return Ok(Mark::Said(mark)),
                Err(Error::FileRefused { code, .. }) if !FOR_NOW.contains(&code) => return Ok(Mark::Unreadable),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[async_trait]
impl JobHandler for LookAtFile {
    fn kind(&self) -> &'static str {
        LOOK
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    fn is_uncounted(&self, problem: &Problem) -> bool {
        is_busy(problem)
    }

    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let subject = job.payload["subject"].as_str().and_then(|text| text.parse::<Uuid>().ok());
        let subject = subject.ok_or_else(|| Problem::internal("job without subject"))?;
        let Some(row) = store::look::get(&db.read(), subject).await? else { return Ok(()) };
        let hash = &BlobHash::parse(&row.blob_hash).ok_or_else(|| Problem::internal("bad blob hash"))?;
        let from = job.payload["from"].as_u64().and_then(|from| u32::try_from(from).ok()).unwrap_or(0);
        let before = job.payload["identities"].as_i64().unwrap_or(0);
        let seen = match self.seen(db.blobs().get(hash).await?, from).await {
            Err(Error::FileRefused { code, .. }) if !FOR_NOW.contains(&code) => {
                return keep_refusal(db, ctx, subject, hash, code).await;
            }
            seen => seen?,
        };
        let (mark, identities) = match seen {
            Seen::Until(from, more) => {
                let rest = &json!({ "subject": subject.to_string(), "from": from, "identities": before + more });
                return db
                    .write(ctx, |tx| async move {
                        tx.bookkeeping();
                        tx.enqueue(LOOK, rest).await?;
                        Ok(())
                    })
                    .await;
            }
            Seen::Mark(mark) => (Some(mark), 0),
            Seen::Clear(more) => (None, before + more),
        };
        let (row, mark) = (&row, &mark);
        db.write(ctx, |tx| async move {
            if !store::look::delete(&tx, subject, hash).await? {
                tx.bookkeeping();
                return Ok(());
            }
            if mark.is_some() {
                store::look::file_drop(&tx, row, ctx.now().as_microsecond()).await?;
            } else if identities > 0 {
                store::look::identities_add(&tx, row, identities).await?;
            }
            let action = if mark.is_some() { "file.refused" } else { "file.cleared" };
            let detail = json!({ "kind": row.kind, "sha256": row.blob_hash, "mark": mark, "identities": identities });
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{PlanReading, Progress};

    /// An archive of pictures without end, with nothing written on them.
    #[derive(Debug)]
    struct Endless;

    #[async_trait]
    impl PlanReading for Endless {
        async fn read(&self, _bytes: Vec<u8>, _progress: Progress<'_>) -> Result<Reading, Error> {
            Err(Error::FileRefused { code: "plan-empty", detail: String::new() })
        }

        async fn look(&self, _bytes: Bytes) -> Result<Glimpse, Error> {
            Ok(Glimpse { look: Look::Pictures, identities: Some(0) })
        }

        async fn picture(&self, _archive: Vec<u8>, _at: u32) -> Result<Option<Vec<u8>>, Error> {
            Ok(Some(vec![]))
        }
    }

    #[tokio::test]
    async fn of_an_archive_no_more_pictures_are_looked_at_than_a_scan_has_pages() {
        let look = LookAtFile { reading: Arc::new(Endless) };
        let mut from = 0;
        for _ in 0..MOST_PICTURES {
            match look.seen(b"PK\x03\x04".to_vec(), from).await {
                Ok(Seen::Until(next, 0)) => from = next,
                Err(Error::FileRefused { code: "plan-too-many-pages", .. }) => break,
                _ => panic!("neither more nor refused at {from}"),
            }
        }
        assert_eq!(from, MOST_PICTURES - IN_A_ROW);
        assert_eq!(FileLook::mark(&look, b"PK\x03\x04".to_vec()).await.unwrap(), Mark::Unreadable);
    }
}
