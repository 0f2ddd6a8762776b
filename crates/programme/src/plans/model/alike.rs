//! How alike two sentences are, and which of two lists belong together.

use std::collections::{BTreeMap, BTreeSet};

use kernel::text;

/// Two tasks or targets from which on they are taken for the same piece of work.
pub const SAME: u32 = 55;

/// Words and neighbouring pairs of words, without marks and figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(BTreeSet<String>);

impl Words {
    pub fn of(sentence: &str) -> Self {
        let fold = text::fold(sentence);
        let plain: Vec<&str> = fold
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()))
            .filter(|word| {
                !matches!(*word, "ty" | "le" | "cac" | "cua" | "va" | "tren" | "dia" | "ban" | "tinh" | "xa" | "phuong")
            })
            .collect();
        let pairs = plain.windows(2).map(|pair| pair.join(" "));
        Self(plain.iter().map(|word| (*word).to_owned()).chain(pairs).collect())
    }

    /// Percent of what they have in common (Dice).
    pub fn alike(&self, other: &Self) -> u32 {
        let all = self.0.len() + other.0.len();
        let common = self.0.intersection(&other.0).count();
        u32::try_from((200 * common).checked_div(all).unwrap_or(0)).unwrap_or(0)
    }
}

/// The best pairs of the two lists with their likeness; each item is in one pair at most.
pub fn pairs(left: &[Words], right: &[Words]) -> BTreeMap<usize, (usize, u32)> {
    pairs_where(left, right, &|_, _| true)
}

/// The same of those pairs that may be.
pub fn pairs_where(
    left: &[Words],
    right: &[Words],
    may: &dyn Fn(usize, usize) -> bool,
) -> BTreeMap<usize, (usize, u32)> {
    // Only items that share a pair of words are compared: plans of thousands of tasks stay quick.
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, words) in right.iter().enumerate() {
        for word in words.0.iter().filter(|word| word.contains(' ')) {
            by_word.entry(word).or_default().push(at);
        }
    }
    let mut found: Vec<(u32, usize, usize)> = Vec::new();
    for (at, words) in left.iter().enumerate() {
        let near: BTreeSet<usize> = words
            .0
            .iter()
            .filter_map(|word| by_word.get(word.as_str()))
            .filter(|list| list.len() <= 400)
            .flatten()
            .copied()
            .collect();
        let near = near.into_iter().filter(|other| may(at, *other));
        let alike = near.map(|other| (words.alike(&right[other]), at, other));
        found.extend(alike.filter(|(alike, ..)| *alike >= SAME));
    }
    found.sort_by_key(|(alike, a, b)| (std::cmp::Reverse(*alike), *a, *b));
    let mut taken = BTreeSet::new();
    let mut out = BTreeMap::new();
    for (alike, a, b) in found {
        if !out.contains_key(&a) && taken.insert(b) {
            out.insert(a, (b, alike));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_work_in_other_words_is_found() {
        let list = |texts: &[&str]| texts.iter().map(|text| Words::of(text)).collect::<Vec<_>>();
        let parent = list(&[
            "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực.",
            "Xây dựng Kiến trúc số của tỉnh.",
        ]);
        let child = list(&[
            "Lập sổ theo dõi thiết bị.",
            "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực của xã.",
        ]);
        let found = pairs(&parent, &child);
        assert_eq!(found.keys().collect::<Vec<_>>(), [&0]);
        assert_eq!(found[&0].0, 1);
    }
}
