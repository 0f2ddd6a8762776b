//! Training: the same screens on invented data, in a process of its own and apart from what is real. Made anew each night.
//!
//! Nothing that happens there may stop the real site: the child has limits on memory and disk, gives way on the
//! processor, is started again when it dies, and ends with its parent.

pub mod site;

use std::{
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use tokio::{io::AsyncWriteExt as _, process::Command};

use crate::config::Config;

/// The first argument that makes this program the training site; its settings come on standard input.
pub const ARGUMENT: &str = "__training";
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
