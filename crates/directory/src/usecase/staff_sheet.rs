//! Staff from an Excel sheet: a preview with errors by line, then accounts and one sign-in slip each.

use std::collections::BTreeSet;

use kernel::{Authorizer, Ctx, Problem, Resource, Role, UnitId, text::check_name};
use serde::Serialize;
use webkit::{Bytes, SheetsPort};

use super::{
    account::{NewAccount, create, new_ids},
    power,
};
use crate::{Directory, Error, model::secret, store};

/// One line of the sheet: họ tên, tên đăng nhập, chức vụ, vai trò.
#[derive(Debug, Clone, Serialize)]
pub struct StaffLine {
    pub line: usize,
    pub name: String,
    pub login: String,
    pub title: String,
    pub role: String,
    /// Locale key of what is wrong with the line.
    pub problem: Option<&'static str>,
}

/// What is handed to each new colleague.
#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    pub name: String,
    pub login: String,
    pub unit: String,
    pub link: String,
}

const MAX_LINES: usize = 5_000;

fn role_of(text: &str) -> Option<Role> {
    let folded = kernel::text::fold(text);
    match folded.as_str() {
        "" | "chuyen vien" | "can bo" | "officer" => Some(Role::OFFICER),
        "lanh dao" | "leader" => Some(Role::LEADER),
        "chuyen vien theo doi" | "theo doi" | "programme" => Some(Role::PROGRAMME),
        "quan tri don vi" | "quan tri" | "unit admin" => Some(Role::UNIT_ADMIN),
        _ => None,
    }
}

/// Reads the first sheet. The header line is found by its words, wherever it stands.
pub async fn preview(directory: &Directory, sheets: &SheetsPort, bytes: Bytes) -> Result<Vec<StaffLine>, Problem> {
    let bad = |what: &str| Problem::from(Error::Sheet { line: 1, what: what.to_owned() });
    let mut rows = sheets.rows(bytes).await?;
    rows.truncate(MAX_LINES);
    let find = |row: &[String], words: &[&str]| {
        row.iter().position(|cell| words.iter().any(|word| kernel::text::fold(cell).contains(word)))
    };
    let header = rows.iter().position(|row| {
        find(row, &["ho ten", "ho va ten", "name"]).is_some() && find(row, &["dang nhap", "login"]).is_some()
    });
    let header = header.ok_or_else(|| bad("Họ tên, Tên đăng nhập"))?;
    let column = |words: &[&str]| find(&rows[header], words);
    let (name, login) = (column(&["ho ten", "ho va ten", "name"]), column(&["dang nhap", "login"]));
    let (title, role) = (column(&["chuc vu", "chuc danh", "title"]), column(&["vai tro", "role"]));
    let cell = |row: &[String], at: Option<usize>| at.and_then(|at| row.get(at)).cloned().unwrap_or_default();
    let mut out: Vec<StaffLine> = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(header + 1).filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()))
    {
        let mut line = StaffLine {
            line: at + 1,
            name: cell(row, name),
            login: cell(row, login).to_lowercase(),
            title: cell(row, title),
            role: cell(row, role),
            problem: None,
        };
        let taken = store::account::by_login(&directory.db().read(), &line.login).await?.is_some();
        let misnamed = super::person::checked_name(&line.name).err();
        line.problem = match () {
            () if line.name.is_empty() || line.login.is_empty() => Some("problem-field-empty"),
            () if matches!(misnamed, Some(Error::NameScript(_))) => Some("problem-name-script"),
            () if misnamed.is_some() => Some("problem-name-wrong"),
            () if check_name("title", &line.title).is_err() => Some("problem-name-wrong"),
            () if crate::model::new_login::checked(&line.login).is_err() => Some("problem-login-wrong"),
            () if taken || out.iter().any(|earlier| earlier.login == line.login) => Some("problem-login-taken"),
            () if role_of(&line.role).is_none() => Some("problem-unknown-role"),
            () => None,
        };
        out.push(line);
    }
    Ok(out)
}

/// The role of a line that has no fault.
fn role_in(line: &StaffLine) -> Result<Role, Error> {
    let role = role_of(&line.role).filter(|_| line.problem.is_none());
    role.ok_or_else(|| Error::Sheet { line: line.line, what: line.login.clone() })
}

/// Creates everybody of the preview, or nobody when a line is wrong, with the right that each line's post asks for: a sheet
/// gives what the form gives, and much of it at once. Returns the slips to print.
pub async fn import(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    unit: UnitId,
    lines: &[StaffLine],
) -> Result<Vec<Slip>, Problem> {
    power::person_at_hand(ctx)?;
    authorizer.check(ctx, "person.edit", &Resource::unit(unit))?;
    let roles = lines.iter().map(role_in).collect::<Result<Vec<Role>, Error>>()?;
    for role in roles.iter().copied().collect::<BTreeSet<Role>>() {
        power::may_give(authorizer, ctx, unit, role)?;
    }
    ctx.must_be_fresh()?;
    power::in_force(directory, ctx, unit)?;
    let roles = &roles;
    let unit_name = directory.tree().unit(unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let secrets = &lines.iter().map(|_| secret::fresh("in_")).collect::<Result<Vec<_>, _>>()?;
    let ids = &lines.iter().map(|_| new_ids(ctx)).collect::<Vec<_>>();
    let until = ctx.now().as_microsecond() + 7 * 24 * 3600 * 1_000_000;
    directory
        .db()
        .write(ctx, |tx| async move {
            for (((line, role), text), ids) in lines.iter().zip(roles).zip(secrets).zip(ids) {
                let new = NewAccount { name: &line.name, login: &line.login, unit, role: *role, title: &line.title };
                create(&tx, &new, *ids).await?;
                store::account::link_insert(&tx, &secret::hash(text), "reset", Some(ids.1), until).await?;
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
    Ok(lines.iter().zip(secrets).map(slip).collect())
}
