//! Lines of conditions there and back, and rules that go earlier and later.

use serde_json::{Value as Json, json};

use super::*;
use crate::{
    strategy::SHIPPED,
    table::{Draft, TableText},
    words::Words,
};

fn shipped() -> TableText {
    serde_json::from_str(SHIPPED).unwrap()
}

fn condition(json: Json) -> ConditionText {
    serde_json::from_value(json).unwrap()
}

fn part(rules: &[(&str, u16)]) -> PartText {
    let say = || Words { vi: "v".into(), en: "e".into() };
    let rule = |(key, rank): &(&str, u16)| RuleText {
        key: (*key).to_owned(),
        rank: *rank,
        when: ConditionText::default(),
        answer: "a".into(),
        say: say(),
    };
    PartText { key: "p".into(), say: say(), answers: Vec::new(), rules: rules.iter().map(rule).collect() }
}

fn ranks(part: &PartText) -> Vec<(&str, u16)> {
    part.in_order().into_iter().map(|rule| (rule.key.as_str(), rule.rank)).collect()
}

/// Every line that a form can show is what it was when it is read out of its parts again, and so is the whole.
#[test]
fn the_table_that_ships_goes_through_its_lines_and_loses_nothing() {
    let before = shipped();
    let mut after = before.clone();
    let (mut shown, mut groups) = (0, 0);
    for part in &mut after.parts {
        for rule in part.rules.clone() {
            let Lines { is_any, lines } = rule.when.lines();
            let through = lines.iter().map(|one| match one.line() {
                Some(line) => {
                    shown += 1;
                    ConditionText::from(line)
                }
                None => {
                    groups += 1;
                    one.clone()
                }
            });
            let lines = Lines { is_any, lines: through.collect() };
            assert_eq!(ConditionText::from(lines.clone()), rule.when, "{}", rule.key);
            part.put(RuleText { when: rule.when.with(lines), ..rule });
        }
    }
    assert_eq!(after, before);
    assert!(shown > 30 && groups == 3, "{shown} {groups}");
}

#[test]
fn a_line_says_what_its_test_says() {
    for test in [
        json!({"fact": "a", "is": true}),
        json!({"fact": "a", "is": false}),
        json!({"fact": "a", "in": ["x", "y"]}),
        json!({"fact": "a", "not_in": ["x"]}),
        json!({"fact": "a", "at_least": 1}),
        json!({"fact": "a", "below": 5}),
        json!({"fact": "a", "at_least": 1, "below": 5}),
        json!({"fact": "a", "known": true}),
        json!({"fact": "a", "known": false}),
    ] {
        let line = condition(test.clone()).line().unwrap();
        assert_eq!(serde_json::to_value(ConditionText::from(line)).unwrap(), test);
    }
    assert_eq!(condition(json!({"any": []})).line(), None);
    for kind in [FactKind::Bool, FactKind::Choice, FactKind::Number] {
        assert!(Op::of(kind).iter().all(|op| Op::parse(kind, op.code()) == Some(*op)));
        assert!(Op::of(kind).contains(&Line::new("a", kind).op));
    }
    assert_eq!(Op::parse(FactKind::Number, "yes"), None);
}

#[test]
fn what_is_written_otherwise_than_a_form_would_stays_as_it_is_until_its_lines_change() {
    let one = condition(json!({"any": [{"fact": "a", "is": true}]}));
    assert_eq!(one.with(one.lines()), one);
    let never = condition(json!({"any": []}));
    assert_eq!(never.with(never.lines()), never);
    let other = Lines { is_any: true, lines: vec![condition(json!({"fact": "a", "is": false}))] };
    assert_eq!(one.with(other), condition(json!({"fact": "a", "is": false})));
    assert_eq!(one.with(Lines::default()), condition(json!({"all": []})));
    let two = Lines { is_any: true, lines: vec![one.clone(), never.clone()] };
    assert_eq!(ConditionText::from(two.clone()).any.as_deref(), Some(two.lines.as_slice()));
}

#[test]
fn a_rule_steps_past_the_next_rank_and_out_of_its_own() {
    let mut part = part(&[("a", 30), ("b", 20), ("c", 20), ("d", 0)]);
    assert!(!part.can_step("a", Step::Earlier) && !part.can_step("d", Step::Later) && !part.step("x", Step::Later));
    assert!(part.step("c", Step::Earlier));
    assert_eq!(ranks(&part), [("a", 30), ("c", 25), ("b", 20), ("d", 0)]);
    assert!(part.step("c", Step::Earlier));
    assert_eq!(ranks(&part), [("c", 40), ("a", 30), ("b", 20), ("d", 0)]);
    assert!(part.step("c", Step::Later) && part.step("c", Step::Later));
    assert_eq!(ranks(&part), [("a", 30), ("b", 20), ("c", 10), ("d", 0)]);
    // Below the last nothing is free.
    assert!(part.step("c", Step::Later));
    assert_eq!(ranks(&part), [("a", 40), ("b", 30), ("d", 10), ("c", 5)]);
}

#[test]
fn ranks_without_room_are_spread_in_their_order() {
    let mut part = part(&[("a", u16::MAX), ("b", 2), ("c", 1), ("d", 1), ("e", 1)]);
    assert!(part.step("d", Step::Earlier));
    assert_eq!(ranks(&part), [("a", 30), ("b", 20), ("d", 15), ("c", 10), ("e", 10)]);
    assert!(part.step("e", Step::Later));
    assert_eq!(ranks(&part).last(), Some(&("e", 5)));
    part.rules[0].rank = u16::MAX;
    assert!(part.step("b", Step::Earlier));
    assert_eq!(ranks(&part)[..2], [("b", 60), ("a", 50)]);
}

#[test]
fn a_new_rule_has_a_key_and_a_rank_of_its_own() {
    let mut part = part(&[("a", 30), ("z", 0)]);
    assert_eq!(part.free_rank(), 15);
    assert_eq!(part.free_key("It is IN use, and more."), "it-is-in-use");
    assert_eq!((part.free_key("a"), part.free_key("Đ")), ("a-2".to_owned(), "rule".to_owned()));
    assert!(part.take_out("z") && !part.take_out("z"));
    assert_eq!(part.free_rank(), 40);
    assert!(part.take_out("a"));
    assert_eq!(part.free_rank(), APART);
}

/// Steps change who comes first, and nothing else; the check judges what they make.
#[test]
fn a_step_that_parts_two_rules_leaves_a_table_sound_and_a_rule_that_is_missed_does_not() {
    let mut table = shipped();
    assert!(table.parts[1].step("machines", Step::Earlier));
    assert_eq!(table.parts[1].rule("machines").unwrap().rank, 45);
    assert!(Draft::of(table.clone()).unwrap().check().is_ok());
    assert!(table.parts[1].take_out("too-little-known"));
    assert!(Draft::of(table).unwrap().check().is_err());
}
