//! The statements of a register.

use db::{DbError, FromQueryResult, QueryResult, Reader, Where, matching};
use kernel::{Ctx, Problem, paging};
use uuid::Uuid;

use super::{
    Listable, Register, Search, permitted,
    view::{Chosen, View},
};
use crate::{App, Req};

/// A row with its place in the order.
pub(super) struct Keyed<R> {
    pub sort: String,
    pub id: Uuid,
    pub row: R,
}

impl<R: FromQueryResult> FromQueryResult for Keyed<R> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, db::DriverError> {
        let (sort, id) = (row.try_get(prefix, "register_sort")?, row.try_get(prefix, "register_key")?);
        Ok(Self { sort, id, row: R::from_query_result(row, prefix)? })
    }
}

impl<R: Listable> Register<R> {
    /// What a reader may see.
    pub(super) fn permitted(&self, app: &App, ctx: &Ctx, conn: &Reader) -> Where {
        let mut list = Where::default();
        if !ctx.actor.is_trusted() {
            let reach = |held| app.authorizer().reach(ctx, held);
            permitted(self.rule, &self.grounds, reach, conn.is_sqlite(), &mut list);
        }
        list
    }

    /// What a reader asked for of it.
    pub(super) fn conditions(&self, app: &App, ctx: &Ctx, conn: &Reader, view: &View<R>) -> Where {
        let mut list = self.permitted(app, ctx, conn);
        for (filter, chosen) in &view.chosen {
            let mut condition = filter.condition.to_owned();
            if condition.contains("{today}") {
                condition = condition.replace("{today}", &list.bind(ctx.today().to_string()));
            }
            let value = match chosen {
                Chosen::Code(code) => Some(list.bind(*code)),
                Chosen::Unit(unit) => Some(list.bind(unit.uuid())),
                Chosen::Flag => None,
            };
            list.and(&value.map_or(condition.clone(), |value| condition.replace("{}", &value)));
        }
        match self.search {
            Search::Fold(column) => {
                for word in db::words(&view.words) {
                    let mark = list.bind(format!("%{word}%"));
                    list.and(&format!("{column} LIKE {mark}"));
                }
            }
            Search::Index(table, column) => {
                if let Some((select, value)) = matching(conn.backend(), table, &view.words, list.values.len() + 1) {
                    list.values.push(value.into());
                    list.and(&format!("{column} IN ({select})"));
                }
            }
        }
        list
    }

    /// Rows after a place in the order.
    pub(super) async fn rows(
        &self,
        conn: &Reader,
        mut list: Where,
        sort: &str,
        after: Option<(String, Uuid)>,
        limit: u64,
    ) -> Result<Vec<Keyed<R>>, DbError> {
        if let Some((key, id)) = after {
            let (key, id) = (list.bind(key), list.bind(id));
            list.and(&format!("{sort} > {key} OR ({sort} = {key} AND {} > {id})", self.id));
        }
        let Self { select, id, from, .. } = self;
        let sql = format!(
            "SELECT {select}, {sort} AS register_sort, {id} AS register_key FROM {from}{} ORDER BY {sort}, {id} LIMIT {limit}",
            list.sql()
        );
        conn.all(&sql, list.values).await
    }

    /// One page of what the address asks for.
    pub(super) async fn items(&self, req: &Req, view: &View<R>) -> Result<paging::Page<Keyed<R>>, Problem> {
        let conn = req.app.db().read();
        let list = self.conditions(&req.app, &req.ctx, &conn, view);
        let rows = self.rows(&conn, list, view.sort.column, view.after.clone(), paging::PAGE_SIZE + 1).await?;
        Ok(paging::Page::from_surplus(rows, paging::PAGE_SIZE, |row| (row.sort.clone(), row.id)))
    }

    /// How many there are, counted no further than `most`.
    pub(super) async fn count(&self, req: &Req, view: &View<R>, most: i64) -> Result<i64, DbError> {
        let conn = req.app.db().read();
        let list = self.conditions(&req.app, &req.ctx, &conn, view);
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {}{} LIMIT {most}) AS counted", self.from, list.sql());
        conn.count(&sql, list.values).await
    }

    /// One row, where the reader may see it.
    pub(super) async fn one(&self, req: &Req, id: Uuid) -> Result<Option<R>, DbError> {
        let conn = req.app.db().read();
        let mut list = self.permitted(&req.app, &req.ctx, &conn);
        let mark = list.bind(id);
        list.and(&format!("{} = {mark}", self.id));
        let sort = self.sorts.first().map_or(self.id, |sort| sort.column);
        Ok(self.rows(&conn, list, sort, None, 1).await?.pop().map(|keyed| keyed.row))
    }
}
