//! Providers of single sign-on: one that misbehaves on demand, and a real one beside the house.

use std::{
    io::BufRead as _,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    http::StatusCode,
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use dinh::config::Config;
use directory::usecase::{account, tie};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use testkit::{Answer, Client};
use thirtyfour::prelude::*;

use crate::house::House;

/// What the provider says at its next answer.
#[derive(Clone)]
pub struct Says {
    pub nonce: String,
    pub header: Value,
    pub claims: Value,
    /// The key that signs; its public half is in the key set under `published`.
    pub key: u8,
    pub published: Vec<u8>,
    pub signature: Option<String>,
    pub metadata_issuer: Option<String>,
    pub token: bool,
}

pub struct Provider {
    issuer: String,
    pub calls: Arc<Mutex<usize>>,
    pub says: Arc<Mutex<Says>>,
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn keys(published: &[u8]) -> Value {
    let jwk = |seed: &u8| {
        let x = B64.encode(key(*seed).verifying_key().as_bytes());
        json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": format!("k{seed}"), "x": x})
    };
    json!({"keys": published.iter().map(jwk).collect::<Vec<_>>()})
}

fn id_token(says: &Says) -> String {
    let mut claims = says.claims.clone();
    if claims["nonce"].is_null() {
        claims["nonce"] = json!(says.nonce);
    }
    let text = format!("{}.{}", B64.encode(says.header.to_string()), B64.encode(claims.to_string()));
    let signature = says.signature.clone();
    let signature = signature.unwrap_or_else(|| B64.encode(key(says.key).sign(text.as_bytes()).to_bytes()));
    format!("{text}.{signature}")
}

impl Provider {
    async fn start(house_now: i64) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Says {
            nonce: String::new(),
            header: json!({"alg": "EdDSA", "kid": "k1"}),
            claims: json!({
                "iss": issuer, "aud": "dinh", "sub": "person-1", "preferred_username": "ViDu",
                "iat": house_now, "exp": house_now + 300,
            }),
            key: 1,
            published: vec![1],
            signature: None,
            metadata_issuer: None,
            token: true,
        }));
        let calls: Arc<Mutex<usize>> = Arc::default();
        let counted = Arc::clone(&calls);
        let (base, for_metadata, for_keys, for_token) =
            (issuer.clone(), Arc::clone(&says), Arc::clone(&says), Arc::clone(&says));
        let metadata = async move || {
            let issuer = for_metadata.lock().unwrap().metadata_issuer.clone().unwrap_or_else(|| base.clone());
            Json(json!({
                "issuer": issuer, "authorization_endpoint": format!("{base}/auth"), "token_endpoint": format!("{base}/token"),
                "jwks_uri": format!("{base}/keys"), "response_types_supported": ["code"],
                "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["EdDSA", "none", "HS256"],
            }))
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(async move || Json(keys(&for_keys.lock().unwrap().published))))
            .route(
                "/token",
                post(async move || {
                    *counted.lock().unwrap() += 1;
                    let says = for_token.lock().unwrap().clone();
                    let mut answer = json!({"access_token": "a", "token_type": "Bearer"});
                    if says.token {
                        answer["id_token"] = json!(id_token(&says));
                    }
                    Json(answer)
                }),
            );
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, calls, says }
    }

    pub fn config(&self) -> Config {
        Config {
            base_url: Some("http://dinh.test".into()),
            oidc_issuer: Some(self.issuer.clone()),
            oidc_client_id: Some("dinh".into()),
            oidc_client_secret: Some("a-secret-of-the-tests".into()),
            oidc_name: Some("Cổng mẫu".into()),
            ..Config::default()
        }
    }
}

pub async fn open() -> (House, Provider) {
    let now = testkit::FrozenClock::default();
    let provider = Provider::start(kernel::Clock::now(&now).as_second()).await;
    let house = House::with(&provider.config()).await;
    house.fill("directory").await;
    (house, provider)
}

pub fn parameter(url: &str, name: &str) -> String {
    let rest = url.split(&format!("{name}=")).nth(1).unwrap_or_default();
    rest.split('&').next().unwrap_or_default().to_owned()
}

/// Goes to the provider and comes back, as a browser does.
pub async fn round(client: &Client, provider: &Provider) -> Answer {
    round_from(client, provider, "/sign-in/oidc?next=/plans").await
}

async fn round_from(client: &Client, provider: &Provider, path: &str) -> Answer {
    let start = client.get(path).await;
    assert_eq!(start.status, StatusCode::SEE_OTHER, "{}", start.body);
    provider.says.lock().unwrap().nonce = parameter(&start.location, "nonce");
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let state = parameter(&start.location, "state");
    client.with_cookie(&cookie).get(&format!("/sign-in/oidc/back?code=c&state={state}")).await
}

/// An administrator expects this login's first single sign-on.
pub async fn expect(house: &House, login: &str) -> Result<(), kernel::Problem> {
    let directory = house.app.get::<directory::Directory>().unwrap();
    let account = account::named(directory, login).await.unwrap();
    tie::expect(directory, house.app.authorizer(), &house.system(), account, true).await
}

/// From the account page to the provider and back, as somebody signed in.
pub async fn round_to_tie(client: &Client, provider: &Provider) -> Answer {
    round_from(client, provider, "/account/tie").await
}

/// With its output held open: it would die of writing into a closed pipe.
pub struct Node(Child, #[expect(dead_code, reason = "held")] std::io::BufReader<ChildStdout>);

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

/// `oidc-provider` from npm, a provider that others use, on a port of its own.
pub fn real_provider(port: u16, config: &Config, redirect: &str) -> Node {
    let (id, secret) = (config.oidc_client_id.clone().unwrap(), config.oidc_client_secret.clone().unwrap());
    let mut child = Command::new("node")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web"))
        .args(["oidc-provider.mjs", &port.to_string(), &id, &secret, redirect])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("cargo xtask test installs node");
    let mut line = String::new();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "ready", "cargo xtask test runs npm ci in web/");
    Node(child, output)
}

pub fn config_at(at: u16, port: u16) -> Config {
    Config {
        base_url: Some(format!("http://127.0.0.1:{at}")),
        oidc_issuer: Some(format!("http://127.0.0.1:{port}")),
        oidc_client_id: Some("dinh".into()),
        oidc_client_secret: Some("a-secret-of-the-tests-only".into()),
        ..Config::default()
    }
}

/// Signs in at the real provider under a name, and consents on its second page.
pub async fn at_provider(browser: &WebDriver, name: &str) {
    browser.query(By::Name("login")).first().await.unwrap().send_keys(name).await.unwrap();
    browser.find(By::Name("password")).await.unwrap().send_keys("anything\u{e007}").await.unwrap();
    browser.query(By::Css("form input[name=prompt][value=consent]")).first().await.unwrap();
    browser.find(By::Css("button[type=submit]")).await.unwrap().click().await.unwrap();
}
