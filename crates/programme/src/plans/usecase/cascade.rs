//! A plan beside the plan above it: what was taken up, what not, and how it differs.

use crate::ids::ReadRowId;
use std::{collections::HashMap, sync::Arc, time::Duration};

use db::Entry;
use kernel::{Ctx, PlanId, Problem, Resource, UnitId};
use moka::future::Cache;
use serde_json::json;
use uuid::Uuid;
use webkit::{Acted, Core, Who, heavy};

use crate::{
    Error,
    plans::{
        model::{
            cascade::{self, Cascade, Item, Target, Task},
            frame,
            pairing::{Saying, Says},
            read_target::sign,
            row::joined,
        },
        store::{
            self,
            cascade::{Stamp, Verdict, stamp},
            pair::Pair,
            plan::PlanRow,
            read_target::ReviewTarget,
        },
        usecase::review::resource,
    },
};

/// Two plans compared, with what people decided.
pub struct Compared {
    pub above: PlanRow,
    pub below: PlanRow,
    pub beside: Arc<Beside>,
    pub verdicts: HashMap<Uuid, Verdict>,
    /// What people said of which item is which.
    pub pairs: Vec<Pair>,
}

/// Of the tasks above that concern the issuer of the plan below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub concerned: usize,
    pub taken: usize,
    /// Not taken up, and somebody said why.
    pub said: usize,
    pub missing: usize,
}

impl Compared {
    /// What was said of a task above that was not taken up.
    pub fn verdict(&self, row: &str) -> Option<&Verdict> {
        let id: ReadRowId = row.parse().ok()?;
        self.verdicts.get(&id.uuid())
    }

    pub fn counts(&self) -> Counts {
        let concerned: Vec<_> = self.beside.tasks.lines.iter().filter(|line| line.above.concerns).collect();
        let taken = concerned.iter().filter(|line| line.is_taken()).count();
        let is_said = |id: &str| self.verdict(id).is_some();
        let said = concerned.iter().filter(|line| !line.is_taken() && is_said(&line.above.id)).count();
        Counts { concerned: concerned.len(), taken, said, missing: concerned.len() - taken - said }
    }

    /// Who said that these two are the same.
    pub fn said_same(&self, above: &str, below: &str) -> Option<&Pair> {
        self.pairs
            .iter()
            .find(|pair| pair.saying.says == Says::Same && pair.saying.above == above && pair.saying.below == below)
    }

    /// The revision of what is said of these two; 0 where nothing is.
    pub fn rev(&self, above: &str, below: &str) -> i64 {
        let is_it = |pair: &&Pair| pair.saying.above == above && pair.saying.below == below;
        self.pairs.iter().find(is_it).map_or(0, |pair| pair.rev)
    }

    /// What people said that this item above is not, as far as the plan below still has it.
    pub fn said_apart<'a, T: Item>(
        &'a self,
        above: &'a str,
        below: &'a [&'a T],
    ) -> impl Iterator<Item = (&'a T, &'a Pair)> {
        let apart = self.pairs.iter().filter(move |pair| pair.saying.says == Says::Apart && pair.saying.above == above);
        apart.filter_map(move |pair| {
            let item = below.iter().find(|item| item.id() == pair.saying.below)?;
            Some((*item, pair))
        })
    }
}

/// What comparing computes.
#[derive(Debug)]
pub struct Beside {
    pub tasks: Cascade<Task>,
    pub targets: Cascade<Target>,
}

/// Lines of all pairs that are remembered.
const MOST_LINES: u64 = 200_000;

type Key = (PlanId, Stamp, PlanId, Stamp, Vec<Saying>);

/// Pairs of plans that were compared, by what they held then; of many who ask at once one computes.
#[derive(Debug)]
pub struct Pairs(Cache<Key, Arc<Beside>>);

impl Default for Pairs {
    fn default() -> Self {
        let lines = |_: &Key, beside: &Arc<Beside>| {
            let lines = beside.tasks.lines.len() + beside.targets.lines.len() + 1;
            u32::try_from(lines).unwrap_or(u32::MAX)
        };
        // Which bodies were merged is not in the key.
        let life = Duration::from_mins(5);
        Self(Cache::builder().weigher(lines).max_capacity(MOST_LINES).time_to_live(life).build())
    }
}

/// Compares two plans; tasks above that name the issuer of the plan below are marked as concerning it.
pub async fn compare(core: &Core, above: PlanId, below: PlanId) -> Result<Compared, Problem> {
    let conn = core.db().read();
    let load = async |id| store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found);
    let (above, below) = (load(above).await?, load(below).await?);
    let pairs = store::pair::list(&conn, above.id(), below.id()).await?;
    let said: Vec<Saying> = pairs.iter().map(|pair| pair.saying.clone()).collect();
    let stamps = (stamp(&conn, above.id()).await?, stamp(&conn, below.id()).await?);
    let key = (above.id(), stamps.0, below.id(), stamps.1, said.clone());
    let computed = core.get::<Pairs>()?.0.try_get_with(key, beside(core, &above, &below, said)).await;
    let beside = computed.map_err(|problem: Arc<Problem>| (*problem).clone())?;
    let verdicts = store::cascade::list(&conn, below.id()).await?;
    let verdicts = verdicts.into_iter().map(|verdict| (verdict.item_id, verdict)).collect();
    Ok(Compared { above, below, beside, verdicts, pairs })
}

async fn beside(core: &Core, above: &PlanRow, below: &PlanRow, said: Vec<Saying>) -> Result<Arc<Beside>, Problem> {
    let issuer = below.issuer_id.map(UnitId::from_uuid);
    let (tasks_above, tasks_below) = (tasks(core, above, issuer).await?, tasks(core, below, None).await?);
    let (targets_above, targets_below) = (targets(core, above).await?, targets(core, below).await?);
    let compare = move || Beside {
        tasks: cascade::tasks(&tasks_above, &tasks_below, &said),
        targets: cascade::targets(&targets_above, &targets_below, &said),
    };
    heavy(compare).await.map(Arc::new)
}

async fn tasks(core: &Core, plan: &PlanRow, concerned: Option<UnitId>) -> Result<Vec<Task>, Problem> {
    let bodies = core.bodies();
    let rows = store::read_row::list(&core.db().read(), plan.id()).await?;
    let task = |row: &store::read_row::ReviewRow| {
        let task = &row.task;
        let units = [task.leads(), task.helpers()].concat();
        Task {
            id: row.id.to_string(),
            section: task.cited(),
            text: task.text.clone(),
            lead: joined(&task.lead),
            due: frame::due(&task.time),
            time: task.time.raw.clone(),
            concerns: concerned.is_none_or(|unit| units.iter().any(|other| bodies.today(*other) == bodies.today(unit))),
        }
    };
    Ok(rows.iter().filter(|row| row.state != "dropped").map(task).collect())
}

async fn targets(core: &Core, plan: &PlanRow) -> Result<Vec<Target>, Problem> {
    let indicators = core.indicators();
    let mut rows = store::read_target::list(&core.db().read(), plan.id()).await?;
    rows.retain(|row| row.state != "dropped");
    let positions: HashMap<i64, &ReviewTarget> = rows.iter().map(|row| (row.position, row)).collect();
    let counted = |row: &&ReviewTarget| {
        let twin = row.target.twin.and_then(|twin| positions.get(&twin));
        row.target.counts_beside(row.position, twin.map(|twin| (twin.position, &twin.target)))
    };
    let target = |row: &ReviewTarget| {
        let target = &row.target;
        let indicator = target.indicator.as_deref().and_then(|code| indicators.get(code));
        Target {
            id: row.id.to_string(),
            text: target.text.clone(),
            value_milli: target.value_milli,
            unit: target.unit.clone(),
            sign: sign(target.comparator).to_owned(),
            to_year: target.to.map(i64::from),
            indicator: target.indicator.clone(),
            higher_is_better: indicator.is_none_or(|indicator| indicator.higher_is_better),
        }
    };
    Ok(rows.iter().filter(counted).map(target).collect())
}

/// Who said of two items what they said, one answer for each pair.
pub async fn said_by(core: &Core, compared: &Compared) -> Result<Vec<Who>, Problem> {
    let follower = compared.below.follower();
    let acts: Vec<Acted> = compared.pairs.iter().map(|pair| Acted::new(&pair.actor, pair.at, Some(follower))).collect();
    core.who(&acts).await
}

/// In whose name the actor writes to others about a plan: its follower's, else that of the body in whose name it stands.
pub(crate) fn writer(core: &Core, ctx: &Ctx, plan: &PlanRow) -> Option<UnitId> {
    let own = std::iter::once(plan.follower()).chain(plan.issuer_id.map(UnitId::from_uuid));
    let letter = |unit| Resource { kind: "Letter", unit: Some(unit), ..Resource::default() };
    own.map(|unit| core.bodies().today(unit))
        .find(|unit| core.authorizer().check(ctx, "letter.write", &letter(*unit)).is_ok())
}

/// Says that a task above was taken up in another way or is not for this body, or with an empty verdict takes that back.
pub async fn decide(
    core: &Core,
    ctx: &Ctx,
    child: PlanId,
    item: ReadRowId,
    verdict: &str,
    note: &str,
) -> Result<(), Problem> {
    let conn = core.db().read();
    let plan = store::plan::get(&conn, child).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, child).await?))?;
    store::read_row::get(&conn, item).await?.ok_or_else(Problem::not_found)?;
    let note = note.trim();
    if matches!(verdict, "taken" | "not_ours") && note.is_empty() {
        return Err(Error::Empty("note").into());
    }
    let item_id: Uuid = item.uuid();
    core.db()
        .write(ctx, |tx| async move {
            match verdict {
                "taken" | "not_ours" => store::cascade::set(&tx, child, item_id, verdict, note).await?,
                _ if !store::cascade::delete(&tx, child, item_id).await? => return Err(Problem::stale()),
                _ => {}
            }
            let detail = json!({ "item": item.to_string(), "verdict": verdict });
            tx.ledger(Entry::new("plan.cascade", child).reason(note).detail(detail));
            Ok(())
        })
        .await
}
