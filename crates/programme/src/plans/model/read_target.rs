//! One target as read and reviewed.

use plan_reader::Comparator;
use serde::{Deserialize, Serialize};

use crate::plans::model::row::{Named, units};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadTarget {
    pub text: String,
    /// Thousandths of the unit.
    pub value_milli: i64,
    pub unit: String,
    pub comparator: Comparator,
    pub from: Option<i16>,
    pub to: Option<i16>,
    pub stretch_milli: Option<i64>,
    pub owners: Vec<Named>,
    pub implementers: Vec<Named>,
    /// Position of the target that states the same in another part of the document.
    pub twin: Option<i64>,
    /// The indicator that it is a milestone of.
    pub indicator: Option<String>,
    /// A person still has to say which indicator it is.
    pub indicator_open: bool,
    /// Bytes of the document's text that it was read from.
    pub start: usize,
    pub end: usize,
}

impl ReadTarget {
    /// What it asks of whom.
    pub fn says(&self) -> (&str, i64, &str, Option<i16>, &[Named], &[Named]) {
        (&self.text, self.value_milli, &self.unit, self.to, &self.owners, &self.implementers)
    }

    /// Whether some body is known that would give its values.
    pub fn is_reported(&self) -> bool {
        !units(&self.implementers).is_empty() || !units(&self.owners).is_empty()
    }

    /// Whether this one counts where another part of the document states the same: the one that names its owner does,
    /// else the first.
    pub fn counts_beside(&self, position: i64, twin: Option<(i64, &Self)>) -> bool {
        twin.is_none_or(|(other, twin)| {
            let (mine, theirs) = (!self.owners.is_empty(), !twin.owners.is_empty());
            if mine == theirs { position < other } else { mine }
        })
    }
}

/// A figure in thousandths; what is too large stays at the end of the scale.
pub fn milli(value: f64) -> i64 {
    let scaled = (value * 1000.0).round();
    // Exact below 2^53; no plan states more.
    #[expect(clippy::cast_possible_truncation, reason = "bounded before")]
    let whole = scaled.clamp(-9.0e15, 9.0e15) as i64;
    whole
}

/// A written figure ("95", "1.234,5") in thousandths.
pub fn parse(text: &str) -> Option<i64> {
    let plain = text.trim().trim_end_matches('%').trim().replace('.', "").replace(',', ".");
    plain.parse::<f64>().ok().filter(|value| value.is_finite() && value.abs() < 1.0e12).map(milli)
}

/// A figure as people write it here: `1.234,5`.
pub fn written(milli: i64) -> String {
    let (whole, rest) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if milli < 0 { "-" } else { "" };
    let fraction = format!("{rest:03}");
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped},{fraction}") }
}

/// The sign as it is stored and shown.
pub fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "=",
        Comparator::AtLeast => "≥",
        Comparator::Above => ">",
        Comparator::AtMost => "≤",
        Comparator::Below => "<",
    }
}

webkit::codes! {
    /// How a value is compared with the figure.
    Sign = [Comparator::Equal, Comparator::AtLeast, Comparator::Above, Comparator::AtMost, Comparator::Below].map(sign);
}

pub fn sign_parse(text: &str) -> Comparator {
    match text {
        "≥" | ">=" => Comparator::AtLeast,
        ">" => Comparator::Above,
        "≤" | "<=" => Comparator::AtMost,
        "<" => Comparator::Below,
        _ => Comparator::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_they_are_read() {
        for (text, value) in [("95", 95_000), ("1.234,5", 1_234_500), ("0,25", 250), ("-3", -3_000)] {
            assert_eq!(parse(text), Some(value));
            assert_eq!(written(value), text);
        }
        assert_eq!(parse("70 %"), Some(70_000));
        assert_eq!(parse("nhiều"), None);
        assert_eq!(milli(99.5), 99_500);
    }
}
