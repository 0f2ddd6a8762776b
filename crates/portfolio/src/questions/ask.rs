//! What is to be asked, given what was answered.

use super::{answers::Answers, read::Questionnaire};
use crate::table::{Seen, Value};

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
}
