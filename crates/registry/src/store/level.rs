//! The register of level dossiers, their controls, and what is known of systems that need one.

use db::{DbError, Reader, Row as _, Where, Writer, marks, vals};
use jiff::{Timestamp, civil::Date};
use kernel::{Code as _, Problem, Resource, Scope, UnitId};
use serde_json::{Value as Json, json};
use webkit::{Act, Cell, Column, Filter, Grounds, Kept, Register, Related, Sort};

use crate::model::{
    System, SystemId, SystemKind,
    level::{Control, Dossier, DossierId, DossierState, Known, Overrule, READ},
    made_at,
};

type Of = Column<Dossier>;

/// By which words the journal names one.
pub const NAMED: &str = "SELECT id, name FROM registry_dossier WHERE id";

fn level(text: &str) -> Option<String> {
    matches!(text.trim(), "1" | "2" | "3" | "4" | "5").then(|| text.trim().to_owned())
}

pub static DOSSIERS: Register<Dossier> = Register {
    paths: webkit::register_paths!("/levels"),
    rule: &READ,
    grounds: Grounds {
        unit: Related::Today(&Related::Column("owner_id")),
        follows: &[],
        involved: &[Related::Today(&Related::Column("reviewer_id"))],
        compartment: None,
    },
    resource: |core, _, row| Box::pin(async move { Ok(row.kept().today(core.bodies().as_ref())) }),
    from: "registry_dossier{hint}",
    select: <Dossier as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("name", "name_sort", "registry_dossier_name_sort_id_idx"),
        Sort::rising("level-check", "COALESCE(check_by, '9999-12-31')", "registry_dossier_check_order"),
    ],
    filters: &[
        Filter::code::<DossierState>("state", "state = {}"),
        Filter::text("level", "level = CAST({} AS BIGINT)", level).label("level-number"),
        Filter::unit("owner", "owner_id IN ({units})"),
        Filter::unit("reviewer", "reviewer_id IN ({units})").label("level-reviewer"),
        Filter::flag("expired", "valid_through < {today}").label("level-expired"),
        Filter::flag("unchecked", "check_by < {today}").label("level-unchecked"),
    ],
    columns: &[
        Of::new("name", |row| Cell::Text(row.name.to_string())).label("system-name").by("name"),
        Of::new("owner", |row| Cell::Unit(Some(row.owner_id))),
        Of::new("level", |row| Cell::some(Some(row.level))).label("level-number"),
        Of::new("state", |row| match row.valid_through {
            Some(last) => Cell::state(row.state).until(last, "level-expired"),
            None => Cell::state(row.state),
        })
        .label("level-state"),
        Of::new("reviewer", |row| Cell::Unit(row.reviewer_id)).label("level-reviewer"),
        Of::new("number", |row| Cell::some(row.number.as_deref())).label("level-decision").spare(),
        Of::new("approved_on", |row| Cell::Day(row.approved_on)).label("level-approved-on"),
        Of::new("recorded_on", |row| Cell::Day(row.recorded_on)).label("level-recorded-on").spare(),
        Of::new("valid_through", |row| Cell::Day(row.valid_through)).label("level-valid-through"),
        Of::new("check_by", |row| match row.check_by {
            Some(by) => Cell::Day(Some(by)).until(by, "level-unchecked"),
            None => Cell::Day(None),
        })
        .label("level-check-by")
        .by("level-check"),
    ],
    part: None,
    href: |row| format!("/levels/{}", row.id),
    acts: &[
        Act::new("level.keep", "level-start", "/systems"),
        Act::new("level.read", "level-faults", "/levels/faults"),
    ],
};

impl Kept for Dossier {
    const REGISTER: &'static Register<Self> = &DOSSIERS;
    const KEEP: &'static str = "level.keep";

    fn kept(&self) -> Resource {
        let involved = self.reviewer_id.into_iter().collect();
        Resource { id: self.id.to_string(), involved, ..Resource::kept("Dossier", self.owner_id) }
    }

    fn detail(&self) -> Json {
        json!({ "system": self.system_id.to_string(), "level": self.level, "state": self.state.code() })
    }
}

/// What is said of the controls of a dossier.
pub async fn controls(conn: &Reader, id: DossierId) -> Result<Vec<Control>, DbError> {
    Control::find(conn, "WHERE dossier_id = $1 ORDER BY id", vals![id.uuid()]).await
}

/// The dossiers of a system, the newest first.
pub async fn of_system(conn: &Reader, id: SystemId) -> Result<Vec<Dossier>, DbError> {
    Dossier::find(conn, "WHERE system_id = $1 ORDER BY id DESC", vals![id.uuid()]).await
}

/// The same of many, in few statements.
pub async fn of_systems(conn: &Reader, ids: &[SystemId]) -> Result<Vec<Dossier>, DbError> {
    const AT_ONCE: usize = 5000;
    let mut out = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let tail = format!("WHERE system_id IN ({}) ORDER BY system_id, id DESC", marks(1, some.len()));
        out.extend(Dossier::find(conn, &tail, some.iter().map(|id| id.uuid().into()).collect()).await?);
    }
    Ok(out)
}

/// What brings a dossier up to date. A check, a file that is taken away or an act that is taken back does not.
const RENEWS: &[&str] =
    &["level.propose", "level.controls", "level.proof", "level.send", "level.appraise", "level.approve"];

/// Entries of one dossier that are looked at, the newest.
const ENTRIES: i64 = 100;

/// Whether one of them was begun, changed or approved since this moment, as the journal has it.
pub async fn is_renewed(conn: &Reader, id: SystemId, since: Option<Timestamp>) -> Result<bool, DbError> {
    let since = since.unwrap_or(Timestamp::MIN);
    for row in of_system(conn, id).await? {
        let entries = db::ledger_page(conn, Some(&row.id.to_string()), None, ENTRIES).await?;
        let mut later = entries.iter().take_while(|entry| entry.at >= since.as_microsecond());
        // What was taken over from its paper is entered on the system.
        let is_new = made_at(&row.id).is_some_and(|made| made >= since);
        if is_new || later.any(|entry| RENEWS.contains(&entry.action.as_str())) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The exceptions by which a system operates, the newest first.
pub async fn overrules_of(conn: &Reader, id: SystemId) -> Result<Vec<Overrule>, DbError> {
    Overrule::find(conn, "WHERE system_id = $1 ORDER BY id DESC", vals![id.uuid()]).await
}

/// The dossiers of a system that was given away are its new owner's.
pub async fn given_over(conn: &Writer, id: SystemId, to: UnitId) -> Result<(), Problem> {
    for row in of_system(conn, id).await? {
        Dossier { owner_id: to, ..row }.keep(conn).await?;
    }
    Ok(())
}

/// The approved level of a system, and until when.
pub async fn system_gets(
    conn: &Writer,
    id: SystemId,
    (level, until): (Option<i64>, Option<Date>),
) -> Result<u64, DbError> {
    let sql = "UPDATE registry_system SET level = $1, level_until = $2, rev = rev + 1 WHERE id = $3";
    conn.exec(sql, vals![level, until.map(|day| day.to_string()), id.uuid()]).await
}

/// A system operates by a leader's word, since when this says.
pub async fn system_operates(conn: &Writer, system: &System) -> Result<u64, DbError> {
    let sql = "UPDATE registry_system SET state = CASE WHEN state = 'retiring' THEN state ELSE 'operating' END, \
        since = $1, operating_since = $2, rev = rev + 1 WHERE id = $3";
    let day = system.operating_since.map(|day| day.to_string());
    conn.exec(sql, vals![system.since, day, system.id.uuid()]).await
}

/// Cuts a list down to the owners within reach, or to some of them.
fn owners(list: &mut Where, reach: &Scope, some: Option<&[UnitId]>) {
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(UnitId::uuid));
        list.and(&format!("owner_id IN ({units})"));
    }
    if let Some(some) = some {
        let units = list.list(some.iter().map(UnitId::uuid));
        list.and(&format!("owner_id IN ({units})"));
    }
}

/// Systems that need a level: what bodies own and use, but for what holds state secrets, gone ones and mistakes.
fn needing(reach: &Scope, some: Option<&[UnitId]>) -> Where {
    let mut list = Where::default();
    owners(&mut list, reach, some);
    let kinds = list.list(SystemKind::MAIN.map(|kind| kind.code().to_owned()));
    list.and(&format!("kind IN ({kinds})"));
    list.and("state NOT IN ('retired', 'mistaken') AND COALESCE(state_secret, 'unknown') <> 'yes'");
    list
}

async fn found(conn: &Reader, list: Where) -> Result<Vec<Known>, DbError> {
    let sql = format!(
        "SELECT id, owner_id, name, kind, state, since, operating_since, (SELECT COUNT(*) FROM registry_overrule o \
         WHERE o.system_id = registry_system.id) AS overruled FROM registry_system{} ORDER BY name_sort, id",
        list.sql()
    );
    conn.all(&sql, list.values).await
}

/// Those within reach.
pub async fn known(conn: &Reader, reach: &Scope, some: Option<&[UnitId]>) -> Result<Vec<Known>, DbError> {
    found(conn, needing(reach, some)).await
}

/// Those of some owners, or of all, that operate and whose level nobody ever approved.
pub async fn missing(conn: &Reader, some: Option<&[UnitId]>) -> Result<Vec<Known>, DbError> {
    let mut list = needing(&Scope { everything: true, ..Scope::default() }, some);
    list.and("state IN ('operating', 'retiring')");
    list.and(
        "NOT EXISTS (SELECT 1 FROM registry_dossier d WHERE d.system_id = registry_system.id AND d.state = 'approved')",
    );
    found(conn, list).await
}

/// Their dossiers, by system.
pub async fn dossiers(conn: &Reader, reach: &Scope, some: Option<&[UnitId]>) -> Result<Vec<Dossier>, DbError> {
    let mut list = Where::default();
    owners(&mut list, reach, some);
    let tail = format!("WHERE system_id IN (SELECT id FROM registry_system{}) ORDER BY system_id, id", list.sql());
    Dossier::find(conn, &tail, list.values).await
}

/// Their system is neither gone nor a mistake: of one that is they wait for nobody.
const LIVE: &str = "EXISTS (SELECT 1 FROM registry_system s WHERE s.id = registry_dossier.system_id \
    AND s.state NOT IN ('retired', 'mistaken'))";

/// The live dossiers that some units keep or appraise, or all of them.
pub async fn live(conn: &Reader, some: Option<&[UnitId]>) -> Result<Vec<Dossier>, DbError> {
    let mut list = Where::default();
    list.and(LIVE);
    if let Some(some) = some {
        let units = list.list(some.iter().map(UnitId::uuid));
        list.and(&format!("owner_id IN ({units}) OR reviewer_id IN ({units})"));
    }
    Dossier::find(conn, &format!("{} ORDER BY id", list.sql()), list.values).await
}

/// Live dossiers in one of these states that wait for somebody of these units: as who keeps them, or as who appraises them.
pub async fn waiting(
    conn: &Reader,
    units: &[UnitId],
    column: &'static str,
    states: &[DossierState],
) -> Result<Vec<Dossier>, DbError> {
    let mut list = Where::default();
    let units = list.list(units.iter().map(UnitId::uuid));
    let states = list.list(states.iter().map(|state| state.code().to_owned()));
    let tail = format!("WHERE {column} IN ({units}) AND state IN ({states}) AND {LIVE} ORDER BY id");
    Dossier::find(conn, &tail, list.values).await
}

/// Live dossiers that wait for the decision that approves them.
pub async fn to_approve(conn: &Reader) -> Result<Vec<Dossier>, DbError> {
    Dossier::find(conn, &format!("WHERE state = 'appraised' AND {LIVE} ORDER BY id"), vals![]).await
}
