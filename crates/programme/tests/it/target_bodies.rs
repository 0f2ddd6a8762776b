//! Who answers for a target of a live plan: named, and taken back.

use db::vals;
use programme::ids::{ChangeId, TargetId};
use testkit::Client;

use crate::{
    amending::ADDED_TO,
    house::{House, SCIENCE},
    round::words,
    status::{LATE, NO, OPEN, STALE, WRONG},
};

/// A target on which nobody reports.
pub async fn nobodys(house: &House) -> TargetId {
    let target = "SELECT id FROM programme_target WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') ORDER BY id LIMIT 1";
    let target = TargetId::from_uuid(house.one(target, vec![]).await);
    house.exec("DELETE FROM programme_target_body WHERE target_id = $1", vals![target.uuid()]).await;
    target
}

/// The revision in the form that names the bodies of a target.
pub async fn target_rev(who: &Client, path: &str) -> String {
    let page = who.get(path).await.body;
    page.split_once("name=\"rev\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_target_that_nobody_reports_on_gets_a_body_and_loses_it_again() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let target = nobodys(&house).await;
    let path = format!("/targets/{target}/bodies");
    assert!(words(&officer.get(&path).await.body).contains("Chưa có cơ quan nào phải báo cáo"));
    let rev = target_rev(&officer, &path).await;
    let named = [("rev", rev.as_str()), ("owners", SCIENCE), ("reports", ""), ("reason", "Theo phân công")];
    assert_eq!(house.as_("thu").await.form(&path, &named).await.status, NO);
    assert_eq!(officer.form(&path, &named).await.status, OPEN);
    assert_eq!(officer.form(&path, &named).await.status, STALE, "over what was named before");
    let bodies = "SELECT COUNT(*) FROM programme_target_body WHERE role = 'owns' AND target_id IN (SELECT target_id FROM programme_change WHERE target_id IS NOT NULL)";
    assert_eq!(house.count(bodies).await, 1);
    let undo = house.one("SELECT id FROM programme_change ORDER BY id DESC LIMIT 1", vec![]).await;
    assert_eq!(officer.form(&format!("/changes/{}/undo", ChangeId::from_uuid(undo)), &[]).await.status, OPEN);
    assert_eq!(house.count(bodies).await, 0);
}

const ANSWERS: &str = "SELECT COUNT(*) FROM programme_held WHERE body LIKE '{\"answers\"%'";

/// Who is named for a target and waits is named once, and no longer than they are named.
#[tokio::test]
async fn what_waits_for_a_word_about_a_target_is_as_it_was_named_last() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let target = nobodys(&house).await;
    let path = format!("/targets/{target}/bodies");
    let name = async |owners: &str| {
        let rev = target_rev(&officer, &path).await;
        let form = [("rev", rev.as_str()), ("owners", owners), ("reports", ""), ("reason", "Theo phân công")];
        officer.form(&path, &form).await.status
    };
    let undo = async || {
        let sql = "SELECT id FROM programme_change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1";
        let change = ChangeId::from_uuid(house.one(sql, vec![]).await);
        officer.form(&format!("/changes/{change}/undo"), &[]).await.status
    };
    let (waits, held) = (house.count(ADDED_TO).await, house.count(ANSWERS).await);
    assert_eq!(name("Sở Y tế").await, OPEN);
    assert_eq!(house.count(ANSWERS).await, held + 1);
    assert_eq!(name("Sở Y tế").await, WRONG, "named already");
    assert_eq!(house.count(ADDED_TO).await, waits + 1);
    assert_eq!(name(SCIENCE).await, OPEN);
    assert_eq!(house.count(ANSWERS).await, held, "nobody waits for what others got");
    assert_eq!(house.count(ADDED_TO).await, waits, "nor is a word asked for on it");
    let page = words(&officer.get(&format!("/targets/{target}")).await.body);
    assert!(page.contains("Các lần sửa (2)") && page.contains("/undo"), "{page}");
    assert_eq!((undo().await, house.count(ANSWERS).await), (OPEN, held + 1));
    assert_eq!(house.count(ADDED_TO).await, waits + 1);
    assert_eq!((undo().await, house.count(ANSWERS).await), (OPEN, held));
    assert_eq!(house.count(ADDED_TO).await, waits, "it waits for no word");
}

/// What was named later stands on what was named before, also where it only waits.
#[tokio::test]
async fn an_earlier_naming_of_a_target_is_not_taken_back_under_a_later_one() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let target = nobodys(&house).await;
    let path = format!("/targets/{target}/bodies");
    let mut undo = Vec::new();
    for owners in [SCIENCE.to_owned(), format!("{SCIENCE}; Sở Y tế")] {
        let rev = target_rev(&officer, &path).await;
        let form = [("rev", rev.as_str()), ("owners", owners.as_str()), ("reports", ""), ("reason", "Theo phân công")];
        assert_eq!(officer.form(&path, &form).await.status, OPEN);
        let change = house.one("SELECT id FROM programme_change ORDER BY id DESC LIMIT 1", vec![]).await;
        undo.push(format!("/changes/{}/undo", ChangeId::from_uuid(change)));
    }
    assert_eq!(officer.form(&undo[0], &[]).await.status, LATE, "the later one stands");
    let owns = "SELECT COUNT(*) FROM programme_target_body WHERE role = 'owns' AND target_id IN (SELECT target_id FROM programme_change WHERE target_id IS NOT NULL)";
    assert_eq!(house.count(owns).await, 1);
    for path in undo.iter().rev() {
        assert_eq!(officer.form(path, &[]).await.status, OPEN);
    }
    assert_eq!(house.count(owns).await, 0);
}
