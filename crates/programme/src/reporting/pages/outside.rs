//! The pages behind the link of a body without accounts: its report to write and send, what became of it, its sheet.
//!
//! The address that was sent is a secret: it leads on at once to a page whose address is none, and the browser keeps the
//! secret for that page alone.

use std::pin::Pin;

use axum::{
    extract::{Multipart, Path},
    http::StatusCode,
};
use kernel::{Code as _, OutsideId, Problem, ProblemKind, UnitId};
use minijinja::{Value, context};
use webkit::{Outcome, Parts, Req, Written, heavy, read_parts, read_upload, view};

use crate::{
    ids::TargetId,
    pages::{self, period_words},
    plans::model::read_target::written,
    reporting::{
        model::content::Content,
        pages::report_form::EditForm,
        store::{self, outside::ContactRow},
        usecase::{
            outside_door::{Known, Visit, link_kept, link_of, note_opened, revision, unknown, visit},
            outside_link::last_day,
            outside_report::{
                Contact, Enclosed, Filled, LIMIT, is_sent_already, open_content, outside_as_before, outside_save,
                outside_send_in, outside_sheet,
            },
            report_paper::paper,
            report_sheet::{self, sheet},
        },
    },
    targets::model::period::label_words,
    work::usecase::paper::{Form as PaperForm, written as paper_written},
};

/// What the browser keeps of a link, and for how many seconds at most: a form that is left open overnight can still be sent.
const COOKIE: &str = "dinh_outside";
const KEPT: i64 = 7 * 24 * 3600;

fn page_of(id: OutsideId) -> String {
    format!("/outside/{id}")
}

/// From the address that was sent to the page that it opens. Nothing is changed by it.
pub async fn enter(req: Req, Path(secret): Path<String>) -> Outcome {
    let Known { link, ended } = match link_of(&req.app, &req.ctx, req.address, &secret).await {
        Ok(known) => known,
        Err(problem) => return nothing(&req, problem).await,
    };
    if let Some(ended) = ended {
        return over(&req, ended.code(), link.name.as_str()).await;
    }
    let path = page_of(link.id());
    let left = (link.until - req.ctx.now().as_microsecond()) / 1_000_000;
    let seconds = u32::try_from(left.clamp(0, KEPT)).unwrap_or_default();
    Req::untold(req.keep_path_secret(Req::go(&path, ""), COOKIE, &secret, &path, seconds)?)
}

/// Why there is nothing to see, on a page without the house around it.
async fn nothing(req: &Req, problem: Problem) -> Outcome {
    if !matches!(problem.code, "outside-unknown" | "outside-too-often") {
        return Err(problem.into());
    }
    if problem.code == "outside-unknown" {
        req.app.refusals().note(&req.ctx, &req.ctx.actor.pseudonym(), problem.code, "/outside", req.address);
    }
    let message = req.app.locales().problem(req.ctx.lang, &problem);
    let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::NOT_FOUND);
    Req::untold(req.page_with_status(status, "programme/outside_over.html", context! { message }).await?)
}

/// That a link was good and is so no more: said only to who has it.
async fn over(req: &Req, code: &str, name: &str) -> Outcome {
    let message = pages::words(req, &format!("outside-over-{code}"), &[("name", name.to_owned().into())]);
    Req::untold(req.page_with_status(StatusCode::NOT_FOUND, "programme/outside_over.html", context! { message }).await?)
}

/// What the link opens, for who brings its secret.
async fn come(req: &Req, id: OutsideId) -> Result<Visit, Problem> {
    let secret = req.path_secret(COOKIE);
    let known = link_kept(&req.app, &req.ctx, req.address, id, secret.as_deref()).await?;
    match known.ended {
        None => visit(&req.app, known.link).await,
        Some(_) => Err(Problem::new(ProblemKind::Conflict, "outside-over")),
    }
}

fn written_by(link: OutsideId) -> Written {
    Written { link, form: page_of(link) }
}

/// Whose draft of the form is kept: of who brings the secret of a link that opens its report for writing.
pub fn whose<'a>(req: &'a Req, id: &'a str) -> Pin<Box<dyn Future<Output = Result<Written, Problem>> + Send + 'a>> {
    Box::pin(async move {
        let id: OutsideId = id.parse().map_err(|_| unknown())?;
        let of = come(req, id).await?;
        if of.is_open() { Ok(written_by(id)) } else { Err(Problem::new(ProblemKind::Conflict, "outside-over")) }
    })
}

fn works(content: &Content) -> Vec<Value> {
    let work = |work: &crate::reporting::model::content::Work| {
        context! {
            id => work.id.to_string(), text => work.text.as_str(), words => work.words.as_str(), nothing => work.nothing,
            late => work.counts.late > 0, plan => work.plan.as_str(), suggested => work.suggested && !work.words.is_empty(),
        }
    };
    content.works.iter().map(work).collect()
}

fn values(content: &Content) -> Vec<Value> {
    let number = |value: Option<i64>| value.map(written).unwrap_or_default();
    let value = |value: &crate::reporting::model::content::Measured| {
        context! {
            id => TargetId::from_uuid(value.id).to_string(), text => value.text.as_str(), unit => value.unit.as_str(),
            goal => written(value.goal), comparator => value.comparator.as_str(), is_share => value.unit.contains('%'),
            numerator => number(value.numerator), denominator => number(value.denominator), this => number(value.this),
            planned => number(value.planned), year_ago => number(value.year_ago), status => value.status.as_str(),
            evidence => value.evidence.as_str(),
        }
    };
    content.values.iter().map(value).collect()
}

/// Each receiver, and what it made of the report.
fn receivers(req: &Req, of: &Visit) -> Vec<Value> {
    let bodies = req.app.bodies();
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let (report, owner) = (&of.report, bodies.today(of.report.owner()));
    let state = |unit: UnitId| {
        if unit == owner {
            let state = if report.state == "issued" { "waiting" } else { report.state.as_str() };
            return (state.to_owned(), report.received_number.clone(), report.received_on.clone());
        }
        let row = of.receptions.iter().find(|row| bodies.today(row.unit()) == unit);
        let number = |row: &store::reception::ReceptionRow| row.number.clone().map(db::Words::into_string);
        row.map_or_else(Default::default, |row| (row.state.clone(), number(row), row.received_on.clone()))
    };
    let one = |unit: &UnitId| {
        let (state, number, day) = state(*unit);
        context! { name => name(*unit), state, number, day }
    };
    of.receivers.iter().map(one).collect()
}

async fn head(req: &Req, of: &Visit) -> Result<Value, Problem> {
    let bodies = req.app.bodies();
    let (report, unit) = (&of.report, bodies.today(of.report.unit()));
    let due = report.due_on.parse();
    let due = due.map(|due| kernel::day::show_due(due, false, &req.app.times().calendar(), req.ctx.lang));
    let conn = req.app.db().read();
    // Of what was sent, who sent it; whoever comes with the link now fills in what is to be sent.
    let contact = if report.is_sent() && !of.is_open() {
        store::outside::own_filler(&conn, report.id()).await?
    } else {
        store::outside::contact(&conn, of.link.id()).await?
    };
    let ContactRow { name, post, phone, .. } = contact.unwrap_or_default();
    let returned = of.returned().into_iter().map(|(unit, why)| {
        context! { name => bodies.body(unit).map(|body| body.name), why }
    });
    Ok(context! {
        id => of.link.id().to_string(), name => bodies.body(unit).map(|body| body.name), duty => of.duty.name.as_str(),
        from => bodies.body(bodies.today(of.duty.owner)).map(|body| body.name), words => period_words(req, &report.label),
        from_on => report.from_on.as_str(), to_on => report.to_on.as_str(), due => due.unwrap_or_default(),
        until => last_day(of.link.until, req.ctx.lang), rev => revision(report), version => report.version,
        sent => report.is_sent(), locked => of.period.state == "locked", open => of.is_open(), number => report.number.as_deref(), typed => of.number(), at => report.issued_at,
        file => report.file_name.as_deref(), receivers => receivers(req, of),
        returned => returned.collect::<Vec<_>>(), nothing => report.is_nothing, intro => report.intro.as_str(),
        plans_ahead => report.plans_ahead.as_str(), contact => context! { name => name.as_str(), post => post.as_str(), phone },
    })
}

/// The form, or how a report stands that was sent.
async fn shown(req: &Req, of: &Visit) -> Result<(&'static str, Value), Problem> {
    let (row, content) = (head(req, of).await?, open_content(&req.app, &req.ctx, of).await?);
    if of.is_open() {
        let limit = LIMIT / 1024 / 1024;
        let page = context! { row, limit, works => works(&content), values => values(&content) };
        return Ok(("programme/outside_form.html", page));
    }
    let document = paper(&req.app, &req.ctx, &of.report, &content).await?;
    let sheet = heavy(move || nd30::html(&document)).await?;
    Ok(("programme/outside_sent.html", context! { row, sheet => Value::from_safe_string(sheet) }))
}

/// Officers who come here from the ledger are led to the list of links.
async fn of_officer(req: &Req, id: OutsideId) -> Result<Option<String>, Problem> {
    let Some(link) = store::outside::get(&req.app.db().read(), id).await? else { return Ok(None) };
    let may = crate::reporting::usecase::outside_link::outsiders(&req.app, &req.ctx, link.period()).await.is_ok();
    Ok(may.then(|| format!("/periods/{}/outside", link.period())))
}

pub async fn show(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    if req.path_secret(COOKIE).is_none()
        && !req.ctx.actor.posts().is_empty()
        && let Some(list) = of_officer(&req, id).await?
    {
        return Ok(Req::go(&list, ""));
    }
    let known = match link_kept(&req.app, &req.ctx, req.address, id, req.path_secret(COOKIE).as_deref()).await {
        Ok(known) => known,
        Err(problem) => return nothing(&req, problem).await,
    };
    if let Some(ended) = known.ended {
        return over(&req, ended.code(), known.link.name.as_str()).await;
    }
    note_opened(&req.app, &req.ctx, id).await?;
    let of = visit(&req.app, known.link).await?;
    let (template, page) = shown(&req, &of).await?;
    Req::not_kept(req.written_by(written_by(id)).page(template, page).await?)
}

/// What was filled in, over what the report says now.
fn filled(parts: &Parts, content: &Content) -> Result<Filled, Problem> {
    let form = EditForm::of(&parts.fields);
    let contact = Contact {
        name: parts.field("who").to_owned(),
        post: parts.field("post").to_owned(),
        phone: parts.field("phone").to_owned(),
    };
    Ok(Filled { rev: form.rev, edit: form.edit(content)?, contact, number: parts.field("number").to_owned() })
}

async fn enclosed(parts: &Parts) -> Result<Enclosed, Problem> {
    let Some(upload) = &parts.file else { return Ok(None) };
    Ok(Some((upload.file_name.clone(), upload.bytes().await?)))
}

/// Saves, sends, or takes over what was said before.
pub async fn act(req: Req, Path(id): Path<OutsideId>, form: Multipart) -> Outcome {
    // Whether the link is good is asked before a file is taken in. Words are read all the same, to be shown to who wrote them.
    let of = match come(&req, id).await.and_then(|of| req.app.room().check().map(|()| of)) {
        Ok(of) => of,
        Err(problem) => {
            let _ = read_parts(&req, form, 0).await;
            return Err(problem.into());
        }
    };
    let parts = read_parts(&req, form, LIMIT).await?;
    let content = open_content(&req.app, &req.ctx, &of).await?;
    let named = |problem: Problem| problem.rename("name", "who");
    let filled = filled(&parts, &content)?;
    let page = page_of(id);
    if of.report.is_sent() && !of.is_open() {
        // Pressed twice, it was sent once; what is other than what was sent is shown to who wrote it.
        let is_same = is_sent_already(&of, &content, &filled, &enclosed(&parts).await?);
        return if is_same { Ok(Req::go(&page, "outside-sent")) } else { Err(Problem::stale().into()) };
    }
    match parts.field("act") {
        "send" => {
            if parts.field("sure").is_empty() {
                return Err(Problem::bad_input("outside-sure").field("sure", "outside-sure").into());
            }
            let file = enclosed(&parts).await?;
            outside_send_in(&req.app, &req.ctx, &of, &filled, &file).await.map_err(named)?;
            Ok(Req::go(&page, "outside-sent"))
        }
        "as_before" => {
            outside_as_before(&req.app, &req.ctx, &of, &filled).await.map_err(named)?;
            Ok(Req::go(&page, "report-as-before"))
        }
        "save" => {
            outside_save(&req.app, &req.ctx, &of, &filled).await.map_err(named)?;
            Ok(Req::go(&page, "outside-saved"))
        }
        _ => Err(Problem::bad_input("bad-form").into()),
    }
}

fn stem(req: &Req, of: &Visit) -> (String, String) {
    let unit = req.app.bodies().today(of.report.unit());
    let name = req.app.bodies().body(unit).map(|body| body.short_name).unwrap_or_default();
    let stem = kernel::text::file_stem(&format!("bao cao {name} {}", of.report.label));
    (name, stem)
}

/// The sheet to be filled off line.
pub async fn sheet_get(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    let of = come(&req, id).await?;
    if !of.is_open() {
        return Err(unknown().into());
    }
    let content = open_content(&req.app, &req.ctx, &of).await?;
    let (name, stem) = stem(&req, &of);
    let (title, report, rev) =
        (format!("{name}: báo cáo {}", label_words(&of.report.label)), of.report().to_string(), of.report.rev);
    let bytes = heavy(move || sheet(&report, rev, &title, &content)).await??;
    Req::not_kept(Req::file(&format!("{stem}-de-dien.xlsx"), pages::XLSX, bytes)?)
}

/// A filled sheet comes back.
pub async fn sheet_post(req: Req, Path(id): Path<OutsideId>, form: Multipart) -> Outcome {
    let of = come(&req, id).await?;
    req.app.room().check()?;
    // The page has another field for a file: what is wrong is said at this one.
    let upload = read_upload(&req, form, report_sheet::LIMIT).await.map_err(|wrong| wrong.rename("file", "sheet"))?;
    match outside_sheet(&req.app, &req.ctx, &of, upload.bytes().await?).await? {
        Ok(_) => Ok(Req::go(&page_of(id), "sheet-taken")),
        Err(faults) => {
            let (template, page) = shown(&req, &of).await?;
            let page = context! { faults => view(faults), ..page };
            req.refused(template, Problem::bad_input("sheet-faults"), page).await
        }
    }
}

/// What was sent as a file: `docx` or `pdf`.
pub async fn file(req: Req, Path((id, form)): Path<(OutsideId, String)>) -> Outcome {
    let of = come(&req, id).await?;
    let kind = PaperForm::parse(&form).ok_or_else(unknown)?;
    let content = open_content(&req.app, &req.ctx, &of).await?;
    let (_, stem) = stem(&req, &of);
    let bytes = paper_written(&req.app, paper(&req.app, &req.ctx, &of.report, &content).await?, kind).await?;
    Req::not_kept(Req::file(&format!("{stem}.{form}"), kind.media_type(), bytes)?)
}
