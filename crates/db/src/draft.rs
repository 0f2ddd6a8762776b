//! What somebody is writing and has not sent yet: a row for each form of a person. It goes with the act that takes it in
//! ([`Ctx::draft`]), or after some days. A link by which a form is written without an account has rows as a person does. Keeping
//! one is no act: nobody needs to find it in the ledger.

use kernel::{Actor, Ctx, PersonId, Problem};
use sea_orm::FromQueryResult;

use crate::{
    Db, DbError, Reader, Tx, Words, Writer,
    forgotten::{GATE, is_forgotten},
    mask, vals,
};

/// Of one person, and bytes of theirs; the oldest go. The newest stays, however long it is.
const MOST: i64 = 30;
const MOST_BYTES: i64 = 16 * 1024 * 1024;

#[derive(FromQueryResult)]
struct Row {
    at: i64,
    fields: String,
}

#[derive(FromQueryResult)]
struct Key {
    key: String,
}

/// What was written into a form so far, field by field as a browser sends them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    pub at: i64,
    pub fields: Vec<(String, String)>,
}

/// Keeps what a person has written into the form of this key, masked like all words, and on which page.
///
/// # Errors
/// Where it is about what was forgotten, though its page was opened before.
pub async fn put(
    db: &Db,
    ctx: &Ctx,
    person: PersonId,
    (key, page): (&str, Option<&str>),
    fields: &[(String, String)],
) -> Result<(), Problem> {
    let written = fields.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()]);
    let texts: Vec<&str> = written.chain(page).collect();
    let masked: Vec<_> = fields.iter().map(|(name, text)| (Words::new(name), mask(text))).collect();
    let fields = &serde_json::to_string(&masked).map_err(Problem::internal)?;
    let at = ctx.now().as_microsecond();
    let texts = &texts;
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        let (table, which) = GATE;
        tx.keep(table, which, vec![]).await?;
        if is_forgotten(&tx, texts).await? {
            return Err(Problem::not_found());
        }
        let sql = "INSERT INTO db_draft (person_id, key, at, fields, page) VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (person_id, key) \
            DO UPDATE SET at = excluded.at, fields = excluded.fields, page = excluded.page";
        tx.exec(sql, vals![person.uuid(), key, at, fields.as_str(), page.map(str::to_owned)]).await?;
        let sql = "DELETE FROM db_draft WHERE person_id = $1 AND key NOT IN (SELECT newest.key FROM \
            (SELECT key, ROW_NUMBER() OVER (ORDER BY at DESC, key) AS nth, \
            SUM(OCTET_LENGTH(fields)) OVER (ORDER BY at DESC, key) AS bytes FROM db_draft WHERE person_id = $1) newest \
            WHERE newest.nth = 1 OR newest.nth <= $2 AND newest.bytes <= $3)";
        tx.exec(sql, vals![person.uuid(), MOST, MOST_BYTES]).await?;
        Ok(())
    })
    .await
}

/// The keys of a person's drafts.
pub async fn keys(conn: &Reader, person: PersonId) -> Result<Vec<String>, DbError> {
    let sql = "SELECT key FROM db_draft WHERE person_id = $1 ORDER BY at DESC, key";
    let rows: Vec<Key> = conn.all(sql, vals![person.uuid()]).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

pub async fn get(conn: &Reader, person: PersonId, key: &str) -> Result<Option<DraftRow>, DbError> {
    let sql = "SELECT at, fields FROM db_draft WHERE person_id = $1 AND key = $2";
    let row: Option<Row> = conn.one(sql, vals![person.uuid(), key]).await?;
    Ok(row.map(|row| DraftRow { at: row.at, fields: serde_json::from_str(&row.fields).unwrap_or_default() }))
}

/// Lets go of what a person has written into one form.
pub async fn drop(db: &Db, ctx: &Ctx, person: PersonId, key: &str) -> Result<(), Problem> {
    db.write(ctx, |tx| async move {
        tx.bookkeeping();
        tx.exec("DELETE FROM db_draft WHERE person_id = $1 AND key = $2", vals![person.uuid(), key]).await?;
        Ok(())
    })
    .await
}

/// Lets go of all that a person has written and not sent, inside the act that removes the person's data.
pub async fn erase(conn: &Writer, person: PersonId) -> Result<(), DbError> {
    conn.exec("DELETE FROM db_draft WHERE person_id = $1", vals![person.uuid()]).await?;
    Ok(())
}

/// The draft of the form by which this act was asked is taken in by it.
pub(crate) async fn taken_in(tx: &Tx) -> Result<(), DbError> {
    let ctx = tx.ctx();
    let Some(key) = ctx.draft() else { return Ok(()) };
    let writer = match &ctx.actor {
        Actor::Person { person, .. } => person.uuid(),
        Actor::Outside { link, .. } => link.uuid(),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Token { .. } => return Ok(()),
    };
    let sql = "DELETE FROM db_draft WHERE person_id = $1 AND key = $2";
    tx.exec(sql, vals![writer, key]).await?;
    Ok(())
}
