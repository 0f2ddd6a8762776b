//! Kept files beside what is said in words: of where a system stands, of steps, of controls.

use axum::http::{Method, StatusCode};
use db::BlobHash;
use kernel::Role;
use registry::usecase::look::proofs_look;
use serde_json::{Value as Json, json};
use testkit::{Client, House, Part};

use crate::{added, house, look};

const OWNER: &str = "Sở Tài chính";
const PDF: &[u8] = b"%PDF-1.4\nbien ban";

async fn new_system(clerk: &Client) -> String {
    added(clerk, &json!({"name": "Cổng dữ liệu", "owner": OWNER, "hosting": "own_room", "state": "building"})).await
}

async fn bring(client: &Client, path: &str, name: &str, bytes: &[u8]) -> (StatusCode, Json) {
    let answer = client.upload(&format!("/api/v1{path}"), &[Part::File(name, bytes)]).await;
    (answer.status, answer.json())
}

async fn take(client: &Client, path: &str, id: &str) -> StatusCode {
    client.upload(&format!("/api/v1{path}"), &[Part::Field("remove", id)]).await.status
}

async fn files(client: &Client, path: &str) -> Vec<Json> {
    client.get(&format!("/api/v1{path}")).await.json().as_array().unwrap().clone()
}

fn id_of(file: &Json) -> String {
    file["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_file_of_where_a_system_stands_is_for_who_sees_the_system() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let user = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let system = new_system(&clerk).await;
    clerk.form(&format!("/systems/{system}/links"), &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    let path = format!("/systems/{system}/proofs");
    for (name, bytes, code) in [
        ("a.exe", b"MZ\x90\0".as_slice(), "file-ending"),
        ("a.pdf", b"MZ\x90\0".as_slice(), "file-not-what-it-says"),
        ("a.pdf", b"%PDF-1.4\nMARKED".as_slice(), "plan-classified"),
    ] {
        let (status, said) = bring(&clerk, &path, name, bytes).await;
        assert_eq!((status, said["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some(code)), "{said}");
    }
    assert_eq!(bring(&user, &path, "a.pdf", PDF).await.0, StatusCode::FORBIDDEN);
    assert_eq!(bring(&stranger, &path, "a.pdf", PDF).await.0, StatusCode::NOT_FOUND);
    assert!(files(&clerk, &path).await.is_empty());
    let (status, kept) = bring(&clerk, &path, "bien-ban.pdf", PDF).await;
    assert_eq!((status, kept[0]["file_name"].as_str()), (StatusCode::OK, Some("bien-ban.pdf")), "{kept}");
    let file = format!("/proofs/{}/file", id_of(&kept[0]));
    for client in [&clerk, &user] {
        assert_eq!(client.get_bytes(&file).await, PDF);
        assert!(client.get(&format!("/systems/{system}")).await.body.contains("bien-ban.pdf"));
    }
    assert_eq!(stranger.get(&file).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&format!("/api/v1{path}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(take(&user, &path, &id_of(&kept[0])).await, StatusCode::FORBIDDEN);
    // Another system's file is not taken away by this one's form.
    let other = added(&clerk, &json!({"name": "Kho số liệu", "owner": OWNER})).await;
    assert_eq!(take(&clerk, &format!("/systems/{other}/proofs"), &id_of(&kept[0])).await, StatusCode::NOT_FOUND);
    assert_eq!(take(&clerk, &path, &id_of(&kept[0])).await, StatusCode::OK);
    assert_eq!(clerk.get(&file).await.status, StatusCode::NOT_FOUND);
    clerk.form(&format!("/undo/{}", house.newest("system.unproof").await), &[]).await;
    assert_eq!(clerk.get_bytes(&file).await, PDF);
    // A merger leads it to the record that stays.
    let merge = json!({"other": system, "stays": other});
    let merged = clerk.json(Method::POST, &format!("/api/v1/systems/{other}/merge"), &merge).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.body);
    assert_eq!(files(&clerk, &format!("/systems/{other}/proofs")).await.len(), 1);
    house.lake_is_as_the_rows().await;
}

/// An open step that a document proves: its id and revision.
async fn step(clerk: &Client, migration: &str) -> (String, i64, Json) {
    let whole = clerk.get(&format!("/api/v1/migrations/{migration}")).await.json();
    let steps = whole["steps"].as_array().unwrap();
    let found = steps.iter().find(|step| step["proof"] == "document").unwrap();
    (id_of(found), found["rev"].as_i64().unwrap(), found["fingerprint"].clone())
}

#[tokio::test]
async fn a_file_proves_an_open_step_and_stays_once_it_is_done() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let system = new_system(&clerk).await;
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud"});
    let opened = clerk.json(Method::POST, &format!("/api/v1/systems/{system}/migrations"), &plan).await;
    let migration = id_of(&opened.json());
    let (id, rev, _) = step(&clerk, &migration).await;
    let path = format!("/migration-steps/{id}/proofs");
    let act = async |act: &str, rev: i64| {
        let said = json!({"act": act, "rev": rev});
        clerk.json(Method::POST, &format!("/api/v1/migration-steps/{id}"), &said).await.status
    };
    assert_eq!(act("done", rev).await, StatusCode::UNPROCESSABLE_ENTITY, "nothing proves it");
    let (status, kept) = bring(&clerk, &path, "bb.pdf", PDF).await;
    assert_eq!(status, StatusCode::OK, "{kept}");
    let hash = BlobHash::of(PDF).to_string();
    let (_, rev, fingerprint) = step(&clerk, &migration).await;
    assert_eq!(fingerprint.as_str(), Some(hash.as_str()));
    for page in [format!("/migrations/{migration}"), format!("/migration-steps/{id}")] {
        assert!(clerk.get(&page).await.body.contains("bb.pdf"), "{page}");
    }
    assert_eq!(act("done", rev).await, StatusCode::OK);
    let file = id_of(&kept[0]);
    assert_eq!(take(&clerk, &path, &file).await, StatusCode::CONFLICT);
    assert_eq!(bring(&clerk, &path, "b.pdf", PDF).await.1["code"], "proof-step-over");
    let (_, rev, _) = step(&clerk, &migration).await;
    assert_eq!(act("reopen", rev).await, StatusCode::OK);
    assert_eq!(take(&clerk, &path, &file).await, StatusCode::OK);
    assert_eq!(step(&clerk, &migration).await.2, Json::Null);
    let undone = clerk.form(&format!("/undo/{}", house.newest("migration.unproof").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(step(&clerk, &migration).await.2.as_str(), Some(hash.as_str()));
    assert_eq!(files(&clerk, &path).await.len(), 1);
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get(&format!("/proofs/{file}/file")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bring(&stranger, &path, "b.pdf", PDF).await.0, StatusCode::NOT_FOUND);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn files_of_controls_are_for_who_must_know_how_these_stand() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let records = house.person("vt", OWNER, Role::UNIT_ADMIN).await;
    let system = new_system(&clerk).await;
    let facts = json!({"scope": "public", "information": "private", "online_service": "partial", "people": "500"});
    let proposed = clerk.json(Method::POST, &format!("/api/v1/systems/{system}/level"), &facts).await;
    let dossier = id_of(&proposed.json());
    let path = format!("/api/v1/levels/{dossier}/proofs");
    let parts = |control: &'static str| [Part::Field("control", control), Part::File("so-do-tuong-lua.pdf", PDF)];
    let wrong = clerk.upload(&path, &parts("khong-co")).await;
    assert_eq!(wrong.json()["code"], "unknown-choice", "{}", wrong.body);
    let kept = clerk.upload(&path, &parts("officer")).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let file = id_of(&kept.json()[0]);
    let page = format!("/levels/{dossier}");
    assert!(clerk.get(&page).await.body.contains("so-do-tuong-lua.pdf"));
    assert_eq!(clerk.get_bytes(&format!("/proofs/{file}/file")).await, PDF);
    let seen = records.get(&page).await;
    assert!(seen.status == StatusCode::OK && !seen.body.contains("so-do-tuong-lua"), "{}", seen.body);
    for closed in [format!("/proofs/{file}/file"), format!("/api/v1/proofs/{file}/file"), path.clone()] {
        assert_eq!(records.get(&closed).await.status, StatusCode::FORBIDDEN, "{closed}");
    }
    assert_eq!(records.upload(&path, &parts("officer")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE body LIKE '%tuong-lua%'").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_fact WHERE body LIKE '%tuong-lua%'").await, 0);
    // Under the eyes of who appraises it nothing is changed.
    house.exec("UPDATE registry_dossier SET state = 'sent' WHERE state = 'draft'", vec![]).await;
    assert_eq!(clerk.upload(&path, &parts("officer")).await.json()["code"], "level-state");
    let remove = [Part::Field("remove", &file)];
    assert_eq!(clerk.upload(&path, &remove).await.json()["code"], "level-state");
    house.exec("UPDATE registry_dossier SET state = 'returned' WHERE state = 'sent'", vec![]).await;
    assert_eq!(clerk.upload(&path, &remove).await.status, StatusCode::OK);
    assert_eq!(clerk.get(&format!("/proofs/{file}/file")).await.status, StatusCode::NOT_FOUND);
}

async fn is_kept(house: &House, bytes: &[u8]) -> bool {
    house.app.db().blobs().get(&BlobHash::of(bytes)).await.is_ok()
}

#[tokio::test]
async fn pictures_are_with_who_brought_them_until_they_were_looked_at() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let colleague = house.person("so2", OWNER, Role::OFFICER).await;
    let system = new_system(&clerk).await;
    let path = format!("/systems/{system}/proofs");
    let plain = b"%PDF-1.4\nPICTURE of a page".as_slice();
    let [busy, secret, broken]: [&[u8]; 3] =
        [b"%PDF-1.4\nPICTURE BUSY", b"%PDF-1.4\nPICTURE SECRET", b"%PDF-1.4\nPICTURE BROKEN"];
    for (name, bytes) in [("ban.pdf", busy), ("anh.pdf", plain), ("mat.pdf", secret), ("hong.pdf", broken)] {
        assert_eq!(bring(&clerk, &path, name, bytes).await.0, StatusCode::OK, "{name}");
    }
    let own = files(&clerk, &path).await;
    let others = files(&colleague, &path).await;
    assert!(own.len() == 4 && own.iter().all(|one| one["file_name"] != ""), "{own:?}");
    assert!(others.iter().all(|one| one["file_name"] == "" && one["blob_hash"] == ""), "{others:?}");
    let file = |at: usize| format!("/proofs/{}/file", id_of(&own[at]));
    assert_eq!(colleague.get(&file(1)).await.status, StatusCode::CONFLICT);
    assert_eq!(clerk.get_bytes(&file(1)).await, plain);
    // What is busy keeps no other from its look.
    assert!(proofs_look(house.app.db(), &house.system(), &look()).await.is_err());
    assert_eq!(colleague.get_bytes(&file(1)).await, plain);
    assert_eq!(colleague.get(&file(0)).await.status, StatusCode::CONFLICT);
    assert_eq!(clerk.get(&file(2)).await.status, StatusCode::NOT_FOUND);
    assert!(!is_kept(&house, secret).await && is_kept(&house, broken).await);
    assert_eq!(colleague.get(&file(3)).await.status, StatusCode::CONFLICT);
    assert_eq!(clerk.get_bytes(&file(3)).await, broken);
    assert_eq!(files(&clerk, &path).await.len(), 3);
    // The sweep knows who names them.
    let later = house.system().now() + jiff::SignedDuration::from_hours(24 * 400);
    db::sweep(house.app.db(), &house.system(), later).await.unwrap();
    assert!(is_kept(&house, plain).await && is_kept(&house, busy).await);
}
