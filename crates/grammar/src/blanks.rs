//! White space as single blanks.

/// A text without white space around it, and with single blanks inside.
pub fn collapse(text: &str) -> String {
    let text = text.trim();
    if is_collapsed(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether no white space but single blanks can stand in a text: by its bytes, and none of those that begin wider blanks.
fn is_collapsed(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        let wide = matches!(byte, 0..0x20 | 0xc2 | 0xe2 | 0xe3) || (before == 0xe1 && byte == 0x9a);
        let twice = before == b' ' && byte == b' ';
        before = byte;
        !wide && !twice
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_white_space_becomes_one_blank() {
        let whites = ('\0'..='\u{ffff}').filter(|c| c.is_whitespace());
        for white in whites {
            assert_eq!(collapse(&format!(" a{white}b{white}{white} c ")), "a b c", "{white:?}");
        }
        assert_eq!(collapse("Sở\u{a0} Tài  chính"), "Sở Tài chính");
    }
}
