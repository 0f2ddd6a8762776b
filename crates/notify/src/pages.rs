//! One's own notices and choices; the outbox for administrators.

use crate::ids::MailId;
use axum::extract::Path;
use kernel::{
    Lang, Problem,
    day::{days_left, show_due},
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use webkit::{Access, Form, Outcome, Req, Route, view};

use crate::{
    Channels,
    acting::person,
    proof,
    settings::{Chosen, choose, read_all, retry, try_mail},
    store,
};

pub const TEMPLATES: &[(&str, &str)] = &[
    ("notify/notices.html", include_str!("../templates/notices.html")),
    ("notify/confirm.html", include_str!("../templates/confirm.html")),
    ("notify/mail.html", include_str!("../templates/mail.html")),
    ("notify/digest.html", include_str!("../templates/digest.html")),
    ("notify/digest.txt", include_str!("../templates/digest.txt")),
];

const LISTED: u64 = 200;

pub fn routes() -> Vec<Route> {
    let manage = Access::Action("mail.manage");
    vec![
        Route::get("/notices", Access::SignedIn, notices),
        Route::post("/notices/choose", Access::SignedIn, chosen),
        Route::post("/notices/read", Access::SignedIn, read),
        Route::post("/notices/trial", Access::SignedIn, trial),
        Route::get("/notices/confirm/{secret}", Access::SignedIn, confirm_form),
        Route::post("/notices/confirm/{secret}", Access::SignedIn, confirm),
        Route::get("/live", Access::SignedIn, crate::live::live),
        Route::get("/mail", manage, mail),
        Route::post("/mail/{id}", manage, again),
    ]
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct ChosenForm {
    address: String,
    phone: String,
    digest: String,
    lang: String,
    rev: i64,
}

async fn page(req: &Req) -> Result<Value, Problem> {
    let (person, conn, channels) = (person(&req.ctx)?, req.app.db().read(), req.app.get::<Channels>()?);
    let settings = store::person(&conn, person).await?;
    let rows = store::notices(&conn, person, LISTED).await?;
    let proved = settings.is_proved();
    let form = ChosenForm {
        address: settings.address,
        phone: settings.phone,
        digest: if settings.digest { "1".into() } else { String::new() },
        lang: if settings.rev == 0 { req.ctx.lang.code().into() } else { settings.lang },
        rev: settings.rev,
    };
    let calendar = req.app.times().calendar();
    // What was told counts as of its day, in days of the calendar, whatever was counted when it was told.
    let shown = rows.iter().map(|row| {
        let days = row.due_on.parse().ok().zip(row.day.parse().ok());
        let due = days.map(|(due, _)| show_due(due, false, &calendar, req.ctx.lang));
        let left = days.map_or(row.days, |(due, day)| days_left(&calendar, due, day));
        context! { due, days => left, ..view(row) }
    });
    let shown: Vec<Value> = shown.collect();
    Ok(context! {
        unread => rows.iter().filter(|row| !row.is_read).count(), rows => shown, form => view(form),
        proved, refused => settings.refused, has_mail => channels.has("mail"), has_text => channels.has("text"),
    })
}

async fn notices(req: Req) -> Outcome {
    let page = page(&req).await?;
    Req::not_kept(req.page("notify/notices.html", page).await?)
}

async fn chosen(req: Req, Form(form): Form<ChosenForm>) -> Outcome {
    let lang = if form.lang == "en" { Lang::En } else { Lang::Vi };
    let input = Chosen {
        address: form.address.clone(),
        phone: form.phone.clone(),
        digest: !form.digest.is_empty(),
        lang,
        rev: form.rev,
    };
    choose(&req.app, &req.ctx, &input).await?;
    Ok(Req::go("/notices", "saved"))
}

async fn read(req: Req) -> Outcome {
    read_all(&req.app, &req.ctx).await?;
    Ok(Req::go("/notices", "saved"))
}

async fn trial(req: Req) -> Outcome {
    try_mail(&req.app, &req.ctx).await?;
    Ok(Req::go("/notices", "mail-queued"))
}

async fn confirm_form(req: Req, Path(secret): Path<String>) -> Outcome {
    if !proof::is_good(&req.app, &req.ctx, &secret).await? {
        return Err(proof::ended().into());
    }
    let address = store::person(&req.app.db().read(), person(&req.ctx)?).await?.address;
    Req::not_kept(req.page("notify/confirm.html", context! { address }).await?)
}

async fn confirm(req: Req, Path(secret): Path<String>) -> Outcome {
    proof::confirm(&req.app, &req.ctx, &secret).await?;
    Ok(Req::go("/notices", "address-proved"))
}

async fn mail(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let mut rows = store::outbox_open(&conn, LISTED).await?;
    let counts = store::outbox_counts(&conn).await?;
    let count = |state: &str| counts.iter().find(|row| row.state == state).map_or(0, |row| row.count);
    let has_mail = req.app.get::<Channels>()?.has("mail");
    let shown = req.app.db().note_access(&req.ctx, "mail.list", "", rows.len()).await?;
    for row in &mut rows {
        row.address.open(&shown);
    }
    let page = context! {
        waiting => count("waiting"), sent => count("sent"), refused => count("refused"), given_up => count("given_up"), has_mail,
        rows => rows.iter().map(|row| context! {
            id => MailId::from_uuid(row.id).to_string(), address => row.address.text(), channel => row.channel.clone(), subject => row.subject.clone(), state => row.state.clone(),
            attempts => row.attempts, next_at => row.next_at, error => row.error.clone(), created_at => row.created_at,
            is_over => row.is_over > 0,
        }).collect::<Vec<Value>>(),
    };
    Req::not_kept(req.page("notify/mail.html", page).await?)
}

#[derive(Deserialize)]
struct AgainForm {
    /// `retry` or `give_up`.
    act: String,
}

async fn again(req: Req, Path(id): Path<MailId>, Form(form): Form<AgainForm>) -> Outcome {
    retry(&req.app, &req.ctx, id, form.act == "retry").await?;
    Ok(Req::go("/mail", "saved"))
}
