//! The page of somebody's views, and what is done with them by forms and by programs.

use axum::extract::Path;
use kernel::Problem;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use utoipa::OpenApi;

use super::{
    act::{MOST, holder, view_add, view_edit, view_get, view_remove},
    places::{Lists, query},
    shown::label,
    store::{self, ViewId, ViewRow},
};
use crate::{Access, Confirm, FluentValue, Form, Outcome, Req, Route};

/// Each is about what is the asker's own.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/views", Access::SignedIn, page),
        Route::post("/views", Access::SignedIn, add),
        Route::get("/views/{id}", Access::SignedIn, open),
        Route::post("/views/{id}", Access::SignedIn, edit),
        Route::get("/views/{id}/remove", Access::SignedIn, remove_form),
        Route::post("/views/{id}/remove", Access::SignedIn, remove),
        Route::get("/api/v1/views", Access::SignedIn, list),
        Route::post("/api/v1/views", Access::SignedIn, add),
        Route::patch("/api/v1/views/{id}", Access::SignedIn, edit),
        Route::post("/api/v1/views/{id}/remove", Access::SignedIn, remove),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(list, add, edit, remove))]
struct Documented;

pub fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A view of a list that the signed-in person keeps under a name.
#[derive(Serialize, utoipa::ToSchema)]
struct SavedView {
    id: String,
    /// The path of the list.
    register: String,
    name: String,
    /// What stands behind the `?` of its address.
    query: String,
    rev: i64,
}

impl From<ViewRow> for SavedView {
    fn from(view: ViewRow) -> Self {
        let id = view.id().to_string();
        Self { id, register: view.register, name: view.name.into_string(), query: view.query, rev: view.rev }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
struct SavedViewList {
    items: Vec<SavedView>,
}

async fn own(req: &Req) -> Result<Vec<ViewRow>, Problem> {
    let Some(person) = holder(&req.ctx) else { return Ok(vec![]) };
    Ok(store::of(&req.app.db().read(), person).await?)
}

/// The views of the signed-in person, by name. A token has none.
#[utoipa::path(get, path = "/api/v1/views", responses((status = 200, body = SavedViewList)))]
async fn list(req: Req) -> Outcome {
    let items = own(&req).await?.into_iter().map(SavedView::from).collect();
    Req::json(&SavedViewList { items })
}

async fn page(req: Req) -> Outcome {
    let lists = req.app.get::<Lists>()?;
    let row = |view: ViewRow| {
        let list = lists.at(&view.register).map(|place| label(place.path()));
        context! { id => view.id().to_string(), name => view.name.as_str(), rev => view.rev, list }
    };
    let rows: Vec<Value> = own(&req).await?.into_iter().map(row).collect();
    req.page("webkit/views.html", context! { rows, most => MOST }).await
}

/// Leads to what it shows, as far as its list still understands it.
async fn open(req: Req, Path(id): Path<ViewId>) -> Outcome {
    let view = view_get(&req.app, &req.ctx, id).await?;
    let Some(place) = req.app.get::<Lists>()?.at(&view.register) else { return Ok(Req::go("/views", "view-gone")) };
    let (known, unknown) = place.understood(&view.query);
    let done = if unknown.is_empty() { "" } else { "view-cut" };
    Ok(Req::go(&address(place.path(), &query(known)), done))
}

fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A list, what is asked of it, and what that is to be called.
#[derive(Deserialize, utoipa::ToSchema)]
struct NewView {
    /// The path of the list: `/tasks`.
    register: String,
    #[serde(default)]
    name: String,
    /// As it stands in the address of the list: `state=late&sort=plan`.
    #[serde(default)]
    query: String,
}

/// Keeps a view of a list; a person has at most thirty. Repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/views", request_body = NewView, responses((status = 200, body = SavedView), (status = 409)))]
async fn add(req: Req, Form(form): Form<NewView>) -> Outcome {
    let view = view_add(&req.app, &req.ctx, &form.register, &form.name, &form.query).await?;
    let (rev, there) = (view.rev, address(&view.register, &view.query));
    req.done_rev(&SavedView::from(view), rev, &there, "view-saved")
}

/// What is not said stays.
#[derive(Deserialize, utoipa::ToSchema)]
struct ChangedView {
    name: Option<String>,
    query: Option<String>,
    /// In the place of If-Match.
    rev: Option<i64>,
}

/// Renames a view, or lets it show something else of its list, over the revision in If-Match.
#[utoipa::path(patch, path = "/api/v1/views/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = ChangedView, responses((status = 200, body = SavedView), (status = 409), (status = 412)))]
async fn edit(req: Req, Path(id): Path<ViewId>, Form(form): Form<ChangedView>) -> Outcome {
    if form.name.is_none() && form.query.is_none() {
        return Err(Problem::bad_input("view-nameless").field("name", "view-nameless").into());
    }
    let rev = form.rev.map_or_else(|| req.if_match(), Ok)?;
    let view = view_edit(&req.app, &req.ctx, (id, rev), form.name.as_deref(), form.query.as_deref()).await?;
    // What is shown anew is looked at, a name in the list of them.
    let there = if form.query.is_some() { address(&view.register, &view.query) } else { "/views".to_owned() };
    let rev = view.rev;
    req.done_rev(&SavedView::from(view), rev, &there, "view-saved")
}

async fn remove_form(req: Req, Path(id): Path<ViewId>) -> Outcome {
    let view = view_get(&req.app, &req.ctx, id).await?;
    let text = |key: &str, args: &[(&str, FluentValue<'_>)]| req.app.locales().text(req.ctx.lang, key, args);
    let confirm = Confirm {
        title: text("view-remove-title", &[("name", view.name.as_str().into())]),
        above: "/views".into(),
        above_name: text("views-title", &[]),
        says: vec![text("view-remove-says", &[])],
        button: text("view-remove", &[]),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

/// Lets go of a view; the list stays as it is. Answers what it was.
#[utoipa::path(post, path = "/api/v1/views/{id}/remove", params(("id" = String, Path)), responses((status = 200, body = SavedView)))]
async fn remove(req: Req, Path(id): Path<ViewId>) -> Outcome {
    let view = view_remove(&req.app, &req.ctx, id).await?;
    req.done(&SavedView::from(view), "/views", "view-removed")
}
