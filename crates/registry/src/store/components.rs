//! Components of systems, and in which systems one is.

use db::{DbError, Reader, Row as _, Where, Writer, bearing, vals};
use derive::Columns;
use kernel::{Scope, UnitId, text::fold};
use serde::Serialize;

use crate::model::{Component, ComponentId, SystemId};

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

/// What one system is built of, row by row behind this one.
pub async fn of(
    conn: &Reader,
    system: SystemId,
    after: Option<ComponentId>,
    limit: usize,
) -> Result<Vec<Component>, DbError> {
    let mut list = Where::default();
    let system = list.bind(system.uuid());
    list.and(&format!("system_id = {system}"));
    if let Some(after) = after {
        let after = list.bind(after.uuid());
        list.and(&format!("id > {after}"));
    }
    let limit = list.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let tail = format!("{} ORDER BY id LIMIT {limit}", list.sql());
    Component::find(conn, &tail, list.values).await
}

/// Words of a name that are looked for: no name has more.
const WORDS: usize = 8;

/// How words of a name begin, and behind them the beginning of a version: "log4j 2.14".
fn asked(words: &str) -> (Vec<String>, Option<String>) {
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_version = |word: &&&str| word.starts_with(|c: char| c.is_ascii_digit()) && words.len() > 1;
    let version = words.last().filter(is_version).map(|word| {
        word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+')).collect::<String>()
    });
    let names = words.len() - usize::from(version.is_some());
    let names = words.iter().take(names).flat_map(|word| fold(word).split(' ').map(str::to_owned).collect::<Vec<_>>());
    (names.filter(|word| !word.is_empty()).take(WORDS).collect(), version)
}

/// Where such a component is, among live systems of those who are in reach; one more than a page shows where there are more.
pub async fn find(conn: &Reader, reach: &Scope, words: &str) -> Result<Vec<Found>, DbError> {
    let (names, version) = asked(words);
    let Some((bears, value)) = bearing(conn.backend(), ("registry_component", "c"), &names, 1) else {
        return Ok(vec![]);
    };
    let mut list = Where::default();
    list.bind(value);
    list.and(&bears);
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
        "SELECT c.system_id, s.name AS system, s.owner_id, c.name, c.version, c.purl \
         FROM registry_component AS c JOIN registry_system AS s ON s.id = c.system_id{} \
         ORDER BY c.fold, c.version, s.name_sort, c.id LIMIT {}",
        list.sql(),
        MOST + 1
    );
    conn.all(&sql, list.values).await
}

/// All components of the one system are of the other from now on.
pub async fn lead(conn: &Writer, from: SystemId, to: SystemId) -> Result<u64, DbError> {
    let sql = "UPDATE registry_component SET system_id = $1 WHERE system_id = $2";
    conn.exec(sql, vals![to.uuid(), from.uuid()]).await
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
        assert_eq!(asked(&"a-".repeat(5_000)).0.len(), WORDS);
    }
}
