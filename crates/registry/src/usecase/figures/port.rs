//! What the registry counts, for the pages of targets.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use db::Db;
use jiff::civil::Date;
use kernel::{Bodies, Counted, Figures, Problem, SourceClass, UnitId};

use super::value::by_body;
use crate::{
    model::{
        READ,
        figures::{Sum, folded, named, under},
    },
    store::figures::value,
};

/// The values of the registry's indicators as a port.
#[derive(Clone)]
pub struct OwnFigures {
    db: Db,
    bodies: Arc<dyn Bodies>,
}

impl fmt::Debug for OwnFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnFigures").finish_non_exhaustive()
    }
}

impl OwnFigures {
    pub fn new(db: Db, bodies: Arc<dyn Bodies>) -> Self {
        Self { db, bodies }
    }
}

#[async_trait]
impl Figures for OwnFigures {
    async fn value(&self, indicator: &str, unit: UnitId, as_of: Date) -> Result<Option<Counted>, Problem> {
        let Some(of) = named(indicator).filter(|of| !of.is_waiting) else { return Ok(None) };
        let conn = self.db.read();
        // A day that is over has the values that were kept then.
        let values = if value::is_kept_after(&conn, of.code, as_of).await? {
            let kept = value::kept(&conn, of.code, as_of).await?;
            if kept.is_empty() {
                // Before the first day that was kept nobody knows: that is not nothing.
                return Ok(None);
            }
            let sum = |row: crate::model::figures::Figure| Sum {
                unit_id: row.unit_id,
                part: row.part,
                numerator: row.numerator,
                denominator: row.denominator,
            };
            let kept: Vec<Sum> = kept.into_iter().map(sum).collect();
            folded(of.counts, &kept, self.bodies.as_ref())
        } else {
            by_body(&self.bodies, &conn, of, as_of).await?
        };
        let Some(part) = of.part("") else { return Ok(None) };
        let own = values.iter().filter(|((one, of), _)| *of == part.code && under(self.bodies.as_ref(), *one, unit));
        let (numerator, denominator) = own.fold((0, 0), |sum, (_, value)| (sum.0 + value.0, sum.1 + value.1));
        let href = format!("/systems/figures/{}?unit={unit}", of.code);
        let (source, opened_by) = (SourceClass::Register, (READ.action, "System"));
        Ok(Some(Counted { numerator, denominator, on: as_of, source, href, opened_by }))
    }
}
