//! A level is proposed from what is known of a system; the dossier gets the controls that it asks for.

use db::{Row as _, Writer};
use kernel::{Ctx, Problem, ProblemKind};
use portfolio::level::{ControlText, GroupText};
use webkit::{Answers, Core, Kept as _};

use super::known;
use crate::{
    model::{
        System, SystemId,
        level::{Control, ControlId, ControlState, Dossier, DossierState, rules},
    },
    store::level::{controls, of_system},
};

/// The dossier of a system that is on its way.
pub fn open_one(rows: Vec<Dossier>) -> Option<Dossier> {
    rows.into_iter().find(|row| !row.is_approved())
}

/// A new dossier of a system, at this level.
pub fn begun(ctx: &Ctx, system: &System) -> Dossier {
    Dossier {
        id: ctx.new_id(),
        system_id: system.id,
        owner_id: system.owner_id,
        name: system.name.clone(),
        proposed: 0,
        level: 0,
        rule: String::new(),
        edition: known::edition(),
        facts: "{}".into(),
        state: DossierState::Draft,
        reviewer_id: None,
        sent_on: None,
        returned_on: None,
        appraised_on: None,
        appraisal: None,
        reason: None,
        number: None,
        approved_on: None,
        recorded_on: None,
        operating_on: None,
        valid_through: None,
        checked_on: None,
        check_note: None,
        check_by: None,
        sent_by: None,
        appraised_by: None,
        rev: 1,
    }
}

/// Proposes the level by the table: opens a dossier, or changes the one that is being written over the revision that was read.
pub async fn dossier_propose(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    sent: &Answers,
) -> Result<Dossier, Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    if !system.is_live() || system.is_veiled() || !system.kind.is_main() {
        return Err(Problem::new(ProblemKind::Conflict, "level-of-nothing"));
    }
    let facts = known::said(sent)?;
    let proposal = known::proposed(&facts)?;
    let level = i64::from(proposal.level);
    let new = Dossier {
        proposed: level,
        level,
        rule: known::because(&proposal, &facts),
        facts: known::written(&facts),
        ..begun(ctx, &system)
    };
    let (new, ids) = (&new, &ids(ctx));
    new.check(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            // Two forms at once make one dossier.
            tx.hold("registry_system", "id = $1", db::vals![id.uuid()]).await?;
            let row = match open_one(of_system(&tx, id).await?) {
                None => {
                    new.add(&tx).await?;
                    new.clone()
                }
                Some(old) => {
                    old.check(core, ctx)?;
                    Problem::stale_unless(old.rev == rev)?;
                    if !matches!(old.state, DossierState::Draft | DossierState::Returned) {
                        return Err(Problem::new(ProblemKind::Conflict, "level-state"));
                    }
                    let (proposed, level, rule) = (new.proposed, new.level, new.rule.clone());
                    let (edition, facts) = (new.edition.clone(), new.facts.clone());
                    let row = Dossier { proposed, level, rule, edition, facts, ..old };
                    row.keep(&tx).await?;
                    row
                }
            };
            fill(&tx, &row, ids).await?;
            tx.ledger(row.entry("level.propose"));
            Dossier::get(&tx, row.id).await?.ok_or_else(Problem::not_found)
        })
        .await
}

/// Keys for as many controls as there are, drawn before an act.
pub fn ids(ctx: &Ctx) -> Vec<ControlId> {
    rules().text().controls.iter().map(|_| ctx.new_id()).collect()
}

/// Adds the controls of its level that a dossier lacks; what was said of others stays.
pub async fn fill(tx: &Writer, row: &Dossier, ids: &[ControlId]) -> Result<(), Problem> {
    let there = controls(tx, row.id).await?;
    let lacking = rules().controls(row.level_number()).filter(|(_, one)| !there.iter().any(|had| had.code == one.key));
    let new = |((_, one), id): ((&GroupText, &ControlText), &ControlId)| Control {
        id: *id,
        dossier_id: row.id,
        code: one.key.clone(),
        state: ControlState::Unsaid,
        evidence: None,
        on_day: None,
        rev: 1,
    };
    let new: Vec<Control> = lacking.zip(ids).map(new).collect();
    Ok(Control::insert_all(tx, &new).await?)
}

/// Of what is said of controls, that which the level of the dossier asks for, in the order of the file.
pub fn of_level(row: &Dossier, said: Vec<Control>) -> Vec<Control> {
    let keys: Vec<&str> = rules().controls(row.level_number()).map(|(_, one)| one.key.as_str()).collect();
    let mut said: Vec<(usize, Control)> =
        said.into_iter().filter_map(|one| Some((keys.iter().position(|key| *key == one.code)?, one))).collect();
    said.sort_by_key(|(place, _)| *place);
    said.into_iter().map(|(_, one)| one).collect()
}
