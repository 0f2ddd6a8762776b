//! Excel sheets are read in a child process: a small file can unpack to more than the machine has.

use std::{io::Cursor, process::ExitCode};

use async_trait::async_trait;
use calamine::{Data, Reader, Xlsx};

use webkit::SheetReading;

use crate::child_process::{self, Readers};

/// The first argument that makes this program a reader of sheets.
pub const ARGUMENT: &str = "__read-sheet";
const MOST_ROWS: usize = 20_000;

/// The cells of the first sheet as text; none when it is no sheet. calamine 0.38 panics on a cell reference that is too
/// large for its arithmetic: that is no sheet either.
pub fn rows(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    std::panic::catch_unwind(|| cells(bytes)).ok().flatten()
}

fn cells(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let range = book.worksheet_range_at(0)?.ok()?;
    let texts = |row: &[Data]| row.iter().map(text).collect();
    Some(range.rows().take(MOST_ROWS).map(texts).collect())
}

/// A cell as a Vietnamese reader types it: a number has a decimal comma, so that 12.5 is not taken for 125.
fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string().replace('.', ","),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

pub fn child() -> ExitCode {
    child_process::child(|bytes| serde_json::to_vec(&rows(bytes)))
}

#[async_trait]
impl SheetReading for Readers {
    async fn rows(&self, bytes: Vec<u8>) -> Option<Vec<Vec<String>>> {
        match child_process::ask(&self.program, ARGUMENT, bytes).await {
            Ok(answer) => serde_json::from_slice(&answer).ok().flatten(),
            Err(why) => {
                tracing::warn!(why, "the reader of a sheet died");
                None
            }
        }
    }
}
