//! Which bodies share data with which, as a table: rows give, columns take.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use kernel::UnitId;
use minijinja::{Value, context};
use webkit::{Outcome, Req, book};

use super::{files::as_xlsx, shown::words};
use crate::{
    store::map::Shares,
    usecase::map::{may_know, sharing},
};

/// As many rows, and as many columns, as the page shows; the file has all.
const MOST: usize = 60;

/// A body with its name, in the order of names.
type Body = (UnitId, String);

struct Matrix {
    givers: Vec<Body>,
    takers: Vec<Body>,
    counts: HashMap<(UnitId, UnitId), i64>,
}

impl Matrix {
    /// Only bodies that share stand in it.
    fn of(req: &Req, all: &[Shares]) -> Self {
        let named = |units: &mut dyn Iterator<Item = UnitId>| {
            let name = |unit: UnitId| req.app.bodies().body(unit).map(|body| body.short_name).unwrap_or_default();
            let named: BTreeMap<UnitId, String> = units.map(|unit| (unit, name(unit))).collect();
            let mut named: Vec<Body> = named.into_iter().collect();
            named.sort_by_cached_key(|(_, name)| kernel::text::sort_key(name));
            named
        };
        Self {
            givers: named(&mut all.iter().map(|one| one.from_owner)),
            takers: named(&mut all.iter().map(|one| one.to_owner)),
            counts: all.iter().map(|one| ((one.from_owner, one.to_owner), one.count)).collect(),
        }
    }

    fn count(&self, giver: UnitId, taker: UnitId) -> Option<i64> {
        self.counts.get(&(giver, taker)).copied()
    }

    fn given(&self, giver: UnitId) -> i64 {
        self.takers.iter().filter_map(|(taker, _)| self.count(giver, *taker)).sum()
    }

    fn taken(&self, taker: UnitId) -> i64 {
        self.givers.iter().filter_map(|(giver, _)| self.count(*giver, taker)).sum()
    }
}

/// The bodies of the largest sums, the largest first, and how many others there are.
fn largest(bodies: &[Body], sum: impl Fn(UnitId) -> i64) -> (Vec<&Body>, usize) {
    let mut all: Vec<&Body> = bodies.iter().collect();
    all.sort_by_cached_key(|(unit, _)| Reverse(sum(*unit)));
    let others = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    (all, others)
}

pub async fn page(req: Req) -> Outcome {
    let matrix = Matrix::of(&req, &sharing(&req.app, &req.ctx).await?);
    let (givers, more_givers) = largest(&matrix.givers, |giver| matrix.given(giver));
    let (takers, more_takers) = largest(&matrix.takers, |taker| matrix.taken(taker));
    let rows = givers.iter().map(|(giver, name)| {
        let cells = takers.iter().map(|(taker, name)| {
            context! { name, count => matrix.count(*giver, *taker) }
        });
        // What would be refused is no link.
        let href = may_know(&req.app, &req.ctx, *giver).is_ok().then(|| format!("/systems/map?owner={giver}"));
        context! { name, href, cells => cells.collect::<Vec<Value>>(), given => matrix.given(*giver) }
    });
    let rows: Vec<Value> = rows.collect();
    let takers: Vec<String> = takers.iter().map(|(_, name)| name.clone()).collect();
    req.page("registry/sharing.html", context! { rows, takers, more_givers, more_takers }).await
}

pub async fn xlsx(req: Req) -> Outcome {
    let matrix = Matrix::of(&req, &sharing(&req.app, &req.ctx).await?);
    let takers = matrix.takers.iter().map(|(_, name)| name.clone());
    let heads = std::iter::once(words(&req, "sharing-gives")).chain(takers).chain([words(&req, "sharing-all")]);
    let number = |count: Option<i64>| book::Value::from(count.map(|count| count.to_string()).unwrap_or_default());
    let line = |(giver, name): &Body| {
        let cells = matrix.takers.iter().map(|(taker, _)| number(matrix.count(*giver, *taker)));
        let sum = number(Some(matrix.given(*giver)));
        std::iter::once(book::Value::from(name.as_str())).chain(cells).chain([sum]).collect()
    };
    let lines: Vec<Vec<book::Value>> = matrix.givers.iter().map(line).collect();
    as_xlsx(&req, "systems-sharing", words(&req, "sharing"), (heads.collect(), lines)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_sixty_of_those_that_share_most() {
        let body = |at: u128| (UnitId::from_uuid(uuid::Uuid::from_u128(at)), at.to_string());
        let all: Vec<Body> = (0..62).map(body).collect();
        let sum = |unit: UnitId| i64::try_from(unit.uuid().as_u128() / 2).unwrap();
        let (shown, others) = largest(&all, sum);
        let names: Vec<&str> = shown.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!((shown.len(), others), (60, 2));
        assert_eq!(names[..4], ["60", "61", "58", "59"], "of one sum in the order of names");
        assert!(!names.contains(&"0") && !names.contains(&"1"));
        assert_eq!(largest(&all[..3], sum).1, 0);
    }
}
