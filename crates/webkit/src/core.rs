//! What use cases run on: rows, rights, words, ports; neither templates nor routes.

use std::{
    any::Any,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use db::Db;
use kernel::{
    Actor, Authorizer, Bodies, Clock, Colleagues, Ctx, Deadlines, Dues, Erasing, Figures, IdSource, Indicators, Lang,
    Ports, Problem, Reminded, Resource, Roles, Stated, UnitId, Waiting, WorkCalendar,
};

use crate::{Identity, Locales, Room, SheetReading, WebConfig};

type Service = Box<dyn Any + Send + Sync>;

/// The house without its face; an [`crate::App`] is one with it.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

struct Inner {
    db: Db,
    authorizer: Arc<dyn Authorizer>,
    identity: Arc<dyn Identity>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    config: WebConfig,
    room: Room,
    locales: Locales,
    roles: Roles,
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

    pub(crate) fn is_met(self, core: &Core) -> Result<(), Problem> {
        (self.0)(core)
    }
}

/// What a [`Core`] is made of.
pub struct CoreParts {
    pub db: Db,
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
        f.debug_struct("Core").finish_non_exhaustive()
    }
}

impl Core {
    /// Made by a [`crate::Site`], with the words and the roles of its modules.
    pub(crate) fn new(parts: CoreParts, locales: Locales, roles: Roles) -> Self {
        let services = parts.services.into_iter().map(|service| ((*service).type_id(), service)).collect();
        let room = Room::new(parts.db.data_dir(), parts.config.quota);
        Self(Arc::new(Inner {
            db: parts.db,
            authorizer: parts.authorizer,
            identity: parts.identity,
            clock: parts.clock,
            ids: parts.ids,
            config: parts.config,
            room,
            locales,
            roles,
            ports: parts.ports,
            sheets: parts.sheets,
            services,
        }))
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn authorizer(&self) -> &dyn Authorizer {
        self.0.authorizer.as_ref()
    }

    /// Whether the actor may do this; of what was a matter of a body that was merged away its successor disposes.
    ///
    /// # Errors
    /// Where it is for others.
    pub fn check_today(&self, ctx: &Ctx, action: &'static str, resource: Resource) -> Result<(), Problem> {
        self.authorizer().check(ctx, action, &resource.today(self.bodies().as_ref()))
    }

    /// The unit of a post of the actor that stands over all of these, where they may do this to things of this kind: whoever may
    /// do it there may take it back.
    pub fn unit_over(
        &self,
        ctx: &Ctx,
        (action, kind): (&'static str, &'static str),
        units: &BTreeSet<UnitId>,
    ) -> Option<UnitId> {
        let bodies = self.bodies();
        let is_over = |unit: UnitId, below: UnitId| {
            std::iter::successors(Some(bodies.today(below)), |below| bodies.above(*below)).any(|above| above == unit)
        };
        let may = |unit: &UnitId| self.authorizer().check(ctx, action, &Resource::kept(kind, *unit)).is_ok();
        let mut own = ctx.actor.posts().iter().map(|post| post.unit).filter(may);
        own.find(|unit| units.iter().all(|one| is_over(*unit, *one)))
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

    /// The roles that a post may have.
    pub fn roles(&self) -> &Roles {
        &self.0.roles
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

    /// What domains count by themselves.
    pub fn figures(&self) -> &[Arc<dyn Figures>] {
        &self.0.ports.figures
    }

    /// What plans make of it.
    pub fn stated(&self) -> &[Arc<dyn Stated>] {
        &self.0.ports.stated
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
