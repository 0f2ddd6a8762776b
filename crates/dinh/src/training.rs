//! Training: the same screens on invented data, in a process of its own and apart from what is real. Made anew each night.
//!
//! Nothing that happens there may stop the real site: the child has limits on memory and disk, gives way on the
//! processor, is started again when it dies, and ends with its parent.

use std::{
    io::{BufRead as _, Read as _},
    path::{Path, PathBuf},
    process::{ExitCode, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use kernel::{Clock as _, Problem};
use rlimit::{Resource, setrlimit};
use serde::{Deserialize, Serialize};
use tokio::{io::AsyncWriteExt as _, process::Command};
use webkit::App;

use crate::{config::Config, console, report_commands, server, wiring};

/// The first argument that makes this program the training site; its settings come on standard input.
pub const ARGUMENT: &str = "__training";
/// How much the child gives way to others.
const NICE: i32 = 10;
const FILES: u64 = 2048;
/// A child that lived as long is not one that dies at once.
const STEADY: Duration = Duration::from_mins(10);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// What the child is told: a line of JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Wanted {
    config: Config,
    /// What was there is thrown away, though it is of today.
    anew: bool,
}

/// The settings of the training site, if one is wanted: a folder and database of its own, no way out, no single sign-on.
pub fn settings(config: &Config) -> Option<Config> {
    let listen = config.training_listen.clone()?;
    Some(Config {
        data_dir: config.data_dir.join("training"),
        listen,
        base_url: config.training_url.clone(),
        insecure_listen: config.insecure_listen,
        trusted_proxies: config.trusted_proxies.clone(),
        training_memory_mb: config.training_memory_mb,
        training_disk_mb: config.training_disk_mb,
        log: config.log.clone(),
        clamd: config.clamd.clone(),
        sandbox: config.sandbox,
        is_training: true,
        ..Config::default()
    })
}

/// Keeps a training site running for as long as the program lives.
pub async fn keep(config: Config) {
    let mut deaths = 0;
    loop {
        let began = Instant::now();
        // One death may be chance; after two in a row the data are suspected.
        let ended = live(Wanted { config: config.clone(), anew: deaths >= 2 }).await;
        match &ended {
            Ok(status) if status.success() => deaths = 0,
            _ if began.elapsed() > STEADY => deaths = 1,
            _ => deaths += 1,
        }
        if deaths > 0 {
            let pause = pause(deaths);
            tracing::warn!(?ended, pause = pause.as_secs(), "the training site ended and will be started again");
            tokio::time::sleep(pause).await;
        }
    }
}

/// 1, 2, 4 ... seconds, five minutes at most.
fn pause(deaths: u32) -> Duration {
    Duration::from_secs(1 << deaths.saturating_sub(1).min(9)).min(LONGEST_PAUSE)
}

/// One life of the child. It ends with us: we hold the other end of its standard input, and so does nobody else.
async fn live(wanted: Wanted) -> std::io::Result<ExitStatus> {
    let mut line = serde_json::to_vec(&wanted)?;
    line.push(b'\n');
    let mut child = Command::new(std::env::current_exe()?)
        .arg(ARGUMENT)
        .env_clear()
        .envs(["PATH", "LANG", "TMPDIR"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
        // Each arena of glibc takes address space, which is limited.
        .env("MALLOC_ARENA_MAX", "2")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let mut input = child.stdin.take().ok_or_else(|| std::io::Error::other("no standard input"))?;
    input.write_all(&line).await?;
    let status = child.wait().await;
    drop(input);
    status
}

/// The child.
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
async fn fresh(config: &Config) -> Result<App, Problem> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_five_minutes() {
        let pauses: Vec<u64> = [1, 2, 3, 8, 9, 40].into_iter().map(|deaths| pause(deaths).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 128, 256, 300]);
    }

    #[test]
    fn training_takes_along_nothing_that_leads_out_or_to_what_is_real() {
        let real = Config {
            database_url: Some("postgres://in-use".into()),
            smtp_url: Some("smtp://out".into()),
            mail_from: Some("x@y".into()),
            oidc_client_secret: Some("known-to-few".into()),
            training_listen: Some("127.0.0.1:1".into()),
            training_disk_mb: 7,
            ..Config::default()
        };
        let told = serde_json::to_string(&settings(&real).unwrap()).unwrap();
        assert!(!["in-use", "smtp:", "x@y", "known-to-few"].iter().any(|own| told.contains(own)), "{told}");
        assert!(told.contains("dinh-data/training") && told.contains("\"training_disk_mb\":7"), "{told}");
        assert!(settings(&Config::default()).is_none());
    }
}
