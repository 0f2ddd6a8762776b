//! One post: hand it over (bàn giao), or let somebody stand in for its holder until a day (ủy quyền).

use axum::extract::Path;
use jiff::civil::Date;
use kernel::{PersonId, PostId, Problem, Resource, Role, UnitId};
use minijinja::context;
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    Directory,
    store::{self, person::PostRow},
    usecase::people::{self, PostInput},
};

async fn load(req: &Req, id: PostId) -> Result<PostRow, Problem> {
    let row = store::person::post_get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    req.app.authorizer().check(&req.ctx, "person.edit", &Resource::unit(UnitId::from_uuid(row.unit_id)))?;
    Ok(row)
}

async fn person(req: &Req, login: &str) -> Result<PersonId, Problem> {
    let row = store::account::by_login(&req.app.db().read(), &login.trim().to_lowercase()).await?;
    row.map(|row| PersonId::from_uuid(row.person_id))
        .ok_or_else(|| Problem::bad_input("unknown-login").with("login", login))
}

pub async fn show(req: Req, Path(id): Path<PostId>) -> Outcome {
    let row = load(&req, id).await?;
    req.app.db().note_access(&req.ctx, "post.show", id, 1).await?;
    let unit = req.app.get::<Directory>()?.tree().unit(UnitId::from_uuid(row.unit_id)).map(|unit| unit.name.clone());
    let page = context! {
        id => id.to_string(), post_unit => unit, title => row.title, role => row.role,
        units => super::people::units(&req)?, roles => super::people::roles(&req),
    };
    req.page("directory/post.html", page).await
}

#[derive(Deserialize)]
pub struct Another {
    unit: UnitId,
    role: String,
    #[serde(default)]
    title: String,
}

/// Gives the holder of this post one more (kiêm nhiệm).
pub async fn another(req: Req, Path(id): Path<PostId>, Form(form): Form<Another>) -> Outcome {
    let row = load(&req, id).await?;
    let input = PostInput {
        person: PersonId::from_uuid(row.person_id),
        unit: form.unit,
        role: Role::parse(&form.role).ok_or_else(|| Problem::bad_input("unknown-role"))?,
        title: &form.title,
        valid_to: None,
        stands_in_for: None,
    };
    people::post_add(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, input).await?;
    Ok(Req::go("/people", "post-added"))
}

#[derive(Deserialize)]
pub struct HandOver {
    login: String,
}

pub async fn hand_over(req: Req, Path(id): Path<PostId>, Form(form): Form<HandOver>) -> Outcome {
    load(&req, id).await?;
    let to = person(&req, &form.login).await?;
    people::hand_over(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id, to).await?;
    Ok(Req::go("/people", "handed-over"))
}

#[derive(Deserialize)]
pub struct StandIn {
    login: String,
    until: String,
}

pub async fn stand_in(req: Req, Path(id): Path<PostId>, Form(form): Form<StandIn>) -> Outcome {
    let row = load(&req, id).await?;
    let until: Date = form.until.parse().map_err(|_| Problem::bad_input("bad-day"))?;
    let role = Role::parse(&row.role).ok_or_else(|| Problem::internal("unknown role"))?;
    let input = PostInput {
        person: person(&req, &form.login).await?,
        unit: UnitId::from_uuid(row.unit_id),
        role,
        title: &row.title,
        valid_to: Some(until),
        stands_in_for: Some(id),
    };
    people::post_add(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, input).await?;
    Ok(Req::go("/people", "stands-in"))
}
