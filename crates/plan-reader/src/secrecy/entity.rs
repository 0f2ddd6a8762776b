//! References to characters in web pages: `&#7852;`, `&Euml;`.

use html_escape::NAMED_ENTITIES;

/// Letters of a name, at most; what is longer is none.
const LONGEST: usize = 32;
/// Letters of a name that pages of before leave without a sign at its end.
const LONGEST_OPEN: usize = 6;

/// The character that a reference stands for, and what is behind it; a blank where nobody knows the name. `text` begins
/// behind the "&".
pub fn entity(text: &str) -> Option<(char, &str)> {
    if let Some(code) = text.strip_prefix('#') {
        return numbered(code);
    }
    let length = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let (name, behind) = text.split_at(length);
    if let Some(behind) = behind.strip_prefix(';').filter(|_| !name.is_empty()) {
        return Some((named(name).unwrap_or(' '), behind));
    }
    (2..=length.min(LONGEST_OPEN)).rev().find_map(|end| {
        let letter =
            named(&name[..end]).filter(|letter| matches!(letter, ' ' | '&' | '<' | '>' | '"' | '\u{a1}'..='\u{ff}'))?;
        Some((letter, &text[end..]))
    })
}

fn named(name: &str) -> Option<char> {
    let at = NAMED_ENTITIES.binary_search_by_key(&name.as_bytes(), |(known, _)| known).ok()?;
    let letter = NAMED_ENTITIES[at].1.chars().next()?;
    Some(if letter == '\u{a0}' { ' ' } else { letter })
}

fn numbered(code: &str) -> Option<(char, &str)> {
    let (digits, base) = code.strip_prefix(['x', 'X']).map_or((code, 10), |digits| (digits, 16));
    let length = digits.chars().take_while(|c| c.is_digit(base)).count();
    let (digits, behind) = digits.split_at(length);
    if digits.is_empty() {
        return None;
    }
    let letter = u32::from_str_radix(digits, base).ok().and_then(char::from_u32).unwrap_or(' ');
    Some((letter, behind.strip_prefix(';').unwrap_or(behind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_by_number_and_by_name() {
        for (text, read) in [
            ("#7852;T", ('Ậ', "T")),
            ("#x1EAC;T", ('Ậ', "T")),
            ("#X1eac;T", ('Ậ', "T")),
            ("#7852T", ('Ậ', "T")),
            ("Euml;T", ('Ë', "T")),
            ("EumlT", ('Ë', "T")),
            ("yuml;", ('ÿ', "")),
            ("aacute; b", ('á', " b")),
            ("Dstrok;", ('Đ', "")),
            ("Abreve;", ('Ă', "")),
            ("Mcy;T", ('\u{41c}', "T")),
            ("NoBreak;T", ('\u{2060}', "T")),
            ("nbsp;T", (' ', "T")),
            ("nbspT", (' ', "T")),
            ("shy;T", ('\u{ad}', "T")),
            ("#x110000;T", (' ', "T")),
            ("unknown;T", (' ', "T")),
        ] {
            assert_eq!(entity(text), Some(read), "{text}");
        }
        for none in ["CN", "T", "", ";", " amp;", "#", "#;", "#xg", "Mcy", "Abrev", "ậ"] {
            assert_eq!(entity(none), None, "{none}");
        }
        let long = "a".repeat(100);
        assert_eq!(entity(&format!("{long};")), None);
    }
}
