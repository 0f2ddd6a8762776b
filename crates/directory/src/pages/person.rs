//! One person as administrators see them: name, posts, account, ties, tokens; closing, opening, renaming, erasing.

use axum::extract::Path;
use kernel::{AccountId, PersonId, PostId, Problem, Resource, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use super::own;
use crate::{
    Directory, Settings,
    oidc::Oidc,
    store::{self, account::AccountRow, person::HeldPost},
    usecase::{close, erased::is_erased, person, power, tie},
};

pub async fn show(req: Req, Path(id): Path<PersonId>) -> Outcome {
    let (directory, authorizer, conn) = (req.app.get::<Directory>()?, req.app.authorizer(), req.app.db().read());
    let known = store::person::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    power::over(directory, authorizer, &req.ctx, &conn, id).await?;
    req.app.db().note_access(&req.ctx, "person.show", id, 1).await?;
    let row = store::account::of(&conn, id).await?;
    let erased = row.as_ref().is_some_and(is_erased);
    let today = req.ctx.today().to_string();
    let (ties, tokens) = match &row {
        Some(row) => {
            let account = AccountId::from_uuid(row.id);
            let tokens = store::token::of(&conn, account, &today).await?;
            (own::ties(&store::tie::of(&conn, account).await?), own::tokens(&tokens))
        }
        None => Default::default(),
    };
    let posts = store::person::history(&conn, id).await?;
    let giving = if row.as_ref().is_some_and(|row| !row.disabled) { giving(&req, &posts, &today) } else { None };
    let holds_any = posts.iter().any(|post| stands(post, &today));
    let units = if giving.is_some() && !holds_any { super::people::units(&req)? } else { vec![] };
    let has_second = match &row {
        Some(row) => store::sign_in::get(&conn, AccountId::from_uuid(row.id))
            .await?
            .is_some_and(|row| row.second_secret.is_some()),
        None => false,
    };
    let page = context! {
        id => id.to_string(), person => known.name, rev => known.rev, erased, ties, tokens,
        account => row.as_ref().map(|row| account(&req, row, has_second)), giving, holds_any, units,
        roles => super::people::roles(&req)?,
        posts => posts.iter().map(|post| held(directory, &today, post)).collect::<Vec<_>>(),
        closes_on => close::closes_on(directory, &req.ctx, id, req.app.get::<Settings>()?.close_after_days).await?,
        ordinary => power::ordinary(directory, &conn, &req.ctx, id).await?,
        may_erase => power::whole_house(directory, authorizer, &req.ctx).is_ok(),
        provider => req.app.get::<Oidc>()?.name(),
    };
    Req::not_kept(req.page("directory/person.html", page).await?)
}

fn account(req: &Req, row: &AccountRow, has_second: bool) -> Value {
    let expected = row.expected_until.filter(|until| *until > req.ctx.now().as_microsecond());
    context! {
        id => AccountId::from_uuid(row.id).to_string(), login => row.login.clone(), closed => row.disabled,
        ready => row.password_hash.is_some(), expected_until => expected, has_second,
        own => req.ctx.actor.account() == Some(AccountId::from_uuid(row.id)),
    }
}

fn stands(post: &HeldPost, today: &str) -> bool {
    post.valid_to.as_deref().is_none_or(|last| last >= today)
}

/// The post from whose page the person is given another one, by who keeps posts of its unit; one of today before others.
fn giving(req: &Req, posts: &[HeldPost], today: &str) -> Option<String> {
    let keeps = |post: &&HeldPost| {
        let unit = Resource::unit(UnitId::from_uuid(post.unit_id));
        req.app.authorizer().check(&req.ctx, "person.edit", &unit).is_ok()
    };
    let mut kept: Vec<&HeldPost> = posts.iter().filter(keeps).collect();
    kept.sort_by_key(|post| !stands(post, today));
    kept.first().map(|post| PostId::from_uuid(post.id).to_string())
}

fn held(directory: &Directory, today: &str, post: &HeldPost) -> Value {
    let unit = directory.tree().unit(UnitId::from_uuid(post.unit_id)).map(|unit| unit.name.clone());
    let open = stands(post, today);
    context! {
        id => PostId::from_uuid(post.id).to_string(), unit, role => post.role.clone(), title => post.title.clone(), open,
        valid_from => post.valid_from.clone(), valid_to => post.valid_to.clone(), stands_in => post.stands_in_for.is_some(),
    }
}

#[derive(Deserialize)]
pub struct Rename {
    name: String,
    rev: i64,
}

pub async fn rename(req: Req, Path(id): Path<PersonId>, Form(form): Form<Rename>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    person::rename(directory, req.app.authorizer(), &req.ctx, id, (&form.name, form.rev)).await?;
    Ok(Req::go(&format!("/people/{id}"), "person-renamed"))
}

#[derive(Deserialize)]
pub struct Erase {
    reason: String,
    #[serde(default)]
    confirm: String,
}

impl Erase {
    /// Refused with all that is missing, said at once.
    fn is_whole(&self) -> Result<(), Problem> {
        let problem = Problem::bad_input("field-empty");
        let problem =
            if self.reason.trim().is_empty() { problem.field("reason", "erase-reason-empty") } else { problem };
        let problem = if self.confirm.is_empty() { problem.field("confirm", "erase-confirm") } else { problem };
        if problem.fields.is_empty() { Ok(()) } else { Err(problem) }
    }
}

pub async fn erase(req: Req, Path(id): Path<PersonId>, Form(form): Form<Erase>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    form.is_whole()?;
    let ports = req.app.erasing();
    person::erase(directory, req.app.authorizer(), &req.ctx, ports, (id, &form.reason)).await?;
    Ok(Req::go("/people", "person-erased"))
}

/// Says whose account it is and what ends, and asks.
pub async fn close_form(req: Req, Path(id): Path<AccountId>) -> Outcome {
    let (directory, conn) = (req.app.get::<Directory>()?, req.app.db().read());
    let row = store::account::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let person = PersonId::from_uuid(row.person_id);
    power::over(directory, req.app.authorizer(), &req.ctx, &conn, person).await?;
    req.app.db().note_access(&req.ctx, "person.show", person, 1).await?;
    let name = store::person::name(&conn, person).await?;
    let page = context! { id => id.to_string(), name, login => row.login, person => person.to_string(), closed => row.disabled };
    Req::not_kept(req.page("directory/account_close.html", page).await?)
}

pub async fn close(req: Req, Path(id): Path<AccountId>) -> Outcome {
    close::account_close(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Ok(Req::go(&own::back_to(&req, id).await?, "account-closed"))
}

pub async fn open(req: Req, Path(id): Path<AccountId>) -> Outcome {
    close::account_open(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await?;
    Ok(Req::go(&own::back_to(&req, id).await?, "account-opened"))
}

#[derive(Deserialize)]
pub struct Expect {
    #[serde(default)]
    end: String,
}

pub async fn expect(req: Req, Path(id): Path<AccountId>, Form(form): Form<Expect>) -> Outcome {
    let (directory, expected) = (req.app.get::<Directory>()?, form.end.is_empty());
    tie::expect(directory, req.app.authorizer(), &req.ctx, id, expected).await?;
    Ok(Req::go(&own::back_to(&req, id).await?, if expected { "expected" } else { "not-expected" }))
}
