//! How long rows are kept that nothing refers to any more. Each module declares its own; the ledger and the facts are
//! in no list, and no rule about them is accepted.

use jiff::ToSpan;
use kernel::{Ctx, Problem};

use crate::{Db, Entry, Value, vals};

/// Rows deleted in one act: others must not wait long for the writer.
const AT_ONCE: u32 = 2000;

/// What the moment is that a row is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// `$1` is an instant in microseconds.
    Instant,
    /// `$1` is a day.
    Day,
}

/// Rows of a table that are deleted when they are old.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// As settings and lists name it.
    pub name: &'static str,
    pub table: &'static str,
    /// The columns of its primary key.
    pub key: &'static str,
    /// Which rows are old, given `$1`: what lies before it is.
    pub old: &'static str,
    pub age: Age,
    pub days: u32,
}

impl Retention {
    fn is_allowed(&self) -> bool {
        !["db_ledger", "db_fact", "db_migration", "db_blob"].iter().any(|kept| self.table.starts_with(kept))
    }

    fn before(&self, ctx: &Ctx) -> Result<Value, Problem> {
        match self.age {
            Age::Instant => Ok((ctx.now().as_microsecond() - i64::from(self.days) * 86_400_000_000).into()),
            Age::Day => {
                let day = ctx.today().checked_sub(i64::from(self.days).days()).map_err(Problem::internal)?;
                Ok(day.to_string().into())
            }
        }
    }
}

/// What this crate keeps for a while.
pub const OWN: &[Retention] = &[
    Retention {
        name: "idempotency",
        table: "db_idempotency",
        key: "actor, key",
        old: "at < $1",
        age: Age::Instant,
        days: 3,
    },
    Retention { name: "drafts", table: "db_draft", key: "person_id, key", old: "at < $1", age: Age::Instant, days: 7 },
    Retention {
        name: "jobs-done",
        table: "db_job",
        key: "id",
        old: "state = 'done' AND COALESCE(ended_at, created_at) < $1",
        age: Age::Instant,
        days: 30,
    },
    Retention {
        name: "jobs-failed",
        table: "db_job",
        key: "id",
        old: "state = 'failed' AND COALESCE(ended_at, created_at) < $1",
        age: Age::Instant,
        days: 180,
    },
    Retention {
        name: "undo",
        table: "db_before",
        key: "stream, seq, of_table",
        old: "at < $1",
        age: Age::Instant,
        days: 30,
    },
    Retention { name: "access", table: "db_access", key: "id", old: "at < $1", age: Age::Instant, days: 730 },
    Retention { name: "daily", table: "db_daily", key: "kind, day", old: "day < $1", age: Age::Day, days: 400 },
];

/// Deletes what is old; returns how many rows of each rule went. Named in the ledger where anything did.
pub async fn purge(db: &Db, ctx: &Ctx, rules: &[Retention]) -> Result<Vec<(&'static str, u64)>, Problem> {
    let mut gone = Vec::new();
    for rule in rules {
        if !rule.is_allowed() {
            return Err(Problem::internal(format!("{} is kept for ever", rule.table)));
        }
        let Retention { table, key, old, .. } = rule;
        let sql =
            &format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {old} LIMIT {AT_ONCE})");
        let before = &rule.before(ctx)?;
        let mut count = 0;
        loop {
            let some = db.write(ctx, |tx| async move {
                tx.bookkeeping();
                Ok(tx.exec(sql, vec![before.clone()]).await?)
            });
            let some = some.await?;
            count += some;
            if some < u64::from(AT_ONCE) {
                break;
            }
        }
        gone.push((rule.name, count));
    }
    let counts: serde_json::Map<String, serde_json::Value> = gone
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| ((*name).to_owned(), (*count).into()))
        .collect();
    if !counts.is_empty() {
        let counts = &serde_json::Value::Object(counts);
        db.write(ctx, |tx| async move {
            tx.ledger(Entry::new("retention.purge", "db").detail(counts.clone()));
            Ok(())
        })
        .await?;
    }
    Ok(gone)
}

/// How many rows the rule's table has, and how many of them are old.
pub async fn kept(db: &Db, ctx: &Ctx, rule: &Retention) -> Result<(i64, i64), Problem> {
    let Retention { table, old, .. } = rule;
    let all = db.read().count(&format!("SELECT COUNT(*) FROM {table}"), vals![]).await?;
    let old = db.read().count(&format!("SELECT COUNT(*) FROM {table} WHERE {old}"), vec![rule.before(ctx)?]).await?;
    Ok((all, old))
}
