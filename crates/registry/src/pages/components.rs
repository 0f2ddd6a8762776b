//! Who runs what: components searched across the systems of the province, and the list of one system.

use axum::extract::{Multipart, Path};
use minijinja::{Value, context};
use webkit::{Kept as _, Outcome, Req, read_upload, view};

use crate::{
    model::SystemId,
    store::components::{Found, MOST},
    usecase::materials::{self, LIMIT},
};

pub async fn find(req: Req) -> Outcome {
    let words = req.query("q").unwrap_or_default();
    let all = materials::find(&req.app, &req.ctx, &words).await?;
    let row = |one: &Found| {
        let owner = req.app.bodies().body(one.owner_id).map(|body| body.short_name).unwrap_or_default();
        context! { href => format!("/systems/{}", one.system_id), owner, found => view(one) }
    };
    let rows: Vec<Value> = all.iter().take(MOST).map(row).collect();
    req.page("registry/components.html", context! { rows, words, is_more => all.len() > MOST, most => MOST }).await
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let (system, bill) = materials::bill(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    let may = system.check(&req.app, &req.ctx).is_ok();
    let page = context! { system => view(&system), bill => view(bill), may, limit => LIMIT / 1024 / 1024 };
    req.page("registry/materials.html", page).await
}

pub async fn take(req: Req, Path(id): Path<SystemId>, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, LIMIT as u64).await?;
    let bytes = upload.bytes().await?;
    let bill = materials::materials_take(&req.app, &req.ctx, id, &upload.file_name, bytes).await?;
    req.done(&bill, &format!("/systems/{id}/materials"), "materials-taken")
}
