//! The inventory taken along: as a workbook that can be taken in again, as JSON, as a CycloneDX list of services and components.

use std::collections::{BTreeMap, BTreeSet};

use db::{Row as _, vals};
use kernel::{Ctx, Problem, code::words_key};
use serde_json::{Map, Value as Json, json};
use webkit::{Core, FieldKind, Kept as _, Record as _};

use crate::model::{LinkKind, Relation, System, SystemId, SystemKind};

/// Every record that the actor may see, by name.
pub async fn systems(core: &Core, ctx: &Ctx) -> Result<Vec<System>, Problem> {
    let conn = core.db().read();
    System::all_seen(core, ctx, &conn, System::find(&conn, "ORDER BY name_sort, id", vals![]).await?).await
}

/// The heads and lines of a workbook that says what the records say.
pub fn lines(core: &Core, ctx: &Ctx, systems: &[System]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = |key: &str| core.locales().text(ctx.lang, key, &[]);
    let heads = System::FIELDS.iter().map(|field| text(field.label)).collect();
    let line = |system: &System| {
        let said = system.answers();
        let cell = |field: &webkit::Field| {
            let word = said.text(field.name);
            match field.kind {
                _ if word.is_empty() => String::new(),
                FieldKind::Unit => {
                    word.parse().map(|unit| core.bodies().written(unit, ctx.today())).unwrap_or_default()
                }
                FieldKind::Code(_, key) => text(&words_key(key, word)),
                FieldKind::Day => {
                    word.parse().map_or_else(|_| word.to_owned(), |day| kernel::day::show(day, kernel::Lang::Vi))
                }
                _ => word.to_owned(),
            }
        };
        System::FIELDS.iter().map(cell).collect()
    };
    (heads, systems.iter().map(line).collect())
}

/// A workbook of them.
pub fn workbook(core: &Core, ctx: &Ctx, systems: &[System]) -> Result<Vec<u8>, Problem> {
    let (heads, lines) = lines(core, ctx, systems);
    webkit::export::xlsx("Hệ thống", &heads, &lines)
}

/// Systems as CycloneDX 1.6 has them: what people use are services, what they stand on are components, and what needs what
/// are dependencies.
pub async fn cyclonedx(core: &Core, systems: &[System]) -> Result<Json, Problem> {
    let conn = core.db().read();
    let relations = Relation::find(&conn, "ORDER BY from_id, to_id, id", vals![]).await?;
    let live = || systems.iter().filter(|system| system.is_live() && !system.is_veiled());
    let there: BTreeSet<SystemId> = live().map(|system| system.id).collect();
    let mut needs: BTreeMap<SystemId, BTreeSet<SystemId>> = BTreeMap::new();
    let is_need = |one: &&Relation| one.kind != LinkKind::CoveredBy && there.contains(&one.to_id);
    for one in relations.iter().filter(is_need) {
        needs.entry(one.from_id).or_default().insert(one.to_id);
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
            ("dinh:kind", kernel::Code::code(system.kind)),
            ("dinh:state", kernel::Code::code(system.state)),
            ("dinh:hosting", kernel::Code::code(system.hosting)),
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
    let needs = |system: &System| {
        let on = needs.get(&system.id).into_iter().flatten().map(ToString::to_string);
        json!({ "ref": system.id.to_string(), "dependsOn": on.collect::<Vec<_>>() })
    };
    let dependencies: Vec<Json> = live().map(needs).collect();
    Ok(json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "services": services, "components": components, "dependencies": dependencies,
    }))
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
