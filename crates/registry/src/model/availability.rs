//! How long a system was down in a month, as the province's monitoring says or who keeps it.

use db::Words;
use derive::{Fact, Record, Row, Schema};
use jiff::civil::Date;
use kernel::{Lang, Problem, share, text::fold};
use serde::{Deserialize, Serialize};

use super::ids::{AvailabilityId, SystemId};

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_availability", taken(month = "availability-there"))]
#[fact(key = "availability")]
pub struct Availability {
    #[fact(name = "availability", vi = "Số đo", en = "Measurement")]
    pub id: AvailabilityId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    /// Its first day.
    #[fact(vi = "Tháng", en = "Month")]
    pub month: Date,
    /// Beside what was announced ahead.
    #[fact(vi = "Số phút gián đoạn", en = "Minutes down", unit = "minutes")]
    pub minutes_down: i64,
    #[fact(vi = "Số phút dừng theo kế hoạch", en = "Planned minutes", unit = "minutes")]
    pub minutes_planned: i64,
    /// Who or what measured it.
    #[fact(vi = "Nguồn số đo", en = "Measured by")]
    pub source: Words,
    pub rev: i64,
}

/// Minutes of the month that begins on this day.
fn minutes_of(month: Date) -> i64 {
    i64::from(month.days_in_month()) * 24 * 60
}

impl Availability {
    /// The same measured thing, whoever wrote it down.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let said = |one: &Self| (one.minutes_down, one.minutes_planned, one.source.to_string());
        said(self) == said(other)
    }

    /// "99,95": the share of the minutes that were not planned to be down in which it stood.
    pub fn percent(&self, lang: Lang) -> Option<String> {
        let asked = minutes_of(self.month) - self.minutes_planned;
        let hundredths = share(asked - self.minutes_down, asked, 2)?;
        let point = if lang == Lang::Vi { ',' } else { '.' };
        Some(format!("{}{point}{:02}", hundredths / 100, hundredths % 100))
    }

    /// "09/2026".
    pub fn month_said(&self) -> String {
        format!("{:02}/{}", self.month.month(), self.month.year())
    }
}

/// A line of the monitoring's list.
#[derive(Debug, Clone, PartialEq, Record)]
pub struct Monitored {
    #[field(label = "system-name", heads = ["ten he thong", "ten phan mem", "he thong", "ten", "system", "name"])]
    pub name: Option<Words>,
    #[field(label = "system-code", identifier = 60, heads = ["ma he thong", "ma dinh danh", "ma", "code"])]
    pub code: Option<String>,
    #[field(label = "availability-month", required, heads = ["thang", "ky", "ky do", "ky bao cao", "period", "month"])]
    pub month: String,
    #[field(label = "availability-minutes", within = 0..44640, heads = ["so phut gian doan", "phut gian doan", "gian doan", "minutes down", "downtime"])]
    pub minutes: Option<i64>,
    #[field(label = "availability-planned", within = 0..44640, heads = ["so phut theo ke hoach", "phut theo ke hoach", "bao tri", "planned"])]
    pub planned: Option<i64>,
    #[field(label = "availability-percent", heads = ["muc san sang", "ty le san sang", "san sang", "available", "availability"])]
    pub percent: Option<String>,
    #[field(label = "availability-source", heads = ["nguon", "nguon so do", "source"])]
    pub source: Option<Words>,
    /// What it means, once it is known of which system it is.
    pub found: Option<Availability>,
}

impl Monitored {
    /// As the list calls the system.
    pub fn called(&self) -> String {
        self.name.as_ref().map(ToString::to_string).or_else(|| self.code.clone()).unwrap_or_default()
    }

    pub fn said(&self) -> Said<'_> {
        let percent = self.percent.as_deref().unwrap_or_default();
        Said { month: &self.month, minutes: self.minutes, planned: self.planned, percent }
    }
}

/// A measurement as the form and the API say it; or one taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AvailabilityInput {
    /// `9/2026`, or `2026-09`.
    pub month: String,
    /// Minutes down that were not planned; or `percent`.
    pub minutes: String,
    /// Minutes that were announced ahead.
    pub planned: String,
    /// The share of the rest in which it stood, in the place of minutes: `99,95`.
    pub percent: String,
    /// Who or what measured it.
    pub source: String,
    /// A measurement that is to go.
    pub remove: String,
    /// The revision of that month that was read, in the place of If-Match; none where nothing was said of it yet.
    pub rev: Option<i64>,
}

/// What is said of a month.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub month: &'a str,
    pub minutes: Option<i64>,
    pub planned: Option<i64>,
    pub percent: &'a str,
}

/// The same as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    pub month: Date,
    pub down: i64,
    pub planned: i64,
}

impl Said<'_> {
    /// What that is; where minutes are said, the share is not asked.
    ///
    /// # Errors
    /// A month that is none or is ahead, more minutes than it has, a share beyond the whole, nothing at all.
    pub fn measured(&self, today: Date) -> Result<Measured, Problem> {
        let refused = |field, code| Problem::bad_input(code).field(field, code);
        let month = month(self.month).ok_or_else(|| refused("month", "availability-month"))?;
        if month > today {
            return Err(refused("month", "availability-ahead"));
        }
        let all = minutes_of(month);
        let too_many = |field| {
            let problem = Problem::bad_input("availability-too-many").with("most", all);
            problem.field(field, "availability-too-many")
        };
        let planned = self.planned.unwrap_or(0);
        if !(0..=all).contains(&planned) {
            return Err(too_many("planned"));
        }
        let down = match (self.minutes, self.percent.trim()) {
            (Some(minutes), _) => minutes,
            (None, "") => return Err(refused("minutes", "availability-nothing")),
            (None, text) => {
                let up = thousandths(text).filter(|up| *up <= WHOLE);
                let up = up.ok_or_else(|| refused("percent", "availability-percent"))?;
                ((all - planned) * (WHOLE - up) + WHOLE / 2) / WHOLE
            }
        };
        if !(0..=all - planned).contains(&down) {
            return Err(too_many("minutes"));
        }
        Ok(Measured { month, down, planned })
    }
}

/// The first day of the month that is meant: "9/2026", "2026-09", "tháng 9 năm 2026", "T9/2026", or a day in it.
fn month(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().filter(|first| !first.is_empty());
    if let Some(day) = day.and_then(kernel::day::read) {
        return Some(day.first_of_month());
    }
    let folded = fold(text);
    // "quý 3/2026", "6 tháng đầu năm 2026" are no months.
    let mut words = folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_counted = text.starts_with(|c: char| c.is_ascii_digit()) && folded.contains("thang");
    if is_counted || !words.all(|word| ["thang", "t", "nam", "month"].contains(&word)) {
        return None;
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [one, two] = numbers.as_slice() else { return None };
    let (month, year) = if one.len() == 4 { (two, one) } else { (one, two) };
    if year.len() == 4 { Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok() } else { None }
}

/// The whole in thousandths of a percent.
const WHOLE: i64 = 100_000;

/// Thousandths of a percent: of "99,95", "99.95 %", and of 0.9995 as sheets keep a percentage.
fn thousandths(text: &str) -> Option<i64> {
    const PLACES: usize = 6;
    let bare = text.trim_end_matches('%').trim_end();
    let (whole, rest) = bare.split_once([',', '.']).unwrap_or((bare, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let rest: String = rest.chars().chain(std::iter::repeat('0')).take(PLACES).collect();
    let millionths: i64 = format!("{whole}{rest}").parse().ok()?;
    let is_share = bare == text && millionths <= 1_000_000;
    Some(if is_share { millionths / 10 } else { millionths / 1000 })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_read_as_sheets_have_it() {
        let texts = ["9/2026", "09-2026", "2026-09", "tháng 9/2026", "Tháng 9 năm 2026", "T9/2026", "2026-09-01"];
        for text in texts.into_iter().chain(["15/09/2026", "2026-09-01T00:00:00", "2026-09-01 00:00:00"]) {
            assert_eq!(month(text), Some(date(2026, 9, 1)), "{text}");
        }
        for text in ["", "2026", "quý 3/2026", "6 tháng đầu năm 2026", "13/2026", "9/26", "chín", "9/2026/1/2"] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_is_read_and_nothing_else() {
        let shares = [("0.9995", 99_950), ("1", WHOLE)];
        let percents = [("99,95", 99_950), ("99.95 %", 99_950), ("100", WHOLE), ("1%", 1_000)];
        for (text, up) in percents.into_iter().chain(shares) {
            assert_eq!(thousandths(text), Some(up), "{text}");
        }
        for text in ["", "%", "-1", "99,9,9", "chín", "1e2"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }

    #[test]
    fn no_month_has_more_than_its_minutes() {
        let today = date(2026, 11, 21);
        let said = |month, minutes, planned, percent| Said { month, minutes, planned, percent }.measured(today);
        let code = |said: Result<Measured, Problem>| said.unwrap_err().code;
        assert_eq!(said("2/2026", Some(40_320), None, "").unwrap().down, 40_320);
        assert_eq!(code(said("2/2026", Some(40_321), None, "")), "availability-too-many");
        assert_eq!(code(said("2/2026", Some(40_000), Some(321), "")), "availability-too-many");
        assert_eq!(code(said("2/2026", None, Some(40_321), "100")), "availability-too-many");
        assert_eq!(code(said("2/2026", Some(-1), None, "")), "availability-too-many");
        assert_eq!(code(said("2/2026", None, None, "100,01")), "availability-percent");
        assert_eq!(code(said("2/2026", None, None, "")), "availability-nothing");
        assert_eq!(code(said("12/2026", Some(0), None, "")), "availability-ahead");
        assert!(said("11/2026", Some(0), None, "").is_ok(), "the month that runs");
        // Of 43 200 minutes 3 200 were planned: half a percent of the rest.
        let september = Measured { month: date(2026, 9, 1), down: 200, planned: 3_200 };
        assert_eq!(said("9/2026", None, Some(3_200), "99,5").unwrap(), september);
    }
}
