//! The plan of waves: its terms, and which system goes in which wave.

use derive::{Fact, Row};
use jiff::civil::Date;
use portfolio::waves::{Closed, NotPlaced, Span, Terms, Why};
use serde::{Deserialize, Serialize};

use super::{SystemId, closed_days, landscape::Landscape};

kernel::id!(OfWavePlan WavePlanId "waveplan");
kernel::id!(OfWaveItem WaveItemId "waveitem");

/// There is one, of the whole province.
pub const PROVINCE: &str = "province";

/// What somebody may begin with, until they say otherwise.
pub const SHIPPED: &str = include_str!("../../data/waves.json");

/// The largest numbers that a form takes.
pub const MOST: i64 = 1_000_000;

#[derive(Debug, Clone, PartialEq, Row)]
#[row(table = "registry_wave_plan", taken = "waves-meanwhile")]
pub struct WavePlan {
    pub id: WavePlanId,
    /// [`PROVINCE`].
    pub scope: String,
    pub start_on: Date,
    /// Length of a wave, in days.
    pub days: i64,
    pub most_systems: i64,
    /// In person-days.
    pub most_effort: i64,
    pub most_waves: i64,
    /// Days in a row that must be open in a wave.
    pub free_days: i64,
    /// Person-days of a system of which nobody has said it.
    pub usual_effort: i64,
    /// Days on which nothing is cut over, as JSON.
    pub blackouts: String,
    pub planned_on: Option<Date>,
    /// The terms by which it was planned then; plans of before do not say it.
    pub planned_by: Option<String>,
    pub rev: i64,
}

impl WavePlan {
    /// All terms in one text.
    pub fn by(&self) -> String {
        let Self { start_on, days, most_systems, most_effort, most_waves, free_days, usual_effort, blackouts, .. } =
            self;
        format!("{start_on} {days} {most_systems} {most_effort} {most_waves} {free_days} {usual_effort} {blackouts}")
    }

    /// Whether the terms were changed since the waves were placed.
    pub fn is_outdated(&self) -> bool {
        self.planned_by.as_ref().is_some_and(|by| *by != self.by())
    }

    /// The first days in a row from this one on that a wave leaves open to a system with these closed days of its own.
    pub fn open_days(&self, wave: i64, from: Date, own: &[Span]) -> Option<(Date, Date)> {
        let (first, last) = self.days_of(wave)?;
        let length = jiff::Span::new().try_days(self.free_days - 1).ok()?;
        let closed = [self.spans(), own.to_vec()].concat();
        let mut begins = first.max(from);
        loop {
            let ends = begins.checked_add(length).ok().filter(|ends| *ends <= last)?;
            let held = closed.iter().filter(|span| span.from <= ends && begins <= span.to);
            match held.map(|span| span.to).max() {
                None => return Some((begins, ends)),
                Some(to) => begins = to.tomorrow().ok()?,
            }
        }
    }

    pub fn spans(&self) -> Vec<Span> {
        closed_days::kept(&self.blackouts)
    }

    /// The first and the last day of a wave that the terms have.
    pub fn days_of(&self, wave: i64) -> Option<(Date, Date)> {
        let day = |count: Option<i64>| self.start_on.checked_add(jiff::Span::new().try_days(count?).ok()?).ok();
        let before = (wave - 1).checked_mul(self.days).filter(|_| (1..=self.most_waves).contains(&wave));
        let last = before.and_then(|before| before.checked_add(self.days - 1));
        day(before).zip(day(last))
    }

    /// Whether the last day of a wave is before this one.
    pub fn is_over(&self, wave: i64, today: Date) -> bool {
        self.days_of(wave).is_some_and(|(_, last)| last < today)
    }

    /// The first wave that is not over; one more than there are where all are.
    pub fn first_open(&self, today: Date) -> i64 {
        (1..=self.most_waves).find(|wave| !self.is_over(*wave, today)).unwrap_or(self.most_waves + 1)
    }

    /// As the plan is reckoned; what is out of all bounds is refused there.
    pub fn terms(&self) -> Terms {
        let small = |number: i64| u16::try_from(number).unwrap_or_default();
        let whole = |number: i64| u32::try_from(number).unwrap_or_default();
        Terms {
            start: self.start_on,
            days: small(self.days),
            most_systems: whole(self.most_systems),
            most_effort: whole(self.most_effort),
            most_waves: small(self.most_waves),
            free_days: small(self.free_days),
            blackouts: self.spans(),
        }
    }
}

/// One system's place; none of a system for which no wave was found.
#[derive(Debug, Clone, PartialEq, Row, Fact)]
#[row(table = "registry_wave_item", taken = "waves-meanwhile")]
#[fact(key = "wave_item")]
pub struct WaveItem {
    #[fact(name = "wave_item", vi = "Lượt chuyển đổi", en = "Turn in a wave")]
    pub id: WaveItemId,
    #[fact(name = "system", vi = "Hệ thống", en = "System")]
    pub system_id: SystemId,
    #[fact(vi = "Đợt", en = "Wave")]
    pub wave: Option<i64>,
    /// Its place in the order in which systems were placed.
    pub turn: i64,
    #[fact(vi = "Xếp tay", en = "Placed by hand")]
    pub by_hand: bool,
    /// Why there, or why nowhere: [`Reason`]s as JSON.
    pub why: String,
}

impl WaveItem {
    pub fn reasons(&self) -> Vec<Reason> {
        serde_json::from_str(&self.why).unwrap_or_default()
    }
}

/// Why a system is where it is, with systems by their ids: places change with the inventory. The last three are what a place
/// given by hand breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    Free,
    ByHand,
    After {
        system: SystemId,
        wave: u32,
    },
    /// Plans of before have no day.
    NotYet {
        from: u32,
        to: u32,
        day: Option<Date>,
    },
    Blackout {
        from: u32,
        to: u32,
    },
    Full {
        from: u32,
        to: u32,
    },
    Together {
        systems: Vec<SystemId>,
    },
    NeededBy {
        system: SystemId,
    },
    TooLarge {
        systems: u32,
        effort: u64,
    },
    Waits {
        system: SystemId,
    },
    NoWave {
        closed: u32,
        full: u32,
    },
    NoWaveAfter {
        system: SystemId,
        wave: u32,
        closed: u32,
        full: u32,
    },
    /// All waves are over.
    AllOver,
    /// It is being moved in this wave.
    UnderWay,
    /// It stood in a wave that is over by now, and was not moved in it.
    LeftOver {
        wave: i64,
    },
    BeforeNeeded {
        system: SystemId,
    },
    OverRoom,
    ClosedThere,
}

impl Reason {
    pub fn of(why: &Why, landscape: &Landscape) -> Option<Self> {
        let id = |place: u32| landscape.id(place);
        Some(match why {
            Why::Free => Self::Free,
            Why::After { system, wave } => Self::After { system: id(*system)?, wave: *wave },
            Why::Closed { by: Closed::NotYet { earliest }, from, to } => {
                Self::NotYet { from: *from, to: *to, day: Some(*earliest) }
            }
            Why::Closed { by: Closed::Blackout, from, to } => Self::Blackout { from: *from, to: *to },
            Why::Full { from, to } => Self::Full { from: *from, to: *to },
            Why::Together { systems } => {
                Self::Together { systems: systems.iter().filter_map(|one| id(*one)).collect() }
            }
            Why::NeededBy { system } => Self::NeededBy { system: id(*system)? },
            Why::TooLarge { systems, effort } => Self::TooLarge { systems: *systems, effort: *effort },
            Why::Pinned => Self::ByHand,
            Why::UnderWay => Self::UnderWay,
            Why::PinnedBefore { system } => Self::BeforeNeeded { system: id(*system)? },
            Why::PinnedOver => Self::OverRoom,
            Why::PinnedClosed { by: Closed::NotYet { .. } | Closed::Blackout } => Self::ClosedThere,
        })
    }

    pub fn of_none(why: &NotPlaced, landscape: &Landscape) -> Option<Self> {
        Some(match why {
            NotPlaced::Waits { system } => Self::Waits { system: landscape.id(*system)? },
            NotPlaced::NoWave { closed, full } => Self::NoWave { closed: *closed, full: *full },
            NotPlaced::NoWaveAfter { system, wave, closed, full } => {
                Self::NoWaveAfter { system: landscape.id(*system)?, wave: *wave, closed: *closed, full: *full }
            }
            NotPlaced::Over => Self::AllOver,
            NotPlaced::Pinned => Self::ByHand,
        })
    }

    /// The systems that it names.
    pub fn systems(&self) -> Vec<SystemId> {
        match self {
            Self::After { system, .. }
            | Self::NeededBy { system }
            | Self::Waits { system }
            | Self::NoWaveAfter { system, .. }
            | Self::BeforeNeeded { system } => vec![*system],
            Self::Together { systems } => systems.clone(),
            Self::Free
            | Self::ByHand
            | Self::NotYet { .. }
            | Self::Blackout { .. }
            | Self::Full { .. }
            | Self::TooLarge { .. }
            | Self::NoWave { .. }
            | Self::AllOver
            | Self::UnderWay
            | Self::LeftOver { .. }
            | Self::OverRoom
            | Self::ClosedThere => Vec::new(),
        }
    }
}

/// Terms to begin with: a proposal, as data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsualTerms {
    pub edition: portfolio::Edition,
    pub days: i64,
    pub most_systems: i64,
    pub most_effort: i64,
    pub most_waves: i64,
    pub free_days: i64,
    pub usual_effort: i64,
}

impl UsualTerms {
    pub fn shipped() -> Self {
        serde_json::from_str(SHIPPED).expect("the terms that ship are sound")
    }

    /// From the first day of the next month on.
    pub fn plan(&self, id: WavePlanId, today: Date) -> WavePlan {
        let start_on = today.last_of_month().tomorrow().unwrap_or(today);
        let Self { days, most_systems, most_effort, most_waves, free_days, usual_effort, .. } = *self;
        WavePlan {
            id,
            scope: PROVINCE.to_owned(),
            start_on,
            days,
            most_systems,
            most_effort,
            most_waves,
            free_days,
            usual_effort,
            blackouts: "[]".to_owned(),
            planned_on: None,
            planned_by: None,
            rev: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Id;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_window_lies_in_the_first_days_that_its_wave_leaves_open() {
        let plan = UsualTerms::shipped().plan(Id::from_uuid(Uuid::from_u128(1)), date(2026, 12, 5));
        let tet = Span { from: date(2027, 1, 30), to: date(2027, 2, 20) };
        let blackouts = serde_json::to_string(&[tet]).unwrap();
        let plan = WavePlan { days: 60, free_days: 15, blackouts, ..plan };
        let open = |from, own: &[Span]| plan.open_days(1, from, own);
        assert_eq!(open(date(2026, 12, 5), &[]), Some((date(2027, 1, 1), date(2027, 1, 15))));
        // Not over the blackout, nor over days of its own, nor in days that are over.
        assert_eq!(open(date(2027, 1, 20), &[]), None, "nine days are left behind it");
        let plan = WavePlan { days: 90, ..plan.clone() };
        assert_eq!(plan.open_days(1, date(2027, 1, 20), &[]), Some((date(2027, 2, 21), date(2027, 3, 7))));
        let own = Span { from: date(2027, 3, 1), to: date(2027, 3, 2) };
        assert_eq!(plan.open_days(1, date(2027, 1, 20), &[own]), Some((date(2027, 3, 3), date(2027, 3, 17))));
        assert_eq!(plan.open_days(41, date(2027, 1, 1), &[]), None);
    }

    #[test]
    fn a_wave_is_over_when_its_last_day_is() {
        let plan = UsualTerms::shipped().plan(Id::from_uuid(Uuid::from_u128(1)), date(2026, 12, 5));
        let plan = WavePlan { days: 31, ..plan };
        let over = |day| (1..=3).map(|wave| plan.is_over(wave, day)).collect::<Vec<_>>();
        assert_eq!(over(date(2027, 1, 31)), [false, false, false]);
        assert_eq!(over(date(2027, 2, 1)), [true, false, false]);
        let days = [date(2026, 1, 1), date(2027, 1, 31), date(2027, 2, 1), date(2099, 1, 1)];
        let open = days.map(|day| plan.first_open(day));
        assert_eq!(open, [1, 1, 2, plan.most_waves + 1]);
        assert!(!plan.is_over(99, date(2099, 1, 1)), "there is no such wave");
    }

    #[test]
    fn waves_are_outdated_once_their_terms_are_others() {
        let plan = UsualTerms::shipped().plan(Id::from_uuid(Uuid::from_u128(1)), date(2026, 12, 5));
        assert!(!plan.is_outdated(), "nothing is planned");
        let planned = WavePlan { planned_by: Some(plan.by()), rev: 7, ..plan };
        assert!(!planned.is_outdated());
        assert!(WavePlan { most_systems: 3, ..planned.clone() }.is_outdated());
        assert!(WavePlan { blackouts: "[{}]".into(), ..planned }.is_outdated());
    }
}
