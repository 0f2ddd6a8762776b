//! The comparison of two plans as a workbook: tasks, targets, and what only the plan below has.

use std::collections::HashMap;

use kernel::{Lang, Problem, day::show_instant};
use webkit::{
    Core,
    book::{Page, Value, book, milli},
    heavy,
};

use crate::plans::{
    model::{
        cascade::{Difference, Item, Line, Target, Task, Twin},
        pairing::Saying,
    },
    usecase::cascade::{Compared, said_by},
};

const TASKS: [&str; 12] = [
    "compare-col-order",
    "compare-col-section",
    "compare-col-above",
    "compare-col-lead",
    "compare-col-time",
    "compare-col-section-below",
    "compare-col-below",
    "compare-col-lead-below",
    "compare-col-time-below",
    "cascade-verdict",
    "compare-col-differences",
    "compare-col-note",
];
const TARGETS: [&str; 12] = [
    "compare-col-order",
    "compare-col-above",
    "compare-col-sign",
    "compare-col-level",
    "compare-col-unit",
    "compare-col-year",
    "compare-col-below",
    "compare-col-level-below",
    "compare-col-year-below",
    "cascade-verdict",
    "compare-col-differences",
    "compare-col-note",
];
const EXTRA: [&str; 6] = [
    "compare-col-order",
    "compare-col-kind",
    "compare-col-section",
    "compare-col-below",
    "compare-col-lead-or-level",
    "compare-col-time",
];

/// Each item above has one row; where several below are it, they stand in the lines of its cells.
pub async fn workbook(core: &Core, lang: Lang, compared: Compared, as_of: String) -> Result<Vec<u8>, Problem> {
    let notes = who_said(core, lang, &compared).await?;
    let sheets = Sheets { core: core.clone(), lang, compared, notes, as_of };
    heavy(move || book(&sheets.pages())).await?
}

/// Who said what of each pair, and when.
async fn who_said(core: &Core, lang: Lang, compared: &Compared) -> Result<HashMap<Saying, String>, Problem> {
    let who = said_by(core, compared).await?;
    let said = compared.pairs.iter().zip(who).map(|(pair, who)| {
        let at = jiff::Timestamp::from_microsecond(pair.at).unwrap_or_default();
        (pair.saying.clone(), format!("{}, {}", who.name.unwrap_or(who.actor), show_instant(at, lang)))
    });
    Ok(said.collect())
}

struct Sheets {
    core: Core,
    lang: Lang,
    compared: Compared,
    notes: HashMap<Saying, String>,
    as_of: String,
}

fn order(number: usize) -> Value {
    milli(Some(i64::try_from(number).unwrap_or(i64::MAX).saturating_mul(1000)), "")
}

/// What stands in a cell of several counterparts, a line for each.
fn lines<T>(twins: &[Twin<T>], of: impl Fn(&T) -> String) -> Value {
    twins.iter().map(|twin| of(&twin.item)).collect::<Vec<_>>().join("\n").into()
}

fn year(target: &Target) -> String {
    target.to_year.map(|year| year.to_string()).unwrap_or_default()
}

impl Sheets {
    fn text(&self, key: &str) -> String {
        self.core.locales().text(self.lang, key, &[])
    }

    fn page(&self, name: &str, heads: &[&str], rows: Vec<Vec<Value>>) -> Page {
        let args = [("below", self.compared.below.label().into()), ("above", self.compared.above.label().into())];
        Page {
            name: self.text(name),
            title: format!("{}: {}", self.text(name), self.core.locales().text(self.lang, "cascade-sub", &args)),
            notes: vec![self.as_of.clone()],
            heads: heads.iter().map(|key| self.text(key)).collect(),
            rows,
            total: None,
        }
    }

    fn pages(&self) -> Vec<Page> {
        let beside = &self.compared.beside;
        let tasks = (1..).zip(&beside.tasks.lines).map(|(number, line)| self.task(number, line)).collect();
        let targets = (1..).zip(&beside.targets.lines).map(|(number, line)| self.target(number, line)).collect();
        vec![
            self.page("compare-sheet-tasks", &TASKS, tasks),
            self.page("cascade-targets", &TARGETS, targets),
            self.page("compare-sheet-extra", &EXTRA, self.extra()),
        ]
    }

    fn extra(&self) -> Vec<Vec<Value>> {
        let beside = &self.compared.beside;
        let (task, target) = (self.text("compare-kind-task"), self.text("compare-kind-target"));
        let tasks = beside
            .tasks
            .extra
            .iter()
            .map(|one| [task.clone(), one.section.clone(), one.text.clone(), one.lead.clone(), one.time.clone()]);
        let targets = beside
            .targets
            .extra
            .iter()
            .map(|one| [target.clone(), String::new(), one.text.clone(), one.level(), year(one)]);
        let row = |(number, cells): (usize, [String; 5])| -> Vec<Value> {
            std::iter::once(order(number)).chain(cells.map(Value::from)).collect()
        };
        (1..).zip(tasks.chain(targets)).map(row).collect()
    }

    fn differences(&self, differences: &[Difference]) -> Value {
        differences
            .iter()
            .map(|one| self.text(&format!("differs-{}", one.code())))
            .collect::<Vec<_>>()
            .join("; ")
            .into()
    }

    /// What was said of it, into what it was merged, who paired it.
    fn note<T: Item>(&self, line: &Line<T>) -> Value {
        let verdict = self.compared.verdict(line.above.id()).filter(|_| !line.is_taken());
        let mut out: Vec<String> = verdict.map(|verdict| verdict.note.to_string()).into_iter().collect();
        for twin in &line.twins {
            out.extend(twin.merged_into.clone());
            let said = self.compared.said_same(line.above.id(), twin.item.id());
            let by = said.and_then(|pair| self.notes.get(&pair.saying));
            out.extend(by.map(|note| format!("{} {note}", self.text("pair-by"))));
        }
        out.join("\n").into()
    }

    fn task(&self, number: usize, line: &Line<Task>) -> Vec<Value> {
        let key = match self.compared.verdict(&line.above.id) {
            _ if line.merged_into().is_some() => "cascade-merged".to_owned(),
            _ if line.is_taken() => "cascade-taken".to_owned(),
            Some(verdict) => format!("cascade-said-{}", verdict.verdict.replace('_', "-")),
            None if !line.above.concerns => "compare-not-concerned".to_owned(),
            None => "cascade-not-taken".to_owned(),
        };
        let above = &line.above;
        vec![
            order(number),
            above.section.clone().into(),
            above.text.clone().into(),
            above.lead.clone().into(),
            above.time.clone().into(),
            lines(&line.twins, |task| task.section.clone()),
            lines(&line.twins, |task| task.text.clone()),
            lines(&line.twins, |task| task.lead.clone()),
            lines(&line.twins, |task| task.time.clone()),
            self.text(&key).into(),
            self.differences(&line.differences()),
            self.note(line),
        ]
    }

    fn target(&self, number: usize, line: &Line<Target>) -> Vec<Value> {
        let (is_taken, differences) = (line.is_taken(), line.differences());
        let key = if is_taken && differences.is_empty() {
            "cascade-equal"
        } else if is_taken {
            "cascade-taken"
        } else {
            "cascade-not-taken"
        };
        let above = &line.above;
        vec![
            order(number),
            above.text.clone().into(),
            above.sign.clone().into(),
            milli(Some(above.value_milli), &above.unit),
            above.unit.clone().into(),
            year(above).into(),
            lines(&line.twins, |target| target.text.clone()),
            lines(&line.twins, Target::level),
            lines(&line.twins, year),
            self.text(key).into(),
            self.differences(&differences),
            self.note(line),
        ]
    }
}
