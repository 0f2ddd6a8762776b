//! Reporting periods: their labels, the stretch of days they report on, and when the report is due.
//!
//! Defaults are those of NĐ 09/2019/NĐ-CP; a duty may set its own, because plans do.

use derive::Code;
use jiff::{ToSpan, civil::Date};
use kernel::{Calendar, Code as _, Deadline};
use webkit::FluentValue;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "period-kind")]
pub enum PeriodKind {
    Month,
    Quarter,
    HalfYear,
    Year,
    /// A stage of several years, or once: its days are said when it is opened.
    Once,
}

impl PeriodKind {
    /// Periods of this kind in a year.
    fn count(self) -> i8 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::Year | Self::Once => 1,
        }
    }
}

/// One period: `2026-M11`, `2026-Q4`, `2026-H2`, `2026`, or `2026-L3` for the third request of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub year: i16,
    /// From 1.
    pub number: i8,
    kind: u8,
}

const SIGNS: [(PeriodKind, char); 4] =
    [(PeriodKind::Month, 'M'), (PeriodKind::Quarter, 'Q'), (PeriodKind::HalfYear, 'H'), (PeriodKind::Once, 'L')];

impl Label {
    pub fn new(kind: PeriodKind, year: i16, number: i8) -> Self {
        let at = PeriodKind::ALL.iter().position(|other| *other == kind).unwrap_or(0);
        Self { year, number, kind: u8::try_from(at).unwrap_or(0) }
    }

    pub fn kind(self) -> PeriodKind {
        PeriodKind::ALL[usize::from(self.kind)]
    }

    pub fn parse(text: &str) -> Option<Self> {
        let Some((year, rest)) = text.split_once('-') else {
            return Some(Self::new(PeriodKind::Year, text.parse().ok().filter(|year| (2000..2200).contains(year))?, 1));
        };
        let sign = rest.chars().next()?;
        let (kind, _) = SIGNS.iter().find(|(_, known)| *known == sign)?;
        let number: i8 = rest.get(1..)?.parse().ok()?;
        let most = if *kind == PeriodKind::Once { 99 } else { kind.count() };
        let year = year.parse().ok().filter(|year| (2000..2200).contains(year))?;
        (1..=most).contains(&number).then(|| Self::new(*kind, year, number))
    }

    /// The same period of another year.
    #[must_use]
    pub fn of_year(self, year: i16) -> Self {
        Self { year, ..self }
    }

    /// The period before, in the year before where it was the first.
    #[must_use]
    pub fn before(self) -> Self {
        if self.number > 1 {
            Self { number: self.number - 1, ..self }
        } else {
            Self { year: self.year - 1, number: self.kind().count(), ..self }
        }
    }

    /// The periods of its year up to and with it.
    pub fn so_far(self) -> impl Iterator<Item = Self> {
        (1..=self.number).map(move |number| Self { number, ..self })
    }

    /// The period of this kind that a day lies in, by the cut-off.
    pub fn of(kind: PeriodKind, day: Date, cutoff: Cutoff) -> Self {
        let years = [day.year(), day.year() + 1];
        let all = years.into_iter().flat_map(|year| (1..=kind.count()).map(move |n| Self::new(kind, year, n)));
        let inside = |label: &Self| {
            let (from, to) = label.days(cutoff);
            (from..=to).contains(&day)
        };
        all.into_iter().find(inside).unwrap_or_else(|| Self::new(kind, day.year(), 1))
    }

    /// First and last day that it reports on.
    pub fn days(self, cutoff: Cutoff) -> (Date, Date) {
        let months = 12 / self.kind().count();
        let last_month = self.number.clamp(1, self.kind().count()) * months;
        let end = Date::new(self.year, last_month, 1).unwrap_or(Date::MIN);
        let begin = end.saturating_sub(i32::from(months - 1).months());
        match cutoff {
            Cutoff::Calendar => (begin, end.last_of_month()),
            // "15th of the month before the period to the 14th of its last month".
            Cutoff::Decree => {
                let from = begin.saturating_sub(1.month());
                (from.saturating_add(14.days()), end.saturating_add(13.days()))
            }
        }
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match SIGNS.iter().find(|(kind, _)| *kind == self.kind()) {
            Some((_, sign @ 'M')) => write!(f, "{}-{sign}{:02}", self.year, self.number),
            Some((_, sign)) => write!(f, "{}-{sign}{}", self.year, self.number),
            None => write!(f, "{}", self.year),
        }
    }
}

/// Where a period is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum Cutoff {
    /// NĐ 09/2019: from the 15th to the 14th.
    Decree,
    /// Whole months.
    Calendar,
}

/// When a report is due: so many working days after the cut-off, or before or by a day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    After { days: i32 },
    Before { month: i8, day: i8 },
    By { month: i8, day: i8 },
}

impl Due {
    /// `after:3`, `before:11-30`, `by:12-15`.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let day = || {
            let (month, day) = rest.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            Date::new(2024, month, day).ok().map(|_| (month, day))
        };
        match kind {
            "after" => rest.parse().ok().filter(|days| (0..=60).contains(days)).map(|days| Self::After { days }),
            "before" => day().map(|(month, day)| Self::Before { month, day }),
            "by" => day().map(|(month, day)| Self::By { month, day }),
            _ => None,
        }
    }

    /// The words of a plan: "trước ngày 30/11", "trước 05/12".
    pub fn of_words(words: &str) -> Option<Self> {
        let folded = kernel::text::fold(words);
        let numbers: Vec<i8> = folded.split(' ').filter_map(|word| word.parse().ok()).collect();
        let [day, month] = *numbers.get(..2)? else { return None };
        Date::new(2024, month, day).ok()?;
        Some(if folded.starts_with("truoc") { Self::Before { month, day } } else { Self::By { month, day } })
    }

    /// The key of its words, and what stands in them.
    pub fn words(self) -> (&'static str, Vec<(&'static str, FluentValue<'static>)>) {
        let on = |month: i8, day: i8| vec![("day", format!("{day:02}/{month:02}").into())];
        match self {
            Self::After { days } => ("due-after", vec![("days", i64::from(days).into())]),
            Self::Before { month, day } => ("due-before", on(month, day)),
            Self::By { month, day } => ("due-by", on(month, day)),
        }
    }

    pub fn deadline(self, label: Label, cutoff: Cutoff, calendar: &Calendar) -> Deadline {
        let day = |month, day| Date::new(label.year, month, day).unwrap_or_else(|_| label.days(cutoff).1);
        match self {
            Self::After { days } => {
                let due = calendar.add(label.days(cutoff).1, days);
                Deadline { due, safe: calendar.on_or_before(due), received: None }
            }
            Self::Before { month, day: d } => calendar.before(day(month, d)),
            Self::By { month, day: d } => calendar.by(day(month, d), true),
        }
    }
}

impl std::fmt::Display for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::After { days } => write!(f, "after:{days}"),
            Self::Before { month, day } => write!(f, "before:{month:02}-{day:02}"),
            Self::By { month, day } => write!(f, "by:{month:02}-{day:02}"),
        }
    }
}

/// The key of a period's words, and what stands in them; none for what is no label.
pub fn label_key(label: &str) -> Option<(&'static str, Vec<(&'static str, FluentValue<'static>)>)> {
    let (key, args) = label_texts(label)?;
    Some((key, args.into_iter().map(|(name, text)| (name, text.into())).collect()))
}

/// The same, for another domain to say.
pub fn label_texts(label: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let label = Label::parse(label)?;
    let roman = ["I", "II", "III", "IV"].get(usize::try_from(label.number - 1).unwrap_or(0)).copied().unwrap_or("");
    let key = match label.kind() {
        PeriodKind::Month => "period-month",
        PeriodKind::Quarter => "period-quarter",
        PeriodKind::HalfYear if label.number == 1 => "period-first-half",
        PeriodKind::HalfYear => "period-second-half",
        PeriodKind::Year => "period-year",
        PeriodKind::Once => "period-once",
    };
    let args =
        vec![("number", label.number.to_string()), ("roman", roman.to_owned()), ("year", label.year.to_string())];
    Some((key, args))
}

/// "tháng 11 năm 2026", for papers.
pub fn label_words(label: &str) -> String {
    let Some(label) = Label::parse(label) else { return label.to_owned() };
    let quarter = ["I", "II", "III", "IV"].get(usize::try_from(label.number - 1).unwrap_or(0)).copied().unwrap_or("");
    match label.kind() {
        PeriodKind::Month => format!("tháng {} năm {}", label.number, label.year),
        PeriodKind::Quarter => format!("quý {quarter} năm {}", label.year),
        PeriodKind::HalfYear if label.number == 1 => format!("6 tháng đầu năm {}", label.year),
        PeriodKind::HalfYear => format!("6 tháng cuối năm {}", label.year),
        PeriodKind::Year => format!("năm {}", label.year),
        PeriodKind::Once => format!("đợt {} năm {}", label.number, label.year),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_and_papers_say_a_period_alike() {
        let locales = webkit::locales(&[crate::module()]).unwrap();
        for label in ["2026-M11", "2026-Q4", "2026-H1", "2026-H2", "2026", "2026-L3"] {
            let (key, args) = label_key(label).unwrap();
            assert_eq!(locales.text(kernel::Lang::Vi, key, &args), label_words(label));
            assert!(!locales.text(kernel::Lang::En, key, &args).contains("năm"));
        }
    }

    #[test]
    fn periods_are_cut_as_the_decree_says() {
        let days = |text: &str| Label::parse(text).unwrap().days(Cutoff::Decree);
        assert_eq!(days("2026-M11"), (date(2026, 10, 15), date(2026, 11, 14)));
        assert_eq!(days("2026-Q1"), (date(2025, 12, 15), date(2026, 3, 14)));
        assert_eq!(days("2026-H1"), (date(2025, 12, 15), date(2026, 6, 14)));
        assert_eq!(days("2026-H2"), (date(2026, 6, 15), date(2026, 12, 14)));
        assert_eq!(days("2026"), (date(2025, 12, 15), date(2026, 12, 14)));
        assert_eq!(Label::parse("2026-Q4").unwrap().days(Cutoff::Calendar), (date(2026, 10, 1), date(2026, 12, 31)));
    }

    #[test]
    fn a_plan_may_set_its_own_day() {
        let calendar = Calendar::built_in();
        let due = Due::of_words("trước ngày 30/11").unwrap();
        assert_eq!(due.to_string(), "before:11-30");
        let deadline = due.deadline(Label::parse("2026").unwrap(), Cutoff::Decree, &calendar);
        assert_eq!((deadline.due, deadline.safe), (date(2026, 11, 29), date(2026, 11, 27)));
        assert_eq!(Due::parse("before:02-30"), None);
        assert_eq!(Due::of_words("trước quý IV"), None);
    }

    #[test]
    fn wrong_labels_are_refused() {
        for text in ["", "2026-M13", "2026-Q0", "26", "2026-X1", "2026-Mx", "2026-M"] {
            assert_eq!(Label::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn periods_follow_without_gap(year in 2020_i16..2035, number in 1_i8..=12, decree in any::<bool>()) {
            let cutoff = if decree { Cutoff::Decree } else { Cutoff::Calendar };
            for kind in [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::HalfYear, PeriodKind::Year] {
                let label = Label::new(kind, year, (number - 1) % kind.count() + 1);
                let (from, to) = label.days(cutoff);
                prop_assert_eq!(label.before().days(cutoff).1.tomorrow().unwrap(), from);
                prop_assert_eq!(Label::of(kind, from, cutoff), label);
                prop_assert_eq!(Label::of(kind, to, cutoff), label);
                prop_assert_eq!(Label::parse(&label.to_string()), Some(label));
            }
        }
    }
}
