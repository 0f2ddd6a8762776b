//! Cedar decides: may this actor do this to that? Lists use the same rules as a [`Scope`].

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt::Write as _,
    sync::{Mutex, PoisonError},
};

use cedar_policy::{
    Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression, Schema, ValidationMode,
    Validator,
};
use kernel::{Actor, Authorizer, Ctx, Held, Problem, Resource, Role, Scope, UnitId};
use webkit::Module;

use crate::{Directory, Tree};

/// The roles held, whether at the root of the tree, and the action.
type Asked = (BTreeSet<Role>, bool, &'static str);

pub struct Engine {
    directory: Directory,
    policies: PolicySet,
    /// The resource type that each action applies to.
    kinds: HashMap<&'static str, &'static str>,
    /// Actions for which it counts above whom those stand who take part.
    above_involved: HashSet<&'static str>,
    /// Whether a holder of these roles could do an action to anything: a question of few answers, asked often.
    by_roles: Mutex<HashMap<Asked, bool>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

/// Every action, with the type of what it is done to.
fn actions(modules: &[Module]) -> impl Iterator<Item = (&'static str, &'static str)> {
    modules.iter().flat_map(Module::all_actions)
}

/// The schema that all policies are validated against, from the modules' own lists of actions.
fn schema_text(modules: &[Module]) -> String {
    let mut text = String::from("entity Unit in [Unit];\nentity Account = { own: Set<Unit>");
    for role in Role::ALL {
        let _ = write!(text, ", {}: Set<Unit>", role.units());
    }
    text.push_str(" };\n");
    let kinds: BTreeSet<&str> = actions(modules).map(|(_, kind)| kind).collect();
    for kind in kinds.into_iter().filter(|kind| *kind != "Unit") {
        let attributes = "{ unit?: Unit, followedBy: Set<Unit>, involved: Set<Unit> }";
        let _ = writeln!(text, "entity {kind} in [Unit] = {attributes};");
    }
    let text = text.replace("entity Unit in [Unit];", "entity Unit in [Unit] = { unit?: Unit };");
    actions(modules).fold(text, |mut text, (action, kind)| {
        let _ = writeln!(text, "action \"{action}\" appliesTo {{ principal: [Account], resource: [{kind}] }};");
        text
    })
}

impl Engine {
    /// Joins the modules' policies and validates them strictly; a policy that names an unknown action stops the start.
    pub fn new(directory: Directory, modules: &[Module]) -> Result<Self, Problem> {
        let (schema, _) = Schema::from_cedarschema_str(&schema_text(modules)).map_err(Problem::internal)?;
        let rules = modules.iter().flat_map(|module| module.rules).map(kernel::Rule::cedar);
        let text: String = modules.iter().map(|module| format!("{}\n", module.policies)).chain(rules).collect();
        let policies: PolicySet = text.parse().map_err(Problem::internal)?;
        let result = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        if !result.validation_passed() {
            return Err(Problem::internal(format!("policies: {result}")));
        }
        let kinds = actions(modules).collect();
        let rules = modules.iter().flat_map(|module| module.rules);
        let above_involved = rules.filter(|rule| rule.asks_above_involved()).map(|rule| rule.action).collect();
        Ok(Self { directory, policies, kinds, above_involved, by_roles: Mutex::default() })
    }

    fn decide(&self, tree: &Tree, actor: &Actor, action: &str, resource: &Resource) -> Result<bool, Problem> {
        let principal = uid("Account", &actor.pseudonym())?;
        let target = uid(resource.kind, &resource.id)?;
        let mut entities = vec![entity(principal.clone(), account(actor)?, HashSet::new())?];
        let unit_itself = resource.kind == "Unit";
        let involved = if self.above_involved.contains(action) { resource.involved.as_slice() } else { &[] };
        if !unit_itself {
            let above = involved.iter().map(|unit| unit_uid(*unit)).collect::<Result<_, _>>()?;
            entities.push(entity(target.clone(), attributes(resource)?, above)?);
        }
        let mut known = HashSet::new();
        for unit in resource.unit.iter().chain(involved) {
            let lineage = tree.lineage(*unit);
            for (at, id) in lineage.iter().enumerate() {
                // Nor is anything above it new.
                if !known.insert(*id) {
                    break;
                }
                let parents = lineage.get(at + 1).map(|parent| unit_uid(*parent)).transpose()?.into_iter().collect();
                let own = HashMap::from([("unit".to_owned(), RestrictedExpression::new_entity_uid(unit_uid(*id)?))]);
                entities.push(entity(unit_uid(*id)?, own, parents)?);
            }
        }
        let entities = Entities::from_entities(entities, None).map_err(Problem::internal)?;
        let request = Request::new(principal, uid("Action", action)?, target, Context::empty(), None)
            .map_err(Problem::internal)?;
        let response = cedar_policy::Authorizer::new().is_authorized(&request, &self.policies, &entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(Problem::internal(error));
        }
        Ok(response.decision() == Decision::Allow)
    }

    fn could(&self, actor: &Actor, action: &'static str) -> Result<bool, Problem> {
        let Some(kind) = self.kinds.get(action) else {
            return Err(Problem::internal(format!("unknown action {action}")));
        };
        let tree = self.directory.tree();
        for post in actor.posts() {
            let id = if *kind == "Unit" { post.unit.to_string() } else { "any".to_owned() };
            let units = vec![post.unit];
            let resource = Resource { kind, id, unit: Some(post.unit), followed_by: units.clone(), involved: units };
            let whole_house = *kind == "Installation" && tree.root().is_none_or(|root| root.id != post.unit);
            let resource =
                if whole_house { Resource { unit: tree.root().map(|root| root.id), ..resource } } else { resource };
            if self.decide(&tree, actor, action, &resource)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn uid(kind: &str, id: &str) -> Result<EntityUid, Problem> {
    Ok(EntityUid::from_type_name_and_id(kind.parse().map_err(Problem::internal)?, cedar_policy::EntityId::new(id)))
}

fn unit_uid(id: UnitId) -> Result<EntityUid, Problem> {
    uid("Unit", &id.to_string())
}

fn entity(
    uid: EntityUid,
    attributes: HashMap<String, RestrictedExpression>,
    parents: HashSet<EntityUid>,
) -> Result<Entity, Problem> {
    Entity::new(uid, attributes, parents).map_err(Problem::internal)
}

fn set(units: impl IntoIterator<Item = UnitId>) -> Result<RestrictedExpression, Problem> {
    let uids: Result<Vec<_>, _> = units.into_iter().map(unit_uid).collect();
    Ok(RestrictedExpression::new_set(uids?.into_iter().map(RestrictedExpression::new_entity_uid)))
}

fn account(actor: &Actor) -> Result<HashMap<String, RestrictedExpression>, Problem> {
    let posts = actor.posts();
    let mut out = HashMap::from([("own".to_owned(), set(posts.iter().map(|post| post.unit))?)]);
    for role in Role::ALL {
        let units = posts.iter().filter(|post| post.role == role).map(|post| post.unit);
        out.insert(role.units().to_owned(), set(units)?);
    }
    Ok(out)
}

fn attributes(resource: &Resource) -> Result<HashMap<String, RestrictedExpression>, Problem> {
    let mut out = HashMap::from([
        ("followedBy".to_owned(), set(resource.followed_by.iter().copied())?),
        ("involved".to_owned(), set(resource.involved.iter().copied())?),
    ]);
    if let Some(unit) = resource.unit {
        out.insert("unit".to_owned(), RestrictedExpression::new_entity_uid(unit_uid(unit)?));
    }
    Ok(out)
}

impl Authorizer for Engine {
    fn check(&self, ctx: &Ctx, action: &'static str, resource: &Resource) -> Result<(), Problem> {
        if ctx.actor.is_trusted() {
            return Ok(());
        }
        let tree = self.directory.tree();
        let whole_house = resource.kind == "Installation" && resource.unit.is_none();
        let resource = if whole_house {
            &Resource { unit: tree.root().map(|root| root.id), ..resource.clone() }
        } else {
            resource
        };
        if self.decide(&tree, &ctx.actor, action, resource)? { Ok(()) } else { Err(Problem::forbidden()) }
    }

    fn check_route(&self, ctx: &Ctx, action: &'static str) -> Result<(), Problem> {
        if ctx.actor.is_trusted() {
            return Ok(());
        }
        let tree = self.directory.tree();
        let at_root = ctx.actor.posts().iter().any(|post| tree.root().is_some_and(|root| root.id == post.unit));
        let key = (ctx.actor.posts().iter().map(|post| post.role).collect::<BTreeSet<_>>(), at_root, action);
        let known = self.by_roles.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        let allowed = match known {
            Some(allowed) => allowed,
            None => {
                let allowed = self.could(&ctx.actor, action)?;
                // With posts in and out of the root the answer depends on which role sits where: not remembered.
                if ctx.actor.posts().len() == 1 {
                    self.by_roles.lock().unwrap_or_else(PoisonError::into_inner).insert(key, allowed);
                }
                allowed
            }
        };
        if allowed { Ok(()) } else { Err(Problem::forbidden()) }
    }

    fn reach(&self, ctx: &Ctx, held: Held) -> Scope {
        if ctx.actor.is_trusted() {
            return Scope { everything: true, ..Scope::default() };
        }
        let tree = self.directory.tree();
        let posts = ctx.actor.posts().iter().filter(|post| held.counts(post.role));
        let own: Vec<UnitId> = posts.map(|post| post.unit).collect();
        let everything = tree.root().is_some_and(|root| own.contains(&root.id));
        let mut subtree: Vec<UnitId> = own.iter().flat_map(|unit| tree.subtree(*unit)).collect();
        subtree.sort_unstable();
        subtree.dedup();
        Scope { everything, subtree, own }
    }
}
