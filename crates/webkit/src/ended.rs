//! The way on of who is not signed in any more, or must prove who they are, in the middle of a form: what they wrote waits for
//! them on the page on which it stood.

use axum::{
    http::{HeaderValue, Method, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Actor, Problem};

use crate::{
    Req,
    again::RESUME,
    input,
    kept_words::{COOKIE, Kept, LONGEST, Writer, is_secret, secret},
    session, url_encode,
    words::refuse_marked,
};

/// To the page of signing in, and from there back.
pub(crate) async fn to_sign_in(req: &Req) -> Result<Response, Problem> {
    let kept = keep(req).await?;
    let said = match &kept {
        Some(_) => "&done=words-kept",
        None if req.session_cookie().is_some() => "&done=session-ended",
        None => "",
    };
    let next = req.page_of_form();
    Ok(led(&format!("/sign-in?next={}{said}", url_encode(&with(&next, kept.as_ref()))), req, kept))
}

/// To the page on which a person proves who they are, and from there back.
pub(crate) async fn to_prove(req: &Req) -> Result<Response, Problem> {
    let kept = keep(req).await?;
    let next = req.referer().unwrap_or_else(|| "/account".into());
    Ok(led(&format!("/account/prove?next={}", url_encode(&with(&next, kept.as_ref()))), req, kept))
}

/// A page that leads on takes along what is to be taken up again.
pub(crate) fn taken_along(req: &Req, response: &mut Response) {
    let Some(key) = req.query(RESUME).filter(|key| is_secret(key)) else { return };
    let led = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
    let Some(to) = led.filter(|to| req.method == Method::GET && to.starts_with('/') && !to.contains(RESUME)) else {
        return;
    };
    let page = to.split('#').next().unwrap_or_default();
    let mark = if page.contains('?') { '&' } else { '?' };
    if let Ok(to) = HeaderValue::from_str(&format!("{page}{mark}{RESUME}={key}#resumed")) {
        response.headers_mut().insert(header::LOCATION, to);
    }
}

struct Waiting {
    name: String,
    browser: String,
}

fn with(page: &str, kept: Option<&Waiting>) -> String {
    let Some(kept) = kept else { return page.to_owned() };
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}{RESUME}={}#resumed", kept.name)
}

fn led(to: &str, req: &Req, kept: Option<Waiting>) -> Response {
    let mut response = Redirect::to(to).into_response();
    let cookie = kept.and_then(|kept| {
        let (name, seconds) = (req.app.config().cookie(COOKIE), LONGEST.as_secs());
        let secure = if req.app.config().is_https() { "; Secure" } else { "" };
        let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", kept.browser);
        HeaderValue::from_str(&cookie).ok()
    });
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Keeps what was typed for its writer; none where nothing was, or nobody knows whose it is.
async fn keep(req: &Req) -> Result<Option<Waiting>, Problem> {
    let sent = req.typed.sent(&req.uri);
    let is_bad =
        |(name, text): &(String, String)| input::check_text(name, text).is_err() || refuse_marked(text).is_err();
    if req.method != Method::POST || sent.typed.is_empty() || sent.typed.iter().any(is_bad) {
        return Ok(None);
    }
    let Some(writer) = writer(req).await? else { return Ok(None) };
    let known = req.cookie(COOKIE).filter(|browser| is_secret(browser));
    let Some(browser) = known.or_else(secret) else { return Ok(None) };
    let kept = Kept { writer, browser: browser.clone(), address: req.address.text(), at: req.ctx.now(), sent };
    Ok(req.app.words().keep(kept).map(|name| Waiting { name, browser }))
}

/// Who wrote it: who is signed in, whose session it was, else whose page it stood on.
async fn writer(req: &Req) -> Result<Option<Writer>, Problem> {
    if let Actor::Person { account, .. } = &req.ctx.actor {
        return Ok(Some(Writer::Account(*account)));
    }
    if let Some(cookie) = req.session_cookie()
        && let Some(account) = session::whose(&req.app.db().read(), &cookie).await?
    {
        return Ok(Some(Writer::Account(account)));
    }
    let page = req.typed.page();
    let mark = page.as_deref().and_then(|page| page.split_once('.')).map(|(_, mark)| mark);
    Ok(mark.map(|mark| Writer::Page(mark.chars().take(64).collect())))
}

impl Req {
    /// The cookie of a session, alive or not.
    fn session_cookie(&self) -> Option<String> {
        let jar = axum_extra::extract::CookieJar::from_headers(&self.headers);
        jar.get(self.app.config().session_cookie()).map(|cookie| cookie.value().to_owned())
    }

    /// The page that was asked for, or on which the form stood that was sent.
    fn page_of_form(&self) -> String {
        let own = || self.uri.path_and_query().map_or_else(|| "/".into(), |path| path.as_str().to_owned());
        if self.method == Method::GET { own() } else { self.way_back().unwrap_or_else(|| "/".into()) }
    }
}
