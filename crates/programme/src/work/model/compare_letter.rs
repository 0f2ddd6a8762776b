//! What a letter about two plans lists: what the plan below did not take up, what it took up otherwise, and what as it was.

use jiff::civil::Date;
use kernel::{Lang, day::show};
use serde::{Deserialize, Serialize};

use crate::work::model::letter::{Letter, LetterKind};

/// A task or a target above of which the plan below has nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// None of a target.
    pub section: String,
    pub text: String,
    /// Who leads a task, or the level of a target.
    pub lead: String,
    pub time: String,
}

/// A task or a target above and what it is below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub above: String,
    pub below: String,
    /// In words; empty where there is none.
    pub differences: String,
}

/// The lists, as they are stored in a letter ([`Letter::lines`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    pub missing: Vec<Missing>,
    pub differing: Vec<Taken>,
    pub taken: Vec<Taken>,
    /// By which day an answer is asked for; none in drafts of before it was kept.
    #[serde(default)]
    pub answer_by: Option<Date>,
}

impl Lists {
    /// How many lines they have.
    pub fn lines(&self) -> usize {
        self.missing.len() + self.differing.len() + self.taken.len()
    }

    /// Nothing is to be asked for.
    pub fn is_as_asked(&self) -> bool {
        self.missing.is_empty() && self.differing.is_empty()
    }

    pub fn of(letter: &Letter) -> Option<Self> {
        let lines = letter.lines.as_deref().filter(|_| letter.kind == LetterKind::Compare)?;
        serde_json::from_str(lines).ok()
    }
}

/// The draft of before with how the plans compare by now. Words that an officer wrote into it stay theirs, but for the day by
/// which an answer is asked for: that was said just now.
pub fn renewed(before: Letter, now: &Letter) -> Letter {
    let day = |letter: &Letter| Lists::of(letter).and_then(|lists| lists.answer_by);
    let days = (day(&before), day(now));
    let mut letter = before.renewed(now);
    if let (was, Some(day)) = days
        && letter.edited_at.is_some()
    {
        letter.body = asked_by(&letter.body, was, day).into();
    }
    letter
}

/// The words with this day in the place of the one of before, where that is said last; one that stands nowhere is said at the end.
fn asked_by(body: &str, was: Option<Date>, day: Date) -> String {
    let now = show(day, Lang::Vi);
    let was = was.map(|was| show(was, Lang::Vi));
    let parts = was.as_deref().and_then(|was| body.rsplit_once(was));
    match parts {
        Some((before, behind)) => format!("{before}{now}{behind}"),
        None if body.contains(&now) => body.to_owned(),
        None => format!("{}\nĐề nghị trả lời bằng văn bản chậm nhất ngày {now}.", body.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_is_asked_for_now_stands_in_the_words_of_the_officer() {
        let day = |day| jiff::civil::date(2026, 12, day);
        let body = "Cuộc họp ngày 15/12/2026 đã bàn.\nMong anh chị trả lời trước ngày 15/12/2026, càng sớm càng tốt.";
        let moved = "Cuộc họp ngày 15/12/2026 đã bàn.\nMong anh chị trả lời trước ngày 18/12/2026, càng sớm càng tốt.";
        assert_eq!(asked_by(body, Some(day(15)), day(18)), moved);
        assert_eq!(asked_by(body, Some(day(15)), day(15)), body, "the same day");
        assert_eq!(asked_by(moved, Some(day(16)), day(18)), moved, "the officer wrote it themselves");
        for was in [None, Some(day(16))] {
            let said = asked_by("Mong sớm nhận được trả lời.\n", was, day(18));
            assert_eq!(said, "Mong sớm nhận được trả lời.\nĐề nghị trả lời bằng văn bản chậm nhất ngày 18/12/2026.");
        }
    }
}
