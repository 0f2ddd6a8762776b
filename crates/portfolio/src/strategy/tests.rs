//! The table that ships, case by case.

use std::sync::LazyLock;

use proptest::prelude::{Strategy as _, any, prop, prop_assert, proptest};
use serde_json::{Value as Json, json};

use super::{Classified, NotAStrategyTable, SHIPPED, Strategies, Strategy, Strategy::*};
use crate::table::{Draft, FactKind};

fn classified(strategies: &Strategies, facts: Json) -> Classified<'_> {
    let facts = strategies.table().read_facts(facts.as_object().unwrap()).unwrap();
    strategies.classify(&facts).unwrap()
}

/// A sound system in the own room of its body, on virtual machines, and what is different about it.
fn with(different: Json) -> Json {
    let mut facts = json!({
        "state_secret": false, "legal_exclusion": false, "lifecycle": "operating", "replaced": false,
        "shared_platform": false, "special_hardware": false, "hosting": "own_room", "packaging": "virtual_machine",
        "support": "in_support", "database": true, "personal_data": "basic", "source_owned": true,
        "service_exists": false, "criticality": "medium", "relations": 3, "age": 4, "users": 200,
    });
    facts.as_object_mut().unwrap().extend(different.as_object().unwrap().clone());
    facts
}

#[test]
fn the_shipped_table_has_no_warning_and_is_checked_quickly() {
    let strategies = Strategies::shipped();
    let checked = strategies.table().checked();
    assert_eq!(checked.warnings, []);
    assert!(checked.steps < 50_000, "{}", checked.steps);
}

#[test]
fn each_case_gets_its_way_and_the_rules_that_led_to_it() {
    let strategies = Strategies::shipped();
    let cases: &[(Json, Strategy, &str, &[&str])] = &[
        (json!({}), Rehost, "eligible", &["lift"]),
        (json!({"state_secret": true}), Retain, "state_secret", &["secret"]),
        (json!({"state_secret": true, "lifecycle": "retired"}), Retain, "state_secret", &["secret"]),
        (json!({"state_secret": true, "shared_platform": true}), Retain, "state_secret", &["secret"]),
        (json!({"legal_exclusion": true}), Retain, "excluded", &["bound"]),
        (json!({"legal_exclusion": true, "replaced": true}), Retain, "excluded", &["bound"]),
        (json!({"lifecycle": "retired"}), Retire, "end_of_life", &["ending"]),
        (json!({"lifecycle": "retiring"}), Retire, "end_of_life", &["ending"]),
        (json!({"replaced": true}), Retire, "end_of_life", &["replaced"]),
        (json!({"replaced": true, "lifecycle": "retiring"}), Retire, "end_of_life", &["ending", "replaced"]),
        (json!({"special_hardware": true}), Retain, "eligible", &["device"]),
        (json!({"special_hardware": true, "shared_platform": true}), Retain, "eligible", &["device"]),
        (json!({"shared_platform": true}), Retire, "eligible", &["shared"]),
        (json!({"shared_platform": true, "hosting": "domestic_cloud"}), Retire, "eligible", &["shared"]),
        (json!({"hosting": "provincial_cloud"}), Retain, "eligible", &["there"]),
        (json!({"hosting": "domestic_cloud", "support": null}), Retain, "eligible", &["there"]),
        (json!({"hosting": "domestic_cloud", "support": "ended"}), Replatform, "eligible", &["there-old"]),
        (json!({"hosting": "provincial_cloud", "support": "ends_soon"}), Replatform, "eligible", &["there-old"]),
        (json!({"lifecycle": "planned", "hosting": null}), Replatform, "eligible", &["new"]),
        (json!({"lifecycle": "building"}), Replatform, "eligible", &["new"]),
        (json!({"lifecycle": "building", "hosting": "provincial_cloud"}), Retain, "eligible", &["there"]),
        (json!({"service_exists": true}), Repurchase, "eligible", &["service"]),
        (json!({"service_exists": true, "relations": 9}), Repurchase, "eligible", &["service"]),
        (json!({"service_exists": true, "relations": 10}), Rehost, "eligible", &["lift"]),
        (json!({"service_exists": true, "personal_data": "sensitive"}), Replatform, "eligible", &["sensitive-data"]),
        (
            json!({"service_exists": true, "support": "ended", "source_owned": false}),
            Repurchase,
            "eligible",
            &["service", "service-unsupported"],
        ),
        (
            json!({"service_exists": true, "support": "ended", "source_owned": false, "relations": 40}),
            Repurchase,
            "eligible",
            &["service-unsupported"],
        ),
        (json!({"users": 4, "criticality": "low", "relations": 0}), Retire, "eligible", &["unused"]),
        (json!({"users": 5, "criticality": "low", "relations": 0}), Rehost, "eligible", &["lift"]),
        (json!({"users": 4, "criticality": "low", "relations": 1}), Rehost, "eligible", &["lift"]),
        (json!({"users": null, "criticality": "low", "relations": 0}), Rehost, "eligible", &["lift"]),
        (json!({"support": "ended", "age": 8, "criticality": "high"}), Refactor, "eligible", &["rebuild"]),
        (json!({"support": "ended", "age": 12, "relations": 10}), Refactor, "eligible", &["rebuild"]),
        (json!({"support": "ended", "age": 7, "criticality": "high"}), Replatform, "eligible", &["renew"]),
        (json!({"support": "ended", "age": 12}), Replatform, "eligible", &["renew"]),
        (json!({"support": "ended", "age": 12, "source_owned": false}), Repurchase, "eligible", &["replace"]),
        (
            json!({"support": "ended", "age": 12, "source_owned": null, "criticality": "high"}),
            Replatform,
            "eligible",
            &["renew"],
        ),
        (json!({"criticality": "high", "users": 50_000, "packaging": "physical"}), Refactor, "eligible", &["scale"]),
        (
            json!({"criticality": "high", "users": 49_999, "packaging": "physical"}),
            Replatform,
            "eligible",
            &["bare-database"],
        ),
        (json!({"support": "ends_soon"}), Replatform, "eligible", &["renew"]),
        (
            json!({"support": "ends_soon", "personal_data": "sensitive"}),
            Replatform,
            "eligible",
            &["renew", "sensitive-data"],
        ),
        (
            json!({"personal_data": "sensitive", "hosting": "provincial_data_centre"}),
            Relocate,
            "eligible",
            &["machines"],
        ),
        (
            json!({"personal_data": "sensitive", "hosting": "foreign_cloud"}),
            Replatform,
            "eligible",
            &["sensitive-data"],
        ),
        (json!({"packaging": "containers"}), Relocate, "eligible", &["containers"]),
        (json!({"hosting": "provincial_data_centre"}), Relocate, "eligible", &["machines"]),
        (json!({"hosting": "foreign_cloud", "packaging": "containers"}), Relocate, "eligible", &["containers"]),
        (json!({"hosting": "hybrid"}), Relocate, "eligible", &["machines"]),
        (json!({"packaging": "physical", "hosting": "provincial_data_centre"}), Rehost, "eligible", &["lift"]),
        (json!({"packaging": null}), Rehost, "eligible", &["too-little-known"]),
        (json!({"hosting": null}), Rehost, "eligible", &["too-little-known"]),
    ];
    for (different, strategy, ground, because) in cases {
        let facts = with(different.clone());
        let read = strategies.table().read_facts(facts.as_object().unwrap()).unwrap();
        let found = classified(&strategies, facts);
        let reasons = strategies.table().reasons(&found.decision.verdicts[1], &read);
        let rules: Vec<&str> = reasons.iter().map(|reason| reason.rule).collect();
        assert_eq!((found.strategy, found.ground, &rules[..]), (*strategy, *ground, *because), "{different}");
        assert_eq!(found.eligible, *ground == "eligible", "{different}");
    }
    for strategy in Strategy::ALL {
        assert!(cases.iter().any(|(_, found, ..)| *found == strategy), "no case of {strategy:?}");
    }
}

#[test]
fn of_a_system_of_which_nothing_is_known_it_says_what_to_find_out() {
    let strategies = Strategies::shipped();
    let nothing = strategies.table().nothing_known();
    let found = strategies.classify(&nothing).unwrap();
    assert_eq!((found.strategy, found.eligible), (Rehost, true));
    // Each fact by itself that would change it.
    let decisive = strategies.table().decisive(&nothing).unwrap();
    let keys: Vec<&str> = decisive.iter().map(|one| strategies.table().facts()[one.fact].key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "state_secret",
            "legal_exclusion",
            "lifecycle",
            "replaced",
            "shared_platform",
            "special_hardware",
            "hosting",
            "packaging",
            "support"
        ]
    );
    assert_eq!(found.decision.verdicts[1].unknown.len(), 14, "{:?}", found.decision.verdicts[1].unknown);
}

#[test]
fn every_reason_is_said_in_both_languages() {
    for part in Strategies::shipped().table().parts() {
        for rule in &part.rules {
            assert!(rule.say.is_complete() && rule.say.vi != rule.say.en, "{}", rule.key);
        }
    }
}

#[test]
fn a_table_of_something_else_is_refused() {
    let refused = |text: String| Strategies::new(Draft::read(&text).unwrap().check().unwrap()).unwrap_err();
    let moved = SHIPPED.replace(r#""ends": {"strategy": "retire"}"#, r#""ends": {"strategy": "rehost"}"#);
    assert_eq!(refused(moved), [NotAStrategyTable::GroundMoves { answer: "end_of_life".into() }]);
    let other = SHIPPED.replace(r#""code": "refactor""#, r#""code": "rebuild""#);
    let other = other.replace(r#""answer": "refactor""#, r#""answer": "rebuild""#);
    assert_eq!(refused(other), [NotAStrategyTable::NoSuchStrategy { answer: "rebuild".into() }]);
    let nameless = SHIPPED.replace(r#""key": "eligibility""#, r#""key": "first""#);
    assert_eq!(refused(nameless), [NotAStrategyTable::NoPart { part: "eligibility".into() }]);
}

static ONCE: LazyLock<Strategies> = LazyLock::new(Strategies::shipped);

fn some_facts() -> impl proptest::strategy::Strategy<Value = Json> {
    let strategies = Strategies::shipped();
    let each = strategies.table().facts().iter().map(|fact| {
        let key = fact.key.clone();
        let value = match fact.kind {
            FactKind::Bool => any::<Option<bool>>().prop_map(|value| json!(value)).boxed(),
            FactKind::Number => prop::option::of(0i64..60).prop_map(|value| json!(value)).boxed(),
            FactKind::Choice => {
                let codes = fact.values.iter().map(|value| Some(value.code.clone())).chain([None]);
                prop::sample::select(codes.collect::<Vec<_>>()).prop_map(|value| json!(value)).boxed()
            }
        };
        value.prop_map(move |value| (key.clone(), value))
    });
    each.collect::<Vec<_>>().prop_map(|facts| Json::Object(facts.into_iter().collect()))
}

proptest! {
    #[test]
    fn what_may_not_move_does_not_and_what_is_unknown_is_said(facts in some_facts()) {
        let strategies = &*ONCE;
        let found = classified(strategies, facts.clone());
        prop_assert!(found.eligible || !found.strategy.moves());
        prop_assert!(facts["state_secret"] != true || found.strategy == Retain);
        prop_assert!(facts["special_hardware"] != true || !found.strategy.moves());
        prop_assert!(found.strategy != Refactor || facts["source_owned"] == true);
        for verdict in &found.decision.verdicts {
            prop_assert!(!verdict.because.is_empty());
            for fact in &verdict.unknown {
                prop_assert!(facts[&strategies.table().facts()[*fact].key].is_null());
            }
        }
    }
}
