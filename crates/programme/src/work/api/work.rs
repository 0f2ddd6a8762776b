//! Work on parts: one with all that happened on it, acts, tasks from documents, difficulties.

use crate::ids::{DifficultyId, EntryId, EvidenceId, PartId, StepId, TaskId};
use axum::extract::{Multipart, Path};
use db::Row as _;
use kernel::{Problem, UnitId};
use serde::{Deserialize, Serialize};
use webkit::{Form, ListPage, Outcome, Req};

use crate::work::{
    api::contact::ContactJson,
    model::{change::Act, difficulty::Difficulty},
    pages::part::{day, read_evidence},
    store::{self, lists::DIFFICULTIES},
    usecase::{
        contact::contact,
        difficulty::{About, DifficultyAct, difficulty_act, difficulty_raise},
        evidence::{evidence_add, evidence_of},
        part_act::{part_act, part_for},
        task_assign::{Assignment, task_assign},
    },
};

webkit::codes! {
    /// What was done on a part.
    EntryKind = ["progress", "done", "reopen", "pause", "end", "resume", "accept", "send_back", "due"];
    /// What proves that work was done.
    EvidenceKind = ["file", "link", "document", "figure"];
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct EntryJson {
    id: String,
    #[schema(value_type = EntryKind)]
    kind: String,
    /// Microseconds since 1970, UTC.
    at: i64,
    percent: Option<i64>,
    text: String,
    undone: bool,
    /// The unit that acted for the part's own body.
    acted_by: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct EvidenceJson {
    id: String,
    #[schema(value_type = EvidenceKind)]
    kind: String,
    label: String,
    number: Option<String>,
    #[schema(format = Date)]
    day: Option<String>,
    link: Option<String>,
    file_name: Option<String>,
    sha256: Option<String>,
    /// The unit that brought it for the part's own body.
    acted_by: Option<String>,
    /// In how many places the file may hold a number by which somebody is identified; none where none was seen. Such a file is
    /// not passed on outside.
    identities: Option<i64>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct StepJson {
    id: String,
    text: String,
    owner: String,
    #[schema(format = Date)]
    due_on: Option<String>,
    #[schema(format = Date)]
    done_on: Option<String>,
    rev: i64,
}

/// A part with all that happened on it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PartDetail {
    id: String,
    task: String,
    unit: String,
    text: String,
    percent: Option<i64>,
    #[schema(format = Date)]
    due_on: Option<String>,
    #[schema(format = Date)]
    done_on: Option<String>,
    #[schema(format = Date)]
    accepted_on: Option<String>,
    #[schema(format = Date)]
    stopped_on: Option<String>,
    rev: i64,
    entries: Vec<EntryJson>,
    evidence: Vec<EvidenceJson>,
    steps: Vec<StepJson>,
    difficulties: Vec<Difficulty>,
    /// Whom to call about it.
    contact: Option<ContactJson>,
}

impl PartDetail {
    /// Whether an answer with it holds somebody's name, which is to be kept nowhere but in its row.
    fn names_people(&self) -> bool {
        self.contact.is_some() || self.steps.iter().any(|step| !step.owner.is_empty())
    }
}

/// One part: its fields, entries (newest first), evidence, steps and difficulties.
#[utoipa::path(get, path = "/api/v1/parts/{id}", params(("id" = String, Path)), responses((status = 200, body = PartDetail)))]
pub async fn part(req: Req, Path(id): Path<PartId>) -> Outcome {
    let detail = detail(&req, id).await?;
    Req::not_kept(Req::json_rev(&detail, detail.rev)?)
}

/// The part as an act left it.
async fn left(req: &Req, id: PartId) -> Outcome {
    let detail = detail(req, id).await?;
    let answer = Req::json_rev(&detail, detail.rev)?;
    if detail.names_people() { Req::not_kept(answer) } else { Ok(answer) }
}

async fn detail(req: &Req, id: PartId) -> Result<PartDetail, Problem> {
    let part = part_for(&req.app, &req.ctx, id, "task.read").await?;
    let conn = req.app.db().read();
    let entries = store::entry::list(&conn, id, 200).await?.into_iter().map(|row| EntryJson {
        id: EntryId::from_uuid(row.id).to_string(),
        kind: row.kind,
        at: row.at,
        percent: row.percent,
        text: row.text.into_string(),
        undone: row.undone_at.is_some(),
        acted_by: row.acted_by.map(|unit| UnitId::from_uuid(unit).to_string()),
    });
    let evidence = evidence_of(&conn, &req.ctx, id).await?.into_iter().map(|row| EvidenceJson {
        identities: row.personal(),
        id: EvidenceId::from_uuid(row.id).to_string(),
        kind: row.kind,
        label: row.label.into_string(),
        number: row.number.map(db::Words::into_string),
        day: row.day,
        link: row.link,
        file_name: row.file_name.map(db::Words::into_string),
        sha256: row.blob_hash,
        acted_by: row.acted_by.map(|unit| UnitId::from_uuid(unit).to_string()),
    });
    let steps = store::step::list(&conn, id).await?.into_iter().map(|row| StepJson {
        id: StepId::from_uuid(row.id).to_string(),
        text: row.text.into_string(),
        owner: row.owner.into_string(),
        due_on: row.due_on,
        done_on: row.done_on,
        rev: row.rev,
    });
    let difficulties = store::difficulty::of_part(&conn, id).await?;
    Ok(PartDetail {
        id: id.to_string(),
        task: TaskId::from_uuid(part.task_id).to_string(),
        unit: part.unit().to_string(),
        text: part.text,
        percent: part.percent,
        due_on: part.due_on,
        done_on: part.done_on,
        accepted_on: part.accepted_on,
        stopped_on: part.stopped_on,
        rev: part.rev,
        entries: entries.collect(),
        evidence: evidence.collect(),
        steps: steps.collect(),
        difficulties,
        contact: contact(&req.app, &req.ctx, id).await?.map(ContactJson::from),
    })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ActJson {
    rev: i64,
    /// `progress`, `done`, `reopen`, `pause`, `end`, `resume`, `accept`, or `send_back`.
    act: String,
    /// For `progress`: 0 to 100.
    percent: Option<i64>,
    /// For `done`: ISO day, today without it.
    day: Option<String>,
    /// What was done, or why.
    #[serde(default)]
    words: String,
    /// For `progress`, `done` and `reopen`: the caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

impl ActJson {
    fn act(self, today: jiff::civil::Date) -> Result<Act, Problem> {
        let words = self.words;
        Ok(match self.act.as_str() {
            "progress" => Act::Progress { percent: self.percent, text: words },
            "done" => {
                Act::Done { day: day("day", self.day.as_deref().unwrap_or_default())?.unwrap_or(today), note: words }
            }
            "reopen" => Act::Reopen { reason: words },
            "pause" => Act::Pause { reason: words },
            "end" => Act::End { reason: words },
            "resume" => Act::Resume { note: words },
            "accept" => Act::Accept { note: words },
            "send_back" => Act::SendBack { reason: words },
            _ => return Err(Problem::bad_input("bad-form")),
        })
    }
}

/// Does an act on a part over its revision.
#[utoipa::path(post, path = "/api/v1/parts/{id}/acts", params(("id" = String, Path)), request_body = ActJson, responses((status = 200, body = PartDetail), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<PartId>, Form(given): Form<ActJson>) -> Outcome {
    let (rev, on_behalf) = (given.rev, given.on_behalf);
    let act = given.act(req.ctx.today())?;
    part_act(&req.app, &req.ctx, id, rev, &act, on_behalf).await?;
    left(&req, id).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct AssignJson {
    /// Number of the document that gives the task.
    number: String,
    issued_on: Option<String>,
    #[serde(default)]
    giver: String,
    text: String,
    /// Bodies or groups, parted by semicolons.
    leads: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    result: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Assigned {
    task: String,
}

/// Gives a task from a document without reading it.
#[utoipa::path(post, path = "/api/v1/tasks", request_body = AssignJson, responses((status = 200, body = Assigned)))]
pub async fn assign(req: Req, Form(given): Form<AssignJson>) -> Outcome {
    let assignment = Assignment {
        number: given.number,
        issued_on: day("issued_on", given.issued_on.as_deref().unwrap_or_default())?,
        giver: given.giver,
        text: given.text,
        leads: given.leads,
        due: given.due,
        result: given.result,
    };
    let task = task_assign(&req.app, &req.ctx, &assignment).await?.to_string();
    Req::json(&Assigned { task })
}

/// Difficulties that the caller may read, newest first, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/difficulties", params(
    ("q" = Option<String>, Query, description = "words, diacritics optional"), ("state" = Option<String>, Query),
    ("unit" = Option<String>, Query), ("holder" = Option<String>, Query), ("follower" = Option<String>, Query),
    ("late" = Option<String>, Query), ("waiting" = Option<String>, Query, description = "1: for an answer of the caller's bodies"),
    ("sort" = Option<String>, Query, description = "`newest`, `due` or `unit`"), ("after" = Option<String>, Query, description = "cursor"),
), responses((status = 200, body = ListPage<Difficulty>)))]
pub async fn difficulties(req: Req) -> Outcome {
    DIFFICULTIES.json(&req).await
}

async fn answer_with(req: &Req, id: DifficultyId) -> Outcome {
    Req::json(&Difficulty::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?)
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct Raised {
    text: String,
    #[serde(default)]
    proposal: String,
    /// The caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

/// Raises a difficulty on a part; it takes the way that the plan prescribes.
#[utoipa::path(post, path = "/api/v1/parts/{id}/difficulties", params(("id" = String, Path)), request_body = Raised, responses((status = 200, body = Difficulty)))]
pub async fn raise(req: Req, Path(id): Path<PartId>, Form(given): Form<Raised>) -> Outcome {
    let about = About::Part(id);
    let id = difficulty_raise(&req.app, &req.ctx, about, &given.text, &given.proposal, given.on_behalf).await?;
    answer_with(&req, id).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct DifficultyStep {
    rev: i64,
    act: DifficultyAct,
    #[serde(default)]
    words: String,
}

/// Answers a difficulty, passes it on, withdraws it, or takes the last of these back.
#[utoipa::path(post, path = "/api/v1/difficulties/{id}", params(("id" = String, Path)), request_body = DifficultyStep, responses((status = 200, body = Difficulty), (status = 412)))]
pub async fn difficulty(req: Req, Path(id): Path<DifficultyId>, Form(given): Form<DifficultyStep>) -> Outcome {
    difficulty_act(&req.app, &req.ctx, id, given.rev, given.act, &given.words).await?;
    answer_with(&req, id).await
}

/// Fields of a piece of evidence; `file` is the file itself.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct EvidenceForm {
    label: Option<String>,
    number: Option<String>,
    day: Option<String>,
    link: Option<String>,
    /// A target of the part's plan: its last value of the part's body.
    target: Option<String>,
    /// The caller chooses to act for a body in which they hold no post.
    on_behalf: Option<bool>,
    #[schema(value_type = Option<String>, format = Binary)]
    file: Option<Vec<u8>>,
}

/// Adds evidence to a part: a document's number, a link, or a file.
#[utoipa::path(post, path = "/api/v1/parts/{id}/evidence", params(("id" = String, Path)), request_body(content = EvidenceForm, content_type = "multipart/form-data"), responses((status = 200, body = PartDetail)))]
pub async fn evidence(req: Req, Path(id): Path<PartId>, form: Multipart) -> Outcome {
    let given = read_evidence(&req, form).await?;
    evidence_add(&req.app, &req.ctx, id, &given).await?;
    left(&req, id).await
}

/// The file of a piece of evidence.
#[utoipa::path(get, path = "/api/v1/evidence/{id}/file", params(("id" = String, Path)), responses((status = 200, description = "The file's bytes.", content_type = "application/octet-stream"), (status = 409)))]
pub async fn evidence_file(req: Req, Path(id): Path<EvidenceId>) -> Outcome {
    crate::work::pages::part::evidence_file(req, Path(id)).await
}
