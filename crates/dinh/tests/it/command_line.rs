//! The command line as a script sees it.

use std::process::{Command, Output};

use crate::house::House;

pub fn dinh(house: &House, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(args).arg("--data-dir").arg(&house.test.location.data_dir);
    if let Some(url) = &house.test.location.database_url {
        command.args(["--database-url", url]);
    }
    command.output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn a_province_is_set_up_and_a_plan_imported() {
    let house = House::empty().await;
    let init = dinh(&house, &["init", "--province", "51", "--format", "json"]);
    assert!(init.status.success(), "{}", text(&init.stderr));
    assert!(serde_json::from_slice::<serde_json::Value>(&init.stdout).unwrap()["units"].as_i64().unwrap() > 400);
    let again = dinh(&house, &["init", "--province", "51"]);
    assert_eq!((again.status.code(), text(&again.stderr).trim()), (Some(1), "Hệ thống đã được thiết lập."));
    let unknown = dinh(&house, &["init", "--province", "00", "--lang", "en"]);
    assert_eq!(unknown.status.code(), Some(1));

    // The example is of a province that is not: here it is this one's.
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../../examples/plans/dam-may.txt").replace("TỈNH MẪU", "TỈNH QUẢNG NGÃI");
    let plan = folder.path().join("dam-may.txt");
    std::fs::write(&plan, example).unwrap();
    let plan = plan.to_str().unwrap();
    let import = dinh(&house, &["plan", "import", plan, "--approve", "--format", "json"]);
    assert!(import.status.success(), "{}", text(&import.stderr));
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&import.stdout).unwrap()["state"], "live");
    let twice = dinh(&house, &["plan", "import", plan, "--lang", "en"]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(text(&twice.stderr).contains("already there"));
    let verify = dinh(&house, &["ledger", "verify", "--format", "json"]);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&verify.stdout).unwrap()["fault"], serde_json::Value::Null);
    let usage = dinh(&house, &["plan", "imprt"]);
    assert_eq!(usage.status.code(), Some(2));
}

/// What it gives out, and what it says beside that.
fn read(file: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dinh")).args(["plan", "read", file]).args(more).output().unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn what_gives_no_orders_and_what_cannot_be_read_is_said_as_pages_say_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let report = file("bc.txt", crate::documents::REPORT.as_bytes());
    let (code, out, said) = read(&report, &[]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("văn bản này không giao việc") && said.contains("4 không giao việc"), "{said}");
    let (code, out, said) = read(&report, &["--format", "json", "--lang", "en"]);
    let read_of: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, read_of["tasks"].as_array().map(Vec::len)), (Some(0), Some(0)));
    assert_eq!(read_of["coverage"]["narrative"], 4, "{out}");
    assert!(said.contains("this document gives no orders"), "{said}");
    let (code, out, said) = read(&file("hong.pdf", b"%PDF-1.7 ..."), &[]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(said.contains("Tệp PDF bị hỏng") && said.contains("xin lại tệp từ nơi gửi"), "{said}");
}

#[tokio::test]
async fn an_unknown_setting_names_the_nearest_known_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dinh.toml"), "lisen = \"x\"\n").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_dinh")).arg("openapi").current_dir(folder.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("listen"));
}

/// The program's own commands, and those of every domain.
fn whole() -> clap::Command {
    let own = <dinh::cli::Cli as clap::CommandFactory>::command();
    let modules = dinh::wiring::modules();
    let of_domains = modules.iter().flat_map(|module| module.clis()).map(|(name, cli)| cli.command(name));
    dinh::cli::bilingual(of_domains.fold(own, clap::Command::subcommand))
}

/// No two of its parts are called the same, which clap finds only where a command is asked for.
#[test]
fn the_whole_command_line_holds_together() {
    let named = |command: &clap::Command, name: &str| command.get_subcommands().any(|sub| sub.get_name() == name);
    let whole = whole();
    assert!(["registry", "level", "plan"].into_iter().all(|name| named(&whole, name)));
    whole.debug_assert();
}

/// Every command and every argument explains itself in both languages.
#[test]
fn help_is_bilingual_all_the_way_down() {
    fn lacking(command: &clap::Command, path: &str, out: &mut Vec<String>) {
        let both = |text: Option<&clap::builder::StyledStr>| text.is_some_and(|text| text.to_string().contains(" / "));
        if !both(command.get_about()) {
            out.push(path.to_owned());
        }
        for arg in command.get_arguments().filter(|arg| !both(arg.get_help())) {
            out.push(format!("{path} {}", arg.get_id()));
        }
        for sub in command.get_subcommands() {
            lacking(sub, &format!("{path} {}", sub.get_name()), out);
        }
    }
    let mut out = Vec::new();
    lacking(&whole(), "dinh", &mut out);
    assert_eq!(out, Vec::<String>::new());
    let house = Command::new(env!("CARGO_BIN_EXE_dinh")).args(["backup", "x"]).output().unwrap();
    assert_eq!(house.status.code(), Some(2));
    assert!(text(&house.stderr).contains("Lệnh chưa đúng"));
}
