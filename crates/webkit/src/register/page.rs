//! The page of a register.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{Bodies, Problem, UnitId, code::words_key};
use minijinja::{Value, context};

use super::{
    Act, Cell, Column, Filter, FilterKind, Listable, Register,
    query::{Counted, Keyed, MANY},
    view::{Chosen, View},
};
use crate::{Access, Hit, Outcome, Req, Route, grouped, saved_views, view as shown};

/// More columns than these are printed small, on a sheet that lies.
const WIDE: usize = 8;

/// Buttons beside a register, the last of which opens the others.
const MOST_ACTS: usize = 4;

impl<R: Listable> Register<R> {
    /// Its page and its files; JSON is a handler of the domain, which documents it, over [`Self::json`].
    pub fn routes(&'static self) -> [Route; 3] {
        let [page, csv, workbook] = self.paths;
        let access = Access::Action(self.rule.action);
        [
            Route::get(page, access, move |req: Req| async move { self.page(&req).await }),
            Route::get(csv, access, move |req: Req| async move { self.csv(&req).await }),
            Route::get(workbook, access, move |req: Req| async move { self.workbook(&req).await }),
        ]
    }

    pub(super) async fn page(&'static self, req: &Req) -> Outcome {
        let bodies = req.app.bodies();
        let (known, unknown) = self.named(req, bodies.as_ref());
        if !known.is_empty() {
            return Ok(Req::go(&self.address_with(req, &known), ""));
        }
        let view = self.view(req)?;
        let (mut page, Counted { count, part: some }) = self.items(req, &view).await?;
        let part = self.part.filter(|_| count <= MANY && some < count);
        let part = part.map(|part| req.app.locales().text(req.ctx.lang, part.words, &[("count", some.into())]));
        let mut drawer = self.drawer(req).await?;
        // The row beside the list shows every column.
        let is_beside = drawer.is_some();
        let is_shown = |name: &str| is_beside || view.columns.iter().any(|column| column.name == name);
        self.shown(req, &req.app.db().read(), is_shown, page.items.iter_mut().chain(&mut drawer)).await?;
        let here = self.address(req, "", "");
        let query = here.split_once('?').map(|(_, query)| query.to_owned());
        let views = saved_views(req, self.paths[0], query.as_deref().unwrap_or_default()).await?;
        let mut said = Cells::new(req, bodies.as_ref());
        let line = |Keyed { id, row, .. }: &mut Keyed<R>| {
            let cells = said.of(view.columns.iter().copied(), row);
            context! { id => id.to_string(), href => (self.href)(row), cells }
        };
        let rows: Vec<Value> = page.items.iter_mut().map(line).collect();
        let is_open = |column: &&'static Column<R>| column.is_open(&req.app, &req.ctx);
        let drawer = drawer.as_mut().map(|Keyed { row, .. }| {
            let cells = said.of(self.columns.iter().filter(is_open), row);
            context! { href => (self.href)(row), cells }
        });
        let may = |action| req.app.authorizer().check_route(&req.ctx, action).is_ok();
        let mut acts: Vec<&Act> = self.acts.iter().filter(|act| may(act.action)).collect();
        acts.sort_by_key(|act| !act.leads.is_some_and(|leads| leads(&req.app, &req.ctx)));
        let folded = if acts.len() > MOST_ACTS { acts.split_off(MOST_ACTS - 1) } else { vec![] };
        let act = |act: &&Act| context! { words => act.words, href => act.href };
        let filters = self.filters.iter().map(|one| self.filter(req, one)).collect::<Result<Vec<_>, _>>()?;
        let content = context! {
            part,
            rows, views, count => count.min(MANY), is_more => count > MANY, words => view.words.clone(), unknown, is_asked => !view.words.is_empty() || !view.chosen.is_empty(),
            title => self.title(), href => self.paths[0], query,
            csv => self.paths[1], xlsx => self.paths[2],
            heads => view.columns.iter().map(|column| self.head(req, &view, column)).collect::<Vec<_>>(),
            columns => view.columns.iter().map(|column| column.label).collect::<Vec<_>>(), is_wide => view.columns.len() > WIDE,
            all_columns => self.columns.iter().skip(1).filter(is_open).map(|column| context! { name => column.name, label => column.label }).collect::<Vec<_>>(),
            first => self.columns.first().map(|column| column.name),
            filters,
            sorts => self.sorts.iter().map(|sort| sort.name).collect::<Vec<_>>(), sort => view.sort.name, is_reversed => view.is_reversed,
            chips => self.chips(req, bodies.as_ref(), &view),
            acts => acts.iter().map(act).collect::<Vec<_>>(), folded_acts => folded.iter().map(act).collect::<Vec<_>>(),
            drawer, open => req.query("open"), close => here.clone(),
            next => page.next.map(|next| format!("{here}&after={next}")), address => here,
        };
        self.answered(req, req.page("webkit/register.html", content).await)
    }

    /// The first rows in which words are found: the first column, and what else is usually shown.
    pub(super) async fn hits(&self, req: &Req, words: &str, most: usize) -> Result<Vec<Hit>, Problem> {
        let conn = req.app.db().read();
        let mut list = self.permitted(&req.app, &req.ctx, &conn);
        self.worded(&mut list, words);
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        let rows = self.rows(&conn, list, &self.sorts[0], None, limit, false).await?;
        let bodies = req.app.bodies();
        let hit = |Keyed { mut row, .. }: Keyed<R>| {
            let mut cells =
                self.columns.iter().filter(|column| column.is_open(&req.app, &req.ctx) && !column.is_personal());
            let mut said = |column: &Column<R>| plain(req, bodies.as_ref(), column.cell(&mut row));
            let text = cells.next().map(&mut said).unwrap_or_default();
            let note = cells.take(2).map(said).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
            Hit { text, note, href: (self.href)(&row) }
        };
        Ok(rows.into_iter().map(hit).collect())
    }

    /// Units that were typed by their names, each with its filter; and the first name that nobody bears.
    fn named(&self, req: &Req, bodies: &dyn Bodies) -> (Vec<(&'static str, String)>, Option<String>) {
        let (mut known, mut unknown) = (Vec::new(), None);
        for filter in self.filters.iter().filter(|filter| matches!(filter.kind, FilterKind::Unit)) {
            let Some(name) = req.query(&format!("{}_name", filter.name)) else { continue };
            // As the form proposes it, else as good as its words are.
            let meant = bodies.meant(&name, req.ctx.today()).ok();
            match meant.or_else(|| bodies.find(&name, 1).pop().map(|body| body.unit)) {
                Some(unit) => known.push((filter.name, unit.to_string())),
                None => unknown = unknown.or(Some(name)),
            }
        }
        (known, unknown)
    }

    /// The head of a column; where it orders the list, with the address of that order and how it runs now.
    fn head(&self, req: &Req, view: &View<R>, column: &Column<R>) -> Value {
        let sort = column.sort.and_then(|name| self.sorts.iter().find(|sort| sort.name == name));
        let head = sort.map(|sort| {
            let is_now = view.sort.name == sort.name;
            // Asked for once more it runs the other way.
            let next = if is_now && !view.is_reversed { format!("-{}", sort.name) } else { sort.name.to_owned() };
            context! { href => self.address(req, "sort", &next), order => is_now.then(|| view.sort.runs()) }
        });
        context! { label => column.label, head }
    }

    /// A filter, and the field in which it is set.
    fn filter(&self, req: &Req, filter: &Filter) -> Result<Value, Problem> {
        let (lang, value, name) = (req.ctx.lang, req.query(filter.name), filter.name);
        let kind = match filter.kind {
            FilterKind::Code(..) => "code",
            FilterKind::Unit => "unit",
            FilterKind::Text(_) => "text",
            FilterKind::Flag => "flag",
        };
        let make = || {
            let options = match filter.kind {
                FilterKind::Code(codes, key) => req.choices(key, codes.iter().copied()),
                FilterKind::Unit | FilterKind::Text(_) | FilterKind::Flag => vec![],
            };
            let one = context! { name, label => filter.label, kind, options, value => value.as_deref() };
            let part = context! { lang => lang.code(), filter => one };
            req.app.templates().render("webkit/register_filter.html", &part)
        };
        let field = match value {
            None => req.app.templates().once(([self.paths[0], name], lang), make)?,
            Some(_) => Value::from_safe_string(make()?),
        };
        Ok(context! { name, kind, value, field })
    }

    /// What the register is cut down to, each with the view without it.
    fn chips(&self, req: &Req, bodies: &dyn Bodies, view: &View<R>) -> Vec<Value> {
        let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
        let chip = |(filter, chosen): &(&'static Filter, Chosen)| {
            let value = match (chosen, filter.kind) {
                (Chosen::Code(code), FilterKind::Code(_, key)) => text(&words_key(key, code)),
                (Chosen::Unit(unit), _) => bodies.body(*unit).map(|body| body.short_name).unwrap_or_default(),
                (Chosen::Text(text), _) => text.clone(),
                (Chosen::Code(_) | Chosen::Flag, _) => String::new(),
            };
            let label = text(filter.label);
            let label = if value.is_empty() { label } else { format!("{label}: {value}") };
            context! { text => label, href => self.address(req, filter.name, "") }
        };
        view.chosen.iter().map(chip).collect()
    }

    /// The row beside the register.
    async fn drawer(&self, req: &Req) -> Result<Option<Keyed<R>>, Problem> {
        let key = |id: String| id.parse().ok().or_else(|| kernel::id_uuid(&id));
        let Some(id) = req.query("open").and_then(key) else { return Ok(None) };
        Ok(self.one(req, id).await?)
    }
}

/// The cells of one page. The same words and bodies stand in most rows: they are looked up once.
struct Cells<'a> {
    req: &'a Req,
    bodies: &'a dyn Bodies,
    today: Date,
    words: HashMap<String, Value>,
    units: HashMap<UnitId, Value>,
}

impl<'a> Cells<'a> {
    fn new(req: &'a Req, bodies: &'a dyn Bodies) -> Self {
        Self { req, bodies, today: req.ctx.today(), words: HashMap::new(), units: HashMap::new() }
    }

    fn of<'c, R: 'static>(&mut self, columns: impl Iterator<Item = &'c Column<R>>, row: &mut R) -> Vec<Value> {
        columns.map(|column| self.shown(column.label, column.cell(row))).collect()
    }

    fn words(&mut self, key: &str) -> Value {
        if let Some(words) = self.words.get(key) {
            return words.clone();
        }
        let words = Value::from(self.req.app.locales().text(self.req.ctx.lang, key, &[]));
        self.words.insert(key.to_owned(), words.clone());
        words
    }

    fn unit(&mut self, unit: UnitId) -> Value {
        let bodies = self.bodies;
        self.units.entry(unit).or_insert_with(|| shown(bodies.body(unit))).clone()
    }

    fn shown(&mut self, column: &'static str, cell: Cell) -> Value {
        let (label, lang) = (self.words(column), self.req.ctx.lang);
        match cell.on(self.today) {
            Cell::Text(text) => context! { column, label, kind => "text", text },
            Cell::Day(day) => context! { column, label, kind => "day", text => day.map(|day| day.to_string()) },
            Cell::Number(number) => {
                context! { column, label, kind => "text", text => number.map(|number| grouped(number, lang)) }
            }
            Cell::Code(words) => context! { column, label, kind => "said", text => self.words(&words) },
            Cell::Words(key, args) => {
                context! { column, label, kind => "text", text => self.req.app.locales().text(lang, key, &args) }
            }
            Cell::Until(_, _, now) => self.shown(column, *now),
            Cell::State(look, words) => context! { column, label, kind => "state", look, text => self.words(&words) },
            Cell::Unit(unit) => {
                let body = unit.map(|unit| self.unit(unit));
                context! { column, label, kind => "unit", body }
            }
        }
    }
}

/// What a cell says, in one line.
fn plain(req: &Req, bodies: &dyn Bodies, cell: Cell) -> String {
    match cell.on(req.ctx.today()) {
        Cell::Text(text) => text,
        Cell::Day(day) => day.map(|day| kernel::day::show(day, req.ctx.lang)).unwrap_or_default(),
        Cell::Number(number) => number.map(|number| grouped(number, req.ctx.lang)).unwrap_or_default(),
        Cell::Code(key) | Cell::State(_, key) => req.app.locales().text(req.ctx.lang, &key, &[]),
        Cell::Words(key, args) => req.app.locales().text(req.ctx.lang, key, &args),
        Cell::Until(_, _, now) => plain(req, bodies, *now),
        Cell::Unit(unit) => unit.and_then(|unit| bodies.body(unit)).map(|body| body.short_name).unwrap_or_default(),
    }
}
