//! What is to be doubted of a time that was written.

use super::{
    model::{Doubt, Time},
    written::Point,
};

pub fn of_point(point: Point, time: &Time) -> Option<Doubt> {
    if is_impossible(time) {
        return Some(Doubt::Impossible);
    }
    if point.has_short_year {
        return Some(Doubt::ShortYear);
    }
    point.year.is_none().then_some(Doubt::NoYear)
}

/// No such day or month in any year, or not in its own.
fn is_impossible(time: &Time) -> bool {
    match time {
        Time::Day { year, month, day } => {
            let leap = Time::Day { year: Some(year.unwrap_or(2028)), month: *month, day: *day };
            leap.first_day().is_none()
        }
        Time::Month { month, .. } => !(1..=12).contains(month),
        _ => false,
    }
}

pub fn of_range(from: &Time, to: &Time) -> Option<Doubt> {
    let (from, to) = (from.first_day()?, to.last_day()?);
    (to < from).then_some(Doubt::Reversed)
}
