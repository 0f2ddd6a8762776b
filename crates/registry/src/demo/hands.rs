//! Who acts in the played year, and upon what.

use jiff::{ToSpan as _, civil::Date};
use kernel::{Actor, Colleague, Ctx, Post, Problem, Resolution, Role, UnitId};
use webkit::{Answers, App};

use crate::{model::System, usecase::link::named};

pub const COMMITTEE: &str = "UBND tỉnh";
pub const OFFICE: &str = "Văn phòng UBND tỉnh";
pub const SCIENCE: &str = "Sở Khoa học và Công nghệ";
pub const FINANCE: &str = "Sở Tài chính";
pub const HOME: &str = "Sở Nội vụ";
pub const HEALTH: &str = "Sở Y tế";
pub const COMMUNE: &str = "UBND xã Sông Mẫu";

/// The people of the province; what needs no two of them the program does itself.
pub struct Hands<'a> {
    pub app: &'a App,
    pub ctx: &'a Ctx,
    people: Vec<Colleague>,
}

impl<'a> Hands<'a> {
    pub async fn at_work(app: &'a App, ctx: &'a Ctx) -> Result<Self, Problem> {
        Ok(Self { app, ctx, people: app.colleagues().at_work(ctx.today()).await? })
    }

    pub fn today(&self) -> Date {
        self.ctx.today()
    }

    pub fn in_months(&self, months: i32) -> Date {
        self.today().saturating_add(months.months())
    }

    pub fn unit(&self, body: &str) -> Result<UnitId, Problem> {
        match self.app.bodies().resolve(body, None) {
            Resolution::Unit { unit, .. } => Ok(unit),
            Resolution::Group { .. } | Resolution::Unknown => {
                Err(Problem::bad_input("unknown-unit").with("name", body))
            }
        }
    }

    /// As whoever has this role at this body.
    pub fn of(&self, body: &str, role: Role) -> Result<Ctx, Problem> {
        let unit = self.unit(body)?;
        self.who(|post| (post.unit, post.role) == (unit, role))
    }

    fn who(&self, is_theirs: impl Fn(&Post) -> bool) -> Result<Ctx, Problem> {
        let one = self.people.iter().find(|one| one.posts.iter().any(&is_theirs)).ok_or_else(Problem::not_found)?;
        let (account, person, posts) = (one.account, one.person, one.posts.clone());
        Ok(self.ctx.with_actor(Actor::Person { account, person, posts }))
    }

    /// Who leads the departments.
    pub fn leader(&self) -> Result<Ctx, Problem> {
        self.of(COMMITTEE, Role::LEADER)
    }

    /// Who coordinates them from over the whole province, and does what a department without people of its own should.
    pub fn coordinator(&self) -> Result<Ctx, Problem> {
        self.who(|post| post.role == Role::PROGRAMME && self.app.bodies().above(post.unit).is_none())
    }

    pub async fn system(&self, name: &str) -> Result<System, Problem> {
        named(self.app, self.ctx, &self.app.db().read(), name, false).await
    }
}

/// Fields as a form sends them.
pub fn said(fields: &[(&str, &str)]) -> Answers {
    fields.iter().fold(Answers::default(), |all, (field, text)| all.with(field, *text))
}
