//! Addresses to listen on: what is not encrypted stays on this machine, unless the settings say otherwise.

use std::net::SocketAddr;

use kernel::Problem;

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
