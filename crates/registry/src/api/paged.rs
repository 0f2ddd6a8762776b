//! A page of what is reckoned and stands in no table of its own: `after` is how many came before.

use kernel::Problem;
use webkit::{ListPage, Req};

/// Items of a page.
pub const AT_ONCE: usize = 100;

/// How many came before.
pub fn after(req: &Req) -> Result<usize, Problem> {
    req.query("after").map_or(Ok(0), |text| text.parse().map_err(|_| Problem::not_found()))
}

/// The page that the address asks for, of all there are.
pub fn page<T>(req: &Req, all: impl IntoIterator<Item = T>) -> Result<ListPage<T>, Problem> {
    let from = after(req)?;
    let mut items: Vec<T> = all.into_iter().skip(from).take(AT_ONCE + 1).collect();
    let next = (items.len() > AT_ONCE).then(|| from.saturating_add(AT_ONCE).to_string());
    items.truncate(AT_ONCE);
    Ok(ListPage { items, next })
}
