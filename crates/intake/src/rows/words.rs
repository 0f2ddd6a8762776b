//! Words that say what a row is, where its place and its figures do not.

use crate::fold::fold;

/// How surely a row calls itself a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Called {
    No,
    /// "Tổng số hồ sơ", "Tổng": may be what a row is about.
    Maybe,
    /// "Tổng cộng", "Cộng", "Tổng cộng: 12".
    Surely,
}

/// By the first words of a cell, with their marks: Tống Công is somebody, a tổng công ty is a body.
pub(super) fn called(text: &str) -> Called {
    let small = text.to_lowercase();
    let said: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_written_plainly = small.is_ascii();
    let is = |word: &str, with: &str| word == with || is_written_plainly && word == fold(with);
    let is_count = |words: &[&str]| words.iter().all(|word| word.chars().all(|c| c.is_ascii_digit()));
    match said.as_slice() {
        [first, second, third, ..] if is(first, "tổng") && is(second, "công") && is(third, "ty") => Called::No,
        [first, second, ..] if is(first, "tổng") && is(second, "cộng") => Called::Surely,
        [first, rest @ ..] if is(first, "cộng") && is_count(rest) => Called::Surely,
        [first] if is(first, "tổng") => Called::Surely,
        [first, second, rest @ ..] if is(first, "tổng") && is(second, "số") && is_count(rest) => Called::Surely,
        [first, second, ..] if is(first, "cộng") && ["theo", "toàn", "các", "nhóm"].contains(second) => {
            Called::Maybe
        }
        [first, "số" | "hợp" | "toàn" | "các" | "cả" | "nhóm" | "chung", ..] if is(first, "tổng") => {
            Called::Maybe
        }
        _ => Called::No,
    }
}

/// More than a number, be it a Roman one.
pub(super) fn is_wordy(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// `Sở Y tế` of `I. Sở Y tế`.
pub(super) fn without_number(text: &str) -> &str {
    match text.split_once(['.', ')', '/', '-']) {
        Some((number, rest)) if is_number(number.trim()) && is_wordy(rest) => rest.trim(),
        _ => text.trim(),
    }
}

fn is_number(text: &str) -> bool {
    let is_roman = text.chars().all(|c| "IVXLC".contains(c));
    let is_letter = text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
    // LXXXVIII is the longest below a hundred.
    let longest = if is_roman { 8 } else { 5 };
    (1..=longest).contains(&text.len()) && (is_roman || is_letter || text.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_told_from_names_that_sound_like_one() {
        for text in ["Tổng cộng", "TỔNG CỘNG: 2", "Cộng:", "Tong cong", "TỔNG SỐ: 3", "Tổng", "Cộng (12)"]
        {
            assert_eq!(called(text), Called::Surely, "{text}");
        }
        for text in ["Tổng số hồ sơ tiếp nhận", "Tổng hợp chung", "Cộng theo nhóm"] {
            assert_eq!(called(text), Called::Maybe, "{text}");
        }
        for text in ["Tống Công Minh", "Tổng công ty Mẫu", "Tong cong ty Mau", "Công", "Cộng Hòa", "Tổng cục Thuế", ""]
        {
            assert_eq!(called(text), Called::No, "{text}");
        }
    }

    #[test]
    fn a_group_is_called_without_its_number() {
        assert_eq!(
            ["I. Sở Y tế", "a) Nhóm", "12/ Nhóm hai", "Sở A. B", "LXXXVIII. Xã Mẫu"].map(without_number),
            ["Sở Y tế", "Nhóm", "Nhóm hai", "Sở A. B", "Xã Mẫu"]
        );
    }
}
