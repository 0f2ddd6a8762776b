//! The codes of old Vietnamese fonts, written with the letters of Windows-1252 that they were drawn over.
//! Sources: TCVN 5712:1993 (its part VN3), and the fonts of VNI, which write a vowel and then one sign for its marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Letters from a code on.
const TCVN3: [(u32, &str); 8] = [
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
];

/// Signs behind a vowel: which vowels bear them, and the marks they stand for.
const VNI_SIGNS: [(char, &str, &str); 17] = [
    ('ù', "aeouyôö", "\u{301}"),
    ('ø', "aeouyôö", "\u{300}"),
    ('û', "aeouyôö", "\u{309}"),
    ('õ', "aeouyôö", "\u{303}"),
    ('ï', "aeouyôö", "\u{323}"),
    ('â', "aeo", "\u{302}"),
    ('á', "aeo", "\u{302}\u{301}"),
    ('à', "aeo", "\u{302}\u{300}"),
    ('å', "aeo", "\u{302}\u{309}"),
    ('ã', "aeo", "\u{302}\u{303}"),
    ('ä', "aeo", "\u{302}\u{323}"),
    ('ê', "a", "\u{306}"),
    ('é', "a", "\u{306}\u{301}"),
    ('è', "a", "\u{306}\u{300}"),
    ('ú', "a", "\u{306}\u{309}"),
    ('ü', "a", "\u{306}\u{303}"),
    ('ë', "a", "\u{306}\u{323}"),
];
/// Letters of their own.
const VNI_LETTERS: [(char, char); 9] =
    [('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư'), ('í', 'í'), ('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];

/// An old font: its name says how the letters of a text in it are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldFont {
    /// `.VnTime` and others of TCVN3 (ABC).
    Tcvn3,
    /// `.VnTimeH`: TCVN3, small letters drawn as capitals.
    Tcvn3Capitals,
    /// `VNI-Times` and others.
    Vni,
}

impl OldFont {
    /// What a font of this name writes; nothing where it is none of the old.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        match name {
            name if name.starts_with("vni") && name[3..].starts_with(['-', ' ', '_']) => Some(Self::Vni),
            name if !name.starts_with(".vn") => None,
            name if name.ends_with('h') => Some(Self::Tcvn3Capitals),
            _ => Some(Self::Tcvn3),
        }
    }

    /// The text of a run in this font, NFC.
    pub fn convert(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3(text),
            Self::Tcvn3Capitals => tcvn3(text).to_uppercase(),
            Self::Vni => vni(text),
        }
    }
}

/// The standard has no capitals with tones: words and lines in capitals get theirs from the letters beside them.
pub(super) fn tcvn3(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let is_loud = is_loud(line);
        line.split_inclusive(|c: char| !is_in_word(c)).map(|word| tcvn3_word(word, is_loud)).collect::<String>()
    });
    lines.collect::<String>().nfc().collect()
}

fn tcvn3_word(word: &str, is_loud: bool) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let said: String = word.chars().map(tcvn3_letter).collect();
    Cow::Owned(if is_loud || is_loud_word(word) { said.to_uppercase() } else { said })
}

fn tcvn3_letter(c: char) -> char {
    let of =
        |(first, letters): &(u32, &str)| letters.chars().nth(usize::try_from((c as u32).checked_sub(*first)?).ok()?);
    if c.is_ascii() { c } else { TCVN3.iter().find_map(of).unwrap_or(c) }
}

fn is_in_word(c: char) -> bool {
    c.is_ascii_alphabetic() || tcvn3_letter(c) != c
}

/// No small letter among those that every font draws alike, and several capitals.
fn is_loud(text: &str) -> bool {
    let plain = || text.chars().filter(char::is_ascii_alphabetic);
    plain().all(|c| c.is_ascii_uppercase()) && plain().count() > 3
}

fn is_loud_word(word: &str) -> bool {
    let plain = || word.chars().filter(char::is_ascii_alphabetic);
    plain().all(|c| c.is_ascii_uppercase()) && plain().count() > 1
}

pub(super) fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let marks = letters.peek().and_then(|sign| vni_marks(c, *sign));
        out.push(vni_letter(c));
        if let Some(marks) = marks {
            out.push_str(marks);
            letters.next();
        }
    }
    out.nfc().collect()
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn vni_marks(vowel: char, sign: char) -> Option<&'static str> {
    if sign.is_ascii() {
        return None;
    }
    let (vowel, sign) = (small(vowel), small(sign));
    VNI_SIGNS.iter().find(|(known, on, _)| *known == sign && on.contains(vowel)).map(|(_, _, marks)| *marks)
}

fn vni_letter(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let known = VNI_LETTERS.iter().find(|(code, _)| *code == small(c)).map(|(_, letter)| *letter);
    match known {
        Some(letter) if c.is_uppercase() => letter.to_uppercase().next().unwrap_or(letter),
        known => known.unwrap_or(c),
    }
}

#[cfg(test)]
pub(super) mod tests;
