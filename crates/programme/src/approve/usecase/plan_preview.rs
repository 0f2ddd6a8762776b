//! What approving a plan would make and for whom, told before it is done.

use std::collections::BTreeMap;

use kernel::{Ctx, PlanId, Problem, UnitId};
use webkit::Core;

use crate::plans::{
    self,
    model::read_duty::ReadDuty,
    store::{plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
    usecase::{plan_read, review::plan_in_review},
};

/// What stands in the rows and targets that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    pub parts: usize,
    /// Each body with how many parts it gets, the most first.
    pub bodies: Vec<(UnitId, usize)>,
    pub tasks: usize,
    /// Tasks that nobody would get.
    pub unled: Vec<String>,
    /// Rows that nobody looked at.
    pub unseen_rows: Vec<String>,
    pub unseen_targets: Vec<String>,
    pub unseen_duties: Vec<String>,
    /// Nobody said that number, day, issuer and title are as the document has them.
    pub is_head_unseen: bool,
    pub targets: usize,
    /// Targets on which nobody would ever report.
    pub unreported: Vec<String>,
}

impl Preview {
    pub fn of(plan: &PlanRow, rows: &[ReviewRow], targets: &[ReviewTarget], duties: &[ReadDuty]) -> Self {
        let rows: Vec<&ReviewRow> = rows.iter().filter(|row| row.state != "dropped").collect();
        let targets: Vec<&ReviewTarget> = targets.iter().filter(|row| row.state != "dropped").collect();
        let line = |row: &&ReviewRow| format!("{} {}", row.task.cited(), row.task.text).trim().to_owned();
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
            unled: rows.iter().filter(|row| row.task.leads().is_empty()).map(line).collect(),
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

/// The same for whoever may approve the plan.
pub(crate) async fn plan_preview(core: &Core, ctx: &Ctx, id: PlanId) -> Result<(PlanRow, Preview), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let conn = core.db().read();
    let rows = plans::store::read_row::list(&conn, id).await?;
    let targets = plans::store::read_target::list(&conn, id).await?;
    let duties = plan_read::duties(&conn, id).await?;
    let preview = Preview::of(&plan, &rows, &targets, &duties);
    Ok((plan, preview))
}
