//! Many tries to come in, at once or one after the other, cost no more than they may.

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use directory::Directory;
use jiff::SignedDuration;

use crate::{
    house::{House, PASSWORD},
    signin::{at, try_in},
};

#[tokio::test]
async fn what_can_be_no_login_costs_no_write_and_slows_its_sender() {
    let house = House::people().await;
    let sender = at(&house, "198.51.100.9");
    for n in 0..70 {
        let (login, password) = if n % 2 == 0 { ("a b", "x".into()) } else { ("vidu", "x".repeat(2000)) };
        let answer = try_in(&sender, login, &password).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_attempt").await, 0);
    let start = Instant::now();
    try_in(&sender, "a b", "x").await;
    assert!(start.elapsed().as_millis() >= 250, "{:?}", start.elapsed());
    let start = Instant::now();
    try_in(&at(&house, "198.51.100.10"), "a b", "x").await;
    assert!(start.elapsed().as_millis() < 250, "others do not wait");
}

#[tokio::test]
async fn an_account_has_so_many_sessions_and_the_oldest_end() {
    let house = House::people().await;
    let oldest = house.signed_in("vidu").await;
    let other = house.signed_in("thu").await;
    house.clock.move_by(SignedDuration::from_secs(1));
    let directory = house.app.get::<Directory>().unwrap();
    let account = directory::usecase::account::named(directory, "vidu").await.unwrap();
    let (mut token, address) = (String::new(), String::new());
    for _ in 0..200 {
        let new =
            webkit::NewSession { account, epoch: 1, failures: 0, agent: "", address: address.clone(), replaces: None };
        token = webkit::start_session(house.app.db(), &house.system(), &new).await.unwrap();
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM web_session").await, 201, "200 of one account and one of another");
    assert!(oldest.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(other.get("/work").await.status, StatusCode::OK);
    let newest = house.client().with_cookie(&format!("dinh_session={token}"));
    assert_eq!(newest.get("/work").await.status, StatusCode::OK);
}

/// All are let in before the first is found wrong; a hundred machines must not have a hundred guesses by that.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_of_the_same_moment_are_counted_too() {
    let house = House::people().await;
    let guess = |n: u8| {
        let client = at(&house, &format!("203.0.113.{n}"));
        let password = if n == 99 { PASSWORD.to_owned() } else { format!("một câu đoán thứ {n}") };
        async move { client.form("/sign-in", &[("login", "vidu"), ("password", &password)]).await.status }
    };
    let answers = futures::future::join_all((0..100).map(guess)).await;
    assert_eq!(answers[99], StatusCode::TOO_MANY_REQUESTS, "the right one among them comes too late");
}

/// Whoever sends slowly keeps a place; four are one person's, whatever else waits.
#[tokio::test]
async fn one_person_has_four_large_uploads_under_way() {
    const FORM: Option<&str> = Some("multipart/form-data; boundary=x");
    let house = House::people().await;
    let (officer, other) = (house.signed_in("vidu").await, house.signed_in("taichinh").await);
    let mut slow = Vec::new();
    let mut begin = || {
        let (client, never) = (officer.clone(), futures::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        slow.push(tokio::spawn(async move {
            client.send(Method::POST, "/plans/new", FORM, Body::from_stream(never)).await.status
        }));
    };
    let quick = async |client: &testkit::Client| {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let end = futures::stream::iter([Ok::<_, std::io::Error>(b"--x--\r\n".to_vec())]);
        client.send(Method::POST, "/plans/new", FORM, Body::from_stream(end)).await
    };
    (0..3).for_each(|_| begin());
    assert_ne!(quick(&officer).await.status, StatusCode::SERVICE_UNAVAILABLE);
    begin();
    let refused = quick(&officer).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.body);
    assert_ne!(quick(&other).await.status, StatusCode::SERVICE_UNAVAILABLE, "others have places of their own");
    slow.iter().for_each(tokio::task::JoinHandle::abort);
    assert_ne!(quick(&officer).await.status, StatusCode::SERVICE_UNAVAILABLE, "the places are given back");
}
