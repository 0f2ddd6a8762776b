//! A dossier sent, returned, appraised, approved or checked. The approval gives the system its level in the same act.

use db::{Row as _, Tx, Words};
use kernel::{Ctx, Problem, ProblemKind};
use webkit::{Core, Kept as _};

use super::propose::{fill, ids, of_level};
use crate::{
    model::{
        System,
        level::{Dossier, DossierAct, DossierId, DossierInput, Said, acted, newest, operating_on},
    },
    store::level::{controls, of_system, system_gets},
    usecase::{hand::hand, typed},
};

/// Whether the actor may do this with a dossier.
pub fn may(core: &Core, ctx: &Ctx, row: &Dossier, act: DossierAct) -> Result<(), Problem> {
    core.check_today(ctx, act.right(), row.kept())
}

/// What is said with an act, understood.
pub fn understood<'a>(core: &Core, ctx: &Ctx, input: &DossierInput, hand: &'a str) -> Result<Said<'a>, Problem> {
    let reviewer = match input.reviewer.trim() {
        "" => None,
        text => {
            let unit = core.bodies().meant(text, ctx.today());
            Some(unit.map_err(|problem| problem.field("reviewer", "unknown-unit-field"))?)
        }
    };
    let level = match input.level.trim() {
        "" => None,
        text => {
            let level = text.parse::<i64>().ok().filter(|level| (1..=5).contains(level));
            Some(level.ok_or_else(|| Problem::bad_input("level-none").field("level", "level-none"))?)
        }
    };
    Ok(Said {
        today: ctx.today(),
        hand,
        is_trusted: ctx.actor.is_trusted(),
        reviewer,
        number: typed::words("number", &input.number, 300)?.map(Words::new),
        on_day: typed::day("on_day", &input.on_day)?,
        level,
        valid_through: typed::day("valid_through", &input.valid_through)?,
        reason: typed::words("reason", &input.reason, 2000)?.map(Words::new),
        operating_on: None,
    })
}

/// The system gets the level of its newest decision: an older one that is entered after it changes nothing of the system.
pub async fn give(tx: &Tx, row: &Dossier) -> Result<(), Problem> {
    if newest(&of_system(tx, row.system_id).await?).is_some_and(|newest| newest.id == row.id) {
        system_gets(tx, row.system_id, (Some(row.level), row.valid_through)).await?;
    }
    Ok(())
}

/// Does it over the revision that was read.
pub async fn dossier_act(core: &Core, ctx: &Ctx, id: DossierId, input: &DossierInput) -> Result<Dossier, Problem> {
    Dossier::seen(core, ctx, &core.db().read(), id).await?;
    let act = typed::code::<DossierAct>("act", &input.act)?;
    let hand = hand(&ctx.actor);
    let (said, ids) = (&understood(core, ctx, input, &hand)?, &ids(ctx));
    core.db()
        .write(ctx, |tx| async move {
            let row = Dossier::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            may(core, ctx, &row, act)?;
            Problem::stale_unless(row.rev == input.rev)?;
            let system = System::held(&tx, row.system_id).await?.ok_or_else(Problem::not_found)?;
            let said = Said { operating_on: operating_on(system.operating_since, system.since), ..said.clone() };
            let controls = of_level(&row, controls(&tx, id).await?);
            let next = acted(row, &controls, act, &said)?;
            next.keep(&tx).await?;
            if act == DossierAct::Approve {
                if !system.is_live() {
                    return Err(Problem::new(ProblemKind::Conflict, "level-of-nothing"));
                }
                // The decision may say a higher level than was proposed: what that one asks for besides is listed.
                fill(&tx, &next, ids).await?;
                give(&tx, &next).await?;
            }
            let entry = next.entry(act.entry());
            tx.ledger(match &said.reason {
                Some(reason) => entry.reason(reason.clone()),
                None => entry,
            });
            Dossier::get(&tx, id).await?.ok_or_else(Problem::not_found)
        })
        .await
}
