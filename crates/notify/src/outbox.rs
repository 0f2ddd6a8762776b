//! The outbox: letters wait here through restarts and outages, and end delivered, refused or given up, never lost.

use async_trait::async_trait;
use db::{Db, DbError, Job, JobHandler, Tx};
use jiff::Timestamp;
use kernel::{Ctx, Problem};
use serde_json::Value as Json;
use webkit::App;

use crate::{
    Channels,
    channel::{Delivery, Outgoing},
    store::{self, OutboxRow},
};

pub(crate) const SEND: &str = "notify.send";

/// Letters of one run: well inside the lease of a job.
const AT_ONCE: u64 = 50;
const SECOND: i64 = 1_000_000;
/// Pauses before the next attempt, in seconds; the last one repeats.
const PAUSES: [i64; 6] = [60, 300, 900, 3600, 4 * 3600, 12 * 3600];
/// A reminder that is older helps nobody.
const USEFUL: i64 = 3 * 24 * 3600 * SECOND;

/// Nothing waits for a later moment than this.
fn latest(now: i64) -> i64 {
    now + pause(i64::MAX)
}

fn pause(attempts: i64) -> i64 {
    let at = usize::try_from(attempts).unwrap_or(0).min(PAUSES.len() - 1);
    PAUSES[at] * SECOND
}

/// Queues a run of the outbox, unless one waits that is not later.
pub(crate) async fn wake(tx: &Tx, at: Timestamp) -> Result<(), DbError> {
    if db::queued_at(tx, SEND).await?.is_none_or(|queued| queued > at.as_microsecond()) {
        tx.enqueue_at(SEND, &Json::Null, at).await?;
    }
    Ok(())
}

#[derive(Debug)]
pub(crate) struct Send {
    pub app: App,
}

#[async_trait]
impl JobHandler for Send {
    fn kind(&self) -> &'static str {
        SEND
    }

    /// A letter is sent at least once: a crash between sending and writing it down repeats it under the same id.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let now = ctx.now().as_microsecond();
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            store::outbox_give_up(&tx, now - USEFUL).await?;
            Ok(())
        })
        .await?;
        let mut down: Vec<String> = Vec::new();
        for row in store::outbox_due(&db.read(), (now, latest(now)), AT_ONCE).await? {
            if down.contains(&row.channel) {
                continue;
            }
            let delivery = self.deliver(&row).await?;
            if matches!(delivery, Delivery::Down(_)) {
                down.push(row.channel.clone());
            }
            let (row, delivery) = (&row, &delivery);
            db.write(ctx, |tx| async move {
                tx.bookkeeping();
                note(&tx, row, delivery, ctx.now().as_microsecond()).await?;
                Ok(())
            })
            .await?;
        }
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            if let Some(next) = store::outbox_next(&tx).await? {
                let next = if next > latest(ctx.now().as_microsecond()) { now } else { next };
                let next = Timestamp::from_microsecond(next).map_err(Problem::internal)?;
                wake(&tx, next.max(ctx.now())).await?;
            }
            Ok(())
        })
        .await
    }
}

impl Send {
    async fn deliver(&self, row: &OutboxRow) -> Result<Delivery, Problem> {
        let Some(channel) = self.app.get::<Channels>()?.get(&row.channel) else {
            return Ok(Delivery::Down("not configured".into()));
        };
        let out = Outgoing {
            id: row.id().to_string(),
            address: row.address.clone(),
            subject: row.subject.clone(),
            text: row.text.clone(),
            html: row.html.clone(),
        };
        let delivery = channel.deliver(&out).await;
        if delivery != Delivery::Accepted {
            tracing::warn!(id = out.id, ?delivery, "a letter was not delivered");
        }
        Ok(delivery)
    }
}

async fn note(tx: &Tx, row: &OutboxRow, delivery: &Delivery, now: i64) -> Result<(), DbError> {
    let next = now + pause(row.attempts);
    match delivery {
        Delivery::Accepted => store::outbox_sent(tx, row.id, now).await,
        Delivery::Refused(why) => {
            if let Some(person) = row.person_id.filter(|_| row.channel == "mail") {
                store::refused_set(tx, person, &row.address, why).await?;
            }
            store::outbox_ended(tx, row.id, "refused", why).await
        }
        Delivery::Later(why) => store::outbox_later(tx, row.id, next, why).await,
        Delivery::Down(why) => store::outbox_down(tx, &row.channel, (now, latest(now)), next, why).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_then_stay() {
        let pauses: Vec<i64> = (0..8).map(|attempts| pause(attempts) / SECOND).collect();
        assert_eq!(pauses, [60, 300, 900, 3600, 14400, 43200, 43200, 43200]);
    }
}
