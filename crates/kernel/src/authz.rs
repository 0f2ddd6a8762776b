//! The port through which use cases ask "may this actor do this to that?"; `authz` answers with Cedar.

use std::fmt::Debug;

use crate::{Ctx, Held, Problem, Role, UnitId};

/// What policies may ask of a thing beside its unit, its followers and those involved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    Flag(bool),
    Number(i64),
    Text(String),
    Texts(Vec<String>),
}

/// The type of an attribute, in the words of Cedar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeType {
    Flag,
    Number,
    Text,
    Texts,
}

impl AttributeType {
    pub fn cedar(self) -> &'static str {
        match self {
            Self::Flag => "Bool",
            Self::Number => "Long",
            Self::Text => "String",
            Self::Texts => "Set<String>",
        }
    }
}

/// A type of things whose policies ask for attributes of its own; a policy asks first whether a thing `has` one.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub attributes: &'static [(&'static str, AttributeType)],
}

/// What only those may know of who have a post of one of these roles over its unit, whatever else allows it.
#[derive(Debug, Clone, Copy)]
pub struct Compartment {
    pub name: &'static str,
    pub open_to: &'static [Role],
}

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
    /// The compartment that it lies in.
    pub compartment: Option<String>,
    /// Of those that its [`Kind`] declares.
    pub attributes: Vec<(&'static str, Attribute)>,
}

impl Resource {
    pub fn installation() -> Self {
        Self { kind: "Installation", id: "this".into(), ..Self::default() }
    }

    pub fn unit(id: UnitId) -> Self {
        Self { kind: "Unit", id: id.to_string(), unit: Some(id), ..Self::default() }
    }
}

/// The tree of units, as rights need it.
pub trait UnitTree: Send + Sync + Debug {
    fn root(&self) -> Option<UnitId>;
    /// The unit and all above it, nearest first.
    fn lineage(&self, unit: UnitId) -> Vec<UnitId>;
    /// The unit and all below it.
    fn subtree(&self, unit: UnitId) -> Vec<UnitId>;
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

pub trait Authorizer: Send + Sync + Debug {
    /// May the actor do `action` to `resource`? A refusal says nothing about what exists.
    fn check(&self, ctx: &Ctx, action: &'static str, resource: &Resource) -> Result<(), Problem>;

    /// Could the actor do `action` to anything at all? Decides before a resource is loaded.
    fn check_route(&self, ctx: &Ctx, action: &'static str) -> Result<(), Problem>;

    /// The compartments that there are, for lists.
    fn compartments(&self) -> &[Compartment];

    /// What the posts that count reach.
    fn reach(&self, ctx: &Ctx, held: Held) -> Scope;

    fn scope(&self, ctx: &Ctx) -> Scope {
        self.reach(ctx, Held::Any)
    }
}
