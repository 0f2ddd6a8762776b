//! A questionnaire is taken only when each question can be asked, none waits for itself, and each fact is fed once.

use std::collections::BTreeMap;

use super::{
    fault::QuestionFault,
    feed::Feed,
    text::{QuestionText, QuestionnaireText},
};
use crate::{
    graph::{groups, ring},
    table::{Condition, Exhausted, FactText, Fault, Search, Seen, Table, Value, compile_facts, condition},
    words::{Edition, Words},
};

/// The questionnaire that the program brings, for the table of strategies that it brings.
pub const SHIPPED: &str = include_str!("../../data/questions.json");

const MOST_STEPS: u64 = 100_000;

#[derive(Debug, Clone)]
pub struct Questionnaire {
    pub(super) text: QuestionnaireText,
    /// Of each question, what its answer is.
    pub(super) kinds: Vec<FactText>,
    pub(super) ask_if: Vec<Condition>,
    pub(super) feeds: Vec<Vec<Feed>>,
    /// Each after those for which it waits.
    pub(super) order: Vec<usize>,
}

impl Questionnaire {
    pub fn read(json: &str, table: &Table) -> Result<Self, Vec<QuestionFault>> {
        let text: QuestionnaireText = serde_json::from_str(json)
            .map_err(|error| vec![QuestionFault::Shape { fault: Fault::unreadable(&error) }])?;
        Self::of(text, table)
    }

    pub fn of(text: QuestionnaireText, table: &Table) -> Result<Self, Vec<QuestionFault>> {
        let (mut shape, mut faults) = (Vec::new(), Vec::new());
        let kinds: Vec<FactText> = text.questions.iter().map(QuestionText::as_fact).collect();
        compile_facts(&kinds, &mut shape);
        for question in &text.questions {
            let places = [("help", &question.help), ("evidence", &question.evidence)];
            let silent = places.into_iter().filter(|(_, words): &(_, &Words)| !words.is_complete());
            shape.extend(silent.map(|(what, _)| Fault::NoWords { place: format!("{}/{what}", question.key) }));
        }
        let mut ask_if = Vec::new();
        for question in &text.questions {
            let asked = question.ask_if.as_ref();
            let always = || Condition::All(Vec::new());
            ask_if.push(asked.map_or_else(always, |asked| condition(asked, &kinds, &question.key, &mut shape)));
        }
        if text.table != table.edition().id {
            faults.push(QuestionFault::OtherTable { wants: text.table.clone(), given: table.edition().id.clone() });
        }
        let feeds = feeds(&text, table, &mut faults);
        faults.extend(shape.into_iter().map(|fault| QuestionFault::Shape { fault }));
        let order = order(&text, &ask_if, &mut faults);
        let out = Self { text, kinds, ask_if, feeds, order };
        if faults.is_empty() {
            faults = out.never_asked();
        }
        if faults.is_empty() { Ok(out) } else { Err(faults) }
    }

    pub fn edition(&self) -> &Edition {
        &self.text.edition
    }

    pub fn questions(&self) -> &[QuestionText] {
        &self.text.questions
    }

    pub fn question(&self, key: &str) -> Option<usize> {
        self.text.questions.iter().position(|question| question.key == key)
    }

    /// Facts of the table that no question feeds.
    pub fn unfed<'a>(&self, table: &'a Table) -> Vec<&'a str> {
        let is_fed = |fact: usize| self.feeds.iter().flatten().any(|feed| feed.fact == fact);
        let unfed = table.facts().iter().enumerate().filter(|(at, _)| !is_fed(*at));
        unfed.map(|(_, fact)| fact.key.as_str()).collect()
    }

    fn never_asked(&self) -> Vec<QuestionFault> {
        let mut out = Vec::new();
        for (at, question) in self.text.questions.iter().enumerate() {
            let mut search = Search::new(&self.kinds, self.ask_if.iter(), MOST_STEPS);
            // What is not asked has no answer, so each answer that is known must have been asked for.
            let seen = |fixed: &[Option<_>]| self.is_reached(at, fixed);
            match search.find(&seen) {
                Ok(Some(_)) => {}
                Ok(None) => out.push(QuestionFault::NeverAsked { question: question.key.clone() }),
                Err(Exhausted) => out.push(QuestionFault::TooLarge { question: question.key.clone() }),
            }
        }
        out
    }

    fn is_reached(&self, at: usize, fixed: &[Option<Value>]) -> Seen {
        // The condition first: it names what is worth fixing.
        let asked = self.ask_if[at].seen(fixed);
        if asked != Seen::Yes {
            return asked;
        }
        let waits = self.ask_if[at].facts().into_iter();
        let known = waits.filter(|before| fixed[*before].is_some_and(|value| value != Value::Unknown));
        Seen::all(known.map(|before| self.is_reached(before, fixed)))
    }
}

fn feeds(text: &QuestionnaireText, table: &Table, faults: &mut Vec<QuestionFault>) -> Vec<Vec<Feed>> {
    let mut fed: BTreeMap<usize, &str> = BTreeMap::new();
    let mut out = Vec::new();
    for question in &text.questions {
        let feeds = question.feeds.iter().filter_map(|feed| Feed::new(question, feed, table.facts(), faults));
        let feeds: Vec<Feed> = feeds.collect();
        for feed in &feeds {
            if let Some(before) = fed.insert(feed.fact, &question.key) {
                let questions = [before.to_owned(), question.key.clone()];
                faults.push(QuestionFault::FedTwice { fact: table.facts()[feed.fact].key.clone(), questions });
            }
        }
        out.push(feeds);
    }
    out
}

fn order(text: &QuestionnaireText, ask_if: &[Condition], faults: &mut Vec<QuestionFault>) -> Vec<usize> {
    let waits = |at: u32| -> Vec<u32> {
        let before = ask_if[at as usize].facts().into_iter();
        before.filter_map(|before| u32::try_from(before).ok()).collect()
    };
    let count = u32::try_from(ask_if.len()).unwrap_or(u32::MAX);
    let arrows = (0..count).flat_map(|at| waits(at).into_iter().map(move |before| (at, before)));
    let own = (0..count).filter(|at| waits(*at).contains(at)).map(|at| vec![at]);
    let found = groups(count, arrows);
    let rings = found.iter().filter(|group| group.len() > 1).map(|group| ring(group[0], waits));
    for loops in own.chain(rings) {
        let questions = loops.into_iter().map(|at| text.questions[at as usize].key.clone()).collect();
        faults.push(QuestionFault::Loop { questions });
    }
    found.into_iter().flatten().map(|at| at as usize).collect()
}
