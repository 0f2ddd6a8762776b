//! Commands about units that are no tree, accounts and tokens.

use directory::{
    Directory,
    usecase::{account, close, slip, token, unit_mend},
};
use jiff::civil::Date;
use kernel::{AccountId, Ctx, Problem, UnitId, ids::TokenId};
use serde_json::json;
use webkit::App;

use crate::{
    cli::Format,
    config::Config,
    console::{complain, say, say_empty, show},
};

/// The unit of this name, with the one above it behind a comma where several bear it; the root without a name.
pub(crate) fn unit_of(directory: &Directory, day: Date, name: Option<&str>) -> Result<UnitId, Problem> {
    let tree = directory.tree();
    let root =
        tree.root().map(|unit| unit.id).ok_or_else(|| Problem::new(kernel::ProblemKind::Conflict, "set-up-first"))?;
    name.map_or(Ok(root), |name| tree.meant(name, day).map_err(Problem::from))
}

/// A link as its bearer opens it. Where the settings do not say under which address people come, it is guessed, and said
/// so.
pub fn link(app: &App, ctx: &Ctx, secret: &str) -> String {
    let base = &app.config().base_url;
    if app.get::<Config>().is_ok_and(|config| config.base_url.is_none()) {
        complain(&app.locales().text(ctx.lang, "base-url-guessed", &[("address", base.as_str().into())]));
    }
    format!("{base}/link/{secret}")
}

/// The short code of the same slip, for who types it from paper.
pub fn code(app: &App, secret: &str) -> String {
    slip::code(app.db(), secret)
}

/// A new sign-in slip for an account that there is, when nobody else can give one.
pub async fn new_slip(app: &App, ctx: &Ctx, format: Format, login: &str) -> Result<(), Problem> {
    let directory = app.get::<Directory>()?;
    let account = account::named(directory, login).await?;
    let root = unit_of(directory, ctx.today(), None)?;
    let secret = account::reset(directory, app.authorizer(), ctx, root, account).await?;
    show(format, &json!({ "login": login, "link": link(app, ctx, &secret), "code": code(app, &secret) }));
    Ok(())
}

/// Without places it only says what is wrong.
pub async fn mend(app: &App, ctx: &Ctx, format: Format, places: &[(UnitId, Option<UnitId>)]) -> Result<(), Problem> {
    let directory = app.get::<Directory>()?;
    if !places.is_empty() {
        unit_mend::unit_mend(directory, ctx, places).await?;
    }
    let fault = directory.fault();
    if fault.is_none() && format == Format::Table {
        say(&app.locales().text(ctx.lang, "tree-whole", &[]));
        return Ok(());
    }
    let units = fault.iter().flat_map(|fault| &fault.units);
    let units: Vec<_> = units.map(|(id, name)| json!({ "unit": id.to_string(), "name": name })).collect();
    show(format, &json!({ "fault": fault.map(|fault| fault.kind.code()), "units": units }));
    Ok(())
}

pub async fn close(app: &App, ctx: &Ctx, format: Format, login: &str, closes: bool) -> Result<(), Problem> {
    let (directory, authorizer) = (app.get::<Directory>()?, app.authorizer());
    let account: AccountId = account::named(directory, login).await?;
    if closes {
        close::account_close(directory, authorizer, ctx, account).await?;
        if close::is_unadministered(directory, ctx).await? {
            complain(&app.locales().text(ctx.lang, "nobody-administers", &[]));
        }
    } else {
        close::account_open(directory, authorizer, ctx, account).await?;
    }
    show(format, &json!({ "login": login, "state": if closes { "closed" } else { "open" } }));
    Ok(())
}

pub async fn first_link(app: &App, ctx: &Ctx, format: Format) -> Result<(), Problem> {
    let secret = account::first_link(app.get::<Directory>()?, ctx, true).await?;
    let secret = secret.ok_or_else(|| Problem::new(kernel::ProblemKind::Conflict, "already-set-up"))?;
    show(format, &json!({ "link": link(app, ctx, &secret) }));
    Ok(())
}

pub async fn tokens(app: &App, ctx: &Ctx, format: Format) -> Result<(), Problem> {
    let rows = token::list(app.get::<Directory>()?, app.authorizer(), ctx).await?;
    let items: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "token": TokenId::from_uuid(row.id).to_string(), "login": row.login, "name": row.name, "read_only": row.read_only,
                "until": row.valid_to, "used_on": row.used_on, "made_by": row.made_by,
            })
        })
        .collect();
    if format == Format::Json {
        show(format, &json!({ "items": items }));
        return Ok(());
    }
    say_empty(app, ctx, items.is_empty());
    for item in items {
        let text = |name: &str| item[name].as_str().unwrap_or("-").to_owned();
        say(&[text("token"), text("login"), text("name"), text("until"), text("used_on")].join("\t"));
    }
    Ok(())
}
