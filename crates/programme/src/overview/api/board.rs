//! The table that leaders know, and what is red.

use kernel::UnitId;
use serde::Serialize;
use webkit::{Outcome, Req};

use crate::{
    overview::{
        pages::counted,
        usecase::board::{board, by_leader},
    },
    work::{model::counts::Counts, store::register::Tally},
};

webkit::codes! {
    /// What is known of why a part is late.
    LateBecause = ["difficulty", "asked", "said", "silent"];
}

#[derive(Serialize, utoipa::ToSchema)]
struct OfUnit {
    unit: String,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize, utoipa::ToSchema)]
struct OfLeader {
    /// None for bodies that nobody is in charge of.
    leader: Option<String>,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize, utoipa::ToSchema)]
struct RedLine {
    part: String,
    unit: String,
    text: String,
    #[schema(format = Date)]
    due_on: Option<String>,
    #[schema(value_type = LateBecause)]
    why: &'static str,
    words: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct BoardJson {
    sum: Counts,
    by_unit: Vec<OfUnit>,
    by_leader: Vec<OfLeader>,
    /// The longest overdue first, the first few.
    red: Vec<RedLine>,
}

/// What the caller's board shows: counts by body and by leader in charge, and what is late and why.
#[utoipa::path(get, path = "/api/v1/board", params(("plan" = Option<String>, Query), ("year" = Option<i16>, Query), ("leader" = Option<String>, Query)), responses((status = 200, body = BoardJson)))]
pub async fn get(req: Req) -> Outcome {
    let scope = req.app.authorizer().scope(&req.ctx);
    let board = board(&req.app, counted::filter(&req), scope, req.ctx.today()).await?;
    let unit = |tally: &Tally| OfUnit { unit: UnitId::from_uuid(tally.unit_id).to_string(), counts: tally.counts() };
    let red = board.red.iter().map(|(part, why)| {
        let (why, about) = why.parts();
        RedLine {
            part: part.id().to_string(),
            unit: part.unit().to_string(),
            text: part.text.clone(),
            due_on: part.due_on.clone(),
            why,
            words: about.map(|about| about.text.clone()),
        }
    });
    Req::json(&BoardJson {
        sum: board.tallies.iter().map(Tally::counts).sum(),
        by_unit: board.tallies.iter().map(unit).collect(),
        by_leader: by_leader(&board.tallies, &board.charge)
            .into_iter()
            .map(|(leader, counts)| OfLeader { leader, counts })
            .collect(),
        red: red.collect(),
    })
}
