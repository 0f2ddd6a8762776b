//! A running house on a fresh database, with the demo province in it.

use std::{ops::Deref, path::PathBuf, sync::Arc};

use axum::Router;
use dinh::{config::Config, wiring};
use testkit::{Client, FrozenClock, Running, SeededIds, Soil, TestDb};
use webkit::Site;

use crate::{documented, documents};

pub const PASSWORD: &str = directory::usecase::demo::PASSWORD;

/// What people of [`House::person`] chose.
const OWN_PASSWORD: &str = "một câu đủ dài để nhớ";

/// A client to which the API answers only what its document describes.
pub fn client(router: Router) -> Client {
    Client::new(router).watched(documented::documented().clone())
}

pub struct House {
    running: Running,
    /// What its clients make of the fields that they send.
    pub soil: Option<Soil>,
}

impl Deref for House {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

fn usual() -> Config {
    Config { base_url: Some("http://dinh.test".into()), ..Config::default() }
}

impl House {
    /// Wired, migrated, empty.
    pub async fn empty() -> Self {
        Self::with(&usual()).await
    }

    /// The same under a configuration of the test's own.
    pub async fn with(config: &Config) -> Self {
        Self::prepared("empty", config, async |_| {}).await
    }

    /// A house that is filled once for all tests, and copied for each.
    async fn prepared(name: &str, config: &Config, fill: impl AsyncFnOnce(&Self)) -> Self {
        // The log of a failed test says why: a page only says that something went wrong.
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_test_writer().try_init();
        let make = async |test| {
            let house = Self::over(test, &usual(), SeededIds::default()).await;
            fill(&house).await;
            let used = house.ids.used();
            (house.running.test, used)
        };
        let (test, used) = TestDb::prepared(name, make).await;
        Self::over(test, config, SeededIds::after(used)).await
    }

    async fn over(test: TestDb, config: &Config, ids: SeededIds) -> Self {
        let (clock, ids) = (Arc::new(FrozenClock::default()), Arc::new(ids));
        let program = PathBuf::from(env!("CARGO_BIN_EXE_dinh"));
        let app = wiring::wired(test.db.clone(), config, clock.clone(), ids.clone(), program).await.unwrap();
        Self { running: Running { app, clock, test, ids }, soil: None }
    }

    /// The same house as another process has it: the database in common, nothing else.
    pub async fn beside(other: &Self) -> Site {
        let config = usual();
        let program = PathBuf::from(env!("CARGO_BIN_EXE_dinh"));
        // Ids that no other process gives.
        let ids = Arc::new(SeededIds::after(1 << 40));
        wiring::wired(other.test.db.clone(), &config, other.clock.clone(), ids, program).await.unwrap()
    }

    /// One module's part of "Tỉnh Mẫu".
    pub async fn fill(&self, name: &str) {
        let module = self.app.modules().iter().find(|module| module.name == name).unwrap();
        module.demo.unwrap()(&self.app, &self.system()).await.unwrap();
    }

    /// With "Tỉnh Mẫu" and its plans.
    pub async fn demo() -> Self {
        Self::demo_with(&usual()).await
    }

    pub async fn demo_with(config: &Config) -> Self {
        let fill = async |house: &Self| {
            for fill in house.app.modules().iter().filter_map(|module| module.demo) {
                fill(&house.app, &house.system()).await.unwrap();
            }
        };
        Self::prepared("demo", config, fill).await
    }

    /// With a whole year of the demo played, up to the day on which the clock stands.
    pub async fn year() -> Self {
        let fill = async |house: &Self| {
            let last = house.system().today();
            house.clock.set(programme::demo::demo_year::first_day(last));
            house.fill("directory").await;
            house.fill("programme").await;
            house.fill("registry").await;
            let clock = house.clock.clone();
            let go = move |day| clock.set(day);
            programme::demo::demo_year::play(&house.app, &house.system(), last, &go).await.unwrap();
        };
        let house = Self::prepared("year", &usual(), fill).await;
        house.clock.set(house.system().today());
        house
    }

    /// With the units and people of the demo, without plans.
    pub async fn people() -> Self {
        Self::prepared("people", &usual(), async |house| house.fill("directory").await).await
    }

    /// The same, made for this test: no other house has its keys.
    pub async fn apart() -> Self {
        let house = Self::over(TestDb::open().await, &usual(), SeededIds::default()).await;
        house.fill("directory").await;
        house
    }

    pub fn client(&self) -> Client {
        client(webkit::router(&self.app)).soiled(self.soil)
    }

    pub async fn signed_in(&self, login: &str) -> Client {
        self.client().sign_in(login, PASSWORD).await
    }

    /// The province's committee says that this plan is its own, and leaves the follower: `/plans/…`, or its id.
    pub async fn confirm(&self, plan: &str) {
        documents::confirm(self, &self.signed_in("lanhdao").await, plan).await;
    }

    /// Confirms every plan that is being reviewed.
    pub async fn confirm_reviewed(&self) {
        let plans = programme::plans::store::plan::list(&self.app.db().read(), None).await.unwrap();
        for plan in plans.iter().filter(|plan| plan.state == "review" && plan.confirmation.is_none()) {
            self.confirm(&plan.id().to_string()).await;
        }
    }

    /// Confirms the document of this number, in which tasks were given.
    pub async fn confirm_numbered(&self, number: &str) {
        for plan in programme::plans::store::plan::numbered(&self.app.db().read(), number).await.unwrap() {
            self.confirm(&plan.id().to_string()).await;
        }
    }

    pub fn unit(&self, name: &str, near: Option<kernel::UnitId>) -> kernel::UnitId {
        let tree = self.app.get::<directory::Directory>().unwrap().tree();
        match (tree.root().filter(|root| root.name == name), tree.resolve(name, near)) {
            (Some(root), _) => root.id,
            (None, kernel::Resolution::Unit { unit, .. }) => unit,
            (None, other) => panic!("{name}: {other:?}"),
        }
    }

    /// Somebody of the test's own, signed in.
    pub async fn person(&self, login: &str, unit: &str, role: kernel::Role) -> Client {
        self.person_below(login, unit, unit, role).await
    }

    /// The same in a unit whose name many bear, below `near`.
    pub async fn person_below(&self, login: &str, near: &str, unit: &str, role: kernel::Role) -> Client {
        let directory = self.app.get::<directory::Directory>().unwrap();
        let unit = self.unit(unit, Some(self.unit(near, None)));
        let new = directory::usecase::account::NewAccount { name: "Ví Dụ Thêm", login, unit, role, title: "" };
        let (authorizer, ctx) = (self.app.authorizer(), self.system());
        let secret = directory::usecase::account::account_add(directory, authorizer, &ctx, &new).await.unwrap();
        let password = [("password", OWN_PASSWORD), ("again", OWN_PASSWORD)];
        self.client().form(&format!("/link/{secret}"), &password).await;
        self.client().sign_in(login, OWN_PASSWORD).await
    }

    /// What the command line says about this house.
    pub fn cli(&self, arguments: &[&str]) -> String {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_dinh"));
        run.args(arguments).arg("--data-dir").arg(&self.test.location.data_dir);
        if let Some(url) = &self.test.location.database_url {
            run.args(["--database-url", url]);
        }
        let done = run.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// Every register of every domain shows exactly what the policy allows, to posts of every role everywhere.
    pub async fn registers_agree(&self) {
        let names = ["Sở Tài chính", "Sở Khoa học và Công nghệ", "UBND xã Sông Mẫu", "UBND xã Đồi Mẫu", "Sở Y tế"];
        let root = self.app.get::<directory::Directory>().unwrap().tree().root().unwrap().id;
        let units: Vec<_> = names.iter().map(|name| self.unit(name, None)).chain([root]).collect();
        self.running.registers_agree(&units).await;
    }
}
