//! How the work stood at the end of each month, and stands today, from the months in which parts fell due and were done.

use db::FromQueryResult;

/// Parts that fell due, were reported done and were accepted in the same months.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Bucket {
    /// `2026-11`; none where no day is set.
    pub due: Option<String>,
    /// When it was reported done.
    pub done: Option<String>,
    pub accepted: Option<String>,
    /// 0 when it was reported done after its day.
    pub in_time: i64,
    /// 1 when its day is before today.
    pub is_past: i64,
    pub stopped: i64,
    pub parts: i64,
}

/// The end of one month; the last one is today.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Point {
    pub month: String,
    /// The month is not over: it is today.
    pub is_today: bool,
    /// Fell due by then, and was not stopped.
    pub due: i64,
    /// Finished by then, and reported by its day.
    pub on_time: i64,
    /// Due and not reported done by then.
    pub late: i64,
    /// Reported done by then, not accepted.
    pub reported: i64,
    /// Done and accepted by then, due or not.
    pub done: i64,
}

impl Point {
    /// What is judged by its day: finished, or late then.
    pub fn judged(&self) -> i64 {
        self.done + self.late
    }
}

/// The `months` up to and with that of `today`, oldest first.
pub fn months(today: jiff::civil::Date, months: i32) -> Vec<String> {
    let month = |back: i32| today.first_of_month().saturating_sub(jiff::Span::new().months(back));
    (0..months).rev().map(|back| month(back).strftime("%Y-%m").to_string()).collect()
}

/// Months that are over stand as they ended; the last one, whose end is still to come, stands as it is today, by the
/// same rule as [`super::state::state`].
pub fn trail(buckets: &[Bucket], months: &[String]) -> Vec<Point> {
    let Some((today, over)) = months.split_last() else { return vec![] };
    over.iter().map(|month| point(buckets, month, false)).chain([point(buckets, today, true)]).collect()
}

fn point(buckets: &[Bucket], month: &str, is_today: bool) -> Point {
    let by = |when: &Option<String>| when.as_deref().is_some_and(|when| is_today || when <= month);
    let is_due = |b: &Bucket| if is_today { b.is_past == 1 } else { by(&b.due) };
    let is_finished = |b: &Bucket| by(&b.done) && by(&b.accepted);
    let sum = |keep: &dyn Fn(&Bucket) -> bool| buckets.iter().filter(|b| keep(b)).map(|b| b.parts).sum();
    Point {
        month: month.to_owned(),
        is_today,
        due: sum(&|b| is_due(b) && (b.stopped == 0 || b.done.is_some())),
        on_time: sum(&|b| is_finished(b) && b.in_time == 1),
        late: sum(&|b| is_due(b) && !by(&b.done) && b.stopped == 0),
        reported: sum(&|b| by(&b.done) && !by(&b.accepted)),
        done: sum(&is_finished),
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;
    use crate::work::model::state::{Days, State, state};

    fn bucket(due: &str, done: Option<&str>, in_time: i64, is_past: i64, parts: i64) -> Bucket {
        let done: Option<String> = done.map(Into::into);
        Bucket { due: Some(due.into()), accepted: done.clone(), done, in_time, is_past, stopped: 0, parts }
    }

    #[test]
    fn a_late_part_is_late_until_the_month_it_is_done() {
        let buckets = [
            bucket("2026-09", Some("2026-11"), 0, 1, 2),
            bucket("2026-10", Some("2026-10"), 1, 1, 3),
            bucket("2027-01", None, 1, 0, 5),
        ];
        let seen: Vec<_> = trail(&buckets, &months(date(2026, 11, 21), 3))
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

    #[test]
    fn what_falls_due_later_this_month_is_not_late_today() {
        let of = |is_past| trail(&[bucket("2026-12", None, 1, is_past, 107)], &months(date(2026, 12, 21), 2));
        assert_eq!((of(0)[1].late, of(0)[1].due), (0, 0));
        assert_eq!((of(1)[1].late, of(1)[1].due), (107, 107));
    }

    /// A part by its days, as the database would group it.
    fn grouped(days: Days, today: jiff::civil::Date) -> Bucket {
        let month = |day: Option<jiff::civil::Date>| day.map(|day| day.strftime("%Y-%m").to_string());
        Bucket {
            due: month(days.due),
            done: month(days.done),
            accepted: month(days.accepted),
            in_time: i64::from(days.done.zip(days.due).is_none_or(|(done, due)| done <= due)),
            is_past: i64::from(days.due.is_some_and(|due| due < today)),
            stopped: i64::from(days.stopped.is_some()),
            parts: 1,
        }
    }

    proptest! {
        /// The last point says of each part what its state says, on every day of a year.
        #[test]
        fn the_last_point_is_the_state_of_today(
            ahead in 0_i64..366, due in proptest::option::of(-60_i64..60), done in proptest::option::of(0_i64..90),
            wait in proptest::option::of(0_i64..30), stopped in proptest::option::of(0_i64..30),
        ) {
            let today = date(2026, 1, 1).saturating_add(ahead.days());
            let back = |days: i64| today.saturating_sub(days.days());
            let done = done.map(back);
            let days = Days {
                start: None,
                due: due.map(back),
                done,
                accepted: done.zip(wait).map(|(done, wait)| done.saturating_add(wait.days()).min(today)),
                stopped: stopped.filter(|_| done.is_none()).map(back),
            };
            let point = trail(&[grouped(days, today)], &months(today, 12)).pop().unwrap();
            let now = state(days, "year", today);
            prop_assert_eq!(point.late == 1, matches!(now, State::Late(_)));
            prop_assert_eq!(point.reported == 1, now == State::Reported);
            prop_assert_eq!(point.done == 1, matches!(now, State::DoneInTime | State::DoneLate));
            prop_assert_eq!(point.on_time == 1, now == State::DoneInTime);
        }
    }
}
