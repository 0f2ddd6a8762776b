//! One letter to all who are late, from a list with ticks.

use axum::extract::Path;
use kernel::Problem;
use webkit::{Form, Outcome, Req};

use crate::{
    ids::{PartId, PeriodId, ReportId},
    reporting::usecase::chase::chase_reports,
    work::usecase::chase::chase_parts,
};

/// The ids that were ticked; a part's may have its revision behind it.
fn ticked<T: std::str::FromStr>(form: &[(String, String)]) -> Result<Vec<T>, Problem> {
    let values = form.iter().filter(|(key, _)| key == "part").map(|(_, value)| value);
    let ids = values.map(|value| value.split(':').next().unwrap_or_default().parse().ok());
    ids.collect::<Option<_>>().ok_or_else(|| Problem::bad_input("none-chosen").field("part", "none-chosen"))
}

pub async fn parts(req: Req, Form(form): Form<Vec<(String, String)>>) -> Outcome {
    let letter = chase_parts(&req.app, &req.ctx, &ticked::<PartId>(&form)?).await?;
    Ok(Req::go(&format!("/letters/{letter}"), "letter-drafted"))
}

pub async fn reports(req: Req, Path(id): Path<PeriodId>, Form(form): Form<Vec<(String, String)>>) -> Outcome {
    let letter = chase_reports(&req.app, &req.ctx, id, &ticked::<ReportId>(&form)?).await?;
    Ok(Req::go(&format!("/letters/{letter}"), "letter-drafted"))
}
