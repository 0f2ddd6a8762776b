//! Acts on frozen lists that were taken back and are brought again: nothing comes into an approved list that way. And by which
//! of several posts somebody acts on them.

use axum::http::StatusCode;
use kernel::Role;
use testkit::{Client, House};

use crate::{
    baselines::{approved, list, made, system},
    house,
};

const OWNER: &str = "Sở Tài chính";
const APPROVED: &str = "SELECT COUNT(*) FROM registry_baseline WHERE approved_on IS NOT NULL";
const LINES: &str = "SELECT COUNT(*) FROM registry_baseline_item";

/// A list with one line, a system that it lacks, its officer and its leader.
async fn begun(house: &House) -> (Client, Client, String) {
    let (officer, leader) =
        (house.person("so", OWNER, Role::OFFICER).await, house.person("gd", OWNER, Role::LEADER).await);
    system(house, "Ngân sách", OWNER, "operating", "2020-01-01").await;
    made(&officer, OWNER).await;
    let lacking = system(house, "Kế toán", OWNER, "operating", "2021-01-01").await.id.to_string();
    (officer, leader, lacking)
}

async fn add(house: &House, officer: &Client, system: &str) {
    let line = [("system", system), ("eligible", "yes"), ("reason", "Sót khi lập")];
    let path = format!("{}/systems", list(house, OWNER).await);
    assert_eq!(officer.form(&path, &line).await.status, StatusCode::SEE_OTHER);
}

async fn undo(house: &House, by: &Client, act: &str) -> StatusCode {
    by.form(&format!("/undo/{}", house.newest(act).await), &[]).await.status
}

#[tokio::test]
async fn an_approval_comes_again_over_the_lines_that_were_read_for_it_alone() {
    let house = house().await;
    let (officer, leader, lacking) = begun(&house).await;
    let unit = house.unit(OWNER).to_string();
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
    assert_eq!(undo(&house, &leader, "baseline.approve").await, StatusCode::SEE_OTHER);
    // Nothing was done meanwhile: it comes again, and goes again.
    assert_eq!(undo(&house, &leader, "act.undo").await, StatusCode::SEE_OTHER);
    assert_eq!(house.count(APPROVED).await, 1);
    assert_eq!(undo(&house, &leader, "act.undo").await, StatusCode::SEE_OTHER);
    let again = house.newest("act.undo").await;
    add(&house, &officer, &lacking).await;
    let refused = leader.form(&format!("/undo/{again}"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert_eq!(house.count(APPROVED).await, 0);
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn no_officer_brings_a_line_again_into_a_list_that_was_approved_without_it() {
    let house = house().await;
    let (officer, leader, lacking) = begun(&house).await;
    add(&house, &officer, &lacking).await;
    assert_eq!(undo(&house, &officer, "baseline.add").await, StatusCode::SEE_OTHER);
    let again = format!("/undo/{}", house.newest("act.undo").await);
    assert_eq!(approved(&leader, &house.unit(OWNER).to_string()).await.status, StatusCode::SEE_OTHER);
    let refused = officer.form(&again, &[]).await;
    assert_eq!((refused.status, house.count(LINES).await), (StatusCode::CONFLICT, 1), "{}", refused.body);
    // Once it is open again the line may come.
    assert_eq!(undo(&house, &leader, "baseline.approve").await, StatusCode::SEE_OTHER);
    assert_eq!(officer.form(&again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count(LINES).await, 2);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn who_has_several_posts_approves_by_the_one_that_may() {
    let house = house().await;
    begun(&house).await;
    let posts = [(house.unit("Sở Y tế"), Role::OFFICER), (house.unit(OWNER), Role::LEADER)];
    house.people.add(&house.system(), "kiem", &posts);
    let both = house.as_("kiem").await;
    let asked = both.get("/systems/baselines/approve").await;
    assert!(asked.status.is_success() && asked.body.contains("1 danh sách với 1 hệ thống"), "{}", asked.body);
    let page = both.get("/systems/baselines").await.body.replace("&#x2f;", "/");
    assert!(page.contains(&format!("/systems/baselines/approve?unit={}", house.unit(OWNER))), "{page}");
}
