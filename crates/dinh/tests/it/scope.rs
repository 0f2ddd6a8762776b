//! Lists and single things must agree: the scope that filters a register allows exactly what Cedar allows.

use std::sync::Arc;

use directory::{
    Directory, Engine, Tree,
    model::unit::{Unit, UnitKind},
};
use kernel::{Actor, Authorizer, Ctx, Held, Lang, Post, Resource, Role, UnitId};
use programme::work::model::question;
use proptest::prelude::*;
use testkit::{FrozenClock, SeededIds, TestDb};

fn id(n: usize) -> UnitId {
    UnitId::from_uuid(uuid::Uuid::from_u128(n as u128 + 1))
}

/// Unit 0 is the root; unit n hangs below one of the units before it.
fn tree(parents: &[usize]) -> Tree {
    let unit = |n: usize| Unit {
        id: id(n),
        parent: (n > 0).then(|| id(parents[n - 1] % n)),
        kind: if n == 0 { UnitKind::Province } else { UnitKind::Team },
        code: None,
        legacy_code: None,
        area_code: None,
        name: format!("Đơn vị {n}"),
        short_name: format!("ĐV {n}"),
        valid_from: jiff::civil::date(2025, 7, 1),
        valid_to: None,
        successor: None,
        rev: 1,
    };
    Tree::new((0..=parents.len()).map(unit).collect(), &[], 0)
}

#[test]
fn the_scope_of_a_list_is_what_the_policies_allow() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = runtime.block_on(TestDb::open());
    let modules = dinh::wiring::modules();
    runtime.block_on(db::migrate(&test.db, &dinh::wiring::migrations(&modules))).unwrap();
    let directory = runtime.block_on(Directory::open(test.db.clone())).unwrap();
    let config = ProptestConfig::with_cases(150);
    let cases = (
        proptest::collection::vec(0usize..20, 1..14),
        proptest::collection::vec((0usize..14, 0usize..5), 0..3),
        0usize..14,
        0usize..14,
        proptest::collection::vec(0usize..14, 0..4),
    );
    proptest!(config, |((parents, posts, unit, follower, helpers) in cases)| {
        let count = parents.len() + 1;
        let engine = Engine::new(directory.with_tree(tree(&parents)), &modules).unwrap();
        let posts: Vec<Post> = posts.iter().map(|(n, role)| Post { unit: id(n % count), role: Role::ALL[*role] }).collect();
        let ids = Arc::new(SeededIds::default());
        let system = Ctx::new(Actor::System("test"), Lang::Vi, Arc::new(FrozenClock::default()), ids);
        let ctx = system.with_actor(Actor::Person { account: system.new_id(), person: system.new_id(), posts });
        let (unit, follower) = (id(unit % count), id(follower % count));
        let helpers: Vec<UnitId> = helpers.iter().map(|n| id(n % count)).collect();
        let scope = engine.scope(&ctx);
        let listed = scope.everything || scope.subtree.contains(&unit) || scope.own.contains(&follower) || helpers.iter().any(|id| scope.own.contains(id));
        let resource = Resource { kind: "Task", id: "part".into(), unit: Some(unit), followed_by: vec![follower], involved: helpers };
        prop_assert_eq!(engine.check(&ctx, "task.read", &resource).is_ok(), listed);
        // A question is read above who asked it and above whom it was put to, each by posts of its own.
        let below = |held, units: &[UnitId]| {
            let reach = engine.reach(&ctx, held);
            units.iter().any(|unit| reach.everything || reach.subtree.contains(unit))
        };
        let asking = Held::Of(&[Role::Leader, Role::Programme]);
        let listed = below(asking, &[unit]) || below(question::ANSWERING, &resource.involved);
        let resource = Resource { kind: "Question", followed_by: vec![], ..resource };
        prop_assert_eq!(engine.check(&ctx, "question.read", &resource).is_ok(), listed);
    });
}
