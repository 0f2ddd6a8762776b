//! What is asked and what comes out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days from one to the other, both of them in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub from: Date,
    pub to: Date,
}

/// A system that is to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub system: u32,
    /// In person-days.
    pub effort: u32,
    /// The higher the sooner.
    pub priority: i64,
    pub earliest: Option<Date>,
    /// Days on which this one may not be cut over.
    pub blackouts: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub start: Date,
    /// Length of a wave.
    pub days: u16,
    pub most_systems: u32,
    pub most_effort: u32,
    pub most_waves: u16,
    /// Days in a row that must be open in a wave for a system to be cut over in it; the length of the wave where any
    /// closed day closes it.
    pub free_days: u16,
    /// Days on which nothing may be cut over.
    pub blackouts: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refused {
    /// A length, a capacity or a count of waves that is zero, or open days that no wave has.
    NoRoom,
    /// More than 2,000 waves, or beyond the calendar.
    TooLong,
    TwiceNamed {
        system: u32,
    },
    /// It ends before it begins.
    BackwardSpan {
        from: Date,
        to: Date,
    },
}

/// Of each system the number of its wave, from 1.
pub type Assignment = BTreeMap<u32, u32>;

/// Of each system that somebody placed by hand the number of its wave; none keeps it out of all waves.
pub type Pins = BTreeMap<u32, Option<u32>>;

/// What a plan is made round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// What was said of a wave that is over holds no more.
    pub pins: Pins,
    /// Systems that are being moved stay in their waves, also in those that are over.
    pub under_way: Assignment,
    /// Nothing else is placed in a wave that ended before this day; none where all waves are open.
    pub today: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wave {
    pub number: u32,
    pub from: Date,
    pub to: Date,
    pub systems: Vec<u32>,
    pub effort: u64,
    /// One group that is larger than a wave may be: a person must say yes to it.
    pub is_over: bool,
}

/// Why a wave is closed for a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// It may not be moved before this day.
    NotYet {
        earliest: Date,
    },
    Blackout,
}

/// Why a system is not earlier than it is; waves are from and to, both in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// Nothing held it back.
    Free,
    /// What it needs moves in the wave before.
    After {
        system: u32,
        wave: u32,
    },
    Closed {
        by: Closed,
        from: u32,
        to: u32,
    },
    /// Others of higher priority had taken these waves.
    Full {
        from: u32,
        to: u32,
    },
    /// They stand on each other in a ring.
    Together {
        systems: Vec<u32>,
    },
    /// Taken before its turn, because this one of higher priority needs it.
    NeededBy {
        system: u32,
    },
    /// The group is larger than a wave may be.
    TooLarge {
        systems: u32,
        effort: u64,
    },
    /// Somebody placed it here by hand.
    Pinned,
    /// It is being moved in this wave.
    UnderWay,
    /// It is here by hand, though this one, which it needs, has no earlier wave.
    PinnedBefore {
        system: u32,
    },
    /// It is here by hand, and what was placed here by hand is more than a wave may hold.
    PinnedOver,
    /// It is here by hand, though the wave is closed for it.
    PinnedClosed {
        by: Closed,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    pub system: u32,
    pub wave: u32,
    /// Its place in the order in which systems were placed, from 1.
    pub turn: u32,
    pub why: Vec<Why>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NotPlaced {
    /// What it needs has no wave.
    Waits { system: u32 },
    /// In all waves that there may be it is closed, or no room is left.
    NoWave { closed: u32, full: u32 },
    /// The same of the waves behind the one of a system that it needs; both are 0 where that is the last.
    NoWaveAfter { system: u32, wave: u32, closed: u32, full: u32 },
    /// All waves that there may be are over.
    Over,
    /// Somebody keeps it out by hand, or in a wave that there is not.
    Pinned,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    pub system: u32,
    pub why: NotPlaced,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Those that hold something.
    pub waves: Vec<Wave>,
    /// In the order of the systems.
    pub placed: Vec<Placed>,
    pub unplaced: Vec<Unplaced>,
}

impl Plan {
    pub fn assignment(&self) -> Assignment {
        self.placed.iter().map(|one| (one.system, one.wave)).collect()
    }
}
