//! Names that people explained in reviews: what they mean, how far, since when, by whom; each can be removed.

use crate::ids::AliasId;
use std::collections::HashMap;

use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{
    Directory,
    store::{self, alias::AliasRow},
    usecase::learn_alias::{alias_remove, alias_restore, is_own, is_own_to_restore, keeps_the_tree},
};

pub async fn list(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let (tree, conn) = (directory.tree(), directory.db().read());
    let keeps = keeps_the_tree(directory, req.app.authorizer(), &req.ctx).is_ok();
    let people: HashMap<_, _> = store::alias::people(&conn).await?.into_iter().collect();
    let name = |unit: UnitId| tree.unit(unit).map(|unit| unit.name.clone());
    // What was explained before such words were kept to their own documents.
    let is_idle = |row: &AliasRow| {
        let issuer = row.issuer_id.map(UnitId::from_uuid);
        row.reach() != "plan" && !tree.may_be_explained(&row.alias, issuer, row.unit())
    };
    let may = |row: &AliasRow| match row.removed_at {
        None => keeps || is_own(&req.ctx, row),
        Some(_) => keeps || is_own_to_restore(&req.ctx, row),
    };
    let line = |row: &AliasRow| -> Result<Value, Problem> {
        // An old row that would shadow a name is there and does nothing.
        let loses_to = tree.named_otherwise(&row.alias, row.unit(), req.ctx.today());
        Ok(context! {
            id => row.id().to_string(), words => row.alias.clone(), unit_id => row.unit().to_string(), unit => name(row.unit()), reach => row.reach(),
            issuer => row.issuer_id.and_then(|unit| name(UnitId::from_uuid(unit))), plan => row.plan_id.map(|plan| PlanId::from_uuid(plan).to_string()),
            kind => row.kind.as_deref().map(str::to_lowercase), removed_at => row.removed_at, is_idle => is_idle(row),
            who => row.person_id.and_then(|person| people.get(&person).cloned()), at => row.at, may => may(row), loses_to,
        })
    };
    let (mut rows, mut removed) = (vec![], vec![]);
    for row in store::alias::all(&conn).await?.iter().rev() {
        let list = if row.removed_at.is_some() { &mut removed } else { &mut rows };
        list.push(line(row)?);
    }
    req.page("directory/aliases.html", context! { rows, removed }).await
}

pub async fn remove(req: Req, Path(id): Path<AliasId>) -> Outcome {
    alias_remove(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Ok(Req::go("/aliases", "alias-removed"))
}

pub async fn restore(req: Req, Path(id): Path<AliasId>) -> Outcome {
    alias_restore(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Ok(Req::go("/aliases", "alias-restored"))
}
