//! The child: the training site itself.

use std::{
    io::{BufRead as _, Read as _},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use kernel::{Clock as _, Problem};
use rlimit::{Resource, setrlimit};
use webkit::Site;

use super::Wanted;
use crate::{config::Config, console, report_commands, server, wiring};

/// How much the child gives way to others.
const NICE: i32 = 10;
const FILES: u64 = 2048;

/// Serves the training site, as the settings on standard input say.
pub fn child() -> ExitCode {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    let Ok(Wanted { config, anew }) = serde_json::from_str(&line) else {
        return console::refuse(&format!("training: no settings ({read:?})"));
    };
    let config = Config { is_training: true, ..config };
    console::start_log(&config.log);
    // A thread of its own: it must hear of the parent's end even when nothing else here goes on.
    std::thread::spawn(|| {
        let _ = std::io::stdin().lock().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    if let Err(error) = limit(&config) {
        return console::refuse(&format!("training: {error}"));
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(16).enable_all().build();
    match runtime.map(|runtime| runtime.block_on(serve(&config, anew))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(problem)) => console::refuse(&format!("training: {problem}")),
        Err(error) => console::refuse(&format!("training: {error}")),
    }
}

/// The soft limit only: readers of documents bring lower ones of their own, and must be able to.
fn limit(config: &Config) -> std::io::Result<()> {
    let soft = |resource: Resource, limit: u64| {
        let (_, hard) = rlimit::getrlimit(resource)?;
        setrlimit(resource, limit.min(hard), hard)
    };
    soft(Resource::AS, config.training_memory_mb * 1024 * 1024)?;
    setrlimit(Resource::CORE, 0, 0)?;
    let (_, files) = rlimit::getrlimit(Resource::NOFILE)?;
    setrlimit(Resource::NOFILE, FILES.min(files), FILES.min(files))?;
    rustix::process::nice(NICE)?;
    Ok(())
}

/// Until the next night.
async fn serve(config: &Config, anew: bool) -> Result<(), Problem> {
    let app =
        if !anew && is_of_today(&config.data_dir) { wiring::app(config, true).await? } else { fresh(config).await? };
    server::serve_until(app, config, |_| {}, tokio::time::sleep(until_night())).await
}

/// Throws away what was there and plays an invented year.
async fn fresh(config: &Config) -> Result<Site, Problem> {
    let unusable = |error: std::io::Error| {
        Problem::bad_input("file-unusable").with("file", config.data_dir.display()).because(error)
    };
    if config.data_dir.exists() {
        std::fs::remove_dir_all(&config.data_dir).map_err(unusable)?;
    }
    report_commands::demo_year(config).await?;
    std::fs::write(mark(&config.data_dir), today()).map_err(unusable)?;
    wiring::app(config, true).await
}

/// Says on which day the data were made; written when they are complete.
fn mark(folder: &Path) -> PathBuf {
    folder.join("made-on")
}

fn today() -> String {
    kernel::ctx::vietnam(wiring::SystemClock.now()).to_string()
}

fn is_of_today(folder: &Path) -> bool {
    std::fs::read_to_string(mark(folder)).is_ok_and(|day| day == today())
}

/// Until shortly after the next midnight in Vietnam.
fn until_night() -> Duration {
    let now = wiring::SystemClock.now();
    let vietnam = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    let night = kernel::ctx::vietnam(now).tomorrow().ok().map(|day| day.at(0, 5, 0, 0));
    let night = night.and_then(|night| night.to_zoned(vietnam).ok()).map(|night| night.timestamp());
    let left = night.map(|night| night.duration_since(now)).and_then(|left| Duration::try_from(left).ok());
    left.unwrap_or(Duration::from_hours(24))
}
