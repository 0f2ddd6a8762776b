//! What somebody filled into the form of a report.

use kernel::{FieldProblem, Problem};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    ids::TargetId,
    plans::model::read_target::parse,
    reporting::{
        model::{content::Content, note::Note},
        usecase::{report_act::Edit, report_notes::get as note_words},
    },
    targets::usecase::value_set::Entered,
};

/// The lists run in step: one value of each per line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditForm {
    pub(crate) rev: i64,
    intro: String,
    plans_ahead: String,
    nothing: bool,
    work: Vec<String>,
    words: Vec<String>,
    /// Ids of lines with nothing to report.
    none: Vec<String>,
    target: Vec<String>,
    numerator: Vec<String>,
    denominator: Vec<String>,
    value: Vec<String>,
    status: Vec<String>,
    evidence: Vec<String>,
    note: Vec<String>,
    note_words: Vec<String>,
}

impl EditForm {
    /// Notes that are other than they stand.
    fn notes(&self, old: &Content) -> Result<Vec<(Note, String)>, Problem> {
        let mut out = Vec::new();
        for (code, words) in self.note.iter().zip(&self.note_words) {
            let note = Note::parse(code).ok_or_else(|| Problem::bad_input("bad-form"))?;
            if note_words(old, &note).trim() != words.trim() {
                out.push((note, words.trim().to_owned()));
            }
        }
        Ok(out)
    }

    /// The same from the fields of a form with a file.
    pub(crate) fn of(fields: &[(String, String)]) -> Self {
        let mut form = Self::default();
        for (name, text) in fields {
            let text = text.clone();
            match name.as_str() {
                "rev" => form.rev = text.parse().unwrap_or(0),
                "intro" => form.intro = text,
                "plans_ahead" => form.plans_ahead = text,
                "nothing" => form.nothing = text == "true",
                "work" => form.work.push(text),
                "words" => form.words.push(text),
                "none" => form.none.push(text),
                "target" => form.target.push(text),
                "numerator" => form.numerator.push(text),
                "denominator" => form.denominator.push(text),
                "value" => form.value.push(text),
                "status" => form.status.push(text),
                "evidence" => form.evidence.push(text),
                _ => {}
            }
        }
        form
    }

    /// Values that were left as they stand are not entered again.
    pub(crate) fn edit(&self, old: &Content) -> Result<Edit, Problem> {
        let mut edit = Edit {
            intro: self.intro.clone(),
            plans_ahead: self.plans_ahead.clone(),
            nothing: self.nothing,
            notes: self.notes(old)?,
            ..Edit::default()
        };
        let mut wrong = Problem::bad_input("not-a-number");
        for (at, id) in self.work.iter().enumerate() {
            let id: Uuid = id.parse().map_err(|_| Problem::bad_input("bad-form"))?;
            let nothing = self.none.iter().any(|none| *none == id.to_string());
            let words = if nothing { String::new() } else { self.words.get(at).cloned().unwrap_or_default() };
            let before = old.works.iter().find(|work| work.id == id);
            if before.is_none_or(|work| work.nothing != nothing || work.words.trim() != words.trim()) {
                edit.works.push((id, words, nothing));
            }
        }
        for (at, id) in self.target.iter().enumerate() {
            let id: TargetId = id.parse().map_err(|_| Problem::bad_input("bad-form"))?;
            // Each is said at its own field.
            let mut figure = |name: &str, list: &[String]| {
                let text = list.get(at).map(|text| text.trim()).filter(|text| !matches!(*text, "" | "-"))?;
                let value = parse(text);
                if value.is_none() {
                    let args = vec![("text", text.to_owned()), ("row", id.to_string())];
                    wrong.fields.push(FieldProblem { args, ..FieldProblem::new(name, "not-a-number") });
                }
                value
            };
            let (numerator, denominator) =
                (figure("numerator", &self.numerator), figure("denominator", &self.denominator));
            let value = figure("value", &self.value);
            let text = |list: &[String]| list.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
            let (status, evidence) = (text(&self.status), text(&self.evidence));
            let before = old.values.iter().find(|value| value.id == id.uuid());
            let parts = numerator.is_some() || denominator.is_some();
            let same = before.is_some_and(|old| {
                (old.numerator, old.denominator) == (numerator, denominator)
                    && (parts || old.this == value)
                    && (old.this.is_none() || (old.status == status && old.evidence == evidence))
            });
            if !same && (parts || value.is_some()) {
                let value = if parts { None } else { value };
                edit.values.push((id, Entered { numerator, denominator, value, status, evidence }));
            }
        }
        if wrong.fields.is_empty() { Ok(edit) } else { Err(wrong) }
    }
}
