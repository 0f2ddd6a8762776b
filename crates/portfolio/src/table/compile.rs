//! From the file's text to rules over places: all faults of shape at once.

use std::collections::BTreeSet;

use super::{
    condition::{Condition, Test},
    draft::{Answer, Draft, Part, Rule},
    fault::Fault,
    text::{AnswerText, ConditionText, FactKind, FactText, PartText, TableText},
};
use crate::words::Words;

const DEEPEST: usize = 8;
const MOST_VALUES: usize = 60;
/// What people can read, and the check can look through.
const MOST_FACTS: usize = 100;
const MOST_RULES: usize = 300;

impl Draft {
    pub fn read(json: &str) -> Result<Self, Vec<Fault>> {
        let text: TableText = serde_json::from_str(json).map_err(|error| vec![Fault::unreadable(&error)])?;
        Self::of(text)
    }

    pub fn of(text: TableText) -> Result<Self, Vec<Fault>> {
        table(text)
    }
}

fn table(text: TableText) -> Result<Draft, Vec<Fault>> {
    let mut faults = Vec::new();
    facts(&text.facts, &mut faults);
    words("source", &text.edition.source, &mut faults);
    unique("parts", text.parts.iter().map(|part| part.key.as_str()), &mut faults);
    if text.parts.is_empty() {
        faults.push(Fault::NothingIn { place: "parts".to_owned() });
    }
    let parts = (0..text.parts.len()).map(|at| part(&text, at, &mut faults)).collect();
    if faults.is_empty() { Ok(Draft { text, parts }) } else { Err(faults) }
}

pub fn facts(facts: &[FactText], faults: &mut Vec<Fault>) {
    few("facts", facts.len(), MOST_FACTS, faults);
    unique("facts", facts.iter().map(|fact| fact.key.as_str()), faults);
    for fact in facts {
        words(&fact.key, &fact.say, faults);
        fact.values.iter().for_each(|value| words(&fact.key, &value.say, faults));
        unique(&fact.key, fact.values.iter().map(|value| value.code.as_str()), faults);
        let is_number = fact.kind == FactKind::Number;
        let crossed = fact.min.zip(fact.max).is_some_and(|(min, max)| min > max);
        let bounded = fact.min.is_some() || fact.max.is_some();
        if (fact.kind == FactKind::Choice) == fact.values.is_empty() || crossed || (bounded && !is_number) {
            faults.push(Fault::BadFact { fact: fact.key.clone() });
        }
        if fact.values.len() > MOST_VALUES {
            faults.push(Fault::TooManyValues { fact: fact.key.clone() });
        }
    }
}

fn part(text: &TableText, at: usize, faults: &mut Vec<Fault>) -> Part {
    let part = &text.parts[at];
    words(&part.key, &part.say, faults);
    few(&part.key, part.rules.len(), MOST_RULES, faults);
    unique(&part.key, part.answers.iter().map(|answer| answer.code.as_str()), faults);
    unique(&part.key, part.rules.iter().map(|rule| rule.key.as_str()), faults);
    let later = &text.parts[at + 1..];
    let answers = part.answers.iter().map(|one| answer(&part.key, one, later, faults)).collect();
    let mut rules = Vec::new();
    for rule in &part.rules {
        let place = format!("{}/{}", part.key, rule.key);
        words(&place, &rule.say, faults);
        let when = condition(&rule.when, &text.facts, &place, faults);
        if let Some(answer) = answer_at(part, &rule.answer, &place, faults) {
            rules.push(Rule { key: rule.key.clone(), rank: rule.rank, answer, say: rule.say.clone(), when });
        }
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.rank));
    Part { key: part.key.clone(), say: part.say.clone(), answers, rules }
}

fn answer(part: &str, answer: &AnswerText, later: &[PartText], faults: &mut Vec<Fault>) -> Answer {
    let place = format!("{part}/{}", answer.code);
    words(&place, &answer.say, faults);
    let ends = answer.ends.as_ref().map(|ends| {
        let mut out = Vec::new();
        for part in later {
            match ends.get(&part.key) {
                Some(code) => out.extend(answer_at(part, code, &place, faults)),
                None => faults.push(Fault::EndsWithout { place: place.clone(), part: part.key.clone() }),
            }
        }
        out
    });
    Answer { code: answer.code.clone(), say: answer.say.clone(), ends }
}

fn answer_at(part: &PartText, code: &str, place: &str, faults: &mut Vec<Fault>) -> Option<usize> {
    let found = part.answers.iter().position(|answer| answer.code == code);
    if found.is_none() {
        faults.push(Fault::UnknownAnswer { place: place.to_owned(), answer: code.to_owned() });
    }
    found
}

/// What cannot be read becomes a fault, and a condition that never holds.
pub fn condition(text: &ConditionText, facts: &[FactText], place: &str, faults: &mut Vec<Fault>) -> Condition {
    inner(text, facts, place, 0, faults)
}

fn inner(text: &ConditionText, facts: &[FactText], place: &str, depth: usize, faults: &mut Vec<Fault>) -> Condition {
    let nothing = Condition::Any(Vec::new());
    let tests = [
        text.is.is_some(),
        text.among.is_some(),
        text.not_in.is_some(),
        text.at_least.is_some() || text.below.is_some(),
        text.known.is_some(),
    ];
    let tests = tests.iter().filter(|there| **there).count();
    if depth > DEEPEST {
        faults.push(Fault::TooDeep { place: place.to_owned() });
        return nothing;
    }
    let mut many =
        |list: &[ConditionText]| list.iter().map(|one| inner(one, facts, place, depth + 1, faults)).collect::<Vec<_>>();
    match (&text.all, &text.any, &text.fact, tests) {
        (Some(all), None, None, 0) => Condition::All(many(all)),
        (None, Some(any), None, 0) => Condition::Any(many(any)),
        (None, None, Some(fact), 1) => test(text, facts, fact, place, faults).unwrap_or(nothing),
        _ => {
            faults.push(Fault::NotOneTest { place: place.to_owned() });
            nothing
        }
    }
}

fn test(
    text: &ConditionText,
    facts: &[FactText],
    key: &str,
    place: &str,
    faults: &mut Vec<Fault>,
) -> Option<Condition> {
    let (place, fact) = (place.to_owned(), key.to_owned());
    let Some(at) = facts.iter().position(|fact| fact.key == key) else {
        faults.push(Fault::UnknownFact { place, fact });
        return None;
    };
    let kind = facts[at].kind;
    let test = |test| Condition::Test(at, test);
    if let Some(known) = text.known {
        return Some(test(Test::Known(known)));
    }
    if let (Some(is), FactKind::Bool) = (text.is, kind) {
        return Some(test(Test::Is(is)));
    }
    if kind == FactKind::Number && (text.at_least.is_some() || text.below.is_some()) {
        let both = [text.at_least.map(Test::AtLeast), text.below.map(Test::Below)];
        return Some(Condition::All(both.into_iter().flatten().map(test).collect()));
    }
    if let (Some(codes), FactKind::Choice) = (text.among.as_ref().or(text.not_in.as_ref()), kind) {
        let bits = bits(&facts[at], codes, &place, faults);
        let every = (1u64 << facts[at].values.len().min(MOST_VALUES)) - 1;
        return Some(test(Test::In(if text.among.is_some() { bits } else { every & !bits })));
    }
    faults.push(Fault::WrongTest { place, fact });
    None
}

fn bits(fact: &FactText, codes: &[String], place: &str, faults: &mut Vec<Fault>) -> u64 {
    let mut out = 0;
    for code in codes {
        match fact.values.iter().position(|value| value.code == *code).filter(|at| *at < MOST_VALUES) {
            Some(at) => out |= 1 << at,
            None => faults.push(Fault::UnknownValue {
                place: place.to_owned(),
                fact: fact.key.clone(),
                value: code.clone(),
            }),
        }
    }
    out
}

fn words(place: &str, words: &Words, faults: &mut Vec<Fault>) {
    if !words.is_complete() {
        faults.push(Fault::NoWords { place: place.to_owned() });
    }
}

fn few(place: &str, count: usize, most: usize, faults: &mut Vec<Fault>) {
    if count > most {
        faults.push(Fault::TooMany { place: place.to_owned(), count, most });
    }
}

fn unique<'a>(place: &str, keys: impl Iterator<Item = &'a str>, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for key in keys.filter(|key| !seen.insert(*key)) {
        faults.push(Fault::TwiceNamed { place: place.to_owned(), key: key.to_owned() });
    }
}
