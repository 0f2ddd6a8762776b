//! What a list and the jump box show of somebody's views.

use kernel::{Problem, text::begins_all};
use minijinja::{Value, context};

use super::{
    act::holder,
    places::{Lists, Pairs},
    store::{self, ViewRow},
};
use crate::{Hit, Req};

/// The reader's views of the list at this path, for `webkit/view_bar.html`, beside what is open of it; none for who keeps none.
///
/// # Errors
/// Where the views cannot be read.
pub async fn saved_views(req: &Req, path: &str, open: &str) -> Result<Option<Value>, Problem> {
    let (Some(person), Some(place)) = (holder(&req.ctx), req.app.get::<Lists>()?.at(path)) else { return Ok(None) };
    let sorted = |query: &str| {
        let (mut pairs, _): (Pairs, Pairs) = place.understood(query);
        pairs.sort_unstable();
        pairs
    };
    let query = place.kept(place.understood(open).0);
    let here = sorted(&query);
    let rows = store::of(&req.app.db().read(), person).await?;
    let row = |view: &ViewRow| {
        let is_here = sorted(&view.query) == here;
        context! { id => view.id().to_string(), name => view.name.as_str(), rev => view.rev, is_here }
    };
    let rows: Vec<Value> = rows.iter().filter(|view| view.register == path).map(row).collect();
    Ok(Some(context! { register => path, query, rows }))
}

/// The key of what a list is called: `nav-tasks` of `/tasks`, as the navigation has it.
pub(super) fn label(path: &str) -> String {
    format!("nav{}", path.replace('/', "-"))
}

/// The reader's own views whose names, or whose list's, have these words.
pub(crate) async fn found(req: &Req, words: &str) -> Result<Vec<Hit>, Problem> {
    let Some(person) = holder(&req.ctx) else { return Ok(vec![]) };
    let lists = req.app.get::<Lists>()?;
    let hit = |view: ViewRow| {
        let place = lists.at(&view.register)?;
        req.app.authorizer().check_route(&req.ctx, place.action()).ok()?;
        let list = req.app.locales().text(req.ctx.lang, &label(place.path()), &[]);
        let is_meant = begins_all(&format!("{} {list}", view.name), words);
        let href = format!("/views/{}", view.id());
        is_meant.then(|| Hit { text: view.name.into_string(), note: list, href })
    };
    Ok(store::of(&req.app.db().read(), person).await?.into_iter().filter_map(hit).collect())
}
