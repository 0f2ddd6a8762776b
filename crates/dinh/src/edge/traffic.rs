//! What passes the edge, counted: by the route as it stands in the list, never by what was typed.

use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::ConstGauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use webkit::Crowd;

/// Seconds.
const BUCKETS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Under this stands what no route took.
const NO_ROUTE: &str = "none";
/// In the place of a status, when the client went away before its answer began.
const GONE: &str = "gone";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    method: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: &'static str,
}

/// Requests that have passed.
#[derive(Debug, Clone)]
pub(super) struct Traffic {
    requests: Family<Answered, Counter>,
    duration: Family<Asked, Histogram>,
}

impl Default for Traffic {
    fn default() -> Self {
        let duration = Family::<Asked, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS.iter().copied()));
        Self { requests: Family::default(), duration }
    }
}

/// The route that takes a request: the router writes it in.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken(Arc<OnceLock<MatchedPath>>);

/// Notes which route takes a request.
pub(super) async fn note(request: Request, next: Next) -> Response {
    let seen = request.extensions();
    if let (Some(taken), Some(path)) = (seen.get::<Taken>(), seen.get::<MatchedPath>()) {
        let _ = taken.0.set(path.clone());
    }
    next.run(request).await
}

/// A request on its way. It is counted when this is dropped, so also when nobody waits for its answer any more.
pub(super) struct Passing {
    traffic: Traffic,
    taken: Taken,
    method: &'static str,
    status: &'static str,
    began: Instant,
}

impl Traffic {
    pub fn begin(&self, method: &Method) -> Passing {
        let (traffic, taken) = (self.clone(), Taken::default());
        Passing { traffic, taken, method: known(method), status: GONE, began: Instant::now() }
    }
}

impl Passing {
    /// For the request's extensions.
    pub fn taken(&self) -> Taken {
        self.taken.clone()
    }

    pub fn answered(&mut self, status: StatusCode) {
        self.status = class(status);
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let (method, status) = (self.method, self.status);
        let route = self.taken.0.get().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
        self.traffic.requests.get_or_create(&Answered { route: route.clone(), method, status }).inc();
        self.traffic.duration.get_or_create(&Asked { route, method }).observe(self.began.elapsed().as_secs_f64());
    }
}

/// What clients invent is one.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PATCH" => "PATCH",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

/// What is under way at an edge, and what has passed it.
#[derive(Debug, Clone)]
pub struct Flow {
    pub(super) traffic: Traffic,
    pub(super) connections: Crowd<IpAddr>,
    pub(super) requests: Crowd<IpAddr>,
}

impl Flow {
    /// Puts it among the numbers of a scrape.
    pub fn register(&self, registry: &mut Registry) {
        let now = |crowd: &Crowd<IpAddr>| ConstGauge::new(i64::try_from(crowd.count()).unwrap_or(i64::MAX));
        registry.register("http_connections", "Open connections", now(&self.connections));
        registry.register(
            "http_requests_in_flight",
            "Requests whose answer has not gone out, open pages that follow changes among them",
            now(&self.requests),
        );
        registry.register("http_requests", "Requests by route and class of the status", self.traffic.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until the answer began",
            Unit::Seconds,
            self.traffic.duration.clone(),
        );
    }
}
