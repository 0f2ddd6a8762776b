//! What was told of one thing beside its own row, and goes with it: what rows were before, facts that wait for the
//! lake, answers that are kept for who asks again, and rows that repeat what is written elsewhere
//! ([`crate::Change::echoes`]).

use serde_json::json;

use crate::{
    DbError, Tx, facts,
    forgotten::{Forgotten, GATE},
    idempotency,
    ledger::STREAM,
    vals,
};

/// A shorter name is one of the answers that forms have ("yes"), and tells of nothing.
const SHORTEST: usize = 4;

/// Forgets what bears one of these ids, however it is written: no act that was at it is taken back any more, not even
/// what else it did, nor is this one. Which of the answers was given is still known, and nothing of it. The ids are noted:
/// no draft that bears one is kept from here on.
pub async fn forget_of(tx: &Tx, ids: &[String]) -> Result<(), DbError> {
    tx.keep_no_images();
    let (table, which) = GATE;
    tx.hold(table, which, vec![]).await?;
    tx.forgets(ids.iter().cloned().map(Forgotten::Id));
    let seals = tx.seals();
    let before = "DELETE FROM db_before WHERE stream = $1 AND seq IN \
        (SELECT bears.seq FROM db_before AS bears WHERE bears.stream = $1 AND bears.body LIKE $2)";
    for id in ids {
        let noted = "INSERT INTO db_forgotten (id) VALUES ($1) ON CONFLICT (id) DO NOTHING";
        tx.exec(noted, vals![id.as_str()]).await?;
        let bearing = format!("%{id}%");
        tx.exec(before, vals![STREAM, bearing.as_str()]).await?;
        facts::forget_of(tx, id).await?;
        idempotency::withhold(tx, &format!("%{}%", literal(id))).await?;
        for (table, columns) in seals.echoes() {
            let which: Vec<String> = columns.iter().map(|column| format!("{column} LIKE $1")).collect();
            tx.exec(&format!("DELETE FROM {table} WHERE {}", which.join(" OR ")), vals![bearing.as_str()]).await?;
        }
    }
    Ok(())
}

/// The same of answers and of what is being written, where this very name stands in a field: what was sent before the
/// thing had an id knows it by nothing else.
pub async fn forget_named(tx: &Tx, name: &str) -> Result<(), DbError> {
    if name.chars().count() < SHORTEST {
        return Ok(());
    }
    let (table, which) = GATE;
    tx.hold(table, which, vec![]).await?;
    tx.forgets([Forgotten::Name(name.to_owned())]);
    let bearing = format!("%{}%", literal(&json!(name).to_string()));
    idempotency::withhold(tx, &bearing).await?;
    tx.exec("DELETE FROM db_draft WHERE fields LIKE $1 ESCAPE '~'", vals![bearing]).await?;
    Ok(())
}

/// A text in which `LIKE … ESCAPE '~'` finds no sign of its own.
fn literal(text: &str) -> String {
    text.replace('~', "~~").replace('%', "~%").replace('_', "~_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_it_is() {
        assert_eq!(literal("100%_a~"), "100~%~_a~~");
    }
}
