//! The review page: the document on one side, what was read on the other in the order of the document, questions on top.

use std::ops::Range;

use crate::ids::{FindingId, ReadRowId, ReadTargetId};
use axum::extract::Path;
use kernel::{PlanId, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    approve::{
        pages::{
            approval, plan_now,
            review_doc::Doc,
            review_items::Items,
            review_read::{Read, Walk, is_of_head, unread},
        },
        usecase::plan_preview::Preview,
    },
    plans::{
        model::{
            authority::is_unconfirmed,
            head::{is_whole, month},
            placed,
            queue::{Queue, Spot, onward},
        },
        store::{read_row::ReviewRow, read_target},
        usecase::{
            finding::{Decision, finding_decide},
            names::issuer,
            naming,
            plan_read::SHOWN,
            review::{self, Act, Correction},
            review_row::{Addition, row_add, row_merge, row_split},
            review_target::{TargetForm, target_correct, target_decide},
        },
    },
    work::usecase::authority::{beyond, names},
};

/// Rows that one page shows; a plan of thousands is walked window by window.
const WINDOW: usize = 120;

/// What is looked at: what was asked for, else the first that is open.
fn on(req: &Req, read: &Read, queue: &Queue) -> Spot {
    let row =
        |number: String| number.parse::<usize>().ok().map(|number| Spot::Row(number.clamp(1, read.rows.len().max(1))));
    let asked = req.query("on").and_then(|spot| spot.parse().ok()).or_else(|| req.query("row").and_then(row));
    let asked = asked.filter(|spot| queue.item(*spot).is_some());
    asked.or_else(|| queue.first_open()).unwrap_or(if read.rows.is_empty() { Spot::Head } else { Spot::Row(1) })
}

/// The rows around what is looked at.
fn window(rows: &[ReviewRow], queue: &Queue, on: Spot) -> Range<usize> {
    let number = match on {
        Spot::Row(number) => number,
        other => {
            let at = queue.item(other).map_or(0, |item| item.at);
            rows.iter().rposition(|row| row.task.start <= at).map_or(1, |at| at + 1)
        }
    };
    let first = number.saturating_sub(1) / WINDOW * WINDOW;
    first..(first + WINDOW).min(rows.len())
}

/// The bytes between which everything belongs to these rows.
fn bytes(rows: &[ReviewRow], shown: &Range<usize>) -> (usize, usize) {
    let start = |at: usize| rows.get(at).map(|row| row.task.start);
    let from = if shown.start == 0 { 0 } else { start(shown.start).unwrap_or_default() };
    (from, start(shown.end).unwrap_or(usize::MAX))
}

/// Of a long document only the part around the rows of this page is shown.
fn part(text: &str, rows: &[ReviewRow]) -> (usize, usize) {
    const AROUND: usize = 1_500;
    let border = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let first = rows.iter().map(|row| row.task.start).min().unwrap_or_default();
    let end = rows.iter().map(|row| row.task.end).max().unwrap_or_default();
    (border(first.saturating_sub(AROUND).min(text.len())), border((end + AROUND).min(text.len())))
}

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let req = &req;
    if let Some(page) = unread(req, id).await? {
        return Ok(page);
    }
    let read = &Read::load(req, id).await?;
    let Read { plan, rows, targets, findings, text, .. } = read;
    let filing = plan_now::filings(req, std::slice::from_ref(plan)).await?.pop();
    let walk = &Walk::of(req);
    let queue = &read.queue(walk);
    let on = on(req, read, queue);
    let asks = |row: &ReviewRow| row.state != "dropped" && !row.task.questions().is_empty();
    let asked: usize = rows.iter().filter(|row| asks(row)).map(|row| row.task.questions().len()).sum();
    let doubts = findings.iter().filter(|finding| finding.state == "open").count();
    let seen = rows.iter().filter(|row| row.state != "open").count();
    let shown = window(rows, queue, on);
    let marks = read.marks();
    let sentences = &read.sentences();
    let unplaced = sentences.iter().filter(|sentence| sentence.place == plan_reader::Place::Unplaced).copied();
    let unplaced = &unplaced.collect::<Vec<_>>();
    let items = Items { req, id, read, queue, walk, unplaced, on };
    let doc = Doc { req, text, sentences, unplaced, findings, marks, on: read.span(on), keep: &walk.keep };
    let only = req.query("place").and_then(|place| placed::parse(&place));
    let pieces = match only {
        Some(place) => doc.only(place),
        None if rows.len() > WINDOW => doc.pieces(part(text, &rows[shown.clone()])),
        None => doc.pieces((0, text.len())),
    };
    let bodies = req.app.bodies();
    let leads: Vec<UnitId> =
        rows.iter().filter(|row| row.state != "dropped").flat_map(|row| row.task.leads()).collect();
    let beyond = beyond(&req.app, &req.ctx, &leads, Some(&plan.standing()));
    let preview = Preview::of(plan, rows, targets, &read.duties);
    let proposed = req.query("add");
    let issued_part = plan.issued_on.as_deref().filter(|day| !is_whole(Some(*day))).map(month);
    let link = |spot: Option<Spot>| spot.map(|spot| walk.href(spot));
    let (place, of) = queue.place(on).unwrap_or_default();
    let no_orders = read.orders_nothing().then(|| {
        let was_read = !(rows.is_empty() && targets.is_empty() && read.duties.is_empty());
        doc.no_orders(was_read)
    });
    let was = req.query("was").and_then(|spot| spot.parse().ok()).and_then(|spot| items.was(spot));
    let page = context! {
        no_orders, filing, is_filed => plan.state == "filed",
        makes => approval::says(req, &preview), unseen => approval::unseen(req, &preview),
        unconfirmed => is_unconfirmed(bodies.as_ref(), &plan.standing()), issuer => issuer(bodies, plan),
        beyond => beyond.len(), beyond_names => names(&req.app, &beyond),
        plan => context! { id => id.to_string(), issuer_id => plan.issuer_id.map(|unit| UnitId::from_uuid(unit).to_string()), label => plan.short_label(), number => plan.number.as_deref(), title => plan.title.clone(), rev => plan.rev, confirmed => plan.is_confirmed(), has_lapsed => plan.has_lapsed(), follower => bodies.body(plan.follower()).map(|body| body.name) },
        issuer_written => plan.issuer_id.map(|unit| bodies.written(UnitId::from_uuid(unit), req.ctx.today())), issued_on => plan.issued_on.clone(), issued_part, kind => plan.kind.as_deref().map(str::to_lowercase),
        follower_written => bodies.written(plan.follower(), req.ctx.today()), scopes => naming::scopes(&req.app, &req.ctx, plan), said => req.query("said"),
        head_asked => read.is_asked(is_of_head), head => items.head(), pieces,
        legend => doc.legend(only), only => only.map(placed::code), strip => doc.strip(), reasons => doc.reasons(), every => format!("?{}", walk.to(on)),
        adding => proposed.is_some(), proposed => doc.proposed(&proposed.unwrap_or_default()),
        rows => items.list(shown.clone(), bytes(rows, &shown)), count => rows.len(), first => shown.start + 1, last => shown.end,
        before => (shown.start > 0).then_some(shown.start), after => (shown.end < rows.len()).then_some(shown.end + 1),
        findings => findings.iter().take(SHOWN).map(|finding| items.finding(finding)).collect::<Vec<_>>(), findings_all => findings.len(),
        on_finding => matches!(on, Spot::Finding(_)), targets => targets.len(), indicators => indicator_options(req),
        named => req.query("named"), named_unit => req.query("unit").unwrap_or_default(), named_name => named(req), was,
        questions => asked + doubts, asked, doubts, seen, on => on.to_string(), on_row => if let Spot::Row(number) = on { number } else { 0 },
        walk => context! {
            place, of, open => queue.open(), doubts => queue.doubts(), doubts_first => walk.doubts_first, find => walk.find.as_str(),
            before => link(queue.before(on)), after => link(queue.after(on)), doubt => link(queue.doubt_after(on)),
            turned => turned(walk, on), all => format!("?{}", on.query()),
        },
    };
    req.page("programme/review.html", page).await
}

/// The bodies that words were just said to mean.
fn named(req: &Req) -> String {
    let units = req.query("unit").unwrap_or_default();
    let units: Vec<UnitId> = units.split(';').filter_map(|unit| unit.parse().ok()).collect();
    names(&req.app, &units)
}

/// The same page in the other order.
fn turned(walk: &Walk, on: Spot) -> String {
    let find = walk.keep.strip_prefix("&order=doubts").unwrap_or(&walk.keep);
    let order = if walk.doubts_first { "" } else { "&order=doubts" };
    format!("?{}{order}{find}#{}", on.query(), on.anchor())
}

fn indicator_options(req: &Req) -> Vec<Value> {
    let vi = req.ctx.lang == kernel::Lang::Vi;
    let all = req.app.indicators().all();
    let name = |i: &kernel::Indicator| if vi { i.name_vi } else { i.name_en };
    all.iter().map(|indicator| context! { code => indicator.code, name => name(indicator) }).collect()
}

#[derive(Deserialize)]
pub struct FindingForm {
    rev: i64,
    act: Decision,
    #[serde(default)]
    reason: String,
    /// Where the review goes on.
    #[serde(default)]
    next: String,
}

pub async fn finding(req: Req, Path(id): Path<FindingId>, Form(form): Form<FindingForm>) -> Outcome {
    let plan = finding_decide(&req.app, &req.ctx, id, form.rev, form.act, &form.reason).await?;
    let here = format!("/plans/{plan}/review?said=saved&on={id}#{id}");
    Ok(Req::go(&onward(plan, Spot::Finding(id), &form.next, &here), ""))
}

#[derive(Deserialize)]
pub struct TargetAct {
    rev: i64,
    act: String,
    #[serde(default)]
    next: String,
    #[serde(flatten)]
    form: TargetForm,
}

pub async fn target(req: Req, Path(id): Path<ReadTargetId>, Form(given): Form<TargetAct>) -> Outcome {
    let plan = match decision(&given.act) {
        Some(act) => target_decide(&req.app, &req.ctx, id, given.rev, &act).await?,
        None => target_correct(&req.app, &req.ctx, id, given.rev, &given.form).await?,
    };
    let read = read_target::get(&req.app.db().read(), id).await?;
    let spot = Spot::Target(read.map_or(0, |row| row.position));
    let here = format!("/plans/{plan}/review?{}&said=saved&was={spot}#{}", spot.query(), spot.anchor());
    Ok(Req::go(&onward(plan, spot, &given.next, &here), ""))
}

pub async fn add(req: Req, Path(id): Path<PlanId>, Form(given): Form<Addition>) -> Outcome {
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
    #[serde(default)]
    next: String,
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
    let was = Spot::Row(form.number);
    let here = format!("/plans/{plan}/review?row={next}&said=saved&was={was}#row-{next}");
    Ok(Req::go(&onward(plan, was, &form.next, &here), ""))
}

#[derive(Deserialize)]
pub struct Reason {
    reason: String,
}

pub async fn set_aside(req: Req, Path(id): Path<PlanId>, Form(form): Form<Reason>) -> Outcome {
    review::set_aside(&req.app, &req.ctx, id, &form.reason).await?;
    Ok(Req::go(&format!("/plans/{id}/review"), "set-aside"))
}
