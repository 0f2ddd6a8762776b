//! What a text can say about when.

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

/// A time that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Bytes of the text, from the word that binds it ("trước ngày") to its last.
    pub span: Range<usize>,
    pub time: Time,
    pub bound: Bound,
    pub doubt: Option<Doubt>,
    pub role: Role,
    /// "đầu", "giữa" or "cuối" before a month, a quarter or a year.
    pub part: Option<Part>,
    /// "và những năm tiếp theo": it goes on after its end.
    pub goes_on: bool,
}

/// A time as it is written. Days of months that do not exist are kept as written, with a doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    Day {
        year: Option<i16>,
        month: u8,
        day: u8,
    },
    Month {
        year: Option<i16>,
        month: u8,
    },
    Quarter {
        year: Option<i16>,
        quarter: u8,
    },
    HalfYear {
        year: Option<i16>,
        half: u8,
    },
    Year(i16),
    Range {
        from: Box<Time>,
        to: Box<Time>,
    },
    /// Years that have a name together: "giai đoạn", "thời kỳ", "nhiệm kỳ", "năm học".
    Stage {
        from: i16,
        to: i16,
    },
    /// `count` of `every`: "định kỳ 2 tháng" is two of a month. `on` is empty where no day is said.
    Recurring {
        every: Every,
        count: u16,
        on: Vec<On>,
    },
    /// A stretch of time, `to` where two lengths are said ("5 - 7 ngày"); `from` is what it is counted from, as written.
    Relative {
        count: u16,
        to: Option<u16>,
        unit: Unit,
        from: Option<String>,
    },
    /// Something that must have happened: its words, without "sau khi".
    Event(String),
    Continuous,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// Where in its round a recurring day lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct On {
    /// Monday is 1 (thứ Hai), Sunday 7.
    pub weekday: Option<u8>,
    pub day: Option<u8>,
    pub month: Option<u8>,
    pub quarter: Option<u8>,
    /// Which month of a quarter.
    pub in_month: Option<InMonth>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InMonth {
    First,
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Hour,
    WorkingHour,
    Day,
    WorkingDay,
    Week,
    Month,
    Quarter,
    Year,
}

/// What the words before a time say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Nothing stands before it.
    Bare,
    /// "trong", "vào"
    In,
    /// "đến", "chậm nhất", "hạn": the time itself still counts.
    By,
    /// "trước": as written; which day is the last safe one is decided elsewhere.
    Before,
    /// "từ", "kể từ", "sau"
    From,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// 31/02, 31/6, tháng 13: no such day or month.
    Impossible,
    NoYear,
    /// Its year has two digits.
    ShortYear,
    /// It ends before it begins.
    Reversed,
}

/// What a time is there for. Only what is said of the work itself can be a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Said,
    /// Of a cited law, document or meeting, or of when one takes effect.
    Citation,
    /// "tầm nhìn đến năm 2050", "định hướng đến năm 2045"
    Vision,
    /// A word of a name: "Kế hoạch chuyển đổi số năm 2026".
    Name,
    /// What something is compared with or counted up to: "so với năm 2025", "tính đến ngày".
    Baseline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Early,
    Middle,
    Late,
}

impl Found {
    pub fn is_citation(&self) -> bool {
        self.role == Role::Citation
    }

    pub fn is_vision(&self) -> bool {
        self.role == Role::Vision
    }
}

impl Time {
    /// Its first day, where its year is said and the day exists.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Self::Day { year, month, day } => date((*year)?, *month, *day),
            Self::Month { year, month } => date((*year)?, *month, 1),
            Self::Quarter { year, quarter } => date((*year)?, quarter.checked_mul(3)?.checked_sub(2)?, 1),
            Self::HalfYear { year, half } => date((*year)?, half.checked_mul(6)?.checked_sub(5)?, 1),
            Self::Year(year) | Self::Stage { from: year, .. } => date(*year, 1, 1),
            Self::Range { from, .. } => from.first_day(),
            Self::Recurring { .. } | Self::Relative { .. } | Self::Event(_) | Self::Continuous => None,
        }
    }

    /// Its last day, where its year is said and the day exists.
    pub fn last_day(&self) -> Option<Date> {
        match self {
            Self::Day { year, month, day } => date((*year)?, *month, *day),
            Self::Month { year, month } => last_of((*year)?, *month),
            Self::Quarter { year, quarter } => last_of((*year)?, quarter.checked_mul(3)?),
            Self::HalfYear { year, half } => last_of((*year)?, half.checked_mul(6)?),
            Self::Year(year) | Self::Stage { to: year, .. } => date(*year, 12, 31),
            Self::Range { to, .. } => to.last_day(),
            Self::Recurring { .. } | Self::Relative { .. } | Self::Event(_) | Self::Continuous => None,
        }
    }

    /// Whether it is fixed in the calendar, but for a year that was left out.
    pub fn is_dated(&self) -> bool {
        !matches!(self, Self::Recurring { .. } | Self::Relative { .. } | Self::Event(_) | Self::Continuous)
    }
}

fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn last_of(year: i16, month: u8) -> Option<Date> {
    date(year, month, 1).map(|first| first.last_of_month())
}
