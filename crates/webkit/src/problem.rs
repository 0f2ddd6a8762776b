//! Problems as responses: a page for people, RFC 9457 problem+json for programs.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Lang, Problem};
use serde_json::json;

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

pub fn problem_json(locales: &Locales, lang: Lang, problem: &Problem) -> Response {
    let fields: Vec<_> = problem
        .fields
        .iter()
        .map(|field| json!({"field": field.field, "detail": locales.text(lang, &format!("problem-{}", field.code), &[])}))
        .collect();
    let body = json!({
        "type": format!("urn:dinh:problem:{}", problem.code),
        "title": locales.problem(lang, problem),
        "status": problem.kind.status(),
        "code": problem.code,
        "errors": fields,
    });
    let mut response = (status(problem), Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
