//! The whole program as the web knows it: its modules, over the app whose requests they answer.

use std::sync::Arc;

use axum::http::Method;
use kernel::Problem;

use crate::{
    App, Core, CoreParts, Module, Templates,
    app::AppParts,
    check::Checks,
    counts::AllCounts,
    jump::Finders,
    locales, roles,
    saved::{Lists, Place},
    things::Things,
    undo::Undos,
};

/// A site that can be served; handlers get its [`App`].
#[derive(Debug, Clone)]
pub struct Site {
    app: App,
    modules: Arc<[Module]>,
}

impl std::ops::Deref for Site {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl Site {
    /// Fails where a module needs a service that was not wired in.
    pub fn new(modules: Vec<Module>, mut parts: CoreParts) -> Result<Self, Problem> {
        let undos = modules.iter().flat_map(|module| module.undo).copied();
        let checks = modules.iter().flat_map(|module| module.checks).copied();
        parts.services.push(Box::new(Undos(undos.collect())));
        let things = modules.iter().flat_map(|module| module.things).copied();
        parts.services.push(Box::new(Things(things.collect())));
        parts.services.push(Box::new(Checks(checks.collect())));
        parts.services.push(Box::new(AllCounts(modules.iter().filter_map(|module| module.counts).collect())));
        parts.services.push(Box::new(Finders {
            finders: modules.iter().flat_map(|module| module.finders).copied().collect(),
            registers: modules.iter().flat_map(|module| (module.registers)()).collect(),
        }));
        let registers = modules.iter().flat_map(|module| (module.registers)()).map(Place::Register);
        let others = modules.iter().flat_map(|module| module.views).copied().map(Place::Other);
        parts.services.push(Box::new(Lists(registers.chain(others).collect())));
        let core = Core::new(parts, locales(&modules)?, roles(&modules));
        modules.iter().flat_map(|module| module.needs).try_for_each(|need| need.is_met(&core))?;
        let routes = modules.iter().flat_map(|module| (module.routes)()).filter(|route| !route.is_api());
        let own = AppParts {
            templates: Templates::new(modules.iter().flat_map(|module| module.templates), core.locales())?,
            nav: modules.iter().flat_map(|module| module.nav).copied().collect(),
            jobs: modules.iter().map(|module| module.jobs).collect(),
            daily: modules.iter().flat_map(|module| module.daily).copied().collect(),
            addresses: routes.map(|route| (route.path, route.method == Method::GET)).collect(),
            doors: modules.iter().flat_map(|module| module.drafts).map(|door| door.keep).collect(),
        };
        Ok(Self { app: App::new(core, own), modules: modules.into() })
    }

    pub fn modules(&self) -> &[Module] {
        &self.modules
    }
}
