//! Notices and the outbox over the wire.

use crate::ids::{MailId, NoticeId};
use serde::Serialize;
use utoipa::OpenApi;
use webkit::{Access, Outcome, Req, Route};

use crate::{acting::person, store};

const LISTED: u64 = 500;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/notices", Access::SignedIn, notices),
        Route::get("/api/v1/mail", Access::Action("mail.manage"), mail),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(notices, mail))]
struct Documented;

pub fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

webkit::codes! {
    /// What a notice is about.
    NoticeKind = ["part", "report", "difficulty", "question", "security"];
    /// The way of a letter.
    Channel = ["mail", "text"];
    /// Where a letter stands.
    MailState = ["waiting", "sent", "refused", "given_up"];
}

/// One thing that the signed-in person was reminded of.
#[derive(Serialize, utoipa::ToSchema)]
struct NoticeJson {
    id: String,
    #[schema(format = Date)]
    day: String,
    #[schema(value_type = NoticeKind)]
    kind: String,
    /// The id of what it is about; of `security`, what has changed.
    about: String,
    words: String,
    #[schema(format = Date)]
    due_on: String,
    /// Calendar days left; below zero: days late.
    days: i64,
    by_mail: bool,
    read: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
struct NoticeList {
    items: Vec<NoticeJson>,
}

/// What the signed-in person was reminded of, newest first.
#[utoipa::path(get, path = "/api/v1/notices", responses((status = 200, body = NoticeList), (status = 403)))]
async fn notices(req: Req) -> Outcome {
    let rows = store::notices(&req.app.db().read(), person(&req.ctx)?, LISTED).await?;
    let items = rows.into_iter().map(|row| NoticeJson {
        id: NoticeId::from_uuid(row.id).to_string(),
        day: row.day,
        kind: row.kind,
        about: row.subject,
        words: row.words,
        due_on: row.due_on,
        days: row.days,
        by_mail: row.by_mail,
        read: row.is_read,
    });
    Req::json(&NoticeList { items: items.collect() })
}

/// A letter that was not delivered.
#[derive(Serialize, utoipa::ToSchema)]
struct MailJson {
    id: String,
    #[schema(value_type = Channel)]
    channel: String,
    address: String,
    subject: String,
    #[schema(value_type = MailState)]
    state: String,
    attempts: i64,
    error: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Outbox {
    counts: Vec<CountJson>,
    items: Vec<MailJson>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CountJson {
    #[schema(value_type = MailState)]
    state: String,
    count: i64,
}

/// What the outbox holds that was not delivered, and how many letters are in which state.
#[utoipa::path(get, path = "/api/v1/mail", responses((status = 200, body = Outbox)))]
async fn mail(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let mut rows = store::outbox_open(&conn, LISTED).await?;
    let shown = req.app.db().note_access(&req.ctx, "mail.list", "", rows.len()).await?;
    for row in &mut rows {
        row.address.open(&shown);
    }
    let items = rows.into_iter().map(|row| MailJson {
        id: MailId::from_uuid(row.id).to_string(),
        channel: row.channel,
        address: row.address.text().to_owned(),
        subject: row.subject,
        state: row.state,
        attempts: row.attempts,
        error: row.error,
    });
    let counts = store::outbox_counts(&conn).await?;
    let counts = counts.into_iter().map(|row| CountJson { state: row.state, count: row.count }).collect();
    Req::json(&Outbox { counts, items: items.collect() })
}
