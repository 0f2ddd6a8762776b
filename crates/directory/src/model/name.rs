//! When two names mean the same body: spelling, "tỉnh Mẫu" for "tỉnh", "Ủy ban nhân dân" for "UBND". And which names are
//! taken for another by the eye.

use std::ops::Range;

use kernel::{
    Problem,
    text::{check_name, fold, same_name_key},
};

use crate::Error;

/// Refuses a name that holds what is not seen, or letters and digits of another script: many look like Latin ones.
pub fn check(field: &'static str, name: &str) -> Result<(), Problem> {
    check_name(field, name)?;
    if is_latin(name) { Ok(()) } else { Err(Error::NameScript(field).into()) }
}

/// Whether all letters and digits are Latin: those of Vietnamese and of names from abroad, and the two signs that names of
/// the highlands write as an apostrophe.
pub fn is_latin(name: &str) -> bool {
    let known = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{2bb}' | '\u{2bc}' | '\u{1e00}'..='\u{1eff}');
    name.chars().all(|c| known(c) || !c.is_alphanumeric())
}

/// What the eye keeps of a name: its letters and digits. The marks stay, Tân Thành and Tân Thạnh are two communes of one
/// province; and what parts two numbers, 1/2 is not 12.
pub fn skeleton(text: &str) -> String {
    let mut out = String::new();
    let mut parted = false;
    for c in same_name_key(text).chars() {
        let c = match c {
            'ð' | 'ɖ' => 'đ',
            'ı' => 'i',
            other => other,
        };
        if !c.is_alphanumeric() {
            parted = true;
            continue;
        }
        if parted && c.is_numeric() && out.ends_with(char::is_numeric) {
            out.push(' ');
        }
        parted = false;
        out.push(c);
    }
    out
}

/// The text with another one in the place of a name, however that is written in it: case, marks, blanks, dashes.
pub fn without(text: &str, name: &str, instead: &str) -> String {
    let text = text.replace(name, instead);
    let wanted = fold(name).replace(' ', "");
    let words = words(&text);
    let (mut out, mut kept, mut at) = (String::new(), 0, 0);
    while at < words.len() {
        let Some(count) = spelled(&words[at..], &wanted) else {
            at += 1;
            continue;
        };
        out.push_str(&text[kept..words[at].0.start]);
        out.push_str(instead);
        at += count;
        kept = words[at - 1].0.end;
    }
    out.push_str(&text[kept..]);
    out
}

/// Where each word stands, and its letters without case and marks.
fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    let mut begun = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_inside = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
        match begun {
            None if is_inside => begun = Some(at),
            Some(from) if !is_inside => {
                out.push((from..at, fold(&text[from..at])));
                begun = None;
            }
            _ => {}
        }
    }
    out
}

/// How many of the words, from the first on, are made of just these letters.
fn spelled(words: &[(Range<usize>, String)], wanted: &str) -> Option<usize> {
    let mut rest = wanted;
    for (at, (_, word)) in words.iter().enumerate() {
        rest = rest.strip_prefix(word.as_str())?;
        if rest.is_empty() {
            return Some(at + 1);
        }
    }
    None
}

/// The key under which a name is looked up inside one province.
pub fn key(text: &str, province: &str) -> String {
    let mut key = same_name_key(text);
    for (long, short) in [("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("& ", "và "), ("&", " và ")]
    {
        key = key.replace(long, short);
    }
    let province = same_name_key(province);
    for level in ["tỉnh", "thành phố"] {
        key = key.replace(&format!("trên địa bàn {level}"), "").replace(&format!("{level} {province}"), level);
    }
    key.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same of a name that is written without marks.
pub fn folded(text: &str) -> String {
    fold(text).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
}

/// Keys worth trying, the exact one first: without "của tỉnh", "cấp tỉnh", a trailing level.
pub fn candidates(text: &str, province: &str) -> Vec<String> {
    let exact = key(text, province);
    let mut out = vec![exact.clone()];
    for tail in [" của tỉnh", " cấp tỉnh", " tỉnh", " thành phố"] {
        out.extend(exact.strip_suffix(tail).map(str::to_owned));
    }
    out.push(format!("{exact} tỉnh"));
    out.push(format!("{exact} thành phố"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skeleton_keeps_what_the_eye_tells_apart() {
        let finance = skeleton("Sở Tài chính");
        for twin in ["Sở – Tài chính", "SỞ TÀI CHÍNH", "Sở Tài-chính", "«Sở» Tài  chính", "Sở Tàı chính"]
        {
            assert_eq!(skeleton(twin), finance, "{twin}");
        }
        assert_eq!(skeleton("Ðội 1"), skeleton("Đội 1"), "the Icelandic letter");
        for (one, other) in [("Xã Tân Thành", "Xã Tân Thạnh"), ("Tổ 1/2", "Tổ 12"), ("Xã Ba Tơ", "Xã Ba Tô")]
        {
            assert_ne!(skeleton(one), skeleton(other), "{one}");
        }
    }

    #[test]
    fn names_are_written_in_latin_letters() {
        for name in ["Sở Nội vụ – 2", "Nguyễn Thị Ấ (B)", "O’Brien", "Łukasz Ødegård", "Đắk RʼLấp", "Tổ 1/2 & 3"]
        {
            let apart: String = name.chars().flat_map(|c| [c, '\u{323}']).collect();
            assert!(is_latin(name) && is_latin(&apart), "{name}");
        }
        for name in ["Sở Tàі chính", "Ѕở", "Lе An", "Τổ", "Ｓở", "Tổ １", "Tổ ١", "李安", "𝐀n"]
        {
            assert!(!is_latin(name), "{name}");
            assert_eq!(check("name", name).unwrap_err().code, "name-script");
        }
        assert_eq!(check("name", "Lê\u{200b} An").unwrap_err().code, "control-character");
    }

    #[test]
    fn a_name_is_taken_out_however_it_is_written() {
        let out = |text: &str| without(text, "Lê Xã Năm", "(x)");
        for written in
            ["Lê Xã Năm", "lê xã năm", "LE XA NAM", "Lê  Xã-Năm", "Lêxã năm", "Le\u{302} Xa\u{303} Na\u{306}m"]
        {
            assert_eq!(out(&format!("Đơn của {written}, ngày 1/11")), "Đơn của (x), ngày 1/11", "{written:?}");
        }
        assert_eq!(out("lê xã năm và Lê Xã Năm"), "(x) và (x)");
        for other in ["", "Lê Xã", "Lê Xã Năng", "năm nay", "Xã Lê Xã Nằm ở đâu", "đơn năm 2026"] {
            assert_eq!(out(other).contains("(x)"), other.contains("Lê Xã Nằm"), "{other}");
        }
        assert_eq!(without("một việc", "–", "(x)"), "một việc");
    }

    #[test]
    fn long_and_short_names_meet() {
        assert_eq!(key("Ủy ban nhân dân tỉnh Mẫu", "Mẫu"), key("UBND tỉnh", "Mẫu"));
        assert_eq!(key("Uỷ ban nhân dân các xã, phường, đặc khu", "Mẫu"), key("UBND các xã, phường, đặc khu", "Mẫu"));
        assert!(candidates("Sở Tài chính tỉnh Mẫu", "Mẫu").contains(&key("Sở Tài chính", "Mẫu")));
        assert!(candidates("Công an", "Mẫu").contains(&key("Công an tỉnh", "Mẫu")));
    }
}
