//! To the province's single sign-on and back.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect},
};
use kernel::{AccountId, Actor};
use minijinja::context;
use webkit::{Outcome, Req};

use super::{
    access::{safe_next, with_session},
    cookies::{self, cookied},
};
use crate::{
    Directory, Entrance,
    entrance::Noticed,
    oidc::{Flow, Oidc},
    usecase::{
        oidc::{Back, Came, oidc_back},
        sealed_flow,
        sign_in::Refused,
    },
};

const SECONDS: u32 = 600;

/// Who is signed in already is asked first: the provider may know somebody else at this computer.
pub async fn start(req: Req) -> Outcome {
    let next = req.query("next").unwrap_or_default();
    if matches!(req.ctx.actor, Actor::Person { .. }) && req.app.get::<Oidc>()?.name().is_some() {
        return ask(&req, &next).await;
    }
    leave(&req, &next, None).await
}

/// To the provider and back to the account page, where the tie is confirmed or not.
pub async fn tie(req: Req) -> Outcome {
    match req.ctx.actor {
        Actor::Person { account, .. } => leave(&req, "/account", Some(account)).await,
        _ => Err(kernel::Problem::forbidden().into()),
    }
}

async fn ask(req: &Req, next: &str) -> Outcome {
    let page = context! { next => safe_next(next), provider => req.app.get::<Oidc>()?.name() };
    req.page("directory/sign_in_as.html", page).await
}

async fn leave(req: &Req, next: &str, ties: Option<AccountId>) -> Outcome {
    let (url, flow) = req.app.get::<Oidc>()?.start(safe_next(next), ties).await?;
    let kept = sealed_flow::seal(req.app.db(), &req.ctx, &flow)?;
    cookied(Redirect::to(&url).into_response(), &cookies::put(req, cookies::OIDC, &kept, Some(SECONDS)))
}

/// Only a way that was begun here, a little while ago.
fn flow(req: &Req) -> Option<Flow> {
    sealed_flow::open(req.app.db(), &req.ctx, &cookies::read(req, cookies::OIDC)?)
}

pub async fn back(req: Req) -> Outcome {
    let (directory, oidc) = (req.app.get::<Directory>()?, req.app.get::<Oidc>()?);
    let flow = flow(&req);
    let next = flow.as_ref().map(|flow| flow.next.clone()).unwrap_or_default();
    let signs_in = flow.as_ref().is_none_or(|flow| flow.ties.is_none());
    if signs_in && matches!(req.ctx.actor, Actor::Person { .. }) {
        return ask(&req, &next).await;
    }
    let entrance = req.app.get::<Entrance>()?;
    let back = Back {
        code: req.query("code"),
        state: req.query("state"),
        issuer: req.query("iss"),
        error: req.query("error"),
    };
    let response = match oidc_back(directory, entrance, oidc, &req.ctx, req.address, flow, back).await {
        Ok(Came::In(signed)) => with_session(&req, &signed, safe_next(&next)).await?,
        Ok(Came::ToTie) => Req::go("/account#tie", ""),
        Err(Refused { problem, .. }) if problem.kind.status() >= 500 || !signs_in => return Err(problem.into()),
        Err(Refused { problem, noticed, .. }) => {
            tracing::warn!(code = problem.code, cause = problem.cause, "a single sign-on was refused");
            for what in [Some(problem.code), noticed.map(Noticed::code)].into_iter().flatten() {
                req.app.refusals().note(&req.ctx, &req.ctx.actor.pseudonym(), what, crate::oidc::BACK, req.address);
            }
            let message = req.app.locales().problem(req.ctx.lang, &problem);
            let status = StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::FORBIDDEN);
            let page =
                context! { login => "", next => safe_next(&next), message, provider => oidc.name(), is_new => false };
            req.page_with_status(status, "directory/sign_in.html", page).await?
        }
    };
    cookied(response, &cookies::put(&req, cookies::OIDC, "", None))
}
