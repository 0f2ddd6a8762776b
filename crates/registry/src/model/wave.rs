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
    pub rev: i64,
}

impl WavePlan {
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
            Why::PinnedBefore { system } => Self::BeforeNeeded { system: id(*system)? },
            Why::PinnedOver => Self::OverRoom,
            Why::PinnedClosed { by: Closed::NotYet { .. } | Closed::Blackout } => Self::ClosedThere,
        })
    }

    pub fn of_none(why: &NotPlaced, landscape: &Landscape) -> Option<Self> {
        Some(match why {
            NotPlaced::Waits { system } => Self::Waits { system: landscape.id(*system)? },
            NotPlaced::NoWave { closed, full } => Self::NoWave { closed: *closed, full: *full },
            NotPlaced::Pinned => Self::ByHand,
        })
    }

    /// The systems that it names.
    pub fn systems(&self) -> Vec<SystemId> {
        match self {
            Self::After { system, .. }
            | Self::NeededBy { system }
            | Self::Waits { system }
            | Self::BeforeNeeded { system } => vec![*system],
            Self::Together { systems } => systems.clone(),
            Self::Free
            | Self::ByHand
            | Self::NotYet { .. }
            | Self::Blackout { .. }
            | Self::Full { .. }
            | Self::TooLarge { .. }
            | Self::NoWave { .. }
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
            rev: 1,
        }
    }
}
