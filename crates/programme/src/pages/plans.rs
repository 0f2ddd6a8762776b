//! Plans: list, upload, one plan with its progress of reading.

use axum::extract::{Multipart, Path};
use kernel::{Authorizer, JobId, PlanId, Problem};
use minijinja::{Value, context};
use webkit::{Outcome, Req, read_upload};

use crate::{
    BodiesPort,
    store::{self, plan::PlanRow},
    usecase::{
        plan_import::{LIMIT, plan_import},
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
    let may_review = plan.state == "review" && authorizer.check(&req.ctx, "plan.approve", &resource(&plan)).is_ok();
    let job = match plan.job_id {
        Some(job) => db::job(&conn, JobId::from_uuid(job)).await?,
        None => None,
    };
    let tasks = store::task::of_plan(&conn, id).await?;
    let tasks: Vec<Value> = tasks.into_iter().map(|task| context! {
        id => kernel::TaskId::from_uuid(task.id).to_string(), section => task.section, text => task.text, time => task.time_raw,
    }).collect();
    let follower = req.app.get::<BodiesPort>()?.body(plan.follower()).map(|body| body.name);
    let page = context! { plan => view_of(&req, &plan), tasks, may_review, follower, attempts => job.map_or(0, |job| job.attempts) };
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
