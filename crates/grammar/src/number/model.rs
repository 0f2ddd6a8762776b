//! What a text can say by a figure.

use std::ops::Range;

use serde::Serialize;

use crate::time::Time;

/// A figure that a text states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Bytes of the text, from its comparator to its unit or "trở lên".
    pub span: Range<usize>,
    pub value: Value,
    /// None where no word says how the value is meant.
    pub comparator: Option<Comparator>,
    pub unit: Option<Unit>,
    /// "phấn đấu": striven for beyond what binds.
    pub stretch: bool,
    /// Where it comes from: the 60 of "tăng từ 60% lên 80%".
    pub base: Option<f64>,
    /// The time it is for, where its sentence says one: "60 % năm 2026, 80 % năm 2028".
    pub at: Option<Time>,
    pub doubt: Option<Doubt>,
}

/// Values are as written: 1,5 of "1,5 triệu" ([`Unit::scale`] says the million).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    One(f64),
    Range {
        from: f64,
        to: f64,
    },
    /// "02/03 xã"
    Of {
        part: f64,
        whole: f64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    AtLeast,
    Above,
    AtMost,
    Below,
    About,
    /// "đạt", "bằng", "là"
    Equal,
}

/// What is counted or measured, in the words of the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    /// "%", "ha", "tỷ đồng", "triệu lượt khách", "cấp độ", "giường bệnh/10.000 dân"
    pub text: String,
    /// 1,000,000,000 of "tỷ đồng"; 1 where no word multiplies.
    pub scale: f64,
    /// Written before the value: "cấp độ 3".
    pub is_before: bool,
    /// The words are known as a unit; else they are the first of a name that may go on.
    pub is_known: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// 2.5: a point where a comma is meant, if not a number of a section.
    Point,
    /// 1,250: a comma before three digits, which others write for a thousand.
    Comma,
    /// 2,000,000 or 1,250.75: written as in English.
    English,
    /// It ends below where it begins.
    Reversed,
    /// A cell says another unit than its column.
    OtherUnit,
}

impl Figure {
    /// Its value in single units: 1,500,000 of "1,5 triệu"; of a range its lower end, of a part the part.
    pub fn plain(&self) -> f64 {
        let value = match self.value {
            Value::One(value) | Value::Range { from: value, .. } | Value::Of { part: value, .. } => value,
        };
        value * self.unit.as_ref().map_or(1.0, |unit| unit.scale)
    }

    /// The words of its unit; empty where none are written.
    pub fn unit_text(&self) -> &str {
        self.unit.as_ref().map_or("", |unit| &unit.text)
    }
}
