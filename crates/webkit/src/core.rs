//! What use cases run on: rows, rights, words, ports; neither templates nor routes.

use std::{any::Any, collections::HashMap, sync::Arc};

use db::Db;
use kernel::{
    Actor, Authorizer, Bodies, Clock, Colleagues, Ctx, Deadlines, Dues, Erasing, IdSource, Indicators, Lang, Ports,
    Problem, Reminded, Waiting, WorkCalendar,
};

use crate::{Identity, Locales, Module, Room, SheetReading, WebConfig};

type Service = Box<dyn Any + Send + Sync>;

/// The house without its face; an [`crate::App`] is one with it.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

struct Inner {
    db: Db,
    modules: Vec<Module>,
    authorizer: Arc<dyn Authorizer>,
    identity: Arc<dyn Identity>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    config: WebConfig,
    room: Room,
    locales: Locales,
    ports: Ports,
    sheets: Arc<dyn SheetReading>,
    services: HashMap<std::any::TypeId, Service>,
}

/// A service without which a module cannot do its work; asked for at the start.
#[derive(Debug, Clone, Copy)]
pub struct Need(fn(&Core) -> Result<(), Problem>);

impl Need {
    pub const fn of<T: Any + Send + Sync>() -> Self {
        Self(|core| core.get::<T>().map(drop))
    }
}

/// What a [`Core`] is made of.
pub struct CoreParts {
    pub db: Db,
    pub modules: Vec<Module>,
    pub authorizer: Arc<dyn Authorizer>,
    pub identity: Arc<dyn Identity>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    pub config: WebConfig,
    pub ports: Ports,
    pub sheets: Arc<dyn SheetReading>,
    /// By type; modules find theirs with [`Core::get`].
    pub services: Vec<Service>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("modules", &self.0.modules).finish_non_exhaustive()
    }
}

impl Core {
    /// Fails where a module needs a service that was not wired in.
    pub fn new(parts: CoreParts) -> Result<Self, Problem> {
        let services = parts.services.into_iter().map(|service| ((*service).type_id(), service)).collect();
        let locales = Locales::new(&parts.modules)?;
        let room = Room::new(parts.db.data_dir(), parts.config.quota);
        let core = Self(Arc::new(Inner {
            db: parts.db,
            modules: parts.modules,
            authorizer: parts.authorizer,
            identity: parts.identity,
            clock: parts.clock,
            ids: parts.ids,
            config: parts.config,
            room,
            locales,
            ports: parts.ports,
            sheets: parts.sheets,
            services,
        }));
        core.modules().iter().flat_map(|module| module.needs).try_for_each(|need| (need.0)(&core))?;
        Ok(core)
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn modules(&self) -> &[Module] {
        &self.0.modules
    }

    pub fn authorizer(&self) -> &dyn Authorizer {
        self.0.authorizer.as_ref()
    }

    pub fn identity(&self) -> &dyn Identity {
        self.0.identity.as_ref()
    }

    pub fn config(&self) -> &WebConfig {
        &self.0.config
    }

    /// What is said in both languages.
    pub fn locales(&self) -> &Locales {
        &self.0.locales
    }

    /// The disk space that this site may use.
    pub fn room(&self) -> &Room {
        &self.0.room
    }

    pub fn bodies(&self) -> &Arc<dyn Bodies> {
        &self.0.ports.bodies
    }

    pub fn times(&self) -> &Arc<dyn WorkCalendar> {
        &self.0.ports.times
    }

    pub fn colleagues(&self) -> &Arc<dyn Colleagues> {
        &self.0.ports.colleagues
    }

    pub fn indicators(&self) -> &Arc<dyn Indicators> {
        &self.0.ports.indicators
    }

    pub fn reminded(&self) -> &Arc<dyn Reminded> {
        &self.0.ports.reminded
    }

    pub fn dues(&self) -> &[Arc<dyn Dues>] {
        &self.0.ports.dues
    }

    pub fn deadlines(&self) -> &[Arc<dyn Deadlines>] {
        &self.0.ports.deadlines
    }

    pub fn waiting(&self) -> &[Arc<dyn Waiting>] {
        &self.0.ports.waiting
    }

    pub fn erasing(&self) -> &[Arc<dyn Erasing>] {
        &self.0.ports.erasing
    }

    /// What reads foreign workbooks.
    pub fn sheets(&self) -> &Arc<dyn SheetReading> {
        &self.0.sheets
    }

    /// A service that was wired in under its type.
    pub fn get<T: Any + Send + Sync>(&self) -> Result<&T, Problem> {
        let found = self.0.services.get(&std::any::TypeId::of::<T>()).and_then(|service| service.downcast_ref());
        found.ok_or_else(|| Problem::internal(format!("{} is not wired in", std::any::type_name::<T>())))
    }

    pub fn ctx(&self, actor: Actor, lang: Lang) -> Ctx {
        Ctx::new(actor, lang, Arc::clone(&self.0.clock), Arc::clone(&self.0.ids))
    }
}
