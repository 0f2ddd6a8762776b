//! A refused form comes back as it was typed: the page on which it stood, with why, each fault at its field.
//!
//! No handler does anything for it: what it refuses, the floor shows again.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Method, Request, header},
    response::Response,
};
use fluent_bundle::FluentValue;
use kernel::{FieldProblem, Problem, ProblemKind};
use serde::Serialize;
use tower::ServiceExt as _;

use crate::{Req, input, problem::status, refill};

/// The fields of this request's form, noted by whatever reads its body.
#[derive(Debug, Clone, Default)]
pub struct Typed(Arc<Mutex<Vec<(String, String)>>>);

impl Typed {
    pub(crate) fn note(&self, fields: impl IntoIterator<Item = (String, String)>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(fields);
    }

    fn fields(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A line of the summary.
#[derive(Debug, Serialize)]
pub(crate) struct Said {
    text: String,
    href: String,
}

/// A form that was refused.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    /// The address that it was sent to.
    pub action: String,
    pub typed: Vec<(String, String)>,
    pub problem: Problem,
}

impl Refused {
    pub fn of(req: &Req, problem: &Problem) -> Arc<Self> {
        let action = req.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Arc::new(Self { action, typed: req.typed.fields(), problem: problem.clone() })
    }

    /// Somebody changed what the form was about.
    pub fn is_stale(&self) -> bool {
        self.problem.kind == ProblemKind::Stale
    }

    /// The summary at the head of the page: each wrong field with the way to it, else why the whole was refused.
    pub fn summary(&self, req: &Req) -> Vec<Said> {
        let said = |fault: refill::Fault| Said { href: format!("{}{}", refill::WAY, fault.field), text: fault.words };
        let mut said: Vec<Said> = self.faults(req).into_iter().map(said).collect();
        if said.is_empty() {
            said.push(Said { text: req.app.locales().problem(req.ctx.lang, &self.problem), href: String::new() });
        }
        said
    }

    /// What is wrong with each field, in the reader's language.
    pub fn faults(&self, req: &Req) -> Vec<refill::Fault> {
        let locales = req.app.locales();
        let words = |field: &FieldProblem| {
            let args = field.args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str())));
            locales.text(req.ctx.lang, &format!("problem-{}", field.code), &args.collect::<Vec<_>>())
        };
        let own = |field: &FieldProblem| field.code == self.problem.code && field.args.is_empty();
        let fault = |field: &FieldProblem| refill::Fault {
            field: field.field.clone(),
            // The sentence of the whole knows its numbers.
            words: if own(field) { locales.problem(req.ctx.lang, &self.problem) } else { words(field) },
            prefix: locales.text(req.ctx.lang, "error-prefix", &[]),
            about: field.args.iter().chain(&self.problem.args).map(|(_, text)| text.clone()).collect(),
        };
        self.problem.fields.iter().map(fault).collect()
    }
}

/// Something is there, and who asks may: only what was sent does not do.
pub(crate) fn is_for_another_try(problem: &Problem) -> bool {
    matches!(problem.kind.status(), 409 | 412 | 413 | 422)
}

/// How often a page may lead on to another one.
const HOPS: usize = 3;

/// The page on which the form stood, shown to its sender once more; none where it cannot be shown.
pub(crate) async fn page_again(req: &Req, pages: &Router, problem: &Problem) -> Option<Response> {
    if req.method == Method::GET || !is_for_another_try(problem) {
        return None;
    }
    let refused = Refused::of(req, problem);
    let mut page = req.way_back()?;
    for _ in 0..HOPS {
        input::check_uri(&page.parse().ok()?).ok()?;
        let mut response = pages.clone().oneshot(request(req, &page, &refused)?).await.ok()?;
        if response.status().is_redirection() {
            page = response.headers().get(header::LOCATION)?.to_str().ok()?.to_owned();
        } else {
            let is_page = |kind: &HeaderValue| kind.as_bytes().starts_with(b"text/html");
            let shown =
                response.status().is_success() && response.headers().get(header::CONTENT_TYPE).is_some_and(is_page);
            *response.status_mut() = status(problem);
            return shown.then_some(response);
        }
    }
    None
}

fn request(req: &Req, page: &str, refused: &Arc<Refused>) -> Option<Request<Body>> {
    let mut request = Request::get(page).body(Body::empty()).ok()?;
    for name in [header::HOST, header::COOKIE] {
        if let Some(value) = req.headers.get(&name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    let extensions = request.extensions_mut();
    extensions.insert(req.ctx.clone());
    extensions.insert(req.address);
    extensions.insert(Arc::clone(refused));
    if let Some(session) = &req.session {
        extensions.insert(session.clone());
    }
    Some(request)
}
