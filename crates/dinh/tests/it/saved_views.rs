//! Views that people keep under names: saved, opened, named anew, replaced, let go of; nobody else's, and no way out of the house.

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::{Client, together};

use crate::{house::House, places::led};

const LATE: &str = "Các xã trễ hạn";

async fn keep(client: &Client, register: &str, name: &str, query: &str) -> testkit::Answer {
    client.form("/views", &[("register", register), ("name", name), ("query", query)]).await
}

/// The only view of somebody, and its revision.
async fn only(client: &Client) -> (String, i64) {
    let views = client.get("/api/v1/views").await.json();
    assert_eq!(views["items"].as_array().unwrap().len(), 1, "{views}");
    (views["items"][0]["id"].as_str().unwrap().to_owned(), views["items"][0]["rev"].as_i64().unwrap())
}

#[tokio::test]
async fn a_view_is_kept_opened_renamed_replaced_and_let_go() {
    let house = House::demo().await;
    let (officer, other) = (house.signed_in("vidu").await, house.signed_in("thu").await);
    let before = house.ledger_length().await;
    let there = led(keep(&officer, "/tasks", LATE, "state=late&group=task").await);
    assert!(there.starts_with("/tasks?state=late&group=task"), "{there}");
    let (id, rev) = only(&officer).await;
    let page = officer.get("/tasks?state=late&group=task").await.body;
    let chip = format!("<a class=\"chip\" href=\"/views/{id}\" aria-current=\"true\">{LATE}</a>");
    assert!(page.contains(&chip), "{page}");
    assert!(!officer.get("/tasks").await.body.contains(&chip), "another view is open there");
    assert_eq!(officer.get(&format!("/views/{id}")).await.location, "/tasks?state=late&group=task");
    let found = officer.get("/jump?q=cac+xa+tre").await.body.replace("&#x2f;", "/");
    assert!(found.contains(&format!("href=\"/views/{id}\"")), "{found}");

    // What is its holder's alone is not there for anybody else.
    assert_eq!(other.get(&format!("/views/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(!other.get("/jump?q=cac+xa+tre").await.body.contains(&id));
    assert!(!other.get("/tasks").await.body.contains(LATE));
    let theft = other.form(&format!("/views/{id}"), &[("rev", "1"), ("name", "Của tôi")]).await;
    assert_eq!(theft.status, StatusCode::NOT_FOUND);

    let named = [("rev", rev.to_string()), ("name", "Xã chậm".to_owned())];
    let named = named.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert!(led(officer.form(&format!("/views/{id}"), &named).await).starts_with("/views"));
    assert_eq!(officer.form(&format!("/views/{id}"), &named).await.status, StatusCode::PRECONDITION_FAILED);
    let replaced = officer.form(&format!("/views/{id}"), &[("rev", "2"), ("query", "state=soon&col=lead")]).await;
    assert!(led(replaced).starts_with("/tasks?state=soon&col=lead"));
    let kept = officer.get("/api/v1/views").await.json();
    assert_eq!((&kept["items"][0]["name"], &kept["items"][0]["rev"]), (&json!("Xã chậm"), &json!(3)));
    led(officer.form(&format!("/views/{id}/remove"), &[]).await);
    assert_eq!(officer.get(&format!("/views/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.ledger_length().await, before + 4, "kept, renamed, replaced, let go");
}

#[tokio::test]
async fn a_view_is_of_a_list_of_this_house_and_of_what_that_list_knows() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    for (register, query) in [
        ("//evil.example", "state=late"),
        ("https://evil.example/tasks", ""),
        ("/tasks/../administration", ""),
        ("/no-such-list", ""),
        ("/tasks", "state=late&next=//evil.example"),
        ("/tasks", "state=no-such-state"),
        ("/tasks", "after=x"),
        ("/reports", "col=no-such-column"),
    ] {
        let answer = keep(&officer, register, "Tên", query).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{register}?{query}: {}", answer.location);
    }
    let long = "a".repeat(61);
    for name in ["", "   ", long.as_str()] {
        assert_eq!(keep(&officer, "/tasks", name, "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM web_view").await, 0);
    led(keep(&officer, "/tasks", LATE, "state=late").await);
    let twice = keep(&officer, "/tasks", "CÁC XÃ TRỄ HẠN", "").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.body.contains("đã có một cách xem mang tên đó"), "{}", twice.body);
    led(keep(&officer, "/reports", LATE, "late=1").await);
    for nth in 2..30 {
        led(keep(&officer, "/tasks", &format!("Cách {nth}"), "").await);
    }
    assert_eq!(keep(&officer, "/tasks", "Một cách nữa", "").await.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_that_are_kept_at_once_there_are_thirty() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    for nth in 0..26 {
        led(keep(&officer, "/tasks", &format!("Cách {nth}"), "").await);
    }
    let answers = together(12, |nth| {
        let officer = officer.clone();
        async move { keep(&officer, "/reports", &format!("Cùng lúc {nth}"), "").await }
    })
    .await;
    let kept = answers.iter().filter(|answer| answer.status == StatusCode::SEE_OTHER).count();
    assert_eq!((kept, house.count("SELECT COUNT(*) FROM web_view").await), (4, 30), "{answers:?}");
}

#[tokio::test]
async fn names_without_letters_are_told_apart() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    led(keep(&officer, "/tasks", "★", "").await);
    led(keep(&officer, "/tasks", "♥", "").await);
    assert_eq!(keep(&officer, "/tasks", "★", "").await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_a_list_no_longer_knows_is_left_out_and_that_is_said() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    led(keep(&officer, "/reports", "Cũ", "late=1").await);
    let (id, _) = only(&officer).await;
    house.exec("UPDATE web_view SET query = 'late=1&col=gone&sort=gone&ward=x'", vec![]).await;
    let there = officer.get(&format!("/views/{id}")).await.location;
    assert_eq!(there, "/reports?late=1&done=view-cut");
    let page = officer.get(&there).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("không còn nữa. Danh sách mở với phần còn dùng được"), "{}", page.body);
    house.exec("UPDATE web_view SET register = '/wards'", vec![]).await;
    let gone = officer.get(&format!("/views/{id}")).await.location;
    assert_eq!(gone, "/views?done=view-gone");
    assert!(officer.get(&gone).await.body.contains("Danh sách này không còn"));
}

#[tokio::test]
async fn words_in_a_view_are_masked_and_it_goes_with_its_person() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let body = json!({ "register": "/tasks", "name": "Việc của 0905123456", "query": "q=0905123456" });
    let kept = officer.json(Method::POST, "/api/v1/views", &body).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let whole = "SELECT COUNT(*) FROM web_view WHERE name LIKE '%0905123456%' OR query LIKE '%0905123456%'";
    assert_eq!(house.count(whole).await, 0);
    let other = house.signed_in("thu").await;
    led(keep(&other, "/tasks", "Của lãnh đạo", "leader=V%C3%AD+D%E1%BB%A5+M%E1%BA%ABu").await);
    led(keep(&other, "/tasks", "Việc của Ví Dụ Mẫu trễ hạn", "state=late").await);
    // Somebody whose name goes on is somebody else.
    led(keep(&other, "/tasks", "Của phó", "leader=V%C3%AD+D%E1%BB%A5+M%E1%BA%ABu+M%E1%BB%B1c").await);
    // What is looked for is typed in small letters or in capitals: nothing tells there where the name ends.
    led(keep(&other, "/tasks", "Đã tìm", "q=vi+du+mau+tre+han").await);
    led(keep(&other, "/tasks", "Tìm nữa", "q=VI%E1%BB%86C+C%E1%BB%A6A+V%C3%8D+D%E1%BB%A4+M%E1%BA%AAU").await);
    led(keep(&other, "/tasks", "Tìm việc trễ", "q=VI+DU+MAU+TRE+HAN&state=late").await);
    assert_eq!(house.count("SELECT COUNT(*) FROM web_view").await, 7);
    let person = house.one("SELECT person_id AS id FROM directory_account WHERE login = 'vidu'", vec![]).await;
    let erasure =
        kernel::Erasure { person: kernel::PersonId::from_uuid(person), name: Some("Ví Dụ Mẫu".to_owned()) };
    for port in house.app.erasing() {
        port.erase(&house.system(), &erasure).await.unwrap();
    }
    assert_eq!(only(&other).await.1, 1, "what names the person went");
    assert_eq!(house.count("SELECT COUNT(*) FROM web_view").await, 1, "the person's own, and what names the person");
    assert_eq!(house.count("SELECT COUNT(*) FROM web_view WHERE name = 'Của phó'").await, 1);
}

#[tokio::test]
async fn a_token_keeps_no_views() {
    let house = House::demo().await;
    let directory = house.app.get::<directory::Directory>().unwrap();
    let (authorizer, ctx) = (house.app.authorizer(), house.system());
    let until = jiff::civil::date(2026, 12, 24);
    let add = directory::usecase::token::token_add(directory, authorizer, &ctx, "vidu", "Kho", false, until);
    let machine = house.client().bearer(&add.await.unwrap());
    assert_eq!(machine.get("/api/v1/views").await.json()["items"], json!([]));
    let body = json!({ "register": "/tasks", "name": "Máy", "query": "" });
    assert_eq!(machine.json(Method::POST, "/api/v1/views", &body).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn people_are_looked_at_by_a_view_that_is_kept() {
    let house = House::demo().await;
    let admin = house.signed_in("quantri").await;
    let (commune, science) = (house.unit("UBND xã Sông Mẫu", None), house.unit("Sở Khoa học và Công nghệ", None));
    led(keep(&admin, "/people", "Cán bộ xã", &format!("unit={commune}&q=thi")).await);
    let (id, _) = only(&admin).await;
    let there = admin.get(&format!("/views/{id}")).await.location;
    assert_eq!(there, format!("/people?unit={commune}&q=thi"));
    let page = admin.get(&there).await.body;
    assert!(page.contains(&format!("href=\"/views/{id}\" aria-current=\"true\">Cán bộ xã</a>")), "{page}");
    let of = |unit| format!("href=\"/people?unit={unit}");
    assert!(page.contains(&of(commune)) && !page.contains(&of(science)), "{page}");
    assert!(admin.get("/people").await.body.contains(&of(science)));
    // Whoever keeps one house alone is shown nobody of another by its address.
    let local = house.signed_in("donvi").await;
    assert!(local.get("/people").await.body.contains(&of(commune)));
    assert!(!local.get(&format!("/people?unit={science}")).await.body.contains("href=\"/people/pers"));
    for query in ["unit=x", "role=leader"] {
        assert_eq!(keep(&admin, "/people", "Khác", query).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}
