//! As much of a point of time as is written.

use super::model::Part;

/// What is written of a point. Of a range or a list the last often carries what the others leave out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Point {
    pub day: Option<u8>,
    pub month: Option<u8>,
    pub quarter: Option<u8>,
    pub half: Option<u8>,
    /// "9 tháng đầu năm": the first and the last of these months.
    pub months: Option<(u8, u8)>,
    pub year: Option<i16>,
    pub part: Option<Part>,
    pub has_short_year: bool,
    /// Written without a word that says what it is: 30/6, 2026, 5.
    pub is_weak: bool,
    /// A bare number, of which only its neighbour can say what it is.
    pub loose: Option<u8>,
}

/// What a bare number is, after one of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    None,
    Day,
    Month,
    Quarter,
    Year,
}

impl Point {
    pub fn hint(&self) -> Hint {
        match self {
            Self { day: Some(_), .. } => Hint::Day,
            Self { month: Some(_), .. } => Hint::Month,
            Self { quarter: Some(_), .. } => Hint::Quarter,
            Self { half: Some(_), .. } | Self { months: Some(_), .. } => Hint::None,
            Self { year: Some(_), .. } => Hint::Year,
            _ => Hint::None,
        }
    }
}
