//! Bodies are found by what people type, and learned names go and come back.

use axum::http::StatusCode;
use kernel::{Bodies as _, Learned, PlanId, Reach};

use crate::{
    house::House,
    known::{account_of, directory, unit},
};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn a_few_letters_find_bodies_and_groups_for_programs_and_on_the_list() {
    let house = House::people().await;
    let client = house.signed_in("thu").await;
    let found = client.get("/api/v1/bodies?q=so%20khcn").await.json();
    assert_eq!(found["items"][0]["written"], "Sở Khoa học và Công nghệ");
    let own = client.get("/api/v1/bodies?q=phong%20vh").await.json();
    let first = own["items"][0]["written"].as_str().unwrap();
    assert!(first.ends_with(", UBND xã Sông Mẫu"), "one's own comes first: {first}");
    assert!(own["count"].as_i64().unwrap() > 12 && own["items"].as_array().unwrap().len() == 12, "{own}");
    let group = client.get("/api/v1/bodies?q=ubnd%20cac%20xa").await.json();
    let name = group["groups"][0]["name"].as_str().unwrap();
    let members = client.get(&format!("/api/v1/bodies?group={}", webkit::url_encode(name))).await.json();
    assert_eq!(members["count"], group["groups"][0]["count"]);
    let page = client.get("/pick?q=phong%20kinh%20te").await;
    assert!(page.body.contains("Phòng Kinh tế, UBND xã") && page.body.contains("from=50"), "{}", page.body);
    assert!(client.get("/pick?q=cac%20xa").await.body.contains("nhóm"), "groups stand with their members");
    for odd in ["%3Cscript%3E", "%D0%85%D1%83", "", &"a".repeat(1_000)] {
        let answer = client.get(&format!("/api/v1/bodies?q={odd}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}");
        assert!(!client.get(&format!("/pick?q={odd}")).await.body.contains("<script>"), "{odd}");
    }
    let long = client.get(&format!("/api/v1/bodies?q={}", "a".repeat(10_000))).await;
    assert_eq!(long.status, WRONG);
    assert_eq!(house.client().get("/api/v1/bodies?q=so").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_field_of_a_document_proposes_groups_as_its_issuer_means_them() {
    let house = House::people().await;
    let client = house.signed_in("thu").await;
    let science = unit(&house, "Sở Khoa học và Công nghệ");
    let groups = async |near: &str| {
        let found = client.get(&format!("/api/v1/bodies?q=cac%20phong{near}")).await.json();
        found["groups"].as_array().unwrap().iter().map(|one| one["note"].clone()).collect::<Vec<_>>()
    };
    let theirs = groups(&format!("&near={science}")).await;
    assert!(!theirs.is_empty() && theirs != groups("").await, "not those around who types: {theirs:?}");
    let nobody = kernel::UnitId::from_uuid(uuid::Uuid::from_u128(1));
    for odd in ["x".to_owned(), nobody.to_string()] {
        assert_eq!(groups(&format!("&near={odd}")).await, groups("").await, "{odd}");
    }
}

#[tokio::test]
async fn a_name_of_sixty_is_chosen_from_a_list_at_its_field_and_nothing_typed_is_lost() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let new = admin.header("referer", "http://dinh.test/people/new");
    let typed = [
        ("name", "Ví Dụ Chọn"),
        ("login", "chon"),
        ("title", "Tổ trưởng"),
        ("unit", "phong kinh te"),
        ("role", "officer"),
    ];
    let refused = new.form("/people/new", &typed).await;
    assert_eq!(refused.status, WRONG, "{}", refused.body);
    let body = refused.body.replace("&#x2f;", "/");
    assert!(body.contains("fieldset class=\"choices\"") && body.contains("name=\"instead-of:unit\""), "{body}");
    assert!(body.contains("value=\"Tổ trưởng\"") && body.contains("value=\"Ví Dụ Chọn\""), "{body}");
    assert!(body.contains("value=\"Phòng Kinh tế, UBND xã Sông Mẫu\""), "{body}");
    let chosen = [("instead-of:unit", "phong kinh te"), ("chosen:unit", "Phòng Kinh tế, UBND xã Sông Mẫu")];
    let added = new.form("/people/new", &[&typed[..], &chosen].concat()).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    let phong = unit(&house, "UBND xã Sông Mẫu");
    let phong =
        directory(&house).meant("phong kinh te song mau", house.system().today()).map(|id| (id, phong)).unwrap();
    let count = "SELECT COUNT(*) FROM directory_post p JOIN directory_unit u ON u.id = p.unit_id WHERE u.name = 'Phòng Kinh tế'";
    assert_eq!(house.count(count).await, 1, "{phong:?}");
}

#[tokio::test]
async fn nothing_stands_in_the_unit_of_a_new_person_and_none_is_refused_at_its_field() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let form = admin.get("/people/new").await.body;
    assert!(!form.contains("value=\"Tỉnh Mẫu\""), "{form}");
    let typed = [("name", "Ví Dụ Không"), ("login", "khong"), ("unit", ""), ("role", "officer")];
    assert_eq!(admin.form("/people/new", &typed).await.status, WRONG);
}

/// What a reviewer explains goes as far as words and body allow, and its way back is on the page.
#[tokio::test]
async fn a_learned_name_is_narrowed_removed_and_put_back() {
    let house = House::people().await;
    let (directory, ctx) = (directory(&house), house.system());
    let phong = directory.meant("phong kinh te song mau", ctx.today()).unwrap();
    let (commune, science) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "Sở Khoa học và Công nghệ"));
    let other = unit(&house, "UBND xã Chè Mẫu");
    let plan = PlanId::from_uuid(uuid::Uuid::from_u128(9));
    let learn = async |words: &str, unit, reach| {
        let learned = Learned { words: words.into(), unit, plan, reach, kind: None };
        directory.learn(&ctx, &learned).await.unwrap()
    };
    assert_eq!(learn("Phòng Kinh tế - Hạ tầng", phong, Reach::All).await, Reach::Plan);
    assert_eq!(learn("Phòng Hạ tầng", phong, Reach::Issuer(other)).await, Reach::Plan);
    assert_eq!(learn("Phòng Hạ tầng xã", phong, Reach::Issuer(commune)).await, Reach::Issuer(commune));
    assert_eq!(learn("các sở có liên quan", science, Reach::All).await, Reach::Plan);
    assert_eq!(learn("Sở Số hóa", science, Reach::All).await, Reach::All);
    let means = || directory.resolve("Sở Số hóa", None);
    assert!(matches!(means(), kernel::Resolution::Unit { unit, certain: true, .. } if unit == science));
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/aliases").await.body.replace("&#x2f;", "/");
    let line = page.split("Sở Số hóa").nth(1).unwrap();
    let id = line.split("/aliases/").nth(1).unwrap().split('/').next().unwrap();
    let foreign = house.signed_in("thu").await;
    assert_eq!(foreign.form(&format!("/aliases/{id}/remove"), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.form(&format!("/aliases/{id}/remove"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(means(), kernel::Resolution::Unknown);
    assert_eq!(foreign.form(&format!("/aliases/{id}/restore"), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.form(&format!("/aliases/{id}/restore"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(matches!(means(), kernel::Resolution::Unit { unit, .. } if unit == science));
    let again = admin.form(&format!("/aliases/{id}/restore"), &[]).await;
    assert_eq!(again.status, StatusCode::PRECONDITION_FAILED, "it holds already");
}

#[tokio::test]
async fn where_people_are_added_only_ones_own_bodies_are_proposed() {
    let house = House::people().await;
    let (admin, local) = (house.signed_in("quantri").await, house.signed_in("donvi").await);
    for (words, may, is_own) in [
        ("so%20tai%20chinh", "person.edit", false),
        ("xa%20song%20mau", "person.edit", true),
        ("so%20tai%20chinh", "", true),
    ] {
        let path = format!("/api/v1/bodies?q={words}&may={may}");
        assert_eq!(local.get(&path).await.json()["count"].as_u64() > Some(0), is_own, "{words} {may}");
        assert!(admin.get(&path).await.json()["count"].as_u64() > Some(0), "{words} {may}");
    }
}

#[tokio::test]
async fn what_the_trees_keeper_took_out_of_use_its_author_does_not_put_back() {
    let house = House::people().await;
    let (admin, author) = (house.signed_in("quantri").await, house.signed_in("thu").await);
    let (account, commune) = (account_of(&house, "thu").await, unit(&house, "UBND xã Sông Mẫu"));
    let sql = "INSERT INTO directory_alias (id, unit_id, alias, reach, account_id) VALUES ($1, $2, $3, $4, $5)";
    let id = |at: u128| directory::ids::AliasId::from_uuid(uuid::Uuid::from_u128(at));
    for (at, reach) in [(1, "all"), (2, "plan")] {
        let words = format!("Tổ Số hóa {at}");
        house.exec(sql, db::vals![id(at).uuid(), commune.uuid(), words, reach, account.uuid()]).await;
        let removed = admin.form(&format!("/aliases/{}/remove", id(at)), &[]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    }
    let restore = |at: u128| format!("/aliases/{}/restore", id(at));
    let page = author.get("/aliases").await.body.replace("&#x2f;", "/");
    assert!(page.contains(&restore(2)) && !page.contains(&restore(1)), "{page}");
    assert_eq!(author.form(&restore(1), &[]).await.status, StatusCode::FORBIDDEN, "not everywhere");
    assert_eq!(author.form(&restore(2), &[]).await.status, StatusCode::SEE_OTHER, "in their own plan");
    // What they take out themselves they put back themselves.
    assert_eq!(admin.form(&restore(1), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(author.form(&format!("/aliases/{}/remove", id(1)), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(author.form(&restore(1), &[]).await.status, StatusCode::SEE_OTHER);
}
