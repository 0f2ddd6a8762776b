//! One post: hand it over (bàn giao), or let somebody stand in for its holder until a day (ủy quyền).

use axum::{extract::Path, response::Response};
use jiff::civil::Date;
use kernel::{PersonId, PostId, Problem, Resource, Role, UnitId};
use minijinja::context;
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    Directory, Entrance,
    store::{self, person::PostRow},
    usecase::people::{self, Given, PostInput, Taker},
};

async fn load(req: &Req, id: PostId) -> Result<PostRow, Problem> {
    let row = store::person::post_get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    req.app.authorizer().check(&req.ctx, "person.edit", &Resource::unit(UnitId::from_uuid(row.unit_id)))?;
    Ok(row)
}

pub async fn show(req: Req, Path(id): Path<PostId>) -> Outcome {
    let row = load(&req, id).await?;
    req.app.db().note_access(&req.ctx, "post.show", id, 1).await?;
    let unit = req.app.get::<Directory>()?.tree().unit(UnitId::from_uuid(row.unit_id)).map(|unit| unit.name.clone());
    let (directory, conn, now) = (req.app.get::<Directory>()?, req.app.db().read(), req.ctx.now().as_microsecond());
    let waiting = store::invitation::of_unit(&conn, UnitId::from_uuid(row.unit_id), now).await?;
    let invitations: Vec<_> = waiting.iter().map(|row| super::mine::invited(directory, row)).collect();
    let page = context! {
        id => id.to_string(), post_unit => unit, title => row.title, role => row.role,
        units => super::people::units(&req)?, roles => super::people::roles(&req), invitations,
    };
    Req::not_kept(req.page("directory/post.html", page).await?)
}

/// People of one's own have the post at once, others are asked.
fn done(given: Given, word: &str) -> Response {
    Req::go(
        "/people",
        match given {
            Given::Post(_) => word,
            Given::Anew(_) => "post-anew",
            Given::Invited(_) => "invited",
        },
    )
}

async fn given(req: &Req, input: PostInput<'_>) -> Result<Given, Problem> {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    people::post_add(directory, req.app.authorizer(), entrance, &req.ctx, input).await
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
        taker: Taker::Person(PersonId::from_uuid(row.person_id)),
        unit: form.unit,
        role: Role::parse(&form.role).ok_or_else(|| Problem::bad_input("unknown-role"))?,
        title: &form.title,
        valid_to: None,
        stands_in_for: None,
    };
    Ok(done(given(&req, input).await?, "post-added"))
}

#[derive(Deserialize)]
pub struct HandOver {
    login: String,
}

pub async fn hand_over(req: Req, Path(id): Path<PostId>, Form(form): Form<HandOver>) -> Outcome {
    load(&req, id).await?;
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let to = Taker::Login(&form.login);
    Ok(done(people::hand_over(directory, req.app.authorizer(), entrance, &req.ctx, id, to).await?, "handed-over"))
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
        taker: Taker::Login(&form.login),
        unit: UnitId::from_uuid(row.unit_id),
        role,
        title: &row.title,
        valid_to: Some(until),
        stands_in_for: Some(id),
    };
    Ok(done(given(&req, input).await?, "stands-in"))
}
