//! The statements that a request runs.

use std::{cell::RefCell, collections::BTreeMap};

use db::Value;

/// Tables that grow with the years of a house.
pub const LARGE: [&str; 35] = [
    "db_access",
    "db_ledger",
    "directory_account",
    "directory_person",
    "directory_post",
    "notify_notice",
    "notify_outbox",
    "programme_answer",
    "programme_contact",
    "programme_difficulty",
    "programme_duty",
    "programme_duty_body",
    "programme_entry",
    "programme_evidence",
    "programme_extension",
    "programme_helper",
    "programme_hop",
    "programme_letter",
    "programme_part",
    "programme_passage",
    "programme_passage_search",
    "programme_question",
    "programme_report",
    "programme_target",
    "programme_target_body",
    "programme_target_search",
    "programme_task",
    "programme_task_search",
    "programme_value",
    "registry_component",
    "registry_confirmation",
    "registry_relation",
    "registry_system",
    "registry_use",
    "web_refusal",
];

#[derive(Debug, Clone)]
pub struct Statement {
    pub sql: String,
    pub values: Vec<Value>,
}

thread_local! {
    // A test and all that it asks for run on one thread, other tests of this process on theirs.
    static HEARD: RefCell<Option<Vec<Statement>>> = const { RefCell::new(None) };
}

fn note(sql: &str, values: &[Value]) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.push(Statement { sql: sql.to_owned(), values: values.to_vec() });
        }
    });
}

/// What comes of an act, and the statements that were run for it.
pub async fn during<T>(act: impl Future<Output = T>) -> (T, Vec<Statement>) {
    db::hear(note);
    HEARD.set(Some(vec![]));
    let outcome = act.await;
    (outcome, HEARD.take().unwrap_or_default())
}

impl Statement {
    pub fn reads_large(&self) -> bool {
        let is_reading = ["SELECT ", "WITH "].iter().any(|verb| self.sql.starts_with(verb));
        is_reading && tables(&self.sql).values().any(|table| LARGE.contains(table))
    }
}

/// The tables of a statement by what it calls them. Its own words stand in capitals, names never do.
pub fn tables(sql: &str) -> BTreeMap<&str, &str> {
    let is_name = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
    let between = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',');
    let words: Vec<&str> = sql.split(between).filter(|word| !word.is_empty() && *word != "AS").collect();
    let mut out = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if !matches!(*word, "FROM" | "JOIN") {
            continue;
        }
        let Some(table) = words.get(at + 1).copied().filter(is_name) else { continue };
        out.insert(table, table);
        if let Some(alias) = words.get(at + 2).copied().filter(is_name) {
            out.insert(alias, table);
        }
    }
    out
}

#[test]
fn tables_are_known_by_their_names() {
    let sql = "SELECT p.id FROM programme_part p INDEXED BY x JOIN programme_task AS t ON t.id = p.task_id \
        WHERE p.plan_id IN (SELECT id FROM programme_plan WHERE state = 'live') ORDER BY p.sort_due";
    let named = tables(sql);
    assert_eq!((named["p"], named["t"]), ("programme_part", "programme_task"));
    assert!(named.contains_key("programme_plan") && !named.contains_key("x"));
    let counted = tables("SELECT COUNT(*) FROM (SELECT 1 FROM programme_part p WHERE 1 = 1 LIMIT 1001) AS counted");
    assert_eq!(counted.len(), 2, "{counted:?}");
}
