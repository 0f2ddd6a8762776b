//! Mends units that are no tree, from the console: each named unit gets another unit above it, all in one act.

use db::{Entry, Row as _};
use kernel::{Ctx, Problem, UnitId};
use serde_json::json;

use super::unit_edit::still_whole;
use crate::{
    Directory, Error,
    model::unit::{Unit, UnitKind},
    store,
};

/// Who stands below whom from now on; none above makes a unit the root, which is a province.
pub async fn unit_mend(directory: &Directory, ctx: &Ctx, places: &[(UnitId, Option<UnitId>)]) -> Result<(), Problem> {
    if !ctx.actor.is_trusted() {
        return Err(Problem::forbidden());
    }
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            for (id, parent) in places {
                let unknown = || Error::UnknownUnit { name: id.to_string(), choices: vec![] };
                let old = Unit::get(&tx, *id).await?.ok_or_else(unknown)?;
                let (kind, valid_to) =
                    if parent.is_none() { (UnitKind::Province, None) } else { (old.kind, old.valid_to) };
                let unit = Unit { parent: *parent, kind, valid_to, ..old };
                if !store::unit::update(&tx, &unit).await? {
                    return Err(Problem::stale());
                }
                let above = parent.map(|parent| parent.to_string());
                tx.ledger(Entry::new("unit.mend", *id).unit(*id).detail(json!({ "parent": above })));
            }
            still_whole(&tx).await?;
            Ok(store::unit::stamp_bump(&tx).await?)
        })
        .await?;
    directory.reload().await
}
