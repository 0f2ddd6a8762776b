//! The yearly round: an owner says that its list of systems is right. Who has not said so shows, and is reminded.

use std::collections::BTreeMap;

use db::{Entry, Reader, Row as _, Tx, vals};
use jiff::civil::Date;
use kernel::{Ctx, Held, Problem, Resource, UnitId, day};
use serde_json::{Value as Json, json};
use webkit::Core;

use crate::{
    model::Confirmation,
    store::confirmation::{self, Round},
};

/// The day by which the word of a year is given.
pub fn last_day(today: Date) -> Date {
    day::last_of_year(today.year()).unwrap_or(today)
}

/// The bodies of which the actor sees the lists, the least confirmed first; what a merged body had is on its successor's.
pub async fn rounds(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<Round>, Problem> {
    let mut of: BTreeMap<UnitId, Round> = BTreeMap::new();
    for one in confirmation::rounds(conn, &core.authorizer().reach(ctx, Held::Any), ctx.today()).await? {
        let owner_id = core.bodies().today(one.owner_id);
        let one = match of.remove(&owner_id) {
            Some(had) => Round {
                owner_id,
                systems: had.systems + one.systems,
                unconfirmed: had.unconfirmed + one.unconfirmed,
                unplaced: had.unplaced + one.unplaced,
                confirmed_on: had.confirmed_on.max(one.confirmed_on),
            },
            None => Round { owner_id, ..one },
        };
        of.insert(owner_id, one);
    }
    let mut out: Vec<Round> = of.into_values().collect();
    out.sort_by_key(|one| (std::cmp::Reverse(one.unconfirmed), one.owner_id));
    Ok(out)
}

/// The same for the console, each with whose list it is.
pub async fn told(core: &Core, ctx: &Ctx) -> Result<Json, Problem> {
    let line = |one: Round| {
        let mut line = json!({ "owner_name": core.bodies().body(one.owner_id).map(|body| body.name) });
        if let (Json::Object(line), Ok(Json::Object(said))) = (&mut line, serde_json::to_value(one)) {
            line.extend(said);
        }
        line
    };
    let rounds = rounds(core, ctx, &core.db().read()).await?;
    Ok(json!({ "rounds": rounds.into_iter().map(line).collect::<Vec<_>>() }))
}

/// Whether the actor may give a body's word.
pub fn may_confirm(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<(), Problem> {
    core.check_today(ctx, "registry.confirm", Resource::kept("System", unit))
}

/// Confirms a body's list as it is today; again in the same year, it holds from then on.
pub async fn systems_confirm(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<Confirmation, Problem> {
    may_confirm(core, ctx, unit)?;
    let unit = core.bodies().today(unit);
    core.db()
        .write(ctx, |tx| async move {
            let said = confirm_in(core, &tx, ctx, unit).await?;
            let detail = json!({ "year": said.year, "systems": said.systems });
            tx.ledger(Entry::new("system.confirm", unit).unit(unit).detail(detail));
            Ok(said)
        })
        .await
}

/// The same inside another act, whose entry tells of it.
pub async fn confirm_in(core: &Core, tx: &Tx, ctx: &Ctx, unit: UnitId) -> Result<Confirmation, Problem> {
    let (today, year) = (ctx.today(), i64::from(ctx.today().year()));
    let mut systems = 0;
    for owner in core.bodies().answer_for(&[unit]) {
        systems += confirmation::confirm(tx, owner, today).await?;
    }
    let there = Confirmation::one(tx, "WHERE unit_id = $1 AND year = $2", vals![unit.uuid(), year]).await?;
    let is_new = there.is_none();
    let new = || Confirmation { id: ctx.new_id(), unit_id: unit, year, on_day: today, systems, rev: 1 };
    let said = Confirmation { on_day: today, systems, ..there.unwrap_or_else(new) };
    (if is_new { said.add(tx).await } else { said.keep(tx).await })?;
    Ok(Confirmation { rev: said.rev + i64::from(!is_new), ..said })
}
