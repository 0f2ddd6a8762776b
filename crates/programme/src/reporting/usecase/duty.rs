//! Reporting duties: proposed from a plan's words, set by who follows it; and regimes.

use crate::ids::{DutyId, RegimeId};
use db::{Entry, Row as _, Words};
use kernel::{Ctx, PlanId, Problem, Resource, UnitId};
use plan_reader::DutyKind;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        model::{
            authority::{stands_over, top},
            row::units,
        },
        usecase::names::Names,
    },
    reporting::{
        model::states::DutyState,
        store::{
            self,
            duty::{DutyRole, DutyRow, RegimeRow},
        },
    },
    targets::model::period::{Cutoff, Due, PeriodKind},
    work::usecase::authority::first_beyond,
};

pub(crate) fn resource(unit: UnitId) -> Resource {
    Resource { kind: "Duty", ..Resource::unit(unit) }
}

/// A duty with its bodies, as a person or a plan's words set it.
#[derive(Debug, Clone)]
pub struct DutyInput {
    pub plan: Option<PlanId>,
    pub regime: Option<RegimeId>,
    pub name: String,
    pub section: String,
    pub period: PeriodKind,
    pub cutoff: Cutoff,
    pub due: Due,
    pub reports: Vec<UnitId>,
    pub receives: Vec<UnitId>,
    pub via: Vec<UnitId>,
}

/// What a plan's own words say about reporting, as proposals. Words that name no body are left to a person.
pub(crate) fn read(plan: &plan_reader::Plan, names: &Names) -> Vec<(DutyInput, String)> {
    let units = |texts: &[String]| units(&names.named(texts));
    let duties = plan.duties.iter().filter(|duty| duty.kind == DutyKind::Report);
    duties
        .map(|duty| {
            let period = match duty.period.as_deref() {
                Some("month") => PeriodKind::Month,
                Some("quarter") => PeriodKind::Quarter,
                Some("half_year") => PeriodKind::HalfYear,
                Some("year") => PeriodKind::Year,
                _ => PeriodKind::Once,
            };
            let due = duty.due.as_deref().and_then(Due::of_words).unwrap_or(Due::After { days: 5 });
            let input = DutyInput {
                plan: None,
                regime: None,
                name: duty.text.chars().take(200).collect(),
                section: String::new(),
                period,
                cutoff: Cutoff::Decree,
                due,
                reports: units(&duty.who),
                receives: units(&duty.to),
                via: units(&duty.via),
            };
            (input, duty.text.clone())
        })
        .collect()
}

fn row(ctx: &Ctx, input: &DutyInput, owner: UnitId, source: &str, state: DutyState) -> DutyRow {
    DutyRow {
        id: ctx.new_id::<crate::ids::Duty>(),
        plan: input.plan,
        regime: input.regime,
        name: Words::new(&input.name),
        section: Words::new(&input.section),
        period: input.period,
        cutoff: input.cutoff,
        due: input.due.to_string(),
        state,
        source: Words::new(source),
        owner,
        rev: 1,
    }
}

async fn bodies_set(tx: &db::Tx, id: DutyId, input: &DutyInput) -> Result<(), Problem> {
    store::duty::bodies_set(tx, id, DutyRole::Reports, &input.reports).await?;
    store::duty::bodies_set(tx, id, DutyRole::Receives, &input.receives).await?;
    store::duty::bodies_set(tx, id, DutyRole::Via, &input.via).await?;
    Ok(())
}

/// Writes the proposals of a plan inside the act that approves it.
pub(crate) async fn propose(
    tx: &db::Tx,
    plan: PlanId,
    owner: UnitId,
    found: &[(DutyInput, String)],
) -> Result<(), Problem> {
    for (input, words) in found {
        let input = DutyInput { plan: Some(plan), ..input.clone() };
        let row = row(tx.ctx(), &input, owner, words, DutyState::Proposed);
        row.insert(tx).await?;
        bodies_set(tx, row.id, &input).await?;
    }
    Ok(())
}

fn checked(input: &DutyInput) -> Result<(), Problem> {
    if input.name.trim().is_empty() {
        return Err(Error::Empty("name").into());
    }
    kernel::text::check_name("name", &input.name)?;
    if input.reports.is_empty() {
        return Err(Error::Empty("reports").into());
    }
    Ok(())
}

/// Nobody is obliged to report to a body that has nothing to do with their work.
pub(crate) async fn within_reach(core: &Core, ctx: &Ctx, owner: UnitId, reports: &[UnitId]) -> Result<(), Problem> {
    if ctx.actor.is_trusted() {
        return Ok(());
    }
    match first_beyond(core, owner, reports).await? {
        None => Ok(()),
        Some(unit) => {
            let name = core.bodies().body(unit).map(|body| body.name).unwrap_or_default();
            Err(Problem::bad_input("duty-beyond").with("name", name).field("reports", "duty-beyond"))
        }
    }
}

/// A plan is the ground of a duty where it is the owner's own, or of its house, or concerns it.
async fn is_ground(core: &Core, owner: UnitId, plan: PlanId) -> Result<bool, Problem> {
    let conn = core.db().read();
    let bodies = core.bodies().as_ref();
    let row = plans::store::plan::get(&conn, plan).await?.filter(|row| row.state == "live");
    let of_house = row.is_some_and(|row| stands_over(bodies, owner, bodies.today(row.follower())));
    Ok(of_house || plans::store::plan::concerning(&conn, owner).await?.contains(&plan.uuid()))
}

/// A duty that a person sets; it is in force at once.
pub async fn duty_new(core: &Core, ctx: &Ctx, owner: UnitId, input: &DutyInput) -> Result<DutyId, Problem> {
    core.authorizer().check(ctx, "duty.edit", &resource(owner))?;
    checked(input)?;
    within_reach(core, ctx, owner, &input.reports).await?;
    if let Some(plan) = input.plan
        && !ctx.actor.is_trusted()
        && !is_ground(core, owner, plan).await?
    {
        return Err(Problem::bad_input("duty-ground").field("plan", "duty-ground"));
    }
    let row = &row(ctx, input, owner, "", DutyState::Active);
    core.db()
        .write(ctx, |tx| async move {
            row.insert(&tx).await?;
            bodies_set(&tx, row.id, input).await?;
            tx.ledger(Entry::new("duty.new", row.id).unit(owner).detail(json!({ "reports": input.reports.len() })));
            Ok(())
        })
        .await?;
    Ok(row.id)
}

/// A duty that the actor may read.
pub async fn duty_seen(core: &Core, ctx: &Ctx, id: DutyId) -> Result<DutyRow, Problem> {
    let conn = core.db().read();
    let row = store::duty::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "duty.read", &store::duty_register::resource(core, &conn, &row).await?)?;
    Ok(row)
}

/// What is done to a duty: corrected and put in force, or ended; ended and active are each other's undo.
pub async fn duty_change(
    core: &Core,
    ctx: &Ctx,
    id: DutyId,
    rev: i64,
    input: Option<&DutyInput>,
    state: DutyState,
) -> Result<(), Problem> {
    let old = store::duty::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    // Of what a body that was merged away gathered its successor disposes.
    let owner = core.bodies().today(old.owner);
    core.authorizer().check(ctx, "duty.edit", &resource(owner))?;
    Problem::stale_unless(old.rev == rev)?;
    // Whatever puts it in force asks whether these bodies may be obliged: the form, a proposal started, an undo.
    if state == DutyState::Active {
        let kept = store::duty::bodies(&core.db().read(), id, DutyRole::Reports).await?;
        within_reach(core, ctx, owner, input.map_or(&kept, |input| &input.reports)).await?;
    }
    let row = &match input {
        Some(input) => {
            checked(input)?;
            let new = row(ctx, input, old.owner, &old.source, state);
            DutyRow { id: old.id, plan: old.plan, rev: old.rev, ..new }
        }
        None => DutyRow { state, ..old },
    };
    core.db()
        .write(ctx, |tx| async move {
            row.keep(&tx).await?;
            if let Some(input) = input {
                bodies_set(&tx, id, input).await?;
            }
            let action = if state == DutyState::Ended { "duty.end" } else { "duty.change" };
            tx.ledger(Entry::new(action, id).unit(row.owner).detail(json!({ "state": state, "due": row.due })));
            Ok(())
        })
        .await
}

/// Whose the regime is: of one that is there its owner, else the top of the tree; of a new one the actor's unit.
async fn regime_owner(core: &Core, ctx: &Ctx, id: RegimeId) -> Result<UnitId, Problem> {
    let known = store::duty::regime(&core.db().read(), id).await?;
    let bodies = core.bodies();
    let may = |unit: &UnitId| core.authorizer().check(ctx, "duty.edit", &resource(*unit)).is_ok();
    let own = ctx.actor.posts().iter().map(|post| post.unit).find(may);
    let first = || bodies.find("", 1).into_iter().next().map(|body| body.unit);
    let own = if ctx.actor.is_trusted() { first() } else { own }.ok_or_else(Problem::forbidden)?;
    Ok(match known {
        Some(row) => row.owner_id.map_or_else(|| top(bodies.as_ref(), own), UnitId::from_uuid),
        None => own,
    })
}

/// Adds a reporting regime, or corrects one over its revision.
pub async fn regime_save(core: &Core, ctx: &Ctx, row: &RegimeRow) -> Result<RegimeId, Problem> {
    let owner = regime_owner(core, ctx, RegimeId::from_uuid(row.id)).await?;
    core.authorizer().check(ctx, "duty.edit", &resource(owner))?;
    let row = &RegimeRow { owner_id: Some(owner.uuid()), ..row.clone() };
    for (field, value) in [("name", &row.name), ("basis", &row.basis)] {
        if value.trim().is_empty() {
            return Err(Error::Empty(field).into());
        }
    }
    let id = RegimeId::from_uuid(row.id);
    core.db()
        .write(ctx, |tx| async move {
            if !store::duty::regime_save(&tx, row).await? {
                return Err(Problem::stale());
            }
            tx.ledger(
                Entry::new("regime.save", id).unit(owner).detail(json!({ "from": row.from_on, "to": row.to_on })),
            );
            Ok(())
        })
        .await?;
    Ok(id)
}
