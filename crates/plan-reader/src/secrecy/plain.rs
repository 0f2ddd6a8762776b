//! Plain text however it is encoded, and what sheets make of numbers.

use std::{borrow::Cow, fmt::Write as _};

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use intake::{Charset, Doubt, OldFont, has_pair};
use unicode_normalization::UnicodeNormalization;

/// Bytes by which what is no text is told from text of any width.
const ENOUGH: usize = 64 * 1024;
/// No longer line is a mark.
const LONGEST: usize = 240;

/// A plain file as far as it can be read.
pub struct Plain {
    /// As it is most likely meant; none of what is no text.
    pub text: Option<String>,
    /// Whether that is surely all of it.
    pub is_whole: bool,
}

/// The text of a plain file in any charset that offices write.
pub fn read(bytes: &[u8]) -> Plain {
    if is_binary(bytes) {
        return Plain { text: None, is_whole: false };
    }
    let read = intake::decode(bytes);
    // What is wide and does not say so is only guessed.
    let is_wide = matches!(read.charset, Charset::Utf16Le | Charset::Utf16Be);
    let is_whole = match read.doubt {
        None | Some(Doubt::OldCode { .. }) => !is_wide || says_wide(bytes),
        Some(Doubt::Binary { .. } | Doubt::Broken { .. }) => says_wide(bytes) || std::str::from_utf8(bytes).is_ok(),
        Some(Doubt::Unsure) => false,
    };
    Plain { text: Some(read.text), is_whole }
}

fn says_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// Whether the beginning is text of no width: a large file need not be read for that.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(ENOUGH)];
    let is_text = says_wide(bytes) || !head.contains(&0) || std::str::from_utf8(bytes).is_ok();
    !is_text && matches!(intake::decode(head).doubt, Some(Doubt::Binary { .. }))
}

/// Looks at short lines as old fonts and charsets may have meant them, where the reading of the whole leaves them as they
/// are or takes them for something else; each with its number.
pub fn among_old<T>(bytes: &[u8], mut look: impl FnMut(usize, &str) -> Option<T>) -> Option<T> {
    let (text, is_utf8) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, false),
    };
    let short = text.lines().enumerate().filter(|(_, line)| line.len() < LONGEST && !line.is_ascii());
    for (at, line) in short {
        if let Some(found) = as_drawn(line, |said| look(at, said)) {
            return Some(found);
        }
        if !is_utf8 && let Some(found) = look(at, &windows(line)) {
            return Some(found);
        }
    }
    None
}

/// Looks at a short line as each of the old fonts draws it.
pub fn as_drawn<T>(line: &str, look: impl FnMut(&str) -> Option<T>) -> Option<T> {
    let may_be_drawn = line.len() < LONGEST && has_sign(line);
    let said = if may_be_drawn { drawn(line) } else { Vec::new() };
    said.iter().map(String::as_str).find_map(look)
}

/// Whether a line has Ë, Ä or ä. So old fonts write the vowel of every mark: ậ of TCVN3, the sign behind its vowel of VNI.
fn has_sign(line: &str) -> bool {
    has_pair(line, |lead, last| lead == 0xc3 && (last == 0x8b || last == 0x84 || last == 0xa4))
}

/// A line as the fonts of before draw it. One that draws capitals says nothing of a word alone, which may be an ordinary one.
fn drawn(line: &str) -> Vec<String> {
    let fonts = [OldFont::Tcvn3, OldFont::Vni, OldFont::Tcvn3Capitals];
    let capitals = |font: &OldFont| *font != OldFont::Tcvn3Capitals || line.split_whitespace().count() > 1;
    fonts.iter().filter(|font| capitals(font)).map(|font| font.convert(line)).collect()
}

/// Letters of Windows-1252 that are meant as those of Windows-1258.
fn windows(line: &str) -> String {
    let (bytes, ..) = WINDOWS_1252.encode(line);
    WINDOWS_1258.decode_without_bom_handling(&bytes).0.nfc().collect()
}

/// Cells that a sheet took for a figure and that lost the nought before it, with it again, a line for each. Whole thousands
/// are money.
pub fn refilled(text: &str) -> String {
    let cells = text.lines().flat_map(|line| line.split([',', ';', '\t']));
    cells.filter_map(figure).fold(String::new(), |mut out, figure| {
        let _ = writeln!(out, "0{figure}");
        out
    })
}

/// A figure of eleven digits.
fn figure(cell: &str) -> Option<u64> {
    const ELEVEN: std::ops::Range<u64> = 10_000_000_000..100_000_000_000;
    let cell = cell.trim().trim_matches('"');
    if cell.len() > 24 {
        return None;
    }
    // "4.8123456789E10" is how some programs write it.
    let is_plain = cell.bytes().all(|byte| byte.is_ascii_digit());
    let whole = if is_plain { cell.parse().ok() } else { expanded(cell) };
    whole.filter(|figure| ELEVEN.contains(figure) && figure % 1000 != 0)
}

fn expanded(cell: &str) -> Option<u64> {
    let (digits, power) = cell.split_once(['e', 'E'])?;
    let (first, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let power: usize = power.trim_start_matches('+').parse().ok()?;
    (power == 10 && first.len() == 1 && rest.len() <= power).then(|| format!("{first}{rest:0<power$}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_old_fonts_are_seen_among_their_neighbours() {
        const SIGNS: [char; 3] = ['Ë', 'Ä', 'ä'];
        for sign in SIGNS {
            assert!(has_sign(&format!("a{sign}")) && has_sign(&sign.to_string()));
        }
        assert!(('\u{80}'..='\u{2fff}').filter(|c| !SIGNS.contains(c)).all(|c| !has_sign(&format!("{c}{c}"))));
    }

    #[test]
    fn a_cell_of_eleven_digits_gets_its_nought_again() {
        for cell in ["48123456789", "4.8123456789E10", "a;48123456789;b", "\"48123456789\",x", " 48123456789 "] {
            assert_eq!(refilled(cell), "048123456789\n", "{cell}");
        }
        assert_eq!(refilled("1301234567\n4812345678E1\n35000000000\n0481234567\nsố 48123456789\n1,2,3"), "");
        assert_eq!(refilled("4.81E10"), "", "money in short");
    }

    #[test]
    fn a_text_is_read_by_its_mark_or_by_its_words() {
        let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
        let of = |bytes: &[u8]| {
            let read = read(bytes);
            (read.text.unwrap_or_default(), read.is_whole)
        };
        for bytes in [wide("\u{feff}số", u16::to_le_bytes), wide("\u{feff}số", u16::to_be_bytes), "\u{feff}số".into()]
        {
            assert_eq!(of(&bytes), ("số".to_owned(), true));
        }
        assert_eq!(of(&wide("số 048", u16::to_le_bytes)), ("số 048".to_owned(), false), "it does not say its width");
        let (text, is_whole) = of(b"s\xf5 048");
        assert!(text.ends_with(" 048") && !is_whole, "{text}");
        assert_eq!(of(b"\x7fELF\0\0\xf5\xf5\0"), (String::new(), false));
        let old = b"Trung t\xe2m \xd0i\xea\xccu ph\xf4\xeci t\xedn hi\xea\xf2u gi\xe1o du\xf2c m\xe2\xccm non";
        assert_eq!(of(old), ("Trung tâm Điều phối tín hiệu giáo dục mầm non".to_owned(), true));
    }

    #[test]
    fn lines_are_looked_at_as_old_fonts_meant_them() {
        let all = |bytes: &[u8]| {
            let mut seen = Vec::new();
            among_old(bytes, |at, line| {
                seen.push((at, line.to_owned()));
                None::<()>
            });
            seen
        };
        let has = |bytes: &[u8], at: usize, line: &str| all(bytes).contains(&(at, line.to_owned()));
        assert!(has(b"a\nM\xcbT", 1, "MẬT") && has(b"MA\xc4T", 0, "MẬT") && has(b"M\xc2\xf2T", 0, "MẬT"));
        assert!(has("Kế hoạch\nMËT\n".as_bytes(), 1, "MẬT"), "in a text that is no old one");
        assert!(has(b"tuy\xd6t m\xcbt", 0, "TUYỆT MẬT") && !has(b"m\xcbt", 0, "MẬT"));
        assert!(all("bảo mật\nđộ mật: thường\n".as_bytes()).is_empty());
    }
}
