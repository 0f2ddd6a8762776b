//! The columns of a register, and what stands in their cells.

use db::Personal;
use fluent_bundle::FluentValue;
use jiff::civil::Date;
use kernel::{Code, Rule, UnitId};

/// A column: its name in the address, the key of its words, and what stands in it.
pub struct Column<R> {
    pub name: &'static str,
    pub label: &'static str,
    pub(super) holds: Holds<R>,
    /// Shown where nobody asked for columns.
    pub is_usual: bool,
    /// The order that its head gives.
    pub sort: Option<&'static str>,
}

pub(super) enum Holds<R> {
    Cell(fn(&R) -> Cell),
    Personal(&'static Rule, PersonalField<R>),
}

pub(super) type PersonalField<R> = fn(&mut R) -> &mut Personal;

impl<R> Column<R> {
    pub const fn new(name: &'static str, cell: fn(&R) -> Cell) -> Self {
        Self { name, label: name, holds: Holds::Cell(cell), is_usual: true, sort: None }
    }

    /// What is written about people: for whom the rule allows it, by the grounds of the register, and whoever is shown it
    /// stands in the access log. Its field in the row is [`Personal`], which the register opens and nobody else.
    pub const fn personal(name: &'static str, rule: &'static Rule, field: fn(&mut R) -> &mut Personal) -> Self {
        Self { name, label: name, holds: Holds::Personal(rule, field), is_usual: true, sort: None }
    }

    pub(super) fn cell(&self, row: &mut R) -> Cell {
        match self.holds {
            Holds::Cell(cell) => cell(row),
            Holds::Personal(_, field) => Cell::Text(field(row).text().to_owned()),
        }
    }

    pub(super) fn is_personal(&self) -> bool {
        matches!(self.holds, Holds::Personal(..))
    }

    #[must_use]
    pub const fn label(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    /// Its head orders the list so.
    #[must_use]
    pub const fn by(self, sort: &'static str) -> Self {
        Self { sort: Some(sort), ..self }
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
    /// Money, or how many: pages part its thousands, files have the bare figure.
    Number(Option<i64>),
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

    pub fn state<C: Code>(code: C) -> Self {
        Self::State(code.look(), code.words())
    }

    #[must_use]
    pub fn until(self, last: Date, late: &'static str) -> Self {
        Self::Until(last, late, Box::new(self))
    }

    /// What stands there on a day.
    pub(super) fn on(self, today: Date) -> Self {
        match self {
            Self::Until(last, late, _) if last < today => Self::State("late", late.to_owned()),
            Self::Until(_, _, cell) => cell.on(today),
            other => other,
        }
    }
}
