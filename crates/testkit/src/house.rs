//! A house for the tests of one domain: the real database, router, guard and rights over a tree of ten invented units; who
//! asks is made up, and so are the ports that other domains would answer.
//!
//! ```ignore
//! let house = testkit::house([registry::module()]).await;
//! let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
//! assert_eq!(officer.get("/systems").await.status, StatusCode::OK);
//! ```

mod people;
mod running;
mod sheets;
mod units;

use std::{
    any::Any,
    collections::BTreeMap,
    ops::Deref,
    pin::Pin,
    sync::{Arc, OnceLock},
};

use authz::Engine;
use axum::extract::Path;
use db::{Db, ModuleMigrations};
use kernel::{Ctx, Ports, Role, UnitId, UnitTree};
use tracing_subscriber::filter::LevelFilter;
use webkit::{Access, CoreParts, Identity, Module, Outcome, Req, Retentions, Route, Scanner, Site, WebConfig};

pub use self::{people::People, running::Running, units::Units};
use crate::{Client, Documented, FrozenClock, SeededIds, TestDb};

pub type Service = Box<dyn Any + Send + Sync>;
type Awaited<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Who a house of a test's own asks in the place of made-up people and units.
pub struct Wiring {
    pub identity: Arc<dyn Identity>,
    pub tree: Arc<dyn UnitTree>,
    pub ports: Ports,
    pub services: Vec<Service>,
}

/// What makes them over the rows of a migrated database.
pub type Wire = for<'a> fn(&'a Db, &'a [Module]) -> Awaited<'a, Wiring>;

/// A house of these modules; `.with(…)` gives them a service of their own, `.await` opens it.
pub fn house(modules: impl IntoIterator<Item = Module>) -> Building {
    let modules = modules.into_iter().collect();
    Building { modules, services: Vec::new(), change: |_| (), wire: None, has_demo: false }
}

/// What a house has beside its domains: roles, and the way by which acts are taken back.
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
    change: fn(&mut Ports),
    wire: Option<Wire>,
    has_demo: bool,
}

impl Building {
    /// A service of the module's own.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, service: T) -> Self {
        self.services.push(Box::new(service));
        self
    }

    /// With answers of the test's own in the place of the house's.
    #[must_use]
    pub fn ports(mut self, change: fn(&mut Ports)) -> Self {
        self.change = change;
        self
    }

    /// For the domain that knows people and units itself, and has the way by which acts are taken back.
    #[must_use]
    pub fn wired(mut self, wire: Wire) -> Self {
        self.wire = Some(wire);
        self
    }

    /// With the modules' parts of the demo, made once for all tests; what `with` gave is not there yet.
    #[must_use]
    pub fn demo(mut self) -> Self {
        self.has_demo = true;
        self
    }

    async fn open(self) -> House {
        // The log of a failed test says why: a page only says that something went wrong.
        let log = tracing_subscriber::fmt().with_max_level(LevelFilter::WARN).with_test_writer();
        let _ = log.try_init();
        let Self { mut modules, services, change, wire, has_demo } = self;
        let name = modules.iter().map(|module| module.name).collect::<Vec<_>>().join("_");
        if wire.is_none() {
            modules.push(gate());
        }
        let make = async |test: TestDb| {
            let demo: Vec<_> = modules.iter().filter_map(|module| module.demo).filter(|_| has_demo).collect();
            if demo.is_empty() {
                db::migrate(&test.db, &steps(&modules)).await.unwrap();
                return (test, 0);
            }
            let house = House::over(test, modules.clone(), (wire, |_| ()), Vec::new(), SeededIds::default()).await;
            for fill in demo {
                fill(&house.app, &house.system()).await.unwrap();
            }
            let used = house.ids.used();
            (house.running.test, used)
        };
        let (test, used) = TestDb::prepared(&format!("{name}{}", if has_demo { "_demo" } else { "" }), make).await;
        House::over(test, modules, (wire, change), services, SeededIds::after(used)).await
    }
}

impl IntoFuture for Building {
    type Output = House;
    type IntoFuture = Awaited<'static, House>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

fn steps(modules: &[Module]) -> Vec<ModuleMigrations> {
    std::iter::once(webkit::MIGRATIONS).chain(modules.iter().map(|module| module.migrations)).collect()
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
    async fn over(
        test: TestDb,
        modules: Vec<Module>,
        (wire, change): (Option<Wire>, fn(&mut Ports)),
        more: Vec<Service>,
        ids: SeededIds,
    ) -> Self {
        db::migrate(&test.db, &steps(&modules)).await.unwrap();
        // Where files that come in lie meanwhile.
        std::fs::create_dir_all(test.db.data_dir().join(webkit::SCRATCH)).unwrap();
        let (clock, ids, people) = (Arc::new(FrozenClock::default()), Arc::new(ids), Arc::new(People::default()));
        let made_up = || Wiring {
            identity: people.clone(),
            tree: Arc::new(Units),
            ports: crate::ports(Arc::new(Units), people.clone()),
            services: Vec::new(),
        };
        let mut wiring = match wire {
            Some(wire) => wire(&test.db, &modules).await,
            None => made_up(),
        };
        change(&mut wiring.ports);
        let mut services: Vec<Service> = vec![
            Box::new(Scanner::new(None)),
            Box::new(Retentions::new(modules.iter().flat_map(|module| module.retention), &BTreeMap::new()).unwrap()),
        ];
        services.extend(wiring.services);
        services.extend(more);
        let parts = CoreParts {
            db: test.db.clone(),
            authorizer: Arc::new(Engine::new(wiring.tree, &modules).unwrap()),
            identity: wiring.identity,
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
            ports: wiring.ports,
            sheets: Arc::new(sheets::Sheets),
            services,
        };
        let app = Site::new(modules, parts).unwrap();
        Self { running: Running { app, clock, test, ids }, people, documented: OnceLock::new() }
    }

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

    /// As whom somebody acts where a use case is called and no page is asked for.
    pub fn ctx(&self, login: &str) -> Ctx {
        self.system().with_actor(self.people.actor(login))
    }

    pub fn unit(&self, name: &str) -> UnitId {
        Units::named(name)
    }

    /// Every register shows exactly what the policy allows, to posts of every role everywhere.
    pub async fn registers_agree(&self) {
        self.running.registers_agree(&Units::all()).await;
    }
}
