//! What an administrator should know about the running house: each check is a function in a module's list.

use std::pin::Pin;

use kernel::{Ctx, Lang};
use serde::Serialize;

use crate::{App, Locales, template::grouped};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Ok,
    Warning,
    Fault,
}

impl Level {
    pub fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// What a check found. Its sentence, with what to do, is the locale key `found-<code>`.
#[derive(Debug, Clone)]
pub struct Finding {
    pub level: Level,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
    /// How many there are of something; shown as pages show numbers.
    pub counts: Vec<(&'static str, i64)>,
}

impl Finding {
    pub fn ok(code: &'static str) -> Self {
        Self { level: Level::Ok, code, args: vec![], counts: vec![] }
    }

    pub fn warning(code: &'static str) -> Self {
        Self { level: Level::Warning, code, args: vec![], counts: vec![] }
    }

    pub fn fault(code: &'static str) -> Self {
        Self { level: Level::Fault, code, args: vec![], counts: vec![] }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub fn count(mut self, name: &'static str, value: impl TryInto<i64>) -> Self {
        self.counts.push((name, value.try_into().unwrap_or(i64::MAX)));
        self
    }

    pub fn words(&self, locales: &Locales, lang: Lang) -> String {
        let args = self.args.iter().map(|(name, value)| (*name, value.as_str().into()));
        let counts = self.counts.iter().map(|(name, value)| (*name, grouped(*value, lang).into()));
        let args: Vec<_> = args.chain(counts).collect();
        locales.text(lang, &format!("found-{}", self.code), &args)
    }
}

pub type Look = for<'a> fn(&'a App, &'a Ctx) -> Pin<Box<dyn Future<Output = Finding> + Send + 'a>>;

/// One check; what it looks at is named by the locale key `check-<name>`.
#[derive(Clone, Copy)]
pub struct Check {
    pub name: &'static str,
    /// Quick enough for the page of administrators; others run in `dinh doctor` only.
    pub cheap: bool,
    pub look: Look,
}

/// The checks of this house, as a service.
pub struct Checks(pub Vec<Check>);

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Check").field("name", &self.name).finish_non_exhaustive()
    }
}
