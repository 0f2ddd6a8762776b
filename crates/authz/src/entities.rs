//! What Cedar is asked about: who asks, the thing with the units above it, and how it is asked.

use std::collections::{HashMap, HashSet};

use cedar_policy::{Context, Entity, EntityId, EntityUid, RestrictedExpression as Value};
use kernel::{Actor, Attribute, Ctx, Problem, Resource, Roles, UnitId, UnitTree};

type Attributes = HashMap<String, Value>;

/// Who asks, as policies name them: a person's `Account`, or a program's `Client`.
pub struct Principal<'a> {
    pub uid: EntityUid,
    actor: &'a Actor,
}

impl<'a> Principal<'a> {
    pub fn new(actor: &'a Actor) -> Result<Self, Problem> {
        let kind = if matches!(actor, Actor::Token { .. }) { "Client" } else { "Account" };
        Ok(Self { uid: uid(kind, &actor.pseudonym())?, actor })
    }

    fn attributes(&self, roles: &Roles) -> Result<Attributes, Problem> {
        let posts = self.actor.posts();
        let mut out = HashMap::from([("own".to_owned(), set(posts.iter().map(|post| post.unit))?)]);
        for role in roles.all() {
            let units = posts.iter().filter(|post| post.role == *role).map(|post| post.unit);
            out.insert(role.units(), set(units)?);
        }
        Ok(out)
    }
}

/// All that a policy may look at; the thing is a part of each of the units that it lies `below`.
pub fn entities(
    tree: &dyn UnitTree,
    roles: &Roles,
    principal: &Principal<'_>,
    target: &EntityUid,
    resource: &Resource,
    below: &[UnitId],
) -> Result<Vec<Entity>, Problem> {
    let mut out = vec![entity(principal.uid.clone(), principal.attributes(roles)?, HashSet::new())?];
    if resource.kind != "Unit" {
        let parents = below.iter().map(|id| unit(*id)).collect::<Result<_, _>>()?;
        out.push(entity(target.clone(), attributes(resource)?, parents)?);
    }
    let mut known = HashSet::new();
    for of in resource.unit.iter().chain(below) {
        let lineage = tree.lineage(*of);
        // Where one is known, all above it are.
        for (at, id) in lineage.iter().enumerate().take_while(|(_, id)| known.insert(**id)) {
            let parents = lineage.get(at + 1).map(|parent| unit(*parent)).transpose()?.into_iter().collect();
            let own = HashMap::from([("unit".to_owned(), Value::new_entity_uid(unit(*id)?))]);
            out.push(entity(unit(*id)?, own, parents)?);
        }
    }
    Ok(out)
}

/// How it is asked: by which way, how sure it is who asks, on which day, and for what.
pub fn context(ctx: &Ctx) -> Result<Context, Problem> {
    let channel = match &ctx.actor {
        Actor::Anonymous | Actor::Person { .. } | Actor::Outside { .. } => "page",
        Actor::Token { .. } => "api",
        Actor::System(_) => "program",
        Actor::Cli(_) => "console",
    };
    let purpose = ctx.purpose.as_ref().map(|purpose| ("purpose".to_owned(), Value::new_string(purpose.to_string())));
    let said = [
        ("channel".to_owned(), Value::new_string(channel.into())),
        ("assurance".to_owned(), Value::new_long(if ctx.fresh { 2 } else { 1 })),
        ("today".to_owned(), Value::new_string(ctx.today().to_string())),
    ];
    Context::from_pairs(said.into_iter().chain(purpose)).map_err(Problem::internal)
}

pub fn uid(kind: &str, id: &str) -> Result<EntityUid, Problem> {
    Ok(EntityUid::from_type_name_and_id(kind.parse().map_err(Problem::internal)?, EntityId::new(id)))
}

fn unit(id: UnitId) -> Result<EntityUid, Problem> {
    uid("Unit", &id.to_string())
}

fn entity(uid: EntityUid, attributes: Attributes, parents: HashSet<EntityUid>) -> Result<Entity, Problem> {
    Entity::new(uid, attributes, parents).map_err(Problem::internal)
}

fn set(units: impl IntoIterator<Item = UnitId>) -> Result<Value, Problem> {
    let uids: Result<Vec<_>, _> = units.into_iter().map(unit).collect();
    Ok(Value::new_set(uids?.into_iter().map(Value::new_entity_uid)))
}

fn attributes(resource: &Resource) -> Result<Attributes, Problem> {
    let mut out = HashMap::from([
        ("followedBy".to_owned(), set(resource.followed_by.iter().copied())?),
        ("involved".to_owned(), set(resource.involved.iter().copied())?),
    ]);
    if let Some(of) = resource.unit {
        out.insert("unit".to_owned(), Value::new_entity_uid(unit(of)?));
    }
    if let Some(name) = &resource.compartment {
        out.insert("compartment".to_owned(), Value::new_string(name.clone()));
    }
    out.extend(resource.attributes.iter().map(|(name, attribute)| ((*name).to_owned(), value(attribute))));
    Ok(out)
}

fn value(attribute: &Attribute) -> Value {
    match attribute {
        Attribute::Flag(flag) => Value::new_bool(*flag),
        Attribute::Number(number) => Value::new_long(*number),
        Attribute::Text(text) => Value::new_string(text.clone()),
        Attribute::Texts(texts) => Value::new_set(texts.iter().map(|text| Value::new_string(text.clone()))),
    }
}
