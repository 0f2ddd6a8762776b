//! Single sign-on against a provider that misbehaves on demand, and against a real one in the browser.

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
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use testkit::{Answer, Client};
use thirtyfour::prelude::*;

use crate::{
    driver::{free_port, open_at},
    house::House,
};

/// What the provider says at its next answer.
#[derive(Clone)]
struct Says {
    nonce: String,
    header: Value,
    claims: Value,
    /// The key that signs; its public half is in the key set under `published`.
    key: u8,
    published: Vec<u8>,
    signature: Option<String>,
    metadata_issuer: Option<String>,
    token: bool,
}

struct Provider {
    issuer: String,
    says: Arc<Mutex<Says>>,
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
                    let says = for_token.lock().unwrap().clone();
                    let mut answer = json!({"access_token": "a", "token_type": "Bearer"});
                    if says.token {
                        answer["id_token"] = json!(id_token(&says));
                    }
                    Json(answer)
                }),
            );
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, says }
    }

    fn config(&self) -> Config {
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

async fn open() -> (House, Provider) {
    let now = testkit::FrozenClock::default();
    let provider = Provider::start(kernel::Clock::now(&now).as_second()).await;
    let house = House::with(&provider.config()).await;
    house.fill("directory").await;
    (house, provider)
}

fn parameter(url: &str, name: &str) -> String {
    let rest = url.split(&format!("{name}=")).nth(1).unwrap_or_default();
    rest.split('&').next().unwrap_or_default().to_owned()
}

/// Goes to the provider and comes back, as a browser does.
async fn round(client: &Client, provider: &Provider) -> Answer {
    let start = client.get("/sign-in/oidc?next=/plans").await;
    assert_eq!(start.status, StatusCode::SEE_OTHER, "{}", start.body);
    provider.says.lock().unwrap().nonce = parameter(&start.location, "nonce");
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let state = parameter(&start.location, "state");
    client.with_cookie(&cookie).get(&format!("/sign-in/oidc/back?code=c&state={state}")).await
}

#[tokio::test]
async fn the_single_sign_on_knows_people_by_their_subject_after_the_first_meeting() {
    let (house, provider) = open().await;
    let first = round(&house.client(), &provider).await;
    assert_eq!((first.status, first.location.as_str()), (StatusCode::SEE_OTHER, "/plans"), "{}", first.body);
    let session = first.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(house.client().with_cookie(&session).get("/plans").await.status, StatusCode::OK);
    provider.says.lock().unwrap().claims["preferred_username"] = json!("somebody-else");
    let again = round(&house.client(), &provider).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    let actions = "SELECT COUNT(*) FROM db_ledger WHERE action = 'account.oidc_link'";
    assert_eq!(house.count(actions).await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'account.sign_in'").await, 2);
}

#[tokio::test]
async fn a_misbehaving_provider_signs_nobody_in() {
    let (house, provider) = open().await;
    let good = provider.says.lock().unwrap().clone();
    let claim = |name: &str, value: Value| {
        let mut says = good.clone();
        says.claims[name] = value;
        says
    };
    let now = good.claims["iat"].as_i64().unwrap();
    let none = Says { header: json!({"alg": "none"}), signature: Some(String::new()), ..good.clone() };
    let shared = Says { header: json!({"alg": "HS256"}), signature: Some(B64.encode([7; 32])), ..good.clone() };
    let cases = [
        ("wrong issuer", claim("iss", json!("http://127.0.0.1:1"))),
        ("wrong audience", claim("aud", json!("another-program"))),
        ("two audiences", claim("aud", json!(["dinh", "another-program"]))),
        ("wrong nonce", claim("nonce", json!("replayed"))),
        ("expired", claim("exp", json!(now - 1))),
        ("algorithm none", none),
        ("shared secret", shared),
        ("forged under a known key's name", Says { key: 9, ..good.clone() }),
        ("unpublished key", Says { key: 9, header: json!({"alg": "EdDSA", "kid": "k9"}), ..good.clone() }),
        ("no ID token", Says { token: false, ..good.clone() }),
    ];
    for (name, says) in cases {
        *provider.says.lock().unwrap() = says;
        let answer = round(&house.client(), &provider).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {}", answer.body);
        assert!(answer.body.contains("không xác thực được"), "{name}");
        assert!(!answer.headers["set-cookie"].to_str().unwrap().starts_with("dinh_session"), "{name}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM web_session").await, 0);
}

#[tokio::test]
async fn rotated_keys_are_fetched_again() {
    let (house, provider) = open().await;
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::SEE_OTHER);
    {
        let mut says = provider.says.lock().unwrap();
        (says.key, says.published, says.header) = (2, vec![2], json!({"alg": "EdDSA", "kid": "k2"}));
    }
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn each_way_of_failing_has_its_sentence() {
    let (house, provider) = open().await;
    let client = house.client();
    let page = client.get("/sign-in").await;
    assert!(page.body.contains("Đăng nhập bằng Cổng mẫu"));
    let lost = client.get("/sign-in/oidc/back?code=c&state=made-up").await;
    assert!(lost.status == StatusCode::UNPROCESSABLE_ENTITY && lost.body.contains("quá 10 phút"), "{}", lost.body);
    provider.says.lock().unwrap().claims["preferred_username"] = json!("nobody-here");
    let unknown = round(&client, &provider).await;
    assert!(unknown.body.contains("nobody-here") && unknown.status == StatusCode::FORBIDDEN, "{}", unknown.body);
    provider.says.lock().unwrap().claims["preferred_username"] = json!("quantri");
    let administrator = round(&client, &provider).await;
    assert!(administrator.body.contains("gắn bằng tay"), "{}", administrator.body);
    let tied = round(&house.signed_in("quantri").await, &provider).await;
    assert_eq!(tied.status, StatusCode::SEE_OTHER, "signed in with the password, the account is tied: {}", tied.body);
    let start = client.get("/sign-in/oidc").await;
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let back = format!("/sign-in/oidc/back?error=access_denied&state={}", parameter(&start.location, "state"));
    let cancelled = client.with_cookie(&cookie).get(&back).await;
    assert!(cancelled.body.contains("không cho đăng nhập"), "{}", cancelled.body);
    let mixed = format!("/sign-in/oidc/back?code=c&iss=http://evil.test&state={}", parameter(&start.location, "state"));
    assert_eq!(client.with_cookie(&cookie).get(&mixed).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_provider_that_is_down_or_lies_about_its_name_stops_nobody_with_a_password() {
    let (house, provider) = open().await;
    provider.says.lock().unwrap().metadata_issuer = Some("http://127.0.0.1:1".into());
    assert_eq!(house.client().get("/sign-in/oidc").await.status, StatusCode::FORBIDDEN);
    let down = Config { oidc_issuer: Some("http://127.0.0.1:1".into()), ..provider.config() };
    let house = House::with(&down).await;
    house.fill("directory").await;
    let answer = house.client().get("/sign-in/oidc").await;
    assert!(
        answer.status == StatusCode::SERVICE_UNAVAILABLE && answer.body.contains("không trả lời"),
        "{}",
        answer.body
    );
    assert_eq!(house.signed_in("vidu").await.get("/work").await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_a_provider_there_is_no_such_page_and_half_a_provider_is_refused() {
    let house = House::people().await;
    assert_eq!(house.client().get("/sign-in/oidc").await.status, StatusCode::NOT_FOUND);
    let half = Config { oidc_issuer: Some("https://sso.test".into()), ..Config::default() };
    assert_eq!(half.oidc().unwrap_err().code, "oidc-incomplete");
}

/// With its output held open: it would die of writing into a closed pipe.
struct Node(Child, #[expect(dead_code, reason = "held")] std::io::BufReader<ChildStdout>);

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

/// `oidc-provider` from npm, a provider that others use, on a port of its own.
fn real_provider(port: u16, config: &Config, redirect: &str) -> Node {
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

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_comes_in_through_a_real_provider() {
    let (at, port) = (free_port(), free_port());
    let base_url = format!("http://127.0.0.1:{at}");
    let config = Config {
        base_url: Some(base_url.clone()),
        oidc_issuer: Some(format!("http://127.0.0.1:{port}")),
        oidc_client_id: Some("dinh".into()),
        oidc_client_secret: Some("a-secret-of-the-tests-only".into()),
        ..Config::default()
    };
    let house = House::with(&config).await;
    house.fill("directory").await;
    let Some((_driver, browser, base)) = open_at(&house, at).await else { return };
    let _provider = real_provider(port, &config, &format!("{base_url}/sign-in/oidc/back"));
    // The provider's clock is the machine's, so the house's has to be too.
    let now = kernel::Clock::now(&dinh::wiring::SystemClock);
    house.clock.move_by(now.duration_since(kernel::Clock::now(&*house.clock)));
    browser.goto(format!("{base}/sign-in?next=/plans")).await.unwrap();
    browser.find(By::Css("a[href^='/sign-in/oidc']")).await.unwrap().click().await.unwrap();
    browser.query(By::Name("login")).first().await.unwrap().send_keys("vidu").await.unwrap();
    browser.find(By::Name("password")).await.unwrap().send_keys("anything\u{e007}").await.unwrap();
    // The second page asks to consent.
    browser.query(By::Css("form input[name=prompt][value=consent]")).first().await.unwrap();
    browser.find(By::Css("button[type=submit]")).await.unwrap().click().await.unwrap();
    browser.query(By::Css(".moj-side-navigation__item--active a[href='/plans']")).first().await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external WHERE subject = 'person-vidu'").await, 1);
    browser.quit().await.unwrap();
}
