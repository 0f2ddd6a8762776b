//! What each command does: the same use cases as the pages, with the console as actor.

use directory::{
    Directory,
    usecase::{account, demo as people, init, learn_alias, second_factor, token, unit_import},
};
use kernel::{Actor, Ctx, Problem};
use programme::approve::usecase::{change_back::change_back, plan_confirm::ConfirmAct};
use serde_json::{Value as Json, json};
use webkit::{App, Site, check::Level};

use crate::{
    cli::{
        AccountCommand, AliasCommand, Cli, Command, DemoCommand, FilesCommand, Format, Keys, LedgerCommand,
        PlanCommand, ReportCommand, SecondFactorCommand, TokenCommand, UnitCommand,
    },
    config::Config,
    console::{os_user, read, say, say_empty, show},
    doctor, file_commands, ledger_commands, made_house, people_commands, plan_commands, presence, report_commands,
    sandbox::Sandbox,
    server, wiring,
};

/// The passphrase of a backup: the first line of its file, long enough to be one.
fn passphrase(keys: &Keys) -> Result<Option<String>, Problem> {
    let Some(file) = &keys.passphrase_file else { return Ok(None) };
    let text = String::from_utf8_lossy(&read(file)?).lines().next().unwrap_or_default().trim().to_owned();
    if text.chars().count() < 12 {
        return Err(Problem::bad_input("backup-passphrase-short"));
    }
    Ok(Some(text))
}

pub async fn run(cli: Cli, config: Config) -> Result<(), Problem> {
    let format = cli.global.format;
    if let Command::Of(of, args) = &cli.command
        && of.is_anywhere(args)
        && !presence::is_here(&config).await?
    {
        show(format, &made_house::answer(&config, cli.global.lang.into(), of, args).await?);
        return Ok(());
    }
    match &cli.command {
        Command::Openapi => {
            let document = webkit::openapi_document(&wiring::modules()).to_pretty_json().map_err(Problem::internal)?;
            say(&document);
            return Ok(());
        }
        Command::Plan(PlanCommand::Read { file, spans }) => {
            return plan_commands::read(&config, (format, cli.global.lang.into()), file, *spans).await;
        }
        _ => presence::look(&config, &cli.command).await?,
    }
    match &cli.command {
        Command::Restore { file, keys, broken_units } => {
            let passphrase = passphrase(keys)?;
            let said = (format, cli.global.lang.into());
            return file_commands::restore(&config, said, file, passphrase.as_deref(), *broken_units).await;
        }
        Command::Files(FilesCommand::Tie { reason }) => {
            let said = (format, cli.global.lang.into());
            return file_commands::tie(&config, os_user(), said, reason).await;
        }
        Command::Demo(DemoCommand::Year) => {
            let year = report_commands::demo_year(&config).await?;
            if format == Format::Json {
                show(format, &serde_json::to_value(&year).map_err(Problem::internal)?);
            } else {
                report_commands::say_year(&config, cli.global.lang.into(), &year)?;
            }
            return Ok(());
        }
        _ => {}
    }
    let app = wiring::app(&config, matches!(cli.command, Command::Migrate)).await?;
    let ctx = app.ctx(Actor::Cli(os_user()), cli.global.lang.into());
    // Who only looks signs nothing: a forged head must not be signed by being looked at. A server has signed at its own
    // end, within the time that it has.
    let signs = !matches!(cli.command, Command::Ledger(LedgerCommand::Verify { .. }) | Command::Serve { .. });
    let done = with_app(&app, &ctx, format, &config, cli.command).await;
    if signs {
        app.db().checkpoint().await?;
    }
    done
}

/// Every rule with its days, the rows of its table, and how many of them go with the next round.
async fn retention(format: Format, app: &App, ctx: &Ctx) -> Result<(), Problem> {
    let mut rows = Vec::new();
    for rule in &app.get::<webkit::Retentions>()?.0 {
        let (all, old) = db::kept(app.db(), ctx, rule).await?;
        rows.push(json!({ "name": rule.name, "table": rule.table, "days": rule.days, "rows": all, "old": old }));
    }
    match format {
        Format::Json => say(&json!({ "retention": rows }).to_string()),
        _ => {
            for row in rows {
                let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
                say(&format!(
                    "{:<14} {:<18} {:>5} ngày/days {:>9} {:>7}",
                    text("name"),
                    text("table"),
                    row["days"],
                    row["rows"],
                    row["old"]
                ));
            }
        }
    }
    Ok(())
}

async fn with_app(app: &Site, ctx: &Ctx, format: Format, config: &Config, command: Command) -> Result<(), Problem> {
    let directory = app.get::<Directory>()?;
    if !mends(&command) {
        directory.whole()?;
    }
    match command {
        Command::Serve { demo, .. } => serve(app, config, demo).await?,
        Command::Init { province } => {
            let units = init::init_province(directory, ctx, &province).await?;
            show(format, &json!({ "units": units }));
        }
        Command::Doctor => examine(app, ctx, format).await?,
        Command::Migrate => show(format, &json!({ "schema": "up to date" })),
        Command::Backup { file, keys } => {
            file_commands::backup(app, ctx, format, &file, passphrase(&keys)?.as_deref()).await?;
        }
        Command::Files(FilesCommand::Check) => file_commands::check(app, ctx, format).await?,
        Command::Plan(PlanCommand::Compare { below, above, out }) => {
            plan_commands::compare(app, ctx, format, (&below, &above), out.as_deref()).await?;
        }
        Command::Of(cli, args) => show(format, &cli.run(app, ctx, &args).await?),
        Command::Plan(PlanCommand::Search { words }) => plan_commands::search(app, format, &words.join(" ")).await?,
        Command::Plan(PlanCommand::Import { file, approve }) => {
            plan_commands::import(app, ctx, format, &file, approve).await?;
        }
        Command::Plan(PlanCommand::Withdraw { plan, reason, day, number }) => {
            plan_commands::withdraw(app, ctx, format, &plan, (reason, day, number)).await?;
        }
        Command::Plan(PlanCommand::Remove { plan, reason }) => {
            plan_commands::remove(app, ctx, format, &plan, &reason).await?;
        }
        Command::Plan(PlanCommand::Undo { change }) => {
            let page = change_back(app, ctx, change).await?;
            show(format, &serde_json::json!({ "page": page }));
        }
        Command::Plan(PlanCommand::Confirm { plan, follower, refuse, take_back }) => {
            let follower = follower
                .as_deref()
                .map(|name| people_commands::unit_of(directory, ctx.today(), Some(name)))
                .transpose()?;
            let act = match (refuse, take_back) {
                (Some(reason), _) => ConfirmAct::Refuse { reason },
                (None, true) => ConfirmAct::TakeBack,
                (None, false) => ConfirmAct::Confirm { follower },
            };
            plan_commands::confirm(app, ctx, format, &plan, &act).await?;
        }
        Command::Unit(UnitCommand::Import { file }) => {
            let preview = unit_import::preview(app, ctx, read(&file)?.into()).await?;
            unit_import::unit_import(app, ctx, &preview).await?;
            show(format, &json!({ "changed": preview.rows().count() }));
        }
        Command::Unit(UnitCommand::Mend { set }) => people_commands::mend(app, ctx, format, &set).await?,
        Command::Account(AccountCommand::Close { login }) => {
            people_commands::close(app, ctx, format, &login, true).await?;
        }
        Command::Account(AccountCommand::Open { login }) => {
            people_commands::close(app, ctx, format, &login, false).await?;
        }
        Command::Account(AccountCommand::Slip { login }) => people_commands::new_slip(app, ctx, format, &login).await?,
        Command::Account(AccountCommand::FirstLink) => people_commands::first_link(app, ctx, format).await?,
        Command::Token(TokenCommand::List) => people_commands::tokens(app, ctx, format).await?,
        Command::Token(TokenCommand::Revoke { token }) => {
            token::revoke(directory, app.authorizer(), ctx, token).await?;
            show(format, &json!({ "token": token.to_string(), "state": "revoked" }));
        }
        Command::Alias(AliasCommand::List) => {
            let items = learn_alias::alias_list(directory).await?;
            alias_list(app, ctx, format, &items);
        }
        Command::Alias(AliasCommand::Remove { id }) => {
            let alias = id.parse().map_err(|_| Problem::not_found())?;
            learn_alias::alias_remove(directory, app.authorizer(), ctx, alias).await?;
            show(format, &json!({ "removed": id }));
        }
        Command::Account(AccountCommand::Add { name, login, unit, role }) => {
            let unit = people_commands::unit_of(directory, ctx.today(), unit.as_deref())?;
            let role = directory.role(&role)?;
            let new = account::NewAccount { name: &name, login: &login, unit, role, title: "" };
            let secret = account::account_add(directory, app.authorizer(), ctx, &new).await?;
            let (link, code) = (people_commands::link(app, ctx, &secret), people_commands::code(app, &secret));
            show(format, &json!({ "login": login, "link": link, "code": code }));
        }
        Command::Account(AccountCommand::SecondFactor(SecondFactorCommand::Reset { login, reason })) => {
            let account = second_factor::account_of(directory, &login).await?;
            second_factor::reset(directory, app.authorizer(), ctx, account, &reason).await?;
            show(format, &json!({ "login": login, "second_factor": "reset" }));
        }
        Command::Token(TokenCommand::Add { login, name, until, read_only }) => {
            account::named(directory, &login).await?;
            let holder = login.trim().to_lowercase();
            let text = token::token_add(directory, app.authorizer(), ctx, &holder, &name, read_only, until).await?;
            show(format, &json!({ "token": text, "until": until.to_string() }));
        }
        Command::Ledger(command) => ledger_commands::ledger(app, ctx, format, command).await?,
        Command::Calendar(command) => show(format, &report_commands::deadline(app, &command)?),
        Command::Retention => retention(format, app, ctx).await?,
        Command::Report(ReportCommand::List) => report_list(app, ctx, format, &report_commands::list(app).await?),
        Command::Report(ReportCommand::Export { plan, period, unit, out }) => {
            let which = (plan.as_deref(), period.as_str(), unit.as_deref());
            let done = report_commands::export(app, ctx, format, which, &out).await?;
            show(Format::Table, &done);
        }
        Command::Openapi
        | Command::Demo(_)
        | Command::Restore { .. }
        | Command::Files(FilesCommand::Tie { .. })
        | Command::Plan(PlanCommand::Read { .. })
        | Command::Completions { .. } => {}
    }
    Ok(())
}

/// What works on units that are no tree: looking, mending, saving them away.
fn mends(command: &Command) -> bool {
    matches!(command, Command::Unit(_) | Command::Ledger(_) | Command::Backup { .. } | Command::Migrate)
}

/// One line per check; faults are the exit code.
async fn examine(app: &App, ctx: &Ctx, format: Format) -> Result<(), Problem> {
    let (locales, lang) = (app.locales(), ctx.lang);
    let found = doctor::examine(app, ctx, false).await?;
    let faults = found.iter().filter(|(_, finding)| finding.level == Level::Fault).count();
    if format == Format::Json {
        let checks = found.iter().map(|(name, finding)| {
            json!({ "check": name, "level": finding.level, "code": finding.code, "words": finding.words(locales, lang) })
        });
        show(format, &json!({ "checks": checks.collect::<Vec<_>>(), "faults": faults }));
    } else {
        for (name, finding) in &found {
            let word = |key: String| locales.text(lang, &key, &[]);
            let (level, name) = (word(format!("level-{}", finding.level.code())), word(format!("check-{name}")));
            say(&format!("{level}\t{name}\t{}", finding.words(locales, lang)));
        }
    }
    if faults > 0 { Err(Problem::bad_input("doctor-faults").with("count", faults)) } else { Ok(()) }
}

async fn serve(app: &Site, config: &Config, demo: bool) -> Result<(), Problem> {
    if demo {
        let ctx = app.ctx(Actor::System("demo"), kernel::Lang::Vi);
        for fill in app.modules().iter().filter_map(|module| module.demo) {
            fill(app, &ctx).await?;
        }
    }
    if config.sandbox == Sandbox::Off {
        tracing::warn!("foreign files are read without confinement, because the settings say sandbox = off");
    }
    let directory = app.get::<Directory>()?;
    directory.whole()?;
    let link = server::first_link(app).await?;
    let unused = link.is_none() && directory.tree().is_empty();
    server::serve(app.clone(), config, |address| {
        say(&format!("Đình đang chạy tại {address}"));
        if let Some(file) = &config.file {
            say(&format!("Cài đặt / settings: {}", file.display()));
        }
        if let Some(ops) = &config.ops_listen {
            say(&format!("Giám sát / for watching: http://{ops}/health/ready, /metrics"));
        }
        match link {
            Some(link) => say(&format!("Thiết lập lần đầu / first set-up: {link}")),
            None if demo => say(&format!(
                "Đăng nhập / sign in: {} · mật khẩu / password: {}",
                people::logins().map(|(login, _)| login).collect::<Vec<_>>().join(", "),
                people::PASSWORD
            )),
            None if unused => say(
                "Đường dẫn thiết lập đã in ở lần chạy trước; in lại bằng / the set-up link was printed before; print another with: dinh account first-link",
            ),
            None => say(&format!("Đăng nhập / sign in: {address}/sign-in")),
        }
    })
    .await
}

fn alias_list(app: &App, ctx: &Ctx, format: Format, items: &[learn_alias::Explained]) {
    if format == Format::Json {
        return show(format, &json!({ "items": items }));
    }
    say_empty(app, ctx, items.is_empty());
    for item in items {
        say(&[item.id.as_str(), item.words.as_str(), item.unit.as_str(), item.reach.as_str()].join("\t"));
    }
}

fn report_list(app: &App, ctx: &Ctx, format: Format, list: &Json) {
    if format == Format::Json {
        return show(format, list);
    }
    say_empty(app, ctx, list["items"].as_array().is_none_or(Vec::is_empty));
    for item in list["items"].as_array().into_iter().flatten() {
        let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
        say(&[text("period"), text("body"), text("state"), text("number"), text("plan")].join("\t"));
    }
}
