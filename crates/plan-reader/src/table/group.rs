//! Titles over rows: "I | THÁNG 4/2026" says when, "II | Sở Nội vụ" who, for the rows below.

use super::label;
use crate::{TimeKind, time, who};

/// How rows are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    Letters,
    /// `1.2` has two.
    Digits(usize),
}

pub fn style(number: &str) -> Style {
    let parts = label(number).split('.').filter(|part| !part.is_empty()).count();
    if number.starts_with(|c: char| c.is_ascii_digit()) { Style::Digits(parts) } else { Style::Letters }
}

/// What stands above a row.
#[derive(Debug, Clone, Default)]
pub struct Group {
    pub label: Option<String>,
    style: Option<Style>,
    pub time: String,
    pub lead: String,
}

impl Group {
    /// What stands above the rows below this title. A title of a lower level keeps what the one above it says.
    pub fn titled(&self, number: Option<(&str, Style)>, title: &str) -> Self {
        let is_below = number.is_none_or(|(_, style)| self.style.is_some_and(|above| above < style));
        let (own_time, own_lead) = (times(title), body(title));
        let kept = |own: String, above: &String| if own.is_empty() && is_below { above.clone() } else { own };
        Self {
            label: number.map(|(number, _)| label(number)).or_else(|| self.label.clone()),
            style: number.map(|(_, style)| style).or(self.style),
            time: kept(own_time, &self.time),
            lead: kept(own_lead, &self.lead),
        }
    }
}

/// A title that says nothing but when.
fn times(title: &str) -> String {
    const MOST_WORDS: usize = 5;
    let title = title.trim_matches([' ', '.', ':', ';', '-']);
    let is_short = title.split_whitespace().count() <= MOST_WORDS;
    let is_dated = || matches!(time::parse(&title.to_lowercase()).kind, Some(TimeKind::Month));
    if is_short && is_dated() { title.to_owned() } else { String::new() }
}

/// A title that says nothing but who.
fn body(title: &str) -> String {
    let title = title.trim_matches([' ', '.', ':', ';']);
    let is_whole = who::at(title).is_some_and(|who| who.end == title.len());
    if is_whole { title.to_owned() } else { String::new() }
}
