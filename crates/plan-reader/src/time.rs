//! Time frames as plans write them: "Năm 2025 - 2030", "Tháng 12/2026", "Thường xuyên", "Sau khi Bộ … ban hành".

use std::{borrow::Cow, sync::LazyLock};

use grammar::time::{self, Doubt, Every, Found, On, Role, Time as Written};

use regex::Regex;

use crate::{Bound, Period, Time, TimeKind};

/// Normalises a time frame. Text that names no time keeps `kind` empty: a person decides.
pub fn parse(raw: &str) -> Time {
    let written = raw.to_owned();
    let begins = raw.trim_start().split(' ').next().is_some_and(|word| word.len() <= 2 && word.parse::<u8>().is_ok());
    // A cell leaves "ngày" out: "23 tháng 12 năm 2026".
    let whole = if begins && raw.contains("tháng") { &format!("ngày {}", raw.trim()) } else { raw };
    let before = BEFORE.as_ref().filter(|_| whole.contains("tháng"));
    let raw = before.map_or(Cow::Borrowed(whole), |before| before.replace(whole, "${1} ngày ${2}"));
    let found = time::deadline(&raw).or_else(|| time::scan(&raw).into_iter().find(|found| found.role == Role::Said));
    let (kind, from, to) = found.map_or((None, None, None), |found| normal(&found));
    Time { raw: written, kind, from, to }
}

/// "Trước 05 tháng 6 năm 2026"
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*((?i:trước|đến|hết|chậm nhất|xong trước))\s+(\d{1,2}\s+tháng\s+\d)").ok());

/// A time that stands in the sentence as a part of a name ("phương án … giai đoạn 2026 - 2030"), where none says when its work
/// is to be done: it may be that time.
pub fn is_of_name(text: &str) -> bool {
    let named = |found: &Found| {
        matches!(found.role, Role::Name) || found.role == Role::Said && matches!(found.time, Written::Stage { .. })
    };
    time::scan(text).iter().any(named)
}

/// The words of a sentence that say when its work is to be done; empty where there are none.
pub fn deadline(text: &str) -> String {
    let found = time::deadline(text).and_then(|found| text.get(found.span));
    found.unwrap_or_default().trim().to_owned()
}

type Normal = (Option<TimeKind>, Option<Bound>, Option<Bound>);

fn normal(found: &Found) -> Normal {
    if matches!(found.doubt, Some(Doubt::Impossible | Doubt::NoYear | Doubt::ShortYear)) {
        return (None, None, None);
    }
    match &found.time {
        Written::Year(year) if found.goes_on => (Some(TimeKind::Range), Some(Bound::Year(*year)), None),
        Written::Year(year) => year_of(*year, found.bound),
        Written::Stage { from, to } => (Some(TimeKind::Range), Some(Bound::Year(*from)), Some(Bound::Year(*to))),
        Written::Range { from, to } => (Some(TimeKind::Range), first(from), last(to)),
        Written::Recurring { every, count, on } => (Some(rhythm(*every, *count)), None, on.first().and_then(day_of)),
        Written::Relative { .. } | Written::Event(_) => (Some(TimeKind::Event), None, None),
        Written::Continuous => (Some(TimeKind::Continuous), None, None),
        dated if found.bound == time::Bound::From => (Some(TimeKind::Range), last(dated), None),
        dated => (Some(TimeKind::Month), None, last(dated)),
    }
}

fn year_of(year: i16, bound: time::Bound) -> Normal {
    let year = Some(Bound::Year(year));
    match bound {
        time::Bound::By | time::Bound::Before => (Some(TimeKind::Range), None, year),
        time::Bound::From => (Some(TimeKind::Range), year, None),
        time::Bound::Bare | time::Bound::In => (Some(TimeKind::Year), year.clone(), year),
    }
}

fn first(time: &Written) -> Option<Bound> {
    match time {
        Written::Year(year) => Some(Bound::Year(*year)),
        Written::Day { .. } => time.first_day().map(|day| Bound::Text(day.to_string())),
        _ => time.first_day().map(|day| Bound::Text(day.strftime("%Y-%m").to_string())),
    }
}

/// The day, or the month in which it ends.
fn last(time: &Written) -> Option<Bound> {
    match time {
        Written::Year(year) => Some(Bound::Year(*year)),
        Written::Day { .. } => time.last_day().map(|day| Bound::Text(day.to_string())),
        _ => time.last_day().map(|day| Bound::Text(day.strftime("%Y-%m").to_string())),
    }
}

fn rhythm(every: Every, count: u16) -> TimeKind {
    match (every, count) {
        (Every::Day | Every::Week, _) => TimeKind::Weekly,
        (Every::Month, 3) | (Every::Quarter, 1) => TimeKind::Quarterly,
        (Every::Month, 6) | (Every::HalfYear, _) | (Every::Quarter, 2) => TimeKind::HalfYearly,
        (Every::Month, 12) | (Every::Quarter | Every::Year, _) => TimeKind::Annual,
        (Every::Month, _) => TimeKind::Monthly,
    }
}

/// `--06-30` of each year, `---25` of each month, as ISO 8601 leaves out what is not said.
fn day_of(on: &On) -> Option<Bound> {
    match (on.month, on.day) {
        (Some(month), Some(day)) => Some(Bound::Text(format!("--{month:02}-{day:02}"))),
        (None, Some(day)) => Some(Bound::Text(format!("---{day:02}"))),
        _ => None,
    }
}

/// The period that a heading or sentence sets: "Giai đoạn 2026 - 2027", "Đến năm 2030".
pub fn period(text: &str) -> Option<Period> {
    let of_work = |found: &Found| !matches!(found.role, Role::Citation | Role::Vision | Role::Baseline);
    time::scan(text).into_iter().filter(of_work).find_map(|found| years(&found))
}

/// The only year that a title names.
pub fn year(title: &str) -> Option<i16> {
    let Period { from, to } = period(title)?;
    to.filter(|to| from.is_none_or(|from| from == *to))
}

/// The years that a time lies in.
pub fn years(found: &Found) -> Option<Period> {
    let year = |day: Option<jiff::civil::Date>| day.map(jiff::civil::Date::year);
    let (from, to) = (year(found.time.first_day())?, year(found.time.last_day())?);
    let ends = matches!(found.bound, time::Bound::By | time::Bound::Before);
    let whole = matches!(found.time, Written::Stage { .. } | Written::Range { .. });
    Some(Period {
        from: Some(from).filter(|_| whole || !ends && !matches!(found.bound, time::Bound::In)),
        to: Some(to),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_frames_are_read_as_written() {
        let show = |raw: &str| {
            let time = parse(raw);
            let bound = |b: Option<Bound>| match b {
                Some(Bound::Year(y)) => y.to_string(),
                Some(Bound::Text(t)) => t,
                None => "-".into(),
            };
            format!("{:?} {} {}", time.kind, bound(time.from), bound(time.to))
        };
        assert_eq!(show("Năm 2025 - 2030"), "Some(Range) 2025 2030");
        assert_eq!(show("2025"), "Some(Year) 2025 2025");
        assert_eq!(show("Tháng 12/2026"), "Some(Month) - 2026-12");
        assert_eq!(show("Quý III/2026"), "Some(Month) - 2026-09");
        assert_eq!(show("Trước ngày 30/11/2026"), "Some(Month) - 2026-11-30");
        assert_eq!(show("Thường xuyên hàng năm"), "Some(Continuous) - -");
        assert_eq!(show("Hằng năm"), "Some(Annual) - -");
        assert_eq!(show("Sau khi Bộ Mẫu ban hành hướng dẫn"), "Some(Event) - -");
        assert_eq!(show("Đến năm 2027"), "Some(Range) - 2027");
        assert_eq!(show("Trước 05 tháng 06 năm 2026"), "Some(Month) - 2026-06-05");
        assert_eq!(show("theo yêu cầu"), "None - -");
    }
}
