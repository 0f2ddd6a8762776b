//! What is decided of all systems in numbers, and of one in words; and the form by which a reviewer decides otherwise.

use axum::extract::Path;
use kernel::{Code as _, share};
use minijinja::{Value, context};
use webkit::{Acted, Kept as _, Outcome, Req, view};

use crate::{
    model::{
        System, SystemId,
        assessment::{MoveStrategy, ReviewState},
        group::{Group, groups},
    },
    store::{assessment, seen},
    usecase::{
        appraisal::appraisal,
        assess::check_assessed,
        classify::{CLASSIFIED, may_plan},
        impact::may_map,
        in_force,
        review::may_review,
        rule_words::say,
        similar::alike,
    },
};

pub async fn overview(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let counts = assessment::counts(&conn, seen::condition(&req.app, &req.ctx, &conn)).await?;
    let unclassified = assessment::unclassified(&conn, seen::condition(&req.app, &req.ctx, &conn)).await?;
    let sum = |holds: &dyn Fn(&assessment::Count) -> bool| -> i64 {
        counts.iter().filter(|one| holds(one)).map(|one| one.count).sum()
    };
    let (all, answered) = (sum(&|_| true), sum(&|one| one.is_answered > 0));
    let overruled = sum(&|one| one.review == ReviewState::Overruled);
    let reviewed = overruled + sum(&|one| one.review == ReviewState::Accepted);
    let row = |strategy: &MoveStrategy| {
        let count = sum(&|one| one.strategy == *strategy);
        context! { code => strategy.code(), words => strategy.words(), count, share => share(count, all, 0) }
    };
    let appraiser = in_force::appraiser(&conn).await?;
    let page = context! {
        rows => MoveStrategy::ALL.iter().map(row).collect::<Vec<_>>(), all, answered, reviewed, overruled, unclassified,
        rate => share(overruled, reviewed, 0),
        rules => appraiser.edition(), unfit => appraiser.is_unfit(),
        may_plan => may_plan(&req.app, &req.ctx).is_ok(),
        history => view(webkit::history(&req.app, &req.ctx, CLASSIFIED, 10).await?),
    };
    req.page("registry/assessments.html", page).await
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let said = appraisal(&req.app, &req.ctx, &conn, id).await?;
    let system = System::seen(&req.app, &req.ctx, &conn, id).await?;
    let row = assessment::of(&conn, id).await?;
    let reviewer = match row.as_ref().and_then(|row| row.reviewed_by.as_deref().zip(row.reviewed_at)) {
        Some((mark, at)) => req.app.who(&[Acted::new(mark, at, None)]).await?.pop().map(view),
        None => None,
    };
    let may_edit = check_assessed(&system).and_then(|()| system.check(&req.app, &req.ctx)).is_ok();
    let alike = if may_edit { alike(&req.app, &req.ctx, &conn, &system).await? } else { Vec::new() };
    let appraiser = in_force::appraiser(&conn).await?;
    let questionnaire = &appraiser.questionnaire;
    let group = |group: &'static Group| {
        let own = group.places(questionnaire).into_iter().filter_map(|at| said.answers.get(at));
        let own: Vec<Value> = own.filter(|one| one.by != "none").map(view).collect();
        let open = said
            .answers
            .iter()
            .enumerate()
            .filter(|(at, one)| one.by == "open" && group.places(questionnaire).contains(at));
        context! { key => &group.key, say => say(req.ctx.lang, &group.say), open => open.count(), answers => own }
    };
    let offered = alike.iter().map(|one| {
        context! { id => one.system.to_string(), name => &one.name, percent => one.percent, agree => one.agree,
        known => one.both_known, brings => one.brings }
    });
    let page = context! {
        strategy => said.strategy.words(), by_rules => said.by_rules.words(),
        review => said.review.words(), look => said.review.look(), is_overruled => said.review == ReviewState::Overruled,
        groups => groups().iter().map(group).collect::<Vec<_>>(), alike => offered.collect::<Vec<_>>(), said => view(&said),
        looked_at => assessment::LOOKED_AT, unfit => appraiser.is_unfit(),
        carried_out => said.is_carried_out, reviewer, reviewed_at => row.as_ref().and_then(|row| row.reviewed_at), may_edit,
        may_review => row.is_some() && may_review(&req.app, &req.ctx, &system).is_ok(),
        may_map => may_map(&req.app, &req.ctx, &system).is_ok(),
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
    };
    req.page("registry/assessment.html", page).await
}

/// Accept what the rules say, or decide otherwise.
pub async fn review_form(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let system = System::seen(&req.app, &req.ctx, &conn, id).await?;
    may_review(&req.app, &req.ctx, &system)?;
    let said = appraisal(&req.app, &req.ctx, &conn, id).await?;
    let page = context! {
        id => id.to_string(), name => system.name.to_string(), rev => said.rev, by_rules => said.by_rules.words(),
        parts => view(&said.parts), decisive => &said.decisive, reason => said.reason,
        strategies => req.choices(MoveStrategy::KEY, MoveStrategy::CODES.iter().copied()),
        chosen => (said.review == ReviewState::Overruled).then(|| said.strategy.code()),
        unfit => in_force::appraiser(&conn).await?.is_unfit(),
    };
    req.page("registry/review.html", page).await
}
