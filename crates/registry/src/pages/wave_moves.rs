//! The waves as projects carry them out: how far each is, and when its systems move.

use std::collections::HashMap;

use jiff::{Span as Length, civil::Date};
use kernel::{Code as _, day::show as show_day};
use minijinja::{Value, context};
use webkit::{ListPage, Outcome, Req, view};

use super::gantt::{Gantt, Line, closed_words};
use crate::{
    api::paged,
    model::{System, moves::MigrationState},
    usecase::moves::{
        open::{may_move, may_open},
        wave::{Turn, WaveDays, days_of, progress, systems, turns},
    },
};

/// Days before and behind a wave that its picture has at most: a window that lies further off stands at the edge.
const AROUND: i64 = 183;

fn words(req: &Req, key: &str) -> String {
    req.app.locales().text(req.ctx.lang, key, &[])
}

fn days_said(req: &Req, (from, to): (Date, Date)) -> String {
    let day = |day: Date| show_day(day, req.ctx.lang);
    if from == to { day(from) } else { format!("{} – {}", day(from), day(to)) }
}

/// A system of the wave with its project, or with the form that opens one for who may.
fn row(req: &Req, turn: &Turn, system: &System) -> Value {
    let may = || may_open(&req.app, &req.ctx, system).is_ok() && may_move(system).is_ok();
    let href = match turn.project {
        Some(project) => Some(format!("/migrations/{}", project.id)),
        None => may().then(|| format!("/systems/{}/migrate", turn.system)),
    };
    let state = turn.project.map(|project| (project.state.words(), project.state.look()));
    let owner = req.app.bodies().body(system.owner_id).map(|body| body.short_name);
    let (state, look) = state.unzip();
    let window = turn.window().map(|window| days_said(req, window));
    context! { name => system.name.as_str(), owner, state, look, href, window }
}

/// Its bar: the window of its project, else the whole wave.
fn line(req: &Req, turn: &Turn, system: &System, wave: &WaveDays) -> Line {
    let (window, state) = (turn.window(), turn.project.map(|project| project.state));
    let days = window.unwrap_or(wave.days);
    let state_words = state.map_or_else(|| "migration-unopened".to_owned(), MigrationState::words);
    let says = format!("{}: {}", words(req, &state_words), days_said(req, days));
    Line {
        name: system.name.to_string(),
        href: Some(format!("/systems/{}", turn.system)),
        heard: format!("{}: {says}", system.name),
        says,
        days,
        way: turn.project.map(|project| format!("/migrations/{}", project.id)),
        look: if window.is_some() { state.map_or("none", MigrationState::look) } else { "none whole" },
        closed: wave.own.get(&turn.system).cloned().unwrap_or_default(),
        takes: None,
    }
}

/// The systems of a page of a wave in time.
fn picture(req: &Req, (number, wave): (i64, &WaveDays), lines: &[Line]) -> Value {
    let (first, last) = wave.days;
    let far = Length::new().days(AROUND);
    let from = lines.iter().map(|line| line.days.0).fold(first, Date::min).max(first.saturating_sub(far));
    let to = lines.iter().map(|line| line.days.1).fold(last, Date::max).min(last.saturating_add(far));
    let title = req.app.locales().text(req.ctx.lang, "wave-gantt", &[("wave", number.into())]);
    let (days, today) = ((from, to), req.ctx.today());
    let drawn = Gantt { title: &title, days, today, closed: &wave.closed, lines };
    context! { drawn => Value::from_safe_string(drawn.svg()), closed => closed_words(req, &wave.closed, days) }
}

pub async fn show(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let all = turns(&req.app, &req.ctx).await?;
    let wave = req.query("wave").and_then(|text| text.parse::<i64>().ok());
    let of_wave: Vec<&Turn> = all.iter().filter(|turn| Some(turn.wave) == wave).collect();
    let (count, wave) = (of_wave.len(), wave.filter(|_| !of_wave.is_empty()));
    let ListPage { items: own, next } = paged::page(&req, of_wave)?;
    let next = next.zip(wave).map(|(after, wave)| format!("/migrations/waves?wave={wave}&after={after}#wave"));
    let systems = systems(&conn, &own).await?;
    let found: Vec<(&Turn, &System)> =
        own.iter().filter_map(|turn| Some((*turn, systems.get(&turn.system)?))).collect();
    let days = match wave {
        Some(wave) => days_of(&conn, wave, &own).await?.map(|days| (wave, days)),
        None => None,
    };
    let picture = days.as_ref().filter(|_| !found.is_empty()).map(|(number, days)| {
        let lines: Vec<Line> = found.iter().map(|(turn, system)| line(&req, turn, system, days)).collect();
        picture(&req, (*number, days), &lines)
    });
    let page = context! {
        waves => view(progress(&conn, &all).await?), wave, next, picture, count, shown => found.len(),
        days => days.as_ref().map(|(_, days)| days_said(&req, days.days)),
        items => found.iter().map(|(turn, system)| row(&req, turn, system)).collect::<Vec<Value>>(),
        states => ["planned", "running", "cut_over", "accepted", "rolled_back"],
        words => MigrationState::ALL.iter().map(|state| (state.code(), state.words())).collect::<HashMap<_, _>>(),
    };
    req.page("registry/wave_moves.html", page).await
}
