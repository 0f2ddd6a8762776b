//! One's own days in the calendar of a telephone or a mail program: the link, made and ended on one's account, and what it gives.

use axum::extract::Path;
use kernel::Due;
use minijinja::context;
use webkit::{Outcome, Req};

use crate::{
    Directory,
    model::ics::{Entry, calendar},
    usecase::feed::{feed, feed_end, feed_make},
};

const END: &str = ".ics";

/// The link is shown once.
pub async fn make(req: Req) -> Outcome {
    let secret = feed_make(req.app.get::<Directory>()?, &req.ctx).await?;
    let url = format!("{}/calendar/{secret}{END}", req.app.config().base_url);
    Req::untold(req.page("directory/feed_once.html", context! { url }).await?)
}

pub async fn end(req: Req) -> Outcome {
    feed_end(req.app.get::<Directory>()?, &req.ctx).await?;
    Ok(Req::go("/account#feed", "feed-ended"))
}

/// For who has the link, whoever is signed in where it is opened.
pub async fn show(req: Req, Path(secret): Path<String>) -> Outcome {
    let text = secret.strip_suffix(END).unwrap_or(&secret);
    let dues = feed(&req.app, req.app.get::<Directory>()?, &req.ctx, req.address, text).await?;
    let base = &req.app.config().base_url;
    let entry = |due: &Due| Entry {
        id: due.subject.clone(),
        day: due.due,
        words: words(&req, due),
        url: format!("{base}{}", due.href),
    };
    let entries: Vec<Entry> = dues.iter().map(entry).collect();
    let host = base.split("://").last().unwrap_or_default();
    let name = req.app.locales().text(req.ctx.lang, "feed-name", &[]);
    let bytes = calendar(&name, host, req.ctx.now(), &entries).into_bytes();
    Req::untold(Req::file("viec-den-han.ics", "text/calendar; charset=utf-8", bytes)?)
}

fn words(req: &Req, due: &Due) -> String {
    let said = req.app.locales().text(req.ctx.lang, &format!("feed-{}", due.kind), &[]);
    format!("{said}: {}", due.words)
}
