//! Registers: what one lists is said once, as a value. Its page with filters, chips, columns, search and drawer, its JSON, its
//! files, its cursor and who sees which rows follow from it.

mod agree;
mod column;
mod definition;
mod export;
mod filter;
mod page;
mod personal;
mod query;
mod rights;
#[cfg(test)]
mod tests;
mod view;

pub use agree::Listed;
pub use column::{Cell, Column};
pub use definition::{Act, Listable, Part, Register, ResourceOf};
pub use export::{ListPage, as_of};
pub use filter::{Filter, FilterKind, Sort};
pub use rights::{Grounds, Related, permitted};

/// The three addresses of a register: `register_paths!("/systems")`.
#[macro_export]
macro_rules! register_paths {
    ($page:literal) => {
        [$page, concat!($page, ".csv"), concat!($page, ".xlsx")]
    };
}
