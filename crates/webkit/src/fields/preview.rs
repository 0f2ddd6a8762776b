//! What a list would do, for people and for the console; and its doing.

use db::Entry;
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId, code::words_key};
use minijinja::{Value, context};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Field, FieldKind, Left, LeftOut, Record};
use crate::{Core, Kept};

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
    /// Of what changes: as it was.
    pub name: String,
    pub verdict: Verdict,
    /// What the line says of each field that is new or changes.
    pub said: Vec<(&'static Field, String)>,
    pub problem: Option<Problem>,
    /// What would be written.
    pub row: Option<R>,
}

/// What a list would do.
pub struct Preview<R> {
    pub lines: Vec<Line<R>>,
    /// Rows of the sheet that are no lines of it.
    pub left: Vec<Left>,
    /// What was understood of the list as a whole, in words.
    pub notes: Vec<String>,
    /// Heads of which nobody knows what they mean.
    pub unknown: Vec<String>,
    pub(super) is_whole: bool,
}

impl<R: Record> Preview<R> {
    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }

    /// How many rows are left out for what they are.
    fn left(&self, is: LeftOut) -> usize {
        self.left.iter().filter(|left| left.is == is).count()
    }

    /// What would be written, new and changed.
    pub fn rows(&self) -> impl Iterator<Item = &R> {
        self.lines.iter().filter_map(|line| line.row.as_ref())
    }

    /// A list that is taken in as a whole has no line that is refused.
    ///
    /// # Errors
    /// The first such line, with what is wrong.
    pub fn whole(&self, core: &Core, ctx: &Ctx) -> Result<(), Problem> {
        let refusal = |line: &Line<R>| {
            let (kind, what) = (line.problem.as_ref()?.kind, line.fault(core, ctx)?);
            let problem = Problem::new(kind, "sheet-line").with("line", line.number).with("what", what);
            Some(problem.field("file", "sheet-line"))
        };
        self.lines.iter().filter(|_| self.is_whole).find_map(refusal).map_or(Ok(()), Err)
    }

    /// Why nothing of the list was taken in, where there was something to take in.
    pub fn refused(&self, core: &Core, ctx: &Ctx) -> Option<Problem> {
        if let Err(problem) = self.whole(core, ctx) {
            return Some(problem);
        }
        if self.rows().next().is_some() {
            return None;
        }
        let problems = || self.lines.iter().filter_map(|line| line.problem.as_ref());
        problems().find(|problem| problem.kind == ProblemKind::Forbidden).or_else(|| problems().next()).cloned()
    }

    /// For people: the counts, and each line that does not stay as it is.
    pub(super) fn shown(&self, core: &Core, ctx: &Ctx) -> Value {
        let bodies = core.bodies();
        let words = |key: &str| core.locales().text(ctx.lang, key, &[]);
        let said = |(field, text): &(&'static Field, String)| {
            let text = match field.kind {
                FieldKind::Code(codes, key) if codes.contains(&text.as_str()) => words(&words_key(key, text)),
                // What is usual of a line is a unit by its id.
                FieldKind::Unit => text.parse().map_or(text.clone(), |unit| bodies.written(unit, ctx.today())),
                _ => text.clone(),
            };
            format!("{}: {}", words(field.label), if text.is_empty() { "–" } else { &text })
        };
        let line = |line: &Line<R>| {
            context! {
                line => line.number, name => line.name.clone(), verdict => crate::view(line.verdict),
                said => line.said.iter().map(said).collect::<Vec<_>>().join("; "), problem => line.fault(core, ctx),
            }
        };
        let is_stopped = self.whole(core, ctx).is_err();
        context! {
            lines => self.lines.iter().filter(|line| line.verdict != Verdict::Same).map(line).collect::<Vec<_>>(),
            new => self.count(Verdict::New), changed => self.count(Verdict::Changed),
            same => self.count(Verdict::Same), refused => self.count(Verdict::Refused),
            written => if is_stopped { 0 } else { self.rows().count() },
            left => crate::view(&self.left), groups => self.left(LeftOut::Group), totals => self.left(LeftOut::Total),
            notes => self.left(LeftOut::Note), understood => self.notes.clone(),
        }
    }

    /// For the console: the counts, and each line that cannot be taken in with what is wrong.
    pub fn told(&self, core: &Core, ctx: &Ctx) -> Json {
        let refused = self.lines.iter().filter(|line| line.problem.is_some());
        let line = |line: &Line<R>| json!({ "line": line.number, "name": line.name, "problem": line.fault(core, ctx) });
        let mut told = json!({
            "new": self.count(Verdict::New), "changed": self.count(Verdict::Changed), "same": self.count(Verdict::Same),
            "refused": refused.map(line).collect::<Vec<_>>(), "left": self.left,
        });
        if !self.notes.is_empty() {
            told["notes"] = json!(self.notes);
        }
        told
    }
}

impl<R: Record + Kept + Clone> Preview<R> {
    /// Writes what is new and what changed: one act with one entry, none where there is nothing to write.
    ///
    /// # Errors
    /// Where a line keeps the whole list out, or somebody was first.
    pub async fn take(&self, core: &Core, ctx: &Ctx, entry: Entry) -> Result<(), Problem> {
        self.whole(core, ctx)?;
        let rows = |verdict| -> Vec<R> {
            self.lines.iter().filter(|line| line.verdict == verdict).filter_map(|line| line.row.clone()).collect()
        };
        let (new, changed) = (&rows(Verdict::New), &rows(Verdict::Changed));
        if new.is_empty() && changed.is_empty() {
            return Ok(());
        }
        let entry = &entry.detail(json!({ "new": new.len(), "changed": changed.len() }));
        core.db()
            .write(ctx, |tx| async move {
                R::insert_all(&tx, new).await.map_err(R::refused)?;
                for row in changed {
                    row.let_go(&tx).await?;
                    row.keep(&tx).await?;
                }
                tx.ledger(entry.clone());
                Ok(())
            })
            .await
    }

    /// The same, entered on the unit of a post of the actor that stands over all that is written: whoever may do this there may
    /// take it back. Where there is no such unit, on `all`.
    ///
    /// # Errors
    /// As of [`Self::take`].
    pub async fn take_at_unit(
        &self,
        core: &Core,
        ctx: &Ctx,
        (act, action): (&'static str, &'static str),
        all: &str,
    ) -> Result<(), Problem> {
        let bodies = core.bodies();
        let is_over = |unit: UnitId, below: Option<UnitId>| {
            std::iter::successors(below, |below| bodies.above(*below)).any(|above| above == unit)
        };
        let resources: Vec<_> = self.rows().map(Kept::kept).collect();
        let kind = resources.first().map_or("", |resource| resource.kind);
        let may = |unit: &UnitId| core.authorizer().check(ctx, action, &Resource::kept(kind, *unit)).is_ok();
        let mut units = ctx.actor.posts().iter().map(|post| post.unit).filter(may);
        let unit = units.find(|unit| resources.iter().all(|one| is_over(*unit, one.unit)));
        let entry = unit.map_or_else(|| Entry::new(act, all), |unit| Entry::new(act, unit).unit(unit));
        self.take(core, ctx, entry).await
    }
}

impl<R: Record> Line<R> {
    /// What is wrong, each fault with the head of its column.
    fn fault(&self, core: &Core, ctx: &Ctx) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let locales = core.locales();
        let faults: Vec<String> = problem
            .fields
            .iter()
            .filter_map(|fault| Some((fault, R::FIELDS.iter().find(|field| field.name == fault.field)?)))
            .map(|(fault, field)| {
                let head = locales.text(ctx.lang, field.label, &[]);
                format!("{head}: {}", locales.fault(ctx.lang, problem, fault))
            })
            .collect();
        Some(if faults.is_empty() { locales.problem(ctx.lang, problem) } else { faults.join(" ") })
    }
}
