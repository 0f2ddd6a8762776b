//! How the list of plans is ordered. All of them stand on one page, so it is ordered as it is shown.

use derive::Code;
use kernel::{Code as _, text::sort_key};
use minijinja::{Value, context};
use webkit::Req;

use crate::{
    plans::{store::plan::PlanRow, usecase::names::issuer},
    work::model::order::Order,
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Code)]
#[code(key = "sort")]
enum PlanBy {
    /// The newest first.
    #[default]
    Taken,
    Number,
    Issuer,
    /// What waits for somebody first, what has ended last.
    State,
}

const STATES: [&str; 7] = ["review", "reading", "live", "filed", "refused", "replaced", "withdrawn"];

/// What a saved view may ask of the list.
pub fn knows(key: &str, value: &str) -> bool {
    key == "sort" && Order::<PlanBy>::parse(value).is_some()
}

/// Puts the plans in the order that the address asks for; answers the heads of their table.
pub fn ordered(req: &Req, plans: &mut [PlanRow]) -> Value {
    let now = req.query("sort").and_then(|text| Order::<PlanBy>::parse(&text)).unwrap_or_default();
    let place = |plan: &PlanRow| match now.by {
        PlanBy::Taken => format!("{:020}", i64::MAX - plan.created_at),
        PlanBy::Number => sort_key(&plan.label()),
        PlanBy::Issuer => sort_key(&issuer(req.app.bodies(), plan).unwrap_or_default()),
        PlanBy::State => STATES.iter().position(|state| *state == plan.state).unwrap_or(STATES.len()).to_string(),
    };
    // Those of one place stay as they are: the newest first.
    plans.sort_by_cached_key(place);
    if now.is_falling {
        plans.reverse();
    }
    let head = |by: PlanBy| {
        // Of days the newest come first: what is shown falls.
        let runs = || Order { is_falling: now.is_falling != (by == PlanBy::Taken), ..now }.runs();
        let href = format!("/plans?sort={}", now.next(by).code());
        (by.code(), context! { href, order => (now.by == by).then(runs) })
    };
    Value::from_pairs(PlanBy::ALL.iter().copied().map(head))
}
