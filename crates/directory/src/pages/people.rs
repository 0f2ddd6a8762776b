//! People of the units that the actor administers: list, add, lists taken in, slips, reset.

use axum::extract::Multipart;
use db::Personal;
use kernel::{AccountId, PersonId, PostId, Problem, Resource, Role, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Hit, ImportPage, JUMP_EACH, Outcome, Req, read_upload, saved_views};

use super::unit_names;
use crate::{
    Directory, Error,
    model::totp,
    store::person::{LISTED, PersonRow},
    usecase::{
        account::{self, NewAccount},
        erased::bears_number,
        people,
        slip::code as slip_code,
        staff_sheet::{self, Slip, StaffLine},
    },
};

pub async fn list(req: Req) -> Outcome {
    let words = req.query("q").unwrap_or_default();
    let unit = req.query("unit").filter(|text| !text.is_empty());
    let unit: Option<UnitId> = unit.map(|text| text.parse().map_err(|_| Problem::bad_input("bad-form"))).transpose()?;
    let wanted = people::Wanted { words: &words, unit };
    let mut rows = people::list(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, wanted, LISTED).await?;
    let shown = req.app.db().note_access(&req.ctx, "people.list", "", rows.len()).await?;
    for row in &mut rows {
        row.name.open(&shown);
        if let Some(login) = &mut row.login {
            login.open(&shown);
        }
        // Whose data were erased bears a number for a login, and is looked for by nobody.
        let account = row.account_id.map(AccountId::from_uuid);
        let is_number = |login: &Personal| account.is_some_and(|account| bears_number(account, login.text()));
        row.login.take_if(|login| is_number(login));
    }
    rows.sort_by_key(|row| row.login.is_none());
    // So that a phòng is told from those of other communes.
    let tree = req.app.get::<Directory>()?.tree();
    let written = |row: &PersonRow| {
        let text = tree.written(UnitId::from_uuid(row.unit_id), req.ctx.today());
        if text.is_empty() { row.unit.clone() } else { text }
    };
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| context! {
            person => kernel::PersonId::from_uuid(row.person_id).to_string(), closed => row.disabled.unwrap_or_default(), name => row.name.text(), login => row.login.as_ref().map(Personal::text), title => row.title.clone(), unit => written(&row), role => row.role.clone(), ready => row.has_password,
            account => row.account_id.map(|id| AccountId::from_uuid(id).to_string()), unit_id => UnitId::from_uuid(row.unit_id).to_string(),
            post => PostId::from_uuid(row.post_id).to_string(), valid_to => row.valid_to.clone(), has_second => row.has_second,
            own => row.account_id.is_some_and(|id| req.ctx.actor.account() == Some(AccountId::from_uuid(id))),
        })
        .collect();
    let views = saved_views(&req, "/people", req.uri.query().unwrap_or_default()).await?;
    let unit = unit.map(|id| context! { id => id.to_string(), name => tree.written(id, req.ctx.today()) });
    Req::not_kept(req.page("directory/people.html", context! { rows, words, unit, views }).await?)
}

/// What a saved view may ask of the list.
pub fn knows(key: &str, value: &str) -> bool {
    key == "q" || key == "unit" && value.parse::<UnitId>().is_ok()
}

/// The first people whose names have these words.
pub async fn found(req: &Req, words: &str) -> Result<Vec<Hit>, Problem> {
    let (directory, most) = (req.app.get::<Directory>()?, u64::try_from(JUMP_EACH + 1).unwrap_or(LISTED));
    let wanted = people::Wanted::words(words);
    let mut rows = people::list(directory, req.app.authorizer(), &req.ctx, wanted, most).await?;
    // Asked at each pause in typing: what shows nobody is nothing that was read.
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let shown = req.app.db().note_access(&req.ctx, "people.found", "", rows.len()).await?;
    let hit = |row: &mut PersonRow| {
        row.name.open(&shown);
        let href = format!("/people/{}", PersonId::from_uuid(row.person_id));
        Hit { text: row.name.text().to_owned(), note: format!("{} · {}", row.title, row.unit), href }
    };
    Ok(rows.iter_mut().map(hit).collect())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PersonForm {
    name: String,
    login: String,
    title: String,
    role: String,
    unit: String,
}

/// Units that the actor may add people to: their own with what is below, or by name for higher administrators.
pub(super) fn units(req: &Req) -> Result<Vec<String>, Problem> {
    let tree = req.app.get::<Directory>()?.tree();
    let scope = req.app.authorizer().scope(&req.ctx);
    let may = |id: &UnitId| req.app.authorizer().check(&req.ctx, "person.edit", &Resource::unit(*id)).is_ok();
    Ok(tree.list(scope.subtree.into_iter().filter(may), req.ctx.today()))
}

/// The unit that stands in a new form: where there is one only. Of several none is chosen for anybody: what nobody chose
/// would decide what a colleague may do.
fn usual(units: &[String]) -> String {
    if let [only] = units { only.clone() } else { String::new() }
}

pub(super) fn roles(req: &Req) -> Result<Vec<Value>, Problem> {
    let text = |role: Role| req.app.locales().text(req.ctx.lang, &role.words(), &[]);
    let at_root = req.app.authorizer().check_route(&req.ctx, "ledger.read").is_ok();
    let roles = req.app.get::<Directory>()?.roles();
    let open = roles.all().iter().copied().filter(|role| *role != Role::SYSTEM_ADMIN || at_root);
    Ok(open.map(|role| context! { value => role.code(), text => text(role) }).collect())
}

/// The role that is asked for in the address stands in it to begin with.
pub async fn new_form(req: Req) -> Outcome {
    let units = units(&req)?;
    let unit = usual(&units);
    let wanted = req.query("role").unwrap_or_default();
    let role = req.app.get::<Directory>()?.roles().find(&wanted).unwrap_or(Role::OFFICER).code();
    req.page("directory/person_form.html", context! { units, unit, roles => roles(&req)?, role }).await
}

pub async fn new(req: Req, Form(form): Form<PersonForm>) -> Outcome {
    slips(&req, &[added(&req, &form).await?]).await
}

async fn added(req: &Req, form: &PersonForm) -> Result<Slip, Problem> {
    let directory = req.app.get::<Directory>()?;
    let unit = unit_names::meant(&directory.tree(), "unit", &form.unit, req.ctx.today())?;
    let role = directory.roles().find(&form.role).ok_or(Error::Empty("role"))?;
    let new = NewAccount { name: &form.name, login: &form.login, unit, role, title: &form.title };
    let secret = account::account_add(directory, req.app.authorizer(), &req.ctx, &new).await?;
    Ok(Slip {
        name: form.name.clone(),
        login: form.login.trim().to_lowercase(),
        unit: directory.tree().unit(unit).map(|unit| unit.name.clone()).unwrap_or_default(),
        link: format!("/link/{secret}"),
    })
}

/// Pictures that one page holds: each is ten kilobytes.
const MOST_PICTURES: usize = 100;

/// Each with the picture of its link: who is handed one has a telephone at hand sooner than a keyboard.
async fn slips(req: &Req, slips: &[Slip]) -> Outcome {
    req.app.db().note_access(&req.ctx, "slips.show", "", slips.len()).await?;
    let (base, is_drawn) = (req.app.config().base_url.clone(), slips.len() <= MOST_PICTURES);
    let slip = |slip: &Slip| -> Result<Value, Problem> {
        let (path, width) = if is_drawn { totp::picture(&format!("{base}{}", slip.link))? } else { (String::new(), 0) };
        let code = slip_code(req.app.db(), slip.link.trim_start_matches("/link/"));
        Ok(context! {
            code, name => slip.name.clone(), login => slip.login.clone(), unit => slip.unit.clone(), link => slip.link.clone(),
            path, width,
        })
    };
    let slips: Vec<Value> = slips.iter().map(slip).collect::<Result<_, _>>()?;
    let page = context! { slips, base, until => account::slip_ends(&req.ctx) };
    Req::not_kept(req.page("directory/slips.html", page).await?)
}

#[derive(Deserialize)]
pub struct Reset {
    account: AccountId,
    unit: UnitId,
}

/// Says whose slip it is and what ends, and asks.
pub async fn reset_form(req: Req) -> Outcome {
    let account: AccountId = req.query("account").and_then(|text| text.parse().ok()).ok_or_else(Problem::not_found)?;
    let unit: UnitId = req.query("unit").and_then(|text| text.parse().ok()).ok_or_else(Problem::not_found)?;
    let directory = req.app.get::<Directory>()?;
    let row = account::may_reset(directory, req.app.authorizer(), &req.ctx, unit, account).await?;
    let person = kernel::PersonId::from_uuid(row.person_id);
    req.app.db().note_access(&req.ctx, "person.show", person, 1).await?;
    let whose = account::whose(directory, account).await?.map(|(name, login)| context! { name, login });
    let page =
        context! { account => account.to_string(), unit => unit.to_string(), person => person.to_string(), whose };
    Req::not_kept(req.page("directory/slip_new.html", page).await?)
}

pub async fn reset(req: Req, Form(form): Form<Reset>) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let secret = account::reset(directory, req.app.authorizer(), &req.ctx, form.unit, form.account).await?;
    let unit = directory.tree().unit(form.unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let (name, login) = account::whose(directory, form.account).await?.ok_or_else(Problem::not_found)?;
    slips(&req, &[Slip { name, login, unit, link: format!("/link/{secret}") }]).await
}

fn import_page<'a>(req: &Req, unit: &'a str) -> Result<ImportPage<'a>, Problem> {
    let unit = Some((unit, units(req)?));
    Ok(ImportPage { title: "staff-sheet", above: ("/people", "nav-people"), more: None, unit })
}

pub async fn import_form(req: Req) -> Outcome {
    let unit = usual(&units(&req)?);
    import_page(&req, &unit)?.show::<StaffLine>(&req, None).await
}

/// Unless confirmed the lines are shown with what is wrong; once they are, everybody is created or nobody.
pub async fn import(req: Req, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, ImportPage::LIMIT as u64).await?;
    let typed = upload.field("unit").unwrap_or_default();
    let unit = unit_names::meant(&req.app.get::<Directory>()?.tree(), "unit", typed, req.ctx.today());
    let preview = staff_sheet::preview(&req.app, &req.ctx, upload.bytes().await?).await?;
    let noted = unit.as_ref().map(ToString::to_string).unwrap_or_default();
    req.app.db().note_access(&req.ctx, "staff.preview", &noted, preview.lines.len()).await?;
    if upload.is_confirmed() && preview.whole(&req.app, &req.ctx).is_ok() {
        return slips(&req, &staff_sheet::import(&req.app, &req.ctx, unit?, &preview).await?).await;
    }
    Req::not_kept(import_page(&req, typed)?.show(&req, Some((&upload, &preview))).await?)
}
