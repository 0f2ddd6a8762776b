//! How people shorten names: "skhcn", "so khcn", "ubnd xa che mau", without marks, case and small words.

use std::collections::BTreeSet;

use kernel::{UnitId, text::fold};

/// What is longer is no name, and what is looked for by more words finds nothing more.
const LONGEST: usize = 120;
const MOST_WORDS: usize = 16;

/// How well words spell a name; the least is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// All of its words, each from its beginning.
    Whole,
    /// Its first words.
    Begins,
    /// Words of it in their order.
    Within,
    /// Words of it in any order.
    Somewhere,
}

/// The words that tell a name from another; where it has a long form that all shorten, in both.
pub(super) fn forms(name: &str) -> Vec<Vec<String>> {
    let long = words(name);
    let mut out = vec![long.clone()];
    for (phrase, short) in [(&["uy", "ban", "nhan", "dan"][..], "ubnd"), (&["hoi", "dong", "nhan", "dan"], "hdnd")] {
        if let Some(at) = long.windows(phrase.len()).position(|window| window == phrase) {
            let mut words = long.clone();
            words.splice(at..at + phrase.len(), [short.to_owned()]);
            out.push(words);
        }
        if let Some(at) = long.iter().position(|word| word == short) {
            let mut words = long.clone();
            words.splice(at..=at, phrase.iter().map(|word| (*word).to_owned()));
            out.push(words);
        }
    }
    out
}

/// What a commune's committee is called besides the commune's own name.
const HEADS: [&str; 9] = ["ubnd", "uy", "ban", "nhan", "dan", "xa", "phuong", "dac", "khu"];

/// The same, and the name alone without what its like all begin with: "Chè Mẫu".
pub(super) fn forms_above(name: &str) -> Vec<Vec<String>> {
    let mut out = forms(name);
    let bare = words(name).into_iter().skip_while(|word| HEADS.contains(&word.as_str())).collect::<Vec<_>>();
    out.extend(Some(bare).filter(|bare| !bare.is_empty()));
    out
}

/// Typed text as words, as many as a name has.
pub(super) fn words(text: &str) -> Vec<String> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let folded = fold(&text[..end]);
    folded.split(' ').filter(|word| !word.is_empty() && *word != "va").take(MOST_WORDS).map(str::to_owned).collect()
}

/// How the typed words spell this name.
pub(super) fn fit(typed: &[String], name: &[String]) -> Option<Fit> {
    if typed.is_empty() {
        return Some(Fit::Begins);
    }
    // A word is made of beginnings of the name's words: most names are passed over by its first letter.
    let can_begin = |word: &String| name.iter().any(|own| own.as_bytes().first() == word.as_bytes().first());
    if !typed.iter().all(can_begin) {
        return None;
    }
    match in_order(typed, name) {
        Some((0, 0)) => Some(Fit::Whole),
        Some((0, _)) => Some(Fit::Begins),
        Some(_) => Some(Fit::Within),
        None => {
            typed.iter().all(|word| name.iter().any(|own| own.starts_with(word.as_str()))).then_some(Fit::Somewhere)
        }
    }
}

/// Whether the words spell all of this name: [`Fit::Whole`], found out at little cost.
fn is_whole(typed: &[String], name: &[String]) -> bool {
    let mut at = vec![0];
    for word in typed {
        let mut next = Vec::new();
        for from in at {
            next.extend(spelled(word.as_bytes(), &name[from..]).into_iter().map(|count| from + count));
        }
        next.sort_unstable();
        next.dedup();
        at = next;
    }
    !typed.is_empty() && at.contains(&name.len())
}

/// How many words are passed over, and how many are left behind: as few as can be.
fn in_order(typed: &[String], name: &[String]) -> Option<(usize, usize)> {
    // The fewest words passed over to have come to each place of the name.
    let mut at: Vec<Option<usize>> = vec![None; name.len() + 1];
    at[0] = Some(0);
    for word in typed {
        let mut next = vec![None; name.len() + 1];
        for (from, passed) in at.iter().enumerate().filter_map(|(from, passed)| passed.map(|passed| (from, passed))) {
            for begin in from..name.len() {
                for count in spelled(word.as_bytes(), &name[begin..]) {
                    let passed = passed + begin - from;
                    let best: &mut Option<usize> = &mut next[begin + count];
                    *best = Some(best.map_or(passed, |known| known.min(passed)));
                }
            }
        }
        at = next;
    }
    let ends = at.iter().enumerate().filter_map(|(end, passed)| passed.map(|passed| (passed, name.len() - end)));
    ends.min()
}

/// Of how many of these names' words, one after the other, the letters can be the beginnings: "khcn" of two times two.
fn spelled(letters: &[u8], name: &[String]) -> Vec<usize> {
    let mut out = Vec::new();
    if letters.len() >= 64 {
        return out;
    }
    // The places in the letters that the words so far can have come to, as bits.
    let mut at = 1_u64;
    for (count, word) in (1..).zip(name) {
        let mut next = 0_u64;
        for from in (0..letters.len()).filter(|from| at & (1 << from) != 0) {
            let same = letters[from..].iter().zip(word.as_bytes()).take_while(|(a, b)| a == b).count();
            next |= (1..=same).fold(0, |bits, more| bits | 1 << (from + more));
        }
        if next & (1 << letters.len()) != 0 {
            out.push(count);
        }
        if next == 0 {
            break;
        }
        at = next;
    }
    out
}

/// A unit as it is looked for.
#[derive(Debug)]
pub(super) struct Entry {
    pub id: UnitId,
    /// Its names as words, and what is above it where it is a part of a body.
    pub names: Vec<Vec<String>>,
    pub above: Vec<Vec<String>>,
}

impl Entry {
    /// How the words spell it: its own name, and that of what it is a part of where some are left for that.
    pub fn fit(&self, typed: &[String]) -> Option<(Fit, Fit)> {
        let own = self.names.iter().filter_map(|name| fit(typed, name)).min().map(|own| (own, Fit::Whole));
        own.into_iter().chain(self.with_above(typed)).min()
    }

    /// The first letters of its names.
    pub fn begins(&self) -> BTreeSet<u8> {
        self.names.iter().filter_map(|name| name.first()?.bytes().next()).collect()
    }

    /// How the words behind its whole own name spell what it is a part of; none where they do not begin with its own.
    pub fn whole(&self, typed: &[String]) -> Option<Fit> {
        let is_own = |typed: &[String]| self.names.iter().any(|name| is_whole(typed, name));
        if is_own(typed) {
            return Some(Fit::Whole);
        }
        if self.above.is_empty() {
            return None;
        }
        let split = |at: usize| {
            let (own, above) = typed.split_at(at);
            let behind = || self.above.iter().filter_map(|name| fit(above, name)).min();
            is_own(own).then(behind)?.filter(|fit| *fit < Fit::Somewhere)
        };
        (1..typed.len()).filter_map(split).min()
    }

    /// The first words are its own; those behind are of what it is a part of.
    fn with_above(&self, typed: &[String]) -> Option<(Fit, Fit)> {
        if self.above.is_empty() {
            return None;
        }
        let of = |names: &[Vec<String>], typed: &[String]| {
            names.iter().filter_map(|name| fit(typed, name)).min().filter(|fit| *fit < Fit::Somewhere)
        };
        let split = |at: usize| {
            let (own, above) = typed.split_at(at);
            Some((of(&self.names, own)?, of(&self.above, above)?))
        };
        (1..typed.len()).filter_map(split).min()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fits(typed: &str, name: &str) -> Option<Fit> {
        forms(name).iter().filter_map(|form| fit(&words(typed), form)).min()
    }

    #[test]
    fn short_forms_spell_names() {
        let science = "Sở Khoa học và Công nghệ";
        for typed in ["so khcn", "skhcn", "Sở KH&CN", "sở khcn", "SKHCN", "so khoa hoc va cong nghe", "so khoa hoc cn"]
        {
            assert_eq!(fits(typed, science), Some(Fit::Whole), "{typed}");
        }
        for (typed, fit) in [
            ("so kh", Some(Fit::Begins)),
            ("khoa hoc", Some(Fit::Within)),
            ("cong nghe khoa", Some(Fit::Somewhere)),
            ("so khnc", None),
            ("so y te", None),
        ] {
            assert_eq!(fits(typed, science), fit, "{typed}");
        }
        for typed in [
            "ubnd xa che mau",
            "uy ban nhan dan xa che mau",
            "UBND xã Chè Mẫu",
            "ubnd xã cm",
            "uỷ ban nhân dân xã chè mẫu",
        ] {
            assert_eq!(fits(typed, "Ủy ban nhân dân xã Chè Mẫu"), Some(Fit::Whole), "{typed}");
            assert_eq!(fits(typed, "UBND xã Chè Mẫu"), Some(Fit::Whole), "{typed}");
        }
        assert_eq!(fits("uy ban", "UBND xã Chè Mẫu"), Some(Fit::Begins));
        assert_eq!(fits("vhxh", "Phòng Văn hóa - Xã hội"), Some(Fit::Within));
    }

    #[test]
    fn what_is_no_name_costs_little_and_finds_nothing() {
        let name = forms("Sở Khoa học và Công nghệ");
        for typed in ["a".repeat(10_000), "a ".repeat(5_000), "Ѕở Кhoa".into(), "<script>".into()] {
            assert_eq!(fit(&words(&typed), &name[0]), None);
        }
    }

    proptest! {
        /// Whoever types the beginning of each word means the whole name.
        #[test]
        fn beginnings_spell_the_whole(name in "[a-zđ]{1,6}( [a-zđ]{1,6}){0,5}", cuts in proptest::collection::vec(1_usize..6, 6)) {
            let words = words(&name);
            prop_assume!(!words.is_empty());
            let begun: Vec<String> = words.iter().zip(&cuts).map(|(word, cut)| word.chars().take(*cut).collect()).collect();
            prop_assert_eq!(fit(&begun, &words), Some(Fit::Whole));
            prop_assert_eq!(fit(&[begun.concat()], &words), Some(Fit::Whole));
        }

        /// Looked for in haste a name is the same as looked for with all that could be meant.
        #[test]
        fn a_whole_name_is_whole_both_ways(
            name in "[ab]{1,3}( [ab]{1,3}){0,4}", above in "[ab]{1,3}( [ab]{1,3}){0,2}", typed in "[ab]{1,4}( [ab]{1,4}){0,4}",
        ) {
            let (own, typed) = (words(&name), words(&typed));
            prop_assert_eq!(is_whole(&typed, &own), fit(&typed, &own) == Some(Fit::Whole));
            let entry = Entry { id: UnitId::from_uuid(uuid::Uuid::nil()), names: vec![own], above: vec![words(&above)] };
            let slow = entry.fit(&typed).filter(|(own, _)| *own == Fit::Whole).map(|(_, above)| above);
            prop_assert_eq!(entry.whole(&typed), slow);
        }
    }
}
