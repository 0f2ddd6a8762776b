//! The list of bodies for who fills a field without script, or wants to see whom a group means.

use kernel::{Bodies as _, Group, Hit, Search};
use minijinja::{Value, context};
use webkit::{Outcome, Req, url_encode};

use crate::{
    Directory,
    api::bodies::{near, note},
};

const PAGE: usize = 50;
/// Nobody reads further; more words find it.
const FURTHEST: usize = 5_000;

pub async fn show(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let (near, day) = (near(&req), req.ctx.today());
    let words = req.query("q").unwrap_or_default();
    let from = req.query("from").and_then(|from| from.parse().ok()).unwrap_or(0).min(FURTHEST);
    let found = directory.search(&Search { words: &words, near: &near, day, from, limit: PAGE }, &|_| true);
    let tree = directory.tree();
    let row = |hit: &Hit| context! { id => hit.unit.to_string(), written => hit.written.clone(), short => hit.short_name.clone(), note => note(&req, hit) };
    let group = |group: &Group| {
        let members = group.units.iter().filter_map(|unit| tree.hit(*unit, day));
        let members: Vec<Value> = members.map(|hit| row(&hit)).collect();
        context! { name => group.name.clone(), count => members.len(), members }
    };
    let next = (from + PAGE < found.count.min(FURTHEST))
        .then(|| format!("/pick?q={}&from={}", url_encode(&words), from + PAGE));
    let page = context! {
        words, count => found.count, next, first => from + 1, last => from + found.bodies.len(),
        rows => found.bodies.iter().map(row).collect::<Vec<_>>(),
        groups => if from == 0 { found.groups.iter().map(group).collect() } else { vec![] },
    };
    req.page("directory/pick.html", page).await
}
