//! What moving a system is worth beside what it takes: of the systems that are to move and that one may see.

use db::Reader;
use kernel::{Ctx, Problem, UnitId};
use portfolio::{priority::Weights, table::Given};
use serde::Serialize;
use webkit::Core;

use super::{classify::count, in_force::appraiser};
use crate::{
    model::{Amount, SystemId, assessment::MoveStrategy},
    store::{
        assessment::{self, Moving},
        seen,
    },
};

/// As many as a picture and its table hold.
pub const MOST: usize = 300;

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Bubble {
    #[schema(value_type = String)]
    pub system: SystemId,
    pub name: String,
    #[schema(value_type = String)]
    pub owner: UnitId,
    pub strategy: MoveStrategy,
    /// The priority score without its effort.
    pub value: i64,
    /// Person-days; none where nobody has estimated it.
    pub effort: Option<i64>,
    pub users: Option<i64>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Bubbles {
    /// How many there are; the items are those of the highest value.
    pub all: i64,
    /// Of all, those whose effort nobody has estimated.
    pub without_effort: i64,
    pub items: Vec<Bubble>,
}

/// What the effort gives to a score: the value is what is left without it.
fn of_effort(weights: &Weights, effort: Option<i64>) -> i64 {
    let profile = weights.profile(effort.map(|effort| ("effort", Given::Number(effort))));
    // An edition of the weights need not ask for it.
    profile.map_or(0, |profile| weights.score(&profile).total)
}

pub async fn bubbles(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Bubbles, Problem> {
    let weights = &appraiser(conn).await?.weights;
    let rows = assessment::moving(conn, seen::condition(core, ctx, conn)).await?;
    let without_effort = rows.iter().filter(|row| row.effort.is_none()).count();
    let bubble = |row: Moving| Bubble {
        system: row.id,
        name: row.name.to_string(),
        owner: row.owner_id,
        strategy: row.strategy,
        value: row.score - of_effort(weights, row.effort),
        effort: row.effort,
        users: row.users.map(Amount::get),
    };
    let mut items: Vec<Bubble> = rows.into_iter().map(bubble).collect();
    let all = count(items.len());
    items.sort_by_key(|one| (std::cmp::Reverse(one.value), one.effort.unwrap_or(i64::MAX), one.system));
    items.truncate(MOST);
    Ok(Bubbles { all, without_effort: count(without_effort), items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effort_takes_nothing_from_the_value() {
        let weights = Weights::shipped();
        assert_eq!(of_effort(&weights, None), 0);
        // All its points at 300 days, at a weight of minus ten.
        assert_eq!(of_effort(&weights, Some(300)), -1_000);
    }
}
