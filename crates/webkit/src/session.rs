//! Sessions: 256 random bits in the cookie, their SHA-256 in the table, so the table alone signs nobody in.

use db::{Change, Conn, Db, Migration, ModuleMigrations, vals};
use kernel::{AccountId, Ctx, Problem};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub const SESSION_COOKIE: &str = "dinh_session";
const LIFE_MICROS: i64 = 12 * 3600 * 1_000_000;
const TOUCH_MICROS: i64 = 5 * 60 * 1_000_000;

pub const MIGRATIONS: ModuleMigrations =
    ModuleMigrations { module: "web", steps: &[Migration { name: "0001_session", up: tables }] };

fn tables(change: &mut Change) {
    change.table("web_session", |t| {
        t.text("token_hash");
        t.uuid("account_id");
        t.integer("epoch");
        t.integer("until");
        t.primary(&["token_hash"]);
    });
    change.index("web_session", &["account_id"]);
}

#[derive(db::FromQueryResult)]
struct Row {
    account_id: Uuid,
    epoch: i64,
    until: i64,
}

pub(crate) struct Session {
    pub account: AccountId,
    pub epoch: i64,
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Opens a session and returns the cookie value. `epoch` is the account's: raising it ends all its sessions.
pub async fn start(db: &Db, ctx: &Ctx, account: AccountId, epoch: i64) -> Result<String, Problem> {
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(Problem::internal)?;
    let token = hex::encode(secret);
    let until = ctx.now().as_microsecond() + LIFE_MICROS;
    let hashed = &hash(&token);
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        tx.exec("DELETE FROM web_session WHERE until < $1", vals![ctx.now().as_microsecond()]).await?;
        let sql = "INSERT INTO web_session (token_hash, account_id, epoch, until) VALUES ($1, $2, $3, $4)";
        tx.exec(sql, vals![hashed.as_str(), account.uuid(), epoch, until]).await?;
        Ok(())
    })
    .await?;
    Ok(token)
}

pub(crate) async fn load(db: &Db, ctx: &Ctx, token: &str) -> Result<Option<Session>, Problem> {
    let now = ctx.now().as_microsecond();
    let conn = db.read();
    let sql = "SELECT account_id, epoch, until FROM web_session WHERE token_hash = $1 AND until > $2";
    let Some(row) = conn.one::<Row>(sql, vals![hash(token), now]).await? else { return Ok(None) };
    if row.until < now + LIFE_MICROS - TOUCH_MICROS {
        db.write(ctx, |tx| async move {
            tx.bookkeeping();
            tx.exec("UPDATE web_session SET until = $2 WHERE token_hash = $1", vals![hash(token), now + LIFE_MICROS])
                .await?;
            Ok(())
        })
        .await?;
    }
    Ok(Some(Session { account: AccountId::from_uuid(row.account_id), epoch: row.epoch }))
}

/// Ends every session of an account, inside the act that asks for it.
pub async fn end_all(conn: &Conn, account: AccountId) -> Result<(), Problem> {
    conn.exec("DELETE FROM web_session WHERE account_id = $1", vals![account.uuid()]).await?;
    Ok(())
}
