//! The page on which somebody says which item of a plan is one of the plan above it.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::plans::{
    model::cascade::Item,
    pages::cascade::{plan_view, target_view, task_view},
    store,
    usecase::{
        cascade::{Compared, compare},
        pair::{Candidate, Choice, targets, tasks},
        review::resource,
    },
};

fn view<T: Item>(compared: &Compared, choice: &Choice<T>, shown: impl Fn(&T) -> Value) -> Value {
    let above = choice.above.id();
    let candidate = |one: &Candidate<T>| {
        let below = [&one.item];
        let is_apart = compared.said_apart(above, &below).next().is_some();
        context! { item => shown(&one.item), alike => one.alike, rev => compared.rev(above, one.item.id()), is_apart }
    };
    context! {
        item => shown(&choice.above), all => choice.all, more => choice.all - choice.candidates.len(),
        candidates => choice.candidates.iter().map(candidate).collect::<Vec<_>>(),
    }
}

/// Proposes what is most alike; `q` narrows it by words.
pub async fn choose(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = store::role::list(&conn, id).await?;
    req.app.authorizer().check(&req.ctx, "plan.approve", &resource(&plan, &roles))?;
    let above = req.query("above").and_then(|id| id.parse().ok()).ok_or_else(Problem::not_found)?;
    let (item, words) = (req.query("item").unwrap_or_default(), req.query("q").unwrap_or_default());
    let compared = compare(&req.app, above, id).await?;
    let choice = match tasks(&compared, &item, &words).await? {
        Some(choice) => view(&compared, &choice, task_view),
        None => {
            let target = targets(&compared, &item, &words).await?;
            view(&compared, &target.ok_or_else(|| Problem::bad_input("pair-not-above"))?, target_view)
        }
    };
    let bodies = req.app.bodies();
    let page = context! { above => plan_view(bodies, &compared.above), below => plan_view(bodies, &compared.below), words, choice };
    req.page("programme/pairs.html", page).await
}
