//! What the command line does with plans.

use std::path::Path;

use db::JobState;
use kernel::{Ctx, Lang, PlanId, Problem};
use plan_reader::Reading;
use programme::{
    PlanReading,
    approve::usecase::{
        plan_approve,
        plan_confirm::{self, ConfirmAct},
        plan_withdraw::{Withdrawing, plan_withdraw},
    },
    gives_no_orders,
    plans::{
        store,
        usecase::{cascade, cascade_book, plan_import, plan_link, plan_remove},
    },
    within_limits,
};
use serde_json::json;
use webkit::App;

use crate::{
    child_process::Readers,
    cli::Format,
    config::Config,
    console::{self, complain, say, show},
    scratch::Scratch,
    wiring,
};

/// That a document gives no orders, as the page of its review says it; none of one that does.
fn without_orders(reading: &Reading, lang: Lang) -> Result<Option<String>, Problem> {
    if !gives_no_orders(&reading.plan) {
        return Ok(None);
    }
    let locales = webkit::locales(&wiring::modules())?;
    let count = reading.coverage;
    let counts =
        [("placed", count.placed.into()), ("narrative", count.narrative.into()), ("unplaced", count.unplaced.into())];
    let said = [locales.text(lang, "no-orders", &[]), locales.text(lang, "no-orders-counts", &counts)];
    Ok(Some(said.join(" ")))
}

/// `spans`: in JSON also where each sentence ended. That a document gives no orders goes to standard error.
pub async fn read(config: &Config, (format, lang): (Format, Lang), file: &Path, spans: bool) -> Result<(), Problem> {
    let program = std::env::current_exe().map_err(Problem::internal)?;
    let readers = Readers::new(program, Scratch::temporary().map_err(Problem::internal)?, config.sandbox);
    let reading = within_limits(readers.read(console::read(file)?, &|_, _| {}).await?)?;
    match format {
        Format::Json => {
            let mut read = serde_json::to_value(&reading.plan).map_err(Problem::internal)?;
            read["coverage"] = serde_json::to_value(reading.coverage).map_err(Problem::internal)?;
            if spans {
                read["spans"] = serde_json::to_value(&reading.places).map_err(Problem::internal)?;
            }
            show(format, &read);
        }
        _ => {
            for task in &reading.plan.tasks {
                say(&format!("{}\t{}\t{}\t{}", task.section.join("."), task.text, task.lead.join("; "), task.time.raw));
            }
        }
    }
    if let Some(said) = without_orders(&reading, lang)? {
        complain(&said);
    }
    Ok(())
}

/// `out`: where the workbook goes, which is written in the form `xlsx` alone.
pub async fn compare(
    app: &App,
    ctx: &Ctx,
    format: Format,
    (below, above): (&str, &str),
    out: Option<&Path>,
) -> Result<(), Problem> {
    let (below, above) = (plan_link::plan_named(app, below).await?, plan_link::plan_named(app, above).await?);
    let compared = cascade::compare(app, above, below).await?;
    if format == Format::Xlsx {
        let out = out.ok_or_else(|| Problem::bad_input("compare-out-missing"))?;
        let time = kernel::day::show_instant(ctx.now(), ctx.lang);
        let as_of = app.locales().text(ctx.lang, "sheet-as-of", &[("time", time.into())]);
        let bytes = cascade_book::workbook(app, ctx.lang, compared, as_of).await?;
        std::fs::write(out, &bytes)
            .map_err(|error| Problem::bad_input("file-unusable").with("file", out.display()).because(error))?;
        show(format, &json!({ "file": out, "bytes": bytes.len() }));
        return Ok(());
    }
    let lines = compared.beside.tasks.lines.iter().map(|line| {
        let differences: Vec<&str> = line.differences().iter().map(|difference| difference.code()).collect();
        let twins: Vec<&str> = line.twins.iter().map(|twin| twin.item.text.as_str()).collect();
        json!({
            "above": line.above.text, "concerns": line.above.concerns, "below": twins.first(), "twins": twins,
            "by_hand": line.twins.iter().any(|twin| twin.by_hand), "merged_into": line.merged_into(), "differences": differences,
        })
    });
    match format {
        Format::Json => show(format, &json!({ "tasks": lines.collect::<Vec<_>>() })),
        _ => {
            for line in compared.beside.tasks.lines.iter().filter(|line| line.above.concerns) {
                let sign = if line.is_taken() { "+" } else { "-" };
                let below = line.twins.iter().map(|twin| twin.item.text.as_str()).collect::<Vec<_>>().join(" | ");
                say(&format!("{sign}\t{}\t{}\t{below}", line.above.section, line.above.text));
            }
        }
    }
    Ok(())
}

pub async fn search(app: &App, format: Format, words: &str) -> Result<(), Problem> {
    let conn = app.db().read();
    let found = store::passage::find(&conn, words, 60).await?;
    let ids: Vec<_> = found.iter().map(|passage| passage.plan_id).collect();
    let plans = store::plan::by_ids(&conn, &ids).await?;
    let label = |id| plans.iter().find(|plan| plan.id == id).map(store::plan::PlanRow::label).unwrap_or_default();
    match format {
        Format::Json => {
            let items = found.iter().map(|passage| json!({ "plan": label(passage.plan_id), "text": passage.text }));
            show(format, &json!({ "items": items.collect::<Vec<_>>() }));
        }
        _ => found.iter().for_each(|passage| say(&format!("{}\t{}", label(passage.plan_id), passage.text))),
    }
    Ok(())
}

pub async fn import(app: &App, ctx: &Ctx, format: Format, file: &Path, approve: bool) -> Result<(), Problem> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id: PlanId = plan_import::plan_import(app, ctx, &name, console::read(file)?.into()).await?;
    db::drain(app.db(), ctx, &app.job_handlers()?).await?;
    let plan = store::plan::any(&app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    if plan.state == "refused" {
        let refusal = plan.refusal.unwrap_or_default();
        let (code, detail) = refusal.split_once('|').unwrap_or((&refusal, ""));
        let code = crate::plan_child::known_code(code);
        return Err(Problem::bad_input(code).with("detail", detail));
    }
    let job = match plan.job_id {
        Some(job) => db::job(&app.db().read(), db::JobId::from_uuid(job)).await?,
        None => None,
    };
    if job.is_some_and(|job| job.state == JobState::Waiting) {
        return Err(Problem::new(kernel::ProblemKind::Unavailable, "database-unavailable"));
    }
    let parts = if approve { Some(plan_approve::plan_approve(app, ctx, id, true).await?) } else { None };
    let state = if approve { "live" } else { plan.state.as_str() };
    show(
        format,
        &json!({ "plan": id.to_string(), "state": state, "number": plan.number, "title": plan.title, "parts": parts }),
    );
    Ok(())
}

/// The console says in a body's name whether a plan is its own.
pub async fn confirm(app: &App, ctx: &Ctx, format: Format, plan: &str, act: &ConfirmAct) -> Result<(), Problem> {
    let id = plan_link::plan_named(app, plan).await?;
    let stored = async || store::plan::any(&app.db().read(), id).await?.ok_or_else(Problem::not_found);
    plan_confirm::plan_confirm(app, ctx, id, stored().await?.rev, act).await?;
    let plan = stored().await?;
    show(format, &json!({ "plan": id.to_string(), "state": plan.state, "confirmation": plan.confirmation }));
    Ok(())
}

/// Withdraws a live plan: why, since when, by which document.
pub async fn withdraw(
    app: &App,
    ctx: &Ctx,
    format: Format,
    plan: &str,
    (reason, day, number): (String, Option<jiff::civil::Date>, String),
) -> Result<(), Problem> {
    let id = plan_link::plan_named(app, plan).await?;
    let row = store::plan::any(&app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let change = plan_withdraw(app, ctx, id, &Withdrawing { rev: row.rev, reason, day, number }).await?;
    show(format, &json!({ "plan": id.to_string(), "state": "withdrawn", "change": change.to_string() }));
    Ok(())
}

/// Takes an upload away that nothing came of.
pub async fn remove(app: &App, ctx: &Ctx, format: Format, plan: &str, reason: &str) -> Result<(), Problem> {
    // What was refused is found by its id alone.
    let id: PlanId = match plan.parse() {
        Ok(id) => id,
        Err(_) => plan_link::plan_named(app, plan).await?,
    };
    let row = store::plan::any(&app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    plan_remove::plan_remove(app, ctx, id, row.rev, reason).await?;
    show(format, &json!({ "removed": id.to_string() }));
    Ok(())
}
