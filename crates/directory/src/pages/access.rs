//! Coming in: sign-in, one-time links, the account page.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use axum_extra::extract::CookieJar;
use kernel::Problem;
use minijinja::context;
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use super::cookies::{self, cookied, secure};
use crate::{
    Directory, Entrance,
    entrance::Noticed,
    model::reference,
    oidc::Oidc,
    usecase::{
        account,
        first::{self, First},
        init,
        link::{self as links, Link},
        password,
        second_factor::{self, CHOOSE_ANEW, Needed},
        sign_in::{self, Knock},
        slip,
        way::{SignedIn, Way},
    },
};

#[derive(Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn sign_in_form(req: Req) -> Outcome {
    let next = req.query("next").unwrap_or_default();
    let provider = req.app.get::<Oidc>()?.name();
    let is_new = links::is_new(req.app.get::<Directory>()?).await?;
    req.page("directory/sign_in.html", context! { login => "", next, message => "", provider, is_new }).await
}

/// Only a path of this site may follow the sign-in.
pub(super) fn safe_next(next: &str) -> &str {
    if webkit::local_path(next).is_some() { next } else { "/" }
}

pub async fn sign_in(req: Req, Form(form): Form<SignIn>) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let device = cookies::read(&req, cookies::DEVICE);
    let knock = Knock { login: &form.login, password: &form.password, address: req.address, device: device.as_deref() };
    match sign_in::sign_in(directory, entrance, &req.ctx, knock).await {
        Ok(signed) if signed.way == Way::Slip => {
            let link = slip::link(directory, &req.ctx, signed.account).await?;
            Req::not_kept(Req::go(&format!("/link/{link}"), ""))
        }
        Ok(signed) if sign_in::must_choose_anew(directory, signed.account, &form.password).await? => {
            // A password that everybody would try is no proof: who has a second factor gives it first.
            match needed(&req, &signed).await? {
                Needed::Code => halfway(&req, &signed, false, CHOOSE_ANEW).await,
                Needed::SetUp | Needed::Nothing => choose_anew(&req, &signed).await,
            }
        }
        Ok(signed) => with_session(&req, &signed, safe_next(&form.next)).await,
        Err(refused) => {
            for what in [Some(refused.problem.code), refused.noticed.map(Noticed::code)].into_iter().flatten() {
                req.app.refusals().note(&req.ctx, &refused.who, what, "/sign-in", req.address);
            }
            sign_in_refused(&req, &form, refused.problem).await
        }
    }
}

async fn sign_in_refused(req: &Req, form: &SignIn, problem: Problem) -> Outcome {
    if !matches!(problem.code, "sign-in-refused" | "too-many-attempts" | "sign-in-busy") {
        return Err(problem.into());
    }
    let message = req.app.locales().problem(req.ctx.lang, &problem);
    let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let provider = req.app.get::<Oidc>()?.name();
    // What was typed may be anything, and of any length.
    let login: String = form.login.chars().filter(|c| !c.is_control()).take(64).collect();
    let is_new = links::is_new(req.app.get::<Directory>()?).await?;
    let page = context! { login, next => form.next.clone(), message, provider, is_new };
    let mut response = req.page_with_status(status, "directory/sign_in.html", page).await?;
    if let Some((_, seconds)) = problem.args.iter().find(|(name, _)| *name == "seconds") {
        let seconds = HeaderValue::from_str(seconds).map_err(Problem::internal)?;
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    Ok(response)
}

async fn needed(req: &Req, signed: &SignedIn) -> Result<Needed, Problem> {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    second_factor::needed(directory, entrance, &req.ctx, signed.account).await
}

/// The way in of who has shown one thing: to the second one, if it is needed.
pub(super) async fn with_session(req: &Req, signed: &SignedIn, next: &str) -> Outcome {
    match needed(req, signed).await? {
        Needed::Nothing => open_session(req, signed, Req::go(next, "")).await,
        needed => halfway(req, signed, needed == Needed::SetUp, next).await,
    }
}

async fn halfway(req: &Req, signed: &SignedIn, set_up: bool, next: &str) -> Outcome {
    let half = second_factor::begin(req.app.get::<Directory>()?, &req.ctx, signed.account, set_up, next).await?;
    cookied(Req::go("/sign-in/second-factor", ""), &cookies::put(req, cookies::HALFWAY, &half, Some(600)))
}

/// To a new password, of who has given everything else and is not in yet.
pub(super) async fn choose_anew(req: &Req, signed: &SignedIn) -> Outcome {
    let link = links::own_link(req.app.get::<Directory>()?, &req.ctx, signed).await?;
    Req::not_kept(Req::go(&format!("/link/{link}"), "choose-anew"))
}

/// Gives the browser a session, new at every sign-in, and the cookie by which it is known again.
pub(super) async fn open_session(req: &Req, signed: &SignedIn, response: Response) -> Outcome {
    let device = cookies::read(req, cookies::DEVICE);
    let opened = sign_in::opened(req.app.get::<Directory>()?, &req.ctx, signed, device.as_deref()).await?;
    let jar = CookieJar::from_headers(&req.headers);
    let new = webkit::NewSession {
        account: signed.account,
        epoch: signed.epoch,
        failures: opened.failures,
        agent: req.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default(),
        address: req.address.text(),
        replaces: jar.get(req.app.config().session_cookie()).map(axum_extra::extract::cookie::Cookie::value),
    };
    let token = webkit::start_session(req.app.db(), &req.ctx, &new).await?;
    let cookie =
        format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{}", req.app.config().session_cookie(), secure(req));
    let response = cookied(response, &cookie)?;
    let response = cookied(response, &cookies::put(req, cookies::DEVICE, &opened.device, Some(cookies::YEAR)))?;
    Req::not_kept(response)
}

pub async fn sign_out(req: Req) -> Outcome {
    let (directory, everywhere) = (req.app.get::<Directory>()?, req.query("everywhere").is_some());
    match &req.session {
        Some(session) if !everywhere => account::sign_out(directory, &req.ctx, session.id()).await?,
        _ => account::sign_out_everywhere(directory, &req.ctx).await?,
    }
    cookied(
        Req::go("/sign-in", if everywhere { "signed-out-everywhere" } else { "signed-out" }),
        &format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0", req.app.config().session_cookie()),
    )
}

#[derive(Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    province: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    password: String,
    again: String,
}

pub async fn link_form(req: Req, Path(secret): Path<String>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let link = links::link(directory, &req.ctx, &secret).await?;
    let provinces: Vec<_> = if init::needs_setup(directory) {
        reference::areas()
            .into_iter()
            .filter(|area| area.level == "province")
            .map(|area| context! { value => area.code, text => area.name })
            .collect()
    } else {
        vec![]
    };
    // Who was given the wrong slip sees it before a password is chosen.
    let whose = match link {
        Link::Reset(account) | Link::Anew(account) => account::whose(directory, account).await?,
        Link::First => None,
    };
    let whose = whose.map(|(name, login)| context! { name, login });
    let page = context! { whose, first => link == Link::First, provinces };
    Req::not_kept(req.page("directory/link.html", page).await?)
}

pub async fn link(req: Req, Path(secret): Path<String>, Form(form): Form<LinkForm>) -> Outcome {
    match use_link(&req, &secret, &form).await? {
        // The second factor was given on the way to the link; a code is good once.
        (signed, Link::Anew(_)) if needed(&req, &signed).await? == Needed::Code => {
            open_session(&req, &signed, Req::go("/", "")).await
        }
        (signed, _) => with_session(&req, &signed, "/").await,
    }
}

async fn use_link(req: &Req, secret: &str, form: &LinkForm) -> Result<(SignedIn, Link), Problem> {
    let (directory, ctx) = (req.app.get::<Directory>()?, &req.ctx);
    let link = links::link(directory, ctx, secret).await?;
    let signed = match link {
        Link::Reset(_) | Link::Anew(_) => {
            let account = password::set_password(directory, ctx, secret, &form.password, &form.again).await?;
            let row =
                crate::store::account::get(&directory.db().read(), account).await?.ok_or_else(Problem::not_found)?;
            SignedIn { account, epoch: row.epoch, way: Way::Link }
        }
        Link::First => {
            let first = First {
                province: &form.province,
                name: &form.name,
                login: &form.login,
                password: &form.password,
                again: &form.again,
            };
            first::first_account(directory, ctx, secret, first).await?
        }
    };
    Ok((signed, link))
}
