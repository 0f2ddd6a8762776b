//! The directory with the people and units of the demo, and no other domain.

use std::{ops::Deref, pin::Pin, sync::Arc};

use db::Db;
use directory::{Directory, Entrance, SecondFactor, Settings, oidc::Oidc};
use kernel::{Ports, Role, UnitId};
use testkit::{Client, Wiring};
use webkit::Module;

pub const PASSWORD: &str = directory::usecase::demo::PASSWORD;

pub struct House(testkit::House);

impl Deref for House {
    type Target = testkit::House;

    fn deref(&self) -> &testkit::House {
        &self.0
    }
}

impl House {
    pub async fn people() -> Self {
        Self(testkit::house([directory::module(), others()]).wired(wired).demo().await)
    }

    pub async fn signed_in(&self, login: &str) -> Client {
        self.client().sign_in(login, PASSWORD).await
    }

    pub fn unit(&self, name: &str, near: Option<UnitId>) -> UnitId {
        match self.app.get::<Directory>().unwrap().tree().resolve(name, near) {
            kernel::Resolution::Unit { unit, .. } => unit,
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// The roles that other domains give people.
fn others() -> Module {
    Module { roles: &[Role::LEADER, Role::HEAD, Role::OFFICER, Role::CLERK, Role::PROGRAMME], ..Module::new("others") }
}

/// The directory itself says who somebody is and what stands above what.
fn wired<'a>(db: &'a Db, modules: &'a [Module]) -> Pin<Box<dyn Future<Output = Wiring> + 'a>> {
    Box::pin(async move {
        let directory = Directory::open(db.clone(), webkit::roles(modules)).await.unwrap();
        let port = Arc::new(directory.clone());
        Wiring {
            identity: Arc::new(directory.clone()),
            tree: Arc::new(directory.clone()),
            ports: Ports { times: port.clone(), ..testkit::ports(port.clone(), port) },
            services: vec![
                Box::new(Oidc::new(None).unwrap()),
                Box::new(Entrance::new(SecondFactor::Required)),
                Box::new(Settings { close_after_days: 90 }),
                Box::new(directory),
            ],
        }
    })
}
