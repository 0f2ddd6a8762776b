//! Availability as pages show it, and the page on which the monitoring's list is looked at and taken in.

use db::Reader;
use kernel::{Lang, Problem};
use minijinja::{Value, context};
use webkit::{ImportAct, ImportPage, Req};

use crate::{
    model::{
        availability::{Availability, Monitored},
        moves::Migration,
    },
    usecase::availability,
};

pub static IMPORT: ImportAct<Monitored> = ImportAct {
    path: "/systems/availability/import",
    action: "registry.import",
    page: ImportPage { title: "availability-import", above: ("/systems", "nav-systems"), more: None, unit: None },
    done: "availability-imported",
    preview: |core, ctx, bytes| Box::pin(availability::availability_preview(core, ctx, bytes)),
    take: |core, ctx, preview| Box::pin(availability::availability_import(core, ctx, preview)),
    call: None,
};

/// Months as rows of a table.
pub fn rows(all: &[Availability], lang: Lang) -> Vec<Value> {
    let row = |one: &Availability| {
        context! {
            id => one.id.to_string(), month => one.month_said(), down => one.minutes_down,
            planned => one.minutes_planned, percent => one.percent(lang), source => one.source.as_str(),
            rev => one.rev,
        }
    };
    all.iter().map(row).collect()
}

/// What was measured since a project cut its system over, for who accepts it; or that nothing was.
pub async fn since_cut_over(req: &Req, conn: &Reader, row: &Migration) -> Result<Option<String>, Problem> {
    let Some(day) = row.cut_over_on else { return Ok(None) };
    let all = availability::since(conn, row.system_id, day).await?;
    let text = |key: &str, args: &[(&str, webkit::FluentValue<'_>)]| req.app.locales().text(req.ctx.lang, key, args);
    let day = kernel::day::show(day, req.ctx.lang);
    let Some(worst) = all.iter().max_by_key(|one| one.minutes_down) else {
        return Ok(Some(text("availability-none-since", &[("day", day.into())])));
    };
    let args = [
        ("day", day.into()),
        ("months", all.len().to_string().into()),
        ("minutes", all.iter().map(|one| one.minutes_down).sum::<i64>().to_string().into()),
        ("month", worst.month_said().into()),
        ("percent", worst.percent(req.ctx.lang).unwrap_or_else(|| "–".into()).into()),
    ];
    Ok(Some(text("availability-since", &args)))
}
