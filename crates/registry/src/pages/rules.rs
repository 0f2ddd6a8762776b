//! The open rules: editions, each in words, what one would change, and the weights of priority.

use axum::extract::Path;
use db::Row as _;
use kernel::{Code as _, Problem};
use minijinja::{Value, context};
use webkit::{Acted, Answers, Confirm, Form, ListPage, Outcome, Req, view};

use super::{
    rule_draft,
    rule_table::{edition, table, telling},
};
use crate::{
    api::paged::{AT_ONCE, after, cut},
    model::{
        appraiser::Appraiser,
        rules::{RuleSet, RuleSetId, RulesKind, RulesState},
    },
    store::{rules, seen},
    usecase::{classify::may_plan, in_force, rule_words::say, rules as editions, sensitivity::sensitivity},
};

/// Names that a page shows of those whom an edition would move.
const NAMED: usize = 100;

fn weights_of(req: &Req, appraiser: &Appraiser) -> Vec<Value> {
    let lang = req.ctx.lang;
    let rows = appraiser.weights.criteria().iter().map(|one| {
        let points = one
            .values
            .iter()
            .filter_map(|value| Some(format!("{}: {}", say(lang, &value.say), one.points.get(&value.code)?)));
        let unit = one.unit.as_ref().map(|unit| say(lang, unit)).unwrap_or_default();
        let full =
            one.full_at.map(|full| telling(req).text("points-full", &[("number", full.into()), ("unit", unit.into())]));
        context! {
            key => &one.key, says => say(lang, &one.say), weight => one.weight,
            points => points.chain(full).collect::<Vec<_>>().join("; "),
        }
    });
    rows.collect()
}

pub async fn list(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let appraiser = in_force::appraiser(&conn).await?;
    let from = after(&req)?;
    let ListPage { items: all, next } = cut(from, rules::some(&conn, (from, AT_ONCE + 1)).await?);
    let acts: Vec<Acted> = all.iter().map(|one| Acted::new(&one.brought_by, one.brought_at, None)).collect();
    let who = req.app.who(&acts).await?;
    let rows = all.iter().zip(who).map(|(one, who)| {
        context! {
            id => one.id.to_string(), kind => one.kind.words(), edition => &one.edition, state => one.state.words(),
            look => one.state.look(), since => one.since.map(|day| day.to_string()), at => one.brought_at, who => view(who),
            note => one.note.as_ref().map(ToString::to_string),
        }
    });
    let page = context! {
        rows => rows.collect::<Vec<_>>(), table => table(&req, appraiser.strategies.table().text(), &[]),
        edition => edition(&req, appraiser.strategies.table().edition()), unfit => appraiser.is_unfit(),
        may_plan => may_plan(&req.app, &req.ctx).is_ok(),
        next => next.map(|after| format!("/systems/rules?after={after}")),
    };
    req.page("registry/rules.html", page).await
}

/// The form of a new edition, with the one in force to begin with.
pub async fn new_form(req: Req) -> Outcome {
    may_plan(&req.app, &req.ctx)?;
    let appraiser = in_force::appraiser(&req.app.db().read()).await?;
    let body = serde_json::to_string_pretty(appraiser.strategies.table().text()).map_err(Problem::internal)?;
    let page = context! { body, kind => RulesKind::Strategy.code(), edition => appraiser.edition() };
    req.page("registry/rules_new.html", page).await
}

async fn edition_of(req: &Req, id: RuleSetId) -> Result<RuleSet, Problem> {
    RuleSet::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)
}

/// An edition in words, and what it would change; a draft as it stands.
pub async fn show(req: Req, Path(id): Path<RuleSetId>) -> Outcome {
    let (conn, one) = (req.app.db().read(), edition_of(&req, id).await?);
    if one.state == RulesState::Draft {
        return rule_draft::show(&req, one).await;
    }
    let found = in_force::with(&conn, &one).await?;
    let (is_in_force, is_unfit) = (one.state == RulesState::InForce, found.is_none());
    let appraiser = found.unwrap_or_else(Appraiser::shipped);
    let change = if is_in_force || is_unfit {
        editions::Change::default()
    } else {
        editions::preview(&req.app, &req.ctx, &conn, &one).await?
    };
    let ids: Vec<_> = change.moved.iter().map(|one| one.system).collect();
    let seen = seen::among(&req.app, &req.ctx, &conn, &ids).await?;
    let named = change.moved.iter().filter(|one| seen.has(one.system)).take(NAMED).map(|one| {
        context! { id => one.system.to_string(), name => &one.name, from => one.from.words(), to => one.to.words() }
    });
    let is_table = one.kind == RulesKind::Strategy;
    let of = if is_table { appraiser.strategies.table().edition() } else { &appraiser.weights.text().edition };
    let page = context! {
        id => id.to_string(), kind => one.kind.words(), label => one.edition, state => one.state.words(),
        look => one.state.look(), since => one.since.map(|day| day.to_string()),
        note => one.note.as_ref().map(ToString::to_string), is_table, is_in_force, is_unfit, edition => edition(&req, of),
        table => if is_table { table(&req, appraiser.strategies.table().text(), &[]) } else { Vec::new() },
        weights => if is_table { Vec::new() } else { weights_of(&req, &appraiser) },
        moved => change.moved.len(), named => named.collect::<Vec<_>>(), scores => change.scores, systems => change.systems,
        body => one.body, may_plan => may_plan(&req.app, &req.ctx).is_ok(),
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
    };
    req.page("registry/rule_parts.html", page).await
}

pub async fn ask_use(req: Req, Path(id): Path<RuleSetId>) -> Outcome {
    may_plan(&req.app, &req.ctx)?;
    let (conn, one) = (req.app.db().read(), edition_of(&req, id).await?);
    let change = editions::preview(&req.app, &req.ctx, &conn, &one).await?;
    let text = |key: &str| telling(&req).text(key, &[]);
    let ids: Vec<_> = change.moved.iter().map(|one| one.system).collect();
    let seen = seen::among(&req.app, &req.ctx, &conn, &ids).await?;
    let moved = change
        .moved
        .iter()
        .filter(|one| seen.has(one.system))
        .take(NAMED)
        .map(|one| format!("{}: {} → {}", one.name, text(&one.from.words()), text(&one.to.words())));
    let count =
        [("moved", change.moved.len().into()), ("systems", change.systems.into()), ("scores", change.scores.into())];
    let confirm = Confirm {
        title: telling(&req).text("rules-use", &[("edition", one.edition.clone().into())]),
        above: format!("/systems/rules/{id}"),
        above_name: one.edition.clone(),
        says: vec![telling(&req).text("rules-use-what", &count)],
        button: text("rules-use-now"),
        after: text("rules-use-after"),
        ..Confirm::default()
    };
    confirm
        .list(telling(&req).text("rules-moved", &[("count", change.moved.len().into())]), moved.collect())
        .show(&req)
        .await
}

/// The weights, what each gives, and whether another weight would change who comes first.
pub async fn weights(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let appraiser = in_force::appraiser(&conn).await?;
    let said = sensitivity(&req.app, &req.ctx, &conn).await?;
    let rows = weights_of(&req, &appraiser).into_iter().zip(&said.weights).map(|(row, one)| {
        context! { row, more => view(&one.heavier), less => view(&one.lighter) }
    });
    let page = context! {
        rows => rows.collect::<Vec<_>>(), first => said.first, shift => said.percent,
        edition => edition(&req, &appraiser.weights.text().edition),
        may_plan => may_plan(&req.app, &req.ctx).is_ok(), unfit => appraiser.is_unfit(),
    };
    req.page("registry/weights.html", page).await
}

/// Other weights, as an edition that is looked at before it is in force.
pub async fn weights_save(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let appraiser = in_force::appraiser(&req.app.db().read()).await?;
    let criteria = appraiser.weights.criteria().iter();
    let weights: Vec<(String, String)> =
        criteria.map(|one| (one.key.clone(), sent.text(&format!("w_{}", one.key)).to_owned())).collect();
    let row = editions::weights_propose(&req.app, &req.ctx, &weights, sent.text("note")).await?;
    Ok(Req::go(&format!("/systems/rules/{}", row.id), "rules-kept"))
}
