//! The register: one indexed query over the parts that a person may see, and what is counted of it.

use db::{DbError, FromQueryResult, Reader, Where, matching, vals};
use jiff::civil::Date;
use kernel::{Scope, UnitId};
use uuid::Uuid;
use webkit::{Grounds, Related, permitted};

use crate::{
    plans::model::authority::Standing,
    work::{
        model::{
            counts::Counts,
            order::{By, Order, TaskBy},
            state::{SOON_DAYS, StateFilter},
            task,
            trail::Bucket,
        },
        store::part::{PartRow, THERE, select},
    },
};

/// What a register shows: the same for page, API and export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    pub words: String,
    pub lead: Option<UnitId>,
    pub helps: Option<UnitId>,
    /// Bodies of which this leader is in charge.
    pub leader: Option<String>,
    /// Bodies of which no leader is in charge.
    pub leaderless: bool,
    pub plan: Option<Uuid>,
    pub task: Option<Uuid>,
    pub year: Option<i16>,
    pub state: Option<StateFilter>,
    /// Only what falls due from today up to this day and is still open.
    pub until: Option<Date>,
    /// Only what the reader answers for: see [`task::OURS`].
    pub ours: bool,
    pub order: Order<By>,
}

/// Where counts come from.
const FROM: &str = "FROM programme_part p";

/// How [`task::READ`] is read from the register's columns.
const GROUNDS: Grounds = Grounds {
    unit: Related::Column("p.unit_id"),
    follows: &[Related::Among(
        "p.plan_id",
        "SELECT id FROM programme_plan WHERE follower_id IN ({units}) OR issuer_id IN ({units})",
    )],
    involved: &[
        Related::Among("p.plan_id", "SELECT plan_id FROM programme_plan_role WHERE unit_id IN ({units})"),
        Related::Among("p.task_id", "SELECT task_id FROM programme_helper WHERE unit_id IN ({units})"),
    ],
    compartment: None,
};

/// Where more parts match, walking the register in its order finds a page sooner than gathering all and sorting them.
/// PostgreSQL decides this by its statistics, SQLite has to be told. A body's own parts have an index in this order.
const MANY: i64 = 1000;

async fn hint(conn: &Reader, filter: &Filter, scope: &Scope, today: Date) -> Result<String, DbError> {
    let is_told = conn.is_sqlite() && filter.lead.is_none();
    if !is_told || count(conn, filter, scope, today, MANY + 1).await? <= MANY {
        return Ok(String::new());
    }
    Ok(format!(" INDEXED BY {}", filter.order.by.column().1))
}

fn conditions(conn: &Reader, filter: &Filter, scope: &Scope, today: Date) -> Where {
    let mut w = Where::default();
    let rule = if filter.ours { &task::OURS } else { &task::READ };
    permitted(rule, &GROUNDS, &[], |_| scope.clone(), conn.is_sqlite(), &mut w);
    w.and(THERE);
    if let Some(unit) = filter.lead {
        let mark = w.bind(unit.uuid());
        w.and(&format!("p.unit_id = {mark}"));
    }
    if let Some(unit) = filter.helps {
        let mark = w.bind(unit.uuid());
        w.and(&format!("p.task_id IN (SELECT task_id FROM programme_helper WHERE unit_id = {mark})"));
    }
    if let Some(leader) = &filter.leader {
        let mark = w.bind(leader.as_str());
        w.and(&format!("p.unit_id IN (SELECT g.unit_id FROM programme_charge g WHERE g.leader = {mark})"));
    }
    if filter.leaderless {
        w.and("NOT EXISTS (SELECT 1 FROM programme_charge g WHERE g.unit_id = p.unit_id)");
    }
    if let Some(plan) = filter.plan {
        let mark = w.bind(plan);
        w.and(&format!("p.plan_id = {mark}"));
    }
    if let Some(task) = filter.task {
        let mark = w.bind(task);
        w.and(&format!("p.task_id = {mark}"));
    }
    if let Some(year) = filter.year {
        let (first, last) = (w.bind(format!("{year}-01-01")), w.bind(format!("{year}-12-31")));
        w.and(&format!("(p.start_on IS NULL OR p.start_on <= {last}) AND (p.due_on IS NULL OR p.due_on >= {first})"));
    }
    if let Some(state) = filter.state {
        let soon = today.saturating_add(jiff::Span::new().days(SOON_DAYS)).to_string();
        let (today, soon) = (w.bind(today.to_string()), w.bind(soon));
        w.and(&state.sql().replace("{today}", &today).replace("{soon}", &soon));
    }
    if let Some(until) = filter.until {
        let (from, to) = (w.bind(today.to_string()), w.bind(until.to_string()));
        w.and(&format!("p.done_on IS NULL AND p.stopped_on IS NULL AND p.due_on >= {from} AND p.due_on <= {to}"));
    }
    if let Some((select, value)) = matching(conn.backend(), "programme_task", &filter.words, w.values.len() + 1) {
        w.values.push(value.into());
        w.and(&format!("p.task_id IN ({select})"));
    }
    w
}

/// One page of the register after the cursor (sort key, id), with one row more than `limit` when there is a next page.
pub async fn page(
    conn: &Reader,
    filter: &Filter,
    scope: &Scope,
    today: Date,
    after: Option<(String, Uuid)>,
    limit: u64,
) -> Result<Vec<PartRow>, DbError> {
    let hint = hint(conn, filter, scope, today).await?;
    let mut w = conditions(conn, filter, scope, today);
    let (sort, (beyond, falling)) = (filter.order.by.column().0, filter.order.signs());
    if let Some((key, id)) = after {
        let (key, key_again, id) = (w.bind(key.clone()), w.bind(key), w.bind(id));
        w.and(&format!("{sort} {beyond} {key} OR ({sort} = {key_again} AND p.id {beyond} {id})"));
    }
    let order = format!("ORDER BY {sort}{falling}, p.id{falling} LIMIT {}", limit + 1);
    conn.all(&format!("{}{} {order}", select(&hint), w.sql()), w.values).await
}

/// How many parts the register has, counted no further than `up_to`.
pub async fn count(conn: &Reader, filter: &Filter, scope: &Scope, today: Date, up_to: i64) -> Result<i64, DbError> {
    let w = conditions(conn, filter, scope, today);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 {FROM}{} LIMIT {up_to}) AS counted", w.sql());
    conn.count(&sql, w.values).await
}

/// Bodies with work in live plans in which one of these units has a role, with what rights come from in each. Whether the
/// role gives a right over the body is for `plans::model::authority` to say.
pub async fn work_with(conn: &Reader, own: &[UnitId]) -> Result<Vec<(UnitId, Standing)>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
        follower_id: Uuid,
        issuer_id: Option<Uuid>,
        confirmation: Option<String>,
        confirmed_by: Option<Uuid>,
    }
    let ids = db::marks(1, own.len());
    let sql = format!(
        "SELECT DISTINCT p.unit_id, l.follower_id, l.issuer_id, l.confirmation, l.confirmed_by \
         FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id \
         WHERE l.state = 'live' AND (l.follower_id IN ({ids}) OR l.issuer_id IN ({ids}) OR l.confirmed_by IN ({ids})) AND {THERE}"
    );
    let rows: Vec<Row> = conn.all(&sql, own.iter().map(|unit| unit.uuid().into()).collect()).await?;
    let standing = |row: Row| {
        let plan = crate::plans::store::plan::standing(
            row.follower_id,
            row.issuer_id,
            row.confirmation.as_deref(),
            row.confirmed_by,
        );
        (UnitId::from_uuid(row.unit_id), plan)
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// Parts reported done in the plans of these followers that nobody has accepted yet, oldest first.
pub async fn unaccepted(conn: &Reader, followers: &[UnitId], limit: u64) -> Result<Vec<PartRow>, DbError> {
    if followers.is_empty() {
        return Ok(vec![]);
    }
    let values = followers.iter().map(|unit| unit.uuid().into()).collect();
    let sql = format!(
        "{} WHERE l.follower_id IN ({}) AND l.state = 'live' AND p.done_on IS NOT NULL AND p.accepted_on IS NULL ORDER BY p.done_on, p.id LIMIT {limit}",
        select(""),
        db::marks(1, followers.len())
    );
    conn.all(&sql, values).await
}

/// Parts by the months in which they fell due, were reported done and accepted, with what is so today.
pub async fn buckets(conn: &Reader, filter: &Filter, scope: &Scope, today: Date) -> Result<Vec<Bucket>, DbError> {
    let mut w = conditions(conn, filter, scope, today);
    let now = w.bind(today.to_string());
    let sql = format!(
        "SELECT SUBSTR(p.due_on, 1, 7) AS due, SUBSTR(p.done_on, 1, 7) AS done, SUBSTR(p.accepted_on, 1, 7) AS accepted, \
         CAST(CASE WHEN p.done_on > p.due_on THEN 0 ELSE 1 END AS bigint) AS in_time, \
         CAST(CASE WHEN p.due_on < {now} THEN 1 ELSE 0 END AS bigint) AS is_past, \
         CAST(CASE WHEN p.stopped_on IS NULL THEN 0 ELSE 1 END AS bigint) AS stopped, COUNT(*) AS parts {FROM}{} \
         GROUP BY 1, 2, 3, 4, 5, 6",
        w.sql()
    );
    conn.all(&sql, w.values).await
}

/// The leaders' table: one line per body, exactly the columns they know.
#[derive(Debug, Clone, FromQueryResult, serde::Serialize)]
pub struct Tally {
    pub unit_id: Uuid,
    pub total: i64,
    pub done: i64,
    pub done_late: i64,
    pub reported: i64,
    pub running: i64,
    pub late: i64,
    pub not_yet: i64,
    pub stopped: i64,
    /// Of the running ones: due within the next days.
    pub soon: i64,
    /// Of the reported ones: after their day.
    pub reported_late: i64,
}

impl Tally {
    pub fn counts(&self) -> Counts {
        let Self { total, done, done_late, reported, running, late, not_yet, stopped, .. } = *self;
        Counts { total, done, done_late, reported, running, late, not_yet, stopped }
    }
}

pub async fn tally(conn: &Reader, filter: &Filter, scope: &Scope, today: Date) -> Result<Vec<Tally>, DbError> {
    let mut w = conditions(conn, filter, scope, today);
    let soon = w.bind(today.saturating_add(jiff::Span::new().days(SOON_DAYS)).to_string());
    let now = w.bind(today.to_string());
    let count = |state: StateFilter| {
        let rule = state.sql().replace("{today}", &now).replace("{soon}", &soon);
        format!("CAST(SUM(CASE WHEN {rule} THEN 1 ELSE 0 END) AS bigint)")
    };
    let sql = format!(
        "SELECT p.unit_id, COUNT(*) AS total, {} AS done, {} AS done_late, {} AS reported, {} AS running, {} AS late, {} AS not_yet, \
         {} AS stopped, {} AS soon, CAST(SUM(CASE WHEN {} AND p.done_on > p.due_on THEN 1 ELSE 0 END) AS bigint) AS reported_late \
         {FROM}{} GROUP BY p.unit_id",
        count(StateFilter::Done),
        count(StateFilter::DoneLate),
        count(StateFilter::Reported),
        count(StateFilter::Running),
        count(StateFilter::Late),
        count(StateFilter::NotYet),
        count(StateFilter::Stopped),
        count(StateFilter::Soon),
        StateFilter::Reported.sql(),
        w.sql(),
    );
    conn.all(&sql, w.values).await
}

/// A part as a cell of the map of bodies and tasks.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Cell {
    pub id: Uuid,
    pub task_id: Uuid,
    pub unit_id: Uuid,
    pub time_kind: String,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
    pub done_on: Option<String>,
    pub accepted_on: Option<String>,
    pub stopped_on: Option<String>,
}

/// Cells of what a filter shows, in the order of tasks; one more than `limit` when there are more.
pub async fn cells(
    conn: &Reader,
    filter: &Filter,
    scope: &Scope,
    today: Date,
    limit: u64,
) -> Result<Vec<Cell>, DbError> {
    let w = conditions(conn, filter, scope, today);
    let sql = format!(
        "SELECT p.id, p.task_id, p.unit_id, p.time_kind, p.start_on, p.due_on, p.done_on, p.accepted_on, p.stopped_on {FROM}{} ORDER BY p.sort_plan, p.id LIMIT {}",
        w.sql(),
        limit + 1
    );
    conn.all(&sql, w.values).await
}

/// What a filter shows of one task.
#[derive(Debug, Clone, FromQueryResult)]
pub struct TaskGroup {
    pub task_id: Uuid,
    pub sort: String,
    pub section: String,
    pub text: String,
    pub plan_number: Option<String>,
    pub plan_title: Option<String>,
    pub total: i64,
    pub done: i64,
    pub reported: i64,
    pub late: i64,
    /// The next day on which something open of it falls due.
    pub due_on: Option<String>,
}

/// Tasks of what a filter shows, in the order asked for, after the cursor (sort key, task); one more than `limit` when there
/// are more.
pub async fn groups(
    conn: &Reader,
    (filter, order): (&Filter, Order<TaskBy>),
    scope: &Scope,
    today: Date,
    after: Option<(String, Uuid)>,
    limit: u64,
) -> Result<Vec<TaskGroup>, DbError> {
    let mut w = conditions(conn, filter, scope, today);
    let now = w.bind(today.to_string());
    let count = |state: StateFilter| format!("CAST(SUM(CASE WHEN {} THEN 1 ELSE 0 END) AS bigint)", state.sql());
    let (done, late) = (count(StateFilter::Finished), count(StateFilter::Late).replace("{today}", &now));
    let due = "MIN(CASE WHEN p.done_on IS NULL AND p.stopped_on IS NULL THEN p.due_on END)";
    // Of as many digits as any other, so that text is ordered as numbers are.
    let sort = match order.by {
        TaskBy::Plan => "MIN(p.sort_plan)".to_owned(),
        TaskBy::Due => format!("COALESCE({due}, '9999')"),
        TaskBy::Progress => format!("CAST(10000 + {done} * 1000 / COUNT(*) AS text)"),
        TaskBy::Late => format!("CAST(1999999 - {late} AS text)"),
    };
    let inner = format!(
        "SELECT p.task_id, {sort} AS sort, COUNT(*) AS total, {done} AS done, {} AS reported, {late} AS late, \
         {due} AS due_on {FROM}{} GROUP BY p.task_id",
        count(StateFilter::Reported),
        w.sql(),
    );
    let (sign, falling) = order.signs();
    let beyond = after.map(|(sort, task)| {
        let (sort, task) = (w.bind(sort), w.bind(task));
        format!(" WHERE (g.sort, g.task_id) {sign} ({sort}, {task})")
    });
    let sql = format!(
        "SELECT g.*, t.section, t.text, l.number AS plan_number, l.title AS plan_title FROM ({inner}) AS g \
         JOIN programme_task t ON t.id = g.task_id JOIN programme_plan l ON l.id = t.plan_id{} \
         ORDER BY g.sort{falling}, g.task_id{falling} LIMIT {}",
        beyond.unwrap_or_default(),
        limit + 1
    );
    conn.all(&sql, w.values).await
}

/// How far the parts of each task of a plan are.
#[derive(Debug, Clone, FromQueryResult)]
pub struct TaskProgress {
    pub task_id: Uuid,
    pub total: i64,
    pub done: i64,
    /// Reported done, not accepted.
    pub reported: i64,
    pub late: i64,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
}

pub async fn by_task(conn: &Reader, plan: kernel::PlanId, today: Date) -> Result<Vec<TaskProgress>, DbError> {
    let sql = format!(
        "SELECT task_id, COUNT(*) AS total, COUNT(CASE WHEN done_on IS NOT NULL THEN accepted_on END) AS done, \
        COUNT(CASE WHEN accepted_on IS NULL THEN done_on END) AS reported, \
        COUNT(CASE WHEN done_on IS NULL AND stopped_on IS NULL AND due_on < $2 THEN 1 END) AS late, \
        MIN(start_on) AS start_on, MAX(due_on) AS due_on FROM programme_part p WHERE plan_id = $1 AND {THERE} GROUP BY task_id"
    );
    conn.all(&sql, vals![plan.uuid(), today.to_string()]).await
}
