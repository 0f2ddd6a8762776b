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
    /// The waves that it touches, as they would be.
    pub waves: Vec<Wave>,
    pub assignment: Assignment,
}

/// The system is no candidate, or there is no such wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NoSuchMove;

impl Order {
    /// `to` is the number of a wave; none takes the system out of all waves. Nothing else is moved.
    pub fn moved(&self, now: &Assignment, system: u32, to: Option<u32>) -> Result<Consequences, NoSuchMove> {
        self.moved_all(now, &[system], to)
    }

    /// The same of systems that go together, in one step: `before` is the wave of the first of them.
    pub fn moved_all(&self, now: &Assignment, systems: &[u32], to: Option<u32>) -> Result<Consequences, NoSuchMove> {
        let is_wave = to.is_none_or(|to| (1..=self.days.count()).contains(&(to as usize)));
        if !is_wave || systems.iter().any(|one| !self.places.contains_key(one)) {
            return Err(NoSuchMove);
        }
        let mut then = now.clone();
        let before: Vec<Option<u32>> = systems.iter().map(|one| then.remove(one)).collect();
        if let Some(to) = to {
            then.extend(systems.iter().map(|one| (*one, to)));
        }
        let (breaks, mends) = self.compared(now, &then);
        let is_touched = |wave: &Wave| to == Some(wave.number) || before.contains(&Some(wave.number));
        let waves = self.waves(&then).into_iter().filter(is_touched).collect();
        Ok(Consequences { before: before.first().copied().flatten(), breaks, mends, waves, assignment: then })
    }

    /// The faults that a plan has and the one before had not, and those that it has no more.
    fn compared(&self, before: &Assignment, then: &Assignment) -> (Vec<Fault>, Vec<Fault>) {
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
    let is_new = |fault: &&Fault| !others.contains(*fault) && !others.iter().any(|other| is_said(fault, other));
    some.iter().filter(is_new).cloned().collect()
}
