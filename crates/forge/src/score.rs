//! What a reading found of an answer, what it made up, and what it lost without a word.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use plan_reader::{DutyKind as ReadKind, Plan, Problem, ProblemKind, Reading, Task as ReadTask, TimeKind};

use crate::{
    answer::{Answer, DutyKind, Form, Source, Task, When},
    fold::{Folded, fold},
    forged::Forged,
    same,
    sure::Row,
};

#[derive(Debug, Clone, Copy, Default)]
pub struct Found {
    pub asked: usize,
    pub found: usize,
    /// Neither found nor doubted.
    pub silent: usize,
    /// Read as a duty: seen, but in the wrong place.
    pub misplaced: usize,
}

impl Found {
    pub fn add(&mut self, more: Self) {
        self.asked += more.asked;
        self.found += more.found;
        self.silent += more.silent;
        self.misplaced += more.misplaced;
    }
}

#[derive(Debug, Clone, Default)]
pub struct Score {
    pub refused: bool,
    pub forms: BTreeMap<Form, Found>,
    pub sources: BTreeMap<Source, Found>,
    pub tasks: Found,
    pub targets: Found,
    pub duties: Found,
    /// Made up: tasks, targets, duties.
    pub wrong: [usize; 3],
    /// Right and asked, by the name of the field.
    pub fields: BTreeMap<&'static str, (usize, usize)>,
    /// The tasks that were read, with how sure the reader is of each.
    pub rows: Vec<Row>,
    /// What was lost and what was made up, for `--show`.
    pub told: Vec<String>,
}

/// `reading`: none where the document was refused.
pub fn score(forged: &Forged, reading: Option<&Reading>) -> Score {
    let mut out = Score { refused: reading.is_none(), ..Score::default() };
    let empty = Plan::default();
    let (plan, text) = reading.map_or((&empty, ""), |reading| (&reading.plan, reading.text.as_str()));
    let against = Against {
        answer: &forged.answer,
        plan,
        folded: Folded::new(text, &forged.furniture),
        texts: plan.tasks.iter().map(|task| fold(&task.text)).collect(),
        // The program refuses a plan without any task: that is said aloud.
        aloud: out.refused || plan.problems.iter().any(|problem| problem.kind == ProblemKind::NoTask),
    };
    against.head(&mut out);
    let mut rows = BTreeMap::new();
    let used = against.tasks(&mut rows, &mut out);
    against.duties(&used, &mut rows, &mut out);
    against.rows(&rows, &mut out);
    against.targets(&mut out);
    out
}

/// Tasks that were read and somebody gave, and whether all their fields are right.
type Rows = BTreeMap<usize, bool>;

struct Against<'a> {
    answer: &'a Answer,
    plan: &'a Plan,
    folded: Folded,
    texts: Vec<String>,
    aloud: bool,
}

/// A doubt about more than this many bytes points nowhere.
const NEAR: usize = 600;

impl Against<'_> {
    fn head(&self, out: &mut Score) {
        let (want, read) = (self.answer, &self.plan.document);
        let text = |text: &Option<String>| fold(text.as_deref().unwrap_or_default());
        let blank = read.number.as_ref().is_none_or(|number| number.starts_with('/'));
        let number = want.number.as_ref().map_or(blank, |number| *number == text(&read.number));
        // "CHƯƠNG TRÌNH" is as good as "CHƯƠNG TRÌNH HÀNH ĐỘNG".
        let kind = text(&read.kind).to_uppercase();
        let kind = !kind.is_empty() && (kind == want.kind || want.kind.starts_with(&format!("{kind} ")));
        let issuer = |issuer: &String| fold(issuer).to_lowercase() == text(&read.issuer).to_lowercase();
        let title = fold(&want.title) == text(&read.title);
        let mut said = vec![("number", number), ("date", want.date == read.date), ("kind", kind), ("title", title)];
        said.extend(want.issuer.as_ref().map(|name| ("issuer", issuer(name))));
        for (name, right) in said {
            field(out, name, right);
            if !right {
                out.told.push(format!("{name} of the head: {read:?}"));
            }
        }
    }

    /// Which of the tasks that were read are right.
    fn tasks(&self, rows: &mut Rows, out: &mut Score) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        for task in &self.answer.tasks {
            let at = self.task(task, &used);
            let seen = Found { asked: 1, ..Found::default() };
            let seen = match at {
                Some(at) => {
                    used.insert(at);
                    let right = self.fields(task, &self.plan.tasks[at], out);
                    *rows.entry(at).or_insert(true) &= right;
                    Found { found: 1, ..seen }
                }
                None if self.is_duty(&task.core) => Found { misplaced: 1, ..seen },
                None if self.is_doubted(&task.text, &task.core) => seen,
                None => Found { silent: 1, ..seen },
            };
            if at.is_none() {
                let how = if seen.silent > 0 { "LOST" } else { "not read" };
                out.told.push(format!("{how} {:?}: {}", task.form, task.text));
            }
            out.tasks.add(seen);
            out.forms.entry(task.form).or_default().add(seen);
            out.sources.entry(task.source).or_default().add(seen);
        }
        used
    }

    /// A task whose words hold the order and nothing beyond its sentence; of a group also all its lines at once.
    fn task(&self, task: &Task, used: &BTreeSet<usize>) -> Option<usize> {
        let (text, core) = (fold(&task.text), fold(&task.core));
        let one = |at: &usize| !used.contains(at) && self.texts[*at].contains(&core) && text.contains(&self.texts[*at]);
        let all = (0..self.texts.len()).find(one);
        let group = task.group.map(|group| {
            let members = self.answer.tasks.iter().filter(|other| other.group == Some(group));
            members.map(|member| fold(&member.core)).collect::<Vec<_>>()
        });
        let whole =
            |at: &usize| group.as_ref().is_some_and(|cores| cores.iter().all(|core| self.texts[*at].contains(core)));
        all.or_else(|| (0..self.texts.len()).find(whole))
    }

    /// Whether all of them are right.
    fn fields(&self, want: &Task, read: &ReadTask, out: &mut Score) -> bool {
        let of_task = |problem: &&Problem| problem.task.as_ref() == Some(&read.id);
        let mut problems = self.plan.problems.iter().filter(of_task);
        let doubted = problems.any(|problem| problem.kind == ProblemKind::TimeUnclear);
        let (lead, coord) = (same::bodies(&want.lead, &read.lead), same::bodies(&want.coord, &read.coordinating));
        // "Sở Mẫu thường xuyên kiểm tra …" may be read as a term or as a manner.
        let often = want.when == When::None && fold(&want.text).to_lowercase().contains("thường xuyên");
        let often = often && read.time.kind == Some(TimeKind::Continuous);
        // "kiểm tra an toàn hồ chứa trước mùa mưa bão" too: when it is checked, or what.
        let season = want.when == When::None && read.time.kind == Some(TimeKind::Event);
        let season = season && read.time.raw.starts_with("trước mùa");
        let time = often || season || same::time(&want.when, &read.time, doubted);
        field(out, "lead", lead);
        field(out, "coord", coord);
        field(out, "time", time);
        for (name, right, told) in [
            ("lead", lead, format!("{:?} instead of {:?}", read.lead, want.lead)),
            ("coord", coord, format!("{:?} instead of {:?}", read.coordinating, want.coord)),
            ("time", time, format!("{:?} instead of {:?}", read.time, want.when)),
        ] {
            if !right {
                out.told.push(format!("{name}: {told}: {}", want.text));
            }
        }
        lead && coord && time
    }

    fn is_duty(&self, core: &str) -> bool {
        let core = fold(core);
        self.plan.duties.iter().any(|duty| fold(&duty.text).contains(&core))
    }

    fn is_doubted(&self, text: &str, core: &str) -> bool {
        let place = self.folded.find(text).or_else(|| self.folded.find(core));
        self.aloud || place.is_some_and(|place| self.doubts().any(|doubt| overlap(&doubt, &place)))
    }

    fn doubts(&self) -> impl Iterator<Item = Range<usize>> {
        let spans = self.plan.problems.iter().filter_map(|problem| problem.source);
        spans.map(|span| span.start..span.end).filter(|span| span.len() < 4 * NEAR)
    }

    /// Duties, then tasks and duties that nobody gave.
    fn duties(&self, used: &BTreeSet<usize>, rows: &mut Rows, out: &mut Score) {
        let mut right = used.clone();
        for duty in &self.answer.duties {
            let (text, core) = (fold(&duty.text), fold(&duty.core));
            let holds = |read: &str| read.contains(&core) && text.contains(read);
            let read = self.plan.duties.iter().find(|read| {
                holds(&fold(&read.text)) && (duty.kind == DutyKind::Assignment || read.kind != ReadKind::Assignment)
            });
            let task = (0..self.texts.len()).find(|at| !right.contains(at) && holds(&self.texts[*at]));
            right.extend(task);
            rows.extend(task.map(|at| (at, same::bodies(&duty.who, &self.plan.tasks[at].lead))));
            let found = read.is_some() || (duty.kind == DutyKind::Assignment && task.is_some());
            let lost = !found && task.is_none() && !self.is_duty(&core) && !self.is_doubted(&duty.text, &duty.core);
            let misplaced = usize::from(!found && !lost && !self.aloud);
            out.duties.add(Found { asked: 1, found: found.into(), silent: lost.into(), misplaced });
            if let Some(read) = read {
                let right = same::bodies(&duty.who, &read.who);
                field(out, "who", right);
                if !right {
                    out.told.push(format!("who: {:?} instead of {:?}: {}", read.who, duty.who, duty.text));
                }
            }
            if !found {
                out.told.push(format!("{} {:?}: {}", if lost { "LOST" } else { "not read" }, duty.kind, duty.text));
            }
        }
        let open = |text: &String| self.answer.open.iter().any(|open| fold(open).contains(text.as_str()));
        // Read as a task or not, both are right.
        rows.extend(
            (0..self.texts.len()).filter(|at| !right.contains(at) && open(&self.texts[*at])).map(|at| (at, true)),
        );
        for (at, text) in self.texts.iter().enumerate().filter(|(at, text)| !right.contains(at) && !open(text)) {
            out.wrong[0] += 1;
            out.told.push(format!("FALSE task {}: {text}", self.plan.tasks[at].lead.join("; ")));
        }
        let texts: BTreeSet<String> = self.plan.duties.iter().map(|duty| fold(&duty.text)).collect();
        let cores = self.answer.tasks.iter().map(|task| &task.core);
        let cores = cores.chain(self.answer.duties.iter().map(|duty| &duty.core));
        let cores: Vec<String> = cores.map(|core| fold(core)).collect();
        for text in texts.iter().filter(|text| !open(text) && !cores.iter().any(|core| text.contains(core))) {
            out.wrong[2] += 1;
            out.told.push(format!("FALSE duty: {text}"));
        }
    }

    /// `right`: the tasks that somebody gave, and whether all their fields are right.
    fn rows(&self, right: &Rows, out: &mut Score) {
        let plan = self.plan;
        let asked = plan.problems.iter().filter_map(|problem| problem.task.as_deref()).collect::<BTreeSet<_>>();
        out.rows.extend(plan.tasks.iter().enumerate().map(|(at, task)| Row {
            confidence: task.confidence,
            is_task: right.contains_key(&at),
            is_right: right.get(&at).copied().unwrap_or_default(),
            is_asked: asked.contains(task.id.as_str()),
        }));
    }

    fn targets(&self, out: &mut Score) {
        let read = &self.plan.targets;
        let texts: Vec<String> = read.iter().map(|target| fold(&target.text)).collect();
        let mut used = BTreeSet::new();
        for want in &self.answer.targets {
            let text = fold(&want.text);
            let inside = |at: &usize| !used.contains(at) && (text.contains(&texts[*at]) || texts[*at].contains(&text));
            let near: Vec<usize> = (0..read.len()).filter(inside).collect();
            let right = |at: &&usize| same::value(want, read[**at].value, &read[**at].unit);
            let year = |at: &&usize| want.year.is_some() && read[**at].period.to == want.year;
            let at = near.iter().filter(right).find(year).or_else(|| near.iter().find(right)).copied();
            if !near.is_empty() {
                field(out, "value", at.is_some());
            }
            let silent = at.is_none() && !self.is_doubted(&want.text, &want.text);
            out.targets.add(Found { asked: 1, found: at.is_some().into(), silent: silent.into(), misplaced: 0 });
            let Some(at) = at else {
                let how = if silent { "LOST" } else { "not read" };
                out.told.push(format!("{how} target {} {}: {}", want.value, want.unit, want.text));
                continue;
            };
            used.insert(at);
            field(out, "unit", same::unit(&want.unit, &read[at].unit));
            field(out, "comparator", same::comparator(want, read[at].comparator));
            if want.year.is_some() {
                field(out, "year", read[at].period.to == want.year);
            }
            if !want.lead.is_empty() {
                field(out, "target lead", same::bodies(&want.lead, &read[at].lead));
            }
        }
        for (at, target) in read.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            out.wrong[1] += 1;
            out.told.push(format!("FALSE target {} {}: {}", target.value, target.unit, texts[at]));
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn field(out: &mut Score, name: &'static str, right: bool) {
    let (rights, asked) = out.fields.entry(name).or_default();
    *rights += usize::from(right);
    *asked += 1;
}

impl Score {
    pub fn items(&self) -> Found {
        let mut all = self.tasks;
        all.add(self.targets);
        all.add(self.duties);
        all
    }

    pub fn made_up(&self) -> usize {
        self.wrong.iter().sum()
    }
}

#[cfg(test)]
mod tests;
