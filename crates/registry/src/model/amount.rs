//! Numbers as offices write them: with points for thousands, in millions or milliards, as text.

use db::{DbError, QueryResult, Value};
use kernel::{ColumnType, Problem, text::fold};
use serde::{Serialize, Serializer};
use webkit::{FieldKind, Filled, Reading};

/// A whole number that is never less than nothing: đồng, or people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(i64);

/// A thousand billion of million: more is a slip of the hand.
const MOST: i64 = 1_000_000_000_000_000;

/// What stands behind a number, and how many it means.
const UNITS: [(&str, i64); 9] = [
    ("ty dong", 1_000_000_000),
    ("trieu dong", 1_000_000),
    ("nghin dong", 1_000),
    ("ty", 1_000_000_000),
    ("trieu", 1_000_000),
    ("nghin", 1_000),
    ("dong", 1),
    ("vnd", 1),
    ("d", 1),
];

/// Units that stand in the head of a column, as they are folded and as they are written.
const OF_COLUMNS: [(&str, &str); 3] =
    [("ty dong", "tỷ đồng"), ("trieu dong", "triệu đồng"), ("nghin dong", "nghìn đồng")];

/// What a sheet may state above its heads beside those.
const OF_SHEETS: [(&str, &str); 4] = [
    ("ngan dong", "nghìn đồng"),
    ("1 000 dong", "nghìn đồng"),
    ("1000 dong", "nghìn đồng"),
    ("1 000 000 dong", "triệu đồng"),
];

/// What stands before a unit that is stated for all of a sheet.
const STATED: [&str; 3] = [" don vi tinh ", " dvt ", " don vi "];

impl Amount {
    pub const fn new(number: i64) -> Option<Self> {
        if number >= 0 && number <= MOST { Some(Self(number)) } else { None }
    }

    pub const fn get(self) -> i64 {
        self.0
    }

    /// The unit that a column's head gives its bare numbers: "Kinh phí (triệu đồng)".
    pub fn unit_of(head: &str) -> Option<&'static str> {
        let words = format!(" {} ", fold(head));
        OF_COLUMNS.iter().find(|(folded, _)| words.contains(&format!(" {folded} "))).map(|(_, unit)| *unit)
    }

    /// Whether a column's head names any unit; a contract ("hợp đồng") is none.
    pub fn names_unit(head: &str) -> bool {
        let folded = fold(head);
        let words: Vec<&str> = folded.split(' ').collect();
        let is_unit = |(at, word): (usize, &&str)| match *word {
            "vnd" => true,
            "dong" => at == 0 || words.get(at - 1) != Some(&"hop"),
            _ => false,
        };
        words.iter().enumerate().any(is_unit)
    }

    /// The unit that a row above the heads states for all the sums of a sheet: "ĐVT: triệu đồng", "(nghìn đồng)".
    pub fn unit_stated(row: &str) -> Option<&'static str> {
        row.split(['(', ')', '·', ';']).find_map(|part| {
            let folded = format!(" {} ", fold(part));
            let stated = STATED.iter().find_map(|words| folded.split_once(*words)).map(|(_, rest)| rest.trim());
            let is_unit = |name: &str| match stated {
                Some(rest) => format!("{rest} ").starts_with(&format!("{name} ")),
                None => folded.trim() == name,
            };
            OF_COLUMNS.iter().chain(&OF_SHEETS).find(|(name, _)| is_unit(name)).map(|(_, unit)| *unit)
        })
    }

    /// What people mean by it: "1.200.000", "1,2 tỷ", "350 triệu đồng", "1200000.00".
    ///
    /// # Errors
    /// In words: it is below nothing, or no number.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let folded = fold(text);
        let folded = folded.trim();
        let written = text.trim();
        if written.starts_with(['-', '−', '–']) || (written.starts_with('(') && written.ends_with(')')) {
            return Err(Problem::bad_input("amount-negative").with("text", text));
        }
        let bad = || Problem::bad_input("amount-unreadable").with("text", text);
        let lower = written.to_lowercase();
        let end = lower.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ' ' | '\u{a0}'));
        let (digits, _) = lower.split_at(end.unwrap_or(lower.len()));
        let unit =
            folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || c.is_whitespace());
        let times = match unit {
            "" => 1,
            unit => UNITS.iter().find(|(name, _)| *name == unit).map(|(_, times)| *times).ok_or_else(bad)?,
        };
        scaled(digits, times).and_then(Self::new).ok_or_else(bad)
    }
}

/// Digits with separators as a whole number of `times`: groups of three are thousands, another last group a fraction. So is
/// one of three behind a zero, behind more than three digits, behind another sign than the groups before it, or behind the
/// only comma where a unit says of what it is a part.
fn scaled(digits: &str, times: i64) -> Option<i64> {
    let plain: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = plain.split(['.', ',']).collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 15) {
        return None;
    }
    let (last, head) = parts.split_last()?;
    let grouped = head.iter().skip(1).all(|part| part.len() == 3) && head.first().is_none_or(|first| first.len() <= 3);
    let mut signs = plain.chars().filter(|c| matches!(c, '.' | ','));
    let (first_sign, last_sign) = (signs.next(), signs.next_back());
    // "1.200" and "1,200" are twelve hundred, and so many milliards "1.200 tỷ"; "1,200 tỷ" and "0.125 tỷ" have a fraction.
    let is_fraction = match head {
        [] => false,
        [first] => {
            let is_part = first.starts_with('0') || first.len() > 3 || (times > 1 && first_sign == Some(','));
            last.len() != 3 || is_part
        }
        _ => last.len() != 3 || last_sign != first_sign,
    };
    let is_plain = head.is_empty() || grouped || (head.len() == 1 && is_fraction);
    if !is_plain {
        return None;
    }
    let whole: i64 = if is_fraction { head.concat() } else { parts.concat() }.parse().ok()?;
    let whole = whole.checked_mul(times)?;
    if !is_fraction {
        return Some(whole);
    }
    let part: i64 = last.parse().ok()?;
    let of = 10_i64.checked_pow(u32::try_from(last.len()).ok()?)?;
    whole.checked_add(i64::try_from(i128::from(part) * i128::from(times) / i128::from(of)).ok()?)
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl db::Column for Amount {
    const FACT: ColumnType = ColumnType::Integer;

    fn value(&self) -> Value {
        self.0.into()
    }

    fn null() -> Value {
        None::<i64>.into()
    }

    fn read(row: &QueryResult, column: &str) -> Result<Option<Self>, DbError> {
        Ok(<i64 as db::Column>::read(row, column)?.map(Self))
    }
}

impl Filled for Amount {
    // Read as it was typed: a long number is not taken for somebody's.
    const KIND: FieldKind = FieldKind::Identifier(40);

    fn blank() -> Self {
        Self(0)
    }

    fn text(&self) -> String {
        self.0.to_string()
    }

    fn read(reading: &mut Reading<'_>, field: &'static str) -> Option<Self> {
        let text = reading.some_text(field)?;
        Self::read(&text).map_err(|problem| reading.refuse(field, problem)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        let cases = [
            ("1200000", 1_200_000),
            ("1.200.000", 1_200_000),
            ("1,200,000", 1_200_000),
            ("1 200 000 đ", 1_200_000),
            ("1.200.000,5 đồng", 1_200_000),
            ("1,2 tỷ", 1_200_000_000),
            ("1.5 Tỷ đồng", 1_500_000_000),
            ("350 triệu", 350_000_000),
            ("1200000.00", 1_200_000),
            ("1.200", 1_200),
            ("0", 0),
            ("0,125 tỷ", 125_000_000),
            ("0.125 tỷ đồng", 125_000_000),
            ("1,250 tỷ", 1_250_000_000),
            ("1.250 tỷ", 1_250_000_000_000),
            ("1.250,750 triệu", 1_250_750_000),
            ("1200,125", 1_200),
            ("1,250", 1_250),
        ];
        for (text, number) in cases {
            assert_eq!(Amount::read(text).map(Amount::get).map_err(|problem| problem.code), Ok(number), "{text}");
        }
    }

    #[test]
    fn a_sheet_states_the_unit_of_its_sums_above_the_heads() {
        for (row, unit) in [
            ("ĐVT: triệu đồng", Some("triệu đồng")),
            ("Đơn vị tính: Triệu đồng", Some("triệu đồng")),
            ("Biểu số 2 · (Đơn vị tính: nghìn đồng)", Some("nghìn đồng")),
            ("DANH MỤC HỆ THỐNG (triệu đồng)", Some("triệu đồng")),
            ("ĐVT: 1.000 đồng", Some("nghìn đồng")),
            ("Đơn vị: 1.000.000 đồng", Some("triệu đồng")),
            ("Đơn vị: Sở Tài chính", None),
            ("ĐVT: đồng", None),
            ("Các hệ thống trên 500 triệu đồng mỗi năm", None),
            ("DANH MỤC HỆ THỐNG", None),
        ] {
            assert_eq!(Amount::unit_stated(row), unit, "{row}");
        }
        for (head, is_named) in
            [("Kinh phí (đồng)", true), ("Kinh phí VND", true), ("Giá trị hợp đồng", false), ("Kinh phí", false)]
        {
            assert_eq!(Amount::names_unit(head), is_named, "{head}");
        }
    }

    #[test]
    fn what_is_below_nothing_or_no_number_is_refused_in_words() {
        for text in ["-5", "−1.200", "(300)", "–2 tỷ"] {
            assert_eq!(Amount::read(text).map_err(|problem| problem.code), Err("amount-negative"), "{text}");
        }
        for text in ["nhiều", "1.2.3.4", "12 quả", "1..2", "99999999999999999999", "5000000 tỷ", ""] {
            assert_eq!(Amount::read(text).map_err(|problem| problem.code), Err("amount-unreadable"), "{text}");
        }
    }
}
