//! What a figure opens: each system that could count, with why it does or does not.

use db::{DbError, Reader, Where, Words};
use derive::{Columns, Schema};
use jiff::civil::Date;
use kernel::UnitId;
use serde::Serialize;

use crate::model::{SystemId, SystemKind, SystemState, figures::Definition};

/// A system behind a figure.
#[derive(Debug, Clone, Serialize, Columns, Schema)]
#[schema(as = FigureLine)]
pub struct Line {
    pub system_id: SystemId,
    pub unit_id: UnitId,
    pub name: Words,
    pub kind: SystemKind,
    pub state: SystemState,
    /// 1 where it counts.
    pub numerator: i64,
    /// 1 where it is in the whole.
    pub denominator: i64,
    pub why: String,
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
    let limit = list.bind(limit);
    let sql = format!(
        "SELECT found.system_id, found.unit_id, named.name, named.kind, named.state, found.why, CAST($1 AS TEXT) AS on_day, \
         CAST(found.numerator AS BIGINT) AS numerator, CAST(found.denominator AS BIGINT) AS denominator \
         FROM ({}) AS found JOIN registry_system AS named ON named.id = found.system_id{} \
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
