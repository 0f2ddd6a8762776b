//! What a plan must not say.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::heard::{LARGE, tables};

/// Rows of each large table.
pub type Sizes = BTreeMap<&'static str, i64>;

/// SQLite may gather and sort as many rows for a page: where more match, it is to be told the way (`MANY` of the register).
pub const GATHERED: i64 = 1000;

/// PostgreSQL reads and sorts fewer rows than these sooner than it follows an index, and is right.
const FEW: i64 = 5000;

const SORT: &str = "USE TEMP B-TREE FOR ORDER BY";

/// How many rows a statement may sort for those that it shows.
fn most_sorted(sql: &str) -> i64 {
    let limit = sql.rsplit_once(" LIMIT ").map_or("", |(_, limit)| limit);
    let digits: String = limit.chars().take_while(char::is_ascii_digit).collect();
    let limit: i64 = digits.parse().unwrap_or(0);
    GATHERED.max(2 * limit)
}

fn sorts_a_page(sql: &str, plan: &[String]) -> bool {
    sql.contains(" LIMIT ") && plan.iter().any(|line| line == SORT)
}

/// How SQLite is asked how many rows a page is sorted from; it has no statistics that would say so.
pub fn gathered(sql: &str, plan: &[String]) -> Option<String> {
    let rows = sql.get(sql.find(" FROM ")?..sql.rfind(" ORDER BY ")?)?;
    let count = format!("SELECT COUNT(*) FROM (SELECT 1{rows} LIMIT {}) AS gathered", most_sorted(sql) + 1);
    sorts_a_page(sql, plan).then_some(count)
}

/// `sorted` rows match where the plan sorts a page.
pub fn of_sqlite(sql: &str, plan: &[String], sorted: i64) -> Vec<String> {
    let tables = tables(sql);
    let is_large = |line: &str| {
        let name = line.split(' ').nth(1).unwrap_or_default();
        LARGE.contains(tables.get(name).unwrap_or(&name))
    };
    let first = plan.iter().position(|line| line.starts_with("SCAN "));
    // What stands below is read again for each row, or before any comes.
    let outer = plan.iter().position(|line| line.contains("SUBQUERY")).unwrap_or(plan.len());
    let (is_page, is_sorted) = (sql.contains(" LIMIT "), plan.iter().any(|line| line == SORT));
    let mut faults = Vec::new();
    for (at, line) in plan.iter().enumerate().filter(|(_, line)| is_large(line)) {
        // In the order of the list it ends with the page; where no order is asked for, as soon as enough was found.
        let in_order = sql.contains(" ORDER BY ") || line.contains(" USING ");
        let ends = is_page && !is_sorted && in_order && at < outer && first == Some(at);
        if line.starts_with("SCAN ") && !ends {
            faults.push(format!("reads all: {line}"));
        }
        if line.contains(" USING AUTOMATIC ") {
            faults.push(format!("makes an index of all for one statement: {line}"));
        }
    }
    if sorts_a_page(sql, plan) && sorted > most_sorted(sql) {
        faults.push(format!("sorts more than {} rows for one page", most_sorted(sql)));
    }
    faults
}

/// Kinds of node that read everything below before they give anything.
const GATHERING: [&str; 6] = ["Aggregate", "Hash", "Materialize", "SetOp", "Sort", "WindowAgg"];

/// Rows that are wanted of a node by a limit above it.
#[derive(Clone, Copy, Default)]
struct Wanted {
    by_limit: Option<i64>,
    /// Nothing between them reads everything first.
    at_once: Option<i64>,
}

pub fn of_postgres(plan: &Json, sizes: &Sizes) -> Vec<String> {
    let mut faults = Vec::new();
    walk(&plan[0]["Plan"], Wanted::default(), sizes, &mut faults);
    faults
}

fn walk(node: &Json, wanted: Wanted, sizes: &Sizes, faults: &mut Vec<String>) {
    let word = |key: &str| node[key].as_str().unwrap_or_default();
    let (kind, table, filter) = (word("Node Type"), word("Relation Name"), word("Filter"));
    let rows = node["Plan Rows"].as_i64().unwrap_or(i64::MAX);
    if kind == "Seq Scan" && sizes.get(table).is_some_and(|size| *size >= FEW) {
        // How many rows fit what a subquery finds is a guess of the planner, on which nothing may rest.
        let is_guess = filter.contains('$');
        let ends = wanted.at_once.is_some_and(|wanted| rows / 2 >= wanted) && !is_guess;
        if !ends {
            faults.push(format!("reads all of {table} for {rows} rows"));
        }
    }
    if kind == "Sort" && rows > FEW && wanted.by_limit.is_some_and(|wanted| rows / 2 > wanted) {
        faults.push(format!("sorts {rows} rows for one page by {}", node["Sort Key"]));
    }
    let limit = (kind == "Limit").then_some(rows);
    for child in node["Plans"].as_array().into_iter().flatten() {
        let is_passed = !GATHERING.contains(&kind) && child["Parent Relationship"] != "Inner";
        let is_own = child["Parent Relationship"] != "InitPlan" && child["Parent Relationship"] != "SubPlan";
        let below = Wanted {
            by_limit: limit.or(wanted.by_limit).filter(|_| is_own),
            at_once: limit.or(wanted.at_once).filter(|_| is_passed && is_own),
        };
        walk(child, below, sizes, faults);
    }
}

const PAGE: &str = "SELECT p.id, t.text FROM programme_part p JOIN programme_task t ON t.id = p.task_id \
    WHERE p.done_on IS NULL ORDER BY p.sort_due, p.id LIMIT 51";
const COUNT: &str =
    "SELECT COUNT(*) FROM (SELECT 1 FROM programme_part p WHERE p.done_on IS NULL LIMIT 1001) AS counted";

fn lines(plan: &[&str]) -> Vec<String> {
    plan.iter().map(ToString::to_string).collect()
}

#[test]
fn what_happened_to_the_register_on_sqlite_is_seen() {
    let task = "SEARCH t USING INDEX sqlite_autoindex_programme_task_1 (id=?)";
    let by_day = lines(&["SEARCH p USING INDEX programme_part_due_on_idx (due_on<?)", task, SORT]);
    assert_eq!(of_sqlite(PAGE, &by_day, GATHERED + 1), ["sorts more than 1000 rows for one page"]);
    assert!(of_sqlite(PAGE, &by_day, GATHERED).is_empty());
    let count = "SELECT COUNT(*) FROM (SELECT 1 FROM programme_part p JOIN programme_task t ON t.id = p.task_id \
        WHERE p.done_on IS NULL LIMIT 1001) AS gathered";
    assert_eq!(gathered(PAGE, &by_day).as_deref(), Some(count));
    let in_order = lines(&["SCAN p USING INDEX programme_part_sort_due_id_idx", task]);
    assert!(of_sqlite(PAGE, &in_order, 0).is_empty());
    assert_eq!(gathered(PAGE, &in_order), None);
}

#[test]
fn what_reads_everything_on_sqlite_is_seen() {
    let board = "SELECT p.unit_id, COUNT(*) FROM programme_part p GROUP BY p.unit_id";
    let people = "SELECT p.name FROM directory_person p LEFT JOIN directory_account a ON a.person_id = p.id ORDER BY p.name_sort LIMIT 500";
    let cases: [(&str, &[&str], usize); 8] = [
        (PAGE, &["SCAN p", "SEARCH t USING INDEX x (id=?)", SORT], 1),
        (PAGE, &["SCAN p USING INDEX x", "SEARCH t USING INDEX y (id=?)", SORT], 1),
        (PAGE, &["SCAN p USING INDEX x", "CORRELATED SCALAR SUBQUERY 1", "SCAN t USING COVERING INDEX y"], 1),
        (PAGE, &["SCAN p USING INDEX x", "LIST SUBQUERY 1", "SCAN programme_plan"], 0),
        (COUNT, &["CO-ROUTINE counted", "SCAN p USING COVERING INDEX x", "SCAN counted"], 0),
        (COUNT, &["CO-ROUTINE counted", "SCAN p", "SCAN counted"], 1),
        (board, &["SCAN p USING COVERING INDEX x"], 1),
        (people, &["SCAN p USING INDEX x", "SEARCH a USING AUTOMATIC COVERING INDEX (person_id=?) LEFT-JOIN"], 1),
    ];
    for (sql, plan, count) in cases {
        let faults = of_sqlite(sql, &lines(plan), 0);
        assert_eq!(faults.len(), count, "{sql} {plan:?}: {faults:?}");
    }
}

#[test]
fn what_reads_or_sorts_everything_on_postgres_is_seen() {
    let sizes = Sizes::from([("programme_part", 30_000), ("programme_task", 1500)]);
    let scan = |table: &str, rows: i64, filter: &str| json!({ "Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": table, "Plan Rows": rows, "Filter": filter });
    let over = |kind: &str, rows: i64, plans: &[Json]| json!({ "Node Type": kind, "Parent Relationship": "Outer", "Plan Rows": rows, "Sort Key": ["p.sort_due"], "Plans": plans });
    let part = |rows| scan("programme_part", rows, "(done_on IS NULL)");
    let mut again = part(9000);
    again["Parent Relationship"] = "Inner".into();
    let cases = [
        ("all of it", part(30_000), 1),
        ("all of a small table", scan("programme_task", 1500, ""), 0),
        ("until enough is found", over("Limit", 1001, &[part(9000)]), 0),
        ("until all that fit are found", over("Limit", 90, &[part(90)]), 1),
        (
            "until enough is found of a guess",
            over("Limit", 1001, &[scan("programme_part", 9000, "(plan_id = ANY ($0))")]),
            1,
        ),
        ("counted first", over("Limit", 51, &[over("Aggregate", 346, &[part(9000)])]), 1),
        ("again for each row", over("Limit", 51, &[over("Nested Loop", 9000, &[part(9000), again])]), 1),
        ("sorted for a page", over("Limit", 51, &[over("Sort", 30_000, &[part(30_000)])]), 2),
        ("sorted for an export", over("Limit", 20_001, &[over("Sort", 30_000, &[part(30_000)])]), 1),
    ];
    for (name, plan, count) in cases {
        let faults = of_postgres(&json!([{ "Plan": plan }]), &sizes);
        assert_eq!(faults.len(), count, "{name}: {faults:?}");
    }
}
