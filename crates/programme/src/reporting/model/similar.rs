//! Sentences of many bodies that say the same in the same words, folded into one. Only figures, the body's own name and a
//! few small words may differ: an official paper says nothing that its bodies did not write.

use std::collections::BTreeMap;

use kernel::text::{fold, same_name_key};

use crate::plans::model::{naming::commune, read_target::parse};

/// Words without which a sentence says the same.
const SMALL: [&str; 2] = ["các", "những"];
/// So is this, with what a body calls its own place.
const HERE: [&str; 3] = ["trên", "địa", "bàn"];
const PLACES: [&[&str]; 3] = [&["xã"], &["phường"], &["đặc", "khu"]];
/// Marks that belong to what they stand beside.
const SIGNS: [char; 8] = ['%', '‰', '<', '>', '≤', '≥', '±', '='];

/// One thing said, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The words of most of them; figures that differ as from the least to the most.
    pub text: String,
    /// Places in the list, ascending.
    pub members: Vec<usize>,
}

/// Names of bodies and what each of them says, in groups, the largest first; those of one size in the order in which they
/// were said.
pub fn alike(said: &[(&str, &str)]) -> Vec<Alike> {
    let plain: Vec<String> = said.iter().map(|(name, text)| without_own_place(name, text)).collect();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, text) in plain.iter().enumerate() {
        let place = *places.entry(key(text)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.into_iter().map(|members| Alike { text: text_of(said, &plain, &members), members }).collect()
}

/// As it was written where all wrote the same, who is alone above all.
fn text_of(said: &[(&str, &str)], plain: &[String], members: &[usize]) -> String {
    let mut written = members.iter().filter_map(|at| said.get(*at)).map(|(_, text)| *text);
    let first = written.next().unwrap_or_default();
    if written.all(|text| text == first) { first.to_owned() } else { words_of(plain, members) }
}

/// "Xã đã họp" from "Xã Sông Mẫu đã họp" where that is the body's own place. Another place stays, also one whose name
/// begins so; one called by a number stays too, for it would be taken for a figure.
fn without_own_place(name: &str, text: &str) -> String {
    let own = commune(name).filter(|own| !own.contains(|c: char| c.is_ascii_digit())).unwrap_or_default();
    let own: Vec<&str> = own.split_whitespace().collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        out.push((*word).to_owned());
        at += 1;
        if !own.is_empty() && is_place(word) && stands_here(&words[at..], &own) {
            at += own.len();
            let mark = &words[at - 1][bare(words[at - 1]).len()..];
            if let Some(last) = out.last_mut() {
                last.push_str(mark);
            }
        }
    }
    out.join(" ")
}

fn is_place(word: &str) -> bool {
    let low = word.to_lowercase();
    PLACES.iter().any(|place| place.last() == Some(&low.as_str()))
}

/// Without the marks behind it.
fn bare(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Whether the words begin with this name, and the name ends where it ends.
fn stands_here(words: &[&str], own: &[&str]) -> bool {
    let Some(there) = words.get(..own.len()) else { return false };
    let Some(((last, before), (own_last, own_before))) = there.split_last().zip(own.split_last()) else { return false };
    let goes_on = bare(last) == *last && words.get(own.len()).is_some_and(|next| next.starts_with(char::is_uppercase));
    before == own_before && bare(last) == *own_last && !goes_on
}

/// What two sentences have in common that say the same: their words in their order, each figure as one figure.
fn key(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(plain_word).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let rest = &words[at..];
        if rest.starts_with(&HERE) {
            at += HERE.len();
            let place = PLACES.iter().find(|place| words[at..].starts_with(place));
            at += place.map_or(0, |place| place.len());
            continue;
        }
        if !SMALL.contains(word) {
            out.push(*word);
        }
        at += 1;
    }
    out.join(" ")
}

/// A word without the marks around it and with nought for its figures; what stands less than nothing keeps its sign.
fn plain_word(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !SIGNS.contains(&c));
    let before = word.find(bare).and_then(|at| word.get(..at)).unwrap_or_default();
    let is_less = before.ends_with(['-', '−', '–']) && bare.starts_with(|c: char| c.is_ascii_digit());
    let mut out = String::from(if is_less { "-" } else { "" });
    let mut letters = bare.chars().peekable();
    while let Some(c) = letters.next() {
        if !c.is_ascii_digit() {
            out.push(c);
            continue;
        }
        out.push('0');
        while letters.next_if(|c| c.is_ascii_digit() || ['.', ',', '/', ':', '-', '–'].contains(c)).is_some() {}
    }
    same_name_key(&out)
}

/// What is left of a word that holds a figure, without the marks around it.
fn figure(word: &str) -> Option<&str> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    bare.contains(|c: char| c.is_ascii_digit()).then_some(bare)
}

/// The sentence that most wrote; where their figures differ it says from which to which.
fn words_of(texts: &[String], members: &[usize]) -> String {
    let folded: Vec<String> = members.iter().map(|at| fold(&texts[*at])).collect();
    let mut written: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &folded {
        *written.entry(text).or_default() += 1;
    }
    let most = written.values().copied().max().unwrap_or(0);
    let usual = members.iter().zip(&folded).find(|(_, text)| written.get(text.as_str()) == Some(&most));
    let Some((usual, _)) = usual else { return String::new() };
    let figures: Vec<Vec<&str>> = members.iter().map(|at| figures(&texts[*at])).collect();
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

    /// Said by bodies whose names stand in none of the sentences.
    fn said(texts: &[&str]) -> Vec<Alike> {
        let list: Vec<(&str, &str)> = texts.iter().map(|text| ("", *text)).collect();
        alike(&list)
    }

    #[test]
    fn the_same_words_with_other_figures_are_one_sentence() {
        let texts = [
            "Đã tổ chức tập huấn kỹ năng số cho 12 thôn trên địa bàn xã.",
            "Đã tổ chức tập huấn kỹ năng số cho 9 thôn trên địa bàn",
            "Chưa tổ chức tập huấn kỹ năng số cho 12 thôn trên địa bàn xã.",
            "Đã tổ chức tập huấn kỹ năng số cho 15 thôn, trên địa bàn xã.",
            "Kinh phí năm 2026 được giao muộn.",
        ];
        let found = said(&texts);
        let members: Vec<&[usize]> = found.iter().map(|group| group.members.as_slice()).collect();
        assert_eq!(members, [&[0, 1, 3][..], &[2], &[4]]);
        assert_eq!(found[0].text, "Đã tổ chức tập huấn kỹ năng số cho 9–15 thôn trên địa bàn xã.");
    }

    #[test]
    fn what_turns_a_sentence_keeps_it_apart() {
        for (one, other) in [
            ("Đã hoàn thành việc số hóa hồ sơ lưu trữ", "Chưa hoàn thành việc số hóa hồ sơ lưu trữ"),
            ("Đã hoàn thành việc số hóa hồ sơ lưu trữ", "Đang hoàn thành việc số hóa hồ sơ lưu trữ"),
            (
                "Số hồ sơ giải quyết trực tuyến tăng 5% so với cùng kỳ năm trước",
                "Số hồ sơ giải quyết trực tuyến giảm 5% so với cùng kỳ năm trước",
            ),
            (
                "Đã gửi Sở Y tế văn bản đề nghị bố trí kinh phí năm 2026",
                "Đã gửi Sở Tài chính văn bản đề nghị bố trí kinh phí năm 2026",
            ),
            ("Hoàn thành trước ngày 30/11", "Hoàn thành sau ngày 30/11"),
            ("Xã gửi Sở trước tỉnh", "Tỉnh gửi Sở trước xã"),
            ("Kinh phí đủ", "Kinh phí dư"),
            ("Thu ngân sách đạt -5%", "Thu ngân sách đạt 5%"),
            ("Đạt >5 điểm", "Đạt <5 điểm"),
            ("Thực hiện Quyết định 12/QĐ-UBND", "Thực hiện Quyết định 12/KH-UBND"),
        ] {
            assert_eq!(said(&[one, other]).len(), 2, "{one} / {other}");
        }
    }

    #[test]
    fn a_body_names_itself_and_nobody_else() {
        let found = alike(&[
            ("UBND xã Sông Mẫu", "UBND xã Sông Mẫu đã tập huấn cho 3 thôn."),
            ("UBND xã Chè Mẫu", "UBND xã Chè Mẫu đã tập huấn cho 5 thôn."),
            ("UBND xã Sông", "UBND xã Sông Mẫu đã tập huấn cho 7 thôn."),
        ]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "UBND xã đã tập huấn cho 3–5 thôn.");
        assert_eq!(found[1].text, "UBND xã Sông Mẫu đã tập huấn cho 7 thôn.", "who is alone is quoted");
    }

    #[test]
    fn days_that_differ_are_left_open() {
        let found = said(&["Đã họp ngày 05/3/2026 về chuyển đổi số.", "Đã họp ngày 12/4/2026 về chuyển đổi số."]);
        assert_eq!(found[0].text, "Đã họp ngày … về chuyển đổi số.");
    }

    proptest! {
        /// Whatever word differs, is added or changes its place, the sentences stand apart.
        #[test]
        fn a_word_that_differs_keeps_sentences_apart(
            words in prop::collection::vec("[a-zđăâêôơư]{1,6}", 1..12), other in "[a-zđăâêôơư]{1,6}", at in any::<prop::sample::Index>()
        ) {
            let is_small = |word: &str| SMALL.contains(&word) || HERE.contains(&word) || is_place(word) || word == "đặc";
            prop_assume!(!is_small(&other) && words.iter().all(|word| !is_small(word)));
            let (at, one) = (at.index(words.len()), words.join(" "));
            let changed = {
                let mut changed = words.clone();
                changed[at].clone_from(&other);
                changed.join(" ")
            };
            let longer = format!("{one} {other}");
            prop_assert_eq!(said(&[&one, &longer]).len(), 2);
            prop_assert_eq!(said(&[&one, &changed]).len(), if one == changed { 1 } else { 2 });
        }

        /// Everybody is in one group and in no other, and who wrote the same words stands with the others.
        #[test]
        fn nobody_is_lost_and_nobody_is_counted_twice(
            texts in prop::collection::vec("(da|chua|dang) (tap huan|so hoa|ket noi)( [0-9]{1,3})? (thon|ho so|xa)( moi)?", 0..40)
        ) {
            let list: Vec<&str> = texts.iter().map(String::as_str).collect();
            let found = said(&list);
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
