//! What a year's lines say of each commune together, and of all communes.

use std::collections::BTreeMap;

use kernel::UnitId;
use serde::Serialize;

use super::{Coverage, Length, Passive};
use crate::model::Amount;

/// A part and its whole, each where it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Share {
    pub part: Option<i64>,
    pub whole: Option<i64>,
}

impl Share {
    fn both(self) -> Option<(i64, i64)> {
        self.part.zip(self.whole)
    }

    /// The two of which a rate is made. Of a whole that is nothing there is none, which is for who shows it to say.
    pub fn counted(self) -> Option<(i64, i64)> {
        self.both().filter(|(part, whole)| part <= whole)
    }

    /// Lines of several operators make more than there is: somebody counts twice.
    pub fn is_doubtful(self) -> bool {
        self.both().is_some_and(|(part, whole)| part > whole)
    }

    fn and(self, other: Self) -> Self {
        let Some((part, whole)) = other.counted() else { return self };
        Self { part: Some(self.part.unwrap_or(0) + part), whole: Some(self.whole.unwrap_or(0) + whole) }
    }
}

/// What is told of a commune, or of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, derive::Schema)]
pub struct Told {
    /// None of all of them.
    pub commune: Option<UnitId>,
    pub name: String,
    /// Of how many operators it is put together; 0 where one line says it of all.
    pub operators: usize,
    pub broadband: Share,
    pub covered_4g: Share,
    pub covered_5g: Share,
    pub dead_spots: Option<i64>,
    pub poles: Option<i64>,
    #[schema(value_type = Option<String>)]
    pub pole_length: Option<Length>,
    pub chambers: Option<i64>,
    #[schema(value_type = Option<String>)]
    pub duct_length: Option<Length>,
}

/// A column of lines: what all of it is, which is the line of all operators where there is one that says it.
struct Lines<'a, R> {
    of_all: Option<&'a R>,
    rows: &'a [&'a R],
}

impl<R> Lines<'_, R> {
    fn put(&self, of: impl Fn(&R) -> Option<i64>, together: impl Fn(i64, i64) -> i64) -> Option<i64> {
        let said = self.of_all.and_then(&of);
        said.or_else(|| self.rows.iter().copied().filter_map(&of).reduce(together))
    }
}

fn number(amount: Option<Amount>) -> Option<i64> {
    amount.map(Amount::get)
}

fn metres(length: Option<Length>) -> Option<i64> {
    length.map(Length::metres)
}

/// A household is connected by one operator, so their figures add up; people are covered by several, so the most that
/// one reaches is what is sure. Where one operator reaches, there is no dead spot: there are no more than the fewest.
fn covered(told: &mut Told, rows: &[&Coverage]) {
    let of_all = rows.iter().find(|row| row.company.is_none()).copied();
    let lines = Lines { of_all, rows };
    let households = lines.put(|row| number(row.households), i64::max);
    let population = lines.put(|row| number(row.population), i64::max);
    told.operators = if of_all.is_some() { 0 } else { rows.len() };
    told.broadband = Share { part: lines.put(|row| number(row.broadband), |a, b| a + b), whole: households };
    told.covered_4g = Share { part: lines.put(|row| number(row.covered_4g), i64::max), whole: population };
    told.covered_5g = Share { part: lines.put(|row| number(row.covered_5g), i64::max), whole: population };
    told.dead_spots = lines.put(|row| number(row.dead_spots), i64::min);
}

/// What each owner has adds up.
fn built(told: &mut Told, rows: &[&Passive]) {
    let lines = Lines { of_all: rows.iter().find(|row| row.company.is_none()).copied(), rows };
    let sum = |a: i64, b: i64| a + b;
    told.poles = lines.put(|row| number(row.poles), sum);
    told.pole_length = lines.put(|row| metres(row.pole_length), sum).map(Length::of_metres);
    told.chambers = lines.put(|row| number(row.chambers), sum);
    told.duct_length = lines.put(|row| metres(row.duct_length), sum).map(Length::of_metres);
}

/// What the lines of one year say of each commune, in the order of their names.
pub fn by_commune(coverage: &[Coverage], passive: &[Passive]) -> Vec<Told> {
    let mut lines: BTreeMap<UnitId, (Vec<&Coverage>, Vec<&Passive>)> = BTreeMap::new();
    for row in coverage {
        lines.entry(row.commune_id).or_default().0.push(row);
    }
    for row in passive {
        lines.entry(row.commune_id).or_default().1.push(row);
    }
    let told = |(commune, (coverage, passive)): (UnitId, (Vec<&Coverage>, Vec<&Passive>))| {
        let mut names = coverage.iter().map(|row| &row.name).chain(passive.iter().map(|row| &row.name));
        let name = names.next_back().cloned().unwrap_or_default();
        let mut told = Told { commune: Some(commune), name, ..Told::default() };
        covered(&mut told, &coverage);
        built(&mut told, &passive);
        told
    };
    let mut all: Vec<Told> = lines.into_iter().map(told).collect();
    all.sort_by_cached_key(|told| kernel::text::sort_key(&told.name));
    all
}

fn plus(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.map_or(other, |one| Some(one + other.unwrap_or(0)))
}

/// The communes together; of a rate only those of which both its numbers are known.
pub fn all(communes: &[Told]) -> Told {
    communes.iter().fold(Told::default(), |all, one| Told {
        broadband: all.broadband.and(one.broadband),
        covered_4g: all.covered_4g.and(one.covered_4g),
        covered_5g: all.covered_5g.and(one.covered_5g),
        dead_spots: plus(all.dead_spots, one.dead_spots),
        poles: plus(all.poles, one.poles),
        pole_length: plus(metres(all.pole_length), metres(one.pole_length)).map(Length::of_metres),
        chambers: plus(all.chambers, one.chambers),
        duct_length: plus(metres(all.duct_length), metres(one.duct_length)).map(Length::of_metres),
        ..all
    })
}

#[cfg(test)]
mod tests {
    use db::Words;
    use kernel::Id;
    use uuid::Uuid;

    use super::*;

    /// A line with its numbers of households, broadband, people, 4G, 5G and dead spots; below nothing is not known.
    fn line(commune: u128, company: &str, numbers: [i64; 6]) -> Coverage {
        let [households, broadband, population, covered_4g, covered_5g, dead_spots] = numbers.map(Amount::new);
        Coverage {
            id: Id::from_uuid(Uuid::from_u128(commune)),
            commune_id: Id::from_uuid(Uuid::from_u128(commune)),
            year: 2025,
            company: Some(Words::new(company)).filter(|company| !company.is_empty()),
            households,
            broadband,
            population,
            covered_4g,
            covered_5g,
            dead_spots,
            owner_id: None,
            name: format!("Xã {commune}"),
            rev: 1,
        }
    }

    fn told(lines: &[Coverage]) -> Told {
        let mut all = by_commune(lines, &[]);
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    fn share(part: i64, whole: i64) -> Share {
        Share { part: Some(part), whole: Some(whole) }
    }

    #[test]
    fn operators_connections_add_up_and_their_coverage_does_not() {
        let lines = [line(1, "Một", [1000, 300, 4000, 3900, 100, 3]), line(1, "Hai", [-1, 450, 4000, 3500, 900, 5])];
        let told = told(&lines);
        assert_eq!((told.broadband, told.operators), (share(750, 1000), 2));
        assert_eq!((told.covered_4g, told.covered_5g, told.dead_spots), (share(3900, 4000), share(900, 4000), Some(3)));
    }

    #[test]
    fn a_line_of_all_operators_says_it_before_theirs() {
        let lines = [line(1, "Một", [900, 300, 4000, 3900, 100, 3]), line(1, "", [1000, 500, -1, 3950, -1, 1])];
        let told = told(&lines);
        assert_eq!((told.broadband, told.operators, told.dead_spots), (share(500, 1000), 0, Some(1)));
        // What it does not say the others do.
        assert_eq!((told.covered_4g, told.covered_5g), (share(3950, 4000), share(100, 4000)));
    }

    #[test]
    fn what_is_counted_twice_makes_no_rate_and_nothing_is_not_all() {
        let twice = told(&[line(1, "Một", [1000, 600, -1, -1, -1, -1]), line(1, "Hai", [1000, 500, -1, -1, -1, -1])]);
        assert!(twice.broadband.is_doubtful());
        assert_eq!((twice.broadband.counted(), twice.covered_4g.counted()), (None, None));
        let none = told(&[line(1, "", [0, 0, 0, 0, 0, 0])]);
        assert_eq!(none.broadband.counted(), Some((0, 0)));
        assert_eq!(kernel::share(0, 0, 1), None);
    }

    #[test]
    fn all_communes_are_those_that_are_known() {
        let lines = [
            line(1, "", [1000, 500, -1, -1, -1, 2]),
            line(2, "", [-1, 300, -1, -1, -1, -1]),
            line(3, "Một", [100, 90, -1, -1, -1, 4]),
            line(3, "Hai", [100, 90, -1, -1, -1, 4]),
            line(4, "", [3000, 1500, -1, -1, -1, -1]),
        ];
        let all = all(&by_commune(&lines, &[]));
        assert_eq!((all.broadband, all.dead_spots, all.poles), (share(2000, 4000), Some(6), None));
        assert_eq!((all.commune, all.covered_4g.counted()), (None, None));
    }
}
