use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::words::Status;

fn level(levels: &Levels, facts: &Json) -> (u8, Vec<String>) {
    let facts = levels.table().read_facts(facts.as_object().unwrap()).unwrap();
    let proposal = levels.propose(&facts).unwrap();
    let reasons = levels.table().reasons(&proposal.decision.verdicts[levels.part()], &facts);
    (proposal.level, reasons.iter().map(|reason| reason.rule.to_owned()).collect())
}

#[test]
fn each_level_is_proposed_by_its_rule() {
    let levels = Levels::shipped();
    assert_eq!(levels.table().checked().warnings, []);
    assert_eq!(levels.table().edition().status, Status::Cited);
    for (facts, expected, rules) in [
        (json!({"scope": "internal", "information": "public_only"}), 1, &["internal-public"][..]),
        (json!({"scope": "internal", "information": "private"}), 2, &["internal-private"]),
        (json!({"scope": "internal"}), 2, &["too-little-known"]),
        (json!({}), 2, &["too-little-known"]),
        (json!({"scope": "own_infrastructure"}), 2, &["own-infrastructure"]),
        (json!({"scope": "public", "people": 9_999, "online_service": "partial"}), 2, &["public"]),
        (json!({"scope": "public", "people": 10_000}), 3, &["many-people"]),
        (json!({"scope": "internal", "information": "private", "people": 10_000}), 2, &["internal-private"]),
        (json!({"scope": "public", "online_service": "full", "people": 20_000}), 3, &["full-service", "many-people"]),
        (json!({"scope": "public", "conditional_business": true}), 3, &["licensed-trade"]),
        (json!({"scope": "shared_infrastructure"}), 3, &["shared"]),
        (json!({"information": "state_secret"}), 3, &["harm"]),
        (json!({"information": "state_secret", "harm": "serious"}), 4, &["serious-harm"]),
        (json!({"defence": true, "harm": "grave"}), 5, &["grave-harm"]),
        (json!({"scope": "internal", "information": "private", "harm": "grave"}), 2, &["internal-private"]),
        (json!({"scope": "national_service", "nonstop": true}), 4, &["national-nonstop"]),
        (json!({"scope": "national_infrastructure", "nonstop": false}), 3, &["national"]),
        (json!({"works": "class_2"}), 3, &["class-2-works"]),
        (json!({"works": "class_1"}), 4, &["class-1-works"]),
        (json!({"works": "special"}), 5, &["special-works"]),
        (json!({"national_store": true, "international_link": true}), 5, &["national-store", "international"]),
    ] {
        let (found, because) = level(&levels, &facts);
        assert_eq!((found, &because.iter().map(String::as_str).collect::<Vec<_>>()[..]), (expected, rules), "{facts}");
    }
}

#[test]
fn a_higher_level_asks_for_all_that_a_lower_one_does() {
    let rules = DossierRules::shipped();
    let counts: Vec<usize> = (1..=5).map(|level| rules.controls(level).count()).collect();
    assert!(counts.windows(2).all(|pair| pair[0] < pair[1]), "{counts:?}");
    assert_eq!(counts[4], rules.text().controls.len());
    let groups: std::collections::BTreeSet<&str> = rules.controls(1).map(|(group, _)| group.key.as_str()).collect();
    assert_eq!(groups.len(), 9);
    assert_eq!(rules.clock("appraise", 4).map(|clock| clock.working_days), Some(30));
    assert_eq!(rules.clock("appraise", 6), None);
}

#[test]
fn controls_and_clocks_are_checked() {
    let mut text = DossierRules::shipped().text().clone();
    text.controls[0].group = "magic".into();
    text.controls[1].from_level = 6;
    text.clocks[0].levels = vec![1, 2];
    text.cycles[1].levels.push(4);
    text.clocks[3].working_days = 0;
    let first = text.controls[2].key.clone();
    text.controls[3].key = first.clone();
    let faults = DossierRules::of(text).unwrap_err();
    let fault = crate::table::Fault::TwiceNamed { place: "controls".into(), key: first };
    assert_eq!(
        faults,
        [
            DossierFault::Shape { fault },
            DossierFault::NoTime { place: "complete".into() },
            DossierFault::NoSuchGroup { control: "policy-text".into(), group: "magic".into() },
            DossierFault::NoSuchLevel { place: "policy-review".into(), level: 6 },
            DossierFault::NotOnce { place: "appraise".into(), level: 3, times: 0 },
            DossierFault::NotOnce { place: "cycles".into(), level: 4, times: 2 },
        ]
    );
}

#[test]
fn a_dossier_is_late_for_good_and_a_check_is_due_each_year() {
    let rules = DossierRules::shipped();
    let today = date(2027, 6, 1);
    let on = |operating, approved, checked| {
        rules.standing(3, Dates { operating, approved, checked, ..Dates::default() }, today)
    };
    let day = |year, month| Some(date(year, month, 1));
    assert!(on(day(2026, 1), None, None).is_unapproved);
    assert!(!on(None, None, None).is_unapproved && !on(None, None, None).counts);
    // A day that is still to come changes nothing today.
    assert!(on(day(2026, 1), day(2027, 7), None).is_unapproved);
    let good = on(day(2026, 10), day(2026, 9), None);
    assert_eq!((good.counts, good.check_by, good.holds_until), (true, day(2027, 9), day(2029, 9)));
    let late = on(day(2026, 9), day(2026, 10), day(2027, 5));
    assert_eq!((late.counts, late.late_by, late.check_by), (false, Some(30), day(2028, 5)));
    let unchecked = on(day(2026, 2), day(2026, 1), None);
    assert!(unchecked.is_check_overdue && !unchecked.is_expired && !unchecked.counts);
    let old = on(day(2024, 2), day(2024, 1), day(2027, 1));
    assert!(old.is_expired && !old.is_check_overdue && !old.counts);
    // Renewed in time it holds on; it was not late at its beginning.
    let renewed =
        Dates { operating: day(2024, 2), first_approved: day(2024, 1), approved: day(2027, 1), checked: None };
    assert!(rules.standing(3, renewed, today).counts);
    assert!(!rules.standing(0, renewed, today).counts);
    // On the last day it still holds.
    assert!(
        rules.standing(3, Dates { approved: day(2024, 6), checked: day(2027, 5), ..Dates::default() }, today).counts
    );
    assert_eq!(rules.standing(5, Dates { approved: day(2027, 1), ..Dates::default() }, today).check_by, day(2027, 7));
}

proptest! {
    #[test]
    fn to_know_of_more_harm_never_lowers_the_level(
        scope in prop::sample::select(vec!["internal", "public", "shared_infrastructure", "national_service"]),
        information in prop::sample::select(vec!["public_only", "private", "state_secret"]),
        people in 0i64..20_000,
    ) {
        static ONCE: LazyLock<Levels> = LazyLock::new(Levels::shipped);
        let with = |harm: &str| level(&ONCE, &json!({
            "scope": scope, "information": information, "people": people, "harm": harm})).0;
        let found: Vec<u8> = ["none", "harm", "serious", "grave"].map(with).to_vec();
        prop_assert!(found.is_sorted(), "{:?}", found);
    }
}
