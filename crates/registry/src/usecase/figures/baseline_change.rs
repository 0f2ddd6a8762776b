//! A line of a frozen list is changed: taken out or put back, eligible or not; each time with a reason that is kept.

use db::{Entry, Reader, Row as _, Words, vals};
use kernel::{Ctx, Problem, Resource};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    model::{
        READ, System, SystemId,
        figures::{APPROVE, Baseline, BaselineChange, BaselineId, KEEP, SECRET},
    },
    store::figures::baseline,
};

/// A line as the form says it from now on.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ChangeInput {
    /// The id of the system.
    pub system: String,
    /// `yes` or `no`.
    pub counted: String,
    /// `yes` or `no`.
    pub eligible: String,
    /// On what it is not eligible.
    pub ground: String,
    pub reason: String,
    /// The revision of the line that was read.
    pub rev: i64,
}

/// Who may change the lines of a list: of one that is approved, who approves.
pub fn may_change(core: &Core, ctx: &Ctx, list: &Baseline) -> Result<(), Problem> {
    let rule = if list.approved_on.is_some() { &APPROVE } else { &KEEP };
    core.check_today(ctx, rule.action, Resource::kept("System", list.unit_id))
}

/// The list, for whom sees the systems of its owner.
pub async fn seen(core: &Core, ctx: &Ctx, conn: &Reader, id: BaselineId) -> Result<Baseline, Problem> {
    let list = Baseline::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    let resource = Resource::kept("System", list.unit_id);
    core.check_today(ctx, READ.action, resource).map_err(|_| Problem::not_found())?;
    Ok(list)
}

pub(super) struct Said {
    pub system: SystemId,
    pub is_counted: bool,
    pub is_eligible: bool,
    pub ground: Option<Words>,
    pub reason: Words,
}

impl Said {
    /// Whether a system is eligible by it, and on what ground not: what holds state secrets is not, whatever is said.
    pub fn eligible(&self, system: &System) -> (bool, Option<Words>) {
        if system.is_veiled() { (false, Some(Words::new(SECRET))) } else { (self.is_eligible, self.ground.clone()) }
    }
}

pub(super) fn said(input: &ChangeInput) -> Result<Said, Problem> {
    let yes = |text: &str, field: &'static str| match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(Problem::bad_input("unknown-choice").with("text", other).field(field, "unknown-choice")),
    };
    let reason = Words::some(&input.reason)
        .ok_or_else(|| Problem::bad_input("baseline-reason").field("reason", "baseline-reason"))?;
    let (is_counted, is_eligible) = (yes(&input.counted, "counted")?, yes(&input.eligible, "eligible")?);
    let ground = Words::some(&input.ground);
    if !is_eligible && ground.is_none() {
        return Err(Problem::bad_input("baseline-ground").field("ground", "baseline-ground"));
    }
    let system = input.system.parse().map_err(|_| Problem::not_found())?;
    Ok(Said { system, is_counted, is_eligible, ground: ground.filter(|_| !is_eligible), reason })
}

pub async fn baseline_change(core: &Core, ctx: &Ctx, id: BaselineId, input: &ChangeInput) -> Result<(), Problem> {
    let list = seen(core, ctx, &core.db().read(), id).await?;
    may_change(core, ctx, &list)?;
    let (said, rev) = (&said(input)?, input.rev);
    core.db()
        .write(ctx, |tx| async move {
            let list = Baseline::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            // It may have been approved meanwhile.
            may_change(core, ctx, &list)?;
            let item = baseline::item(&tx, id, said.system).await?.ok_or_else(Problem::not_found)?;
            Problem::stale_unless(item.rev == rev)?;
            let system = System::get(&tx, said.system).await?.ok_or_else(Problem::not_found)?;
            let change = change_of(ctx, &list, said, &system);
            change.insert(&tx).await?;
            change.put(item).keep(&tx).await?;
            let act = if change.is_after { "baseline.change_approved" } else { "baseline.change" };
            let (counted, eligible) = (change.is_counted, change.is_eligible);
            let detail = json!({ "system": system.id.to_string(), "counted": counted, "eligible": eligible });
            tx.ledger(Entry::new(act, list.unit_id).unit(list.unit_id).reason(said.reason.clone()).detail(detail));
            Ok(())
        })
        .await
}

/// What is kept of it for good.
pub(super) fn change_of(ctx: &Ctx, list: &Baseline, said: &Said, system: &System) -> BaselineChange {
    let (is_eligible, ground) = said.eligible(system);
    BaselineChange {
        id: ctx.new_id(),
        baseline_id: list.id,
        system_id: said.system,
        on_day: ctx.today(),
        by_whom: ctx.actor.pseudonym(),
        reason: said.reason.clone(),
        is_counted: said.is_counted,
        is_eligible,
        ground,
        is_after: list.approved_on.is_some(),
    }
}

/// What was changed of a list, the newest first.
pub async fn changes(conn: &Reader, id: BaselineId) -> Result<Vec<BaselineChange>, Problem> {
    Ok(BaselineChange::find(conn, "WHERE baseline_id = $1 ORDER BY id DESC", vals![id.uuid()]).await?)
}
