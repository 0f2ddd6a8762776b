//! What the registry counts, for the pages of targets.

use std::{cmp::Ordering, fmt, sync::Arc};

use async_trait::async_trait;
use db::Db;
use jiff::civil::Date;
use kernel::{Bodies, Counted, Ctx, Figures, Problem, SourceClass, UnitId};

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
    async fn value(&self, ctx: &Ctx, indicator: &str, unit: UnitId, as_of: Date) -> Result<Option<Counted>, Problem> {
        let Some(of) = named(indicator).filter(|of| !of.is_waiting) else { return Ok(None) };
        let conn = self.db.read();
        let values = match as_of.cmp(&ctx.today()) {
            Ordering::Equal => by_body(&self.bodies, &conn, of, as_of).await?,
            // A day that is over has the values that were kept by then. Before the first of them nobody knows: that is not
            // nothing, and today's rows do not say how it was.
            Ordering::Less => {
                let kept = value::kept(&conn, of.code, as_of).await?;
                if kept.is_empty() {
                    return Ok(None);
                }
                let kept: Vec<Sum> = kept.into_iter().map(Sum::from).collect();
                folded(of.counts, &kept, self.bodies.as_ref())
            }
            Ordering::Greater => return Ok(None),
        };
        let Some(part) = of.part("") else { return Ok(None) };
        let own = values.iter().filter(|((one, of), _)| *of == part.code && under(self.bodies.as_ref(), *one, unit));
        let (numerator, denominator) = own.fold((0, 0), |sum, (_, value)| (sum.0 + value.0, sum.1 + value.1));
        let href = format!("/systems/figures/{}?unit={unit}", of.code);
        let (source, opened_by) = (SourceClass::Register, (READ.action, "System"));
        Ok(Some(Counted { numerator, denominator, on: as_of, source, href, opened_by }))
    }
}
