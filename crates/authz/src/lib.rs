//! Cedar decides: may this actor do this to that? Lists use the same rules as a [`Scope`].
//!
//! Knows no domain: what there is to do, to what and by whom comes from the modules, the tree of units through a port.
//! Start with [`Engine`]; `schema` is what policies are validated against, `entities` what they are asked about.

mod entities;
mod schema;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use cedar_policy::{Decision, Entities, PolicySet, Request, ValidationMode, Validator};
use kernel::{Actor, Authorizer, Compartment, Ctx, Held, Problem, Resource, Role, Roles, Scope, UnitId, UnitTree};
use webkit::Module;

use crate::entities::{Principal, entities};

/// Whether a program asks, the roles held, whether at the root of the tree, and the action.
type Asked = (bool, BTreeSet<Role>, bool, &'static str);

pub struct Engine {
    tree: Arc<dyn UnitTree>,
    roles: Roles,
    policies: PolicySet,
    compartments: Vec<Compartment>,
    /// The resource type that each action applies to.
    kinds: HashMap<&'static str, &'static str>,
    /// Actions for which it counts above whom those stand who take part.
    above_involved: HashSet<&'static str>,
    /// Actions that some policy allows by an attribute: before a thing is known nobody can be refused.
    by_attribute: HashSet<&'static str>,
    /// Whether a holder of these roles could do an action to anything: a question of few answers, asked often.
    by_roles: Mutex<HashMap<Asked, bool>>,
    /// Such answers depend on nothing else.
    remembers: bool,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Joins the modules' policies and validates them strictly; a policy that names an unknown action stops the start.
    pub fn new(tree: Arc<dyn UnitTree>, modules: &[Module]) -> Result<Self, Problem> {
        let roles = webkit::roles(modules);
        let compartments: Vec<Compartment> = modules.iter().flat_map(|module| module.compartments).copied().collect();
        let text = schema::policies(modules, &compartments);
        let policies: PolicySet = text.parse().map_err(Problem::internal)?;
        let result = Validator::new(schema::of(modules, &roles)?).validate(&policies, ValidationMode::Strict);
        if !result.validation_passed() {
            return Err(Problem::internal(format!("policies: {result}")));
        }
        Ok(Self {
            tree,
            roles,
            compartments,
            kinds: schema::actions(modules).collect(),
            above_involved: schema::above_involved(modules).collect(),
            by_attribute: schema::by_attribute(modules, &policies),
            by_roles: Mutex::default(),
            remembers: !text.contains("context."),
            policies,
        })
    }

    fn decide(&self, ctx: &Ctx, action: &str, resource: &Resource) -> Result<bool, Problem> {
        let principal = Principal::new(&ctx.actor)?;
        let target = entities::uid(resource.kind, &resource.id)?;
        let above = if self.above_involved.contains(action) { resource.involved.as_slice() } else { &[] };
        let all = entities(&*self.tree, &self.roles, &principal, &target, resource, above)?;
        let entities = Entities::from_entities(all, None).map_err(Problem::internal)?;
        let action = entities::uid("Action", action)?;
        let request = Request::new(principal.uid, action, target, entities::context(ctx)?, None);
        let response = cedar_policy::Authorizer::new().is_authorized(
            &request.map_err(Problem::internal)?,
            &self.policies,
            &entities,
        );
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(Problem::internal(error));
        }
        Ok(response.decision() == Decision::Allow)
    }

    fn could(&self, ctx: &Ctx, action: &'static str) -> Result<bool, Problem> {
        let Some(kind) = self.kinds.get(action) else {
            return Err(Problem::internal(format!("unknown action {action}")));
        };
        let root = self.tree.root();
        for post in ctx.actor.posts() {
            let id = if *kind == "Unit" { post.unit.to_string() } else { "any".to_owned() };
            let whole_house = *kind == "Installation" && root.is_none_or(|root| root != post.unit);
            let unit = if whole_house { root } else { Some(post.unit) };
            let (followed_by, involved) = (vec![post.unit], vec![post.unit]);
            let resource = Resource { kind, id, unit, followed_by, involved, ..Resource::default() };
            if self.by_attribute.contains(action) || self.decide(ctx, action, &resource)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Authorizer for Engine {
    fn check(&self, ctx: &Ctx, action: &'static str, resource: &Resource) -> Result<(), Problem> {
        if ctx.actor.is_trusted() {
            return Ok(());
        }
        let whole_house = resource.kind == "Installation" && resource.unit.is_none();
        let resource = if whole_house { &Resource { unit: self.tree.root(), ..resource.clone() } } else { resource };
        if self.decide(ctx, action, resource)? { Ok(()) } else { Err(Problem::forbidden()) }
    }

    fn check_route(&self, ctx: &Ctx, action: &'static str) -> Result<(), Problem> {
        if ctx.actor.is_trusted() {
            return Ok(());
        }
        let (posts, root) = (ctx.actor.posts(), self.tree.root());
        let at_root = posts.iter().any(|post| root == Some(post.unit));
        let is_program = matches!(ctx.actor, Actor::Token { .. });
        let key = (is_program, posts.iter().map(|post| post.role).collect::<BTreeSet<_>>(), at_root, action);
        let known = self.by_roles.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        let allowed = match known {
            Some(allowed) => allowed,
            None => {
                let allowed = self.could(ctx, action)?;
                // With posts in and out of the root the answer depends on which role sits where: not remembered.
                if self.remembers && posts.len() == 1 {
                    self.by_roles.lock().unwrap_or_else(PoisonError::into_inner).insert(key, allowed);
                }
                allowed
            }
        };
        if allowed { Ok(()) } else { Err(Problem::forbidden()) }
    }

    fn compartments(&self) -> &[Compartment] {
        &self.compartments
    }

    fn reach(&self, ctx: &Ctx, held: Held) -> Scope {
        if ctx.actor.is_trusted() {
            return Scope { everything: true, ..Scope::default() };
        }
        let posts = ctx.actor.posts().iter().filter(|post| held.counts(post.role));
        let own: Vec<UnitId> = posts.map(|post| post.unit).collect();
        let everything = self.tree.root().is_some_and(|root| own.contains(&root));
        let mut subtree: Vec<UnitId> = own.iter().flat_map(|unit| self.tree.subtree(*unit)).collect();
        subtree.sort_unstable();
        subtree.dedup();
        let is_below = |unit: &UnitId| subtree.binary_search(unit).is_ok();
        let merged = self.tree.merged().into_iter().filter(|(gone, today)| is_below(gone) || is_below(today));
        let mut merged: Vec<_> = merged.collect();
        merged.sort_unstable();
        Scope { everything, subtree, own, merged }
    }
}
