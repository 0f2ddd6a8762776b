//! Value beside effort, as a picture that the server draws, and as a table.

use std::fmt::Write as _;

use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{ListPage, Outcome, Req};

use super::figures::shown::escaped;
use crate::{
    api::paged,
    usecase::value::{Bubble, MOST, bubbles},
};

const WIDTH: i64 = 760;
const HEIGHT: i64 = 420;
const LEFT: i64 = 70;
const EDGE: i64 = 30;
const FOOT: i64 = 46;
/// Parts of an axis.
const TICKS: i64 = 4;
/// The smallest circle, and how much larger the largest is.
const SMALL: i64 = 6;
const LARGER: i64 = 16;

/// From values to places.
#[derive(Debug, Clone, Copy)]
struct Axis {
    low: i64,
    high: i64,
    from: i64,
    to: i64,
}

impl Axis {
    /// Nought is always on it.
    fn of(values: impl Iterator<Item = i64>, (from, to): (i64, i64)) -> Self {
        let (low, high) = values.fold((0, 0), |(low, high), one| (low.min(one), high.max(one)));
        Self { low, high: high.max(low + TICKS), from, to }
    }

    fn at(self, value: i64) -> i64 {
        self.from + (self.to - self.from) * (value - self.low) / (self.high - self.low)
    }

    fn ticks(self) -> impl Iterator<Item = i64> {
        (0..=TICKS).map(move |tick| self.low + (self.high - self.low) * tick / TICKS)
    }
}

/// Its area grows with the users.
fn radius(users: Option<i64>, most: i64) -> i64 {
    SMALL + LARGER * users.unwrap_or(0).max(0).isqrt() / most.max(1).isqrt()
}

pub async fn page(req: Req) -> Outcome {
    let mut said = bubbles(&req.app, &req.ctx, &req.app.db().read()).await?;
    // What the picture shows leads the table.
    said.items.sort_by_key(|one| one.effort.is_none());
    let row = |(line, one): (usize, &Bubble)| {
        let owner = req.app.bodies().body(one.owner).map(|body| body.short_name);
        context! {
            line, id => one.system.to_string(), name => &one.name, owner, strategy => one.strategy.words(),
            value => one.value, effort => one.effort, users => one.users,
        }
    };
    let ListPage { items: rows, next } = paged::page(&req, (1..).zip(&said.items))?;
    let page = context! {
        next => next.map(|after| format!("/systems/value?after={after}#table")), shown => said.items.len(),
        picture => Value::from_safe_string(picture(&req, &said.items)), all => said.all, most => MOST,
        without => said.without_effort, rows => rows.into_iter().map(row).collect::<Vec<_>>(),
    };
    req.page("registry/value.html", page).await
}

/// Each circle has the number of its line in the table; the large ones lie below.
fn picture(req: &Req, items: &[Bubble]) -> String {
    let words = |key: &str| escaped(&req.app.locales().text(req.ctx.lang, key, &[]));
    let known = || (1_i64..).zip(items).filter_map(|(line, one)| Some((line, one, one.effort?)));
    let x = Axis::of(known().map(|(.., effort)| effort), (LEFT, WIDTH - EDGE));
    let y = Axis::of(known().map(|(_, one, _)| one.value), (HEIGHT - FOOT, EDGE));
    let most = items.iter().filter_map(|one| one.users).max().unwrap_or(0);
    let mut out = format!(
        "<svg class=\"systems-bubbles\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"group\" \
         aria-labelledby=\"value-title\"><title id=\"value-title\">{}</title>",
        words("value-picture")
    );
    for tick in x.ticks() {
        let (at, foot) = (x.at(tick), HEIGHT - FOOT);
        let _ = write!(
            out,
            "<line x1=\"{at}\" x2=\"{at}\" y1=\"{EDGE}\" y2=\"{foot}\"/>\
             <text x=\"{at}\" y=\"{}\" text-anchor=\"middle\">{tick}</text>",
            foot + 16
        );
    }
    for tick in y.ticks() {
        let at = y.at(tick);
        let _ = write!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{at}\" y2=\"{at}\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{tick}</text>",
            WIDTH - EDGE,
            LEFT - 6,
            at + 4
        );
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><text x=\"4\" y=\"16\">{}</text>",
        WIDTH - EDGE,
        HEIGHT - 8,
        words("value-effort-axis"),
        words("value-axis")
    );
    let mut drawn: Vec<_> = known().map(|(line, one, effort)| (radius(one.users, most), line, one, effort)).collect();
    drawn.sort_by_key(|(radius, line, ..)| (std::cmp::Reverse(*radius), *line));
    for (radius, line, one, effort) in drawn {
        let (cx, cy, id) = (x.at(effort), y.at(one.value), one.system);
        let _ = write!(
            out,
            "<a href=\"/systems/{id}/assessment\"><title>{}</title><circle cx=\"{cx}\" cy=\"{cy}\" r=\"{radius}\"/>\
             <text x=\"{cx}\" y=\"{}\" text-anchor=\"middle\">{line}</text></a>",
            escaped(&one.name),
            cy + 4
        );
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_between_the_edges_and_nought_is_on_the_axis() {
        let axis = Axis::of([40, 100].into_iter(), (70, 730));
        assert_eq!((axis.at(0), axis.at(100), axis.at(50)), (70, 730, 400));
        let down = Axis::of([-200, 600].into_iter(), (374, 30));
        assert_eq!((down.at(-200), down.at(600)), (374, 30));
        assert_eq!(down.ticks().collect::<Vec<_>>(), [-200, 0, 200, 400, 600]);
        let none = Axis::of(std::iter::empty(), (70, 730));
        assert_eq!((none.at(0), none.at(TICKS)), (70, 730));
    }

    #[test]
    fn a_circle_of_four_times_the_users_is_twice_as_large() {
        assert_eq!([None, Some(0), Some(2_500), Some(10_000)].map(|users| radius(users, 10_000)), [6, 6, 14, 22]);
        assert_eq!(radius(None, 0), 6);
    }
}
