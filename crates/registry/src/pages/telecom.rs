//! What communes have of telecommunications, the pages on which lists are taken in, and a line on its own.

use axum::extract::Path;
use kernel::Problem;
use minijinja::{Value, context};
use webkit::{ImportAct, ImportPage, Kept, Outcome, Record, Req, told, view};

use crate::{
    model::{
        figures::percent,
        telecom::{Coverage, CoverageId, Dedicated, DedicatedId, KEEP, Passive, PassiveId, Share, Told},
    },
    usecase::telecom,
};

const COVERAGE: (&str, &str) = ("/telecom/coverage", "nav-telecom-coverage");
const PASSIVE: (&str, &str) = ("/telecom/passive", "nav-telecom-passive");
const NETWORK: (&str, &str) = ("/telecom/network", "nav-telecom-network");

pub static COVERAGE_IMPORT: ImportAct<Coverage> = ImportAct {
    path: "/telecom/coverage/import",
    action: KEEP,
    page: ImportPage { title: "telecom-coverage-import", above: COVERAGE, more: None, unit: None },
    done: "telecom-imported",
    preview: |core, ctx, bytes| Box::pin(telecom::preview(&telecom::COVERAGE, core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(telecom::take(core, ctx, preview, "coverage.import")),
    call: None,
};

pub static PASSIVE_IMPORT: ImportAct<Passive> = ImportAct {
    path: "/telecom/passive/import",
    action: KEEP,
    page: ImportPage { title: "telecom-passive-import", above: PASSIVE, more: None, unit: None },
    done: "telecom-imported",
    preview: |core, ctx, bytes| Box::pin(telecom::preview(&telecom::PASSIVE, core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(telecom::take(core, ctx, preview, "passive.import")),
    call: None,
};

pub static NETWORK_IMPORT: ImportAct<Dedicated> = ImportAct {
    path: "/telecom/network/import",
    action: KEEP,
    page: ImportPage { title: "telecom-network-import", above: NETWORK, more: None, unit: None },
    done: "telecom-imported",
    preview: |core, ctx, bytes| Box::pin(telecom::preview(&telecom::DEDICATED, core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(telecom::take(core, ctx, preview, "dedicated.import")),
    call: None,
};

/// The year that the address asks for.
pub fn year(req: &Req) -> Result<Option<i64>, Problem> {
    let bad = |_| Problem::bad_input("bad-number").with("least", 2000).with("most", 2100);
    req.query("year").map(|text| text.parse().map_err(bad)).transpose()
}

pub async fn summary(req: Req) -> Outcome {
    let of = telecom::summary(&req.app, &req.ctx, year(&req)?).await?;
    let share = |share: Share| {
        let counted = share.counted();
        let percent = counted.and_then(|(part, whole)| percent(part, whole, req.ctx.lang));
        context! {
            percent, is_known => counted.is_some(), is_doubtful => share.is_doubtful(), part => share.part,
            whole => share.whole,
        }
    };
    let line = |told: &Told| {
        context! {
            name => &told.name, operators => told.operators, commune => told.commune.map(|unit| unit.to_string()),
            shares => [told.broadband, told.covered_4g, told.covered_5g].map(share).to_vec(),
            dead_spots => told.dead_spots, poles => told.poles, chambers => told.chambers,
            pole_length => told.pole_length.map(|length| length.written()),
            duct_length => told.duct_length.map(|length| length.written()),
        }
    };
    let rows: Vec<Value> = of.communes.iter().map(line).collect();
    let may = |action| req.app.authorizer().check_route(&req.ctx, action).is_ok();
    let page = context! {
        rows, all => line(&of.all), year => of.year, years => of.years,
        may_know => may("telecom.network"), may_keep => may(KEEP),
    };
    req.page("registry/telecom.html", page).await
}

async fn show<R: Record + Kept>(req: &Req, row: &R, title: String, (list, words): (&str, &str)) -> Outcome {
    let history = webkit::history(&req.app, &req.ctx, &row.id().to_string(), 20).await?;
    let page = context! { title, list, words, said => told(req, row, &[]), history => view(history) };
    req.page("registry/telecom_line.html", page).await
}

pub async fn coverage(req: Req, Path(id): Path<CoverageId>) -> Outcome {
    let row = Coverage::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    show(&req, &row, row.called(), COVERAGE).await
}

pub async fn passive(req: Req, Path(id): Path<PassiveId>) -> Outcome {
    let row = Passive::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    show(&req, &row, row.called(), PASSIVE).await
}

pub async fn dedicated(req: Req, Path(id): Path<DedicatedId>) -> Outcome {
    let row = Dedicated::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    show(&req, &row, row.name.clone(), NETWORK).await
}
