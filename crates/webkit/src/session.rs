//! Sessions: 256 random bits in the cookie, their SHA-256 in the table, so the table alone signs nobody in.
//!
//! A session ends after twelve hours however busy it is, and earlier when nobody uses it.

use db::{Change, Db, FromQueryResult, Migration, ModuleMigrations, Reader, Writer, vals};
use kernel::{AccountId, Actor, Ctx, Problem};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Core, allowance, refusal, saved};

kernel::id!(OfSession SessionId "session");

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// The longest life.
const LIFE: i64 = 12 * HOUR;
/// Without use: who administers is not to leave a computer open; others write long reports.
const IDLE_ADMINISTRATOR: i64 = 30 * MINUTE;
const IDLE: i64 = 4 * HOUR;
/// That a session is in use is written down this often.
const TOUCH: i64 = MINUTE;
/// Of one account at once; the oldest ends when there are more. Many, since people of a training share their accounts.
const MOST: i64 = 200;
/// For so long a proof of who somebody is holds for sensitive acts.
const FRESH: i64 = 10 * MINUTE;

pub const MIGRATIONS: ModuleMigrations = ModuleMigrations {
    module: "web",
    steps: &[
        Migration { name: "0001_session", up: tables },
        Migration { name: "0002_sessions", up: sessions },
        Migration { name: "0003_refusals", up: refusal::table },
        Migration { name: "0004_uploads", up: allowance::table },
        Migration { name: "0005_views", up: saved::table },
    ],
};

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

/// Sessions of before have none of these and are over.
fn sessions(change: &mut Change) {
    change.extend("web_session", |t| {
        t.opt_uuid("id");
        t.opt_integer("started_at");
        t.opt_integer("seen_at");
        t.opt_integer("proved_at");
        t.opt_integer("failures");
        t.opt_text("agent");
        t.opt_text("address");
    });
}

/// A session that is open.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Session {
    id: Uuid,
    account_id: Uuid,
    epoch: i64,
    pub started_at: i64,
    pub seen_at: i64,
    proved_at: i64,
    /// Wrong attempts on the account between the sign-in before and this one.
    pub failures: i64,
    pub agent: String,
    pub address: String,
}

const COLUMNS: &str = "id, account_id, epoch, started_at, seen_at, proved_at, failures, agent, address";

impl Session {
    pub fn id(&self) -> SessionId {
        SessionId::from_uuid(self.id)
    }

    /// Whether it has come to its end: unused for too long, or opened, used or proved under a clock that was ahead.
    fn is_over(&self, ctx: &Ctx, actor: &Actor) -> bool {
        let ahead = [self.started_at, self.seen_at, self.proved_at].into_iter().any(|at| ctx.is_ahead(at));
        ahead || self.is_idle(actor, ctx.now().as_microsecond())
    }

    fn is_idle(&self, actor: &Actor, now: i64) -> bool {
        let administers = actor.posts().iter().any(|post| post.role.administers());
        now - self.seen_at > if administers { IDLE_ADMINISTRATOR } else { IDLE }
    }

    /// Whether the person proved who they are a moment ago.
    pub fn is_fresh(&self, ctx: &Ctx) -> bool {
        ctx.now().as_microsecond() - self.proved_at <= FRESH
    }
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// What is known of a sign-in.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    pub account: AccountId,
    /// The account's: raising it ends all its sessions.
    pub epoch: i64,
    pub failures: i64,
    /// What the browser calls itself.
    pub agent: &'a str,
    pub address: String,
    /// The cookie of the session that this browser had until now; it ends.
    pub replaces: Option<&'a str>,
}

/// Opens a session and returns the cookie value.
pub async fn start(db: &Db, ctx: &Ctx, new: &NewSession<'_>) -> Result<String, Problem> {
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(Problem::internal)?;
    let token = hex::encode(secret);
    let (now, id, hashed) = (ctx.now().as_microsecond(), ctx.new_id::<crate::session::OfSession>(), &hash(&token));
    let agent: &str = &new.agent.chars().take(200).collect::<String>();
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        if let Some(old) = new.replaces {
            tx.exec("DELETE FROM web_session WHERE token_hash = $1", vals![hash(old)]).await?;
        }
        let sql = "DELETE FROM web_session WHERE account_id = $1 AND token_hash NOT IN (SELECT token_hash FROM web_session \
            WHERE account_id = $1 ORDER BY COALESCE(started_at, 0) DESC, token_hash LIMIT $2)";
        tx.exec(sql, vals![new.account.uuid(), MOST - 1]).await?;
        let sql = format!(
            "INSERT INTO web_session (token_hash, until, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8, $9)"
        );
        tx.exec(
            &sql,
            vals![
                hashed.as_str(),
                now + LIFE,
                id.uuid(),
                new.account.uuid(),
                new.epoch,
                now,
                new.failures,
                agent,
                new.address.as_str()
            ],
        )
        .await?;
        Ok(())
    })
    .await?;
    Ok(token)
}

/// Who stands behind a cookie, while their session lives.
pub(crate) async fn enter(core: &Core, ctx: &Ctx, token: &str) -> Result<Option<(Actor, Session)>, Problem> {
    let (now, hashed) = (ctx.now().as_microsecond(), hash(token));
    let sql =
        format!("SELECT {COLUMNS} FROM web_session WHERE token_hash = $1 AND until > $2 AND started_at IS NOT NULL");
    let conn = core.db().read();
    let Some(session) = conn.one::<Session>(&sql, vals![hashed.as_str(), now]).await? else { return Ok(None) };
    let account = AccountId::from_uuid(session.account_id);
    let Some(actor) = core.identity().person(ctx, account, session.epoch).await? else { return Ok(None) };
    if session.is_over(ctx, &actor) {
        return Ok(None);
    }
    if now - session.seen_at >= TOUCH {
        let hashed = &hashed;
        core.db()
            .write(ctx, |tx| async move {
                tx.bookkeeping();
                tx.exec("UPDATE web_session SET seen_at = $2 WHERE token_hash = $1", vals![hashed.as_str(), now])
                    .await?;
                Ok(())
            })
            .await?;
    }
    Ok(Some((actor, session)))
}

/// Whose a session was, over or not.
pub(crate) async fn whose(conn: &Reader, token: &str) -> Result<Option<AccountId>, Problem> {
    #[derive(FromQueryResult)]
    struct Row {
        account_id: Uuid,
    }
    let row: Option<Row> =
        conn.one("SELECT account_id FROM web_session WHERE token_hash = $1", vals![hash(token)]).await?;
    Ok(row.map(|row| AccountId::from_uuid(row.account_id)))
}

/// The sessions of the acting account that are alive, the latest used first.
pub async fn list(conn: &Reader, ctx: &Ctx, account: AccountId) -> Result<Vec<Session>, Problem> {
    let now = ctx.now().as_microsecond();
    let sql = format!(
        "SELECT {COLUMNS} FROM web_session WHERE account_id = $1 AND until > $2 AND started_at IS NOT NULL ORDER BY seen_at DESC, id"
    );
    let rows: Vec<Session> = conn.all(&sql, vals![account.uuid(), now]).await?;
    Ok(rows.into_iter().filter(|session| !session.is_over(ctx, &ctx.actor)).collect())
}

/// The person proved again who they are.
pub async fn prove(conn: &Writer, ctx: &Ctx, id: SessionId) -> Result<(), Problem> {
    let sql = "UPDATE web_session SET proved_at = $2 WHERE id = $1";
    conn.exec(sql, vals![id.uuid(), ctx.now().as_microsecond()]).await?;
    Ok(())
}

/// Ends one session of an account; false when there is none.
pub async fn end_one(conn: &Writer, account: AccountId, id: SessionId) -> Result<bool, Problem> {
    let sql = "DELETE FROM web_session WHERE account_id = $1 AND id = $2";
    Ok(conn.exec(sql, vals![account.uuid(), id.uuid()]).await? == 1)
}

/// Ends all sessions of an account but this one.
pub async fn end_others(conn: &Writer, account: AccountId, id: SessionId) -> Result<(), Problem> {
    let sql = "DELETE FROM web_session WHERE account_id = $1 AND (id IS NULL OR id <> $2)";
    conn.exec(sql, vals![account.uuid(), id.uuid()]).await?;
    Ok(())
}

/// Ends every session there is: whoever restores a backup lets nobody in again who had signed out since.
pub async fn end_everybodys(conn: &Writer) -> Result<(), Problem> {
    conn.exec("DELETE FROM web_session", vals![]).await?;
    Ok(())
}

/// Ends every session of an account, inside the act that asks for it.
pub async fn end_all(conn: &Writer, account: AccountId) -> Result<(), Problem> {
    conn.exec("DELETE FROM web_session WHERE account_id = $1", vals![account.uuid()]).await?;
    Ok(())
}
