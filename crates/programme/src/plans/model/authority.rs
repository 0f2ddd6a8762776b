//! Who may give work to whom, ask it and oblige it to report: the tree of units, and what somebody above gave in a plan.
//!
//! Nothing here rests on what the asking body can write itself: neither on whom it named as lead, nor on whose name
//! stands in the head of a document that it took in.

use kernel::{Bodies, UnitId};

/// A plan as far as rights come from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub follower: UnitId,
    pub issuer: Option<UnitId>,
    /// The body that said "this is ours": its authority is the plan's.
    pub confirmed_by: Option<UnitId>,
    /// The body in whose name it was issued said that it is not theirs.
    pub is_refused: bool,
}

/// The body and everything above it, nearest first; no further than a tree can be deep.
fn lineage(bodies: &dyn Bodies, unit: UnitId) -> impl Iterator<Item = UnitId> {
    std::iter::successors(Some(unit), |unit| bodies.above(*unit)).take(16)
}

/// Is `unit` the body itself, below it, or in the area for which it acts?
pub fn stands_over(bodies: &dyn Bodies, own: UnitId, unit: UnitId) -> bool {
    let area = bodies.acts_for(own);
    lineage(bodies, unit).any(|above| above == own || above == area)
}

/// May `own` say a word for `unit`: from above it, or for the area in which it is? The Party and the council stand beside
/// the committee in the tree: what acts for the whole area is not above them, nor above their offices.
pub fn speaks_over(bodies: &dyn Bodies, own: UnitId, unit: UnitId) -> bool {
    let is_above = || lineage(bodies, unit).any(|above| above == own);
    let is_beside = || lineage(bodies, unit).any(|above| matches!(bodies.kind(above), "party" | "council"));
    stands_over(bodies, own, unit) && (is_above() || !is_beside())
}

/// The top of the tree that a body is in.
pub fn top(bodies: &dyn Bodies, unit: UnitId) -> UnitId {
    lineage(bodies, unit).last().unwrap_or(unit)
}

/// The body whose authority the plan carries: who confirmed it, or its issuer where the follower may say a word for it. Of
/// a body that was merged away its successor.
pub fn source(bodies: &dyn Bodies, plan: &Standing) -> Option<UnitId> {
    if plan.is_refused {
        return None;
    }
    let today = |unit: Option<UnitId>| unit.map(|unit| bodies.today(unit));
    let follower = bodies.today(plan.follower);
    let own = today(plan.issuer).filter(|issuer| speaks_over(bodies, follower, *issuer));
    today(plan.confirmed_by).or(own)
}

/// Does it stand in a name whose bearer has not said that it is theirs?
pub fn is_unconfirmed(bodies: &dyn Bodies, plan: &Standing) -> bool {
    source(bodies, plan).is_none()
}

/// May `own` give `unit` work, ask it, oblige it: because it stands above, or through its role in this plan?
pub fn may_give(bodies: &dyn Bodies, own: UnitId, unit: UnitId, plan: Option<&Standing>) -> bool {
    let in_plan = |plan: &Standing| {
        let mut holders = std::iter::once(plan.follower).chain(plan.issuer).chain(plan.confirmed_by);
        holders.any(|holder| bodies.today(holder) == own)
            && source(bodies, plan).is_some_and(|source| stands_over(bodies, source, unit))
    };
    stands_over(bodies, own, unit) || plan.is_some_and(in_plan)
}

/// May a body that leads in this plan bring another in to help: one of its own, or one that the plan reaches?
pub fn may_bring_in(bodies: &dyn Bodies, lead: UnitId, unit: UnitId, plan: &Standing) -> bool {
    let reached = source(bodies, plan).is_some_and(|source| stands_over(bodies, source, unit));
    reached || stands_over(bodies, lead, unit)
}

/// Could the one in whose name the plan was issued, or who confirmed it before, give `unit` work, once it confirms?
pub fn could_be_given(bodies: &dyn Bodies, unit: UnitId, plan: &Standing) -> bool {
    let mut speakers = [plan.issuer, plan.confirmed_by].into_iter().flatten();
    !plan.is_refused && speakers.any(|speaker| stands_over(bodies, bodies.today(speaker), unit))
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use kernel::{Body, Ctx, Learned, Problem, Resolution};

    use super::*;

    /// Province 1 with its committee 2, departments 3 and 4 below it, communes 5 and 6, a division 7 of commune 5;
    /// the Party 8 with its office 9; 10 was merged into department 3.
    #[derive(Debug)]
    struct House;

    fn id(n: u128) -> UnitId {
        UnitId::from_uuid(uuid::Uuid::from_u128(n))
    }

    impl Bodies for House {
        fn resolve(&self, _text: &str, _issuer: Option<UnitId>) -> Resolution {
            Resolution::Unknown
        }
        fn body(&self, _unit: UnitId) -> Option<Body> {
            None
        }
        fn meant(&self, _text: &str, _day: jiff::civil::Date) -> Result<UnitId, Problem> {
            Err(Problem::not_found())
        }
        fn names(&self, _day: jiff::civil::Date) -> Vec<String> {
            vec![]
        }
        fn written(&self, _unit: UnitId, _day: jiff::civil::Date) -> String {
            String::new()
        }
        fn today(&self, unit: UnitId) -> UnitId {
            if unit == id(GONE) { id(DEPARTMENT) } else { unit }
        }
        fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId> {
            units.to_vec()
        }
        fn above(&self, unit: UnitId) -> Option<UnitId> {
            match unit.uuid().as_u128() {
                2 | 5 | 6 | 8 => Some(id(1)),
                3 | 4 => Some(id(2)),
                7 => Some(id(5)),
                9 => Some(id(8)),
                _ => None,
            }
        }
        fn kind(&self, unit: UnitId) -> &'static str {
            if unit == id(8) { "party" } else { "" }
        }
        fn acts_for(&self, unit: UnitId) -> UnitId {
            if unit == id(2) { id(1) } else { unit }
        }
        fn province(&self) -> String {
            String::new()
        }
        fn find(&self, _words: &str, _limit: usize) -> Vec<Body> {
            vec![]
        }
        fn search(&self, _search: &kernel::Search<'_>, _is_open: &dyn Fn(UnitId) -> bool) -> kernel::Found {
            kernel::Found::default()
        }
        fn learn<'a>(
            &'a self,
            _ctx: &'a Ctx,
            learned: &'a Learned,
        ) -> Pin<Box<dyn Future<Output = Result<kernel::Reach, Problem>> + Send + 'a>> {
            Box::pin(async move { Ok(learned.reach) })
        }
        fn unlearn<'a>(
            &'a self,
            _ctx: &'a Ctx,
            _learned: &'a Learned,
        ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
            Box::pin(async { Ok(()) })
        }
    }

    const COMMITTEE: u128 = 2;
    const DEPARTMENT: u128 = 3;
    const OTHER: u128 = 4;
    const COMMUNE: u128 = 5;
    const PARTY: u128 = 8;
    const GONE: u128 = 10;

    fn plan(follower: u128, issuer: Option<u128>, confirmed_by: Option<u128>) -> Standing {
        Standing {
            follower: id(follower),
            issuer: issuer.map(id),
            confirmed_by: confirmed_by.map(id),
            is_refused: false,
        }
    }

    fn gives(own: u128, unit: u128, plan: Option<&Standing>) -> bool {
        may_give(&House, id(own), id(unit), plan)
    }

    #[test]
    fn work_goes_down_the_tree() {
        assert!(gives(COMMUNE, 7, None) && gives(COMMUNE, COMMUNE, None));
        assert!(!gives(COMMUNE, OTHER, None) && !gives(DEPARTMENT, COMMUNE, None) && !gives(7, COMMUNE, None));
        assert!(gives(COMMITTEE, COMMUNE, None), "the committee acts for the whole province");
    }

    #[test]
    fn the_committee_says_no_word_for_the_party() {
        let says = |own: u128, unit: u128| speaks_over(&House, id(own), id(unit));
        assert!(says(COMMITTEE, DEPARTMENT) && says(COMMITTEE, COMMUNE) && says(8, 8) && says(1, 8));
        assert!(!says(COMMITTEE, 8) && !says(COMMUNE, 8));
        assert!(!says(COMMITTEE, 9) && says(8, 9), "nor for its office");
    }

    #[test]
    fn a_document_of_the_party_waits_for_its_word_though_the_committee_follows_it() {
        for issuer in [PARTY, 9] {
            let followed = plan(COMMITTEE, Some(issuer), None);
            assert!(is_unconfirmed(&House, &followed), "{issuer}");
            assert!(gives(COMMITTEE, COMMUNE, Some(&followed)), "what the committee may give of itself");
        }
        assert_eq!(source(&House, &plan(COMMITTEE, Some(PARTY), Some(PARTY))), Some(id(PARTY)));
        assert_eq!(source(&House, &plan(PARTY, Some(9), None)), Some(id(9)));
        assert_eq!(source(&House, &plan(COMMITTEE, Some(DEPARTMENT), None)), Some(id(DEPARTMENT)));
    }

    #[test]
    fn the_word_of_a_body_that_was_merged_away_is_its_successors() {
        let said = plan(OTHER, Some(GONE), Some(GONE));
        assert_eq!(source(&House, &said), Some(id(DEPARTMENT)));
        assert!(gives(OTHER, DEPARTMENT, Some(&said)) && !gives(OTHER, COMMUNE, Some(&said)));
        assert!(could_be_given(&House, id(DEPARTMENT), &plan(OTHER, Some(GONE), None)));
        assert!(!is_unconfirmed(&House, &plan(DEPARTMENT, Some(GONE), None)), "its own by now");
    }

    #[test]
    fn a_head_that_nobody_confirmed_gives_nothing() {
        let forged = plan(COMMUNE, Some(COMMITTEE), None);
        assert!(!gives(COMMUNE, OTHER, Some(&forged)) && gives(COMMUNE, 7, Some(&forged)));
        assert!(could_be_given(&House, id(OTHER), &forged), "the committee could give it");
        assert!(!could_be_given(&House, id(OTHER), &plan(COMMUNE, Some(6), None)));
    }

    #[test]
    fn ones_own_plan_reaches_no_further_than_oneself() {
        let own = plan(COMMUNE, Some(COMMUNE), None);
        assert_eq!(source(&House, &own), Some(id(COMMUNE)));
        assert!(!gives(COMMUNE, OTHER, Some(&own)));
        let confirmed_by_itself = plan(COMMUNE, Some(COMMUNE), Some(COMMUNE));
        assert!(!gives(COMMUNE, OTHER, Some(&confirmed_by_itself)));
    }

    #[test]
    fn a_follower_named_from_above_gives_work_within_the_plan() {
        let named = plan(DEPARTMENT, Some(COMMITTEE), Some(COMMITTEE));
        assert!(gives(DEPARTMENT, COMMUNE, Some(&named)) && !gives(OTHER, COMMUNE, Some(&named)));
        assert!(!gives(DEPARTMENT, COMMUNE, None), "only within the plan");
        assert!(may_bring_in(&House, id(OTHER), id(6), &named));
        let refused = Standing { is_refused: true, ..named };
        assert!(!gives(DEPARTMENT, COMMUNE, Some(&refused)) && !may_bring_in(&House, id(OTHER), id(6), &refused));
    }
}
