//! The register of migrations, and the steps of each.

use std::collections::{HashMap, HashSet};

use db::{DbError, Reader, Row as _, Where, Writer, vals};
use derive::Columns;
use jiff::civil::Date;
use kernel::{Code as _, Ctx, PersonId, Problem, Resource, UnitId};
use serde_json::{Value as Json, json};
use webkit::{Act, Cell, Column, Core, Filter, Grounds, Kept, Register, Related, Sort, permitted};

use crate::model::{
    System, SystemHosting, SystemId,
    moves::{Migration, MigrationId, MigrationState, READ, Step, StepId, StepState, Strategy},
};

type Of = Column<Migration>;

/// By which words the journal names one.
pub const NAMED: &str = "SELECT id, name FROM registry_migration WHERE id";

const LATE: &str = "state IN ('planned', 'running', 'cut_over') AND id IN (SELECT migration_id FROM \
    registry_migration_step WHERE state = 'open' AND due_on < {today})";

pub static MIGRATIONS: Register<Migration> = Register {
    paths: webkit::register_paths!("/migrations"),
    rule: &READ,
    grounds: Grounds {
        unit: Related::Today(&Related::Column("owner_id")),
        follows: &[],
        involved: &[
            Related::Today(&Related::Column("runner_id")),
            Related::Today(&Related::Among(
                "system_id",
                "SELECT system_id FROM registry_use WHERE unit_id IN ({units})",
            )),
        ],
        compartment: None,
    },
    resource: |core, conn, row| Box::pin(async move { Ok(row.resource(conn).await?.today(core.bodies().as_ref())) }),
    from: "registry_migration{hint}",
    select: <Migration as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("name", "name_sort", "registry_migration_name_sort_id_idx"),
        Sort::rising("migration-window", "COALESCE(window_begins, '9999-12-31')", "registry_migration_window_order"),
    ],
    filters: &[
        Filter::code::<MigrationState>("state", "state = {}"),
        Filter::code::<Strategy>("strategy", "strategy = {}"),
        Filter::code::<SystemHosting>("to_hosting", "to_hosting = {}").label("migration-to"),
        Filter::unit("owner", "owner_id IN ({units})"),
        Filter::unit("runner", "runner_id IN ({units})").label("migration-runner"),
        Filter::flag("late", LATE).label("migration-late"),
    ],
    columns: &[
        Of::new("name", |row| Cell::Text(row.name.to_string())).label("system-name").by("name"),
        Of::new("owner", |row| Cell::Unit(Some(row.owner_id))),
        Of::new("runner", |row| Cell::Unit(Some(row.runner()))).label("migration-runner").spare(),
        Of::new("strategy", |row| Cell::code(row.strategy)).label("system-strategy"),
        Of::new("state", |row| Cell::state(row.state)).label("migration-state"),
        Of::new("wave", |row| Cell::some(row.wave)).label("migration-wave"),
        Of::new("to_hosting", |row| Cell::code(row.to_hosting)).label("migration-to"),
        Of::new("window_begins", |row| Cell::Day(row.window_begins))
            .label("migration-window-begins")
            .by("migration-window"),
        Of::new("cut_over_on", |row| Cell::Day(row.cut_over_on)).label("migration-cut-over-on").spare(),
        Of::new("ended_on", |row| Cell::Day(row.ended_on)).label("migration-ended-on").spare(),
    ],
    part: None,
    href: |row| format!("/migrations/{}", row.id),
    acts: &[
        Act::new("migration.read", "migration-waves", "/migrations/waves"),
        Act::new("migration.read", "migration-checklists", "/migrations/checklists"),
    ],
};

impl Kept for Migration {
    const REGISTER: &'static Register<Self> = &MIGRATIONS;
    const KEEP: &'static str = "migration.run";

    fn kept(&self) -> Resource {
        let involved = self.runner_id.into_iter().collect();
        Resource { id: self.id.to_string(), involved, ..Resource::kept("Migration", self.owner_id) }
    }

    fn detail(&self) -> Json {
        json!({
            "system": self.system_id.to_string(), "strategy": self.strategy.code(), "state": self.state.code(),
            "from": self.from_hosting.code(), "to": self.to_hosting.code(),
        })
    }
}

/// The steps of a project in their order, those of going back last.
pub async fn steps(conn: &Reader, id: MigrationId) -> Result<Vec<Step>, DbError> {
    Step::find(conn, "WHERE migration_id = $1 ORDER BY part DESC, place, id", vals![id.uuid()]).await
}

/// The projects of a system, the newest first.
pub async fn of_system(conn: &Reader, id: SystemId) -> Result<Vec<Migration>, DbError> {
    Migration::find(conn, "WHERE system_id = $1 ORDER BY id DESC", vals![id.uuid()]).await
}

/// How far a project is, and when its system may stop.
#[derive(Debug, Clone, Copy, Columns)]
pub struct HowFar {
    pub id: MigrationId,
    pub system_id: SystemId,
    pub state: MigrationState,
    pub window_begins: Option<Date>,
    pub window_ends: Option<Date>,
}

impl HowFar {
    /// The first and the last day, where anybody has said them.
    pub fn window(&self) -> Option<(Date, Date)> {
        self.window_begins.map(|begins| (begins, self.window_ends.unwrap_or(begins)))
    }
}

/// The projects that the reader sees, but for those that were cancelled, the newest of a system last.
pub async fn newest(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<HowFar>, DbError> {
    let mut list = Where::default();
    if !ctx.actor.is_trusted() {
        let authorizer = core.authorizer();
        let reach = |held| authorizer.reach(ctx, held);
        permitted(&READ, &MIGRATIONS.grounds, authorizer.compartments(), reach, conn.is_sqlite(), &mut list);
    }
    list.and("state <> 'cancelled'");
    let columns = "id, system_id, state, window_begins, window_ends";
    conn.all(&format!("SELECT {columns} FROM registry_migration{} ORDER BY id", list.sql()), list.values).await
}

/// A system that is being moved.
#[derive(Debug, Clone, Columns)]
struct Moving {
    system_id: SystemId,
}

/// The systems whose projects are started, and not accepted yet.
pub async fn under_way(conn: &Reader) -> Result<HashSet<SystemId>, DbError> {
    let sql = "SELECT system_id FROM registry_migration WHERE state IN ('running', 'cut_over')";
    let rows: Vec<Moving> = conn.all(sql, vals![]).await?;
    Ok(rows.into_iter().map(|row| row.system_id).collect())
}

/// The projects of a system that was given away are its new owner's, and so are the open steps that the old one had.
pub async fn given_over(conn: &Writer, id: SystemId, (from, to): (UnitId, UnitId)) -> Result<(), Problem> {
    for row in of_system(conn, id).await? {
        let own = steps(conn, row.id).await?.into_iter();
        let own = own.filter(|step| step.state == StepState::Open && step.unit_id == Some(from));
        for step in own {
            Step { unit_id: Some(to), person_id: None, ..step }.keep(conn).await?;
        }
        // Somebody of the old owner leads it no more; of the body that carries it out, they still may.
        let leader_id = row.leader_id.filter(|_| row.runner_id.is_some() || !row.state.is_open());
        Migration { owner_id: to, leader_id, ..row }.keep(conn).await?;
    }
    Ok(())
}

/// What an accepted migration, or one that is rolled back, makes of its system.
pub async fn system_becomes(conn: &Writer, system: &System) -> Result<u64, DbError> {
    let sql = "UPDATE registry_system SET hosting = $1, state = $2, since = $3, operating_since = $4, rev = rev + 1 \
        WHERE id = $5";
    let day = system.operating_since.map(|day| day.to_string());
    conn.exec(sql, vals![system.hosting.code(), system.state.code(), system.since, day, system.id.uuid()]).await
}

/// An open step as lists of what is to be done have it.
#[derive(Debug, Clone, Columns)]
pub struct DueStep {
    pub id: StepId,
    pub migration_id: MigrationId,
    pub code: String,
    pub step: String,
    pub system: String,
    pub unit_id: Option<UnitId>,
    pub owner_id: UnitId,
    pub due_on: Date,
}

const DUE: &str = "SELECT s.id AS id, s.migration_id AS migration_id, s.code AS code, s.name AS step, m.name AS system, \
    s.unit_id AS unit_id, m.owner_id AS owner_id, s.due_on AS due_on \
    FROM registry_migration_step s JOIN registry_migration m ON m.id = s.migration_id \
    WHERE s.state = 'open' AND s.due_on IS NOT NULL AND (s.part = 'return' AND m.state = 'rolled_back' \
    OR s.part = 'work' AND m.state IN ('planned', 'running', 'cut_over'))";

/// Open steps that these units have, or this person, due up to a day; the earliest first.
pub async fn due_of(
    conn: &Reader,
    units: &[UnitId],
    person: Option<PersonId>,
    until: Date,
) -> Result<Vec<DueStep>, DbError> {
    let mut list = Where::default();
    let last = list.bind(until.to_string());
    let units = list.list(units.iter().map(UnitId::uuid));
    let person = list.list(person.iter().map(PersonId::uuid));
    let sql = format!(
        "{DUE} AND s.due_on <= {last} AND (COALESCE(s.unit_id, m.owner_id) IN ({units}) OR s.person_id IN ({person})) \
         ORDER BY s.due_on, s.id"
    );
    conn.all(&sql, list.values).await
}

/// Open steps that fall due on one of these days.
pub async fn due_on(conn: &Reader, days: &[Date]) -> Result<Vec<DueStep>, DbError> {
    let mut list = Where::default();
    let days = list.list(days.iter().map(Date::to_string));
    conn.all(&format!("{DUE} AND s.due_on IN ({days}) ORDER BY s.due_on, s.id"), list.values).await
}

/// Moved systems that wait for their acceptance; whoever did a step of one is among its hands, too.
pub async fn to_accept(conn: &Reader) -> Result<Vec<Migration>, DbError> {
    let done = "WHERE done_by IS NOT NULL AND migration_id IN \
        (SELECT id FROM registry_migration WHERE state = 'cut_over') ORDER BY id";
    let mut doers: HashMap<MigrationId, Vec<String>> = HashMap::new();
    for step in Step::find(conn, done, vals![]).await? {
        doers.entry(step.migration_id).or_default().extend(step.done_by);
    }
    let rows = Migration::find(conn, "WHERE state = 'cut_over' ORDER BY id", vals![]).await?;
    let by = |row: Migration| {
        let hands = doers.get(&row.id).into_iter().flatten();
        hands.fold(row, |row, hand| row.by(hand))
    };
    Ok(rows.into_iter().map(by).collect())
}
