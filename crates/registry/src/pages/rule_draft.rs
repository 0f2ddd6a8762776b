//! A draft of an edition, changed rule by rule, in words; what is typed is kept at every press.

use axum::extract::Path;
use db::Row as _;
use kernel::{Code as _, Problem};
use minijinja::{Value, context};
use portfolio::table::{ConditionText, FactKind, FactText, Op, PartText, RuleText, Step};
use webkit::{Answers, Form, Outcome, Req, history_of_parts, url_encode, view};

use super::rule_table::{edition, table, telling};
use crate::{
    model::rules::{RuleSet, RuleSetId, RulesState},
    usecase::{
        classify::may_plan,
        rule_draft::{self as drafts, Edit},
        rule_words::say,
    },
};

fn page_of(id: RuleSetId) -> String {
    format!("/systems/rules/{id}")
}

/// The place of a rule on the page of its draft.
fn place(id: RuleSetId, part: &str, rule: &str) -> String {
    format!("{}#rule-{}-{}", page_of(id), url_encode(part), url_encode(rule))
}

/// Begins a draft, over the edition that is named or over what decides today.
pub async fn begin(req: Req, Form(sent): Form<Answers>) -> Outcome {
    let from: Option<RuleSetId> = match sent.text("from") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::not_found())?),
    };
    let row = drafts::draft_begin(&req.app, &req.ctx, from).await?;
    Ok(Req::go(&page_of(row.id), "rules-begun"))
}

/// The draft part by part, and what keeps it from being proposed.
pub async fn show(req: &Req, one: RuleSet) -> Outcome {
    let text = drafts::table_of(&one)?;
    let lacks = drafts::draft_lacks(&req.app, &req.ctx, &one).await?;
    let elsewhere = lacks.iter().filter(|lack| lack.places.is_empty()).map(|lack| lack.words.clone());
    let id = one.id.to_string();
    let about = |detail: &serde_json::Value| detail["rule"].as_str().filter(|key| !key.is_empty()).map(str::to_owned);
    let history = history_of_parts(&req.app, &req.ctx, &id, 20, about).await?;
    let page = context! {
        id, label => one.edition, state => one.state.words(), look => one.state.look(), rev => one.rev,
        edition => edition(req, &text.edition), table => table(req, &text, &lacks), lacking => lacks.len(),
        elsewhere => elsewhere.collect::<Vec<_>>(), body => one.body,
        may_plan => may_plan(&req.app, &req.ctx).is_ok(), history => view(history),
    };
    req.page("registry/rules_draft.html", page).await
}

/// What is pressed on the page of a draft: a rule goes earlier, later or out; the file is replaced; the draft is
/// proposed or let go.
pub async fn act(req: Req, Path(id): Path<RuleSetId>, Form(sent): Form<Answers>) -> Outcome {
    let (typed, over) = (sent.text("act"), (id, sent.rev(&req)?));
    let (verb, about) = typed.split_once(' ').unwrap_or((typed, ""));
    let (part, rule) = about.split_once('/').unwrap_or_default();
    let edit = match verb {
        "earlier" => Edit::Step { part, rule, step: Step::Earlier },
        "later" => Edit::Step { part, rule, step: Step::Later },
        "out" => Edit::TakeOut { part, rule },
        "file" => Edit::File(sent.text("body")),
        "propose" => {
            drafts::draft_propose(&req.app, &req.ctx, over, sent.text("note")).await?;
            return Ok(Req::go(&page_of(id), "rules-kept"));
        }
        "drop" => {
            drafts::draft_drop(&req.app, &req.ctx, over).await?;
            return Ok(Req::go("/systems/rules", "rules-dropped"));
        }
        other => return Err(Problem::bad_input("unknown-choice").with("text", other).into()),
    };
    drafts::draft_change(&req.app, &req.ctx, over, &edit).await?;
    let to = if matches!(edit, Edit::Step { .. }) { place(id, part, rule) } else { page_of(id) };
    Ok(Req::go(&to, "rules-changed"))
}

fn option(value: &str, text: &str) -> Value {
    context! { value, text }
}

/// A line of the form: a test of a fact with what it can say, or a group in words.
fn line(req: &Req, facts: &[FactText], (at, one): (usize, &ConditionText)) -> Value {
    let (telling, lang) = (telling(req), req.ctx.lang);
    let asked = one.line().and_then(|line| Some((facts.iter().find(|fact| fact.key == line.fact)?, line)));
    let Some((fact, line)) = asked else {
        return context! { at, says => telling.text("rule-group", &[]), group => telling.condition(facts, one) };
    };
    let words = |op: &Op| telling.text(&format!("rule-op-{}", op.code().replace('_', "-")), &[]);
    let ops = Op::of(fact.kind).iter().map(|op| option(op.code(), &words(op)));
    let values = fact.values.iter().enumerate().map(|(place, value)| {
        let (name, text) = (format!("value-{at}-{place}"), say(lang, &value.say));
        context! { id => &name, name => &name, text, value => "1", checked => line.values.contains(&value.code) }
    });
    context! {
        at, says => say(lang, &fact.say), ops => ops.collect::<Vec<_>>(), op => line.op.code(),
        values => values.collect::<Vec<_>>(), is_number => fact.kind == FactKind::Number,
        unit => fact.unit.as_ref().map(|unit| say(lang, unit)),
        least => line.least.map(|number| number.to_string()), below => line.below.map(|number| number.to_string()),
    }
}

/// The form of a rule; of a new one where none is named.
pub async fn rule_form(req: Req, Path(id): Path<RuleSetId>) -> Outcome {
    may_plan(&req.app, &req.ctx)?;
    let found = RuleSet::get(&req.app.db().read(), id).await?.filter(|one| one.state == RulesState::Draft);
    let one = found.ok_or_else(Problem::not_found)?;
    let (text, lang) = (drafts::table_of(&one)?, req.ctx.lang);
    let named = req.query("part").unwrap_or_default();
    let part: &PartText = text.parts.iter().find(|part| part.key == named).ok_or_else(Problem::not_found)?;
    let rule: Option<&RuleText> = match req.query("rule") {
        Some(key) => Some(part.rule(&key).ok_or_else(Problem::not_found)?),
        None => None,
    };
    let condition = rule.map(|rule| rule.when.lines()).unwrap_or_default();
    let lines = condition.lines.iter().enumerate().map(|one| line(&req, &text.facts, one));
    let page = context! {
        id => id.to_string(), label => one.edition, rev => one.rev, part_says => say(lang, &part.say),
        key => rule.map(|rule| rule.key.as_str()), lines => lines.collect::<Vec<_>>(),
        join => if condition.is_any { "any" } else { "all" },
        fact_options => text.facts.iter().map(|fact| option(&fact.key, say(lang, &fact.say))).collect::<Vec<_>>(),
        answers => part.answers.iter().map(|one| option(&one.code, say(lang, &one.say))).collect::<Vec<_>>(),
        answer => rule.map(|rule| rule.answer.as_str()), vi => rule.map(|rule| rule.say.vi.as_str()),
        en => rule.map(|rule| rule.say.en.as_str()), rank => rule.map_or_else(|| part.free_rank(), |rule| rule.rank),
        ranks => ranks(&req, part),
    };
    req.page("registry/rule_form.html", page).await
}

/// Which ranks the part has, and what is answered at each, so that a new one finds its place.
fn ranks(req: &Req, part: &PartText) -> Vec<Value> {
    let rules = part.in_order().into_iter().map(|rule| {
        let answer = part.answers.iter().find(|one| one.code == rule.answer).map(|one| say(req.ctx.lang, &one.say));
        context! { rank => rule.rank, answer, says => say(req.ctx.lang, &rule.say) }
    });
    rules.collect()
}

/// Keeps a rule as it was sent. Who adds a line goes on with the form, which shows it then; so does who presses Enter in a
/// field, for a browser takes the first button for that.
pub async fn rule_save(req: Req, Path(id): Path<RuleSetId>, Form(sent): Form<Answers>) -> Outcome {
    let (part, rule) = (req.query("part").unwrap_or_default(), req.query("rule"));
    let edit = Edit::Rule { part: &part, rule: rule.as_deref(), sent: &sent };
    let key = drafts::draft_change(&req.app, &req.ctx, (id, sent.rev(&req)?), &edit).await?;
    let is_added = !sent.text("fact").is_empty();
    if !is_added && sent.text("act") != "line" {
        return Ok(Req::go(&place(id, &part, &key), "rule-kept"));
    }
    let (part, key) = (url_encode(&part), url_encode(&key));
    let done = if is_added { "rule-line-added" } else { "rule-kept" };
    Ok(Req::go(&format!("/systems/rules/{id}/rule?part={part}&rule={key}#lines"), done))
}
