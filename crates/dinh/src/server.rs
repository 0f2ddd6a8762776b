//! `dinh serve`: the site, the jobs, the ledger's checkpoints.

use std::time::Duration;

use directory::{Directory, usecase::account};
use kernel::{Actor, Lang, Problem, ProblemKind};
use webkit::App;

use crate::{
    config::Config,
    edge::{self, Edge, Limits},
};

/// Serves until Ctrl-C or SIGTERM. `ready` is told the address once it listens.
pub async fn serve(app: App, config: &Config, ready: impl FnOnce(String)) -> Result<(), Problem> {
    let training = crate::training::settings(config).map(|config| tokio::spawn(crate::training::keep(config)));
    let served = serve_until(app, config, ready, stop()).await;
    if let Some(training) = training {
        training.abort();
    }
    served
}

/// How long requests may finish after the end was asked for: pages that follow changes stay connected for ever.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until `end`.
pub async fn serve_until(
    app: App,
    config: &Config,
    ready: impl FnOnce(String),
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Problem> {
    let taken = |error: std::io::Error| {
        Problem::new(ProblemKind::Unavailable, "cannot-listen").with("address", &config.listen).because(error)
    };
    if config.listens_in_the_clear()? {
        tracing::warn!(listen = config.listen, "passwords and data travel unencrypted (insecure_listen)");
    }
    let edge = Edge::new(webkit::router(&app), config, Limits::of(config))?;
    let listener = tokio::net::TcpListener::bind(&config.listen).await.map_err(taken)?;
    let ctx = app.ctx(Actor::System("serve"), Lang::Vi);
    let jobs = tokio::spawn(db::run_forever(app.db().clone(), ctx, app.job_handlers()));
    let keeper = tokio::spawn(keep(app.clone()));
    ready(format!("http://{}", listener.local_addr().map_err(taken)?));
    let (ended, asked) = tokio::sync::watch::channel(false);
    let ender = tokio::spawn(async move {
        end.await;
        ended.send_replace(true);
    });
    let ending = |mut asked: tokio::sync::watch::Receiver<bool>| async move {
        let _ = asked.wait_for(|ended| *ended).await;
    };
    tokio::select! {
        () = edge::serve(listener, edge, ending(asked.clone())) => {}
        () = async { ending(asked).await; tokio::time::sleep(FAREWELL).await } => {}
    }
    ender.abort();
    jobs.abort();
    keeper.abort();
    app.db().flush_access(&app.ctx(Actor::System("serve"), Lang::Vi)).await?;
    app.db().checkpoint().await
}

/// Every second: writes the access log, signs the ledger's head, and looks whether another process changed the units. Every minute: queues
/// the work of a new day. Every hour: sweeps files that no row names.
async fn keep(app: App) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    for second in 0_u64.. {
        tick.tick().await;
        if second.is_multiple_of(3600) {
            let now = app.ctx(Actor::System("keep"), Lang::Vi).now();
            match app.db().blobs().sweep(&app.db().read(), now).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "orphaned files swept"),
                Err(problem) => tracing::warn!(%problem, "orphaned files could not be swept"),
            }
        }
        if second.is_multiple_of(60) {
            if let Err(problem) = app.room().look(0).await {
                tracing::warn!(%problem, "changes are refused");
            }
            let kinds: Vec<&str> = app.modules().iter().flat_map(|module| module.daily).copied().collect();
            if let Err(problem) = db::daily(app.db(), &app.ctx(Actor::System("keep"), Lang::Vi), &kinds).await {
                tracing::warn!(%problem, "the day's work could not be queued");
            }
        }
        if let Err(problem) = app.db().flush_access(&app.ctx(Actor::System("keep"), Lang::Vi)).await {
            tracing::warn!(%problem, "the access log could not be written");
        }
        if let Err(problem) = app.db().checkpoint().await {
            tracing::warn!(%problem, "the ledger's head could not be signed");
        }
        let refreshed = match app.get::<Directory>() {
            Ok(directory) => directory.refresh().await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = refreshed {
            tracing::warn!(%problem, "the units could not be looked at");
        }
    }
}

async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

/// The link for the first administrator, when nobody has an account yet.
pub async fn first_link(app: &App) -> Result<Option<String>, Problem> {
    let ctx = app.ctx(Actor::System("serve"), Lang::Vi);
    let secret = account::first_link(app.get::<Directory>()?, &ctx).await?;
    Ok(secret.map(|secret| format!("{}/link/{secret}", app.config().base_url)))
}
