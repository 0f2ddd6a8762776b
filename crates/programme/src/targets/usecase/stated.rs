//! What plans make of a value that another domain counts: at which targets it stands, and how far it has come there.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use db::Db;
use kernel::{Bodies, Problem, Said, Stage, Stated, UnitId};
use uuid::Uuid;

use super::value_row::confirming;
use crate::{
    BodiesPort,
    ids::TargetId,
    plans::{self, store::plan::PlanRow},
    targets::{
        model::period::label_texts,
        store::{
            self,
            value::{BodyRow, ValueRow},
        },
    },
};

/// What is counted for this unit and all below it is what the plan measures; of a body that was merged away, for its
/// successor.
pub(crate) fn counted_for(bodies: &BodiesPort, plan: &PlanRow) -> UnitId {
    let of = plan.issuer_id.map_or_else(|| plan.follower(), UnitId::from_uuid);
    bodies.acts_for(bodies.today(of))
}

/// How far a value has come by what [`confirming`] finds.
pub(crate) fn stage(said: Option<&ValueRow>) -> Stage {
    match said {
        None => Stage::Provisional,
        Some(row) if row.status == "official" => Stage::Published,
        Some(_) => Stage::Confirmed,
    }
}

/// The targets of live plans, for who counts.
#[derive(Debug)]
pub struct OwnTargets {
    db: Db,
    bodies: BodiesPort,
}

impl OwnTargets {
    pub fn new(db: Db, bodies: Arc<dyn Bodies>) -> Self {
        Self { db, bodies }
    }

    fn is_meant(&self, plan: &PlanRow, unit: Option<UnitId>) -> bool {
        let of = counted_for(&self.bodies, plan);
        unit.map_or_else(|| self.bodies.above(of).is_none(), |unit| self.bodies.today(unit) == of)
    }
}

#[async_trait]
impl Stated for OwnTargets {
    async fn stated(&self, indicator: &str, unit: Option<UnitId>, counted: (i64, i64)) -> Result<Vec<Said>, Problem> {
        let conn = self.db.read();
        let rows = store::target::list(&conn, "", Some(indicator)).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.plan_id).collect();
        let plans = plans::store::plan::by_ids(&conn, &ids).await?;
        let plans = plans.into_iter().filter(|plan| self.is_meant(plan, unit));
        let plans: HashMap<Uuid, PlanRow> = plans.map(|plan| (plan.id, plan)).collect();
        let meant = rows.iter().filter_map(|row| Some((row.id, plans.get(&row.plan_id)?)));
        let meant: Vec<(Uuid, &PlanRow)> = meant.collect();
        let ids: Vec<Uuid> = meant.iter().map(|(id, _)| *id).collect();
        let mut named: HashMap<Uuid, Vec<BodyRow>> = HashMap::new();
        for row in store::value::bodies_of_targets(&conn, &ids).await? {
            named.entry(row.target_id).or_default().push(row);
        }
        let mut values: HashMap<Uuid, Vec<ValueRow>> = HashMap::new();
        for row in store::value::of_targets(&conn, &ids).await? {
            values.entry(row.target_id).or_default().push(row);
        }
        let told = |(id, plan): (Uuid, &PlanRow)| {
            let named = named.get(&id).map(Vec::as_slice).unwrap_or_default();
            let values = values.get(&id).map(Vec::as_slice).unwrap_or_default();
            let said = confirming(&self.bodies, plan, named, values, counted);
            Said {
                plan: plan.short_label(),
                href: format!("/targets/{}", TargetId::from_uuid(id)),
                stage: stage(said),
                by: said.map(|row| UnitId::from_uuid(row.unit_id)),
                period: said.and_then(|row| label_texts(&row.period)),
            }
        };
        Ok(meant.into_iter().map(told).collect())
    }
}
