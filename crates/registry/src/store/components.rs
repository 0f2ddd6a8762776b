//! Components of systems, and in which systems one is.

use db::{DbError, Reader, Row as _, Where, Writer, bearing, vals};
use derive::Columns;
use kernel::{Scope, UnitId, text::fold};
use serde::Serialize;

use crate::model::{Bill, BillId, Component, ComponentId, SystemId};

/// As many as one page shows.
pub const MOST: usize = 500;

/// A component and the system that it is in.
#[derive(Debug, Clone, Serialize, Columns, derive::Schema)]
pub struct Found {
    pub system_id: SystemId,
    pub system: String,
    pub owner_id: UnitId,
    pub name: String,
    pub version: String,
    pub purl: String,
}

/// What a list holds, row by row behind this one.
pub async fn of(
    conn: &Reader,
    bill: &Bill,
    after: Option<ComponentId>,
    limit: usize,
) -> Result<Vec<Component>, DbError> {
    let mut list = Where::default();
    let own = list.bind(bill.id.uuid());
    list.and(&format!("bill_id = {own}"));
    if let Some(after) = after {
        let after = list.bind(after.uuid());
        list.and(&format!("id > {after}"));
    }
    let limit = list.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let tail = format!("{} ORDER BY id LIMIT {limit}", list.sql());
    let rows = Component::find(conn, &tail, list.values).await?;
    Ok(rows.into_iter().map(|row| Component { system_id: bill.system_id, ..row }).collect())
}

/// Hits that are put into order: a search that has more is to be made narrower.
const ORDERED: usize = 2 * MOST;
/// Words of a name that are looked for: no name has more.
const WORDS: usize = 8;
/// Letters of the longest word at least: a third of all names have a word with this or that one.
pub const LEAST: usize = 2;

/// How words of a name begin, and behind them the beginning of a version: "log4j 2.14".
fn asked(words: &str) -> (Vec<String>, Option<String>) {
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_version = |word: &&&str| word.starts_with(|c: char| c.is_ascii_digit()) && words.len() > 1;
    let version = words.last().filter(is_version).map(|word| {
        word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+')).collect::<String>()
    });
    let names = words.len() - usize::from(version.is_some());
    let names = words.iter().take(names).flat_map(|word| fold(word).split(' ').map(str::to_owned).collect::<Vec<_>>());
    let mut each: Vec<String> = Vec::new();
    for word in names.filter(|word| !word.is_empty()) {
        if each.len() < WORDS && !each.contains(&word) {
            each.push(word);
        }
    }
    (each, version)
}

fn is_letter(word: &str) -> bool {
    word.chars().count() < LEAST
}

/// Whether single letters are all that is asked for.
pub fn is_short(words: &str) -> bool {
    let (names, _) = asked(words);
    !names.is_empty() && names.iter().all(|word| is_letter(word))
}

/// Where such a component is, among live systems of those who are in reach; one more than a page shows where there are more.
pub async fn find(conn: &Reader, reach: &Scope, words: &str) -> Result<Vec<Found>, DbError> {
    let (names, version) = asked(words);
    let (letters, names): (Vec<String>, Vec<String>) = names.into_iter().partition(|word| is_letter(word));
    let Some((bears, value)) = bearing(conn.backend(), ("registry_component", "c"), &names, 1) else {
        return Ok(vec![]);
    };
    let mut list = Where::default();
    list.bind(value);
    list.and(&bears);
    // An index would give all words that begin so, to find few among them.
    for letter in letters {
        let mark = list.bind(format!("% {letter}%"));
        list.and(&format!("' ' || c.fold LIKE {mark}"));
    }
    list.and("s.state NOT IN ('retired', 'mistaken')");
    if let Some(version) = version {
        let mark = list.bind(format!("{version}%"));
        list.and(&format!("c.version LIKE {mark}"));
    }
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(|unit| unit.uuid()));
        list.and(&format!("s.owner_id IN ({units})"));
    }
    let sql = format!(
        "SELECT f.system_id, f.system, f.owner_id, f.name, f.version, f.purl FROM \
         (SELECT c.id, c.fold, c.name, c.version, c.purl, s.id AS system_id, s.name AS system, s.name_sort, s.owner_id \
         FROM registry_component AS c JOIN registry_bill AS b ON b.id = c.bill_id \
         JOIN registry_system AS s ON s.id = b.system_id{} LIMIT {ORDERED}) AS f \
         ORDER BY f.fold, f.version, f.name_sort, f.id LIMIT {}",
        list.sql(),
        MOST + 1
    );
    conn.all(&sql, list.values).await
}

/// Takes some components of a list away; how many there were.
pub async fn take_away(conn: &Writer, bill: BillId, most: u64) -> Result<u64, DbError> {
    let some = format!("SELECT id FROM registry_component WHERE bill_id = $1 LIMIT {most}");
    conn.exec(&format!("DELETE FROM registry_component WHERE id IN ({some})"), vals![bill.uuid()]).await
}

#[derive(Columns)]
struct Stray {
    bill_id: BillId,
}

/// Lists that are no system's and of which components are there.
pub async fn strays(conn: &Reader) -> Result<Vec<BillId>, DbError> {
    let sql = "SELECT DISTINCT c.bill_id FROM registry_component AS c WHERE c.bill_id IS NOT NULL AND NOT EXISTS \
        (SELECT 1 FROM registry_bill AS b WHERE b.id = c.bill_id) ORDER BY c.bill_id";
    let rows: Vec<Stray> = conn.all(sql, vals![]).await?;
    Ok(rows.into_iter().map(|row| row.bill_id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_a_name_and_the_beginning_of_a_version() {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(asked("log4j 2.14"), (own(&["log4j"]), Some("2.14".into())));
        assert_eq!(asked("Log4j-Core"), (own(&["log4j", "core"]), None));
        assert_eq!(asked("7"), (own(&["7"]), None));
        assert_eq!(asked("openssl 3%_"), (own(&["openssl"]), Some("3".into())));
        assert_eq!(asked("  "), (vec![], None));
        assert_eq!(asked("a a A á a"), (own(&["a"]), None));
        let many: Vec<String> = (0..5_000).map(|n| format!("a{n}-")).collect();
        assert_eq!(asked(&many.concat()).0.len(), WORDS);
        assert!(is_short("a b") && is_short("c 2.1") && !is_short("c ares") && !is_short(" "));
    }
}
