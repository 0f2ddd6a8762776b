//! Accepted migrations as the rules ask for them: what of a decision is carried out already.

use derive::Columns;
use jiff::{Timestamp, civil::Date};
use kernel::{Code as _, ctx::vietnam};

use super::{SystemHosting, SystemId, SystemState, assessment::MoveStrategy, moves::Strategy};

/// The columns of an accepted migration that answer a decision.
#[derive(Debug, Clone, Columns)]
pub struct Moved {
    pub system_id: SystemId,
    pub strategy: Strategy,
    pub to_hosting: SystemHosting,
    pub ended_on: Option<Date>,
}

impl Moved {
    /// Whether it carried this out: it went the decided way, or some way after a reviewer had decided that it goes; and
    /// the system still stands where it led. What a reviewer decides of a moved system is a new decision.
    pub fn carried_out(
        &self,
        (hosting, state): (SystemHosting, SystemState),
        decided: MoveStrategy,
        reviewed_at: Option<i64>,
    ) -> bool {
        let is_end = self.strategy == Strategy::Retire;
        let on = reviewed_at.and_then(|at| Timestamp::from_microsecond(at).ok()).map(vietnam);
        let is_before = on.zip(self.ended_on).is_some_and(|(on, ended_on)| on <= ended_on);
        let is_its_way = self.strategy.code() == decided.code() || !is_end && decided.moves() && is_before;
        let stands = if is_end { state == SystemState::Retired } else { hosting == self.to_hosting };
        is_its_way && stands
    }
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZone};

    use super::*;

    #[test]
    fn a_decision_is_carried_out_by_what_followed_it_and_brought_the_system_where_it_stands() {
        let moved = Moved {
            system_id: kernel::Id::from_uuid(uuid::Uuid::from_u128(1)),
            strategy: Strategy::Rehost,
            to_hosting: SystemHosting::ProvincialCloud,
            ended_on: Some(date(2026, 11, 20)),
        };
        let at = |day: Date| day.at(3, 0, 0, 0).to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp().as_microsecond());
        let (before, after) = (at(date(2026, 11, 2)), at(date(2026, 12, 1)));
        let there = (SystemHosting::ProvincialCloud, SystemState::Operating);
        assert!(moved.carried_out(there, MoveStrategy::Rehost, None));
        assert!(moved.carried_out(there, MoveStrategy::Rehost, after));
        assert!(moved.carried_out(there, MoveStrategy::Refactor, before), "decided to move, and moved another way");
        assert!(!moved.carried_out(there, MoveStrategy::Refactor, after), "a new decision");
        assert!(!moved.carried_out(there, MoveStrategy::Refactor, None), "nobody had decided that");
        assert!(!moved.carried_out(there, MoveStrategy::Retain, before));
        let back = (SystemHosting::OwnRoom, SystemState::Operating);
        assert!(!moved.carried_out(back, MoveStrategy::Rehost, before), "it stands elsewhere again");
        // Days are those of Vietnam, as that of the acceptance: three in the morning there is the evening before in UTC.
        let next = at(date(2026, 11, 20)).map(|at| at + 17 * 3_600_000_000);
        assert!(!moved.carried_out(there, MoveStrategy::Refactor, next), "decided on the day after");
        let ended = Moved { strategy: Strategy::Retire, to_hosting: SystemHosting::Unknown, ..moved };
        let over = (SystemHosting::OwnRoom, SystemState::Retired);
        assert!(ended.carried_out(over, MoveStrategy::Retire, None));
        assert!(!ended.carried_out(over, MoveStrategy::Rehost, before));
        assert!(!ended.carried_out(back, MoveStrategy::Retire, None), "it operates again");
    }
}
