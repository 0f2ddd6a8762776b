//! What is done on the page of a task: progress, evidence, steps, more time, checking, undo.

use crate::ids::{EntryId, EvidenceId, ExtensionId, PartId, StepId, TaskId};
use axum::extract::{Multipart, Path};
use jiff::civil::Date;
use kernel::{Problem, ProblemKind};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, read_parts};

use crate::{
    files::usecase::look::is_hidden,
    pages,
    work::{
        model::change::Act,
        store::{self, part::PartRow},
        usecase::{
            evidence::{Evidence, LIMIT, evidence_add, evidence_remove},
            extension::{Answer, extension_answer, extension_ask},
            helper::{helper_add, helper_remove},
            part_act::{part_act, part_for, progress_note},
            part_undo::part_undo,
            step::{StepAct, step_act, step_add},
        },
    },
};

/// The short address of a part: its task's page.
pub async fn show(req: Req, Path(id): Path<PartId>) -> Outcome {
    let part = part_for(&req.app, &req.ctx, id, "task.read").await?;
    Ok(Req::go(&address(&part), ""))
}

pub(crate) fn address(part: &PartRow) -> String {
    format!("/tasks/{}?part={}", TaskId::from_uuid(part.task_id), part.id())
}

/// Back to the part's page, which says what was done.
async fn back(req: &Req, id: PartId, done: &str) -> Outcome {
    let part = store::part::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    Ok(Req::go(&address(&part), done))
}

fn bad_day(field: &str) -> Problem {
    Problem::bad_input("bad-day").field(field, "bad-day")
}

/// The day in a field of a form, if one was given.
pub(crate) fn day(field: &str, text: &str) -> Result<Option<Date>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => kernel::day::read(text).map(Some).ok_or_else(|| bad_day(field)),
    }
}

#[derive(Deserialize)]
pub struct Progress {
    #[serde(default)]
    percent: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn progress(req: Req, Path(id): Path<PartId>, Form(form): Form<Progress>) -> Outcome {
    let wrong = |_| Problem::bad_input("percent-wrong").field("percent", "percent-wrong");
    let percent = match form.percent.trim().trim_end_matches('%').trim() {
        "" => None,
        text => Some(text.parse().map_err(wrong)?),
    };
    progress_note(&req.app, &req.ctx, id, percent, &form.text, form.on_behalf).await?;
    back(&req, id, "progress-noted").await
}

#[derive(Deserialize)]
pub struct Done {
    rev: i64,
    #[serde(default)]
    done_on: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    on_behalf: bool,
}

/// With a day the part is done; without one it is open again.
pub async fn done(req: Req, Path(id): Path<PartId>, Form(form): Form<Done>) -> Outcome {
    let act = match day("done_on", &form.done_on)? {
        Some(day) => Act::Done { day, note: form.note },
        None => Act::Reopen { reason: form.note },
    };
    part_act(&req.app, &req.ctx, id, form.rev, &act, form.on_behalf).await?;
    back(&req, id, if matches!(act, Act::Done { .. }) { "part-done" } else { "part-reopened" }).await
}

#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Accept,
    SendBack,
    Pause,
    End,
    Resume,
}

impl Check {
    pub fn act(self, words: String) -> Act {
        match self {
            Self::Accept => Act::Accept { note: words },
            Self::SendBack => Act::SendBack { reason: words },
            Self::Pause => Act::Pause { reason: words },
            Self::End => Act::End { reason: words },
            Self::Resume => Act::Resume { note: words },
        }
    }

    /// What is said once it was done to many.
    pub fn done(self) -> &'static str {
        match self {
            Self::Accept => "parts-accepted",
            Self::SendBack => "parts-sent-back",
            Self::Pause | Self::End | Self::Resume => "part-checked",
        }
    }
}

#[derive(Deserialize)]
pub struct CheckForm {
    rev: i64,
    act: Check,
    #[serde(default)]
    words: String,
}

pub async fn check(req: Req, Path(id): Path<PartId>, Form(form): Form<CheckForm>) -> Outcome {
    // All of them are said in one field.
    let named = |problem: Problem| problem.rename("reason", "words").rename("note", "words");
    part_act(&req.app, &req.ctx, id, form.rev, &form.act.act(form.words), false).await.map_err(named)?;
    back(&req, id, "part-checked").await
}

pub async fn undo(req: Req, Path(id): Path<EntryId>) -> Outcome {
    let part = part_undo(&req.app, &req.ctx, id).await?;
    Ok(Req::go(&address(&part), "undone"))
}

/// The fields and the file of a piece of evidence.
pub async fn read_evidence(req: &Req, form: Multipart) -> Result<Evidence, Problem> {
    let parts = read_parts(req, form, LIMIT).await?;
    let text = |name: &str| parts.field(name).to_owned();
    let file = match &parts.file {
        Some(upload) => Some((upload.file_name.clone(), upload.bytes().await?)),
        None => None,
    };
    Ok(Evidence {
        label: text("label"),
        number: text("number"),
        day: text("day"),
        link: text("link"),
        file,
        target: text("target").parse().ok(),
        on_behalf: parts.field("on_behalf") == "true",
    })
}

pub async fn evidence(req: Req, Path(id): Path<PartId>, form: Multipart) -> Outcome {
    let given = read_evidence(&req, form).await?;
    let added =
        evidence_add(&req.app, &req.ctx, id, &given).await.map_err(|problem| problem.rename("done_on", "day"))?;
    let row = store::evidence::get(&req.app.db().read(), added).await?;
    let is_personal = row.is_some_and(|row| row.personal().is_some());
    back(&req, id, if is_personal { "evidence-personal" } else { "evidence-added" }).await
}

#[derive(Deserialize)]
pub struct Remove {
    #[serde(default)]
    restore: bool,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn evidence_change(req: Req, Path(id): Path<EvidenceId>, Form(form): Form<Remove>) -> Outcome {
    let part = evidence_remove(&req.app, &req.ctx, id, !form.restore, form.on_behalf).await?;
    let there = if form.restore { address(&part) } else { format!("{}&removed={id}", address(&part)) };
    Ok(Req::go(&there, if form.restore { "evidence-added" } else { "evidence-removed" }))
}

/// The file of a piece of evidence, as an attachment.
pub async fn evidence_file(req: Req, Path(id): Path<EvidenceId>) -> Outcome {
    let row = store::evidence::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    part_for(&req.app, &req.ctx, PartId::from_uuid(row.part_id), "task.read").await?;
    if is_hidden(&req.app.db().read(), &req.ctx, row.id).await? {
        return Err(Problem::new(ProblemKind::Conflict, "file-unchecked").into());
    }
    let hash = row.blob_hash.as_deref().and_then(db::BlobHash::parse).ok_or_else(Problem::not_found)?;
    let name = row.file_name.unwrap_or_default();
    webkit::attachment(&req, &name, &hash).await
}

#[derive(Deserialize)]
pub struct NewStep {
    #[serde(default)]
    text: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    due_on: String,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn step_new(req: Req, Path(id): Path<PartId>, Form(form): Form<NewStep>) -> Outcome {
    let due = day("due_on", &form.due_on)?;
    step_add(&req.app, &req.ctx, id, (&form.text, &form.owner), due, form.on_behalf).await?;
    back(&req, id, "step-added").await
}

#[derive(Deserialize)]
pub struct StepForm {
    rev: i64,
    act: StepAct,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn step(req: Req, Path(id): Path<StepId>, Form(form): Form<StepForm>) -> Outcome {
    let part = step_act(&req.app, &req.ctx, (id, form.rev), form.act, form.on_behalf).await?;
    Ok(Req::go(&address(&part), "saved"))
}

#[derive(Deserialize)]
pub struct Extension {
    due_on: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn extension_new(req: Req, Path(id): Path<PartId>, Form(form): Form<Extension>) -> Outcome {
    let due = day("due_on", &form.due_on)?.ok_or_else(|| bad_day("due_on"))?;
    extension_ask(&req.app, &req.ctx, id, due, &form.reason, form.on_behalf).await?;
    back(&req, id, "extension-asked").await
}

#[derive(Deserialize)]
pub struct ExtensionForm {
    rev: i64,
    act: Answer,
    #[serde(default)]
    words: String,
}

pub async fn extension(req: Req, Path(id): Path<ExtensionId>, Form(form): Form<ExtensionForm>) -> Outcome {
    let asked = store::extension::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let answered = extension_answer(&req.app, &req.ctx, id, form.rev, form.act, &form.words).await;
    answered.map_err(|problem| problem.rename("answer", "words"))?;
    back(&req, PartId::from_uuid(asked.part_id), "extension-answered").await
}

#[derive(Deserialize)]
pub struct Helper {
    unit: String,
    #[serde(default)]
    remove: bool,
    #[serde(default)]
    on_behalf: bool,
}

pub async fn helper(req: Req, Path(id): Path<PartId>, Form(form): Form<Helper>) -> Outcome {
    let unit = pages::unit(&req, "unit", &form.unit)?;
    if form.remove {
        helper_remove(&req.app, &req.ctx, id, unit).await?;
    } else {
        helper_add(&req.app, &req.ctx, id, unit, form.on_behalf).await?;
    }
    back(&req, id, "saved").await
}
