//! Commands about units that are no tree, accounts and tokens.

use directory::{
    Directory,
    usecase::{account, close, token, unit_mend},
};
use kernel::{AccountId, Ctx, Problem, UnitId, ids::TokenId};
use serde_json::json;
use webkit::App;

use crate::{
    cli::Format,
    commands::{say, show},
};

/// `UNIT=UNIT_ABOVE` or `UNIT=root`.
pub fn place(text: &str) -> Result<(UnitId, Option<UnitId>), String> {
    let wrong = || format!("{text}: unit_…=unit_… / unit_…=root");
    let (unit, above) = text.split_once('=').ok_or_else(wrong)?;
    let above = if above == "root" { None } else { Some(above.parse().map_err(|_| wrong())?) };
    Ok((unit.parse().map_err(|_| wrong())?, above))
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
    } else {
        close::account_open(directory, authorizer, ctx, account).await?;
    }
    show(format, &json!({ "login": login, "state": if closes { "closed" } else { "open" } }));
    Ok(())
}

pub async fn first_link(app: &App, ctx: &Ctx, format: Format) -> Result<(), Problem> {
    let secret = account::first_link(app.get::<Directory>()?, ctx, true).await?;
    let secret = secret.ok_or_else(|| Problem::new(kernel::ProblemKind::Conflict, "already-set-up"))?;
    show(format, &json!({ "link": format!("{}/link/{secret}", app.config().base_url) }));
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
    for item in items {
        let text = |name: &str| item[name].as_str().unwrap_or("-").to_owned();
        say(&[text("token"), text("login"), text("name"), text("until"), text("used_on")].join("\t"));
    }
    Ok(())
}
