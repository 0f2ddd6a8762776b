//! The review page: the document on one side, what was read on the other, questions on top.

use std::collections::HashMap;

use crate::ids::{FindingId, ReadRowId, ReadTargetId};
use axum::extract::Path;
use kernel::{PlanId, Resolution, UnitId};
use minijinja::{Value, context};
use plan_reader::DutyKind;
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    approve::{pages::approval, usecase::plan_preview::Preview},
    plans::{
        self,
        model::{
            authority::is_unconfirmed,
            head::{DAY, ISSUER, NUMBER, TITLE},
            read_duty::{self, ReadDuty},
            read_target::{sign, written},
            row::{Named, Question, ReadTask, joined},
        },
        store::{finding::Finding, read_row::ReviewRow, read_target::ReviewTarget},
        usecase::{
            finding::{Decision, finding_decide},
            names::issuer,
            naming,
            plan_read::{self, SHOWN},
            review::{self, Act, Correction},
            review_row::{row_add, row_merge, row_split},
            review_target::{TargetForm, target_correct, target_decide},
        },
    },
    work::usecase::authority::{beyond, names},
};

fn named(name: &Named) -> Value {
    let (kind, means, count) = match &name.means {
        Resolution::Unit { name, certain: true, .. } => ("unit", name.clone(), 1),
        Resolution::Unit { name, certain: false, .. } => ("maybe", name.clone(), 1),
        Resolution::Group { name, units } => ("group", name.clone(), units.len()),
        Resolution::Unknown => ("unknown", String::new(), 0),
    };
    context! { text => name.text.as_str(), kind, means, count }
}

fn question(req: &Req, task: &ReadTask, question: &Question) -> Value {
    let (words, name) = question.words();
    let text = req.app.locales().text(req.ctx.lang, question.key(), &[("words", words.into()), ("name", name.into())]);
    let mut named = task.lead.iter().chain(&task.coordinating).filter(|named| named.text == words);
    let maybe = named.find_map(|named| match &named.means {
        Resolution::Unit { unit, .. } => Some(unit.to_string()),
        Resolution::Group { .. } | Resolution::Unknown => None,
    });
    // Who is concerned by "có liên quan" is said anew in each document.
    let is_of_one = kernel::text::fold(words).contains("lien quan");
    context! { text, words, name, maybe, is_of_one, asks_body => matches!(question, Question::WhoIs(_) | Question::IsIt(..)) }
}

/// For each row the number of the first one with the same words; none for that one itself.
fn doubles(rows: &[ReviewRow]) -> Vec<Option<usize>> {
    let mut first = HashMap::new();
    let double = |(number, row): (usize, &ReviewRow)| {
        let at = *first.entry(kernel::text::fold(&row.task.text)).or_insert(number);
        Some(at).filter(|at| *at != number)
    };
    (1..).zip(rows).map(double).collect()
}

fn row_view(req: &Req, number: usize, row: &ReviewRow, on: bool) -> Value {
    let task: &ReadTask = &row.task;
    context! {
        number, on, id => row.id.to_string(), rev => row.rev, state => row.state.clone(), section => task.cited(), text => task.text.as_str(),
        lead => task.lead.iter().map(named).collect::<Vec<_>>(), coordinating => task.coordinating.iter().map(named).collect::<Vec<_>>(),
        lead_text => joined(&task.lead), coordinating_text => joined(&task.coordinating), time => task.time.raw.clone(), result => task.result.clone(),
        parts => task.leads().len(), set_aside => task.set_aside.clone(),
        questions => task.questions().iter().map(|q| question(req, task, q)).collect::<Vec<_>>(),
    }
}

/// Words of the document that became a row or a target.
struct Mark {
    start: usize,
    end: usize,
    number: usize,
    is_target: bool,
}

/// The document cut where spans begin and end, so that each span links to its row or target. Of a long document only
/// the part around these rows is shown.
fn pieces(text: &str, mut marks: Vec<Mark>, targets: &[ReviewTarget], part: bool) -> Vec<Value> {
    const AROUND: usize = 1_500;
    let border = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let first = marks.iter().map(|mark| mark.start).min();
    let end = marks.iter().map(|mark| mark.end).max();
    let (mut at, last) = match (part, first, end) {
        (true, Some(start), Some(end)) => {
            (border(start.saturating_sub(AROUND)), border((end + AROUND).min(text.len())))
        }
        _ => (0, text.len()),
    };
    marks.extend((1..).zip(targets).map(|(number, row)| Mark {
        start: row.target.start,
        end: row.target.end,
        number,
        is_target: true,
    }));
    marks.retain(|mark| mark.start < mark.end && mark.end <= last);
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut out = Vec::new();
    for Mark { start, end, number, is_target } in marks {
        if start < at {
            continue;
        }
        out.extend(text.get(at..start).map(|plain| context! { text => plain, number => 0, is_target => false }));
        out.extend(text.get(start..end).map(|marked| context! { text => marked, number, is_target }));
        at = end;
    }
    out.extend(text.get(at..last).map(|plain| context! { text => plain, number => 0, is_target => false }));
    out
}

/// What the form of the head answers.
const OF_HEAD: [&str; 4] = [ISSUER, DAY, TITLE, NUMBER];

/// Rows that one page shows; a plan of thousands is walked window by window.
const WINDOW: usize = 120;

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let req = &req;
    let conn = req.app.db().read();
    let plan = review::plan_in_review(&req.app, &req.ctx, id).await?;
    let rows = plans::store::read_row::list(&conn, id).await?;
    let targets = plans::store::read_target::list(&conn, id).await?;
    let findings = plans::store::finding::list(&conn, id).await?;
    let text = plans::store::plan::text(&conn, id).await?;
    let open = |row: &ReviewRow| row.state != "dropped" && !row.task.questions().is_empty();
    let asked: usize = rows.iter().filter(|row| open(row)).map(|row| row.task.questions().len()).sum();
    let doubts = findings.iter().filter(|finding| finding.state == "open").count();
    let wanted = req.query("row").and_then(|number| number.parse::<usize>().ok());
    let first_open = rows.iter().position(|row| row.state == "open").map_or(1, |at| at + 1);
    let on = wanted.unwrap_or(first_open).clamp(1, rows.len().max(1));
    let next = rows
        .iter()
        .enumerate()
        .skip(on)
        .find(|(_, row)| open(row))
        .or_else(|| rows.iter().enumerate().find(|(_, row)| open(row)))
        .map(|(at, _)| at + 1);
    let seen = rows.iter().filter(|row| row.state != "open").count();
    let first = (on - 1) / WINDOW * WINDOW;
    let last = (first + WINDOW).min(rows.len());
    let shown = || (1..).zip(&rows).skip(first).take(WINDOW);
    let reading = plan_read::whole(&conn, id).await?;
    let duties = reading.map(|read| read.duties).unwrap_or_default();
    let duties = read_duty::all(&duties, &plans::store::read_duty::list(&conn, id).await?);
    let bodies = req.app.bodies();
    let leads: Vec<UnitId> =
        rows.iter().filter(|row| row.state != "dropped").flat_map(|row| row.task.leads()).collect();
    let beyond = beyond(&req.app, &req.ctx, &leads, Some(&plan.standing()));
    let preview = Preview::of(&rows, &targets);
    let page = context! {
        makes => approval::says(req, &preview), unseen => approval::unseen(req, &preview),
        unconfirmed => is_unconfirmed(bodies.as_ref(), &plan.standing()), issuer => issuer(bodies, &plan),
        beyond => beyond.len(), beyond_names => names(&req.app, &beyond),
        plan => context! { id => id.to_string(), label => plan.short_label(), number => plan.number.as_deref(), title => plan.title.clone(), rev => plan.rev, confirmed => plan.is_confirmed(), has_lapsed => plan.has_lapsed(), follower => bodies.body(plan.follower()).map(|body| body.name) },
        issuer_written => plan.issuer_id.map(|unit| bodies.written(UnitId::from_uuid(unit), req.ctx.today())), issued_on => plan.issued_on.clone(), kind => plan.kind.as_deref().map(str::to_lowercase),
        follower_written => bodies.written(plan.follower(), req.ctx.today()), scopes => naming::scopes(&req.app, &req.ctx, &plan), said => req.query("said"), doubles => doubles(&rows),
        head_asked => findings.iter().any(|finding| finding.state == "open" && OF_HEAD.contains(&finding.kind.as_str())),
        pieces => pieces(&text, shown().map(|(n, row)| Mark { start: row.task.start, end: row.task.end, number: n, is_target: false }).collect(), &targets, rows.len() > WINDOW),
        rows => shown().map(|(n, row)| row_view(req, n, row, n == on)).collect::<Vec<_>>(), count => rows.len(), first => first + 1, last,
        before => (first > 0).then_some(first), after => (last < rows.len()).then_some(last + 1),
        findings => findings.iter().map(|finding| finding_view(req, finding, &rows)).collect::<Vec<_>>(),
        targets => targets.iter().map(|target| target_view(req, target)).collect::<Vec<_>>(),
        indicators => indicator_options(req), open_target => req.query("target").unwrap_or_default(), was => req.query("was").unwrap_or_default(), on_finding => req.query("finding").unwrap_or_default(),
        named => req.query("named"), named_unit => req.query("unit").unwrap_or_default(),
        duties => duties.iter().filter(|read| read.duty.kind == DutyKind::Report).take(SHOWN).map(duty_view).collect::<Vec<_>>(),
        on_duty => req.query("duty").unwrap_or_default(), open_duty => req.query("edit").unwrap_or_default(),
        questions => asked + doubts, asked, doubts, next, seen, on,
    };
    req.page("programme/review.html", page).await
}

fn finding_view(req: &Req, finding: &Finding, rows: &[ReviewRow]) -> Value {
    let vi = req.ctx.lang == kernel::Lang::Vi;
    let row = finding.task_at.and_then(|at| rows.iter().position(|row| row.position == at)).map(|at| at + 1);
    context! {
        id => FindingId::from_uuid(finding.id).to_string(), rev => finding.rev, state => finding.state.clone(), kind => finding.kind.clone(), of_head => OF_HEAD.contains(&finding.kind.as_str()),
        text => if vi { finding.message_vi.clone() } else { finding.message_en.clone() }, reason => finding.reason.as_deref(), row, target => finding.target_at,
    }
}

fn duty_view(read: &ReadDuty) -> Value {
    let duty = &read.duty;
    let names = |names: &[String]| names.join("; ");
    context! {
        position => read.position.to_string(), text => duty.text.clone(), who => names(&duty.who), to => names(&duty.to), via => names(&duty.via),
        double => read.double_of.is_some(), dropped => read.is_dropped,
    }
}

fn indicator_options(req: &Req) -> Vec<Value> {
    let vi = req.ctx.lang == kernel::Lang::Vi;
    let all = req.app.indicators().all();
    let name = |i: &kernel::Indicator| if vi { i.name_vi } else { i.name_en };
    all.iter().map(|indicator| context! { code => indicator.code, name => name(indicator) }).collect()
}

fn target_view(req: &Req, row: &ReviewTarget) -> Value {
    let target = &row.target;
    let vi = req.ctx.lang == kernel::Lang::Vi;
    let indicator = target.indicator.as_deref().and_then(|code| req.app.indicators().get(code));
    context! {
        id => row.id.to_string(), rev => row.rev, state => row.state.clone(), position => row.position, text => target.text.as_str(),
        value => written(target.value_milli), unit => target.unit.clone(), comparator => sign(target.comparator), from => target.from, to => target.to,
        stretch => target.stretch_milli.map(written), owners => target.owners.iter().map(named).collect::<Vec<_>>(), owners_text => joined(&target.owners),
        implementers_text => joined(&target.implementers), twin => target.twin, indicator => target.indicator.clone(),
        indicator_name => indicator.map(|found| if vi { found.name_vi } else { found.name_en }), indicator_open => target.indicator_open,
    }
}

#[derive(Deserialize)]
pub struct FindingForm {
    rev: i64,
    act: Decision,
    #[serde(default)]
    reason: String,
}

pub async fn finding(req: Req, Path(id): Path<FindingId>, Form(form): Form<FindingForm>) -> Outcome {
    let plan = finding_decide(&req.app, &req.ctx, id, form.rev, form.act, &form.reason).await?;
    Ok(Req::go(&format!("/plans/{plan}/review?said=saved&finding={id}#{id}"), ""))
}

#[derive(Deserialize)]
pub struct TargetAct {
    rev: i64,
    act: String,
    #[serde(flatten)]
    form: TargetForm,
}

pub async fn target(req: Req, Path(id): Path<ReadTargetId>, Form(given): Form<TargetAct>) -> Outcome {
    let plan = match decision(&given.act) {
        Some(act) => target_decide(&req.app, &req.ctx, id, given.rev, &act).await?,
        None => target_correct(&req.app, &req.ctx, id, given.rev, &given.form).await?,
    };
    Ok(Req::go(&format!("/plans/{plan}/review?said=saved&was={id}#{id}"), ""))
}

pub async fn add(req: Req, Path(id): Path<PlanId>, Form(given): Form<Correction>) -> Outcome {
    row_add(&req.app, &req.ctx, id, &given).await?;
    Ok(Req::go(&format!("/plans/{id}/review?row=999999"), "row-added"))
}

fn decision(act: &str) -> Option<Act> {
    match act {
        "accept" => Some(Act::Accept),
        "drop" => Some(Act::Drop),
        "reopen" => Some(Act::Reopen),
        _ => None,
    }
}

#[derive(Deserialize)]
pub struct RowForm {
    rev: i64,
    act: String,
    #[serde(default)]
    number: usize,
    #[serde(flatten)]
    correction: Correction,
}

pub async fn row(req: Req, Path(id): Path<ReadRowId>, Form(form): Form<RowForm>) -> Outcome {
    let (app, ctx, rev) = (&req.app, &req.ctx, form.rev);
    let (plan, next) = match (form.act.as_str(), decision(&form.act)) {
        (_, Some(act)) => {
            let plan = review::decide(app, ctx, id, rev, &act).await?;
            (plan, form.number + usize::from(form.act != "reopen"))
        }
        ("split", None) => (row_split(app, ctx, id, rev, &form.correction.text).await?, form.number),
        ("merge", None) => (row_merge(app, ctx, id, rev).await?, form.number.saturating_sub(1)),
        (_, None) => (review::correct(app, ctx, id, rev, &form.correction).await?, form.number),
    };
    Ok(Req::go(&format!("/plans/{plan}/review?row={next}&said=saved&was={}#row-{next}", form.number), ""))
}

#[derive(Deserialize)]
pub struct Reason {
    reason: String,
}

pub async fn set_aside(req: Req, Path(id): Path<PlanId>, Form(form): Form<Reason>) -> Outcome {
    review::set_aside(&req.app, &req.ctx, id, &form.reason).await?;
    Ok(Req::go(&format!("/plans/{id}/review"), "set-aside"))
}
