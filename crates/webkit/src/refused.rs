//! A form that was refused: what was typed into it, and what is wrong with each of its fields.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::Uri;
use kernel::{Choices, FieldProblem, Lang, Problem, ProblemKind};
use serde::Serialize;

use crate::{Locales, Upload, sent::Sent};

#[derive(Debug, Default)]
struct Inner {
    fields: Vec<(String, String)>,
    /// The mark of the page on which the form stood.
    page: Option<String>,
    file: Option<Upload>,
}

/// The fields of this request's form, noted by whatever reads its body.
#[derive(Debug, Clone, Default)]
pub struct Typed(Arc<Mutex<Inner>>);

/// The field that every form carries unseen: of which page it is.
pub(crate) const PAGE: &str = "once";

impl Typed {
    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn note(&self, fields: impl IntoIterator<Item = (String, String)>) {
        self.inner().fields.extend(fields);
    }

    pub(crate) fn note_page(&self, mark: String) {
        self.inner().page = Some(mark);
    }

    /// A file that came with it, open once more.
    pub(crate) fn note_file(&self, file: Option<Upload>) {
        self.inner().file = file;
    }

    pub(crate) fn take_file(&self) -> Option<Upload> {
        self.inner().file.take()
    }

    pub(crate) fn sent(&self, uri: &Uri) -> Sent {
        Sent::new(uri, self.inner().fields.clone())
    }

    pub(crate) fn page(&self) -> Option<String> {
        let inner = self.inner();
        let field = inner.fields.iter().find(|(name, _)| name == PAGE).map(|(_, mark)| mark.clone());
        inner.page.clone().or(field)
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

/// Who changed what the form was about while it was filled in.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Changed {
    /// It was the reader, on another page.
    pub is_own: bool,
    pub name: Option<String>,
    pub at: i64,
}

/// A file that need not be chosen again.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StillThere {
    pub mark: String,
    pub name: String,
}

/// A form that was refused.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub sent: Sent,
    pub problem: Problem,
    pub changed: Option<Changed>,
    pub file: Option<StillThere>,
}

impl Refused {
    pub fn new(sent: Sent, problem: &Problem) -> Self {
        Self { sent, problem: problem.clone(), changed: None, file: None }
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
            let is_own = self.is_stale() && self.changed.as_ref().is_some_and(|changed| changed.is_own);
            let own = || locales.text(lang, "changed-by-yourself", &[]);
            let text = if is_own { own() } else { locales.problem(lang, &self.problem) };
            said.push(Said { text, href: String::new() });
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

/// The page of the form is shown again, with why: whatever was refused, no word is lost by it. What came from another site is
/// shown to nobody.
pub(crate) fn comes_back(problem: &Problem) -> bool {
    let may = matches!(problem.kind, ProblemKind::Forbidden | ProblemKind::NotFound);
    let later = matches!(problem.kind, ProblemKind::Throttled | ProblemKind::Unavailable);
    (is_for_another_try(problem) || may || later) && problem.code != CROSS_SITE
}

/// A change that another site asked for.
pub(crate) const CROSS_SITE: &str = "cross-site";
