//! A report as its page shows it: what it says of itself, what may be done with it, whom it waits for, and what of its signed
//! file is known.

use crate::ids::ReportId;
use kernel::Problem;
use minijinja::{Value, context};
use webkit::{Req, heavy, view};

use crate::{
    files::usecase::look::is_hidden,
    pages::{self, words},
    plans::{model::hands::Hands, usecase::behalf},
    reporting::{
        model::{
            content::{Content, Gap},
            desk::{Desk, Turn},
            step::ReportAct,
        },
        pages::received::{contact_of, link_of, receptions},
        store::{self, report::ReportRow},
        usecase::{
            report_act::{is_own_step_back, report_for, resource},
            report_compare::Found,
            report_content::content,
            report_paper::paper,
            report_turn::{turn, turn_at},
        },
    },
    work,
};

fn gap(gap: &Gap) -> Value {
    match gap {
        Gap::NoReport { unit, name } => {
            context! { kind => "no-report", text => name.clone(), href => format!("/agencies/{unit}") }
        }
        Gap::LateUnsaid { text, href } => {
            context! { kind => "late-unsaid", text => text.clone(), href => href.clone() }
        }
        Gap::NoValue { text, href } => context! { kind => "no-value", text => text.clone(), href => href.clone() },
    }
}

/// What the reader may do, and what is offered: nothing that would be refused. Of what a newer version took the place of nothing
/// is received any more.
async fn rights(req: &Req, row: &ReportRow, is_replaced: bool) -> Result<Value, Problem> {
    let of = resource(&req.app, row);
    let hands = Hands::read(row.hands.as_deref());
    let may = |action| req.app.authorizer().check(&req.ctx, action, &of).is_ok();
    let mut at = Vec::new();
    for desk in [Desk::Check, Desk::Approve, Desk::Issue, Desk::TakeIn, Desk::Receive] {
        let is_open = may(desk.right())
            && turn_at(&req.app, &req.ctx, row, desk).await?.refusal(&req.ctx.actor, &hands).is_none();
        at.push(is_open);
    }
    // Sending back is no step of the way on: whoever may check does it.
    let (write, send_back) = (may("report.write"), may("report.check"));
    let (take_in, receive) = (at[3] && !is_replaced, at[4] && !is_replaced);
    Ok(context! { write, send_back, check => at[0], approve => at[1], issue => at[2], take_in, receive })
}

/// Whom it waits for, in words; with what was just done, to whom it went.
fn waits(req: &Req, turn: Option<&Turn>) -> Value {
    let Some(turn) = turn else { return Value::from(()) };
    let (names, more) = turn.names();
    context! {
        desk => turn.desk.code(), names => names.join(", "), more, instead => turn.is_instead && turn.desk.code() != "receive", alone => turn.is_alone,
        unit => req.app.bodies().body(turn.unit).map(|body| body.short_name),
    }
}

pub async fn load(req: &Req, id: ReportId) -> Result<(ReportRow, Content), Problem> {
    let row = report_for(&req.app, &req.ctx, id, "report.read").await?;
    let content = content(&req.app, &req.ctx, &row).await?;
    Ok((row, content))
}

pub fn head(req: &Req, row: &ReportRow) -> Value {
    let bodies = req.app.bodies();
    let (unit, today) = (bodies.today(row.unit()), req.ctx.today().to_string());
    let hands = Hands::read(row.hands.as_deref());
    let short = |unit| bodies.body(unit).map(|body| body.short_name);
    let written_by: Vec<String> = hands.behalf.iter().filter_map(|unit| short(*unit)).collect();
    let own = |act: &ReportAct| is_own_step_back(&req.ctx.actor, row, &hands, act);
    let due =
        row.due_on.parse().map(|due| kernel::day::show_due(due, false, &req.app.times().calendar(), req.ctx.lang));
    let due = due.unwrap_or_else(|_| row.due_on.clone());
    context! {
        may_recall => own(&ReportAct::Recall), may_reconsider => own(&ReportAct::Reconsider), checked_alone => hands.is_checked_alone, approved_alone => hands.is_approved_alone,
        behalf => behalf::acting(&req.app, &req.ctx, row.unit()).and_then(short), own_short => short(unit), written_by => written_by.join(", "),
        id => row.id().to_string(), name => bodies.body(unit).map(|body| body.name), old_name => if unit == row.unit() { None } else { bodies.body(row.unit()).map(|body| body.name) },
        words => pages::period_words(req, &row.label), state => row.state.clone(), rev => row.rev, due => row.due_on.clone(), due_words => due, received_on => row.received_on.clone(), received_number => row.received_number.as_deref(), number => row.number.as_deref(), issued_on => row.issued_on.clone(),
        file_name => row.file_name.as_deref(), signed => row.file_signed.as_deref(), identities => row.personal(), unread => row.is_unread(), remarks => row.remarks.as_deref(), version => row.version, consolidated => row.consolidated, nothing => row.is_nothing, draft => row.is_draft(),
        late => !row.is_sent() && row.due_on < today, replaces => row.replaces_id.map(|id| ReportId::from_uuid(id).to_string()), sent => row.is_sent(),
    }
}

/// What is known of the signed file beside what was approved; nothing where there is no such file.
async fn compared(req: &Req, row: &ReportRow) -> Result<Value, Problem> {
    let Some(hash) = row.blob_hash.as_ref().filter(|_| row.is_sent()) else { return Ok(Value::from(())) };
    let known = store::compared::get(&req.app.db().read(), row.id()).await?.filter(|known| known.of_hash == *hash);
    let kept = known.as_ref().and_then(|known| known.differences.as_deref());
    let found = kept.map(Found::read);
    let problem = known.as_ref().and_then(|known| known.problem.as_deref()?.split_once('|'));
    let reason = problem.map(|(code, detail)| {
        let args = [("detail", webkit::FluentValue::from(detail)), ("title", "".into()), ("limit", detail.into())];
        req.app.locales().text(req.ctx.lang, &format!("problem-{code}"), &args)
    });
    let state = known.map_or_else(|| "waiting".to_owned(), |known| known.state);
    // What cannot be read does not say that the two are the same.
    let state = if found == Some(None) { "failed".to_owned() } else { state };
    let found = found.flatten().unwrap_or_default();
    Ok(context! { state, another => found.is_another, differences => view(found.differences), reason })
}

/// The end of what a step's message says: to whom the report went.
fn to_whom(req: &Req, turn: Option<&Turn>) -> String {
    let Some(turn) = turn.filter(|turn| !turn.people.is_empty() && turn.desk != Desk::Write) else {
        return String::new();
    };
    let (names, more) = turn.names();
    let args = [("names", webkit::FluentValue::from(names.join(", "))), ("more", more.into())];
    req.app.locales().text(req.ctx.lang, &format!("went-to-{}", turn.desk.code()), &args)
}

pub async fn page(req: &Req, id: ReportId) -> Result<Value, Problem> {
    let (mut row, content) = load(req, id).await?;
    // A signed file that nobody has looked at yet is there for who took it in.
    if is_hidden(&req.app.db().read(), &req.ctx, row.id).await? {
        (row.file_name, row.blob_hash) = (None, None);
    }
    let document = paper(&req.app, &req.ctx, &row, &content).await?;
    let withdrawn = if row.sealed.is_some() { withdrawn(req, &content).await? } else { vec![] };
    let compared = compared(req, &row).await?;
    let sheet = heavy(move || nd30::html(&document)).await?;
    let history = webkit::history(&req.app, &req.ctx, &id.to_string(), 30).await?;
    let is_replaced = store::reception::is_replaced(&req.app.db().read(), id).await?;
    let turn = turn(&req.app, &req.ctx, &row).await?.filter(|_| !is_replaced);
    let (receptions, contact) = (receptions(req, &row).await?, contact_of(req, &row).await?);
    Ok(context! {
        receptions, contact, link => link_of(req, &row).await?,
        row => head(req, &row), may => rights(req, &row, is_replaced).await?, turn => waits(req, turn.as_ref()), done_more => to_whom(req, turn.as_ref()), sheet => Value::from_safe_string(sheet), today => req.ctx.today().to_string(),
        gaps => content.gaps.iter().map(gap).collect::<Vec<_>>(), compared, withdrawn, history => view(history),
    })
}

/// Plans of a sealed report that were withdrawn: what it says of them stays, and is known to be of then.
async fn withdrawn(req: &Req, content: &Content) -> Result<Vec<String>, Problem> {
    let tasks: Vec<uuid::Uuid> = content.works.iter().map(|work| work.task).collect();
    let rows = work::store::change::withdrawn(&req.app.db().read(), &tasks).await?;
    let day =
        |day: Option<String>| day.and_then(|day| day.parse().ok()).map(|day| kernel::day::show(day, req.ctx.lang));
    let line = |(plan, since): (String, Option<String>)| {
        words(req, "report-of-withdrawn", &[("plan", plan.into()), ("day", day(since).unwrap_or_default().into())])
    };
    Ok(rows.into_iter().map(line).collect())
}
