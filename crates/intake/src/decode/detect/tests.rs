use proptest::prelude::*;

use unicode_normalization::is_nfc;

use super::*;
use crate::{
    decode::old::tests::{to_tcvn3, to_vni},
    syllable::tests::syllable,
};

const TEXT: &str =
    "Ủy ban nhân dân tỉnh Mẫu ban hành kế hoạch chuyển đổi số; giao Sở Nội vụ chủ trì, hoàn thành trước 30/6";
/// Without capitals, which TCVN3 cannot write with tones.
const SMALL: &str = "giao sở nội vụ chủ trì; kế hoạch chuyển đổi số được phê duyệt, đặc biệt là lĩnh vực y tế";

fn latin(text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(text);
    assert!(!is_lossy, "{text}");
    bytes.into_owned()
}

/// As Windows writes it: letters with their own marks, tones apart.
fn to_1258(text: &str) -> Vec<u8> {
    let tones = "\u{301}\u{300}\u{309}\u{303}\u{323}";
    let letter = |c: char| {
        let (tone, base): (Vec<char>, Vec<char>) = std::iter::once(c).nfd().partition(|c| tones.contains(*c));
        base.into_iter().nfc().chain(tone).collect::<Vec<char>>()
    };
    let apart: String = text.nfc().flat_map(letter).collect();
    let (bytes, _, is_lossy) = WINDOWS_1258.encode(&apart);
    assert!(!is_lossy, "{apart}");
    bytes.into_owned()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn read(bytes: &[u8]) -> (Charset, String, Option<Doubt>) {
    let Decoded { text, charset, doubt } = decode(bytes);
    (charset, text, doubt)
}

#[test]
fn each_charset_is_read() {
    let is = |bytes: Vec<u8>, charset, text: &str| assert_eq!(read(&bytes), (charset, text.to_owned(), None));
    is(TEXT.into(), Charset::Utf8, TEXT);
    is(format!("\u{feff}{TEXT}").into(), Charset::Utf8, TEXT);
    is(TEXT.nfd().collect::<String>().into(), Charset::Utf8, TEXT);
    is(utf16(TEXT, u16::to_le_bytes), Charset::Utf16Le, TEXT);
    is(utf16(&format!("\u{feff}{TEXT}"), u16::to_be_bytes), Charset::Utf16Be, TEXT);
    is(utf16("code;name\r\n1;2", u16::to_be_bytes), Charset::Utf16Be, "code;name\r\n1;2");
    is(to_1258(TEXT), Charset::Windows1258, TEXT);
    is(latin(&to_tcvn3(SMALL)), Charset::Tcvn3, SMALL);
    is(latin(&to_vni(TEXT)), Charset::Vni, TEXT);
    is(to_vni(TEXT).into(), Charset::Vni, TEXT);
    is(to_tcvn3(SMALL).into(), Charset::Tcvn3, SMALL);
    is(vec![], Charset::Utf8, "");
}

#[test]
fn a_few_words_in_the_old_code_of_windows_are_enough() {
    let list = "code,name,kind\nX06,Trung tâm Điều hành Đô thị thông minh,department,TT ĐHTM\n";
    assert_eq!(read(&to_1258(list)), (Charset::Windows1258, list.to_owned(), None));
}

#[test]
fn text_that_was_encoded_twice_is_read() {
    let (twice, _) = WINDOWS_1252.decode_without_bom_handling("các sở, ban, ngành có dữ liệu".as_bytes());
    assert_eq!(decode(twice.as_bytes()).charset, Charset::Utf8Twice);
}

#[test]
fn what_is_not_sure_is_named() {
    let mixed = format!("{TEXT}\n{TEXT}\n{}", to_vni(TEXT));
    let old = Doubt::OldCode { charset: Charset::Vni, line: 3 };
    assert_eq!(read(mixed.as_bytes()), (Charset::Utf8, mixed.clone(), Some(old)));
    assert_eq!(decode(b"caf\xe9 cr\xe8me").doubt, Some(Doubt::Unsure));
    assert_eq!(decode(b"a\0b").doubt, Some(Doubt::Binary { at: 1 }));
    let mut cut = TEXT.as_bytes().to_vec();
    cut.remove(1);
    assert!(matches!(decode(&cut).doubt, Some(Doubt::Broken { at: 0 })));
}

#[test]
fn a_letter_that_only_looks_like_the_d_with_a_stroke_is_it() {
    let text = "\u{d0}ộc lập, \u{189}ơn vị, Q\u{d0}, c\u{f0}, \u{fe}a\u{f0}";
    assert_eq!(decode(text.as_bytes()).text, "Độc lập, Đơn vị, QĐ, c\u{f0}, \u{fe}a\u{f0}");
}

#[test]
fn signs_that_stand_in_no_word_are_seen_by_their_bytes() {
    for c in '\0'..=char::MAX {
        let told = is_suspicious(c) || ('\u{80}'..='\u{a0}').contains(&c);
        assert_eq!(may_be_suspicious(&format!("{c}{c}")), told, "{c:?}");
    }
}

#[test]
fn other_languages_stay_as_they_are() {
    for text in ["Über die Größe der Straße", "où l'élève naïf reçoit çà et là", "5 m² ± 1 °C, § 3 «Sở Y tế»", "日本語"]
    {
        assert_eq!(read(text.as_bytes()), (Charset::Utf8, text.to_owned(), None), "{text}");
    }
}

fn words() -> impl Strategy<Value = String> {
    // Five words beyond ASCII tell; three may be read in two ways by chance.
    proptest::collection::vec(syllable(), 12..40).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn vietnamese_comes_back_from_every_charset(text in words()) {
        let all = [text.clone().into_bytes(), utf16(&text, u16::to_le_bytes), utf16(&text, u16::to_be_bytes),
            to_1258(&text), latin(&to_tcvn3(&text)), latin(&to_vni(&text))];
        for bytes in all {
            prop_assert_eq!(&decode(&bytes).text, &text);
        }
    }

    #[test]
    fn vietnamese_in_utf8_is_never_changed(words in proptest::collection::vec(syllable(), 0..12), rest in "[ -~«»°·§²]{0,12}") {
        let text = format!("{} {rest} {}", words.join(" "), words.join("-").to_uppercase());
        prop_assert_eq!(decode(text.as_bytes()).text, text.nfc().collect::<String>());
    }

    #[test]
    fn any_bytes_are_text_or_named(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let decoded = decode(&bytes);
        prop_assert!(is_nfc(&decoded.text));
    }
}
