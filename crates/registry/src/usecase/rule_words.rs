//! A rule table, its conditions and what is wrong with it, in words.

use kernel::{FieldProblem, Lang, Problem};
use portfolio::{
    Edition, Status, Words,
    priority::WeightFault,
    questions::QuestionFault,
    strategy::NotAStrategyTable,
    table::{ConditionText, Defect, Draft, Example, FactText, Fault},
};
use serde_json::Value as Json;
use webkit::{Core, FluentValue, grouped};

use crate::model::rule_fault::{RuleFault, RulesRefused};

/// Defects that are told at once; more help nobody.
const TOLD: usize = 10;

/// In the reader's language.
pub fn say(lang: Lang, words: &Words) -> &str {
    match lang {
        Lang::Vi => &words.vi,
        Lang::En => &words.en,
    }
}

/// How sure one may be of a data file, by the key of its words.
pub fn status(edition: &Edition) -> &'static str {
    match edition.status {
        Status::Read => "edition-read",
        Status::Cited => "edition-cited",
        Status::Proposal => "edition-proposal",
    }
}

#[derive(Clone, Copy)]
pub struct Telling<'a> {
    pub core: &'a Core,
    pub lang: Lang,
}

impl Telling<'_> {
    pub fn text(self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.core.locales().text(self.lang, key, args)
    }

    /// A value of a fact as it is written in JSON.
    pub fn value(self, fact: Option<&FactText>, value: &Json) -> String {
        match value {
            Json::Null => self.text("value-unknown", &[]),
            Json::Bool(yes) => self.text(if *yes { "value-yes" } else { "value-no" }, &[]),
            Json::String(code) => {
                let named = fact.and_then(|fact| fact.values.iter().find(|one| one.code == *code));
                named.map_or_else(|| code.clone(), |one| say(self.lang, &one.say).to_owned())
            }
            other => match fact.and_then(|fact| fact.unit.as_ref()) {
                Some(unit) => {
                    let number = other.as_i64().map_or_else(|| other.to_string(), |number| grouped(number, self.lang));
                    format!("{number} {}", say(self.lang, unit))
                }
                None => other.to_string(),
            },
        }
    }

    fn fact<'a>(self, facts: &'a [FactText], key: &'a str) -> (Option<&'a FactText>, &'a str) {
        let found = facts.iter().find(|fact| fact.key == key);
        (found, found.map_or(key, |fact| say(self.lang, &fact.say)))
    }

    /// "Nơi đặt: Phòng máy của cơ quan; Cách cài đặt: chưa biết".
    pub fn example(self, facts: &[FactText], example: &Example) -> String {
        let one = |(key, value): (&String, &Json)| {
            let (fact, name) = self.fact(facts, key);
            format!("{name}: {}", self.value(fact, value))
        };
        let all: Vec<String> = example.iter().map(one).collect();
        if all.is_empty() { self.text("example-any", &[]) } else { all.join("; ") }
    }

    /// When a rule fires.
    pub fn condition(self, facts: &[FactText], when: &ConditionText) -> String {
        if let Some(all) = &when.all {
            return if all.is_empty() { self.text("when-always", &[]) } else { self.joined(facts, all, "when-and") };
        }
        if let Some(any) = &when.any {
            return self.joined(facts, any, "when-or");
        }
        let (fact, name) = self.fact(facts, when.fact.as_deref().unwrap_or_default());
        let codes = |codes: &[String]| {
            let or = format!(" {} ", self.text("when-or", &[]));
            codes.iter().map(|code| self.value(fact, &code.as_str().into())).collect::<Vec<_>>().join(&or)
        };
        let mut says = Vec::new();
        if let Some(is) = when.is {
            says.push(self.value(fact, &is.into()));
        }
        if let Some(among) = &when.among {
            says.push(codes(among));
        }
        if let Some(not) = &when.not_in {
            says.push(self.text("when-not", &[("values", codes(not).into())]));
        }
        if let Some(least) = when.at_least {
            says.push(self.text("when-at-least", &[("number", self.value(fact, &least.into()).into())]));
        }
        if let Some(below) = when.below {
            says.push(self.text("when-below", &[("number", self.value(fact, &below.into()).into())]));
        }
        if let Some(known) = when.known {
            says.push(self.text(if known { "when-known" } else { "value-unknown" }, &[]));
        }
        format!("{name}: {}", says.join(", "))
    }

    fn joined(self, facts: &[FactText], all: &[ConditionText], by: &str) -> String {
        let by = format!("; {} ", self.text(by, &[]));
        let one = |one: &ConditionText| {
            let text = self.condition(facts, one);
            if one.fact.is_some() { text } else { format!("({text})") }
        };
        all.iter().map(one).collect::<Vec<_>>().join(&by)
    }

    /// Why an edition is not taken: each fault with what shows it.
    pub fn refused(self, refused: &RulesRefused) -> Problem {
        let faults = refused.faults.iter().take(TOLD);
        let fields = faults.map(|fault| {
            let (code, args) = self.fault(refused.draft.as_deref(), fault);
            FieldProblem { args, ..FieldProblem::new("body", code) }
        });
        Problem { fields: fields.collect(), ..Problem::bad_input("rules-refused").with("count", refused.faults.len()) }
    }

    fn fault(self, draft: Option<&Draft>, fault: &RuleFault) -> (&'static str, Vec<(&'static str, String)>) {
        let part = |key: &str| {
            let found = draft.and_then(|draft| draft.parts().iter().find(|part| part.key == key));
            found.map_or(key, |part| say(self.lang, &part.say)).to_owned()
        };
        let facts = draft.map(Draft::facts).unwrap_or_default();
        match fault {
            RuleFault::Logic(Defect::Gap { part: key, example }) => {
                ("rules-gap", vec![("part", part(key)), ("example", self.example(facts, example))])
            }
            RuleFault::Logic(Defect::Contradiction { part: key, rules, answers, example }) => {
                let [one, other] = rules.clone();
                let [answer, answer_other] = answers.each_ref().map(|code| self.answer(draft, key, code));
                let example = self.example(facts, example);
                let rules = vec![("one", one), ("other", other), ("answer", answer), ("answer_other", answer_other)];
                ("rules-contradiction", [vec![("part", part(key)), ("example", example)], rules].concat())
            }
            RuleFault::Logic(Defect::TooLarge { part: key, .. }) => ("rules-too-large", vec![("part", part(key))]),
            RuleFault::Shape(fault)
            | RuleFault::Weight(WeightFault::Shape { fault })
            | RuleFault::Question(QuestionFault::Shape { fault }) => shape(fault),
            RuleFault::Strategy(fault) => strategy(fault),
            RuleFault::Question(fault) => question(fault),
            RuleFault::Weight(fault) => weight(fault),
        }
    }

    fn answer(self, draft: Option<&Draft>, part: &str, code: &str) -> String {
        let part = draft.and_then(|draft| draft.parts().iter().find(|one| one.key == part));
        let answer = part.and_then(|part| part.answers.iter().find(|one| one.code == code));
        answer.map_or(code, |answer| say(self.lang, &answer.say)).to_owned()
    }
}

type Told = (&'static str, Vec<(&'static str, String)>);

fn shape(fault: &Fault) -> Told {
    let at = |place: &String| ("place", place.clone());
    match fault {
        Fault::Unreadable { line, column, .. } => {
            ("rules-unreadable", vec![("line", line.to_string()), ("column", column.to_string())])
        }
        Fault::NoWords { place } => ("rules-no-words", vec![at(place)]),
        Fault::TwiceNamed { place, key } => ("rules-twice", vec![at(place), ("name", key.clone())]),
        Fault::NothingIn { place } => ("rules-nothing-in", vec![at(place)]),
        Fault::BadFact { fact } | Fault::TooManyValues { fact } => ("rules-bad-fact", vec![("name", fact.clone())]),
        Fault::UnknownFact { place, fact } => ("rules-unknown", vec![at(place), ("name", fact.clone())]),
        Fault::UnknownValue { place, value, .. } => ("rules-unknown", vec![at(place), ("name", value.clone())]),
        Fault::UnknownAnswer { place, answer } => ("rules-unknown", vec![at(place), ("name", answer.clone())]),
        Fault::WrongTest { place, fact } => ("rules-wrong-test", vec![at(place), ("name", fact.clone())]),
        Fault::NotOneTest { place } | Fault::TooDeep { place } => ("rules-not-one-test", vec![at(place)]),
        Fault::TooMany { place, most, .. } => ("rules-too-many", vec![at(place), ("most", most.to_string())]),
        Fault::EndsWithout { place, part } => ("rules-ends-without", vec![at(place), ("name", part.clone())]),
    }
}

fn strategy(fault: &NotAStrategyTable) -> Told {
    let named = |code, name: &str| (code, vec![("name", name.to_owned())]);
    match fault {
        NotAStrategyTable::NoPart { part } => named("rules-no-part", part),
        NotAStrategyTable::NoEligible => named("rules-no-part", "eligible"),
        NotAStrategyTable::GroundMoves { answer } => named("rules-ground-moves", answer),
        NotAStrategyTable::NoSuchStrategy { answer } => named("rules-no-strategy", answer),
    }
}

fn question(fault: &QuestionFault) -> Told {
    let named = |name: &str| ("rules-question", vec![("name", name.to_owned())]);
    match fault {
        QuestionFault::Shape { fault } => shape(fault),
        QuestionFault::OtherTable { given, .. } => ("rules-other-table", vec![("name", given.clone())]),
        QuestionFault::Loop { questions } => named(&questions.join(", ")),
        QuestionFault::NeverAsked { question } | QuestionFault::TooLarge { question } => named(question),
        QuestionFault::FedTwice { fact, .. }
        | QuestionFault::NoSuchFact { fact, .. }
        | QuestionFault::CannotFeed { fact, .. } => named(fact),
    }
}

fn weight(fault: &WeightFault) -> Told {
    let named = |key: &str| vec![("name", key.to_owned())];
    match fault {
        WeightFault::Shape { fault } => shape(fault),
        WeightFault::NoSuchCriterion { key } | WeightFault::BadScale { key } | WeightFault::BadPoints { key, .. } => {
            ("weights-bad", named(key))
        }
        WeightFault::TooHeavy { key, .. } => ("weights-too-heavy", named(key)),
    }
}
