//! Plain text however it is encoded, and what sheets make of numbers.

use std::{borrow::Cow, fmt::Write as _};

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a plain file: by the mark at its beginning, or UTF-8; none where it is neither.
pub fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => Some(encoding.decode_with_bom_removal(bytes).0),
        None => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// What can be read of a text in an encoding of before: its figures, which all of them write alike. Of what is no text,
/// nothing.
pub fn figures(bytes: &[u8]) -> Option<Cow<'_, str>> {
    (!bytes.contains(&0)).then(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
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
    fn a_cell_of_eleven_digits_gets_its_nought_again() {
        for cell in ["48123456789", "4.8123456789E10", "a;48123456789;b", "\"48123456789\",x", " 48123456789 "] {
            assert_eq!(refilled(cell), "048123456789\n", "{cell}");
        }
        assert_eq!(refilled("1301234567\n4812345678E1\n35000000000\n0481234567\nsố 48123456789\n1,2,3"), "");
        assert_eq!(refilled("4.81E10"), "", "money in short");
    }

    #[test]
    fn a_mark_at_the_beginning_says_how_a_text_is_written() {
        let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { "\u{feff}số".encode_utf16().flat_map(bytes).collect() };
        assert_eq!(decoded(&wide(u16::to_le_bytes)).as_deref(), Some("số"));
        assert_eq!(decoded(&wide(u16::to_be_bytes)).as_deref(), Some("số"));
        assert_eq!(decoded("\u{feff}số".as_bytes()).as_deref(), Some("số"));
        assert_eq!(decoded(b"s\xf5"), None);
        assert_eq!(figures(b"s\xf5 048").as_deref(), Some("sõ 048"));
        assert_eq!(figures(b"s\0\xf5"), None);
    }
}
