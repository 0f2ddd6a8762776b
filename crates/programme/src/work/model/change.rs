//! What can be done to a part, as a pure step from its fields to its next fields.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, plans::model::meanwhile::is_as_before};

/// The fields of a part that acts change. Kept with each act, so that it can be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    pub percent: Option<i64>,
    pub due_on: Option<String>,
    pub done_on: Option<String>,
    pub done_note: Option<String>,
    pub accepted_on: Option<String>,
    pub stopped_on: Option<String>,
    /// `paused` and `ended` by a person; `withdrawn` and `replaced` with its plan.
    pub stop_kind: Option<String>,
    /// How the due day came about, while it follows the calendar.
    #[serde(default)]
    pub clock: Option<String>,
}

/// What an act found: kept with it, so that it can be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    #[serde(flatten)]
    pub fields: Fields,
    /// The evidence that stood. None in acts of before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Uuid>>,
}

impl Found {
    /// Would going back there accept again what was sent back?
    pub fn accepts_again(&self, now: &Fields) -> bool {
        self.fields.accepted_on.is_some() && now.accepted_on.is_none()
    }
}

/// One act on a part, with the words that go with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// How far it is. Going back needs words that say why.
    Progress {
        percent: Option<i64>,
        text: String,
    },
    Done {
        day: Date,
        note: String,
    },
    Reopen {
        reason: String,
    },
    Pause {
        reason: String,
    },
    End {
        reason: String,
    },
    Resume {
        note: String,
    },
    Accept {
        note: String,
    },
    SendBack {
        reason: String,
    },
    /// Another due day, for a reason: an extension granted, a calendar changed.
    Due {
        day: Date,
        reason: String,
    },
}

impl Act {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Progress { .. } => "progress",
            Self::Done { .. } => "done",
            Self::Reopen { .. } => "reopen",
            Self::Pause { .. } => "pause",
            Self::End { .. } => "end",
            Self::Resume { .. } => "resume",
            Self::Accept { .. } => "accept",
            Self::SendBack { .. } => "send_back",
            Self::Due { .. } => "due",
        }
    }

    pub fn words(&self) -> &str {
        match self {
            Self::Progress { text, .. } => text,
            Self::Done { note, .. } | Self::Resume { note } | Self::Accept { note } => note,
            Self::Reopen { reason }
            | Self::Pause { reason }
            | Self::End { reason }
            | Self::SendBack { reason }
            | Self::Due { reason, .. } => reason,
        }
    }

    /// What the body itself does; the rest is for who checks its work.
    pub fn is_own(&self) -> bool {
        match self {
            Self::Progress { .. } | Self::Done { .. } | Self::Reopen { .. } => true,
            Self::Pause { .. }
            | Self::End { .. }
            | Self::Resume { .. }
            | Self::Accept { .. }
            | Self::SendBack { .. }
            | Self::Due { .. } => false,
        }
    }

    /// What checks the body's work, so that who reported it leaves it to somebody else.
    pub fn is_check(&self, before: &Fields) -> bool {
        match self {
            Self::Accept { .. } | Self::Pause { .. } | Self::End { .. } | Self::Resume { .. } => true,
            // Before it is accepted the body may open it again itself.
            Self::SendBack { .. } => before.accepted_on.is_some(),
            Self::Progress { .. } | Self::Done { .. } | Self::Reopen { .. } | Self::Due { .. } => false,
        }
    }

    /// Acts that say nothing without words.
    fn needs_words(&self) -> Option<&'static str> {
        match self {
            Self::Done { .. } => Some("note"),
            Self::Pause { .. } | Self::End { .. } | Self::SendBack { .. } | Self::Due { .. } => Some("reason"),
            Self::Progress { percent: None, .. } => Some("text"),
            Self::Progress { .. } | Self::Reopen { .. } | Self::Resume { .. } | Self::Accept { .. } => None,
        }
    }
}

/// Acts after which the work stands where it stood, as their entries are named: what is said of it, and what proves it.
const BESIDE: [&str; 8] = [
    "part.progress",
    "part.due",
    "part.undo progress",
    "part.undo due",
    "evidence.add",
    "evidence.remove",
    "evidence.restore",
    "extension.answer",
];

/// Whether the work stands after these acts, the newest first, where it stood before them.
pub fn stands(acts: &[&str]) -> bool {
    let steps: Vec<&str> = acts.iter().copied().filter(|act| !BESIDE.contains(act)).collect();
    is_as_before(&steps, |act| act.starts_with("part.undo"))
}

/// The fields after the act, or why it cannot be.
pub fn apply(fields: &Fields, act: &Act, today: Date) -> Result<Fields, Error> {
    if let Some(field) = act.needs_words().filter(|_| act.words().trim().is_empty()) {
        return Err(Error::Empty(field));
    }
    let mut next = fields.clone();
    let done = fields.done_on.is_some();
    let stopped = fields.stopped_on.is_some();
    match act {
        Act::Progress { percent, text } => {
            if done || stopped {
                return Err(Error::NotOpen);
            }
            if percent.is_some_and(|percent| !(0..=100).contains(&percent)) {
                return Err(Error::PercentWrong);
            }
            let back = percent.zip(fields.percent).is_some_and(|(new, old)| new < old);
            if back && text.trim().is_empty() {
                return Err(Error::GoesBack);
            }
            next.percent = percent.or(fields.percent);
        }
        Act::Done { day, note } => {
            if done || stopped {
                return Err(Error::NotOpen);
            }
            if *day > today {
                return Err(Error::FutureDay);
            }
            next.done_on = Some(day.to_string());
            next.done_note = Some(note.trim().to_owned());
            next.percent = Some(100);
        }
        Act::Reopen { .. } | Act::SendBack { .. } => {
            if !done {
                return Err(Error::NotDone);
            }
            if fields.accepted_on.is_some() && matches!(act, Act::Reopen { .. }) {
                return Err(Error::AlreadyAccepted);
            }
            (next.done_on, next.done_note, next.accepted_on, next.percent) = (None, None, None, None);
        }
        Act::Accept { .. } => {
            if !done {
                return Err(Error::NotDone);
            }
            if fields.accepted_on.is_some() {
                return Err(Error::AlreadyAccepted);
            }
            next.accepted_on = Some(today.to_string());
        }
        Act::Pause { .. } | Act::End { .. } => {
            if done || stopped {
                return Err(Error::NotOpen);
            }
            next.stopped_on = Some(today.to_string());
            next.stop_kind = Some(if matches!(act, Act::Pause { .. }) { "paused" } else { "ended" }.to_owned());
        }
        Act::Resume { .. } => {
            // Ended with its plan: only taking that back resumes it.
            if fields.stop_kind.as_deref().is_some_and(|kind| !matches!(kind, "paused" | "ended")) {
                return Err(Error::WrongState);
            }
            if !stopped {
                return Err(Error::NotStopped);
            }
            (next.stopped_on, next.stop_kind) = (None, None);
        }
        Act::Due { day, .. } => {
            if done || stopped {
                return Err(Error::NotOpen);
            }
            // A day that a person set does not move with the calendar.
            (next.due_on, next.clock) = (Some(day.to_string()), None);
        }
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    fn progress(percent: i64, text: &str) -> Act {
        Act::Progress { percent: Some(percent), text: text.into() }
    }

    #[test]
    fn progress_stays_within_bounds_and_goes_back_only_with_a_reason() {
        let at_60 = Fields { percent: Some(60), ..Fields::default() };
        assert_eq!(apply(&at_60, &progress(101, "x"), TODAY), Err(Error::PercentWrong));
        assert_eq!(apply(&at_60, &progress(40, " "), TODAY), Err(Error::GoesBack));
        assert_eq!(apply(&at_60, &progress(40, "Làm lại hồ sơ"), TODAY).unwrap().percent, Some(40));
        let words = Act::Progress { percent: None, text: String::new() };
        assert_eq!(apply(&at_60, &words, TODAY), Err(Error::Empty("text")));
    }

    #[test]
    fn what_is_accepted_is_sent_back_only_by_who_checks() {
        let done = apply(&Fields::default(), &Act::Done { day: TODAY, note: "BC 15".into() }, TODAY).unwrap();
        let accepted = apply(&done, &Act::Accept { note: String::new() }, TODAY).unwrap();
        assert_eq!(apply(&accepted, &Act::Reopen { reason: String::new() }, TODAY), Err(Error::AlreadyAccepted));
        let back = apply(&accepted, &Act::SendBack { reason: "Thiếu tệp".into() }, TODAY).unwrap();
        assert_eq!((back.done_on, back.accepted_on), (None, None));
        assert_eq!(apply(&Fields::default(), &Act::Accept { note: String::new() }, TODAY), Err(Error::NotDone));
    }

    #[test]
    fn what_an_act_found_is_read_again_and_so_is_what_older_acts_kept() {
        let fields = Fields { percent: Some(60), accepted_on: Some("2026-11-20".into()), ..Fields::default() };
        let found = Found { fields: fields.clone(), evidence: Some(vec![Uuid::from_u128(7)]) };
        let read = |text: &str| serde_json::from_str::<Found>(text).unwrap();
        assert_eq!(read(&serde_json::to_string(&found).unwrap()), found);
        let older = read(&serde_json::to_string(&fields).unwrap());
        assert_eq!((&older.fields, older.evidence.as_ref()), (&fields, None));
        assert!(older.accepts_again(&Fields::default()) && !older.accepts_again(&fields));
    }

    #[test]
    fn a_note_or_a_paper_leaves_the_work_where_it_stood() {
        assert!(stands(&[]) && stands(&["evidence.add", "part.progress", "part.undo progress"]));
        assert!(stands(&["part.progress", "part.undo done", "part.finish"]), "taken back, it is open as it was");
        for acts in [&["part.progress", "part.finish"][..], &["part.reopen"], &["part.undo done"]] {
            assert!(!stands(acts), "{acts:?}");
        }
    }

    fn any_act() -> impl Strategy<Value = Act> {
        let words = || prop_oneof![Just(String::new()), Just("vì".to_owned())];
        prop_oneof![
            (proptest::option::of(-5_i64..120), words()).prop_map(|(percent, text)| Act::Progress { percent, text }),
            words().prop_map(|note| Act::Done { day: TODAY, note }),
            words().prop_map(|reason| Act::Reopen { reason }),
            words().prop_map(|reason| Act::Pause { reason }),
            words().prop_map(|reason| Act::End { reason }),
            words().prop_map(|note| Act::Resume { note }),
            words().prop_map(|note| Act::Accept { note }),
            words().prop_map(|reason| Act::SendBack { reason }),
            words().prop_map(|reason| Act::Due { day: TODAY, reason }),
        ]
    }

    proptest! {
        /// Whatever happens to a part, its fields never contradict each other.
        #[test]
        fn fields_never_contradict_each_other(acts in proptest::collection::vec(any_act(), 0..30)) {
            let mut fields = Fields::default();
            for act in acts {
                if let Ok(next) = apply(&fields, &act, TODAY) {
                    fields = next;
                }
                prop_assert!(fields.percent.is_none_or(|percent| (0..=100).contains(&percent)));
                prop_assert!(fields.accepted_on.is_none() || fields.done_on.is_some());
                prop_assert_eq!(fields.stopped_on.is_some(), fields.stop_kind.is_some());
                prop_assert!(fields.done_on.is_none() || fields.stopped_on.is_none());
            }
        }
    }
}
