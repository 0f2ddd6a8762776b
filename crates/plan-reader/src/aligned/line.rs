//! A line as words at their places, counted in letters.

/// A word and where it stands.
#[derive(Debug, Clone)]
pub struct Word {
    pub x0: f64,
    pub x1: f64,
    pub text: String,
}

/// The words of a line from left to right; none on a blank one.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub words: Vec<Word>,
}

impl Line {
    /// The first word of each piece; pieces are parted by gaps at least this wide.
    pub fn pieces(&self, wide: f64) -> Vec<usize> {
        (0..self.words.len()).filter(|at| self.gap(*at) >= wide).collect()
    }

    /// The room before a word.
    pub fn gap(&self, at: usize) -> f64 {
        match at.checked_sub(1).and_then(|before| self.words.get(before)) {
            Some(before) => self.words.get(at).map_or(0.0, |word| word.x0 - before.x1),
            None => f64::MAX,
        }
    }

    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }
}

/// "Năm", "Quý": a figure follows in the same cell.
pub fn is_before_figure(word: &str) -> bool {
    ["Năm", "Quý", "Tháng", "Ngày"].contains(&word)
}

/// "1", "II.", "(3)", "a)", "2.1".
pub fn is_label(text: &str) -> bool {
    let bare = text.trim_start_matches('(').trim_end_matches(['.', ')', ',']);
    let roman = bare.chars().all(|c| "IVXLC".contains(c));
    let number = bare.len() <= 8 && bare.split('.').all(|part| part.len() <= 3 && part.parse::<u16>().is_ok());
    let mixed = bare.split_once('.').is_some_and(|(group, rest)| {
        !group.is_empty()
            && group.chars().all(|c| "IVXLC".contains(c))
            && rest.split('.').all(|part| part.parse::<u8>().is_ok())
    });
    let letter = bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic);
    !bare.is_empty() && (number || roman || mixed || letter)
}
