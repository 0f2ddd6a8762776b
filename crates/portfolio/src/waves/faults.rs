//! What is wrong with waves that somebody made: the same rules by which a plan is made.

use serde::Serialize;

use super::{
    model::{Assignment, Closed},
    order::Order,
};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    /// It moves before, or together with, what it needs; or that has no wave.
    BeforeNeeded {
        system: u32,
        needs: u32,
    },
    /// Systems that go only together are in several waves.
    Apart {
        systems: Vec<u32>,
    },
    TooManySystems {
        wave: u32,
        systems: u64,
        most: u32,
    },
    TooMuchEffort {
        wave: u32,
        effort: u64,
        most: u32,
    },
    NotYet {
        system: u32,
        wave: u32,
    },
    Blackout {
        system: u32,
        wave: u32,
    },
    /// No such wave is within the terms.
    NoSuchWave {
        system: u32,
        wave: u32,
    },
}

impl Order {
    pub fn faults(&self, assignment: &Assignment) -> Vec<Fault> {
        let of = |at: usize| assignment.get(&self.candidates[at].system).copied();
        let waves: Vec<Option<u32>> = (0..self.candidates.len()).map(of).collect();
        let mut out = Vec::new();
        for (at, wave) in waves.iter().enumerate() {
            let Some(wave) = *wave else { continue };
            let system = self.candidates[at].system;
            let outside = self.needs[at].iter().filter(|first| self.group_of[**first] != self.group_of[at]);
            for first in outside.filter(|first| waves[**first].is_none_or(|before| before >= wave)) {
                out.push(Fault::BeforeNeeded { system, needs: self.candidates[*first].system });
            }
            out.extend(self.closed(at, wave));
        }
        for group in self.groups.iter().filter(|group| group.len() > 1) {
            if group.iter().any(|at| waves[*at] != waves[group[0]]) {
                out.push(Fault::Apart { systems: self.systems(group) });
            }
        }
        for wave in self.waves(assignment) {
            let (systems, most) = (wave.systems.len() as u64, self.terms.most_systems);
            if systems > u64::from(most) {
                out.push(Fault::TooManySystems { wave: wave.number, systems, most });
            }
            let (effort, most) = (wave.effort, self.terms.most_effort);
            if effort > u64::from(most) {
                out.push(Fault::TooMuchEffort { wave: wave.number, effort, most });
            }
        }
        out.sort_unstable();
        out
    }

    fn closed(&self, at: usize, wave: u32) -> Option<Fault> {
        let one = &self.candidates[at];
        let Some(place) = (wave as usize).checked_sub(1).filter(|place| *place < self.days.count()) else {
            return Some(Fault::NoSuchWave { system: one.system, wave });
        };
        Some(match self.days.closed(place, one.earliest, &one.blackouts)? {
            Closed::NotYet { .. } => Fault::NotYet { system: one.system, wave },
            Closed::Blackout => Fault::Blackout { system: one.system, wave },
        })
    }
}
