//! How a value is shown: as a share, as a fraction, or why it is none.

use jiff::{civil::Date, tz::TimeZone};
use kernel::Lang;
use minijinja::{Value, context};
use serde::Serialize;
use webkit::Req;

use crate::model::figures::{Definition, Rows, percent};

/// Why a value is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Known,
    /// What would say it does not stand here yet.
    Waits,
    /// There is nothing to count.
    Nothing,
    /// No list of what is counted is approved.
    Unlisted,
}

/// Of a value, or of none at all.
pub fn standing(of: &Definition, value: Option<(i64, i64)>) -> Standing {
    match (of.is_waiting, value) {
        (true, _) => Standing::Waits,
        (false, None) if of.rows == Rows::Enterprises => Standing::Unlisted,
        (false, None | Some((_, 0))) => Standing::Nothing,
        (false, Some(_)) => Standing::Known,
    }
}

/// The key of the words that stand for a value that is no number.
pub fn none_words(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Known => None,
        Standing::Waits => Some("figure-waits"),
        Standing::Nothing => Some("figure-nothing"),
        Standing::Unlisted => Some("figure-unlisted"),
    }
}

/// The end of a day: who acted on it had the post of that day.
pub fn end_of(on: Date) -> i64 {
    let end = on.at(23, 59, 59, 0).to_zoned(TimeZone::fixed(jiff::tz::offset(7)));
    end.map_or(0, |end| end.timestamp().as_microsecond())
}

/// Words in a picture that is written as text.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The value as templates show it; `bar` is its share of a hundred for pictures.
pub fn shown(of: &Definition, value: Option<(i64, i64)>, lang: Lang) -> Value {
    let (standing, (numerator, denominator)) = (standing(of, value), value.unwrap_or_default());
    let percent = percent(numerator, denominator, lang).filter(|_| standing == Standing::Known);
    context! { percent, numerator, denominator, standing => webkit::view(standing), instead => none_words(standing) }
}

/// A share of one, for a picture.
pub fn bar((numerator, denominator): (i64, i64)) -> f64 {
    let hundredths = kernel::share(numerator, denominator, 2).and_then(|share| i32::try_from(share).ok()).unwrap_or(0);
    f64::from(hundredths) / 10_000.0
}

pub fn words(req: &Req, key: &str) -> String {
    req.app.locales().text(req.ctx.lang, key, &[])
}
