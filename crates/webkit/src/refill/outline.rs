//! The forms of a page: which of them was sent, what was written into it, and where that is not what is kept.

use std::collections::BTreeMap;

use serde::Serialize;

use super::form::{Control, Form, Kind, NEW_EACH_TIME, REV, Realigned, SECRET, Typed, even, plain};
use crate::sent::Sent;

/// Letters of a label that a line of the summary shows: some hold a whole task.
const MOST: usize = 80;

/// What somebody typed, and beside which label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Word {
    pub label: String,
    pub text: String,
}

/// A field in which what was typed is not what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Difference {
    pub label: String,
    pub mine: String,
    pub now: String,
}

#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub forms: Vec<Form>,
    pub(super) folds: usize,
    pub(super) open: Vec<usize>,
    pub(super) groups: usize,
    pub(super) group: Option<usize>,
    /// The words of labels, by the field that they are of.
    pub(super) labels: BTreeMap<String, String>,
    pub(super) label: String,
}

impl Outline {
    pub(super) fn newest(&mut self) -> Option<&mut Control> {
        self.forms.last_mut()?.controls.last_mut()
    }

    /// What a person wrote or chose: in the fields of forms with that address where there are such, else whatever is no code.
    pub fn words(&self, sent: &Sent) -> Vec<Word> {
        let forms = self.forms.iter().filter(|form| form.is_sent_to(sent));
        let fields: Vec<&Control> = forms.flat_map(|form| &form.controls).collect();
        let is = |name: &str, kind: &Kind| fields.iter().any(|field| field.name == name && field.kind == *kind);
        let is_shown = |name: &str, text: &str| {
            let is_secret = SECRET.contains(&name) || NEW_EACH_TIME.contains(&name) || is(name, &Kind::Secret);
            // What the form does not show now, or carries unseen, was perhaps written all the same.
            let is_other = || is_written(text) && !is(name, &Kind::Choice) && !is(name, &Kind::Hidden(text.to_owned()));
            !is_secret && (is(name, &Kind::Open) || is_other())
        };
        let typed = sent.typed.iter().map(|(name, text)| (name.as_str(), text.trim()));
        let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
        let mut words = Vec::new();
        for (name, text) in typed {
            let nth = passed.entry(name).or_default();
            let own: Vec<&&Control> = fields.iter().filter(|field| field.name == name).collect();
            let field = own.get(*nth).or(own.last());
            *nth += 1;
            if !text.is_empty() && is_shown(name, text) {
                let chosen = own.iter().find_map(|field| field.words_of(text));
                let label = field.map(|field| self.label(field)).unwrap_or_default();
                words.push(Word { label, text: chosen.unwrap_or_else(|| text.to_owned()) });
            }
        }
        words
    }

    fn label(&self, control: &Control) -> String {
        let words = self.labels.get(&control.id).map(|words| plain(words)).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The label of a field that is filled in, as far as it tells which; of what is chosen it says a choice, and names no field.
    pub(super) fn label_of_field(&self, control: &Control, optional: &str) -> String {
        if control.kind == Kind::Choice {
            return String::new();
        }
        let label = self.label(control);
        let label = label.strip_suffix(optional).unwrap_or(&label).trim_end_matches([' ', ';', ',']);
        match label.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", label[..end].trim_end()),
            None => label.to_owned(),
        }
    }

    /// The form that was sent, row by row as it was sent.
    pub fn sent(&self, sent: &Sent) -> Option<usize> {
        self.forms.iter().position(|form| form.is_sent_to(sent) && form.fits(&sent.typed))
    }

    /// The one form that is sent there and whose draft is kept, whatever its rows.
    pub fn only(&self, sent: &Sent) -> Option<usize> {
        let mut there = (0..self.forms.len()).filter(|at| self.forms[*at].is_sent_to(sent));
        let first = there.next().filter(|at| self.forms[*at].draft.is_some())?;
        there.next().is_none().then_some(first)
    }

    /// The form of a draft, by what makes its key of its path and of what tells it from others.
    pub fn of_draft(&self, is_it: impl Fn(&str, &str) -> bool) -> Option<usize> {
        self.forms.iter().position(|form| form.draft.as_ref().is_some_and(|about| is_it(form.path(), about)))
    }

    /// The key of a form's draft, by what makes it of the same two; none where none is kept.
    pub fn draft_of(&self, at: usize, key: impl Fn(&str, &str) -> String) -> Option<String> {
        let form = self.forms.get(at)?;
        form.draft.as_ref().map(|about| key(form.path(), about))
    }

    /// What was written, as if it had been sent by this form.
    pub fn sent_to(&self, at: usize, sent: &Sent) -> Sent {
        Sent { action: self.forms[at].action.clone(), typed: sent.typed.clone() }
    }

    pub fn takes_files(&self, at: usize) -> bool {
        self.forms[at].is_multipart
    }

    /// Whether this was written into the form as it stands, row by row.
    pub fn fits(&self, at: usize, typed: &[(String, String)]) -> bool {
        self.forms.get(at).is_some_and(|form| form.fits(typed))
    }

    /// What was written, in the rows as they are now.
    pub fn realigned(&self, at: usize, typed: &[(String, String)]) -> Realigned {
        self.forms[at].realigned(typed)
    }

    /// Whether the form stands over another revision now than when this was written.
    pub fn is_over(&self, at: usize, sent: &Sent) -> bool {
        self.rev(at).is_some_and(|rev| sent.field(REV).is_some_and(|typed| typed != rev))
    }

    fn rev(&self, at: usize) -> Option<&str> {
        self.forms.get(at)?.controls.iter().find_map(|control| match &control.kind {
            Kind::Hidden(value) if control.name == REV => Some(value.as_str()),
            _ => None,
        })
    }

    /// Where the form that was sent differs from what is kept now. A name that was not sent at all says nothing.
    pub fn differences(&self, at: usize, typed: &[(String, String)]) -> Vec<Difference> {
        let Some(form) = self.forms.get(at) else { return vec![] };
        let mut left = Typed(typed.to_vec());
        let mut out = Vec::new();
        let is_sent = |control: &Control| typed.iter().any(|(name, _)| *name == control.name);
        for control in &form.controls {
            if control.kind == Kind::Open && !is_sent(control) {
                continue;
            }
            let mine = match &control.kind {
                Kind::Hidden(_) => {
                    left.next(&control.name);
                    continue;
                }
                Kind::Secret => continue,
                Kind::Open => left.next(&control.name).unwrap_or_default(),
                Kind::Choice => control.chosen_of(typed),
            };
            if even(&mine) != even(&control.now) {
                let (mine, now) = (control.shown(&mine), control.shown(&control.now));
                out.push(Difference { label: self.label(control), mine, now });
            }
        }
        out
    }

    /// The form as it was sent, over the revision that is kept now; none where something of it cannot be sent again.
    pub fn over_present(&self, at: usize, sent: &Sent) -> Option<Vec<(String, String)>> {
        let rev = self.rev(at)?;
        if self.forms[at].controls.iter().any(|control| control.kind == Kind::Secret) {
            return None;
        }
        let one = |(name, text): &(String, String)| (name.clone(), if name == REV { rev.into() } else { text.clone() });
        Some(
            sent.typed
                .iter()
                .filter(|(name, _)| name == REV || !NEW_EACH_TIME.contains(&name.as_str()))
                .map(one)
                .collect(),
        )
    }
}

/// Whether a person may have written this: codes and ids are of the program.
fn is_written(text: &str) -> bool {
    let is_code = text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    !is_code && kernel::id_uuid(text).is_none()
}
