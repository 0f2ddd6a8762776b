//! The second factor: given or set up on the way in, kept on the account page, taken away by an administrator.

use axum::http::StatusCode;
use kernel::{AccountId, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, view};

use super::{
    access::{choose_anew, open_session, safe_next},
    asked,
    cookies::{self, cookied},
};
use crate::{
    Directory, Entrance, Error,
    model::totp,
    store::sign_in::{HalfwayRow, SignInRow},
    usecase::{
        account,
        second_factor::{self, CHOOSE_ANEW, Passed},
    },
};

fn kept(req: &Req) -> Result<String, Problem> {
    cookies::read(req, cookies::HALFWAY).ok_or_else(|| Error::HalfwayEnded.into())
}

/// The picture and the text of what is being set up.
fn set_up(half: &HalfwayRow, row: &SignInRow) -> Result<Value, Problem> {
    let Some(secret) = &half.secret else { return Ok(Value::from(())) };
    let (path, width) = totp::picture(&totp::address(secret, &row.login))?;
    Ok(context! { path, width, text => totp::grouped(secret), login => row.login.clone() })
}

fn words(req: &Req, problem: Option<&Problem>) -> String {
    problem.map(|problem| req.app.locales().problem(req.ctx.lang, problem)).unwrap_or_default()
}

fn status(problem: Option<&Problem>) -> StatusCode {
    StatusCode::from_u16(problem.map_or(200, |problem| problem.kind.status())).unwrap_or_default()
}

async fn half_page(req: &Req, template: &str, problem: Option<&Problem>) -> Outcome {
    let (half, row) = second_factor::halfway(req.app.get::<Directory>()?, &req.ctx, &kept(req)?).await?;
    let page = context! { set_up => set_up(&half, &row)?, message => words(req, problem) };
    Req::not_kept(req.page_with_status(status(problem), template, page).await?)
}

/// Whoever comes here without having given a password, or too late, begins anew.
pub async fn show(req: Req) -> Outcome {
    match half_page(&req, "directory/second_factor.html", None).await {
        Err(problem) if problem.0.code == "halfway-ended" => Ok(Req::go("/sign-in", "halfway-ended")),
        other => other,
    }
}

#[derive(Deserialize)]
pub struct Code {
    code: String,
}

/// What was wrong with a code is shown where it was typed.
fn may_try_again(problem: &Problem) -> bool {
    matches!(problem.code, "code-wrong" | "too-many-attempts")
}

async fn note(req: &Req, half: &str, problem: &Problem, place: &str) -> Result<(), Problem> {
    let known = second_factor::halfway(req.app.get::<Directory>()?, &req.ctx, half).await;
    let who = known.map_or_else(|_| req.ctx.actor.pseudonym(), |(_, row)| row.person().to_string());
    req.app.refusals().note(&req.ctx, &who, problem.code, place, req.address);
    Ok(())
}

pub async fn take(req: Req, Form(form): Form<Code>) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let Ok(half) = kept(&req) else { return Ok(Req::go("/sign-in", "halfway-ended")) };
    match second_factor::pass(directory, entrance, &req.ctx, &half, &form.code).await {
        Ok(Passed { signed, next, recovery }) => {
            let response = if next == CHOOSE_ANEW {
                choose_anew(&req, &signed).await?
            } else if recovery.is_empty() {
                open_session(&req, &signed, Req::go(safe_next(&next), "")).await?
            } else {
                let page = recovery_page(&req, signed.account, &recovery, safe_next(&next)).await?;
                open_session(&req, &signed, page).await?
            };
            cookied(response, &cookies::put(&req, cookies::HALFWAY, "", None))
        }
        Err(problem) if may_try_again(&problem) => {
            note(&req, &half, &problem, "/sign-in/second-factor").await?;
            half_page(&req, "directory/second_factor.html", Some(&problem)).await
        }
        Err(problem) if problem.code == "halfway-ended" => Ok(Req::go("/sign-in", "halfway-ended")),
        Err(problem) => Err(problem.into()),
    }
}

/// The sheet says whose it is: it lies in a drawer among others.
async fn recovery_page(req: &Req, account: AccountId, codes: &[String], next: &str) -> Outcome {
    let whose = account::whose(req.app.get::<Directory>()?, account).await?;
    let whose = whose.map(|(name, login)| context! { name, login });
    Req::not_kept(req.page("directory/recovery.html", context! { whose, codes => view(codes), next }).await?)
}

async fn own_page(req: &Req, problem: Option<&Problem>) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let own = second_factor::own(directory, entrance, &req.ctx).await?;
    let half = match cookies::read(req, cookies::HALFWAY) {
        Some(half) => second_factor::halfway(directory, &req.ctx, &half).await.ok(),
        None => None,
    };
    let mine = half.filter(|(_, row)| req.ctx.actor.account() == Some(row.account()));
    let set_up = mine.map(|(half, row)| set_up(&half, &row)).transpose()?.unwrap_or_else(|| Value::from(()));
    let page = context! { own => view(own), set_up, message => words(req, problem) };
    Req::not_kept(req.page_with_status(status(problem), "directory/account_second_factor.html", page).await?)
}

/// With `ask` the page before what does not come back: `recovery` or `off`.
pub async fn own(req: Req) -> Outcome {
    match req.query("ask") {
        Some(act) => asked::second_factor(&req, &act).await,
        None => own_page(&req, None).await,
    }
}

#[derive(Deserialize)]
pub struct OwnAct {
    /// `begin`, `confirm`, `cancel`, `recovery` or `off`.
    act: String,
    #[serde(default)]
    code: String,
}

const OWN: &str = "/account/second-factor";

pub async fn own_act(req: Req, Form(form): Form<OwnAct>) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    match form.act.as_str() {
        "begin" => {
            let half = second_factor::begin_own(directory, &req.ctx).await?;
            cookied(Req::go(OWN, ""), &cookies::put(&req, cookies::HALFWAY, &half, Some(600)))
        }
        "confirm" => confirm(&req, &form.code).await,
        "cancel" => {
            match second_factor::cancel_own(directory, &req.ctx, &kept(&req)?).await {
                Err(problem) if problem.code != "halfway-ended" => Err(problem.into()),
                // Ended meanwhile is cancelled too.
                _ => cookied(Req::go(OWN, "second-cancelled"), &cookies::put(&req, cookies::HALFWAY, "", None)),
            }
        }
        "recovery" => {
            let account = req.ctx.actor.account().ok_or_else(Problem::forbidden)?;
            let codes = second_factor::recovery_anew(directory, &req.ctx).await?;
            recovery_page(&req, account, &codes, "/account").await
        }
        "off" => {
            second_factor::off(directory, entrance, &req.ctx).await?;
            Ok(Req::go(OWN, "saved"))
        }
        _ => Err(Problem::bad_input("bad-form").into()),
    }
}

async fn confirm(req: &Req, code: &str) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let half = kept(req)?;
    let (_, row) = second_factor::halfway(directory, &req.ctx, &half).await?;
    if req.ctx.actor.account() != Some(row.account()) {
        return Err(Error::HalfwayEnded.into());
    }
    match second_factor::pass(directory, entrance, &req.ctx, &half, code).await {
        Ok(passed) => {
            let response = recovery_page(req, passed.signed.account, &passed.recovery, "/account").await?;
            cookied(response, &cookies::put(req, cookies::HALFWAY, "", None))
        }
        Err(problem) if may_try_again(&problem) => {
            note(req, &half, &problem, OWN).await?;
            own_page(req, Some(&problem)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
pub struct Reset {
    account: AccountId,
    #[serde(default)]
    reason: String,
}

pub async fn reset_form(req: Req) -> Outcome {
    let account: AccountId = req.query("account").and_then(|text| text.parse().ok()).ok_or_else(Problem::not_found)?;
    let directory = req.app.get::<Directory>()?;
    let row = second_factor::may_reset(directory, req.app.authorizer(), &req.ctx, account).await?;
    req.app.db().note_access(&req.ctx, "person.show", row.person(), 1).await?;
    let whose = account::whose(directory, account).await?.map(|(name, login)| context! { name, login });
    let page = context! { account => account.to_string(), whose };
    Req::not_kept(req.page("directory/second_factor_reset.html", page).await?)
}

pub async fn reset(req: Req, Form(form): Form<Reset>) -> Outcome {
    let (directory, authorizer) = (req.app.get::<Directory>()?, req.app.authorizer());
    second_factor::reset(directory, authorizer, &req.ctx, form.account, &form.reason).await?;
    Ok(Req::go("/people", "second-factor-reset"))
}
