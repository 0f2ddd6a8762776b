//! The way on of who is not signed in any more, or must prove who they are, in the middle of a form: what they wrote waits for
//! them on the page on which it stood.

use axum::{
    http::{HeaderValue, Method, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Actor, Problem};

use crate::{
    Req,
    again::{RESUME, taken_up},
    input,
    kept_words::{COOKIE, Kept, LONGEST, Writer, is_secret, secret},
    refill::SECRET,
    sent::Sent,
    session, url_encode,
    words::refuse_marked,
};

/// Says that some fields were not kept.
const IN_PART: &str = "&done=words-kept-in-part";

/// To the page of signing in, and from there back.
pub(crate) async fn to_sign_in(req: &Req) -> Result<Response, Problem> {
    let kept = keep(req).await?;
    let said = match &kept {
        Some(kept) if kept.is_whole => "&done=words-kept",
        Some(_) => IN_PART,
        None if req.session_cookie().is_some() => "&done=session-ended",
        None => "",
    };
    let next = req.page_of_form();
    Ok(led(&format!("/sign-in?next={}{said}", url_encode(&with(&next, kept.as_ref()))), req, kept))
}

/// To the page on which a person proves who they are, and from there back.
pub(crate) async fn to_prove(req: &Req) -> Result<Response, Problem> {
    let kept = keep(req).await?;
    let said = if kept.as_ref().is_some_and(|kept| !kept.is_whole) { IN_PART } else { "" };
    let next = req.referer().unwrap_or_else(|| "/account".into());
    Ok(led(&format!("/account/prove?next={}{said}", url_encode(&with(&next, kept.as_ref()))), req, kept))
}

/// A page that leads on takes along what is to be taken up again.
pub(crate) fn taken_along(req: &Req, response: &mut Response) {
    let Some(key) = req.query(RESUME).filter(|key| is_secret(key)) else { return };
    let led = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
    let Some(to) = led.filter(|to| req.method == Method::GET && to.starts_with('/') && !takes_up(to)) else {
        return;
    };
    if let Ok(to) = HeaderValue::from_str(&taken_up(&to, &key, false)) {
        response.headers_mut().insert(header::LOCATION, to);
    }
}

/// Whether an address takes something up again, itself or where it leads to in the end.
fn takes_up(to: &str) -> bool {
    let query = to.split('#').next().and_then(|page| page.split_once('?')).map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == RESUME || takes_up(&value))
}

struct Waiting {
    name: String,
    browser: String,
    is_whole: bool,
}

fn with(page: &str, kept: Option<&Waiting>) -> String {
    kept.map_or_else(|| page.to_owned(), |kept| taken_up(page, &kept.name, false))
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
    let (sent, is_whole) = worth_keeping(req.typed.sent(&req.uri));
    if req.method != Method::POST || sent.typed.iter().all(|(_, text)| text.trim().is_empty()) {
        return Ok(None);
    }
    let Some(writer) = writer(req).await? else { return Ok(None) };
    if sent.is_forgotten(&req.app.db().read()).await? {
        return Ok(None);
    }
    let known = req.cookie(COOKIE).filter(|browser| is_secret(browser));
    let Some(browser) = known.or_else(secret) else { return Ok(None) };
    let (address, at) = (req.address.text(), req.ctx.now());
    let kept = Kept { writer, browser: browser.clone(), address, at, sent, is_whole };
    Ok(req.app.words().keep(kept).map(|name| Waiting { name, browser, is_whole }))
}

/// Where people prove who they are: what is called a code there opens the door.
const DOORS: [&str; 3] = ["/sign-in", "/account", "/link"];

/// Passwords and the like are kept nowhere in clear. The code of a unit or a system is none.
fn is_secret_field(action: &str, name: &str) -> bool {
    SECRET.contains(&name) && (name != "code" || DOORS.iter().any(|door| action.starts_with(door)))
}

/// What is kept of a form, and whether it is all of its words: secrets never are, and what bears a mark of secrecy is left
/// empty, so that the words after it stay in their rows.
fn worth_keeping(sent: Sent) -> (Sent, bool) {
    let Sent { action, mut typed } = sent;
    typed.retain(|(name, _)| !is_secret_field(&action, name));
    let fields = typed.len();
    typed.retain(|(name, _)| input::check_text(name, "").is_ok());
    let mut is_whole = typed.len() == fields;
    for (_, text) in &mut typed {
        // Control characters are seen by nobody: without them it is what was written.
        text.retain(|c| !input::is_refused(c));
        if refuse_marked(text).is_err() {
            text.clear();
            is_whole = false;
        }
    }
    (Sent { action, typed }, is_whole)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(action: &str, fields: &[(&str, &str)]) -> (Vec<(String, String)>, bool) {
        let typed = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (sent, is_whole) = worth_keeping(Sent { action: action.to_owned(), typed });
        (sent.typed, is_whole)
    }

    fn fields(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn no_secret_is_kept() {
        let secrets =
            [("once", "k"), ("current", "mật khẩu cũ"), ("password", "mới"), ("again", "mới"), ("secret", "x")];
        assert_eq!(kept("/account/password", &secrets), (vec![], true));
        for door in ["/sign-in/second-factor", "/account/second-factor?x=1", "/link/abc"] {
            assert_eq!(
                kept(door, &[("code", "123456"), ("act", "confirm")]).0,
                fields(&[("act", "confirm")]),
                "{door}"
            );
        }
        let unit = [("name", "Sở Mẫu"), ("code", "H01.02")];
        assert_eq!(kept("/units/new", &unit), (fields(&unit), true));
    }

    #[test]
    fn what_no_form_takes_costs_no_other_word() {
        let typed = [("text", "một"), ("text", "h\u{7}ai\u{ffff}\n"), ("text", "ba")];
        assert_eq!(kept("/a", &typed), (fields(&[("text", "một"), ("text", "hai\n"), ("text", "ba")]), true));
        assert_eq!(kept("/a", &[("text", "một"), ("a\u{7}", "x")]), (fields(&[("text", "một")]), false));
        let marked = [("text", "TUYỆT MẬT\nnội dung"), ("note", "x")];
        assert_eq!(kept("/a", &marked), (fields(&[("text", ""), ("note", "x")]), false));
    }

    #[test]
    fn what_is_taken_up_again_is_known_by_the_name_in_the_query() {
        for to in ["/a?resume=1", "/a?b=1&resume=1#x", "/sign-in?next=%2Fa%3Fresume%3D1"] {
            assert!(takes_up(to), "{to}");
        }
        for to in ["/resume", "/a?resumed=1", "/a?b=resume", "/a#resume=1"] {
            assert!(!takes_up(to), "{to}");
        }
    }
}
