//! What the steps of this program make together.

use sea_orm::DbBackend;

use super::{
    change::{Change, ColumnKind},
    migration::{Migration, ModuleMigrations},
    own::OWN,
};

/// Every step of this program, in the order in which they run.
pub(crate) fn steps(modules: &[ModuleMigrations]) -> impl Iterator<Item = (&'static str, &'static Migration)> {
    std::iter::once(&OWN).chain(modules).flat_map(|module| module.steps.iter().map(|step| (module.module, step)))
}

/// Every table that the modules make, in an order in which rows can be inserted.
pub(crate) fn catalogue(backend: DbBackend, modules: &[ModuleMigrations]) -> Change {
    catalogue_of(backend, steps(modules))
}

/// The same after some of the steps.
pub(crate) fn catalogue_of<'a>(backend: DbBackend, steps: impl Iterator<Item = (&'a str, &'a Migration)>) -> Change {
    let mut change = Change::new(backend);
    for (_, step) in steps {
        (step.up)(&mut change);
    }
    change
}

/// Columns of text by table, and which of them name blobs; for the test that no such column is undeclared.
pub fn text_columns(modules: &[ModuleMigrations]) -> Vec<(String, String, bool)> {
    let change = catalogue(DbBackend::Sqlite, modules);
    let mut out = Vec::new();
    for (table, shape) in &change.tables {
        for column in shape.columns.iter().filter(|column| column.kind == ColumnKind::Text) {
            let declared = change.blobs.iter().any(|(owner, name)| owner == table && *name == column.name);
            out.push((table.clone(), column.name.clone(), declared));
        }
    }
    out
}

/// Tables whose rows repeat what is written elsewhere; for the test that none is undeclared.
pub fn echoing_tables(modules: &[ModuleMigrations]) -> Vec<String> {
    catalogue(DbBackend::Sqlite, modules).echoes.into_iter().map(|(table, _)| table).collect()
}
