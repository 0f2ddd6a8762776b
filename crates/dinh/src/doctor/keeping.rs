//! What is kept: the clock that dates it, the signatures under it, the copies of it.

use std::{
    io::{Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use db::LedgerRow;
use jiff::Timestamp;
use kernel::Ctx;
use serde_json::Value as Json;
use webkit::{App, check::Finding};

use crate::config::Config;

const SECOND: i64 = 1_000_000;

async fn newest(app: &App) -> Option<LedgerRow> {
    db::ledger_page(&app.db().read(), None, None, 1).await.ok()?.into_iter().next()
}

/// Against the database's clock, and against the newest entry, which a right clock has left behind.
pub async fn clock(app: &App, ctx: &Ctx) -> Finding {
    let now = ctx.now().as_microsecond();
    if let Some(entry) = newest(app).await.filter(|entry| entry.at > now + SECOND) {
        let at = Timestamp::from_microsecond(entry.at).unwrap_or_default();
        return Finding::fault("clock-behind").with("at", at);
    }
    match db::clock(app.db()).await {
        Ok(theirs) if app.db().backend() == db::DbBackend::Postgres && (theirs - now).abs() > 5 * SECOND => {
            Finding::warning("clock-apart").count("seconds", (theirs - now).abs() / SECOND)
        }
        Ok(_) => Finding::ok("clock-fine"),
        Err(error) => Finding::fault("database-silent").with("error", error),
    }
}

/// The head is signed every second while the server runs.
pub async fn checkpoint(app: &App, ctx: &Ctx) -> Finding {
    let Some(entry) = newest(app).await else { return Finding::ok("checkpoint-none") };
    let signed = last_signed(&app.db().data_dir().join("ledger-checkpoints.jsonl")).unwrap_or(0);
    let waits = entry.seq > signed && ctx.now().as_microsecond() - entry.at > 60 * SECOND;
    if waits {
        Finding::fault("checkpoint-behind").count("signed", signed).count("seq", entry.seq)
    } else {
        Finding::ok("checkpoint-fine").count("signed", signed)
    }
}

/// The authority that stamps the head each day.
pub async fn timestamp(app: &App, ctx: &Ctx) -> Finding {
    if app.get::<Config>().map_or(true, |config| config.timestamp_url.is_none()) {
        return Finding::ok("timestamp-off");
    }
    let conn = app.db().read();
    let newest = match db::newest_stamp(&conn).await {
        Ok(newest) => newest,
        Err(error) => return Finding::fault("database-silent").with("error", error),
    };
    if let Ok(Some(code)) = db::last_failure(&conn, notify::STAMPING).await {
        let why = app.locales().text(ctx.lang, &format!("problem-{code}"), &[]);
        return Finding::warning("timestamp-failing").with("why", why);
    }
    let Some(newest) = newest else { return Finding::warning("timestamp-none") };
    let at = Timestamp::from_microsecond(newest.at).unwrap_or_default();
    let is_old = ctx.now().duration_since(at) > jiff::SignedDuration::from_hours(48);
    let finding = if is_old { Finding::warning("timestamp-old") } else { Finding::ok("timestamp-fine") };
    finding.with("at", at).with("tsa", newest.tsa)
}

/// The number in the file's last line, however long the file is.
fn last_signed(path: &Path) -> Option<i64> {
    let mut file = std::fs::File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(8192))).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let tail = String::from_utf8_lossy(&tail);
    let point: Json = tail.lines().rev().find_map(|line| serde_json::from_str(line).ok())?;
    point["seq"].as_i64()
}

pub fn backup(app: &App, ctx: &Ctx) -> Finding {
    let folder = app.get::<Config>().ok().and_then(|config| config.backup_dir.clone());
    let Some(folder) = folder else { return Finding::warning("backup-nowhere") };
    let Ok(entries) = std::fs::read_dir(&folder) else {
        return Finding::fault("backup-unreadable").with("folder", folder.display());
    };
    let mut files: Vec<(SystemTime, PathBuf)> = entries.flatten().filter_map(|entry| finished(entry.path())).collect();
    files.sort();
    files.reverse();
    let newest = files.iter().position(|(_, path)| db::backup_glance(path).is_ok());
    let (broken, good) = files.split_at(newest.unwrap_or(files.len()));
    // Whatever else lies in the folder is no backup, and does not have to be one.
    if let Some((_, path)) = broken.iter().find(|(_, path)| is_named(path)) {
        return Finding::fault("backup-broken").with("file", path.display());
    }
    let Some((newest, _)) = good.first() else {
        return Finding::fault("backup-none").with("folder", folder.display());
    };
    let now = SystemTime::from(ctx.now());
    let hours = now.duration_since(*newest).unwrap_or(Duration::ZERO).as_secs() / 3600;
    match hours {
        0..=26 => Finding::ok("backup-fine").with("hours", hours),
        27..=168 => Finding::warning("backup-old").with("hours", hours),
        _ => Finding::fault("backup-older").with("days", hours / 24),
    }
}

/// A file with the time of its last change; none while it is still being written, or was given up.
fn finished(path: PathBuf) -> Option<(SystemTime, PathBuf)> {
    let meta = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
    let is_part = path.extension().is_some_and(|extension| extension == "part");
    Some((meta.modified().ok()?, path)).filter(|_| !is_part)
}

/// Named as backups are.
fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "dinh" || extension == "backup")
}

/// What the weekly look through all files found.
pub async fn store(app: &App, ctx: &Ctx) -> Finding {
    match db::last_scrub(&app.db().read()).await {
        Err(error) => Finding::fault("database-silent").with("error", error),
        Ok(None) => Finding::ok("store-unread"),
        Ok(Some(last)) => {
            let at = shown(last.at, ctx);
            let found = match last.faults.len() {
                0 => Finding::ok("store-fine").count("files", last.files),
                count => Finding::fault("store-lacks").count("count", count),
            };
            found.with("at", at)
        }
    }
}

/// What the daily check of the ledger found.
pub async fn last_check(app: &App, ctx: &Ctx) -> Finding {
    match db::last_ledger_check(app.db()).await {
        Err(problem) => Finding::fault("database-silent").with("error", problem),
        Ok(None) => Finding::ok("last-check-none"),
        Ok(Some(last)) => {
            let at = shown(last.at, ctx);
            let found = match last.faults.len() {
                0 => Finding::ok("last-check-fine").count("entries", last.entries),
                count => Finding::fault("last-check-faults").count("count", count),
            };
            found.with("at", at)
        }
    }
}

fn shown(micros: i64, ctx: &Ctx) -> String {
    kernel::day::show_instant(Timestamp::from_microsecond(micros).unwrap_or_default(), ctx.lang)
}

/// Reads the whole ledger.
pub async fn ledger(app: &App) -> Finding {
    match db::verify(app.db()).await {
        Ok(report) if report.fault.is_none() => Finding::ok("ledger-fine").count("entries", report.entries),
        Ok(_) => Finding::fault("ledger-broken"),
        Err(problem) => Finding::fault("database-silent").with("error", problem),
    }
}
