//! Whether another weight would change who comes first, and who that would be.

use std::{collections::BTreeSet, sync::Arc};

use db::Reader;
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use portfolio::priority::{Profile, Shift};
use serde::Serialize;
use webkit::{Core, heavy};

use super::{
    classify::{Material, count, load_heard},
    in_force,
    rule_words::say,
};
use crate::{
    model::{
        SystemId,
        appraiser::{Appraiser, Asking, fields},
        case::Case,
        landscape::Landscape,
        wave::UsualTerms,
    },
    store::{
        seen::{self, Seen},
        wave,
    },
};

/// How much heavier or lighter each weight is thought, in percent.
pub const SHIFT: i64 = 20;
/// Who is named of those that enter, and of those that leave.
const NAMED: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SystemCrossing {
    #[schema(value_type = String)]
    pub system: SystemId,
    pub name: String,
}

/// Who comes among the first, or leaves them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Crossing {
    /// At most ten that the caller may see, by their place in the changed order.
    pub named: Vec<SystemCrossing>,
    /// The others.
    pub more: i64,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct WeightShift {
    /// Systems that would have another place; 0 where the order stays.
    pub moved: i64,
    pub enter: Crossing,
    pub leave: Crossing,
}

/// One weight, made heavier and lighter alone.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct WeightSensitivity {
    pub criterion: String,
    pub says: String,
    pub weight: i64,
    pub heavier: WeightShift,
    pub lighter: WeightShift,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Sensitivity {
    /// The edition of the weights, by its id and version.
    pub edition: String,
    /// How many are the first: as many as a wave holds.
    pub first: i64,
    pub percent: i64,
    pub weights: Vec<WeightSensitivity>,
}

pub async fn sensitivity(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Sensitivity, Problem> {
    let appraiser = in_force::appraiser(conn).await?;
    let (material, today) = (load_heard(core, ctx).await?, ctx.today());
    let plan = wave::plan(conn).await?;
    let first = plan.map_or_else(|| UsualTerms::shipped().most_systems, |plan| plan.most_systems);
    let (own, places) = (Arc::clone(&appraiser), usize::try_from(first).unwrap_or(usize::MAX));
    let made = heavy(move || {
        let shifts = own.weights.sensitivity(&profiles(&own, &material, today)?, SHIFT, places);
        Ok::<_, Problem>((material.landscape, shifts))
    });
    let (landscape, shifts) = made.await??;
    let crossing = shifts.iter().flat_map(|shift| shift.enter.iter().chain(&shift.leave));
    let ids: BTreeSet<SystemId> = crossing.filter_map(|place| landscape.id(*place)).collect();
    let seen = seen::among(core, ctx, conn, &ids.into_iter().collect::<Vec<_>>()).await?;
    let told = |criterion: usize, percent: i64| {
        let shift = shifts.iter().find(|shift| shift.criterion == criterion && shift.percent == percent);
        let side = |of: fn(&Shift) -> &[u32]| crossed(shift.map(of).unwrap_or_default(), &landscape, &seen);
        WeightShift {
            moved: shift.map_or(0, |shift| count(shift.moved.len())),
            enter: side(|shift| shift.enter.as_slice()),
            leave: side(|shift| shift.leave.as_slice()),
        }
    };
    let criteria = appraiser.weights.criteria().iter().enumerate();
    let weights = criteria.map(|(at, one)| WeightSensitivity {
        criterion: one.key.clone(),
        says: say(ctx.lang, &one.say).to_owned(),
        weight: one.weight,
        heavier: told(at, SHIFT),
        lighter: told(at, -SHIFT),
    });
    let edition = &appraiser.weights.text().edition;
    let edition = format!("{} {}", edition.id, edition.version);
    Ok(Sensitivity { edition, first, percent: SHIFT, weights: weights.collect() })
}

/// Of the systems that are to move, by the reviewer's choice or else the rules'.
fn profiles(appraiser: &Appraiser, material: &Material, today: Date) -> Result<Vec<(u32, Profile)>, Problem> {
    let mut out = Vec::new();
    for (case, place) in material.landscape.cases().iter().zip(0u32..).filter(|(case, _)| case.is_assessed()) {
        let row = material.assessments.get(&case.id);
        let given = row.map(|row| fields(&row.answers)).unwrap_or_default();
        let inventory = material.landscape.inventory(place, today);
        let effort = row.and_then(|row| row.effort);
        let said = appraiser.appraise(Asking { inventory: &inventory, given: &given, effort })?;
        if row.and_then(|row| row.overruled).unwrap_or(said.strategy).moves() {
            out.push((place, said.profile));
        }
    }
    Ok(out)
}

fn crossed(places: &[u32], landscape: &Landscape, seen: &Seen) -> Crossing {
    let one = |case: &Case| SystemCrossing { system: case.id, name: case.name.to_string() };
    named(places.iter().filter_map(|place| landscape.at(*place)).map(one).collect(), seen)
}

fn named(all: Vec<SystemCrossing>, seen: &Seen) -> Crossing {
    let whole = all.len();
    let named: Vec<SystemCrossing> = all.into_iter().filter(|one| seen.has(one.system)).take(NAMED).collect();
    Crossing { more: count(whole - named.len()), named }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_are_named_of_those_that_may_be_seen_and_the_rest_is_counted() {
        let one = |at: usize| SystemCrossing {
            system: format!("system_{at:026}").parse().unwrap(),
            name: format!("Phần mềm {at}"),
        };
        let all: Vec<SystemCrossing> = (1..=12).map(one).collect();
        let said = named(all.clone(), &Seen::All);
        assert_eq!((&said.named[..], said.more), (&all[..10], 2));
        let said = named(all.clone(), &Seen::These([all[11].system].into()));
        assert_eq!((&said.named[..], said.more), (&all[11..], 11));
    }
}
