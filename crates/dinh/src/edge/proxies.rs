//! Who is at the other end: the socket's address, or what a trusted proxy says about it.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use kernel::Problem;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Proxies whose word is believed, and nobody else's.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Addresses and networks, as in `127.0.0.1` and `10.0.0.0/28`.
    pub fn new(named: &[String]) -> Result<Self, Problem> {
        let parse = |text: &String| {
            let one = text.parse::<IpAddr>().map(IpNet::from);
            one.or_else(|_| text.parse())
                .map_err(|error| Problem::bad_input("trusted-proxy-wrong").with("address", text).because(error))
        };
        named.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|net| net.contains(&address))
    }

    /// A network so wide that anybody could be the proxy.
    pub fn is_too_wide(&self) -> bool {
        self.0.iter().any(|net| net.prefix_len() < if net.addr().is_ipv4() { 16 } else { 48 })
    }

    /// The client behind `peer`: of the forwarded addresses the rightmost that is no proxy of ours. What stands left of
    /// it was written by the client.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        let named = lines.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
        for name in named {
            if !self.trusts(client) {
                break;
            }
            let Ok(address) = name.trim().parse::<IpAddr>() else { break };
            client = address.to_canonical();
        }
        client
    }

    pub fn https(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        self.trusts(peer) && headers.get(FORWARDED_PROTO).is_some_and(|proto| proto.as_bytes() == b"https")
    }
}

/// What one client is counted under: whoever has an IPv6 address has a network of them.
pub fn counted(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let named: Vec<String> = proxies.iter().map(|&text| text.to_owned()).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        Proxies::new(&named).unwrap().client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_who_the_client_is() {
        assert_eq!(client(&[], "127.0.0.1", &["10.1.1.1"]), "127.0.0.1");
        assert_eq!(client(&["127.0.0.1"], "10.9.9.9", &["10.1.1.1"]), "10.9.9.9");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["10.1.1.1"]), "10.1.1.1");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["1.2.3.4, 10.1.1.1"]), "10.1.1.1");
        assert_eq!(client(&["127.0.0.1", "10.0.0.0/28"], "127.0.0.1", &["1.2.3.4, 10.1.1.1, 10.0.0.5"]), "10.1.1.1");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["1.2.3.4", "10.1.1.1"]), "10.1.1.1");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["1.2.3.4, nonsense"]), "127.0.0.1");
        assert_eq!(client(&["::1"], "::1", &["::ffff:10.1.1.1"]), "10.1.1.1");
    }

    #[test]
    fn a_network_of_version_six_is_one_client() {
        let one = |text: &str| counted(text.parse().unwrap()).to_string();
        assert_eq!(one("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(one("10.1.1.1"), "10.1.1.1");
        assert!(Proxies::new(&["0.0.0.0/0".into()]).unwrap().is_too_wide());
        assert_eq!(Proxies::new(&["here".into()]).unwrap_err().code, "trusted-proxy-wrong");
    }
}
