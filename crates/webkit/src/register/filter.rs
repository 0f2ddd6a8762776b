//! How a register is ordered, and what it can be cut down to.

use kernel::Code;

/// An order: its name in the address, the text that makes it (a column, or what follows from one), and the index in which rows
/// lie in it. Its words are `sort-<name>`; in the address `-<name>` is the same from its other end.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    pub name: &'static str,
    pub column: &'static str,
    pub index: &'static str,
    /// From the last to the first.
    pub is_falling: bool,
    /// What is shown rises where this falls: a day that is stored as what is left of time.
    pub is_inverse: bool,
}

impl Sort {
    pub const fn rising(name: &'static str, column: &'static str, index: &'static str) -> Self {
        Self { name, column, index, is_falling: false, is_inverse: false }
    }

    pub const fn falling(name: &'static str, column: &'static str, index: &'static str) -> Self {
        Self { name, column, index, is_falling: true, is_inverse: false }
    }

    #[must_use]
    pub const fn inverse(self) -> Self {
        Self { is_inverse: true, ..self }
    }

    /// The same from its other end.
    #[must_use]
    pub(super) const fn reversed(self) -> Self {
        Self { is_falling: !self.is_falling, ..self }
    }

    /// How the column that it orders is seen to run.
    pub(super) const fn runs(&self) -> &'static str {
        if self.is_falling == self.is_inverse { "ascending" } else { "descending" }
    }
}

/// What a register can be cut down to: its name in the address, the key of its words, and its condition with `{}` for the
/// value, `{today}` for the day, `{own}` for the units of the reader's posts. Of a unit `{units}` in the place of `{}` is the
/// unit with all that was merged into it: where [`super::Related::Today`] says who sees the rows, it says who is asked for too.
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
