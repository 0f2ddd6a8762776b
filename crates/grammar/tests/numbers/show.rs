//! A figure in a few signs, so that a table of cases can be read.

use grammar::{
    number::{Comparator, Figure, Value},
    time::Time,
};

/// `≥80 %`, `60..70 %`, `2/3 xã`, `4 <cấp độ>`; `*` striven for, `^60` from 60, `@2026` for that year.
pub fn figure(figure: &Figure) -> String {
    let value = match figure.value {
        Value::One(value) => value.to_string(),
        Value::Range { from, to } => format!("{from}..{to}"),
        Value::Of { part, whole } => format!("{part}/{whole}"),
    };
    let said = match figure.comparator {
        None => "",
        Some(Comparator::AtLeast) => "≥",
        Some(Comparator::Above) => ">",
        Some(Comparator::AtMost) => "≤",
        Some(Comparator::Below) => "<",
        Some(Comparator::About) => "~",
        Some(Comparator::Equal) => "=",
    };
    let unit = figure.unit.as_ref().map_or(String::new(), |unit| {
        if unit.is_before { format!(" <{}>", unit.text) } else { format!(" {}", unit.text) }
    });
    let base = figure.base.map(|base| format!(" ^{base}")).unwrap_or_default();
    let at = figure.at.as_ref().map(|at| format!(" @{}", time(at))).unwrap_or_default();
    let doubt = figure.doubt.map(|doubt| format!(" !{doubt:?}")).unwrap_or_default();
    format!("{said}{value}{unit}{}{base}{at}{doubt}", if figure.stretch { "*" } else { "" })
}

fn time(time: &Time) -> String {
    match (time.first_day(), time.last_day()) {
        (Some(first), Some(last)) if first.year() != last.year() => format!("{}-{}", first.year(), last.year()),
        (_, Some(last)) => match time {
            Time::Year(year) => year.to_string(),
            _ => last.to_string(),
        },
        _ => "?".into(),
    }
}
