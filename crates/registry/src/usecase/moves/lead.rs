//! Who leads a project: somebody of the owner or of the body that carries it out.

use db::Row as _;
use kernel::{Colleague, Ctx, PersonId, Problem, ProblemKind, UnitId};
use webkit::{Core, Kept as _};

use crate::{
    model::moves::{Migration, MigrationId},
    usecase::hand::person,
};

/// The owner, and the body that carries it out where that is another one; of a body that was merged away the successor.
pub fn units(core: &Core, row: &Migration) -> Vec<UnitId> {
    let mut units = vec![core.bodies().today(row.owner_id), core.bodies().today(row.runner())];
    units.dedup();
    units
}

/// People who may have a part in a project, each once.
pub async fn people(core: &Core, ctx: &Ctx, row: &Migration) -> Result<Vec<Colleague>, Problem> {
    core.colleagues().in_units(ctx.today(), &units(core, row)).await
}

/// The person that is meant by an id; none where nothing is said.
///
/// # Errors
/// Where it is nobody of these bodies.
pub async fn meant(core: &Core, ctx: &Ctx, row: &Migration, text: &str) -> Result<Option<PersonId>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let other = || Problem::bad_input("migration-person-other").field("person", "migration-person-other");
    let person: PersonId = text.trim().parse().map_err(|_| other())?;
    let is_there = people(core, ctx, row).await?.iter().any(|one| one.person == person);
    if is_there { Ok(Some(person)) } else { Err(other()) }
}

/// Whether the actor leads it, in person or by a token of the same account.
pub async fn is_led_by(core: &Core, ctx: &Ctx, row: &Migration) -> Result<bool, Problem> {
    let Some(leader) = row.leader_id else { return Ok(false) };
    if person(&ctx.actor) == Some(leader) {
        return Ok(true);
    }
    let Some(account) = ctx.actor.account() else { return Ok(false) };
    let people = core.colleagues().at_work(ctx.today()).await?;
    Ok(people.iter().any(|one| one.person == leader && one.account == account))
}

/// Names who leads it, or nobody.
pub async fn migration_lead(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (MigrationId, i64),
    person: &str,
) -> Result<Migration, Problem> {
    let row = Migration::seen(core, ctx, &core.db().read(), id).await?;
    row.check(core, ctx)?;
    let leader_id = meant(core, ctx, &row, person).await?;
    core.db()
        .write(ctx, |tx| async move {
            let row = Migration::held_by(core, ctx, &tx, id).await?;
            Problem::stale_unless(row.rev == rev)?;
            if !row.state.is_open() {
                return Err(Problem::new(ProblemKind::Conflict, "migration-over"));
            }
            let row = Migration { leader_id, ..row };
            row.keep(&tx).await?;
            tx.ledger(row.entry("migration.lead"));
            Migration::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}
