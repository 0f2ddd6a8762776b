//! How a value is shown: as a share, as a fraction, or why it is none.

use kernel::Lang;
use minijinja::{Value, context};
use serde::Serialize;
use webkit::Req;

use crate::model::figures::{Definition, percent};

/// Why a value is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Known,
    /// What would say it does not stand here yet.
    Waits,
    /// There is nothing to count.
    Nothing,
}

pub fn standing(of: &Definition, denominator: i64) -> Standing {
    match (of.is_waiting, denominator) {
        (true, _) => Standing::Waits,
        (false, 0) => Standing::Nothing,
        (false, _) => Standing::Known,
    }
}

/// The value as templates show it; `bar` is its share of a hundred for pictures.
pub fn shown(of: &Definition, (numerator, denominator): (i64, i64), lang: Lang) -> Value {
    let standing = standing(of, denominator);
    let percent = percent(numerator, denominator, lang).filter(|_| standing == Standing::Known);
    context! { percent, numerator, denominator, standing => webkit::view(standing) }
}

/// A share of one, for a picture.
pub fn bar((numerator, denominator): (i64, i64)) -> f64 {
    let hundredths = kernel::share(numerator, denominator, 2).and_then(|share| i32::try_from(share).ok()).unwrap_or(0);
    f64::from(hundredths) / 10_000.0
}

pub fn words(req: &Req, key: &str) -> String {
    req.app.locales().text(req.ctx.lang, key, &[])
}
