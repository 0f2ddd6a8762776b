//! How the work stood at the end of each month, from the months in which parts fell due and were done.

use db::FromQueryResult;

/// Parts that fell due and were done in the same months.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Bucket {
    /// `2026-11`; none where no day is set.
    pub due: Option<String>,
    pub done: Option<String>,
    /// 1 when done by the day it was due.
    pub on_time: i64,
    pub stopped: i64,
    pub parts: i64,
}

/// The end of one month.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Point {
    pub month: String,
    /// Fell due by then.
    pub due: i64,
    /// Of those, done by their day.
    pub on_time: i64,
    /// Due and not done by then.
    pub late: i64,
    /// Done by then, due or not.
    pub done: i64,
}

/// The `months` up to and with that of `today`, oldest first.
pub fn months(today: jiff::civil::Date, months: i32) -> Vec<String> {
    let month = |back: i32| today.first_of_month().saturating_sub(jiff::Span::new().months(back));
    (0..months).rev().map(|back| month(back).strftime("%Y-%m").to_string()).collect()
}

pub fn trail(buckets: &[Bucket], months: &[String]) -> Vec<Point> {
    months.iter().map(|month| point(buckets, month)).collect()
}

fn point(buckets: &[Bucket], month: &str) -> Point {
    let by = |when: &Option<String>| when.as_deref().is_some_and(|when| when <= month);
    let sum = |keep: &dyn Fn(&Bucket) -> bool| buckets.iter().filter(|b| keep(b)).map(|b| b.parts).sum();
    Point {
        month: month.to_owned(),
        due: sum(&|b| by(&b.due) && (b.stopped == 0 || b.done.is_some())),
        on_time: sum(&|b| by(&b.due) && b.on_time == 1),
        late: sum(&|b| by(&b.due) && !by(&b.done) && b.stopped == 0),
        done: sum(&|b| by(&b.done)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(due: &str, done: Option<&str>, on_time: i64, parts: i64) -> Bucket {
        Bucket { due: Some(due.into()), done: done.map(Into::into), on_time, stopped: 0, parts }
    }

    #[test]
    fn a_late_part_is_late_until_the_month_it_is_done() {
        let buckets = [
            bucket("2026-09", Some("2026-11"), 0, 2),
            bucket("2026-10", Some("2026-10"), 1, 3),
            bucket("2027-01", None, 0, 5),
        ];
        let seen: Vec<_> = trail(&buckets, &months(jiff::civil::date(2026, 11, 21), 3))
            .into_iter()
            .map(|p| (p.month, p.due, p.on_time, p.late, p.done))
            .collect();
        assert_eq!(
            seen,
            [
                ("2026-09".to_owned(), 2, 0, 2, 0),
                ("2026-10".to_owned(), 5, 3, 2, 3),
                ("2026-11".to_owned(), 5, 3, 0, 5)
            ]
        );
    }
}
