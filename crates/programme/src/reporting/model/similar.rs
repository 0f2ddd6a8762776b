//! Sentences of many bodies that say the same in nearly the same words, folded into one.

use std::collections::BTreeMap;

use kernel::text::fold;

use crate::plans::model::read_target::parse;

/// Of a hundred words and pairs of words, how many two sentences share to be called alike.
const ALIKE: usize = 78;
/// Words that turn a sentence into another: two that differ in one of them are never alike.
const TURNS: [&str; 12] = ["chua", "khong", "cham", "dung", "tam", "vuong", "thieu", "qua", "dang", "se", "con", "mot"];

/// One thing said, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The words of most of them; figures that differ as from the least to the most.
    pub text: String,
    /// Places in the list, ascending.
    pub members: Vec<usize>,
}

struct Sketch {
    folded: String,
    turns: Vec<&'static str>,
    figures: usize,
    /// Words and pairs of neighbours, sorted.
    marks: Vec<String>,
}

/// Groups, the largest first; those of one size in the order in which they were said.
pub fn alike(texts: &[&str]) -> Vec<Alike> {
    let sketches: Vec<Sketch> = texts.iter().map(|text| sketch(text)).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, one) in sketches.iter().enumerate() {
        match groups.iter_mut().find(|group| are_alike(&sketches[group[0]], one)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.into_iter().map(|members| Alike { text: words_of(texts, &sketches, &members), members }).collect()
}

fn sketch(text: &str) -> Sketch {
    let plain = |word: &str| if is_figure(word) { "#".to_owned() } else { fold(word) };
    let words: Vec<String> = text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    let turns = TURNS.into_iter().filter(|turn| words.iter().any(|word| word == turn)).collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let mut marks: Vec<String> = words.iter().cloned().chain(pairs).collect();
    marks.sort_unstable();
    Sketch { folded: fold(text), turns, figures: words.iter().filter(|word| *word == "#").count(), marks }
}

/// What is left of a word that holds a figure, without the marks around it.
fn figure(word: &str) -> Option<&str> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    bare.contains(|c: char| c.is_ascii_digit()).then_some(bare)
}

fn is_figure(word: &str) -> bool {
    figure(word).is_some()
}

fn are_alike(one: &Sketch, other: &Sketch) -> bool {
    if one.folded == other.folded {
        return true;
    }
    if one.turns != other.turns || one.figures != other.figures {
        return false;
    }
    let all = one.marks.len() + other.marks.len();
    all > 0 && 200 * shared(&one.marks, &other.marks) >= ALIKE * all
}

/// How many of two sorted lists stand in both.
fn shared(one: &[String], other: &[String]) -> usize {
    let (mut a, mut b, mut count) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, count) = (a + 1, b + 1, count + 1),
        }
    }
    count
}

/// The sentence that most wrote; where their figures differ it says from which to which.
fn words_of(texts: &[&str], sketches: &[Sketch], members: &[usize]) -> String {
    let mut written: BTreeMap<&str, usize> = BTreeMap::new();
    for at in members {
        *written.entry(&sketches[*at].folded).or_default() += 1;
    }
    let most = written.values().copied().max().unwrap_or(0);
    let usual = members.iter().find(|at| written.get(sketches[**at].folded.as_str()) == Some(&most));
    let Some(usual) = usual else { return String::new() };
    let figures: Vec<Vec<&str>> = members.iter().map(|at| figures(texts[*at])).collect();
    let (mut out, mut seen) = (Vec::new(), 0);
    for word in texts[*usual].split_whitespace() {
        let Some(own) = figure(word) else {
            out.push(word.to_owned());
            continue;
        };
        let all: Vec<&str> = figures.iter().filter_map(|list| list.get(seen).copied()).collect();
        out.push(word.replacen(own, &range(own, &all), 1));
        seen += 1;
    }
    out.join(" ")
}

fn figures(text: &str) -> Vec<&str> {
    text.split_whitespace().filter_map(figure).collect()
}

/// The figure that all gave; "3–9"; or that they differ.
fn range(own: &str, all: &[&str]) -> String {
    if all.iter().all(|one| *one == own) {
        return own.to_owned();
    }
    let values: Option<Vec<(i64, &str)>> = all.iter().map(|one| Some((parse(one)?, *one))).collect();
    let ends = values.and_then(|values| Some((*values.iter().min()?, *values.iter().max()?)));
    match ends {
        Some(((least, _), (most, words))) if least == most => words.to_owned(),
        Some(((_, least), (_, most))) => format!("{}–{most}", least.trim_end_matches('%')),
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nearly_the_same_words_are_one_sentence() {
        let texts = [
            "Đã tổ chức tập huấn kỹ năng số cho 12 thôn trên địa bàn xã.",
            "Đã tổ chức tập huấn kỹ năng số cho 9 thôn trên địa bàn",
            "Chưa tổ chức tập huấn kỹ năng số cho 12 thôn trên địa bàn xã.",
            "Đã tổ chức tập huấn kỹ năng số cho 15 thôn, trên địa bàn xã.",
            "Kinh phí năm 2026 được giao muộn.",
        ];
        let found = alike(&texts);
        let members: Vec<&[usize]> = found.iter().map(|group| group.members.as_slice()).collect();
        assert_eq!(members, [&[0, 1, 3][..], &[2], &[4]]);
        assert_eq!(found[0].text, "Đã tổ chức tập huấn kỹ năng số cho 9–15 thôn trên địa bàn xã.");
    }

    #[test]
    fn what_was_not_done_is_never_said_to_be_done() {
        for turned in ["Chưa hoàn thành việc số hóa hồ sơ lưu trữ", "Đang hoàn thành việc số hóa hồ sơ lưu trữ"]
        {
            assert_eq!(alike(&["Đã hoàn thành việc số hóa hồ sơ lưu trữ", turned]).len(), 2, "{turned}");
        }
    }

    #[test]
    fn days_that_differ_are_left_open() {
        let found = alike(&["Đã họp ngày 05/3/2026 về chuyển đổi số.", "Đã họp ngày 12/4/2026 về chuyển đổi số."]);
        assert_eq!(found[0].text, "Đã họp ngày … về chuyển đổi số.");
    }

    proptest! {
        /// Everybody is in one group and in no other, and who wrote the same words stands with the others.
        #[test]
        fn nobody_is_lost_and_nobody_is_counted_twice(
            texts in prop::collection::vec("(da|chua|dang) (tap huan|so hoa|ket noi)( [0-9]{1,3})? (thon|ho so|xa)( moi)?", 0..40)
        ) {
            let list: Vec<&str> = texts.iter().map(String::as_str).collect();
            let found = alike(&list);
            let mut all: Vec<usize> = found.iter().flat_map(|group| group.members.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..list.len()).collect::<Vec<_>>());
            for group in &found {
                let turn = |at: usize| list[at].split(' ').next();
                prop_assert!(group.members.iter().all(|at| turn(*at) == turn(group.members[0])));
            }
            for (at, text) in list.iter().enumerate() {
                let first = list.iter().position(|other| other == text).unwrap();
                let of = |at: usize| found.iter().position(|group| group.members.contains(&at));
                prop_assert_eq!(of(at), of(first));
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].members.len() >= pair[1].members.len()));
        }
    }
}
