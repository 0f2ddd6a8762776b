//! What the databases would do for the statements of every list, for each scope and each filter, in a house of some years: no
//! list reads all of a large table for some of its rows, and none sorts everything for one page.
//!
//! What lists read is heard while their pages are asked for. An export is the register's statement with another limit.

mod explained;
pub mod heard;
mod many;
mod reporting;
mod rules;
mod words;

use programme::ids::PeriodId;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::http::StatusCode;
use kernel::PlanId;
use programme::work::model::state::StateFilter;
use regex::Regex;
use registry::model::SystemId;
use testkit::Client;

use self::{heard::during, rules::Sizes};
use crate::house::House;

/// Who looks: all of the province, the committee that issued every plan, a department that follows three and has a role in
/// one more, a commune, a department with nothing.
const PEOPLE: [&str; 5] = ["quantri", "lanhdao", "vidu", "thu", "taichinh"];

/// Views of the register beside its states and those of one body or plan.
const VIEWS: [&str; 13] = [
    "",
    "sort=plan",
    "col=contact",
    "q=dot+3",
    "q=nhiem+vu+so+12",
    "leader=L%C3%AA+Th%E1%BB%8B+M%E1%BA%ABu",
    "year=2026",
    "state=late&year=2026",
    "state=late&sort=plan",
    "sort=lead",
    "sort=-lead",
    "sort=-due",
    "state=late&sort=lead",
];

/// Views of the register of systems beside those of one body: of each filter a value of many systems and one of few.
const SYSTEMS: [&str; 26] = [
    "",
    "kind=database",
    "kind=service",
    "state=operating",
    "state=building",
    "state=mistaken",
    "hosting=own_room",
    "hosting=foreign_cloud",
    "personal_data=basic",
    "personal_data=sensitive",
    "criticality=critical",
    "ai_potential=high",
    "ipv6=yes",
    "backup=proven",
    "is_public=yes",
    "is_shared=yes",
    "state_secret=yes",
    "unconfirmed=1",
    "kind=service&state=mistaken",
    "hosting=foreign_cloud&personal_data=sensitive&unconfirmed=1",
    "q=dot+3",
    "q=he+thong+so+12345",
    "q=khong+co+he+thong+nay",
    "q=dot+3&state=mistaken",
    "sort=-name",
    "sort=system-confirmed",
];

/// Of these a file is written too.
const FILES: [&str; 3] = ["state=mistaken", "q=dot+3", "unconfirmed=1"];

/// Lists that show each person something else.
const OF_A_SCOPE: [&str; 8] =
    ["/work", "/board", "/board/ranking", "/board/leaders", "/regimes", "/notices", "/people", "/people?q=vi"];

/// Lists that are the same for everybody who may see them.
const OF_ALL: [&str; 19] = [
    "/plans",
    "/public",
    "/targets",
    "/targets?q=chi+tieu+so+12",
    "/targets?indicator=proc.full_online",
    "/search?q=dot+3",
    "/units",
    "/units?sort=unit-code",
    "/units?sort=-unit-from",
    "/aliases",
    "/administration",
    "/ledger",
    "/ledger?before=1005000",
    "/ledger?subject=thing_12",
    "/ledger?from=2026-01-01&to=2026-12-31",
    "/ledger?thing=unit_01k00000000000000000000000&act=duyet",
    "/ledger/access",
    "/ledger/refusals",
    "/mail",
];

/// A statement that may read all rows: some of its words, for whom it may, and why.
struct Exception {
    words: &'static str,
    people: &'static [&'static str],
    /// Only where PostgreSQL guesses how many rows there are.
    is_guess: bool,
    why: &'static str,
}

static EXCEPTIONS: [Exception; 10] = [
    Exception {
        words: "GROUP BY p.unit_id",
        people: &["quantri"],
        is_guess: false,
        why: "a board counts each part once, and is remembered until something changes",
    },
    Exception {
        words: "GROUP BY 1, 2, 3, 4",
        people: &["quantri"],
        is_guess: false,
        why: "the trail of a board, remembered with it",
    },
    Exception {
        words: "AS place FROM programme_report WHERE (NOT consolidated)",
        people: &["quantri", "vidu"],
        is_guess: false,
        why: "a ranking counts every report that was owed; the department is owed them all",
    },
    Exception {
        words: "FROM notify_outbox GROUP BY state",
        people: &["quantri"],
        is_guess: false,
        why: "how many letters are in which state; those that were sent are purged",
    },
    Exception {
        words: "(fold LIKE ",
        people: &["quantri", "lanhdao", "vidu"],
        is_guess: false,
        why: "words stand anywhere in a text, for who sees most rows: a page walks the order, few or none are found by reading all",
    },
    Exception {
        words: "AS unplaced FROM registry_system WHERE",
        people: &["quantri"],
        is_guess: false,
        why: "the yearly round counts each system once, for who sees all of them",
    },
    Exception {
        words: "SELECT DISTINCT owner_id FROM registry_system",
        people: &PEOPLE,
        is_guess: false,
        why: "who owns systems at all: one walk along the index of owners, for the page of frozen lists",
    },
    Exception {
        words: "FROM (SELECT 1 FROM programme_part",
        people: &["lanhdao", "vidu", "thu", "taichinh"],
        is_guess: true,
        why: "still to be mended: rows of `= ANY(ARRAY(..))` are guessed to be ten, so counting a scope begins at the table",
    },
    Exception {
        words: "(confirmed_on IS NULL OR confirmed_on < SUBSTR(",
        people: &["quantri"],
        is_guess: true,
        why: "a part of a file is 2,001 of the 5,300 systems that wait: PostgreSQL sorts them rather than walk a table with room for updates",
    },
    Exception {
        words: "LIMIT 1001) AS counted",
        people: &["lanhdao", "vidu", "thu"],
        is_guess: true,
        why: "a count ends at 1,001 rows; of a third of a table and more PostgreSQL finds these soonest by walking it",
    },
];

fn exception(login: &str, sql: &str) -> Option<&'static Exception> {
    EXCEPTIONS.iter().find(|exception| exception.people.contains(&login) && sql.contains(exception.words))
}

#[derive(Default)]
struct Found {
    /// What is wrong with which statement, and who runs it where.
    faults: BTreeMap<String, BTreeSet<String>>,
    /// What was said of a statement with its values.
    known: HashMap<String, Vec<String>>,
    needed: BTreeSet<&'static str>,
    asked: BTreeSet<String>,
    answered: BTreeSet<String>,
}

impl Found {
    async fn look(&mut self, house: &House, sizes: &Sizes, (login, client): (&str, &Client), path: &str) {
        let (answer, statements) = during(client.get(path)).await;
        assert!(!answer.status.is_server_error(), "{login} {path}: {} {}", answer.status, answer.body);
        self.asked.insert(path.to_owned());
        if answer.status == StatusCode::OK {
            self.answered.insert(path.to_owned());
        }
        for statement in statements.iter().filter(|statement| statement.reads_large()) {
            let key = format!("{} {:?}", statement.sql, statement.values);
            let faults = match self.known.get(&key).cloned() {
                Some(faults) => faults,
                None => explained::faults(house, statement, sizes).await,
            };
            for fault in &faults {
                if let Some(exception) = exception(login, &statement.sql) {
                    self.needed.insert(exception.words);
                    continue;
                }
                let place = format!("{fault}\n    {}", brief(&statement.sql));
                self.faults.entry(place).or_default().insert(format!("{login} {path}"));
            }
            self.known.insert(key, faults);
        }
    }
}

/// The statement without the columns that it takes, and without the number of its values.
fn brief(sql: &str) -> String {
    let rest = sql.find(" FROM ").and_then(|at| sql.get(at..)).unwrap_or(sql);
    let marks = Regex::new(r"\$\d+(, \$\d+)*").unwrap();
    format!("SELECT …{}", marks.replace_all(rest, "$$…"))
}

/// Addresses of the register: every view, and the second page of each order.
async fn register(house: &House, client: &Client) -> Vec<String> {
    let unit = house.unit("UBND xã Sông Mẫu", None);
    let plan = house.one("SELECT id FROM programme_plan WHERE blob_hash = 'many2'", vec![]).await;
    let plan = PlanId::from_uuid(plan);
    let mut views: Vec<String> = VIEWS.iter().map(ToString::to_string).collect();
    views.extend(StateFilter::ALL.iter().map(|state| format!("state={}", state.code())));
    views.extend([
        format!("lead={unit}"),
        format!("lead={unit}&state=late&sort=plan"),
        format!("helps={unit}"),
        format!("plan={plan}"),
        format!("plan={plan}&sort=plan"),
    ]);
    for order in ["", "sort=plan", "sort=lead", "sort=-due"] {
        let first = client.get(&format!("/api/v1/tasks?{order}")).await.json();
        views.extend(first["next"].as_str().map(|next| format!("{order}&after={next}")));
    }
    views.into_iter().map(|view| format!("/tasks?{view}")).collect()
}

/// Addresses of systems: every view of their register as a page, some as a file and for programs, and the second page; the row
/// beside it, and the page of a system.
async fn systems(house: &House, client: &Client) -> Vec<String> {
    let (many, few) = (house.unit("Sở Khoa học và Công nghệ", None), house.unit("UBND xã Sông Mẫu", None));
    let mut views: Vec<String> = SYSTEMS.iter().map(ToString::to_string).collect();
    for unit in [many, few] {
        views.extend(["owner", "operator", "user"].map(|filter| format!("{filter}={unit}")));
        views.extend([
            format!("owner={unit}&unconfirmed=1"),
            format!("operator={unit}&state=mistaken"),
            format!("user={unit}&kind=service"),
            format!("owner={unit}&q=dot+3"),
        ]);
    }
    let mut paths = FILES.map(|view| format!("/systems.csv?{view}")).to_vec();
    paths.extend(
        ["confirmations", "ours", "catalogue", "baselines", "enterprises"].map(|page| format!("/systems/{page}")),
    );
    paths.extend([many, few].map(|unit| format!("/systems/map?owner={unit}")));
    for view in ["", "unconfirmed=1"] {
        let page = client.get(&format!("/api/v1/systems?{view}")).await.json();
        views.extend(page["next"].as_str().map(|next| format!("{view}&after={next}")));
        let first = page["items"][0]["id"].as_str().and_then(|id| id.parse::<SystemId>().ok());
        let of_one = |id: SystemId| [format!("/systems?{view}&open={}", id.uuid()), format!("/systems/{id}")];
        paths.extend(first.into_iter().flat_map(of_one));
    }
    paths.extend(views.iter().map(|view| format!("/systems?{view}")));
    paths.extend(["log4j", "log4j+2.1", "khong+co"].map(|words| format!("/systems/components?q={words}")));
    // What programs get is the same statement.
    paths.push("/api/v1/systems?unconfirmed=1".into());
    paths
}

/// Lists that belong to one thing.
async fn of_one(house: &House) -> Vec<String> {
    let period = house.one("SELECT id FROM programme_period ORDER BY id LIMIT 1", vec![]).await;
    let plan = house.one("SELECT id FROM programme_plan WHERE blob_hash = 'many2'", vec![]).await;
    let agency = |name| format!("/agencies/{}", house.unit(name, None));
    vec![
        agency("UBND xã Sông Mẫu"),
        agency("Sở Khoa học và Công nghệ"),
        format!("/periods/{}", PeriodId::from_uuid(period)),
        format!("/plans/{}/map", PlanId::from_uuid(plan)),
    ]
}

#[tokio::test]
async fn no_list_reads_everything_or_sorts_it_for_one_page() {
    let house = House::people().await;
    many::fill(&house).await;
    let sizes = explained::sizes(&house).await;
    let mut found = Found::default();
    let people = format!("/people?unit={}", house.unit("UBND xã Sông Mẫu", None));
    for login in PEOPLE {
        let client = house.signed_in(login).await;
        let mut paths = register(&house, &client).await;
        paths.extend(systems(&house, &client).await);
        paths.extend(reporting::addresses(&house, &client).await);
        paths.extend(words::addresses(&house, &client).await);
        paths.extend(OF_A_SCOPE.iter().map(ToString::to_string));
        paths.extend(of_one(&house).await);
        if login == "quantri" {
            paths.extend(OF_ALL.iter().map(ToString::to_string));
            paths.push(people.clone());
        }
        for path in &paths {
            found.look(&house, &sizes, (login, &client), path).await;
        }
    }
    let clerk = house.signed_in("donvi").await;
    for path in ["/people", "/people?q=vi", people.as_str()] {
        found.look(&house, &sizes, ("donvi", &clerk), path).await;
    }
    assert!(found.known.len() > 100, "only {} statements were heard", found.known.len());
    let unseen: Vec<_> = found.asked.difference(&found.answered).collect();
    assert!(unseen.is_empty(), "nobody was shown {unseen:?}");
    let faults: Vec<String> = found.faults.iter().map(|(fault, places)| format!("{fault}\n    {places:?}")).collect();
    assert!(faults.is_empty(), "{} statements:\n{}", faults.len(), faults.join("\n"));
    let is_postgres = house.test.is_postgres();
    // PostgreSQL walks along no index for it, and reads no table whole either.
    let of_sqlite = "SELECT DISTINCT owner_id FROM registry_system";
    let is_here = |one: &&Exception| if is_postgres { one.words != of_sqlite } else { !one.is_guess };
    for Exception { words, why, .. } in EXCEPTIONS.iter().filter(is_here) {
        assert!(found.needed.contains(words), "nothing needs the exception “{words}” any more: {why}");
    }
}
