//! Training: the same screens on invented data, inside the same program and apart from what is real. Made anew each night.

use std::time::Duration;

use kernel::{Clock as _, Problem};
use webkit::App;

use crate::{config::Config, report_commands, server, wiring};

/// The settings of the training site, if one is wanted: a folder and database of its own, no way out, no single sign-on.
pub fn settings(config: &Config) -> Option<Config> {
    let listen = config.training_listen.clone()?;
    Some(Config {
        data_dir: config.data_dir.join("training"),
        listen,
        base_url: config.training_url.clone(),
        log: config.log.clone(),
        clamd: config.clamd.clone(),
        sandbox: config.sandbox,
        is_training: true,
        ..Config::default()
    })
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
    wiring::app(config, true).await
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

/// Serves training for as long as the program lives.
pub async fn run(config: Config) {
    loop {
        let served = match fresh(&config).await {
            Ok(app) => server::serve_until(app, &config, |_| {}, tokio::time::sleep(until_night())).await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = served {
            tracing::warn!(%problem, "training cannot be served; trying again in a minute");
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
    }
}
