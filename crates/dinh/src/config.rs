//! Settings: defaults that need nothing, then `dinh.toml` of the working folder, then `DINH_*`, then flags. An unknown key is an error.

mod file;
mod listen;

use std::{collections::BTreeMap, path::PathBuf};

use directory::{SecondFactor, oidc::OidcConfig};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use kernel::Problem;
use notify::{Channels, Stamping};
use serde::{Deserialize, Serialize};

use crate::edge::Proxies;
use crate::sandbox::Sandbox;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Config {
    /// Folder of the database, the files and the keys.
    pub data_dir: PathBuf,
    /// `postgres://…`; without it the rows are in SQLite inside the folder.
    pub database_url: Option<String>,
    /// A file whose first line is that address: a password on the command line is seen by everybody on the machine.
    pub database_url_file: Option<PathBuf>,
    pub listen: String,
    /// Listen on the network without encryption, though passwords and data can be read on the way.
    pub insecure_listen: bool,
    /// Where programs that watch this one ask for `/health/live`, `/health/ready` and `/metrics`; nowhere without it.
    pub ops_listen: Option<String>,
    /// Though it can be reached over the network, where anybody may ask.
    pub ops_insecure_listen: bool,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses and networks. Without it this
    /// machine, when `base_url` is `https://…`.
    pub trusted_proxies: Option<Vec<String>>,
    pub max_connections: usize,
    /// Connections, and requests under way, of one address.
    pub max_connections_per_address: usize,
    /// The address that people use; `https://…` makes cookies secure.
    pub base_url: Option<String>,
    /// What is written to the log: `warn`, `info`, or per part as in `db=debug`.
    pub log: String,
    /// `host:port` of clamd; without it files are kept unscanned and marked so.
    pub clamd: Option<String>,
    /// `require`: foreign files are read in confinement or not at all. `off` is for a machine without a sandbox.
    pub sandbox: Sandbox,
    /// The mail server: `smtp://user:password@host:587?tls=required`, `smtps://…`; without it nobody gets letters.
    pub smtp_url: Option<String>,
    /// Who letters come from: `Đình <dinh@province.gov.vn>`.
    pub mail_from: Option<String>,
    /// Who gets a letter each day with the signed head of the ledger: `["a@province.gov.vn"]`.
    pub head_to: Vec<String>,
    /// An authority that stamps the ledger's head each day (RFC 3161): `https://tsa.example/tsr`.
    pub timestamp_url: Option<String>,
    /// The certificates in PEM to which those of its stamps lead; old ones stay in, for the old stamps.
    pub timestamp_ca: Option<PathBuf>,
    /// Address of a gateway for short messages (SMS, chat), which gets `{"to", "text", "id"}` by POST; off without it.
    pub text_gateway: Option<String>,
    /// Address of a training site with invented data inside this program; none without it.
    pub training_listen: Option<String>,
    /// The address that people use for it; shown in the menu of the real site.
    pub training_url: Option<String>,
    /// Days that rows are kept, by the names that `dinh retention` lists: `retention = { jobs-done = 14 }`.
    pub retention: BTreeMap<String, u32>,
    /// What the training site may take of the machine.
    pub training_memory_mb: u64,
    pub training_disk_mb: u64,
    /// What one person may hand in on one day.
    pub upload_mb_a_day: u64,
    /// Where backups are laid; `dinh doctor` looks how old the newest is.
    pub backup_dir: Option<PathBuf>,
    /// This is the training site.
    #[serde(skip)]
    pub is_training: bool,
    /// The file that was read.
    #[serde(skip)]
    pub file: Option<PathBuf>,
    /// The province's single sign-on (OpenID Connect): address, and this program's name and secret there.
    pub oidc_issuer: Option<String>,
    pub oidc_client_id: Option<String>,
    pub oidc_client_secret: Option<String>,
    /// What people call it, shown on the sign-in page.
    pub oidc_name: Option<String>,
    /// Days without a post after which an account is closed.
    pub close_after_days: u16,
    /// `required` for leaders and administrators (people of the demo excepted), or `optional`.
    pub second_factor: SecondFactor,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: "dinh-data".into(),
            database_url: None,
            database_url_file: None,
            listen: "127.0.0.1:8080".into(),
            insecure_listen: false,
            ops_listen: None,
            ops_insecure_listen: false,
            trusted_proxies: None,
            max_connections: 8192,
            max_connections_per_address: 512,
            base_url: None,
            log: "warn".into(),
            clamd: None,
            sandbox: Sandbox::Require,
            smtp_url: None,
            mail_from: None,
            head_to: Vec::new(),
            timestamp_url: None,
            timestamp_ca: None,
            text_gateway: None,
            training_listen: None,
            training_url: None,
            retention: BTreeMap::new(),
            training_memory_mb: 2048,
            training_disk_mb: 2048,
            upload_mb_a_day: 2048,
            backup_dir: None,
            is_training: false,
            file: None,
            oidc_issuer: None,
            oidc_client_id: None,
            oidc_client_secret: None,
            oidc_name: None,
            close_after_days: 90,
            second_factor: SecondFactor::Required,
        }
    }
}

const KEYS: [&str; 33] = [
    "data_dir",
    "database_url",
    "database_url_file",
    "listen",
    "insecure_listen",
    "ops_listen",
    "ops_insecure_listen",
    "trusted_proxies",
    "max_connections",
    "max_connections_per_address",
    "base_url",
    "log",
    "clamd",
    "sandbox",
    "smtp_url",
    "mail_from",
    "head_to",
    "timestamp_url",
    "timestamp_ca",
    "text_gateway",
    "training_listen",
    "training_url",
    "retention",
    "training_memory_mb",
    "training_disk_mb",
    "upload_mb_a_day",
    "backup_dir",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_name",
    "close_after_days",
    "second_factor",
];

impl Config {
    /// Reads `dinh.toml` of the working folder and the environment.
    pub fn load() -> Result<Self, String> {
        let (file, text) = file::read(&std::env::current_dir().unwrap_or_default())?.unzip();
        // Without a file its text is empty, and sets nothing.
        let text = text.unwrap_or_default();
        let given = Figment::new().merge(Toml::string(&text)).merge(Env::prefixed("DINH_"));
        let keys: figment::value::Dict = given.extract().map_err(|error| error.to_string())?;
        if let Some(key) = keys.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let near = KEYS
                .iter()
                .max_by(|a, b| strsim::jaro_winkler(a, key).total_cmp(&strsim::jaro_winkler(b, key)))
                .unwrap_or(&"");
            return Err(format!(
                "cấu hình không có mục “{key}”, gần nhất là “{near}” / unknown setting “{key}”, the nearest is “{near}”"
            ));
        }
        let config: Self = Figment::from(Serialized::defaults(Self::default()))
            .merge(given)
            .extract()
            .map_err(|error| error.to_string())?;
        Ok(Self { file, ..config })
    }

    /// The single sign-on; half of one is refused.
    pub fn oidc(&self) -> Result<Option<OidcConfig>, Problem> {
        let (issuer, id, secret) = match (&self.oidc_issuer, &self.oidc_client_id, &self.oidc_client_secret) {
            (None, None, None) => return Ok(None),
            (Some(issuer), Some(id), Some(secret)) => (issuer, id, secret),
            _ => return Err(Problem::bad_input("oidc-incomplete")),
        };
        Ok(Some(OidcConfig {
            issuer: issuer.clone(),
            client_id: id.clone(),
            client_secret: secret.clone(),
            name: self.oidc_name.clone().unwrap_or_else(|| "SSO".into()),
            base_url: self.base_url(),
        }))
    }

    /// The ways out of the program; half of one is refused.
    pub fn channels(&self) -> Result<Channels, Problem> {
        Channels::new(self.smtp_url.as_deref(), self.mail_from.as_deref(), self.text_gateway.as_deref())
    }

    /// The authority that stamps the ledger's head; half of one is refused.
    pub fn stamping(&self) -> Result<Stamping, Problem> {
        Stamping::new(self.timestamp_url.as_deref(), self.timestamp_ca.as_deref())
    }

    /// Proxies whose word is believed.
    pub fn proxies(&self) -> Result<Proxies, Problem> {
        match &self.trusted_proxies {
            Some(named) => Proxies::new(named),
            None if self.is_https() => Proxies::new(&["127.0.0.0/8".into(), "::1".into()]),
            None => Ok(Proxies::default()),
        }
    }

    pub fn is_https(&self) -> bool {
        self.base_url.as_deref().is_some_and(|url| url.starts_with("https:"))
    }

    /// The database's address with what its file says.
    pub fn with_database_file(self) -> Result<Self, Problem> {
        let Some(file) = &self.database_url_file else { return Ok(self) };
        let text = std::fs::read_to_string(file)
            .map_err(|error| Problem::bad_input("file-unusable").with("file", file.display()).because(error))?;
        let url = text.lines().next().unwrap_or_default().trim().to_owned();
        Ok(Self { database_url: Some(url), ..self })
    }

    pub fn base_url(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_out_are_those_of_the_settings() {
        let half = Config { smtp_url: Some("smtp://127.0.0.1:25".into()), ..Config::default() };
        assert_eq!(half.channels().unwrap_err().code, "mail-incomplete");
        // reqwest takes the process-wide provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let text = Config { text_gateway: Some("http://127.0.0.1:1/send".into()), ..Config::default() };
        let ways = text.channels().unwrap();
        assert!(ways.has("text") && !ways.has("mail"));
    }
}
