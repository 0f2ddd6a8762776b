//! What an address asks of a register. The address is the saved view: whoever has the link sees the same, as far as they may.

use kernel::{Problem, UnitId, paging};
use uuid::Uuid;

use super::{Column, Filter, FilterKind, Listable, Register, Sort};
use crate::{Req, url_encode};

/// What a filter is set to.
#[derive(Debug, Clone)]
pub(super) enum Chosen {
    Code(&'static str),
    Unit(UnitId),
    Text(String),
    Flag,
}

impl Filter {
    /// What a value in the address sets it to; none where it means nothing.
    pub(super) fn chosen(&self, value: &str) -> Option<Chosen> {
        match self.kind {
            FilterKind::Code(codes, _) => codes.iter().find(|code| **code == value).map(|code| Chosen::Code(code)),
            FilterKind::Unit => value.parse().ok().map(Chosen::Unit),
            FilterKind::Text(meant) => meant(value).map(Chosen::Text),
            FilterKind::Flag => (value == "1").then_some(Chosen::Flag),
        }
    }
}

/// The name of an order as an address gives it, and whether it is asked for from its other end.
pub(super) fn ordered(text: &str) -> (Option<&str>, bool) {
    text.strip_prefix('-').map_or((Some(text), false), |name| (Some(name), true))
}

pub(super) struct View<R: 'static> {
    pub words: String,
    pub chosen: Vec<(&'static Filter, Chosen)>,
    pub sort: Sort,
    /// The order is asked for from its other end.
    pub is_reversed: bool,
    pub columns: Vec<&'static Column<R>>,
    pub after: Option<(String, Uuid)>,
}

impl<R: Listable> Register<R> {
    /// # Errors
    /// Where a filter, an order or a cursor is none of this register: what is asked is not silently left out.
    pub(super) fn view(&'static self, req: &Req) -> Result<View<R>, Problem> {
        let unknown = |name: &str| Problem::bad_input("unknown-filter").with("name", name);
        let mut chosen = Vec::new();
        for filter in self.filters {
            let Some(value) = req.query(filter.name) else { continue };
            chosen.push((filter, filter.chosen(&value).ok_or_else(|| unknown(filter.name))?));
        }
        let asked = req.query("sort");
        let (name, is_reversed) = asked.as_deref().map_or((None, false), ordered);
        let sort = name.map_or(self.sorts.first(), |name| self.sorts.iter().find(|sort| sort.name == name));
        let sort = *sort.ok_or_else(|| unknown("sort"))?;
        let wanted = req.queries("col");
        let is_shown = |(at, column): &(usize, &Column<R>)| {
            *at == 0 || if wanted.is_empty() { column.is_usual } else { wanted.iter().any(|name| name == column.name) }
        };
        let shown = self.columns.iter().enumerate().filter(is_shown).map(|(_, column)| column);
        Ok(View {
            words: req.query("q").unwrap_or_default(),
            chosen,
            sort: if is_reversed { sort.reversed() } else { sort },
            is_reversed,
            columns: shown.filter(|column| column.is_open(&req.app, &req.ctx)).collect(),
            after: req.query("after").map(|text| paging::decode(&text)).transpose()?,
        })
    }

    /// The address of this view with one part of it changed, or dropped where `value` is empty; without its place in the list
    /// and its drawer.
    pub(super) fn address(&self, req: &Req, part: &'static str, value: &str) -> String {
        self.address_with(req, &[(part, value.to_owned())])
    }

    /// The same with several.
    pub(super) fn address_with(&self, req: &Req, parts: &[(&'static str, String)]) -> String {
        let names = self.filters.iter().map(|filter| filter.name).chain(["q", "sort", "col"]);
        let kept = names.filter(|name| parts.iter().all(|(part, _)| part != name));
        let kept = kept.flat_map(|name| req.queries(name).into_iter().map(move |value| (name, value)));
        let own = parts.iter().filter(|(_, value)| !value.is_empty()).cloned();
        let query: Vec<String> =
            kept.chain(own).map(|(name, value)| format!("{name}={}", url_encode(&value))).collect();
        format!("{}?{}", self.paths[0], query.join("&"))
    }
}
