//! Which steps of the schema the rows of a backup have: written in it, or to be seen from its tables.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Problem, ProblemKind};
use sea_orm::DbBackend;
use serde_json::{Map, Value as Json};

use super::{
    archive::Archive,
    manifest::{FORMAT, damaged},
};
use crate::{
    Migration, ModuleMigrations,
    schema::{Change, catalogue_of, steps},
};

pub(super) type Steps = Vec<(&'static str, &'static Migration)>;

/// A step that this program does not know means a backup of a newer one.
pub(super) fn steps_of(archive: &mut Archive, modules: &[ModuleMigrations]) -> Result<Steps, Problem> {
    let all: Steps = steps(modules).collect();
    if archive.manifest.format < FORMAT {
        return seen(archive, &all);
    }
    let written = &archive.manifest.steps;
    for (module, names) in written {
        if let Some(name) = names.iter().find(|name| !all.iter().any(|(m, step)| m == module && step.name == **name)) {
            let step = format!("{module}/{name}");
            return Err(Problem::new(ProblemKind::Conflict, "backup-newer").with("step", step));
        }
    }
    let is_written =
        |module: &str, name: &str| written.get(module).is_some_and(|names| names.iter().any(|n| n == name));
    Ok(all.into_iter().filter(|(module, step)| is_written(module, step.name)).collect())
}

/// Backups of the format before say nothing of their schema: a step was made when its tables are there, or its columns
/// in the rows. What only later steps made may be missing.
fn seen(archive: &mut Archive, all: &Steps) -> Result<Steps, Problem> {
    let tables: BTreeSet<String> = archive.tables().into_iter().collect();
    let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in &tables {
        if let Some(line) = archive.lines(table)?.next() {
            let row: Map<String, Json> = serde_json::from_str(&line?).map_err(|error| damaged(table).because(error))?;
            columns.insert(table.clone(), row.keys().cloned().collect());
        }
    }
    let modules: BTreeSet<&str> = all.iter().map(|(module, _)| *module).collect();
    let mut made: BTreeSet<(&str, &str)> = BTreeSet::new();
    for module in modules {
        let own: Vec<&Migration> = all.iter().filter(|(owner, _)| *owner == module).map(|(_, step)| *step).collect();
        let traces: Vec<Trace> = own.iter().map(|step| trace(step, &tables, &columns)).collect();
        let Some(last) = traces.iter().rposition(|trace| matches!(trace, Trace::Made)) else { continue };
        for (step, trace) in own.iter().zip(&traces).take(last + 1) {
            if let Trace::Lacks(place) = trace {
                return Err(damaged(place));
            }
            made.insert((module, step.name));
        }
    }
    Ok(all.iter().filter(|(module, step)| made.contains(&(*module, step.name))).copied().collect())
}

enum Trace {
    Made,
    Lacks(String),
    /// Indexes, or columns of a table without rows.
    None,
}

fn trace(step: &Migration, tables: &BTreeSet<String>, columns: &BTreeMap<String, BTreeSet<String>>) -> Trace {
    let change: Change = catalogue_of(DbBackend::Sqlite, std::iter::once(("", step)));
    let mut found = Trace::None;
    for (table, shape) in &change.tables {
        if change.order.contains(table) {
            if !tables.contains(table) {
                return Trace::Lacks(table.clone());
            }
            found = Trace::Made;
        } else if let Some(there) = columns.get(table) {
            match shape.columns.iter().find(|column| !there.contains(&column.name)) {
                Some(column) => return Trace::Lacks(format!("{table}.{}", column.name)),
                None => found = Trace::Made,
            }
        }
    }
    found
}
