//! Before and after every handler: who asks, may they come in, and how a problem looks to them.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::{Body, HttpBody as _, to_bytes},
    extract::{DefaultBodyLimit, MatchedPath, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use axum_extra::extract::CookieJar;
use kernel::{AccountId, Actor, Ctx, Lang, Problem, ProblemKind, ctx::PROVE_AGAIN};
use minijinja::context;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

use crate::{
    Access, App, ClientAddr, Place, Req, Session, Site, WebProblem, assets, drafts, ended,
    form::overhear,
    input, local_path, once,
    page_again::page_again,
    problem::problem_json,
    refill::Outline,
    refused::{CROSS_SITE, Typed},
    route::{BODY_LIMIT, longest_words},
    session, view,
};

/// The header in which programs name the purpose of a request.
const PURPOSE: HeaderName = HeaderName::from_static("dinh-purpose");

/// Long forms that are read at once though no handler takes them: whoever is not signed in can send one.
static LONG: Semaphore = Semaphore::const_new(16);

/// Whether this very request came over https; said by a proxy that is trusted.
#[derive(Debug, Clone, Copy)]
pub struct Https(pub bool);

/// The whole site: every module's routes, each behind the guard, plus the assets.
pub fn router(site: &Site) -> Router {
    let (app, modules) = (App::clone(site), site.modules());
    let mut router = Router::new();
    let doors = modules.iter().flat_map(|module| module.drafts).copied().flat_map(drafts::door);
    for route in modules.iter().flat_map(|module| (module.routes)()).chain(drafts::routes()).chain(doors) {
        let gate = Gate {
            app: app.clone(),
            access: route.access,
            mutates: route.mutates,
            api: route.is_api(),
            body_limit: route.body_limit,
        };
        let handler =
            route.handler.layer(DefaultBodyLimit::max(route.body_limit)).layer(from_fn_with_state(gate, pass));
        router = router.route(route.path, handler);
    }
    let described = site.clone();
    let router = router
        .route("/language/{code}", get(language))
        .route("/style", get(async |req: Req| req.page("webkit/style.html", context! {}).await))
        .route("/api/openapi.json", get(async move || Json(crate::openapi_document(described.modules()))))
        .fallback(async || WebProblem(Problem::not_found()))
        .method_not_allowed_fallback(async || {
            WebProblem(Problem::new(ProblemKind::MethodNotAllowed, "method-not-allowed"))
        });
    let pages = router.clone().with_state(app.clone());
    router
        .layer(from_fn_with_state((app.clone(), pages), open))
        .route("/assets/{hash}/{name}", get(assets::serve).layer(from_fn_with_state(app.clone(), dress)))
        .route("/favicon.ico", get(assets::icon).layer(from_fn_with_state(app.clone(), dress)))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(app.clone())
}

/// Finds the actor and the language, and dresses what comes back.
async fn open(State((app, pages)): State<(App, Router)>, mut request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let anonymous = app.ctx(Actor::Anonymous, language_of(request.headers(), api));
    let https = is_https(&app, &request);
    let (ctx, session, refused) = match actor(&app, &anonymous, request.headers()).await {
        Ok((actor, session)) => {
            let fresh = session.as_ref().is_some_and(|session| session.is_fresh(&anonymous));
            let purpose = if api { purpose(request.headers()) } else { None };
            (
                anonymous.with_actor(actor).with_fresh(fresh).with_purpose(purpose),
                session,
                input::check_uri(request.uri()).err(),
            )
        }
        Err(problem) => (anonymous, None, Some(problem)),
    };
    request.extensions_mut().insert(ctx.clone());
    if let Some(session) = &session {
        request.extensions_mut().insert(session.clone());
    }
    let address: ClientAddr = request.extensions().get().copied().unwrap_or_default();
    let place = request.extensions().get().map(|path: &MatchedPath| path.as_str().to_owned()).unwrap_or_default();
    let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
    let typed = Typed::default();
    request.extensions_mut().insert(typed.clone());
    let req =
        Req { app: app.clone(), ctx, method, uri, headers, session, address, typed, refused: None, written: None };
    let mut response = match refused {
        Some(problem) => WebProblem(problem).into_response(),
        None => next.run(request).await,
    };
    if let Some(problem) = problem_of(&mut response).await {
        if leaves_a_trace(&problem) {
            app.refusals().note(&req.ctx, &req.ctx.actor.pseudonym(), problem.code, &place, address);
        }
        let allow = response.headers_mut().remove(header::ALLOW);
        response = show(&req, (&pages, &place), api, &problem).await;
        response.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
    }
    ended::taken_along(&req, &mut response);
    safe_headers(&mut response, https);
    response
}

/// What a program says that it asks for, for policies that ask back.
fn purpose(headers: &HeaderMap) -> Option<Arc<str>> {
    headers.get(PURPOSE)?.to_str().ok().filter(|text| text.len() <= 100).map(Arc::from)
}

fn is_https(app: &App, request: &Request) -> bool {
    app.config().is_https() || request.extensions().get::<Https>().is_some_and(|https| https.0)
}

/// Assets are the same for everybody; their answers are dressed like all others.
async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let https = is_https(&app, &request);
    let mut response = next.run(request).await;
    safe_headers(&mut response, https);
    response
}

/// What somebody had no right to, and secrets that open nothing, or nothing any more.
fn leaves_a_trace(problem: &Problem) -> bool {
    let secret =
        matches!(problem.code, "bad-token" | "link-ended" | "first-link-ended" | "proof-ended" | "outside-unknown");
    secret || problem.kind == ProblemKind::Forbidden && problem.code != PROVE_AGAIN
}

/// What a handler refused with, or what axum did before it came to the handler: a plain line of text in English.
async fn problem_of(response: &mut Response) -> Option<Problem> {
    if let Some(WebProblem(problem)) = response.extensions_mut().remove::<WebProblem>() {
        return Some(problem);
    }
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if !response.status().is_client_error() || !kind.is_none_or(|kind| kind.starts_with(b"text/plain")) {
        return None;
    }
    let text = to_bytes(std::mem::take(response.body_mut()), 16 * 1024).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    Some(match response.status() {
        // An id that cannot be read names nothing.
        _ if text.starts_with("Invalid URL") => Problem::not_found(),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(ProblemKind::TooLarge, "body-too-large"),
        _ => Problem::bad_input("bad-form").because(text),
    })
}

async fn show(req: &Req, (pages, place): (&Router, &str), api: bool, problem: &Problem) -> Response {
    if problem.kind == ProblemKind::Internal {
        // An address that is itself a secret stands in no log.
        let path = if place.contains("{secret}") { place } else { req.uri.path() };
        tracing::error!(path, request = %req.ctx.request, %problem, "a request failed");
    }
    if api || drafts::is_of_script(&req.app, &req.method, req.uri.path(), place) {
        return problem_json(req.app.locales(), req.ctx.lang, problem);
    }
    let led = match problem.kind {
        ProblemKind::Unauthenticated => Some(ended::to_sign_in(req).await),
        _ if problem.code == PROVE_AGAIN && matches!(req.ctx.actor, Actor::Person { .. }) => {
            Some(ended::to_prove(req).await)
        }
        _ => None,
    };
    if let Some(Ok(response)) = led {
        return response;
    }
    if let Some(page) = page_again(req, pages, problem).await {
        return page;
    }
    problem_page(req, problem).await
}

/// Why it was refused, with what was typed, where no page of its form can be shown.
async fn problem_page(req: &Req, problem: &Problem) -> Response {
    let message = req.app.locales().problem(req.ctx.lang, problem);
    let back = req.way_back().filter(|page| page != "/");
    let sent = req.typed.sent(&req.uri);
    let words = if problem.code == CROSS_SITE { vec![] } else { Outline::default().words(&sent) };
    let is_kept = words.is_empty();
    let page = context! {
        back, words => view(words), message => message.clone(), code => problem.code,
        status => problem.kind.status(), request => req.ctx.request.to_string()
    };
    let status = crate::problem::status(problem);
    let shown = req.page_with_status(status, "webkit/problem.html", page).await;
    match shown.and_then(|page| if is_kept { Ok(page) } else { Req::not_kept(page) }) {
        Ok(response) => response,
        Err(_) => (status, message).into_response(),
    }
}

async fn actor(app: &App, ctx: &Ctx, headers: &HeaderMap) -> Result<(Actor, Option<Session>), Problem> {
    if let Some(secret) = bearer(headers) {
        let found = app.identity().token(ctx, secret).await?;
        let found = found.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated, "bad-token"))?;
        return Ok((found, None));
    }
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(app.config().session_cookie()) else { return Ok((Actor::Anonymous, None)) };
    let entered = session::enter(app, ctx, cookie.value()).await?;
    Ok(entered.map_or((Actor::Anonymous, None), |(actor, session)| (actor, Some(session))))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Pages are Vietnamese until the reader chooses: an English Windows says nothing about its user. Programs say it; what a
/// page fetches for itself comes with its reader's cookies, and is in the language of the page.
fn language_of(headers: &HeaderMap, api: bool) -> Lang {
    let chosen = CookieJar::from_headers(headers).get("dinh_lang").map(|cookie| cookie.value().to_owned());
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let is_program = api && (bearer(headers).is_some() || !headers.contains_key(header::COOKIE));
    let code = chosen.or_else(|| if is_program { accepted() } else { None }).unwrap_or_default();
    if code.starts_with("en") { Lang::En } else { Lang::Vi }
}

async fn language(Path(code): Path<String>, request: Request) -> Response {
    let code = if code == "en" { "en" } else { "vi" };
    let back = request.uri().query().unwrap_or_default();
    let back =
        form_urlencoded::parse(back.as_bytes()).find(|(key, _)| key == "back").map(|(_, value)| value.into_owned());
    let back = back.and_then(|path| local_path(&path)).unwrap_or_else(|| "/".into());
    let cookie = format!("dinh_lang={code}; Path=/; Max-Age=31536000; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response()
}

#[derive(Debug, Clone)]
struct Gate {
    app: App,
    access: Access,
    mutates: bool,
    api: bool,
    body_limit: usize,
}

/// Lets a request through to one route.
async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Some(ctx) = request.extensions().get::<Ctx>().cloned() else {
        return WebProblem(Problem::internal("no context")).into_response();
    };
    if let Err(problem) = gate.check(&ctx, request.headers()) {
        return gate.refuse(request, problem).await;
    }
    if let Err(problem) = gate.room(request.headers()).await {
        return gate.refuse(request, problem).await;
    }
    let _place = match gate.place(&ctx, request.body()) {
        Ok(place) => place,
        Err(problem) => return gate.refuse(request, problem).await,
    };
    if gate.mutates {
        once::pass(&gate.app, &ctx, gate.api, gate.body_limit, request, next).await
    } else {
        next.run(request).await
    }
}

impl Gate {
    /// Refuses what no handler gets to see. What a person wrote into a form of ours is read all the same, to be shown again.
    async fn refuse(&self, request: Request, problem: Problem) -> Response {
        if self.mutates && !self.api && problem.code != CROSS_SITE {
            let place = if self.is_large(request.body()) { LONG.try_acquire().ok() } else { None };
            let longest = if place.is_some() { longest_words(self.body_limit) } else { BODY_LIMIT };
            overhear(request, longest).await;
        }
        WebProblem(problem).into_response()
    }

    fn check(&self, ctx: &Ctx, headers: &HeaderMap) -> Result<(), Problem> {
        if self.mutates && bearer(headers).is_none() && !same_origin(headers) {
            return Err(Problem::new(ProblemKind::Forbidden, CROSS_SITE));
        }
        let anonymous = ctx.actor == Actor::Anonymous;
        match self.access {
            Access::Public => return Ok(()),
            Access::SignedIn | Access::Action(_) if anonymous => {
                return Err(Problem::new(ProblemKind::Unauthenticated, "sign-in-first"));
            }
            Access::SignedIn => {}
            Access::Action(action) => self.app.authorizer().check_route(ctx, action)?,
        }
        match ctx.actor {
            Actor::Token { read_only: true, .. } if self.mutates => {
                Err(Problem::new(ProblemKind::Forbidden, "token-read-only"))
            }
            _ => Ok(()),
        }
    }

    /// Changes are refused while the site's quota is used up; coming in and going out are not.
    async fn room(&self, headers: &HeaderMap) -> Result<(), Problem> {
        if !self.mutates || self.access == Access::Public {
            return Ok(());
        }
        if self.body_limit > BODY_LIMIT {
            self.app.room().look(once::length(headers).unwrap_or(0) as u64).await?;
        }
        self.app.room().check()
    }

    /// Of large requests each account has few under way: nobody takes the disk and the turn of all others.
    fn place(&self, ctx: &Ctx, body: &Body) -> Result<Option<Place<AccountId>>, Problem> {
        if !self.mutates || !self.is_large(body) {
            return Ok(None);
        }
        let place = self.app.uploads().enter(ctx.actor.account());
        place.map(Some).ok_or_else(|| Problem::new(ProblemKind::Unavailable, "too-many-uploads"))
    }

    fn is_large(&self, body: &Body) -> bool {
        let is_small = body.size_hint().exact().is_some_and(|size| size <= BODY_LIMIT as u64);
        self.body_limit > BODY_LIMIT && !is_small
    }
}

/// Browsers say where a request comes from; a change is taken only from our own pages (ADR 0004).
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin" || site == "none",
        None => match (text(header::ORIGIN), text(header::HOST)) {
            (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
            _ => false,
        },
    }
}

fn safe_headers(response: &mut Response, https: bool) {
    const CSP: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    let headers = response.headers_mut();
    let mut put = |name, value| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    put("content-security-policy", CSP);
    put("x-content-type-options", "nosniff");
    put("referrer-policy", "same-origin");
    put("permissions-policy", "camera=(), microphone=(), geolocation=()");
    put("cache-control", "private, no-cache");
    if https {
        put("strict-transport-security", "max-age=63072000");
        secure_cookies(headers);
    }
}

/// Cookies of a site that is reached over https never travel in the clear, whoever sets them.
fn secure_cookies(headers: &mut HeaderMap) {
    let cookies: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        let text = String::from_utf8_lossy(cookie.as_bytes());
        let secure = text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"));
        let sealed = (!secure).then(|| HeaderValue::from_str(&format!("{text}; Secure")).ok()).flatten();
        headers.append(header::SET_COOKIE, sealed.unwrap_or(cookie));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_fetches_is_in_the_language_of_the_page() {
        let of = |fields: &[(HeaderName, &'static str)], api| {
            let fields = fields.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
            language_of(&fields.collect::<HeaderMap>(), api)
        };
        let english = (header::ACCEPT_LANGUAGE, "en-US");
        assert_eq!(of(std::slice::from_ref(&english), true), Lang::En, "a program says it");
        assert_eq!(of(&[english.clone(), (header::AUTHORIZATION, "Bearer x")], true), Lang::En);
        assert_eq!(of(&[english.clone(), (header::COOKIE, "dinh=1")], true), Lang::Vi, "a browser does not");
        assert_eq!(of(std::slice::from_ref(&english), false), Lang::Vi);
        assert_eq!(of(&[english, (header::COOKIE, "dinh_lang=en")], true), Lang::En, "its reader chose");
    }

    #[test]
    fn a_purpose_is_a_short_text() {
        let of = |value: &str| purpose(&HeaderMap::from_iter([(PURPOSE, HeaderValue::from_str(value).unwrap())]));
        assert_eq!(of("statistics").as_deref(), Some("statistics"));
        assert_eq!(of(&"x".repeat(101)), None);
        assert_eq!(purpose(&HeaderMap::new()), None);
    }
}
