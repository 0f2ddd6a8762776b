//! The grammar of the Vietnamese syllable: onset, rhyme, tone. Small and exact, so a text in a wrong charset shows.

use unicode_normalization::UnicodeNormalization;

/// The longer before the shorter that it begins with.
const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rhymes without tones, with the glide u/o but without the u of qu.
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc \
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uênh uêch uêu ui um un ung uơ up ut \
    uôc uôi uôm uôn uông uôp uôt uy uya uych uyên uyêt uynh uyt uyn uyu uyp ư ưa ưc ưi ưn ưng ươc ươi ươm ươn ương \
    ươp ươt ươu ưt ưu ưm y yêm yên yêng yêt yêu";

/// Acute, grave, hook, tilde, dot: the tones as combining marks.
const TONES: [char; 5] = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'];

/// Whether a word, in any case and with the tone on any of its vowels, can be one syllable of Vietnamese.
pub fn is_syllable(word: &str) -> bool {
    let (marks, letters): (Vec<char>, Vec<char>) = word.nfd().partition(|c| TONES.contains(c));
    let plain: String = letters.into_iter().nfc().flat_map(char::to_lowercase).collect();
    marks.len() < 2 && ONSETS.iter().any(|onset| fits(&plain, onset, marks.first().copied()))
}

fn fits(plain: &str, onset: &str, tone: Option<char>) -> bool {
    let Some(rhyme) = plain.strip_prefix(onset) else { return false };
    let is_rhyme = RHYMES.split(' ').any(|known| known == rhyme);
    is_rhyme && agrees(onset, rhyme) && may_sound(rhyme, tone)
}

/// Before i, e, ê, y stands k, gh, ngh; before other vowels c, g, ng.
fn agrees(onset: &str, rhyme: &str) -> bool {
    let is_front = rhyme.starts_with(['i', 'e', 'ê', 'y']);
    match onset {
        "ngh" | "gh" => is_front,
        "c" | "ng" => !is_front,
        // "gì" and "gìn" are g and a rhyme of i.
        "g" => !is_front || rhyme.starts_with('i'),
        "qu" => !rhyme.starts_with(['u', 'ư']),
        _ => true,
    }
}

/// What ends in a stop has the acute or the dot; of loanwords ("cac-bon") the level tone is let pass.
fn may_sound(rhyme: &str, tone: Option<char>) -> bool {
    let is_stopped = ["c", "ch", "p", "t"].iter().any(|stop| rhyme.ends_with(stop));
    !is_stopped || tone.is_none_or(|tone| matches!(tone, '\u{301}' | '\u{323}'))
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Some syllable of Vietnamese with its tone, in lower case, NFC.
    pub(crate) fn syllable() -> impl Strategy<Value = String> {
        let rhymes: Vec<&str> = RHYMES.split_whitespace().collect();
        let all = (proptest::sample::select(ONSETS.to_vec()), proptest::sample::select(rhymes), 0..6_usize);
        all.prop_filter_map("no syllable", |(onset, rhyme, tone)| {
            let mark = TONES.get(tone).copied();
            (agrees(onset, rhyme) && may_sound(rhyme, mark)).then(|| format!("{onset}{}", toned(rhyme, mark)))
        })
    }

    /// The tone on the last vowel but one where a rhyme has several, as most write it.
    fn toned(rhyme: &str, mark: Option<char>) -> String {
        let vowels = rhyme.chars().take_while(|c| !"cghmnpt".contains(*c)).count();
        let at = vowels.saturating_sub(if vowels == rhyme.chars().count() && vowels > 1 { 2 } else { 1 });
        let add = |(n, c): (usize, char)| std::iter::once(c).chain(mark.filter(|_| n == at));
        rhyme.chars().enumerate().flat_map(add).nfc().collect()
    }

    #[test]
    fn words_of_offices_are_syllables() {
        let text = "Sở Khoa học và Công nghệ chủ trì phối hợp Ủy ban nhân dân các xã phường đặc khu nghiêm túc quyết \
            liệt gìn giữ quốc gia khuyến khích hoà hòa thuỷ thủy quý huỳnh nguyễn ngoằn khuya yêu xoong gì giếng";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn what_a_wrong_charset_makes_is_none() {
        for word in ["Së", "häc", "nghÖ", "ñaàu", "ngẹ", "các̣", "hõc", "zen", "ngi", "b", "café", ""] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn each_made_syllable_is_one(word in syllable()) {
            prop_assert!(is_syllable(&word), "{}", word);
            prop_assert!(is_syllable(&word.to_uppercase()));
            prop_assert!(is_syllable(&word.nfd().collect::<String>()));
        }

        #[test]
        fn any_word_may_be_asked(word in "\\PC{0,20}") {
            let _ = is_syllable(&word);
        }
    }
}
