//! What a unit can be to a plan. Who leads or helps with a single task is written on the task itself.

use kernel::UnitId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanRole {
    /// Sees and steers every part, though it stands above nobody.
    Follows,
    /// Answers for a target of the plan: confirms its values, so it sees every part.
    OwnsTarget,
    /// Coordinates the plan as a whole: sees every part.
    Coordinates,
    /// Is named to carry the plan out: sees every part.
    Implements,
}

impl PlanRole {
    pub const ALL: [Self; 4] = [Self::Follows, Self::OwnsTarget, Self::Coordinates, Self::Implements];

    pub fn code(self) -> &'static str {
        match self {
            Self::Follows => "follows",
            Self::OwnsTarget => "owns_target",
            Self::Coordinates => "coordinates",
            Self::Implements => "implements",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// The units that steer the plan and those that see it, for the policies.
#[derive(Debug, Clone, Default)]
pub struct Circle {
    pub followers: Vec<UnitId>,
    pub others: Vec<UnitId>,
}

impl Circle {
    /// `first` is the follower written on the plan itself.
    pub fn new(first: UnitId, roles: &[(UnitId, PlanRole)]) -> Self {
        let with = |follows: bool| roles.iter().filter(move |(_, role)| (*role == PlanRole::Follows) == follows);
        Self {
            followers: std::iter::once(first).chain(with(true).map(|(unit, _)| *unit)).collect(),
            others: with(false).map(|(unit, _)| *unit).collect(),
        }
    }
}
