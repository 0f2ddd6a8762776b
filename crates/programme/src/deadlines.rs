//! Deadlines that count working days follow the calendar: what a change would move, and moving it in a job.

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler};
use jiff::civil::DateTime;
use kernel::{Calendar, Ctx, Deadlines, PartId, Problem, UnitId, calendar::CHANGED, ids::kinds};
use serde_json::json;

use crate::{
    CalendarPort,
    store::{self, part::Counted, step::DueRow},
};

/// The deadlines of open parts, for the keeper of the calendar.
#[derive(Debug)]
pub struct OpenDeadlines {
    db: Db,
    times: CalendarPort,
}

impl OpenDeadlines {
    pub fn new(db: Db, times: CalendarPort) -> Self {
        Self { db, times }
    }
}

#[async_trait]
impl Deadlines for OpenDeadlines {
    async fn moved_by(&self, calendar: &Calendar) -> Result<usize, Problem> {
        let parts = store::part::counted(&self.db.read()).await?;
        Ok(parts.iter().filter(|part| moved(part, calendar, &self.times).is_some()).count())
    }
}

/// The day that a part falls due under this calendar, where it is another one.
fn moved(part: &Counted, calendar: &Calendar, times: &CalendarPort) -> Option<String> {
    let from: DateTime = part.clock_from.parse().ok()?;
    let hours = times.hours(UnitId::from_uuid(part.unit_id));
    let days = i32::try_from(part.clock_days).ok()?;
    let due = calendar.within(from, days, Some(hours.closes)).due.to_string();
    (part.due_on.as_deref() != Some(due.as_str())).then_some(due)
}

#[derive(Debug)]
pub(crate) struct Recount {
    pub times: CalendarPort,
}

#[async_trait]
impl JobHandler for Recount {
    fn kind(&self) -> &'static str {
        CHANGED
    }

    /// Moves every deadline that the calendar in force moves, in one act; running it again moves nothing.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let calendar = self.times.calendar();
        let parts = store::part::counted(&db.read()).await?;
        let parts: Vec<(Counted, String)> =
            parts.into_iter().filter_map(|part| moved(&part, &calendar, &self.times).map(|due| (part, due))).collect();
        if parts.is_empty() {
            return Ok(());
        }
        let parts = &parts;
        db.write(ctx, |tx| async move {
            for (part, due) in parts {
                store::part::due_move(&tx, part, due).await?;
                let row = DueRow {
                    id: ctx.new_id::<kinds::Entry>().uuid(),
                    part_id: part.id,
                    at: ctx.now().as_microsecond(),
                    old_due: part.due_on.clone(),
                    new_due: Some(due.clone()),
                    why: "calendar".into(),
                };
                store::step::due_insert(&tx, &row).await?;
            }
            let sample: Vec<String> =
                parts.iter().take(20).map(|(part, _)| PartId::from_uuid(part.id).to_string()).collect();
            tx.ledger(
                Entry::new("calendar.recount", "calendar").detail(json!({ "moved": parts.len(), "first": sample })),
            );
            Ok(())
        })
        .await
    }
}
