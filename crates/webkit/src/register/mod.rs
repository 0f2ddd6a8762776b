//! Registers: what one lists is said once, as a value. Its page with filters, chips, columns, search and drawer, its JSON, its
//! files, its cursor and who sees which rows follow from it.

mod agree;
mod export;
mod page;
mod personal;
mod query;
mod rights;
#[cfg(test)]
mod tests;
mod view;

use std::pin::Pin;

use db::{FromQueryResult, Personal, Reader};
use jiff::civil::Date;
use kernel::{Code, Problem, Resource, Rule, UnitId, code::words_key};
use serde::Serialize;

pub use agree::Listed;
pub use export::ListPage;
pub use rights::{Grounds, Related, permitted};

use crate::{Access, Core, FluentValue, Req, Route};

/// The three addresses of a register: `register_paths!("/systems")`.
#[macro_export]
macro_rules! register_paths {
    ($page:literal) => {
        [$page, concat!($page, ".csv"), concat!($page, ".xlsx")]
    };
}

/// A row as its table or join gives it, shown, sent and written to files.
pub trait Listable: FromQueryResult + Serialize + Send + Sync + 'static {}
impl<R: FromQueryResult + Serialize + Send + Sync + 'static> Listable for R {}

/// What a row is for those who decide about it.
pub type ResourceOf<R> =
    for<'a> fn(&'a Core, &'a Reader, &'a R) -> Pin<Box<dyn Future<Output = Result<Resource, Problem>> + Send + 'a>>;

/// One register.
pub struct Register<R: 'static> {
    /// Page, CSV and workbook ([`register_paths!`]).
    pub paths: [&'static str; 3],
    /// Who sees a row, and how the rule is read from its columns.
    pub rule: &'static Rule,
    pub grounds: Grounds,
    /// The same for one row, by which a test holds the list against the policy.
    pub resource: ResourceOf<R>,
    /// With `{hint}` behind the table of its rows.
    pub from: &'static str,
    /// The columns of a row.
    pub select: &'static str,
    /// The column of its key.
    pub id: &'static str,
    /// The column of folded text in which words are looked for. What stands in a personal column is found, ordered and
    /// filtered by only where every reader may see it.
    pub folded: &'static str,
    /// The first is the usual one.
    pub sorts: &'static [Sort],
    pub filters: &'static [Filter],
    /// The first is always shown and leads to the row's page.
    pub columns: &'static [Column<R>],
    /// The page of a row.
    pub href: fn(&R) -> String,
    /// What can be done beside it.
    pub acts: &'static [Act],
}

/// An order: its name in the address, the text that makes it (a column, or what follows from one), and the index in which rows
/// lie in it. Its words are `sort-<name>`.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    pub name: &'static str,
    pub column: &'static str,
    pub index: &'static str,
    /// From the last to the first.
    pub is_falling: bool,
}

impl Sort {
    pub const fn rising(name: &'static str, column: &'static str, index: &'static str) -> Self {
        Self { name, column, index, is_falling: false }
    }

    pub const fn falling(name: &'static str, column: &'static str, index: &'static str) -> Self {
        Self { name, column, index, is_falling: true }
    }
}

/// What a register can be cut down to: its name in the address, the key of its words, and its condition with `{}` for the
/// value, `{today}` for the day, `{own}` for the units of the reader's posts.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: FilterKind,
    pub condition: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub enum FilterKind {
    /// One of these codes, and what their words begin with.
    Code(&'static [&'static str], &'static str),
    Unit,
    /// What somebody types, as it is stored; none where it means nothing.
    Text(fn(&str) -> Option<String>),
    /// Asked or not.
    Flag,
}

impl Filter {
    pub const fn code<C: Code>(name: &'static str, condition: &'static str) -> Self {
        Self { name, label: C::KEY, kind: FilterKind::Code(C::CODES, C::KEY), condition }
    }

    pub const fn unit(name: &'static str, condition: &'static str) -> Self {
        Self { name, label: name, kind: FilterKind::Unit, condition }
    }

    pub const fn text(name: &'static str, condition: &'static str, meant: fn(&str) -> Option<String>) -> Self {
        Self { name, label: name, kind: FilterKind::Text(meant), condition }
    }

    pub const fn flag(name: &'static str, condition: &'static str) -> Self {
        Self { name, label: name, kind: FilterKind::Flag, condition }
    }

    #[must_use]
    pub const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }
}

/// A column: its name in the address, the key of its words, and what stands in it.
pub struct Column<R> {
    pub name: &'static str,
    pub label: &'static str,
    holds: Holds<R>,
    /// Shown where nobody asked for columns.
    pub is_usual: bool,
}

enum Holds<R> {
    Cell(fn(&R) -> Cell),
    Personal(&'static Rule, PersonalField<R>),
}

type PersonalField<R> = fn(&mut R) -> &mut Personal;

impl<R> Column<R> {
    pub const fn new(name: &'static str, cell: fn(&R) -> Cell) -> Self {
        Self { name, label: name, holds: Holds::Cell(cell), is_usual: true }
    }

    /// What is written about people: for whom the rule allows it, by the grounds of the register, and whoever is shown it
    /// stands in the access log. Its field in the row is [`Personal`], which the register opens and nobody else.
    pub const fn personal(name: &'static str, rule: &'static Rule, field: fn(&mut R) -> &mut Personal) -> Self {
        Self { name, label: name, holds: Holds::Personal(rule, field), is_usual: true }
    }

    fn cell(&self, row: &mut R) -> Cell {
        match self.holds {
            Holds::Cell(cell) => cell(row),
            Holds::Personal(_, field) => Cell::Text(field(row).text().to_owned()),
        }
    }

    #[must_use]
    pub const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    /// Shown to whom asks for it.
    #[must_use]
    pub const fn spare(self) -> Self {
        Self { is_usual: false, ..self }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell {
    Text(String),
    Day(Option<Date>),
    Unit(Option<UnitId>),
    /// The key of a code's words.
    Code(String),
    /// A key of words, and what stands in them.
    Words(&'static str, Vec<(&'static str, FluentValue<'static>)>),
    /// How it looks, and the key of its words.
    State(&'static str, String),
    /// Another cell until this day is over; from then on the words of this key in red.
    Until(Date, &'static str, Box<Self>),
}

impl Cell {
    /// Text, where there is any.
    pub fn some(text: Option<impl ToString>) -> Self {
        Self::Text(text.map(|text| text.to_string()).unwrap_or_default())
    }

    pub fn code<C: Code>(code: C) -> Self {
        Self::Code(code.words())
    }

    pub fn state<C: Code>(look: &'static str, code: C) -> Self {
        Self::State(look, words_key(C::KEY, code.code()))
    }

    #[must_use]
    pub fn until(self, last: Date, late: &'static str) -> Self {
        Self::Until(last, late, Box::new(self))
    }

    /// What stands there on a day.
    fn on(self, today: Date) -> Self {
        match self {
            Self::Until(last, late, _) if last < today => Self::State("late", late.to_owned()),
            Self::Until(_, _, cell) => cell.on(today),
            other => other,
        }
    }
}

/// A button beside a register, shown to whom its action is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    pub action: &'static str,
    /// The key of its words.
    pub words: &'static str,
    pub href: &'static str,
}

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

    /// The key of its title: `nav-systems` of `/systems`, as the navigation has it.
    fn title(&self) -> String {
        format!("nav{}", self.paths[0].replace('/', "-"))
    }
}
