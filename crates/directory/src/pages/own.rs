//! What belongs to an account, as pages show it.

use kernel::{AccountId, Actor, Problem, ids::TokenId};
use minijinja::{Value, context};
use webkit::{Req, view};

use crate::{
    Directory, Settings,
    ids::InvitationId,
    oidc::Oidc,
    store::{self, invitation::InvitationRow, tie::TieRow, token::ListedToken},
    usecase::{close, invitation, power, tie},
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
        feed => store::feed::made_at(&conn, account).await?,
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

/// The account page for one's own account, the person's page for somebody else's.
pub(super) async fn back_to(req: &Req, account: AccountId) -> Result<String, Problem> {
    if power::acting(&req.ctx).is_ok_and(|(own, _)| own == account) {
        return Ok("/account".into());
    }
    let row = store::account::get(&req.app.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    Ok(format!("/people/{}", kernel::PersonId::from_uuid(row.person_id)))
}
