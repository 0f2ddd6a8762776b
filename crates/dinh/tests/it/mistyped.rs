//! Commands in a place where no installation is, as somebody else, or on what is no backup: said, and nothing made.

use std::{
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::Path,
    process::{Command, Output},
};

use db::Location;
use testkit::TestDb;

use crate::{
    house::House,
    people::{dinh, said, to_the_machines_time},
};

fn program(location: &Location, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).arg("--data-dir").arg(&location.data_dir);
    if let Some(url) = &location.database_url {
        command.args(["--database-url", url]);
    }
    command
}

fn run(location: &Location, args: &[&str]) -> Output {
    program(location, args).output().unwrap()
}

#[tokio::test]
async fn no_command_makes_an_installation_in_a_mistyped_folder() {
    let test = TestDb::open().await;
    let place = tempfile::tempdir().unwrap();
    let location = Location { data_dir: place.path().join("data"), database_url: test.location.database_url.clone() };
    let file = place.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let (file, backup) = (file.to_str().unwrap(), place.path().join("x.dinh"));
    let commands: [&[&str]; 25] = [
        &["doctor"],
        &["migrate"],
        &["retention"],
        &["backup", backup.to_str().unwrap(), "--without-keys"],
        &["files", "check"],
        &["files", "tie", "--reason", "x"],
        &["ledger", "verify"],
        &["ledger", "head"],
        &["ledger", "accept-clock", "--reason", "x"],
        &["ledger", "accept-head", "--reason", "x"],
        &["plan", "compare", "a", "b"],
        &["plan", "search", "a"],
        &["plan", "import", file],
        &["plan", "confirm", "a"],
        &["unit", "import", file],
        &["unit", "mend"],
        &["alias", "list"],
        &["account", "add", "--name", "Ví Dụ", "--login", "vi.du"],
        &["account", "close", "--login", "x"],
        &["account", "open", "--login", "x"],
        &["account", "slip", "--login", "x"],
        &["account", "second-factor", "reset", "x", "--reason", "x"],
        &["token", "list"],
        &["report", "list"],
        &["calendar", "deadline", "--from", "2026-04-28T16:00", "--days", "3"],
    ];
    for args in commands {
        let vietnamese = run(&location, args);
        assert_eq!(vietnamese.status.code(), Some(1), "{args:?}: {}", said(&vietnamese));
        assert!(said(&vietnamese).contains("không có dữ liệu của Đình"), "{args:?}: {}", said(&vietnamese));
        let english = run(&location, &[args, &["--lang", "en"][..]].concat());
        assert!(said(&english).contains("no installation of Dinh"), "{args:?}: {}", said(&english));
        assert!(!location.data_dir.exists() && !backup.exists(), "{args:?}");
    }
    // An empty folder stays as empty as it is.
    std::fs::create_dir(&location.data_dir).unwrap();
    assert_eq!(run(&location, &["ledger", "verify"]).status.code(), Some(1));
    assert_eq!(std::fs::read_dir(&location.data_dir).unwrap().count(), 0);
}

#[tokio::test]
async fn somebody_elses_folder_is_named_with_its_owner() {
    let place = tempfile::tempdir().unwrap();
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let location = Location { data_dir: place.path().join("data"), database_url: None };
    std::fs::create_dir(&location.data_dir).unwrap();
    std::fs::set_permissions(&location.data_dir, std::fs::Permissions::from_mode(0o700)).unwrap();
    let Ok(refused) = program(&location, &["doctor", "--lang", "en"]).current_dir("/").uid(65_534).output() else {
        println!("SKIPPED: this test needs to become another user");
        return;
    };
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("belongs to the user") && said(&refused).contains("sudo -u "),
        "{}",
        said(&refused)
    );
    assert!(!said(&refused).contains("internal"), "{}", said(&refused));
}

#[tokio::test]
async fn the_demo_year_is_not_played_into_what_is_in_use() {
    let house = House::people().await;
    let before = house.ledger_length().await;
    let refused = dinh(&house, &["demo", "year"]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("đã có dữ liệu") && !said(&refused).contains("accept-clock"), "{}", said(&refused));
    assert_eq!(house.ledger_length().await, before);
}

/// What the doctor says of the folder of backups.
fn backups(house: &House, folder: &Path) -> String {
    let mut command = program(&house.test.location, &["doctor", "--format", "json"]);
    let output = command.env("DINH_BACKUP_DIR", folder).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = report["checks"].as_array().unwrap();
    checks.iter().find(|check| check["check"] == "backup").unwrap()["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn only_a_whole_backup_counts_as_one() {
    let house = House::people().await;
    to_the_machines_time(&house);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("README.txt"), "x").unwrap();
    assert_eq!(backups(&house, folder.path()), "backup-none");
    std::fs::write(path("x.dinh"), "").unwrap();
    assert_eq!(backups(&house, folder.path()), "backup-broken");
    std::fs::remove_file(path("x.dinh")).unwrap();
    let steps = dinh::wiring::migrations(&dinh::wiring::modules());
    for phrase in [None, Some("một câu mật khẩu của bản sao")] {
        let good = path("good.dinh");
        db::backup(house.app.db(), &steps, &good, phrase).await.unwrap();
        assert_eq!(backups(&house, folder.path()), "backup-fine", "{phrase:?}");
        let bytes = std::fs::read(&good).unwrap();
        // In the clear the end is missing, sealed the first line is cut.
        let cut = if phrase.is_some() { 20 } else { bytes.len() / 2 };
        std::fs::write(&good, &bytes[..cut]).unwrap();
        assert_eq!(backups(&house, folder.path()), "backup-broken", "{phrase:?}");
    }
}

#[tokio::test]
async fn what_was_open_when_the_backup_was_made_opens_nothing_in_its_copy() {
    let house = House::people().await;
    house.signed_in("vidu").await;
    house.person("moi.den", "Sở Tài chính", kernel::Role::OFFICER).await;
    let slip = dinh(&house, &["account", "first-link"]);
    assert_eq!(slip.status.code(), Some(1), "accounts are there already");
    assert!(house.count("SELECT COUNT(*) FROM web_session").await > 0);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.dinh");
    let steps = dinh::wiring::migrations(&dinh::wiring::modules());
    db::backup(house.app.db(), &steps, &file, None).await.unwrap();
    let fresh = TestDb::open().await;
    let done = run(&fresh.location, &["restore", file.to_str().unwrap(), "--without-keys"]);
    assert!(done.status.success(), "{}", said(&done));
    let restored = db::Db::open(&fresh.location).await.unwrap();
    for table in ["web_session", "directory_link", "directory_halfway"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(restored.read().count(&sql, vec![]).await.unwrap(), 0, "{table}");
    }
    db::migrate(&restored, &steps).await.unwrap();
    assert_eq!(db::verify(&restored).await.unwrap().faults, []);
}

#[tokio::test]
async fn the_console_speaks_of_commands_and_gives_a_slip() {
    let house = House::people().await;
    to_the_machines_time(&house);
    let slip = dinh(&house, &["account", "slip", "--login", "thu"]);
    assert!(slip.status.success() && said(&slip).contains("/link/in_"), "{}", said(&slip));
    assert!(said(&slip).contains("base_url"), "a guessed address is said to be one: {}", said(&slip));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'account.reset'").await, 1);
    let unknown = dinh(&house, &["token", "add", "--login", "khong.co", "--name", "x", "--until", "1/12/2026"]);
    assert!(said(&unknown).contains("khong.co") && !said(&unknown).contains("trang"), "{}", said(&unknown));
    let nameless = dinh(&house, &["token", "add", "--login", "thu", "--name", " ", "--until", "1/12/2026"]);
    assert_eq!(nameless.status.code(), Some(1), "{}", said(&nameless));
    assert!(said(&dinh(&house, &["token", "list"])).contains("Danh sách trống"));
    let last = dinh(&house, &["account", "close", "--login", "quantri"]);
    assert!(last.status.success() && said(&last).contains("account add --role system_admin"), "{}", said(&last));
    let twice = dinh(&house, &["account", "close", "--login", "quantri"]);
    assert!(said(&twice).contains("dinh account open"), "{}", said(&twice));
    let nowhere = dinh(&house, &["serve", "--listen", "abc"]);
    assert!(said(&nowhere).contains("không phải là địa chỉ nghe"), "{}", said(&nowhere));
}
