//! Acts on levels that are taken back, and brought again.

use axum::http::{Method, StatusCode};
use db::Row as _;
use kernel::{Code as _, Role};
use registry::model::level::Dossier;
use serde_json::json;

use crate::{
    figures::value,
    house,
    levels::{OWNER, REVIEWER, act, asked, of, propose, refused, say_all, system},
};

#[tokio::test]
async fn an_approval_is_taken_back_with_the_level_that_it_gave() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let reviewer = house.person("khcn", REVIEWER, Role::OFFICER).await;
    let new = system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await;
    let id = propose(&clerk, &new).await;
    say_all(&clerk, &id).await;
    act(&clerk, &clerk, &id, json!({"act": "send", "reviewer": REVIEWER})).await;
    act(&reviewer, &clerk, &id, json!({"act": "appraise", "number": "8/KHCN"})).await;
    // What the decision says beyond the proposal brings the controls of that level.
    let controls = "SELECT COUNT(*) FROM registry_dossier_control";
    assert_eq!(house.count(controls).await, asked(2));
    let mut approve = json!({"act": "approve", "number": "21/QĐ-STC", "on_day": "2026-11-21"});
    approve["level"] = "3".into();
    approve["reason"] = "Nhiều người dùng".into();
    assert_eq!(act(&leader, &clerk, &id, approve).await.0, StatusCode::OK);
    assert_eq!((house.count(controls).await, of(&house, &new).await.level), (asked(3), Some(3)));
    // What may operate needs no exception, and none is counted.
    let said = json!({"rev": of(&house, &new).await.rev, "reason": "Phục vụ bầu cử"});
    let overrule = leader.json(Method::POST, &format!("/api/v1/systems/{new}/overrule"), &said).await;
    assert_eq!((overrule.status, overrule.json()["code"].as_str()), (StatusCode::CONFLICT, Some("level-there")));
    let undo = format!("/undo/{}", house.newest("level.approve").await);
    assert_eq!(clerk.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    let conn = house.app.db().read();
    let row = Dossier::get(&conn, id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((row.is_approved(), row.number), (false, None));
    assert_eq!((house.count(controls).await, of(&house, &new).await.level), (asked(2), None));
}

#[tokio::test]
async fn no_system_operates_again_by_taking_an_edit_back_once_its_approval_has_ended() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2026-06-01"})).await;
    propose(&clerk, &old).await;
    let approve =
        "UPDATE registry_dossier SET state = 'approved', approved_on = '2026-06-01', level = 2 WHERE id IS NOT NULL";
    house.exec(approve, vec![]).await;
    let edit = async |state: &str| {
        let clerk = house.as_("so").await.header("if-match", &format!("\"{}\"", of(&house, &old).await.rev));
        let answer = clerk.json(Method::PATCH, &format!("/api/v1/systems/{old}"), &json!({"state": state})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        format!("/undo/{}", house.newest("system.edit").await)
    };
    let retired = edit("retired").await;
    assert_eq!(clerk.form(&retired, &[]).await.status, StatusCode::SEE_OTHER, "it is approved still");
    let again = format!("/undo/{}", house.newest("act.undo").await);
    assert_eq!(clerk.form(&again, &[]).await.status, StatusCode::SEE_OTHER);
    let back = format!("/undo/{}", house.newest("act.undo").await);
    house.exec("UPDATE registry_dossier SET valid_through = '2026-11-01' WHERE id IS NOT NULL", vec![]).await;
    assert_eq!(clerk.form(&back, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(of(&house, &old).await.state.code(), "retired");
}

#[tokio::test]
async fn a_decision_that_was_taken_over_goes_back_and_the_one_before_holds_again() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2026-06-01"})).await;
    let record = async |on: &str, level: &str| {
        let said = json!({"rev": of(&house, &old).await.rev, "number": "5/QĐ-UBND", "on_day": on, "level": level});
        let answer = leader.json(Method::POST, &format!("/api/v1/systems/{old}/level-decision"), &said).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        format!("/undo/{}", house.newest("level.record").await)
    };
    let counts = async || {
        let of = async |table: &str| house.count(&format!("SELECT COUNT(*) FROM {table}")).await;
        (of("registry_dossier").await, of("registry_dossier_control").await)
    };
    let undo = record("2026-06-11", "2").await;
    assert_eq!(clerk.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!((counts().await, of(&house, &old).await.level), ((1, asked(2)), Some(2)));
    let back = leader.form(&undo, &[]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let stands = of(&house, &old).await;
    assert_eq!((counts().await, stands.level, stands.level_until), ((0, 0), None, None));
    // An older one that was entered after it holds again.
    let undo = record("2026-06-11", "3").await;
    record("2026-05-04", "2").await;
    assert_eq!(of(&house, &old).await.level, Some(3));
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((of(&house, &old).await.level, counts().await.0), (Some(2), 1));
    let again = format!("/undo/{}", house.newest("act.undo").await);
    assert_eq!(leader.form(&again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!((of(&house, &old).await.level, counts().await.0), (Some(3), 2));
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn an_approval_that_was_taken_back_is_not_brought_again_by_who_sent_the_dossier() {
    let house = house().await;
    let unit = house.unit(OWNER);
    house.people.add(&house.system(), "ca_hai", &[(unit, Role::OFFICER), (unit, Role::LEADER)]);
    let both = house.as_("ca_hai").await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let reviewer = house.person("khcn", REVIEWER, Role::OFFICER).await;
    let new = system(&both, "Cổng dữ liệu", json!({"state": "building"})).await;
    let id = propose(&both, &new).await;
    say_all(&both, &id).await;
    act(&both, &both, &id, json!({"act": "send", "reviewer": REVIEWER})).await;
    act(&reviewer, &both, &id, json!({"act": "appraise", "number": "8/KHCN"})).await;
    let approve = json!({"act": "approve", "number": "21/QĐ-STC", "on_day": "2026-11-21"});
    assert_eq!(act(&both, &both, &id, approve.clone()).await, refused("level-two-hands"));
    assert_eq!(act(&leader, &both, &id, approve).await.0, StatusCode::OK);
    let undo = format!("/undo/{}", house.newest("level.approve").await);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    let again = format!("/undo/{}", house.newest("act.undo").await);
    assert_eq!(both.form(&again, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(of(&house, &new).await.level, None);
    assert_eq!(leader.form(&again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(of(&house, &new).await.level, Some(2));
}

#[tokio::test]
async fn what_operates_and_what_is_late_is_counted_alike_on_the_page_of_levels_and_in_the_figure() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    for (name, kind) in [("Ngân sách", "information_system"), ("Kho dữ liệu", "database")] {
        let more = json!({"state": "operating", "operating_since": "2026-06-01", "kind": kind});
        let id = system(&clerk, name, more).await;
        let said = json!({"rev": of(&house, &id).await.rev, "number": "5/QĐ", "on_day": "2026-06-11", "level": "2"});
        let answer = leader.json(Method::POST, &format!("/api/v1/systems/{id}/level-decision"), &said).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let said = "Không kể cơ sở dữ liệu thì 1 đang vận hành, 1 phê duyệt muộn";
    let page = clerk.get("/levels/faults").await.body;
    assert!(page.contains("2 đang vận hành") && page.contains(said), "{page}");
    assert_eq!(value(&house, "level.approved", "late").await, (Some(1), 1));
    let page = clerk.get("/systems/figures/level.approved").await.body;
    assert!(page.contains("Không đếm cơ sở dữ liệu"), "{page}");
}
