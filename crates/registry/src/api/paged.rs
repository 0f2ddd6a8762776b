//! Pages of what is no register. Of what is reckoned and stands in no table of its own `after` is how many came before.

use db::Reader;
use kernel::Problem;
use webkit::{ListPage, Req};

use crate::{
    model::{Bill, Component, ComponentId},
    store::components::of,
};

/// Items of a page.
pub const AT_ONCE: usize = 100;

/// How many came before; what is no number is refused as any other list refuses a cursor that it did not give.
pub fn after(req: &Req) -> Result<usize, Problem> {
    req.query("after").map_or(Ok(0), |text| text.parse().map_err(|_| Problem::bad_input("bad-cursor")))
}

/// The page that the address asks for, of all there are.
pub fn page<T>(req: &Req, all: impl IntoIterator<Item = T>) -> Result<ListPage<T>, Problem> {
    let from = after(req)?;
    Ok(cut(from, all.into_iter().skip(from).take(AT_ONCE + 1).collect()))
}

/// The page of those that come after so many: where there is another one, there is one item more than a page has.
pub fn cut<T>(from: usize, mut items: Vec<T>) -> ListPage<T> {
    let next = (items.len() > AT_ONCE).then(|| from.saturating_add(AT_ONCE).to_string());
    items.truncate(AT_ONCE);
    ListPage { items, next }
}

/// So many components of a list behind the one that the address names, and the one that asks for the next page.
pub async fn components(
    req: &Req,
    conn: &Reader,
    bill: Option<&Bill>,
    most: usize,
) -> Result<(Vec<Component>, Option<ComponentId>), Problem> {
    let after = req.query("after").map(|text| text.parse().map_err(|_| Problem::bad_input("bad-cursor")));
    let after: Option<ComponentId> = after.transpose()?;
    let Some(bill) = bill else { return Ok((vec![], None)) };
    let mut some = of(conn, bill, after, most + 1).await?;
    let is_more = some.len() > most;
    some.truncate(most);
    let next = some.last().filter(|_| is_more).map(|last| last.id);
    Ok((some, next))
}
