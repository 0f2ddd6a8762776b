//! A running house on a fresh database, with the demo province in it.

use std::{path::PathBuf, sync::Arc};

use dinh::{config::Config, wiring};
use kernel::{Actor, Ctx, Lang};
use testkit::{Client, FrozenClock, SeededIds, TestDb};
use webkit::App;

pub const PASSWORD: &str = directory::usecase::demo::PASSWORD;

pub struct House {
    pub app: App,
    pub clock: Arc<FrozenClock>,
    pub test: TestDb,
}

impl House {
    /// Wired, migrated, empty.
    pub async fn empty() -> Self {
        Self::with(&Config { base_url: Some("http://dinh.test".into()), ..Config::default() }).await
    }

    /// The same under a configuration of the test's own.
    pub async fn with(config: &Config) -> Self {
        // The log of a failed test says why: a page only says that something went wrong.
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_test_writer().try_init();
        let test = TestDb::open().await;
        let clock = Arc::new(FrozenClock::default());
        let program = PathBuf::from(env!("CARGO_BIN_EXE_dinh"));
        let app = wiring::wired(test.db.clone(), config, clock.clone(), Arc::new(SeededIds::default()), program)
            .await
            .unwrap();
        Self { app, clock, test }
    }

    /// The same house as another process has it: the database in common, nothing else.
    pub async fn beside(other: &Self) -> App {
        let config = Config { base_url: Some("http://dinh.test".into()), ..Config::default() };
        let program = PathBuf::from(env!("CARGO_BIN_EXE_dinh"));
        wiring::wired(other.test.db.clone(), &config, other.clock.clone(), Arc::new(SeededIds::default()), program)
            .await
            .unwrap()
    }

    /// One module's part of "Tỉnh Mẫu".
    pub async fn fill(&self, name: &str) {
        let module = self.app.modules().iter().find(|module| module.name == name).unwrap();
        module.demo.unwrap()(&self.app, &self.system()).await.unwrap();
    }

    /// With "Tỉnh Mẫu" and its plans.
    pub async fn demo() -> Self {
        Self::demo_with(&Config { base_url: Some("http://dinh.test".into()), ..Config::default() }).await
    }

    pub async fn demo_with(config: &Config) -> Self {
        let house = Self::with(config).await;
        for fill in house.app.modules().iter().filter_map(|module| module.demo) {
            fill(&house.app, &house.system()).await.unwrap();
        }
        house
    }

    /// With a whole year of the demo played, up to the day on which the clock stands.
    pub async fn year() -> Self {
        let house = Self::empty().await;
        let last = house.system().today();
        house.clock.set(programme::usecase::demo_year::first_day(last));
        house.fill("directory").await;
        house.fill("programme").await;
        let clock = house.clock.clone();
        let go = move |day| clock.set(day);
        programme::usecase::demo_year::play(&house.app, &house.system(), last, &go).await.unwrap();
        house.clock.set(last);
        house
    }

    /// With the units and people of the demo, without plans.
    pub async fn people() -> Self {
        let house = Self::empty().await;
        house.fill("directory").await;
        house
    }

    pub fn system(&self) -> Ctx {
        self.app.ctx(Actor::System("test"), Lang::Vi)
    }

    pub fn client(&self) -> Client {
        Client::new(webkit::router(&self.app))
    }

    pub async fn signed_in(&self, login: &str) -> Client {
        self.client().sign_in(login, PASSWORD).await
    }

    /// Runs the jobs that are waiting.
    pub async fn drain(&self) {
        db::drain(self.app.db(), &self.system(), &self.app.job_handlers()).await.unwrap();
    }

    pub async fn ledger_length(&self) -> i64 {
        self.app.db().read().count("SELECT COUNT(*) FROM db_ledger", vec![]).await.unwrap()
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.app.db().read().count(sql, vec![]).await.unwrap()
    }
}
