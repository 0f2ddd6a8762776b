//! One unit, its form, and lists taken in with a preview; the register is in the store, what forms do in `api`.

use axum::extract::Path;
use kernel::{Code as _, Problem, Resource, UnitId, WorkCalendar};
use minijinja::{Value, context};
use webkit::{Answers, FormPage, ImportAct, ImportPage, Outcome, Record as _, Req, view};

use crate::{Directory, Tree, model::unit::Unit, usecase::unit_import};

fn row(tree: &Tree, unit: &Unit) -> Value {
    let name = |id: Option<UnitId>| id.and_then(|id| tree.unit(id)).map(|unit| unit.name.clone());
    context! { parent_name => name(unit.parent), successor_name => name(unit.successor), kind_words => unit.kind.words(), ..view(unit) }
}

pub async fn show(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let (directory, authorizer) = (req.app.get::<Directory>()?, req.app.authorizer());
    let tree = directory.tree();
    let unit = tree.unit(id).ok_or_else(Problem::not_found)?;
    let mut below: Vec<&Unit> = tree.children(id).collect();
    below.sort_by_cached_key(|unit| kernel::text::sort_key(&unit.name));
    let children: Vec<Value> = below.into_iter().map(|unit| row(&tree, unit)).collect();
    let may = |action, id| authorizer.check(&req.ctx, action, &Resource::unit(id)).is_ok();
    let (may_edit, may_add) = (may("unit.edit", unit.parent.unwrap_or(id)), may("unit.edit", id));
    let may_hours = may("person.edit", id);
    let history = view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?);
    let hours = WorkCalendar::hours(directory, id);
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let (opens, closes) = (clock(hours.opens), clock(hours.closes));
    let page = context! { unit => row(&tree, unit), children, may_edit, may_add, may_hours, opens, closes, history };
    req.page("directory/unit.html", page).await
}

pub async fn new_form(req: Req) -> Outcome {
    let now = Answers::default().with("parent", req.query("parent").unwrap_or_default());
    let above = ("/units".to_owned(), "nav-units".to_owned());
    FormPage { fields: Unit::FIELDS, now, title: "add-unit", above, rev: None, near: None }.show(&req).await
}

pub async fn edit_form(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let tree = req.app.get::<Directory>()?.tree();
    let unit = tree.unit(id).ok_or_else(Problem::not_found)?;
    let (above, rev) = ((format!("/units/{id}"), unit.name.clone()), Some(unit.rev));
    FormPage { fields: Unit::FIELDS, now: unit.answers(), title: "edit-unit", above, rev, near: None }.show(&req).await
}

pub static IMPORT: ImportAct<Unit> = ImportAct {
    path: "/units/import",
    action: "unit.import",
    page: ImportPage { title: "import-list", above: ("/units", "nav-units"), more: None, unit: None },
    done: "units-imported",
    preview: |core, ctx, bytes| Box::pin(unit_import::preview(core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(unit_import::unit_import(core, ctx, preview)),
    call: None,
};
