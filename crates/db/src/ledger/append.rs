//! Appending the entries of an act.

use std::sync::atomic::Ordering;

use kernel::{CLOCK_TOLERANCE_MICROS, Post, Problem, ProblemKind};
use serde_json::json;

use super::{
    canonical::canonical,
    entry::Entry,
    head::{ACCEPT_CLOCK, GENESIS, Head, STREAM, chain},
    images,
    watch::{Sealing, Told},
};
use crate::{Insert, Tx, Value, facts, mask_json, vals};

/// Entries of one statement; SQLite takes 32,766 values.
const AT_ONCE: usize = 2000;

/// Appends at the end of the transaction: the head row is locked last, so chains never wait for work. The facts of
/// the act go with it: on PostgreSQL all of it is one statement, one round trip. The act's last entry holds the
/// hashes of the rows that it changed.
pub(crate) async fn append(tx: &Tx, entries: &[Entry], facts: Vec<Told>, mut sealing: Sealing) -> Result<(), Problem> {
    let mut head = locked_head(tx).await?;
    if head.seq == 0 {
        sealing.begins.extend(tx.seals().marks());
    }
    let now = tx.ctx().now().as_microsecond();
    let accepts = entries.iter().any(|entry| entry.action == ACCEPT_CLOCK);
    // Less is a clock being set, and the entry takes the head's time.
    let behind = now < head.at - CLOCK_TOLERANCE_MICROS && !accepts;
    tx.clock_behind().store(behind, Ordering::Relaxed);
    if behind {
        return Err(Problem::new(ProblemKind::Unavailable, "clock-backwards"));
    }
    let seq = head.seq + i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let mut inserts = facts.into_iter().map(|told| facts::insert(tx, seq, told)).collect::<Result<Vec<_>, _>>()?;
    inserts.extend(images::insert(seq, now, std::mem::take(&mut sealing.kept))?);
    let last = entries.len().saturating_sub(1);
    for (chunk, some) in entries.chunks(AT_ONCE).enumerate() {
        let mut insert = Insert::into("db_ledger", "stream, seq, at, actor, action, subject, body, hash");
        for (position, entry) in some.iter().enumerate() {
            let at = if entry.action == ACCEPT_CLOCK { now } else { now.max(head.at) };
            let sealing = (chunk * AT_ONCE + position == last).then_some(&sealing);
            let (next, row) = chained(tx, &head, at, entry, sealing)?;
            insert.row(row);
            head = next;
        }
        inserts.push(insert);
    }
    let mut save = Insert::into("db_ledger_head", "stream, seq, hash, at");
    save.row(vals![STREAM, head.seq, head.hash, head.at]);
    save.or("(stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at");
    inserts.push(save);
    inserts.extend(changed(tx, head.seq));
    tx.insert_all(inserts).await?;
    Ok(())
}

/// The newest entry that changed something of a module: who watches one does not wake for the others.
fn changed(tx: &Tx, seq: i64) -> Option<Insert> {
    let owners = Some(tx.watch().owners()).filter(|owners| !owners.is_empty())?;
    let mut save = Insert::into("db_changed", "stream, module, seq");
    for owner in owners {
        save.row(vals![STREAM, owner, seq]);
    }
    save.or("(stream, module) DO UPDATE SET seq = excluded.seq");
    Some(save)
}

async fn locked_head(tx: &Tx) -> Result<Head, Problem> {
    let lock = if tx.is_sqlite() { "" } else { " FOR UPDATE" };
    let find = format!("SELECT seq, hash, at FROM db_ledger_head WHERE stream = $1{lock}");
    let mut found: Option<Head> = tx.one(&find, vals![STREAM]).await?;
    if found.is_none() {
        // Nothing to lock yet: the first writers of all meet at this row instead.
        let first =
            "INSERT INTO db_ledger_head (stream, seq, hash, at) VALUES ($1, 0, $2, 0) ON CONFLICT (stream) DO NOTHING";
        tx.exec(first, vals![STREAM, GENESIS.as_str()]).await?;
        found = tx.one(&find, vals![STREAM]).await?;
    }
    found.ok_or_else(|| Problem::internal("the ledger has no head"))
}

/// The entry's row, and the head after it.
fn chained(
    tx: &Tx,
    head: &Head,
    at: i64,
    entry: &Entry,
    sealing: Option<&Sealing>,
) -> Result<(Head, Vec<Value>), Problem> {
    let (seq, actor) = (head.seq + 1, tx.ctx().actor.pseudonym());
    // What is in the chain is there for ever.
    let mut detail = entry.detail.clone();
    mask_json(&mut detail);
    let mut body = json!({
        "stream": STREAM, "seq": seq, "at": at, "actor": actor, "action": entry.action, "subject": entry.subject,
        "unit": entry.unit.map(|unit| unit.to_string()), "reason": entry.reason, "detail": detail,
        "request": tx.ctx().request.to_string(),
    });
    let posts = tx.ctx().actor.posts();
    if !posts.is_empty() {
        let post = |post: &Post| json!({ "unit": post.unit.to_string(), "role": post.role.code() });
        body["posts"] = posts.iter().map(post).collect();
    }
    if let Some(sealing) = sealing {
        sealing.write(&mut body);
    }
    let body = canonical(&body)?;
    let hash = chain(&head.hash, &body);
    let row = vals![STREAM, seq, at, actor, entry.action, entry.subject.as_str(), body, hash.as_str()];
    Ok((Head { seq, hash, at }, row))
}
