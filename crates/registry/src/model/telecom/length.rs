//! Kilometres as offices write them: "12,5", "1.250 km". Kept in metres.

use db::{DbError, QueryResult, Value};
use kernel::{ColumnType, Problem};
use serde::{Serialize, Serializer};
use webkit::{FieldKind, Filled, Reading};

use crate::model::Amount;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length(i64);

impl Length {
    pub const fn of_metres(metres: i64) -> Self {
        Self(metres)
    }

    pub const fn metres(self) -> i64 {
        self.0
    }

    /// What people mean by it.
    ///
    /// # Errors
    /// In words: it is below nothing, or no number.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let number = text.trim().to_lowercase();
        let number = number.strip_suffix("km").unwrap_or(&number).trim_end();
        // So many thousands of metres; a number with a unit of its own is none.
        let metres = Amount::read(&format!("{number} nghìn"));
        let said = |problem: Problem| Problem::bad_input(problem.code).with("text", text.trim());
        metres.map(|metres| Self(metres.get())).map_err(said)
    }

    /// In kilometres, as [`Self::read`] understands it. Never with a point: "1.234" would be thousands.
    pub fn written(self) -> String {
        let (whole, rest) = (self.0 / 1000, self.0 % 1000);
        if rest == 0 {
            return whole.to_string();
        }
        format!("{whole},{rest:03}").trim_end_matches('0').to_owned()
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written())
    }
}

impl db::Column for Length {
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

impl Filled for Length {
    const KIND: FieldKind = FieldKind::Identifier(40);

    fn blank() -> Self {
        Self(0)
    }

    fn text(&self) -> String {
        self.written()
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
    fn kilometres_are_read_as_offices_write_them_and_as_they_are_written() {
        let cases = [
            ("12", 12_000, "12"),
            ("12,5", 12_500, "12,5"),
            ("12.5 km", 12_500, "12,5"),
            ("0,075", 75, "0,075"),
            ("1.250 Km", 1_250_000, "1250"),
            ("1,234", 1_234, "1,234"),
            ("1250,75", 1_250_750, "1250,75"),
            ("0", 0, "0"),
        ];
        for (text, metres, written) in cases {
            let length = Length::read(text).unwrap();
            assert_eq!((length.metres(), length.written().as_str()), (metres, written), "{text}");
            assert_eq!(Length::read(written).unwrap(), length, "{text}");
        }
    }

    #[test]
    fn what_is_below_nothing_or_no_number_is_refused_as_it_was_typed() {
        for (text, code) in [("-5", "amount-negative"), ("nhiều km", "amount-unreadable"), ("", "amount-unreadable")]
        {
            let problem = Length::read(text).unwrap_err();
            assert_eq!((problem.code, problem.args[0].1.as_str()), (code, text), "{text}");
        }
    }
}
