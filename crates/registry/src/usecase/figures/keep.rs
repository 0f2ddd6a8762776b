//! The values of each day are kept, where they are others than before: so a line over time has its points, and a day that is
//! over keeps its values.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler, Lane, Row as _};
use jiff::civil::Date;
use kernel::{Bodies, Ctx, Problem, UnitId};
use serde_json::json;

use super::value::sums;
use crate::{
    model::figures::{Definition, Figure, all},
    store::figures::value,
};

pub const KEEP: &str = "registry.figures";

/// Counts and keeps once a day.
#[derive(Debug)]
pub struct Keep {
    pub bodies: Arc<dyn Bodies>,
}

#[async_trait]
impl JobHandler for Keep {
    fn kind(&self) -> &'static str {
        KEEP
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        figures_keep(db, ctx, &self.bodies).await.map(|_| ())
    }
}

/// Keeps what changed since it was kept last; how many values that were. Done again on the day it changes nothing more.
pub async fn figures_keep(db: &Db, ctx: &Ctx, bodies: &Arc<dyn Bodies>) -> Result<usize, Problem> {
    let (moment, today) = (db.snapshot().await?, ctx.today());
    let mut changed = Vec::new();
    for of in all() {
        let now = sums(bodies, &moment, of, today).await?.into_iter();
        let now = now.map(|sum| ((sum.part, sum.unit_id), (sum.numerator, sum.denominator))).collect();
        changed.extend(differing(ctx, of, today, now, value::kept(&moment, of.code, today).await?));
    }
    if changed.is_empty() {
        return Ok(0);
    }
    let rows = &changed;
    db.write(ctx, |tx| async move {
        let (there, new): (Vec<_>, Vec<_>) = rows.iter().cloned().partition(|(_, is_there)| *is_there);
        for (row, _) in &there {
            row.save(&tx).await?;
        }
        let new: Vec<Figure> = new.into_iter().map(|(row, _)| row).collect();
        Figure::insert_all(&tx, &new).await?;
        tx.ledger(Entry::new("figures.keep", today).detail(json!({ "values": rows.len() })));
        Ok(())
    })
    .await?;
    Ok(changed.len())
}

/// The rows that must be written, each with whether it stands there for this day already. What is gone is kept as nothing.
fn differing(
    ctx: &Ctx,
    of: &Definition,
    today: Date,
    mut now: BTreeMap<(String, UnitId), (i64, i64)>,
    kept: Vec<Figure>,
) -> Vec<(Figure, bool)> {
    let mut out = Vec::new();
    for row in kept {
        let (numerator, denominator) = now.remove(&(row.part.clone(), row.unit_id)).unwrap_or_default();
        if (row.numerator, row.denominator) == (numerator, denominator) {
            continue;
        }
        let is_there = row.on_day == today;
        let id = if is_there { row.id } else { ctx.new_id() };
        out.push((Figure { id, on_day: today, numerator, denominator, ..row }, is_there));
    }
    for ((part, unit_id), (numerator, denominator)) in now {
        let indicator = of.code.to_owned();
        let row = Figure { id: ctx.new_id(), indicator, part, unit_id, on_day: today, numerator, denominator };
        out.push((row, false));
    }
    out
}
