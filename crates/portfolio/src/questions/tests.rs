use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::{
    strategy::{Strategies, Strategy as Way},
    table::{FactKind, Fault},
};

fn shipped() -> &'static (Strategies, Questionnaire) {
    static BOTH: LazyLock<(Strategies, Questionnaire)> = LazyLock::new(|| {
        let strategies = Strategies::shipped();
        let questionnaire = Questionnaire::read(SHIPPED, strategies.table());
        (strategies, questionnaire.expect("the questionnaire that ships is sound"))
    });
    &BOTH
}

/// Answers as somebody would who knows all of this, and how many questions that took.
fn walk(questionnaire: &Questionnaire, mut answers: Answers, knows: &Json) -> (Answers, usize) {
    let mut count = 0;
    while let Some(next) = questionnaire.next(&answers).first().copied() {
        let key = questionnaire.questions()[next].key.clone();
        let value = crate::table::given(&knows[&key]).unwrap();
        questionnaire.answer(&mut answers, &key, value).unwrap();
        count += 1;
    }
    (answers, count)
}

#[test]
fn the_shipped_one_is_short_and_feeds_every_fact() {
    let (strategies, questionnaire) = shipped();
    assert!(questionnaire.questions().len() <= 25);
    assert_eq!(questionnaire.unfed(strategies.table()), Vec::<&str>::new());
}

#[test]
fn a_small_system_takes_few_answers_and_fewer_with_an_inventory() {
    let (strategies, questionnaire) = shipped();
    let knows = json!({
        "bound": "none", "lifecycle": "operating", "replaced": false, "shared_platform": false, "hosting": "own_room",
        "packaging": "virtual_machine", "support": "in_support", "database": true, "personal_data": "basic",
        "users": 30, "criticality": "low", "service_exists": false, "ai_potential": "low",
    });
    let (answers, count) = walk(questionnaire, questionnaire.no_answers(), &knows);
    assert!(count <= 12, "{count} answers");
    let facts = questionnaire.facts(&answers, strategies.table());
    assert_eq!(strategies.classify(&facts).unwrap().strategy, Way::Rehost);
    let inventory = json!({"state": "operating", "hosting": "own_room", "personal_data": "basic", "users": 30});
    let prefilled = questionnaire.prefill(inventory.as_object().unwrap());
    let (_, with_inventory) = walk(questionnaire, prefilled, &knows);
    assert_eq!(with_inventory, count - 4);
}

#[test]
fn what_is_bound_or_ending_is_asked_little_more() {
    let (strategies, questionnaire) = shipped();
    for (knows, ground, most) in [
        (json!({"bound": "secret"}), "state_secret", 1),
        (json!({"bound": "rule"}), "excluded", 1),
        (json!({"bound": "none", "lifecycle": "retired"}), "end_of_life", 2),
    ] {
        let (answers, count) = walk(questionnaire, questionnaire.no_answers(), &knows);
        let facts = questionnaire.facts(&answers, strategies.table());
        assert_eq!(strategies.classify(&facts).unwrap().ground, ground);
        assert_eq!(count, most, "{knows}");
    }
}

#[test]
fn an_answer_whose_question_is_asked_no_more_does_not_count() {
    let (strategies, questionnaire) = shipped();
    let knows = json!({"bound": "none", "lifecycle": "operating", "replaced": false, "hosting": "own_room",
        "packaging": "containers", "support": "in_support", "shared_platform": false, "database": false,
        "personal_data": "none", "users": 9, "criticality": "medium", "service_exists": false, "ai_potential": "low"});
    let (mut answers, _) = walk(questionnaire, questionnaire.no_answers(), &knows);
    let packaging = strategies.table().fact("packaging").unwrap();
    let value = |answers: &Answers| questionnaire.facts(answers, strategies.table()).value(packaging);
    assert_ne!(value(&answers), crate::table::Value::Unknown);
    questionnaire.answer(&mut answers, "hosting", "provincial_cloud").unwrap();
    assert_eq!(value(&answers), crate::table::Value::Unknown);
    let written = questionnaire.write_answers(&answers);
    assert_eq!(questionnaire.read_answers(&written).unwrap(), answers);
    assert!(questionnaire.read_answers(json!({"bound": "moon", "users": -1, "x": 1}).as_object().unwrap()).is_err());
}

#[test]
fn an_inventory_with_other_words_leaves_questions_open() {
    let (_, questionnaire) = shipped();
    let inventory = json!({"state": "mistaken", "hosting": "unknown", "personal_data": null, "users": "many"});
    assert_eq!(questionnaire.prefill(inventory.as_object().unwrap()), questionnaire.no_answers());
}

fn changed(change: impl Fn(&mut Json)) -> Vec<QuestionFault> {
    let mut text: Json = serde_json::from_str(SHIPPED).unwrap();
    change(&mut text);
    Questionnaire::read(&text.to_string(), Strategies::shipped().table()).err().unwrap_or_default()
}

fn at<'a>(text: &'a mut Json, key: &str) -> &'a mut Json {
    text["questions"].as_array_mut().unwrap().iter_mut().find(|question| question["key"] == key).unwrap()
}

#[test]
fn what_is_wrong_with_one_is_named() {
    let looped = changed(|text| {
        at(text, "hosting")["ask_if"] = json!({"fact": "packaging", "known": true});
    });
    let loops = |fault: &QuestionFault| matches!(fault, QuestionFault::Loop { questions } if questions.len() == 2);
    assert!(looped.iter().any(loops), "{looped:?}");
    let own = changed(|text| at(text, "users")["ask_if"] = json!({"fact": "users", "at_least": 3}));
    assert!(own.contains(&QuestionFault::Loop { questions: vec!["users".into()] }), "{own:?}");
    // Each of the two can be; both together cannot.
    let dead = changed(|text| {
        at(text, "users")["ask_if"] = json!({"all": [
            {"fact": "packaging", "known": true}, {"fact": "hosting", "in": ["provincial_cloud"]}]});
    });
    assert_eq!(dead, [QuestionFault::NeverAsked { question: "users".into() }]);
    // Asked only of what is no longer asked for its place: over two steps.
    let deep = changed(|text| {
        at(text, "users")["ask_if"] = json!({"all": [
            {"fact": "packaging", "known": true}, {"fact": "lifecycle", "in": ["retired"]}]});
    });
    assert_eq!(deep, [QuestionFault::NeverAsked { question: "users".into() }]);
    let twice = changed(|text| at(text, "replaced")["feeds"] = json!([{"fact": "database"}, {"fact": "replaced"}]));
    let questions = ["replaced".into(), "database".into()];
    assert_eq!(twice, [QuestionFault::FedTwice { fact: "database".into(), questions }]);
    let other = changed(|text| at(text, "users")["feeds"] = json!([{"fact": "hosting"}, {"fact": "moon"}]));
    assert_eq!(
        other,
        [
            QuestionFault::CannotFeed { question: "users".into(), fact: "hosting".into(), answer: String::new() },
            QuestionFault::NoSuchFact { question: "users".into(), fact: "moon".into() },
            QuestionFault::FedTwice { fact: "hosting".into(), questions: ["hosting".into(), "users".into()] },
        ]
    );
    let unmapped = changed(|text| at(text, "support")["values"][0]["code"] = json!("fine"));
    let cannot =
        QuestionFault::CannotFeed { question: "support".into(), fact: "support".into(), answer: "fine".into() };
    assert!(unmapped.contains(&cannot), "{unmapped:?}");
    let silent = changed(|text| at(text, "users")["help"]["vi"] = json!(" "));
    assert_eq!(silent, [QuestionFault::Shape { fault: Fault::NoWords { place: "users/help".into() } }]);
    let table = changed(|text| text["table"] = json!("level"));
    let (wants, given) = ("level".into(), "cloud-strategy".into());
    assert_eq!(table, [QuestionFault::OtherTable { wants, given }]);
}

proptest! {
    /// Whatever is answered, the walk ends, and nothing is asked twice or left waiting.
    #[test]
    fn every_walk_ends(picks in prop::collection::vec(0usize..8, 40)) {
        let (strategies, questionnaire) = shipped();
        let mut answers = questionnaire.no_answers();
        let mut picks = picks.into_iter();
        let mut count = 0;
        while let Some(next) = questionnaire.next(&answers).first().copied() {
            let question = &questionnaire.questions()[next];
            let pick = picks.next().unwrap();
            let value = match question.kind {
                _ if pick == 7 => crate::table::Given::Unknown,
                FactKind::Bool => (pick % 2 == 0).into(),
                FactKind::Number => i64::try_from(pick * 5).unwrap().into(),
                FactKind::Choice => question.values[pick % question.values.len()].code.as_str().into(),
            };
            questionnaire.answer(&mut answers, &question.key.clone(), value).unwrap();
            count += 1;
        }
        prop_assert!(count <= questionnaire.questions().len());
        prop_assert!(!questionnaire.asked(&answers).contains(&Asked::NotYet));
        prop_assert!(strategies.classify(&questionnaire.facts(&answers, strategies.table())).is_ok());
    }
}
