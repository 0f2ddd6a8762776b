//! The register of targets over all live plans: milestones of one indicator stand together, whatever plan states them.

use std::collections::BTreeMap;

use kernel::{Lang, PlanId};
use minijinja::{Value, context};
use webkit::{Outcome, Req, export, heavy, saved_views};

use super::counted::indicator_name;
use crate::{
    plans::{
        self,
        model::{placed::said_whole, read_target::written},
    },
    targets::store::{self, target::TargetRow},
};

struct Found {
    rows: Vec<TargetRow>,
    plans: BTreeMap<uuid::Uuid, String>,
    code: Option<String>,
    words: String,
}

async fn find(req: &Req) -> Result<Found, kernel::Problem> {
    let conn = req.app.db().read();
    let (words, code) = (req.query("q").unwrap_or_default(), req.query("indicator").filter(|code| !code.is_empty()));
    let rows = store::target::list(&conn, &words, code.as_deref()).await?;
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.plan_id).collect();
    let plans = plans::store::plan::by_ids(&conn, &ids).await?.iter().map(|plan| (plan.id, plan.label())).collect();
    Ok(Found { rows, plans, code, words })
}

fn years(row: &TargetRow) -> String {
    match (row.from_year, row.to_year) {
        (Some(from), Some(to)) if from != to => format!("{from}–{to}"),
        (_, Some(year)) | (Some(year), None) => year.to_string(),
        (None, None) => String::new(),
    }
}

pub async fn list(req: Req) -> Outcome {
    let found = find(&req).await?;
    let view = |row: &TargetRow| {
        context! {
            id => crate::ids::TargetId::from_uuid(row.id).to_string(), text => row.text.as_str(), sentence => said_whole(&row.quote, &row.text), value => format!("{} {} {}", row.comparator, written(row.value_milli), row.unit), years => years(row),
            stretch => row.stretch_milli.map(written), owners => row.owners.clone(), plan => found.plans[&row.plan_id].clone(),
            plan_id => PlanId::from_uuid(row.plan_id).to_string(), code => row.indicator.clone(), indicator => indicator_name(&req, row.indicator.as_deref()),
        }
    };
    let rows: Vec<Value> = found.rows.iter().map(view).collect();
    let all = req.app.indicators().all();
    let vi = req.ctx.lang == Lang::Vi;
    let choices: Vec<Value> =
        all.iter().map(|i| context! { value => i.code, text => if vi { i.name_vi } else { i.name_en } }).collect();
    let name = indicator_name(&req, found.code.as_deref());
    let query =
        format!("q={}&indicator={}", webkit::url_encode(&found.words), found.code.as_deref().unwrap_or_default());
    let views = saved_views(&req, "/targets", &query).await?;
    req.page(
        "programme/targets.html",
        context! { rows, views, choices, code => found.code, name, words => found.words, query },
    )
    .await
}

/// What a saved view may ask of the register.
pub fn knows(key: &str, _: &str) -> bool {
    matches!(key, "q" | "indicator")
}

/// Exactly the rows shown.
pub async fn csv(req: Req) -> Outcome {
    let found = find(&req).await?;
    let word = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let headers =
        ["target", "target-value", "target-unit", "target-years", "target-owner", "indicator-code", "plan"].map(word);
    let cells = |row: &TargetRow| {
        let value = format!("{} {}", row.comparator, written(row.value_milli));
        let code = row.indicator.clone().unwrap_or_default();
        vec![
            row.text.clone(),
            value,
            row.unit.clone(),
            years(row),
            row.owners.clone(),
            code,
            found.plans[&row.plan_id].clone(),
        ]
    };
    let rows: Vec<Vec<String>> = found.rows.iter().map(cells).collect();
    Req::file("chi-tieu.csv", "text/csv; charset=utf-8", heavy(move || export::csv(&headers, &rows)).await??)
}
