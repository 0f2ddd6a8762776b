//! What a figure opens: each system or enterprise that could count, with why it does or does not.

use db::{DbError, Reader, Where, Words};
use derive::{Columns, Schema};
use jiff::civil::Date;
use kernel::UnitId;
use serde::Serialize;

use crate::model::{
    SystemId, SystemKind, SystemState,
    enterprise::EnterpriseId,
    figures::{Definition, Rows},
};

/// A system behind a figure, or an enterprise.
#[derive(Debug, Clone, Serialize, Columns, Schema)]
#[schema(as = FigureLine)]
pub struct Line {
    pub system_id: Option<SystemId>,
    pub enterprise_id: Option<EnterpriseId>,
    pub unit_id: UnitId,
    pub name: Words,
    /// None of an enterprise.
    pub kind: Option<SystemKind>,
    pub state: Option<SystemState>,
    /// 1 where it counts.
    pub numerator: i64,
    /// 1 where it is in the whole.
    pub denominator: i64,
    pub why: String,
}

impl Line {
    /// Its page.
    pub fn href(&self) -> Option<String> {
        let system = self.system_id.map(|id| format!("/systems/{id}"));
        system.or_else(|| self.enterprise_id.map(|id| format!("/systems/enterprises/{id}")))
    }
}

/// What a line says of its row, and where that row stands.
fn named(rows: Rows) -> (&'static str, &'static str) {
    match rows {
        Rows::Systems => {
            ("found.system_id, CAST(NULL AS UUID) AS enterprise_id, named.kind, named.state", "registry_system")
        }
        Rows::Enterprises => (
            "CAST(NULL AS UUID) AS system_id, found.system_id AS enterprise_id, CAST(NULL AS TEXT) AS kind, \
             CAST(NULL AS TEXT) AS state",
            "registry_enterprise",
        ),
    }
}

/// How many systems have one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Columns)]
pub struct Reason {
    pub why: String,
    pub numerator: i64,
    pub denominator: i64,
    pub systems: i64,
}

/// What is asked: a part on a day, of these owners (none: of all), for one reason.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub of: &'a Definition,
    pub part: &'a str,
    pub day: Date,
    pub owners: Option<&'a [UnitId]>,
    pub why: Option<&'a str>,
}

impl Asked<'_> {
    fn list(&self) -> Where {
        let mut list = Where::default();
        // The first value is the day, which the text of the figure reads.
        list.bind(self.day.to_string());
        let part = list.bind(self.part);
        list.and(&format!("found.part = {part}"));
        if let Some(owners) = self.owners {
            let owners = list.list(owners.iter().map(|unit| unit.uuid()));
            list.and(&format!("found.unit_id IN ({owners})"));
        }
        list
    }
}

/// What is counted first, then what is in the whole, then what is left out; by name.
pub async fn lines(conn: &Reader, asked: &Asked<'_>, limit: i64) -> Result<Vec<Line>, DbError> {
    let mut list = asked.list();
    if let Some(why) = asked.why {
        let why = list.bind(why);
        list.and(&format!("found.why = {why}"));
    }
    let (limit, (says, table)) = (list.bind(limit), named(asked.of.rows));
    let sql = format!(
        "SELECT {says}, found.unit_id, named.name, found.why, CAST($1 AS TEXT) AS on_day, \
         CAST(found.numerator AS BIGINT) AS numerator, CAST(found.denominator AS BIGINT) AS denominator \
         FROM ({}) AS found JOIN {table} AS named ON named.id = found.system_id{} \
         ORDER BY found.denominator DESC, found.numerator DESC, found.why, named.name_sort, found.system_id LIMIT {limit}",
        asked.of.sql,
        list.sql()
    );
    conn.all(&sql, list.values).await
}

pub async fn reasons(conn: &Reader, asked: &Asked<'_>) -> Result<Vec<Reason>, DbError> {
    let list = asked.list();
    let sql = format!(
        "SELECT found.why, CAST($1 AS TEXT) AS on_day, CAST(MAX(found.numerator) AS BIGINT) AS numerator, \
         CAST(MAX(found.denominator) AS BIGINT) AS denominator, COUNT(*) AS systems FROM ({}) AS found{} \
         GROUP BY found.why ORDER BY MAX(found.denominator) DESC, MAX(found.numerator) DESC, found.why",
        asked.of.sql,
        list.sql()
    );
    conn.all(&sql, list.values).await
}
