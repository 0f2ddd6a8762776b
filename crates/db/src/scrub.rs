//! Reads every file that a row names and compares it with its name.

use async_trait::async_trait;
use kernel::{Ctx, Problem};
use sea_orm::FromQueryResult;
use serde::Serialize;

use crate::{
    BlobHash, Db, DbError, Insert, Job, JobHandler, Lane, Reader,
    blob::Fault,
    sweep::{Columns, named, next_named},
    vals,
};

const WEEK_MICROS: i64 = 7 * 86_400 * 1_000_000;
pub const SCRUB: &str = "db.scrub";

/// What a look through all files found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scrub {
    /// Microseconds.
    pub at: i64,
    pub files: i64,
    pub bytes: i64,
    pub faults: Vec<ScrubFault>,
}

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize)]
pub struct ScrubFault {
    pub hash: String,
    /// missing or damaged
    pub kind: String,
    /// The columns that name it.
    pub place: String,
}

/// The columns in which a hash stands; empty when no row names it any more.
async fn places(conn: &Reader, columns: &Columns, hash: &str) -> Result<String, DbError> {
    let mut out = Vec::new();
    for at in columns {
        if !named(conn, std::slice::from_ref(at), &[hash]).await?.is_empty() {
            out.push(format!("{}.{}", at.0, at.1));
        }
    }
    Ok(out.join(", "))
}

/// What is wrong with a blob that was named a moment ago, if anything.
pub(crate) async fn fault(db: &Db, hash: &BlobHash, found: Fault) -> Result<Option<ScrubFault>, Problem> {
    let place = places(&db.read(), db.blob_columns()?, hash.as_str()).await?;
    let kind = if found == Fault::Missing { "missing" } else { "damaged" };
    // What was let go of while we looked is gone rightly.
    Ok((!place.is_empty()).then(|| ScrubFault { hash: hash.to_string(), kind: kind.into(), place }))
}

/// Looks through all files and remembers what was found.
pub async fn scrub(db: &Db, ctx: &Ctx) -> Result<Scrub, Problem> {
    let mut out = Scrub { at: ctx.now().as_microsecond(), files: 0, bytes: 0, faults: Vec::new() };
    let mut last = String::new();
    loop {
        let names = next_named(&db.read(), db.blob_columns()?, &last).await?;
        let Some(newest) = names.last() else { break };
        last.clone_from(newest);
        for hash in names.iter().filter_map(|name| BlobHash::parse(name)) {
            out.files += 1;
            match db.blobs().look(&hash).await? {
                Ok(bytes) => out.bytes += i64::try_from(bytes.len()).unwrap_or(i64::MAX),
                Err(found) => out.faults.extend(fault(db, &hash, found).await?),
            }
        }
    }
    remember(db, ctx, &out).await?;
    Ok(out)
}

async fn remember(db: &Db, ctx: &Ctx, scrub: &Scrub) -> Result<(), Problem> {
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        tx.exec("DELETE FROM db_scrub", vals![]).await?;
        tx.exec("DELETE FROM db_scrub_fault", vals![]).await?;
        let sql = "INSERT INTO db_scrub (name, at, files, bytes) VALUES ('last', $1, $2, $3)";
        tx.exec(sql, vals![scrub.at, scrub.files, scrub.bytes]).await?;
        let mut faults = Insert::into("db_scrub_fault", "hash, kind, place");
        for fault in &scrub.faults {
            faults.row(vals![fault.hash.as_str(), fault.kind.as_str(), fault.place.as_str()]);
        }
        tx.insert_all(vec![faults]).await?;
        Ok(())
    })
    .await
}

/// What the last look found; none when there was none yet.
pub async fn last_scrub(conn: &Reader) -> Result<Option<Scrub>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        at: i64,
        files: i64,
        bytes: i64,
    }
    let row: Option<Row> = conn.one("SELECT at, files, bytes FROM db_scrub WHERE name = 'last'", vals![]).await?;
    let Some(Row { at, files, bytes }) = row else { return Ok(None) };
    let faults = conn.all("SELECT hash, kind, place FROM db_scrub_fault ORDER BY hash LIMIT 1000", vals![]).await?;
    Ok(Some(Scrub { at, files, bytes, faults }))
}

/// Queued daily, done weekly.
#[derive(Debug)]
pub struct WeeklyScrub;

#[async_trait]
impl JobHandler for WeeklyScrub {
    fn kind(&self) -> &'static str {
        SCRUB
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let last = last_scrub(&db.read()).await?;
        if last.is_some_and(|last| ctx.now().as_microsecond() - last.at < WEEK_MICROS) {
            return Ok(());
        }
        let found = scrub(db, ctx).await?;
        let names: Vec<&str> = found.faults.iter().map(|fault| fault.hash.as_str()).collect();
        if names.is_empty() {
            tracing::info!(files = found.files, "every file is what its name says");
        } else {
            tracing::error!(files = found.files, bad = names.join(" "), "files are missing or damaged");
        }
        Ok(())
    }
}
