//! A paragraph cut into sentences: what is placed, counted and asked about.

use std::ops::Range;

/// Words that end with a dot inside of a sentence.
const SHORT: [&str; 17] = [
    "TP.", "Tp.", "tp.", "Q.", "P.", "Tx.", "TX.", "TT.", "v.v.", "đ/c.", "Th.", "PGS.", "GS.", "TS.", "ThS.", "BS.",
    "KS.",
];

/// The sentences of a paragraph as ranges that together cover it: each ends behind its blank.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
        let after = at + sign.len_utf8();
        let rest = text.get(after..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        let next = rest.trim_start().chars().next();
        let begins = next.is_some_and(|c| c.is_uppercase() || "“\"(-–+".contains(c) || c.is_ascii_digit());
        if blank == 0 || !begins || is_short(text.get(start..after).unwrap_or_default()) {
            continue;
        }
        out.push(start..after + blank);
        start = after + blank;
    }
    if start < text.len() || out.is_empty() {
        out.push(start..text.len());
    }
    out
}

/// An abbreviation, an initial, or the number of a list.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let bare = word.trim_end_matches('.');
    let number = bare.chars().all(|c| c.is_ascii_digit() || c == '.') && bare.len() <= 8;
    let begins = before.trim_start() == word;
    let mark = begins && (number || bare.chars().all(|c| "IVX".contains(c)));
    SHORT.contains(&word) || bare.chars().count() <= 1 || mark || (number && bare.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| text[range].trim()).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        assert_eq!(read("Giao Sở A rà soát. Sở B bố trí vốn."), ["Giao Sở A rà soát.", "Sở B bố trí vốn."]);
        assert_eq!(read("Đạt 1.200 lượt và 2.5 điểm."), ["Đạt 1.200 lượt và 2.5 điểm."]);
        assert_eq!(read("Tại TP. Mẫu, v.v. và nơi khác."), ["Tại TP. Mẫu, v.v. và nơi khác."]);
        assert_eq!(read("Thực hiện ngay./."), ["Thực hiện ngay./."]);
        assert_eq!(read(""), [""]);
    }

    proptest::proptest! {
        #[test]
        fn they_cover_the_paragraph(text in "[ a-zA-ZĐđộ0-9.,;!?…()]{0,120}") {
            let found = sentences(&text);
            proptest::prop_assert_eq!(found.first().map(|range| range.start), Some(0));
            proptest::prop_assert_eq!(found.last().map(|range| range.end), Some(text.len()));
            proptest::prop_assert!(found.windows(2).all(|pair| pair[0].end == pair[1].start));
        }
    }
}
