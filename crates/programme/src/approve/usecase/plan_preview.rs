//! What approving a plan would make and for whom, told before it is done.

use std::collections::BTreeMap;

use kernel::{Ctx, PlanId, Problem, Resolution, UnitId};
use webkit::Core;

use crate::{
    plans::{
        self,
        model::{frame, read_duty::ReadDuty, row::Named},
        store::{plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
        usecase::{
            places::{orders_nothing, unanswered},
            plan_read,
            review::plan_in_review,
        },
    },
    work::usecase::authority::beyond,
};

/// A name that gives nobody anything: nobody has said who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    pub words: String,
    /// The body that it is like.
    pub like: Option<String>,
    pub task: String,
}

/// What stands in the rows and targets that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    pub parts: usize,
    /// Each body with how many parts it gets, the most first.
    pub bodies: Vec<(UnitId, usize)>,
    pub tasks: usize,
    /// Tasks that nobody would get.
    pub unled: Vec<String>,
    /// Names in tasks that are handed to nobody.
    pub doubted: Vec<Doubted>,
    /// Rows that nobody looked at.
    pub unseen_rows: Vec<String>,
    pub unseen_targets: Vec<String>,
    pub unseen_duties: Vec<String>,
    /// Nobody said that number, day, issuer and title are as the document has them.
    pub is_head_unseen: bool,
    pub targets: usize,
    /// Nothing would come of it at all.
    pub is_empty: bool,
    /// Targets on which nobody would ever report.
    pub unreported: Vec<String>,
}

/// What approving would be refused for, or would start with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Questions and doubts that are open.
    pub open: usize,
    /// Bodies to which whoever asks may not give work.
    pub beyond: Vec<UnitId>,
    /// Tasks whose time is over before they are given.
    pub overdue: Vec<String>,
}

impl Preview {
    pub fn of(plan: &PlanRow, rows: &[ReviewRow], targets: &[ReviewTarget], duties: &[ReadDuty]) -> Self {
        let is_empty = orders_nothing(rows, targets, duties);
        let rows: Vec<&ReviewRow> = rows.iter().filter(|row| row.state != "dropped").collect();
        let targets: Vec<&ReviewTarget> = targets.iter().filter(|row| row.state != "dropped").collect();
        let line = |row: &&ReviewRow| line(row);
        let said = |row: &&ReviewTarget| row.target.text.clone();
        let mut bodies: BTreeMap<UnitId, usize> = BTreeMap::new();
        for unit in rows.iter().flat_map(|row| row.task.leads()) {
            *bodies.entry(unit).or_default() += 1;
        }
        let mut bodies: Vec<(UnitId, usize)> = bodies.into_iter().collect();
        bodies.sort_by_key(|(unit, parts)| (std::cmp::Reverse(*parts), *unit));
        Self {
            parts: bodies.iter().map(|(_, parts)| parts).sum(),
            tasks: rows.len(),
            targets: targets.len(),
            is_empty,
            unled: rows.iter().filter(|row| row.task.leads().is_empty()).map(line).collect(),
            doubted: rows.iter().flat_map(|row| doubted(row, &line(row))).collect(),
            unseen_rows: rows.iter().filter(|row| row.state == "open").map(line).collect(),
            unseen_targets: targets.iter().filter(|row| row.state == "open").map(said).collect(),
            unseen_duties: duties
                .iter()
                .filter(|read| read.is_reviewed() && read.is_open())
                .map(|read| read.duty.text.clone())
                .collect(),
            is_head_unseen: plan.head_seen.is_none(),
            unreported: targets.iter().filter(|row| !row.target.is_reported()).map(said).collect(),
            bodies,
        }
    }

    pub fn unseen(&self) -> usize {
        let head = usize::from(self.is_head_unseen);
        head + self.unseen_rows.len() + self.unseen_targets.len() + self.unseen_duties.len()
    }
}

fn line(row: &ReviewRow) -> String {
    format!("{} {}", row.task.cited(), row.task.text).trim().to_owned()
}

fn doubted(row: &ReviewRow, task: &str) -> Vec<Doubted> {
    let like = |named: &Named| match &named.means {
        Resolution::Unit { name, .. } => Some(name.clone()),
        Resolution::Group { .. } | Resolution::Unknown => None,
    };
    let one = |named: &Named| Doubted { words: named.text.clone(), like: like(named), task: task.to_owned() };
    row.task.doubted().into_iter().map(one).collect()
}

/// The same for whoever may approve the plan, with what stands in their way.
pub(crate) async fn plan_preview(core: &Core, ctx: &Ctx, id: PlanId) -> Result<(PlanRow, Preview, Ahead), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let conn = core.db().read();
    let rows = plans::store::read_row::list(&conn, id).await?;
    let targets = plans::store::read_target::list(&conn, id).await?;
    let duties = plan_read::duties(&conn, id).await?;
    let preview = Preview::of(&plan, &rows, &targets, &duties);
    let open = unanswered(&rows, &plans::store::finding::list(&conn, id).await?);
    let rows: Vec<&ReviewRow> = rows.iter().filter(|row| row.state != "dropped").collect();
    let leads: Vec<UnitId> = rows.iter().flat_map(|row| row.task.leads()).collect();
    let today = ctx.today();
    let overdue = |row: &&&ReviewRow| frame::due(&row.task.time).is_some_and(|due| due < today);
    let ahead = Ahead {
        open,
        beyond: beyond(core, ctx, &leads, Some(&plan.standing())),
        overdue: rows.iter().filter(overdue).map(|row| line(row)).collect(),
    };
    Ok((plan, preview, ahead))
}
