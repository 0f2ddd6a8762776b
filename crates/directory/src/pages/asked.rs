//! The pages before something of an account ends that does not come back as it was: a token, a tie to the single sign-on, the
//! codes of recovery, the second step.

use axum::extract::Path;
use kernel::{AccountId, Problem, ProblemKind, day::show, ids::TokenId};
use webkit::{Confirm, FluentValue, Outcome, Req};

use super::own::back_to;
use crate::{
    Directory, Entrance, Error, store,
    usecase::{account, second_factor, tie, token},
};

fn words(req: &Req, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    req.app.locales().text(req.ctx.lang, key, args)
}

/// A page that leads back to the account, and says whose it is where that is somebody else.
async fn of(req: &Req, account: AccountId) -> Result<Confirm, Problem> {
    let above = back_to(req, account).await?;
    let Some(person) = above.strip_prefix("/people/") else {
        return Ok(Confirm { above, above_name: words(req, "nav-account", &[]), ..Confirm::default() });
    };
    req.app.db().note_access(&req.ctx, "person.show", person, 1).await?;
    let whose = account::whose(req.app.get::<Directory>()?, account).await?;
    let (name, login) = whose.ok_or_else(Problem::not_found)?;
    let says = vec![words(req, "ask-of-whom", &[("name", name.clone().into()), ("login", login.into())])];
    Ok(Confirm { above, above_name: name, says, ..Confirm::default() })
}

/// What stops when a token is revoked.
pub async fn revoke(req: Req, Path(id): Path<TokenId>) -> Outcome {
    let (directory, conn) = (req.app.get::<Directory>()?, req.app.db().read());
    let account = token::endable(directory, req.app.authorizer(), &req.ctx, id).await?;
    let rows = store::token::of(&conn, account, &req.ctx.today().to_string()).await?;
    let row = rows.into_iter().find(|row| row.id == id.uuid()).ok_or(Error::TokenEnded)?;
    let mut page = of(&req, account).await?;
    page.says.push(words(&req, "ask-revoke-ends", &[]));
    let used = row.used_on.as_deref().and_then(|day| day.parse().ok());
    page.says.push(match used {
        Some(day) => words(&req, "ask-revoke-used", &[("day", show(day, req.ctx.lang).into())]),
        None => words(&req, "ask-revoke-unused", &[]),
    });
    page.title = words(&req, "ask-revoke", &[("name", row.name.into())]);
    page.action = format!("/tokens/{id}/revoke");
    page.button = words(&req, "token-revoke", &[]);
    page.after = words(&req, "ask-revoke-after", &[]);
    Req::not_kept(page.show(&req).await?)
}

/// Who can no longer come in which way when a tie ends.
pub async fn untie(req: Req, Path(id): Path<AccountId>) -> Outcome {
    tie::endable(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    let (issuer, subject) = (req.query("issuer").unwrap_or_default(), req.query("subject").unwrap_or_default());
    let rows = store::tie::of(&req.app.db().read(), id).await?;
    let row = rows.into_iter().find(|row| row.issuer == issuer && row.subject == subject);
    let name = row.ok_or_else(Problem::not_found)?.name.unwrap_or_else(|| subject.clone());
    let mut page = of(&req, id).await?;
    page.says.push(words(&req, "ask-untie-ends", &[("issuer", issuer.clone().into())]));
    page.title = words(&req, "ask-untie", &[("name", name.into())]);
    page.action = format!("/accounts/{id}/untie");
    page.carried = vec![("issuer", issuer), ("subject", subject)];
    page.button = words(&req, "untie", &[]);
    page.after = words(&req, "ask-untie-after", &[]);
    Req::not_kept(page.show(&req).await?)
}

/// What stops to work when the codes of recovery are made anew, or the second step is turned off.
pub(super) async fn second_factor(req: &Req, act: &str) -> Outcome {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let own = second_factor::own(directory, entrance, &req.ctx).await?;
    if own.since.is_none() {
        return Err(Problem::new(ProblemKind::Conflict, "no-second-factor").into());
    }
    let left = words(req, "ask-recovery-left", &[("left", own.recovery_left.into())]);
    let (act, title, says, after) = match act {
        "recovery" => {
            ("recovery", "recovery-anew", vec![left, words(req, "ask-recovery-shown", &[])], "ask-recovery-after")
        }
        "off" => ("off", "second-turn-off", vec![words(req, "ask-second-off", &[]), left], "ask-second-off-after"),
        _ => return Err(Problem::not_found().into()),
    };
    let page = Confirm {
        title: words(req, title, &[]),
        above: "/account/second-factor".into(),
        above_name: words(req, "second-factor", &[]),
        says,
        action: "/account/second-factor".into(),
        carried: vec![("act", act.into())],
        button: words(req, title, &[]),
        after: words(req, after, &[]),
        ..Confirm::default()
    };
    Req::not_kept(page.show(req).await?)
}
