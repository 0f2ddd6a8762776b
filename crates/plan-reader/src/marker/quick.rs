//! The patterns of the plainest marks by hand: every line is asked, often more than once.

use super::level::Level;

/// Whether the pattern of a level finds its mark; nothing where only the pattern itself can tell.
pub fn begins(level: Level, text: &str) -> Option<bool> {
    match level {
        Level::Bullet => after(text, "-–—•*▪●").map_or(Some(false), |rest| opens(rest, true)),
        Level::SubBullet => Some(after(text, "+o").is_some_and(is_blank)),
        Level::Roman => Some(roman(text)),
        Level::Capital => Some(capital(text)),
        Level::Number => number(text),
        Level::SubNumber => sub_number(text),
        Level::Letter => letter(text),
        Level::Part | Level::Article | Level::Paren => None,
    }
}

fn after<'a>(text: &'a str, signs: &str) -> Option<&'a str> {
    let first = text.chars().next().filter(|first| signs.contains(*first))?;
    text.get(first.len_utf8()..)
}

fn is_blank(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace)
}

/// White space, a capital, or where it may be one a digit.
fn opens(rest: &str, digits: bool) -> Option<bool> {
    match rest.chars().next() {
        None => Some(false),
        Some('0'..='9') => Some(digits),
        Some(c @ ('\0'..='\u{7f}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')) => {
            Some(c.is_whitespace() || c.is_uppercase())
        }
        Some(c) if c.is_whitespace() => Some(true),
        Some(_) => None,
    }
}

fn roman(text: &str) -> bool {
    let rest = text.trim_start_matches(['I', 'V', 'X']);
    (1..=5).contains(&(text.len() - rest.len())) && after(rest.trim_start(), ".)/-").is_some_and(is_blank)
}

fn capital(text: &str) -> bool {
    let first = text.chars().next().filter(|first| matches!(first, 'A'..='H' | 'K'..='Z' | 'Đ'));
    let rest = first.and_then(|first| text.get(first.len_utf8()..)).unwrap_or_default();
    after(rest.trim_start(), ".)").is_some_and(is_blank)
}

/// The text behind one or two digits; else what is to be said: no, or nothing where digits of other scripts stand.
fn digits(text: &str) -> Result<&str, Option<bool>> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.starts_with(|c: char| !c.is_ascii() && c.is_numeric()) {
        return Err(None);
    }
    if (1..=2).contains(&(text.len() - rest.len())) { Ok(rest) } else { Err(Some(false)) }
}

fn number(text: &str) -> Option<bool> {
    let rest = match digits(text) {
        Ok(rest) => rest,
        Err(said) => return said,
    };
    if let Some(rest) = after(rest, "-") {
        // "10 - 15 người" counts; "1- Đảng ủy" is a mark.
        return if is_blank(rest) { opens(rest.trim_start(), false) } else { Some(false) };
    }
    after(rest, ".)/").map_or(Some(false), |rest| opens(rest, false))
}

fn sub_number(text: &str) -> Option<bool> {
    let mut rest = match digits(text) {
        Ok(rest) => rest,
        Err(said) => return said,
    };
    let mut parts = 0;
    while let Some(part) = rest.strip_prefix('.') {
        match digits(part) {
            Ok(behind) => rest = behind,
            Err(None) => return None,
            Err(Some(_)) => break,
        }
        parts += 1;
    }
    Some(parts > 0 && is_blank(after(rest, ".)").unwrap_or(rest)))
}

fn letter(text: &str) -> Option<bool> {
    let is_small = |c: char| c.is_ascii_lowercase() || c == 'đ';
    let rest = text.trim_start_matches(is_small);
    let count = text.chars().take_while(|c| is_small(*c)).count();
    let rest = after(rest, ".)").filter(|_| (1..=2).contains(&count));
    rest.map_or(Some(false), |rest| opens(rest, true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marker::level::PATTERNS;

    fn check(text: &str) {
        for (level, pattern) in PATTERNS.iter() {
            let begun = begins(*level, text);
            assert!(begun.is_none_or(|begun| begun == pattern.is_match(text)), "{level:?} {text:?}");
        }
    }

    #[test]
    fn what_is_read_by_hand_is_what_the_pattern_finds() {
        let signs =
            ['I', 'A', 'Đ', 'J', 'o', 'b', 'đ', '1', '٣', '.', ')', '/', '-', '–', '+', ' ', '\u{a0}', 'ạ', 'Ⅳ'];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = texts.iter().flat_map(|text| signs.iter().map(move |sign| format!("{text}{sign}")));
            texts = longer.collect();
            for text in &texts {
                check(text);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn and_in_longer_ones_too(text in "[IVX]{0,6}[A-Kabđo]{0,3}[0-9٣]{0,3}[.)/]?[0-9٣]{0,3}[.)/]?[0-9]{0,3}[.) ]{0,2}[-–+]?[ ]{0,2}[Aa1ĐạⅣ]?") {
            check(&text);
        }
    }
}
