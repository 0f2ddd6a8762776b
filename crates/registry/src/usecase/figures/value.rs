//! Values by body, as the rows are now.

use std::{collections::BTreeMap, sync::Arc};

use db::Reader;
use jiff::civil::Date;
use kernel::{Bodies, Ctx, Held, Problem, Scope, Search, UnitId};
use webkit::Core;

use crate::{
    model::figures::{AGENCIES, Counts, Definition, Rows, Sum, body_of, folded, under},
    store::figures::value,
};

/// By body and part.
pub type ByBody = BTreeMap<(UnitId, String), (i64, i64)>;

/// What every owner has; where agencies are counted of which one is enough, those too that own nothing.
pub async fn sums(bodies: &Arc<dyn Bodies>, conn: &Reader, of: &Definition, day: Date) -> Result<Vec<Sum>, Problem> {
    let mut sums = value::sums(conn, of, day).await?;
    if of.counts == Counts::AgenciesOfAny {
        sums.retain(|sum| body_of(of.counts, bodies.as_ref(), sum.unit_id).is_some());
        let search = Search { words: "", near: &[], day, from: 0, limit: usize::MAX };
        let all = bodies.search(&search, &|unit| AGENCIES.contains(&bodies.kind(unit))).bodies;
        for part in of.parts {
            let lacking = |unit: &UnitId| !sums.iter().any(|sum| sum.unit_id == *unit && sum.part == part.code);
            let units: Vec<UnitId> = all.iter().map(|hit| hit.unit).filter(lacking).collect();
            let none = |unit_id| Sum { unit_id, part: part.code.to_owned(), numerator: 0, denominator: 1 };
            sums.extend(units.into_iter().map(none));
        }
    }
    Ok(sums)
}

/// The same by the bodies that stand for them today.
pub async fn by_body(bodies: &Arc<dyn Bodies>, conn: &Reader, of: &Definition, day: Date) -> Result<ByBody, Problem> {
    Ok(folded(of.counts, &sums(bodies, conn, of, day).await?, bodies.as_ref()))
}

/// Which bodies a reader sees, of those at and below the one that is asked for.
pub struct Seen {
    bodies: Arc<dyn Bodies>,
    reach: Scope,
    pub top: Option<UnitId>,
}

impl Seen {
    /// # Errors
    /// Where the body that is asked for is not in reach: it is not told whether there is one.
    pub fn of(core: &Core, ctx: &Ctx, asked: Option<&str>) -> Result<Self, Problem> {
        let top: Option<UnitId> = asked.map(str::parse).transpose().map_err(|_| Problem::not_found())?;
        let (bodies, reach) = (Arc::clone(core.bodies()), core.authorizer().reach(ctx, Held::Any));
        let seen = Self { bodies, reach, top };
        match seen.top {
            Some(top) if !seen.has_in_reach(top) => Err(Problem::not_found()),
            _ => Ok(seen),
        }
    }

    fn has_in_reach(&self, unit: UnitId) -> bool {
        self.reach.everything || self.reach.subtree.contains(&unit)
    }

    /// Whether what is an owner's is shown.
    pub fn has(&self, owner: UnitId) -> bool {
        let unit = self.bodies.today(owner);
        self.has_in_reach(unit) && self.top.is_none_or(|top| under(self.bodies.as_ref(), unit, top))
    }

    /// The same of what this counts: enterprises are everybody's to read.
    pub fn has_of(&self, of: &Definition, owner: UnitId) -> bool {
        match of.rows {
            Rows::Systems => self.has(owner),
            Rows::Enterprises => self.top.is_none_or(|top| under(self.bodies.as_ref(), self.bodies.today(owner), top)),
        }
    }

    /// Everything there is of it.
    pub fn is_all(&self, of: &Definition) -> bool {
        self.top.is_none() && (self.reach.everything || of.rows == Rows::Enterprises)
    }

    /// The value of a part over these bodies; none where no body at all has one.
    pub fn total(&self, of: &Definition, values: &ByBody, part: &str) -> Option<(i64, i64)> {
        let own = values.iter().filter(|((unit, named), _)| named == part && self.has_of(of, *unit));
        let sum = own.fold((0, 0), |sum, (_, value)| (sum.0 + value.0, sum.1 + value.1));
        values.keys().any(|(_, named)| named == part).then_some(sum)
    }
}
