//! Remembers that words in a document mean a unit, so that the question is asked once.

use db::Entry;
use kernel::{Ctx, Problem, UnitId, ids::kinds};
use serde_json::json;

use crate::{Directory, Error, store};

pub async fn learn_alias(directory: &Directory, ctx: &Ctx, unit: UnitId, alias: &str) -> Result<(), Problem> {
    let alias = alias.trim();
    if alias.is_empty() {
        return Err(Error::Empty("alias").into());
    }
    let id = ctx.new_id::<kinds::Unit>().uuid();
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::alias_insert(&tx, id, unit, alias).await?;
            store::unit::stamp_bump(&tx).await?;
            tx.ledger(Entry::new("unit.alias", unit).unit(unit).detail(json!({ "alias": alias })));
            Ok(())
        })
        .await?;
    directory.reload().await
}
