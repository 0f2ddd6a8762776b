//! Who runs what: components searched across the systems of the province, and the list of one system.

use axum::extract::{Multipart, Path};
use minijinja::{Value, context};
use webkit::{Kept as _, Outcome, Req, read_upload, view};

use crate::{
    api::paged,
    model::SystemId,
    store::components::{Found, LEAST, MOST, is_short},
    usecase::materials::{self, LIMIT},
};

pub async fn find(req: Req) -> Outcome {
    let words = req.query("q").unwrap_or_default();
    // On the page it is a hint at the field.
    let too_short = is_short(&words);
    let all = if too_short { vec![] } else { materials::find(&req.app, &req.ctx, &words).await? };
    let row = |one: &Found| {
        let owner = req.app.bodies().body(one.owner_id).map(|body| body.short_name).unwrap_or_default();
        context! { href => format!("/systems/{}", one.system_id), owner, found => view(one) }
    };
    let rows: Vec<Value> = all.iter().take(MOST).map(row).collect();
    let is_more = all.len() > MOST;
    let page = context! { rows, words, is_more, most => MOST, too_short, least => LEAST };
    req.page("registry/components.html", page).await
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let (system, bill) = materials::bill(&req.app, &req.ctx, &conn, id).await?;
    let may = system.check(&req.app, &req.ctx).is_ok();
    let (parts, next) = paged::components(&req, &conn, bill.as_ref(), paged::AT_ONCE).await?;
    let next = next.map(|last| format!("/systems/{id}/materials?after={last}#parts"));
    let page = context! {
        system => view(&system), bill => view(bill), may, limit => LIMIT / 1024 / 1024, parts => view(parts), next,
    };
    req.page("registry/materials.html", page).await
}

pub async fn take(req: Req, Path(id): Path<SystemId>, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, LIMIT as u64).await?;
    let bytes = upload.bytes().await?;
    let bill = materials::materials_take(&req.app, &req.ctx, id, &upload.file_name, bytes).await?;
    req.done(&bill, &format!("/systems/{id}/materials"), "materials-taken")
}
