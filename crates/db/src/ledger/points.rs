//! The lines of the checkpoint file: read, appended, thinned out.

use std::{
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::head::STREAM;
use crate::{DbError, folder};

pub(super) const FILE: &str = "ledger-checkpoints.jsonl";
const LOCK: &str = "ledger-checkpoints.lock";
/// A line is some 250 bytes; the newest whole one is in here.
const TAIL: u64 = 8192;
pub(super) const HOUR: i64 = 3_600_000_000;
const WEEK: i64 = 7 * 24 * HOUR;
/// Lines of the first format have no time; of them every so-manieth is kept, and its signature checked.
pub(super) const WITHOUT_TIME: usize = 1000;

/// A line, as it is written. Lines may only gain members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    pub stream: String,
    pub seq: i64,
    pub hash: String,
    pub signature: String,
    /// When the signed entry was written; none in the first format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
}

pub(super) fn message(seq: i64, hash: &str) -> String {
    format!("{STREAM}|{seq}|{hash}")
}

fn said(path: &Path) -> impl Fn(std::io::Error) -> DbError + '_ {
    |error| {
        let text = format!("{}: {error}", path.display());
        if error.kind() == ErrorKind::StorageFull { DbError::DiskFull(text) } else { DbError::Other(text) }
    }
}

/// Holds other processes off while the file is appended to or rewritten.
pub(super) fn lock(data_dir: &Path) -> Result<File, DbError> {
    let path = data_dir.join(LOCK);
    let file = folder::private(&path).map_err(said(&path))?;
    file.lock().map_err(said(&path))?;
    Ok(file)
}

/// Every line that can be read, and the numbers of those that cannot. A last line without an end is one that is being
/// written, or was when the machine stopped: the database has it, or nobody was told of it.
pub(super) fn read(path: &Path) -> Result<(Vec<Checkpoint>, Vec<usize>), DbError> {
    lines(path, parsed)
}

/// The same of any file of lines.
pub(super) fn lines<T>(path: &Path, parsed: fn(&[u8]) -> Option<T>) -> Result<(Vec<T>, Vec<usize>), DbError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((vec![], vec![])),
        Err(error) => return Err(said(path)(error)),
    };
    let (mut points, mut bad) = (Vec::new(), Vec::new());
    let (mut reader, mut line, mut number) = (BufReader::new(file), Vec::new(), 0);
    while reader.read_until(b'\n', &mut line).map_err(said(path))? > 0 {
        number += 1;
        match parsed(&line) {
            Some(point) => points.push(point),
            None if !line.ends_with(b"\n") => {}
            None => bad.push(number),
        }
        line.clear();
    }
    Ok((points, bad))
}

fn parsed(line: &[u8]) -> Option<Checkpoint> {
    serde_json::from_slice(line).ok().filter(|point: &Checkpoint| point.stream == STREAM)
}

/// The end of the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tail {
    /// The newest line that can be read.
    pub newest: Option<Checkpoint>,
    /// The newest whole line cannot be read: what was signed last is not known.
    pub is_spoilt: bool,
    /// How long the file is.
    pub size: u64,
}

pub(super) fn tail(path: &Path) -> Result<Tail, DbError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Tail::default()),
        Err(error) => return Err(said(path)(error)),
    };
    let size = file.seek(SeekFrom::End(0)).map_err(said(path))?;
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL))).map_err(said(path))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).map_err(said(path))?;
    let lines = || end.split(|byte| *byte == b'\n').rev();
    // What follows the last end of a line is being written, or was when the machine stopped.
    let is_spoilt = lines().nth(1).is_some_and(|line| parsed(line).is_none());
    Ok(Tail { newest: lines().find_map(parsed), is_spoilt, size })
}

/// Appends a line so that it is on the disk afterwards; returns how long the file is.
pub(super) fn append(path: &Path, point: &impl Serialize) -> Result<u64, DbError> {
    let mut line = serde_json::to_vec(point).map_err(|error| DbError::Other(error.to_string()))?;
    line.push(b'\n');
    let mut options = File::options();
    let mut file = options.append(true).read(true).create(true).mode(0o600).open(path).map_err(said(path))?;
    let mut size = file.seek(SeekFrom::End(0)).map_err(said(path))?;
    if size > 0 {
        let mut last = [0u8];
        file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last)).map_err(said(path))?;
        if last != *b"\n" {
            // The machine stopped in the middle of a line.
            size = whole(&mut file, path)?;
        }
    }
    file.write_all(&line).and_then(|()| file.sync_all()).map_err(said(path))?;
    Ok(size + line.len() as u64)
}

/// Cuts off what follows the last end of a line.
fn whole(file: &mut File, path: &Path) -> Result<u64, DbError> {
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut text)).map_err(said(path))?;
    let size = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at as u64 + 1);
    file.set_len(size).map_err(said(path))?;
    Ok(size)
}

/// Keeps all lines of the last week and one per hour before; returns how many were left out. A file with a line that
/// cannot be read stays as it is: that is for people to look at.
pub(super) fn thin(data_dir: &Path) -> Result<usize, DbError> {
    let path = data_dir.join(FILE);
    let held = lock(data_dir)?;
    let (points, bad) = read(&path)?;
    let kept = thinned(&points);
    let fewer = points.len() - kept.len();
    if bad.is_empty() && fewer > 0 {
        let mut text = Vec::new();
        for point in kept {
            serde_json::to_writer(&mut text, point).map_err(|error| DbError::Other(error.to_string()))?;
            text.push(b'\n');
        }
        folder::replace(&path, &text).map_err(said(&path))?;
    }
    drop(held);
    Ok(if bad.is_empty() { fewer } else { 0 })
}

fn thinned(points: &[Checkpoint]) -> Vec<&Checkpoint> {
    let newest = points.iter().filter_map(|point| point.at).max().unwrap_or(0);
    let is_kept = |position: usize, point: &Checkpoint| {
        let next = points.get(position + 1);
        match (point.at, next.and_then(|next| next.at)) {
            (_, None) if next.is_none() => true,
            (Some(at), _) if at >= newest - WEEK => true,
            (Some(at), Some(later)) => at / HOUR != later / HOUR,
            (Some(_), None) => true,
            (None, _) => position.is_multiple_of(WITHOUT_TIME),
        }
    };
    points.iter().enumerate().filter(|(position, point)| is_kept(*position, point)).map(|(_, point)| point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(seq: i64, at: Option<i64>) -> Checkpoint {
        Checkpoint { stream: STREAM.into(), seq, hash: "h".into(), signature: "s".into(), at }
    }

    #[test]
    fn the_last_week_stays_and_one_per_hour_before_it() {
        let now = 1000 * 24 * HOUR;
        let old = (0..240).map(|n| point(n, Some(now - 2 * WEEK + n * HOUR / 60)));
        let new = (240..300).map(|n| point(n, Some(now - HOUR + n)));
        let points: Vec<Checkpoint> = old.chain(new).collect();
        let kept: Vec<i64> = thinned(&points).iter().map(|point| point.seq).collect();
        assert_eq!(kept[..5], [59, 119, 179, 239, 240]);
        assert_eq!(kept.len(), 4 + 60);
    }

    #[test]
    fn lines_of_the_first_format_are_thinned_by_number_and_the_newest_stays() {
        let points: Vec<Checkpoint> = (0..2500).map(|n| point(n, None)).collect();
        let kept: Vec<i64> = thinned(&points).iter().map(|point| point.seq).collect();
        assert_eq!(kept, [0, 1000, 2000, 2499]);
    }

    #[test]
    fn a_line_that_was_cut_by_a_crash_makes_way_and_a_spoilt_one_is_named() {
        let folder = std::env::temp_dir().join(format!("points-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(FILE);
        append(&path, &point(1, None)).unwrap();
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"{\"stream\":\"ma").unwrap();
        let size = append(&path, &point(2, Some(5))).unwrap();
        assert_eq!(size, std::fs::metadata(&path).unwrap().len());
        let (points, bad) = read(&path).unwrap();
        assert_eq!((points.len(), bad), (2, vec![]));
        let newest = Some(point(2, Some(5)));
        assert_eq!(tail(&path).unwrap(), Tail { newest, is_spoilt: false, size });
        let spoilt = std::fs::read_to_string(&path).unwrap().replacen("stream", "streem", 1);
        std::fs::write(&path, spoilt).unwrap();
        assert_eq!(read(&path).unwrap().1, [1]);
        assert_eq!(thin(&folder).unwrap(), 0);
        assert!(!tail(&path).unwrap().is_spoilt, "an older line is for verify to name");
        file.write_all(b"{\"stream\":\"ma\n").unwrap();
        let end = tail(&path).unwrap();
        assert!(end.is_spoilt && end.newest.is_some_and(|point| point.seq == 2));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
