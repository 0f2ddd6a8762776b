//! One register as its domain says it.

use std::pin::Pin;

use db::{FromQueryResult, Reader};
use kernel::{Ctx, Problem, Resource, Rule};
use serde::Serialize;

use super::{Column, Filter, Grounds, Sort};
use crate::Core;

/// A row as its table or join gives it, shown, sent and written to files.
pub trait Listable: FromQueryResult + Serialize + Send + Sync + 'static {}
impl<R: FromQueryResult + Serialize + Send + Sync + 'static> Listable for R {}

/// What a row is for those who decide about it.
pub type ResourceOf<R> =
    for<'a> fn(&'a Core, &'a Reader, &'a R) -> Pin<Box<dyn Future<Output = Result<Resource, Problem>> + Send + 'a>>;

/// One register.
pub struct Register<R: 'static> {
    /// Page, CSV and workbook ([`crate::register_paths!`]).
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
    /// filtered by only where every reader may see it: [`super::Listed::disagreements`] finds it by the names of columns, not in
    /// what is folded into this one.
    pub folded: &'static str,
    /// The first is the usual one.
    pub sorts: &'static [Sort],
    pub filters: &'static [Filter],
    /// The first is always shown and leads to the row's page.
    pub columns: &'static [Column<R>],
    /// The rows that people mean by its name, where others stand among them: told beside how many there are.
    pub part: Option<&'static Part>,
    /// The page of a row.
    pub href: fn(&R) -> String,
    /// What can be done beside it, the most used first: of many the last ones are folded away.
    pub acts: &'static [Act],
}

/// Some rows of a register: their condition, and the key of the words that tell how many they are.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub condition: &'static str,
    pub words: &'static str,
}

/// A button beside a register, shown to whom its action is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    pub action: &'static str,
    /// The key of its words.
    pub words: &'static str,
    pub href: &'static str,
    /// For whom it comes before all others.
    pub leads: Option<fn(&Core, &Ctx) -> bool>,
}

impl Act {
    pub const fn new(action: &'static str, words: &'static str, href: &'static str) -> Self {
        Self { action, words, href, leads: None }
    }

    #[must_use]
    pub const fn leads(self, whom: fn(&Core, &Ctx) -> bool) -> Self {
        Self { leads: Some(whom), ..self }
    }
}

impl<R: Listable> Register<R> {
    /// The key of its title: `nav-systems` of `/systems`, as the navigation has it.
    pub(super) fn title(&self) -> String {
        format!("nav{}", self.paths[0].replace('/', "-"))
    }
}
