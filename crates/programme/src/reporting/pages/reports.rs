//! Reports: mine to write, one as the document itself with its steps, its words and values, its sheet and its files.

use crate::ids::ReportId;
use axum::extract::{Multipart, Path};
use kernel::{Problem, ProblemKind, UnitId};
use minijinja::context;
use webkit::{Form, Outcome, Req, heavy, read_parts, read_upload, view};

use crate::{
    files::usecase::look::is_hidden,
    pages,
    reporting::{
        model::step::ReportAct,
        pages::{
            report_form::{EditForm, edit_page},
            report_page::{load, page},
        },
        store::{self, report::ReportRow},
        usecase::{
            report_act::report_act,
            report_correct::report_correct,
            report_edit::{as_before, report_edit},
            report_export,
            report_paper::paper,
            report_sheet::{self, sheet, sheet_take},
        },
    },
    targets::model::period::label_words,
    work::{
        pages::part::day,
        usecase::{
            evidence::LIMIT,
            paper::{Form as PaperForm, written as paper_written},
        },
    },
};

pub async fn show(req: Req, Path(id): Path<ReportId>) -> Outcome {
    let page = page(&req, id).await?;
    req.page("programme/report_page.html", page).await
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
    let on_behalf = parts.field("on_behalf") == "true";
    let act = match parts.field("act") {
        "as_before" => {
            return as_before(&req.app, &req.ctx, id, rev, on_behalf).await.map(|()| (id, "report-as-before".into()));
        }
        "correct" => {
            let new = report_correct(&req.app, &req.ctx, id, &remarks, on_behalf).await;
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
    report_act(&req.app, &req.ctx, id, rev, &act, on_behalf).await.map_err(named)?;
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
            webkit::attachment(&req, row.file_name.as_deref().unwrap_or("bao-cao.pdf"), &hash).await
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
    let on_behalf = upload.field("on_behalf") == Some("true");
    match sheet_take(&req.app, &req.ctx, id, upload.bytes().await?, on_behalf).await? {
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
