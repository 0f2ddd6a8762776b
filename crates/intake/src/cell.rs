//! What a cell of a foreign sheet holds, as a reader of workbooks knows it before anything is made of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::figure::{Figure, figure, percent_of};

/// Why a cell holds nothing that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Broken {
    /// A formula whose result the file does not hold.
    NoResult,
    /// `#REF!`, `#DIV/0!`, `#N/A` and others.
    Fault,
}

/// It goes through a pipe from who read the file: the names are short there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Cell {
    #[default]
    #[serde(rename = "")]
    Empty,
    #[serde(rename = "t")]
    Text(String),
    /// As it is stored: 0.855 and `is_percent` is shown as 85,5 %.
    #[serde(rename = "n")]
    Number {
        #[serde(rename = "v")]
        value: f64,
        #[serde(rename = "p")]
        is_percent: bool,
    },
    #[serde(rename = "d")]
    Date(Date),
    #[serde(rename = "e")]
    Error(Broken),
}

impl Cell {
    /// Text in NFC without blanks around; of blanks alone nothing is left.
    pub fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text if is_nfc(text) => Self::Text(text.to_owned()),
            text => Self::Text(text.nfc().collect()),
        }
    }

    /// What is no number (it comes of a damaged file) is broken.
    pub fn number(value: f64, is_percent: bool) -> Self {
        if value.is_finite() { Self::Number { value, is_percent } } else { Self::Error(Broken::Fault) }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// The figure it shows: 85.5 per cent of 0.855 with a percent format, and of the text `85,5 %`.
    pub fn figure(&self) -> Option<Figure> {
        match self {
            Self::Number { value, is_percent: true } => Some(Figure { value: percent_of(*value), is_percent: true }),
            Self::Number { value, is_percent: false } => Some(Figure { value: *value, is_percent: false }),
            Self::Text(text) => figure(text),
            Self::Empty | Self::Date(_) | Self::Error(_) => None,
        }
    }

    /// As a Vietnamese reader types it; nothing of what is broken.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::Error(_) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Date(day) => day.strftime("%d/%m/%Y").to_string(),
            Self::Number { value, is_percent: true } => format!("{}%", percent_of(*value)).replace('.', ","),
            Self::Number { value, .. } => value.to_string().replace('.', ","),
        }
    }

    pub(crate) fn words(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_percent_is_what_it_shows() {
        let shown = |value, is_percent| Cell::Number { value, is_percent }.figure().map(|figure| figure.value);
        assert_eq!([shown(0.855, true), shown(1.0, true), shown(0.07, true)], [Some(85.5), Some(100.0), Some(7.0)]);
        assert_eq!(shown(1.0, false), Some(1.0));
        assert_eq!(Cell::text("85,5 %").figure(), Some(Figure { value: 85.5, is_percent: true }));
        assert_eq!(Cell::text(" 1 ").figure(), Some(Figure { value: 1.0, is_percent: false }));
        assert_eq!(Cell::Error(Broken::NoResult).figure(), None);
    }

    #[test]
    fn cells_are_shown_as_they_are_typed_here() {
        assert_eq!(Cell::Number { value: 12.5, is_percent: false }.shown(), "12,5");
        assert_eq!(Cell::Number { value: 0.855, is_percent: true }.shown(), "85,5%");
        assert_eq!(Cell::Date(date(2026, 6, 3)).shown(), "03/06/2026");
        assert_eq!(Cell::text(" \n"), Cell::Empty);
        assert_eq!(Cell::text("Tỉnh Mẫu".nfd().collect::<String>().as_str()), Cell::Text("Tỉnh Mẫu".into()));
        assert_eq!(Cell::number(f64::NAN, false), Cell::Error(Broken::Fault));
    }
}
