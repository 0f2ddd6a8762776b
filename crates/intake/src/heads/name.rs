//! What heads may say, with weights: data of the caller.

use super::stack::Head;
use crate::fold::{fold, has_words, lower};

pub(super) type Score = i64;

/// The score of a name of weight 10 that is the whole head.
const WHOLE: Score = 1_000;
/// A match that needs no second look.
pub(super) const SURE: Score = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Whole,
    Within,
    Never,
}

/// Words of a head. Case, marks and runs of blanks count for nothing, but marks that agree are a little better.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    words: &'a str,
    /// From 1 to 10.
    weight: u8,
    fit: Fit,
}

impl<'a> Name<'a> {
    /// These words are the head: for words that mean little among others ("tên", "hạn").
    pub const fn whole(words: &'a str, weight: u8) -> Self {
        Self { words, weight, fit: Fit::Whole }
    }

    /// These words stand in the head, each whole.
    pub const fn within(words: &'a str, weight: u8) -> Self {
        Self { words, weight, fit: Fit::Within }
    }

    /// A head with these words is another column, whatever else it says.
    pub const fn never(words: &'a str) -> Self {
        Self { words, weight: 0, fit: Fit::Never }
    }
}

/// The names of one column, folded once.
pub(super) struct Known(Vec<(String, String, Score, Fit)>);

impl Known {
    pub(super) fn of(names: &[Name<'_>]) -> Self {
        let one =
            |name: &Name<'_>| (fold(name.words), lower(name.words), Score::from(name.weight) * WHOLE / 10, name.fit);
        Self(names.iter().map(one).filter(|(words, ..)| !words.is_empty()).collect())
    }

    /// How well a head fits: the best of its readings under the best of the names, 0 where none does.
    pub(super) fn score(&self, head: &Head) -> Score {
        let never = |(words, _, _, fit): &(String, String, Score, Fit)| {
            *fit == Fit::Never && head.readings.iter().take(1).any(|(folded, _)| has_words(folded, words))
        };
        if self.0.iter().any(never) {
            return 0;
        }
        let scores = head.readings.iter().flat_map(|reading| self.0.iter().map(move |name| score(reading, name)));
        scores.max().unwrap_or(0)
    }
}

fn score((folded, said): &(String, String), (words, marked, weight, fit): &(String, String, Score, Fit)) -> Score {
    let agreeing = if has_words(said, marked) { 10 } else { 0 };
    match fit {
        Fit::Never => 0,
        _ if folded == words => weight + agreeing,
        Fit::Within if has_words(folded, words) => weight * share(words, folded) / 100 + agreeing,
        _ => 0,
    }
}

/// From 60, the more of the head the words are.
fn share(words: &str, head: &str) -> Score {
    let count = |text: &str| Score::try_from(text.split(' ').count()).unwrap_or(Score::MAX / 100);
    60 + 40 * count(words) / count(head).max(1)
}
