//! Level dossiers for programs and forms.

use axum::extract::Path;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use webkit::{Answers, Form, Kept as _, ListPage, Outcome, Req};

use super::paged::page;
use crate::{
    model::{
        System, SystemId,
        level::{Dossier, DossierId, DossierInput, Overrule, rules},
    },
    store::level::DOSSIERS,
    usecase::level::{
        act::dossier_act,
        check::{Standing, Violation, standing},
        controls::{controls_say, controls_seen},
        guard::system_overrule,
        paper::{self, Which},
        propose::dossier_propose,
        record::decision_record,
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, get, propose, controls, act, record, overrule, faults))]
pub struct Documented;

/// Level dossiers that the caller may see, by name, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/levels", responses((status = 200, body = ListPage<Dossier>)))]
pub async fn list(req: Req) -> Outcome {
    DOSSIERS.json(&req).await
}

/// One dossier; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/levels/{id}", params(("id" = String, Path)), responses((status = 200, body = Dossier)))]
pub async fn get(req: Req, Path(id): Path<DossierId>) -> Outcome {
    let row = Dossier::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&row, row.rev)
}

/// Proposes the level of a system from facts, each under its key in the table of levels; opens the dossier where there is none
/// on its way, else changes that one over its revision in If-Match.
#[utoipa::path(post, path = "/api/v1/systems/{id}/level", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = BTreeMap<String, String>, responses((status = 200, body = Dossier), (status = 412)))]
pub async fn propose(req: Req, Path(id): Path<SystemId>, Form(sent): Form<Answers>) -> Outcome {
    // Of a first proposal there is nothing that could have been read.
    let read = (id, req.if_match_or(sent.text("rev").parse().unwrap_or(0))?);
    let row = dossier_propose(&req.app, &req.ctx, read, &sent).await?;
    req.done_rev(&row, row.rev, &format!("/levels/{}", row.id), "level-proposed")
}

/// Says how controls stand: `state-KEY`, `evidence-KEY`, `day-KEY`, over the revision in `rev` or If-Match.
#[utoipa::path(post, path = "/api/v1/levels/{id}/controls", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = BTreeMap<String, String>, responses((status = 200, body = Dossier), (status = 412)))]
pub async fn controls(req: Req, Path(id): Path<DossierId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    let row = controls_say(&req.app, &req.ctx, read, &sent).await?;
    // The button of a group leads on to the next one.
    let on = rules().text().groups.iter().find(|group| group.key == sent.text("on"));
    let on = on.map(|group| format!("/controls#group-{}", group.key)).unwrap_or_default();
    req.done_rev(&row, row.rev, &format!("/levels/{id}{on}"), "level-controls")
}

/// Sends, returns, appraises, approves or checks a dossier, over its revision in If-Match (or `rev`). The approval gives the
/// system its level.
#[utoipa::path(post, path = "/api/v1/levels/{id}/acts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = DossierInput, responses((status = 200, body = Dossier), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<DossierId>, Form(input): Form<DossierInput>) -> Outcome {
    let input = DossierInput { rev: req.if_match_or(input.rev)?, ..input };
    let row = dossier_act(&req.app, &req.ctx, id, &input).await?;
    req.done_rev(&row, row.rev, &format!("/levels/{id}"), &format!("level-{}", input.act.trim()))
}

/// Takes over a decision of before there was a dossier here, over the revision of the system in If-Match (or `rev`).
#[utoipa::path(post, path = "/api/v1/systems/{id}/level-decision", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = DossierInput, responses((status = 200, body = Dossier), (status = 412)))]
pub async fn record(req: Req, Path(id): Path<SystemId>, Form(input): Form<DossierInput>) -> Outcome {
    let row = decision_record(&req.app, &req.ctx, (id, req.if_match_or(input.rev)?), &input).await?;
    req.done_rev(&row, row.rev, &format!("/levels/{}", row.id), "level-record")
}

/// Why a system operates without an approved dossier.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OverruleInput {
    /// Of the system, in the place of If-Match.
    rev: i64,
    reason: String,
    /// Since when, where that is not today; of a system that operates already the day that makes a new one of it.
    operating_since: String,
}

/// Lets a system begin to operate, or be a new one by its day, without an approved dossier, over its revision in If-Match (or
/// `rev`); kept, and counted.
#[utoipa::path(post, path = "/api/v1/systems/{id}/overrule", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = OverruleInput, responses((status = 200, body = Overrule), (status = 412)))]
pub async fn overrule(req: Req, Path(id): Path<SystemId>, Form(input): Form<OverruleInput>) -> Outcome {
    let said = (input.reason.as_str(), input.operating_since.as_str());
    let row = system_overrule(&req.app, &req.ctx, (id, req.if_match_or(input.rev)?), said).await?;
    req.done(&row, &format!("/systems/{id}"), "system-overruled")
}

/// How the levels of the systems within reach stand, and a page of what is wrong.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LevelFaults {
    systems: usize,
    operating: usize,
    /// Of them those that the figure of approved levels counts, and those of them that were late.
    counted: usize,
    counted_late: usize,
    /// Times that a leader let one operate without a dossier.
    overruled: i64,
    violations: Vec<Violation>,
    next: Option<String>,
}

/// What is wrong with the levels of systems within the caller's reach today; 100 a page.
#[utoipa::path(get, path = "/api/v1/levels/faults", params(("after" = Option<String>, Query)), responses((status = 200, body = LevelFaults)))]
pub async fn faults(req: Req) -> Outcome {
    let Standing { systems, operating, counted, counted_late, overruled, violations } =
        standing(&req.app, &req.ctx, &req.app.db().read(), None).await?;
    let ListPage { items: violations, next } = page(&req, violations)?;
    Req::json(&LevelFaults { systems, operating, counted, counted_late, overruled, violations, next })
}

/// A paper of a dossier as a file: `letter`, `proposal` or `controls`, as `.docx` or `.pdf`.
pub async fn file(req: Req, Path((id, file)): Path<(DossierId, String)>) -> Outcome {
    let (which, form) = paper::named(&file).ok_or_else(Problem::not_found)?;
    let conn = req.app.db().read();
    let row = Dossier::seen(&req.app, &req.ctx, &conn, id).await?;
    let system = <System as db::Row>::get(&conn, row.system_id).await?.ok_or_else(Problem::not_found)?;
    let controls = match which {
        Which::Controls => controls_seen(&req.app, &req.ctx, id).await?.1,
        Which::Letter | Which::Proposal => vec![],
    };
    let paper = paper::paper(&req.app, &req.ctx, which, &row, &system, &controls);
    let bytes = paper::written(&req.app, paper, form).await?;
    let what = req.app.locales().text(kernel::Lang::Vi, which.words(), &[]);
    let name = kernel::text::file_stem(&format!("{} {what}", row.name.as_str()));
    let end = if form == paper::Form::Pdf { "pdf" } else { "docx" };
    Req::file(&format!("{name}.{end}"), form.media_type(), bytes)
}
