//! Commands about reports, the calendar and the demo year.

use programme::ids::ReportId;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use directory::usecase::demo::PASSWORD;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Actor, Clock, Ctx, Lang, PlanId, Problem, WorkCalendar};
use programme::{
    demo::demo_year::{self, Year},
    plans::{self, usecase::plan_link},
    reporting::{
        store::{self, report::ReportRow},
        usecase::{report_content, report_export, report_paper},
    },
    work::usecase::paper,
};
use serde_json::{Value as Json, json};
use webkit::App;

use crate::{
    cli::{CalendarCommand, Format},
    config::Config,
    console::say,
    wiring,
};

/// The end of so many working days, with how it came about.
pub fn deadline(app: &App, command: &CalendarCommand) -> Result<Json, Problem> {
    let CalendarCommand::Deadline { from, days, cutoff } = command;
    if !(1..=1000).contains(days) {
        return Err(Problem::bad_input("days-wrong"));
    }
    let calendar = app.get::<directory::Directory>()?.calendar();
    let deadline = calendar.within(*from, *days, Some(*cutoff));
    Ok(json!({
        "due": deadline.due.to_string(), "received": deadline.received.map(|day| day.to_string()), "days": days,
        "cutoff": cutoff.strftime("%H:%M").to_string(), "known": calendar.knows(deadline.due.year()),
    }))
}

/// Reports as a list: plan, period, body, state.
pub async fn list(app: &App) -> Result<Json, Problem> {
    let conn = app.db().read();
    let about = about(&conn).await?;
    let plans: Vec<_> = about.values().flatten().flatten().map(|plan| plan.uuid()).collect();
    let plans = plans::store::plan::by_ids(&conn, &plans).await?;
    let labels: HashMap<PlanId, String> = plans.iter().map(|plan| (plan.id(), plan.label())).collect();
    let mut items = Vec::new();
    for row in store::report::all(&conn).await? {
        let plans = about.get(&row.id()).into_iter().flatten().flatten();
        let plans: Vec<&str> = plans.filter_map(|plan| labels.get(plan)).map(String::as_str).collect();
        items.push(json!({
            "id": row.id().to_string(), "plan": plans.join("; "), "period": row.label, "body": name(app, &row)?, "state": row.state,
            "due_on": row.due_on, "number": row.number, "consolidated": row.consolidated, "version": row.version,
        }));
    }
    Ok(json!({ "items": items }))
}

/// Of each report the plans that its duties are about; none for a duty about all work.
async fn about(conn: &db::Reader) -> Result<HashMap<ReportId, Vec<Option<PlanId>>>, Problem> {
    let mut out: HashMap<ReportId, Vec<Option<PlanId>>> = HashMap::new();
    for row in store::report::about(conn).await? {
        out.entry(ReportId::from_uuid(row.report_id)).or_default().push(row.plan_id.map(PlanId::from_uuid));
    }
    Ok(out)
}

fn name(app: &App, row: &ReportRow) -> Result<String, Problem> {
    let body = kernel::Bodies::body(app.get::<directory::Directory>()?, row.unit());
    Ok(body.map(|body| body.name).unwrap_or_default())
}

/// The newest report of a period: of a unit, or the consolidated one; of a plan where one is named.
async fn find(app: &App, plan: Option<&str>, period: &str, unit: Option<&str>) -> Result<ReportRow, Problem> {
    let conn = app.db().read();
    let wanted = match plan {
        Some(plan) => Some(plan_link::plan_named(app, plan).await?),
        None => None,
    };
    let about = about(&conn).await?;
    let mut found: Option<ReportRow> = None;
    for row in store::report::under(&conn, period, unit.is_none()).await? {
        if let Some(unit) = unit
            && name(app, &row)? != unit
        {
            continue;
        }
        // A duty about all work is about this plan too.
        let is_about = |wanted: PlanId| {
            about.get(&row.id()).is_some_and(|plans| plans.iter().any(|plan| plan.is_none_or(|plan| plan == wanted)))
        };
        if wanted.is_some_and(|wanted| !is_about(wanted)) {
            continue;
        }
        if found.as_ref().is_none_or(|old| old.version < row.version) {
            found = Some(row);
        }
    }
    let id: ReportId = found.ok_or_else(|| Problem::bad_input("no-such-report").with("period", period))?.id();
    store::report::get(&conn, id).await?.ok_or_else(Problem::not_found)
}

/// Writes a report into a file.
pub async fn export(
    app: &App,
    ctx: &Ctx,
    format: Format,
    (plan, period, unit): (Option<&str>, &str, Option<&str>),
    out: &Path,
) -> Result<Json, Problem> {
    let row = find(app, plan, period, unit).await?;
    let content = report_content::content(app, ctx, &row).await?;
    let form = match format {
        Format::Docx => Some(paper::Form::Docx),
        Format::Pdf => Some(paper::Form::Pdf),
        Format::Html => Some(paper::Form::Html),
        Format::Xlsx => None,
        Format::Table | Format::Json | Format::Cyclonedx => return Err(Problem::bad_input("export-format")),
    };
    let bytes = match form {
        Some(form) => paper::written(app, report_paper::paper(app, ctx, &row, &content).await?, form).await?,
        None => report_export::workbook(app, &row, content).await?,
    };
    std::fs::write(out, &bytes)
        .map_err(|error| Problem::bad_input("file-unusable").with("file", out.display()).because(error))?;
    Ok(json!({ "report": row.id().to_string(), "file": out, "bytes": bytes.len() }))
}

/// What was played, and how to look at it.
pub fn say_year(config: &Config, lang: Lang, year: &Year) -> Result<(), Problem> {
    let locales = webkit::locales(&wiring::modules())?;
    let text = |key: &str, args: &[(&str, String)]| {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        locales.text(lang, key, &args)
    };
    let periods = year.periods.len().to_string();
    say(&text("demo-year-played", &[("acts", year.acts.to_string()), ("periods", periods)]));
    let place = match (&config.file, config.database_url.is_some()) {
        (_, true) => "--database-url-file …".to_owned(),
        (Some(_), false) => String::new(),
        (None, false) => format!("--data-dir {}", config.data_dir.display()),
    };
    say(&text("demo-year-now-run", &[("command", format!("dinh serve {place}").trim().to_owned())]));
    say(&text("demo-year-sign-in", &[("url", config.base_url()), ("password", PASSWORD.to_owned())]));
    for (login, title) in directory::usecase::demo::logins() {
        say(&format!("  {login:<11}  {title}"));
    }
    Ok(())
}

/// A clock that stands where the player puts it.
#[derive(Debug)]
struct PlayClock(Mutex<Timestamp>);

impl Clock for PlayClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn morning(day: Date) -> Timestamp {
    day.at(8, 0, 0, 0).to_zoned(TimeZone::fixed(jiff::tz::offset(7))).map(|at| at.timestamp()).unwrap_or_default()
}

/// Plays the twelve months up to today in an empty data folder, so that the server can go on from there.
pub async fn demo_year(config: &Config) -> Result<Year, Problem> {
    let last = kernel::ctx::vietnam(wiring::SystemClock.now());
    let clock = Arc::new(PlayClock(Mutex::new(morning(demo_year::first_day(last)))));
    let program = std::env::current_exe().map_err(Problem::internal)?;
    let db = wiring::open(config).await?;
    // Before anything is written: the clock of the play is a year behind what is there.
    let pending = db::pending(&db, &wiring::migrations(&wiring::modules())).await?;
    let is_empty =
        pending.fresh || pending.steps.is_empty() && db::ledger_page(&db.read(), None, None, 1).await?.is_empty();
    if !is_empty {
        return Err(
            Problem::new(kernel::ProblemKind::Conflict, "demo-into-used").with("folder", config.data_dir.display())
        );
    }
    let app = wiring::wired(db, config, clock.clone(), Arc::new(wiring::SystemIds), program).await?;
    let ctx = app.ctx(Actor::System("demo"), Lang::Vi);
    for fill in app.modules().iter().filter_map(|module| module.demo) {
        fill(&app, &ctx).await?;
    }
    let go = move |day: Date| *clock.0.lock().unwrap_or_else(PoisonError::into_inner) = morning(day);
    let year = demo_year::play(&app, &ctx, last, &go).await?;
    app.db().checkpoint().await?;
    Ok(year)
}
