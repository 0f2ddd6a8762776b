//! The registry and the levels on the command line, as a script sees them; and an import that is killed.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value as Json;

use crate::{
    command_line::{dinh, text},
    house::House,
    killed::{killed, taking},
};

const SYSTEMS: &str = "SELECT COUNT(*) FROM registry_system";

fn json(house: &House, args: &[&str]) -> Json {
    let said = house.cli(&[args, &["--format", "json"]].concat());
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{args:?}: {error}: {said}"))
}

fn number(said: &Json, name: &str) -> i64 {
    said[name].as_i64().unwrap_or_else(|| panic!("{name}: {said}"))
}

fn list<'a>(said: &'a Json, name: &str) -> &'a Vec<Json> {
    said[name].as_array().unwrap_or_else(|| panic!("{name}: {said}"))
}

/// The waves in short: their numbers, and all systems that stand in them.
fn waves(house: &House) -> (Vec<i64>, Vec<String>) {
    let said = json(house, &["registry", "waves"]);
    let waves = list(&said, "waves");
    let codes = waves.iter().flat_map(|wave| list(wave, "systems")).map(|code| code.as_str().unwrap().to_owned());
    (waves.iter().map(|wave| number(wave, "number")).collect(), codes.collect())
}

/// A system of an export without the ids of its house.
fn one_told(one: &Json) -> String {
    let named = |name: &str| {
        let kind = |other: &Json| other["kind"].as_str().unwrap_or(name).to_owned();
        let all = list(one, name).iter().map(|other| format!("{} {}", kind(other), other["name"]));
        all.collect::<BTreeSet<String>>()
    };
    let fields = ["name", "kind", "state", "hosting", "since", "operating_since", "address", "cost_per_year", "users"];
    let fields = fields.map(|field| one[field].to_string());
    format!("{fields:?} {:?} {:?}", named("relations"), named("used_by"))
}

#[tokio::test]
async fn a_list_is_made_up_taken_in_classified_and_taken_along() {
    let house = House::empty().await;
    house.cli(&["init", "--province", "51"]);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();

    // The same seed gives the same file.
    let made = ["he-thong.xlsx", "lan-nua.xlsx"].map(|name| {
        json(&house, &["registry", "generate", "--systems", "60", "--seed", "2", "--out", path(name).as_str()])
    });
    let sheet = path("he-thong.xlsx");
    assert_eq!(read("he-thong.xlsx"), read("lan-nua.xlsx"));
    let dirt: i64 = ["twice", "negative", "unknown"].map(|name| number(&made[0], name)).into_iter().sum();
    assert!(number(&made[0], "systems") == 60 && dirt > 0, "{}", made[0]);

    // Looked at, taken in but for its dirt, and once more, which changes nothing.
    let look = json(&house, &["registry", "import", &sheet, "--preview"]);
    assert_eq!(house.count(SYSTEMS).await, 0);
    let taken = json(&house, &["registry", "import", &sheet]);
    assert_eq!(look, taken);
    let refused = i64::try_from(list(&taken, "refused").len()).unwrap();
    assert_eq!((refused, number(&taken, "new")), (dirt, 60 - dirt), "{taken}");
    assert_eq!(house.count(SYSTEMS).await, 60 - dirt);
    let again = json(&house, &["registry", "import", &sheet]);
    assert_eq!((number(&again, "new"), number(&again, "changed")), (0, 0), "{again}");

    // No waves before all are classified; then each system that moves stands in one of them.
    assert_eq!(waves(&house), (vec![], vec![]));
    let classified = json(&house, &["registry", "classify"]);
    assert_eq!((number(&classified, "systems"), number(&classified, "changed")), (60 - dirt, 60 - dirt));
    assert_eq!(number(&json(&house, &["registry", "classify"]), "changed"), 0);
    let (numbers, codes) = waves(&house);
    assert!(!numbers.is_empty() && numbers.iter().copied().eq((1_i64..).take(numbers.len())), "{numbers:?}");
    let moving = "SELECT COUNT(*) FROM registry_system WHERE strategy NOT IN ('retain', 'retire')";
    assert_eq!(i64::try_from(codes.iter().collect::<BTreeSet<_>>().len()).unwrap(), house.count(moving).await);

    // Without terms nothing is planned.
    let early = dinh(&house, &["registry", "waves", "--plan"]);
    assert_eq!(early.status.code(), Some(1), "{}", text(&early.stdout));

    // Each form, as a file and printed; the workbook is one that can be taken in again.
    let whole = json(&house, &["registry", "export"]);
    assert_eq!(i64::try_from(list(&whole, "systems").len()).unwrap(), 60 - dirt);
    json(&house, &["registry", "export", "--out", &path("ra.json")]);
    assert_eq!(serde_json::from_slice::<Json>(&read("ra.json")).unwrap(), whole);
    let bill = house.cli(&["registry", "export", "--format", "cyclonedx"]);
    let bill: Json = serde_json::from_str(&bill).unwrap();
    assert_eq!((bill["bomFormat"].as_str(), bill["specVersion"].as_str()), (Some("CycloneDX"), Some("1.6")), "{bill}");
    house.cli(&["registry", "export", "--format", "cyclonedx", "--out", &path("ra.cdx.json")]);
    assert_eq!(serde_json::from_slice::<Json>(&read("ra.cdx.json")).unwrap(), bill);
    house.cli(&["registry", "export", "--format", "xlsx", "--out", &path("ra.xlsx")]);
    let back = json(&house, &["registry", "import", &path("ra.xlsx"), "--preview"]);
    assert_eq!((number(&back, "new"), number(&back, "changed")), (0, 0), "{back}");
    assert_eq!(i64::try_from(list(&back, "refused").len()).unwrap(), 0, "{back}");
    // In another house it makes the same systems, with how they stand to one another and who uses them.
    let elsewhere = House::empty().await;
    elsewhere.cli(&["init", "--province", "51"]);
    let came = json(&elsewhere, &["registry", "import", &path("ra.xlsx")]);
    assert_eq!((number(&came, "new"), list(&came, "missing").len()), (60 - dirt, 0), "{came}");
    let told = |whole: &Json| list(whole, "systems").iter().map(one_told).collect::<BTreeSet<String>>();
    let both = [told(&whole), told(&json(&elsewhere, &["registry", "export"]))];
    assert_eq!(both[0], both[1]);
    for kind in ["runs_on", "used_by"] {
        assert!(both[0].iter().any(|one| one.contains(kind)), "{kind}: {both:?}");
    }
    let printed = dinh(&house, &["registry", "export", "--format", "xlsx"]);
    assert_eq!(printed.status.code(), Some(1), "a workbook is not printed");
    assert!(text(&printed.stderr).contains("--out"), "{}", text(&printed.stderr));
    // A further file of an earlier, longer list would be taken in with this one.
    std::fs::write(path("ra-2.xlsx"), "cũ").unwrap();
    let again = dinh(&house, &["registry", "export", "--format", "xlsx", "--out", &path("ra.xlsx")]);
    assert_eq!(again.status.code(), Some(1), "{}", text(&again.stdout));
    assert!(text(&again.stderr).contains("ra-2.xlsx"), "{}", text(&again.stderr));
    // Lists are lines, and bodies have their names.
    let rounds = house.cli(&["registry", "rounds"]);
    assert!(rounds.contains("\n  - owner_name: ") && !rounds.contains('{'), "{rounds}");
    let elsewhere = dinh(&house, &["registry", "export", "--format", "pdf"]);
    assert_eq!(elsewhere.status.code(), Some(1), "{}", text(&elsewhere.stdout));

    // What operates without a dossier is told; Dinh fills its own, once.
    let check = json(&house, &["level", "check"]);
    let live = "SELECT COUNT(*) FROM registry_system WHERE state IN ('operating', 'retiring')";
    assert_eq!((number(&check, "systems"), number(&check, "operating")), (60 - dirt, house.count(live).await));
    assert!(list(&check, "violations").iter().any(|one| one["fault"] == "unapproved"), "{check}");
    let own = json(&house, &["level", "self"]);
    assert!(!list(&own, "filled").is_empty() && number(&own, "open") > 0, "{own}");
    assert!(own["state"] == "building" && list(&own, "missing").len() > 3, "{own}");
    let twice = json(&house, &["level", "self"]);
    assert_eq!((&twice["dossier"], list(&twice, "filled").len()), (&own["dossier"], 0), "{twice}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dossier").await, 1);
    assert_eq!(json(&house, &["ledger", "verify"])["fault"], Json::Null);
}

#[tokio::test]
async fn a_list_is_made_up_where_there_is_no_installation() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, file, twice) = (path("data"), path("ds.xlsx"), path("lan-nua.xlsx"));
    let said = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
        command.args(args).args(["--format", "json", "--data-dir", &data]);
        command.current_dir(folder.path()).env_remove("DINH_DATABASE_URL").output().unwrap()
    };
    let made = [&file, &twice].map(|file| {
        let made = said(&["registry", "generate", "--systems", "60", "--seed", "1", "--out", file]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        serde_json::from_slice::<Json>(&made.stdout).unwrap()
    });
    assert_eq!((number(&made[0], "systems"), number(&made[0], "owners")), (60, 40), "{}", made[0]);
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&twice).unwrap());
    assert!(!std::path::Path::new(&data).exists(), "nothing is left");
    assert_eq!(said(&["registry", "export"]).status.code(), Some(1), "what asks for data needs its house");
    // The bodies are those of the invented province.
    let look = json(&House::people().await, &["registry", "import", &file, "--preview"]);
    let dirt: i64 = ["twice", "negative", "unknown"].map(|name| number(&made[0], name)).into_iter().sum();
    assert_eq!(
        (number(&look, "new"), list(&look, "refused").len()),
        (60 - dirt, usize::try_from(dirt).unwrap()),
        "{look}"
    );
}

#[tokio::test]
async fn a_system_is_called_by_its_code() {
    const CODE: &str = "H00.09.01";
    let house = House::demo().await;
    let name = "Nền tảng điện toán đám mây";
    let of = |column: &str| format!("SELECT {column} FROM registry_system WHERE name = '{name}'");
    let id = registry::model::SystemId::from_uuid(house.one(&of("id"), vec![]).await);
    let rev = house.count(&of("rev")).await.to_string();
    let coded = house.signed_in("vidu").await;
    let coded = coded.form(&format!("/systems/{id}/edit"), &[("rev", rev.as_str()), ("code", CODE)]).await;
    assert!(coded.status.is_redirection(), "{}", coded.body);

    let said = ["start_on", "days", "most_systems", "most_effort", "most_waves", "free_days", "usual_effort"];
    let said = said.into_iter().zip(["04/01/2027", "30", "90", "900", "12", "10", "5"]);
    let terms = said.fold(webkit::Answers::default(), |all, (name, value)| all.with(name, value));
    registry::usecase::waves::waves_terms(&house.app, &house.system(), 0, &terms).await.unwrap();

    // Explained before anything was classified, and nothing is written by that.
    let entries = house.ledger_length().await;
    let said = json(&house, &["registry", "classify", "--explain", CODE]);
    assert_eq!((said["name"].as_str(), said["strategy"].as_str()), (Some(name), Some("rehost")), "{said}");
    assert!(list(&said, "parts").iter().all(|part| !list(part, "because").is_empty()), "{said}");
    assert_eq!(house.ledger_length().await, entries);
    assert_eq!(json(&house, &["registry", "classify", "--explain", name]), said, "by its name as by its code");
    json(&house, &["registry", "classify"]);
    assert_eq!(house.ledger_length().await, entries + 1);
    let (_, codes) = waves(&house);
    assert_eq!(codes.iter().filter(|code| *code == CODE).count(), 1, "{codes:?}");
    assert_eq!(json(&house, &["registry", "waves"])["is_planned"], false);
    let planned = json(&house, &["registry", "waves", "--plan"]);
    assert!(planned["is_planned"] == true && !list(&planned, "waves").is_empty(), "{planned}");

    let said = json(&house, &["registry", "impact", CODE]);
    assert_eq!((said["name"].as_str(), number(&said, "stops"), number(&said, "unseen")), (Some(name), 3, 0), "{said}");
    assert!(list(&said, "struck").iter().any(|one| one["name"] == "Trục liên thông văn bản"), "{said}");
    for words in [["impact", "KHONG.CO"].as_slice(), &["classify", "--explain", "KHONG.CO"]] {
        let refused = dinh(&house, &[["registry"].as_slice(), words].concat());
        assert_eq!(refused.status.code(), Some(1), "{words:?}");
        assert!(text(&refused.stderr).contains("KHONG.CO"), "{words:?}: {}", text(&refused.stderr));
    }
}

/// The program is killed at growing moments of what an import does after it has looked at its list; afterwards there are all
/// systems of the list or none of them.
#[tokio::test]
async fn a_killed_import_of_systems_leaves_all_or_nothing() {
    const LINES: usize = 120;
    let house = House::people().await;
    let folder = tempfile::tempdir().unwrap();
    let write = |round: u32| {
        let file = folder.path().join(format!("{round}.csv"));
        let line = |n: usize| format!("Hệ thống {round}-{n},Sở Tài chính,Đang vận hành\n");
        let lines: String = (0..LINES).map(line).collect();
        std::fs::write(&file, format!("Tên hệ thống,Cơ quan chủ quản,Trạng thái\n{lines}")).unwrap();
        file
    };
    // One statement: a PostgreSQL session may still be finishing its commit after its client died.
    let half = format!(
        "SELECT (SELECT COUNT(*) FROM registry_system) - {LINES} * COUNT(*) FROM db_ledger \
         WHERE action = 'system.import'"
    );
    let kills = if std::env::var_os("TESTKIT_SOAK").is_some() { 1000 } else { 10 };
    let import = |round: u32, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
        command.args(["registry", "import", "--data-dir"]).arg(&house.test.location.data_dir);
        command.arg(write(round)).args(more);
        if let Some(url) = &house.test.location.database_url {
            command.args(["--database-url", url]);
        }
        command
    };
    // How long it takes to look, and to look and write, where nobody kills it.
    let looking = taking(&mut import(kills + 1, &["--preview"]));
    let writing = taking(&mut import(kills + 1, &[])).saturating_sub(looking);
    let mut at_work = 0;
    for round in 0..kills {
        at_work += u32::from(killed(&mut import(round, &[]), looking + writing * (round % 10) / 10));
        assert_eq!(house.count(&half).await, 0, "round {round}");
    }
    assert!(at_work > 0, "each import was over before it was killed: {looking:?} {writing:?}");
    // Nothing that was killed holds up who comes after it.
    let before = house.count(SYSTEMS).await;
    let taken = json(&house, &["registry", "import", write(kills).to_str().unwrap()]);
    assert_eq!(number(&taken, "new"), i64::try_from(LINES).unwrap(), "{taken}");
    assert_eq!(house.count(SYSTEMS).await, before + i64::try_from(LINES).unwrap());
    assert_eq!(house.count(&half).await, 0);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}
