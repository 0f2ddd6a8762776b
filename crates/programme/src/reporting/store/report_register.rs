//! The register of reports, and what else is read by the rule of who may read them.

use crate::ids::ReportId;
use db::{DbError, FromQueryResult, Reader, Where};
use derive::{Columns, Schema};
use jiff::civil::Date;
use kernel::{Code as _, Problem, Resource, Scope, UnitId};
use serde::Serialize;
use uuid::Uuid;
use webkit::{Cell, Column, Core, Filter, Grounds, Register, Related, Sort, permitted};

use super::{
    reception::{self, RECEIVED_BY},
    report::ReportRow,
};
use crate::{
    reporting::model::{rights::REPORT_READ, states::ReportState},
    targets::model::period::{Label, label_key},
};

/// Read from its end: what is to do comes before what was sent, the newest of each first.
macro_rules! to_do {
    () => {
        "CASE WHEN state IN ('issued', 'accepted') THEN '0' ELSE '1' END || due_on"
    };
}

/// A consolidated report is its owner's own: nobody receives it.
macro_rules! receiver {
    () => {
        "CASE WHEN consolidated THEN NULL ELSE owner_id END"
    };
}

const COLUMNS: &str = concat!(
    "id, unit_id, ",
    receiver!(),
    " AS receiver_id, label, consolidated, state, due_on, number, issued_on, version, rev"
);

/// A report without its content.
#[derive(Debug, Clone, Columns, Serialize, Schema)]
#[schema(as = Report)]
pub struct ReportHead {
    pub id: ReportId,
    #[row(column = "unit_id")]
    pub unit: UnitId,
    /// The body to which it is sent; none for a consolidated one.
    #[row(column = "receiver_id")]
    pub receiver: Option<UnitId>,
    /// `2026-M11`, `2026-Q4`, `2026-H2`, `2026`, `2026-L3`.
    #[row(column = "label")]
    pub period: String,
    pub consolidated: bool,
    pub state: ReportState,
    pub due_on: Date,
    pub number: Option<String>,
    pub issued_on: Option<Date>,
    pub version: i64,
    pub rev: i64,
}

impl ReportHead {
    /// How it stands; once its day is over unsent, that it is late.
    fn standing(&self) -> Cell {
        let cell = Cell::state(self.state);
        if self.state.is_sent() { cell } else { cell.until(self.due_on, "report-overdue") }
    }

    fn kind(&self) -> Cell {
        Cell::Code(if self.consolidated { "report-consolidated" } else { "report" }.to_owned())
    }
}

impl TryFrom<&ReportRow> for ReportHead {
    type Error = Problem;

    fn try_from(row: &ReportRow) -> Result<Self, Problem> {
        let wrong = |column: &str| Problem::internal(format!("{column} of {} is none", row.id()));
        let day = |text: &str, column| text.parse().map_err(|_| wrong(column));
        Ok(Self {
            id: row.id(),
            unit: row.unit(),
            receiver: row.receiver(),
            period: row.label.clone(),
            consolidated: row.consolidated,
            state: ReportState::parse(&row.state).ok_or_else(|| wrong("state"))?,
            due_on: day(&row.due_on, "due_on")?,
            number: row.number.clone(),
            issued_on: row.issued_on.as_deref().map(|text| day(text, "issued_on")).transpose()?,
            version: row.version,
            rev: row.rev,
        })
    }
}

fn period(label: &str) -> Cell {
    label_key(label).map_or_else(|| Cell::Text(label.to_owned()), |(key, args)| Cell::Words(key, args))
}

type Of = Column<ReportHead>;

pub static REPORTS: Register<ReportHead> = Register {
    paths: webkit::register_paths!("/reports"),
    rule: &REPORT_READ,
    grounds: Grounds {
        unit: Related::Today(&Related::Column("unit_id")),
        follows: &[Related::Today(&Related::Column(receiver!())), Related::Today(&Related::Among("id", RECEIVED_BY))],
        involved: &[],
        compartment: None,
    },
    resource: |core, conn, report| {
        Box::pin(async move {
            let of = resource(core, report.id, report.unit, report.receiver);
            Ok(with_others(core, of, &reception::receivers(conn, report.id).await?))
        })
    },
    from: "programme_report{hint}",
    select: COLUMNS,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::falling("to_do", to_do!(), "programme_report_order"),
        Sort::rising("due", "due_on", "programme_report_due_on_id_idx"),
        Sort::falling("period", "label", "programme_report_label_id_idx"),
        Sort::falling("issued", "COALESCE(issued_on, '')", "programme_report_issued"),
        Sort::rising("unit", "COALESCE(unit_sort, '')", "programme_report_unit_sort"),
    ],
    filters: &[
        Filter::code::<ReportState>("state", "state = {}").label("state"),
        Filter::flag("to_do", concat!(to_do!(), " >= '1'")).label("report-to-do"),
        Filter::flag("late", concat!(to_do!(), " >= '1' AND ", to_do!(), " < '1' || {today}")).label("report-overdue"),
        Filter::text("period", "label = {}", |typed| Label::parse(typed.trim()).map(|label| label.to_string()))
            .label("period-filter"),
        Filter::unit("unit", "unit_id IN ({units})").label("agency"),
        Filter::unit("receiver", concat!(receiver!(), " IN ({units})")).label("receives"),
        Filter::flag("consolidated", "consolidated").label("report-consolidated"),
    ],
    columns: &[
        Of::new("period", |report| period(&report.period)).by("period"),
        Of::new("unit", |report| Cell::Unit(Some(report.unit))).label("agency").by("unit"),
        Of::new("kind", ReportHead::kind).label("report-kind"),
        Of::new("due_on", |report| Cell::Day(Some(report.due_on))).label("due").by("due"),
        Of::new("state", ReportHead::standing),
        Of::new("number", |report| Cell::some(report.number.as_ref())).label("document-number"),
        Of::new("version", |report| Cell::Text(report.version.to_string())).label("report-version"),
        Of::new("issued_on", |report| Cell::Day(report.issued_on)).label("document-day").by("issued").spare(),
        Of::new("receiver", |report| Cell::Unit(report.receiver)).label("receives").spare(),
    ],
    part: None,
    href: |report| format!("/reports/{}", report.id),
    acts: &[],
};

/// A report as the policies see it; a body that was merged away is answered for by its successor, also where it gathers.
pub(crate) fn resource(core: &Core, id: ReportId, unit: UnitId, receiver: Option<UnitId>) -> Resource {
    let today = |unit| core.bodies().today(unit);
    let (unit, followed_by) = (today(unit), receiver.into_iter().map(today).collect());
    Resource { kind: "Report", id: id.to_string(), unit: Some(unit), followed_by, ..Resource::default() }
}

/// The same with the bodies that receive it beside the one that gathers, or their successors: they read it as that one does.
pub(crate) fn with_others(core: &Core, mut of: Resource, others: &[UnitId]) -> Resource {
    of.followed_by.extend(others.iter().map(|unit| core.bodies().today(*unit)));
    of
}

fn readable(conn: &Reader, scope: &Scope, list: &mut Where) {
    permitted(&REPORT_READ, &REPORTS.grounds, &[], |_| scope.clone(), conn.is_sqlite(), list);
}

/// Of a body's reports that somebody may read, the one to do next, or the newest that was sent.
pub async fn newest(conn: &Reader, unit: UnitId, scope: &Scope) -> Result<Option<ReportHead>, DbError> {
    let mut list = Where::default();
    let mark = list.bind(unit.uuid());
    list.and(&format!("unit_id = {mark}"));
    readable(conn, scope, &mut list);
    let order = to_do!();
    let sql = format!("SELECT {COLUMNS} FROM programme_report{} ORDER BY {order} DESC, id DESC LIMIT 1", list.sql());
    conn.one(&sql, list.values).await
}

/// Reports that a body owed by now, and how many came on time; no later version makes the first one late (`report::counted`).
#[derive(Debug, Clone, FromQueryResult)]
pub struct ReportTally {
    pub unit_id: Uuid,
    pub owed: i64,
    pub on_time: i64,
}

/// Of those that somebody may read: of each report the version that counts, with the day on which its first was sent.
pub async fn tally(conn: &Reader, scope: &Scope, today: Date) -> Result<Vec<ReportTally>, DbError> {
    let mut list = Where::default();
    let day = list.bind(today.to_string());
    list.and("NOT consolidated");
    readable(conn, scope, &mut list);
    let sql = format!(
        "SELECT unit_id, COUNT(*) AS owed, CAST(SUM(CASE WHEN state IN ('issued', 'accepted') AND first_on <= due_on \
         THEN 1 ELSE 0 END) AS bigint) AS on_time \
         FROM (SELECT unit_id, state, due_on, MIN(COALESCE(sent_on, issued_on)) OVER (PARTITION BY unit_id, owner_id, label) AS first_on, \
         ROW_NUMBER() OVER (PARTITION BY unit_id, owner_id, label \
         ORDER BY CASE WHEN state IN ('issued', 'accepted') THEN 0 ELSE 1 END, version DESC) AS place FROM programme_report{}) AS versions \
         WHERE place = 1 AND (due_on < {day} OR state IN ('issued', 'accepted')) GROUP BY unit_id",
        list.sql()
    );
    conn.all(&sql, list.values).await
}
