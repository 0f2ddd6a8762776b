//! State without a verb: every column that can lock or open something is written by somebody, and something undoes it.

use std::collections::BTreeSet;

use crate::house::House;

/// What undoes it: a route, or the reason why nothing has to.
enum Undone {
    Route(&'static str),
    Because(&'static str),
}
use Undone::{Because, Route};

/// Every state column of the schema. One that is missing here, or that no statement writes, fails the test.
const VERBS: &[(&str, Undone)] = &[
    ("directory_account.disabled", Route("/accounts/{id}/open")),
    ("directory_account.expected_until", Route("/accounts/{id}/expect")),
    ("directory_account.invented", Because("said of the demo's people when they are made; the demo is made anew")),
    ("directory_halfway.until", Because("ends by itself after ten minutes; one begins anew with the password")),
    ("directory_token.revoked", Because("a secret that was revoked may be known; another token is made")),
    ("directory_token.valid_to", Route("/tokens/{id}/revoke")),
    ("directory_token.read_only", Because("said once when it is made; another token is made")),
    ("directory_post.valid_to", Route("/posts/{id}/another")),
    ("directory_unit.valid_to", Route("/units/{id}/edit")),
    (
        "directory_invitation.valid_to",
        Because("copied from the post that is offered; the invitation ends in two weeks"),
    ),
    ("directory_invitation.state", Route("/posts/{id}/stand-in")),
    ("directory_invitation.until", Because("ends by itself after two weeks")),
    ("directory_link.until", Route("/people/reset")),
    ("directory_tie_pending.until", Route("/account/tie/forget")),
    ("directory_oidc_used.until", Because("ends by itself after ten minutes")),
    ("registry_system.state", Route("/systems/{id}/edit")),
    ("registry_system.contract_until", Route("/systems/{id}/edit")),
    ("registry_certificate.valid_until", Route("/systems/{id}/certificates")),
    ("registry_system.level_until", Route("/systems/{id}/level")),
    ("registry_migration.state", Route("/systems/{id}/migrate")),
    ("registry_migration_step.state", Route("/migration-steps/{id}")),
    ("registry_dossier.state", Route("/systems/{id}/level")),
    ("registry_dossier_control.state", Route("/levels/{id}/controls")),
    ("registry_label_line.state", Route("/systems/{id}/label")),
    ("registry_assessment.eligible", Route("/systems/{id}/assessment/{group}")),
    ("registry_rules.state", Route("/systems/rules/{id}/use")),
    ("registry_wave_item.by_hand", Route("/systems/waves/loose")),
    ("registry_baseline_item.is_counted", Route("/systems/baselines/{id}")),
    ("registry_baseline_item.is_eligible", Route("/systems/baselines/{id}")),
    ("registry_baseline_change.is_counted", Because("what a line was changed to; the next change says otherwise")),
    ("registry_baseline_change.is_eligible", Because("what a line was changed to; the next change says otherwise")),
    ("registry_baseline_change.is_after", Because("whether the list was approved when the line was changed: history")),
    ("registry_enterprise.valid_until", Route("/systems/enterprises/{id}")),
    ("registry_enterprise_change.valid_until", Because("what a line was changed to; the next change says otherwise")),
    ("registry_enterprise_form_change.is_mistaken", Because("how a form was taken out: history; it is entered again")),
    ("web_session.until", Route("/sign-out")),
];

/// Tables of other domains and of the program's own bookkeeping, each with the test or rule that watches its states.
const ELSEWHERE: &[(&str, &str)] = &[
    ("db_", "the program's own: jobs end as done or failed, leases run out"),
    ("programme_", "states of work are functions of acts, each with its inverse: its tests `work` and `reporting`"),
    ("notify_", "chosen on /notices; letters are tried again or given up on /mail"),
];

fn is_state(name: &str, kind: &str) -> bool {
    kind == "boolean"
        || ["state", "until", "revoked", "disabled"].contains(&name)
        || name.ends_with("_to")
        || name.ends_with("_until")
}

async fn columns(house: &House) -> BTreeSet<String> {
    #[derive(db::FromQueryResult)]
    struct Row {
        place: String,
        name: String,
        kind: String,
    }
    let sql = if house.test.is_postgres() {
        "SELECT table_name AS place, column_name AS name, data_type AS kind FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT m.name AS place, p.name AS name, LOWER(p.type) AS kind FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
    };
    let rows: Vec<Row> = house.app.db().read().all(sql, vec![]).await.unwrap();
    let states = rows.into_iter().filter(|row| is_state(&row.name, &row.kind));
    states.map(|row| format!("{}.{}", row.place, row.name)).collect()
}

/// The program's own text, with statements that run over lines put back into one.
fn sources() -> String {
    fn read(folder: &std::path::Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                read(&entry, out);
            } else if entry.extension().is_some_and(|end| end == "rs") {
                out.push_str(&std::fs::read_to_string(entry).unwrap());
            }
        }
    }
    let mut out = String::new();
    for one in ["directory", "registry", "webkit"] {
        read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(one).join("src"), &mut out);
    }
    regex::Regex::new(r"\\\n\s*").unwrap().replace_all(&out, "").into_owned()
}

fn writes(sources: &str, column: &str) -> bool {
    let (table, name) = column.split_once('.').unwrap();
    let update = format!(r#"UPDATE {table} SET [^"]*\b{name} = "#);
    let insert = format!(r"INSERT INTO {table} \([^)]*(\b{name}\b|\{{COLUMNS\}})");
    let fits = |pattern: &str| regex::Regex::new(pattern).unwrap().is_match(sources);
    let names = sources.contains(&format!("{name},")) || sources.contains(&format!(", {name}"));
    fits(&update) || (fits(&insert) && names) || is_of_row(sources, table, name)
}

/// Whether it is a field of the struct that is the table's row, which is written whole (`db::Row`).
fn is_of_row(sources: &str, table: &str, name: &str) -> bool {
    let row = format!(r#"(?s)#\[row\(table = "{table}".*?\n\}}"#);
    let row = regex::Regex::new(&row).unwrap().find(sources);
    row.is_some_and(|row| row.as_str().contains(&format!("pub {name}: ")))
}

/// Columns that lock or open: written once at birth is not enough for these.
const MUST_CHANGE: [&str; 4] =
    ["directory_account.disabled", "directory_token.revoked", "directory_invitation.state", "directory_post.valid_to"];

#[tokio::test]
async fn every_state_has_a_writer_and_a_verb_that_undoes_it() {
    let house = House::empty().await;
    let found = columns(&house).await;
    let own = |column: &&String| !ELSEWHERE.iter().any(|(prefix, _)| column.starts_with(prefix));
    let known: BTreeSet<String> = VERBS.iter().map(|(column, _)| (*column).to_owned()).collect();
    let lacking: Vec<_> = found.iter().filter(own).filter(|column| !known.contains(*column)).collect();
    assert_eq!(lacking, Vec::<&String>::new(), "say what undoes them");
    let gone: Vec<_> = known.iter().filter(|column| !found.contains(*column)).collect();
    assert_eq!(gone, Vec::<&String>::new(), "no such columns");
    let routes: Vec<&str> =
        house.app.modules().iter().flat_map(|module| (module.routes)()).map(|route| route.path).collect();
    let sources = sources();
    for (column, undone) in VERBS {
        assert!(writes(&sources, column), "{column} is read and never written");
        match undone {
            Route(path) => assert!(routes.contains(path), "{column}: {path}"),
            Because(reason) => assert!(reason.len() > 10, "{column}"),
        }
    }
    for column in MUST_CHANGE {
        let (table, name) = column.split_once('.').unwrap();
        let update = regex::Regex::new(&format!(r#"UPDATE {table} SET [^"]*\b{name} = "#)).unwrap();
        assert!(update.is_match(&sources), "{column} never changes");
    }
    assert!(has_command("account open") && has_command("token revoke") && has_command("unit mend"));
}

fn has_command(words: &str) -> bool {
    let root = <dinh::cli::Cli as clap::CommandFactory>::command();
    let found = words.split(' ').try_fold(&root, |at, word| at.find_subcommand(word));
    found.is_some()
}
