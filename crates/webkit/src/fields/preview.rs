//! What a list would do, for people and for the console; and its doing.

use std::collections::BTreeSet;

use db::{Entry, Tx};
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId, code::words_key};
use minijinja::{Value, context};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Field, FieldKind, Left, LeftOut, Record};
use crate::{Core, Kept};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
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
    /// What it says in columns beside the fields of the row, as the domain understood it, and will write it.
    pub more: Vec<(&'static Field, String)>,
    /// What it says beside that, and is not taken in while the line is; in words.
    pub missing: Vec<String>,
    pub problem: Option<Problem>,
    /// What would be written.
    pub row: Option<R>,
    /// Of a line that changes nothing: what is there.
    pub there: Option<R>,
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

/// What a list would do, or did, as programs are told.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListTold {
    /// False of a preview.
    pub written: bool,
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub refused: usize,
    pub lines: Vec<LineTold>,
    /// Rows of the sheet that are no lines of it.
    pub left: Vec<Left>,
    /// What was understood of the list as a whole, in words.
    pub notes: Vec<String>,
    /// Heads of which nobody knows what they mean: what stands below them is not taken in.
    pub unknown: Vec<String>,
}

/// A line of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LineTold {
    /// As the sheet counts, from 1.
    pub line: usize,
    pub name: String,
    pub verdict: Verdict,
    /// What is new or changes, in words.
    pub said: Vec<String>,
    /// What it says beside that, and is not taken in while the line is.
    pub missing: Vec<String>,
    /// Why it is refused.
    pub problem: Option<String>,
}

impl<R: Record> Preview<R> {
    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }

    /// How many rows are left out for what they are.
    fn left(&self, is: LeftOut) -> usize {
        self.left.iter().filter(|left| left.is == is).count()
    }

    /// How many lines would be written.
    pub fn written(&self) -> usize {
        self.count(Verdict::New) + self.count(Verdict::Changed)
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
        if self.written() > 0 {
            return None;
        }
        let problems = || self.lines.iter().filter_map(|line| line.problem.as_ref());
        problems().find(|problem| problem.kind == ProblemKind::Forbidden).or_else(|| problems().next()).cloned()
    }

    /// For people: the counts, and each line that does not stay as it is, or says what cannot be taken in.
    pub(super) fn shown(&self, core: &Core, ctx: &Ctx) -> Value {
        let line = |line: &Line<R>| {
            context! {
                line => line.number, name => line.name.clone(), verdict => crate::view(line.verdict),
                said => said(core, ctx, line).join("; "), problem => line.fault(core, ctx),
                missing => line.missing.join(" "),
            }
        };
        let is_shown = |line: &&Line<R>| line.verdict != Verdict::Same || !line.missing.is_empty();
        let is_stopped = self.whole(core, ctx).is_err();
        context! {
            lines => self.lines.iter().filter(is_shown).map(line).collect::<Vec<_>>(),
            new => self.count(Verdict::New), changed => self.count(Verdict::Changed),
            same => self.count(Verdict::Same), refused => self.count(Verdict::Refused),
            written => if is_stopped { 0 } else { self.written() },
            left => crate::view(&self.left), groups => self.left(LeftOut::Group), totals => self.left(LeftOut::Total),
            notes => self.left(LeftOut::Note), understood => self.notes.clone(),
        }
    }

    /// For the console: the counts, and each line that cannot be taken in with what is wrong.
    pub fn told(&self, core: &Core, ctx: &Ctx) -> Json {
        let refused = self.lines.iter().filter(|line| line.problem.is_some());
        let line = |line: &Line<R>| json!({ "line": line.number, "name": line.name, "problem": line.fault(core, ctx) });
        let lacking = self.lines.iter().filter(|line| !line.missing.is_empty());
        let lack = |line: &Line<R>| json!({ "line": line.number, "name": line.name, "missing": line.missing });
        let mut told = json!({
            "new": self.count(Verdict::New), "changed": self.count(Verdict::Changed), "same": self.count(Verdict::Same),
            "refused": refused.map(line).collect::<Vec<_>>(), "missing": lacking.map(lack).collect::<Vec<_>>(),
            "left": self.left,
        });
        for (name, said) in [("notes", &self.notes), ("unknown", &self.unknown)] {
            if !said.is_empty() {
                told[name] = json!(said);
            }
        }
        told
    }

    /// For programs: the counts, and every line with what it does.
    pub(super) fn list_told(&self, core: &Core, ctx: &Ctx, is_written: bool) -> ListTold {
        let line = |line: &Line<R>| LineTold {
            line: line.number,
            name: line.name.clone(),
            verdict: line.verdict,
            said: said(core, ctx, line),
            missing: line.missing.clone(),
            problem: line.fault(core, ctx),
        };
        ListTold {
            written: is_written,
            new: self.count(Verdict::New),
            changed: self.count(Verdict::Changed),
            same: self.count(Verdict::Same),
            refused: self.count(Verdict::Refused),
            lines: self.lines.iter().map(line).collect(),
            left: self.left.clone(),
            notes: self.notes.clone(),
            unknown: self.unknown.clone(),
        }
    }
}

impl<R: Record + Kept + Clone> Preview<R> {
    /// Writes what is new and what changed: one act with one entry, none where there is nothing to write.
    ///
    /// # Errors
    /// Where a line keeps the whole list out, or somebody was first.
    pub async fn take(&self, core: &Core, ctx: &Ctx, entry: Entry) -> Result<(), Problem> {
        self.whole(core, ctx)?;
        if self.written() == 0 {
            return Ok(());
        }
        let entry = &entry.detail(self.counted());
        core.db()
            .write(ctx, |tx| async move {
                self.put(&tx).await?;
                tx.ledger(entry.clone());
                Ok(())
            })
            .await
    }

    /// Writes the rows, inside an act of the domain's own.
    ///
    /// # Errors
    /// Where somebody was first.
    pub async fn put(&self, tx: &Tx) -> Result<(), Problem> {
        let rows = |verdict| -> Vec<R> {
            self.lines.iter().filter(|line| line.verdict == verdict).filter_map(|line| line.row.clone()).collect()
        };
        R::insert_all(tx, &rows(Verdict::New)).await.map_err(R::refused)?;
        for row in rows(Verdict::Changed) {
            row.let_go(tx).await?;
            row.keep(tx).await?;
        }
        Ok(())
    }

    /// What the ledger says of it.
    pub fn counted(&self) -> Json {
        json!({ "new": self.count(Verdict::New), "changed": self.count(Verdict::Changed) })
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
        self.take(core, ctx, self.entry_at_unit(core, ctx, (act, action), all)).await
    }

    /// The entry of such an act.
    pub fn entry_at_unit(
        &self,
        core: &Core,
        ctx: &Ctx,
        (act, action): (&'static str, &'static str),
        all: &str,
    ) -> Entry {
        let changed = self.lines.iter().filter(|line| line.verdict == Verdict::Changed);
        let unwritten = changed.filter_map(|line| line.there.as_ref());
        let resources: Vec<Resource> = self.rows().chain(unwritten).map(Kept::kept).collect();
        let kind = resources.first().map_or("", |resource| resource.kind);
        let units: Option<BTreeSet<UnitId>> = resources.iter().map(|resource| resource.unit).collect();
        let unit = units.and_then(|units| core.unit_over(ctx, (action, kind), &units));
        unit.map_or_else(|| Entry::new(act, all), |unit| Entry::new(act, unit).unit(unit))
    }
}

/// What a line says, field by field, as people read it.
fn said<R>(core: &Core, ctx: &Ctx, line: &Line<R>) -> Vec<String> {
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
    line.said.iter().map(said).collect()
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
