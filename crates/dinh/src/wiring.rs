//! Which domains there are, and how their ports meet.

use std::{path::PathBuf, sync::Arc};

use authz::Engine;
use db::{Db, Location, ModuleMigrations};
use directory::{Directory, Entrance, SecondFactor, oidc::Oidc};
use jiff::Timestamp;
use kernel::{Actor, Clock, Colleagues, Ctx, IdSource, Lang, Ports, Problem, ProblemKind};
use notify::HeadTo;
use programme::{
    BodiesPort, CalendarPort, LookAtFile, OpenDeadlines, OpenDues, PapersPort, ReadingPort,
    overview::usecase::{board::Boards, glance::Glances, waiting::Waits},
    plans::usecase::{cascade::Pairs, plan_read::Briefs},
    reporting::usecase::outside_door::Doors,
    work::usecase::remembered::{FirstParts, FirstTasks},
};
use webkit::{CoreParts, FileLookPort, LettersPort, Module, Scanner, Site, WebConfig};

use crate::{
    administration, child_process::Readers, config::Config, help, papers::Papers, sandbox::Sandbox, scratch::Scratch,
};

/// Every domain, once.
pub fn modules() -> Vec<Module> {
    vec![
        directory::module(),
        programme::module(),
        indicators::module(),
        registry::module(),
        notify::module(),
        administration::module(),
        help::module(),
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
pub async fn app(config: &Config, may_migrate: bool) -> Result<Site, Problem> {
    let db = open(config).await?;
    let pending = db::pending(&db, &migrations(&modules())).await?;
    if !pending.fresh && !pending.steps.is_empty() {
        if config.database_url.is_some() && !may_migrate {
            let steps = pending.steps.join(", ");
            return Err(Problem::new(ProblemKind::Conflict, "older-schema").with("steps", steps));
        }
        // Another program may still be serving the file.
        let _held = if config.database_url.is_none() { Some(db.hold_alone()?) } else { None };
        if let Some(copy) = db::copy_before(&db, &pending).await? {
            tracing::warn!(copy = %copy.display(), "the schema is brought up to date; a copy was laid aside");
        }
    }
    let program = std::env::current_exe().map_err(Problem::internal)?;
    wired(db, config, Arc::new(SystemClock), Arc::new(SystemIds), program).await
}

/// Rows of before this version are covered by the ledger from now on. What hinders it (a clock behind the ledger) must
/// not hinder the start, where it can be mended.
async fn seal_rows(db: &Db, ctx: &Ctx) {
    if let Err(problem) = db::seal_rows(db, ctx).await {
        tracing::error!(%problem, "rows of an older version could not be sealed into the ledger; trying again at the next start");
    }
}

/// Who answers what domains ask of one another.
pub fn ports(db: &Db, directory: &Directory, letters: &LettersPort, clock: &Arc<dyn Clock>) -> Ports {
    let bodies: BodiesPort = Arc::new(directory.clone());
    let times: CalendarPort = Arc::new(directory.clone());
    let colleagues: Arc<dyn Colleagues> = Arc::new(directory.clone());
    let moves = Arc::new(registry::OpenMoves::new(
        db.clone(),
        Arc::clone(&bodies),
        Arc::clone(&times),
        Arc::clone(&colleagues),
        Arc::clone(clock),
    ));
    Ports {
        colleagues,
        indicators: Arc::new(indicators::Catalogue),
        reminded: Arc::new(notify::Record::new(db.clone())),
        dues: vec![
            Arc::new(OpenDues::new(db.clone(), Arc::clone(&bodies))),
            Arc::new(registry::OpenRounds::new(db.clone(), Arc::clone(&bodies))),
            moves.clone(),
        ],
        deadlines: vec![Arc::new(OpenDeadlines::new(db.clone(), Arc::clone(&times)))],
        waiting: vec![Arc::new(directory.clone()), moves],
        erasing: vec![
            Arc::new(notify::Addresses::new(db.clone())),
            Arc::new(programme::Charges::new(db.clone(), Arc::clone(letters))),
            Arc::new(webkit::Drafts::new(db.clone())),
        ],
        figures: vec![Arc::new(registry::OwnFigures::new(db.clone(), Arc::clone(&bodies)))],
        stated: vec![Arc::new(programme::OwnTargets::new(db.clone(), Arc::clone(&bodies)))],
        bodies,
        times,
    }
}

/// What the program knows of itself by its settings, for its own level dossier.
fn own(config: &Config) -> registry::Own {
    registry::Own {
        version: env!("CARGO_PKG_VERSION").into(),
        is_encrypted: config.base_url().starts_with("https://") && !config.listens_in_the_clear().unwrap_or(true),
        has_second_factor: config.second_factor == SecondFactor::Required,
        has_backup_folder: config.backup_dir.is_some(),
        is_confined: config.sandbox == Sandbox::Require,
        scans: config.clamd.is_some(),
        has_public_address: config.has_public_address(),
    }
}

/// The same with the parts that tests replace.
pub async fn wired(
    db: Db,
    config: &Config,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    program: PathBuf,
) -> Result<Site, Problem> {
    // reqwest takes the process-wide provider; another crate may already have chosen the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let modules = modules();
    db::migrate(&db, &migrations(&modules)).await?;
    seal_rows(&db, &Ctx::new(Actor::System("migrate"), Lang::Vi, Arc::clone(&clock), Arc::clone(&ids))).await;
    let directory = Directory::open(db.clone(), webkit::roles(&modules)).await?;
    let retentions = webkit::Retentions::new(modules.iter().flat_map(|module| module.retention), &config.retention)?;
    let engine = Engine::new(Arc::new(directory.clone()), &modules)?;
    let oidc = Oidc::new(config.oidc()?)?;
    let unusable = |error: std::io::Error| {
        Problem::bad_input("file-unusable").with("file", db.data_dir().join(webkit::SCRATCH).display()).because(error)
    };
    // On a full disk what is there can still be read, and the ledger verified.
    let full = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::StorageFull => Scratch::temporary(),
        _ => Err(error),
    };
    let scratch = Scratch::open(db.data_dir()).or_else(full).map_err(unusable)?;
    let readers = Readers::new(program, scratch, config.sandbox);
    let reading: ReadingPort = Arc::new(readers.clone());
    let look: FileLookPort = Arc::new(LookAtFile { reading: Arc::clone(&reading) });
    let papers: PapersPort = Arc::new(Papers);
    let channels = config.channels()?;
    let letters: LettersPort = Arc::new(notify::Outbox::new(&channels));
    let head_to = HeadTo::new(&config.head_to, &channels)?;
    let stamping = config.stamping()?;
    if let Some(anchors) = stamping.anchors() {
        db.trust_stamps(anchors.clone());
    }
    let ports = ports(&db, &directory, &letters, &clock);
    let parts = CoreParts {
        db,
        authorizer: Arc::new(engine),
        identity: Arc::new(directory.clone()),
        clock,
        ids,
        config: WebConfig {
            base_url: config.base_url(),
            is_training: config.is_training,
            training_url: config.training_listen.as_ref().and(config.training_url.clone()),
            quota: config.is_training.then_some(config.training_disk_mb * 1024 * 1024),
            upload_allowance: config.upload_mb_a_day * 1024 * 1024,
            insecure: config.listens_in_the_clear().unwrap_or(true),
        },
        ports,
        sheets: Arc::new(readers),
        services: vec![
            Box::new(config.clone()),
            Box::new(own(config)),
            // The exchange and the lake stand here once they know something of systems.
            Box::new(registry::sources::AnswerSources::default()),
            Box::new(registry::Landscapes::default()),
            Box::new(Scanner::new(config.clamd.clone())),
            Box::new(oidc),
            Box::new(channels),
            Box::new(head_to),
            Box::new(stamping),
            Box::new(directory::Settings { close_after_days: config.close_after_days }),
            Box::new(Entrance::new(config.second_factor)),
            Box::new(directory),
            Box::new(reading),
            Box::new(look),
            Box::new(papers),
            Box::new(Boards::default()),
            Box::new(Glances::default()),
            Box::new(FirstParts::default()),
            Box::new(FirstTasks::default()),
            Box::new(Waits::default()),
            Box::new(Briefs::default()),
            Box::new(Pairs::default()),
            Box::new(Doors::default()),
            Box::new(letters),
            Box::new(retentions),
        ],
    };
    Site::new(modules, parts)
}
