//! A report as its form shows it, and what was written into that.

use crate::ids::{ReportId, TargetId};
use kernel::{FieldProblem, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use uuid::Uuid;
use webkit::{Req, view};

use crate::{
    plans::model::{
        cite::Cited,
        read_target::{parse, written},
    },
    reporting::{
        model::{
            content::{Content, part_words},
            note::{Note, PaperField},
        },
        pages::report_page::head,
        store::report::ReportRow,
        usecase::{
            report_act::report_for, report_content::content, report_edit::Edit, report_notes::get as note_words,
        },
    },
    targets::usecase::value_set::Entered,
};

/// The parts of plans on which a consolidated report may say a word, in their order.
fn section_fields(row: &ReportRow, content: &Content) -> Vec<Value> {
    let mut seen: Vec<(Uuid, &str)> = Vec::new();
    let works = content.works.iter().filter(|_| row.consolidated);
    for (plan, work) in works.filter_map(|work| Some((work.plan_id?, work))) {
        if !seen.contains(&(plan, work.part())) {
            seen.push((plan, work.part()));
        }
    }
    let field = |(plan, part): (Uuid, &str)| {
        let note = Note::Section { plan, part: part.to_owned() };
        let cited = content.cited.iter().find(|cited| cited.id == plan).map(Cited::short).unwrap_or_default();
        let title = [cited, part_words(part)].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
        context! { code => note.code(), title => title.join(", "), words => note_words(content, &note) }
    };
    seen.into_iter().map(field).collect()
}

/// What the head and the foot of the paper say.
fn foot_fields(content: &Content) -> Vec<Value> {
    let field = |field: PaperField| {
        let note = Note::Paper(field);
        context! { code => note.code(), name => field.code(), words => note_words(content, &note) }
    };
    PaperField::ALL.into_iter().map(field).collect()
}

pub async fn edit_page(req: &Req, id: ReportId) -> Result<Value, Problem> {
    let row = report_for(&req.app, &req.ctx, id, "report.write").await?;
    let content = content(&req.app, &req.ctx, &row).await?;
    let works: Vec<Value> = content
        .works
        .iter()
        .map(|work| {
            let late = work.counts.late > 0;
            let said: Vec<Value> = work.said.iter().map(|said| view(said.clone())).collect();
            context! { id => work.id.to_string(), text => work.text.as_str(), words => work.words.clone(), suggested => work.suggested, nothing => work.nothing, late, href => work.href.clone(), evidence => work.evidence.clone(), percent => work.percent, said, done => work.counts.finished(), total => work.counts.total }
        })
        .collect();
    let number = |value: Option<i64>| value.map(written).unwrap_or_default();
    let values: Vec<Value> = content
        .values
        .iter()
        .map(|value| {
            context! {
                id => TargetId::from_uuid(value.id).to_string(), text => value.text.as_str(), unit => value.unit.clone(), goal => written(value.goal), comparator => value.comparator.clone(),
                is_share => value.unit.contains('%'), numerator => number(value.numerator), denominator => number(value.denominator), this => number(value.this), year_ago => number(value.year_ago),
                planned => number(value.planned), status => value.status.clone(), evidence => value.evidence.as_str(), href => value.href.clone(),
            }
        })
        .collect();
    let (sections, foot) = (section_fields(&row, &content), foot_fields(&content));
    Ok(
        context! { row => head(req, &row), works, values, sections, foot, overall => content.assessment, intro => row.intro.as_str(), plans_ahead => row.plans_ahead.as_str(), ahead => content.ahead },
    )
}

/// The lists run in step: one value of each per line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditForm {
    pub rev: i64,
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
    on_behalf: bool,
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
    pub fn edit(&self, old: &Content) -> Result<Edit, Problem> {
        let mut edit = Edit {
            intro: self.intro.clone(),
            plans_ahead: self.plans_ahead.clone(),
            nothing: self.nothing,
            notes: self.notes(old)?,
            on_behalf: self.on_behalf,
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
                let entered = Entered { numerator, denominator, value, status, evidence, ..Entered::default() };
                edit.values.push((id, entered));
            }
        }
        if wrong.fields.is_empty() { Ok(edit) } else { Err(wrong) }
    }
}
