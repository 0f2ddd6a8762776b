//! Opening a period gives every body its report; locking it ends the changes.

use crate::ids::{DutyId, PeriodId, ReportId};
use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, Words};
use jiff::civil::Date;
use kernel::{Calendar, Ctx, Problem, ProblemKind, UnitId};
use serde_json::json;
use uuid::Uuid;
use webkit::Core;

use crate::{
    BodiesPort, Error,
    reporting::{
        store::{
            self,
            duty::{DutyRole, DutyRow, PeriodRow},
            report::ReportRow,
        },
        usecase::duty::{resource, within_reach},
    },
    targets::model::period::{Due, Label},
};

pub(crate) const OPEN_PERIOD: &str = "programme.open_period";

/// DHIS2's names: how many reports a period expects, how many came, how many of them on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    pub expected: usize,
    pub actual: usize,
    pub on_time: usize,
}

impl Completeness {
    pub fn of(reports: &[ReportRow]) -> Self {
        let count = |rule: fn(&ReportRow) -> bool| reports.iter().filter(|row| rule(row)).count();
        Self { expected: reports.len(), actual: count(ReportRow::is_sent), on_time: count(ReportRow::is_on_time) }
    }

    /// Hundredths of what is expected; none where nothing is.
    pub fn share(&self, part: usize) -> Option<i64> {
        kernel::share(i64::try_from(part).ok()?, i64::try_from(self.expected).ok()?, 0)
    }
}

/// First, last and due day of a duty's period. Days given by hand are for what is not a period of the year.
pub fn days(core: &Core, duty: &DutyRow, label: Label) -> Result<(Date, Date, Date), Problem> {
    let (from, to) = label.days(duty.cutoff);
    Ok((from, to, due_under(&core.times().calendar(), duty, label)))
}

/// The due day of a duty's period under a calendar.
pub(crate) fn due_under(calendar: &Calendar, duty: &DutyRow, label: Label) -> Date {
    let due = Due::parse(&duty.due).unwrap_or(Due::After { days: 5 });
    due.deadline(label, duty.cutoff, calendar).due
}

/// Opens a period: the reports are made by a job, all of them or none.
pub async fn period_open(
    core: &Core,
    ctx: &Ctx,
    id: DutyId,
    label: Label,
    due: Option<Date>,
) -> Result<PeriodId, Problem> {
    let conn = core.db().read();
    let duty = &store::duty::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let owner = core.bodies().today(duty.owner);
    core.authorizer().check(ctx, "duty.edit", &resource(owner))?;
    let reports = store::duty::bodies(&conn, id, DutyRole::Reports).await?;
    within_reach(core, ctx, owner, &reports).await?;
    if label.kind() != duty.period {
        return Err(Problem::bad_input("label-wrong").with("label", label).field("label", "label-wrong"));
    }
    if store::duty::period_labelled(&conn, id, &label.to_string()).await?.is_some() {
        return Err(Problem::new(ProblemKind::Conflict, "period-there").with("label", label));
    }
    let (from, to, usual) = days(core, duty, label)?;
    let row = &PeriodRow {
        id: ctx.new_id::<crate::ids::Period>().uuid(),
        duty_id: duty.id.uuid(),
        label: label.to_string(),
        from_on: from.to_string(),
        to_on: to.to_string(),
        due_on: due.unwrap_or(usual).to_string(),
        state: "opening".into(),
        job_id: None,
        opened_at: ctx.now().as_microsecond(),
        closed_at: None,
        due_by_rule: due.is_none().then_some(1),
        rev: 1,
    };
    core.db()
        .write(ctx, |tx| async move {
            if !store::duty::is_active(&tx, id).await? {
                return Err(Error::WrongState.into());
            }
            store::duty::period_insert(&tx, row).await.map_err(|error| match error {
                db::DbError::Constraint(_) => Problem::new(ProblemKind::Conflict, "period-there").with("label", label),
                other => other.into(),
            })?;
            let job = tx.enqueue(OPEN_PERIOD, &json!({ "period": row.id().to_string() })).await?;
            store::duty::period_job(&tx, row.id(), job).await?;
            tx.ledger(
                Entry::new("period.open", row.id())
                    .unit(duty.owner)
                    .detail(json!({ "label": row.label, "due_on": row.due_on })),
            );
            Ok(())
        })
        .await?;
    Ok(row.id())
}

#[derive(Debug)]
pub(crate) struct OpenPeriod {
    pub bodies: BodiesPort,
}

#[async_trait]
impl JobHandler for OpenPeriod {
    fn kind(&self) -> &'static str {
        OPEN_PERIOD
    }

    /// Makes the reports in one act. A body that has a report of this label to the same owner answers with that one
    /// (lồng ghép); a body that was merged away is answered for by its successor. Running again changes nothing.
    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        let id: PeriodId = job.payload["period"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| Problem::internal("job without period"))?;
        let conn = db.read();
        let period = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
        if period.state != "opening" {
            return Ok(());
        }
        let duty = &store::duty::get(&conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
        let mut units: Vec<_> = store::duty::bodies(&conn, duty.id, DutyRole::Reports).await?;
        for unit in &mut units {
            *unit = self.bodies.today(*unit);
        }
        units.sort_unstable();
        units.dedup();
        let there = store::report::labelled(&conn, duty.owner, &period.label, false).await?;
        let known: std::collections::HashMap<Uuid, Uuid> = there.iter().map(|row| (row.unit_id, row.id)).collect();
        let new: Vec<ReportRow> = units
            .iter()
            .filter(|unit| !known.contains_key(&unit.uuid()))
            .map(|unit| new_report(ctx, &self.bodies, duty, &period, *unit, false))
            .collect();
        let tied: Vec<Uuid> = units
            .iter()
            .filter_map(|unit| known.get(&unit.uuid()).copied())
            .chain(new.iter().map(|row| row.id))
            .collect();
        let (new, tied) = (&new, &tied);
        db.write(ctx, |tx| async move {
            if !store::duty::period_state(&tx, id, "opening", "open", None).await? {
                return Err(Problem::stale());
            }
            store::report::insert_all(&tx, new).await.map_err(|error| match error {
                // Another period of this label was opened meanwhile: the next try finds its reports.
                db::DbError::Constraint(_) => Problem::new(ProblemKind::Unavailable, "too-busy"),
                other => other.into(),
            })?;
            store::report::tie_all(&tx, tied, id).await?;
            let detail = json!({ "reports": tied.len(), "new": new.len() });
            tx.ledger(Entry::new("period.opened", id).unit(duty.owner).detail(detail));
            Ok(())
        })
        .await
    }
}

pub(crate) fn new_report(
    ctx: &Ctx,
    bodies: &BodiesPort,
    duty: &DutyRow,
    period: &PeriodRow,
    unit: UnitId,
    consolidated: bool,
) -> ReportRow {
    ReportRow {
        id: ctx.new_id::<crate::ids::Report>().uuid(),
        unit_id: unit.uuid(),
        owner_id: duty.owner.uuid(),
        label: period.label.clone(),
        consolidated,
        from_on: period.from_on.clone(),
        to_on: period.to_on.clone(),
        due_on: period.due_on.clone(),
        state: "draft".into(),
        intro: Words::default(),
        plans_ahead: Words::default(),
        is_nothing: false,
        version: 1,
        replaces_id: None,
        number: None,
        issued_on: None,
        issued_at: None,
        file_name: None,
        blob_hash: None,
        file_identities: None,
        file_signed: None,
        sealed: None,
        hands: None,
        sent_on: None,
        received_on: None,
        received_number: None,
        remarks: None,
        opened_at: ctx.now().as_microsecond(),
        rev: 1,
        unit_sort: bodies.body(unit).map(|body| body.sort),
    }
}

/// Locks a period, or unlocks it: corrections of a locked one are new versions with a reason.
pub async fn period_lock(core: &Core, ctx: &Ctx, id: PeriodId, lock: bool) -> Result<(), Problem> {
    let conn = core.db().read();
    let period = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = &store::duty::get(&conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "duty.edit", &resource(core.bodies().today(duty.owner)))?;
    let (from, to, at) =
        if lock { ("open", "locked", Some(ctx.now().as_microsecond())) } else { ("locked", "open", None) };
    core.db()
        .write(ctx, |tx| async move {
            if !store::duty::period_state(&tx, id, from, to, at).await? {
                return Err(Error::WrongState.into());
            }
            let action = if lock { "period.lock" } else { "period.unlock" };
            tx.ledger(Entry::new(action, id).unit(duty.owner));
            Ok(())
        })
        .await
}

/// The owner's own report over a period, made of the bodies' reports; the one that is there already, if it is.
pub async fn consolidate(core: &Core, ctx: &Ctx, id: PeriodId) -> Result<ReportId, Problem> {
    let conn = core.db().read();
    let period = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = &store::duty::get(&conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "duty.edit", &resource(core.bodies().today(duty.owner)))?;
    if period.state == "opening" {
        return Err(Error::WrongState.into());
    }
    let there = store::report::labelled(&conn, duty.owner, &period.label, true).await?;
    let known = there.first().map(ReportRow::id);
    let row = &new_report(ctx, core.bodies(), duty, &period, duty.owner, true);
    let report = known.unwrap_or_else(|| row.id());
    core.db()
        .write(ctx, |tx| async move {
            if known.is_none() {
                store::report::insert_all(&tx, std::slice::from_ref(row)).await?;
            }
            store::report::tie_all(&tx, &[report.uuid()], id).await?;
            tx.ledger(
                Entry::new("period.consolidate", id).unit(duty.owner).detail(json!({ "report": report.to_string() })),
            );
            Ok(())
        })
        .await?;
    Ok(report)
}
