//! Columns of watched tables and their values.

use std::collections::BTreeSet;

use sea_orm::QueryResult;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{DbError, schema::ColumnKind};

pub(in crate::ledger) type Columns = Vec<(String, ColumnKind)>;

/// The names of columns, each once.
pub(super) fn names(columns: &[&[(String, ColumnKind)]]) -> String {
    let names: BTreeSet<&str> =
        columns.iter().flat_map(|columns| columns.iter()).map(|(name, _)| name.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

pub(super) fn value(row: &QueryResult, name: &str, kind: ColumnKind) -> Result<Json, DbError> {
    let value = match kind {
        ColumnKind::Uuid => row.try_get::<Option<Uuid>>("", name)?.map(|v| v.to_string().into()),
        ColumnKind::Text => row.try_get::<Option<String>>("", name)?.map(Json::from),
        ColumnKind::Integer => row.try_get::<Option<i64>>("", name)?.map(Json::from),
        ColumnKind::Boolean => row.try_get::<Option<bool>>("", name)?.map(Json::from),
    };
    Ok(value.unwrap_or(Json::Null))
}
