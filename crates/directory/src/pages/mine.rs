//! What belongs to one's own account: invitations to posts, ties to the single sign-on, tokens.

use crate::ids::InvitationId;
use axum::extract::Path;
use kernel::{AccountId, Problem, ids::TokenId};
use minijinja::context;
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use super::{
    account::account_page,
    own::{back_to, tokens},
};
use crate::{
    Directory, Entrance, store,
    usecase::{
        invitation, power,
        tie::{self, Confirmation},
        token,
    },
};

#[derive(Deserialize)]
pub struct Tie {
    login: String,
    subject: String,
    #[serde(default)]
    password: String,
}

/// Both names and the password come back in one form.
pub async fn tie(req: Req, Form(form): Form<Tie>) -> Outcome {
    let given = Confirmation { login: &form.login, subject: &form.subject, password: &form.password };
    match tie::confirm(req.app.get::<Directory>()?, req.app.get::<Entrance>()?, &req.ctx, given).await {
        Ok(()) => Ok(Req::go("/account", "tied")),
        Err(problem) if problem.code == "tie-password" => {
            let who = req.ctx.actor.pseudonym();
            req.app.refusals().note(&req.ctx, &who, problem.code, "/account/tie", req.address);
            account_page(&req, Some(problem)).await
        }
        Err(problem) => account_page(&req, Some(problem)).await,
    }
}

pub async fn forget(req: Req) -> Outcome {
    let (account, _) = power::acting(&req.ctx)?;
    tie::forget(req.app.get::<Directory>()?, &req.ctx, account).await?;
    Ok(Req::go("/account", "tie-refused"))
}

#[derive(Deserialize)]
pub struct Untie {
    issuer: String,
    subject: String,
}

pub async fn untie(req: Req, Path(id): Path<AccountId>, Form(form): Form<Untie>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    tie::untie(directory, req.app.authorizer(), &req.ctx, id, (&form.issuer, &form.subject)).await?;
    Ok(Req::go(&back_to(&req, id).await?, "untied"))
}

#[derive(Deserialize)]
pub struct Answer {
    act: String,
}

pub async fn invitation(req: Req, Path(id): Path<InvitationId>, Form(form): Form<Answer>) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let anew = match form.act.as_str() {
        "accept" => invitation::answer(directory, req.app.authorizer(), entrance, &req.ctx, id, true).await?,
        "decline" => invitation::answer(directory, req.app.authorizer(), entrance, &req.ctx, id, false).await?,
        "withdraw" => {
            invitation::withdraw(directory, req.app.authorizer(), &req.ctx, id).await?;
            return Ok(Req::go("/people", "withdrawn"));
        }
        _ => return Err(Problem::bad_input("field-empty").into()),
    };
    if anew {
        return Ok(Req::go("/sign-in", "post-accepted-anew"));
    }
    Ok(Req::go("/account", if form.act == "accept" { "post-accepted" } else { "post-declined" }))
}

pub async fn revoke(req: Req, Path(id): Path<TokenId>) -> Outcome {
    token::revoke(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    let owner = store::token::owner(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    Ok(Req::go(&back_to(&req, owner).await?, "token-revoked"))
}

/// Tokens of the people that the actor administers.
pub async fn list(req: Req) -> Outcome {
    let mut rows = token::list(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx).await?;
    let shown = req.app.db().note_access(&req.ctx, "tokens.list", "", rows.len()).await?;
    for row in &mut rows {
        row.holder.open(&shown);
        row.login.open(&shown);
    }
    Req::not_kept(
        req.page("directory/tokens.html", context! { rows => tokens(&rows), most => token::LONGEST_DAYS }).await?,
    )
}
