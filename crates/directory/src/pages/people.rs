//! People of the units that the actor administers: list, add, Excel sheet, slips, reset, end of a post.

use axum::extract::{Multipart, Path};
use kernel::{AccountId, PostId, Problem, Resource, Role, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, read_upload, view};

use crate::{
    Directory, Error,
    usecase::{
        account::{self, NewAccount},
        people,
        staff_sheet::{self, Slip},
    },
};

pub async fn list(req: Req) -> Outcome {
    list_page(&req, None).await
}

async fn list_page(req: &Req, problem: Option<Problem>) -> Outcome {
    let words = req.query("q").unwrap_or_default();
    let rows = people::list(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, &words).await?;
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| context! {
            person => kernel::PersonId::from_uuid(row.person_id).to_string(), closed => row.disabled.unwrap_or_default(), name => row.name, login => row.login, title => row.title, unit => row.unit, role => row.role, ready => row.has_password,
            account => row.account_id.map(|id| AccountId::from_uuid(id).to_string()), unit_id => UnitId::from_uuid(row.unit_id).to_string(),
            post => PostId::from_uuid(row.post_id).to_string(), valid_to => row.valid_to,
        })
        .collect();
    req.app.db().note_access(&req.ctx, "people.list", "", rows.len()).await?;
    let page = context! { rows, words };
    let response = match problem {
        Some(problem) => req.refused("directory/people.html", problem, page).await,
        None => req.page("directory/people.html", page).await,
    };
    Req::not_kept(response?)
}

#[derive(Deserialize, serde::Serialize, Default)]
#[serde(default)]
pub struct PersonForm {
    name: String,
    login: String,
    title: String,
    role: String,
    unit: String,
}

/// Units that the actor may add people to: their own with what is below, or by name for higher administrators.
pub(super) fn units(req: &Req) -> Result<Vec<Value>, Problem> {
    let tree = req.app.get::<Directory>()?.tree();
    let scope = req.app.authorizer().scope(&req.ctx);
    let mine = scope
        .subtree
        .iter()
        .filter(|id| req.app.authorizer().check(&req.ctx, "person.edit", &Resource::unit(**id)).is_ok());
    let mut rows: Vec<_> =
        mine.take(400).filter_map(|id| tree.unit(*id)).filter(|unit| unit.in_force(req.ctx.today())).collect();
    rows.sort_by_cached_key(|unit| (tree.lineage(unit.id).len(), kernel::text::sort_key(&unit.name)));
    Ok(rows.into_iter().map(|unit| context! { value => unit.id.to_string(), text => unit.name.clone() }).collect())
}

pub(super) fn roles(req: &Req) -> Vec<Value> {
    let text =
        |role: Role| req.app.locales().text(req.ctx.lang, &format!("role-{}", role.code().replace('_', "-")), &[]);
    let at_root = req.app.authorizer().check_route(&req.ctx, "ledger.read").is_ok();
    Role::ALL
        .into_iter()
        .filter(|role| *role != Role::SystemAdmin || at_root)
        .map(|role| context! { value => role.code(), text => text(role) })
        .collect()
}

async fn form_page(req: &Req, form: &PersonForm, problem: Option<&Problem>) -> Outcome {
    let message = problem.map(|problem| req.app.locales().problem(req.ctx.lang, problem)).unwrap_or_default();
    let field = problem
        .and_then(|problem| problem.fields.first())
        .map_or_else(|| "name".to_owned(), |field| field.field.clone());
    let status =
        axum::http::StatusCode::from_u16(problem.map_or(200, |problem| problem.kind.status())).unwrap_or_default();
    let page = context! { form => view(form), units => units(req)?, roles => roles(req), message, field };
    req.page_with_status(status, "directory/person_form.html", page).await
}

pub async fn new_form(req: Req) -> Outcome {
    let form = PersonForm { role: "officer".into(), ..PersonForm::default() };
    form_page(&req, &form, None).await
}

pub async fn new(req: Req, Form(form): Form<PersonForm>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let unit: UnitId = form.unit.parse().map_err(|_| Error::Empty("unit"))?;
    let role = Role::parse(&form.role).ok_or(Error::Empty("role"))?;
    let new = NewAccount { name: &form.name, login: &form.login, unit, role, title: &form.title };
    match account::account_add(directory, req.app.authorizer(), &req.ctx, &new).await {
        Ok(secret) => {
            let unit = directory.tree().unit(unit).map(|unit| unit.name.clone()).unwrap_or_default();
            slips(
                &req,
                &[Slip {
                    name: form.name.clone(),
                    login: form.login.trim().to_lowercase(),
                    unit,
                    link: format!("/link/{secret}"),
                }],
            )
            .await
        }
        Err(problem) if matches!(problem.kind.status(), 409 | 422) => form_page(&req, &form, Some(&problem)).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn slips(req: &Req, slips: &[Slip]) -> Outcome {
    req.app.db().note_access(&req.ctx, "slips.show", "", slips.len()).await?;
    let page = context! { slips => view(slips), base => req.app.config().base_url.clone() };
    Req::not_kept(req.page("directory/slips.html", page).await?)
}

#[derive(Deserialize)]
pub struct Reset {
    account: AccountId,
    unit: UnitId,
    name: String,
    login: String,
}

pub async fn reset(req: Req, Form(form): Form<Reset>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let secret = account::reset(directory, req.app.authorizer(), &req.ctx, form.unit, form.account).await?;
    let unit = directory.tree().unit(form.unit).map(|unit| unit.name.clone()).unwrap_or_default();
    slips(&req, &[Slip { name: form.name, login: form.login, unit, link: format!("/link/{secret}") }]).await
}

pub async fn end(req: Req, Path(id): Path<PostId>) -> Outcome {
    match people::post_end(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id).await {
        Ok(()) => Ok(Req::go("/people", "post-ended")),
        Err(problem) => list_page(&req, Some(problem)).await,
    }
}

pub async fn import_form(req: Req) -> Outcome {
    req.page(
        "directory/staff_import.html",
        context! { lines => Value::from(()), units => units(&req)?, unit => "", message => "" },
    )
    .await
}

/// Without "confirm" the lines are shown with what is wrong; with it, everybody is created or nobody.
pub async fn import(req: Req, form: Multipart) -> Outcome {
    match import_sheet(&req, form).await {
        Ok(Sheet::Taken(created)) => slips(&req, &created).await,
        Ok(Sheet::Preview { lines, unit }) => {
            let page = context! { lines, units => units(&req)?, unit, message => "" };
            Req::not_kept(req.page("directory/staff_import.html", page).await?)
        }
        Err(problem) => {
            let page = context! { lines => Value::from(()), units => units(&req)?, unit => "" };
            req.refused("directory/staff_import.html", problem, page).await
        }
    }
}

enum Sheet {
    Preview { lines: Value, unit: String },
    Taken(Vec<Slip>),
}

/// The preview of the sheet until it is confirmed and has no fault left.
async fn import_sheet(req: &Req, form: Multipart) -> Result<Sheet, Problem> {
    let directory = req.app.get::<Directory>()?;
    let upload = read_upload(req, form, super::SHEET_LIMIT as u64).await?;
    let bytes = upload.bytes().await?;
    let unit = upload.field("unit").unwrap_or_default().to_owned();
    let lines = staff_sheet::preview(directory, req.app.get::<webkit::SheetsPort>()?, bytes).await?;
    req.app.db().note_access(&req.ctx, "staff.preview", &unit, lines.len()).await?;
    if upload.field("confirm").is_none() || lines.iter().any(|line| line.problem.is_some()) {
        return Ok(Sheet::Preview { lines: view(lines), unit });
    }
    let unit: UnitId = unit.parse().map_err(|_| Error::Empty("unit"))?;
    Ok(Sheet::Taken(staff_sheet::import(directory, req.app.authorizer(), &req.ctx, unit, &lines).await?))
}
