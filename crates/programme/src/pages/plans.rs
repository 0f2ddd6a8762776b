//! Plans: list, upload, one plan with its progress of reading.

use axum::extract::{Multipart, Path};
use kernel::{Authorizer, JobId, PlanId, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, read_upload, view};

use crate::{
    BodiesPort,
    model::role::PlanRole,
    store::{self, plan::PlanRow},
    usecase::{
        plan_import::{LIMIT, plan_import},
        plan_role::plan_role,
        review::resource,
    },
};

fn view_of(req: &Req, plan: &PlanRow) -> Value {
    let (code, detail) = plan.refusal.as_deref().and_then(|text| text.split_once('|')).unwrap_or_default();
    let refusal = if code.is_empty() {
        String::new()
    } else {
        req.app.locales().text(
            req.ctx.lang,
            &format!("problem-{code}"),
            &[("detail", webkit::FluentValue::from(detail)), ("title", "".into()), ("limit", "50".into())],
        )
    };
    context! {
        id => plan.id().to_string(), label => plan.label(), short => plan.short_label(), number => plan.number.clone(), title => plan.title.clone(), issuer => plan.issuer.clone(),
        issued_on => plan.issued_on.clone(), state => plan.state.clone(), file_name => plan.file_name.clone(), draft => plan.draft, refusal,
        created_at => plan.created_at, approved_at => plan.approved_at, rev => plan.rev, follower_id => plan.follower().to_string(),
    }
}

pub async fn list(req: Req) -> Outcome {
    let rows: Vec<Value> =
        store::plan::list(&req.app.db().read()).await?.iter().map(|plan| view_of(&req, plan)).collect();
    let may_import = req.app.authorizer().check_route(&req.ctx, "plan.import").is_ok();
    req.page("programme/plans.html", context! { rows, may_import }).await
}

pub async fn new_form(req: Req) -> Outcome {
    req.page("programme/plan_new.html", context! { message => "" }).await
}

pub async fn new(req: Req, form: Multipart) -> Outcome {
    let taken = match read_upload(form, LIMIT).await {
        Ok(upload) => {
            let bytes = upload.bytes().await?;
            plan_import(&req.app, &req.ctx, &upload.file_name, bytes).await
        }
        Err(problem) => Err(problem),
    };
    match taken {
        Ok(id) => Ok(Req::go(&format!("/plans/{id}"), "plan-taken")),
        Err(problem) => req.refused("programme/plan_new.html", problem, context! {}).await,
    }
}

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let authorizer: &dyn Authorizer = req.app.authorizer();
    let roles = store::role::list(&conn, id).await?;
    let may_steer = authorizer.check(&req.ctx, "plan.approve", &resource(&plan, &roles)).is_ok();
    let may_review = plan.state == "review" && may_steer;
    let job = match plan.job_id {
        Some(job) => db::job(&conn, JobId::from_uuid(job)).await?,
        None => None,
    };
    let tasks = store::task::of_plan(&conn, id).await?;
    let tasks: Vec<Value> = tasks.into_iter().map(|task| context! {
        id => kernel::TaskId::from_uuid(task.id).to_string(), section => task.section, text => task.text, time => task.time_raw,
    }).collect();
    let bodies = req.app.get::<BodiesPort>()?;
    let follower = bodies.body(plan.follower()).map(|body| body.name);
    let roles = roles.iter().map(|(unit, role)| {
        let name = bodies.body(*unit).map(|body| body.name);
        context! { unit => unit.to_string(), name, role => role.code() }
    });
    let scanned_at = match db::BlobHash::parse(&plan.blob_hash) {
        Some(hash) => db::blob_scanned_at(&conn, &hash).await?,
        None => None,
    };
    let waiting = match (&job, plan.state.as_str()) {
        (Some(job), "reading") => db::jobs_before(&conn, job.id).await?,
        _ => 0,
    };
    let reading = store::plan::reading(&conn, id).await?;
    let reading = reading.filter(|_| matches!(plan.state.as_str(), "review" | "live"));
    let page = context! { plan => view_of(&req, &plan), tasks, may_review, may_steer, follower, roles => roles.collect::<Vec<_>>(), all_roles => view(PlanRole::ALL.map(PlanRole::code)),
    targets => view(reading.as_ref().map(|read| &read.targets)), duties => view(reading.as_ref().map(|read| &read.duties)), scanned_at, waiting, attempts => job.map_or(0, |job| job.attempts) };
    req.page("programme/plan.html", page).await
}

/// The original file, byte for byte, as an attachment: no scanner has looked at it.
pub async fn file(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let plan = store::plan::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let hash = db::BlobHash::parse(&plan.blob_hash).ok_or_else(Problem::not_found)?;
    let bytes = req.app.db().blobs().get(&hash).await?;
    let (stem, extension) = plan.file_name.rsplit_once('.').unwrap_or((&plan.file_name, "txt"));
    let name = format!("{}.{}", kernel::text::file_stem(stem), kernel::text::file_stem(extension));
    Req::file(&name, "application/octet-stream", bytes)
}

#[derive(Deserialize)]
pub struct RoleForm {
    unit: String,
    role: PlanRole,
    #[serde(default)]
    end: bool,
}

/// Gives a unit a role in the plan, or with `end` takes it away.
pub async fn role(req: Req, Path(id): Path<PlanId>, Form(form): Form<RoleForm>) -> Outcome {
    let unit = super::unit(&req, &form.unit)?;
    plan_role(&req.app, &req.ctx, id, unit, form.role, !form.end).await?;
    Ok(Req::go(&format!("/plans/{id}"), if form.end { "role-ended" } else { "role-given" }))
}
