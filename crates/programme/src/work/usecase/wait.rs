//! Since when a plan waits for another word of the body that confirmed it, as acts on it come and go.

use std::collections::BTreeSet;

use db::{Reader, Tx};
use kernel::{PlanId, Problem};
use uuid::Uuid;

use crate::{
    plans,
    work::store::{
        self,
        change::{ChangeRow, Left, Waits},
    },
};

struct Act {
    at: i64,
    stands: bool,
    waits: Waits,
}

/// The acts on a plan, and the rows of what waits for a word.
struct Acts {
    all: Vec<Act>,
    there: BTreeSet<Uuid>,
}

impl Acts {
    async fn of(conn: &Reader, plan: PlanId) -> Result<Self, Problem> {
        let mut all = Vec::new();
        for row in store::change::waits(conn, plan).await? {
            all.push(Act { at: row.at, stands: row.undone_at.is_none(), waits: row.waits()? });
        }
        let held = store::held::of_plan(conn, plan).await?;
        Ok(Self { all, there: held.into_iter().map(|(row, _)| row).collect() })
    }

    /// Whether any of what an act made wait still does, or goes on waiting by an act that moved it elsewhere.
    fn is_waiting(&self, waits: &Waits) -> bool {
        let moves = |act: &Act| act.stands && act.waits.dropped.iter().any(|row| waits.held.contains(row));
        waits.held.iter().any(|row| self.there.contains(row))
            || self.all.iter().any(|act| moves(act) && self.is_waiting(&act.waits))
    }

    /// Whether an act asks for another word. Of those of before nobody wrote down why they do.
    fn asks(&self, act: &Act) -> bool {
        let waits = &act.waits;
        act.stands && (waits.is_anew.is_none() || !waits.only_waits || self.is_waiting(waits))
    }

    /// Since when the plan waits, where it waited since `before`: acts that were taken back, and those of which nothing
    /// waits any more, do not make it wait.
    fn waited(&self, before: Option<i64>) -> Option<i64> {
        let mut since = before;
        while let Some(at) = since {
            let of: Vec<&Act> =
                self.all.iter().filter(|act| act.at == at && act.waits.is_anew != Some(false)).collect();
            if of.is_empty() || of.iter().any(|act| self.asks(act)) {
                break;
            }
            // Each waited since a moment before its own.
            since = of.iter().filter_map(|act| act.waits.waited).filter(|earlier| *earlier < at).max();
        }
        since
    }

    /// The newest act of which something waits.
    fn waits_since(&self) -> Option<i64> {
        let waits = |act: &&Act| act.stands && act.waits.is_anew == Some(true) && self.is_waiting(&act.waits);
        self.all.iter().filter(waits).map(|act| act.at).max()
    }
}

/// Makes the plan wait as it did before an act, inside the one that takes it back.
pub(crate) async fn wait_back(tx: &Tx, row: &ChangeRow, left: &Left) -> Result<(), Problem> {
    if let Some(at) = left.settled {
        plans::store::confirmation::waits_again(tx, row.plan(), at).await?;
    }
    // Of acts of before it is not known; what did not make the plan wait at that moment changes nothing.
    if left.is_anew == Some(false) && left.waited.is_none() {
        return Ok(());
    }
    let acts = Acts::of(tx, row.plan()).await?;
    let before = acts.waited(left.waited).max(acts.waits_since());
    plans::store::confirmation::added_back(tx, row.plan(), row.at, before).await?;
    Ok(())
}

/// Where an act leaves nothing for which its plan waited, the plan waits as it did before that. Returns since when it
/// waited, for whoever takes the act back.
pub(crate) async fn wait_over(tx: &Tx, plan: PlanId, left: &Left) -> Result<Option<i64>, Problem> {
    if left.is_anew != Some(false) || left.held_dropped.is_empty() {
        return Ok(None);
    }
    let plan_now = plans::store::plan::get(tx, plan).await?.ok_or_else(Problem::not_found)?;
    let Some(at) = plan_now.changed_at.filter(|_| plan_now.is_confirmed()) else { return Ok(None) };
    let mut acts = Acts::of(tx, plan).await?;
    acts.all.push(Act { at: tx.ctx().now().as_microsecond(), stands: true, waits: Waits::of(left) });
    let before = acts.waited(Some(at));
    if before == Some(at) {
        return Ok(None);
    }
    plans::store::confirmation::added_back(tx, plan, at, before).await?;
    Ok(Some(at))
}

#[cfg(test)]
mod tests {
    use kernel::Id;

    use super::*;
    use crate::work::store::held::Held;

    fn row(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn dropped(n: u128) -> (Uuid, Held) {
        (row(n), Held::Helper { task: Uuid::nil(), unit: Id::from_uuid(Uuid::nil()) })
    }

    fn act(at: i64, left: &Left) -> Act {
        Act { at, stands: true, waits: Waits::of(left) }
    }

    fn held(at: i64, waited: Option<i64>, rows: &[u128]) -> Act {
        let held = rows.iter().map(|n| row(*n)).collect();
        act(at, &Left { held, is_anew: Some(true), waited, ..Left::default() })
    }

    fn acts(all: Vec<Act>, there: &[u128]) -> Acts {
        Acts { all, there: there.iter().map(|n| row(*n)).collect() }
    }

    #[test]
    fn a_plan_waits_for_what_still_waits() {
        let two = || vec![held(1, None, &[1]), held(2, Some(1), &[2])];
        assert_eq!(acts(two(), &[1, 2]).waited(Some(2)), Some(2));
        assert_eq!(acts(two(), &[1]).waited(Some(2)), Some(1));
        assert_eq!(acts(two(), &[2]).waited(Some(2)), Some(2));
        assert_eq!(acts(two(), &[]).waited(Some(2)), None);
        assert_eq!(acts(two(), &[1]).waits_since(), Some(1));
        let other = acts(two(), &[]);
        assert_eq!(other.waited(Some(9)), Some(9), "something else made it wait");
    }

    #[test]
    fn words_wait_until_they_are_taken_back_and_what_moved_goes_on_waiting() {
        let words = |stands| Act { stands, ..act(1, &Left { is_anew: Some(true), ..Left::default() }) };
        assert_eq!(acts(vec![words(true)], &[]).waited(Some(1)), Some(1));
        assert_eq!(acts(vec![words(false)], &[]).waited(Some(1)), None);
        let old = act(1, &Left { held: vec![row(1)], ..Left::default() });
        assert_eq!(acts(vec![old], &[]).waited(Some(1)), Some(1), "of before nobody knows");
        let merge =
            Left { held: vec![row(2)], held_dropped: vec![dropped(1)], is_anew: Some(false), ..Left::default() };
        let moved = |there: &[u128]| acts(vec![held(1, None, &[1]), act(2, &merge)], there).waited(Some(1));
        assert_eq!((moved(&[2]), moved(&[])), (Some(1), None));
    }
}
