//! `dinh serve`: the site, the jobs, the ledger's checkpoints.

use std::time::Duration;

use directory::{Directory, usecase::account};
use kernel::{Actor, Ctx, Lang, Problem, ProblemKind};
use tokio::{net::TcpListener, sync::watch};
use webkit::{App, Site};

use crate::{
    config::Config,
    edge::{self, Edge, Limits},
    ops,
};

/// Serves until Ctrl-C or SIGTERM. `ready` is told the address once it listens.
pub async fn serve(app: Site, config: &Config, ready: impl FnOnce(String)) -> Result<(), Problem> {
    let training = crate::training::settings(config).map(|config| tokio::spawn(crate::training::keep(config)));
    let served = serve_until(app, config, ready, stop()).await;
    if let Some(training) = training {
        training.abort();
    }
    served
}

/// How long requests may finish after the end was asked for: pages that follow changes stay connected for ever. With what
/// comes after it an end takes ten seconds at most.
const FAREWELL: Duration = Duration::from_secs(5);
/// For the keeper's round. A sweep may take longer; it begins anew another time.
const LAST_ROUND: Duration = Duration::from_secs(1);
/// For what is written down last, however slow the database is.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Serves until `end`.
pub async fn serve_until(
    app: Site,
    config: &Config,
    ready: impl FnOnce(String),
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Problem> {
    let _held = app.db().hold()?;
    if config.listens_in_the_clear()? {
        tracing::warn!(listen = config.listen, "passwords and data travel unencrypted (insecure_listen)");
    }
    let watching = config.ops()?;
    if let Some((listen, true)) = watching {
        tracing::warn!(listen, "everybody on the network may ask how the program is (ops_insecure_listen)");
    }
    let edge = Edge::new(webkit::router(&app), config, Limits::of(config))?;
    let listener = bind(&config.listen).await?;
    let address = listener.local_addr().map_err(Problem::internal)?;
    let ops = match watching {
        Some((address, _)) => Some((bind(address).await?, ops::edge(&app, config, edge.flow())?)),
        None => None,
    };
    let handlers = app.job_handlers()?;
    let (ended, asked) = watch::channel(false);
    let ender = tokio::spawn(async move {
        end.await;
        ended.send_replace(true);
    });
    let jobs = tokio::spawn(db::run_forever(app.db().clone(), ctx(&app), handlers));
    let mut keeper = tokio::spawn(keep(App::clone(&app), said(asked.clone())));
    ready(format!("http://{address}"));
    let watched = ops.map(|(listener, edge)| tokio::spawn(edge::serve(listener, edge, said(asked.clone()))));
    tokio::select! {
        () = edge::serve(listener, edge, said(asked.clone())) => {}
        () = async { said(asked).await; tokio::time::sleep(FAREWELL).await } => {}
    }
    ender.abort();
    jobs.abort();
    let _ = jobs.await;
    if tokio::time::timeout(LAST_ROUND, &mut keeper).await.is_err() {
        keeper.abort();
    }
    if let Some(watched) = watched {
        watched.abort();
    }
    let written = tokio::time::timeout(LAST_WORDS, write_down(&app)).await;
    written.unwrap_or_else(|_| {
        tracing::warn!("the end did not wait any longer for what was to be written down");
        Ok(())
    })
}

async fn bind(address: &str) -> Result<TcpListener, Problem> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| {
        Problem::new(ProblemKind::Unavailable, "cannot-listen").with("address", address).because(error)
    })
}

/// Until the word was given, or nobody is left to give it.
async fn said(mut word: watch::Receiver<bool>) {
    let _ = word.wait_for(|said| *said).await;
}

fn ctx(app: &App) -> Ctx {
    app.ctx(Actor::System("serve"), Lang::Vi)
}

/// What only this process knows.
async fn write_down(app: &App) -> Result<(), Problem> {
    app.db().flush_access(&ctx(app)).await?;
    app.refusals().flush(app.db(), &ctx(app)).await?;
    // What was being done is done by the next process from the start, and at once.
    db::release_jobs(app.db(), &ctx(app)).await?;
    app.db().checkpoint().await
}

/// Every second: writes the access log, signs the ledger's head, and looks whether another process changed the units. Every minute: queues
/// the work of a new day. Every hour: sweeps files that no row names. Every day: thins the checkpoints out. Ends between
/// two rounds: what it has taken in hand is written.
async fn keep(app: App, over: impl Future<Output = ()>) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tokio::pin!(over);
    for second in 0_u64.. {
        tokio::select! {
            _ = tick.tick() => {}
            () = &mut over => return,
        }
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
