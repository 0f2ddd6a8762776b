//! Vietnamese text rules that both databases must agree on, so Rust computes them: folding for search, keys for sorting.

use std::sync::LazyLock;

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::Problem;

/// For search: lower case, without marks, đ as d, anything that is no letter or digit as one blank.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        let c = if c == 'đ' { 'd' } else { c };
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else {
            gap = true;
        }
    }
    out
}

/// For names that must be the same body: NFC, lower case, white space as one blank, "hoà" written as "hòa".
pub fn same_name_key(text: &str) -> String {
    let plain: String = text.nfc().flat_map(char::to_lowercase).map(|c| if c == '–' { '-' } else { c }).collect();
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(|c: char| c.is_whitespace() || c == ',' || c == ';' || c == '.').filter(|w| !w.is_empty()) {
        words.push(tone_place(word));
    }
    words.join(" ")
}

/// The tone mark of a final oa, oe, uy moves to the first vowel: the two spellings in use become one.
fn tone_place(word: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    for (second, first) in PAIRS {
        if let Some(head) = word.strip_suffix(second) {
            return format!("{head}{first}");
        }
    }
    word.to_owned()
}

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(icu_locale_core::locale!("vi").into(), CollatorOptions::default()).ok());

/// A key whose byte order is Vietnamese alphabetical order (a ă â ... d đ ... with tones after letters), as hex text.
pub fn sort_key(text: &str) -> String {
    let text: String = text.nfc().collect();
    let mut key: Vec<u8> = Vec::new();
    match COLLATOR.as_ref() {
        Some(collator) if collator.write_sort_key_to(&text, &mut key).is_ok() => hex::encode(key),
        _ => hex::encode(text.to_lowercase()),
    }
}

/// Sort key of a person: by given name (the last word), then the whole name.
pub fn person_sort_key(name: &str) -> String {
    let given = name.split_whitespace().next_back().unwrap_or_default();
    sort_key(&format!("{given} {name}"))
}

/// Does each word that is typed begin a word of what is known? With and without marks, in whatever order.
pub fn begins_all(known: &str, typed: &str) -> bool {
    let known = fold(known);
    fold(typed).split(' ').all(|word| known.split(' ').any(|one| one.starts_with(word)))
}

/// Does one of the names in a text, however it is marked and with whatever address before it, stand for this person? A name
/// that goes on is another one's.
pub fn is_named(text: &str, name: &str) -> bool {
    let name = fold(name);
    let parts = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != '\'' && c != '-';
    !name.is_empty() && (holds_name(text, &name) || text.split(parts).any(|piece| holds_name(piece, &name)))
}

/// At the end of a piece however it is written; within it in capitals, with what goes on in small letters.
fn holds_name(piece: &str, name: &str) -> bool {
    let folded = fold(piece);
    if folded == name || folded.strip_suffix(name).is_some_and(|before| before.ends_with(' ')) {
        return true;
    }
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let words: Vec<&str> = piece.split_whitespace().collect();
    let count = name.split(' ').count();
    words.windows(count + 1).any(|some| {
        let (own, next) = some.split_at(count);
        own.iter().all(is_capital) && !next.iter().any(is_capital) && fold(&own.join(" ")) == name
    })
}

/// Do the words of this name stand one behind the other in what somebody looks for? That is typed in small letters or in
/// capitals, so that nothing tells where a name ends.
pub fn holds_words(text: &str, name: &str) -> bool {
    let name = fold(name);
    !name.is_empty() && format!(" {} ", fold(text)).contains(&format!(" {name} "))
}

/// Characters that are not seen, or turn the direction of what stands beside them: a name that holds one looks like
/// another name.
pub fn is_invisible(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// Numbers that Unicode keeps free of characters for ever: nobody types them, and XML does not carry them all.
pub fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

/// A name without what is not seen.
pub fn without_invisible(name: &str) -> String {
    name.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Refuses a name that holds what is not seen.
pub fn check_name(field: &str, name: &str) -> Result<(), Problem> {
    if !name.chars().any(|c| c.is_control() || is_invisible(c) || is_noncharacter(c)) {
        return Ok(());
    }
    Err(Problem::bad_input("control-character").with("field", field).field(field, "control-character"))
}

/// A file name that every system and chat group accepts: folded, dashes for blanks, at most 80 characters.
pub fn file_stem(text: &str) -> String {
    let stem: String = fold(text).replace(' ', "-").chars().take(80).collect();
    if stem.is_empty() { "dinh".into() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_spelling_do_not_matter_for_search() {
        assert_eq!(fold("Điện toán  đám mây (AI)"), "dien toan dam may ai");
        assert_eq!(fold("Tháng 12/2026"), "thang 12 2026");
        let decomposed: String = "Sở Khoa học".nfd().collect();
        assert_eq!(fold(&decomposed), fold("Sở Khoa học"));
    }

    #[test]
    fn each_typed_word_begins_a_known_one() {
        assert!(begins_all("Nhiệm vụ của tôi", "vu NHIEM") && begins_all("Kế hoạch", "kế hoa"));
        assert!(!begins_all("Nhiệm vụ", "vu hoach") && !begins_all("Kế hoạch", "oach"));
    }

    #[test]
    fn both_tone_places_name_the_same_body() {
        assert_eq!(same_name_key("Khánh Hoà"), same_name_key("Khánh  Hòa"));
        assert_eq!(same_name_key("Văn phòng Tỉnh uỷ"), same_name_key("Văn phòng Tỉnh ủy"));
        assert_ne!(same_name_key("Sở Tài chính"), same_name_key("Sở Công Thương"));
    }

    #[test]
    fn a_person_is_known_by_the_whole_name_however_it_is_written() {
        let name = "Nguyễn Văn Mẫu";
        for text in [
            name,
            "nguyen van mau",
            "Đ/c Nguyễn Văn Mẫu, Phó Giám đốc",
            "Lê Thị Ba; ông NGUYỄN VĂN MẪU (CNTT)",
            "Việc của Nguyễn Văn Mẫu trễ hạn",
        ] {
            assert!(is_named(text, name), "{text}");
        }
        for text in ["", "Nguyễn Văn", "Nguyễn Văn Mẫu Mực", "nguyễn văn mẫu mực", "Phòng Mẫu"] {
            assert!(!is_named(text, name), "{text}");
        }
        assert!(!is_named("Nguyễn Văn Mẫu", " "));
    }

    #[test]
    fn in_words_that_somebody_looks_for_a_name_is_known_whatever_goes_on_behind_it() {
        let name = "Nguyễn Văn Mẫu";
        for text in [name, "nguyen van mau tre han", "VIỆC CỦA NGUYỄN VĂN MẪU TRỄ HẠN", "việc, nguyễn văn  mẫu: trễ"]
        {
            assert!(holds_words(text, name), "{text}");
        }
        for text in ["", "Nguyễn Văn", "mẫu nguyễn văn", "nguyễn văn mẫun"] {
            assert!(!holds_words(text, name), "{text}");
        }
        assert!(holds_words("việc của lê an", "Lê An"));
        assert!(!holds_words("quê an bình", "Lê An") && !holds_words("chle an", "Lê An"), "words are whole");
        assert!(!holds_words("Nguyễn Văn Mẫu", " "));
    }

    #[test]
    fn names_sort_as_vietnamese_readers_expect() {
        let mut names = ["Đà Nẵng", "Dung Quất", "Ăn", "Âu", "An"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["An", "Ăn", "Âu", "Dung Quất", "Đà Nẵng"]);
        assert!(person_sort_key("Trần Văn An") < person_sort_key("Lê Thị Bình"));
    }

    #[test]
    fn a_name_that_looks_like_another_is_none() {
        for name in ["Nguyễn Văn Ấ", "Sở Nội vụ – 2", "O’Brien"] {
            let apart: String = name.nfd().collect();
            assert!(check_name("name", name).is_ok() && check_name("name", &apart).is_ok(), "{name}");
        }
        for name in ["Lê\u{200b} An", "\u{202e}nA", "a\u{2066}b", "a\0", "a\nb", "\u{3164}", "a\u{e0041}", "a\u{ffff}"]
        {
            assert_eq!(check_name("name", name).unwrap_err().code, "control-character", "{name:?}");
        }
        assert_eq!(without_invisible("bao\u{202e}fdp.\u{feff}exe"), "baofdp.exe");
    }

    #[test]
    fn what_is_no_character_is_told_from_what_is_rare() {
        for c in ['\u{fdd0}', '\u{fdef}', '\u{fffe}', '\u{ffff}', '\u{1fffe}', '\u{10ffff}'] {
            assert!(is_noncharacter(c), "{c:?}");
        }
        for c in ['a', 'ệ', '\u{fdcf}', '\u{fdf0}', '\u{fffd}', '\u{1f600}', '\u{e000}'] {
            assert!(!is_noncharacter(c), "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            proptest::prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
