//! Two records side by side, before one goes into the other.

use axum::extract::Path;
use kernel::Problem;
use minijinja::{Value, context};
use webkit::{Answers, Outcome, Record as _, Req, told};

use super::show::numbered;
use crate::{
    model::{System, SystemId},
    usecase::merge,
};

pub async fn look(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let one = <System as webkit::Kept>::seen(&req.app, &req.ctx, &conn, id).await?;
    webkit::Kept::check(&one, &req.app, &req.ctx)?;
    let asked = req.query("other").unwrap_or_default();
    let other = if asked.is_empty() { None } else { Some(merge::two(&req.app, &req.ctx, &conn, id, &asked).await) };
    let (other, unknown) = match other {
        None => (None, None),
        Some(Ok((_, other))) => (Some(other), None),
        Some(Err(problem)) => (None, Some(said(&req, &problem))),
    };
    let rows = other.as_ref().map(|other| rows(&req, &one, other)).unwrap_or_default();
    // Who came by an address that names it by its id is shown its name.
    let asked = other.as_ref().map_or(asked, |other| other.name.to_string());
    let side = |system: &System| context! { id => system.id.to_string(), name => system.name.to_string() };
    let page = context! {
        one => side(&one), other => other.as_ref().map(side), rows, unknown, asked,
        may => other.as_ref().is_some_and(|other| webkit::Kept::check(other, &req.app, &req.ctx).is_ok()),
    };
    req.page("registry/merge.html", page).await
}

fn said(req: &Req, problem: &Problem) -> String {
    req.app.locales().problem(req.ctx.lang, problem)
}

/// What each of them says, field by field, where one says something.
fn rows(req: &Req, one: &System, other: &System) -> Vec<Value> {
    let (left, right) = (one.answers(), other.answers());
    let sides = told(req, one, &[]).into_iter().zip(told(req, other, &[]));
    let fields = System::FIELDS.iter().zip(sides);
    let is_open = |said: &Answers, name: &str| merge::is_open(said.text(name));
    let shown = fields.filter(|(field, _)| !is_open(&left, field.name) || !is_open(&right, field.name));
    shown
        .map(|(field, (left_said, right_said))| {
            let (one, other) = (numbered(one, field.name, &left_said), numbered(other, field.name, &right_said));
            context! { label => field.label, one, other, is_same => left.text(field.name) == right.text(field.name) }
        })
        .collect()
}
