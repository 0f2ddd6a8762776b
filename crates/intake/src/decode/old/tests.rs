use proptest::prelude::*;

use super::*;
use crate::syllable::tests::syllable;

/// What a writer of the year 2000 would have stored; small letters only for TCVN3.
pub(crate) fn to_tcvn3(text: &str) -> String {
    let code = |c: char| {
        let of = |(first, letters): &(u32, &str)| {
            letters
                .chars()
                .position(|letter| letter == c)
                .and_then(|at| char::from_u32(first + u32::try_from(at).ok()?))
        };
        if c.is_ascii() { c } else { TCVN3.iter().find_map(of).unwrap_or(c) }
    };
    text.nfc().map(code).collect()
}

pub(crate) fn to_vni(text: &str) -> String {
    text.nfc().flat_map(vni_of).collect()
}

fn vni_of(c: char) -> Vec<char> {
    let is_capital = c.is_uppercase();
    let cased = |sign: char| if is_capital { sign.to_uppercase().next().unwrap() } else { sign };
    if let Some((code, _)) = VNI_LETTERS.iter().find(|(_, letter)| *letter == small(c)) {
        return vec![cased(*code)];
    }
    let marks = "\u{301}\u{300}\u{309}\u{303}\u{323}";
    let parts: Vec<char> = std::iter::once(c).nfd().collect();
    // The horn is in the letter: ờ is ô and a grave.
    let (horned, rest): (Vec<char>, Vec<char>) = parts.iter().partition(|c| **c == '\u{31b}');
    let base = match (small(parts[0]), horned.is_empty()) {
        ('o', false) => cased('ô'),
        ('u', false) => cased('ö'),
        _ => parts[0],
    };
    let mut signs: Vec<char> = rest[1..].to_vec();
    signs.sort_by_key(|mark| marks.contains(*mark));
    let signs: String = signs.into_iter().collect();
    let sign = VNI_SIGNS.iter().find(|(_, on, marks)| *marks == signs && on.contains(small(base)));
    std::iter::once(base).chain(sign.map(|(sign, ..)| cased(*sign))).collect()
}

#[test]
fn fonts_are_known_by_their_names() {
    assert_eq!(OldFont::of(".VnTime"), Some(OldFont::Tcvn3));
    assert_eq!(OldFont::of(".VnTimeH"), Some(OldFont::Tcvn3Capitals));
    assert_eq!(OldFont::of("VNI-Times"), Some(OldFont::Vni));
    assert_eq!([OldFont::of("Times New Roman"), OldFont::of("Vnizzz"), OldFont::of("")], [None; 3]);
}

#[test]
fn what_old_fonts_drew_is_read() {
    assert_eq!(tcvn3("Uû ban nh©n d©n tØnh; §iÒu 5"), "Uỷ ban nhân dân tỉnh; Điều 5");
    assert_eq!(tcvn3("KÕ HO¹CH\nKÕ ho¹ch n¨m, ch\u{ad}¬ng tr×nh"), "KẾ HOẠCH\nKế hoạch năm, chương trình");
    assert_eq!(OldFont::Tcvn3Capitals.convert("KÕ ho¹ch"), "KẾ HOẠCH");
    assert_eq!(vni("Uûy ban nhaân daân tænh Maãu, Ñieàu 5"), "Ủy ban nhân dân tỉnh Mẫu, Điều 5");
    assert_eq!(vni("KEÁ HOAÏCH ñöôïc pheâ duyeät; lónh vöïc ñaëc bieät"), "KẾ HOẠCH được phê duyệt; lĩnh vực đặc biệt");
}

proptest! {
    #[test]
    fn a_syllable_comes_back_from_tcvn3(word in syllable()) {
        prop_assert_eq!(tcvn3(&to_tcvn3(&word)), word);
    }

    #[test]
    fn a_syllable_comes_back_from_vni_in_any_case(word in syllable()) {
        prop_assert_eq!(vni(&to_vni(&word)), word.clone());
        prop_assert_eq!(vni(&to_vni(&word.to_uppercase())), word.to_uppercase());
    }

    #[test]
    fn any_text_may_be_converted(text in "\\PC{0,60}") {
        for font in [OldFont::Tcvn3, OldFont::Tcvn3Capitals, OldFont::Vni] {
            let _ = font.convert(&text);
        }
    }
}
