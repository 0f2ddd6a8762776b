//! What the duties that a report answers are about.

use db::Reader;
use kernel::Problem;
use uuid::Uuid;

use crate::reporting::store::{self, duty::PeriodRow};

/// The plans that the duties are about; none where a duty is about all of the body's work.
pub(crate) async fn plans_about(conn: &Reader, periods: &[PeriodRow]) -> Result<Vec<Uuid>, Problem> {
    let mut plans = Vec::new();
    for period in periods {
        let duty = store::duty::get(conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
        match duty.plan {
            Some(plan) => plans.push(plan.uuid()),
            None => return Ok(vec![]),
        }
    }
    plans.sort_unstable();
    plans.dedup();
    Ok(plans)
}
