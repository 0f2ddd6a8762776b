//! What the command line does with backups and with the file store.

use std::{path::Path, sync::Arc};

use kernel::{Actor, Ctx, Lang, Problem};
use serde_json::{Value as Json, json};
use webkit::{App, Site};

use crate::{
    cli::Format,
    config::Config,
    console::{complain, say, show},
    ledger_commands, wiring,
};

fn json_of<T: serde::Serialize>(value: &T) -> Result<Json, Problem> {
    serde_json::to_value(value).map_err(Problem::internal)
}

pub async fn backup(
    app: &Site,
    ctx: &Ctx,
    format: Format,
    file: &Path,
    passphrase: Option<&str>,
) -> Result<(), Problem> {
    if passphrase.is_none() {
        let words = webkit::locales(app.modules())?;
        complain(&words.problem(ctx.lang, &Problem::bad_input("backup-in-the-clear")));
    }
    let done = db::backup(app.db(), &wiring::migrations(app.modules()), file, passphrase).await?;
    show(format, &json!({ "file": file, "rows": done.rows, "lacking": json_of(&done.lacking)? }));
    if done.lacking.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = done.lacking.iter().map(|fault| fault.hash.as_str()).collect();
    Err(Problem::bad_input("backup-lacks-files").with("files", names.join(", ")))
}

/// Units that are no tree are refused with the whole backup, unless somebody means to mend them (`broken_units`).
pub async fn restore(
    config: &Config,
    (format, lang): (Format, Lang),
    file: &Path,
    passphrase: Option<&str>,
    broken_units: bool,
) -> Result<(), Problem> {
    let modules = wiring::modules();
    let steps = wiring::migrations(&modules);
    let db = wiring::open(config).await?;
    let whole = async |conn: &db::Writer| {
        // Who had signed out, or was shut out, since that day must not come in by what was open then.
        webkit::end_everybodys_sessions(conn).await?;
        directory::end_ways_in(conn).await?;
        if broken_units { Ok(()) } else { directory::units_whole(conn).await }
    };
    let done = db::restore_if(&db, &steps, file, passphrase, whole).await?;
    if passphrase.is_some() && !done.is_sealed {
        complain(&webkit::locales(&modules)?.problem(lang, &Problem::bad_input("backup-not-vouched-for")));
    }
    show(format, &json!({ "rows": done.rows, "lacking": done.lacking }));
    directory::Directory::open(db, kernel::Roles::default()).await?.whole()
}

pub async fn check(app: &App, ctx: &Ctx, format: Format) -> Result<(), Problem> {
    let found = db::scrub(app.db(), ctx).await?;
    match format {
        Format::Json => show(format, &json_of(&found)?),
        _ => tell(app, ctx, &found),
    }
    if found.faults.is_empty() { Ok(()) } else { Err(Problem::bad_input("files-broken")) }
}

fn tell(app: &App, ctx: &Ctx, found: &db::Scrub) {
    let args = [
        ("files", found.files.to_string().into()),
        ("bytes", found.bytes.to_string().into()),
        ("count", found.faults.len().to_string().into()),
        ("at", ledger_commands::instant(found.at).into()),
    ];
    let head = if found.faults.is_empty() { "files-checked" } else { "files-checked-faults" };
    say(&app.locales().text(ctx.lang, head, &args));
    for fault in &found.faults {
        let kind = app.locales().text(ctx.lang, &format!("files-{}", fault.kind), &[]);
        say(&format!("- {} {kind} ({})", fault.hash, fault.place));
    }
}

/// Works on a pair that everything else refuses.
pub async fn tie(config: &Config, user: String, (format, lang): (Format, Lang), reason: &str) -> Result<(), Problem> {
    if reason.trim().is_empty() {
        return Err(Problem::bad_input("tie-without-reason"));
    }
    let db = wiring::open(config).await?;
    match db::migrate(&db, &wiring::migrations(&wiring::modules())).await {
        Err(problem) if problem.code != "wrong-pair" => return Err(problem),
        _ => {}
    }
    let ctx = Ctx::new(Actor::Cli(user), lang, Arc::new(wiring::SystemClock), Arc::new(wiring::SystemIds));
    db::tie_anew(&db, &ctx, reason).await?;
    show(format, &json!({ "folder": config.data_dir, "state": "tied" }));
    Ok(())
}
