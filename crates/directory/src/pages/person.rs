//! One person as administrators see them: name, posts, account, ties, tokens; closing, opening, renaming, erasing.

use axum::extract::Path;
use kernel::{AccountId, PersonId, PostId, Problem, ProblemKind, Resource, UnitId};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req, view};

use super::mine;
use crate::{
    Directory, Settings,
    oidc::Oidc,
    store::{self, account::AccountRow, person::HeldPost},
    usecase::{
        close,
        person::{self, ErasingPorts},
        power, tie,
    },
};

pub async fn show(req: Req, Path(id): Path<PersonId>) -> Outcome {
    page(&req, id, &Typed::default(), None).await
}

/// What was typed into a form of the page that is shown again.
#[derive(Default, Serialize)]
struct Typed<'a> {
    name: Option<&'a str>,
    reason: Option<&'a str>,
    is_sure: bool,
}

/// Each wrong field with its words and the way to it; of a problem without fields its own words.
fn errors(req: &Req, problem: &Problem) -> Vec<Value> {
    if problem.fields.is_empty() {
        return vec![context! { text => req.app.locales().problem(req.ctx.lang, problem) }];
    }
    let text = |code: &str| req.app.locales().text(req.ctx.lang, &format!("problem-{code}"), &[]);
    let fields = problem.fields.iter();
    fields
        .map(|one| context! { field => one.field.clone(), text => text(one.code), href => format!("#{}", one.field) })
        .collect()
}

async fn page(req: &Req, id: PersonId, typed: &Typed<'_>, problem: Option<Problem>) -> Outcome {
    let (directory, authorizer, conn) = (req.app.get::<Directory>()?, req.app.authorizer(), req.app.db().read());
    let known = store::person::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    power::over(directory, authorizer, &req.ctx, &conn, id).await?;
    req.app.db().note_access(&req.ctx, "person.show", id, 1).await?;
    let row = store::account::of(&conn, id).await?;
    let erased = row.as_ref().is_some_and(person::is_erased);
    let today = req.ctx.today().to_string();
    let (ties, tokens) = match &row {
        Some(row) => {
            let account = AccountId::from_uuid(row.id);
            let tokens = store::token::of(&conn, account, &today).await?;
            (mine::ties(&store::tie::of(&conn, account).await?), mine::tokens(&tokens))
        }
        None => Default::default(),
    };
    let posts = store::person::history(&conn, id).await?;
    let giving = if row.as_ref().is_some_and(|row| !row.disabled) { giving(req, &posts, &today) } else { None };
    let holds_any = posts.iter().any(|post| stands(post, &today));
    let units = if giving.is_some() && !holds_any { super::people::units(req)? } else { vec![] };
    let has_second = match &row {
        Some(row) => store::sign_in::get(&conn, AccountId::from_uuid(row.id))
            .await?
            .is_some_and(|row| row.second_secret.is_some()),
        None => false,
    };
    let page = context! {
        typed => view(typed), errors => problem.as_ref().map(|problem| errors(req, problem)).unwrap_or_default(),
        id => id.to_string(), person => known.name, rev => known.rev, erased, ties, tokens,
        account => row.as_ref().map(|row| account(req, row, has_second)), giving, holds_any, units,
        roles => super::people::roles(req),
        posts => posts.iter().map(|post| held(directory, &today, post)).collect::<Vec<_>>(),
        closes_on => close::closes_on(directory, &req.ctx, id, req.app.get::<Settings>()?.close_after_days).await?,
        ordinary => power::ordinary(&conn, &req.ctx, id).await?,
        may_erase => power::whole_house(directory, authorizer, &req.ctx).is_ok(),
        provider => req.app.get::<Oidc>()?.name(),
    };
    let response = match problem {
        Some(problem) if problem.kind == ProblemKind::Stale => {
            req.said_why("directory/person.html", &problem, page).await
        }
        Some(problem) => req.refused("directory/person.html", problem, page).await,
        None => req.page("directory/person.html", page).await,
    };
    Req::not_kept(response?)
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
    match person::rename(directory, req.app.authorizer(), &req.ctx, id, (&form.name, form.rev)).await {
        Ok(()) => Ok(Req::go(&format!("/people/{id}"), "person-renamed")),
        Err(problem) => {
            let typed = Typed { name: Some(&form.name), ..Typed::default() };
            page(&req, id, &typed, Some(problem)).await
        }
    }
}

#[derive(Deserialize)]
pub struct Erase {
    reason: String,
    #[serde(default)]
    confirm: String,
}

impl Erase {
    /// All that is missing, said at once.
    fn lacking(&self) -> Option<Problem> {
        let problem = Problem::bad_input("field-empty");
        let problem =
            if self.reason.trim().is_empty() { problem.field("reason", "erase-reason-empty") } else { problem };
        let problem = if self.confirm.is_empty() { problem.field("confirm", "erase-confirm") } else { problem };
        (!problem.fields.is_empty()).then_some(problem)
    }
}

pub async fn erase(req: Req, Path(id): Path<PersonId>, Form(form): Form<Erase>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let done = match form.lacking() {
        Some(problem) => Err(problem),
        None => {
            let ports = req.app.get::<ErasingPorts>()?;
            person::erase(directory, req.app.authorizer(), &req.ctx, ports, (id, &form.reason)).await
        }
    };
    match done {
        Ok(()) => Ok(Req::go("/people", "person-erased")),
        Err(problem) => {
            let typed = Typed { reason: Some(&form.reason), is_sure: !form.confirm.is_empty(), ..Typed::default() };
            page(&req, id, &typed, Some(problem)).await
        }
    }
}

pub async fn close(req: Req, Path(id): Path<AccountId>) -> Outcome {
    let done = close::account_close(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await;
    answered(&req, id, done, "account-closed").await
}

pub async fn open(req: Req, Path(id): Path<AccountId>) -> Outcome {
    let done = close::account_open(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await;
    answered(&req, id, done, "account-opened").await
}

#[derive(Deserialize)]
pub struct Expect {
    #[serde(default)]
    end: String,
}

pub async fn expect(req: Req, Path(id): Path<AccountId>, Form(form): Form<Expect>) -> Outcome {
    let (directory, expected) = (req.app.get::<Directory>()?, form.end.is_empty());
    let done = tie::expect(directory, req.app.authorizer(), &req.ctx, id, expected).await;
    answered(&req, id, done, if expected { "expected" } else { "not-expected" }).await
}

/// Back to the person's page, with what was done or why it was not.
async fn answered(req: &Req, account: AccountId, done: Result<(), Problem>, word: &str) -> Outcome {
    let row = store::account::get(&req.app.db().read(), account).await?.ok_or_else(Problem::not_found)?;
    let person = PersonId::from_uuid(row.person_id);
    match done {
        Ok(()) if power::acting(&req.ctx).is_ok_and(|(own, _)| own == account) => Ok(Req::go("/account", word)),
        Ok(()) => Ok(Req::go(&format!("/people/{person}"), word)),
        Err(problem) => page(req, person, &Typed::default(), Some(problem)).await,
    }
}
