//! The data folder is its owner's alone, belongs to one database, and one server works in it.

use std::{
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::Path,
    process::{Command, Output},
};

use db::{Db, Location};
use dinh::wiring;
use testkit::TestDb;

use crate::house::House;

fn dinh(location: &Location, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.arg("--data-dir").arg(&location.data_dir).args(["--lang", "en"]).args(args);
    if let Some(url) = &location.database_url {
        command.args(["--database-url", url]);
    }
    command
}

fn run(location: &Location, args: &[&str]) -> Output {
    dinh(location, args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn open_to_others(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let mode = entry.metadata().unwrap().permissions().mode();
        if mode & 0o077 != 0 {
            out.push(format!("{} {mode:o}", entry.path().display()));
        }
    }
    out
}

/// M11 of the attack: anybody on the machine could read the password hashes.
#[tokio::test]
async fn nobody_else_reads_what_the_program_writes() {
    let test = TestDb::open().await;
    let place = tempfile::tempdir().unwrap();
    let location = Location { data_dir: place.path().join("data"), database_url: test.location.database_url.clone() };
    let init = run(&location, &["init", "--province", "51"]);
    assert!(init.status.success(), "{}", said(&init));
    assert_eq!(open_to_others(place.path()), Vec::<String>::new());
    assert_eq!(open_to_others(&location.data_dir), Vec::<String>::new());
    // A folder of an older version is closed at the next start, with what was laid aside in it.
    for name in
        ["dinh.lock", "dinh-before-0002.sqlite", "ledger-checkpoints.before-3.jsonl", "ledger.key.before-restore"]
    {
        std::fs::write(location.data_dir.join(name), b"").unwrap();
    }
    let files: Vec<_> = std::fs::read_dir(&location.data_dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    for path in files.iter().filter(|path| path.is_file()) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    std::fs::set_permissions(&location.data_dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    let verify = run(&location, &["ledger", "verify"]);
    assert!(verify.status.success(), "{}", said(&verify));
    assert_eq!(open_to_others(place.path()), Vec::<String>::new());
    assert_eq!(open_to_others(&location.data_dir), Vec::<String>::new());
}

/// As somebody who may not change the folder: it is not opened, and the words say what its owner has to do.
#[tokio::test]
async fn a_folder_that_cannot_be_closed_is_not_opened() {
    let place = tempfile::tempdir().unwrap();
    let location = Location { data_dir: place.path().join("data"), database_url: None };
    std::fs::create_dir(&location.data_dir).unwrap();
    for path in [place.path(), &location.data_dir] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let Ok(refused) = dinh(&location, &["init", "--province", "51"]).uid(65_534).output() else {
        println!("SKIPPED: this test needs to become another user");
        return;
    };
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("chmod -R go= "), "{}", said(&refused));
    assert!(!location.data_dir.join("dinh.sqlite").exists());
}

#[tokio::test]
async fn one_server_works_in_a_folder_and_readers_work_beside_it() {
    let house = House::people().await;
    let location = &house.test.location;
    let held = house.app.db().hold().unwrap();
    if location.database_url.is_none() {
        let second = run(location, &["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(second.status.code(), Some(1));
        assert!(said(&second).contains("is working in the data folder"), "{}", said(&second));
    }
    let file = tempfile::tempdir().unwrap();
    let file = file.path().join("dinh.backup");
    let restore = db::restore(house.app.db(), &[], &file, None).await.unwrap_err();
    assert_eq!(restore.code, "folder-taken", "nothing is restored under a running server");
    for args in
        [vec!["ledger", "verify"], vec!["backup", file.to_str().unwrap(), "--without-keys"], vec!["files", "check"]]
    {
        let beside = run(location, &args);
        assert!(beside.status.success(), "{args:?}: {}", said(&beside));
    }
    drop(held);
    house.app.db().hold_alone().unwrap();
}

/// M14 of the attack: the files of one folder beside the rows of another.
#[tokio::test]
async fn a_folder_and_a_database_that_do_not_belong_together_are_refused() {
    let (one, other) = (House::people().await, House::apart().await);
    let mixed = match &other.test.location.database_url {
        Some(url) => Location { database_url: Some(url.clone()), ..one.test.location.clone() },
        None => {
            one.app.db().clone().close().await;
            let copy = "VACUUM INTO $1";
            let to = one.test.location.data_dir.join("dinh.sqlite");
            for name in ["dinh.sqlite", "dinh.sqlite-wal", "dinh.sqlite-shm"] {
                let _ = std::fs::remove_file(one.test.location.data_dir.join(name));
            }
            other.app.db().unguarded().exec(copy, vec![to.display().to_string().into()]).await.unwrap();
            one.test.location.clone()
        }
    };
    let refused = run(&mixed, &["ledger", "verify"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("does not belong to this database"), "{}", said(&refused));
    let steps = wiring::migrations(&wiring::modules());
    let db = Db::open(&mixed).await.unwrap();
    assert_eq!(db::migrate(&db, &steps).await.unwrap_err().code, "wrong-pair");
    assert_eq!(run(&mixed, &["files", "tie", "--reason", " "]).status.code(), Some(1));
    // The operator knows better, says why, and it is written down.
    let tied = run(&mixed, &["files", "tie", "--reason", "Chuyển máy chủ"]);
    assert!(tied.status.success(), "{}", said(&tied));
    db::migrate(&db, &steps).await.unwrap();
    let written = "SELECT COUNT(*) FROM db_ledger WHERE action = 'house.tie'";
    assert_eq!(db.read().count(written, vec![]).await.unwrap(), 1);
}
