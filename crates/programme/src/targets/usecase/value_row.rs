//! The only way to a value of a target: a row that exists only once it was asked whether the unit gives this value.

use crate::ids::TargetId;
use db::Words;
use kernel::{Ctx, PlanId, Problem, Resource, UnitId};
use webkit::Core;

use crate::{
    BodiesPort, Error,
    plans::{self, model::authority::stands_over, store::plan::PlanRow},
    targets::{
        model::{period::Label, rollup::Measure},
        store::{
            self,
            target::TargetRow,
            value::{BodyRow, ValueRow},
        },
    },
};

/// What an officer enters. Thousandths.
#[derive(Debug, Clone, Default)]
pub struct Entered {
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: Option<i64>,
    /// `estimate`, `preliminary`, or `official`.
    pub status: String,
    pub evidence: String,
    /// Chosen by who gives it for a body in which they hold no post. Within a report it is chosen for the whole of it.
    pub on_behalf: bool,
}

pub(crate) fn resource(unit: UnitId) -> Resource {
    Resource { kind: "Target", ..Resource::unit(unit) }
}

/// A value that its unit may give. Nothing but [`value_row`] makes one, and nothing else can be stored.
#[derive(Debug)]
pub struct CheckedValue(ValueRow);

impl CheckedValue {
    pub fn row(&self) -> &ValueRow {
        &self.0
    }

    /// The same, given by a body in the name of the one whose it is.
    pub(crate) fn given_by(mut self, unit: Option<UnitId>) -> Self {
        self.0.acted_by = unit.map(|unit| unit.uuid());
        self
    }
}

/// Whether a unit gives this target's value: the plan names it, or the body whose successor it is. Where it names nobody,
/// or whom it names waits for a confirmation, who follows or issued the plan, and those above the follower, give it.
pub(crate) fn answers(bodies: &BodiesPort, plan: &PlanRow, named: &[BodyRow], unit: UnitId) -> bool {
    let follower = bodies.today(plan.follower());
    let issuer = plan.issuer_id.map(|id| bodies.today(UnitId::from_uuid(id)));
    let steers = || issuer == Some(unit) || stands_over(bodies.as_ref(), unit, follower);
    if named.is_empty() {
        return steers();
    }
    named.iter().any(|row| bodies.today(UnitId::from_uuid(row.unit_id)) == unit)
}

/// Whether a unit's word on this target is that of the whole: its owner's or, where none is named, as [`answers`] has
/// it. Bodies that are named to report give their own part.
pub(crate) fn confirms(bodies: &BodiesPort, plan: &PlanRow, named: &[BodyRow], unit: UnitId) -> bool {
    let owners: Vec<BodyRow> = named.iter().filter(|row| row.role == "owns").cloned().collect();
    answers(bodies, plan, &owners, unit)
}

/// What a system counted is provisional until whoever confirms the target gives the same value, as preliminary; as
/// official it is published. The newest of these, of what stands.
pub(crate) fn confirming<'a>(
    bodies: &BodiesPort,
    plan: &PlanRow,
    named: &[BodyRow],
    values: &'a [ValueRow],
    (part, whole): (i64, i64),
) -> Option<&'a ValueRow> {
    let counted = part.checked_mul(1000).zip(whole.checked_mul(1000))?;
    let is_it = |row: &&ValueRow| {
        let is_same = row.numerator_milli.zip(row.denominator_milli) == Some(counted) && row.status != "estimate";
        // What a body gave that was merged away since is its successor's word.
        is_same && confirms(bodies, plan, named, bodies.today(UnitId::from_uuid(row.unit_id)))
    };
    values.iter().filter(is_it).max_by_key(|row| row.at)
}

/// Refused where the unit does not answer for this target.
pub(crate) async fn answering(core: &Core, target: &TargetRow, unit: UnitId) -> Result<(), Problem> {
    let (conn, plan) = (core.db().read(), PlanId::from_uuid(target.plan_id));
    let plan = plans::store::plan::get(&conn, plan).await?.ok_or_else(Problem::not_found)?;
    let named = store::value::bodies(&conn, TargetId::from_uuid(target.id)).await?;
    if answers(core.bodies(), &plan, &named, unit) {
        return Ok(());
    }
    let refused = Problem::bad_input("value-not-yours").with("target", &target.text);
    Err(refused.field("unit", "value-not-yours"))
}

/// What the entry becomes, or why it cannot be: the actor must enter values for the unit, and the unit give this one.
pub(crate) async fn value_row(
    core: &Core,
    ctx: &Ctx,
    target: TargetId,
    unit: UnitId,
    label: Label,
    given: &Entered,
) -> Result<CheckedValue, Problem> {
    core.authorizer().check(ctx, "value.enter", &resource(unit))?;
    value_of(core, ctx, target, unit, label, given).await
}

/// The same where somebody else has asked whether the actor enters values for the unit.
pub(crate) async fn value_of(
    core: &Core,
    ctx: &Ctx,
    target: TargetId,
    unit: UnitId,
    label: Label,
    given: &Entered,
) -> Result<CheckedValue, Problem> {
    let target = store::target::get(&core.db().read(), target).await?.ok_or_else(Problem::not_found)?;
    answering(core, &target, unit).await?;
    let row = row(ctx, &target, unit, label, given).map_err(|problem| problem.with("target", &target.text))?;
    Ok(CheckedValue(row))
}

fn row(ctx: &Ctx, target: &TargetRow, unit: UnitId, label: Label, given: &Entered) -> Result<ValueRow, Problem> {
    let measure = Measure::new(given.numerator, given.denominator, given.value, target.unit.contains('%'))?;
    let known = ["estimate", "preliminary", "official"].contains(&given.status.as_str());
    if !known {
        return Err(Error::ValueWrong("status-wrong").into());
    }
    if given.evidence.trim().is_empty() {
        return Err(Problem::bad_input("value-evidence").field("evidence", "value-evidence"));
    }
    Ok(ValueRow {
        id: ctx.new_id::<crate::ids::Value>().uuid(),
        target_id: target.id,
        unit_id: unit.uuid(),
        period: label.to_string(),
        numerator_milli: measure.numerator,
        denominator_milli: measure.denominator,
        value_milli: measure.value,
        status: given.status.clone(),
        evidence: Words::new(&given.evidence),
        source: "manual".into(),
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        acted_by: None,
    })
}
