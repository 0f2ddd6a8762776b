//! Deadlines that count working days follow the calendar: what a change would move, and moving it in a job.

use crate::ids::PartId;
use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, Reader};
use jiff::civil::DateTime;
use kernel::{Calendar, Ctx, Deadlines, Problem, ProblemKind, UnitId, calendar::CHANGED};
use serde_json::json;

use crate::{
    CalendarPort,
    reporting::{self, store::duty::PeriodRow, usecase::period::due_under},
    targets::model::period::Label,
    work::{
        self,
        store::{part::Counted, step::DueRow},
    },
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
        let conn = self.db.read();
        let parts = work::store::part::counted(&conn).await?;
        let parts = parts.iter().filter(|part| moved(part, calendar, &self.times).is_some()).count();
        Ok(parts + moved_periods(&conn, calendar).await?.len())
    }
}

/// Open periods that fall due on another day under this calendar, with that day.
async fn moved_periods(conn: &Reader, calendar: &Calendar) -> Result<Vec<(PeriodRow, String)>, Problem> {
    let mut out = Vec::new();
    for period in reporting::store::duty::periods_by_rule(conn).await? {
        let duty = reporting::store::duty::get(conn, period.duty()).await?;
        let due =
            duty.zip(Label::parse(&period.label)).map(|(duty, label)| due_under(calendar, &duty, label).to_string());
        if let Some(due) = due.filter(|due| *due != period.due_on) {
            out.push((period, due));
        }
    }
    Ok(out)
}

/// The day that a part falls due under this calendar, where it is another one.
fn moved(part: &Counted, calendar: &Calendar, times: &CalendarPort) -> Option<String> {
    let from: DateTime = part.clock_from.parse().ok()?;
    let hours = times.hours(UnitId::from_uuid(part.unit_id));
    let days = i32::try_from(part.clock_days).ok()?;
    let due = calendar.within(from, days, Some(hours.closes)).due.to_string();
    (part.due_on.as_deref() != Some(due.as_str())).then_some(due)
}

/// How often what was changed meanwhile is looked at again.
const ROUNDS: usize = 5;

#[derive(Debug)]
pub(crate) struct Recount {
    pub times: CalendarPort,
}

#[async_trait]
impl JobHandler for Recount {
    fn kind(&self) -> &'static str {
        CHANGED
    }

    /// Moves every deadline that the calendar in force moves, in one act; running it again moves nothing. What somebody
    /// was at meanwhile is looked at again.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        for _ in 0..ROUNDS {
            if self.recount(db, ctx).await? {
                return Ok(());
            }
        }
        Err(Problem::new(ProblemKind::Unavailable, "too-busy"))
    }
}

impl Recount {
    /// True when nothing is left to move.
    async fn recount(&self, db: &Db, ctx: &Ctx) -> Result<bool, Problem> {
        let calendar = self.times.calendar();
        let parts = work::store::part::counted(&db.read()).await?;
        let parts: Vec<(Counted, String)> =
            parts.into_iter().filter_map(|part| moved(&part, &calendar, &self.times).map(|due| (part, due))).collect();
        let periods = moved_periods(&db.read(), &calendar).await?;
        if parts.is_empty() && periods.is_empty() {
            return Ok(true);
        }
        let (parts, periods) = (&parts, &periods);
        db.write(ctx, |tx| async move {
            let (mut ids, mut moved) = (Vec::new(), 0);
            for (part, due) in parts {
                if !work::store::part::due_move(&tx, part, due).await? {
                    continue;
                }
                ids.push(PartId::from_uuid(part.id).to_string());
                let row = DueRow {
                    id: ctx.new_id::<crate::ids::Entry>().uuid(),
                    part_id: part.id,
                    at: ctx.now().as_microsecond(),
                    old_due: part.due_on.clone(),
                    new_due: Some(due.clone()),
                    why: "calendar".into(),
                };
                work::store::step::due_insert(&tx, &row).await?;
            }
            for (period, due) in periods {
                if !reporting::store::duty::period_due_move(&tx, period, due).await? {
                    continue;
                }
                moved += 1;
                // The period's history is the ledger's.
                let detail = json!({ "old_due": period.due_on, "new_due": due });
                tx.ledger(Entry::new("period.recount", period.id()).detail(detail));
            }
            let is_whole = ids.len() == parts.len() && moved == periods.len();
            let detail = json!({ "moved": ids.len(), "periods": moved, "first": ids.get(..20).unwrap_or(&ids) });
            tx.ledger(Entry::new("calendar.recount", "calendar").detail(detail));
            Ok(is_whole)
        })
        .await
    }
}
