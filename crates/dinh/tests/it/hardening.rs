//! What the hardening guide promises: no password on the command line, the doctor, and the files of an installation.

use std::{collections::BTreeMap, process::Command};

use axum::http::StatusCode;
use dinh::config::Config;
use serde_json::Value as Json;

use crate::{house::House, proxy};

fn dinh(data: &std::path::Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).arg("--data-dir").arg(data).current_dir(data).env_remove("DINH_DATABASE_URL");
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_password_on_the_command_line_is_refused_and_one_in_a_file_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://dinh:mat-khau@127.0.0.1:1/dinh";
    let (code, _, said) = dinh(folder.path(), &["ledger", "verify", "--database-url", url]);
    assert_eq!(code, Some(1));
    assert!(said.contains("--database-url-file") && !said.contains("mat-khau"), "{said}");
    let file = folder.path().join("url");
    std::fs::write(&file, format!("{url}\n")).unwrap();
    let args = ["ledger", "verify", "--lang", "en", "--database-url-file", file.to_str().unwrap()];
    let (code, _, said) = dinh(folder.path(), &args);
    assert_eq!(code, Some(1));
    assert!(said.contains("database") && !said.contains("command line") && !said.contains("mat-khau"), "{said}");
}

#[test]
fn the_network_is_not_listened_on_without_encryption() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, said) = dinh(folder.path(), &["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{said}");
    assert!(said.contains("insecure_listen"), "{said}");
}

#[tokio::test]
async fn administrators_are_reminded_that_nothing_is_encrypted() {
    let config = Config { listen: "0.0.0.0:8080".into(), insecure_listen: true, ..Config::default() };
    let house = House::with(&config).await;
    house.fill("directory").await;
    let words = "mà không mã hóa: mật khẩu và dữ liệu";
    assert!(house.signed_in("quantri").await.get("/units").await.body.contains(words));
    assert!(!house.signed_in("vidu").await.get("/units").await.body.contains(words));
}

#[tokio::test]
async fn the_state_of_the_house_is_for_its_administrators() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/administration").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Tình trạng hệ thống", "Chưa đặt bộ quét vi-rút", "Chưa đặt backup_dir", "điểm cần"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let english = admin.with_cookie("dinh_lang=en").get("/administration").await.body;
    assert!(english.contains("No virus scanner is set") && !english.contains("check-"), "{english}");
    for login in ["vidu", "thu", "lanhdao", "donvi"] {
        let answer = house.signed_in(login).await.get("/administration").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{login}");
    }
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    std::fs::write(
        data.join("dinh.toml"),
        "clamd = \"127.0.0.1:1\"\ninsecure_listen = true\nlisten = \"0.0.0.0:8080\"\nbackup_dir = \"/nowhere\"\n",
    )
    .unwrap();
    assert_eq!(dinh(data, &["init", "--province", "51"]).0, Some(0));
    let (code, out, said) = dinh(data, &["doctor", "--format", "json"]);
    assert_eq!(code, Some(1), "{out} {said}");
    let report: Json = serde_json::from_str(&out).unwrap();
    let level = |name: &str| {
        let checks = report["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["check"] == name).unwrap_or_else(|| panic!("{name}"));
        check["level"].as_str().unwrap().to_owned()
    };
    assert_eq!(level("scanner"), "fault");
    assert_eq!(level("backup"), "fault");
    assert_eq!(level("listen"), "warning");
    assert_eq!(level("database"), "ok");
    assert_eq!(level("ledger"), "ok");
    assert!(report["faults"].as_i64().unwrap() >= 2);
    let (_, english, _) = dinh(data, &["doctor", "--lang", "en"]);
    assert!(english.contains("fault\tVirus scanner\tclamd does not answer"), "{english}");
    let (_, vietnamese, _) = dinh(data, &["doctor"]);
    assert!(vietnamese.contains("lỗi\tQuét vi-rút\tclamd không trả lời"), "{vietnamese}");
}

/// The unit file gives what the doctor asks for, and leaves bubblewrap its namespaces.
#[test]
fn the_unit_file_and_the_doctor_agree() {
    let unit = include_str!("../../../../docs/deploy/dinh.service");
    let lines = unit.lines().filter(|line| !line.trim_start().starts_with('#'));
    let directives: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once('=')).collect();
    for (name, value) in [
        ("User", "dinh"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("PrivateTmp", "yes"),
        ("UMask", "0077"),
        ("StateDirectoryMode", "0700"),
        ("CapabilityBoundingSet", ""),
    ] {
        assert_eq!(directives.get(name), Some(&value), "{name}");
    }
    let number = |name: &str| directives[name].parse::<usize>().unwrap();
    assert!(number("LimitNOFILE") >= Config::default().max_connections + 256, "what the check “files” wants");
    assert!(number("TasksMax") >= 512, "what the check “processes” wants");
    assert!(directives.contains_key("MemoryMax") && directives["ReadWritePaths"].contains("/var/lib/dinh"));
    for taken in [
        "RestrictNamespaces",
        "PrivateUsers",
        "SystemCallFilter",
        "ProtectProc",
        "ProtectKernelTunables",
        "ProtectKernelLogs",
    ] {
        assert!(!directives.contains_key(taken), "{taken} takes from bubblewrap what it needs");
    }
    assert!(directives["RestrictAddressFamilies"].contains("AF_NETLINK"), "bubblewrap brings its loopback up with it");
}

/// Whoever takes the mark of a comment away gets a setting that is taken.
#[test]
fn every_setting_of_the_package_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = include_str!("../../../../packaging/dinh.toml");
    let given = text.lines().map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = \"")).unwrap_or(line));
    let given: Vec<&str> = given.filter(|line| !line.starts_with("database_url_file")).collect();
    assert!(given.iter().filter(|line| line.contains(" = ")).count() >= 9, "{given:?}");
    std::fs::write(folder.path().join("dinh.toml"), given.join("\n")).unwrap();
    let (code, out, said) = dinh(folder.path(), &["init", "--province", "51"]);
    assert_eq!(code, Some(0), "{out} {said}");
}

/// As the tools that will read the files see them, where they are installed.
#[test]
fn systemd_and_nginx_take_the_example_files() {
    let deploy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/deploy");
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("dinh.service");
    let text = std::fs::read_to_string(format!("{deploy}/dinh.service")).unwrap();
    std::fs::write(&unit, text.replace("/usr/bin/dinh", env!("CARGO_BIN_EXE_dinh"))).unwrap();
    match Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&unit).output() {
        Ok(said) => {
            let said = String::from_utf8_lossy(&said.stderr).into_owned();
            let ours = said.lines().find(|line| line.contains("dinh.service") && line.contains("Unknown"));
            assert_eq!(ours, None, "{said}");
        }
        Err(_) => println!("SKIPPED: systemd-analyze is not installed"),
    }
    let site = std::fs::read_to_string(format!("{deploy}/nginx.conf")).unwrap();
    // Debian 12's nginx 1.22 does not know the directive, and this test may run where nginx is not installed.
    assert!(!site.lines().any(|line| line.trim_start().starts_with("http2 ")), "http2 stands in listen");
    for promised in ["ssl_protocols TLSv1.2 TLSv1.3;", "client_header_timeout", "X-Forwarded-For", "limit_conn "] {
        assert!(site.contains(promised), "{promised}");
    }
    let Some(nginx) = proxy::nginx() else { return };
    proxy::certify(folder.path());
    let file = folder.path().join("whole.conf");
    let site = site.replace("/etc/ssl/dinh", folder.path().to_str().unwrap());
    std::fs::write(&file, proxy::whole(folder.path(), &site)).unwrap();
    let said = Command::new(nginx).arg("-t").arg("-c").arg(&file).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}
