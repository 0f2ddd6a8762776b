//! Small tables, and random ones against the plainest check that there is: all cases, one after the other.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

fn say(text: &str) -> Json {
    json!({"vi": text, "en": text})
}

fn rule(key: &str, rank: u16, when: Json, answer: &str) -> Json {
    json!({"key": key, "rank": rank, "when": when, "answer": answer, "say": say(key)})
}

fn text(rules: &[Json]) -> String {
    json!({
        "edition": {"id": "t", "version": "1", "dated": "2026-11-01", "status": "proposal",
            "source": say("s"), "note": say("")},
        "facts": [
            {"key": "old", "type": "bool", "say": say("old")},
            {"key": "place", "type": "choice", "say": say("place"), "values": [
                {"code": "here", "say": say("here")},
                {"code": "there", "say": say("there")},
                {"code": "far", "say": say("far")}]},
            {"key": "users", "type": "number", "say": say("users"), "min": 0, "max": 1000},
        ],
        "parts": [{"key": "what", "say": say("what"), "rules": rules, "answers": [
            {"code": "stay", "say": say("stay")}, {"code": "go", "say": say("go")}]}],
    })
    .to_string()
}

fn draft(rules: &[Json]) -> Draft {
    Draft::read(&text(rules)).unwrap()
}

fn example(json: Json) -> Example {
    serde_json::from_value(json).unwrap()
}

#[test]
fn each_test_means_what_it_says() {
    let places = [json!("here"), json!("there"), json!("far"), Json::Null];
    let users = [json!(4), json!(5), json!(6), Json::Null];
    let olds = [json!(true), json!(false), Json::Null];
    let holds = |when: Json, fact: &str, values: &[Json]| -> Vec<bool> {
        let rules = [rule("it", 1, when, "go"), rule("else", 0, json!({"all": []}), "stay")];
        let table = draft(&rules).check().unwrap();
        let decided = |value: &Json| {
            let facts = table.read_facts(json!({fact: value}).as_object().unwrap()).unwrap();
            table.decide(&facts).unwrap().verdicts[0].answer == 1
        };
        values.iter().map(decided).collect()
    };
    let of =
        |test: &str, value: Json, fact: &str, values: &[Json]| holds(json!({"fact": fact, test: value}), fact, values);
    assert_eq!(of("in", json!(["here", "far"]), "place", &places), [true, false, true, false]);
    assert_eq!(of("not_in", json!(["there"]), "place", &places), [true, false, true, false]);
    assert_eq!(of("not_in", json!([]), "place", &places), [true, true, true, false]);
    assert_eq!(of("known", json!(true), "place", &places), [true, true, true, false]);
    assert_eq!(of("known", json!(false), "users", &users), [false, false, false, true]);
    assert_eq!(of("at_least", json!(5), "users", &users), [false, true, true, false]);
    assert_eq!(of("below", json!(5), "users", &users), [true, false, false, false]);
    assert_eq!(of("is", json!(true), "old", &olds), [true, false, false]);
    assert_eq!(of("is", json!(false), "old", &olds), [false, true, false]);
    let between = json!({"fact": "users", "at_least": 5, "below": 6});
    assert_eq!(holds(between, "users", &users), [false, true, false, false]);
}

#[test]
fn a_gap_is_shown_by_a_case() {
    let rules = [
        rule("old", 1, json!({"fact": "old", "is": true}), "go"),
        rule("many", 1, json!({"fact": "users", "at_least": 100}), "go"),
        rule("few", 0, json!({"fact": "users", "below": 100}), "stay"),
    ];
    let checked = draft(&rules).check().unwrap_err();
    let missing = example(json!({"old": false, "users": null}));
    assert_eq!(checked.defects, [Defect::Gap { part: "what".into(), example: missing }]);
    let filled = [&rules[..], &[rule("ask", 0, json!({"fact": "users", "known": false}), "stay")]].concat();
    assert_eq!(draft(&filled).check().unwrap().checked().warnings, [Warning::UnusedFact { fact: "place".into() }]);
}

#[test]
fn rules_of_one_rank_that_differ_are_shown_by_a_case_and_ranks_settle_it() {
    let two = |rank| {
        [
            rule("old", rank, json!({"fact": "old", "is": true}), "go"),
            rule("near", 1, json!({"fact": "place", "in": ["here", "there"]}), "stay"),
            rule("else", 0, json!({"all": []}), "stay"),
        ]
    };
    let checked = draft(&two(1)).check().unwrap_err();
    let both = Defect::Contradiction {
        part: "what".into(),
        rules: ["old".into(), "near".into()],
        answers: ["go".into(), "stay".into()],
        example: example(json!({"old": true, "place": "here"})),
    };
    assert_eq!(checked.defects, [both]);
    assert!(draft(&two(2)).check().is_ok());
}

#[test]
fn what_never_counts_is_a_warning() {
    let rules = [
        rule("all", 2, json!({"all": []}), "go"),
        rule("never", 1, json!({"fact": "old", "is": true}), "stay"),
        rule("nothing", 3, json!({"all": [{"fact": "users", "below": 5}, {"fact": "users", "at_least": 5}]}), "stay"),
    ];
    let warnings = draft(&rules).checked(MOST_STEPS).warnings;
    let never = |rule: &str| Warning::NeverDecides { part: "what".into(), rule: rule.into() };
    assert!([never("never"), never("nothing")].iter().all(|one| warnings.contains(one)), "{warnings:?}");
    assert!(warnings.contains(&Warning::NeverAnswered { part: "what".into(), answer: "stay".into() }));
}

/// Who is old goes and is asked nothing more; the others are asked for their place.
fn two_parts(exempt: &Json, places: &[&str]) -> Draft {
    let first = [
        rule("exempt", 2, exempt.clone(), "stay"),
        rule("old", 1, json!({"fact": "old", "is": true}), "go"),
        rule("else", 0, json!({"all": []}), "stay"),
    ];
    let mut text: Json = serde_json::from_str(&text(&first)).unwrap();
    text["parts"][0]["answers"][1]["ends"] = json!({"where": "out"});
    let rules = [
        rule("near", 1, json!({"all": [{"fact": "old", "is": false}, {"fact": "place", "in": places}]}), "in"),
        rule("far", 0, json!({"any": [{"fact": "old", "is": false}, {"fact": "old", "known": false}]}), "out"),
    ];
    text["parts"]
        .as_array_mut()
        .unwrap()
        .push(json!({"key": "where", "say": say("where"), "rules": rules, "answers": [
        {"code": "in", "say": say("in")}, {"code": "out", "say": say("out")}]}));
    Draft::of(serde_json::from_value(text).unwrap()).unwrap()
}

#[test]
fn a_part_that_is_not_asked_needs_no_answer() {
    let never = json!({"any": []});
    let table = two_parts(&never, &["here"]).check().unwrap();
    let facts = table.read_facts(json!({"old": true, "place": "here"}).as_object().unwrap()).unwrap();
    let decision = table.decide(&facts).unwrap();
    let told: Vec<_> = decision.verdicts.iter().map(|one| (one.answer, one.by_part)).collect();
    assert_eq!(told, [(1, 0), (1, 0)]);
    assert_eq!(table.reasons(&decision.verdicts[1], &facts)[0].rule, "old");
    // Some of the old are exempt, so they are asked, and no rule answers.
    let exempt = json!({"fact": "users", "at_least": 500});
    let checked = two_parts(&exempt, &["here"]).check().unwrap_err();
    let case = example(json!({"old": true, "users": 500}));
    assert_eq!(checked.defects, [Defect::Gap { part: "where".into(), example: case }]);
}

#[test]
fn an_answer_that_ends_answers_for_every_later_part() {
    let mut text = two_parts(&json!({"any": []}), &["here"]).text;
    text.parts[0].answers[1].ends = Some(std::collections::BTreeMap::new());
    let faults = Draft::of(text).unwrap_err();
    assert_eq!(faults, [Fault::EndsWithout { place: "what/go".into(), part: "where".into() }]);
}

#[test]
fn more_rules_than_anybody_reads_are_refused() {
    let rules: Vec<Json> = (0..301).map(|at| rule(&format!("r{at}"), 0, json!({"all": []}), "go")).collect();
    let faults = Draft::read(&text(&rules)).unwrap_err();
    assert_eq!(faults, [Fault::TooMany { place: "what".into(), count: 301, most: 300 }]);
}

#[test]
fn a_search_that_is_too_long_says_so() {
    let rules = [rule("near", 1, json!({"fact": "place", "in": ["here"]}), "stay")];
    let checked = draft(&rules).checked(1);
    assert_eq!(checked.defects, [Defect::TooLarge { part: "what".into(), steps: 1, cases: 3 }]);
}

#[test]
fn all_faults_of_shape_are_said_at_once() {
    let rules = [
        rule("a", 1, json!({"fact": "olf", "is": true}), "go"),
        rule("a", 1, json!({"fact": "place", "in": ["moon"]}), "went"),
        rule("b", 1, json!({"fact": "old", "at_least": 3}), "go"),
        rule("c", 1, json!({}), "go"),
        rule("d", 1, json!({"fact": "old", "is": true, "known": true}), "go"),
        rule("", 1, json!({"all": [], "any": []}), "go"),
    ];
    let faults = Draft::read(&text(&rules)).unwrap_err();
    let place = |rule: &str| format!("what/{rule}");
    for expected in [
        Fault::TwiceNamed { place: "what".into(), key: "a".into() },
        Fault::UnknownFact { place: place("a"), fact: "olf".into() },
        Fault::UnknownValue { place: place("a"), fact: "place".into(), value: "moon".into() },
        Fault::UnknownAnswer { place: place("a"), answer: "went".into() },
        Fault::WrongTest { place: place("b"), fact: "old".into() },
        Fault::NotOneTest { place: place("c") },
        Fault::NotOneTest { place: place("d") },
        Fault::NotOneTest { place: place("") },
        Fault::NoWords { place: place("") },
    ] {
        assert!(faults.contains(&expected), "{expected:?} in {faults:?}");
    }
    assert!(matches!(Draft::read("{").unwrap_err()[..], [Fault::Unreadable { line: 1, .. }]));
    let misspelt = text(&[]).replace("\"parts\"", "\"partz\"");
    assert!(matches!(Draft::read(&misspelt).unwrap_err()[..], [Fault::Unreadable { .. }]));
}

#[test]
fn conditions_nested_without_end_are_refused() {
    let mut when = json!({"all": []});
    for _ in 0..20 {
        when = json!({"all": [when]});
    }
    let faults = Draft::read(&text(&[rule("deep", 1, when, "go")])).unwrap_err();
    assert_eq!(faults, [Fault::TooDeep { place: "what/deep".into() }]);
}

#[test]
fn a_decision_says_which_rules_which_facts_and_what_is_open() {
    let rules = [
        rule("old", 2, json!({"all": [{"fact": "old", "is": true}, {"fact": "users", "below": 10}]}), "go"),
        rule("near", 1, json!({"fact": "place", "in": ["here"]}), "stay"),
        rule("else", 0, json!({"all": []}), "stay"),
    ];
    let table = draft(&rules).check().unwrap();
    let mut facts = table.nothing_known();
    table.set(&mut facts, "place", "here").unwrap();
    table.set(&mut facts, "old", true).unwrap();
    let decision = table.decide(&facts).unwrap();
    let verdict = &decision.verdicts[0];
    assert_eq!((verdict.answer, verdict.unknown.clone()), (0, vec![2]));
    let reasons = table.reasons(verdict, &facts);
    assert_eq!((reasons.len(), reasons[0].rule, reasons[0].facts[0].key), (1, "near", "place"));
    assert!(matches!(reasons[0].facts[0].value, Told::Choice(words) if words.en == "here"));
    assert_eq!(table.outranked(verdict, &facts)[0].rule, "else");
    let decisive = table.decisive(&facts).unwrap();
    assert_eq!(decisive, [Decisive { fact: 2, would: vec![(Value::Number(0), vec![1])] }]);
}

#[test]
fn facts_are_checked_and_belong_to_their_table() {
    let table = draft(&[rule("else", 0, json!({"all": []}), "stay")]).check().unwrap();
    let read = |json: Json| table.read_facts(json.as_object().unwrap());
    let given = json!({"old": true, "place": "far", "users": 7});
    assert_eq!(Json::Object(table.write_facts(&read(given.clone()).unwrap())), given);
    assert_eq!(read(json!({"old": null})).unwrap(), table.nothing_known());
    let faults = read(json!({"old": 1, "place": "moon", "users": -1, "x": true, "users ": [1]})).unwrap_err();
    assert_eq!(faults.len(), 5, "{faults:?}");
    let (kept, lost) = table.keep_facts(json!({"old": true, "place": "moon"}).as_object().unwrap());
    assert_eq!((table.write_facts(&kept).len(), lost.len()), (1, 1));
    let other = text(&[rule("else", 0, json!({"all": []}), "stay")]).replace("\"far\"", "\"away\"");
    let other = Draft::read(&other).unwrap().check().unwrap();
    assert_eq!(other.decide(&table.nothing_known()), Err(OtherTable));
}

#[test]
fn alike_counts_what_agrees_and_numbers_by_the_rules() {
    let rules =
        [rule("many", 1, json!({"fact": "users", "at_least": 100}), "go"), rule("else", 0, json!({"all": []}), "stay")];
    let table = draft(&rules).check().unwrap();
    let read = |json: Json| table.read_facts(json.as_object().unwrap()).unwrap();
    let (one, other) =
        (read(json!({"users": 5, "old": true})), read(json!({"users": 50, "old": false, "place": "far"})));
    let agreement = table.alike(&one, &other).unwrap();
    assert_eq!(agreement, Agreement { agree: 1, both_known: 2, one_known: 1 });
    assert_eq!(agreement.percent(), 33);
    assert_eq!(table.alike(&one, &one).unwrap().percent(), 100);
    assert_eq!(table.alike(&table.nothing_known(), &table.nothing_known()).unwrap().percent(), 0);
}

fn test_of_some_fact() -> impl Strategy<Value = Json> {
    prop_oneof![
        any::<bool>().prop_map(|is| json!({"fact": "old", "is": is})),
        prop::sample::subsequence(vec!["here", "there", "far"], 1..3).prop_map(|of| json!({"fact": "place", "in": of})),
        prop::sample::subsequence(vec!["here", "far"], 1..3).prop_map(|of| json!({"fact": "place", "not_in": of})),
        (0i64..30).prop_map(|edge| json!({"fact": "users", "at_least": edge})),
        (1i64..30).prop_map(|edge| json!({"fact": "users", "below": edge})),
        (prop::sample::select(vec!["old", "place", "users"]), any::<bool>())
            .prop_map(|(fact, known)| json!({"fact": fact, "known": known})),
    ]
}

fn some_condition() -> impl Strategy<Value = Json> {
    let many = || prop::collection::vec(test_of_some_fact(), 0..3);
    prop_oneof![
        many().prop_map(|all| json!({"all": all})),
        many().prop_map(|any| json!({"any": any})),
        (many(), many()).prop_map(|(any, all)| json!({"all": [{"any": any}, {"all": all}]})),
    ]
}

fn every_case(draft: &Draft) -> Vec<Vec<Value>> {
    let mut out = Vec::new();
    for old in [Value::Unknown, Value::Bool(true), Value::Bool(false)] {
        for place in [Value::Unknown, Value::Choice(0), Value::Choice(1), Value::Choice(2)] {
            for users in [Value::Unknown].into_iter().chain((0..=31).map(Value::Number)) {
                out.push(vec![old, place, users]);
            }
        }
    }
    assert_eq!(draft.facts().len(), 3);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn the_search_finds_what_trying_all_cases_finds(
        rules in prop::collection::vec((some_condition(), 0u16..3, any::<bool>()), 0..6)
    ) {
        let rules: Vec<Json> = rules.into_iter().enumerate().map(|(at, (when, rank, goes))| {
            rule(&format!("r{at}"), rank, when, if goes { "go" } else { "stay" })
        }).collect();
        let draft = draft(&rules);
        let deciding: Vec<Vec<usize>> = every_case(&draft).iter().map(|case| draft.deciding(0, case)).collect();
        let answer = |at: &usize| draft.parts()[0].rules[*at].answer;
        let gap = deciding.iter().any(Vec::is_empty);
        let contradiction = deciding.iter().any(|rules| rules.iter().any(|rule| answer(rule) != answer(&rules[0])));
        let never = (0..rules.len()).filter(|at| !deciding.iter().any(|rules| rules.contains(at))).count();
        let checked = draft.checked(MOST_STEPS);
        prop_assert_eq!(checked.defects.iter().any(|one| matches!(one, Defect::Gap { .. })), gap);
        prop_assert_eq!(checked.defects.iter().any(|one| matches!(one, Defect::Contradiction { .. })), contradiction);
        let warned = checked.warnings.iter().filter(|one| matches!(one, Warning::NeverDecides { .. })).count();
        prop_assert_eq!(warned, never);
        for defect in &checked.defects {
            let (Defect::Gap { example, .. } | Defect::Contradiction { example, .. }) = defect else { continue };
            let case: Vec<Value> = draft.facts().iter().map(|fact| {
                let json = example.get(&fact.key).cloned().unwrap_or_default();
                put(fact, given(&json).unwrap()).unwrap()
            }).collect();
            let rules = draft.deciding(0, &case);
            prop_assert!(match defect {
                Defect::Gap { .. } => rules.is_empty(),
                _ => rules.iter().any(|rule| answer(rule) != answer(&rules[0])),
            }, "{:?} is no example", example);
        }
        if let Ok(table) = draft.check() {
            prop_assert!(table.decide(&table.nothing_known()).is_ok());
        }
    }
}
