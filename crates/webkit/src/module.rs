//! What a domain gives to the program: one value, listed once in `dinh`.

use std::{pin::Pin, sync::Arc};

use db::{JobHandler, ModuleMigrations, Retention};
use kernel::{Ctx, Lang, Problem};

use crate::{App, NavItem, Route, Undo, check::Check};

/// What does the jobs of a module.
pub type Handlers = Vec<Arc<dyn JobHandler>>;

/// Fills the demo province with the module's part.
pub type Demo = for<'a> fn(&'a App, &'a Ctx) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

#[derive(Clone)]
pub struct Module {
    pub name: &'static str,
    pub routes: fn() -> Vec<Route>,
    pub migrations: ModuleMigrations,
    /// Actions and the Cedar resource type each applies to; routes and policies may name no other.
    pub actions: &'static [(&'static str, &'static str)],
    /// Cedar policies over those actions.
    pub policies: &'static str,
    /// The most used first: an area shows seven entries and folds the others away.
    pub nav: &'static [NavItem],
    /// `(name, source)` of minijinja templates; names start with the module's.
    pub templates: &'static [(&'static str, &'static str)],
    pub locales: &'static [(Lang, &'static str)],
    /// What does its jobs; fails where a port that they need is not wired in.
    pub jobs: fn(&App) -> Result<Handlers, Problem>,
    /// Kinds of jobs that run once a day.
    pub daily: &'static [&'static str],
    /// Acts that are taken back from what their rows were before.
    pub undo: &'static [Undo],
    /// What of its rows need not be kept for ever, and how long it is.
    pub retention: &'static [Retention],
    /// What `dinh doctor` and the page of administrators look at.
    pub checks: &'static [Check],
    pub openapi: fn() -> utoipa::openapi::OpenApi,
    pub demo: Option<Demo>,
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Module").field("name", &self.name).finish_non_exhaustive()
    }
}
