//! The register of units, one unit, its form, and lists by CSV with a preview.

use axum::extract::{Multipart, Path};
use jiff::civil::Date;
use kernel::{Problem, UnitId, paging};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, read_upload, view};

use super::unit_names;
use crate::{
    Directory, Tree,
    model::unit::{Unit, UnitKind},
    store,
    usecase::{
        unit_edit::{self, UnitInput},
        unit_import,
    },
};

fn row(tree: &Tree, unit: &Unit) -> Value {
    context! {
        id => unit.id.to_string(), name => unit.name.clone(), short_name => unit.short_name.clone(), kind => unit.kind.code(), code => unit.code.clone(),
        area_code => unit.area_code.clone(), legacy_code => unit.legacy_code.clone(),
        parent => unit.parent.and_then(|id| tree.unit(id)).map(|unit| unit.name.clone()), parent_id => unit.parent.map(|id| id.to_string()),
        valid_from => unit.valid_from.to_string(), valid_to => unit.valid_to.map(|day| day.to_string()), rev => unit.rev,
        successor => unit.successor.and_then(|id| tree.unit(id)).map(|unit| unit.name.clone()), successor_id => unit.successor.map(|id| id.to_string()),
    }
}

pub async fn list(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let (words, kind) = (req.query("q").unwrap_or_default(), req.query("kind").unwrap_or_default());
    let after = req.query("after").map(|text| paging::decode(&text)).transpose()?;
    let only = UnitKind::wanted(Some(&kind))?;
    let rows = store::unit::page(&directory.db().read(), &words, only, after, paging::PAGE_SIZE).await?;
    let page = paging::Page::from_surplus(rows, paging::PAGE_SIZE, |(sort, unit)| (sort.clone(), unit.id.uuid()));
    let tree = directory.tree();
    let rows: Vec<Value> = page.items.iter().map(|(_, unit)| row(&tree, unit)).collect();
    let may_edit = req.app.authorizer().check_route(&req.ctx, "unit.edit").is_ok();
    req.page(
        "directory/units.html",
        context! { rows, words, kind, kinds => kinds(&req), count => tree.len(), next => page.next, may_edit },
    )
    .await
}

fn kinds(req: &Req) -> Vec<Value> {
    let text = |kind: UnitKind| {
        req.app.locales().text(req.ctx.lang, &format!("unit-kind-{}", kind.code().replace('_', "-")), &[])
    };
    UnitKind::ALL.into_iter().map(|kind| context! { value => kind.code(), text => text(kind) }).collect()
}

pub async fn show(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let tree = req.app.get::<Directory>()?.tree();
    let unit = tree.unit(id).ok_or_else(Problem::not_found)?;
    let mut below: Vec<&Unit> = tree.children(id).collect();
    below.sort_by_cached_key(|unit| kernel::text::sort_key(&unit.name));
    let children: Vec<Value> = below.into_iter().map(|unit| row(&tree, unit)).collect();
    let keeps = |id| req.app.authorizer().check(&req.ctx, "unit.edit", &kernel::Resource::unit(id)).is_ok();
    let (may_edit, may_add) = (keeps(unit.parent.unwrap_or(id)), keeps(id));
    let history = view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?);
    let may_hours = req.app.authorizer().check(&req.ctx, "person.edit", &kernel::Resource::unit(id)).is_ok();
    let hours = kernel::WorkCalendar::hours(req.app.get::<Directory>()?, id);
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let (opens, closes) = (clock(hours.opens), clock(hours.closes));
    let page = context! { unit => row(&tree, unit), children, may_edit, may_add, may_hours, opens, closes, history };
    req.page("directory/unit.html", page).await
}

/// The form as text: what was typed comes back when it is refused.
#[derive(Deserialize, serde::Serialize, Default, Clone)]
#[serde(default)]
pub struct UnitForm {
    name: String,
    short_name: String,
    kind: String,
    code: String,
    legacy_code: String,
    parent: String,
    valid_from: String,
    valid_to: String,
    successor: String,
    rev: i64,
}

impl UnitForm {
    fn input(&self, directory: &Directory, today: Date) -> Result<UnitInput, Problem> {
        let unit = |field: &'static str, text: &str| -> Result<Option<UnitId>, Problem> {
            if text.trim().is_empty() {
                return Ok(None);
            }
            unit_names::meant(&directory.tree(), field, text, today).map(Some)
        };
        let day = |field: &'static str, text: &str| {
            if text.is_empty() {
                Ok(None)
            } else {
                text.parse().map(Some).map_err(|_| Problem::bad_input("bad-day").field(field, "bad-day"))
            }
        };
        Ok(UnitInput {
            parent: unit("parent", &self.parent)?,
            kind: UnitKind::parse(&self.kind)
                .ok_or_else(|| Problem::bad_input("field-empty").field("kind", "field-empty"))?,
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            code: self.code.clone(),
            legacy_code: self.legacy_code.clone(),
            valid_from: day("valid_from", &self.valid_from)?,
            valid_to: day("valid_to", &self.valid_to)?,
            successor: unit("successor", &self.successor)?,
        })
    }
}

async fn form_page(req: &Req, form: &UnitForm, id: Option<UnitId>, problem: Option<&Problem>) -> Outcome {
    let message = problem.map(|problem| req.app.locales().problem(req.ctx.lang, problem)).unwrap_or_default();
    let field = problem
        .and_then(|problem| problem.fields.first())
        .map_or_else(|| "name".to_owned(), |field| field.field.clone());
    let status = problem.map_or(200, |problem| problem.kind.status());
    let units = unit_names::all(&req.app.get::<Directory>()?.tree(), req.ctx.today());
    let page =
        context! { form => view(form), id => id.map(|id| id.to_string()), kinds => kinds(req), units, message, field };
    let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    req.page_with_status(status, "directory/unit_form.html", page).await
}

fn refused(problem: &Problem) -> bool {
    matches!(problem.kind.status(), 409 | 412 | 422)
}

pub async fn new_form(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let parent = req.query("parent").and_then(|text| text.parse().ok());
    let parent = parent.map(|id| directory.tree().written(id, req.ctx.today())).unwrap_or_default();
    let form = UnitForm { parent, ..UnitForm::default() };
    form_page(&req, &form, None, None).await
}

pub async fn new(req: Req, Form(form): Form<UnitForm>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let done = match form.input(directory, req.ctx.today()) {
        Ok(input) => unit_edit::unit_add(directory, req.app.authorizer(), &req.ctx, &input).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(unit) => Ok(Req::go(&format!("/units/{}", unit.id), "unit-saved")),
        Err(problem) if refused(&problem) => form_page(&req, &form, None, Some(&problem)).await,
        Err(problem) => Err(problem.into()),
    }
}

pub async fn edit_form(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let tree = req.app.get::<Directory>()?.tree();
    let unit = tree.unit(id).ok_or_else(Problem::not_found)?;
    let name = |id: Option<UnitId>| id.map(|id| tree.written(id, req.ctx.today())).unwrap_or_default();
    let form = UnitForm {
        name: unit.name.clone(),
        short_name: unit.short_name.clone(),
        kind: unit.kind.code().to_owned(),
        code: unit.code.clone().unwrap_or_default(),
        legacy_code: unit.legacy_code.clone().unwrap_or_default(),
        parent: name(unit.parent),
        valid_from: unit.valid_from.to_string(),
        valid_to: unit.valid_to.map(|day| day.to_string()).unwrap_or_default(),
        successor: name(unit.successor),
        rev: unit.rev,
    };
    form_page(&req, &form, Some(id), None).await
}

pub async fn edit(req: Req, Path(id): Path<UnitId>, Form(form): Form<UnitForm>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let done = match form.input(directory, req.ctx.today()) {
        Ok(input) => unit_edit::unit_edit(directory, req.app.authorizer(), &req.ctx, id, form.rev, &input).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(Req::go(&format!("/units/{id}"), "unit-saved")),
        Err(problem) if refused(&problem) => form_page(&req, &form, Some(id), Some(&problem)).await,
        Err(problem) => Err(problem.into()),
    }
}

pub async fn import_form(req: Req) -> Outcome {
    req.page("directory/unit_import.html", context! { changes => Value::from(()) }).await
}

/// First the file is shown as changes; the same text comes back confirmed and is carried out.
pub async fn import(req: Req, form: Multipart) -> Outcome {
    match import_list(&req, form).await? {
        None => Ok(Req::go("/units", "units-imported")),
        Some(changes) => req.page("directory/unit_import.html", context! { changes }).await,
    }
}

/// The preview of the list, or nothing once it was confirmed and taken in.
async fn import_list(req: &Req, form: Multipart) -> Result<Option<Value>, Problem> {
    let directory = req.app.get::<Directory>()?;
    let upload = read_upload(req, form, super::SHEET_LIMIT as u64).await?;
    let bytes = upload.bytes().await?;
    if upload.field("confirm").is_some() {
        unit_import::unit_import(directory, req.app.authorizer(), &req.ctx, &bytes).await?;
        return Ok(None);
    }
    Ok(Some(view(unit_import::preview(directory, &req.ctx, &bytes).await?)))
}
