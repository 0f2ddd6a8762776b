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
    let _held = app.db().hold()?;
    if config.listens_in_the_clear()? {
        tracing::warn!(listen = config.listen, "passwords and data travel unencrypted (insecure_listen)");
    }
    let edge = Edge::new(webkit::router(&app), config, Limits::of(config))?;
    let listener = tokio::net::TcpListener::bind(&config.listen).await.map_err(taken)?;
    let ctx = app.ctx(Actor::System("serve"), Lang::Vi);
    let jobs = tokio::spawn(db::run_forever(app.db().clone(), ctx, app.job_handlers()?));
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
    // What was being done is done by the next process from the start, and at once.
    let _ = jobs.await;
    db::release_jobs(app.db(), &app.ctx(Actor::System("serve"), Lang::Vi)).await?;
    app.db().flush_access(&app.ctx(Actor::System("serve"), Lang::Vi)).await?;
    app.refusals().flush(app.db(), &app.ctx(Actor::System("serve"), Lang::Vi)).await?;
    app.db().checkpoint().await
}

/// Every second: writes the access log, signs the ledger's head, and looks whether another process changed the units. Every minute: queues
/// the work of a new day. Every hour: sweeps files that no row names. Every day: thins the checkpoints out.
async fn keep(app: App) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    for second in 0_u64.. {
        tick.tick().await;
        if second.is_multiple_of(3600) {
            let now = app.ctx(Actor::System("keep"), Lang::Vi).now();
            match db::sweep(app.db(), &app.ctx(Actor::System("keep"), Lang::Vi), now).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "orphaned files swept"),
                Err(problem) => tracing::warn!(%problem, "orphaned files could not be swept"),
            }
        }
        if second.is_multiple_of(60) {
            if let Err(problem) = app.room().look(0).await {
                tracing::warn!(%problem, "changes are refused");
            }
            if let Err(problem) = db::daily(app.db(), &app.ctx(Actor::System("keep"), Lang::Vi), &app.daily()).await {
                tracing::warn!(%problem, "the day's work could not be queued");
            }
        }
        if let Err(problem) = app.db().flush_access(&app.ctx(Actor::System("keep"), Lang::Vi)).await {
            tracing::warn!(%problem, "the access log could not be written");
        }
        if second.is_multiple_of(86_400)
            && let Err(problem) = app.db().thin_checkpoints().await
        {
            tracing::warn!(%problem, "the checkpoint file could not be thinned out");
        }
        if second.is_multiple_of(60)
            && let Err(problem) = db::last_ledger_check(app.db()).await
        {
            tracing::warn!(%problem, "what the ledger's last check found could not be read");
        }
        if let Err(problem) = app.refusals().flush(app.db(), &app.ctx(Actor::System("keep"), Lang::Vi)).await {
            tracing::warn!(%problem, "what was refused could not be written");
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

/// A link for the first administrator, when nobody has an account yet and no earlier link still waits.
pub async fn first_link(app: &App) -> Result<Option<String>, Problem> {
    let ctx = app.ctx(Actor::System("serve"), Lang::Vi);
    let secret = account::first_link(app.get::<Directory>()?, &ctx, false).await?;
    Ok(secret.map(|secret| format!("{}/link/{secret}", app.config().base_url)))
}
