//! The outer edge: slow and many connections, cookies behind TLS, who says that it was https, and how much is taken.

use std::{net::SocketAddr, time::Duration};

use axum::http::StatusCode;
use dinh::{
    config::Config,
    edge::{self, Edge, Limits, Patience},
};
use testkit::Part;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

use crate::{
    documented,
    house::{House, PASSWORD},
};

fn limits() -> Limits {
    let second = Duration::from_secs(1);
    Limits {
        connections: 4000,
        each: 3000,
        head: 2 * second,
        body: Patience { idle: second, grace: 2 * second, rate: 1024, total: 10 * second },
        unread: second,
    }
}

/// The house behind the real listener.
async fn listening(house: &House, config: &Config, limits: Limits) -> SocketAddr {
    let edge = Edge::new(webkit::router(&house.app), config, limits).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(edge::serve(listener, edge, std::future::pending()));
    address
}

async fn connect(from: &str, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(from.parse().unwrap(), 0))?;
    socket.connect(to).await
}

/// All that comes back within ten seconds; nothing where the connection is refused.
async fn ask(from: &str, to: SocketAddr, request: &str) -> String {
    let mut answer = Vec::new();
    let asked = async {
        let mut stream = connect(from, to).await?;
        stream.write_all(request.as_bytes()).await?;
        stream.read_to_end(&mut answer).await
    };
    let _ = tokio::time::timeout(Duration::from_secs(10), asked).await;
    documented::check_raw(request, &answer);
    String::from_utf8_lossy(&answer).into_owned()
}

const GET: &str = "GET /sign-in HTTP/1.1\r\nhost: dinh.test\r\nconnection: close\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_half_heads_leave_others_served() {
    let house = House::empty().await;
    let address = listening(&house, &Config::default(), limits()).await;
    let many = if std::env::var_os("TESTKIT_SOAK").is_some() { 1000 } else { 200 };
    let mut half = Vec::new();
    for _ in 0..many {
        let mut stream = connect("127.0.0.1", address).await.unwrap();
        stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: dinh.t").await.unwrap();
        half.push(stream);
    }
    assert!(ask("127.0.0.1", address, GET).await.starts_with("HTTP/1.1 200"));
    for mut stream in half {
        let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut Vec::new())).await;
        assert!(ended.is_ok(), "a half head is not waited for");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_dribbles_is_cut_off() {
    let house = House::empty().await;
    let address = listening(&house, &Config::default(), limits()).await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: dinh.test\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\nlogin=";
    // One that falls silent, and one that sends a byte now and then.
    for dribble in [false, true] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let (mut read, mut write) = stream.into_split();
        let drops = tokio::spawn(async move {
            while dribble && write.write_all(b"a").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            std::future::pending::<()>().await;
        });
        let mut answer = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(8), read.read_to_end(&mut answer)).await;
        drops.abort();
        assert!(ended.is_ok(), "dribble {dribble}: the connection stays open");
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("chưa nhận đủ"), "dribble {dribble}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_take_all_connections() {
    let house = House::empty().await;
    let address = listening(&house, &Config::default(), Limits { each: 5, ..limits() }).await;
    let mut mine = Vec::new();
    for _ in 0..5 {
        mine.push(connect("127.0.0.1", address).await.unwrap());
    }
    assert_eq!(ask("127.0.0.1", address, GET).await, "", "a sixth of one address");
    assert!(ask("127.0.0.2", address, GET).await.starts_with("HTTP/1.1 200"), "another address is served");
    drop(mine);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(ask("127.0.0.1", address, GET).await.starts_with("HTTP/1.1 200"), "who has left gives the place back");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_trusted_proxy_clients_are_counted_by_their_own_address() {
    let house = House::people().await;
    let config = Config { trusted_proxies: Some(vec!["127.0.0.1".into()]), ..Config::default() };
    let address = listening(&house, &config, Limits { each: 2, ..limits() }).await;
    // A request under way: its body is still to come.
    let open = |forwarded: &'static str| async move {
        let mut stream = connect("127.0.0.1", address).await.unwrap();
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nhost: dinh.test\r\nx-forwarded-for: {forwarded}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    };
    let _under_way = [open("10.1.1.1").await, open("9.9.9.9, 10.1.1.1").await];
    tokio::time::sleep(Duration::from_millis(100)).await;
    let get = |forwarded: &str| GET.replace("\r\n\r\n", &format!("\r\nx-forwarded-for: {forwarded}\r\n\r\n"));
    let third = ask("127.0.0.1", address, &get("10.1.1.1")).await;
    assert!(third.starts_with("HTTP/1.1 429") && third.contains("Quá nhiều yêu cầu"), "{third}");
    assert!(ask("127.0.0.1", address, &get("10.1.1.2")).await.starts_with("HTTP/1.1 200"));
    assert!(ask("127.0.0.2", address, &get("10.1.1.1")).await.starts_with("HTTP/1.1 200"), "not a proxy of ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_host_and_heads_without_end_are_refused() {
    let house = House::empty().await;
    let config = Config { base_url: Some("http://dinh.test".into()), ..Config::default() };
    let address = listening(&house, &config, limits()).await;
    assert!(ask("127.0.0.1", address, GET).await.starts_with("HTTP/1.1 200"));
    assert!(ask("127.0.0.1", address, &GET.replace("dinh.test", "evil.example")).await.starts_with("HTTP/1.1 421"));
    assert!(ask("127.0.0.1", address, &GET.replace("dinh.test", "localhost:8080")).await.starts_with("HTTP/1.1 200"));
    let long = GET.replace("\r\n\r\n", &format!("\r\nx-long: {}\r\n\r\n", "a".repeat(40_000)));
    assert!(!ask("127.0.0.1", address, &long).await.starts_with("HTTP/1.1 200"));
    let many = GET.replace("\r\n\r\n", &format!("\r\n{}\r\n", "x-a: 1\r\n".repeat(150)));
    assert!(ask("127.0.0.1", address, &many).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn behind_tls_cookies_belong_to_this_host_alone() {
    let config = Config { base_url: Some("https://dinh.test".into()), ..Config::default() };
    let house = House::with(&config).await;
    house.fill("directory").await;
    let client = house.client();
    let signed = client.form("/sign-in", &[("login", "vidu"), ("password", PASSWORD)]).await;
    let cookie = signed.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-dinh_session=") && cookie.contains("; Path=/"), "{cookie}");
    assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly") && !cookie.contains("Domain"), "{cookie}");
    assert!(signed.headers["strict-transport-security"].to_str().unwrap().starts_with("max-age="));
    let officer = client.sign_in("vidu", PASSWORD).await;
    assert_eq!(officer.get("/work").await.status, StatusCode::OK);
    let language = client.get("/language/en").await;
    assert!(language.headers["set-cookie"].to_str().unwrap().ends_with("; Secure"));
    // A cookie under the old name, which another host could have set, is nobody's.
    let token = cookie.split_once('=').unwrap().1.split(';').next().unwrap();
    let old = client.with_cookie(&format!("dinh_session={token}"));
    assert!(old.get("/work").await.location.starts_with("/sign-in"));
    let out = officer.form("/sign-out", &[]).await;
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Secure"), "else the browser keeps a __Host- cookie");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_trusted_proxy_says_that_it_was_https() {
    let house = House::empty().await;
    let get = GET.replace("/sign-in", "/language/en").replace("\r\n\r\n", "\r\nx-forwarded-proto: https\r\n\r\n");
    let anybody = listening(&house, &Config::default(), limits()).await;
    let answer = ask("127.0.0.1", anybody, &get).await;
    assert!(!answer.contains("Secure") && !answer.contains("strict-transport-security"), "{answer}");
    let config = Config { trusted_proxies: Some(vec!["127.0.0.1".into()]), ..Config::default() };
    let trusted = listening(&house, &config, limits()).await;
    let answer = ask("127.0.0.1", trusted, &get).await;
    assert!(answer.contains("; Secure") && answer.contains("strict-transport-security"), "{answer}");
}

#[tokio::test]
async fn a_person_has_five_streams_and_no_more() {
    let house = House::people().await;
    let account = house.system().new_id();
    let places: Vec<_> = (0..5).map(|_| house.app.streams().enter(Some(account)).unwrap()).collect();
    assert!(house.app.streams().enter(Some(account)).is_none());
    assert!(house.app.streams().enter(Some(house.system().new_id())).is_some());
    drop(places);
    assert!(house.app.streams().enter(Some(account)).is_some());
}

#[tokio::test]
async fn a_site_over_its_quota_refuses_changes_and_still_shows() {
    let config = Config {
        base_url: Some("http://dinh.test".into()),
        is_training: true,
        training_disk_mb: 0,
        ..Config::default()
    };
    let house = House::with(&config).await;
    house.fill("directory").await;
    house.app.room().look(0).await.unwrap_err();
    let officer = house.signed_in("vidu").await;
    assert_eq!(officer.get("/plans").await.status, StatusCode::OK);
    let refused = officer.upload("/plans/new", &[Part::File("x.txt", b"x")]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.body.contains("đã hết"), "{}", refused.body);
    assert_eq!(officer.form("/account/nothing", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_person_hands_in_so_much_a_day_and_no_more() {
    let base_url = Some("http://dinh.test".into());
    let house = House::demo_with(&Config { base_url, upload_mb_a_day: 1, ..Config::default() }).await;
    let officer = house.signed_in("vidu").await;
    let other = house.person("khac", "Sở Tài chính", kernel::Role::PROGRAMME).await;
    let files = || house.count("SELECT COUNT(*) FROM programme_plan WHERE file_name = 'nua.txt'");
    let half = |n: u8| [vec![b'a' + n], vec![b'x'; 600_000]].concat();
    let send = async |n: u8| officer.upload("/plans/new", &[Part::File("nua.txt", &half(n))]).await;
    let (one, two, three) = (half(1), half(2), half(3));
    let upload = async |bytes: &[u8]| officer.upload("/plans/new", &[Part::File("nua.txt", bytes)]).await.status;
    let taken = tokio::join!(upload(&one), upload(&two), upload(&three));
    let taken = [taken.0, taken.1, taken.2];
    assert_eq!(taken.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1, "{taken:?}");
    assert_eq!(taken.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count(), 2, "{taken:?}");
    assert_eq!(files().await, 1, "nothing of the others is stored");
    let refused = send(4).await;
    assert!(refused.body.contains("mức cho phép") && refused.body.contains("1 MB"), "{}", refused.body);
    let theirs = other.upload("/plans/new", &[Part::File("khac.txt", &half(8))]).await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "the others hand in as before");
    house.clock.move_by(jiff::SignedDuration::from_hours(24));
    let officer = house.signed_in("vidu").await;
    assert_eq!(officer.upload("/plans/new", &[Part::File("nua.txt", &half(9))]).await.status, StatusCode::SEE_OTHER);
}
