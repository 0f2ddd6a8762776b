//! The label of a platform: for its owner, and for everybody.

use axum::extract::Path;
use kernel::{Code as _, Problem};
use minijinja::{Value, context};
use webkit::{Confirm, Kept as _, ListPage, Outcome, Req, Stop};

use crate::{
    api::paged::{AT_ONCE, after, cut},
    model::{
        SystemId, evidence,
        label::{LabelLine, requirements, standing},
        level::ControlState,
    },
    store::label::{Labelled, lines, published},
    usecase::{
        label::{label_of, may_publish, stops},
        rule_words::{say, status},
    },
};

/// Where the requirements come from, and from when on they hold.
fn basis(req: &Req) -> Value {
    let (all, lang) = (requirements(), req.ctx.lang);
    context! {
        source => say(lang, &all.edition.source), note => say(lang, &all.edition.note), status => status(&all.edition),
        dated => all.edition.dated.to_string(), since => all.from.to_string(), older_by => all.older_by.to_string(),
    }
}

/// Each requirement with what is said of it; an address is a link that names where it leads.
fn rows(req: &Req, lines: &[LabelLine]) -> Vec<Value> {
    let row = |requirement: &crate::model::label::Requirement| {
        let line = lines.iter().find(|line| line.requirement == requirement.key);
        let state = line.map_or(ControlState::Unsaid, |line| line.state);
        let evidence = line.and_then(|line| line.evidence.as_deref());
        let host = evidence.and_then(evidence::host);
        context! {
            key => &requirement.key, says => say(req.ctx.lang, &requirement.say),
            is_required => requirement.is_required,
            value => state.code(), state => state.words(), look => state.look(), evidence, host,
            on => line.map(|line| line.on_day.to_string()),
        }
    };
    requirements().requirements.iter().map(row).collect()
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let (system, label, lines) = label_of(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    let (met, open) = standing(&lines);
    let states = ControlState::CODES.iter().copied().filter(|code| *code != ControlState::NotApplied.code());
    let is_public = label.as_ref().is_some_and(|row| row.published_on.is_some());
    let waits = label.as_ref().is_some_and(|row| row.waits(system.state, &lines));
    let page = context! {
        id => id.to_string(), name => system.name.as_str(), rows => rows(&req, &lines), met, open, waits,
        may_publish => may_publish(&req.app, &req.ctx, &system).is_ok() && (is_public || open == 0),
        published_on => label.as_ref().and_then(|row| row.published_on).map(|day| day.to_string()),
        rev => label.map_or(0, |row| row.rev), may_edit => system.check(&req.app, &req.ctx).is_ok(),
        states => req.choices(ControlState::KEY, states), basis => basis(&req),
    };
    req.page("registry/label.html", page).await
}

/// The page before a leader makes a label public, takes that back, or says no to what waits.
pub async fn ask(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let (system, label, lines) = label_of(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    may_publish(&req.app, &req.ctx, &system)?;
    let words = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let is_public = label.as_ref().is_some_and(|row| row.published_on.is_some());
    let (title, says, publish) = match (is_public, req.query("no").is_some()) {
        (true, _) => ("label-unpublish", "label-ask-unpublish", "no"),
        (false, true) => ("label-decline", "label-ask-decline", "no"),
        (false, false) => ("label-publish", "label-ask-publish", "yes"),
    };
    let above = format!("/systems/{id}/label");
    let stop = |problem: Problem| {
        let text = words(&format!("problem-{}", problem.code));
        Stop { text, href: above.clone(), way: words("label") }
    };
    let stops = if publish == "no" { vec![] } else { stops(&req.ctx, &system, &lines) };
    let stops = stops.into_iter().map(stop).collect();
    let confirm = Confirm {
        title: words(title),
        above,
        above_name: system.name.to_string(),
        says: vec![req.app.locales().text(req.ctx.lang, says, &[("name", system.name.as_str().into())])],
        stops,
        carried: vec![("rev", label.map_or(0, |row| row.rev).to_string()), ("publish", publish.to_owned())],
        button: words(title),
        after: words("level-after"),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

fn shown(req: &Req, one: &Labelled) -> Value {
    context! {
        id => one.id.to_string(), name => one.name.as_str(), code => one.code.as_deref(), kind => one.kind.words(),
        owner => req.app.bodies().body(one.owner_id).map(|body| body.name),
        published_on => one.published_on.to_string(),
    }
}

/// For whoever wants to know which platforms have a label.
pub async fn public_list(req: Req) -> Outcome {
    let from = after(&req)?;
    let ListPage { items: all, next } = cut(from, published(&req.app.db().read(), None, (from, AT_ONCE + 1)).await?);
    if from > 0 && all.is_empty() {
        return Err(Problem::not_found().into());
    }
    let next = next.map(|after| format!("/public/platforms?after={after}"));
    let page = context! { rows => all.iter().map(|one| shown(&req, one)).collect::<Vec<_>>(), next };
    req.page("registry/public_labels.html", page).await
}

pub async fn public(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let one = published(&conn, Some(id), (0, 1)).await?.pop().ok_or_else(Problem::not_found)?;
    let lines = lines(&conn, id).await?;
    let page = context! {
        platform => shown(&req, &one), rows => rows(&req, &lines), met => standing(&lines).0, basis => basis(&req),
    };
    req.page("registry/public_label.html", page).await
}
