//! What handlers get as axum state: the core, and what pages are made and answered with.

use std::sync::Arc;

use db::JobHandler;
use kernel::{AccountId, Problem};

use crate::{
    Core, Crowd, NavItem, Refusals, Templates,
    kept_files::KeptFiles,
    kept_words::KeptWords,
    large,
    pace::{OF_WRITING, Pace},
    retention::{RETAIN, Retain},
};

/// Pages that follow changes: of one person, and of all.
const STREAMS_EACH: usize = 5;
const STREAMS_ALL: usize = 3000;

/// What does jobs, each those of its kind.
pub type Handlers = Vec<Arc<dyn JobHandler>>;

/// What makes those of a module; fails where a port that they need is not wired in.
pub type Jobs = fn(&App) -> Result<Handlers, Problem>;

#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    core: Core,
    parts: AppParts,
    refusals: Refusals,
    streams: Crowd<AccountId>,
    uploads: Crowd<AccountId>,
    kept: KeptFiles,
    words: Arc<KeptWords>,
    drafts: Pace<AccountId>,
}

/// What the modules together show and do.
pub(crate) struct AppParts {
    pub templates: Templates,
    pub nav: Vec<NavItem>,
    pub jobs: Vec<Jobs>,
    /// Kinds of jobs that run once a day.
    pub daily: Vec<&'static str>,
    /// Every address outside the API, and whether something is shown there.
    pub addresses: Vec<(&'static str, bool)>,
    /// Where drafts of forms are kept that are written by a link.
    pub doors: Vec<&'static str>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("core", &self.0.core).finish_non_exhaustive()
    }
}

impl std::ops::Deref for App {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.0.core
    }
}

impl App {
    pub(crate) fn new(core: Core, parts: AppParts) -> Self {
        let words = Arc::new(KeptWords::default());
        let forgetting = Arc::downgrade(&words);
        core.db().on_forgetting(forgetting);
        Self(Arc::new(Inner {
            core,
            parts,
            streams: Crowd::new(STREAMS_ALL, STREAMS_EACH),
            uploads: Crowd::new(large::ALL, large::EACH),
            kept: KeptFiles::default(),
            words,
            drafts: Pace::new(OF_WRITING),
            refusals: Refusals::default(),
        }))
    }

    pub fn templates(&self) -> &Templates {
        &self.0.parts.templates
    }

    pub fn refusals(&self) -> &Refusals {
        &self.0.refusals
    }

    /// The entries of all areas.
    pub(crate) fn nav(&self) -> &[NavItem] {
        &self.0.parts.nav
    }

    pub(crate) fn addresses(&self) -> &[(&'static str, bool)] {
        &self.0.parts.addresses
    }

    pub(crate) fn doors(&self) -> &[&'static str] {
        &self.0.parts.doors
    }

    /// Open event streams, by account.
    pub fn streams(&self) -> &Crowd<AccountId> {
        &self.0.streams
    }

    /// Large requests under way, by account.
    pub(crate) fn uploads(&self) -> &Crowd<AccountId> {
        &self.0.uploads
    }

    /// What was written into forms whose session had ended.
    pub(crate) fn words(&self) -> &KeptWords {
        &self.0.words
    }

    /// How often accounts keep what they write.
    pub(crate) fn drafts(&self) -> &Pace<AccountId> {
        &self.0.drafts
    }

    /// Lists that were looked at and may be taken in.
    pub(crate) fn kept(&self) -> &KeptFiles {
        &self.0.kept
    }

    /// What does the jobs of all modules; fails where a module lacks a port.
    pub fn job_handlers(&self) -> Result<Handlers, Problem> {
        let mut handlers: Handlers = vec![Arc::new(Retain { core: self.0.core.clone() })];
        for jobs in &self.0.parts.jobs {
            handlers.extend(jobs(self)?);
        }
        Ok(handlers)
    }

    /// Kinds of jobs that run once a day.
    pub fn daily(&self) -> Vec<&'static str> {
        std::iter::once(RETAIN).chain(self.0.parts.daily.iter().copied()).collect()
    }
}
