//! A house of nobody in particular: ports that know just enough for a register to be served.

use std::{collections::HashMap, future::ready, pin::Pin, sync::Arc};

use async_trait::async_trait;
use db::Db;
use jiff::civil::Date;
use kernel::{
    AccountId, Actor, Authorizer, Bodies, Body, Colleague, Colleagues, Compartment, Ctx, Held, Learned, Problem,
    ProblemKind, Resolution, Resource, Scope, UnitId,
};
use testkit::{FrozenClock, SeededIds};
use uuid::Uuid;

use crate::{App, Bytes, CoreParts, Identity, Known, Module, SheetReading, Site, WebConfig};

pub fn ids(n: u128) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(n))
}

pub fn app(db: &Db, module: Module, held: Vec<UnitId>) -> App {
    let parts = CoreParts {
        db: db.clone(),
        authorizer: Arc::new(Posts(held)),
        identity: Arc::new(Nobody),
        clock: Arc::new(FrozenClock::default()),
        ids: Arc::new(SeededIds::default()),
        config: WebConfig {
            base_url: "http://dinh.test".into(),
            is_training: false,
            training_url: None,
            quota: None,
            upload_allowance: 0,
            insecure: false,
        },
        ports: testkit::ports(Arc::new(Nobody), Arc::new(Nobody)),
        sheets: Arc::new(Nobody),
        services: vec![],
    };
    App::clone(&Site::new(vec![module], parts).unwrap())
}

/// Whoever asks has posts in these units; names are for whom has one.
#[derive(Debug)]
struct Posts(Vec<UnitId>);

impl Authorizer for Posts {
    fn check(&self, ctx: &Ctx, action: &'static str, _: &Resource) -> Result<(), Problem> {
        self.check_route(ctx, action)
    }

    fn check_route(&self, _: &Ctx, action: &'static str) -> Result<(), Problem> {
        let may = action == "thing.read" || action == "thing.name" && !self.0.is_empty();
        if may { Ok(()) } else { Err(Problem::new(ProblemKind::Forbidden, "forbidden")) }
    }

    fn compartments(&self) -> &[Compartment] {
        &[]
    }

    fn reach(&self, _: &Ctx, _: Held) -> Scope {
        Scope { subtree: self.0.clone(), own: self.0.clone(), ..Scope::default() }
    }
}

#[derive(Debug)]
struct Nobody;

#[async_trait]
impl Colleagues for Nobody {
    async fn at_work(&self, _: Date) -> Result<Vec<Colleague>, Problem> {
        Ok(vec![])
    }
}

#[async_trait]
impl SheetReading for Nobody {
    async fn cells(&self, _: Bytes) -> Result<intake::Grid, Problem> {
        Ok(intake::Grid::default())
    }
}

#[async_trait]
impl Identity for Nobody {
    async fn person(&self, _: &Ctx, _: AccountId, _: i64) -> Result<Option<Actor>, Problem> {
        Ok(None)
    }

    async fn token(&self, _: &Ctx, _: &str) -> Result<Option<Actor>, Problem> {
        Ok(None)
    }

    async fn display_name(&self, _: &Actor) -> Result<(String, String), Problem> {
        Ok(Default::default())
    }

    async fn people(&self, _: &[String]) -> Result<HashMap<String, Known>, Problem> {
        Ok(HashMap::new())
    }

    async fn installation_name(&self) -> Result<String, Problem> {
        Ok(String::new())
    }
}

type Done<'a> = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

impl Bodies for Nobody {
    fn resolve(&self, _: &str, _: Option<UnitId>) -> Resolution {
        Resolution::Unknown
    }

    fn body(&self, _: UnitId) -> Option<Body> {
        None
    }

    fn meant(&self, _: &str, _: Date) -> Result<UnitId, Problem> {
        Err(Problem::not_found())
    }

    fn names(&self, _: Date) -> Vec<String> {
        vec![]
    }

    fn written(&self, _: UnitId, _: Date) -> String {
        String::new()
    }

    fn today(&self, unit: UnitId) -> UnitId {
        unit
    }

    fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId> {
        units.to_vec()
    }

    fn above(&self, _: UnitId) -> Option<UnitId> {
        None
    }

    fn province(&self) -> String {
        String::new()
    }

    fn find(&self, _: &str, _: usize) -> Vec<Body> {
        vec![]
    }

    fn search(&self, _: &kernel::Search<'_>, _: &dyn Fn(UnitId) -> bool) -> kernel::Found {
        kernel::Found::default()
    }

    fn acts_for(&self, unit: UnitId) -> UnitId {
        unit
    }

    fn learn<'a>(
        &'a self,
        _: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<kernel::Reach, Problem>> + Send + 'a>> {
        Box::pin(ready(Ok(learned.reach)))
    }

    fn unlearn<'a>(&'a self, _: &'a Ctx, _: &'a Learned) -> Done<'a> {
        Box::pin(ready(Ok(())))
    }
}
