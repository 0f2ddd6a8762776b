//! The form of a system, in groups; saved as it is written.

use axum::extract::Path;
use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{Answers, FieldKind, Kept as _, Outcome, Record as _, Req, near};

use super::groups::{GROUPS, Group, is_asked};
use crate::model::{System, SystemId, SystemKind, SystemState};

pub async fn new_form(req: Req) -> Outcome {
    let owner = req.ctx.actor.posts().first().map(|post| post.unit);
    let kind = req.query("kind").unwrap_or_else(|| "information_system".into());
    let secret = req.query("state_secret").unwrap_or_else(|| "unknown".into());
    let state = SystemKind::parse(&kind).map_or(SystemState::Planned, SystemKind::usual_state);
    let now = Answers::default().with_some("owner", owner).with("state", state.code());
    let now = now.with("kind", kind).with("state_secret", secret);
    show(&req, &now, None, "system-add", ("/systems".into(), "nav-systems".into())).await
}

pub async fn edit_form(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let system = System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    system.check(&req.app, &req.ctx)?;
    let above = (format!("/systems/{id}"), system.name.to_string());
    show(&req, &system.answers(), Some(system.rev), "system-edit", above).await
}

async fn show(req: &Req, now: &Answers, rev: Option<i64>, title: &str, (above, name): (String, String)) -> Outcome {
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let groups: Vec<Value> = GROUPS.iter().filter_map(|one| group(req, one, now)).collect();
    let near = near(req, now.text("owner").parse().ok());
    let page = context! { groups, rev, near, title => text(title), above, above_name => text(&name) };
    req.page("registry/form.html", page).await
}

/// None where nothing of it is asked of such a thing. What is said there all the same is shown, to be mended.
fn group(req: &Req, group: &Group, now: &Answers) -> Option<Value> {
    let kind = SystemKind::parse(now.text("kind")).unwrap_or(SystemKind::InformationSystem);
    let is_odd = |name: &str| name.starts_with("contract_") && !now.text(name).is_empty();
    let asked = group.fields.iter().filter(|name| is_asked(kind, name) || is_odd(name));
    let fields: Vec<Value> = asked.filter_map(|name| field(req, name, now)).collect();
    if fields.is_empty() {
        return None;
    }
    let says = |name: &str| !["", "unknown", "none"].contains(&now.text(name));
    let is_open = group.is_open || group.fields.iter().any(|name| says(name));
    Some(context! { title => group.title, fields, is_open, is_folded => !group.is_open })
}

fn field(req: &Req, name: &str, now: &Answers) -> Option<Value> {
    let field = System::FIELDS.iter().find(|field| field.name == name)?;
    let (kind, options): (_, Vec<Value>) = match field.kind {
        FieldKind::Words(_) => ("words", vec![]),
        FieldKind::Identifier(_) => ("text", vec![]),
        FieldKind::Lines(_) => ("lines", vec![]),
        FieldKind::Unit => ("unit", vec![]),
        FieldKind::Day => ("date", vec![]),
        FieldKind::Number(..) => ("number", vec![]),
        FieldKind::Code(codes, key) => ("code", req.choices(key, codes.iter().copied())),
    };
    let unit = now.text(name).parse::<kernel::UnitId>().ok().filter(|_| kind == "unit");
    let value = unit.map(|unit| req.app.bodies().written(unit, req.ctx.today()));
    let value = value.unwrap_or_else(|| now.text(name).to_owned());
    let hint = format!("{}-hint", field.label);
    let hint = Some(hint).filter(|key| req.app.locales().has(key));
    let (required, settled) = (field.is_required || field.is_settled, field.is_settled);
    Some(context! { name, label => field.label, kind, options, value, required, settled, hint })
}
