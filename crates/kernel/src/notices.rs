//! The ports by which people learn what waits for them: what falls due, whom it concerns, and who was told when.

use jiff::civil::Date;

use crate::{AccountId, Calendar, PersonId, Post, Problem, Role, UnitId};

/// One thing that a body has to do by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub unit: UnitId,
    /// `part`, `report`, `difficulty`, `question`; the locale key is `notice-<kind>`.
    pub kind: &'static str,
    /// The id of what it is about, as printed.
    pub subject: String,
    /// A person's own words or a title; never personal data.
    pub words: String,
    /// The last day on which it is in time.
    pub due: Date,
    /// It is said as before the day after it: "trước ngày 30/11".
    pub is_before: bool,
    pub href: String,
    /// Of what lies in a compartment: the roles of those who may know of it. Empty where whoever works there may.
    pub only: &'static [Role],
}

impl Due {
    /// Whether somebody with such a post may be told.
    pub fn is_for(&self, role: Role) -> bool {
        self.only.is_empty() || self.only.contains(&role)
    }
}

/// What a domain's people are to be reminded of; each domain with deadlines answers.
#[async_trait::async_trait]
pub trait Dues: Send + Sync + std::fmt::Debug {
    /// What is open and falls, or fell, due on one of these days.
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem>;

    /// The same of these units alone, from the first day to the last; for a body that was merged away its own row is asked for,
    /// and its successor named.
    async fn of_units(&self, units: &[UnitId], days: (Date, Date)) -> Result<Vec<Due>, Problem> {
        let (first, last) = days;
        let days: Vec<Date> = first.series(jiff::ToSpan::days(1)).take_while(|day| *day <= last).collect();
        let mut dues = self.due_on(&days).await?;
        dues.retain(|due| units.contains(&due.unit));
        Ok(dues)
    }
}

/// A person with an account and the posts that are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub person: PersonId,
    pub account: AccountId,
    pub name: String,
    pub posts: Vec<Post>,
}

/// Who works where; `directory` answers.
#[async_trait::async_trait]
pub trait Colleagues: Send + Sync + std::fmt::Debug {
    async fn at_work(&self, day: Date) -> Result<Vec<Colleague>, Problem>;

    /// Those of them with a post in one of these units, each with all posts there.
    async fn in_units(&self, day: Date, units: &[UnitId]) -> Result<Vec<Colleague>, Problem> {
        let mut people = self.at_work(day).await?;
        for one in &mut people {
            one.posts.retain(|post| units.contains(&post.unit));
        }
        people.retain(|one| !one.posts.is_empty());
        Ok(people)
    }
}

/// How often, and when last, people were reminded of one thing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Told {
    pub subject: String,
    pub day: String,
    /// Calendar days left, as [`crate::day::days_left`] counts them; below zero: days late.
    pub days: i64,
    pub people: i64,
    pub by_mail: i64,
}

/// Who was told of a thing and when; `notify` answers.
#[async_trait::async_trait]
pub trait Reminded: Send + Sync + std::fmt::Debug {
    /// By day, newest first.
    async fn told(&self, subjects: &[String]) -> Result<Vec<Told>, Problem>;
}

/// The kind of job by which a person is told of a change of their own account, or of their work, queued inside the act that
/// changes it.
pub const TELL: &str = "notify.tell";

/// What a job of kind [`TELL`] carries. Its words are `told-<what>`, in the person's language.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tell {
    pub person: PersonId,
    /// `password`, `second-factor` and so on.
    pub what: String,
    pub href: String,
    /// Of work: the sentence itself; never personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Working days before the last safe day on which people are reminded.
const AHEAD: [i32; 3] = [5, 1, 0];
/// Late: on the first working day, then every so many.
const EVERY: i32 = 5;
/// Nobody is reminded of what is later than this, in days: then people talk.
const GIVEN_UP: i64 = 400;
const LOOKED_AHEAD: i64 = 30;

/// Working days from `today` to the last safe day of `due`; below zero: working days late. It says when people are
/// reminded; what they read counts calendar days ([`crate::day::days_left`]).
pub fn working_days_left(calendar: &Calendar, due: Date, today: Date) -> i32 {
    if today > due {
        return -calendar.between(due, today).max(1);
    }
    calendar.between(today, calendar.on_or_before(due))
}

/// The due days of which people are reminded today, when the last round was on `since`: a round that was missed is
/// made up for.
pub fn due_days(calendar: &Calendar, since: Date, today: Date) -> Vec<Date> {
    let span = jiff::ToSpan::days;
    let first = today.saturating_sub(span(GIVEN_UP));
    let last = today.saturating_add(span(LOOKED_AHEAD));
    let rounds: Vec<Date> = since
        .max(today.saturating_sub(span(14)))
        .series(span(1))
        .skip(1)
        .take_while(|day| *day <= today)
        .filter(|day| calendar.is_working(*day))
        .collect();
    let falls = |due: &Date| {
        rounds.iter().any(|round| {
            let left = working_days_left(calendar, *due, *round);
            AHEAD.contains(&left) || left == -1 || (left < 0 && left % EVERY == 0)
        })
    };
    first.series(span(1)).take_while(|due| *due <= last).filter(falls).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn reminds_on_the_last_safe_day_and_not_every_day() {
        let calendar = Calendar::built_in();
        // Sunday 29/11/2026: Friday is the last safe day.
        let due = date(2026, 11, 29);
        let reminded: Vec<Date> = date(2026, 11, 9)
            .series(jiff::ToSpan::days(1))
            .take_while(|day| *day < date(2026, 12, 20))
            .filter(|day| due_days(&calendar, day.yesterday().unwrap(), *day).contains(&due))
            .collect();
        // 24/11 is a day off, so five working days before Friday 27/11 is Thursday 19/11.
        let days = [(11, 19), (11, 26), (11, 27), (11, 30), (12, 4), (12, 11), (12, 18)];
        assert_eq!(reminded, days.map(|(month, day)| date(2026, month, day)));
        assert_eq!(working_days_left(&calendar, due, date(2026, 11, 27)), 0);
        assert_eq!(working_days_left(&calendar, due, date(2026, 12, 4)), -5);
    }

    #[test]
    fn a_missed_round_is_made_up_for_once() {
        let calendar = Calendar::built_in();
        let due = date(2026, 11, 12);
        assert!(due_days(&calendar, date(2026, 11, 10), date(2026, 11, 16)).contains(&due));
        assert!(!due_days(&calendar, date(2026, 11, 16), date(2026, 11, 17)).contains(&due));
    }
}
