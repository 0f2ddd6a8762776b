//! Which item of a plan is which of the plan above it: one handler for forms and programs.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::plans::{
    model::pairing::Says,
    store::pair::{Between, ItemId},
    usecase::pair::pair,
};

/// Two items, and what is said of them.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct PairForm {
    /// The plan above.
    #[schema(value_type = String)]
    above: PlanId,
    /// A task or a target of the plan above, by its id.
    item: String,
    /// One of this plan.
    #[serde(default)]
    twin: String,
    /// Over which revision it is said: that of what is said of the two now, 0 where nothing is.
    #[serde(default)]
    rev: i64,
    /// `same`: it is this one. `apart`: these two do not belong together. `back`: what was said is taken back.
    says: String,
}

/// What was said.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Paired {
    plan: String,
    item: String,
    twin: String,
    says: String,
    /// Its revision; 0 where it was taken back.
    rev: i64,
}

fn item(field: &str, text: &str, code: &'static str) -> Result<ItemId, Problem> {
    ItemId::parse(text.trim()).ok_or_else(|| Problem::bad_input(code).field(field, code))
}

/// Says which item of this plan is which of the plan above, or that two do not belong together, or takes that back. It wins
/// over what the program finds by itself. One item may be several, and several one. What somebody else said meanwhile is
/// not said over.
#[utoipa::path(post, path = "/api/v1/plans/{id}/pairs", params(("id" = String, Path)), request_body = PairForm, responses((status = 200, body = Paired), (status = 412), (status = 422)))]
pub async fn set(req: Req, Path(id): Path<PlanId>, Form(form): Form<PairForm>) -> Outcome {
    let says = match form.says.as_str() {
        "back" => None,
        said => Some(Says::parse(said).ok_or_else(|| Problem::bad_input("bad-form"))?),
    };
    let done = match says {
        None => "undone",
        Some(Says::Same) => "pair-same",
        Some(Says::Apart) => "pair-apart",
    };
    let of = Between {
        above: form.above,
        child: id,
        item: item("item", &form.item, "pair-not-above")?,
        twin: item("twin", &form.twin, "pair-not-below")?,
    };
    let rev = pair(&req.app, &req.ctx, of, says, form.rev).await?;
    let page = format!("/plans/{id}/cascade?above={}#{}", form.above, of.item);
    let (item, twin) = (of.item.to_string(), of.twin.to_string());
    req.done(&Paired { plan: id.to_string(), item, twin, says: form.says, rev }, &page, done)
}
