//! Whether what was read is what was asked.

use plan_reader::{Bound, Comparator, Time, TimeKind};

use crate::{
    answer::{Target, When},
    fold::fold,
};

/// A name without its form of address, whatever the size of its letters.
fn name(text: &str) -> String {
    let lower = fold(text).to_lowercase();
    lower.strip_prefix("đồng chí ").unwrap_or(&lower).to_owned()
}

/// The same bodies, in any order.
pub fn bodies(want: &[String], read: &[String]) -> bool {
    let names = |list: &[String]| {
        let mut names: Vec<String> = list.iter().map(|text| name(text)).collect();
        names.sort();
        names
    };
    names(want) == names(read)
}

fn bound(bound: Option<&Bound>) -> Option<String> {
    bound.map(|bound| match bound {
        Bound::Year(year) => year.to_string(),
        Bound::Text(text) => text.clone(),
    })
}

/// `doubted`: a person is asked what the time means.
pub fn time(want: &When, read: &Time, doubted: bool) -> bool {
    let (from, to) = (bound(read.from.as_ref()), bound(read.to.as_ref()));
    let empty = from.is_none() && to.is_none();
    let kind = read.kind.map(|kind| format!("{kind:?}").to_lowercase()).unwrap_or_default();
    match want {
        When::None => empty && read.kind.is_none(),
        When::Until(until) => to.as_ref() == Some(until),
        When::Within(start, end) => from.as_ref() == Some(start) && to.as_ref() == Some(end),
        When::From(start) => from.as_ref() == Some(start) && to.is_none(),
        When::Monthly => doubted || kind == "monthly",
        When::Quarterly => doubted || kind == "quarterly",
        When::HalfYearly => doubted || kind == "halfyearly",
        When::Yearly => doubted || matches!(kind.as_str(), "annual" | "yearly"),
        When::Continuous => read.kind == Some(TimeKind::Continuous),
        When::Event => doubted || read.kind == Some(TimeKind::Event),
        When::Impossible => doubted && empty,
    }
}

/// "1,5 triệu lượt" is 1.5 of "triệu lượt" or 1,500,000 of "lượt".
fn scaled(value: f64, unit: &str) -> (f64, String) {
    let unit = fold(unit).to_lowercase();
    for (word, times) in [("nghìn tỷ", 1e12), ("triệu", 1e6), ("tỷ", 1e9), ("nghìn", 1e3)] {
        if let Some(rest) = unit.strip_prefix(word) {
            return (value * times, rest.trim().to_owned());
        }
    }
    (value, unit)
}

pub fn value(want: &Target, value: f64, unit: &str) -> bool {
    let (asked, _) = scaled(want.value, &want.unit);
    let near = |given: f64| (asked - given).abs() <= asked.abs() * 1e-9;
    near(scaled(value, unit).0) || (want.value - value).abs() <= want.value.abs() * 1e-9
}

/// The unit, or its first words where it is a longer name.
pub fn unit(want: &str, read: &str) -> bool {
    let (want, read) = (scaled(1.0, want).1, scaled(1.0, read).1);
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '/']))
    };
    want == read || (!want.is_empty() && !read.is_empty() && (begins(&want, &read) || begins(&read, &want)))
}

/// A range is read as its floor.
pub fn comparator(want: &Target, read: Comparator) -> bool {
    want.comparator == read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millions_are_millions_however_they_are_said() {
        let target = Target {
            text: String::new(),
            value: 1.5,
            high: None,
            comparator: Comparator::Equal,
            unit: "triệu lượt".into(),
            year: None,
            lead: vec![],
            place: 0..0,
        };
        assert!(value(&target, 1.5, "triệu lượt") && value(&target, 1_500_000.0, "lượt"));
        assert!(!value(&target, 15.0, "triệu lượt"));
        assert!(unit("doanh nghiệp công nghệ số", "doanh nghiệp") && !unit("ha", "hạng") && !unit("ha", ""));
    }

    #[test]
    fn a_day_that_is_none_must_be_doubted() {
        let time = |raw: &str| plan_reader::parse_time(raw);
        assert!(!super::time(&When::Impossible, &time("31/02/2026"), false));
        assert!(super::time(&When::Impossible, &Time::default(), true));
        assert!(super::time(&When::Until("2026-06".into()), &time("Quý II/2026"), false));
        assert!(bodies(&["Sở Mẫu".into(), "các sở".into()], &["Các sở".into(), "Sở Mẫu".into()]));
    }
}
