//! What a new province needs, in order, each line computed from what is there.

use directory::{
    Directory,
    usecase::standing::{Standing, standing},
};
use kernel::{Problem, WorkCalendar as _};
use minijinja::{Value, context};
use programme::overview::usecase::beginning::{Beginning, beginning};
use webkit::{Outcome, Req, check::Level};

use crate::{config::Config, doctor};

/// A line of the list: what is there, and where it is done; nowhere for what others do, or what stands in the settings.
#[derive(Clone)]
struct Line {
    name: &'static str,
    done: bool,
    found: String,
    href: &'static str,
    act: &'static str,
}

impl Line {
    fn new(name: &'static str, done: bool, found: String) -> Self {
        Self { name, done, found, href: "", act: "" }
    }

    fn at(self, href: &'static str, act: &'static str) -> Self {
        Self { href, act, ..self }
    }
}

pub async fn show(req: Req) -> Outcome {
    let there = standing(req.app.get::<Directory>()?, &req.ctx).await?;
    let begun = beginning(&req.app).await?;
    let lines = [people(&req, &there), machine(&req)?, programme(&req, &begun)].concat();
    let next = lines.iter().position(|line| !line.done && !line.href.is_empty());
    let (all, settled) = (lines.len(), lines.iter().filter(|line| line.done).count());
    let shown = lines.iter().enumerate().map(|(at, line)| {
        context! { name => line.name, done => line.done, found => line.found.as_str(), href => line.href, act => line.act, next => Some(at) == next }
    });
    req.page("administration/setup.html", context! { lines => shown.collect::<Vec<Value>>(), all, settled }).await
}

fn text(req: &Req, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<(&str, webkit::FluentValue<'_>)> =
        args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    req.app.locales().text(req.ctx.lang, key, &args)
}

fn counted(req: &Req, name: &'static str, count: i64, least: i64) -> Line {
    Line::new(name, count >= least, text(req, &format!("setup-{name}-found"), &[("count", count.to_string())]))
}

fn people(req: &Req, there: &Standing) -> Vec<Line> {
    let units = i64::try_from(there.units).unwrap_or(i64::MAX);
    vec![
        counted(req, "units", units, 2).at("/units", "units-act"),
        counted(req, "administrators", there.system_administrators, 2)
            .at("/people/new?role=system_admin", "person-act"),
        counted(req, "people", there.people, 3).at("/people/import", "people-act"),
        counted(req, "programme", there.programme, 1).at("/people/new?role=programme", "person-act"),
        counted(req, "leaders", there.leaders, 1).at("/people/new?role=leader", "person-act"),
    ]
}

fn machine(req: &Req) -> Result<Vec<Line>, Problem> {
    let config = req.app.get::<Config>()?;
    let year = req.ctx.today().year();
    let knows = req.app.get::<Directory>()?.calendar().knows(year);
    let of = |name: &'static str, done: bool, args: &[(&str, String)]| {
        let ending = if done { "found" } else { "lacks" };
        Line::new(name, done, text(req, &format!("setup-{name}-{ending}"), args))
    };
    let backup = doctor::backup(&req.app, &req.ctx);
    Ok(vec![
        of("calendar", knows, &[("year", year.to_string())]).at("/calendar", "calendar-act"),
        of("address", config.base_url.is_some(), &[("url", config.base_url())]).at("", "toml"),
        of("mail", config.mail_from.is_some(), &[("from", config.mail_from.clone().unwrap_or_default())])
            .at("", "toml"),
        Line::new("backup", backup.level == Level::Ok, backup.words(req.app.locales(), req.ctx.lang)),
    ])
}

fn programme(req: &Req, begun: &Beginning) -> Vec<Line> {
    let plans = [("plans", begun.plans.to_string()), ("live", begun.live.to_string())];
    let charges = i64::try_from(begun.charges).unwrap_or(i64::MAX);
    vec![
        Line::new("plan", begun.live > 0, text(req, "setup-plan-found", &plans)).at("", "by-programme"),
        counted(req, "charge", charges, 1).at("", "by-programme"),
    ]
}
