//! A form that was refused: what was typed into it, and what is wrong with each of its fields.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::Uri;
use kernel::{Choices, FieldProblem, Lang, Problem, ProblemKind};
use serde::Serialize;

use crate::Locales;

/// The fields of this request's form, noted by whatever reads its body.
#[derive(Debug, Clone, Default)]
pub struct Typed(Arc<Mutex<Vec<(String, String)>>>);

impl Typed {
    pub(crate) fn note(&self, fields: impl IntoIterator<Item = (String, String)>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(fields);
    }

    fn fields(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A line of the summary.
#[derive(Debug, Serialize)]
pub(crate) struct Said {
    text: String,
    href: String,
}

/// What is wrong with a field.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub field: String,
    pub words: String,
    /// The word before it for who does not see its colour.
    pub prefix: String,
    /// What the words name: perhaps what was typed into it.
    pub about: Vec<String>,
    /// What could be meant, and the words over it.
    pub choices: Option<(String, Choices)>,
}

/// Where the summary of a refusal points, followed by the field's name, until it is known which id that field has.
pub(crate) const WAY: &str = "#fault-";

/// A form that was refused.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    /// The address that it was sent to.
    pub action: String,
    pub typed: Vec<(String, String)>,
    pub problem: Problem,
}

impl Refused {
    /// Sent to this address.
    pub fn of(uri: &Uri, typed: &Typed, problem: &Problem) -> Arc<Self> {
        let action = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Arc::new(Self { action, typed: typed.fields(), problem: problem.clone() })
    }

    /// Somebody changed what the form was about.
    pub fn is_stale(&self) -> bool {
        self.problem.kind == ProblemKind::Stale
    }

    /// The summary at the head of the page: each wrong field with the way to it, else why the whole was refused.
    pub fn summary(&self, locales: &Locales, lang: Lang) -> Vec<Said> {
        let said = |fault: Fault| Said { href: format!("{WAY}{}", fault.field), text: fault.words };
        let mut said: Vec<Said> = self.faults(locales, lang).into_iter().map(said).collect();
        if said.is_empty() {
            said.push(Said { text: locales.problem(lang, &self.problem), href: String::new() });
        }
        said
    }

    /// What is wrong with each field, in the reader's language.
    pub fn faults(&self, locales: &Locales, lang: Lang) -> Vec<Fault> {
        let fault = |field: &FieldProblem| Fault {
            field: field.field.clone(),
            words: locales.fault(lang, &self.problem, field),
            prefix: locales.text(lang, "error-prefix", &[]),
            about: field.args.iter().chain(&self.problem.args).map(|(_, text)| text.clone()).collect(),
            choices: field.choices.as_deref().map(|all| (locales.text(lang, "choose-one", &[]), all.clone())),
        };
        self.problem.fields.iter().map(fault).collect()
    }
}

/// Something is there, and who asks may: only what was sent does not do.
pub(crate) fn is_for_another_try(problem: &Problem) -> bool {
    matches!(problem.kind.status(), 409 | 412 | 413 | 422)
}
