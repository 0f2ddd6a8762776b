//! One indicator: its parts, by body, over time, and the systems behind it with their reasons.

use std::collections::HashMap;

use axum::extract::Path;
use db::Reader;
use jiff::{ToSpan as _, civil::Date};
use kernel::{Problem, Resource, UnitId, day};
use minijinja::{Value, context};
use webkit::{Outcome, Req, chart, view};

use super::{
    shown::{bar, shown, words},
    stated::stated,
};
use crate::{
    model::{
        SystemId, SystemKind,
        figures::{
            AGENCIES_DOMESTIC, Counts, Definition, ENTERPRISES, Milestone, Part, Rows, body_of, named, over_days,
            percent,
        },
    },
    store::{
        enterprise,
        figures::{
            baseline,
            line::{Asked, Line, lines, reasons},
            value::over_time,
        },
    },
    usecase::{
        figures::{
            milestone::milestones,
            value::{ByBody, Seen, by_body},
        },
        map::may_know,
    },
};

/// Lines of a page; the files hold all.
const SHOWN: usize = 200;
/// The indicator that goes by milestones.
pub const PLATFORMS: &str = "platform.deployed";

/// What the address asks for.
pub struct Chosen {
    pub of: &'static Definition,
    pub part: Part,
    pub seen: Seen,
    pub why: Option<String>,
}

pub fn chosen(req: &Req, code: &str) -> Result<Chosen, Problem> {
    let of = named(code).ok_or_else(Problem::not_found)?;
    let part = of.part(&req.query("part").unwrap_or_default()).ok_or_else(Problem::not_found)?;
    Ok(Chosen { of, part, seen: Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?, why: req.query("why") })
}

impl Chosen {
    /// Whether what counts under this body is shown.
    fn has(&self, owner: UnitId) -> bool {
        self.seen.has_of(self.of, owner)
    }

    /// Whose systems are listed: of a part that only those may know who must, the owners whose networks the reader may know.
    pub fn owners(&self, req: &Req, owners: &[UnitId]) -> Vec<UnitId> {
        let may_know = |owner: &UnitId| may_know(&req.app, &req.ctx, *owner).is_ok();
        let seen = owners.iter().copied().filter(|owner| self.has(*owner));
        if self.part.is_closed { seen.filter(may_know).collect() } else { seen.collect() }
    }

    /// The systems behind it, in the order in which they are counted.
    pub async fn lines(&self, req: &Req, most: usize) -> Result<Vec<Line>, Problem> {
        let conn = req.app.db().read();
        let owners = self.owners(req, &owners(&conn, self.of).await?);
        let is_all = self.seen.is_all(self.of) && !self.part.is_closed;
        let owners = Some(owners.as_slice()).filter(|_| !is_all);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Ok(lines(&conn, &self.asked(req, owners), most).await?)
    }

    fn asked<'a>(&'a self, req: &Req, owners: Option<&'a [UnitId]>) -> Asked<'a> {
        Asked { of: self.of, part: self.part.code, day: req.ctx.today(), owners, why: self.why.as_deref() }
    }
}

/// Under whom this counts anything.
async fn owners(conn: &Reader, of: &Definition) -> Result<Vec<UnitId>, Problem> {
    Ok(match of.rows {
        Rows::Systems => baseline::owners(conn).await?,
        Rows::Enterprises => enterprise::bodies(conn).await?,
    })
}

/// The rate of state-owned enterprises, for the page of the indicator beside which it stands.
async fn beside(req: &Req, chosen: &Chosen) -> Result<Option<Value>, Problem> {
    let Some(of) = named(ENTERPRISES).filter(|_| chosen.of.code == AGENCIES_DOMESTIC) else { return Ok(None) };
    let values = by_body(req.app.bodies(), &req.app.db().read(), of, req.ctx.today()).await?;
    let value = shown(of, chosen.seen.total(of, &values, "all"), req.ctx.lang);
    Ok(Some(context! { code => of.code, key => of.key(), value }))
}

pub async fn page(req: Req, Path(code): Path<String>) -> Outcome {
    let chosen = chosen(&req, &code)?;
    let (conn, of, part) = (req.app.db().read(), chosen.of, chosen.part.code);
    let values = by_body(req.app.bodies(), &conn, of, req.ctx.today()).await?;
    let owners: Vec<UnitId> = owners(&conn, of).await?.into_iter().filter(|owner| chosen.has(*owner)).collect();
    let asked = chosen.asked(&req, Some(owners.as_slice()).filter(|_| !chosen.seen.is_all(of)));
    let reasons = reasons(&conn, &asked).await?;
    let rows = chosen.lines(&req, SHOWN + 1).await?;
    let is_more = rows.len() > SHOWN;
    let systems: Vec<SystemId> = rows.iter().take(SHOWN).filter_map(|line| line.system_id).collect();
    let due = if of.code == PLATFORMS { milestones(&conn, &systems).await? } else { HashMap::new() };
    let line_shown = |line: &Line| line_shown(&req, line, line.system_id.and_then(|id| due.get(&id)));
    let shown_rows: Vec<Value> = rows.iter().take(SHOWN).map(line_shown).collect();
    let total = chosen.seen.total(of, &values, part);
    let is_first = of.part("").is_some_and(|first| first.code == part);
    let stated = if is_first { stated(&req, of, &chosen.seen, &values).await? } else { vec![] };
    let parts = of.parts.iter().map(|one| {
        let value = shown(of, chosen.seen.total(of, &values, one.code), req.ctx.lang);
        context! { code => one.code, value, is_on => one.code == part }
    });
    let page = context! {
        code => of.code, key => of.key(), part, parts => parts.collect::<Vec<_>>(), value => shown(of, total, req.ctx.lang),
        is_of_agencies => of.counts != Counts::Systems, is_closed => chosen.part.is_closed,
        is_of_enterprises => of.rows == Rows::Enterprises, beside => beside(&req, &chosen).await?,
        bodies => by_agency(&req, &chosen, &values), line => line(&req, &chosen).await?,
        stated, reasons => view(reasons), rows => shown_rows, is_more, why => chosen.why.clone(),
        unit => chosen.seen.top.map(|unit| unit.to_string()),
        name => chosen.seen.top.and_then(|unit| req.app.bodies().body(unit)).map(|body| body.name),
    };
    req.page("registry/figure.html", page).await
}

fn line_shown(req: &Req, line: &Line, due: Option<&Milestone>) -> Value {
    let owner = req.app.bodies().body(line.unit_id).map(|body| body.short_name);
    let may_keep = || req.app.check_today(&req.ctx, "registry.edit", Resource::kept("System", line.unit_id));
    context! {
        may_set => line.kind == Some(SystemKind::Platform) && may_keep().is_ok(), id => line.system_id.map(|id| id.to_string()),
        href => line.href(), name => line.name.as_str(), owner, why => line.why.clone(),
        counts => line.numerator == 1, is_whole => line.denominator == 1, rev => due.map_or(0, |due| due.rev),
        due_on => due.map(|due| due.due_on.to_string()), source => due.map(|due| due.source.as_str()),
    }
}

/// A bar for each body, the lowest first; those that have nothing to count last.
fn by_agency(req: &Req, chosen: &Chosen, values: &ByBody) -> Vec<Value> {
    let bodies = req.app.bodies();
    let own = values.iter().filter(|((unit, part), _)| part == chosen.part.code && chosen.has(*unit));
    let mut rows: Vec<(UnitId, (i64, i64))> = own.map(|((unit, _), value)| (*unit, *value)).collect();
    let sort = |unit: UnitId| bodies.body(unit).map(|body| body.sort).unwrap_or_default();
    rows.sort_by_cached_key(|(unit, value)| (value.1 == 0, kernel::share(value.0, value.1, 2), sort(*unit)));
    let row = |(unit, value): (UnitId, (i64, i64))| {
        let name = bodies.body(unit).map(|body| body.name).unwrap_or_default();
        let said = percent(value.0, value.1, req.ctx.lang).unwrap_or_default();
        let look = if value.0 == value.1 { "done" } else { "run" };
        let title = format!("{name}: {}/{} ({said} %)", value.0, value.1);
        // Nothing is no bar at all.
        let picture = if value.0 == 0 || chosen.of.is_waiting {
            String::new()
        } else {
            chart::span(0.0, bar(value), -1.0, look, &title)
        };
        let value = shown(chosen.of, Some(value), req.ctx.lang);
        // What would be refused is no link.
        let is_open = chosen.seen.has(unit);
        context! { unit => unit.to_string(), is_open, name, value, picture => Value::from_safe_string(picture) }
    };
    rows.into_iter().map(row).collect()
}

/// The part over the days that were kept, as a line below the whole; and its points as a table.
async fn line(req: &Req, chosen: &Chosen) -> Result<Value, Problem> {
    let kept = over_time(&req.app.db().read(), chosen.of.code, chosen.part.code).await?;
    let (counts, bodies) = (chosen.of.counts, req.app.bodies());
    let shown_for = |owner| body_of(counts, bodies.as_ref(), owner).filter(|body| chosen.has(*body));
    let points = over_days(counts, &kept, shown_for);
    if chosen.of.is_waiting || points.len() < 2 {
        return Ok(context! { picture => "", points => Vec::<Value>::new() });
    }
    let drawn: Vec<f64> = evenly(&points, req.ctx.today()).into_iter().map(|value| bar(value) * 100.0).collect();
    let title = words(req, &format!("figure-name-{}", chosen.of.key()));
    let picture = Value::from_safe_string(chart::trajectory(&drawn, 100.0, &title));
    let point = |(on, value): &(Date, (i64, i64))| {
        context! { day => day::show(*on, req.ctx.lang), value => shown(chosen.of, Some(*value), req.ctx.lang) }
    };
    // The newest first, as tables are read; the line holds all.
    const POINTS: usize = 60;
    Ok(context! { picture, points => points.iter().rev().take(POINTS).map(point).collect::<Vec<_>>() })
}

/// Values at even distances of time, from the first day that was kept to today: each holds until the next that was kept.
fn evenly(points: &[(Date, (i64, i64))], today: Date) -> Vec<(i64, i64)> {
    const STEPS: i64 = 120;
    let Some((first, _)) = points.first() else { return Vec::new() };
    let days = day::days_until(*first, today).max(1);
    let steps = days.min(STEPS);
    let held = |step: i64| {
        let on = first.saturating_add((days * step / steps).days());
        let count = points.partition_point(|(from, _)| *from <= on);
        count.checked_sub(1).and_then(|at| points.get(at)).map(|(_, value)| *value).unwrap_or_default()
    };
    (0..=steps).map(held).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_value_holds_as_long_as_it_held() {
        let points = [(date(2026, 1, 1), (1, 4)), (date(2026, 1, 2), (2, 4)), (date(2026, 1, 9), (4, 4))];
        let tops: Vec<i64> = evenly(&points, date(2026, 1, 11)).into_iter().map(|(top, _)| top).collect();
        assert_eq!(tops, [1, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4]);
        let years = evenly(&points, date(2030, 1, 1));
        assert_eq!((years.len(), years.first(), years.last()), (121, Some(&(1, 4)), Some(&(4, 4))));
        assert!(evenly(&[], date(2026, 1, 1)).is_empty());
    }
}
