//! Changing the rows themselves while a plan is reviewed: part one in two, join two, add one that was not read.

use crate::ids::ReadRowId;
use db::Entry;
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::{
            placed::{UNPLACED, is_covered},
            row::{Named, ReadTask},
        },
        store::{self, finding::Finding, read_row::ReviewRow},
        usecase::{
            review::{load, plan_in_review, rewritten},
            typed::Typed,
        },
    },
};

/// Parts a row in two at a blank line in `text`; the second has the same bodies and time. Returns the plan.
pub async fn row_split(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64, text: &str) -> Result<PlanId, Problem> {
    let (_, row) = &load(core, ctx, id, rev).await?;
    let text = text.replace("\r\n", "\n");
    let Some((first, second)) = text.split_once("\n\n").map(|(a, b)| (a.trim(), b.trim())) else {
        return Err(Problem::bad_input("split-where").field("text", "split-where"));
    };
    if first.is_empty() || second.is_empty() {
        return Err(Problem::bad_input("split-where").field("text", "split-where"));
    }
    let with = |text: &str| ReviewRow {
        state: "open".into(),
        task: ReadTask { text: text.to_owned(), ..row.task.clone() },
        ..row.clone()
    };
    let (first, second) = (&with(first), &with(second));
    let new = ctx.new_id::<crate::ids::ReadRow>();
    core.db()
        .write(ctx, |tx| async move {
            rewritten(core, ctx, &tx, row.plan).await?;
            if !store::read_row::update(&tx, first).await? {
                return Err(Problem::stale());
            }
            store::read_row::insert(&tx, new, row.plan, row.position, &second.task).await?;
            let detail = json!({ "row": id.to_string(), "second": new.to_string() });
            tx.ledger(Entry::new("plan.row_split", row.plan).detail(detail));
            Ok(())
        })
        .await?;
    Ok(row.plan)
}

/// Joins a row to the one before it that was not dropped; this one is then dropped, and leaves no doubts behind.
pub async fn row_merge(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64) -> Result<PlanId, Problem> {
    let (_, mut row) = load(core, ctx, id, rev).await?;
    let rows = store::read_row::list(&core.db().read(), row.plan).await?;
    // The parts of a row that was split stand at one position: what is doubted there is still about the other.
    let is_part = rows.iter().any(|other| other.id != id && other.position == row.position && other.state != "dropped");
    let mut before = rows.into_iter().take_while(|other| other.id != id).filter(|other| other.state != "dropped");
    let Some(mut above) = before.by_ref().last() else {
        return Err(Problem::bad_input("nothing-above"));
    };
    above.task = joined(above.task, &row.task);
    above.state = "open".into();
    row.state = "dropped".into();
    let (above, row) = (&above, &row);
    core.db()
        .write(ctx, |tx| async move {
            rewritten(core, ctx, &tx, row.plan).await?;
            if !store::read_row::update(&tx, above).await? || !store::read_row::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            let settled = if is_part { 0 } else { store::finding::close_row(&tx, row.plan, row.position, "%").await? };
            let detail = json!({ "row": id.to_string(), "into": above.id.to_string(), "settled": settled });
            tx.ledger(Entry::new("plan.row_merge", row.plan).detail(detail));
            Ok(())
        })
        .await?;
    Ok(row.plan)
}

fn joined(above: ReadTask, row: &ReadTask) -> ReadTask {
    let both = |mut a: Vec<Named>, b: &[Named]| {
        a.extend(b.iter().filter(|name| !a.iter().any(|known| known.text == name.text)).cloned().collect::<Vec<_>>());
        a
    };
    ReadTask {
        text: format!("{} {}", above.text, row.text),
        lead: both(above.lead, &row.lead),
        coordinating: both(above.coordinating, &row.coordinating),
        time: if above.time.raw.is_empty() { row.time.clone() } else { above.time },
        result: above.result.or_else(|| row.result.clone()),
        start: above.start.min(row.start),
        end: above.end.max(row.end),
        section: above.section,
        // What was set aside above was not asked below.
        set_aside: above.set_aside.filter(|_| row.questions().is_empty()),
    }
}

/// A task that was not read. Lists of bodies are separated by semicolons.
#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct Addition {
    pub text: String,
    pub lead: String,
    pub coordinating: String,
    pub time: String,
    pub result: String,
    /// Bytes of the document's text that say it: `120-245`. Empty where its words are to be looked for.
    pub source: String,
}

/// The bytes of the document that are the quote of a task: those that are said, else where it has these words.
fn source(document: &str, given: &Addition) -> Result<(usize, usize), Problem> {
    let said = given.source.trim();
    if said.is_empty() {
        let text = given.text.trim();
        return Ok(document.find(text).map_or((0, 0), |start| (start, start + text.len())));
    }
    let bytes =
        said.split_once('-').and_then(|(start, end)| Some((start.parse::<usize>().ok()?, end.parse::<usize>().ok()?)));
    let bytes = bytes.filter(|(start, end)| document.get(*start..*end).is_some_and(|text| !text.trim().is_empty()));
    bytes.ok_or_else(|| Problem::bad_input("no-such-place").field("text", "no-such-place"))
}

/// Open doubts about sentences without a place of which nothing is left once `new` is a row beside the others.
fn answered<'a>(document: &str, findings: &'a [Finding], rows: &[ReviewRow], new: (usize, usize)) -> Vec<&'a Finding> {
    let rows = rows.iter().filter(|row| row.state != "dropped").map(|row| (row.task.start, row.task.end));
    let spans: Vec<(usize, usize)> = rows.chain([new]).collect();
    let overlaps = |(start, end): (usize, usize)| start < new.1 && new.0 < end;
    let open = findings.iter().filter(|finding| finding.state == "open" && UNPLACED.contains(&finding.kind.as_str()));
    let is_answered =
        |finding: &&Finding| finding.span().is_some_and(|span| overlaps(span) && is_covered(document, span, &spans));
    open.filter(is_answered).collect()
}

/// Adds a task that was not read, after all others. What the reader doubted about its words is settled by it.
pub async fn row_add(core: &Core, ctx: &Ctx, plan: PlanId, given: &Addition) -> Result<(), Problem> {
    let row = plan_in_review(core, ctx, plan).await?;
    let text = given.text.trim();
    if text.is_empty() {
        return Err(Error::Empty("text").into());
    }
    let typed = Typed { bodies: core.bodies(), issuer: row.issuer_id.map(UnitId::from_uuid), ctx };
    let conn = core.db().read();
    let document = store::plan::text(&conn, plan).await?;
    let (start, end) = source(&document, given)?;
    let (findings, rows) = (store::finding::list(&conn, plan).await?, store::read_row::list(&conn, plan).await?);
    let settled: &Vec<&Finding> = &answered(&document, &findings, &rows, (start, end));
    let task = &ReadTask {
        section: vec![],
        text: text.to_owned(),
        lead: typed.named("lead", &given.lead, &[])?,
        coordinating: typed.named("coordinating", &given.coordinating, &[])?,
        time: plan_reader::parse_time(given.time.trim()),
        result: Some(given.result.trim().to_owned()).filter(|text| !text.is_empty()),
        start,
        end,
        set_aside: None,
    };
    let id = ctx.new_id::<crate::ids::ReadRow>();
    core.db()
        .write(ctx, |tx| async move {
            rewritten(core, ctx, &tx, plan).await?;
            let last = store::read_row::last_position(&tx, plan).await?;
            store::read_row::insert(&tx, id, plan, last + 1, task).await?;
            for finding in settled {
                Problem::stale_unless(store::finding::decide(&tx, finding.id, finding.rev, "settled", None).await?)?;
            }
            let detail = json!({ "row": id.to_string(), "settled": settled.len() });
            tx.ledger(Entry::new("plan.row_add", plan).detail(detail));
            Ok(())
        })
        .await
}
