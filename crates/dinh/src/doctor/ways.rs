//! Ways in and out: the address, the proxy, the scanner, the mail server, the database.

use std::time::Duration;

use directory::SecondFactor;
use url::{Host, Url};
use webkit::{App, Scanner, check::Finding};

use crate::config::Config;

fn config(app: &App) -> Config {
    app.get::<Config>().cloned().unwrap_or_default()
}

pub fn base_url(app: &App) -> Finding {
    let config = config(app);
    match config.base_url.as_deref().map(|url| (url, Url::parse(url))) {
        None => Finding::warning("base-url-missing"),
        Some((url, Err(_))) => Finding::fault("base-url-wrong").with("url", url),
        Some((url, Ok(parsed))) => match parsed.scheme() {
            "https" => Finding::ok("base-url-fine").with("url", url),
            "http" if is_here(&parsed) => Finding::ok("base-url-here").with("url", url),
            "http" => Finding::warning("base-url-http").with("url", url),
            _ => Finding::fault("base-url-wrong").with("url", url),
        },
    }
}

pub fn listen(app: &App) -> Finding {
    let config = config(app);
    match config.listens_in_the_clear() {
        Ok(false) => Finding::ok("listen-fine").with("address", &config.listen),
        Ok(true) => Finding::warning("listen-insecure").with("address", &config.listen),
        Err(problem) if problem.code == "listen-no-address" => {
            Finding::fault("listen-no-address").with("address", &config.listen)
        }
        Err(_) => Finding::fault("listen-refused").with("address", &config.listen),
    }
}

/// Where those come who watch.
pub fn ops(app: &App) -> Finding {
    let config = config(app);
    let address = config.ops_listen.clone().unwrap_or_default();
    match config.ops() {
        Ok(None) => Finding::ok("ops-off"),
        Ok(Some((_, false))) => Finding::ok("ops-fine").with("address", address),
        Ok(Some((_, true))) => Finding::warning("ops-insecure").with("address", address),
        Err(problem) if problem.code == "listen-no-address" => {
            Finding::fault("ops-no-address").with("address", address)
        }
        Err(_) => Finding::fault("ops-refused").with("address", address),
    }
}

pub fn proxies(app: &App) -> Finding {
    match config(app).proxies() {
        Err(problem) => Finding::fault("proxies-wrong").with("error", problem),
        Ok(proxies) if proxies.is_too_wide() && config(app).trusted_proxies.is_some() => {
            Finding::warning("proxies-wide")
        }
        Ok(proxies) if proxies.is_empty() => Finding::warning("proxies-none"),
        Ok(_) => Finding::ok("proxies-fine"),
    }
}

pub fn second_factor(app: &App) -> Finding {
    match config(app).second_factor {
        SecondFactor::Required => Finding::ok("second-factor-required"),
        SecondFactor::Optional => Finding::warning("second-factor-optional"),
    }
}

pub async fn scanner(app: &App) -> Finding {
    let Ok(scanner) = app.get::<Scanner>() else { return Finding::warning("scanner-none") };
    match scanner.answers().await {
        None => Finding::warning("scanner-none"),
        Some(true) => Finding::ok("scanner-fine"),
        Some(false) => Finding::fault("scanner-silent"),
    }
}

pub async fn mail(app: &App) -> Finding {
    let Some(url) = config(app).smtp_url.and_then(|url| Url::parse(&url).ok()) else {
        return Finding::warning("mail-none");
    };
    let Some(host) = url.host_str().map(str::to_owned) else { return Finding::fault("mail-silent").with("host", "?") };
    let secure = url.scheme() == "smtps" || url.query_pairs().any(|pair| pair == ("tls".into(), "required".into()));
    let port = url.port().unwrap_or(if url.scheme() == "smtps" { 465 } else { 25 });
    let reached = tokio::time::timeout(
        Duration::from_secs(5),
        tokio::net::TcpStream::connect((host.trim_matches(['[', ']']), port)),
    );
    match reached.await {
        Ok(Ok(_)) if secure || is_here(&url) => Finding::ok("mail-fine").with("host", host),
        Ok(Ok(_)) => Finding::warning("mail-insecure").with("host", host),
        _ => Finding::fault("mail-silent").with("host", format!("{host}:{port}")),
    }
}

pub fn database(app: &App) -> Finding {
    let Some(url) = config(app).database_url else { return Finding::ok("database-file") };
    let Ok(url) = Url::parse(&url) else { return Finding::warning("database-insecure").with("host", "?") };
    let host = url.host_str().unwrap_or_default().to_owned();
    let said = |wanted: &str| url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    // A socket in the file system leaves this machine as little as the loopback does.
    if is_here(&url) || host.is_empty() || said("host").is_some_and(|host| host.starts_with('/')) {
        return Finding::ok("database-here");
    }
    match said("sslmode").or_else(|| said("ssl-mode")).as_deref() {
        Some("verify-full") => Finding::ok("database-fine").with("host", host),
        Some("require" | "verify-ca") => Finding::ok("database-unproved").with("host", host),
        _ => Finding::warning("database-insecure").with("host", host),
    }
}

/// Whether an address is of this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
