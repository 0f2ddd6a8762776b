//! Migrations: from their opening to acceptance or back, who may, and what speaks against it.

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use kernel::{Dues as _, Role, Waiting as _};
use serde_json::{Value as Json, json};
use testkit::{Answer, Client, House};

use crate::{house, inbox::inbox, levels::renew};

pub const OWNER: &str = "Sở Tài chính";

/// A system of the owner in its own room.
pub async fn system(client: &Client, name: &str) -> String {
    let said = json!({"name": name, "owner": OWNER, "hosting": "own_room", "state": "operating", "since": 2021});
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

/// A plan that is announced on the day before the house opens, for a window seven working days later.
pub fn plan() -> Json {
    json!({
        "strategy": "rehost", "to_hosting": "provincial_cloud", "window_begins": "2026-12-02",
        "window_ends": "2026-12-03", "announcement": "15/TB-STC", "announced_on": "2026-11-20",
    })
}

pub async fn open(client: &Client, system: &str, plan: &Json) -> String {
    let answer = client.json(Method::POST, &format!("/api/v1/systems/{system}/migrations"), plan).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub async fn whole(client: &Client, id: &str) -> Json {
    client.get(&format!("/api/v1/migrations/{id}")).await.json()
}

/// Why something was refused; a row that is answered has a code of its own.
fn problem(answer: &Answer) -> String {
    let code = || answer.json()["code"].as_str().unwrap_or_default().to_owned();
    if answer.status.is_success() { String::new() } else { code() }
}

pub async fn act(client: &Client, id: &str, act: &str, reason: &str) -> (StatusCode, String) {
    let rev = whole(client, id).await["migration"]["rev"].clone();
    let said = json!({ "act": act, "rev": rev, "reason": reason });
    let answer = client.json(Method::POST, &format!("/api/v1/migrations/{id}/acts"), &said).await;
    (answer.status, problem(&answer))
}

pub async fn step(client: &Client, id: &str, code: &str, said: Json) -> (StatusCode, String) {
    let found = whole(client, id).await;
    let step = found["steps"].as_array().unwrap().iter().find(|step| step["code"] == code).unwrap().clone();
    let mut said = said;
    said["rev"] = step["rev"].clone();
    let path = format!("/api/v1/migration-steps/{}", step["id"].as_str().unwrap());
    let answer = client.json(Method::POST, &path, &said).await;
    (answer.status, problem(&answer))
}

pub async fn edit(client: &Client, id: &str, said: &Json) -> (StatusCode, String) {
    let rev = whole(client, id).await["migration"]["rev"].as_i64().unwrap();
    let path = format!("/api/v1/migrations/{id}");
    let answer = client.header("if-match", &format!("\"{rev}\"")).json(Method::PATCH, &path, said).await;
    (answer.status, problem(&answer))
}

/// What stands behind the cut-over.
const BEHIND: [&str; 3] = ["cut-over", "old-off", "backup"];

/// All mandatory steps that can be, with their evidence; the checksums have been found the same.
pub async fn all_done(client: &Client, id: &str, but: &[&str]) {
    let sums = json!({"checksum_given": "sha256:0011223344", "checksum_verified": "0011223344"});
    assert_eq!(edit(client, id, &sums).await.0, StatusCode::OK);
    let found = whole(client, id).await;
    let (steps, is_moved) = (found["steps"].as_array().unwrap(), found["migration"]["state"] == "cut_over");
    let is_asked = |one: &&Json| one["need"] == "mandatory" && one["state"] == "open" && one["part"] == "work";
    for one in steps.iter().filter(is_asked) {
        let code = one["code"].as_str().unwrap();
        if code == "dossier" {
            renew(client, found["migration"]["system_id"].as_str().unwrap()).await;
        }
        if !but.contains(&code) && (is_moved || !BEHIND.contains(&code)) {
            let said = json!({"act": "done", "document": format!("{code}/BB-STC")});
            assert_eq!(step(client, id, code, said).await, (StatusCode::OK, String::new()), "{code}");
        }
    }
}

/// The owner's officer, somebody who is officer and leader, and another leader.
pub async fn people(house: &House) -> [Client; 3] {
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let unit = house.unit(OWNER);
    house.people.add(&house.system(), "kiem", &[(unit, Role::OFFICER), (unit, Role::LEADER)]);
    let both = house.as_("kiem").await;
    [clerk, both, house.person("gd", OWNER, Role::LEADER).await]
}

pub async fn again(house: &House) -> [Client; 3] {
    [house.as_("so").await, house.as_("kiem").await, house.as_("gd").await]
}

pub fn refused(code: &str) -> (StatusCode, String) {
    (StatusCode::CONFLICT, code.to_owned())
}

async fn stands(house: &House, state: &str, hosting: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM registry_system WHERE state = '{state}' AND hosting = '{hosting}'");
    house.count(&sql).await
}

#[tokio::test]
async fn a_migration_that_is_walked_to_its_acceptance_changes_where_the_system_stands() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let id = open(&clerk, &system(&clerk, "Ngân sách").await, &plan()).await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await, refused("migration-state"));
    assert_eq!(act(&clerk, &id, "start", "").await.0, StatusCode::OK);
    // Before the window that was announced nothing moves, and within it not before its steps are done.
    assert_eq!(act(&clerk, &id, "cut_over", "").await, refused("migration-outside-window"));
    house.clock.set(date(2026, 12, 2));
    let [clerk, both, leader] = again(&house).await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await, refused("migration-steps-open"));
    // No step is done without its evidence, and a copy is verified by two checksums that are the same.
    let bare = step(&clerk, &id, "return-tried", json!({"act": "done"})).await;
    assert_eq!(bare, (StatusCode::UNPROCESSABLE_ENTITY, "migration-no-evidence".into()));
    let differs = step(&clerk, &id, "data-verified", json!({"act": "done", "document": "1/BB"})).await;
    assert_eq!(differs, (StatusCode::UNPROCESSABLE_ENTITY, "migration-checksum-differs".into()));
    assert_eq!(
        step(&clerk, &id, "old-off", json!({"act": "not_needed", "note": "Không cần"})).await,
        refused("migration-step-mandatory")
    );
    // Somebody with two posts does one step.
    let said = json!({"act": "done", "document": "12/BB-STC"});
    assert_eq!(step(&both, &id, "return-tried", said).await.0, StatusCode::OK);
    all_done(&clerk, &id, &["backup"]).await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await.0, StatusCode::OK);
    assert_eq!(act(&leader, &id, "accept", "").await, refused("migration-steps-open"));
    assert_eq!(stands(&house, "operating", "own_room").await, 1, "until it is accepted it stands where it stood");
    all_done(&clerk, &id, &[]).await;
    // Who runs it does not accept: by right, and by hand.
    assert_eq!(act(&clerk, &id, "accept", "").await.0, StatusCode::FORBIDDEN);
    assert_eq!(act(&both, &id, "accept", "").await, refused("migration-two-hands"));
    // Nor does who said what was found of the copy, nor who leads it, be it by a token.
    let unit = house.unit(OWNER);
    let led = house.people.add(&house.system(), "chu.tri", &[(unit, Role::LEADER)]).to_string();
    house.people.add(&house.system(), "sua", &[(unit, Role::OFFICER), (unit, Role::LEADER)]);
    let editor = house.as_("sua").await;
    assert_eq!(edit(&editor, &id, &json!({"wave": 2})).await.0, StatusCode::OK);
    assert_eq!(act(&editor, &id, "accept", "").await, refused("migration-two-hands"));
    let said = json!({"rev": whole(&clerk, &id).await["migration"]["rev"], "person": led});
    let named = clerk.json(Method::POST, &format!("/api/v1/migrations/{id}/lead"), &said).await;
    assert_eq!(named.status, StatusCode::OK, "{}", named.body);
    for client in [house.as_("chu.tri").await, house.client().bearer("chu.tri")] {
        assert_eq!(act(&client, &id, "accept", "").await, refused("migration-two-hands"));
    }
    let page = leader.get(&format!("/migrations/{id}/acts?act=accept")).await;
    assert!(page.status.is_success() && page.body.contains("Đám mây của tỉnh"), "{}", page.body);
    let entries = house.ledger_length().await;
    assert_eq!(act(&leader, &id, "accept", "").await.0, StatusCode::OK);
    assert_eq!(house.ledger_length().await, entries + 2, "the project, and the system");
    assert_eq!(stands(&house, "operating", "provincial_cloud").await, 1);
    // What proves the acceptance is not taken out from under it; the acceptance itself goes back as a whole.
    let undo = |seq: i64| format!("/undo/{seq}");
    let step_entry = house.newest("migration.step").await;
    assert!(!clerk.form(&undo(step_entry), &[]).await.status.is_redirection());
    let entry = house.newest("migration.accept").await;
    assert_eq!(clerk.form(&undo(entry), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&undo(entry), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&house, "operating", "own_room").await, 1);
    // Brought again it is an acceptance as any: by nobody who carried it out, and not while a step is open.
    let again = undo(house.newest("act.undo").await);
    assert_eq!(both.form(&again, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(step(&clerk, &id, "backup", json!({"act": "reopen"})).await.0, StatusCode::OK);
    assert_eq!(leader.form(&again, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(stands(&house, "operating", "own_room").await, 1);
    all_done(&clerk, &id, &[]).await;
    assert_eq!(leader.form(&again, &[]).await.status, StatusCode::CONFLICT, "the project was changed since");
    assert_eq!(act(&leader, &id, "accept", "").await.0, StatusCode::OK);
    let entry = house.newest("migration.accept").await;
    assert_eq!(leader.form(&undo(entry), &[]).await.status, StatusCode::SEE_OTHER);
    let again = undo(house.newest("act.undo").await);
    assert_eq!(leader.form(&again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&house, "operating", "provincial_cloud").await, 1);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn an_announcement_of_less_than_seven_working_days_is_refused() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let id = system(&clerk, "Ngân sách").await;
    let mut late = plan();
    late["window_begins"] = "2026-11-30".into();
    let path = format!("/api/v1/systems/{id}/migrations");
    let answer = clerk.json(Method::POST, &path, &late).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = answer.json();
    assert_eq!(
        (answer["code"].as_str(), answer["errors"][0]["field"].as_str()),
        (Some("migration-notice-late"), Some("announced_on")),
        "{answer}"
    );
    let mut ahead = plan();
    ahead["announced_on"] = "2026-11-25".into();
    assert_eq!(clerk.json(Method::POST, &path, &ahead).await.json()["code"], "migration-announced-to-come");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_migration").await, 0);
    // Nor does the window come nearer afterwards.
    let id = open(&clerk, &id, &plan()).await;
    let nearer = edit(&clerk, &id, &json!({"window_begins": "2026-11-30"})).await;
    assert_eq!(nearer, (StatusCode::UNPROCESSABLE_ENTITY, "migration-notice-late".into()));
    // A window that moves takes the days of its steps along.
    let due =
        || async { house.count("SELECT COUNT(*) FROM registry_migration_step WHERE due_on = '2026-12-11'").await };
    assert_eq!(due().await, 0);
    let later = json!({"window_begins": "2026-12-11", "window_ends": "2026-12-11"});
    assert_eq!(edit(&clerk, &id, &later).await.0, StatusCode::OK);
    assert!(due().await > 0);
}

#[tokio::test]
async fn a_system_goes_back_with_a_reason_and_steps_of_its_own() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let system = system(&clerk, "Ngân sách").await;
    let id = open(&clerk, &system, &plan()).await;
    act(&clerk, &id, "start", "").await;
    house.clock.set(date(2026, 12, 2));
    let [clerk, _, leader] = again(&house).await;
    all_done(&clerk, &id, &[]).await;
    act(&clerk, &id, "cut_over", "").await;
    all_done(&clerk, &id, &[]).await;
    assert_eq!(act(&leader, &id, "accept", "").await.0, StatusCode::OK);
    // One that is accepted goes back by the word of a leader, and never without a reason.
    assert_eq!(act(&clerk, &id, "roll_back", "Mất dữ liệu").await.0, StatusCode::FORBIDDEN);
    assert_eq!(act(&leader, &id, "roll_back", " ").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(act(&leader, &id, "roll_back", "Mất dữ liệu").await.0, StatusCode::OK);
    assert_eq!(stands(&house, "operating", "own_room").await, 1);
    let found = whole(&clerk, &id).await;
    assert_eq!(
        (found["migration"]["state"].as_str(), found["migration"]["reason"].as_str()),
        (Some("rolled_back"), Some("Mất dữ liệu"))
    );
    let said = json!({"act": "done", "document": "20/BB-STC"});
    assert_eq!(step(&clerk, &id, "return-runs", said).await.0, StatusCode::OK);
    assert!(clerk.get(&format!("/migrations/{id}")).await.body.contains("Quay lại hệ thống cũ"));
    let said = json!({"rev": found["migration"]["rev"], "person": ""});
    let led = clerk.json(Method::POST, &format!("/api/v1/migrations/{id}/lead"), &said).await;
    assert_eq!((led.status, problem(&led)), refused("migration-over"));
    // Its own steps are over; another try is another project.
    let over = step(&clerk, &id, "backup", json!({"act": "reopen"})).await;
    assert_eq!(over, refused("migration-over"));
    let mut second = plan();
    second["window_begins"] = "2026-12-20".into();
    second["window_ends"] = "2026-12-20".into();
    let second = open(&clerk, &system, &second).await;
    let twice = clerk.json(Method::POST, &format!("/api/v1/systems/{system}/migrations"), &plan()).await;
    assert_eq!((twice.status, twice.json()["code"].as_str()), (StatusCode::CONFLICT, Some("migration-there")));
    // What was found to be a mistake meanwhile is moved no more.
    let path = format!("/api/v1/systems/{system}");
    let rev = format!("\"{}\"", clerk.get(&path).await.json()["rev"]);
    let mistaken = clerk.header("if-match", &rev).json(Method::PATCH, &path, &json!({"state": "mistaken"})).await;
    assert_eq!(mistaken.status, StatusCode::OK, "{}", mistaken.body);
    assert_eq!(act(&clerk, &second, "start", "").await, refused("migration-of-nothing"));
    assert_eq!(act(&clerk, &second, "cancel", "Chờ kinh phí").await.0, StatusCode::OK);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_migration_is_seen_by_whom_it_concerns_and_run_by_who_was_charged() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let runner = house.person("khcn", "Sở Khoa học và Công nghệ", Role::OFFICER).await;
    let user = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let system = system(&clerk, "Ngân sách").await;
    clerk.form(&format!("/systems/{system}/links"), &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    // Who only uses the system opens nothing by charging itself.
    let mut own = plan();
    own["runner"] = "UBND xã Sông Mẫu".into();
    let opens = user.json(Method::POST, &format!("/api/v1/systems/{system}/migrations"), &own).await;
    assert_eq!(opens.status, StatusCode::FORBIDDEN, "{}", opens.body);
    assert_eq!(user.get(&format!("/systems/{system}/migrate")).await.status, StatusCode::FORBIDDEN);
    let id = open(&clerk, &system, &plan()).await;
    assert_eq!(runner.get(&format!("/migrations/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(edit(&clerk, &id, &json!({"runner": "Sở Khoa học và Công nghệ"})).await.0, StatusCode::OK);
    for (client, sees) in [(&runner, true), (&user, true), (&stranger, false)] {
        assert_eq!(client.get(&format!("/migrations/{id}")).await.status.is_success(), sees);
        assert_eq!(client.get("/migrations").await.body.contains("Ngân sách"), sees);
    }
    assert_eq!(act(&user, &id, "start", "").await.0, StatusCode::FORBIDDEN);
    assert_eq!(act(&runner, &id, "start", "").await.0, StatusCode::OK);
    // Its steps wait for who has them, and are reminded of.
    let inbox = inbox(&house);
    let waits = inbox.waiting(&house.ctx("khcn")).await.unwrap();
    assert!(waits.iter().any(|one| one.kind == "migration-step" && one.words.contains("Ngân sách")), "{waits:?}");
    assert!(inbox.waiting(&house.ctx("yte")).await.unwrap().is_empty());
    let due = inbox.due_on(&[date(2026, 12, 3)]).await.unwrap();
    assert!(due.iter().any(|one| one.unit == house.unit("Sở Khoa học và Công nghệ")), "{due:?}");
    // Who does it by when is taken with the word that it is done, and nobody keeps it whose body no longer carries it out.
    let person = house.ctx("khcn").actor.pseudonym();
    let said = json!({"act": "done", "document": "1/BB", "person": person, "due_on": "2026-11-25"});
    assert_eq!(step(&clerk, &id, "inventory", said).await, (StatusCode::OK, String::new()));
    assert_eq!(step(&clerk, &id, "backup", json!({"act": "save", "person": person})).await.0, StatusCode::OK);
    let said = json!({"rev": whole(&clerk, &id).await["migration"]["rev"], "person": person});
    let led = clerk.json(Method::POST, &format!("/api/v1/migrations/{id}/lead"), &said).await;
    assert_eq!(led.status, StatusCode::OK, "{}", led.body);
    let of = async |code: &str| {
        let found = whole(&clerk, &id).await;
        let steps = found["steps"].as_array().unwrap().clone();
        steps.into_iter().find(|step| step["code"] == code).unwrap()
    };
    let done = of("inventory").await;
    assert_eq!((done["person_id"].as_str(), done["due_on"].as_str()), (Some(person.as_str()), Some("2026-11-25")));
    assert_eq!(of("backup").await["person_id"].as_str(), Some(person.as_str()));
    assert_eq!(edit(&clerk, &id, &json!({"runner": ""})).await, (StatusCode::OK, String::new()));
    assert_eq!(of("backup").await["person_id"], Json::Null);
    assert_eq!(whole(&clerk, &id).await["migration"]["leader_id"], Json::Null);
    let checklists = clerk.get("/migrations/checklists").await;
    assert!(checklists.status.is_success() && checklists.body.contains("7 ngày làm việc"), "{}", checklists.body);
    house.registers_agree().await;
}

#[tokio::test]
async fn a_cut_over_that_was_taken_back_comes_again_as_any_in_its_window_with_its_steps_done() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let id = open(&clerk, &system(&clerk, "Ngân sách").await, &plan()).await;
    assert_eq!(act(&clerk, &id, "start", "").await.0, StatusCode::OK);
    house.clock.set(date(2026, 12, 2));
    let [clerk, _, _] = again(&house).await;
    all_done(&clerk, &id, &[]).await;
    assert_eq!(act(&clerk, &id, "cut_over", "").await.0, StatusCode::OK);
    let undone = clerk.form(&format!("/undo/{}", house.newest("migration.cut_over").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    let redo = format!("/undo/{}", house.newest("act.undo").await);
    assert_eq!(step(&clerk, &id, "return-tried", json!({"act": "reopen"})).await.0, StatusCode::OK);
    assert_eq!(clerk.form(&redo, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(whole(&clerk, &id).await["migration"]["state"], "running");
    let said = json!({"act": "done", "document": "13/BB-STC"});
    assert_eq!(step(&clerk, &id, "return-tried", said).await.0, StatusCode::OK);
    assert_eq!(clerk.form(&redo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(whole(&clerk, &id).await["migration"]["state"], "cut_over");
    let back = format!("/undo/{}", house.newest("act.undo").await);
    assert_eq!(clerk.form(&back, &[]).await.status, StatusCode::SEE_OTHER);
    let redo = format!("/undo/{}", house.newest("act.undo").await);
    house.clock.set(date(2026, 12, 8));
    let [clerk, _, _] = again(&house).await;
    assert_eq!(clerk.form(&redo, &[]).await.status, StatusCode::CONFLICT, "its window is over");
    assert_eq!(whole(&clerk, &id).await["migration"]["state"], "running");
}

#[tokio::test]
async fn a_system_that_is_given_away_takes_what_is_on_its_way_along() {
    let house = house().await;
    let [clerk, _, _] = people(&house).await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let heir = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let system = system(&clerk, "Ngân sách").await;
    let id = open(&clerk, &system, &plan()).await;
    let facts = json!({"scope": "internal", "information": "public_only"});
    let dossier = clerk.json(Method::POST, &format!("/api/v1/systems/{system}/level"), &facts).await.json();
    let led = house.people.add(&house.system(), "chu.tri", &[(house.unit(OWNER), Role::OFFICER)]).to_string();
    let said = json!({"rev": whole(&clerk, &id).await["migration"]["rev"], "person": led});
    let named = clerk.json(Method::POST, &format!("/api/v1/migrations/{id}/lead"), &said).await;
    assert_eq!(named.json()["leader_id"].as_str(), Some(led.as_str()), "{}", named.body);
    let paths = [format!("/migrations/{id}"), format!("/levels/{}", dossier["id"].as_str().unwrap())];
    let path = format!("/api/v1/systems/{system}");
    let give = async || {
        let rev = format!("\"{}\"", province.get(&path).await.json()["rev"]);
        let given = province.header("if-match", &rev).json(Method::PATCH, &path, &json!({"owner": "Sở Y tế"})).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
    };
    let (seen, unseen) = (StatusCode::OK, StatusCode::NOT_FOUND);
    for (old, new, is_given) in [(seen, unseen, false), (unseen, seen, true), (seen, unseen, false)] {
        if is_given {
            give().await;
        }
        for path in &paths {
            assert_eq!((clerk.get(path).await.status, heir.get(path).await.status), (old, new), "{path}");
        }
        if is_given {
            let undo = format!("/undo/{}", house.newest("system.edit").await);
            assert_eq!(province.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
        }
    }
    give().await;
    let owner = house.unit(OWNER).uuid();
    let left = house.app.db().read();
    let left = left.count("SELECT COUNT(*) FROM registry_migration_step WHERE unit_id = $1", db::vals![owner]).await;
    assert_eq!(left.unwrap(), 0, "its open steps went along");
    assert!(whole(&heir, &id).await["migration"]["leader_id"].is_null(), "nobody of the old owner leads it");
    assert_eq!(act(&heir, &id, "start", "").await.0, StatusCode::OK);
    house.registers_agree().await;
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}
