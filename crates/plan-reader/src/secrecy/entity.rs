//! References to characters in web pages: `&#7852;`, `&Euml;`.

/// Letters of a name, at most; what is longer is none.
const LONGEST: usize = 32;

/// The names of U+00A0 and what follows it, up to U+00FF: what old fonts are stored as, among others.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

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
    // Pages of before leave the sign at the end out.
    (2..=length.min(6)).rev().find_map(|end| Some((named(&text[..end])?, &text[end..])))
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

fn named(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "colon" => ':',
        "Abreve" => 'Ă',
        "abreve" => 'ă',
        "Dstrok" => 'Đ',
        "dstrok" => 'đ',
        "Itilde" => 'Ĩ',
        "itilde" => 'ĩ',
        "Utilde" => 'Ũ',
        "utilde" => 'ũ',
        "zwnj" | "zwj" | "lrm" | "rlm" | "ZeroWidthSpace" => '\u{200b}',
        name => (0xa0..=0xff_u8).zip(LATIN).find_map(|(code, known)| (known == name).then(|| char::from(code)))?,
    })
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
            ("shy;T", ('\u{ad}', "T")),
            ("#x110000;T", (' ', "T")),
            ("unknown;T", (' ', "T")),
        ] {
            assert_eq!(entity(text), Some(read), "{text}");
        }
        for none in ["CN", "T", "", ";", " amp;", "#", "#;", "#xg"] {
            assert_eq!(entity(none), None, "{none}");
        }
        let long = "a".repeat(100);
        assert_eq!(entity(&format!("{long};")), None);
    }
}
