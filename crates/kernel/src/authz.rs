//! The port through which use cases ask "may this actor do this to that?"; `directory` answers with Cedar.

use crate::{Ctx, Held, Problem, UnitId};

/// What is acted on: its Cedar type, the unit it belongs to, and the units that have a role in its plan.
#[derive(Debug, Clone, Default)]
pub struct Resource {
    /// Cedar entity type: `Unit`, `Plan`, `Task` ...
    pub kind: &'static str,
    pub id: String,
    /// The unit whose business it is; none for what belongs to the whole installation.
    pub unit: Option<UnitId>,
    /// Units that follow the plan: they see and steer every part of it.
    pub followed_by: Vec<UnitId>,
    /// Units that lead, coordinate or implement: they see it.
    pub involved: Vec<UnitId>,
}

impl Resource {
    pub fn installation() -> Self {
        Self { kind: "Installation", id: "this".into(), ..Self::default() }
    }

    pub fn unit(id: UnitId) -> Self {
        Self { kind: "Unit", id: id.to_string(), unit: Some(id), ..Self::default() }
    }
}

/// What a list may show, computed once per request and applied as SQL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Everything in the installation (a post at the top of the tree, the console).
    pub everything: bool,
    /// Units of the actor's posts and all units below them.
    pub subtree: Vec<UnitId>,
    /// Units of the actor's posts themselves: rights from roles in plans hang on these.
    pub own: Vec<UnitId>,
}

pub trait Authorizer: Send + Sync + std::fmt::Debug {
    /// May the actor do `action` to `resource`? A refusal says nothing about what exists.
    fn check(&self, ctx: &Ctx, action: &'static str, resource: &Resource) -> Result<(), Problem>;

    /// Could the actor do `action` to anything at all? Decides before a resource is loaded.
    fn check_route(&self, ctx: &Ctx, action: &'static str) -> Result<(), Problem>;

    /// What the posts that count reach.
    fn reach(&self, ctx: &Ctx, held: Held) -> Scope;

    fn scope(&self, ctx: &Ctx) -> Scope {
        self.reach(ctx, Held::Any)
    }
}
