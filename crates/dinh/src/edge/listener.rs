//! The accept loop: bounds on how many connections there are, how long a request's head may take, how large it may be.

use std::{
    convert::Infallible,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{StatusCode, Uri, header},
    middleware::from_fn,
    response::{IntoResponse, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use kernel::Problem;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tower::ServiceExt as _;
use webkit::{ClientAddr, Crowd, Https, Place};

use super::{
    patience::{Arriving, Holding, Patience},
    proxies::{Proxies, counted},
    traffic::{self, Flow, Taken, Traffic},
};
use crate::config::Config;

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub connections: usize,
    /// Connections, and requests under way, of one address. A whole office may stand behind one.
    pub each: usize,
    /// For the head of a request; a connection that is kept open may be silent as long.
    pub head: Duration,
    pub body: Patience,
    /// For a client that takes nothing of what it asked for.
    pub unread: Duration,
}

const HEAD_BYTES: usize = 32 * 1024;
/// Descriptors for the database, files and children.
const SPARE: u64 = 256;

impl Limits {
    /// As configured, and never more connections than this process has descriptors for.
    pub fn of(config: &Config) -> Self {
        let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1024);
        let room = usize::try_from(files.saturating_sub(SPARE)).unwrap_or(usize::MAX).max(64);
        Self {
            connections: config.max_connections.min(room),
            each: config.max_connections_per_address,
            head: Duration::from_secs(10),
            body: Patience::default(),
            unread: Duration::from_mins(1),
        }
    }
}

/// What every connection meets.
#[derive(Debug)]
pub struct Edge {
    router: Router,
    proxies: Proxies,
    /// The host that people use; others are refused when it is known.
    host: Option<String>,
    /// Only proxies and this machine may come: unencrypted, from the network.
    closed: bool,
    sockets: Crowd<IpAddr>,
    requests: Crowd<IpAddr>,
    traffic: Traffic,
    limits: Limits,
    complained: Mutex<Option<Instant>>,
}

impl Edge {
    pub fn new(router: Router, config: &Config, limits: Limits) -> Result<Self, Problem> {
        let host = config.base_url.as_deref().and_then(|url| url.parse::<Uri>().ok());
        Ok(Self {
            router: router.layer(from_fn(traffic::note)),
            proxies: config.proxies()?,
            host: host.and_then(|uri| uri.authority().map(|host| bare(host.as_str()))),
            closed: !config.insecure_listen,
            sockets: Crowd::new(limits.connections, limits.each),
            requests: Crowd::new(usize::MAX, limits.each),
            traffic: Traffic::default(),
            limits,
            complained: Mutex::default(),
        })
    }

    /// What is under way here, and what has passed.
    pub fn flow(&self) -> Flow {
        Flow { traffic: self.traffic.clone(), connections: self.sockets.clone(), requests: self.requests.clone() }
    }

    /// A place for a connection. A proxy's are counted among all only: the clients behind it are counted by request.
    fn admit(&self, peer: IpAddr) -> Option<Place<IpAddr>> {
        let peer = peer.to_canonical();
        let trusted = self.proxies.trusts(peer);
        if self.closed && !trusted && !peer.is_loopback() {
            return None;
        }
        self.sockets.enter((!trusted).then(|| counted(peer)))
    }

    fn is_ours(&self, peer: IpAddr, request: &Request<Incoming>) -> bool {
        let Some(ours) = &self.host else { return true };
        let named = request.uri().authority().map(|host| bare(host.as_str()));
        let header = || request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(bare);
        let Some(named) = named.or_else(header) else { return false };
        let name = named.rsplit_once(':').map_or(named.as_str(), |(name, _)| name);
        // Who looks from this machine whether the site is up.
        let local = peer.is_loopback() && matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        named == *ours || local
    }

    async fn answer(&self, peer: IpAddr, request: Request<Incoming>) -> Response {
        let mut passing = self.traffic.begin(request.method());
        let response = self.pass(peer, request, passing.taken()).await;
        passing.answered(response.status());
        response
    }

    async fn pass(&self, peer: IpAddr, request: Request<Incoming>, taken: Taken) -> Response {
        if !self.is_ours(peer, &request) {
            return plain(
                StatusCode::MISDIRECTED_REQUEST,
                "Tên máy chủ trong yêu cầu không phải là địa chỉ của hệ thống này.\nThis is not the address of this system.\n",
            );
        }
        let client = self.proxies.client(peer, request.headers());
        let Some(place) = self.requests.enter(Some(counted(client))) else {
            return plain(
                StatusCode::TOO_MANY_REQUESTS,
                "Quá nhiều yêu cầu cùng lúc từ địa chỉ này. Hãy thử lại sau ít giây.\nToo many requests at once from this address. Please try again in a few seconds.\n",
            );
        };
        let https = self.proxies.https(peer, request.headers());
        let mut request = request.map(|body| Body::new(Arriving::new(Body::new(body), self.limits.body)));
        request.extensions_mut().insert(ClientAddr(Some(client)));
        request.extensions_mut().insert(Https(https));
        request.extensions_mut().insert(taken);
        let answered = self.router.clone().oneshot(request).await;
        let response = answered.unwrap_or_else(|never: Infallible| match never {});
        response.map(|body| Body::new(Holding::new(body, place)))
    }

    fn complain(&self, peer: IpAddr) {
        let mut last = self.complained.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|at| at.elapsed() > Duration::from_mins(1)) {
            *last = Some(Instant::now());
            tracing::warn!(%peer, "connections are refused: too many, or from where none may come");
        }
    }
}

/// A host as it is compared: small letters, without the port that needs no saying.
fn bare(host: &str) -> String {
    let mut host = host.to_ascii_lowercase();
    if let Some(length) = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).map(str::len) {
        host.truncate(length);
    }
    host
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONNECTION, "close"),
    ];
    (status, headers, words).into_response()
}

/// Takes connections until `ending`, then waits for the requests that are under way. Whoever drops this waits no longer:
/// what is still connected ends with it.
pub async fn serve(listener: TcpListener, edge: Edge, ending: impl Future<Output = ()>) {
    let edge = Arc::new(edge);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    tokio::pin!(ending);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => (stream, peer.ip()),
                Err(error) => {
                    // Out of descriptors, as a rule: some come free soon.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
            () = &mut ending => break,
        };
        let Some(place) = edge.admit(peer) else {
            edge.complain(peer);
            continue;
        };
        let (edge, watcher) = (Arc::clone(&edge), graceful.watcher());
        connections.spawn(async move {
            prepare(&stream, edge.limits.unread);
            let service = {
                let edge = Arc::clone(&edge);
                service_fn(move |request| {
                    let edge = Arc::clone(&edge);
                    async move { Ok::<_, Infallible>(edge.answer(peer, request).await) }
                })
            };
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(edge.limits.head)
                .max_buf_size(HEAD_BYTES)
                .max_header_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(stream), service);
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The kernel ends connections whose other end takes nothing.
fn prepare(stream: &TcpStream, unread: Duration) {
    let _ = stream.set_nodelay(true);
    let _ = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(unread));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unencrypted_only_this_machine_and_proxies_come_in() {
        let is_let_in = |config: Config, peer: &str| {
            let edge = Edge::new(Router::new(), &config, Limits::of(&config)).unwrap();
            edge.admit(peer.parse().unwrap()).is_some()
        };
        let behind = || Config { trusted_proxies: Some(vec!["10.0.0.1".into()]), ..Config::default() };
        for (peer, closed, behind_proxy, open) in [
            ("127.0.0.1", true, true, true),
            ("::ffff:127.0.0.1", true, true, true),
            ("10.0.0.1", false, true, true),
            ("10.0.0.2", false, false, true),
            ("2001:db8::1", false, false, true),
        ] {
            assert_eq!(is_let_in(Config::default(), peer), closed, "{peer}");
            assert_eq!(is_let_in(behind(), peer), behind_proxy, "{peer}");
            assert_eq!(is_let_in(Config { insecure_listen: true, ..Config::default() }, peer), open, "{peer}");
        }
    }
}
