//! Letters of Vietnamese texts at once, where the tables of Unicode are searched for each of them.

/// As [`char::is_alphabetic`].
pub fn is_alphabetic(letter: char) -> bool {
    match letter {
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ư' | '\u{1e00}'..='\u{1eff}' => true,
        other => other.is_alphabetic(),
    }
}

/// As [`char::is_alphanumeric`].
pub fn is_alphanumeric(letter: char) -> bool {
    is_alphabetic(letter) || letter.is_numeric()
}

/// The small letter of one that has exactly one, and is written in Vietnamese.
pub fn small(letter: char) -> Option<char> {
    let code = u32::from(letter);
    match letter {
        '\0'..='\u{7f}' => Some(letter.to_ascii_lowercase()),
        'ß'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => Some(letter),
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(code + 0x20),
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => char::from_u32(code + 1),
        'Ạ'..='\u{1eff}' => char::from_u32(code | 1),
        _ => None,
    }
}

/// As [`char::is_uppercase`].
pub fn is_uppercase(letter: char) -> bool {
    small(letter).map_or_else(|| letter.is_uppercase(), |small| small != letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_unicode_says() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(letter), letter.is_alphabetic(), "{letter:?}");
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
            assert_eq!(is_uppercase(letter), letter.is_uppercase(), "{letter:?}");
            assert!(small(letter).is_none_or(|small| letter.to_lowercase().eq([small])), "{letter:?}");
        }
    }
}
