//! Parts: one body's share of a task.

use std::collections::HashMap;

use crate::ids::PartId;
use db::{DbError, FromQueryResult, Insert, Reader, Value, Words, Writer, vals};
use jiff::civil::Date;
use kernel::{Calendar, Lang, PlanId, UnitId, day::show_due};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    plans::model::authority::Standing,
    work::model::{
        change::Fields,
        clock::Clock,
        state::{Days, State, state},
    },
};

#[derive(Debug, Clone, FromQueryResult)]
pub struct PartRow {
    pub id: Uuid,
    pub task_id: Uuid,
    pub plan_id: Uuid,
    pub unit_id: Uuid,
    pub unit_sort: String,
    pub sort_plan: String,
    pub sort_due: String,
    pub time_kind: String,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
    pub done_on: Option<String>,
    pub done_note: Option<Words>,
    pub stopped_on: Option<String>,
    pub percent: Option<i64>,
    /// `paused` and `ended` by a person; `withdrawn` and `replaced` with its plan.
    pub stop_kind: Option<String>,
    pub clock: Option<String>,
    pub accepted_on: Option<String>,
    pub rev: i64,
    pub section: String,
    pub text: String,
    pub coordinating: String,
    pub plan_number: Option<String>,
    pub plan_title: Option<String>,
    pub follower_id: Uuid,
    pub issuer_id: Option<Uuid>,
    pub confirmation: Option<String>,
    pub confirmed_by: Option<Uuid>,
    pub plan_state: String,
}

impl PartRow {
    /// What rights come from in its plan.
    pub fn standing(&self) -> Standing {
        crate::plans::store::plan::standing(
            self.follower_id,
            self.issuer_id,
            self.confirmation.as_deref(),
            self.confirmed_by,
        )
    }

    pub fn days(&self) -> Days {
        Days::read([&self.start_on, &self.due_on, &self.done_on, &self.accepted_on, &self.stopped_on])
    }

    pub fn state(&self, today: Date) -> State {
        state(self.days(), &self.time_kind, today)
    }

    /// Its state as people read it.
    pub fn shown(&self, calendar: &Calendar, today: Date) -> State {
        self.state(today).counted(self.days().due, calendar, today)
    }

    /// Its due day as people read it: the last safe working day first.
    pub fn due_words(&self, calendar: &Calendar, lang: Lang) -> Option<String> {
        self.days().due.map(|due| show_due(due, self.clock.as_deref() == Some("before"), calendar, lang))
    }

    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn id(&self) -> PartId {
        PartId::from_uuid(self.id)
    }

    pub fn plan(&self) -> PlanId {
        PlanId::from_uuid(self.plan_id)
    }

    pub fn fields(&self) -> Fields {
        Fields {
            percent: self.percent,
            due_on: self.due_on.clone(),
            done_on: self.done_on.clone(),
            done_note: self.done_note.clone().map(db::Words::into_string),
            accepted_on: self.accepted_on.clone(),
            stopped_on: self.stopped_on.clone(),
            stop_kind: self.stop_kind.clone(),
            clock: self.clock.clone(),
        }
    }
}

/// Of parts `p` those that are somebody's work, done or not. From the others it went to another body or another task; they
/// stand on the page of their task, and nobody counts them.
pub(crate) const THERE: &str = "(p.stop_kind IS NULL OR p.stop_kind NOT IN ('moved', 'merged'))";

/// Parts with their task and plan; `hint` names the index to walk, where a database has to be told.
pub(crate) fn select(hint: &str) -> String {
    format!(
        "SELECT p.id, p.task_id, p.plan_id, p.unit_id, p.unit_sort, p.sort_plan, p.sort_due, p.time_kind, p.start_on, p.due_on, p.done_on, \
        p.done_note, p.stopped_on, p.percent, p.clock, p.accepted_on, p.rev, \
        CASE WHEN p.stopped_on IS NOT NULL THEN COALESCE(p.stop_kind, 'replaced') END AS stop_kind, t.section, t.text, t.coordinating, \
        l.number AS plan_number, l.title AS plan_title, l.follower_id, l.issuer_id, l.confirmation, l.confirmed_by, \
        l.state AS plan_state \
        FROM programme_part p{hint} JOIN programme_task t ON t.id = p.task_id JOIN programme_plan l ON l.id = p.plan_id"
    )
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewPart {
    pub id: PartId,
    pub task: Uuid,
    pub plan: Uuid,
    pub unit: UnitId,
    pub unit_sort: String,
    pub sort_plan: String,
    pub time_kind: String,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
    pub clock: Option<Clock>,
}

pub async fn insert(conn: &Writer, part: &NewPart) -> Result<(), DbError> {
    insert_all(conn, &[part]).await
}

/// A part that was just made, of a task that is paused.
pub async fn pause_new(conn: &Writer, id: PartId, day: &str) -> Result<(), DbError> {
    let sql = "UPDATE programme_part SET stopped_on = $2, stop_kind = 'paused' WHERE id = $1";
    conn.exec(sql, vals![id.uuid(), day]).await?;
    Ok(())
}

/// Many parts in few statements.
pub async fn insert_all(conn: &Writer, parts: &[&NewPart]) -> Result<(), DbError> {
    let columns = "id, task_id, plan_id, unit_id, unit_sort, sort_plan, sort_due, time_kind, start_on, due_on, clock, clock_from, clock_days, rev";
    let mut insert = Insert::into("programme_part", columns);
    for part in parts {
        let (from, days) = match part.clock {
            Some(Clock::Within { from, days }) => (Some(from.to_string()), Some(i64::from(days))),
            Some(Clock::Before(_) | Clock::By(_)) | None => (None, None),
        };
        insert.row(vals![
            part.id.uuid(),
            part.task,
            part.plan,
            part.unit.uuid(),
            part.unit_sort.as_str(),
            part.sort_plan.as_str(),
            sort_due(part.due_on.as_deref(), &part.sort_plan),
            part.time_kind.as_str(),
            part.start_on.clone(),
            part.due_on.clone(),
            part.clock.map(|clock| clock.code().to_owned()),
            from,
            days,
            1_i64,
        ]);
    }
    insert.run(conn).await
}

/// Bodies that lead a part of a plan or help with one.
pub async fn units_of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<UnitId>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
    }
    let sql = format!(
        "SELECT p.unit_id FROM programme_part p WHERE p.plan_id = $1 AND {THERE} UNION \
         SELECT h.unit_id FROM programme_helper h JOIN programme_task t ON t.id = h.task_id WHERE t.plan_id = $1"
    );
    let rows: Vec<Row> = conn.all(&sql, vals![plan.uuid()]).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// The bodies of the open parts of a plan, each as often as it has one.
pub async fn open_of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<UnitId>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
    }
    let sql = "SELECT unit_id FROM programme_part WHERE plan_id = $1 AND done_on IS NULL AND stopped_on IS NULL ORDER BY unit_sort, id";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// Who has each task of a plan: not those from whom it went elsewhere.
pub async fn leads_of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<(Uuid, UnitId)>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        task_id: Uuid,
        unit_id: Uuid,
    }
    let sql = format!(
        "SELECT p.task_id, p.unit_id FROM programme_part p WHERE p.plan_id = $1 AND {THERE} ORDER BY p.task_id, p.unit_sort, p.id"
    );
    let rows: Vec<Row> = conn.all(&sql, vals![plan.uuid()]).await?;
    Ok(rows.into_iter().map(|row| (row.task_id, UnitId::from_uuid(row.unit_id))).collect())
}

/// Parts that a unit leads, of these plans, in the plans' own order; of all live plans where none is named.
pub async fn of_unit(conn: &Reader, unit: UnitId, plans: &[Uuid]) -> Result<Vec<PartRow>, DbError> {
    let mut values = vals![unit.uuid()];
    values.extend(plans.iter().map(|plan| Value::from(*plan)));
    let of =
        if plans.is_empty() { String::new() } else { format!(" AND p.plan_id IN ({})", db::marks(2, plans.len())) };
    conn.all(
        &format!("{} WHERE p.unit_id = $1 AND l.state = 'live' AND {THERE}{of} ORDER BY p.sort_plan, p.id", select("")),
        values,
    )
    .await
}

/// How many parts each of these units leads, of these plans; of all live plans where none is named.
pub async fn given(conn: &Reader, units: &[Uuid], plans: &[Uuid]) -> Result<HashMap<Uuid, i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
        parts: i64,
    }
    if units.is_empty() {
        return Ok(HashMap::new());
    }
    let values: Vec<Value> = units.iter().chain(plans).map(|id| Value::from(*id)).collect();
    let of = match plans.len() {
        0 => String::new(),
        count => format!(" AND p.plan_id IN ({})", db::marks(units.len() + 1, count)),
    };
    let sql = format!(
        "SELECT p.unit_id, COUNT(*) AS parts FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id \
         WHERE p.unit_id IN ({}) AND l.state = 'live' AND {THERE}{of} GROUP BY p.unit_id",
        db::marks(1, units.len())
    );
    let rows: Vec<Row> = conn.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.unit_id, row.parts)).collect())
}

fn sort_due(due: Option<&str>, sort_plan: &str) -> String {
    format!("{} {sort_plan}", due.unwrap_or("9999-12-31"))
}

pub async fn get(conn: &Reader, id: PartId) -> Result<Option<PartRow>, DbError> {
    conn.one(&format!("{} WHERE p.id = $1", select("")), vals![id.uuid()]).await
}

pub async fn of_task(conn: &Reader, task: Uuid) -> Result<Vec<PartRow>, DbError> {
    conn.all(&format!("{} WHERE p.task_id = $1 ORDER BY p.unit_sort, p.id", select("")), vals![task]).await
}

/// The part as it stays until the act is over.
pub async fn held(conn: &Writer, id: PartId) -> Result<Option<PartRow>, DbError> {
    conn.hold("programme_part", "id = $1", vals![id.uuid()]).await?;
    get(conn, id).await
}

/// [`mark`] of the parts of a plan as they stay until the act is over.
pub async fn held_mark(conn: &Writer, plan: PlanId) -> Result<i64, DbError> {
    conn.hold("programme_part", "plan_id = $1", vals![plan.uuid()]).await?;
    mark(conn, plan).await
}

/// A number that changes with every act on a part of the plan.
pub async fn mark(conn: &Reader, plan: PlanId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) + COALESCE(CAST(SUM(rev) AS bigint), 0) FROM programme_part WHERE plan_id = $1";
    conn.count(sql, vals![plan.uuid()]).await
}

/// Ends the watch over what is open in a plan that was replaced.
pub async fn stop_all(conn: &Writer, plan: kernel::PlanId, day: &str) -> Result<u64, DbError> {
    let sql = "UPDATE programme_part SET stopped_on = $2, stop_kind = 'replaced', rev = rev + 1 \
        WHERE plan_id = $1 AND done_on IS NULL AND stopped_on IS NULL";
    conn.exec(sql, vals![plan.uuid(), day]).await
}

/// Ends what is open in a plan that was withdrawn or disowned; [`withdrawn_resume`] is the undo.
pub async fn withdraw_all(conn: &Writer, plan: kernel::PlanId, day: &str) -> Result<u64, DbError> {
    let sql = "UPDATE programme_part SET stopped_on = $2, stop_kind = 'withdrawn', rev = rev + 1 \
        WHERE plan_id = $1 AND done_on IS NULL AND stopped_on IS NULL";
    conn.exec(sql, vals![plan.uuid(), day]).await
}

pub async fn withdrawn_resume(conn: &Writer, plan: kernel::PlanId) -> Result<u64, DbError> {
    let sql = "UPDATE programme_part SET stopped_on = NULL, stop_kind = NULL, rev = rev + 1 WHERE plan_id = $1 AND stop_kind = 'withdrawn'";
    conn.exec(sql, vals![plan.uuid()]).await
}

/// Writes the fields that an act changed, over revision `rev`; false when somebody else was first.
pub async fn fields_set(conn: &Writer, part: &PartRow, rev: i64, fields: &Fields) -> Result<bool, DbError> {
    let sql = "UPDATE programme_part SET percent = $3, due_on = $4, done_on = $5, done_note = $6, accepted_on = $7, \
        stopped_on = $8, stop_kind = $9, sort_due = $10, clock = $11, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let sort_due = sort_due(fields.due_on.as_deref(), &part.sort_plan);
    let values = vals![
        part.id,
        rev,
        fields.percent,
        fields.due_on.clone(),
        fields.done_on.clone(),
        fields.done_note.as_deref().map(Words::new),
        fields.accepted_on.clone(),
        fields.stopped_on.clone(),
        fields.stop_kind.clone(),
        sort_due,
        fields.clock.clone(),
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// What proves the work is another: who looked at it before must look again. False once it is accepted.
pub async fn evidence_changes(conn: &Writer, id: PartId) -> Result<bool, DbError> {
    let sql = "UPDATE programme_part SET rev = rev + 1 WHERE id = $1 AND accepted_on IS NULL";
    Ok(conn.exec(sql, vals![id.uuid()]).await? == 1)
}

/// The days on which work carried over from a replaced plan was reported done and accepted.
pub async fn done_set(
    conn: &Writer,
    id: PartId,
    (done_on, accepted_on): (&str, Option<&str>),
    note: &str,
) -> Result<(), DbError> {
    let sql = "UPDATE programme_part SET done_on = $2, done_note = $3, accepted_on = $4, percent = 100, rev = rev + 1 WHERE id = $1";
    conn.exec(sql, vals![id.uuid(), done_on, Words::new(note), accepted_on]).await?;
    Ok(())
}

/// An open part whose due day is so many working days after a moment.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Counted {
    pub id: Uuid,
    pub unit_id: Uuid,
    pub sort_plan: String,
    pub due_on: Option<String>,
    pub clock_from: String,
    pub clock_days: i64,
    pub rev: i64,
}

pub async fn counted(conn: &Reader) -> Result<Vec<Counted>, DbError> {
    let sql = "SELECT id, unit_id, sort_plan, due_on, clock_from, clock_days, rev FROM programme_part \
        WHERE clock = 'within' AND done_on IS NULL AND stopped_on IS NULL ORDER BY id";
    conn.all(sql, vals![]).await
}

/// Moves the due day of a counted part, because the calendar has changed; false when somebody was at it meanwhile.
pub async fn due_move(conn: &Writer, part: &Counted, due: &str) -> Result<bool, DbError> {
    let sql = "UPDATE programme_part SET due_on = $2, sort_due = $3, rev = rev + 1 WHERE id = $1 AND rev = $4";
    Ok(conn.exec(sql, vals![part.id, due, sort_due(Some(due), &part.sort_plan), part.rev]).await? == 1)
}
