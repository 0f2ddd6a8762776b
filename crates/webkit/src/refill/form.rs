//! A form of a page: its fields in the order in which a browser sends them, and whether it is the one that was sent.

use std::{borrow::Cow, collections::BTreeSet};

use quick_xml::escape::unescape;

use crate::{refused::Fault, sent::Sent};

/// The revision over which a form is sent.
pub(crate) const REV: &str = "rev";

/// Hidden fields that are others each time a page is shown.
pub(super) const NEW_EACH_TIME: [&str; 4] = [REV, "once", "draft", "kept"];

/// Fields that are never shown again, where nothing but their name is known.
pub(crate) const SECRET: [&str; 6] = ["password", "current", "again", "code", "secret", "once"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Hidden(String),
    /// Sent only where it is chosen.
    Choice,
    Secret,
    Open,
}

#[derive(Debug, Clone)]
pub(crate) struct Control {
    pub name: String,
    pub id: String,
    pub(super) kind: Kind,
    /// Which folds of the page it is within.
    pub folds: Vec<usize>,
    /// Which group of the page it is within.
    pub group: Option<usize>,
    /// The page itself says what is wrong with it.
    pub is_said: bool,
    /// What can be chosen in it, each with its words.
    pub(super) choices: Vec<(String, String)>,
    /// What the page shows in it; of a choice, whether it is chosen.
    pub(super) now: String,
}

/// A form of the page.
#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(super) action: String,
    /// It names no address: it is sent to that of its page, whatever stands behind it.
    pub(super) is_own: bool,
    /// It changes nothing: words that are looked for are nobody's loss.
    pub(super) asks: bool,
    /// It takes files.
    pub is_multipart: bool,
    /// What tells its draft from those of other forms that are sent to the same address; none where none is kept.
    pub(super) draft: Option<String>,
    pub(super) buttons: Vec<(String, String)>,
    pub(super) controls: Vec<Control>,
    /// Which folds of the page it is within.
    pub(super) folds: Vec<usize>,
}

pub(super) type Fields = Vec<(String, String)>;

/// What was written, as this form would send it now; and what has no place in it any more.
#[derive(Debug, Default)]
pub(crate) struct Realigned {
    pub typed: Fields,
    pub left: Fields,
}

impl Form {
    /// Its address without a query.
    pub(super) fn path(&self) -> &str {
        self.action.split('?').next().unwrap_or_default()
    }

    pub(super) fn is_sent_to(&self, sent: &Sent) -> bool {
        let sent = sent.action.as_str();
        let sent = if self.is_own { sent.split('?').next().unwrap_or_default() } else { sent };
        !self.asks
            && self.action == sent
            && self.controls.iter().any(|control| !matches!(control.kind, Kind::Hidden(_)))
    }

    /// Whether what was sent comes from this form: its button, its hidden fields in their places, no row more or less. A name
    /// that was not sent at all says nothing.
    pub(super) fn fits(&self, sent: &[(String, String)]) -> bool {
        let mut typed = Typed(sent.to_vec());
        let pressed = |(name, value): &(String, String)| typed.of(name).is_none_or(|sent| sent == value);
        let mut fits = !typed.0.is_empty() && (self.buttons.is_empty() || self.buttons.iter().any(pressed));
        let positions = self.controls.iter().filter(|control| matches!(control.kind, Kind::Hidden(_) | Kind::Open));
        let known: BTreeSet<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
        for control in positions.clone().filter(|control| known.contains(control.name.as_str())) {
            let sent = typed.next(&control.name);
            let is_new = NEW_EACH_TIME.contains(&control.name.as_str());
            fits &= match (&control.kind, sent) {
                (Kind::Hidden(value), Some(sent)) => is_new || sent == *value,
                (_, sent) => sent.is_some(),
            };
        }
        // A hidden field that was not sent at all belongs to another form.
        let is_foreign = |control: &&Control| {
            let is_new = NEW_EACH_TIME.contains(&control.name.as_str());
            matches!(control.kind, Kind::Hidden(_)) && !is_new && !known.contains(control.name.as_str())
        };
        fits && positions.clone().all(|control| typed.of(&control.name).is_none())
            && !positions.clone().any(|c| is_foreign(&c))
    }

    /// The faults whose field is here. Of several fields of one name it is that of the row that the fault names by its unseen
    /// field, else the first in which was typed what the fault names; where nothing tells which of them it is, the first.
    pub(super) fn said<'a>(&'a self, sent: &Sent, faults: &'a [Fault]) -> Vec<Said<'a>> {
        let mut typed = Typed(sent.typed.clone());
        let sent = self.controls.iter().map(|control| match control.kind {
            Kind::Hidden(_) | Kind::Open => typed.next(&control.name).unwrap_or_default(),
            Kind::Choice | Kind::Secret => String::new(),
        });
        let sent: Vec<String> = sent.collect();
        let mut said: Vec<Said<'a>> = vec![];
        for fault in faults {
            let fields = || self.controls.iter().enumerate().filter(|(_, field)| field.shows(&fault.field));
            let is_free = |at: usize| said.iter().all(|said| said.at != at);
            let is_named = |at: usize| fault.about.iter().any(|text| text.trim() == sent[at].trim());
            let row = self.controls.iter().position(|control| control.is_row_of(&fault.about));
            let in_row = row.and_then(|row| fields().find(|(at, _)| *at > row));
            let named = in_row.or_else(|| fields().find(|(at, _)| is_named(*at) && is_free(*at)));
            said.extend(named.or_else(|| fields().next()).map(|(at, control)| Said { fault, at, control }));
        }
        said
    }
}

impl Control {
    /// The words of a choice.
    pub(super) fn words_of(&self, value: &str) -> Option<String> {
        let (_, words) = self.choices.iter().find(|(known, _)| known == value)?;
        Some(plain(words.trim()))
    }

    /// Whether a row begins with it that is spoken of: its unseen field bears the row's id.
    fn is_row_of(&self, about: &[String]) -> bool {
        matches!(&self.kind, Kind::Hidden(value) if kernel::id_uuid(value).is_some() && about.contains(value))
    }

    /// Of a choice: whether it was made.
    pub(super) fn chosen_of(&self, typed: &[(String, String)]) -> String {
        let value = self.choices.first().map(|(value, _)| value.as_str()).unwrap_or_default();
        let is_it = |(name, text): &&(String, String)| *name == self.name && (text == value || value.is_empty());
        typed.iter().find(is_it).map(|_| value.to_owned()).unwrap_or_default()
    }

    /// What is in it, as a reader sees it.
    pub(super) fn shown(&self, value: &str) -> String {
        match self.kind {
            Kind::Choice if value.is_empty() => "–".into(),
            Kind::Choice => "✓".into(),
            _ => self.words_of(value).unwrap_or_else(|| even(value)),
        }
    }

    fn shows(&self, name: &str) -> bool {
        self.name == name && !matches!(self.kind, Kind::Hidden(_))
    }
}

/// A fault and the field of the form at which it is said.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub fault: &'a Fault,
    pub at: usize,
    pub control: &'a Control,
}

/// What was sent and is not used yet, in its order.
#[derive(Debug)]
pub(super) struct Typed(pub Vec<(String, String)>);

impl Typed {
    fn of(&self, name: &str) -> Option<&String> {
        self.0.iter().find(|(typed, _)| typed == name).map(|(_, text)| text)
    }

    /// The next value of a name that stands in the form more than once.
    pub fn next(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(typed, _)| typed == name)?;
        Some(self.0.remove(at).1)
    }
}

/// Lines end in more than one way.
pub(super) fn even(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

pub(super) fn plain(text: &str) -> String {
    unescape(text).map_or_else(|_| text.to_owned(), Cow::into_owned)
}
