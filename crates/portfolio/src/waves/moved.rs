//! What a change by hand would do.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    faults::Fault,
    model::{Assignment, Wave},
    order::Order,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consequences {
    pub before: Option<u32>,
    /// Faults that the change would make.
    pub breaks: Vec<Fault>,
    /// Faults that it would take away.
    pub mends: Vec<Fault>,
    /// The two waves that it touches, as they would be.
    pub waves: Vec<Wave>,
    pub assignment: Assignment,
}

/// The system is no candidate, or there is no such wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NoSuchMove;

impl Order {
    /// `to` is the number of a wave; none takes the system out of all waves. Nothing else is moved.
    pub fn moved(&self, now: &Assignment, system: u32, to: Option<u32>) -> Result<Consequences, NoSuchMove> {
        let is_wave = to.is_none_or(|to| (1..=self.days.count()).contains(&(to as usize)));
        if !self.places.contains_key(&system) || !is_wave {
            return Err(NoSuchMove);
        }
        let mut then = now.clone();
        let before = match to {
            Some(to) => then.insert(system, to),
            None => then.remove(&system),
        };
        let (breaks, mends) = self.compared(now, &then);
        let waves = self.waves(&then).into_iter().filter(|wave| [before, to].contains(&Some(wave.number))).collect();
        Ok(Consequences { before, breaks, mends, waves, assignment: then })
    }

    /// The faults that a plan has and the one before had not, and those that it has no more.
    pub fn compared(&self, before: &Assignment, then: &Assignment) -> (Vec<Fault>, Vec<Fault>) {
        let (old, new): (BTreeSet<Fault>, BTreeSet<Fault>) =
            (self.faults(before).into_iter().collect(), self.faults(then).into_iter().collect());
        // A wave that holds less too much than before is not broken, and not yet mended.
        let breaks = but(&new, &old, |new, old| excesses(new, old).is_some_and(|(now, before)| now <= before));
        let mends = but(&old, &new, |old, new| excesses(old, new).is_some());
        (breaks, mends)
    }
}

/// How much more a wave holds than it may, which both faults are about; none where they are about other things.
fn excesses(one: &Fault, other: &Fault) -> Option<(u64, u64)> {
    match (one, other) {
        (Fault::TooManySystems { wave, systems, .. }, Fault::TooManySystems { wave: there, systems: many, .. }) => {
            (wave == there).then_some((*systems, *many))
        }
        (Fault::TooMuchEffort { wave, effort, .. }, Fault::TooMuchEffort { wave: there, effort: much, .. }) => {
            (wave == there).then_some((*effort, *much))
        }
        _ => None,
    }
}

/// The faults of some that are not among others, and not said by one of them either.
fn but(some: &BTreeSet<Fault>, others: &BTreeSet<Fault>, is_said: impl Fn(&Fault, &Fault) -> bool) -> Vec<Fault> {
    let is_new = |fault: &&Fault| !others.iter().any(|other| *fault == other || is_said(fault, other));
    some.iter().filter(is_new).cloned().collect()
}
