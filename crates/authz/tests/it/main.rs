//! The engine over a tree and rules of its own: no domain, no database.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use authz::Engine;
use kernel::{
    Actor, Attribute, AttributeType, Authorizer, Calling, Compartment, Ctx, Ground, Held, Kind, Lang, Post, Resource,
    Role, Rule, UnitId, UnitTree, ids::TokenId,
};
use proptest::prelude::*;
use testkit::{FrozenClock, SeededIds};
use webkit::Module;

const REGISTRAR: Role = Role::new("registrar", Calling::Works);
const GUARD: Role = Role::new("guard", Calling::Watches);

const RULES: &[Rule] = &[
    Rule {
        action: "case.read",
        kind: "Case",
        grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any), Ground::Involved(Held::Any)],
    },
    Rule { action: "case.hear", kind: "Case", grounds: &[Ground::InvolvedBelow(Held::Of(&[REGISTRAR]))] },
    Rule { action: "case.file", kind: "Case", grounds: &[Ground::Below(Held::Of(&[REGISTRAR]))] },
];

const POLICIES: &str = r#"
permit (principal, action == Action::"case.open", resource)
when { resource has classification && resource.classification == "open" };
permit (principal, action == Action::"case.weigh", resource)
when { resource has secret && !resource.secret && resource has level && resource.level < 3
    && resource has tags && resource.tags.contains("land") };
permit (principal is Client, action == Action::"case.fetch", resource)
when { context.channel == "api" && context has purpose && context.purpose == "statistics" };
permit (principal is Account, action == Action::"case.close", resource)
when { resource has unit && resource.unit in principal.own && context.assurance >= 2 };
"#;

fn module() -> Module {
    Module {
        actions: &[("case.open", "Case"), ("case.weigh", "Case"), ("case.fetch", "Case"), ("case.close", "Case")],
        rules: RULES,
        roles: &[Role::LEADER, REGISTRAR, GUARD],
        kinds: &[Kind {
            name: "Case",
            attributes: &[
                ("classification", AttributeType::Text),
                ("secret", AttributeType::Flag),
                ("level", AttributeType::Number),
                ("tags", AttributeType::Texts),
            ],
        }],
        compartments: &[Compartment { name: "security", open_to: &[GUARD] }],
        policies: POLICIES,
        ..Module::new("cases")
    }
}

/// Unit 0 is the root; unit n hangs below one of the units before it.
#[derive(Debug)]
struct Units(Vec<usize>);

fn id(n: usize) -> UnitId {
    UnitId::from_uuid(uuid::Uuid::from_u128(n as u128 + 1))
}

fn number(unit: UnitId) -> usize {
    usize::try_from(unit.uuid().as_u128() - 1).unwrap()
}

impl UnitTree for Units {
    fn root(&self) -> Option<UnitId> {
        Some(id(0))
    }

    fn lineage(&self, unit: UnitId) -> Vec<UnitId> {
        let above = |n: &usize| (*n > 0).then(|| self.0[*n - 1] % n);
        std::iter::successors(Some(number(unit)), above).map(id).collect()
    }

    fn subtree(&self, unit: UnitId) -> Vec<UnitId> {
        (0..=self.0.len()).map(id).filter(|one| self.lineage(*one).contains(&unit)).collect()
    }

    fn merged(&self) -> Vec<(UnitId, UnitId)> {
        Vec::new()
    }
}

fn engine(parents: &[usize]) -> Engine {
    Engine::new(Arc::new(Units(parents.to_vec())), &[module()]).unwrap()
}

fn person(posts: &[(usize, Role)]) -> Ctx {
    let system =
        Ctx::new(Actor::System("test"), Lang::Vi, Arc::new(FrozenClock::default()), Arc::new(SeededIds::default()));
    let posts = posts.iter().map(|(unit, role)| Post { unit: id(*unit), role: *role }).collect();
    system.with_actor(Actor::Person { account: system.new_id(), person: system.new_id(), posts })
}

fn program(posts: &[(usize, Role)]) -> Ctx {
    let ctx = person(posts);
    let (token, account) = (ctx.new_id::<kernel::ids::kinds::Token>(), ctx.new_id());
    let token: TokenId = token;
    ctx.with_actor(Actor::Token { token, account, posts: ctx.actor.posts().to_vec(), read_only: false })
}

fn case(unit: usize) -> Resource {
    Resource { kind: "Case", id: "case".into(), unit: Some(id(unit)), ..Resource::default() }
}

#[test]
fn the_scope_of_a_list_is_what_the_policies_allow() {
    let cases = (
        proptest::collection::vec(0usize..20, 1..14),
        proptest::collection::vec((0usize..14, 0usize..3), 0..3),
        0usize..14,
        0usize..14,
        proptest::collection::vec(0usize..14, 0..4),
    );
    proptest!(ProptestConfig::with_cases(150), |((parents, posts, unit, follower, helpers) in cases)| {
        let count = parents.len() + 1;
        let engine = engine(&parents);
        let roles = [Role::LEADER, REGISTRAR, GUARD];
        let posts: Vec<(usize, Role)> = posts.iter().map(|(n, role)| (n % count, roles[*role])).collect();
        let ctx = person(&posts);
        let (unit, follower) = (unit % count, id(follower % count));
        let involved: Vec<UnitId> = helpers.iter().map(|n| id(n % count)).collect();
        let scope = engine.scope(&ctx);
        let listed = scope.everything || scope.subtree.contains(&id(unit)) || scope.own.contains(&follower) || involved.iter().any(|id| scope.own.contains(id));
        let resource = Resource { followed_by: vec![follower], involved, ..case(unit) };
        let registers = engine.reach(&ctx, Held::Of(&[REGISTRAR]));
        let hears = resource.involved.iter().any(|unit| registers.subtree.contains(unit));
        prop_assert_eq!(engine.check(&ctx, "case.hear", &resource).is_ok(), hears);
        prop_assert_eq!(engine.check(&ctx, "case.read", &resource).is_ok(), listed);
        prop_assert_eq!(engine.check(&ctx, "case.file", &case(unit)).is_ok(), registers.subtree.contains(&id(unit)));
    });
}

#[test]
fn a_compartment_is_for_its_roles_alone_whatever_else_allows() {
    let engine = engine(&[0, 0]);
    let hidden = |name: &str| Resource { compartment: Some(name.into()), ..case(1) };
    let (leader, guard) = (person(&[(0, Role::LEADER)]), person(&[(1, GUARD)]));
    assert!(engine.check(&leader, "case.read", &case(1)).is_ok());
    assert!(engine.check(&leader, "case.read", &hidden("security")).is_err());
    assert!(engine.check(&guard, "case.read", &hidden("security")).is_ok());
    // Over that unit only, and being named in the case opens nothing.
    let elsewhere = person(&[(2, GUARD)]);
    let named = Resource { involved: vec![id(2)], ..hidden("security") };
    assert!(engine.check(&elsewhere, "case.read", &named).is_err());
    assert!(engine.check(&elsewhere, "case.read", &Resource { compartment: None, ..named }).is_ok());
    // One that nobody declared is closed to all, and one of no unit too.
    assert!(engine.check(&guard, "case.read", &hidden("forgotten")).is_err());
    let nowhere = Resource { unit: None, involved: vec![id(1)], ..hidden("security") };
    assert!(engine.check(&guard, "case.read", &nowhere).is_err());
}

#[test]
fn attributes_decide_and_a_route_waits_for_the_thing() {
    let engine = engine(&[0]);
    let ctx = person(&[(1, Role::LEADER)]);
    let of = |text: &str| Resource { attributes: vec![("classification", Attribute::Text(text.into()))], ..case(0) };
    assert!(engine.check_route(&ctx, "case.open").is_ok());
    assert!(engine.check(&ctx, "case.open", &of("open")).is_ok());
    assert!(engine.check(&ctx, "case.open", &of("closed")).is_err());
    assert!(engine.check(&ctx, "case.open", &case(0)).is_err());
    let weighed = |secret, level, tag: &str| {
        let tags = Attribute::Texts(vec![tag.into(), "tax".into()]);
        let attributes = vec![("secret", Attribute::Flag(secret)), ("level", Attribute::Number(level)), ("tags", tags)];
        engine.check(&ctx, "case.weigh", &Resource { attributes, ..case(0) }).is_ok()
    };
    assert!(weighed(false, 2, "land"));
    assert!(!weighed(true, 2, "land") && !weighed(false, 3, "land") && !weighed(false, 2, "roads"));
    // What no attribute can open is refused at the door.
    assert!(engine.check_route(&ctx, "case.file").is_err());
    assert!(engine.check_route(&person(&[]), "case.open").is_err());
}

#[test]
fn a_program_is_a_client_and_says_what_it_asks_for() {
    let engine = engine(&[0]);
    let (person, program) = (person(&[(0, REGISTRAR)]), program(&[(0, REGISTRAR)]));
    let statistics = program.with_purpose(Some("statistics".into()));
    assert!(engine.check(&statistics, "case.fetch", &case(1)).is_ok());
    assert!(engine.check_route(&statistics, "case.fetch").is_ok());
    assert!(engine.check(&program, "case.fetch", &case(1)).is_err());
    assert!(engine.check(&person.with_purpose(Some("statistics".into())), "case.fetch", &case(1)).is_err());
    // Its posts count as a person's do.
    assert!(engine.check(&program, "case.file", &case(1)).is_ok());
    assert!(engine.check(&person, "case.close", &case(1)).is_err());
    assert!(engine.check(&person.with_fresh(true), "case.close", &case(1)).is_ok());
    assert!(engine.check(&program.with_fresh(true), "case.close", &case(1)).is_err());
}

#[test]
fn a_policy_over_what_nobody_declared_stops_the_start() {
    for policies in [
        r#"permit (principal, action == Action::"case.burn", resource);"#,
        r#"permit (principal, action == Action::"case.open", resource) when { resource.colour == "red" };"#,
        r#"permit (principal, action == Action::"case.open", resource) when { resource.unit in principal.kingOf };"#,
    ] {
        assert!(Engine::new(Arc::new(Units(vec![])), &[Module { policies, ..module() }]).is_err(), "{policies}");
    }
}
