//! A decision of before there was a dossier here, taken over from its paper by a leader: both days are kept.

use db::Row as _;
use kernel::{Ctx, Problem, ProblemKind};
use serde_json::json;
use webkit::{Core, Kept as _};

use super::{
    act::{give, understood},
    propose::{begun, fill, ids},
};
use crate::{
    model::{
        System, SystemId,
        level::{Dossier, DossierInput, operating_on, recorded},
    },
    usecase::hand::hand,
};

pub async fn decision_record(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    input: &DossierInput,
) -> Result<Dossier, Problem> {
    let system = &System::seen(core, ctx, &core.db().read(), id).await?;
    let hand = hand(&ctx.actor);
    let (said, ids) = (&understood(core, ctx, input, &hand)?, &ids(ctx));
    let level = said.level.ok_or_else(|| Problem::bad_input("field-empty").field("level", "field-empty"))?;
    // What was decided elsewhere was proposed elsewhere.
    let new = &Dossier { proposed: level, level, ..begun(ctx, system) };
    core.check_today(ctx, "level.approve", new.kept())?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            Problem::stale_unless(system.rev == rev)?;
            if !system.is_live() || system.is_veiled() || !system.kind.is_main() {
                return Err(Problem::new(ProblemKind::Conflict, "level-of-nothing"));
            }
            let mut said = said.clone();
            said.operating_on = operating_on(system.operating_since, system.since);
            let row = recorded(new.clone(), &said)?;
            row.add(&tx).await?;
            fill(&tx, &row, ids).await?;
            give(&tx, &row).await?;
            // On the system: the dossier is gone when this is taken back.
            let detail = json!({ "dossier": row.id.to_string(), "level": row.level });
            tx.ledger(system.entry("level.record").detail(detail));
            Ok(row)
        })
        .await
}
