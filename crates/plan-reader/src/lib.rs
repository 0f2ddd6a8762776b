//! Reads a plan document: bytes in, a structured plan with source spans out.
//!
//! Pure: no I/O, no types of the rest of the program, no trust in the input. What cannot be read is refused with a
//! reason; what is doubtful is reported as a problem for a person, never resolved in silence.
//! Start with [`read`]; the steps are source -> paragraphs -> outline -> tasks, targets, duties.
//!
//! Spans are byte offsets into [`Reading::text`], which is the document as text in NFC.

mod above;
mod addressed;
mod aligned;
mod bodies;
mod bracket;
mod clause;
mod docx;
mod duty;
mod edge;
mod field;
mod figures;
mod flat;
mod format;
mod given;
mod head;
mod heading;
mod helpers;
mod imperative;
mod layout;
mod lines;
mod markdown;
mod marker;
mod mirror;
mod model;
mod narrative;
mod opening;
mod order;

mod outline;
mod owner;
mod paragraph;
mod part;
mod pdf;
mod place;
mod problem;
mod refusal;
mod region;
mod scan;
pub mod secrecy;
mod sentence;
mod sheet;
mod source;
mod stamp;
mod statement;
mod table;
mod taken;
mod target;
mod task;
mod time;
mod told;
mod typed;
mod unclear;
mod voice;
mod who;
mod work;

use std::collections::BTreeMap;

pub use format::{Kind, is_encrypted_office, kind};
pub use marker::{Mark, marker};
pub use model::*;
use paragraph::Paragraph;
pub use refusal::Refusal;
use region::Region;
pub use scan::ScannedPage;
pub use source::MAX_BYTES;
pub use time::parse as parse_time;
pub use who::names as split_bodies;

/// Reads a plan (`.txt`, `.md`, `.docx`, `.pdf` with text in it). Refuses other formats, binary noise, classified
/// markings and files over [`MAX_BYTES`]. Never panics on any bytes.
pub fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    reading(source::sheet(bytes)?, false)
}

/// Reads a PDF of which some pages, by their numbers, were recognised: those that [`Reading::unread_pages`] names.
pub fn read_mixed(bytes: &[u8], recognised: &BTreeMap<u32, ScannedPage>) -> Result<Reading, Refusal> {
    reading(source::mixed(bytes, recognised)?, true)
}

/// Reads a plan from its recognised pages.
pub fn read_scan(pages: &[ScannedPage]) -> Result<Reading, Refusal> {
    reading(scan::sheet(pages)?, true)
}

fn reading(sheet: sheet::Sheet, is_recognised: bool) -> Result<Reading, Refusal> {
    let sheet::Sheet { text, paragraphs, recognised, unclear, .. } = sheet;
    if paragraphs.is_empty() {
        return Err(if is_recognised { Refusal::Unlettered } else { Refusal::Empty });
    }
    refuse_classified(&text, &paragraphs, is_recognised)?;
    let (document, head) = head::document(&paragraphs);
    let regions = region::regions(&paragraphs, head);
    let body = paragraphs.iter().zip(&regions).filter(|(_, region)| **region == Region::Body);
    let body: Vec<&Paragraph> = body.map(|(paragraph, _)| paragraph).collect();
    let tables = table::tables(&body);
    let blocks = outline::blocks(&body);
    let mut unread = Vec::new();
    let mut plan = Plan {
        document,
        tasks: task::tasks(&blocks),
        targets: target::targets(&blocks, &mut unread),
        duties: Vec::new(),
        problems: Vec::new(),
    };
    let year = plan.document.title.as_deref().and_then(time::year);
    for table in &tables {
        plan.tasks.extend(table::tasks::tasks(table, year));
        plan.targets.extend(table::targets::targets(table, &mut unread));
    }
    let is_listed = !plan.tasks.is_empty();
    plan.duties = duty::duties(&blocks, is_listed);
    let known = given::orders(&text, &blocks, &mut plan, is_listed);
    number(&mut plan);
    mirror::find(&mut plan.targets);
    let places = place::places(&text, &paragraphs, &regions, &plan, &known);
    plan.problems = problem::problems(&plan, &paragraphs, &recognised, &unread);
    problem::unplaced(&text, &places, &mut plan.problems);
    plan.problems.extend(unclear.iter().map(unclear::Unclear::problem));
    for doubt in &unclear {
        doubt.lower(&mut plan.tasks);
    }
    let coverage = place::coverage(&places);
    let unread_pages = unclear.into_iter().flat_map(unclear::Unclear::into_pages).collect();
    Ok(Reading { plan, text, recognised, places, coverage, unread_pages })
}

fn number(plan: &mut Plan) {
    for (index, task) in plan.tasks.iter_mut().enumerate() {
        task.id = format!("T{:02}", index + 1);
    }
    for (index, target) in plan.targets.iter_mut().enumerate() {
        target.id = format!("I{:02}", index + 1);
    }
}

/// A document with a mark of secrecy lives on other networks: nothing is kept.
fn refuse_classified(text: &str, paragraphs: &[Paragraph], is_recognised: bool) -> Result<(), Refusal> {
    let cells = paragraph::lines_of_cells(paragraphs);
    let mark = if is_recognised {
        secrecy::among_recognised(cells)
    } else {
        // A table that lost its columns has taken its lines apart.
        secrecy::among_any(text.lines().enumerate()).or_else(|| secrecy::among_any(cells))
    };
    mark.map_or(Ok(()), |mark| Err(Refusal::Classified(mark)))
}
