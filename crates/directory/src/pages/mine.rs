//! What belongs to one's own account: invitations to posts, ties to the single sign-on, tokens.

use crate::ids::InvitationId;
use axum::extract::Path;
use kernel::{AccountId, Actor, Problem, ids::TokenId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, view};

use crate::{
    Directory, Entrance, Settings,
    oidc::Oidc,
    store::{self, invitation::InvitationRow, tie::TieRow, token::ListedToken},
    usecase::{
        close, invitation, power,
        tie::{self, Confirmation},
        token,
    },
};

/// The lower part of the account page.
pub(super) async fn of(req: &Req) -> Result<Value, Problem> {
    let Actor::Person { account, person, .. } = req.ctx.actor else { return Ok(Value::UNDEFINED) };
    let (directory, conn) = (req.app.get::<Directory>()?, req.app.db().read());
    let row = store::account::get(&conn, account).await?.ok_or_else(Problem::not_found)?;
    let today = req.ctx.today().to_string();
    let pending = tie::pending(directory, &req.ctx).await?;
    let pending = pending.map(|row| context! { issuer => row.issuer, subject => row.subject, name => row.name });
    let invitations: Vec<Value> =
        invitation::mine(directory, &req.ctx).await?.iter().map(|row| invited(directory, row)).collect();
    let days = req.app.get::<Settings>()?.close_after_days;
    Ok(context! {
        id => account.to_string(), login => row.login, provider => req.app.get::<Oidc>()?.name(), pending, invitations,
        ties => ties(&store::tie::of(&conn, account).await?),
        tokens => tokens(&store::token::of(&conn, account, &today).await?),
        closes_on => close::closes_on(directory, &req.ctx, person, days).await?,
    })
}

pub(super) fn ties(rows: &[TieRow]) -> Value {
    let tie = |row: &TieRow| context! { issuer => row.issuer.clone(), subject => row.subject.clone(), name => row.name.clone(), tied_at => row.tied_at };
    view(rows.iter().map(tie).collect::<Vec<_>>())
}

pub(super) fn tokens(rows: &[ListedToken]) -> Value {
    let token = |row: &ListedToken| {
        context! {
            id => TokenId::from_uuid(row.id).to_string(), holder => row.holder.text(), login => row.login.text(), name => row.name.clone(),
            person => kernel::PersonId::from_uuid(row.person_id).to_string(), read_only => row.read_only, valid_to => row.valid_to.clone(),
            made_at => row.made_at, made_by => row.made_by.clone(), used_on => row.used_on.clone(),
        }
    };
    view(rows.iter().map(token).collect::<Vec<_>>())
}

pub(super) fn invited(directory: &Directory, row: &InvitationRow) -> Value {
    let unit = directory.tree().unit(kernel::UnitId::from_uuid(row.unit_id)).map(|unit| unit.name.clone());
    context! {
        id => InvitationId::from_uuid(row.id).to_string(), login => row.login.clone(), unit, role => row.role.clone(),
        title => row.title.clone(), valid_to => row.valid_to.clone(), stands_in => row.stands_in_for.is_some(), until => row.until,
    }
}

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
            super::access::account_page(&req, Some(problem)).await
        }
        Err(problem) => super::access::account_page(&req, Some(problem)).await,
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

/// The account page for one's own account, the person's page for somebody else's.
pub(super) async fn back_to(req: &Req, account: AccountId) -> Result<String, Problem> {
    if power::acting(&req.ctx).is_ok_and(|(own, _)| own == account) {
        return Ok("/account".into());
    }
    let row = store::account::get(&req.app.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    Ok(format!("/people/{}", kernel::PersonId::from_uuid(row.person_id)))
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
    Req::not_kept(req.page("directory/tokens.html", context! { rows => tokens(&rows) }).await?)
}
