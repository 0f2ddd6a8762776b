//! What is to be asked, given what was answered, and which facts follow.

use super::{answers::Answers, read::Questionnaire};
use crate::table::{Facts, Seen, Table, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Yes,
    No,
    /// It hangs on a question that is still to be answered.
    NotYet,
}

impl Questionnaire {
    /// Of each question.
    pub fn asked(&self, answers: &Answers) -> Vec<Asked> {
        let mut out = vec![Asked::NotYet; self.ask_if.len()];
        let mut known: Vec<Option<Value>> = vec![None; self.ask_if.len()];
        for at in &self.order {
            out[*at] = match self.ask_if[*at].seen(&known) {
                Seen::Yes => Asked::Yes,
                Seen::No => Asked::No,
                Seen::Open(_) => Asked::NotYet,
            };
            known[*at] = match out[*at] {
                Asked::Yes => answers.answer(*at),
                Asked::No => Some(Value::Unknown),
                Asked::NotYet => None,
            };
        }
        out
    }

    /// The questions that can be answered now, in the order of the file.
    pub fn next(&self, answers: &Answers) -> Vec<usize> {
        let asked = self.asked(answers).into_iter().enumerate();
        asked.filter(|(at, asked)| *asked == Asked::Yes && answers.answer(*at).is_none()).map(|(at, _)| at).collect()
    }

    /// Puts what the answers say into facts of the table, whatever is asked. What says nothing of a fact leaves it as it is.
    pub fn tell(&self, answers: &Answers, facts: &mut Facts) {
        for (at, feeds) in self.feeds.iter().enumerate() {
            let Some(answer) = answers.answer(at) else { continue };
            for feed in feeds {
                let value = feed.value(answer);
                if value != Value::Unknown {
                    facts.put(feed.fact, value);
                }
            }
        }
    }

    /// What the answers say of the table's facts. An answer to a question that is not asked any more does not count.
    pub fn facts(&self, answers: &Answers, table: &Table) -> Facts {
        let mut facts = table.nothing_known();
        for (at, asked) in self.asked(answers).into_iter().enumerate() {
            let Some(answer) = answers.answer(at).filter(|_| asked == Asked::Yes) else { continue };
            for feed in &self.feeds[at] {
                facts.put(feed.fact, feed.value(answer));
            }
        }
        facts
    }
}
