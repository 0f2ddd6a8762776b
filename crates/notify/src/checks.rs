//! What an administrator should know about the outbox.

use kernel::Ctx;
use webkit::{
    App,
    check::{Check, Finding},
};

use crate::store;

const HOUR_MICROS: i64 = 3600 * 1_000_000;

pub const CHECKS: &[Check] = &[Check { name: "outbox", cheap: true, look: |app, ctx| Box::pin(outbox(app, ctx)) }];

/// The page of the outbox says of each why.
async fn outbox(app: &App, ctx: &Ctx) -> Finding {
    match store::outbox_waiting(&app.db().read(), ctx.now().as_microsecond() - HOUR_MICROS).await {
        Ok(0) => Finding::ok("outbox-fine"),
        Ok(count) => Finding::warning("outbox-late").count("count", count),
        Err(error) => Finding::fault("database-silent").with("error", error),
    }
}
