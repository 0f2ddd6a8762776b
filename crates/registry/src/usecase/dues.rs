//! What bodies are reminded of: the yearly word of their list, certificates and contracts that run out, and checks that are to
//! be made again.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use db::{Db, Reader};
use jiff::civil::Date;
use kernel::{Bodies, Due, Dues, Problem, UnitId, day};

use crate::{
    model::KNOW,
    store::{checks, confirmation, contracts, papers},
};

/// Lists without their owner's word of the year, certificates, contracts and checks, with their last days.
#[derive(Debug)]
pub struct OpenRounds {
    db: Db,
    bodies: Arc<dyn Bodies>,
}

impl OpenRounds {
    pub fn new(db: Db, bodies: Arc<dyn Bodies>) -> Self {
        Self { db, bodies }
    }

    /// The lists of a year, if this is its last day.
    async fn lists(&self, conn: &Reader, on: Date) -> Result<Vec<Due>, Problem> {
        if day::last_of_year(on.year()) != Some(on) {
            return Ok(vec![]);
        }
        // A body that took another one over gives one word for both.
        let mut open: BTreeMap<UnitId, i64> = BTreeMap::new();
        for (owner, systems) in confirmation::open(conn, on.year()).await? {
            *open.entry(self.bodies.today(owner)).or_default() += systems;
        }
        let due = |unit: UnitId, systems: i64| {
            let name = self.bodies.body(unit).map(|body| body.short_name).unwrap_or_default();
            Due {
                unit,
                kind: "confirmation",
                subject: format!("{unit}:{}", on.year()),
                words: format!("{name} ({systems})"),
                due: on,
                is_before: false,
                href: format!("/systems/ours?unit={unit}"),
                only: &[],
            }
        };
        Ok(open.into_iter().map(|(unit, systems)| due(unit, systems)).collect())
    }

    fn certificate(&self, one: &papers::Expiring) -> Option<Due> {
        Some(Due {
            unit: self.bodies.today(one.owner_id),
            kind: "certificate",
            subject: one.id.to_string(),
            words: format!("{} {}", one.name, one.number),
            due: one.valid_until?,
            is_before: false,
            href: format!("/systems/{}", one.system_id),
            only: if one.compartment.is_some() { KNOW } else { &[] },
        })
    }

    fn contract(&self, one: &contracts::Ending) -> Option<Due> {
        Some(Due {
            unit: self.bodies.today(one.owner_id),
            kind: "contract",
            subject: one.id.to_string(),
            words: one.name.clone(),
            due: one.contract_until?,
            is_before: false,
            href: format!("/systems/{}", one.id),
            only: &[],
        })
    }

    /// That there is one, and of what; never what the last one found.
    fn check(&self, one: &checks::Last) -> Option<Due> {
        Some(Due {
            unit: self.bodies.today(one.owner_id),
            kind: "check",
            subject: one.id.to_string(),
            words: one.name.clone(),
            due: one.next_on?,
            is_before: false,
            href: format!("/systems/{}", one.system_id),
            only: KNOW,
        })
    }

    /// What runs out, or is to be done again, from the first day to the last.
    async fn papers(&self, conn: &Reader, days: (Date, Date)) -> Result<Vec<Due>, Problem> {
        let mut out: Vec<Due> =
            papers::between(conn, days).await?.iter().filter_map(|one| self.certificate(one)).collect();
        out.extend(contracts::between(conn, days).await?.iter().filter_map(|one| self.contract(one)));
        out.extend(checks::between(conn, days).await?.iter().filter_map(|one| self.check(one)));
        Ok(out)
    }
}

#[async_trait]
impl Dues for OpenRounds {
    async fn due_on(&self, days: &[Date]) -> Result<Vec<Due>, Problem> {
        let conn = self.db.read();
        let mut out = Vec::new();
        for on in days {
            out.extend(self.lists(&conn, *on).await?);
        }
        let span = days.iter().min().copied().zip(days.iter().max().copied());
        if let Some(span) = span {
            out.extend(self.papers(&conn, span).await?.into_iter().filter(|due| days.contains(&due.due)));
        }
        Ok(out)
    }

    async fn of_units(&self, units: &[UnitId], (first, last): (Date, Date)) -> Result<Vec<Due>, Problem> {
        let conn = self.db.read();
        let mut out = Vec::new();
        for year in first.year()..=last.year() {
            let on = day::last_of_year(year).filter(|on| (first..=last).contains(on));
            if let Some(on) = on {
                out.extend(self.lists(&conn, on).await?);
            }
        }
        out.extend(self.papers(&conn, (first, last)).await?);
        out.retain(|due| units.contains(&due.unit));
        Ok(out)
    }
}
