//! The words of web pages, web archives (`.mht`) and RTF, as far as marks are looked for in them. Word keeps such files
//! inside its own and shows them as if they were part of it.

use std::{borrow::Cow, fmt::Write as _};

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use quoted_printable::ParseMode;

use super::markup::lines;

/// The text of a page. White space in it is a blank, lines end where elements do.
pub fn page(bytes: &[u8]) -> String {
    lines(&decoded(bytes).replace(['\r', '\n', '\t'], " "))
}

/// Pages are UTF-8; where no letter of one is, it is what it most likely is.
fn decoded(bytes: &[u8]) -> String {
    let text = encoding_rs::UTF_8.decode(bytes).0;
    let is_utf8 = std::str::from_utf8(bytes).is_ok() || text.contains(|c: char| !c.is_ascii() && c != '\u{fffd}');
    if is_utf8 { text.into_owned() } else { intake::decode(bytes).text }
}

/// The text of every part of a web archive, in whichever of the two usual ways it is wrapped.
pub fn web_archive(bytes: &[u8]) -> String {
    let text = decoded(&unquoted(bytes)).replace('\r', "");
    let mut out = String::new();
    // Heads end at empty lines. Base64 has no sign of its own: what is nothing else is taken for it.
    for block in text.split("\n\n") {
        let inner = from_base64(block.split("\n--").next().unwrap_or_default());
        let inner = inner.filter(|inner| inner.contains(&b'<'));
        out.push_str(&page(inner.as_deref().unwrap_or(block.as_bytes())));
        out.push('\n');
    }
    // A page may have empty lines of its own.
    out + &page(text.as_bytes())
}

/// Quoted-printable undone. Letters that should have been quoted and are not stay: the crate would leave them out.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let mut ascii = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            0..=0x7f => ascii.push(char::from(*byte)),
            byte => _ = write!(ascii, "={byte:02X}"),
        }
    }
    quoted_printable::decode(ascii, ParseMode::Robust).unwrap_or_else(|_| bytes.to_vec())
}

/// As mail wraps bytes: lines, and as much padding as there is.
fn from_base64(block: &str) -> Option<Vec<u8>> {
    const KIND: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let lines: String = block.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    GeneralPurpose::new(&STANDARD, KIND).decode(lines).ok()
}

/// Groups of an RTF file that show nothing.
const HIDDEN: [&str; 6] = ["fonttbl", "colortbl", "stylesheet", "info", "pict", "themedata"];

/// Text of a frame or a drawing, and text that is said again in Unicode: shown, in a group that is not.
const BOXES: [&str; 3] = ["shptxt", "dptxbxtext", "ud"];

/// What is read of an RTF file so far.
struct Rtf {
    out: String,
    /// Halves of characters beyond U+FFFF.
    units: Vec<u16>,
    /// Letters that are given as bytes: some are of several.
    bytes: Vec<u8>,
    /// The signs after each character outside of each open group.
    outer: Vec<u8>,
    /// How deep the group begins that shows nothing.
    hidden: Option<usize>,
    /// How deep each text begins that such a group shows all the same, and what hid it.
    boxes: Vec<(usize, Option<usize>)>,
    /// Signs for programs that know no better, after each character that is a number.
    fallback: u8,
    skip: u8,
}

impl Rtf {
    fn new() -> Self {
        let (out, units, bytes) = (String::new(), Vec::new(), Vec::new());
        Self { out, units, bytes, outer: Vec::new(), hidden: None, boxes: Vec::new(), fallback: 1, skip: 0 }
    }

    fn shows(&mut self) -> bool {
        let is_skipped = self.skip > 0;
        self.skip = self.skip.saturating_sub(1);
        !is_skipped && self.hidden.is_none()
    }

    fn put(&mut self, c: char) {
        if self.shows() {
            self.flush();
            self.out.push(c);
        }
    }

    fn put_byte(&mut self, byte: u8) {
        if self.shows() {
            self.flush_units();
            self.bytes.push(byte);
        }
    }

    fn put_unit(&mut self, unit: u16) {
        if self.hidden.is_none() {
            self.flush_bytes();
            self.units.push(unit);
        }
    }

    fn flush(&mut self) {
        self.flush_units();
        self.flush_bytes();
    }

    fn flush_units(&mut self) {
        self.out.extend(char::decode_utf16(self.units.drain(..)).map(|c| c.unwrap_or(' ')));
    }

    /// Vietnamese letters stand as Windows has them; some programs write UTF-8.
    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            self.out.push_str(&letters(&self.bytes));
            self.bytes.clear();
        }
    }

    fn end_line(&mut self) {
        self.flush();
        self.skip = 0;
        if self.hidden.is_none() && !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn hide(&mut self) {
        self.hidden.get_or_insert(self.outer.len());
    }

    fn open(&mut self) {
        self.skip = 0;
        self.outer.push(self.fallback);
    }

    fn close(&mut self) {
        self.skip = 0;
        let depth = self.outer.len();
        while let Some((_, hidden)) = self.boxes.pop_if(|(begun, _)| *begun == depth) {
            self.end_line();
            self.hidden = hidden;
        }
        // Also what hid a text that begins in its own group.
        if self.hidden == Some(depth) {
            self.hidden = None;
        }
        self.fallback = self.outer.pop().unwrap_or(self.fallback);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("u", Some(number)) => {
                if let Ok(unit) = u16::try_from(number & 0xffff) {
                    self.put_unit(unit);
                }
                self.skip = self.fallback;
            }
            ("uc", Some(number)) => self.fallback = u8::try_from(number.clamp(0, 255)).unwrap_or(1),
            ("par" | "pard" | "line" | "cell" | "row" | "nestcell" | "tab" | "sect" | "page", _) => self.end_line(),
            ("enspace" | "emspace" | "qmspace", _) => self.put(' '),
            (word, _) if BOXES.contains(&word) && self.hidden.is_some() => {
                self.boxes.push((self.outer.len(), self.hidden.take()));
                self.end_line();
            }
            (word, _) if HIDDEN.contains(&word) => self.hide(),
            _ => {}
        }
    }
}

fn letters(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes).0,
    }
}

/// The text of an RTF file, a line for each paragraph or cell.
pub fn rtf(bytes: &[u8]) -> String {
    let mut rtf = Rtf::new();
    let mut rest = bytes;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'\\' => rest = control(&mut rtf, behind),
            b'{' => rtf.open(),
            b'}' => rtf.close(),
            b'\r' | b'\n' => {}
            byte if byte.is_ascii() => rtf.put(char::from(*byte)),
            byte => rtf.put_byte(*byte),
        }
    }
    rtf.end_line();
    rtf.out
}

/// What follows a backslash; gives what stands behind it.
fn control<'a>(rtf: &mut Rtf, text: &'a [u8]) -> &'a [u8] {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, after) = text.split_at(letters);
    if !word.is_empty() {
        let sign = usize::from(after.starts_with(b"-"));
        let digits = after[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, tail) = after.split_at(sign + digits);
        let (word, number): (&str, Option<i32>) = (ascii(word), ascii(number).parse().ok());
        rtf.word(word, number);
        let tail = tail.strip_prefix(b" ").unwrap_or(tail);
        // So many bytes of a picture: brackets among them open and close nothing. Nobody hides the rest behind a false length.
        let length = number.filter(|_| word == "bin").map_or(0, |number| usize::try_from(number).unwrap_or(0));
        return tail.get(length..).filter(|rest| !rest.is_empty()).unwrap_or(tail);
    }
    let Some((sign, rest)) = text.split_first() else { return text };
    match sign {
        b'\'' => {
            let Some((code, behind)) = rest.split_at_checked(2) else { return rest };
            let Ok(code) = u8::from_str_radix(ascii(code), 16) else { return rest };
            rtf.put_byte(code);
            return behind;
        }
        b'*' => rtf.hide(),
        b'~' => rtf.put(' '),
        b'\r' | b'\n' => rtf.end_line(),
        b'\\' | b'{' | b'}' => rtf.put(char::from(*sign)),
        _ => {}
    }
    rest
}

fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::is_web;

    #[test]
    fn words_are_read_out_of_rtf() {
        let rtf = rtf(br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\x MAT}\pard{\b T\u7888?I M\u7852?T}\par B\'e1o c\'e1o\cell \u-10179?\u-8704?\\x}");
        let lines: Vec<&str> = rtf.lines().collect();
        assert_eq!(lines, ["TỐI MẬT", "Báo cáo", "\u{1f600}\\x"]);
    }

    #[test]
    fn letters_of_rtf_that_are_bytes_are_read_whole() {
        let bytes = br"{\rtf1\ansi T\'e1\'bb\'90I M\'E1\'BA\'ACT\par T\'d4\'ccI M\'c2\'f2T\par x\'e3\par}";
        assert_eq!(rtf(bytes).lines().collect::<Vec<_>>(), ["TỐI MẬT", "TÔ\u{300}I MÂ\u{323}T", "xă"]);
        assert_eq!(rtf("{\\rtf1 TỐI MẬT\\par}".as_bytes()), "TỐI MẬT\n", "UTF-8 as it is");
        // Each group has its own count of signs for programs that know no better.
        assert_eq!(rtf(br"{\rtf1{\uc0\u7888}{\uc2 M\u7852??T\par}M\u7852?T}"), "ỐMẬT\nMẬT\n");
    }

    #[test]
    fn a_text_in_a_frame_of_rtf_is_shown() {
        let framed = br"{\rtf1 a{\shp{\*\shpinst{\sp x}{\shptxt \pard TUY\u7878?T M\u7852?T\par}{\sp y}}}b\par}";
        assert_eq!(rtf(framed), "a\nTUYỆT MẬT\nb\n");
        assert_eq!(rtf(br"{\rtf1{\*\do{\dptxbxtext M\u7852?T}c}d}"), "MẬT\nd\n");
        // What is hidden and shown by one group ends with it.
        assert_eq!(rtf(br"{\rtf1{\*\shptxt a\*\x b\shptxt c}{}M\u7852?T}"), "a\nc\nMẬT\n");
        assert_eq!(rtf(br"{\rtf1{\*\x a{\*\shptxt b}c}d{}M\u7852?T}"), "b\ndMẬT\n");
        assert_eq!(rtf(br"{\rtf1{\upr{M?T}{\*\ud{M\u7852?T}}}}"), "M?T\nMẬT\n");
    }

    #[test]
    fn what_a_picture_holds_opens_and_closes_no_group_of_rtf() {
        let picture = b"{\\rtf1 a{\\pict\\bin7 {{{\xff\\}}}M\\u7852?T\\par x\\bin3 }}}y}";
        assert_eq!(rtf(picture), "aMẬT\nxy\n");
        assert_eq!(rtf(b"{\\rtf1 a\\bin-3 b\\bin b{\\pict\\bin2147483647 }M\\u7852?T"), "abbMẬT\n");
        let wide = [br"{\rtf1 M{\uc200\u7852".as_slice(), &b"?".repeat(200), b"T}}"].concat();
        assert_eq!(rtf(&wide), "MẬT\n");
        // Behind each of many false lengths all the rest is words, and is looked at once.
        let false_lengths = [b"{\\rtf1 ".as_slice(), &b"\\bin2147483647 ".repeat(300_000), b"M\\u7852?T}"].concat();
        assert_eq!(rtf(&false_lengths), "MẬT\n");
    }

    #[test]
    fn a_mark_of_rtf_is_seen_however_deep_its_group_is() {
        let deep = [b"{\\rtf1 ".as_slice(), &b"{".repeat(1_000_000), b"M\\u7852?T", &b"}".repeat(2_000_000)].concat();
        assert_eq!(rtf(&deep), "MẬT\n");
    }

    #[test]
    fn words_are_read_out_of_pages_and_their_archives() {
        let html = "<HTML><P>Độ\r\nmật: TỐI<br>MẬT</P>";
        assert_eq!(page(html.as_bytes()), "Độ  mật: TỐI\nMẬT\n");
        let quoted = b"MIME-Version: 1.0\r\n\r\n<p>T=E1=BB=90I =\r\nM=E1=BA=ACT</p>\r\n";
        assert!(web_archive(quoted).lines().any(|line| line.ends_with("TỐI MẬT")));
        let half = "MIME-Version: 1.0\r\n\r\n<p>TỐI =\r\nM=E1=BA=ACT</p>\r\n";
        assert!(web_archive(half.as_bytes()).lines().any(|line| line.ends_with("TỐI MẬT")));
        let wrapped = b"MIME-Version: 1.0\n\nPHA+VOG7kEkg\nTeG6rFQ8L3A+\n--x--";
        assert!(web_archive(wrapped).lines().any(|line| line == "TỐI MẬT"), "{}", web_archive(wrapped));
        assert!(is_web(quoted) && is_web(html.as_bytes()) && !is_web(b"Ke hoach"));
        let names = "<p>TUY&Ouml;T M&Euml;T<p>M&shy;&#7852T<td>&Acirc;&#803;<p>KH&CN &aacute;<br> <br>x";
        let read = page(names.as_bytes());
        assert_eq!(read.lines().collect::<Vec<_>>(), ["TUYÖT MËT", "M\u{ad}ẬT", "Â\u{323}", "KH&CN á", " x"]);
    }
}
