//! The statements of a register.

use db::{DbError, FromQueryResult, QueryResult, Reader, Where};
use kernel::{Ctx, Problem, Rule, paging};
use uuid::Uuid;

use super::{
    Listable, Register, Sort,
    rights::permitted_among,
    view::{Chosen, View},
};
use crate::{Core, Req};

/// Of more rows than these it is only said that they are more.
pub(super) const MANY: i64 = 1000;

/// How many rows match, counted no further than one beyond [`MANY`], and how many of these are what people mean by the name of
/// the register: all where it holds nothing else.
#[derive(Default, FromQueryResult)]
pub(super) struct Counted {
    pub count: i64,
    pub part: i64,
}

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
    pub(super) fn permitted(&self, core: &Core, ctx: &Ctx, conn: &Reader) -> Where {
        self.permitted_by(self.rule, core, ctx, conn, false)
    }

    /// The same by another rule over the same grounds; `is_few` where the list is cut down otherwise too.
    pub(super) fn permitted_by(&self, rule: &Rule, core: &Core, ctx: &Ctx, conn: &Reader, is_few: bool) -> Where {
        let mut list = Where::default();
        if !ctx.actor.is_trusted() {
            let reach = |held| core.authorizer().reach(ctx, held);
            let closed = core.authorizer().compartments();
            permitted_among(rule, &self.grounds, closed, reach, (conn.is_sqlite(), is_few), &mut list);
        }
        list
    }

    /// What a reader asked for of it.
    pub(super) fn conditions(&self, core: &Core, ctx: &Ctx, conn: &Reader, view: &View<R>) -> Where {
        let mut list = self.permitted_by(self.rule, core, ctx, conn, !view.chosen.is_empty());
        // What a reader may see binds nothing but units.
        let is_of_units =
            !list.values.is_empty() || view.chosen.iter().any(|(_, chosen)| matches!(chosen, Chosen::Unit(_)));
        for (filter, chosen) in &view.chosen {
            let mut condition = filter.condition.to_owned();
            if is_of_units && conn.is_sqlite() && matches!(chosen, Chosen::Code(_)) {
                // The rows of some units are few, those of a code many: SQLite does not know it, and takes either index.
                condition = format!("+({condition})");
            }
            if condition.contains("{today}") {
                condition = condition.replace("{today}", &list.bind(ctx.today().to_string()));
            }
            if condition.contains("{own}") {
                let own = core.authorizer().scope(ctx).own;
                condition = condition.replace("{own}", &list.list(own.iter().map(|unit| unit.uuid())));
            }
            let value = match chosen {
                Chosen::Code(code) => Some(list.bind(*code)),
                Chosen::Unit(unit) if condition.contains("{units}") => {
                    let own = core.bodies().answer_for(&[*unit]);
                    // A body that is no more answers for nobody, and is still found by its own name.
                    let gone = Some(*unit).filter(|unit| !own.contains(unit));
                    let units = list.list(own.iter().copied().chain(gone).map(|unit| unit.uuid()));
                    condition = condition.replace("{units}", &units);
                    None
                }
                Chosen::Unit(unit) => Some(list.bind(unit.uuid())),
                Chosen::Text(text) => Some(list.bind(text.as_str())),
                Chosen::Flag => None,
            };
            list.and(&value.map_or(condition.clone(), |value| condition.replace("{}", &value)));
        }
        self.worded(&mut list, &view.words);
        list
    }

    /// Only rows that hold every one of these words.
    pub(super) fn worded(&self, list: &mut Where, words: &str) {
        for word in db::words(words) {
            let mark = list.bind(format!("%{word}%"));
            list.and(&format!("{} LIKE {mark}", self.folded));
        }
    }

    /// Rows after a place in the order; `walk` says that so many match that walking the order finds them sooner than gathering
    /// and sorting all. PostgreSQL knows by its statistics, SQLite has to be told.
    pub(super) async fn rows(
        &self,
        conn: &Reader,
        mut list: Where,
        sort: &Sort,
        after: Option<(String, Uuid)>,
        limit: u64,
        walk: bool,
    ) -> Result<Vec<Keyed<R>>, DbError> {
        let Sort { column, index, is_falling, .. } = sort;
        let (beyond, falling) = if *is_falling { ("<", " DESC") } else { (">", "") };
        if let Some((key, id)) = after {
            let (key, id) = (list.bind(key), list.bind(id));
            list.and(&format!("({column}, {}) {beyond} ({key}, {id})", self.id));
        }
        let Self { select, id, .. } = self;
        let hint = if walk && conn.is_sqlite() { format!(" INDEXED BY {index}") } else { String::new() };
        let sql = format!(
            "SELECT {select}, {column} AS register_sort, {id} AS register_key FROM {}{} \
             ORDER BY {column}{falling}, {id}{falling} LIMIT {limit}",
            self.from.replace("{hint}", &hint),
            list.sql()
        );
        conn.all(&sql, list.values).await
    }

    /// One page of what the address asks for, and how many there are in all.
    pub(super) async fn items(&self, req: &Req, view: &View<R>) -> Result<(paging::Page<Keyed<R>>, Counted), Problem> {
        let conn = req.app.db().read();
        let list = self.conditions(&req.app, &req.ctx, &conn, view);
        let counted = self.counted(&conn, &list).await?;
        let limit = paging::PAGE_SIZE + 1;
        let rows = self.rows(&conn, list, &view.sort, view.after.clone(), limit, counted.count > MANY).await?;
        Ok((paging::Page::from_surplus(rows, paging::PAGE_SIZE, |row| (row.sort.clone(), row.id)), counted))
    }

    async fn counted(&self, conn: &Reader, list: &Where) -> Result<Counted, DbError> {
        let part = self.part.map_or("1 = 1", |part| part.condition);
        let sql = format!(
            "SELECT COUNT(*) AS count, COUNT(part) AS part FROM \
             (SELECT CASE WHEN {part} THEN 1 END AS part FROM {}{} LIMIT {}) AS counted",
            self.from.replace("{hint}", ""),
            list.sql(),
            MANY + 1
        );
        Ok(conn.one(&sql, list.values.clone()).await?.unwrap_or_default())
    }

    /// One row, where the reader may see it.
    pub(super) async fn one(&self, req: &Req, id: Uuid) -> Result<Option<Keyed<R>>, DbError> {
        let conn = req.app.db().read();
        let mut list = self.permitted(&req.app, &req.ctx, &conn);
        let mark = list.bind(id);
        list.and(&format!("{} = {mark}", self.id));
        Ok(self.rows(&conn, list, &self.sorts[0], None, 1, false).await?.pop())
    }
}
