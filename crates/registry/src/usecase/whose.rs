//! Whose word a thing waits for that a leader of its owner, or of a body above, may say: the nearest of them that has a
//! leader.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::{Bodies, Colleagues, PersonId, Problem, Role, UnitId};

use crate::model::{label::LabelLine, level::Dossier, moves::Migration};

/// A leader as acts know one: the account, and the person.
type Leader = (String, PersonId);

/// The leaders of some owners and of all bodies above them.
pub struct Leaders<'a> {
    bodies: &'a dyn Bodies,
    of: BTreeMap<UnitId, Vec<Leader>>,
}

impl<'a> Leaders<'a> {
    /// Asks once for all of them.
    pub async fn over(
        bodies: &'a dyn Bodies,
        colleagues: &dyn Colleagues,
        day: Date,
        owners: BTreeSet<UnitId>,
    ) -> Result<Self, Problem> {
        let mut of: BTreeMap<UnitId, Vec<Leader>> = BTreeMap::new();
        let units: BTreeSet<UnitId> = owners.into_iter().flat_map(|owner| upwards(bodies, owner)).collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        let people = if units.is_empty() { vec![] } else { colleagues.in_units(day, &units).await? };
        for one in people {
            for post in one.posts.iter().filter(|post| post.role == Role::LEADER) {
                of.entry(post.unit).or_default().push((one.account.to_string(), one.person));
            }
        }
        Ok(Self { bodies, of })
    }

    /// Whose word an appraised dossier waits for.
    pub fn approves(&self, row: &Dossier) -> Option<UnitId> {
        self.asked(row.owner_id, |hand, _| row.is_by(hand))
    }

    /// Whose word a system that was moved waits for.
    pub fn accepts(&self, row: &Migration) -> Option<UnitId> {
        self.asked(row.owner_id, |hand, person| row.is_by(hand, Some(person)))
    }

    /// Whose word a label waits for in which this is said.
    pub fn publishes(&self, owner: UnitId, lines: &[LabelLine]) -> Option<UnitId> {
        self.asked(owner, |hand, _| lines.iter().any(|line| line.is_by(hand)))
    }

    /// What a thing is called where it waits: with whose it is, where that is another body.
    pub fn said(&self, asked: UnitId, owner: UnitId, name: &str) -> String {
        let owner = self.bodies.today(owner);
        if asked == owner {
            return name.to_owned();
        }
        let short = self.bodies.body(owner).map(|body| body.short_name).unwrap_or_default();
        format!("{name} ({short})")
    }

    /// The body whose leader is asked, of the owner and those above it: the first with a leader who had no hand in it.
    fn asked(&self, owner: UnitId, had_hand: impl Fn(&str, PersonId) -> bool) -> Option<UnitId> {
        let is_free = |(hand, person): &Leader| !had_hand(hand, *person);
        let has_one = |unit: &UnitId| self.of.get(unit).is_some_and(|all| all.iter().any(is_free));
        upwards(self.bodies, owner).find(has_one)
    }
}

/// The body that stands for this one today, and those above it.
fn upwards(bodies: &dyn Bodies, unit: UnitId) -> impl Iterator<Item = UnitId> {
    std::iter::successors(Some(bodies.today(unit)), |unit| bodies.above(*unit))
}
