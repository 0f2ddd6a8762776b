//! Documents as offices write them, by writers who had not seen the reader, with what a person finds in them
//! (`tests/papers/README.md`). What was counted when they were last looked at is the least that must hold.

use std::{fs, path::Path};

use plan_reader::{Reading, SURE, Span, Task, read};
use serde::Deserialize;

#[derive(Deserialize)]
struct Key {
    orders: Vec<Order>,
    none: Vec<String>,
}

#[derive(Deserialize)]
struct Order {
    key: String,
    lead: Vec<String>,
    /// One that speaks to all at the end: it may be passed over.
    #[serde(default)]
    general: bool,
}

#[derive(Debug, Default)]
struct Tally {
    orders: usize,
    found: usize,
    asked: usize,
    lost: Vec<String>,
    led: usize,
    sure: usize,
    sure_of_another: usize,
    none: usize,
    taken: Vec<String>,
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(['*', '_', '`'], "").to_lowercase()
}

/// Bodies as a set, without the words of politeness before them.
fn bodies(names: &[String]) -> Vec<String> {
    let plain = |name: &String| {
        let name = folded(name);
        let name = name.trim_end_matches([',', ';', '.', ':', ' ']);
        let bare = ["các đồng chí ", "đồng chí ", "giao ", "đề nghị ", "yêu cầu "]
            .iter()
            .find_map(|one| name.strip_prefix(one));
        bare.unwrap_or(name).to_owned()
    };
    let mut out: Vec<String> = names.iter().map(plain).collect();
    out.sort();
    out
}

impl Tally {
    fn count(&mut self, reading: &Reading, key: &Key) {
        let quoted = |source: Span| folded(reading.text.get(source.start..source.end).unwrap_or_default());
        let plan = &reading.plan;
        let tasks: Vec<(&Task, String)> =
            plan.tasks.iter().map(|task| (task, format!("{} | {}", folded(&task.text), quoted(task.source)))).collect();
        let duties: Vec<String> =
            plan.duties.iter().map(|duty| format!("{} | {}", folded(&duty.text), quoted(duty.source))).collect();
        let asked: Vec<String> = plan.problems.iter().filter_map(|one| one.source.map(quoted)).collect();
        for order in key.orders.iter().filter(|order| !order.general) {
            self.orders += 1;
            let words = folded(&order.key);
            if let Some((task, _)) = tasks.iter().find(|(_, text)| text.contains(&words)) {
                self.found += 1;
                let is_right = bodies(&task.lead) == bodies(&order.lead);
                self.led += usize::from(is_right);
                self.sure += usize::from(task.confidence >= SURE);
                self.sure_of_another += usize::from(task.confidence >= SURE && !is_right);
            } else if duties.iter().any(|text| text.contains(&words)) {
                self.found += 1;
            } else if asked.iter().any(|text| text.contains(&words)) {
                self.asked += 1;
            } else {
                self.lost.push(order.key.clone());
            }
        }
        for words in &key.none {
            self.none += 1;
            if tasks.iter().any(|(_, text)| text.contains(&folded(words))) {
                self.taken.push(words.clone());
            }
        }
    }
}

/// Bars are what was counted on 2026-11-29 (docs/benchmarks.md), a little lower.
#[test]
fn papers_of_offices_are_read_as_well_as_when_they_were_last_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/papers");
    let mut all = Tally::default();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "txt") {
            continue;
        }
        let key: Key = serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap();
        all.count(&read(&fs::read(&path).unwrap()).unwrap(), &key);
    }
    let told = format!("{all:#?}");
    assert!(all.orders > 1_000 && all.none > 400, "{told}");
    assert!(all.lost.len() <= 4 && all.taken.len() <= 14, "{told}");
    assert!(all.found >= 955 && all.led >= 775, "{told}");
    assert!(all.sure >= 500 && all.sure_of_another <= 42, "{told}");
}
