//! The same target stated in the body and again in an appendix: found by its words and its period, never counted twice.

use std::collections::{BTreeSet, HashMap};

use crate::{Period, Target};

/// Share of words in common from which two sentences state one thing.
const ALIKE: f64 = 0.6;
/// A plan has some dozens of targets; what has thousands is no plan.
const MOST: usize = 2_000;

/// Links targets that state the same thing; each has at most one twin.
pub fn find(targets: &mut [Target]) {
    let words: Vec<BTreeSet<String>> = targets.iter().map(|target| words(&target.text)).collect();
    let mut pairs = Vec::new();
    for (_, group) in by_period(targets) {
        // A year and its figure name nothing.
        for (at, &a) in group.iter().enumerate().filter(|(_, a)| is_named(&words[**a])) {
            for &b in &group[at + 1..] {
                let score = alike(&words[a], &words[b]);
                // Two figures of one sentence are two targets.
                if score >= ALIKE && targets[a].source != targets[b].source {
                    let same = f64::from(u8::from(targets[a].value.total_cmp(&targets[b].value).is_eq()));
                    pairs.push((score + same, a, b));
                }
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = BTreeSet::new();
    for (_, a, b) in pairs {
        if !taken.contains(&a) && !taken.contains(&b) {
            taken.extend([a, b]);
            targets[a].mirrors = vec![targets[b].id.clone()];
            targets[b].mirrors = vec![targets[a].id.clone()];
        }
    }
}

/// Whether a sentence says what a row says: most of their words are the same.
#[derive(Debug)]
pub struct Rows(Vec<BTreeSet<String>>);

impl Rows {
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        // A table of equal rows is held against once.
        let rows: BTreeSet<BTreeSet<String>> = texts.take(MOST).map(words).collect();
        Self(rows.into_iter().collect())
    }

    pub fn holds(&self, sentence: &str) -> bool {
        let said = words(sentence);
        said.len() >= 5 && self.0.iter().any(|row| alike(&said, row) >= ALIKE)
    }
}

fn by_period(targets: &[Target]) -> HashMap<(Option<i16>, Option<i16>), Vec<usize>> {
    let mut groups: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, target) in targets.iter().enumerate().take(MOST) {
        let Period { from, to } = target.period;
        groups.entry((from, to)).or_default().push(at);
    }
    groups
}

fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .filter(|word| !matches!(*word, "tỷ" | "lệ" | "đạt" | "các") && !word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

fn is_named(words: &BTreeSet<String>) -> bool {
    const OF_ALL: [&str; 8] = ["năm", "tháng", "quý", "đến", "phấn", "đấu", "còn", "lên"];
    words.iter().any(|word| !OF_ALL.contains(&word.as_str()))
}

/// Dice's coefficient.
fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let common = u32::try_from(a.intersection(b).count()).unwrap_or(0);
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX).max(1);
    f64::from(2 * common) / f64::from(all)
}
