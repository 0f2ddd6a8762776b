//! Staff from a list: a preview with errors by line, then accounts and one sign-in slip each.

use std::collections::BTreeSet;

use derive::Record;
use kernel::{Ctx, Problem, Resource, Role, UnitId, text::check_name};
use serde::Serialize;
use webkit::{Answers, Bytes, Core, Import, Preview, Reading, Units};

use super::{
    account::{NewAccount, create, new_ids, slip_ends},
    link::RESET,
    person::checked_name,
    power, slip,
};
use crate::{
    Directory, Error,
    model::{new_login, secret},
    store,
};

/// One line of the list.
#[derive(Debug, Clone, Default, Record)]
#[record(settle = settled)]
pub struct StaffLine {
    #[field(required, label = "person-name", heads = ["ho ten"])]
    pub name: String,
    #[field(required, identifier = 64, heads = ["dang nhap", "login"])]
    pub login: String,
    #[field(heads = ["chuc danh"])]
    pub title: String,
    #[field]
    pub role: String,
    /// Somebody has this login.
    is_taken: bool,
}

impl StaffLine {
    /// The role is known by its code from here on.
    fn settled(self, reading: &mut Reading<'_>, _: Option<&Self>) -> Self {
        let role = role_of(reading, &self.role);
        let code = role.as_ref().map_or(String::new(), |role| role.code().to_owned());
        let checked = [
            ("name", checked_name(&self.name).err().map(Problem::from)),
            ("login", new_login::checked(&self.login).err().map(Problem::from)),
            ("title", check_name("title", &self.title).err()),
            ("role", role.err()),
        ];
        for (field, problem) in checked {
            // What is missing was said.
            if let Some(problem) = problem.filter(|problem| problem.code != "field-empty") {
                reading.refuse(field, problem);
            }
        }
        Self { login: self.login.to_lowercase(), role: code, ..self }
    }
}

static STAFF: Import<StaffLine> = Import {
    usual: |_| Answers::default(),
    key: |line| vec![line.login.clone()],
    more: &[],
    name: |line| line.name.clone(),
    may: |_, _, line| if line.is_taken { Err(Error::LoginTaken.into()) } else { Ok(()) },
    is_whole: true,
};

/// What is handed to each new colleague.
#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    pub name: String,
    pub login: String,
    pub unit: String,
    pub link: String,
}

const MAX_LINES: usize = 5_000;

/// What offices write for a role beside its own words; a list makes nobody the system's administrator.
fn role_of(reading: &Reading<'_>, text: &str) -> Result<Role, Problem> {
    let role = match kernel::text::fold(text).as_str() {
        "" | "can bo" => Some(Role::OFFICER),
        "theo doi" => Some(Role::PROGRAMME),
        "quan tri" => Some(Role::UNIT_ADMIN),
        "truong phong" | "pho truong phong" => Some(Role::HEAD),
        "van thu" => Some(Role::CLERK),
        _ => reading.role(text).filter(|role| *role != Role::SYSTEM_ADMIN),
    };
    role.ok_or_else(|| Problem::bad_input("unknown-role"))
}

/// Whom the list would add, line by line.
pub async fn preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Preview<StaffLine>, Problem> {
    let list = STAFF.lines(core, ctx, bytes).await?;
    if list.lines.len() > MAX_LINES {
        return Err(Problem::bad_input("sheet-too-long").field("file", "sheet-too-long").with("most", MAX_LINES));
    }
    let (conn, mut taken) = (core.db().read(), Vec::new());
    for (_, line) in &list.lines {
        let login = line.text("login").to_lowercase();
        if store::account::by_login(&conn, &login).await?.is_some() {
            taken.push(StaffLine { login, is_taken: true, ..StaffLine::default() });
        }
    }
    STAFF.beside(core, ctx, list, taken, Units::default()).await
}

/// Creates everybody of the preview, or nobody when a line is wrong, with the right that each line's post asks for: a list
/// gives what the form gives, and much of it at once. Returns the slips to print.
pub async fn import(core: &Core, ctx: &Ctx, unit: UnitId, preview: &Preview<StaffLine>) -> Result<Vec<Slip>, Problem> {
    let (directory, authorizer) = (core.get::<Directory>()?, core.authorizer());
    power::person_at_hand(ctx)?;
    authorizer.check(ctx, "person.edit", &Resource::unit(unit))?;
    preview.whole(core, ctx)?;
    let roles = &preview.rows().map(|line| directory.role(&line.role)).collect::<Result<Vec<Role>, _>>()?;
    for role in roles.iter().copied().collect::<BTreeSet<Role>>() {
        power::may_give(authorizer, ctx, unit, role)?;
    }
    ctx.must_be_fresh()?;
    power::in_force(directory, ctx, unit)?;
    let unit_name = directory.tree().unit(unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let secrets = &roles.iter().map(|_| secret::fresh("in_")).collect::<Result<Vec<_>, _>>()?;
    let ids = &roles.iter().map(|_| new_ids(ctx)).collect::<Vec<_>>();
    let until = slip_ends(ctx);
    directory
        .db()
        .write(ctx, |tx| async move {
            for (((line, role), text), ids) in preview.rows().zip(roles).zip(secrets).zip(ids) {
                let new = NewAccount { name: &line.name, login: &line.login, unit, role: *role, title: &line.title };
                create(&tx, &new, *ids).await?;
                let code = Some(slip::kept(directory.db(), ids.1, text));
                store::account::link_insert(&tx, &secret::hash(text), RESET, Some(ids.1), until, code).await?;
            }
            Ok(())
        })
        .await?;
    let slip = |(line, text): (&StaffLine, &String)| Slip {
        name: line.name.clone(),
        login: line.login.clone(),
        unit: unit_name.clone(),
        link: format!("/link/{text}"),
    };
    Ok(preview.rows().zip(secrets).map(slip).collect())
}
