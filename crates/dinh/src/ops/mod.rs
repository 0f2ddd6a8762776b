//! For those who keep the installation running: does it live, is it ready, and its numbers for Prometheus. At an address
//! of its own (`ops_listen`), which people never reach; nothing said there names a person or is a secret.
//!
//! Start with [`edge`]. What is wrong and what to do about it says `dinh doctor`.

mod counts;
mod metrics;
mod process;
mod ready;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use kernel::Problem;
use webkit::App;

use self::counts::Remembered;
use crate::{
    config::Config,
    edge::{Edge, Flow, Limits},
};

/// Who watches is few.
const CONNECTIONS: usize = 64;
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug)]
struct Ops {
    app: App,
    /// Of the address that people come to.
    flow: Flow,
    counts: Remembered,
}

/// What stands at that address, about an app and what flows through its own edge.
pub fn edge(app: &App, config: &Config, flow: Flow) -> Result<Edge, Problem> {
    let ops = Arc::new(Ops { app: app.clone(), flow, counts: Remembered::default() });
    let limits = Limits { connections: CONNECTIONS, each: CONNECTIONS / 4, ..Limits::of(config) };
    // Neither the host that people type nor their proxies have a say here.
    let own = Config { insecure_listen: config.ops_insecure_listen, ..Config::default() };
    Edge::new(Router::new().fallback(answer).with_state(ops), &own, limits)
}

/// No routes of the list: nobody signs in here, and no page is shown.
async fn answer(State(ops): State<Arc<Ops>>, method: Method, uri: Uri) -> Response {
    let path = uri.path();
    if !matches!(path, "/health/live" | "/health/ready" | "/metrics") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let answer = match path {
        "/health/live" => Json(serde_json::json!({ "live": true })).into_response(),
        "/health/ready" => {
            let ready = ready::look(&ops.app).await;
            let status = if ready.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            (status, Json(ready)).into_response()
        }
        _ => match metrics::text(&ops.app, &ops.flow, &ops.counts).await {
            Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
    };
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}
