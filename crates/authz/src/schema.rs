//! The schema and the policies, from what the modules declare.

use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write as _,
};

use cedar_policy::{PolicySet, Schema};
use kernel::{Compartment, Held, Kind, Problem, Roles};
use webkit::Module;

/// Every action, with the type of what it is done to.
pub fn actions(modules: &[Module]) -> impl Iterator<Item = (&'static str, &'static str)> {
    modules.iter().flat_map(Module::all_actions)
}

/// The types of things, each with the attributes that modules declare for it.
fn kinds(modules: &[Module]) -> BTreeMap<&'static str, Option<Kind>> {
    let mut out: BTreeMap<_, _> = actions(modules).map(|(_, kind)| (kind, None)).collect();
    out.extend(modules.iter().flat_map(|module| module.kinds).map(|kind| (kind.name, Some(*kind))));
    out
}

fn text(modules: &[Module], roles: &Roles) -> String {
    let mut text = String::from("entity Unit in [Unit] = { unit?: Unit };\nentity Account, Client = { own: Set<Unit>");
    for role in roles.all() {
        let _ = write!(text, ", {}: Set<Unit>", role.units());
    }
    text.push_str(" };\n");
    for (name, kind) in kinds(modules).into_iter().filter(|(name, _)| *name != "Unit") {
        let _ = write!(
            text,
            "entity {name} in [Unit] = {{ unit?: Unit, followedBy: Set<Unit>, involved: Set<Unit>, compartment?: String"
        );
        for (attribute, of) in kind.into_iter().flat_map(|kind| kind.attributes) {
            let _ = write!(text, ", {attribute}?: {}", of.cedar());
        }
        text.push_str(" };\n");
    }
    let context = "{ channel: String, assurance: Long, today: String, purpose?: String }";
    actions(modules).fold(text, |mut text, (action, kind)| {
        let of = format!("principal: [Account, Client], resource: [{kind}], context: {context}");
        let _ = writeln!(text, "action \"{action}\" appliesTo {{ {of} }};");
        text
    })
}

/// What all policies are validated against.
pub fn of(modules: &[Module], roles: &Roles) -> Result<Schema, Problem> {
    let (schema, _) = Schema::from_cedarschema_str(&text(modules, roles)).map_err(Problem::internal)?;
    Ok(schema)
}

/// Actions of rules that ask for posts above those who take part.
pub fn above_involved(modules: &[Module]) -> impl Iterator<Item = &'static str> {
    let rules = modules.iter().flat_map(|module| module.rules);
    rules.filter(|rule| rule.asks_above_involved()).map(|rule| rule.action)
}

/// Policies and rules of all modules, and the one that stands over them: need to know.
pub fn policies(modules: &[Module], compartments: &[Compartment]) -> String {
    let rules = modules.iter().flat_map(|module| module.rules).map(kernel::Rule::cedar);
    let own = modules.iter().map(|module| format!("{}\n", module.policies));
    own.chain(rules).chain([need_to_know(compartments)]).collect()
}

/// What lies in a compartment is only for posts of its roles over the thing's unit; in one that nobody declared, for none.
fn need_to_know(compartments: &[Compartment]) -> String {
    let mut text =
        String::from("forbid (principal, action, resource)\nwhen { resource has compartment }\nunless { false");
    for one in compartments {
        let posts = Held::Of(one.open_to).sets();
        let over: Vec<String> = posts.iter().map(|set| format!("resource.unit in principal.{set}")).collect();
        let _ = write!(
            text,
            " || (resource.compartment == \"{}\" && resource has unit && ({}))",
            one.name,
            over.join(" || ")
        );
    }
    text + " };\n"
}

/// Actions that a policy allows by an attribute of the thing.
pub fn by_attribute(modules: &[Module], policies: &PolicySet) -> HashSet<&'static str> {
    let texts: Vec<String> = policies.policies().map(ToString::to_string).collect();
    let declared: BTreeMap<_, _> = kinds(modules);
    let names = |kind: &str| declared.get(kind).copied().flatten().map(|kind| kind.attributes).unwrap_or_default();
    let asks = |action: &str, kind: &str| {
        let of = |text: &&String| text.contains(&format!("\"{action}\""));
        let asked = |text: &String| names(kind).iter().any(|(name, _)| text.contains(&format!("resource.{name}")));
        texts.iter().filter(of).any(asked)
    };
    actions(modules).filter(|(action, kind)| asks(action, kind)).map(|(action, _)| action).collect()
}
