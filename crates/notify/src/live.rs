//! Tells open pages that something was written, so that they look again (server-sent events).

use std::{convert::Infallible, time::Duration};

use axum::response::{
    IntoResponse as _,
    sse::{Event, KeepAlive, Sse},
};
use futures::stream::unfold;
use kernel::Problem;
use webkit::{Outcome, Req};

/// Acts that follow each other closely are told as one.
const GATHER: Duration = Duration::from_secs(1);
/// Another process may have written without this one hearing of it.
const LOOK: Duration = Duration::from_secs(10);
/// After so many looks the page comes again and is asked anew who it is.
const LOOKS: u32 = 90;

pub async fn live(req: Req) -> Outcome {
    let db = req.app.db().clone();
    let number = db::ledger_number(&db.read()).await.map_err(Problem::from)?;
    let state = (db.changes(), db, number, 0);
    let events = unfold(state, |(mut changes, db, mut number, mut looks)| async move {
        loop {
            looks += 1;
            if looks > LOOKS {
                return None;
            }
            if tokio::time::timeout(LOOK, changes.recv()).await.is_ok() {
                tokio::time::sleep(GATHER).await;
            }
            let Ok(now) = db::ledger_number(&db.read()).await else { continue };
            if now != number {
                number = now;
                let event = Event::default().event("changed").data(now.to_string());
                return Some((Ok::<_, Infallible>(event), (changes, db, number, looks)));
            }
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}
