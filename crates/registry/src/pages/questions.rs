//! The questions about one system, a group on each screen; each screen is kept when it is left.

use std::collections::BTreeMap;

use axum::extract::Path;
use jiff::civil::Date;
use kernel::Problem;
use minijinja::{Value, context};
use portfolio::{
    questions::{Asked, QuestionText},
    table::FactKind,
};
use webkit::{Answers, Form, Kept as _, Outcome, Req};

use crate::{
    model::{
        System, SystemId,
        appraiser::{Asking, Fields, fields},
        closed_days,
        group::{Group, groups},
        proposed::Proposed,
    },
    store::{assessment, landscape},
    usecase::{
        assess::{Sent, assessment_answer, check_assessed, proposed},
        in_force::appraiser,
        rule_words::{Telling, say},
        sources,
    },
};

/// What stands on a screen: which questions are asked now, and with which answers.
struct Screen {
    shown: Vec<usize>,
    /// Groups in which something is open.
    open: Vec<&'static str>,
    given: Fields,
    prefilled: Fields,
    proposed: Proposed,
    effort: Option<i64>,
    earliest: Option<Date>,
    closed_days: Vec<String>,
    rev: i64,
}

async fn screen(req: &Req, id: SystemId, group: &Group) -> Result<(System, Screen), Problem> {
    let conn = req.app.db().read();
    let system = System::seen(&req.app, &req.ctx, &conn, id).await?;
    system.check(&req.app, &req.ctx)?;
    check_assessed(&system)?;
    let beside = sources::beside(&req.app, &req.ctx, &[id]).await?;
    let (appraiser, around) = (appraiser(&conn).await?, landscape::around(&conn, id).await?.hearing(beside));
    let row = assessment::of(&conn, id).await?;
    let given = row.as_ref().map(|row| fields(&row.answers)).unwrap_or_default();
    let proposed = proposed(&around, id, &req.ctx);
    let inventory = proposed.clone().fields();
    let answers = appraiser.answers(Asking { inventory: &inventory, given: &given, effort: None });
    let asked = appraiser.questionnaire.asked(&answers);
    let is_shown = |at: &usize| asked.get(*at) == Some(&Asked::Yes);
    let is_open = |at: &usize| is_shown(at) && answers.answer(*at).is_none();
    let open = groups().iter().filter(|one| one.places(&appraiser.questionnaire).iter().any(is_open));
    let screen = Screen {
        shown: group.places(&appraiser.questionnaire).into_iter().filter(is_shown).collect(),
        open: open.map(|one| one.key.as_str()).collect(),
        prefilled: appraiser.prefilled(&inventory),
        proposed,
        effort: row.as_ref().and_then(|row| row.effort),
        earliest: row.as_ref().and_then(|row| row.earliest),
        closed_days: row.as_ref().map(|row| closed_days::typed(&row.spans())).unwrap_or_default(),
        rev: row.as_ref().map_or(0, |row| row.rev),
        given,
    };
    Ok((system, screen))
}

pub async fn show(req: Req, Path((id, group)): Path<(SystemId, String)>) -> Outcome {
    let group = Group::find(&group).ok_or_else(Problem::not_found)?;
    let (system, screen) = screen(&req, id, group).await?;
    let appraiser = appraiser(&req.app.db().read()).await?;
    let questions = appraiser.questionnaire.questions();
    let rows: Vec<Value> = screen.shown.iter().filter_map(|at| Some(row(&req, questions.get(*at)?, &screen))).collect();
    let places = groups().iter().map(|one| {
        let (is_here, is_open) = (one.key == group.key, screen.open.contains(&one.key.as_str()));
        context! { key => &one.key, say => say(req.ctx.lang, &one.say), is_here, is_open }
    });
    let is_last = groups().last().is_some_and(|last| last.key == group.key);
    let page = context! {
        id => id.to_string(), name => system.name.to_string(), title => say(req.ctx.lang, &group.say), rows,
        unfit => appraiser.is_unfit(),
        groups => places.collect::<Vec<_>>(), rev => screen.rev, effort => screen.effort.filter(|_| is_last), is_last,
        earliest => screen.earliest.map(|day| day.to_string()), closed_days => screen.closed_days.join("\n"),
        shown => screen.shown.iter().filter_map(|at| Some(questions.get(*at)?.key.as_str())).collect::<Vec<_>>().join(","),
    };
    req.page("registry/questions.html", page).await
}

fn row(req: &Req, question: &QuestionText, screen: &Screen) -> Value {
    let lang = req.ctx.lang;
    let telling = Telling { core: &req.app, lang };
    let text = |key: &str| telling.text(key, &[]);
    let (given, known) = (screen.given.get(&question.key), screen.prefilled.get(&question.key));
    let value = given.or(known).map(|value| match value {
        serde_json::Value::Null => "unknown".to_owned(),
        serde_json::Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        serde_json::Value::String(code) => code.clone(),
        other => other.to_string(),
    });
    let option = |value: &str, text: String| context! { value, text };
    let mut options: Vec<Value> = match question.kind {
        FactKind::Bool => vec![option("yes", text("value-yes")), option("no", text("value-no"))],
        FactKind::Choice => {
            question.values.iter().map(|one| option(&one.code, say(lang, &one.say).to_owned())).collect()
        }
        FactKind::Number => Vec::new(),
    };
    if !options.is_empty() {
        options.push(option("unknown", text("answer-unknown")));
    }
    context! {
        name => format!("q_{}", question.key), says => say(lang, &question.say), help => say(lang, &question.help),
        evidence => say(lang, &question.evidence), options, value => value.unwrap_or_default(),
        unit => question.unit.as_ref().map(|unit| say(lang, unit)),
        source => (given.is_none() && known.is_some()).then(|| screen.proposed.source(question)),
    }
}

/// Keeps what stands on the screen, and leads to what is open next.
pub async fn save(req: Req, Path((id, group)): Path<(SystemId, String)>, Form(sent): Form<Answers>) -> Outcome {
    let group = Group::find(&group).ok_or_else(Problem::not_found)?;
    let shown = sent.text("shown").split(',').filter(|key| !key.is_empty());
    let answers: BTreeMap<String, String> =
        shown.map(|key| (key.to_owned(), sent.text(&format!("q_{key}")).to_owned())).collect();
    let said = |name: &str| (sent.text("has_effort") == "1").then(|| sent.text(name).to_owned());
    let (effort, earliest, closed_days) = (said("effort"), said("earliest"), said("closed_days"));
    let rev = sent.rev(&req)?;
    assessment_answer(&req.app, &req.ctx, (id, rev), &Sent { answers, effort, earliest, closed_days }).await?;
    let (_, then) = screen(&req, id, group).await?;
    let here = groups().iter().position(|one| one.key == group.key).unwrap_or(0);
    // What an answer opened on this screen comes first, then the screens behind it, then those before it.
    let order = groups().iter().skip(here).chain(groups().iter().take(here));
    let next = order.map(|one| one.key.as_str()).find(|key| then.open.contains(key));
    let path = match next {
        Some(next) => format!("/systems/{id}/assessment/{next}"),
        None => format!("/systems/{id}/assessment"),
    };
    Ok(Req::go(&path, "answers-saved"))
}
