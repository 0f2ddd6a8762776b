//! One act of many requests with one key, of two processes over one database.

use axum::http::{Method, StatusCode};
use testkit::together;

use crate::{
    documents::task,
    house::{House, PASSWORD, client},
    second_step::cookie,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_requests_with_one_key_make_one_task() {
    let house = House::people().await;
    let signed = house.client().form("/sign-in", &[("login", "vidu"), ("password", PASSWORD)]).await;
    let session = cookie(&signed, "dinh_session");
    let officer = house.client().with_cookie(&session).header("idempotency-key", "k-1");
    // Of two processes over one database, each gets half of them.
    let beside = House::beside(&house).await;
    let beside = client(webkit::router(&beside)).with_cookie(&session).header("idempotency-key", "k-1");
    let answers = together(20, |n| {
        let officer = if n % 2 == 0 { officer.clone() } else { beside.clone() };
        async move { officer.json(Method::POST, "/api/v1/tasks", &task("Rà soát")).await }
    })
    .await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 1);
    let first = answers.iter().find(|answer| answer.status.is_success()).unwrap();
    for answer in &answers {
        let same = answer.status == first.status && answer.body == first.body;
        assert!(
            same || (answer.status == StatusCode::CONFLICT && answer.json()["code"] == "in-progress"),
            "{answer:?}"
        );
    }
    // The same key for something else does nothing and says so.
    let other = officer.json(Method::POST, "/api/v1/tasks", &task("Việc khác")).await;
    assert_eq!(
        (other.status, other.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("idempotency-key-reused"))
    );
    let other = officer.json(Method::POST, "/api/v1/questions", &task("Rà soát")).await;
    assert_eq!(other.json()["code"], "idempotency-key-reused");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 1);
    // What was refused may be sent again under its key.
    let officer = house.signed_in("vidu").await.header("idempotency-key", "k-2");
    for _ in 0..2 {
        let refused = officer.json(Method::POST, "/api/v1/tasks", &task("")).await;
        assert_eq!(
            (refused.status, refused.json()["code"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some("field-empty"))
        );
    }
    assert!(officer.json(Method::POST, "/api/v1/tasks", &task("Rà soát lần hai")).await.status.is_success());
}
