//! The order of a move: the copy is verified before it, and nothing is proven of a moved system before it is moved.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use serde_json::json;

use crate::{
    house,
    moves::{act, again, all_done, edit, open, people, plan, refused, step, system, whole},
};

#[tokio::test]
async fn a_system_is_moved_once_its_copy_is_verified_and_the_old_one_goes_off_after_that() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let id = open(&clerk, &system(&clerk, "Ngân sách").await, &plan()).await;
    assert_eq!(act(&clerk, &id, "start", "").await.0, StatusCode::OK);
    house.clock.set(date(2026, 12, 2));
    let [clerk, _, _] = again(&house).await;
    let done = json!({"act": "done", "document": "9/BB"});
    for code in ["cut-over", "old-off", "backup"] {
        assert_eq!(step(&clerk, &id, code, done.clone()).await, refused("migration-before-cut-over"), "{code}");
    }
    all_done(&clerk, &id, &["data-verified"]).await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await, refused("migration-steps-open"));
    let asked = clerk.get(&format!("/migrations/{id}/acts?act=cut_over")).await.body;
    assert!(asked.contains("Còn 1 việc bắt buộc chưa xong: Sao chép dữ liệu"), "{asked}");
    // A project that was opened by an older checklist asks for it all the same.
    house
        .exec("UPDATE registry_migration_step SET gate = 'acceptance' WHERE code = $1", db::vals!["data-verified"])
        .await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await, refused("migration-steps-open"));
    assert_eq!(step(&clerk, &id, "data-verified", done.clone()).await.0, StatusCode::OK);
    // What was found the same when the step was done is the same when the system is moved.
    assert_eq!(edit(&clerk, &id, &json!({"checksum_verified": "99887766"})).await.0, StatusCode::OK);
    assert_eq!(act(&clerk, &id, "cut_over", "").await, refused("migration-checksum-differs"));
    assert_eq!(edit(&clerk, &id, &json!({"checksum_verified": "0011223344"})).await.0, StatusCode::OK);
    assert_eq!(act(&clerk, &id, "cut_over", "").await.0, StatusCode::OK);
    assert_eq!(step(&clerk, &id, "old-off", done.clone()).await.0, StatusCode::OK);
    // The move is not taken back from under that; the system still goes back by its own way.
    let undone = clerk.form(&format!("/undo/{}", house.newest("migration.cut_over").await), &[]).await;
    assert_eq!(undone.status, StatusCode::CONFLICT, "{}", undone.body);
    // Opened again, it is; and then the step is not done again by taking back that it was opened.
    assert_eq!(step(&clerk, &id, "old-off", json!({"act": "reopen"})).await.0, StatusCode::OK);
    let opened = house.newest("migration.step").await;
    let undone = clerk.form(&format!("/undo/{}", house.newest("migration.cut_over").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    let undone = clerk.form(&format!("/undo/{opened}"), &[]).await;
    assert_eq!(undone.status, StatusCode::CONFLICT, "{}", undone.body);
    assert_eq!(act(&clerk, &id, "cut_over", "").await.0, StatusCode::OK);
    assert_eq!(step(&clerk, &id, "old-off", done).await.0, StatusCode::OK);
    assert_eq!(act(&clerk, &id, "roll_back", "Mất dữ liệu").await.0, StatusCode::OK);
    assert_eq!(whole(&clerk, &id).await["migration"]["state"], "rolled_back");
}

#[tokio::test]
async fn a_checksum_that_proves_nothing_is_refused_where_it_is_typed() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let id = open(&clerk, &system(&clerk, "Ngân sách").await, &plan()).await;
    let rev = whole(&clerk, &id).await["migration"]["rev"].as_i64().unwrap();
    let said = json!({"checksum_given": "abc", "checksum_verified": "sha256:abc"});
    let sent = clerk.header("if-match", &format!("\"{rev}\""));
    let answer = sent.json(Method::PATCH, &format!("/api/v1/migrations/{id}"), &said).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let answer = answer.json();
    assert_eq!(answer["code"], "migration-checksum-short", "{answer}");
    assert_eq!(answer["errors"].as_array().unwrap().len(), 2, "{answer}");
    let form = clerk.get(&format!("/migrations/{id}/edit")).await.body;
    assert!(form.contains("Ít nhất 8 ký tự"), "{form}");
}

#[tokio::test]
async fn the_dossier_of_the_new_place_is_proven_by_a_dossier_and_by_no_number() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let system = system(&clerk, "Ngân sách").await;
    let level = format!("/api/v1/systems/{system}/level");
    let facts = json!({"scope": "internal", "information": "public_only"});
    let old = clerk.json(Method::POST, &level, &facts).await.json();
    house.clock.move_by(jiff::SignedDuration::from_hours(1));
    let [clerk, _, _] = again(&house).await;
    let id = open(&clerk, &system, &plan()).await;
    assert_eq!(act(&clerk, &id, "start", "").await.0, StatusCode::OK);
    // One that nobody has touched since is of the old place.
    let done = json!({"act": "done", "document": "Phụ lục 03"});
    let unproven = (StatusCode::UNPROCESSABLE_ENTITY, "migration-no-dossier".to_owned());
    assert_eq!(step(&clerk, &id, "dossier", done.clone()).await, unproven);
    let page = clerk.get(&format!("/migrations/{id}")).await.body;
    assert!(page.contains("Cập nhật hồ sơ cấp độ"), "{page}");
    // A step that was done by an older checklist is asked for it at the acceptance.
    house.exec("UPDATE registry_migration_step SET proof = 'document' WHERE code = $1", db::vals!["dossier"]).await;
    assert_eq!(step(&clerk, &id, "dossier", done.clone()).await, unproven);
    let set = "UPDATE registry_migration_step SET state = 'done', document = 'x' WHERE code = $1";
    house.exec(set, db::vals!["dossier"]).await;
    house.clock.set(date(2026, 12, 2));
    let [clerk, _, leader] = again(&house).await;
    all_done(&clerk, &id, &[]).await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await.0, StatusCode::OK);
    all_done(&clerk, &id, &[]).await;
    assert_eq!(act(&leader, &id, "accept", "").await, refused("migration-no-dossier"));
    let controls = format!("/levels/{}/controls", old["id"].as_str().unwrap());
    let saved = clerk.form(&controls, &[("rev", "1"), ("state-officer", "planned")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(act(&leader, &id, "accept", "").await, (StatusCode::OK, String::new()));
}

#[tokio::test]
async fn no_step_is_due_before_its_project_was_opened() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let id = open(&clerk, &system(&clerk, "Ngân sách").await, &plan()).await;
    let due = async |code: &str| {
        let found = whole(&clerk, &id).await;
        let step = found["steps"].as_array().unwrap().iter().find(|step| step["code"] == code).unwrap().clone();
        step["due_on"].as_str().map(str::to_owned)
    };
    // Twenty, ten and seven working days before the window of 2 December lie before this day.
    for code in ["inventory", "dossier", "announcement"] {
        assert_eq!(due(code).await, None, "{code}");
    }
    assert_eq!(due("return-tried").await.as_deref(), Some("2026-11-25"));
    // A window that moves on gives them their days.
    let later = json!({"window_begins": "2027-03-01", "window_ends": "2027-03-01"});
    assert_eq!(edit(&clerk, &id, &later).await.0, StatusCode::OK);
    for code in ["inventory", "dossier", "announcement", "return-tried"] {
        assert!(due(code).await.is_some_and(|day| day.as_str() > "2026-11-21"), "{code}");
    }
}
