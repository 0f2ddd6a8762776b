//! Changing the rows themselves while a plan is reviewed: part one in two, join two, add one that was not read.

use crate::ids::ReadRowId;
use db::Entry;
use kernel::{Ctx, PlanId, Problem, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::row::{Named, ReadTask},
        store::{self, read_row::ReviewRow},
        usecase::{
            review::{Correction, load, plan_in_review, rewritten},
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

/// Joins a row to the one before it that was not dropped; this one is then dropped.
pub async fn row_merge(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64) -> Result<PlanId, Problem> {
    let (_, mut row) = load(core, ctx, id, rev).await?;
    let rows = store::read_row::list(&core.db().read(), row.plan).await?;
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
            let detail = json!({ "row": id.to_string(), "into": above.id.to_string() });
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
        set_aside: above.set_aside,
    }
}

/// Adds a task that was not read, after all others.
pub async fn row_add(core: &Core, ctx: &Ctx, plan: PlanId, given: &Correction) -> Result<(), Problem> {
    let row = plan_in_review(core, ctx, plan).await?;
    let text = given.text.trim();
    if text.is_empty() {
        return Err(Error::Empty("text").into());
    }
    let typed = Typed { bodies: core.bodies(), issuer: row.issuer_id.map(UnitId::from_uuid), day: ctx.today() };
    // Where the document has these words, they are the quote.
    let document = store::plan::text(&core.db().read(), plan).await?;
    let start = document.find(text).unwrap_or(0);
    let end = if document[start..].starts_with(text) { start + text.len() } else { start };
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
            tx.ledger(Entry::new("plan.row_add", plan).detail(json!({ "row": id.to_string() })));
            Ok(())
        })
        .await
}
