//! A record that becomes a state secret: nothing of it is read any more, wherever it stood, and no act brings it back.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use db::{Row as _, vals};
use kernel::Role;
use registry::{
    model::{System, SystemId},
    usecase::{export, import, veil},
};
use serde_json::{Value, json};
use testkit::{Client, House, Part};
use webkit::Verdict;

use crate::{added, house};

const OWNER: &str = "Sở Tài chính";
const NAME: &str = "Kế hoạch phòng thủ";
/// Words that stand nowhere once it is one.
const WORDS: [&str; 6] = ["phòng thủ", "Chuyện không ai", "thu-vien-mat", "TLS-MAT", "Lỗi nặng ở cổng", "so-do-mat"];
/// A kept file.
const PLAN: &[u8] = b"%PDF-1.4\nso do";
/// What hangs on a system, by the column that says on which.
const BESIDE: [(&str, &str); 18] = [
    ("registry_relation", "from_id"),
    ("registry_relation", "to_id"),
    ("registry_use", "system_id"),
    ("registry_certificate", "system_id"),
    ("registry_check", "system_id"),
    ("registry_availability", "system_id"),
    ("registry_bill", "system_id"),
    ("registry_component", "system_id"),
    ("registry_proof", "system_id"),
    ("registry_assessment", "system_id"),
    ("registry_wave_item", "system_id"),
    ("registry_milestone", "system_id"),
    ("registry_migration", "system_id"),
    ("registry_dossier", "system_id"),
    ("registry_overrule", "system_id"),
    ("registry_cost", "system_id"),
    ("registry_label", "system_id"),
    ("registry_label_line", "system_id"),
];
/// That two are two: in which of the columns it stands is a matter of ids, so that both are looked at at once.
const APART: [(&str, &str); 2] = [("registry_apart", "one_id"), ("registry_apart", "other_id")];
/// What keeps a bare row of it: frozen lists, in which it stands as one that was a secret when they were made.
const BARE: [(&str, &str); 2] = [("registry_baseline_item", "system_id"), ("registry_baseline_change", "system_id")];

/// What enterprises signed: it stays, and names the provider no more (`enterprise_forms`).
const NAMING: [(&str, &str); 2] =
    [("registry_enterprise_form", "provider_id"), ("registry_enterprise_form_change", "provider_id")];

/// A column that says of which system a row is.
#[derive(derive::Columns)]
struct Place {
    place: String,
    name: String,
}

async fn sent(client: &Client, path: &str, said: &Value) -> Value {
    let answer = client.json(Method::POST, path, said).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.json()
}

async fn edited(client: &Client, id: &str, said: Value) {
    let path = format!("/api/v1/systems/{id}");
    let rev = client.get(&path).await.json()["rev"].as_i64().unwrap();
    let answer = client.header("if-match", &format!("\"{rev}\"")).json(Method::PATCH, &path, &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

fn key(id: &str) -> db::Value {
    id.parse::<SystemId>().unwrap().uuid().into()
}

/// A system with something in every place, another one beside it, and a record that was merged into it.
async fn filled(house: &House, clerk: &Client) -> (String, String, String) {
    let said =
        |name: &str| json!({"name": name, "owner": OWNER, "state": "operating", "hosting": "own_room", "since": 2021});
    let id = added(clerk, &said(NAME)).await;
    let other = added(clerk, &said("Kho số liệu")).await;
    let twice = added(clerk, &said("Kế hoạch phòng thủ, bản cũ")).await;
    let of = format!("/api/v1/systems/{id}");
    sent(clerk, &format!("{of}/merge"), &json!({"other": twice, "stays": id})).await;
    sent(clerk, &format!("{of}/merge"), &json!({"other": other, "apart": "1"})).await;
    sent(clerk, &format!("{of}/links"), &json!({"kind": "depends_on", "other": other})).await;
    sent(clerk, &format!("/api/v1/systems/{other}/links"), &json!({"kind": "shares_data", "other": id})).await;
    sent(clerk, &format!("{of}/links"), &json!({"kind": "used_by", "other": "Sở Y tế"})).await;
    let paper = json!({"kind": "tls", "number": "TLS-MAT", "valid_until": "15/12/2026"});
    sent(clerk, &format!("{of}/certificates"), &paper).await;
    let check = json!({"kind": "risk", "on_day": "01/10/2025", "outcome": "risk_high", "note": "Lỗi nặng ở cổng"});
    sent(clerk, &format!("{of}/checks"), &check).await;
    let measured = json!({"month": "9/2026", "minutes": "60", "source": "Zabbix"});
    sent(clerk, &format!("{of}/availability"), &measured).await;
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "thu-vien-mat"}]});
    let list = list.to_string();
    let taken = clerk.upload(&format!("/systems/{id}/materials"), &[Part::File("b.json", list.as_bytes())]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let file = Part::File("so-do-mat.pdf", PLAN);
    let kept = clerk.upload(&format!("/systems/{id}/proofs"), &[file]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let answers = clerk.header("if-match", "\"0\"");
    let answers =
        answers.json(Method::PATCH, &format!("{of}/assessment"), &json!({"answers": {"bound": "none"}})).await;
    assert_eq!(answers.status, StatusCode::OK, "{}", answers.body);
    sent(clerk, &format!("{of}/cost"), &json!({"cpu": "4"})).await;
    let label = clerk.header("if-match", "\"0\"");
    let label = label.json(Method::POST, &format!("{of}/label"), &json!({"state-backup": "planned"})).await;
    assert_eq!(label.status, StatusCode::OK, "{}", label.body);
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud", "window_begins": "2026-12-02",
        "window_ends": "2026-12-03", "announcement": "15/TB-STC", "announced_on": "2026-11-20"});
    sent(clerk, &format!("{of}/migrations"), &plan).await;
    let facts = json!({"scope": "public", "information": "private", "online_service": "partial", "people": "500"});
    sent(clerk, &format!("{of}/level"), &facts).await;
    let frozen = [("unit", OWNER), ("as_of", "30/06/2026"), ("plan", "45/KH-UBND")];
    assert_eq!(clerk.form("/systems/baselines", &frozen).await.status, StatusCode::SEE_OTHER);
    let fresh = || {
        let id: SystemId = house.system().new_id();
        id.uuid()
    };
    let item = "INSERT INTO registry_wave_item (id, system_id, wave, turn, by_hand, why) VALUES ($1, $2, 1, 1, $3, $4)";
    house.exec(item, vals![fresh(), key(&id), false, "[]"]).await;
    let after = json!([{"code": "after", "system": id, "wave": 1}]).to_string();
    house.exec(item, vals![fresh(), key(&other), false, after]).await;
    let due =
        "INSERT INTO registry_milestone (id, system_id, due_on, source, rev) VALUES ($1, $2, '2026-12-31', 'QĐ', 1)";
    house.exec(due, vals![fresh(), key(&id)]).await;
    let overrule = "INSERT INTO registry_overrule (id, system_id, owner_id, on_day, reason) \
                    VALUES ($1, $2, $3, '2026-11-20', 'Chuyện không ai được biết')";
    house.exec(overrule, vals![fresh(), key(&id), house.unit(OWNER).uuid()]).await;
    (id, other, twice)
}

/// The tables of [`BESIDE`] in which something hangs on it.
async fn beside(house: &House, id: &str) -> Vec<(&'static str, &'static str)> {
    let mut out = Vec::new();
    for (table, column) in BESIDE {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} = $1");
        if house.app.db().read().count(&sql, vec![key(id)]).await.unwrap() > 0 {
            out.push((table, column));
        }
    }
    out
}

/// The pages on which one of the words stands.
async fn telling<'a>(client: &Client, pages: &'a [String]) -> Vec<&'a str> {
    let mut out = Vec::new();
    for page in pages {
        let answer = client.get(page).await;
        assert!(!answer.status.is_server_error(), "{page}: {}", answer.body);
        if WORDS.iter().any(|word| answer.body.contains(word)) {
            out.push(page.as_str());
        }
    }
    out
}

#[tokio::test]
async fn what_becomes_a_secret_is_read_nowhere_and_comes_back_by_no_act() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let (id, other, twice) = filled(&house, &clerk).await;
    let list = house.one("SELECT id FROM registry_baseline", vec![]).await;
    let list: registry::model::figures::BaselineId = kernel::Id::from_uuid(list);
    let telling_pages = [
        "/systems".to_owned(),
        "/systems.csv".to_owned(),
        "/systems?q=phong+thu".to_owned(),
        "/systems/ours".to_owned(),
        "/systems/certificates".to_owned(),
        format!("/systems/map?owner={}", house.unit(OWNER)),
        format!("/systems/baselines/{list}"),
        format!("/systems/{id}"),
        format!("/systems/{twice}"),
        format!("/systems/{other}"),
        format!("/systems/{other}/impact"),
        "/migrations".to_owned(),
        "/levels".to_owned(),
        "/api/v1/systems".to_owned(),
        "/api/v1/systems/components?q=thu+vien".to_owned(),
        format!("/api/v1/systems/{id}"),
        format!("/api/v1/systems/{twice}"),
        format!("/api/v1/systems/{id}/certificates"),
        format!("/api/v1/systems/{id}/checks"),
        format!("/api/v1/systems/{other}/links"),
    ];
    edited(&clerk, &id, json!({"purpose": "Chuyện không ai được biết"})).await;
    let earlier = house.newest("system.edit").await;
    // Everything is there before: a place that is not looked at rightly would be green for ever.
    assert_eq!(beside(&house, &id).await, BESIDE);
    assert_eq!(telling(&clerk, &telling_pages).await, telling_pages);
    let apart = "SELECT COUNT(*) FROM registry_apart";
    assert_eq!(house.count(apart).await, 1);
    let images = "SELECT COUNT(*) FROM db_before WHERE body LIKE '%phòng thủ%' OR body LIKE '%Chuyện không ai%'";
    let told = images.replace("db_before", "db_fact");
    assert!(house.count(images).await > 0 && house.count(&told).await > 0);

    edited(&clerk, &id, json!({"state_secret": "yes"})).await;
    let left = beside(&house, &id).await;
    assert!(left.is_empty(), "{left:?}");
    let hash = db::BlobHash::of(PLAN);
    assert!(house.app.db().blobs().get(&hash).await.is_ok());
    house.drain().await;
    assert!(house.app.db().blobs().get(&hash).await.is_err(), "it does not wait for the sweep");
    for table in ["registry_apart", "registry_migration_step", "registry_dossier_control"] {
        assert_eq!(house.count(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    assert_eq!(telling(&clerk, &telling_pages).await, Vec::<&str>::new());
    let ctx = house.system();
    let systems = export::systems(&house.app, &ctx).await.unwrap();
    let whole = export::whole(&house.app, &ctx, &systems).await.unwrap();
    let lines = json!(export::lines(&house.app, &ctx, &systems).await.unwrap());
    let services = export::cyclonedx(&house.app, &ctx, &systems).await.unwrap();
    let files = [whole, lines, services].map(|file| file.to_string());
    assert!(files.iter().all(|file| WORDS.iter().all(|word| !file.contains(word))), "{files:?}");
    // Frozen lists keep the bare row; nobody waits for it.
    let bare = "SELECT COUNT(*) FROM registry_baseline_item WHERE NOT is_eligible AND ground = 'bí mật nhà nước'";
    assert_eq!(house.count(bare).await, 1);
    let waits = "SELECT COUNT(*) FROM registry_wave_item WHERE why <> '[]'";
    assert_eq!((house.count(waits).await, house.count("SELECT COUNT(*) FROM registry_wave_item").await), (0, 1));
    // Neither it nor anything before it is taken back.
    assert_eq!(house.count(images).await, 0);
    assert_eq!(house.count(&told).await, 0, "nor does it wait for the lake");
    let acts = ["system.edit", "system.merge", "system.apart", "system.link", "system.certificate", "system.check"];
    let mut undone = vec![earlier];
    for act in acts {
        undone.push(house.newest(act).await);
    }
    for seq in undone {
        let answer = clerk.form(&format!("/undo/{seq}"), &[]).await;
        assert!(answer.status.is_client_error(), "{seq}: {} {}", answer.status, answer.location);
    }
    assert_eq!(telling(&clerk, &telling_pages).await, Vec::<&str>::new());
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_was_a_secret_before_its_rest_went_with_it_is_bare_after_a_day() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let (id, other, twice) = filled(&house, &clerk).await;
    let secret = "UPDATE registry_system SET state_secret = 'yes' WHERE id = $1";
    house.exec(secret, vec![key(&id)]).await;
    let (db, system) = (house.app.db(), house.system());
    db::daily(db, &system, &["registry.veil"]).await.unwrap();
    house.drain().await;
    let left = beside(&house, &id).await;
    assert!(left.is_empty(), "{left:?}");
    let rows = System::find(&db.read(), "WHERE state_secret = 'yes' ORDER BY id", vals![]).await.unwrap();
    let bare: BTreeSet<String> = rows.iter().map(|row| row.id.to_string()).collect();
    assert_eq!(bare, BTreeSet::from([id.clone(), twice]));
    assert!(rows.iter().all(|row| !row.name.contains("phòng thủ") && row.since.is_none()), "{rows:?}");
    assert!(db.blobs().get(&db::BlobHash::of(PLAN)).await.is_err());
    assert!(clerk.get(&format!("/systems/{other}")).await.body.contains("Kho số liệu"));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_before WHERE body LIKE '%phòng thủ%'").await, 0);
    // The next day there is nothing to do.
    assert_eq!(veil::systems_veil(db, &system).await.unwrap(), 0);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(db).await.unwrap().fault, None);
}

#[tokio::test]
async fn no_table_in_which_something_hangs_on_a_system_is_forgotten() {
    let house = house().await;
    let conn = house.app.db().read();
    // One of the two databases tells it simply; the tables are the same in both.
    if !conn.is_sqlite() {
        return;
    }
    let sql = "SELECT m.name AS place, k.\"from\" AS name FROM sqlite_master m, pragma_foreign_key_list(m.name) k \
               WHERE m.type = 'table' AND k.\"table\" = 'registry_system' \
               UNION SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p \
               WHERE m.type = 'table' AND m.name LIKE 'registry%' AND p.name = 'system_id'";
    let there: Vec<Place> = conn.all(sql, vec![]).await.unwrap();
    let there: BTreeSet<(&str, &str)> = there.iter().map(|one| (one.place.as_str(), one.name.as_str())).collect();
    let known: BTreeSet<(&str, &str)> = BESIDE.into_iter().chain(APART).chain(BARE).chain(NAMING).collect();
    assert_eq!(there, known, "what is new here goes in `store::veiled`, and in a list above");
}

#[tokio::test]
async fn a_sheet_makes_a_record_a_secret_and_what_stood_by_it_stands_alone() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let cloud = json!({"name": "Đám mây phòng thủ", "owner": OWNER, "kind": "cloud_service"});
    let cloud = added(&clerk, &cloud).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": OWNER})).await;
    let by = json!({"kind": "provided_by", "other": cloud});
    sent(&clerk, &format!("/api/v1/systems/{id}/links"), &by).await;
    let heads = ["Tên hệ thống", "Cơ quan chủ quản", "Bí mật nhà nước"].map(str::to_owned);
    let rows = [["Đám mây phòng thủ", OWNER, "Có"].map(str::to_owned).to_vec()];
    let file = webkit::export::xlsx("S", &heads, &rows).unwrap();
    let ctx = house.system();
    let preview = import::systems_preview(&house.app, &ctx, file.into()).await.unwrap();
    assert_eq!((preview.count(Verdict::New), preview.count(Verdict::Changed)), (0, 1), "the record itself becomes one");
    import::systems_import(&house.app, &ctx, &preview).await.unwrap();
    let all = System::find(&house.app.db().read(), "ORDER BY id", vals![]).await.unwrap();
    let of = |id: &str| all.iter().find(|one| one.id.to_string() == id).unwrap();
    assert!(all.len() == 2 && of(&cloud).is_veiled() && !of(&cloud).name.contains("phòng thủ"), "{all:?}");
    assert_eq!(of(&id).provider_id, None);
    let undone = clerk.form(&format!("/undo/{}", house.newest("system.link").await), &[]).await;
    assert!(undone.status.is_client_error(), "{}", undone.status);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_before WHERE body LIKE '%phòng thủ%'").await, 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn state_secrets_are_said_of_no_system_that_has_a_name() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": "Kế hoạch", "owner": OWNER, "state": "operating"})).await;
    let facts = json!({"scope": "internal", "information": "state_secret"});
    let refused = clerk.json(Method::POST, &format!("/api/v1/systems/{id}/level"), &facts).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let refused = refused.json();
    let said = (refused["code"].as_str(), refused["errors"][0]["field"].as_str());
    assert_eq!(said, (Some("secret-mark-first"), Some("information")), "{refused}");
    let form = [("rev", "0"), ("scope", "internal"), ("information", "state_secret")];
    let page = clerk.form(&format!("/systems/{id}/level"), &form).await.body;
    assert!(page.contains("ở đây chỉ đếm số lượng"), "{page}");
    let path = format!("/api/v1/systems/{id}/assessment");
    let sent = clerk.header("if-match", "\"0\"");
    let answers = sent.json(Method::PATCH, &path, &json!({"answers": {"bound": "secret"}})).await;
    assert_eq!(answers.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answers.body);
    assert_eq!(answers.json()["errors"][0]["field"], "q_bound");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dossier").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_assessment").await, 0);
}
