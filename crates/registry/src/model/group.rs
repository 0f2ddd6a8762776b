//! Questions in groups, one screen each. A question that no group names stands in the last one.

use std::sync::LazyLock;

use portfolio::{Words, questions::Questionnaire};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: String,
    pub say: Words,
    questions: Vec<String>,
}

pub fn groups() -> &'static [Group] {
    static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../data/groups.json")).expect("the groups that ship are sound")
    });
    &GROUPS
}

impl Group {
    pub fn find(key: &str) -> Option<&'static Self> {
        groups().iter().find(|group| group.key == key)
    }

    /// Its questions, by their places, in the order of the questionnaire.
    pub fn places(&self, questionnaire: &Questionnaire) -> Vec<usize> {
        let is_last = groups().last().is_some_and(|last| last.key == self.key);
        let named = |key: &str| groups().iter().any(|group| group.questions.iter().any(|one| one == key));
        let questions = questionnaire.questions().iter().enumerate();
        let own = questions
            .filter(|(_, question)| self.questions.contains(&question.key) || (is_last && !named(&question.key)));
        own.map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::appraiser::Appraiser;

    #[test]
    fn each_question_stands_on_one_screen() {
        let appraiser = Appraiser::shipped();
        let all = appraiser.questionnaire.questions();
        let mut shown: Vec<usize> = groups().iter().flat_map(|group| group.places(&appraiser.questionnaire)).collect();
        shown.sort_unstable();
        assert_eq!(shown, (0..all.len()).collect::<Vec<_>>());
        for group in groups() {
            assert!(group.say.is_complete());
            let known = |key: &String| all.iter().any(|question| question.key == *key);
            assert!(group.questions.iter().all(known), "{}", group.key);
        }
    }
}
