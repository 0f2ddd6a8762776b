//! From a time frame as read to the days a part starts and falls due.

use jiff::civil::Date;
use kernel::day::{last_of_month, last_of_year};
use plan_reader::{Bound, Time, TimeKind};

pub fn kind_code(time: &Time) -> &'static str {
    match time.kind {
        Some(TimeKind::Range) => "range",
        Some(TimeKind::Year) => "year",
        Some(TimeKind::Month) => "month",
        Some(TimeKind::Weekly) => "weekly",
        Some(TimeKind::Monthly) => "monthly",
        Some(TimeKind::Quarterly) => "quarterly",
        Some(TimeKind::HalfYearly) => "half_yearly",
        Some(TimeKind::Annual) => "annual",
        Some(TimeKind::Continuous) => "continuous",
        Some(TimeKind::Event) => "event",
        None => "unclear",
    }
}

pub fn start(time: &Time) -> Option<Date> {
    match time.from.as_ref()? {
        Bound::Year(year) => Date::new(*year, 1, 1).ok(),
        Bound::Text(text) => day_or_month(text).map(Date::first_of_month),
    }
}

pub fn due(time: &Time) -> Option<Date> {
    match time.to.as_ref()? {
        Bound::Year(year) => last_of_year(*year),
        Bound::Text(text) => day_or_month(text),
    }
}

/// An ISO day as it is, an ISO month as its last day.
fn day_or_month(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| {
        let (year, month) = text.split_once('-')?;
        last_of_month(year.parse().ok()?, month.parse().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn frames_become_days() {
        let days = |raw| (start(&plan_reader::parse_time(raw)), due(&plan_reader::parse_time(raw)));
        assert_eq!(days("Năm 2025 - 2030"), (Some(date(2025, 1, 1)), Some(date(2030, 12, 31))));
        assert_eq!(days("Tháng 2/2028"), (None, Some(date(2028, 2, 29))));
        assert_eq!(days("Trước ngày 30/11/2026"), (None, Some(date(2026, 11, 30))));
        assert_eq!(days("Thường xuyên"), (None, None));
        assert_eq!(days("31/02/2026"), (None, None));
    }
}
