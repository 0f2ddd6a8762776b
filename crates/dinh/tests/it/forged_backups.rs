//! A backup that was changed, that is sealed or newer, or that nothing vouches for, is known for what it is.

use std::{
    io::{Read as _, Write as _},
    path::Path,
};

use db::BlobHash;
use testkit::TestDb;

use crate::{
    backups::{OLD_PHRASE, PHRASE, dinh, fixture, said, steps},
    house::House,
};

/// The archive with one file changed (or left out), its checksums computed anew, as somebody would who can.
fn forged(from: &Path, to: &Path, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) {
    forged_with(from, to, change, vec![]);
}

fn forged_with(
    from: &Path,
    to: &Path,
    change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>,
    more: Vec<(String, Vec<u8>)>,
) {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut files = more;
    let mut manifest = serde_json::Value::Null;
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == "manifest.json" {
            manifest = serde_json::from_slice(&bytes).unwrap();
        } else if let Some(bytes) = change(&name, bytes) {
            files.push((name, bytes));
        }
    }
    let sums = files.iter().map(|(name, bytes)| (name.clone(), BlobHash::of(bytes).to_string().into()));
    manifest["files"] = serde_json::Value::Object(sums.collect());
    let mut out = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    files.push(("manifest.json".into(), serde_json::to_vec(&manifest).unwrap()));
    for (name, bytes) in files {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap();
}

/// M13 of the attack: wrong types and renamed columns came back as NULL, a table left out as "already there".
#[tokio::test]
async fn what_is_not_as_it_was_written_is_named_before_the_first_row() {
    let house = House::demo().await;
    let folder = tempfile::tempdir().unwrap();
    let (file, bent) = (folder.path().join("dinh.backup"), folder.path().join("bent.backup"));
    db::backup(house.app.db(), &steps(), &file, None).await.unwrap();
    let text = |name: &'static str, from: &'static str, to: &'static str| {
        move |file: &str, bytes: Vec<u8>| {
            let replaced = || String::from_utf8(bytes.clone()).unwrap().replace(from, to).into_bytes();
            Some(if file == name { replaced() } else { bytes })
        }
    };
    type Bend = Box<dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>>>;
    let tasks = "tables/programme_task.jsonl";
    let cases: Vec<(&str, Bend)> = vec![
        ("programme_task.position", Box::new(text(tasks, "\"position\":1,", "\"position\":\"1\","))),
        ("programme_task.positio", Box::new(text(tasks, "\"position\"", "\"positio\""))),
        ("programme_task.position", Box::new(text(tasks, "\"position\":1,", ""))),
        ("programme_task.position", Box::new(text(tasks, "\"position\":1,", "\"position\":null,"))),
        ("programme_task", Box::new(move |name, bytes| (name != tasks).then_some(bytes))),
        ("blobs/", Box::new(|name, bytes| (!name.starts_with("blobs/")).then_some(bytes))),
        ("programme_task", Box::new(text(tasks, "{", "["))),
    ];
    let fresh = TestDb::open().await;
    for (place, bend) in cases {
        forged(&file, &bent, bend);
        let refused = db::restore(&fresh.db, &steps(), &bent, None).await.unwrap_err();
        assert_eq!(refused.code, "backup-damaged", "{place}");
        assert!(refused.args[0].1.starts_with(place), "{place}: {:?}", refused.args);
        assert!(db::pending(&fresh.db, &steps()).await.unwrap().fresh, "{place}: nothing was written");
    }
    forged_with(&file, &bent, |_, bytes| Some(bytes), vec![("tables/programme_more.jsonl".into(), b"{}\n".to_vec())]);
    let refused = db::restore(&fresh.db, &steps(), &bent, None).await.unwrap_err();
    assert_eq!((refused.code, refused.args[0].1.as_str()), ("backup-damaged", "programme_more"));
    forged(&file, &bent, |name, bytes| Some(if name == "x" { vec![] } else { bytes }));
    db::restore(&fresh.db, &steps(), &bent, None).await.unwrap();
}

#[tokio::test]
async fn under_a_passphrase_nothing_can_be_read_or_changed() {
    let house = House::people().await;
    house.app.db().checkpoint().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    db::backup(house.app.db(), &steps(), &file, Some(PHRASE)).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert!(zip::ZipArchive::new(std::io::Cursor::new(&bytes)).is_err());
    assert!(!bytes.windows(14).any(|some| some == b"directory_unit"), "not even the names of tables");
    let fresh = TestDb::open().await;
    let closed = db::restore(&fresh.db, &steps(), &file, None).await.unwrap_err();
    assert_eq!(closed.code, "backup-encrypted");
    let wrong = db::restore(&fresh.db, &steps(), &file, Some("một câu nào khác")).await.unwrap_err();
    assert_eq!(wrong.code, "backup-passphrase-wrong");
    for at in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
        let mut bent = bytes.clone();
        bent[at] ^= 1;
        std::fs::write(&file, bent).unwrap();
        assert_eq!(db::restore(&fresh.db, &steps(), &file, Some(PHRASE)).await.unwrap_err().code, "backup-damaged");
    }
    std::fs::write(&file, &bytes[..bytes.len() - 40_000.min(bytes.len() / 2)]).unwrap();
    assert_eq!(db::restore(&fresh.db, &steps(), &file, Some(PHRASE)).await.unwrap_err().code, "backup-damaged");
    assert!(db::pending(&fresh.db, &steps()).await.unwrap().fresh);
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_refused() {
    let house = House::people().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dinh.backup");
    let mut newer = steps();
    let later = db::Migration { name: "9999_later", up: |_| {} };
    let all = [newer[0].steps, std::slice::from_ref(Box::leak(Box::new(later)))].concat();
    newer[0].steps = Box::leak(all.into_boxed_slice());
    db::backup(house.app.db(), &newer, &file, None).await.unwrap();
    let refused = db::restore(&TestDb::open().await.db, &steps(), &file, None).await.unwrap_err();
    assert_eq!(refused.code, "backup-newer");
    assert!(refused.args[0].1.ends_with("/9999_later"));
}

#[tokio::test]
async fn a_passphrase_that_vouches_for_nothing_is_said_to() {
    let folder = tempfile::tempdir().unwrap();
    let phrase = folder.path().join("phrase.txt");
    for (file, words, warned) in
        [(fixture("sealed.backup"), OLD_PHRASE, true), (folder.path().join("new.backup"), PHRASE, false)]
    {
        std::fs::write(&phrase, words).unwrap();
        if !file.exists() {
            let house = House::people().await;
            db::backup(house.app.db(), &steps(), &file, Some(words)).await.unwrap();
        }
        let test = TestDb::open().await;
        let mut command = dinh(&test.location);
        let run = command.arg("restore").arg(&file).arg("--passphrase-file").arg(&phrase).output().unwrap();
        assert!(run.status.success(), "{}", said(&run));
        let told = String::from_utf8_lossy(&run.stderr).contains("does not vouch for the data");
        assert_eq!(told, warned, "{}", said(&run));
    }
}
