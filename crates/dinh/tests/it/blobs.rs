//! Files are shared by content and never lost while a row names them.

use std::{collections::BTreeSet, time::Duration};

use axum::http::StatusCode;
use db::{BlobHash, Entry};
use dinh::wiring;
use kernel::ids::kinds;
use proptest::prelude::*;
use testkit::Part;

use crate::house::House;

/// A row that names a file.
const PLAN: &str = "INSERT INTO programme_plan (id, state, file_name, blob_hash, draft, follower_id, created_at, rev) VALUES ($1, 'reading', 'x.txt', $2, FALSE, $1, 1, 1)";

const PDF: &[u8] = b"%PDF-1.7\n% bien ban nghiem thu mau\n";

fn later(house: &House) -> jiff::Timestamp {
    house.system().now() + Duration::from_hours(20 * 365 * 24)
}

/// A part of the commune that `thu` works for.
async fn part_of_thu(house: &House) -> String {
    let clerk = house.signed_in("thu").await;
    let unit = clerk.get("/api/v1/units?q=ubnd+xa+song+mau").await.json()["items"][0]["id"].clone();
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={}", unit.as_str().unwrap())).await.json();
    parts["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn named(house: &House) -> BTreeSet<String> {
    #[derive(db::FromQueryResult)]
    struct Name {
        hash: Option<String>,
    }
    let sql = "SELECT blob_hash AS hash FROM programme_plan UNION SELECT blob_hash FROM programme_evidence UNION SELECT blob_hash FROM programme_report";
    let names: Vec<Name> = house.app.db().read().all(sql, vec![]).await.unwrap();
    names.into_iter().filter_map(|name| name.hash).filter(|hash| BlobHash::parse(hash).is_some()).collect()
}

pub async fn every_named_hash_is_readable(house: &House) {
    for hash in named(house).await {
        let hash = BlobHash::parse(&hash).unwrap();
        assert!(house.app.db().blobs().get(&hash).await.is_ok(), "{hash} is named and cannot be read");
    }
}

/// C1 of the attack: the same bytes, imported as a plan by somebody else, were deleted when the plan was refused.
#[tokio::test]
async fn a_refused_plan_takes_nobody_s_evidence_with_it() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let part = part_of_thu(&house).await;
    let fields = [Part::Field("label", "BB"), Part::Field("number", "12/BB"), Part::File("bb.pdf", PDF)];
    assert_eq!(clerk.upload(&format!("/parts/{part}/evidence"), &fields).await.status, StatusCode::SEE_OTHER);
    let kept = clerk.get(&format!("/api/v1/parts/{part}")).await.json()["evidence"].clone();
    let kept = kept.as_array().unwrap().iter().find(|row| row["label"] == "BB").unwrap();
    let path = &format!("/evidence/{}/file", kept["id"].as_str().unwrap());
    assert_eq!(clerk.get(path).await.status, StatusCode::OK);

    let other = house.signed_in("vidu").await;
    assert_eq!(other.upload("/plans/new", &[Part::File("bb.pdf", PDF)]).await.status, StatusCode::SEE_OTHER);
    house.drain().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE state = 'refused'").await, 1);
    assert_eq!(clerk.get(path).await.status, StatusCode::OK, "the evidence is still there");
    db::sweep(house.app.db(), &house.system(), later(&house)).await.unwrap();
    assert_eq!(clerk.get(path).await.status, StatusCode::OK, "and the sweep knows who names it");
    assert_eq!(db::scrub(house.app.db(), &house.system()).await.unwrap().faults, vec![]);
}

/// A column that holds hashes of files is declared, or it is known why not.
#[tokio::test]
async fn every_column_that_names_a_file_is_declared() {
    let no_files = [
        // About files, and kept no longer than these.
        "db_blob.hash",
        "db_blob_scan.hash",
        "db_scrub_fault.hash",
        "programme_compared.of_hash",
        // Of entries and requests.
        "db_checkpoint.hash",
        "db_idempotency.body_hash",
        "db_ledger.hash",
        "db_ledger_head.hash",
        // Of secrets.
        "directory_account.password_hash",
        "directory_device.token_hash",
        "directory_feed.secret_hash",
        "directory_halfway.token_hash",
        "directory_link.code_hash",
        "directory_link.secret_hash",
        "directory_oidc_used.state_hash",
        "directory_recovery.code_hash",
        "directory_token.secret_hash",
        "notify_person.proof_hash",
        "programme_outside.token_hash",
        "web_session.token_hash",
    ];
    let mut declared = 0;
    for (table, column, is_declared) in db::text_columns(&wiring::migrations(&wiring::modules())) {
        declared += usize::from(is_declared);
        let place = format!("{table}.{column}");
        // "Shared" is no hash.
        let is_sha = |part: &str| part.strip_prefix("sha").is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
        let looks = ["blob", "hash", "file_id", "digest"].iter().any(|word| column.contains(word))
            || column.split('_').any(is_sha);
        assert!(!looks || is_declared || no_files.contains(&place.as_str()), "{place} names files and is not declared");
    }
    assert!(declared >= 4);
}

#[derive(Debug, Clone)]
enum Act {
    Import(usize),
    Evidence(usize),
    Work,
    Sweep,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..3_usize).prop_map(Act::Import),
        (0..3_usize).prop_map(Act::Evidence),
        Just(Act::Work),
        Just(Act::Sweep)
    ]
}

/// Three contents that may be evidence; none is a plan, so that every import of one ends as refused.
fn content(which: usize) -> Vec<u8> {
    format!("%PDF-1.7\n% mau {which}\n").into_bytes()
}

#[test]
fn after_any_history_each_named_file_is_readable() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::demo());
    let part = runtime.block_on(part_of_thu(&house));
    let (clerk, officer) = runtime.block_on(async { (house.signed_in("thu").await, house.signed_in("vidu").await) });
    let config = ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(history in proptest::collection::vec(act(), 1..12))| {
        for act in &history {
            runtime.block_on(async {
                match act {
                    Act::Import(which) => {
                        officer.upload("/plans/new", &[Part::File("a.pdf", &content(*which))]).await;
                    }
                    Act::Evidence(which) => {
                        let bytes = content(*which);
                        let fields = [Part::Field("label", "BB"), Part::File("a.pdf", &bytes)];
                        let path = format!("/parts/{part}/evidence");
                        assert_eq!(clerk.upload(&path, &fields).await.status, StatusCode::SEE_OTHER);
                    }
                    Act::Work => house.drain().await,
                    Act::Sweep => {
                        db::sweep(house.app.db(), &house.system(), later(&house)).await.unwrap();
                    }
                }
                every_named_hash_is_readable(&house).await;
            });
        }
    });
}

/// While the sweep takes a file away, somebody stores the same bytes and names them: either they are kept, or they are
/// told so; a row never names what is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_stored_while_the_sweep_runs_is_not_lost() {
    let house = House::people().await;
    let (db, ctx) = (house.app.db().clone(), house.system());
    let mut kept = 0;
    for round in 0..40_u64 {
        let bytes = format!("tệp số {round}").into_bytes();
        let hash = db.blobs().put(bytes.clone()).await.unwrap();
        let act = async {
            tokio::time::sleep(Duration::from_micros(round * 150)).await;
            let hash = &db.blobs().put(bytes).await.unwrap();
            let id = ctx.new_id::<kinds::Plan>();
            db.write(&ctx, |tx| async move {
                tx.keep_blob(hash, 1, "text/plain").await?;
                tx.exec(PLAN, vec![id.uuid().into(), hash.as_str().into()]).await?;
                tx.ledger(Entry::new("test.name", id));
                Ok(())
            })
            .await
        };
        // At once, not after a day: the worst case.
        let (named, swept) = tokio::join!(act, db::release(&db, &ctx, &hash));
        match named {
            Ok(()) => {
                kept += 1;
                assert!(db.blobs().get(&hash).await.is_ok(), "round {round}: named and gone, swept: {swept:?}");
            }
            Err(problem) => assert_eq!(problem.code, "upload-lost", "round {round}"),
        }
    }
    assert!(kept > 0);
    every_named_hash_is_readable(&house).await;
    assert_eq!(db::scrub(&db, &ctx).await.unwrap().faults, vec![]);
}

/// What a killed program left beside the place of a file is nobody's; after a day nobody is writing it any more.
#[tokio::test]
async fn half_written_files_are_swept_after_a_day() {
    let house = House::people().await;
    let now = later(&house);
    let hash = house.app.db().blobs().put(b"x".to_vec()).await.unwrap().to_string();
    let folder = house.test.location.data_dir.join("blobs").join(&hash[..2]);
    let laid = |name: String, age: Duration| {
        let path = folder.join(name);
        let written = std::time::SystemTime::from(now) - age;
        std::fs::File::create(&path).unwrap().set_modified(written).unwrap();
        path
    };
    let (day, hour) = (Duration::from_hours(25), Duration::from_hours(1));
    let old = [format!("{}#1", &hash[2..]), format!("{}.0a1b2c3d.part", &hash[2..])].map(|name| laid(name, day));
    let (new, other) = (laid(format!("{}#2", &hash[2..]), hour), laid("ghi-chu.txt".into(), day));
    db::sweep(house.app.db(), &house.system(), now).await.unwrap();
    assert!(old.iter().all(|path| !path.exists()));
    assert!(new.exists() && other.exists(), "somebody may be writing it; and this is none of ours");
}

/// Missing and damaged files are found, remembered, and shown to the administrator.
#[tokio::test]
async fn a_look_through_all_files_finds_the_bad_ones_and_says_so() {
    let house = House::demo().await;
    let admin = house.signed_in("quantri").await;
    assert!(admin.get("/ledger/files").await.body.contains("Chưa có lần kiểm tra nào"));
    let hashes: Vec<String> = named(&house).await.into_iter().collect();
    let place = |hash: &str| house.test.location.data_dir.join("blobs").join(&hash[..2]).join(&hash[2..]);
    std::fs::remove_file(place(&hashes[0])).unwrap();
    std::fs::write(place(&hashes[1]), b"other bytes").unwrap();
    let found = db::scrub(house.app.db(), &house.system()).await.unwrap();
    let kinds: Vec<(&str, &str)> = found.faults.iter().map(|f| (f.hash.as_str(), f.kind.as_str())).collect();
    assert_eq!(kinds, [(hashes[0].as_str(), "missing"), (hashes[1].as_str(), "damaged")]);
    assert_eq!(found.faults[0].place, "programme_plan.blob_hash");
    assert_eq!(found.files, i64::try_from(hashes.len()).unwrap());
    let page = admin.get("/ledger/files").await.body;
    assert!(page.contains(&hashes[0]) && page.contains("Bị mất") && page.contains("Bị hỏng"), "{page}");
}
