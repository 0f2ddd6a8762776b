//! Reviewing the duties that were read: drop one that is none, keep one that is no double, say who reports to whom.

use db::Entry;
use jiff::civil::Date;
use kernel::{Ctx, PlanId, Problem, Resolution, UnitId, listed};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    BodiesPort,
    plans::{
        model::read_duty::{DutyBodies, SaidDuty},
        store,
        usecase::{
            names::at,
            plan_read,
            review::{plan_in_review, rewritten},
        },
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyAct {
    Drop,
    /// The undo of drop; keeps a double too.
    Keep,
    Correct,
}

/// What is said of one duty of a plan under review. Lists of bodies are parted by semicolons.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct DutyReview {
    /// Its place in the reading, from 0.
    pub position: usize,
    pub act: DutyAct,
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub via: String,
}

pub async fn duty_review(core: &Core, ctx: &Ctx, id: PlanId, given: &DutyReview) -> Result<(), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let conn = core.db().read();
    let read = plan_read::whole(&conn, id).await?.ok_or_else(Problem::not_found)?;
    if given.position >= read.duties.len() {
        return Err(Problem::not_found());
    }
    let before = store::read_duty::list(&conn, id).await?.into_iter().find(|said| said.position == given.position);
    let bodies = match given.act {
        DutyAct::Correct => {
            let (bodies, issuer, day) = (core.bodies(), plan.issuer_id.map(UnitId::from_uuid), ctx.today());
            let named = |field, text| named(bodies, issuer, day, field, text);
            Some(DutyBodies {
                who: named("who", &given.who)?,
                to: named("to", &given.to)?,
                via: named("via", &given.via)?,
            })
        }
        DutyAct::Drop | DutyAct::Keep => before.and_then(|said| said.bodies),
    };
    let said = &SaidDuty { position: given.position, is_dropped: given.act == DutyAct::Drop, bodies };
    core.db()
        .write(ctx, |tx| async move {
            rewritten(core, ctx, &tx, id).await?;
            store::read_duty::set(&tx, id, said).await?;
            let detail = json!({ "position": said.position, "dropped": said.is_dropped });
            tx.ledger(Entry::new("plan.duty_review", id).detail(detail));
            Ok(())
        })
        .await
}

/// The names as documents have them.
fn named(
    bodies: &BodiesPort,
    issuer: Option<UnitId>,
    day: Date,
    field: &str,
    text: &str,
) -> Result<Vec<String>, Problem> {
    let one = |name: &str| match bodies.understood(name, issuer, day)? {
        Resolution::Unit { name, .. } | Resolution::Group { name, .. } => Ok(name),
        Resolution::Unknown => Ok(name.to_owned()),
    };
    listed(text).take(200).map(one).collect::<Result<_, Problem>>().map_err(|problem| at(field, problem))
}
