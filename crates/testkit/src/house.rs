//! A house for the tests of one domain: the real database, router, guard and rights over a tree of ten invented units; who
//! asks is made up, and so are the ports that other domains would answer.
//!
//! ```ignore
//! let house = testkit::house([registry::module()]).await;
//! let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
//! assert_eq!(officer.get("/systems").await.status, StatusCode::OK);
//! ```

mod people;
mod ports;
mod running;
mod sheets;
mod units;

use std::{
    any::Any,
    ops::Deref,
    pin::Pin,
    sync::{Arc, OnceLock},
};

use authz::Engine;
use axum::extract::Path;
use kernel::{Role, UnitId};
use webkit::{Access, App, Core, CoreParts, Module, Outcome, Req, Route, WebConfig};

pub use self::{people::People, running::Running, units::Units};
use crate::{Client, Documented, FrozenClock, SeededIds, TestDb};

type Service = Box<dyn Any + Send + Sync>;

/// A house of these modules; `.with(…)` gives them a service of their own, `.await` opens it.
pub fn house(modules: impl IntoIterator<Item = Module>) -> Building {
    let modules: Vec<Module> = modules.into_iter().collect();
    Building { modules: std::iter::once(gate()).chain(modules).collect(), services: Vec::new() }
}

/// What every house has beside its domains: roles, and the way by which acts are taken back.
fn gate() -> Module {
    Module {
        routes: || vec![Route::post("/undo/{seq}", Access::SignedIn, undo)],
        roles: &[Role::LEADER, Role::OFFICER, Role::PROGRAMME, Role::UNIT_ADMIN, Role::SYSTEM_ADMIN],
        ..Module::new("gate")
    }
}

async fn undo(req: Req, Path(seq): Path<i64>) -> Outcome {
    Ok(Req::go(&webkit::undo(&req.app, &req.ctx, seq).await?, "undone"))
}

/// A house that is not open yet.
pub struct Building {
    modules: Vec<Module>,
    services: Vec<Service>,
}

impl Building {
    /// A service of the module's own, or a port of the test's in the place of the house's.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, service: T) -> Self {
        self.services.push(Box::new(service));
        self
    }

    async fn open(self) -> House {
        // The log of a failed test says why: a page only says that something went wrong.
        let _ = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
            .with_test_writer()
            .try_init();
        let steps: Vec<_> =
            std::iter::once(webkit::MIGRATIONS).chain(self.modules.iter().map(|module| module.migrations)).collect();
        let name = self.modules.iter().map(|module| module.name).collect::<Vec<_>>().join("_");
        let migrated = async |test: TestDb| {
            db::migrate(&test.db, &steps).await.unwrap();
            (test, 0)
        };
        let (test, _) = TestDb::prepared(&name, migrated).await;
        db::migrate(&test.db, &steps).await.unwrap();
        let (clock, ids) = (Arc::new(FrozenClock::default()), Arc::new(SeededIds::default()));
        let (units, people) = (Arc::new(Units), Arc::new(People::default()));
        let engine = Engine::new(units.clone(), &self.modules).unwrap();
        let mut services = ports::all(&units, &people, &self.modules);
        services.extend(self.services);
        let core = Core::new(CoreParts {
            db: test.db.clone(),
            modules: self.modules,
            authorizer: Arc::new(engine),
            identity: people.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            config: WebConfig {
                base_url: "http://dinh.test".into(),
                is_training: false,
                training_url: None,
                quota: None,
                upload_allowance: 1 << 30,
                insecure: false,
            },
            services,
        });
        let app = App::new(core.unwrap()).unwrap();
        House { running: Running { app, clock, test, ids }, people, documented: OnceLock::new() }
    }
}

impl IntoFuture for Building {
    type Output = House;
    type IntoFuture = Pin<Box<dyn Future<Output = House> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

/// An open house of one domain, and who is in it.
pub struct House {
    running: Running,
    pub people: Arc<People>,
    documented: OnceLock<Arc<Documented>>,
}

impl Deref for House {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl House {
    /// Nobody yet; the API answers it only what its document describes.
    pub fn client(&self) -> Client {
        let documented = self.documented.get_or_init(|| Arc::new(Documented::of(self.app.modules())));
        Client::new(webkit::router(&self.app)).watched(documented.clone())
    }

    /// Somebody of this post, come in.
    pub async fn person(&self, login: &str, unit: &str, role: Role) -> Client {
        self.people.add(&self.system(), login, &[(self.unit(unit), role)]);
        self.as_(login).await
    }

    /// Somebody who is in the house already, come in once more: another session.
    pub async fn as_(&self, login: &str) -> Client {
        let cookie = self.people.session(&self.app, &self.system(), login).await;
        self.client().with_cookie(&format!("{}={cookie}", self.app.config().session_cookie()))
    }

    pub fn unit(&self, name: &str) -> UnitId {
        Units::named(name)
    }

    /// Every register shows exactly what the policy allows, to posts of every role everywhere.
    pub async fn registers_agree(&self) {
        self.running.registers_agree(&Units::all()).await;
    }
}
