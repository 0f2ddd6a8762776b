//! What an installation says of its site.

pub const SESSION_COOKIE: &str = "dinh_session";

#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Cookies are `Secure` when the base URL is https.
    pub base_url: String,
    /// Invented data; a banner says so, and its cookies are others.
    pub is_training: bool,
    /// Where training is, for the menu.
    pub training_url: Option<String>,
    /// Bytes that the data folder may grow to before changes are refused; no limit without it.
    pub quota: Option<u64>,
    /// Bytes that one person may hand in on one day.
    pub upload_allowance: u64,
    /// The site is reached over the network without encryption; administrators are reminded of it on every page.
    pub insecure: bool,
}

impl WebConfig {
    /// Two sites of one host share their cookies, so each has a name of its own. Over https the browser itself sees to
    /// it (`__Host-`) that no other host and no unencrypted page has set it.
    pub fn session_cookie(&self) -> &'static str {
        match (self.is_https(), self.is_training) {
            (true, true) => "__Host-dinh_training",
            (true, false) => "__Host-dinh_session",
            (false, true) => "dinh_training",
            (false, false) => SESSION_COOKIE,
        }
    }

    /// The name of another cookie, by the same rules.
    pub fn cookie(&self, name: &str) -> String {
        let prefix = if self.is_https() { "__Host-" } else { "" };
        let site = if self.is_training { "_training" } else { "" };
        format!("{prefix}{name}{site}")
    }

    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https:")
    }
}
