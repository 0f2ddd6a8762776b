//! The port through which use cases ask "may this actor do this to that?"; `authz` answers with Cedar.

use std::fmt::Debug;

use crate::{Bodies, Ctx, Held, Problem, Role, UnitId};

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

    /// Whatever of this kind a unit keeps.
    pub fn kept(kind: &'static str, unit: UnitId) -> Self {
        Self { kind, id: unit.to_string(), unit: Some(unit), ..Self::default() }
    }

    pub fn unit(id: UnitId) -> Self {
        Self { kind: "Unit", id: id.to_string(), unit: Some(id), ..Self::default() }
    }

    /// The same, where for each body that was merged away its successor answers.
    #[must_use]
    pub fn today(self, bodies: &dyn Bodies) -> Self {
        let all = |units: Vec<UnitId>| -> Vec<UnitId> { units.into_iter().map(|unit| bodies.today(unit)).collect() };
        let unit = self.unit.map(|unit| bodies.today(unit));
        Self { unit, followed_by: all(self.followed_by), involved: all(self.involved), ..self }
    }
}

/// The tree of units, as rights need it.
pub trait UnitTree: Send + Sync + Debug {
    fn root(&self) -> Option<UnitId>;
    /// The unit and all above it, nearest first.
    fn lineage(&self, unit: UnitId) -> Vec<UnitId>;
    /// The unit and all below it.
    fn subtree(&self, unit: UnitId) -> Vec<UnitId>;
    /// Units that are no more, each with the one that stands for it today.
    fn merged(&self) -> Vec<(UnitId, UnitId)>;
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
    /// Bodies that were merged, each with what it is today, where either is among these units; sorted.
    pub merged: Vec<(UnitId, UnitId)>,
}

impl Scope {
    /// For whom some of these units answer today: for themselves and what was merged into them, but for none that was merged
    /// away.
    pub fn today(&self, units: &[UnitId]) -> Vec<UnitId> {
        let is_gone = |unit: &UnitId| self.merged.iter().any(|(gone, _)| gone == unit);
        let stand = units.iter().copied().filter(|unit| !is_gone(unit));
        let came = self.merged.iter().filter(|(_, today)| units.contains(today)).map(|(gone, _)| *gone);
        stand.chain(came).collect()
    }

    /// The units within reach, and what was merged into them.
    pub fn subtree_today(&self) -> Vec<UnitId> {
        self.today(&self.subtree)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_answers_for_what_was_merged_into_it_and_not_for_what_was_merged_away() {
        let [old, new, other] = [1, 2, 3].map(|n| UnitId::from_uuid(uuid::Uuid::from_u128(n)));
        let scope = Scope { merged: vec![(old, new)], ..Scope::default() };
        assert_eq!(scope.today(&[new, other]), [new, other, old]);
        assert_eq!(scope.today(&[old, other]), [other]);
    }
}
