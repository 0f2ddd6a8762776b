//! Adds, changes and dissolves units. A dissolved unit keeps its row and names its successor.

use db::{Entry, Tx};
use jiff::civil::Date;
use kernel::{Authorizer, Ctx, Problem, Resource, UnitId, ids::kinds};
use serde::Deserialize;
use serde_json::json;

use super::unit_bounds::within;
use crate::{
    Directory, Error,
    model::{
        name,
        unit::{Unit, UnitKind},
        whole,
    },
    store,
};

/// The fields of the form and of the API; empty text means none.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct UnitInput {
    #[schema(value_type = Option<String>)]
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    pub name: String,
    #[serde(default)]
    pub short_name: String,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub legacy_code: String,
    #[schema(value_type = Option<String>)]
    pub valid_from: Option<Date>,
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Who answers for its tasks from then on.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub successor: Option<UnitId>,
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl UnitInput {
    fn checked(&self, directory: &Directory) -> Result<(), Problem> {
        if self.name.trim().is_empty() {
            return Err(Error::Empty("name").into());
        }
        let codes = [("code", &self.code), ("legacy_code", &self.legacy_code)];
        for (field, text) in [("name", &self.name), ("short_name", &self.short_name)].into_iter().chain(codes) {
            name::check(field, text)?;
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to < from
        {
            return Err(Error::EndBeforeStart.into());
        }
        let tree = directory.tree();
        match [self.parent, self.successor].into_iter().flatten().find(|id| tree.unit(*id).is_none()) {
            Some(id) => Err(Error::UnknownUnit(id.to_string()).into()),
            None => Ok(()),
        }
    }
}

pub async fn unit_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    input: &UnitInput,
) -> Result<Unit, Problem> {
    input.checked(directory)?;
    let parent = input.parent.or_else(|| directory.tree().root().map(|unit| unit.id));
    let parent = parent.ok_or(Error::Empty("parent"))?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(parent))?;
    let unit = &Unit {
        id: ctx.new_id::<kinds::Unit>(),
        parent: Some(parent),
        kind: input.kind,
        code: some(&input.code),
        legacy_code: some(&input.legacy_code),
        area_code: None,
        name: input.name.trim().to_owned(),
        short_name: some(&input.short_name).unwrap_or_else(|| input.name.trim().to_owned()),
        valid_from: input.valid_from.unwrap_or_else(|| ctx.today()),
        valid_to: input.valid_to,
        successor: input.successor,
        rev: 1,
    };
    within(directory, authorizer, ctx, None, unit)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            once(&store::unit::all(&tx).await?, None, unit)?;
            store::unit::insert(&tx, unit).await?;
            recorded(&tx, unit, "unit.add").await
        })
        .await?;
    directory.reload().await?;
    Ok(unit.clone())
}

/// Saves over revision `rev`. Name, codes, place in the tree, days and successor may change; the row stays.
pub async fn unit_edit(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: UnitId,
    rev: i64,
    input: &UnitInput,
) -> Result<Unit, Problem> {
    input.checked(directory)?;
    let old = &directory.tree().unit(id).cloned().ok_or_else(Problem::not_found)?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(id))?;
    let unit = &Unit {
        parent: if old.parent.is_none() { None } else { input.parent.or(old.parent) },
        kind: input.kind,
        code: some(&input.code),
        legacy_code: some(&input.legacy_code),
        name: input.name.trim().to_owned(),
        short_name: some(&input.short_name).unwrap_or_else(|| input.name.trim().to_owned()),
        valid_from: input.valid_from.unwrap_or(old.valid_from),
        valid_to: input.valid_to,
        successor: input.successor.filter(|successor| *successor != id),
        rev,
        ..old.clone()
    };
    within(directory, authorizer, ctx, Some(old), unit)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            once(&store::unit::all(&tx).await?, Some(old), unit)?;
            if !store::unit::update(&tx, unit).await? {
                return Err(Problem::stale());
            }
            recorded(&tx, unit, "unit.edit").await
        })
        .await?;
    directory.reload().await?;
    directory.tree().unit(id).cloned().ok_or_else(Problem::not_found)
}

/// Of one name beside each other there is one unit in force, and of one code one at all. Twins of earlier versions may stay
/// as they are.
pub(crate) fn once(units: &[Unit], old: Option<&Unit>, unit: &Unit) -> Result<(), Error> {
    let place = |unit: &Unit| (unit.parent, unit.name.clone(), unit.valid_from, unit.valid_to);
    let moved = old.map(place) != Some(place(unit));
    if let Some(other) = unit.namesake(units).filter(|_| moved) {
        return Err(Error::NameHeld(other.name.clone()));
    }
    let coded = old.is_none_or(|old| old.code != unit.code);
    match unit.of_same_code(units).filter(|_| coded) {
        Some(other) => Err(Error::CodeTaken(other.name.clone())),
        None => Ok(()),
    }
}

async fn recorded(tx: &Tx, unit: &Unit, action: &'static str) -> Result<(), Problem> {
    still_whole(tx).await?;
    store::unit::stamp_bump(tx).await?;
    tx.ledger(Entry::new(action, unit.id).unit(unit.id).detail(json!({
        "name": unit.name, "kind": unit.kind.code(), "code": unit.code, "valid_to": unit.valid_to.map(|day| day.to_string()),
        "successor": unit.successor.map(|id| id.to_string()),
    })));
    Ok(())
}

/// The units as this act leaves them make one tree. Asked inside the act, with the stamp's row locked: two acts that are
/// harmless each can be a circle together.
pub(crate) async fn still_whole(tx: &Tx) -> Result<(), Problem> {
    match whole::fault(&store::unit::all(tx).await?) {
        Some(fault) => Err(fault.into()),
        None => Ok(()),
    }
}
