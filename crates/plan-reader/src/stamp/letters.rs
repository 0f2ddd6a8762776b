//! Letters as they are seen: of one width, without what is not seen, and no letters of other scripts that look the same.

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};
use unicode_normalization::UnicodeNormalization;

/// The text in composed letters, as it looks to who reads it.
pub fn seen(text: &str) -> String {
    let letters: String = text.nfkd().filter(|c| !is_invisible(*c)).map(same).collect();
    letters.nfc().collect()
}

/// Characters that show nothing. U+2028 and U+2029 end lines and are none of them.
pub fn is_invisible(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) || matches!(c, '\u{fff9}'..='\u{fffb}')
}

/// The Latin letter that a Cyrillic, Greek or Armenian one looks like, of those in the marks.
fn same(c: char) -> char {
    match c {
        '\u{410}' | '\u{391}' => 'A',
        '\u{415}' | '\u{395}' => 'E',
        '\u{406}' | '\u{4c0}' | '\u{399}' => 'I',
        '\u{41c}' | '\u{39c}' => 'M',
        '\u{41e}' | '\u{39f}' | '\u{555}' => 'O',
        '\u{422}' | '\u{3a4}' => 'T',
        '\u{54d}' => 'U',
        '\u{423}' | '\u{4ae}' | '\u{3a5}' => 'Y',
        '\u{430}' => 'a',
        '\u{435}' => 'e',
        '\u{456}' => 'i',
        '\u{43e}' | '\u{3bf}' => 'o',
        '\u{443}' => 'y',
        c => c,
    }
}
