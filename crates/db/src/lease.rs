//! Leases by the database's own clock: one holder at a time, with a fence that grows at every change of holder.

use kernel::{Ctx, Problem};
use sea_orm::FromQueryResult;

use crate::{Db, DbError, Reader, Writer, vals};

const TERM_MICROS: i64 = 10_000_000;

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Lease {
    pub name: String,
    pub holder: String,
    pub fence: i64,
    pub until: i64,
}

fn now_sql(conn: &Reader) -> &'static str {
    if conn.is_sqlite() {
        "CAST(unixepoch('subsec') * 1000000 AS integer)"
    } else {
        "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"
    }
}

/// Ends the terms that were given while the database's clock was ahead.
pub(crate) async fn put_right(conn: &Writer) -> Result<(), DbError> {
    let now = now_sql(conn);
    conn.exec(&format!("UPDATE db_lease SET until = {now} WHERE until > {now} + {TERM_MICROS}"), vals![]).await?;
    Ok(())
}

/// The database's clock, in microseconds: of its machine, where it has one of its own.
pub async fn clock(db: &Db) -> Result<i64, DbError> {
    let conn = db.read();
    conn.count(&format!("SELECT {}", now_sql(&conn)), vec![]).await
}

/// Takes the lease if it is free or expired; 10 seconds, to be renewed every 3.
pub async fn acquire(db: &Db, ctx: &Ctx, name: &str, holder: &str) -> Result<Option<Lease>, Problem> {
    let now = now_sql(&db.read());
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let take = format!(
            "INSERT INTO db_lease (name, holder, fence, until) VALUES ($1, $2, 1, {now} + {TERM_MICROS}) \
             ON CONFLICT (name) DO UPDATE SET holder = $2, fence = db_lease.fence + 1, until = {now} + {TERM_MICROS} \
             WHERE db_lease.until < {now}"
        );
        if tx.exec(&take, vals![name, holder]).await? == 0 {
            return Ok(None);
        }
        Ok(tx.one("SELECT name, holder, fence, until FROM db_lease WHERE name = $1", vals![name]).await?)
    })
    .await
}

/// Prolongs a lease that is still held; false when somebody else has taken it.
pub async fn renew(db: &Db, ctx: &Ctx, lease: &Lease) -> Result<bool, Problem> {
    let now = now_sql(&db.read());
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let sql = format!("UPDATE db_lease SET until = {now} + {TERM_MICROS} WHERE name = $1 AND holder = $2 AND fence = $3 AND until >= {now}");
        Ok(tx.exec(&sql, vals![lease.name.as_str(), lease.holder.as_str(), lease.fence]).await? == 1)
    })
    .await
}
