//! The inventory taken along: as a workbook that can be taken in again, as JSON, as a CycloneDX list of services and components.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use db::{Reader, Row as _, vals};
use jiff::civil::Date;
use kernel::{Code as _, Ctx, Lang, Problem, UnitId, code::words_key, day};
use serde_json::{Map, Value as Json, json};
use webkit::{Core, FieldKind, Kept as _, Record as _, SheetRoom};

use super::{
    link::{PROVIDED_BY, USED_BY},
    named::Names,
    relate::{COLUMNS, is_fit},
};
use crate::{
    model::{Component, LinkKind, MAP, Relation, System, SystemId, SystemKind},
    store::links,
};

/// The heads of what only the program writes: a list that is taken in says nothing of it.
pub const OWN_HEADS: [&str; 3] = ["system-level", "system-level-ends", "system-strategy"];

/// Every record that the actor may see, by name.
pub async fn systems(core: &Core, ctx: &Ctx) -> Result<Vec<System>, Problem> {
    let conn = core.db().read();
    System::all_seen(core, ctx, &conn, System::find(&conn, "ORDER BY name_sort, id", vals![]).await?).await
}

/// How these stand to one another and who uses them, as far as the actor may know it.
struct Beside<'a> {
    /// From each to which, by the code of the relation or of who provides its place.
    relations: HashMap<SystemId, Vec<(&'static str, &'a System)>>,
    users: HashMap<SystemId, Vec<UnitId>>,
}

impl<'a> Beside<'a> {
    async fn of(core: &Core, ctx: &Ctx, conn: &Reader, systems: &[&'a System]) -> Result<Self, Problem> {
        let open: HashMap<SystemId, &'a System> =
            systems.iter().filter(|system| !system.is_veiled()).map(|system| (system.id, *system)).collect();
        let must_know = |system: &&&System| core.check_today(ctx, MAP.action, system.network()).is_ok();
        let known: Vec<SystemId> = open.values().filter(must_know).map(|system| system.id).collect();
        let mut relations: HashMap<SystemId, Vec<(&'static str, &'a System)>> = HashMap::new();
        for one in links::relations_from(conn, &known).await? {
            let other = open.get(&one.to_id).map(|other| (one.kind.code(), *other));
            relations.entry(one.from_id).or_default().extend(other);
        }
        for system in open.values() {
            let provider = system.provider_id.and_then(|id| open.get(&id)).map(|other| (PROVIDED_BY, *other));
            relations.entry(system.id).or_default().extend(provider);
        }
        for all in relations.values_mut() {
            all.sort_by(|(kind, one), (other_kind, other)| {
                (kind, &*one.name, one.id).cmp(&(other_kind, &*other.name, other.id))
            });
        }
        let mut users: HashMap<SystemId, Vec<UnitId>> = HashMap::new();
        for one in links::uses_of(conn, &open.keys().copied().collect::<Vec<_>>()).await? {
            users.entry(one.system_id).or_default().push(one.unit_id);
        }
        Ok(Self { relations, users })
    }

    fn relations(&self, of: &System) -> &[(&'static str, &'a System)] {
        self.relations.get(&of.id).map(Vec::as_slice).unwrap_or_default()
    }

    fn users(&self, of: &System) -> &[UnitId] {
        self.users.get(&of.id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The heads and lines of a workbook that says what the records say: each column by which a list is read, and behind
/// them what only the program writes. What was merged is said by the record that stays.
pub async fn lines(core: &Core, ctx: &Ctx, systems: &[System]) -> Result<(Vec<String>, Vec<Vec<String>>), Problem> {
    let text = |key: &str| core.locales().text(ctx.lang, key, &[]);
    let systems: Vec<&System> = systems.iter().filter(|system| system.merged_into.is_none()).collect();
    let beside = Beside::of(core, ctx, &core.db().read(), &systems).await?;
    let names = Names::new(core.bodies().as_ref(), &[], systems.iter().copied());
    let bodies = systems.iter().flat_map(|system| [Some(system.owner_id), system.operator_id]).flatten();
    let bodies: HashSet<UnitId> = bodies.chain(beside.users.values().flatten().copied()).collect();
    let written = |unit: UnitId| (unit, core.bodies().written(unit, ctx.today()));
    let bodies: HashMap<UnitId, String> = bodies.into_iter().map(written).collect();
    let body = |unit: UnitId| bodies.get(&unit).cloned().unwrap_or_default();
    let heads = System::FIELDS.iter().chain(&COLUMNS).map(|field| field.label).chain(OWN_HEADS);
    let day = |day: Date| day::show(day, Lang::Vi);
    let line = |system: &&System| {
        let said = system.answers();
        let cell = |field: &webkit::Field| {
            let word = said.text(field.name);
            match field.kind {
                _ if word.is_empty() => String::new(),
                FieldKind::Unit => word.parse::<UnitId>().map(body).unwrap_or_default(),
                FieldKind::Code(_, key) => text(&words_key(key, word)),
                FieldKind::Day => word.parse::<Date>().map_or_else(|_| word.to_owned(), day),
                _ => word.to_owned(),
            }
        };
        let named = |column: &webkit::Field| {
            let mut all: Vec<String> = if column.name == USED_BY {
                beside.users(system).iter().map(|unit| body(*unit)).collect()
            } else {
                let own = beside.relations(system).iter().filter(|(kind, _)| *kind == column.name);
                own.map(|(kind, other)| called(&names, system, kind, other)).collect()
            };
            all.sort_unstable();
            all.join("; ")
        };
        let own = [
            system.level.filter(|level| *level > 0).map(|level| level.to_string()),
            system.level_until.map(day),
            system.strategy.as_deref().map(|code| text(&words_key("system-strategy", code))),
        ];
        let own = own.map(Option::unwrap_or_default);
        System::FIELDS.iter().map(cell).chain(COLUMNS.iter().map(named)).chain(own).collect()
    };
    Ok((heads.map(text).collect(), systems.iter().map(line).collect()))
}

/// What another system is called on the line of one, so that it is found again: by its name, else by its code.
fn called(names: &Names<'_>, of: &System, kind: &str, other: &System) -> String {
    let is_meant = |text: &&str| names.meant(text, of, |system| is_fit(kind, system)) == Ok(other.id);
    let code = || other.code.as_deref().filter(is_meant);
    let name = Some(&*other.name).filter(|name| !name.contains(';')).filter(is_meant);
    name.or_else(code).unwrap_or(&other.name).to_owned()
}

/// Workbooks of them: as many as it takes for each to be taken in again.
pub async fn workbooks(core: &Core, ctx: &Ctx, systems: &[System]) -> Result<Vec<Vec<u8>>, Problem> {
    let (heads, lines) = lines(core, ctx, systems).await?;
    let parts = parts(&heads, &lines, SheetRoom::READ);
    parts.into_iter().map(|lines| webkit::export::xlsx("Hệ thống", &heads, lines)).collect()
}

/// The lines, parted so that each part is read with its heads.
fn parts<'a>(heads: &[String], lines: &'a [Vec<String>], room: SheetRoom) -> Vec<&'a [Vec<String>]> {
    let text = |line: &[String]| line.iter().map(String::len).sum::<usize>();
    let most = room.rows.min(room.cells / heads.len().max(1)).saturating_sub(1).max(1);
    let (mut out, mut from, mut size) = (Vec::new(), 0, text(heads));
    for (at, line) in lines.iter().enumerate() {
        let own = text(line);
        if at - from == most || (at > from && size + own > room.text) {
            out.push(&lines[from..at]);
            (from, size) = (at, text(heads));
        }
        size += own;
    }
    out.push(&lines[from..]);
    out
}

/// The records as they are, each with how it stands to others and who uses it.
pub async fn whole(core: &Core, ctx: &Ctx, systems: &[System]) -> Result<Json, Problem> {
    let systems: Vec<&System> = systems.iter().collect();
    let beside = Beside::of(core, ctx, &core.db().read(), &systems).await?;
    let relation = |(kind, other): &(&'static str, &System)| {
        let (system, name) = (other.id.to_string(), &*other.name);
        json!({ "kind": kind, "system": system, "name": name })
    };
    let user = |unit: &UnitId| {
        let name = core.bodies().body(*unit).map(|body| body.name);
        json!({ "unit": unit.to_string(), "name": name })
    };
    let one = |system: &&System| -> Result<Json, Problem> {
        let mut one = serde_json::to_value(system).map_err(Problem::internal)?;
        one["relations"] = beside.relations(system).iter().map(relation).collect();
        one["used_by"] = beside.users(system).iter().map(user).collect();
        Ok(one)
    };
    let systems = systems.iter().map(one).collect::<Result<Vec<Json>, Problem>>()?;
    Ok(json!({ "systems": systems }))
}

/// Systems as CycloneDX 1.6 has them: what people use are services, what they stand on are components, and what needs what
/// are dependencies. What needs what, and what a system is built of, only where the actor must know it.
pub async fn cyclonedx(core: &Core, ctx: &Ctx, systems: &[System]) -> Result<Json, Problem> {
    let conn = core.db().read();
    let live = || systems.iter().filter(|system| system.is_live() && !system.is_veiled());
    let there: BTreeSet<SystemId> = live().map(|system| system.id).collect();
    let must_know = |system: &&System| core.check_today(ctx, MAP.action, system.network()).is_ok();
    let known: Vec<SystemId> = live().filter(must_know).map(|system| system.id).collect();
    let mut needs: BTreeMap<SystemId, BTreeSet<String>> = BTreeMap::new();
    let is_need = |one: &Relation| one.kind != LinkKind::CoveredBy && there.contains(&one.to_id);
    for one in links::relations_from(&conn, &known).await?.into_iter().filter(is_need) {
        needs.entry(one.from_id).or_default().insert(one.to_id.to_string());
    }
    let parts = links::components_of(&conn, &known).await?;
    for one in &parts {
        needs.entry(one.system_id).or_default().insert(one.id.to_string());
    }
    let owner = |system: &System| core.bodies().body(system.owner_id).map(|body| body.name).unwrap_or_default();
    let (mut services, mut components) = (Vec::new(), Vec::new());
    for system in live() {
        let mut one = Map::new();
        one.insert("bom-ref".into(), json!(system.id.to_string()));
        one.insert("name".into(), json!(system.name));
        if let Some(purpose) = &system.purpose {
            one.insert("description".into(), json!(purpose));
        }
        let properties = [
            ("dinh:kind", system.kind.code()),
            ("dinh:state", system.state.code()),
            ("dinh:hosting", system.hosting.code()),
        ];
        let properties = properties.map(|(name, value)| json!({ "name": name, "value": value }));
        one.insert("properties".into(), json!(properties));
        if matches!(system.kind, SystemKind::InformationSystem | SystemKind::Service) {
            one.insert("provider".into(), json!({ "name": owner(system) }));
            if let Some(address) = &system.address {
                one.insert("endpoints".into(), json!([address]));
            }
            services.push(Json::Object(one));
        } else {
            one.insert("type".into(), json!(component_type(system.kind)));
            one.insert("supplier".into(), json!({ "name": owner(system) }));
            components.push(Json::Object(one));
        }
    }
    components.extend(parts.iter().map(part));
    let needs = |system: &System| {
        let on: Vec<&String> = needs.get(&system.id).into_iter().flatten().collect();
        json!({ "ref": system.id.to_string(), "dependsOn": on })
    };
    let dependencies: Vec<Json> = live().map(needs).collect();
    Ok(json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "services": services, "components": components, "dependencies": dependencies,
    }))
}

/// What a maker's list names.
fn part(one: &Component) -> Json {
    let mut part = json!({ "type": "library", "bom-ref": one.id.to_string(), "name": one.name });
    for (key, text) in [("version", &one.version), ("purl", &one.purl)] {
        if !text.is_empty() {
            part[key] = json!(text);
        }
    }
    part
}

/// As the format calls it.
fn component_type(kind: SystemKind) -> &'static str {
    match kind {
        SystemKind::Database => "data",
        SystemKind::Platform | SystemKind::CloudService => "platform",
        SystemKind::Server | SystemKind::VirtualMachine | SystemKind::Network | SystemKind::DataCentre => "device",
        SystemKind::Component => "library",
        SystemKind::InformationSystem | SystemKind::Service | SystemKind::Contract | SystemKind::Provider => {
            "application"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(lines: &[Vec<String>], room: SheetRoom) -> Vec<usize> {
        let heads = ["a", "b", "c"].map(str::to_owned);
        let parts = parts(&heads, lines, room);
        assert_eq!(parts.concat(), lines, "in their order, and none is lost");
        parts.into_iter().map(<[_]>::len).collect()
    }

    #[test]
    fn lines_are_parted_where_one_sheet_would_not_be_read() {
        let lines = vec![["một", "", ""].map(str::to_owned).to_vec(); 7];
        let room = SheetRoom { rows: 100, cells: 300, text: 1000 };
        assert_eq!(sizes(&lines, room), [7]);
        assert_eq!(sizes(&[], room), [0]);
        // A row of each, and its cells, are those of the heads.
        assert_eq!(sizes(&lines, SheetRoom { rows: 4, ..room }), [3, 3, 1]);
        assert_eq!(sizes(&lines, SheetRoom { cells: 12, ..room }), [3, 3, 1]);
        assert_eq!(sizes(&lines, SheetRoom { text: 3 + 2 * "một".len(), ..room }), [2, 2, 2, 1]);
        // What no sheet holds stands alone.
        assert_eq!(sizes(&lines, SheetRoom { rows: 0, cells: 0, text: 0 }), [1; 7]);
    }

    #[test]
    fn as_many_systems_as_a_province_has_do_not_stand_in_one_sheet() {
        let columns = System::FIELDS.len() + COLUMNS.len() + OWN_HEADS.len();
        assert!(20_000 * columns > SheetRoom::READ.cells, "{columns} columns: parts are needed no more");
    }
}
