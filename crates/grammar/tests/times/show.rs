//! A time in a few signs, so that a table of cases can be read.

use grammar::time::{Bound, Found, On, Part, Role, Time};

/// `<` before, `≤` by, `@` in, `≥` from; then the time; then what is to be said of it.
pub fn found(found: &Found) -> String {
    let bound = match found.bound {
        Bound::Bare => "",
        Bound::In => "@",
        Bound::By => "≤",
        Bound::Before => "<",
        Bound::From => "≥",
    };
    let role = match found.role {
        Role::Said => "",
        Role::Citation => " cited",
        Role::Vision => " vision",
        Role::Name => " name",
        Role::Baseline => " base",
    };
    let part = match found.part {
        None => "",
        Some(Part::Early) => " early",
        Some(Part::Middle) => " middle",
        Some(Part::Late) => " late",
    };
    let doubt = found.doubt.map(|doubt| format!(" !{doubt:?}")).unwrap_or_default();
    let on = if found.goes_on { " +" } else { "" };
    format!("{bound}{}{part}{on}{role}{doubt}", time(&found.time))
}

pub fn time(time: &Time) -> String {
    let of = |year: &Option<i16>| year.map_or("____".to_owned(), |year| year.to_string());
    match time {
        Time::Day { year, month, day } => format!("{}-{month:02}-{day:02}", of(year)),
        Time::Month { year, month } => format!("{}-{month:02}", of(year)),
        Time::Quarter { year, quarter } => format!("{}q{quarter}", of(year)),
        Time::HalfYear { year, half } => format!("{}h{half}", of(year)),
        Time::Year(year) => year.to_string(),
        Time::Range { from, to } => format!("{}..{}", self::time(from), self::time(to)),
        Time::Stage { from, to } => format!("[{from}..{to}]"),
        Time::Recurring { every, count, on } => {
            let count = if *count == 1 { String::new() } else { format!("{count}x") };
            format!("each {count}{every:?}{}", on.iter().map(self::on).collect::<String>())
        }
        Time::Relative { count, to, unit, from } => {
            let to = to.map(|to| format!("-{to}")).unwrap_or_default();
            format!("{count}{to} {unit:?}{}", from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default())
        }
        Time::Event(words) => format!("event {words}"),
        Time::Continuous => "always".into(),
    }
}

fn on(on: &On) -> String {
    let part = |name: &str, value: Option<u8>| value.map(|value| format!(" {name}{value}")).unwrap_or_default();
    let last = on.in_month.map(|month| format!(" {month:?}").to_lowercase()).unwrap_or_default();
    format!("{}{}{}{}{last}", part("w", on.weekday), part("q", on.quarter), part("m", on.month), part("d", on.day))
}
