//! Questions with their answers, and letters that wait to be released.

use crate::ids::{LetterId, PartId, QuestionId};
use axum::extract::Path;
use db::Row as _;
use kernel::{Problem, UnitId};
use serde::{Deserialize, Serialize};
use webkit::{Form, ListPage, Outcome, Req};

use crate::work::{
    model::{letter::Letter, question::Question},
    pages::{letters::LetterStep, part::day},
    store::{
        lists::{LETTERS, QUESTIONS},
        question::AnswerRow,
    },
    usecase::{
        letter::letter_act,
        question::{Seen, explain_ask, question_answer, question_ask, question_close, seen},
    },
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct AnswerJson {
    unit: String,
    text: Option<String>,
    /// Microseconds since 1970; none while it is waited for.
    answered_at: Option<i64>,
    /// The unit that answered for it.
    acted_by: Option<String>,
}

impl From<AnswerRow> for AnswerJson {
    fn from(row: AnswerRow) -> Self {
        let (unit, answered_at) = (row.unit().to_string(), row.answered_at);
        let acted_by = row.acted_by.map(|unit| UnitId::from_uuid(unit).to_string());
        Self { unit, text: row.text.map(db::Words::into_string), answered_at, acted_by }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct QuestionDetail {
    #[serde(flatten)]
    question: Question,
    /// All of them for who asked, one's own otherwise.
    answers: Vec<AnswerJson>,
}

async fn answer_with(req: &Req, id: QuestionId) -> Outcome {
    let Seen { question, answers, .. } = seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json(&QuestionDetail { question, answers: answers.into_iter().map(AnswerJson::from).collect() })
}

/// Questions that the caller may read, newest first, 50 a page. The filters are those of the page; answers come with one question.
#[utoipa::path(get, path = "/api/v1/questions", params(
    ("q" = Option<String>, Query, description = "words, diacritics optional"), ("asked_by" = Option<String>, Query),
    ("unclosed" = Option<String>, Query), ("late" = Option<String>, Query),
    ("waiting" = Option<String>, Query, description = "1: for an answer of the caller's bodies"),
    ("mine" = Option<String>, Query, description = "1: asked by the caller's bodies"),
    ("sort" = Option<String>, Query, description = "`newest` or `due`"), ("after" = Option<String>, Query, description = "cursor"),
), responses((status = 200, body = ListPage<Question>)))]
pub async fn questions(req: Req) -> Outcome {
    QUESTIONS.json(&req).await
}

/// One question with the answers that the caller may see.
#[utoipa::path(get, path = "/api/v1/questions/{id}", params(("id" = String, Path)), responses((status = 200, body = QuestionDetail)))]
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
#[utoipa::path(post, path = "/api/v1/questions", request_body = AskJson, responses((status = 200, body = QuestionDetail), (status = 404)))]
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
    /// For `answer`; empty takes back what the caller answered.
    #[serde(default)]
    text: String,
    #[serde(default)]
    rev: i64,
    /// For `answer`: the caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

/// Answers a question, closes it, or opens it again.
#[utoipa::path(post, path = "/api/v1/questions/{id}/acts", params(("id" = String, Path)), request_body = QuestionAct, responses((status = 200, body = QuestionDetail), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<QuestionId>, Form(given): Form<QuestionAct>) -> Outcome {
    match given.act.as_str() {
        "answer" => {
            let unit: UnitId = given.unit.parse().map_err(|_| Problem::bad_input("unknown-unit-field"))?;
            question_answer(&req.app, &req.ctx, id, unit, &given.text, given.on_behalf).await?;
        }
        "close" | "reopen" => question_close(&req.app, &req.ctx, id, given.rev, given.act == "close").await?,
        _ => return Err(Problem::bad_input("bad-form").into()),
    }
    answer_with(&req, id).await
}

/// Letters in the name of the caller's bodies, newest first, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/letters", responses((status = 200, body = ListPage<Letter>)))]
pub async fn letters(req: Req) -> Outcome {
    LETTERS.json(&req).await
}

/// Edits a drafted letter, passes it to the records clerk, releases it under its number, drops it, or takes that back.
#[utoipa::path(post, path = "/api/v1/letters/{id}", params(("id" = String, Path)), request_body = LetterStep, responses((status = 200, body = Letter), (status = 412)))]
pub async fn letter(req: Req, Path(id): Path<LetterId>, Form(given): Form<LetterStep>) -> Outcome {
    let rev = given.rev;
    let act = given.act(req.ctx.today())?;
    letter_act(&req.app, &req.ctx, id, rev, &act).await?;
    Req::json(&Letter::get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?)
}
