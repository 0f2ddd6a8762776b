//! Where each sentence of a document under review ended, for programs.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::Client;

use crate::{
    documents::{approved, read_in},
    house::{House, SCIENCE},
    review::{BRIDGE, with_bridge},
    status::{LATE, NO, WRONG},
};

async fn places(officer: &Client, plan: &str, query: &str) -> Value {
    let answer = officer.get(&format!("/api/v1{plan}/places{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// The sentences of one kind.
fn of<'a>(found: &'a Value, kind: &str) -> Vec<&'a Value> {
    found["items"].as_array().unwrap().iter().filter(|item| item["kind"] == kind).collect()
}

/// The three figures are those of the sentences that are listed.
fn counted(found: &Value) -> [usize; 3] {
    let count = |name: &str| usize::try_from(found[name].as_u64().unwrap()).unwrap();
    let figures = [count("placed"), count("unplaced"), count("narrative")];
    let [unplaced, narrative] = ["unplaced", "narrative"].map(|kind| of(found, kind).len());
    let all = found["items"].as_array().unwrap().len();
    assert_eq!(figures, [all - unplaced - narrative, unplaced, narrative]);
    figures
}

#[tokio::test]
async fn each_sentence_is_told_with_its_place_its_reason_and_its_bytes() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = with_bridge();
    let plan = read_in(&house, &officer, "a.txt", text.as_bytes()).await;
    let found = places(&officer, &plan, "").await;
    let [placed, unplaced, narrative] = counted(&found);
    assert!(placed > 10 && unplaced == 1 && narrative > 0, "{found}");
    let bridge = of(&found, "unplaced")[0];
    assert!(bridge["text"].as_str().unwrap().ends_with(BRIDGE), "{bridge}");
    let id = plan.trim_start_matches("/plans/").parse().unwrap();
    let kept = programme::plans::store::plan::text(&house.app.db().read(), id).await.unwrap();
    let byte = |name: &str| usize::try_from(bridge[name].as_u64().unwrap()).unwrap();
    assert!(kept[byte("from")..byte("to")].contains(BRIDGE), "bytes, not characters: {bridge}");
    assert!(bridge["finding"].as_str().unwrap().starts_with("finding_") && bridge["reason"].is_null(), "{bridge}");
    let told = of(&found, "narrative");
    assert!(told.iter().all(|item| item["reason"].is_string() && item["said"].is_null()), "{told:?}");
    assert!(told.iter().any(|item| item["reason"] == "purpose"), "{told:?}");
    let ends = found["items"].as_array().unwrap();
    assert!(ends.windows(2).all(|two| two[0]["to"].as_u64() <= two[1]["from"].as_u64()), "in their order: {found}");
    // One kind alone, with the figures of all.
    let alone = places(&officer, &plan, "?kind=unplaced").await;
    assert_eq!((alone["items"].as_array().unwrap().len(), &alone["placed"]), (1, &found["placed"]));
    assert_eq!(officer.get(&format!("/api/v1{plan}/places?kind=layout")).await.status, WRONG);
}

#[tokio::test]
async fn they_stand_as_people_decided_since() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", with_bridge().as_bytes()).await;
    let before = places(&officer, &plan, "").await;
    let [placed, _, narrative] = counted(&before);
    let bridge = of(&before, "unplaced")[0].clone();
    let path = format!("/api/v1/findings/{}", bridge["finding"].as_str().unwrap());
    let decide = async |rev: i64, decision: &str, reason: &str| {
        let said = json!({ "rev": rev, "decision": decision, "reason": reason });
        assert_eq!(officer.json(Method::POST, &path, &said).await.status, StatusCode::OK);
    };
    decide(1, "aside", "tả cảnh").await;
    let aside = places(&officer, &plan, "").await;
    assert_eq!(counted(&aside), [placed, 0, narrative + 1]);
    let told = of(&aside, "narrative").into_iter().find(|item| item["from"] == bridge["from"]).unwrap();
    assert_eq!((&told["said"], &told["reason"]), (&json!("tả cảnh"), &Value::Null), "{told}");
    decide(2, "reopen", "").await;
    assert_eq!(counted(&places(&officer, &plan, "").await), [placed, 1, narrative]);
    let source = format!("{}-{}", bridge["from"], bridge["to"]);
    let task = json!({ "text": BRIDGE, "lead": SCIENCE, "time": "Năm 2026", "source": source });
    let added = officer.json(Method::POST, &format!("/api/v1{plan}/read-rows"), &task).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert_eq!(counted(&places(&officer, &plan, "").await), [placed + 1, 0, narrative]);
}

#[tokio::test]
async fn they_are_for_who_may_approve_the_plan_while_it_is_reviewed() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", with_bridge().as_bytes()).await;
    let path = format!("/api/v1{plan}/places");
    assert_eq!(house.as_("thu").await.get(&path).await.status, NO, "a commune reviews no plan of the province");
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    assert_eq!(officer.get(&path).await.status, LATE);
}
