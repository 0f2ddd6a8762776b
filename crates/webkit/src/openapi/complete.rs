//! Which fields an answer always has.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// An answer has every field of its schema, null where there is nothing: none of ours is left out. Only what is sent to
/// us may lack some.
pub(super) fn complete(document: &mut OpenApi) {
    let sent = sent(document);
    let Some(components) = &mut document.components else { return };
    let answers = components.schemas.iter_mut().filter(|(name, _)| !sent.contains(name.as_str()));
    answers.for_each(|(_, schema)| require_all(schema));
}

fn require_all(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            let lacking = object.properties.keys().filter(|name| !object.required.contains(name));
            let lacking: Vec<String> = lacking.cloned().collect();
            object.required.extend(lacking);
        }
        RefOr::T(Schema::AllOf(whole)) => whole.items.iter_mut().for_each(require_all),
        RefOr::T(Schema::OneOf(whole)) => whole.items.iter_mut().for_each(require_all),
        RefOr::T(Schema::AnyOf(whole)) => whole.items.iter_mut().for_each(require_all),
        RefOr::T(_) | RefOr::Ref(_) => {}
    }
}

/// The schemas of request bodies, and those that they refer to.
fn sent(document: &OpenApi) -> BTreeSet<String> {
    let json = serde_json::to_value(document).unwrap_or_default();
    let mut found = BTreeSet::new();
    let items = json["paths"].as_object().into_iter().flat_map(|paths| paths.values());
    for operation in items.filter_map(Json::as_object).flat_map(|item| item.values()) {
        follow(&operation["requestBody"], &json["components"]["schemas"], &mut found);
    }
    found
}

fn follow(part: &Json, schemas: &Json, found: &mut BTreeSet<String>) {
    match part {
        Json::Object(fields) => {
            let target = fields.get("$ref").and_then(Json::as_str);
            if let Some(name) = target.and_then(|target| target.strip_prefix("#/components/schemas/"))
                && found.insert(name.to_owned())
            {
                follow(&schemas[name], schemas, found);
            }
            fields.values().for_each(|field| follow(field, schemas, found));
        }
        Json::Array(items) => items.iter().for_each(|item| follow(item, schemas, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
