//! The short form, certificates, checks, doubles, heads of sheets and components, for forms and programs.

use axum::extract::{Multipart, Path};
use kernel::Problem;
use serde::Serialize;
use webkit::{Form, Kept as _, ListPage, ListTold, Outcome, Req};

use super::{
    paged::{self, page},
    systems::ListForm,
};
use crate::{
    model::{
        Bill, Certificate, CertificateInput, CheckInput, Component, Head, HeadInput, SecurityCheck, System, SystemId,
        availability::{Availability, AvailabilityInput},
    },
    pages::{availability::IMPORT, components as uploads},
    store::components::{self as parts, Found},
    usecase::{
        availability as measuring, checks as checking,
        doubles::{self as doubling, Double},
        heads as heading, materials as building,
        merge::{self as merging, MergeInput},
        ours::{self, OursInput, Saved},
        papers,
        secret::{self, SecretInput},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    secret,
    ours_save,
    certificates,
    certificate,
    checks,
    check,
    availability,
    measure,
    availability_import,
    merge,
    doubles,
    heads,
    head,
    bill,
    materials,
    components
))]
pub struct Documented;

/// How many systems with state secrets were counted, and at whom.
#[derive(Serialize, derive::Schema)]
pub struct Counted {
    unit: kernel::UnitId,
    count: i64,
}

/// Counts systems that hold state secrets at their owner: nothing else of them is kept.
#[utoipa::path(post, path = "/api/v1/systems/secret", request_body = SecretInput, responses((status = 200, body = Counted)))]
pub async fn secret(req: Req, Form(input): Form<SecretInput>) -> Outcome {
    let (unit, count) = secret::secret_count(&req.app, &req.ctx, &input).await?;
    req.done(&Counted { unit, count }, "/systems?state_secret=yes", "secret-counted")
}

/// The short form of a body: what it uses of the shared systems, what it has itself, and that this is right.
#[utoipa::path(post, path = "/api/v1/systems/ours", request_body = OursInput, responses((status = 200, body = Saved)))]
pub async fn ours_save(req: Req, Form(input): Form<OursInput>) -> Outcome {
    let saved = ours::ours_save(&req.app, &req.ctx, &input).await?;
    req.done(&saved, &format!("/systems/ours?unit={}", saved.unit), "ours-saved")
}

/// The certificates of a system.
#[utoipa::path(get, path = "/api/v1/systems/{id}/certificates", params(("id" = String, Path)), responses((status = 200, body = Vec<Certificate>)))]
pub async fn certificates(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    System::seen(&req.app, &req.ctx, &conn, id).await?;
    Req::json(&papers::of(&conn, id).await?)
}

/// Adds a certificate, or takes one away. Answers all that there are then.
#[utoipa::path(post, path = "/api/v1/systems/{id}/certificates", params(("id" = String, Path)), request_body = CertificateInput, responses((status = 200, body = Vec<Certificate>)))]
pub async fn certificate(req: Req, Path(id): Path<SystemId>, Form(input): Form<CertificateInput>) -> Outcome {
    papers::certificate(&req.app, &req.ctx, id, &input).await?;
    let all = papers::of(&req.app.db().read(), id).await?;
    req.done(&all, &format!("/systems/{id}"), "system-saved")
}

async fn checks_of(req: &Req, id: SystemId) -> Result<Vec<SecurityCheck>, Problem> {
    let conn = req.app.db().read();
    let system = System::seen(&req.app, &req.ctx, &conn, id).await?;
    checking::of(&req.app, &req.ctx, &conn, &system).await
}

/// The checks of a system, for who must know.
#[utoipa::path(get, path = "/api/v1/systems/{id}/checks", params(("id" = String, Path)), responses((status = 200, body = Vec<SecurityCheck>)))]
pub async fn checks(req: Req, Path(id): Path<SystemId>) -> Outcome {
    Req::json(&checks_of(&req, id).await?)
}

/// Adds a check, or takes one away. Answers all that there are then.
#[utoipa::path(post, path = "/api/v1/systems/{id}/checks", params(("id" = String, Path)), request_body = CheckInput, responses((status = 200, body = Vec<SecurityCheck>)))]
pub async fn check(req: Req, Path(id): Path<SystemId>, Form(input): Form<CheckInput>) -> Outcome {
    checking::check(&req.app, &req.ctx, id, &input).await?;
    req.done(&checks_of(&req, id).await?, &format!("/systems/{id}"), "system-saved")
}

/// The last twelve months of a system that were measured, the newest first.
#[utoipa::path(get, path = "/api/v1/systems/{id}/availability", params(("id" = String, Path)), responses((status = 200, body = Vec<Availability>)))]
pub async fn availability(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    System::seen(&req.app, &req.ctx, &conn, id).await?;
    Req::json(&measuring::last(&conn, id).await?)
}

/// Says how long a system was down in a month; where that was said before, over its revision in If-Match (or `rev`). Or takes
/// it away. Answers the last twelve months as they are then.
#[utoipa::path(post, path = "/api/v1/systems/{id}/availability", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = AvailabilityInput, responses((status = 200, body = Vec<Availability>), (status = 409), (status = 412)))]
pub async fn measure(req: Req, Path(id): Path<SystemId>, Form(input): Form<AvailabilityInput>) -> Outcome {
    let rev = input.rev.unwrap_or_else(|| req.if_match().unwrap_or_default());
    measuring::measure(&req.app, &req.ctx, (id, rev), &input).await?;
    let all = measuring::last(&req.app.db().read(), id).await?;
    req.done(&all, &format!("/systems/{id}"), "system-saved")
}

/// What the list of the monitoring would do, line by line; with `confirm` it is taken in as one act, but for the lines that are
/// refused.
#[utoipa::path(post, path = "/api/v1/systems/availability/import", request_body(content = ListForm, content_type = "multipart/form-data"), responses((status = 200, body = ListTold)))]
pub async fn availability_import(req: Req, form: Multipart) -> Outcome {
    IMPORT.api(&req, form).await
}

/// Merges two records of one system, or says that they are two. Answers the record that stays.
#[utoipa::path(post, path = "/api/v1/systems/{id}/merge", params(("id" = String, Path)), request_body = MergeInput, responses((status = 200, body = System)))]
pub async fn merge(req: Req, Path(id): Path<SystemId>, Form(input): Form<MergeInput>) -> Outcome {
    let conn = req.app.db().read();
    let (stays, done) = if input.apart.is_empty() {
        (merging::merge(&req.app, &req.ctx, id, &input).await?, "systems-merged")
    } else {
        let (_, other) = merging::two(&req.app, &req.ctx, &conn, id, &input.other).await?;
        doubling::apart(&req.app, &req.ctx, id, other.id).await?;
        (id, "systems-apart")
    };
    let system = System::seen(&req.app, &req.ctx, &conn, stays).await?;
    req.done_rev(&system, system.rev, &format!("/systems/{stays}"), done)
}

/// Records that may be of one system, pair by pair among what the caller sees, those of one address first; 100 a page.
/// That two are two is said where they are merged.
#[utoipa::path(get, path = "/api/v1/systems/doubles", params(("after" = Option<String>, Query)), responses((status = 200, body = ListPage<Double>), (status = 404)))]
pub async fn doubles(req: Req) -> Outcome {
    let pairs = doubling::doubles(&req.app, &req.ctx, &req.app.db().read()).await?;
    Req::json(&page(&req, pairs)?)
}

/// How the sheets of the bodies within the caller's reach call a field.
#[utoipa::path(get, path = "/api/v1/systems/heads", responses((status = 200, body = Vec<Head>)))]
pub async fn heads(req: Req) -> Outcome {
    Req::json(&heading::heads(&req.app, &req.ctx, &req.app.db().read()).await?)
}

/// Remembers how a body's sheets call a field, or forgets it. Answers all that are remembered.
#[utoipa::path(post, path = "/api/v1/systems/heads", request_body = HeadInput, responses((status = 200, body = Vec<Head>)))]
pub async fn head(req: Req, Form(input): Form<HeadInput>) -> Outcome {
    heading::head(&req.app, &req.ctx, &input).await?;
    let all = heading::heads(&req.app, &req.ctx, &req.app.db().read()).await?;
    req.done(&all, "/systems/heads", "system-head-saved")
}

/// The list of materials of a system; none where none was brought.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Built {
    bill: Option<Bill>,
    components: Vec<Component>,
    /// What `after` asks for the next page with; none on the last.
    next: Option<String>,
}

/// What a system is built of, 500 components a page; for who must know.
#[utoipa::path(get, path = "/api/v1/systems/{id}/materials", params(("id" = String, Path), ("after" = Option<String>, Query)), responses((status = 200, body = Built), (status = 404)))]
pub async fn bill(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let (_, bill) = building::bill(&req.app, &req.ctx, &conn, id).await?;
    let (components, next) = paged::components(&req, &conn, bill.as_ref(), parts::MOST).await?;
    let next = next.map(|id| id.to_string());
    Req::json(&Built { bill, components, next })
}

/// The list as a file.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct MaterialsForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Takes a list of materials in, in the place of the one before: CycloneDX 1.0 to 1.7 as JSON or XML, or SPDX 2.3 as JSON or
/// tag-value. In which form it is, its content says.
#[utoipa::path(post, path = "/api/v1/systems/{id}/materials", params(("id" = String, Path)), request_body(content = MaterialsForm, content_type = "multipart/form-data"), responses((status = 200, body = Bill)))]
pub async fn materials(req: Req, Path(id): Path<SystemId>, form: Multipart) -> Outcome {
    uploads::take(req, Path(id), form).await
}

/// In which systems a component is: `?q=log4j 2.14`; for who must know.
#[utoipa::path(get, path = "/api/v1/systems/components", params(("q" = Option<String>, Query, description = "words of the name, and the beginning of the version")), responses((status = 200, body = Vec<Found>)))]
pub async fn components(req: Req) -> Outcome {
    Req::json(&building::find(&req.app, &req.ctx, &req.query("q").unwrap_or_default()).await?)
}
