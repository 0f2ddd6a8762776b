//! Settings: defaults that need nothing, then `dinh.toml`, then `DINH_*`, then flags. An unknown key is an error.

use std::{collections::BTreeMap, path::PathBuf};

use directory::{SecondFactor, oidc::OidcConfig};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use kernel::Problem;
use notify::Channels;
use serde::{Deserialize, Serialize};

use crate::sandbox::Sandbox;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Config {
    /// Folder of the database, the files and the keys.
    pub data_dir: PathBuf,
    /// `postgres://…`; without it the rows are in SQLite inside the folder.
    pub database_url: Option<String>,
    pub listen: String,
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
    /// Address of a gateway for short messages (SMS, chat), which gets `{"to", "text", "id"}` by POST; off without it.
    pub text_gateway: Option<String>,
    /// Address of a training site with invented data inside this program; none without it.
    pub training_listen: Option<String>,
    /// The address that people use for it; shown in the menu of the real site.
    pub training_url: Option<String>,
    /// Days that rows are kept, by the names that `dinh retention` lists: `retention = { jobs-done = 14 }`.
    pub retention: BTreeMap<String, u32>,
    /// This is the training site.
    #[serde(skip)]
    pub is_training: bool,
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
            listen: "127.0.0.1:8080".into(),
            base_url: None,
            log: "warn".into(),
            clamd: None,
            sandbox: Sandbox::Require,
            smtp_url: None,
            mail_from: None,
            head_to: Vec::new(),
            text_gateway: None,
            training_listen: None,
            training_url: None,
            retention: BTreeMap::new(),
            is_training: false,
            oidc_issuer: None,
            oidc_client_id: None,
            oidc_client_secret: None,
            oidc_name: None,
            close_after_days: 90,
            second_factor: SecondFactor::Required,
        }
    }
}

const KEYS: [&str; 16] = [
    "data_dir",
    "database_url",
    "listen",
    "base_url",
    "log",
    "clamd",
    "sandbox",
    "smtp_url",
    "mail_from",
    "head_to",
    "text_gateway",
    "training_listen",
    "training_url",
    "retention",
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
        let given = Figment::new().merge(Toml::file("dinh.toml")).merge(Env::prefixed("DINH_"));
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
        Figment::from(Serialized::defaults(Self::default())).merge(given).extract().map_err(|error| error.to_string())
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

    pub fn base_url(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }
}
