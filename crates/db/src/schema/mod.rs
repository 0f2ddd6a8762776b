//! Migrations of many modules, written once with the schema builder and run on both databases.
//!
//! A module lists its migrations in order; each runs in a transaction and is recorded. A database that knows more
//! than this program is refused: an old program must not write into a new schema.

mod change;
mod fold;
mod migrate;
mod migration;
mod own;
mod steps;

pub use self::{
    change::{Change, ColumnKind},
    migrate::{Pending, copy_before, migrate, pending},
    migration::{Migration, ModuleMigrations},
    steps::{echoing_tables, text_columns},
};
pub(crate) use self::{
    change::{Column, Shape},
    migrate::{apply, lock},
    steps::{catalogue, catalogue_of, steps},
};
