//! The working calendar as JSON: its special days, a deadline worked out, a day amended.

use jiff::civil::Date;
use kernel::{Deadline, Problem, WorkCalendar};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    Directory,
    pages::calendar::within,
    usecase::calendar::{Amendment, calendar_amend, kind_of},
};

webkit::codes! {
    /// What sets a day apart from its weekday.
    DayKind = kernel::DayKind::ALL.map(kernel::DayKind::code);
    /// How sure its source is; `amended` by an administrator here.
    DayStatus = ["read", "cited", "unverified", "expected", "amended"];
}

/// A day that is not what its weekday says.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DayJson {
    #[schema(value_type = String, format = Date)]
    day: Date,
    #[schema(value_type = DayKind)]
    kind: kernel::DayKind,
    name_vi: String,
    name_en: String,
    source: String,
    #[schema(value_type = DayStatus)]
    status: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DayList {
    items: Vec<DayJson>,
}

/// The days of a year that are not what their weekday says, each with source and status.
#[utoipa::path(get, path = "/api/v1/calendar", params(("year" = Option<i16>, Query)), responses((status = 200, body = DayList)))]
pub async fn list(req: Req) -> Outcome {
    let year = req.query("year").and_then(|year| year.parse().ok()).unwrap_or_else(|| req.ctx.today().year());
    let calendar = req.app.get::<Directory>()?.calendar();
    let items = calendar.year(year).map(|(day, special)| DayJson {
        day,
        kind: special.kind,
        name_vi: special.name_vi.clone(),
        name_en: special.name_en.clone(),
        source: special.source.clone(),
        status: special.status.clone(),
    });
    Req::json(&DayList { items: items.collect() })
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DeadlineJson {
    /// The last day on which it is in time.
    #[schema(value_type = String, format = Date)]
    due: Date,
    /// The last working day not after `due`: when to remind.
    #[schema(value_type = String, format = Date)]
    safe: Date,
    /// The day that counts as received.
    #[schema(value_type = Option<String>, format = Date)]
    received: Option<Date>,
}

/// The end of so many working days after a moment; `cutoff` is a time of day (15:00 by default) or `none`.
#[utoipa::path(get, path = "/api/v1/calendar/deadline", params(("from" = String, Query, description = "2026-04-28T16:00, Vietnam's time"), ("days" = i32, Query), ("cutoff" = Option<String>, Query)), responses((status = 200, body = DeadlineJson)))]
pub async fn deadline(req: Req) -> Outcome {
    let (.., Deadline { due, safe, received }) = within(&req)?.ok_or_else(|| Problem::bad_input("bad-day"))?;
    Req::json(&DeadlineJson { due, safe, received })
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
#[utoipa::path(post, path = "/api/v1/calendar", request_body = Amend, responses((status = 200, body = DayList)))]
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
