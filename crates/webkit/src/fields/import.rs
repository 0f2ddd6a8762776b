//! A list taken in: shown line by line first, written when it is sent again. What is there already stays as it is.

use std::collections::{HashMap, HashSet};

use fluent_bundle::FluentValue;
use kernel::{Ctx, Problem, ProblemKind};
use minijinja::{Value, context};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Answers, Field, Record, read_sheet, reading::Units};
use crate::{App, Bytes, SheetsPort, heavy};

/// How a domain takes a list in.
pub struct Import<R> {
    /// What holds of lines that do not say it.
    pub usual: fn(&Ctx) -> Answers,
    /// What makes two lines, or a line and a row, the same thing.
    pub key: fn(&R) -> String,
    /// How a line is called.
    pub name: fn(&R) -> String,
    /// Whether the importer may: asked of each line that would change something.
    pub may: fn(&App, &Ctx, &R) -> Result<(), Problem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    New,
    Changed,
    Same,
    Refused,
}

/// A line as it was understood.
pub struct Line<R> {
    /// As the sheet counts, from 1.
    pub number: usize,
    pub name: String,
    pub verdict: Verdict,
    /// The fields that change.
    pub fields: Vec<&'static Field>,
    pub problem: Option<Problem>,
    /// What would be written.
    pub row: Option<R>,
}

/// What a list would do.
pub struct Preview<R>(pub Vec<Line<R>>);

/// What lines are held against.
struct Beside<'a, R> {
    there: HashMap<String, &'a R>,
    seen: HashSet<String>,
    units: Units,
}

impl<R: Record + Send + Sync + 'static> Import<R> {
    /// What the list would do beside the rows that are there.
    ///
    /// # Errors
    /// Where the file is no list of these; a line that cannot be taken in is refused by itself.
    pub async fn preview(
        &'static self,
        app: &App,
        ctx: &Ctx,
        bytes: Bytes,
        there: Vec<R>,
    ) -> Result<Preview<R>, Problem> {
        let rows = app.get::<SheetsPort>()?.rows(bytes).await?;
        let (app, ctx) = (app.clone(), ctx.clone());
        let lines = move || {
            let there = there.iter().map(|row| ((self.key)(row), row)).collect();
            let mut beside = Beside { there, seen: HashSet::new(), units: Units::default() };
            let lines = read_sheet(R::FIELDS, &(self.usual)(&ctx), &rows)?;
            Ok(Preview(lines.iter().map(|(at, answers)| self.line(&app, &ctx, *at, answers, &mut beside)).collect()))
        };
        heavy(lines).await?
    }

    fn line(&self, app: &App, ctx: &Ctx, number: usize, answers: &Answers, beside: &mut Beside<'_, R>) -> Line<R> {
        let first = answers.text(R::FIELDS.first().map_or("", |field| field.name));
        let mut line = Line {
            number,
            name: first.to_owned(),
            verdict: Verdict::Refused,
            fields: vec![],
            problem: None,
            row: None,
        };
        match self.verdict(app, ctx, answers, beside, &mut line) {
            Ok(verdict) => line.verdict = verdict,
            Err(problem) => line.problem = Some(problem),
        }
        line
    }

    fn verdict(
        &self,
        app: &App,
        ctx: &Ctx,
        answers: &Answers,
        beside: &mut Beside<'_, R>,
        line: &mut Line<R>,
    ) -> Result<Verdict, Problem> {
        let new = R::from_answers_with(app, ctx, answers, None, &beside.units)?;
        line.name = (self.name)(&new);
        let key = (self.key)(&new);
        let old = beside.there.get(&key).copied();
        if !beside.seen.insert(key) {
            return Err(Problem::bad_input("line-twice"));
        }
        let Some(old) = old else {
            (self.may)(app, ctx, &new)?;
            line.row = Some(new);
            return Ok(Verdict::New);
        };
        // Of what is there the list says nothing to whom it does not concern.
        (self.may)(app, ctx, old)?;
        let row = R::from_answers_with(app, ctx, answers, Some(old), &beside.units)?;
        let (before, after) = (old.answers(), row.answers());
        line.fields = R::FIELDS.iter().filter(|field| before.text(field.name) != after.text(field.name)).collect();
        if line.fields.is_empty() {
            return Ok(Verdict::Same);
        }
        (self.may)(app, ctx, &row)?;
        line.row = Some(row);
        Ok(Verdict::Changed)
    }
}

impl<R: Record> Preview<R> {
    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.iter().filter(|line| line.verdict == verdict).count()
    }

    /// Why nothing of the list was taken in, where there was something to take in.
    pub fn refused(&self) -> Option<Problem> {
        let is_used = |line: &Line<R>| matches!(line.verdict, Verdict::New | Verdict::Changed);
        if self.0.iter().any(is_used) {
            return None;
        }
        let problems = || self.0.iter().filter_map(|line| line.problem.as_ref());
        problems().find(|problem| problem.kind == ProblemKind::Forbidden).or_else(|| problems().next()).cloned()
    }

    /// What would be written.
    pub fn rows(&self, verdict: Verdict) -> impl Iterator<Item = &R> {
        self.0.iter().filter(move |line| line.verdict == verdict).filter_map(|line| line.row.as_ref())
    }

    /// For people: the counts, and each line that does not stay as it is.
    pub fn shown(&self, app: &App, ctx: &Ctx) -> Value {
        let line = |line: &Line<R>| {
            let text = |field: &&Field| app.locales().text(ctx.lang, field.label, &[]);
            context! {
                line => line.number, name => line.name.clone(), verdict => crate::view(line.verdict),
                fields => line.fields.iter().map(text).collect::<Vec<_>>().join(", "), problem => line.fault(app, ctx),
            }
        };
        context! {
            lines => self.0.iter().filter(|line| line.verdict != Verdict::Same).map(line).collect::<Vec<_>>(),
            new => self.count(Verdict::New), changed => self.count(Verdict::Changed),
            same => self.count(Verdict::Same), refused => self.count(Verdict::Refused),
        }
    }

    /// For the console: the counts, and each line that cannot be taken in with what is wrong.
    pub fn told(&self, app: &App, ctx: &Ctx) -> Json {
        let refused = self.0.iter().filter(|line| line.problem.is_some());
        let line = |line: &Line<R>| json!({ "line": line.number, "name": line.name, "problem": line.fault(app, ctx) });
        json!({
            "new": self.count(Verdict::New), "changed": self.count(Verdict::Changed), "same": self.count(Verdict::Same),
            "refused": refused.map(line).collect::<Vec<_>>(),
        })
    }
}

impl<R: Record> Line<R> {
    /// What is wrong, each fault with the head of its column.
    fn fault(&self, app: &App, ctx: &Ctx) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let text = |key: &str, args: &[(&'static str, String)]| {
            let args = args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect::<Vec<_>>();
            app.locales().text(ctx.lang, key, &args)
        };
        let faults: Vec<String> = problem
            .fields
            .iter()
            .filter_map(|fault| Some((fault, R::FIELDS.iter().find(|field| field.name == fault.field)?)))
            .map(|(fault, field)| {
                format!("{}: {}", text(field.label, &[]), text(&format!("problem-{}", fault.code), &fault.args))
            })
            .collect();
        Some(if faults.is_empty() { app.locales().problem(ctx.lang, problem) } else { faults.join(" ") })
    }
}
