//! Problems as responses: a page for people, RFC 9457 problem+json for programs.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Lang, Problem};
use serde::Serialize;

use crate::Locales;

/// A problem on its way out; the guard turns it into a page or problem+json.
#[derive(Debug, Clone)]
pub struct WebProblem(pub Problem);

pub type Outcome = Result<Response, WebProblem>;

impl<T: Into<Problem>> From<T> for WebProblem {
    fn from(problem: T) -> Self {
        Self(problem.into())
    }
}

impl IntoResponse for WebProblem {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

pub(crate) fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A refusal as programs get it (RFC 9457).
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemJson {
    /// `urn:dinh:problem:` and the code.
    #[serde(rename = "type")]
    urn: String,
    /// What happened and what to do next, in the language of the request.
    title: String,
    status: u16,
    /// The same in every language.
    code: &'static str,
    /// What is wrong with which field.
    errors: Vec<FieldJson>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = FieldProblem)]
pub(crate) struct FieldJson {
    field: String,
    detail: String,
}

pub fn problem_json(locales: &Locales, lang: Lang, problem: &Problem) -> Response {
    let errors = problem
        .fields
        .iter()
        .map(|field| FieldJson { field: field.field.clone(), detail: locales.fault(lang, problem, field) });
    let body = ProblemJson {
        urn: format!("urn:dinh:problem:{}", problem.code),
        title: locales.problem(lang, problem),
        status: problem.kind.status(),
        code: problem.code,
        errors: errors.collect(),
    };
    let mut response = (status(problem), Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
