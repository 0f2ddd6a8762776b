//! Reports: mine to write, one as the document itself with its steps, its words and values, its sheet and its files.

use crate::ids::{ReportId, TargetId};
use axum::extract::{Multipart, Path};
use kernel::{Problem, ProblemKind, UnitId};
use minijinja::{Value, context};
use uuid::Uuid;
use webkit::{Form, Outcome, Req, heavy, read_parts, read_upload, view};

use crate::{
    files::usecase::look::is_hidden,
    pages::{self, words},
    plans::model::{cite::Cited, hands::Hands, read_target::written},
    reporting::{
        model::{
            content::{Content, Gap, part_words},
            desk::{Desk, Turn},
            note::{Note, PaperField},
            step::ReportAct,
        },
        pages::{
            filled::EditForm,
            received::{contact_of, link_of, receptions},
        },
        store::{self, report::ReportRow},
        usecase::{
            report_act::{as_before, is_own_step_back, report_act, report_edit, report_for, resource},
            report_compare::Found,
            report_content::content,
            report_correct::report_correct,
            report_export,
            report_notes::get as note_words,
            report_paper::paper,
            report_sheet::{self, sheet, sheet_take},
            report_turn::{turn, turn_at},
        },
    },
    targets::model::period::label_words,
    work::{
        self,
        pages::part::day,
        usecase::{
            evidence::LIMIT,
            paper::{Form as PaperForm, written as paper_written},
        },
    },
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

/// What the reader may do, and what is offered: nothing that would be refused.
async fn rights(req: &Req, row: &ReportRow) -> Result<Value, Problem> {
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
    Ok(
        context! { write, send_back, check => at[0], approve => at[1], issue => at[2], take_in => at[3], receive => at[4] },
    )
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

async fn load(req: &Req, id: ReportId) -> Result<(ReportRow, Content), Problem> {
    let row = report_for(&req.app, &req.ctx, id, "report.read").await?;
    let content = content(&req.app, &req.ctx, &row).await?;
    Ok((row, content))
}

fn head(req: &Req, row: &ReportRow) -> Value {
    let bodies = req.app.bodies();
    let (unit, today) = (bodies.today(row.unit()), req.ctx.today().to_string());
    let hands = Hands::read(row.hands.as_deref());
    let own = |act: &ReportAct| is_own_step_back(&req.ctx.actor, row, &hands, act);
    let due =
        row.due_on.parse().map(|due| kernel::day::show_due(due, false, &req.app.times().calendar(), req.ctx.lang));
    let due = due.unwrap_or_else(|_| row.due_on.clone());
    context! {
        may_recall => own(&ReportAct::Recall), may_reconsider => own(&ReportAct::Reconsider), checked_alone => hands.is_checked_alone, approved_alone => hands.is_approved_alone,
        id => row.id().to_string(), name => bodies.body(unit).map(|body| body.name), old_name => if unit == row.unit() { None } else { bodies.body(row.unit()).map(|body| body.name) },
        words => pages::period_words(req, &row.label), state => row.state.clone(), rev => row.rev, due => row.due_on.clone(), due_words => due, received_on => row.received_on.clone(), received_number => row.received_number.as_deref(), number => row.number.as_deref(), issued_on => row.issued_on.clone(),
        file_name => row.file_name.as_deref(), signed => row.file_signed.as_deref(), remarks => row.remarks.as_deref(), version => row.version, consolidated => row.consolidated, nothing => row.is_nothing, draft => row.is_draft(),
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

async fn page(req: &Req, id: ReportId) -> Result<Value, Problem> {
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
    let turn = turn(&req.app, &req.ctx, &row).await?;
    let (receptions, contact) = (receptions(req, &row).await?, contact_of(req, &row).await?);
    Ok(context! {
        receptions, contact, link => link_of(req, &row).await?,
        row => head(req, &row), may => rights(req, &row).await?, turn => waits(req, turn.as_ref()), done_more => to_whom(req, turn.as_ref()), sheet => Value::from_safe_string(sheet), today => req.ctx.today().to_string(),
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

pub async fn show(req: Req, Path(id): Path<ReportId>) -> Outcome {
    let page = page(&req, id).await?;
    req.page("programme/report_page.html", page).await
}

/// The parts of plans on which a consolidated report may say a word, in their order.
fn section_fields(row: &ReportRow, content: &Content) -> Vec<Value> {
    let mut seen: Vec<(Uuid, &str)> = Vec::new();
    let works = content.works.iter().filter(|_| row.consolidated);
    for (plan, work) in works.filter_map(|work| Some((work.plan_id?, work))) {
        if !seen.contains(&(plan, work.part())) {
            seen.push((plan, work.part()));
        }
    }
    let field = |(plan, part): (Uuid, &str)| {
        let note = Note::Section { plan, part: part.to_owned() };
        let cited = content.cited.iter().find(|cited| cited.id == plan).map(Cited::short).unwrap_or_default();
        let title = [cited, part_words(part)].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
        context! { code => note.code(), title => title.join(", "), words => note_words(content, &note) }
    };
    seen.into_iter().map(field).collect()
}

/// What the head and the foot of the paper say.
fn foot_fields(content: &Content) -> Vec<Value> {
    let field = |field: PaperField| {
        let note = Note::Paper(field);
        context! { code => note.code(), name => field.code(), words => note_words(content, &note) }
    };
    PaperField::ALL.into_iter().map(field).collect()
}

async fn edit_page(req: &Req, id: ReportId) -> Result<Value, Problem> {
    let row = report_for(&req.app, &req.ctx, id, "report.write").await?;
    let content = content(&req.app, &req.ctx, &row).await?;
    let works: Vec<Value> = content
        .works
        .iter()
        .map(|work| {
            let late = work.counts.late > 0;
            let said: Vec<Value> = work.said.iter().map(|said| view(said.clone())).collect();
            context! { id => work.id.to_string(), text => work.text.as_str(), words => work.words.clone(), suggested => work.suggested, nothing => work.nothing, late, href => work.href.clone(), evidence => work.evidence.clone(), percent => work.percent, said, done => work.counts.finished(), total => work.counts.total }
        })
        .collect();
    let number = |value: Option<i64>| value.map(written).unwrap_or_default();
    let values: Vec<Value> = content
        .values
        .iter()
        .map(|value| {
            context! {
                id => TargetId::from_uuid(value.id).to_string(), text => value.text.as_str(), unit => value.unit.clone(), goal => written(value.goal), comparator => value.comparator.clone(),
                is_share => value.unit.contains('%'), numerator => number(value.numerator), denominator => number(value.denominator), this => number(value.this), year_ago => number(value.year_ago),
                planned => number(value.planned), status => value.status.clone(), evidence => value.evidence.as_str(), href => value.href.clone(),
            }
        })
        .collect();
    let (sections, foot) = (section_fields(&row, &content), foot_fields(&content));
    Ok(
        context! { row => head(req, &row), works, values, sections, foot, overall => content.assessment, intro => row.intro.as_str(), plans_ahead => row.plans_ahead.as_str(), ahead => content.ahead },
    )
}

pub async fn edit_form(req: Req, Path(id): Path<ReportId>) -> Outcome {
    let page = edit_page(&req, id).await?;
    req.page("programme/report_edit.html", page).await
}

pub async fn edit(req: Req, Path(id): Path<ReportId>, Form(form): Form<EditForm>) -> Outcome {
    let (_, old) = load(&req, id).await?;
    report_edit(&req.app, &req.ctx, id, form.rev, &form.edit(&old)?).await?;
    Ok(Req::go(&format!("/reports/{id}"), "saved"))
}

/// A step of the report (multipart, because the signed file comes with issuing).
pub async fn act(req: Req, Path(id): Path<ReportId>, form: Multipart) -> Outcome {
    let parts = read_parts(&req, form, LIMIT).await?;
    let (to, done) = step(&req, id, &parts).await?;
    Ok(Req::go(&format!("/reports/{to}"), &done))
}

/// Where the step leads, and the words on what was done.
async fn step(req: &Req, id: ReportId, parts: &webkit::Parts) -> Result<(ReportId, String), Problem> {
    let rev = parts.field("rev").parse().unwrap_or(0);
    let remarks = parts.field("remarks").to_owned();
    let act = match parts.field("act") {
        "as_before" => return as_before(&req.app, &req.ctx, id, rev).await.map(|()| (id, "report-as-before".into())),
        "correct" => {
            let new = report_correct(&req.app, &req.ctx, id, &remarks).await;
            let new = new.map_err(|problem| problem.rename("reason", "remarks"))?;
            return Ok((new, "report-correct".into()));
        }
        "submit" => ReportAct::Submit,
        "check" => ReportAct::Check,
        "approve" => ReportAct::Approve,
        "send_back" => ReportAct::SendBack { remarks },
        "recall" => ReportAct::Recall,
        "take_in" => ReportAct::TakeIn { number: parts.field("number").to_owned() },
        "accept" => ReportAct::Accept,
        "return" => ReportAct::Return { remarks },
        "reconsider" => ReportAct::Reconsider,
        "issue" => {
            let file = match &parts.file {
                Some(upload) => Some((upload.file_name.clone(), upload.bytes().await?)),
                None => None,
            };
            let day = day("issued_on", parts.field("issued_on"))?.unwrap_or_else(|| req.ctx.today());
            ReportAct::Issue { number: parts.field("number").to_owned(), day, file }
        }
        _ => return Err(Problem::bad_input("bad-form")),
    };
    let named = |problem: Problem| problem.rename("done_on", "issued_on");
    report_act(&req.app, &req.ctx, id, rev, &act).await.map_err(named)?;
    Ok((id, act.done()))
}

fn file_stem(req: &Req, row: &ReportRow) -> (String, String) {
    let name = req.app.bodies().body(row.unit()).map(|body| body.short_name).unwrap_or_default();
    let stem = kernel::text::file_stem(&format!("bao cao {name} {}", row.label));
    (name, stem)
}

/// The sheet to be filled off line.
pub async fn sheet_get(req: Req, Path(id): Path<ReportId>) -> Outcome {
    let (row, content) = load(&req, id).await?;
    let (name, stem) = file_stem(&req, &row);
    let title = format!("{name}: báo cáo {}", label_words(&row.label));
    let bytes = heavy(move || sheet(&id.to_string(), row.rev, &title, &content)).await??;
    Req::file(&format!("{stem}-de-dien.xlsx"), pages::XLSX, bytes)
}

/// The report as a file: `docx`, `pdf`, `html`, `xlsx`; `signed` is what came back.
pub async fn file(req: Req, Path((id, form)): Path<(ReportId, String)>) -> Outcome {
    let (row, content) = load(&req, id).await?;
    let (_, stem) = file_stem(&req, &row);
    match form.as_str() {
        "xlsx" => {
            let bytes = report_export::workbook(&req.app, &row, content).await?;
            Req::file(&format!("{stem}.xlsx"), pages::XLSX, bytes)
        }
        "signed" if is_hidden(&req.app.db().read(), &req.ctx, row.id).await? => {
            Err(Problem::new(ProblemKind::Conflict, "file-unchecked").into())
        }
        "signed" => {
            let hash = row.blob_hash.as_deref().and_then(db::BlobHash::parse).ok_or_else(Problem::not_found)?;
            pages::attachment(&req, row.file_name.as_deref().unwrap_or("bao-cao.pdf"), &hash).await
        }
        other => {
            let kind = PaperForm::parse(other).ok_or_else(Problem::not_found)?;
            let bytes = paper_written(&req.app, paper(&req.app, &req.ctx, &row, &content).await?, kind).await?;
            Req::file(&format!("{stem}.{other}"), kind.media_type(), bytes)
        }
    }
}

/// A filled sheet comes back.
pub async fn sheet_post(req: Req, Path(id): Path<ReportId>, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, report_sheet::LIMIT).await?;
    match sheet_take(&req.app, &req.ctx, id, upload.bytes().await?).await? {
        Ok(_) => Ok(Req::go(&format!("/reports/{id}"), "sheet-taken")),
        Err(faults) => {
            let page = page(&req, id).await?;
            let page = context! { faults => view(faults), ..page };
            req.refused("programme/report_page.html", Problem::bad_input("sheet-faults"), page).await
        }
    }
}

/// Opens the report of a body that the old address of drafts named: its newest one.
pub async fn of_agency(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let scope = req.app.authorizer().scope(&req.ctx);
    // The address of a report is told only to who may read it.
    let found = store::report_register::newest(&req.app.db().read(), id, &scope).await?;
    Ok(Req::go(&found.map_or_else(|| format!("/agencies/{id}"), |report| format!("/reports/{}", report.id)), ""))
}
