//! What the program has written since backups have their present format: opened, verified and restored by the program
//! as it is now. `cargo xtask fixture` made the files; those of before are in `backups`.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use db::{Db, Location};
use kernel::Clock as _;
use serde_json::Value as Json;
use testkit::TestDb;

use crate::backups::{PHRASE, dinh, fixture, said, steps};

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format_3").join(name)
}

/// The head that was signed last when the files were made.
struct Head {
    seq: i64,
    at: i64,
    /// As letters carry it.
    named: String,
}

fn head() -> Head {
    let head: Json = serde_json::from_slice(&std::fs::read(kept("head.json")).unwrap()).unwrap();
    let named = format!("{}:{}", head["seq"], head["hash"].as_str().unwrap());
    Head { seq: head["seq"].as_i64().unwrap(), at: head["at"].as_i64().unwrap(), named }
}

fn does(location: &Location, args: &[&str]) -> String {
    let output = dinh(location).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Everything is whole, its head is the one that was written down, and work goes on.
async fn is_whole(location: &Location) {
    let Head { seq, named, .. } = head();
    let verify = ["ledger", "verify", "--files", "--against", &named, "--format", "json"];
    let verified = || serde_json::from_str::<Json>(&does(location, &verify)).unwrap();
    let found = verified();
    // A later step of the schema may have written entries of its own.
    let entries = found["entries"].as_i64().unwrap();
    assert!(entries >= seq && found["fault"].is_null(), "{found}");
    assert!(found["rows"].as_i64().unwrap() > 10 && found["checkpoints"].as_i64().unwrap() > 0, "{found}");
    assert!(found["files"].as_i64().unwrap() > 0, "{found}");
    let db = Db::open(location).await.unwrap();
    db::migrate(&db, &steps()).await.unwrap();
    let count = async |sql: &str| db.read().count(sql, vec![]).await.unwrap();
    let live = "SELECT COUNT(*) FROM programme_plan WHERE number = '22/KH-UBND' AND state = 'live'";
    assert_eq!((count(live).await, count("SELECT COUNT(*) FROM programme_part").await), (1, 2));
    assert_eq!(count("SELECT COUNT(*) FROM directory_unit").await, 4);
    // After what is kept, whatever the machine's clock says.
    let clock = Arc::new(testkit::FrozenClock::default());
    let at = jiff::Timestamp::from_microsecond(head().at).unwrap().max(dinh::wiring::SystemClock.now());
    clock.move_by(at.duration_since(clock.now()) + jiff::SignedDuration::from_hours(1));
    let ids = Arc::new(dinh::wiring::SystemIds);
    let ctx = kernel::Ctx::new(kernel::Actor::System("test"), kernel::Lang::Vi, clock, ids);
    let scrub = db::scrub(&db, &ctx).await.unwrap();
    assert!(scrub.faults.is_empty() && scrub.files > 0, "{scrub:?}");
    let written = db.write(&ctx, |tx| async move {
        tx.exec("UPDATE directory_unit SET short_name = 'STC' WHERE name = 'Sở Tài chính'", vec![]).await?;
        tx.ledger(db::Entry::new("test.write", "units"));
        Ok(())
    });
    written.await.unwrap();
    db.close().await;
    assert!(verified()["entries"].as_i64().unwrap() > entries, "work goes on");
}

/// Of a database and the folder beside it, on whichever database the tests run.
#[tokio::test]
async fn a_folder_with_its_ledger_opens_verifies_and_goes_on() {
    let (folder, test) = (tempfile::tempdir().unwrap(), TestDb::open().await);
    let location = Location { data_dir: folder.path().join("data"), database_url: test.location.database_url.clone() };
    let archive = if location.database_url.is_some() { "postgres.tar.xz" } else { "sqlite.tar.xz" };
    let unpacked = Command::new("tar").arg("-xJf").arg(kept(archive)).arg("-C").arg(folder.path()).status().unwrap();
    assert!(unpacked.success());
    if let Some(url) = &location.database_url {
        let mut load = Command::new("psql");
        load.args(["-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(folder.path().join("dump.sql")).arg(url);
        assert!(load.stdout(Stdio::null()).status().unwrap().success());
        does(&location, &["migrate"]);
    }
    let named = head().named;
    let (seq, hash) = named.split_once(':').unwrap();
    let other = format!("{seq}:{}", if hash.starts_with('0') { hash.replace('0', "1") } else { "0".repeat(64) });
    let against = dinh(&location).args(["ledger", "verify", "--against", &other]).output().unwrap();
    assert!(!against.status.success(), "another head is not this ledger's: {}", said(&against));
    is_whole(&location).await;
}

#[test]
fn the_present_format_is_kept() {
    let manifest = include_str!("../../../db/src/backup/manifest.rs");
    assert!(manifest.contains("const FORMAT: u32 = 3;"), "`cargo xtask fixture N`, then `kept` here");
}

#[tokio::test]
async fn backups_are_vouched_for_and_come_back_whole() {
    for (name, phrase, is_sealed) in [("sealed.backup", Some(PHRASE), true), ("clear.backup", None, false)] {
        let test = TestDb::open().await;
        let done = db::restore(&test.db, &steps(), &kept(name), phrase).await.unwrap();
        assert_eq!((done.is_sealed, done.lacking), (is_sealed, vec![]), "{name}");
        let (location, db) = (test.location.clone(), test.db.clone());
        assert_eq!(db::pending(&db, &steps()).await.unwrap().steps, Vec::<String>::new(), "{name}");
        if is_sealed {
            is_whole(&location).await;
        }
    }
    let old = TestDb::open().await;
    let before = db::restore(&old.db, &steps(), &fixture("sealed.backup"), Some(crate::backups::OLD_PHRASE)).await;
    assert!(!before.unwrap().is_sealed, "nothing vouches for what was written before");
}

#[tokio::test]
async fn a_kept_backup_with_one_bit_turned_or_another_passphrase_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(kept("sealed.backup")).unwrap();
    let bent = folder.path().join("bent.backup");
    for at in [whole.len() / 3, whole.len() / 2, whole.len() - 40] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&bent, bytes).unwrap();
        let test = TestDb::open().await;
        let refused = db::restore(&test.db, &steps(), &bent, Some(PHRASE)).await;
        assert!(refused.unwrap_err().code.starts_with("backup-"), "byte {at}");
    }
    let wrong = db::restore(&TestDb::open().await.db, &steps(), &kept("sealed.backup"), Some("một câu khác hẳn")).await;
    assert_eq!(wrong.unwrap_err().code, "backup-passphrase-wrong");
}
