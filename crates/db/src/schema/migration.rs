//! The steps of a module.

use super::change::Change;

/// One step of a module's schema. Names never change once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub name: &'static str,
    pub up: fn(&mut Change),
}

#[derive(Debug, Clone, Copy)]
pub struct ModuleMigrations {
    pub module: &'static str,
    pub steps: &'static [Migration],
}
