//! Scores of many documents added up, and the table that is printed.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    house::Kind,
    score::{Found, Score},
    sure::Sure,
};

#[derive(Debug, Clone, Default)]
pub struct Tally {
    documents: usize,
    refused: usize,
    flawless: usize,
    all: Score,
    sure: Sure,
    kinds: BTreeMap<Kind, (Found, usize)>,
    /// Worst first once they are told: lost silently and made up, then share found, seed.
    seeds: Vec<(usize, usize, u64)>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of at most millions")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Right answers out of those asked and those given.
fn f1(found: Found, made_up: usize) -> f64 {
    share(2 * found.found, found.asked + found.found + made_up)
}

impl Tally {
    pub fn add(&mut self, seed: u64, kind: Kind, score: &Score) {
        let items = score.items();
        self.documents += 1;
        self.refused += usize::from(score.refused);
        let fields_right = score.fields.values().all(|(right, asked)| right == asked);
        self.flawless += usize::from(items.found == items.asked && score.made_up() == 0 && fields_right);
        let of_kind = self.kinds.entry(kind).or_default();
        of_kind.0.add(items);
        of_kind.1 += score.made_up();
        self.seeds.push((items.silent + score.made_up(), items.asked - items.found, seed));
        self.sure.add(&score.rows);
        let all = &mut self.all;
        all.tasks.add(score.tasks);
        all.targets.add(score.targets);
        all.duties.add(score.duties);
        (0..3).for_each(|at| all.wrong[at] += score.wrong[at]);
        score.forms.iter().for_each(|(form, found)| all.forms.entry(*form).or_default().add(*found));
        score.sources.iter().for_each(|(source, found)| all.sources.entry(*source).or_default().add(*found));
        for (name, (right, asked)) in &score.fields {
            let sum = all.fields.entry(*name).or_default();
            (sum.0, sum.1) = (sum.0 + right, sum.1 + asked);
        }
    }

    /// The tasks that were read, by how sure the reader is.
    pub fn sure(&self) -> &Sure {
        &self.sure
    }

    /// The F1 of all items.
    pub fn items(&self) -> f64 {
        f1(self.all.items(), self.all.made_up())
    }

    /// Right fields of what was found, and of the heads.
    pub fn fields(&self) -> f64 {
        let (right, asked) = self.all.fields.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        share(right, asked)
    }

    /// Items neither found nor doubted.
    pub fn lost(&self) -> usize {
        self.all.items().silent
    }

    /// The same as a share of all items.
    pub fn lost_share(&self) -> f64 {
        let items = self.all.items();
        if items.silent == 0 { 0.0 } else { share(items.silent, items.asked) }
    }

    /// Tasks that nobody gave, of all tasks that were read.
    pub fn false_tasks(&self) -> f64 {
        let wrong = self.all.wrong[0];
        if wrong == 0 { 0.0 } else { share(wrong, self.all.tasks.found + wrong) }
    }

    pub fn told(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let items = self.all.items();
        writeln!(out, "{} documents, {} refused, {} without a fault", self.documents, self.refused, self.flawless)?;
        writeln!(out, "items F1 {:.3} (found {:.1} %)", self.items(), 100.0 * share(items.found, items.asked))?;
        writeln!(out, "fields {:.3}", self.fields())?;
        writeln!(out, "lost without a doubt {} of {}", items.silent, items.asked)?;
        writeln!(out, "false tasks {} ({:.2} %)\n", self.all.wrong[0], 100.0 * self.false_tasks())?;
        writeln!(
            out,
            "| what | asked | found | F1 | misplaced | lost silently | false |\n|---|---|---|---|---|---|---|"
        )?;
        let all = &self.all;
        for (name, found, wrong) in [
            ("tasks", all.tasks, all.wrong[0]),
            ("targets", all.targets, all.wrong[1]),
            ("duties", all.duties, all.wrong[2]),
        ] {
            row(out, name, found, Some(wrong))?;
        }
        for (kind, (found, wrong)) in &self.kinds {
            row(out, kind.title(), *found, Some(*wrong))?;
        }
        for (form, found) in &all.forms {
            row(out, &format!("{form:?}"), *found, None)?;
        }
        for (source, found) in &all.sources {
            row(out, &format!("words: {source:?}"), *found, None)?;
        }
        writeln!(out, "\n| field | right | of | |\n|---|---|---|---|")?;
        for (name, (right, asked)) in &all.fields {
            writeln!(out, "| {name} | {right} | {asked} | {:.1} % |", 100.0 * share(*right, *asked))?;
        }
        let mut worst = self.seeds.clone();
        worst.sort_unstable_by(|a, b| b.cmp(a));
        let worst: Vec<String> = worst.iter().take(10).map(|(_, _, seed)| seed.to_string()).collect();
        writeln!(out, "\nworst seeds: {}", worst.join(" "))
    }
}

fn row(out: &mut String, name: &str, found: Found, wrong: Option<usize>) -> std::fmt::Result {
    let percent = 100.0 * share(found.found, found.asked);
    let (one, many) = match wrong {
        Some(wrong) => (format!("{:.3}", f1(found, wrong)), wrong.to_string()),
        None => ("-".to_owned(), "-".to_owned()),
    };
    writeln!(
        out,
        "| {name} | {} | {} ({percent:.1} %) | {one} | {} | {} | {many} |",
        found.asked, found.found, found.misplaced, found.silent
    )
}
