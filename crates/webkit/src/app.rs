//! What a running program is made of; handlers get it as axum state.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::Method;
use kernel::{AccountId, Actor, Ctx, Problem};

use crate::{
    Core, Crowd, Handlers, Refusals, Templates,
    kept_files::KeptFiles,
    large,
    retention::{RETAIN, Retain},
};

/// Pages that follow changes: of one person, and of all.
const STREAMS_EACH: usize = 5;
const STREAMS_ALL: usize = 3000;

/// Finds who stands behind a session or a token; `directory` answers.
#[async_trait]
pub trait Identity: Send + Sync + std::fmt::Debug {
    /// The person with today's posts; none when the account is closed or its sessions were ended (`epoch`).
    async fn person(&self, ctx: &Ctx, account: AccountId, epoch: i64) -> Result<Option<Actor>, Problem>;
    async fn token(&self, ctx: &Ctx, secret: &str) -> Result<Option<Actor>, Problem>;
    /// Name and unit as shown at the top of pages.
    async fn display_name(&self, actor: &Actor) -> Result<(String, String), Problem>;
    /// The name of who acted under this pseudonym, while it is known.
    async fn name(&self, pseudonym: &str) -> Result<Option<String>, Problem>;
    /// What this reader should know of the house on every page until it is mended, each as a problem with its sentence.
    async fn warnings(&self, _ctx: &Ctx) -> Result<Vec<Problem>, Problem> {
        Ok(vec![])
    }
    /// The name of the installation's province.
    async fn installation_name(&self) -> Result<String, Problem>;
}

#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Cookies are `Secure` when the base URL is https.
    pub base_url: String,
    /// Invented data; a banner says so, and its cookies are others.
    pub is_training: bool,
    /// Where training is, for the menu.
    pub training_url: Option<String>,
    /// Bytes that the data folder may grow to before changes are refused; no limit without it.
    pub quota: Option<u64>,
    /// Bytes that one person may hand in on one day.
    pub upload_allowance: u64,
    /// The site is reached over the network without encryption; administrators are reminded of it on every page.
    pub insecure: bool,
}

impl WebConfig {
    /// Two sites of one host share their cookies, so each has a name of its own. Over https the browser itself sees to
    /// it (`__Host-`) that no other host and no unencrypted page has set it.
    pub fn session_cookie(&self) -> &'static str {
        match (self.is_https(), self.is_training) {
            (true, true) => "__Host-dinh_training",
            (true, false) => "__Host-dinh_session",
            (false, true) => "dinh_training",
            (false, false) => crate::SESSION_COOKIE,
        }
    }

    /// The name of another cookie, by the same rules.
    pub fn cookie(&self, name: &str) -> String {
        let prefix = if self.is_https() { "__Host-" } else { "" };
        let site = if self.is_training { "_training" } else { "" };
        format!("{prefix}{name}{site}")
    }

    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https:")
    }
}

#[derive(Clone)]
pub struct App(Arc<Inner>);

pub(crate) struct Inner {
    core: Core,
    pub templates: Templates,
    pub refusals: Refusals,
    pub streams: Crowd<AccountId>,
    pub uploads: Crowd<AccountId>,
    pub kept: KeptFiles,
    /// Every address outside the API, and whether something is shown there.
    addresses: Vec<(&'static str, bool)>,
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
    pub fn new(core: Core) -> Result<Self, Problem> {
        let modules = core.modules();
        let templates = Templates::new(modules, core.locales())?;
        let routes = modules.iter().flat_map(|module| (module.routes)()).filter(|route| !route.is_api());
        let addresses = routes.map(|route| (route.path, route.method == Method::GET)).collect();
        Ok(Self(Arc::new(Inner {
            core,
            streams: Crowd::new(STREAMS_ALL, STREAMS_EACH),
            uploads: Crowd::new(large::ALL, large::EACH),
            kept: KeptFiles::default(),
            templates,
            refusals: Refusals::default(),
            addresses,
        })))
    }

    pub fn templates(&self) -> &Templates {
        &self.0.templates
    }

    pub fn refusals(&self) -> &Refusals {
        &self.0.refusals
    }

    pub(crate) fn addresses(&self) -> &[(&'static str, bool)] {
        &self.0.addresses
    }

    /// Open event streams, by account.
    pub fn streams(&self) -> &Crowd<AccountId> {
        &self.0.streams
    }

    /// Large requests under way, by account.
    pub(crate) fn uploads(&self) -> &Crowd<AccountId> {
        &self.0.uploads
    }

    /// Lists that were looked at and may be taken in.
    pub(crate) fn kept(&self) -> &KeptFiles {
        &self.0.kept
    }

    /// What does the jobs of all modules; fails where a module lacks a port.
    pub fn job_handlers(&self) -> Result<Handlers, Problem> {
        let mut handlers: Handlers = vec![Arc::new(Retain { app: self.clone() })];
        for module in self.modules() {
            handlers.extend((module.jobs)(self)?);
        }
        Ok(handlers)
    }

    /// Kinds of jobs that run once a day.
    pub fn daily(&self) -> Vec<&'static str> {
        std::iter::once(RETAIN).chain(self.modules().iter().flat_map(|module| module.daily.iter().copied())).collect()
    }
}
