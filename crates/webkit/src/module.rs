//! What a domain gives to the program: one value, listed once in `dinh`.

use std::pin::Pin;

use db::{ModuleMigrations, Retention};
use kernel::{Compartment, Ctx, Kind, Lang, Problem, Role, Roles, Rule};

use crate::{
    App, Cli, Counts, DraftDoor, Finder, Jobs, Listed, Locales, NavItem, Need, Route, Thing, Undo, Viewed, check::Check,
};

type Made<'a> = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

/// Fills the demo province with the module's part.
pub type Demo = for<'a> fn(&'a App, &'a Ctx) -> Made<'a>;

/// Plays the module's part of one month of the demo's year, on the day on which the clock stands; 0 is its beginning.
pub type DemoMonth = for<'a> fn(&'a App, &'a Ctx, i32) -> Made<'a>;

#[derive(Clone)]
pub struct Module {
    pub name: &'static str,
    pub routes: fn() -> Vec<Route>,
    pub migrations: ModuleMigrations,
    /// Actions and the Cedar resource type each applies to; routes and policies may name no other.
    pub actions: &'static [(&'static str, &'static str)],
    /// Who may do what, where lists select by it too; their actions need not be named again.
    pub rules: &'static [Rule],
    /// Roles that its rules and policies name; a post may have any that a module declares.
    pub roles: &'static [Role],
    /// Its types of things that have attributes.
    pub kinds: &'static [Kind],
    /// What of its things is for those alone who must know it.
    pub compartments: &'static [Compartment],
    /// Cedar policies over those actions.
    pub policies: &'static str,
    /// Lists that select by a rule: a test holds each against the policy.
    pub registers: fn() -> Vec<&'static dyn Listed>,
    /// Its other lists whose address is a view that people keep under a name.
    pub views: &'static [Viewed],
    /// Its forms that are written by a link, without an account.
    pub drafts: &'static [DraftDoor],
    /// The most used first: an area shows seven entries and folds the others away.
    pub nav: &'static [NavItem],
    pub counts: Option<Counts>,
    /// Where the jump box looks, besides registers.
    pub finders: &'static [Finder],
    /// `(name, source)` of minijinja templates; names start with the module's.
    pub templates: &'static [(&'static str, &'static str)],
    pub locales: &'static [(Lang, &'static str)],
    /// Services that it does its work with, its own and the program's: where one is missing nothing starts.
    pub needs: &'static [Need],
    /// What does its jobs; fails where a port that they need is not wired in.
    pub jobs: Jobs,
    /// Kinds of jobs that run once a day.
    pub daily: &'static [&'static str],
    /// Acts that are taken back from what their rows were before.
    pub undo: &'static [Undo],
    /// What its entries are about, with their pages.
    pub things: &'static [Thing],
    /// What of its rows need not be kept for ever, and how long it is.
    pub retention: &'static [Retention],
    /// What `dinh doctor` and the page of administrators look at.
    pub checks: &'static [Check],
    pub openapi: fn() -> utoipa::openapi::OpenApi,
    pub demo: Option<Demo>,
    pub demo_month: Option<DemoMonth>,
    pub cli: Option<Cli>,
    /// Commands of it under words of their own: `dinh level check`.
    pub more_cli: &'static [(&'static str, Cli)],
}

impl Module {
    /// A module of this name that has nothing: `Module { routes, ..Module::new("registry") }`.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            routes: Vec::new,
            migrations: ModuleMigrations { module: name, steps: &[] },
            actions: &[],
            rules: &[],
            roles: &[],
            kinds: &[],
            compartments: &[],
            policies: "",
            registers: Vec::new,
            views: &[],
            drafts: &[],
            nav: &[],
            counts: None,
            finders: &[],
            templates: &[],
            locales: &[],
            needs: &[],
            jobs: |_| Ok(Vec::new()),
            daily: &[],
            undo: &[],
            things: &[],
            retention: &[],
            checks: &[],
            openapi: utoipa::openapi::OpenApi::default,
            demo: None,
            demo_month: None,
            cli: None,
            more_cli: &[],
        }
    }

    /// Its commands on the command line, each under its word.
    pub fn clis(&self) -> impl Iterator<Item = (&'static str, Cli)> + use<> {
        let (name, more) = (self.name, self.more_cli);
        self.cli.map(|cli| (name, cli)).into_iter().chain(more.iter().copied())
    }

    /// Every action of it, with the type of what it is done to.
    pub fn all_actions(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.actions.iter().copied().chain(self.rules.iter().map(|rule| (rule.action, rule.kind)))
    }
}

/// The roles that these modules declare.
pub fn roles(modules: &[Module]) -> Roles {
    Roles::new(modules.iter().flat_map(|module| module.roles).copied())
}

/// The words of these modules.
pub fn locales(modules: &[Module]) -> Result<Locales, Problem> {
    Locales::new(modules.iter().flat_map(|module| module.locales))
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Module").field("name", &self.name).finish_non_exhaustive()
    }
}
