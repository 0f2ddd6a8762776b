//! Single sign-on against a provider that misbehaves on demand, and against a real one in the browser.

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use dinh::config::Config;
use directory::usecase::account;
use serde_json::{Value, json};
use testkit::Client;
use thirtyfour::prelude::*;

use crate::{
    driver::{free_port, open_at, sign_in},
    house::House,
    provider::{Says, at_provider, config_at, expect, open, parameter, real_provider, round, round_to_tie},
};

#[tokio::test]
async fn the_single_sign_on_knows_people_by_their_subject_after_the_first_meeting() {
    let (house, provider) = open().await;
    expect(&house, "vidu").await.unwrap();
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
        ("issued to another party", claim("azp", json!("another-program"))),
    ];
    expect(&house, "vidu").await.unwrap();
    for (name, says) in cases {
        *provider.says.lock().unwrap() = says;
        let answer = round(&house.client(), &provider).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {}", answer.body);
        assert!(answer.body.contains("không xác thực được"), "{name}");
        assert!(!answer.headers["set-cookie"].to_str().unwrap().starts_with("dinh_session"), "{name}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM web_session").await, 0);
    *provider.says.lock().unwrap() = claim("azp", json!("dinh"));
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::SEE_OTHER, "issued to us");
}

#[tokio::test]
async fn nobody_is_tied_by_going_somewhere() {
    let (house, provider) = open().await;
    let admin = house.signed_in("quantri").await;
    let asked = admin.get("/sign-in/oidc?next=/plans").await;
    assert_eq!(asked.status, StatusCode::OK);
    for words in ["Tiếp tục là Phạm Văn Nháp", "Đăng xuất Phạm Văn Nháp", "href=\"&#x2f;plans\""] {
        assert!(asked.body.contains(words), "{words}: {}", asked.body);
    }
    // The way was begun before somebody signed in at this computer.
    let start = house.client().get("/sign-in/oidc").await;
    provider.says.lock().unwrap().nonce = parameter(&start.location, "nonce");
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let back = format!("/sign-in/oidc/back?code=c&state={}", parameter(&start.location, "state"));
    let answer = admin.with_cookie(&cookie).get(&back).await;
    assert!(answer.status == StatusCode::OK && answer.body.contains("Tiếp tục là"), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_tie_pending").await, 0);
}

#[tokio::test]
async fn a_tie_names_both_and_asks_for_the_password_and_ends_with_a_reset() {
    let (house, provider) = open().await;
    provider.says.lock().unwrap().claims["preferred_username"] = json!("pv.nhap");
    let admin = house.signed_in("quantri").await;
    let back = round_to_tie(&admin, &provider).await;
    assert_eq!((back.status, back.location.as_str()), (StatusCode::SEE_OTHER, "/account#tie"), "{}", back.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 0, "coming back ties nothing");
    let page = admin.get("/account").await.body;
    assert!(page.contains("pv.nhap") && page.contains("“quantri”") && page.contains("person-1"), "{page}");
    let form = |password| [("login", "quantri"), ("subject", "person-1"), ("password", password)];
    let other = house.signed_in("vidu").await.form("/account/tie", &form(crate::house::PASSWORD)).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "nobody else confirms it");
    let wrong = admin.form("/account/tie", &form("không phải mật khẩu")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let counted = "SELECT COUNT(*) FROM directory_attempt WHERE key LIKE 'prove %'";
    assert_eq!(house.count(counted).await, 1, "a guess is a guess, wherever it is made");
    let late = admin.form("/account/tie", &form(crate::house::PASSWORD)).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "a wrong password costs the way through the provider");
    round_to_tie(&admin, &provider).await;
    let elsewhere = [("login", "quantri"), ("subject", "person-2"), ("password", crate::house::PASSWORD)];
    assert_eq!(admin.form("/account/tie", &elsewhere).await.status, StatusCode::CONFLICT);
    let done = admin.form("/account/tie", &form(crate::house::PASSWORD)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    house.drain().await;
    assert!(admin.get("/notices").await.body.contains("đã được gắn với một tài khoản"), "its holder is told");
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::SEE_OTHER);
    let taken = round_to_tie(&house.signed_in("vidu").await, &provider).await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "one person there is one account here");
    let directory = house.app.get::<directory::Directory>().unwrap();
    let (authorizer, root) = (house.app.authorizer(), directory.tree().root().unwrap().id);
    let account = account::named(directory, "quantri").await.unwrap();
    account::reset(directory, authorizer, &house.system(), root, account).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 0);
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn one_cookie_drives_one_call_to_the_provider() {
    let (house, provider) = open().await;
    expect(&house, "vidu").await.unwrap();
    let start = house.client().get("/sign-in/oidc").await;
    provider.says.lock().unwrap().nonce = parameter(&start.location, "nonce");
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let back = format!("/sign-in/oidc/back?code=c&state={}", parameter(&start.location, "state"));
    let client = house.client().with_cookie(&cookie);
    let answers = futures_of(&client, &back).await;
    let entered = answers.iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
    assert_eq!(entered, 1, "{answers:?}");
    assert_eq!(*provider.calls.lock().unwrap(), 1);
}

#[tokio::test]
async fn a_way_that_was_not_begun_here_reaches_nobody() {
    let (house, provider) = open().await;
    let back = |cookie: String, state: &str| {
        let (client, path) = (house.client(), format!("/sign-in/oidc/back?code=c&state={state}"));
        async move { client.with_cookie(&cookie).get(&path).await }
    };
    let flow = B64.encode(json!({"state": "s", "nonce": "n", "verifier": "v".repeat(43), "next": "/"}).to_string());
    let start = house.client().get("/sign-in/oidc").await;
    let state = parameter(&start.location, "state");
    let own = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let seal = own.rsplit_once('.').unwrap().1;
    let mut forged: Vec<_> = [flow.clone(), format!("{}.{flow}.{seal}", i64::MAX), format!("{}.{flow}.", i64::MAX)]
        .into_iter()
        .map(|value| (format!("dinh_oidc={value}"), "s".to_owned()))
        .collect();
    forged.push((own.replacen("dinh_oidc=", "dinh_oidc=9", 1), state.clone()));
    // What was given out here, with another thing inside.
    let parts: Vec<&str> = own.trim_start_matches("dinh_oidc=").split('.').collect();
    let mut inside: serde_json::Value = serde_json::from_slice(&B64.decode(parts[1]).unwrap()).unwrap();
    inside["next"] = json!("/ledger");
    let bent = B64.encode(inside.to_string());
    forged.push((format!("dinh_oidc={}.{bent}.{}", parts[0], parts[2]), state.clone()));
    for (cookie, state) in forged {
        let answer = back(cookie.clone(), &state).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{cookie}: {}", answer.body);
    }
    house.clock.move_by(jiff::SignedDuration::from_mins(11));
    assert_eq!(back(own, &state).await.status, StatusCode::UNPROCESSABLE_ENTITY, "one that was begun long ago");
    assert_eq!(*provider.calls.lock().unwrap(), 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_oidc_used").await, 0);
}

async fn futures_of(client: &Client, path: &str) -> Vec<StatusCode> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (client, path) = (client.clone(), path.to_owned());
        tasks.spawn(async move { client.get(&path).await.status });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn a_name_at_the_provider_counts_once_and_only_where_it_is_expected() {
    let (house, provider) = open().await;
    let names = ["vidu", "lanhdao", "donvi", "quantri", "nobody-here"];
    for name in names {
        provider.says.lock().unwrap().claims["preferred_username"] = json!(name);
        let answer = round(&house.client(), &provider).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        assert!(answer.body.contains("chưa gắn với tài khoản nào"), "one answer for all: {}", answer.body);
    }
    for name in ["lanhdao", "donvi", "quantri"] {
        assert_eq!(expect(&house, name).await.unwrap_err().code, "expect-ordinary", "{name}");
    }
    expect(&house, "vidu").await.unwrap();
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 15));
    let now = kernel::Clock::now(&*house.clock).as_second();
    provider.says.lock().unwrap().claims["preferred_username"] = json!("vidu");
    (provider.says.lock().unwrap().claims["iat"], provider.says.lock().unwrap().claims["exp"]) =
        (json!(now), json!(now + 300));
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::FORBIDDEN, "it waits two weeks");
    expect(&house, "vidu").await.unwrap();
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::SEE_OTHER);
    provider.says.lock().unwrap().claims["sub"] = json!("person-2");
    assert_eq!(round(&house.client(), &provider).await.status, StatusCode::FORBIDDEN, "a second person of that name");
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 1);
}

#[tokio::test]
async fn rotated_keys_are_fetched_again() {
    let (house, provider) = open().await;
    expect(&house, "vidu").await.unwrap();
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
    assert!(administrator.body.contains("gắn ở trang Tài khoản"), "{}", administrator.body);
    let start = client.get("/sign-in/oidc").await;
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let back = format!("/sign-in/oidc/back?error=access_denied&state={}", parameter(&start.location, "state"));
    let cancelled = client.with_cookie(&cookie).get(&back).await;
    assert!(cancelled.body.contains("không cho đăng nhập"), "{}", cancelled.body);
    let start = client.get("/sign-in/oidc").await;
    let cookie = start.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
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

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_comes_in_through_a_real_provider() {
    let (at, port) = (free_port(), free_port());
    let config = config_at(at, port);
    let base_url = config.base_url();
    let house = House::with(&config).await;
    house.fill("directory").await;
    expect(&house, "vidu").await.unwrap();
    let Some((_driver, browser, base)) = open_at(&house, at).await else { return };
    let _provider = real_provider(port, &config, &format!("{base_url}/sign-in/oidc/back"));
    // The provider's clock is the machine's, so the house's has to be too.
    let now = kernel::Clock::now(&dinh::wiring::SystemClock);
    house.clock.move_by(now.duration_since(kernel::Clock::now(&*house.clock)));
    browser.goto(format!("{base}/sign-in?next=/plans")).await.unwrap();
    browser.find(By::Css("a[href^='/sign-in/oidc']")).await.unwrap().click().await.unwrap();
    at_provider(&browser, "vidu").await;
    browser.query(By::Css(".moj-side-navigation__item--active a[href='/plans']")).first().await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external WHERE subject = 'person-vidu'").await, 1);
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_ties_their_account_by_their_own_word_through_a_real_provider() {
    let (at, port) = (free_port(), free_port());
    let config = config_at(at, port);
    let house = House::with(&config).await;
    house.fill("directory").await;
    let Some((_driver, browser, base)) = open_at(&house, at).await else { return };
    let _provider = real_provider(port, &config, &format!("{base}/sign-in/oidc/back"));
    let now = kernel::Clock::now(&dinh::wiring::SystemClock);
    house.clock.move_by(now.duration_since(kernel::Clock::now(&*house.clock)));
    sign_in(&browser, &base, "giamdoc").await;
    let shots = std::env::var_os("TESTKIT_SHOTS").map(std::path::PathBuf::from);
    let keep = async |name: &str| {
        assert_eq!(
            crate::driver::violations(&browser, crate::driver::Rules::All).await,
            Vec::<String>::new(),
            "{name}"
        );
        if let Some(folder) = &shots {
            browser.screenshot(&folder.join(format!("{name}-wide.png"))).await.unwrap();
        }
    };
    browser.goto(format!("{base}/sign-in/oidc")).await.unwrap();
    keep("sign-in-as").await;
    browser.goto(format!("{base}/account")).await.unwrap();
    browser.find(By::Css("a[href='/account/tie']")).await.unwrap().click().await.unwrap();
    at_provider(&browser, "bv.minhhoa").await;
    let field = browser.query(By::Css("#tie-password")).first().await.unwrap();
    keep("account-tie").await;
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_external").await, 0);
    field.send_keys(format!("{}\u{e007}", crate::house::PASSWORD)).await.unwrap();
    browser.query(By::Css("a[href*='/untie?']")).first().await.unwrap();
    keep("account-tied").await;
    let tied = "SELECT COUNT(*) FROM directory_external e JOIN directory_account a ON a.id = e.account_id WHERE e.subject = 'person-bv.minhhoa' AND a.login = 'giamdoc'";
    assert_eq!(house.count(tied).await, 1);
    browser.quit().await.unwrap();
}
