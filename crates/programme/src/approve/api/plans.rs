//! Plans: list, one, take in, approve.

use axum::extract::{Multipart, Path};
use kernel::{PlanId, Problem};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req, read_upload};

use crate::{
    approve::usecase::{
        plan_approve::plan_approve,
        plan_confirm::{ConfirmAct, plan_confirm},
    },
    files::model::seen,
    plans::{
        self,
        model::role::PlanRole,
        store::plan::PlanRow,
        usecase::{
            plan_import::{LIMIT, plan_import},
            plan_role::plan_role,
        },
    },
};

webkit::codes! {
    /// Where a plan stands.
    PlanState = ["reading", "review", "live", "filed", "replaced", "withdrawn", "refused"];
    /// The word of the body in whose name a plan stands.
    PlanConfirmation = ["confirmed", "refused"];
}

/// A plan on the wire.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PlanJson {
    id: String,
    #[schema(value_type = PlanState)]
    state: String,
    /// It is `withdrawn` because the body in whose name it stands said that it is not theirs.
    is_disowned: bool,
    /// Why it was refused: a problem code.
    refusal: Option<String>,
    number: Option<String>,
    /// ISO day, or its month alone where the document leaves the day open.
    issued_on: Option<String>,
    issuer: Option<String>,
    /// None while that body has said nothing.
    #[schema(value_type = Option<PlanConfirmation>)]
    confirmation: Option<String>,
    title: Option<String>,
    sha256: String,
    rev: i64,
}

impl From<PlanRow> for PlanJson {
    fn from(row: PlanRow) -> Self {
        let refusal = row.refusal.as_deref().and_then(|text| text.split('|').next()).map(str::to_owned);
        Self {
            id: row.id().to_string(),
            is_disowned: row.is_disowned(),
            state: row.state,
            refusal,
            number: row.number,
            issued_on: row.issued_on,
            issuer: row.issuer,
            confirmation: row.confirmation,
            title: row.title,
            sha256: row.blob_hash.trim_start_matches("refused:").to_owned(),
            rev: row.rev,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PlanList {
    items: Vec<PlanJson>,
}

/// Plans, newest first.
#[utoipa::path(get, path = "/api/v1/plans", responses((status = 200, body = PlanList)))]
pub async fn list(req: Req) -> Outcome {
    let items = plans::store::plan::list(&req.app.db().read(), seen::account(&req.ctx))
        .await?
        .into_iter()
        .map(PlanJson::from)
        .collect();
    Req::json(&PlanList { items })
}

/// One plan; poll it while its state is `reading`.
#[utoipa::path(get, path = "/api/v1/plans/{id}", params(("id" = String, Path)), responses((status = 200, body = PlanJson)))]
pub async fn get(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let plan = plans::store::plan::seen(&req.app.db().read(), &req.ctx, id).await?.ok_or_else(Problem::not_found)?;
    let rev = plan.rev;
    Req::json_rev(&PlanJson::from(plan), rev)
}

/// Takes a document in (multipart, field `file`, at most 50 MB) and starts reading it.
#[utoipa::path(post, path = "/api/v1/plans", responses((status = 200, body = PlanJson)))]
pub async fn post(req: Req, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, LIMIT).await?;
    let id = plan_import(&req.app, &req.ctx, &upload.file_name, upload.bytes().await?).await?;
    get(req, Path(id)).await
}

#[derive(Serialize, Deserialize, utoipa::ToSchema)]
pub struct RoleJson {
    /// Unit id.
    unit: String,
    role: PlanRole,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct RoleList {
    items: Vec<RoleJson>,
}

/// Who follows the plan, owns a target of it, coordinates or implements it.
#[utoipa::path(get, path = "/api/v1/plans/{id}/roles", params(("id" = String, Path)), responses((status = 200, body = RoleList)))]
pub async fn roles(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, id).await?;
    let items = roles.into_iter().map(|(unit, role)| RoleJson { unit: unit.to_string(), role }).collect();
    Req::json(&RoleList { items })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct RoleChange {
    unit: String,
    role: PlanRole,
    /// True takes the role away.
    #[serde(default)]
    end: bool,
}

/// Gives a unit a role in the plan, or takes it away.
#[utoipa::path(post, path = "/api/v1/plans/{id}/roles", params(("id" = String, Path)), request_body = RoleChange, responses((status = 200, body = RoleList), (status = 412)))]
pub async fn role(req: Req, Path(id): Path<PlanId>, Form(change): Form<RoleChange>) -> Outcome {
    let unit = change.unit.parse().map_err(|_| Problem::bad_input("unknown-unit-field"))?;
    plan_role(&req.app, &req.ctx, id, unit, change.role, !change.end).await?;
    roles(req, Path(id)).await
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Approved {
    /// How many pieces of work it gave out.
    parts: usize,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Approving {
    /// True approves a plan although nobody looked at some of its rows or targets.
    #[serde(default)]
    unseen: bool,
}

/// Makes a reviewed plan live; refused while questions are open, and, without `unseen`, while nobody looked at some rows.
#[utoipa::path(post, path = "/api/v1/plans/{id}/approve", params(("id" = String, Path)), request_body = Approving, responses((status = 200, body = Approved), (status = 412)))]
pub async fn approve(req: Req, Path(id): Path<PlanId>, Form(given): Form<Approving>) -> Outcome {
    let parts = plan_approve(&req.app, &req.ctx, id, given.unseen).await?;
    Req::json(&Approved { parts })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Confirming {
    rev: i64,
    /// `confirm`, `refuse`, or `take_back`.
    act: ConfirmWord,
    /// With `confirm`: id of the unit that follows the plan, and so may give work, ask and receive reports within it.
    /// Not needed where the issuing body or its office follows, nor for what was added to a confirmed plan.
    follower: Option<String>,
    /// With `refuse`: why it is not the body's own.
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum ConfirmWord {
    Confirm,
    Refuse,
    TakeBack,
}

/// The body in whose name the plan stands says whether it is theirs.
#[utoipa::path(post, path = "/api/v1/plans/{id}/confirm", params(("id" = String, Path)), request_body = Confirming, responses((status = 200, body = PlanJson), (status = 412)))]
pub async fn confirm(req: Req, Path(id): Path<PlanId>, Form(given): Form<Confirming>) -> Outcome {
    let unit = |text: &str| text.parse().map_err(|_| Problem::bad_input("unknown-unit-field"));
    let act = match given.act {
        ConfirmWord::Confirm => ConfirmAct::Confirm { follower: given.follower.as_deref().map(unit).transpose()? },
        ConfirmWord::Refuse => ConfirmAct::Refuse { reason: given.reason },
        ConfirmWord::TakeBack => ConfirmAct::TakeBack,
    };
    plan_confirm(&req.app, &req.ctx, id, given.rev, &act).await?;
    get(req, Path(id)).await
}
