//! Every register of every domain, whatever its rows: whether list and policy say the same, and what its address takes.

use async_trait::async_trait;
use db::Reader;
use kernel::{Ctx, Problem, code::words_key};

use super::{Column, FilterKind, Listable, Register, column::Holds, view::ordered};
use crate::{Core, Hit, Req};

/// A register of whatever rows.
#[async_trait]
pub trait Listed: Send + Sync {
    /// What its list shows this reader and the policy does not, or the other way round, by ids, and the personal columns that its
    /// orders and filters name; and how many rows there are.
    async fn disagreements(&self, core: &Core, ctx: &Ctx) -> Result<(Vec<String>, usize), Problem>;

    /// The address of its page.
    fn path(&self) -> &'static str;

    /// What stands in the query of its address: words, filters, order, the next page.
    fn query(&self) -> Vec<&'static str>;

    /// Whether its address understands this value of this key.
    fn knows(&self, key: &str, value: &str) -> bool;

    /// The first rows of it in which words are found, as far as this reader may see them.
    async fn find(&self, req: &Req, words: &str, most: usize) -> Result<Vec<Hit>, Problem>;

    /// The action of who reads it.
    fn action(&self) -> &'static str;

    /// The keys of the words that its page asks for, whatever its rows.
    fn words(&self) -> Vec<String>;
}

impl<R: Listable> Register<R> {
    /// What the rule of the register says of one row.
    pub(crate) async fn is_seen(&self, core: &Core, ctx: &Ctx, conn: &Reader, row: &R) -> Result<bool, Problem> {
        let resource = (self.resource)(core, conn, row).await?;
        Ok(core.authorizer().check(ctx, self.rule.action, &resource).is_ok())
    }

    /// Personal columns, not for all who see the list, by which it is ordered, cut down or searched: who tries words and orders
    /// learns what stands there. And heads of columns that name no order.
    fn told_by_its_ways(&self) -> Vec<String> {
        let ways: Vec<&str> =
            self.sorts.iter().map(|sort| sort.column).chain(self.filters.iter().map(|one| one.condition)).collect();
        let is_told = |name: &str| ways.iter().chain([&self.folded]).any(|way| way.contains(name));
        let told = self.columns.iter().filter(|column| match column.holds {
            Holds::Personal(rule, _) => rule.action != self.rule.action && is_told(column.name),
            Holds::Cell(_) => false,
        });
        let told = told
            .map(|column| format!("{} of {} is told by an order, a filter or a search", column.name, self.paths[0]));
        let is_none = |name: &str| self.sorts.iter().all(|sort| sort.name != name);
        let heads = self.columns.iter().filter(|column| column.sort.is_some_and(is_none));
        told.chain(heads.map(|column| format!("{} of {} is ordered by no order", column.name, self.paths[0]))).collect()
    }
}

#[async_trait]
impl<R: Listable> Listed for Register<R> {
    async fn disagreements(&self, core: &Core, ctx: &Ctx) -> Result<(Vec<String>, usize), Problem> {
        let conn = core.db().read();
        let sort = &self.sorts[0];
        let all = self.rows(&conn, db::Where::default(), sort, None, 100_000, false).await?;
        let shown = self.rows(&conn, self.permitted(core, ctx, &conn), sort, None, 100_000, false).await?;
        let mut out = self.told_by_its_ways();
        for keyed in &all {
            let may = self.is_seen(core, ctx, &conn, &keyed.row).await?;
            if may != shown.iter().any(|other| other.id == keyed.id) {
                out.push(format!("{} {} of {}", keyed.id, if may { "is missing" } else { "is shown" }, self.paths[0]));
            }
        }
        Ok((out, all.len()))
    }

    fn path(&self) -> &'static str {
        self.paths[0]
    }

    fn action(&self) -> &'static str {
        self.rule.action
    }

    async fn find(&self, req: &Req, words: &str, most: usize) -> Result<Vec<Hit>, Problem> {
        self.hits(req, words, most).await
    }

    fn knows(&self, key: &str, value: &str) -> bool {
        match key {
            "q" => true,
            "sort" => self.sorts.iter().any(|sort| ordered(value).0 == Some(sort.name)),
            "col" => self.columns.iter().any(|column| column.name == value),
            _ => self.filters.iter().any(|filter| filter.name == key && filter.chosen(value).is_some()),
        }
    }

    fn query(&self) -> Vec<&'static str> {
        let filters = self.filters.iter().map(|filter| filter.name);
        ["q"].into_iter().chain(filters).chain(["sort", "after"]).collect()
    }

    fn words(&self) -> Vec<String> {
        let labels = self.columns.iter().map(|column| column.label).chain(self.filters.iter().map(|one| one.label));
        let labels = labels.chain(self.part.map(|part| part.words));
        let labels = labels.chain(self.acts.iter().map(|act| act.words)).map(str::to_owned);
        // A single order is not shown.
        let sorts = self.sorts.iter().filter(|_| self.sorts.len() > 1).map(|sort| format!("sort-{}", sort.name));
        let codes = self.filters.iter().flat_map(|filter| match filter.kind {
            FilterKind::Code(codes, key) => codes.iter().map(|code| words_key(key, code)).collect(),
            FilterKind::Unit | FilterKind::Text(_) | FilterKind::Flag => vec![],
        });
        let is_noted = self.columns.iter().any(Column::is_personal);
        let noted = is_noted.then(|| format!("read-{}", self.rule.action.replace('.', "-")));
        labels.chain(sorts).chain(codes).chain(noted).chain([self.title()]).collect()
    }
}
