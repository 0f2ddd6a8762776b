//! A refused form comes back as it was typed: the page on which it stood, with why, each fault at its field.
//!
//! No handler does anything for it: what it refuses, the floor shows again.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Method, Request, header},
    response::Response,
};
use kernel::Problem;
use tower::ServiceExt as _;

use crate::{
    Req, input,
    problem::status,
    refused::{Refused, comes_back},
};

/// How often a page may lead on to another one.
const HOPS: usize = 3;

/// The page on which the form stood, shown to its sender once more; none where it cannot be shown.
pub(crate) async fn page_again(req: &Req, pages: &Router, problem: &Problem) -> Option<Response> {
    if req.method == Method::GET || !comes_back(problem) {
        return None;
    }
    let refused = req.refusal(problem).await.ok()?;
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
