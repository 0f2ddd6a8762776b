//! Requests that act once: programs send a key, forms of pages carry one (a double click is one act).

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use db::{Earlier, Replay};
use kernel::{Actor, Ctx, Once, Problem, ProblemKind};
use sha2::{Digest, Sha256};

use crate::{
    App, WebProblem,
    body::refused_body,
    large,
    page_fields::KEY as DRAFT,
    refused::{PAGE as FIELD, Typed},
    route::longest_words,
    sent::LARGEST_FORM,
};

const LONGEST_KEY: usize = 128;
/// Largest answer that is kept.
const LARGEST_ANSWER: usize = 1024 * 1024;
/// How long a request waits for the answer of one that was faster.
const PATIENCE: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(50);

/// In place of an answer that was shown once.
const SHOWN: &str = "shown-once";

/// Beside a kept answer: with which posts it was given. Whoever holds others now is not told again what they let
/// somebody see.
const POSTS: &str = "posts";

/// What the floor puts into forms beside their own fields.
pub(crate) const NO_FIELDS: [&str; 2] = [FIELD, DRAFT];

/// Lets a changing request through, once.
pub(crate) async fn pass(app: &App, ctx: &Ctx, api: bool, limit: usize, request: Request, next: Next) -> Response {
    let ready = if api { by_key(app, ctx, limit, request).await } else { by_field(ctx, limit, request).await };
    let (once, mut request) = match ready {
        Ok((Some(once), request)) => (Arc::new(once), request),
        Ok((None, request)) => return next.run(request).await,
        Err(problem) => return WebProblem(problem).into_response(),
    };
    request.extensions_mut().insert(ctx.with_once(Some(Arc::clone(&once))));
    match earlier(app, ctx, &once).await {
        Ok(Some(replay)) => return again(replay),
        Ok(None) => {}
        Err(problem) => return WebProblem(problem).into_response(),
    }
    let response = next.run(request).await;
    if once.has_acted() {
        if !api && response.status().is_success() {
            shown(app, ctx, &once).await;
        }
        return keep(app, ctx, &once, api, response).await;
    }
    if response.status().is_success() || response.status().is_redirection() {
        return response;
    }
    // Perhaps it was refused because the same request was faster: then that one's answer is the answer.
    match earlier(app, ctx, &once).await {
        Ok(Some(replay)) => again(replay),
        Ok(None) => response,
        Err(problem) => WebProblem(problem).into_response(),
    }
}

/// A program's key, from its header.
async fn by_key(app: &App, ctx: &Ctx, limit: usize, request: Request) -> Result<(Option<Once>, Request), Problem> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok((None, request)) };
    let key = key.to_str().ok().filter(|key| is_key(key)).ok_or_else(|| Problem::bad_input("idempotency-key-bad"))?;
    let key = key.to_owned();
    let (request, body_hash) = if is_upload(request.headers()) {
        let (parts, body) = request.into_parts();
        let (file, size) = large::laid_down(app.db().data_dir(), body, limit).await?;
        let (file, body_hash) = large::hash(file, size).await?;
        (Request::from_parts(parts, large::body(file)), body_hash)
    } else {
        let (request, body) = held(request, limit).await?;
        (request, hash(&[body.as_ref()]))
    };
    let once = Once::new(&ctx.actor, key, request.method().as_str(), path(&request), body_hash);
    Ok((Some(once), request))
}

fn is_key(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/+=~".contains(c);
    !key.is_empty() && key.len() <= LONGEST_KEY && key.chars().all(plain)
}

/// The key of a rendered form together with what was filled in: sent again with other words it is another act.
async fn by_field(ctx: &Ctx, limit: usize, request: Request) -> Result<(Option<Once>, Request), Problem> {
    let Some(form) = Form::of(request.headers()).filter(|_| ctx.actor != Actor::Anonymous) else {
        return Ok((None, request));
    };
    if is_upload(request.headers()) {
        return Ok((None, request));
    }
    let (request, body) = held(request, limit).await?;
    let Some(mark) = form.field(&body, FIELD) else { return Ok((None, request)) };
    if let Some(typed) = request.extensions().get::<Typed>() {
        typed.note_page(mark);
    }
    if let Some(draft) = form.field(&body, DRAFT) {
        ctx.takes_in(draft);
    }
    let (method, path) = (request.method().as_str(), path(&request));
    let body_hash = form.hash(&body);
    let key = format!("form:{}", hash(&[method.as_bytes(), path.as_bytes(), body_hash.as_bytes()]));
    let once = Once::new(&ctx.actor, key, method, path, body_hash);
    Ok((Some(once), form.without_fields(request, &body)))
}

enum Form {
    Fields,
    /// With the line between its parts, which is another one each time.
    Parts(Vec<u8>),
}

impl Form {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        if kind.starts_with("application/x-www-form-urlencoded") {
            return Some(Self::Fields);
        }
        let boundary = kind.strip_prefix("multipart/form-data")?.split("boundary=").nth(1)?;
        let boundary = boundary.split(';').next()?.trim().trim_matches('"');
        (!boundary.is_empty()).then(|| Self::Parts(boundary.as_bytes().to_vec()))
    }

    /// The value of a field that the floor put into the form.
    fn field(&self, body: &[u8], name: &str) -> Option<String> {
        let value = match self {
            Self::Fields => {
                form_urlencoded::parse(body).find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
            }
            Self::Parts(boundary) => {
                let rest = &body[find(body, format!("name=\"{name}\"").as_bytes())?..];
                let value = &rest[find(rest, b"\r\n\r\n")? + 4..];
                let end = find(value, b"\r\n").or_else(|| find(value, boundary))?;
                String::from_utf8(value[..end].to_vec()).ok()
            }
        };
        value.filter(|value| !value.is_empty())
    }

    /// Handlers read lists of fields as they come; these are none of theirs.
    fn without_fields(&self, request: Request, body: &[u8]) -> Request {
        let Self::Fields = self else { return request };
        let own = [FIELD, DRAFT].map(|name| format!("{name}="));
        let is_own = |pair: &&[u8]| own.iter().any(|own| pair.starts_with(own.as_bytes()));
        let others = body.split(|byte| *byte == b'&').filter(|pair| !is_own(pair));
        let body = others.collect::<Vec<_>>().join(&b'&');
        let (mut parts, _) = request.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        Request::from_parts(parts, Body::from(body))
    }

    fn hash(&self, body: &[u8]) -> String {
        let Self::Parts(boundary) = self else { return hash(&[body]) };
        let (mut parts, mut rest) = (Vec::new(), body);
        while let Some(at) = find(rest, boundary) {
            parts.push(&rest[..at]);
            rest = &rest[at + boundary.len()..];
        }
        parts.push(rest);
        hash(&parts)
    }
}

fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    let first = *words.first()?;
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == first) {
        if text[from + at..].starts_with(words) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// SHA-256 of parts, which do not run into one another.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

fn path(request: &Request) -> &str {
    request.uri().path_and_query().map_or("/", |path| path.as_str())
}

pub(crate) fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Parts of a size that no form has. They are not held in memory to be compared: what comes with a key is laid on the disk,
/// what comes from a page is not.
fn is_upload(headers: &HeaderMap) -> bool {
    has_parts(headers) && length(headers).is_none_or(|length| length > LARGEST_FORM)
}

fn has_parts(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

/// The request with its body in memory.
async fn held(request: Request, limit: usize) -> Result<(Request, Bytes), Problem> {
    let limit = if has_parts(request.headers()) { limit.min(LARGEST_FORM) } else { longest_words(limit) };
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, limit).await.map_err(|error| refused_body(&error).0)?;
    Ok((Request::from_parts(parts, Body::from(bytes.clone())), bytes))
}

/// The answer of an earlier request; waits a little for one that is still on its way.
async fn earlier(app: &App, ctx: &Ctx, once: &Once) -> Result<Option<Replay>, Problem> {
    let looks = PATIENCE.as_millis() / LOOK.as_millis();
    for _ in 0..looks {
        match db::earlier(&app.db().read(), ctx, once).await? {
            Earlier::Nothing => return Ok(None),
            Earlier::Answered(replay) if replay.headers.iter().any(|(name, _)| name == SHOWN) => {
                return Err(Problem::new(ProblemKind::Conflict, "shown-once"));
            }
            Earlier::Answered(replay) if !is_of_these_posts(ctx, &replay) => {
                return Err(Problem::new(ProblemKind::Conflict, "already-done-answer-unkept"));
            }
            Earlier::Answered(replay) => return Ok(Some(replay)),
            Earlier::Unanswered => tokio::time::sleep(LOOK).await,
        }
    }
    Err(Problem::new(ProblemKind::Conflict, "in-progress"))
}

/// A page kept only where it led to, which says nothing.
fn is_of_these_posts(ctx: &Ctx, replay: &Replay) -> bool {
    let mut then = replay.headers.iter().filter(|(name, _)| name == POSTS);
    then.all(|(_, posts)| *posts == posts_of(ctx))
}

fn posts_of(ctx: &Ctx) -> String {
    let mut posts: Vec<String> =
        ctx.actor.posts().iter().map(|post| format!("{} {}", post.unit, post.role.code())).collect();
    posts.sort_unstable();
    hash(&[posts.join("\n").as_bytes()])
}

/// Of a page that shows something once stays that it was shown: whoever pressed twice need not wait for it in vain.
async fn shown(app: &App, ctx: &Ctx, once: &Once) {
    let answer = Replay { status: 200, body: String::new(), headers: vec![(SHOWN.to_owned(), String::new())] };
    if let Err(problem) = db::store_answer(app.db(), ctx, once, &answer).await {
        tracing::warn!(%problem, "that an answer was shown could not be kept");
    }
}

/// Keeps an answer for those who ask again: all of a program's, of a page only where it led to. What a page shows once
/// (a one-time link) is kept nowhere; nor is what names people (`no-store`), which no erasure would find here: of such an
/// answer only stays that there was one.
async fn keep(app: &App, ctx: &Ctx, once: &Once, api: bool, response: Response) -> Response {
    let leads_on = response.status().is_redirection();
    if !(leads_on || api && response.status().is_success()) {
        return response;
    }
    let is_withheld = !leads_on && is_unkept(response.headers());
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_ANSWER).await else {
        return WebProblem(Problem::internal("answer too large to keep")).into_response();
    };
    let kept = if is_withheld {
        vec![header::CACHE_CONTROL]
    } else {
        vec![header::LOCATION, header::ETAG, header::CONTENT_TYPE]
    };
    let text = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let headers = kept.iter().filter_map(|name| Some((name.to_string(), text(name)?.to_owned())));
    let posts = (!leads_on).then(|| (POSTS.to_owned(), posts_of(ctx)));
    let headers = headers.chain(posts).collect();
    let body = if is_withheld { String::new() } else { String::from_utf8_lossy(&bytes).into_owned() };
    let answer = Replay { status: parts.status.as_u16(), body, headers };
    if let Err(problem) = db::store_answer(app.db(), ctx, once, &answer).await {
        tracing::warn!(%problem, "an answer could not be kept for replay");
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whether an answer is to be shown once.
fn is_unkept(headers: &HeaderMap) -> bool {
    headers.get(header::CACHE_CONTROL).is_some_and(|value| value == "no-store")
}

/// The answer of before; where it was not kept, that it was given.
fn again(replay: Replay) -> Response {
    if replay.headers.iter().any(|(name, _)| name == "cache-control") {
        return WebProblem(Problem::new(ProblemKind::Conflict, "already-done-answer-unkept")).into_response();
    }
    let mut response = (StatusCode::from_u16(replay.status).unwrap_or_default(), replay.body).into_response();
    for (name, value) in replay.headers.into_iter().filter(|(name, _)| name != POSTS) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_between_other_lines_are_the_same() {
        let body = |line: &str| {
            format!("--{line}\r\nContent-Disposition: form-data; name=\"once\"\r\n\r\nk\r\n--{line}--\r\n").into_bytes()
        };
        let (one, two) = (Form::Parts(b"abc1".to_vec()), Form::Parts(b"xyz-22".to_vec()));
        assert_eq!(one.field(&body("abc1"), "once").as_deref(), Some("k"));
        assert_eq!(one.field(&body("abc1"), "draft"), None);
        assert_eq!(one.hash(&body("abc1")), two.hash(&body("xyz-22")));
        assert_ne!(one.hash(&body("abc1")), one.hash(b"--abc1--"));
    }

    #[test]
    fn keys_are_short_and_plain() {
        assert!(is_key("k-1") && is_key(&"a".repeat(128)));
        assert!(!is_key("") && !is_key(&"a".repeat(129)) && !is_key("có dấu") && !is_key("a b"));
    }
}
