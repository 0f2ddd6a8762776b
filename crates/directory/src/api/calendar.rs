//! The working calendar as JSON: its special days, a deadline worked out, a day amended.

use jiff::civil::Date;
use kernel::{Deadline, Problem, SpecialDay, WorkCalendar};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    Directory,
    pages::calendar::within,
    usecase::calendar::{Amendment, calendar_amend, kind_of},
};

#[derive(Serialize)]
struct DayJson {
    day: Date,
    #[serde(flatten)]
    special: SpecialDay,
}

/// The days of a year that are not what their weekday says, each with source and status.
#[utoipa::path(get, path = "/api/v1/calendar", params(("year" = Option<i16>, Query)), responses((status = 200), (status = 401)))]
pub async fn list(req: Req) -> Outcome {
    let year = req.query("year").and_then(|year| year.parse().ok()).unwrap_or_else(|| req.ctx.today().year());
    let calendar = req.app.get::<Directory>()?.calendar();
    let days: Vec<DayJson> =
        calendar.year(year).map(|(day, special)| DayJson { day, special: special.clone() }).collect();
    Req::json(&serde_json::json!({ "items": days }))
}

/// The end of so many working days after a moment; `cutoff` is a time of day (15:00 by default) or `none`.
#[utoipa::path(get, path = "/api/v1/calendar/deadline", params(("from" = String, Query, description = "2026-04-28T16:00, Vietnam's time"), ("days" = i32, Query), ("cutoff" = Option<String>, Query)), responses((status = 200), (status = 422)))]
pub async fn deadline(req: Req) -> Outcome {
    let (_, _, deadline): (_, _, Deadline) = within(&req)?.ok_or_else(|| Problem::bad_input("bad-day"))?;
    Req::json(&deadline)
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Amend {
    /// ISO day.
    day: String,
    /// `holiday`, `off`, `work`; without it the day is what its weekday says.
    kind: Option<String>,
    #[serde(default)]
    name: String,
    /// The text that says so.
    source: String,
}

/// Sets a day apart; open deadlines are worked out anew, their history kept.
#[utoipa::path(post, path = "/api/v1/calendar", request_body = Amend, responses((status = 200), (status = 403), (status = 422)))]
pub async fn amend(req: Req, Form(form): Form<Amend>) -> Outcome {
    let amendment = Amendment {
        day: form.day.parse().map_err(|_| Problem::bad_input("bad-day"))?,
        kind: form.kind.as_deref().map_or(Ok(None), kind_of)?,
        name: form.name,
        source: form.source,
    };
    calendar_amend(&req.app, &req.ctx, &amendment).await?;
    list(req).await
}
