//! Labels of platforms, and those that everybody may see.

use std::collections::BTreeMap;

use db::{DbError, Reader, Row as _, Where, Words, Writer, vals};
use derive::Columns;
use jiff::civil::Date;
use kernel::{Code as _, Problem, UnitId};

use super::landscape::AT_ONCE;
use crate::model::{
    System, SystemId, SystemKind,
    label::{Label, LabelLine, requirements},
};

pub async fn of(conn: &Reader, system: SystemId) -> Result<Option<Label>, DbError> {
    Label::one(conn, "WHERE system_id = $1", vals![system.uuid()]).await
}

/// The same, as it stays until the act is over.
pub async fn held(conn: &Writer, system: SystemId) -> Result<Option<Label>, DbError> {
    conn.hold(Label::TABLE, "system_id = $1", vals![system.uuid()]).await?;
    of(conn, system).await
}

/// What one owner made public, or took back, is neither by the next one.
pub async fn given_over(conn: &Writer, system: SystemId) -> Result<(), Problem> {
    match of(conn, system).await?.filter(|row| row.published_on.is_some() || row.published_by.is_some()) {
        Some(row) => Ok(Label { published_on: None, published_by: None, ..row }.keep(conn).await?),
        None => Ok(()),
    }
}

pub async fn lines(conn: &Reader, system: SystemId) -> Result<Vec<LabelLine>, DbError> {
    LabelLine::find(conn, "WHERE system_id = $1 ORDER BY id", vals![system.uuid()]).await
}

/// Systems whose labels wait for a leader, with what is said there.
pub async fn to_publish(conn: &Reader) -> Result<Vec<(System, Vec<LabelLine>)>, DbError> {
    const WHOLE: &str = "FROM registry_label AS l WHERE l.published_on IS NULL AND l.published_by IS NULL AND (SELECT COUNT(*) \
        FROM registry_label_line AS k WHERE k.system_id = l.system_id AND k.state <> 'unsaid') >= $1";
    let asked = requirements().requirements.iter().filter(|one| one.is_required).count();
    let asked = vals![i64::try_from(asked).unwrap_or(i64::MAX)];
    let of = |tail: &str| format!("WHERE system_id IN (SELECT l.system_id {WHOLE}) ORDER BY {tail}");
    let labels = Label::find(conn, &of("system_id"), asked.clone()).await?;
    let mut said: BTreeMap<SystemId, Vec<LabelLine>> = BTreeMap::new();
    for line in LabelLine::find(conn, &of("system_id, id"), asked).await? {
        said.entry(line.system_id).or_default().push(line);
    }
    let mut out = Vec::new();
    for some in labels.chunks(AT_ONCE) {
        let mut list = Where::default();
        let keys = list.list(some.iter().map(|row| row.system_id.uuid()));
        list.and(&format!("id IN ({keys})"));
        let found = System::find(conn, &format!("{} ORDER BY id", list.sql()), list.values).await?;
        for system in found.into_iter().filter(|one| one.is_live() && one.kind.is_main() && !one.is_veiled()) {
            let lines = said.remove(&system.id).unwrap_or_default();
            if some.iter().any(|row| row.system_id == system.id && row.waits(system.state, &lines)) {
                out.push((system, lines));
            }
        }
    }
    Ok(out)
}

/// What everybody may know of a platform with a label: nothing of where it stands.
#[derive(Debug, Clone, Columns)]
pub struct Labelled {
    pub id: SystemId,
    pub name: Words,
    pub code: Option<String>,
    pub kind: SystemKind,
    pub owner_id: UnitId,
    pub published_on: Date,
}

/// By name some of them, the first `from` left out; or this one alone. Neither what is gone, nor what holds state secrets or
/// has become of another kind.
pub async fn published(
    conn: &Reader,
    only: Option<SystemId>,
    (from, most): (usize, usize),
) -> Result<Vec<Labelled>, DbError> {
    let mut list = Where::default();
    list.and("l.published_on IS NOT NULL");
    list.and("s.state NOT IN ('retired', 'mistaken') AND COALESCE(s.state_secret, 'unknown') <> 'yes'");
    let kinds = list.list(SystemKind::MAIN.iter().map(|kind| kind.code()));
    list.and(&format!("s.kind IN ({kinds})"));
    if let Some(id) = only {
        let id = list.bind(id.uuid());
        list.and(&format!("s.id = {id}"));
    }
    let [from, most] = [from, most].map(|number| list.bind(i64::try_from(number).unwrap_or(i64::MAX)));
    let sql = format!(
        "SELECT s.id AS id, s.name AS name, s.code AS code, s.kind AS kind, s.owner_id AS owner_id, \
         l.published_on AS published_on FROM registry_label AS l JOIN registry_system AS s ON s.id = l.system_id{} \
         ORDER BY s.name_sort, s.id LIMIT {most} OFFSET {from}",
        list.sql()
    );
    conn.all(&sql, list.values).await
}
