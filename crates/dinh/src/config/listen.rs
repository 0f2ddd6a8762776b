//! Addresses to listen on: what is not encrypted stays on this machine, unless the settings say otherwise.

use std::net::SocketAddr;

use kernel::Problem;
use url::{Host, Url};

use super::Config;

impl Config {
    /// Reached over the network without encryption; refused unless it was asked for. A proxy on another machine is
    /// fine when it is named: nobody else gets in then.
    pub fn listens_in_the_clear(&self) -> Result<bool, Problem> {
        let local = is_local(&self.listen)?;
        let behind = self.is_https() && self.trusted_proxies.as_ref().is_some_and(|named| !named.is_empty());
        match (local || behind, self.insecure_listen) {
            (true, _) => Ok(false),
            (false, true) => Ok(true),
            (false, false) => Err(Problem::bad_input("insecure-listen").with("address", &self.listen)),
        }
    }

    /// Whether it is reached from outside, as far as its address shows: neither this machine nor a network of one's own.
    pub fn has_public_address(&self) -> bool {
        let url = self.base_url.as_deref().and_then(|url| Url::parse(url).ok());
        match url.as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => {
                name.contains('.') && ![".local", ".lan", ".internal"].iter().any(|end| name.ends_with(end))
            }
            Some(Host::Ipv4(address)) => {
                !(address.is_loopback() || address.is_private() || address.is_link_local() || address.is_unspecified())
            }
            Some(Host::Ipv6(address)) => {
                !(address.is_loopback()
                    || address.is_unique_local()
                    || address.is_unicast_link_local()
                    || address.is_unspecified())
            }
            None => false,
        }
    }

    /// The address for those who watch, and whether it is open to the network; refused there unless it was asked for by
    /// a word of its own: `insecure_listen` opens the site, which is another matter.
    pub fn ops(&self) -> Result<Option<(&str, bool)>, Problem> {
        let Some(address) = self.ops_listen.as_deref() else { return Ok(None) };
        let local = is_local(address)?;
        if local || self.ops_insecure_listen {
            return Ok(Some((address, !local)));
        }
        Err(Problem::bad_input("insecure-ops-listen").with("address", address))
    }
}

/// Whether only this machine reaches an address.
fn is_local(listen: &str) -> Result<bool, Problem> {
    let parts = listen.rsplit_once(':');
    if parts.is_none_or(|(host, port)| host.is_empty() || port.parse::<u16>().is_err()) {
        return Err(Problem::bad_input("listen-no-address").with("address", listen));
    }
    let is_loopback = |address: SocketAddr| address.ip().is_loopback();
    Ok(listen.starts_with("localhost:") || listen.parse().is_ok_and(is_loopback))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clear(listen: &str, base_url: Option<&str>, proxies: &[&str], insecure: bool) -> Option<bool> {
        let proxies: Vec<String> = proxies.iter().map(|&text| text.to_owned()).collect();
        let config = Config {
            listen: listen.into(),
            base_url: base_url.map(Into::into),
            trusted_proxies: (!proxies.is_empty()).then_some(proxies),
            insecure_listen: insecure,
            ..Config::default()
        };
        config.listens_in_the_clear().ok()
    }

    #[test]
    fn the_network_is_listened_on_only_behind_a_proxy_or_when_asked_for() {
        assert_eq!(clear("127.0.0.1:8080", None, &[], false), Some(false));
        assert_eq!(clear("[::1]:8080", None, &[], false), Some(false));
        assert_eq!(clear("0.0.0.0:8080", None, &[], false), None);
        assert_eq!(clear("0.0.0.0:8080", Some("https://dinh.example"), &[], false), None);
        assert_eq!(clear("0.0.0.0:8080", Some("https://dinh.example"), &["10.0.0.2"], false), Some(false));
        assert_eq!(clear("0.0.0.0:8080", Some("http://dinh.example"), &["10.0.0.2"], false), None);
        assert_eq!(clear("0.0.0.0:8080", None, &[], true), Some(true));
        assert_eq!(clear("localhost:8080", None, &[], false), Some(false));
    }

    #[test]
    fn an_address_is_public_where_nothing_shows_that_it_is_ones_own() {
        let is_public =
            |url: Option<&str>| Config { base_url: url.map(Into::into), ..Config::default() }.has_public_address();
        for url in ["https://dinh.tinhmau.example", "http://203.0.113.9:8080"] {
            assert!(is_public(Some(url)), "{url}");
        }
        for url in [
            "http://localhost:8080",
            "https://dinh",
            "https://dinh.lan",
            "http://10.1.2.3",
            "http://0.0.0.0",
            "http://[::1]:80",
            "http://[::]:80",
        ] {
            assert!(!is_public(Some(url)), "{url}");
        }
        assert!(!is_public(None));
    }

    #[test]
    fn those_who_watch_come_from_this_machine_unless_the_settings_say_otherwise() {
        let ops = |address: Option<&str>, insecure: bool, site: bool| {
            let config = Config {
                ops_listen: address.map(Into::into),
                ops_insecure_listen: insecure,
                insecure_listen: site,
                ..Config::default()
            };
            config.ops().map(|found| found.map(|(_, is_open)| is_open)).map_err(|problem| problem.code)
        };
        assert_eq!(ops(None, false, false), Ok(None));
        assert_eq!(ops(Some("127.0.0.1:9464"), false, false), Ok(Some(false)));
        assert_eq!(ops(Some("localhost:9464"), true, false), Ok(Some(false)));
        assert_eq!(
            ops(Some("10.0.0.1:9464"), false, true),
            Err("insecure-ops-listen"),
            "the site's word is not this one"
        );
        assert_eq!(ops(Some("10.0.0.1:9464"), true, false), Ok(Some(true)));
        assert_eq!(ops(Some("9464"), true, false), Err("listen-no-address"));
    }
}
