//! Who is in the house: people of the test's own, who come in without a password.

use std::{collections::HashMap, sync::Mutex};

use async_trait::async_trait;
use jiff::civil::Date;
use kernel::{AccountId, Actor, Bodies as _, Colleague, Colleagues, Ctx, PersonId, Post, Problem, Role, UnitId};
use webkit::{App, Identity, KnownPost, NewSession};

use super::Units;

/// Invented, in the order in which they come.
const NAMES: [&str; 5] = ["Nguyễn Thị Ví Dụ", "Trần Văn Thử", "Lê Thị Mẫu", "Phạm Văn Nháp", "Đặng Thị Thí Dụ"];

#[derive(Debug, Clone)]
struct Known {
    login: String,
    name: &'static str,
    account: AccountId,
    person: PersonId,
    posts: Vec<Post>,
}

impl Known {
    fn shown(self) -> webkit::Known {
        let post = |post: &Post| KnownPost {
            unit: post.unit,
            role: post.role.code().to_owned(),
            title: String::new(),
            from: Date::MIN,
            to: None,
            is_stand_in: false,
        };
        let posts = self.posts.iter().map(post).collect();
        webkit::Known { person: Some(self.person), name: self.name.to_owned(), posts, ..webkit::Known::default() }
    }
}

fn held(posts: &[(UnitId, Role)]) -> Vec<Post> {
    posts.iter().map(|(unit, role)| Post { unit: *unit, role: *role }).collect()
}

#[derive(Debug, Default)]
pub struct People(Mutex<Vec<Known>>);

impl People {
    /// Somebody who holds these posts; returns who.
    pub fn add(&self, ctx: &Ctx, login: &str, posts: &[(UnitId, Role)]) -> PersonId {
        assert!(self.find(|known| known.login == login).is_none(), "{login} is there already");
        let posts = held(posts);
        let mut all = self.0.lock().unwrap();
        let (account, person, name) = (ctx.new_id(), ctx.new_id(), NAMES[all.len() % NAMES.len()]);
        all.push(Known { login: login.to_owned(), name, account, person, posts });
        person
    }

    /// They hold no post any more.
    pub fn leave(&self, login: &str) {
        self.moves(login, &[]);
    }

    /// They hold these posts from now on, and no others.
    pub fn moves(&self, login: &str, posts: &[(UnitId, Role)]) {
        let mut all = self.0.lock().unwrap();
        let found = all.iter_mut().find(|known| known.login == login);
        found.unwrap_or_else(|| panic!("nobody is called {login}")).posts = held(posts);
    }

    pub(super) fn actor(&self, login: &str) -> Actor {
        let Known { account, person, posts, .. } = self.known(login);
        Actor::Person { account, person, posts }
    }

    pub(super) async fn session(&self, app: &App, ctx: &Ctx, login: &str) -> String {
        let account = self.known(login).account;
        let new = NewSession { account, epoch: 0, failures: 0, agent: "", address: String::new(), replaces: None };
        webkit::start_session(app.db(), ctx, &new).await.unwrap()
    }

    fn known(&self, login: &str) -> Known {
        self.find(|known| known.login == login).unwrap_or_else(|| panic!("nobody is called {login}"))
    }

    fn find(&self, is_meant: impl Fn(&Known) -> bool) -> Option<Known> {
        self.0.lock().unwrap().iter().find(|known| is_meant(known)).cloned()
    }
}

#[async_trait]
impl Identity for People {
    async fn person(&self, _ctx: &Ctx, account: AccountId, epoch: i64) -> Result<Option<Actor>, Problem> {
        let found = self.find(|known| known.account == account && epoch == 0);
        Ok(found.map(|Known { account, person, posts, .. }| Actor::Person { account, person, posts }))
    }

    /// Whose login it is.
    async fn token(&self, ctx: &Ctx, secret: &str) -> Result<Option<Actor>, Problem> {
        let found = self.find(|known| known.login == secret);
        Ok(found.map(|Known { account, posts, .. }| Actor::Token {
            token: ctx.new_id(),
            account,
            posts,
            read_only: false,
        }))
    }

    async fn display_name(&self, actor: &Actor) -> Result<(String, String), Problem> {
        let name = self.find(|known| known.person.to_string() == actor.pseudonym()).map(|known| known.name.to_owned());
        let unit = actor.posts().first().and_then(|post| Units.body(post.unit)).map(|body| body.name);
        Ok((name.unwrap_or_default(), unit.unwrap_or_default()))
    }

    async fn people(&self, marks: &[String]) -> Result<HashMap<String, webkit::Known>, Problem> {
        let is = |known: &Known, mark: &str| known.person.to_string() == mark || known.account.to_string() == mark;
        let found = |mark: &String| Some((mark.clone(), self.find(|known| is(known, mark))?.shown()));
        Ok(marks.iter().filter_map(found).collect())
    }

    async fn installation_name(&self) -> Result<String, Problem> {
        Ok("Tỉnh Mẫu".into())
    }
}

#[async_trait]
impl Colleagues for People {
    async fn at_work(&self, _day: Date) -> Result<Vec<Colleague>, Problem> {
        let all = self.0.lock().unwrap().clone();
        let colleague = |known: Known| Colleague {
            person: known.person,
            account: known.account,
            name: known.name.into(),
            posts: known.posts,
        };
        Ok(all.into_iter().map(colleague).collect())
    }
}
