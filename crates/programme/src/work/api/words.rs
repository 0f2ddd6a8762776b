//! Questions with their answers, and letters that wait to be released.

use axum::extract::Path;
use kernel::{
    Problem, Resource, UnitId,
    ids::{LetterId, PartId, QuestionId},
};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::work::{
    pages::{letters::LetterStep, part::day},
    store::{self, letter::LetterRow, question::QuestionRow},
    usecase::{
        letter::letter_act,
        question::{explain_ask, question_answer, question_ask, question_close},
    },
};

const LISTED: u64 = 500;

#[derive(Serialize, utoipa::ToSchema)]
pub struct AnswerJson {
    unit: String,
    text: Option<String>,
    /// Microseconds since 1970; none while it is waited for.
    answered_at: Option<i64>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct QuestionJson {
    id: String,
    asked_by: String,
    /// The part that is to be explained; none for a question at large.
    part: Option<String>,
    text: String,
    #[schema(format = Date)]
    due_on: Option<String>,
    closed: bool,
    rev: i64,
    /// All of them for who asked, one's own otherwise.
    answers: Vec<AnswerJson>,
}

async fn shown(req: &Req, row: QuestionRow) -> Result<QuestionJson, Problem> {
    let asker = UnitId::from_uuid(row.asked_by);
    let authorizer = req.app.authorizer();
    let of = |unit: UnitId, followed_by| Resource { kind: "Task", followed_by, ..Resource::unit(unit) };
    let mine = |unit| authorizer.check(&req.ctx, "question.answer", &of(unit, vec![])).is_ok();
    let all = authorizer.check(&req.ctx, "question.ask", &of(asker, vec![asker])).is_ok();
    let id = QuestionId::from_uuid(row.id);
    let answers = store::question::answers(&req.app.db().read(), id).await?;
    let answers: Vec<AnswerJson> = answers
        .into_iter()
        .filter(|answer| all || mine(UnitId::from_uuid(answer.unit_id)))
        .map(|answer| AnswerJson {
            unit: UnitId::from_uuid(answer.unit_id).to_string(),
            text: answer.text.map(db::Words::into_string),
            answered_at: answer.answered_at,
        })
        .collect();
    if !all && answers.is_empty() {
        return Err(Problem::forbidden());
    }
    Ok(QuestionJson {
        id: id.to_string(),
        asked_by: asker.to_string(),
        part: row.part_id.map(|part| PartId::from_uuid(part).to_string()),
        text: row.text.into_string(),
        due_on: row.due_on,
        closed: row.closed_at.is_some(),
        rev: row.rev,
        answers,
    })
}

async fn answer_with(req: &Req, id: QuestionId) -> Outcome {
    let row = store::question::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    Req::json(&shown(req, row).await?)
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct QuestionList {
    items: Vec<QuestionJson>,
}

/// Questions that wait for the caller's bodies, then those that they asked.
#[utoipa::path(get, path = "/api/v1/questions", responses((status = 200, body = QuestionList)))]
pub async fn questions(req: Req) -> Outcome {
    let (scope, conn) = (req.app.authorizer().scope(&req.ctx), req.app.db().read());
    let mut rows = store::question::waiting_for(&conn, &scope.own, LISTED).await?;
    for row in store::question::asked_by(&conn, Some(&scope.own), LISTED).await? {
        if !rows.iter().any(|known| known.id == row.id) {
            rows.push(row);
        }
    }
    let mut items = Vec::new();
    for row in rows {
        items.push(shown(&req, row).await?);
    }
    Req::json(&QuestionList { items })
}

/// One question with the answers that the caller may see.
#[utoipa::path(get, path = "/api/v1/questions/{id}", params(("id" = String, Path)), responses((status = 200, body = QuestionJson)))]
pub async fn question(req: Req, Path(id): Path<QuestionId>) -> Outcome {
    answer_with(&req, id).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct AskJson {
    text: String,
    /// Bodies that are asked; none where a part is to be explained.
    #[serde(default)]
    units: Vec<String>,
    part: Option<String>,
    #[serde(default)]
    due_on: String,
}

/// Asks many bodies one question, or one body to explain a part.
#[utoipa::path(post, path = "/api/v1/questions", request_body = AskJson, responses((status = 200, body = QuestionJson), (status = 404)))]
pub async fn ask(req: Req, Form(given): Form<AskJson>) -> Outcome {
    let due = day("due_on", &given.due_on)?;
    let id = if let Some(part) = given.part {
        let part: PartId = part.parse().map_err(|_| Problem::bad_input("bad-form"))?;
        explain_ask(&req.app, &req.ctx, part, &given.text, due).await?
    } else {
        let units: Result<Vec<UnitId>, _> = given.units.iter().map(|unit| unit.parse()).collect();
        let units = units.map_err(|_| Problem::bad_input("unknown-unit-field"))?;
        question_ask(&req.app, &req.ctx, &units, &given.text, due).await?
    };
    answer_with(&req, id).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct QuestionAct {
    /// `answer`, `close`, or `reopen`.
    act: String,
    /// For `answer`: whose.
    #[serde(default)]
    unit: String,
    /// For `answer`; empty takes the answer back.
    #[serde(default)]
    text: String,
    #[serde(default)]
    rev: i64,
}

/// Answers a question, closes it, or opens it again.
#[utoipa::path(post, path = "/api/v1/questions/{id}/acts", params(("id" = String, Path)), request_body = QuestionAct, responses((status = 200, body = QuestionJson), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<QuestionId>, Form(given): Form<QuestionAct>) -> Outcome {
    match given.act.as_str() {
        "answer" => {
            let unit: UnitId = given.unit.parse().map_err(|_| Problem::bad_input("unknown-unit-field"))?;
            question_answer(&req.app, &req.ctx, id, unit, &given.text).await?;
        }
        "close" | "reopen" => question_close(&req.app, &req.ctx, id, given.rev, given.act == "close").await?,
        _ => return Err(Problem::bad_input("bad-form").into()),
    }
    answer_with(&req, id).await
}

webkit::codes! {
    /// Công văn đôn đốc, or phiếu trình.
    LetterKind = ["urge", "submission"];
    /// Where a letter stands.
    LetterState = ["draft", "released", "dropped"];
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct LetterJson {
    id: String,
    #[schema(value_type = LetterKind)]
    kind: String,
    from: String,
    to: Vec<String>,
    about: String,
    body: String,
    #[schema(value_type = LetterState)]
    state: String,
    number: Option<String>,
    #[schema(format = Date)]
    issued_on: Option<String>,
    rev: i64,
}

impl From<LetterRow> for LetterJson {
    fn from(row: LetterRow) -> Self {
        Self {
            id: LetterId::from_uuid(row.id).to_string(),
            from: UnitId::from_uuid(row.from_id).to_string(),
            to: row.to().iter().map(UnitId::to_string).collect(),
            kind: row.kind,
            about: row.about.into_string(),
            body: row.body.into_string(),
            state: row.state,
            number: row.number.map(db::Words::into_string),
            issued_on: row.issued_on,
            rev: row.rev,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct LetterList {
    items: Vec<LetterJson>,
}

/// Letters that the program drafted in the name of the caller's bodies, newest first.
#[utoipa::path(get, path = "/api/v1/letters", responses((status = 200, body = LetterList)))]
pub async fn letters(req: Req) -> Outcome {
    let scope = req.app.authorizer().scope(&req.ctx);
    let own = (!scope.everything).then_some(scope.subtree.as_slice());
    let rows = store::letter::list(&req.app.db().read(), own, LISTED).await?;
    Req::json(&LetterList { items: rows.into_iter().map(LetterJson::from).collect() })
}

/// Edits a drafted letter, releases it under its number, drops it, or takes that back.
#[utoipa::path(post, path = "/api/v1/letters/{id}", params(("id" = String, Path)), request_body = LetterStep, responses((status = 200, body = LetterJson), (status = 412)))]
pub async fn letter(req: Req, Path(id): Path<LetterId>, Form(given): Form<LetterStep>) -> Outcome {
    let rev = given.rev;
    let act = given.act(req.ctx.today())?;
    letter_act(&req.app, &req.ctx, id, rev, &act).await?;
    let row = store::letter::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    Req::json(&LetterJson::from(row))
}
