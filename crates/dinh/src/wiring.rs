//! Which domains there are, and how their ports meet.

use std::{path::PathBuf, sync::Arc};

use db::{Db, Location, ModuleMigrations};
use directory::{Directory, Engine, oidc::Oidc};
use jiff::Timestamp;
use kernel::{Clock, IdSource, Problem, ProblemKind};
use notify::{ColleaguesPort, DuesPorts};
use programme::{BodiesPort, CalendarPort, OpenDeadlines, OpenDues, ReadingPort, RemindedPort, usecase::board::Boards};
use webkit::{App, AppParts, Module, Scanner, SheetsPort, WebConfig};

use crate::{administration, child_process::Readers, config::Config};

/// Every domain, once.
pub fn modules() -> Vec<Module> {
    vec![
        directory::module(),
        programme::module(),
        indicators::module(),
        notify::module(),
        administration::module(),
        // xtask new-domain: next module
    ]
}

pub fn migrations(modules: &[Module]) -> Vec<ModuleMigrations> {
    std::iter::once(webkit::MIGRATIONS).chain(modules.iter().map(|module| module.migrations)).collect()
}

/// The clock of the machine.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Random bits of the operating system.
#[derive(Debug)]
pub struct SystemIds;

impl IdSource for SystemIds {
    fn bits(&self) -> u128 {
        let mut bytes = [0u8; 16];
        if getrandom::fill(&mut bytes).is_err() {
            tracing::error!("the operating system gives no random bits");
        }
        u128::from_be_bytes(bytes)
    }
}

/// Opens the database only.
pub async fn open(config: &Config) -> Result<Db, Problem> {
    let location = Location { data_dir: config.data_dir.clone(), database_url: config.database_url.clone() };
    Ok(Db::open(&location).await?)
}

/// Opens, migrates and wires the whole program.
///
/// A new database gets its tables, a SQLite one is brought up to date after a copy of it was laid aside. A PostgreSQL
/// one is changed only when `may_migrate` says so (`dinh migrate`): other programs may be using it.
pub async fn app(config: &Config, may_migrate: bool) -> Result<App, Problem> {
    let db = open(config).await?;
    let pending = db::pending(&db, &migrations(&modules())).await?;
    if !pending.fresh && !pending.steps.is_empty() {
        if config.database_url.is_some() && !may_migrate {
            let steps = pending.steps.join(", ");
            return Err(Problem::new(ProblemKind::Conflict, "older-schema").with("steps", steps));
        }
        if let Some(copy) = db::copy_before(&db, &pending).await? {
            tracing::warn!(copy = %copy.display(), "the schema is brought up to date; a copy was laid aside");
        }
    }
    let program = std::env::current_exe().map_err(Problem::internal)?;
    wired(db, config, Arc::new(SystemClock), Arc::new(SystemIds), program).await
}

/// The same with the parts that tests replace.
pub async fn wired(
    db: Db,
    config: &Config,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    program: PathBuf,
) -> Result<App, Problem> {
    // reqwest takes the process-wide provider; another crate may already have chosen the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let modules = modules();
    db::migrate(&db, &migrations(&modules)).await?;
    let directory = Directory::open(db.clone()).await?;
    let engine = Engine::new(directory.clone(), &modules)?;
    let oidc = Oidc::new(config.oidc()?)?;
    let bodies: BodiesPort = Arc::new(directory.clone());
    let calendar: CalendarPort = Arc::new(directory.clone());
    let deadlines: Arc<dyn kernel::Deadlines> = Arc::new(OpenDeadlines::new(db.clone(), Arc::clone(&calendar)));
    let colleagues: ColleaguesPort = Arc::new(directory.clone());
    let dues: DuesPorts = vec![Arc::new(OpenDues::new(db.clone(), Arc::clone(&bodies)))];
    let reminded: RemindedPort = Arc::new(notify::Record::new(db.clone()));
    let readers = Readers::new(program);
    let indicators: indicators::IndicatorsPort = Arc::new(indicators::Catalogue);
    let (reading, sheets): (ReadingPort, SheetsPort) = (Arc::new(readers.clone()), Arc::new(readers));
    App::new(AppParts {
        db,
        modules,
        authorizer: Arc::new(engine),
        identity: Arc::new(directory.clone()),
        clock,
        ids,
        config: WebConfig {
            base_url: config.base_url(),
            is_training: config.is_training,
            training_url: config.training_listen.as_ref().and(config.training_url.clone()),
            quota: config.is_training.then_some(config.training_disk_mb * 1024 * 1024),
            insecure: config.listens_in_the_clear().unwrap_or(true),
        },
        services: vec![
            Box::new(config.clone()),
            Box::new(Scanner::new(config.clamd.clone())),
            Box::new(oidc),
            Box::new(config.channels()?),
            Box::new(colleagues),
            Box::new(dues),
            Box::new(reminded),
            Box::new(directory),
            Box::new(bodies),
            Box::new(calendar),
            Box::new(deadlines),
            Box::new(reading),
            Box::new(sheets),
            Box::new(indicators),
            Box::new(Boards::default()),
        ],
    })
}
