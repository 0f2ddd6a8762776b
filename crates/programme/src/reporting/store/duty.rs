//! Reporting regimes, duties, and the periods that were opened of them.

use crate::ids::{DutyId, PeriodId, RegimeId};
use db::{DbError, FromQueryResult, JobId, Reader, Row as _, Value, Words, Writer, vals};
use derive::{Row, Schema};
use kernel::{PlanId, UnitId, text::fold};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    reporting::model::states::DutyState,
    targets::model::period::{Cutoff, PeriodKind},
};

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct RegimeRow {
    pub id: Uuid,
    pub name: String,
    /// Legal basis.
    pub basis: String,
    pub who: String,
    pub form: String,
    /// The system on which it is reported.
    pub system: String,
    pub from_on: Option<String>,
    pub to_on: Option<String>,
    /// Which data could replace it; empty where none does.
    pub replaceable: String,
    /// Whose it is; none where it belongs to the top of the tree.
    pub owner_id: Option<Uuid>,
    pub rev: i64,
}

const REGIME: &str = "id, name, basis, who, form, system, from_on, to_on, replaceable, owner_id, rev";

/// Ends the duties of a plan that is not its issuer's.
pub async fn end_all(conn: &Writer, plan: PlanId) -> Result<(), DbError> {
    let sql = "UPDATE programme_duty SET state = 'ended', rev = rev + 1 WHERE plan_id = $1 AND state <> 'ended'";
    conn.exec(sql, vals![plan.uuid()]).await?;
    Ok(())
}

/// Duties of a plan that have not ended, each with its state.
pub async fn standing_of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<(Uuid, String)>, DbError> {
    #[derive(FromQueryResult)]
    struct Standing {
        id: Uuid,
        state: String,
    }
    let sql = "SELECT id, state FROM programme_duty WHERE plan_id = $1 AND state <> 'ended' ORDER BY id";
    let rows: Vec<Standing> = conn.all(sql, vals![plan.uuid()]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.state)).collect())
}

/// The undo of [`end_all`] for one duty, while it is as that left it.
pub async fn ended_back(conn: &Writer, id: Uuid, state: &str) -> Result<(), DbError> {
    let sql = "UPDATE programme_duty SET state = $2, rev = rev + 1 WHERE id = $1 AND state = 'ended'";
    conn.exec(sql, vals![id, state]).await?;
    Ok(())
}

/// An open period with reports that are late, and how many.
#[derive(Debug, Clone, FromQueryResult)]
pub struct LatePeriod {
    pub id: Uuid,
    pub label: String,
    pub due_on: String,
    pub late: i64,
}

/// Those of the duties of these bodies, the longest due first; what was sent has come, whatever became of it
/// (as reports of a period are counted, `store/report.rs`).
pub async fn late_periods(
    conn: &Reader,
    owners: &[UnitId],
    today: &str,
    limit: u64,
) -> Result<Vec<LatePeriod>, DbError> {
    if owners.is_empty() {
        return Ok(vec![]);
    }
    // What was sent is counted, not joined: asked of each late one by its own index, however many reports there are.
    let sql = format!(
        "SELECT p.id, p.label, p.due_on, COUNT(*) AS late FROM programme_period p \
         JOIN programme_duty d ON d.id = p.duty_id JOIN programme_report_period t ON t.period_id = p.id \
         JOIN programme_report r ON r.id = t.report_id AND r.owner_id = d.owner_id AND r.label = p.label \
         WHERE p.state = 'open' AND d.owner_id IN ({}) AND r.due_on < $1 AND r.consolidated = $2 \
         AND r.state IN ('draft', 'checking', 'approving', 'approved', 'returned') \
         AND NOT EXISTS (SELECT 1 FROM programme_report n WHERE n.replaces_id = r.id) \
         AND 0 = (SELECT COUNT(*) FROM programme_report s JOIN programme_report_period q ON q.report_id = s.id \
         WHERE s.unit_id = r.unit_id AND q.period_id = p.id AND s.consolidated = r.consolidated \
         AND s.state IN ('issued', 'accepted')) \
         GROUP BY p.id, p.label, p.due_on ORDER BY p.due_on, p.id LIMIT {limit}",
        db::marks(3, owners.len())
    );
    let values = vals![today, false].into_iter().chain(owners.iter().map(|unit| unit.uuid().into())).collect();
    conn.all(&sql, values).await
}

pub async fn regimes(conn: &Reader) -> Result<Vec<RegimeRow>, DbError> {
    conn.all(&format!("SELECT {REGIME} FROM programme_regime ORDER BY name, id"), vals![]).await
}

pub async fn regime(conn: &Reader, id: RegimeId) -> Result<Option<RegimeRow>, DbError> {
    conn.one(&format!("SELECT {REGIME} FROM programme_regime WHERE id = $1"), vals![id.uuid()]).await
}

/// Inserts a new regime (`rev` 0) or writes over revision `rev`; false when somebody else was first.
pub async fn regime_save(conn: &Writer, row: &RegimeRow) -> Result<bool, DbError> {
    let values = vals![
        row.id,
        Words::new(&row.name),
        Words::new(&row.basis),
        Words::new(&row.who),
        Words::new(&row.form),
        Words::new(&row.system),
        row.from_on.clone(),
        row.to_on.clone(),
        Words::new(&row.replaceable),
        row.rev,
        row.owner_id,
    ];
    let sql = if row.rev == 0 {
        "INSERT INTO programme_regime (id, name, basis, who, form, system, from_on, to_on, replaceable, rev, owner_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1, $11)"
    } else {
        "UPDATE programme_regime SET name = $2, basis = $3, who = $4, form = $5, system = $6, from_on = $7, to_on = $8, replaceable = $9, owner_id = $11, rev = rev + 1 WHERE id = $1 AND rev = $10"
    };
    Ok(conn.exec(sql, values).await? == 1)
}

/// A duty to report, without the bodies that it names.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "programme_duty", follows(fold = fold))]
#[schema(as = Duty)]
pub struct DutyRow {
    pub id: DutyId,
    /// The plan that it is about; none for all work.
    #[row(column = "plan_id")]
    pub plan: Option<PlanId>,
    #[row(column = "regime_id")]
    pub regime: Option<RegimeId>,
    pub name: Words,
    /// Which part of the plan it is about; empty for all of it.
    pub section: Words,
    pub period: PeriodKind,
    pub cutoff: Cutoff,
    /// `after:3` working days, `before:11-30` or `by:12-15` of the year.
    pub due: String,
    pub state: DutyState,
    /// The plan's own words; empty where a person made it.
    pub source: Words,
    /// Whose duty it is to gather the reports.
    #[row(column = "owner_id")]
    pub owner: UnitId,
    pub rev: i64,
}

impl DutyRow {
    fn fold(&self) -> String {
        fold(&format!("{} {}", self.name, self.section))
    }
}

pub async fn get(conn: &Reader, id: DutyId) -> Result<Option<DutyRow>, DbError> {
    DutyRow::get(conn, id).await
}

/// Whether it is in force, and stays so until the act is over.
pub async fn is_active(conn: &Writer, id: DutyId) -> Result<bool, DbError> {
    conn.keep("programme_duty", "id = $1 AND state = 'active'", vals![id.uuid()]).await
}

/// What bodies are to a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyRole {
    Reports,
    Receives,
    Via,
}

impl DutyRole {
    pub fn code(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Receives => "receives",
            Self::Via => "via",
        }
    }
}

/// Sets the bodies of one role anew; many at a time, because a group may be thousands.
pub async fn bodies_set(conn: &Writer, id: DutyId, role: DutyRole, units: &[UnitId]) -> Result<(), DbError> {
    conn.exec("DELETE FROM programme_duty_body WHERE duty_id = $1 AND role = $2", vals![id.uuid(), role.code()])
        .await?;
    for some in units.chunks(5000) {
        let mut values = vals![id.uuid(), role.code()];
        let rows: Vec<String> = (3..).take(some.len()).map(|n| format!("($1, ${n}, $2)")).collect();
        values.extend(some.iter().map(|unit| Value::from(unit.uuid())));
        let sql = format!(
            "INSERT INTO programme_duty_body (duty_id, unit_id, role) VALUES {} ON CONFLICT DO NOTHING",
            rows.join(", ")
        );
        conn.exec(&sql, values).await?;
    }
    Ok(())
}

pub async fn bodies(conn: &Reader, id: DutyId, role: DutyRole) -> Result<Vec<UnitId>, DbError> {
    let sql = "SELECT unit_id FROM programme_duty_body WHERE duty_id = $1 AND role = $2 ORDER BY unit_id";
    units(conn, sql, vals![id.uuid(), role.code()]).await
}

async fn units(conn: &Reader, sql: &str, values: Vec<Value>) -> Result<Vec<UnitId>, DbError> {
    #[derive(FromQueryResult)]
    struct Named {
        unit_id: Uuid,
    }
    let rows: Vec<Named> = conn.all(sql, values).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// Every body that a duty names, whatever it is to it.
pub async fn named(conn: &Reader, id: DutyId) -> Result<Vec<UnitId>, DbError> {
    units(conn, "SELECT DISTINCT unit_id FROM programme_duty_body WHERE duty_id = $1", vals![id.uuid()]).await
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct PeriodRow {
    pub id: Uuid,
    pub duty_id: Uuid,
    pub label: String,
    pub from_on: String,
    pub to_on: String,
    pub due_on: String,
    /// `opening`, `open`, or `locked`.
    pub state: String,
    pub job_id: Option<Uuid>,
    pub opened_at: i64,
    pub closed_at: Option<i64>,
    /// 1 where the due day follows the duty's rule, and so the calendar; none where a person set it.
    pub due_by_rule: Option<i64>,
    pub rev: i64,
}

impl PeriodRow {
    pub fn id(&self) -> PeriodId {
        PeriodId::from_uuid(self.id)
    }

    pub fn duty(&self) -> DutyId {
        DutyId::from_uuid(self.duty_id)
    }
}

const PERIOD: &str =
    "id, duty_id, label, from_on, to_on, due_on, state, job_id, opened_at, closed_at, due_by_rule, rev";

pub async fn period_insert(conn: &Writer, row: &PeriodRow) -> Result<(), DbError> {
    let sql =
        format!("INSERT INTO programme_period ({PERIOD}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
    let values = vals![
        row.id,
        row.duty_id,
        Words::new(&row.label),
        row.from_on.as_str(),
        row.to_on.as_str(),
        row.due_on.as_str(),
        row.state.as_str(),
        row.job_id,
        row.opened_at,
        row.closed_at,
        row.due_by_rule,
        row.rev,
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

pub async fn period(conn: &Reader, id: PeriodId) -> Result<Option<PeriodRow>, DbError> {
    conn.one(&format!("SELECT {PERIOD} FROM programme_period WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn period_labelled(conn: &Reader, duty: DutyId, label: &str) -> Result<Option<PeriodRow>, DbError> {
    let sql = format!("SELECT {PERIOD} FROM programme_period WHERE duty_id = $1 AND label = $2");
    conn.one(&sql, vals![duty.uuid(), label]).await
}

/// Of one duty, the newest first.
pub async fn periods(conn: &Reader, duty: DutyId) -> Result<Vec<PeriodRow>, DbError> {
    let sql = format!("SELECT {PERIOD} FROM programme_period WHERE duty_id = $1 ORDER BY label DESC");
    conn.all(&sql, vals![duty.uuid()]).await
}

pub async fn period_job(conn: &Writer, id: PeriodId, job: JobId) -> Result<(), DbError> {
    conn.exec("UPDATE programme_period SET job_id = $2 WHERE id = $1", vals![id.uuid(), job.uuid()]).await?;
    Ok(())
}

pub async fn period_state(
    conn: &Writer,
    id: PeriodId,
    from: &str,
    to: &str,
    closed_at: Option<i64>,
) -> Result<bool, DbError> {
    let sql = "UPDATE programme_period SET state = $3, closed_at = $4, rev = rev + 1 WHERE id = $1 AND state = $2";
    Ok(conn.exec(sql, vals![id.uuid(), from, to, closed_at]).await? == 1)
}

/// The periods that a report answers.
pub async fn periods_of_report(conn: &Reader, report: Uuid) -> Result<Vec<PeriodRow>, DbError> {
    let sql = format!(
        "SELECT {PERIOD} FROM programme_period WHERE id IN (SELECT period_id FROM programme_report_period WHERE report_id = $1) ORDER BY id"
    );
    conn.all(&sql, vals![report]).await
}

/// The same as they stay until the act is over.
pub async fn kept_periods(conn: &Writer, report: Uuid) -> Result<Vec<PeriodRow>, DbError> {
    let of_report = "id IN (SELECT period_id FROM programme_report_period WHERE report_id = $1)";
    conn.keep("programme_period", of_report, vals![report]).await?;
    periods_of_report(conn, report).await
}

/// Open periods whose due day follows the calendar, each with its duty.
pub async fn periods_by_rule(conn: &Reader) -> Result<Vec<PeriodRow>, DbError> {
    let sql = format!(
        "SELECT {PERIOD} FROM programme_period WHERE state IN ('opening', 'open') AND due_by_rule = 1 ORDER BY id"
    );
    conn.all(&sql, vals![]).await
}

/// Moves the due day of a period and of its reports that were not issued; false when somebody was at it meanwhile.
pub async fn period_due_move(conn: &Writer, period: &PeriodRow, due: &str) -> Result<bool, DbError> {
    let sql = "UPDATE programme_period SET due_on = $2, rev = rev + 1 WHERE id = $1 AND rev = $3";
    if conn.exec(sql, vals![period.id, due, period.rev]).await? == 0 {
        return Ok(false);
    }
    let reports = "UPDATE programme_report SET due_on = $2 WHERE state NOT IN ('issued', 'accepted') AND id IN \
        (SELECT report_id FROM programme_report_period WHERE period_id = $1)";
    conn.exec(reports, vals![period.id, due]).await?;
    Ok(true)
}
