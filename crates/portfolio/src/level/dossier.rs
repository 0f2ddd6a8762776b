//! What a level asks for, how long each step may take, and how often it is checked: all of it dated data.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    table::Fault,
    words::{Edition, Status, Words},
};

/// The controls and clocks that the program brings.
pub const SHIPPED: &str = include_str!("../../data/level-dossier.json");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierText {
    pub edition: Edition,
    pub groups: Vec<GroupText>,
    pub controls: Vec<ControlText>,
    pub clocks: Vec<ClockText>,
    pub cycles: Vec<CycleText>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Management,
    Technical,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupText {
    pub key: String,
    pub side: Side,
    pub say: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlText {
    pub key: String,
    pub group: String,
    /// Asked for from this level on.
    pub from_level: u8,
    pub say: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockText {
    pub key: String,
    pub levels: Vec<u8>,
    pub working_days: u16,
    pub status: Status,
    pub say: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CycleText {
    pub levels: Vec<u8>,
    pub check_months: u16,
    pub valid_months: u16,
    pub status: Status,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DossierFault {
    Shape {
        fault: Fault,
    },
    NoSuchGroup {
        control: String,
        group: String,
    },
    NoSuchLevel {
        place: String,
        level: u8,
    },
    /// A clock that runs no day, or a cycle of no month.
    NoTime {
        place: String,
    },
    /// Each clock, and the cycle, is there once for each level.
    NotOnce {
        place: String,
        level: u8,
        times: usize,
    },
}

#[derive(Debug, Clone)]
pub struct DossierRules(DossierText);

impl DossierRules {
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the controls and clocks that ship are sound")
    }

    pub fn read(json: &str) -> Result<Self, Vec<DossierFault>> {
        let shape = |error| vec![DossierFault::Shape { fault: Fault::unreadable(&error) }];
        Self::of(serde_json::from_str(json).map_err(shape)?)
    }

    pub fn of(text: DossierText) -> Result<Self, Vec<DossierFault>> {
        let mut faults = shape(&text);
        for control in &text.controls {
            if !text.groups.iter().any(|group| group.key == control.group) {
                let (control, group) = (control.key.clone(), control.group.clone());
                faults.push(DossierFault::NoSuchGroup { control, group });
            }
        }
        let controls = text.controls.iter().map(|control| (&control.key, control.from_level));
        let clocks = text.clocks.iter().flat_map(|clock| clock.levels.iter().map(|level| (&clock.key, *level)));
        for (place, level) in controls.chain(clocks).filter(|(_, level)| !(1..=5).contains(level)) {
            faults.push(DossierFault::NoSuchLevel { place: place.clone(), level });
        }
        let keys: BTreeSet<&str> = text.clocks.iter().map(|clock| clock.key.as_str()).collect();
        for level in 1..=5 {
            let of = |key: &str| {
                text.clocks.iter().filter(|clock| clock.key == key && clock.levels.contains(&level)).count()
            };
            let cycles = text.cycles.iter().filter(|cycle| cycle.levels.contains(&level)).count();
            let counts = keys.iter().map(|key| (*key, of(key))).chain([("cycles", cycles)]);
            for (place, times) in counts.filter(|(_, times)| *times != 1) {
                faults.push(DossierFault::NotOnce { place: place.to_owned(), level, times });
            }
        }
        if faults.is_empty() { Ok(Self(text)) } else { Err(faults) }
    }

    pub fn text(&self) -> &DossierText {
        &self.0
    }

    /// The checklist of a level, group by group as the file has them.
    pub fn controls(&self, level: u8) -> impl Iterator<Item = (&GroupText, &ControlText)> {
        let of =
            move |group: &GroupText, control: &&ControlText| control.group == group.key && control.from_level <= level;
        self.0.groups.iter().flat_map(move |group| {
            self.0.controls.iter().filter(move |control| of(group, control)).map(move |control| (group, control))
        })
    }

    pub fn clock(&self, key: &str, level: u8) -> Option<&ClockText> {
        self.0.clocks.iter().find(|clock| clock.key == key && clock.levels.contains(&level))
    }

    pub fn cycle(&self, level: u8) -> Option<&CycleText> {
        self.0.cycles.iter().find(|cycle| cycle.levels.contains(&level))
    }
}

fn shape(text: &DossierText) -> Vec<DossierFault> {
    let groups = text.groups.iter().map(|group| (&group.key, &group.say));
    let controls = text.controls.iter().map(|control| (&control.key, &control.say));
    let clocks = text.clocks.iter().map(|clock| (&clock.key, &clock.say));
    let mut out = Vec::new();
    for (key, _) in groups.clone().chain(controls.clone()).chain(clocks).filter(|(_, say)| !say.is_complete()) {
        out.push(DossierFault::Shape { fault: Fault::NoWords { place: key.clone() } });
    }
    let mut seen = BTreeSet::new();
    for (place, key) in groups.map(|(key, _)| ("groups", key)).chain(controls.map(|(key, _)| ("controls", key))) {
        if !seen.insert((place, key)) {
            let fault = Fault::TwiceNamed { place: place.to_owned(), key: key.clone() };
            out.push(DossierFault::Shape { fault });
        }
    }
    let idle = text.clocks.iter().filter(|clock| clock.working_days == 0).map(|clock| clock.key.clone());
    let still = text.cycles.iter().filter(|cycle| cycle.check_months == 0 || cycle.valid_months == 0);
    let places = idle.chain(still.map(|_| "cycles".to_owned()));
    out.extend(places.map(|place| DossierFault::NoTime { place }));
    out
}
