//! One post: hand it over (bàn giao), or let somebody stand in for its holder until a day (ủy quyền).

use axum::{extract::Path, response::Response};
use kernel::{PersonId, PostId, Problem, Resource, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, view};

use super::{own, unit_names};
use crate::{
    Directory, Entrance,
    store::{self, person::PostRow},
    usecase::{
        people::{self, Given, PostInput as NewPostInput, Taker},
        post_edit::{PostEdit, post_edit},
        power,
    },
};

pub async fn load(req: &Req, id: PostId) -> Result<PostRow, Problem> {
    let row = store::person::post_get(&req.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    req.app.authorizer().check(&req.ctx, "person.edit", &Resource::unit(UnitId::from_uuid(row.unit_id)))?;
    Ok(row)
}

pub async fn show(req: Req, Path(id): Path<PostId>) -> Outcome {
    let row = load(&req, id).await?;
    req.app.db().note_access(&req.ctx, "post.show", id, 1).await?;
    let page = page(&req, id, &row).await?;
    Req::not_kept(req.page("directory/post.html", page).await?)
}

async fn page(req: &Req, id: PostId, row: &PostRow) -> Result<Value, Problem> {
    let (directory, conn, now) = (req.app.get::<Directory>()?, req.app.db().read(), req.ctx.now().as_microsecond());
    let (unit, holder) = (UnitId::from_uuid(row.unit_id), PersonId::from_uuid(row.person_id));
    let waiting = store::invitation::of_unit(&conn, unit, now).await?;
    let invitations: Vec<_> = waiting.iter().map(|row| own::invited(directory, row)).collect();
    let login = store::account::of(&conn, holder).await?.map(|row| row.login);
    Ok(context! {
        rev => row.rev, valid_from => row.valid_from.clone(), valid_to => row.valid_to.clone(), written => directory.tree().written(unit, req.ctx.today()),
        is_stand_in => row.stands_in_for.is_some(), history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
        id => id.to_string(), post_unit => directory.tree().unit(unit).map(|unit| unit.name.clone()), title => row.title.clone(),
        role => row.role.clone(), holder => store::person::name(&conn, holder).await?, holder_login => login,
        person => holder.to_string(), units => super::people::units(req)?, roles => super::people::roles(req)?, invitations,
    })
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

async fn given(req: &Req, input: NewPostInput<'_>) -> Result<Given, Problem> {
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    people::post_add(directory, req.app.authorizer(), entrance, &req.ctx, input).await
}

#[derive(Deserialize)]
pub struct Another {
    unit: String,
    role: String,
    #[serde(default)]
    title: String,
}

/// Gives the holder of this post one more (kiêm nhiệm), or one again where it has ended.
pub async fn another(req: Req, Path(id): Path<PostId>, Form(form): Form<Another>) -> Outcome {
    let row = load(&req, id).await?;
    Ok(done(more(&req, &row, &form).await?, "post-added"))
}

async fn more(req: &Req, row: &PostRow, form: &Another) -> Result<Given, Problem> {
    let directory = req.app.get::<Directory>()?;
    let input = NewPostInput {
        taker: Taker::Person(PersonId::from_uuid(row.person_id)),
        unit: unit_names::meant(&directory.tree(), "unit", &form.unit, req.ctx.today())?,
        role: directory.role(&form.role)?,
        title: &form.title,
        valid_to: None,
        stands_in_for: None,
    };
    given(req, input).await
}

/// Says whose post it is and what ends with it, and asks.
pub async fn end_form(req: Req, Path(id): Path<PostId>) -> Outcome {
    let row = load(&req, id).await?;
    req.app.db().note_access(&req.ctx, "post.show", id, 1).await?;
    Req::not_kept(req.page("directory/post_end.html", end_page(&req, id, &row).await?).await?)
}

async fn end_page(req: &Req, id: PostId, row: &PostRow) -> Result<Value, Problem> {
    let person = PersonId::from_uuid(row.person_id);
    let roles = req.app.get::<Directory>()?.roles();
    let held = store::person::posts(&req.app.db().read(), roles, person, &req.ctx.today().to_string()).await?;
    Ok(context! { is_only => held.len() < 2, ..page(req, id, row).await? })
}

pub async fn end(req: Req, Path(id): Path<PostId>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    people::post_end(directory, req.app.authorizer(), &req.ctx, id).await?;
    let conn = req.app.db().read();
    let row = store::person::post_get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let person = PersonId::from_uuid(row.person_id);
    let is_seen = power::over(directory, req.app.authorizer(), &req.ctx, &conn, person).await.is_ok();
    Ok(Req::go(&if is_seen { format!("/people/{person}") } else { "/people".to_owned() }, "post-ended"))
}

/// A post as forms and programs correct it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct PostInput {
    #[serde(default)]
    pub rev: i64,
    /// The id of the unit, or its name.
    unit: String,
    role: String,
    #[serde(default)]
    title: String,
    /// ISO day.
    valid_from: String,
    /// The last day; empty while it lasts.
    #[serde(default)]
    valid_to: String,
}

fn given_day(field: &'static str, text: &str) -> Result<jiff::civil::Date, Problem> {
    kernel::day::read(text).ok_or_else(|| Problem::bad_input("bad-day").field(field, "bad-day"))
}

/// Corrects it; true when its holder has to sign in again.
pub async fn edited(req: &Req, id: PostId, form: &PostInput) -> Result<bool, Problem> {
    load(req, id).await?;
    let (directory, entrance) = (req.app.get::<Directory>()?, req.app.get::<Entrance>()?);
    let unit = match form.unit.trim().parse() {
        Ok(unit) => unit,
        Err(_) => unit_names::meant(&directory.tree(), "unit", &form.unit, req.ctx.today())?,
    };
    let valid_to = Some(form.valid_to.as_str()).filter(|text| !text.trim().is_empty());
    let edit = PostEdit {
        unit,
        role: directory.role(&form.role)?,
        title: &form.title,
        valid_from: given_day("valid_from", &form.valid_from)?,
        valid_to: valid_to.map(|text| given_day("valid_to", text)).transpose()?,
    };
    post_edit(directory, req.app.authorizer(), entrance, &req.ctx, (id, form.rev), &edit).await
}

pub async fn edit(req: Req, Path(id): Path<PostId>, Form(form): Form<PostInput>) -> Outcome {
    let anew = edited(&req, id, &form).await?;
    Ok(Req::go(&format!("/posts/{id}"), if anew { "post-anew" } else { "post-edited" }))
}

#[derive(Deserialize)]
pub struct HandOver {
    login: String,
}

pub async fn hand_over(req: Req, Path(id): Path<PostId>, Form(form): Form<HandOver>) -> Outcome {
    load(&req, id).await?;
    let (directory, entrance, to) =
        (req.app.get::<Directory>()?, req.app.get::<Entrance>()?, Taker::Login(&form.login));
    let given = people::hand_over(directory, req.app.authorizer(), entrance, &req.ctx, id, to).await?;
    Ok(done(given, "handed-over"))
}

#[derive(Deserialize)]
pub struct StandIn {
    login: String,
    until: String,
}

pub async fn stand_in(req: Req, Path(id): Path<PostId>, Form(form): Form<StandIn>) -> Outcome {
    let row = load(&req, id).await?;
    Ok(done(stood_in(&req, id, &row, &form).await?, "stands-in"))
}

async fn stood_in(req: &Req, id: PostId, row: &PostRow, form: &StandIn) -> Result<Given, Problem> {
    let until =
        kernel::day::read(&form.until).ok_or_else(|| Problem::bad_input("bad-day").field("until", "bad-day"))?;
    let role = req.app.get::<Directory>()?.role(&row.role)?;
    let input = NewPostInput {
        taker: Taker::Login(&form.login),
        unit: UnitId::from_uuid(row.unit_id),
        role,
        title: &row.title,
        valid_to: Some(until),
        stands_in_for: Some(id),
    };
    // The form calls the post's last day by another name.
    given(req, input).await.map_err(|problem| problem.rename("valid_to", "until"))
}
