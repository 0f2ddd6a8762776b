//! Words that break what is made of them, and settings that somebody else wrote.

use std::{
    io::{Cursor, Read as _},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Command,
};

use axum::http::{Method, StatusCode};
use serde_json::{Value as Json, json};

use crate::house::House;

fn task(text: &str) -> Json {
    json!({"number": "41/TB-UBND", "issued_on": "2026-11-16", "giver": "", "text": text, "leads": "Sở Khoa học và Công nghệ"})
}

/// The texts of a workbook, as its file holds them.
fn strings(sheet: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(sheet)).unwrap();
    let mut text = String::new();
    archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_text_longer_than_a_cell_breaks_nobodys_register() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let added = officer.json(Method::POST, "/api/v1/tasks", &task(&"Rà soát ".repeat(5_000))).await;
    assert!(added.status.is_success(), "{}", added.body);
    let mut is_cut = false;
    for login in ["vidu", "taichinh"] {
        is_cut |= strings(house.signed_in(login).await.get_bytes("/tasks.xlsx").await).contains('…');
    }
    assert!(is_cut, "the row is in one of them");
}

#[tokio::test]
async fn what_is_no_character_is_refused_like_a_control_character() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    for text in ["Rà soát\u{ffff}", "Rà soát\u{fffe}", "\u{fdd0}", "Rà\u{1ffff}"] {
        let refused = officer.json(Method::POST, "/api/v1/tasks", &task(text)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text:?}");
        assert_eq!(refused.json()["code"], "control-character", "{text:?}");
    }
    let form = house.client().form("/sign-in", &[("login", "a\u{ffff}"), ("password", "b")]).await;
    assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(form.body.contains("“tên đăng nhập”"), "{}", form.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 0);
}

fn dinh(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).current_dir(folder).env_remove("DINH_DATABASE_URL").env_remove("USER").env_remove("LOGNAME");
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn settings(folder: &Path, text: &str, mode: u32) {
    let file = folder.join("dinh.toml");
    std::fs::write(&file, text).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn settings_are_of_the_working_folder_and_of_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("below");
    std::fs::create_dir(&below).unwrap();
    settings(folder.path(), "lisen = \"x\"\n", 0o600);
    let (code, _, said) = dinh(folder.path(), &["openapi"]);
    assert!(code == Some(1) && said.contains("listen"), "its own file counts: {said}");
    let (code, _, said) = dinh(&below, &["openapi"]);
    assert_eq!(code, Some(0), "a file above does not: {said}");
    settings(&below, "log = \"warn\"\n", 0o640);
    let (code, _, said) = dinh(&below, &["openapi"]);
    assert_eq!(code, Some(0), "{said}");
    for mode in [0o666, 0o660] {
        settings(&below, "log = \"warn\"\n", mode);
        let (code, _, said) = dinh(&below, &["openapi"]);
        assert_eq!(code, Some(1), "{mode:o}");
        assert!(said.contains("người khác trên máy sửa được") && said.contains("others on this machine"), "{said}");
    }
}

#[test]
fn the_doctor_names_the_settings_and_finds_confinement_off() {
    let folder = tempfile::tempdir().unwrap();
    let found = |args: &[&str]| {
        let args = [&["doctor", "--format", "json", "--data-dir", "data"][..], args].concat();
        let (code, out, said) = dinh(folder.path(), &args);
        (code, serde_json::from_str::<Json>(&out).unwrap_or_else(|_| panic!("{out} {said}")))
    };
    let check = |report: &Json, name: &str| {
        let checks = report["checks"].as_array().unwrap();
        checks.iter().find(|check| check["check"] == name).unwrap_or_else(|| panic!("{name}")).clone()
    };
    assert_eq!(dinh(folder.path(), &["init", "--province", "51", "--data-dir", "data"]).0, Some(0));
    let (_, before) = found(&[]);
    assert_eq!(check(&before, "settings")["code"], "settings-none");
    assert_eq!(check(&before, "confinement")["level"], "ok");
    settings(folder.path(), "sandbox = \"off\"\nupload_mb_a_day = 900000000000\n", 0o600);
    let (code, report) = found(&["--lang", "en"]);
    assert_eq!(code, Some(1));
    let confinement = check(&report, "confinement");
    assert_eq!((confinement["level"].as_str(), confinement["code"].as_str()), (Some("fault"), Some("confinement-off")));
    assert!(confinement["words"].as_str().unwrap().contains("sandbox = \"off\""), "{confinement}");
    assert!(check(&report, "settings")["words"].as_str().unwrap().contains("dinh.toml"));
    assert_eq!(check(&report, "allowance")["code"], "allowance-wide");
}

/// Without the names that a shell gives, the ledger has the user of the operating system.
#[tokio::test]
async fn an_act_at_the_console_is_never_nobodys() {
    let house = House::empty().await;
    let location = &house.test.location;
    let data = location.data_dir.to_str().unwrap();
    let mut args = vec!["init", "--province", "51", "--data-dir", data];
    args.extend(location.database_url.iter().flat_map(|url| ["--database-url", url.as_str()]));
    let (code, _, said) = dinh(&location.data_dir, &args);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE actor = 'cli:unknown'").await, 0);
    assert_ne!(house.count("SELECT COUNT(*) FROM db_ledger WHERE actor LIKE 'cli:%'").await, 0);
}
