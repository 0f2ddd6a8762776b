//! A register as JSON and as files of exactly what is shown.

use db::Where;
use kernel::{Problem, ProblemKind, day, paging};
use serde::Serialize;

use super::{Cell, Column, Listable, Register, query::Keyed};
use crate::{
    FluentValue, Outcome, Req,
    book::{Page, Value, book, typed},
    export, heavy,
};

/// A file of more rows is no longer read by anybody; the reader is told to narrow the view.
const MOST: usize = 100_000;
const AT_ONCE: u64 = 2_000;

/// A page of a register on the wire.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ListPage<R> {
    pub items: Vec<R>,
    /// What `after` asks for the next page with; none on the last.
    pub next: Option<String>,
}

/// What a file holds.
type Table = (Vec<String>, Vec<Vec<Value>>);

impl<R: Listable> Register<R> {
    /// The page that the address asks for, as JSON.
    pub async fn json(&'static self, req: &Req) -> Outcome {
        let view = self.view(req)?;
        let (mut page, _) = self.items(req, &view).await?;
        self.shown(req, &req.app.db().read(), |_| true, &mut page.items).await?;
        let page = page.map(|keyed| keyed.row);
        self.answered(req, Req::json(&ListPage { items: page.items, next: page.next }))
    }

    pub(super) async fn csv(&'static self, req: &Req) -> Outcome {
        let (heads, rows) = self.table(req).await?;
        let lang = req.ctx.lang;
        let line = move |row: Vec<Value>| row.into_iter().map(|value| value.written(lang)).collect();
        let lines = move || rows.into_iter().map(line).collect::<Vec<Vec<String>>>();
        let bytes = heavy(move || export::csv(&heads, &lines())).await??;
        self.answered(req, Req::file(&self.file_name("csv"), "text/csv; charset=utf-8", bytes))
    }

    pub(super) async fn workbook(&'static self, req: &Req) -> Outcome {
        let (heads, rows) = self.table(req).await?;
        let title = req.app.locales().text(req.ctx.lang, &self.title(), &[]);
        let notes = vec![as_of(req)];
        let page = move || Page { name: title.clone(), title, notes, heads, rows: typed(rows), total: None };
        let bytes = heavy(move || book(&[page()])).await??;
        self.answered(req, Req::file(&self.file_name("xlsx"), export::XLSX, bytes))
    }

    fn file_name(&self, extension: &str) -> String {
        format!("{}.{extension}", self.paths[0].trim_start_matches('/').replace('/', "-"))
    }

    /// Every row of the view, of one moment.
    async fn table(&'static self, req: &Req) -> Result<Table, Problem> {
        let view = self.view(req)?;
        let moment = req.app.db().snapshot().await?;
        let text = |column: &&Column<R>| req.app.locales().text(req.ctx.lang, column.label, &[]);
        let heads = view.columns.iter().map(text).collect();
        let (mut rows, mut after): (Vec<Keyed<R>>, _) = (Vec::new(), None);
        loop {
            let list: Where = self.conditions(&req.app, &req.ctx, &moment, &view);
            let found = self.rows(&moment, list, &view.sort, after, AT_ONCE + 1, true).await?;
            let page = paging::Page::from_surplus(found, AT_ONCE, |row| (row.sort.clone(), row.id));
            rows.extend(page.items);
            if rows.len() > MOST {
                return Err(Problem::new(ProblemKind::TooLarge, "register-too-long").with("most", MOST));
            }
            let Some(next) = page.next else { break };
            after = Some(paging::decode(&next)?);
        }
        let is_shown = |name: &str| view.columns.iter().any(|column| column.name == name);
        self.shown(req, &moment, is_shown, &mut rows).await?;
        let line = |keyed: &mut Keyed<R>| {
            view.columns.iter().map(|column| plain(req, column.cell(&mut keyed.row))).collect::<Result<_, _>>()
        };
        Ok((heads, rows.iter_mut().map(line).collect::<Result<_, _>>()?))
    }
}

/// When these figures were so.
pub fn as_of(req: &Req) -> String {
    let time = day::show_instant(req.ctx.now(), req.ctx.lang);
    req.app.locales().text(req.ctx.lang, "sheet-as-of", &[("time", time.into())])
}

/// A cell as a file holds it.
fn plain(req: &Req, cell: Cell) -> Result<Value, Problem> {
    let text = |key: &str, args: &[(&str, FluentValue<'_>)]| req.app.locales().text(req.ctx.lang, key, args);
    let words = match cell.on(req.ctx.today()) {
        Cell::Text(text) => text,
        Cell::Day(Some(on)) => return Ok(Value::Day(on)),
        Cell::Day(None) => String::new(),
        Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Cell::Unit(unit) => {
            let bodies = req.app.bodies();
            unit.and_then(|unit| bodies.body(unit)).map(|body| body.name).unwrap_or_default()
        }
        Cell::Code(words) | Cell::State(_, words) => text(&words, &[]),
        Cell::Words(key, args) => text(key, &args),
        Cell::Until(_, _, now) => return plain(req, *now),
    };
    Ok(Value::Text(words))
}
