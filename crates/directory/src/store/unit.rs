//! Units, and the stamp that tells other processes that the tree has changed.

use std::collections::HashMap;

use db::{DbError, Reader, Row, Words, Writer, vals};
use kernel::{Ground, Resource, Rule, UnitId, text};
use webkit::{Act, Cell, Column, Filter, Grounds, Register, Related, Sort};

use crate::model::unit::{Unit, UnitKind};

const READ: Rule = Rule { action: "unit.read", kind: "Installation", grounds: &[Ground::Everyone] };
pub const RULES: &[Rule] = &[READ];
type Of = Column<Unit>;

/// Units that one statement asks for.
const AT_ONCE: usize = 500;

pub static UNITS: Register<Unit> = Register {
    paths: webkit::register_paths!("/units"),
    rule: &READ,
    grounds: Grounds { unit: Related::Column("id"), follows: &[], involved: &[], compartment: None },
    resource: |_, _, _| Box::pin(async { Ok(Resource::installation()) }),
    from: "directory_unit{hint}",
    select: <Unit as Row>::READ,
    id: "id",
    folded: "name_fold",
    sorts: &[
        Sort::rising("name", "name_sort", "directory_unit_name_sort_id_idx"),
        Sort::rising("unit-code", "COALESCE(code, area_code, '')", "directory_unit_code_order"),
        Sort::falling("unit-from", "valid_from", "directory_unit_valid_from_id_idx"),
    ],
    filters: &[Filter::code::<UnitKind>("kind", "kind = {}")],
    columns: &[
        Of::new("name", |unit| Cell::Text(unit.name.clone())).label("unit-name").by("name"),
        Of::new("kind", |unit| Cell::code(unit.kind)).label("unit-kind"),
        Of::new("code", |unit| Cell::some(unit.code.as_ref().or(unit.area_code.as_ref())))
            .label("unit-code")
            .by("unit-code"),
        Of::new("parent", |unit| Cell::Unit(unit.parent)).label("unit-parent"),
        Of::new("valid_from", |unit| Cell::Day(Some(unit.valid_from))).label("unit-valid-from").by("unit-from"),
        Of::new("valid_to", |unit| Cell::Day(unit.valid_to)).label("unit-valid-to"),
        Of::new("successor", |unit| Cell::Unit(unit.successor)).label("unit-successor").spare(),
    ],
    part: None,
    href: |unit| format!("/units/{}", unit.id),
    acts: &[
        Act::new("unit.edit", "add-unit", "/units/new"),
        Act::new("unit.import", "import-list", "/units/import"),
        Act::new("unit.read", "aliases", "/aliases"),
    ],
};

pub async fn all(conn: &Reader) -> Result<Vec<Unit>, DbError> {
    Unit::find(conn, "", vals![]).await
}

/// As it is stored: a name is typed by people.
fn masked(unit: &Unit) -> Unit {
    let words = |text: &str| Words::new(text).into_string();
    Unit { name: words(&unit.name), short_name: words(&unit.short_name), ..unit.clone() }
}

pub async fn insert(conn: &Writer, unit: &Unit) -> Result<(), DbError> {
    insert_all(conn, &[unit]).await
}

/// Of units that stand below each other the upper comes first.
pub async fn insert_all(conn: &Writer, units: &[&Unit]) -> Result<(), DbError> {
    let units: Vec<Unit> = units.iter().map(|unit| masked(unit)).collect();
    Row::insert_all(conn, &units).await
}

/// Saves over revision `unit.rev`; false when somebody else was first.
pub async fn update(conn: &Writer, unit: &Unit) -> Result<bool, DbError> {
    update_all(conn, &[unit]).await
}

/// The same of many, one after the other. What one of them no longer shares with a twin it has to itself.
pub async fn update_all(conn: &Writer, units: &[&Unit]) -> Result<bool, DbError> {
    let twins = twins(conn, units).await?;
    for unit in units {
        if !masked(unit).save(conn).await? {
            return Ok(false);
        }
        if let Some(twin) = twins.get(&unit.id) {
            let parted = "UPDATE directory_unit SET code_twin_of = CASE WHEN code = $2 THEN code_twin_of END, \
                name_twin_of = CASE WHEN name_sort = $3 THEN name_twin_of END WHERE id = $1";
            conn.exec(parted, vals![twin.id.uuid(), twin.code.clone(), text::sort_key(&twin.name)]).await?;
        }
    }
    Ok(true)
}

/// Those of them that share a code or a name with another one, as they are now; not those whose names this act let go.
async fn twins(conn: &Reader, units: &[&Unit]) -> Result<HashMap<UnitId, Unit>, DbError> {
    let mut out = HashMap::new();
    for some in units.chunks(AT_ONCE) {
        let marks = db::marks(1, some.len());
        let twin = format!("WHERE id IN ({marks}) AND (code_twin_of IS NOT NULL OR name_twin_of <> id)");
        let values = some.iter().map(|unit| unit.id.uuid().into()).collect();
        out.extend(Unit::find(conn, &twin, values).await?.into_iter().map(|unit| (unit.id, unit)));
    }
    Ok(out)
}

pub async fn stamp(conn: &Reader) -> Result<i64, DbError> {
    conn.count("SELECT value FROM directory_stamp WHERE name = 'tree'", vals![]).await
}

/// Whoever changes units or posts meets here, so that what is decided from many rows is decided from those that will be.
pub async fn lock(conn: &Writer) -> Result<(), DbError> {
    conn.exec("INSERT INTO directory_stamp (name, value) VALUES ('tree', 0) ON CONFLICT (name) DO NOTHING", vals![])
        .await?;
    conn.hold("directory_stamp", "name = 'tree'", vals![]).await
}

/// Marks the tree as changed, in the act that changes it.
pub async fn stamp_bump(conn: &Writer) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_stamp (name, value) VALUES ('tree', 1) ON CONFLICT (name) DO UPDATE SET value = directory_stamp.value + 1";
    conn.exec(sql, vals![]).await?;
    Ok(())
}

/// Frees the names of these units inside an act that moves them; [`names_hold`] ends it.
pub async fn names_let_go(conn: &Writer, ids: &[UnitId]) -> Result<(), DbError> {
    names(conn, ids, "SET name_twin_of = id", "name_twin_of IS NULL").await
}

pub async fn names_hold(conn: &Writer, ids: &[UnitId]) -> Result<(), DbError> {
    names(conn, ids, "SET name_twin_of = NULL", "name_twin_of = id").await
}

async fn names(conn: &Writer, ids: &[UnitId], set: &str, of: &str) -> Result<(), DbError> {
    for some in ids.chunks(AT_ONCE) {
        let marks = db::marks(1, some.len());
        let sql = format!("UPDATE directory_unit {set} WHERE id IN ({marks}) AND {of}");
        conn.exec(&sql, some.iter().map(|id| id.uuid().into()).collect()).await?;
    }
    Ok(())
}
