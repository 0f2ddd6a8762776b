//! Tells open pages that something was written, so that they look again (server-sent events).

use std::{
    convert::Infallible,
    time::{Duration, Instant},
};

use axum::response::{
    IntoResponse as _,
    sse::{Event, KeepAlive, Sse},
};
use db::{Db, DbError};
use futures::stream::unfold;
use kernel::{Actor, Problem, ProblemKind};
use webkit::{Outcome, Req};

/// Acts that follow each other closely are told as one.
const GATHER: Duration = Duration::from_secs(1);
/// Another process may have written without this one hearing of it.
const LOOK: Duration = Duration::from_secs(10);
/// After so long the page comes again and is asked anew who it is: who has signed out hears no more.
const LIFE: Duration = Duration::from_mins(2);

async fn newest(db: &Db, of: &str) -> Result<i64, DbError> {
    let modules: Vec<&str> = of.split_whitespace().take(8).collect();
    if modules.is_empty() { db::ledger_number(&db.read()).await } else { db::change_number(&db.read(), &modules).await }
}

pub async fn live(req: Req) -> Outcome {
    let account = match req.ctx.actor {
        Actor::Person { account, .. } | Actor::Token { account, .. } => Some(account),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Outside { .. } => None,
    };
    let place = req.app.streams().enter(account);
    let place = place.ok_or_else(|| Problem::new(ProblemKind::Throttled, "too-many-streams"))?;
    let db = req.app.db().clone();
    // Whose changes the page shows; without a word of it, everybody's.
    let of = req.query("of").unwrap_or_default();
    let number = newest(&db, &of).await.map_err(Problem::from)?;
    let end = Instant::now() + LIFE;
    let state = (db.changes(), db, number, of, place);
    let events = unfold(state, move |(mut changes, db, mut number, of, place)| async move {
        loop {
            if Instant::now() > end {
                return None;
            }
            if tokio::time::timeout(LOOK, changes.recv()).await.is_ok() {
                tokio::time::sleep(GATHER).await;
            }
            let Ok(now) = newest(&db, &of).await else { continue };
            if now != number {
                number = now;
                let event = Event::default().event("changed").data(now.to_string());
                return Some((Ok::<_, Infallible>(event), (changes, db, number, of, place)));
            }
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}
