//! Whom to call about a part: its body says it, who may see the part sees it, nobody else, and no entry holds it.

use axum::http::{Method, StatusCode};
use kernel::{Erasing as _, Erasure, PersonId, Role};
use serde_json::json;

use crate::{
    documents::part_of,
    house::{COMMUNE, House, OTHER_COMMUNE},
    round::words,
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const PHONE: &str = "0905 111 222";
const NAMED: &str = "SELECT COUNT(*) FROM programme_contact";

fn typed<'a>(rev: &'a str, name: &'a str) -> [(&'a str, &'a str); 3] {
    [("rev", rev), ("name", name), ("phone", PHONE)]
}

#[tokio::test]
async fn who_may_see_the_part_sees_whom_to_call_and_nobody_else_does() {
    let house = House::demo().await;
    let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
    let other = house.person("xadoi", OTHER_COMMUNE, Role::OFFICER).await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let path = format!("/parts/{part}/contact");
    for (client, may) in [(&clerk, StatusCode::OK), (&follower, StatusCode::OK), (&other, StatusCode::FORBIDDEN)] {
        assert_eq!(client.get(&path).await.status, may);
    }
    assert_eq!(other.form(&path, &typed("0", "Kẻ Lạ")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.count(NAMED).await, 0);
    let answer = clerk.form(&path, &typed("0", "Hoàng Văn Ruộng")).await;
    assert_eq!(answer.status, OPEN, "{}", answer.body);
    let page = follower.get(&answer.location).await;
    assert!(words(&page.body).contains("Hoàng Văn Ruộng") && page.body.contains("tel:0905111222"), "{}", page.body);
    assert_eq!(page.headers["cache-control"], "no-store");
    // In the list for who asks for the column, in its file, and beside the body that is to be urged.
    let list = format!("plan={}", plan_of(&house, part).await);
    let shown = words(&follower.get(&format!("/tasks?{list}&col=contact&lead={}", house.unit(COMMUNE))).await.body);
    assert!(shown.contains(&format!("Hoàng Văn Ruộng, {PHONE}")), "{shown}");
    assert!(!words(&follower.get(&format!("/tasks?{list}")).await.body).contains("Hoàng Văn Ruộng"));
    let file = follower.get(&format!("/tasks.csv?{list}&col=contact")).await.body;
    assert!(file.contains("Đầu mối") && file.contains(PHONE), "{file}");
    assert!(!follower.get(&format!("/tasks.csv?{list}")).await.body.contains(PHONE));
    let task = programme::ids::TaskId::from_uuid(
        house.one("SELECT task_id AS id FROM programme_part WHERE id = $1", db::vals![part.uuid()]).await,
    );
    let grouped = words(&follower.get(&format!("/tasks?group=task&{list}&unfold={task}")).await.body);
    assert!(grouped.contains(&format!("Đầu mối: Hoàng Văn Ruộng, {PHONE}")), "{grouped}");
    assert_eq!(other.get(&format!("/parts/{part}")).await.status, StatusCode::FORBIDDEN);
    assert!(!other.get("/tasks.csv?col=contact").await.body.contains(PHONE));
    assert!(!house.client().get("/public").await.body.contains(PHONE));
    // It was noted who saw it; no entry and no fact says it.
    house.app.db().flush_access(&house.system()).await.unwrap();
    assert!(house.count("SELECT COUNT(*) FROM db_access WHERE action = 'part.contact' AND people = 1").await >= 3);
    for told in ["db_ledger", "db_fact"] {
        let sql = format!("SELECT COUNT(*) FROM {told} WHERE body LIKE '%{PHONE}%' OR body LIKE '%Ruộng%'");
        assert_eq!(house.count(&sql).await, 0, "{told}");
    }
}

async fn plan_of(house: &House, part: programme::ids::PartId) -> kernel::PlanId {
    let sql = "SELECT plan_id AS id FROM programme_part WHERE id = $1";
    kernel::PlanId::from_uuid(house.one(sql, db::vals![part.uuid()]).await)
}

#[tokio::test]
async fn a_colleague_is_one_of_the_body_and_an_older_page_changes_nothing() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let path = format!("/api/v1/parts/{part}/contact");
    let own = house.people.add(&house.system(), "binhxa", &[(house.unit(COMMUNE), Role::OFFICER)]);
    let foreign = house.people.add(&house.system(), "xakhac", &[(house.unit(OTHER_COMMUNE), Role::OFFICER)]);
    let send = async |body: serde_json::Value| clerk.json(Method::POST, &path, &body).await;
    let theirs = send(json!({ "person": foreign.to_string() })).await;
    assert_eq!((theirs.status, theirs.json()["errors"][0]["field"].as_str()), (WRONG, Some("person")));
    assert_eq!(send(json!({ "name": "Hoàng Văn Ruộng" })).await.status, WRONG, "nobody can be called by a name alone");
    assert_eq!(send(json!({})).await.status, WRONG);
    let kept = send(json!({ "person": own.to_string(), "name": "Tên khác", "phone": "102" })).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let (kept, known) = (kept.json(), clerk.get(&format!("/api/v1/parts/{part}")).await.json());
    let contact = &kept["contact"];
    assert_eq!(contact, &known["contact"]);
    assert_eq!((contact["person"].as_str(), contact["rev"].as_i64()), (Some(own.to_string().as_str()), Some(1)));
    assert_ne!(contact["name"].as_str(), Some("Tên khác"), "a colleague is called as the house knows them");
    // Two who began with the same page.
    assert_eq!(send(json!({ "name": "Hai", "phone": PHONE })).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(send(json!({ "rev": 7, "name": "Hai", "phone": PHONE })).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(send(json!({ "rev": 1, "name": "Hai", "phone": PHONE })).await.status, StatusCode::OK);
    let gone = clerk.json(Method::POST, &format!("{path}/remove"), &json!({ "rev": 2 })).await;
    assert_eq!((gone.status, &gone.json()["contact"]), (StatusCode::OK, &json!(null)));
    let back = clerk.form(&format!("/undo/{}", house.newest("contact.clear").await), &[]).await;
    assert_eq!(back.status, OPEN, "{}", back.body);
    let known = clerk.get(&format!("/api/v1/parts/{part}")).await.json();
    let contact = &known["contact"];
    assert_eq!((contact["name"].as_str(), contact["phone"].as_str()), (Some("Hai"), Some(PHONE)));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// What is kept of answers for programs that ask again, no erasure would find.
#[tokio::test]
async fn an_answer_that_names_whom_to_call_is_given_once() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let path = format!("/api/v1/parts/{part}/contact");
    let body = json!({ "name": "Hoàng Văn Ruộng", "phone": PHONE });
    let keyed = clerk.header("idempotency-key", "dau-moi-1");
    let first = keyed.json(Method::POST, &path, &body).await;
    assert_eq!((first.status, first.json()["contact"]["phone"].as_str()), (StatusCode::OK, Some(PHONE)));
    assert_eq!(first.headers["cache-control"], "no-store");
    let again = keyed.json(Method::POST, &path, &body).await;
    assert_eq!(
        (again.status, again.json()["code"].as_str()),
        (StatusCode::CONFLICT, Some("already-done-answer-unkept"))
    );
    // Nor by another act on the part, whose answer shows it.
    let rev = clerk.get(&format!("/api/v1/parts/{part}")).await.json()["rev"].clone();
    let progress = json!({ "rev": rev, "act": "progress", "percent": 30, "words": "Đã khảo sát" });
    let acts = format!("/api/v1/parts/{part}/acts");
    let done = clerk.header("idempotency-key", "tien-do-1").json(Method::POST, &acts, &progress).await;
    assert_eq!((done.status, done.json()["contact"]["phone"].as_str()), (StatusCode::OK, Some(PHONE)));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_idempotency WHERE status = 200").await, 2);
    assert_eq!(house.count(&format!("SELECT COUNT(*) FROM db_idempotency WHERE body LIKE '%{PHONE}%'")).await, 0);
    assert_eq!(house.count(NAMED).await, 1);
}

/// Nobody calls somebody who is not there any more: the body sees that it is to name somebody else, and does.
#[tokio::test]
async fn a_colleague_who_has_left_is_shown_to_nobody_and_somebody_else_is_named() {
    let house = House::demo().await;
    let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let person = house.people.add(&house.system(), "binhxa", &[(house.unit(COMMUNE), Role::OFFICER)]).to_string();
    let path = format!("/parts/{part}/contact");
    let named = [("rev", "0"), ("person", person.as_str()), ("phone", PHONE)];
    let kept = clerk.form(&path, &named).await;
    assert_eq!(kept.status, OPEN, "{}", kept.body);
    assert!(follower.get(&kept.location).await.body.contains("tel:0905111222"));
    house.people.leave("binhxa");
    let list = format!("/tasks?plan={}&col=contact&lead={}", plan_of(&house, part).await, house.unit(COMMUNE));
    for page in [&kept.location, &list, &path] {
        for who in [&clerk, &follower] {
            let body = words(&who.get(page).await.body);
            assert!(!body.contains(PHONE) && !body.contains("tel:0905111222"), "{page}: {body}");
        }
    }
    for page in [&kept.location, &path] {
        let body = words(&clerk.get(page).await.body);
        assert!(body.contains("Đầu mối đã rời đơn vị"), "{page}: {body}");
    }
    let known = follower.get(&format!("/api/v1/parts/{part}")).await.json();
    let nobody = json!({ "person": null, "name": "", "phone": "", "rev": 1, "has_left": true });
    assert_eq!(known["contact"], nobody);
    assert_eq!(clerk.form(&path, &typed("1", "Hoàng Văn Ruộng")).await.status, OPEN);
    assert!(words(&follower.get(&kept.location).await.body).contains("Hoàng Văn Ruộng"));
}

#[tokio::test]
async fn a_name_goes_with_its_person_and_comes_back_by_no_undo() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let person = house.people.add(&house.system(), "binhxa", &[(house.unit(COMMUNE), Role::OFFICER)]);
    let last = "SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id WHERE p.unit_id = $1 \
        AND l.state = 'live' AND p.done_on IS NULL AND p.stopped_on IS NULL ORDER BY p.id DESC LIMIT 1";
    let first = part_of(&house, house.unit(COMMUNE)).await;
    let second = house.one(last, db::vals![house.unit(COMMUNE).uuid()]).await;
    let second = programme::ids::PartId::from_uuid(second);
    assert_ne!(first, second);
    let number = person.to_string();
    let colleague = [("rev", "0"), ("person", number.as_str()), ("phone", PHONE)];
    assert_eq!(clerk.form(&format!("/parts/{first}/contact"), &colleague).await.status, OPEN);
    assert_eq!(clerk.form(&format!("/parts/{second}/contact"), &typed("0", "Đ/c Bùi Thị Ruộng")).await.status, OPEN);
    let set = house.newest("contact.set").await;
    // One is changed, and that of another commune is cleared: what they were can be undone, and names them.
    let changed = [("rev", "1"), ("person", number.as_str()), ("phone", "0905 333 444")];
    assert_eq!(clerk.form(&format!("/parts/{first}/contact"), &changed).await.status, OPEN);
    let other = house.person("xadoi", OTHER_COMMUNE, Role::OFFICER).await;
    let third = format!("/parts/{}/contact", part_of(&house, house.unit(OTHER_COMMUNE)).await);
    assert_eq!(other.form(&third, &typed("0", "Bùi Thị Ruộng")).await.status, OPEN);
    assert_eq!(other.form(&format!("{third}/remove"), &[("rev", "1")]).await.status, OPEN);
    let cleared = house.newest("contact.clear").await;
    let before = format!("SELECT COUNT(*) FROM db_before WHERE body LIKE '%{PHONE}%'");
    assert_eq!(house.count(&before).await, 2);
    let charges = house.charges();
    let erase = async |person: PersonId, name: Option<&str>| {
        let erasure = Erasure { person, name: name.map(str::to_owned) };
        charges.erase(&house.system(), &erasure).await.unwrap();
        house.count(NAMED).await
    };
    assert_eq!(erase(PersonId::from_uuid(uuid::Uuid::from_u128(1)), Some("Bùi Thị Suối")).await, 2);
    assert_eq!(erase(person, None).await, 1, "the colleague, by number");
    assert_eq!(erase(PersonId::from_uuid(uuid::Uuid::from_u128(2)), Some("Bùi Thị Ruộng")).await, 0);
    assert_eq!(house.count(&before).await, 0);
    assert_eq!(clerk.form(&format!("/undo/{set}"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(other.form(&format!("/undo/{cleared}"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(house.count(NAMED).await, 0);
}
