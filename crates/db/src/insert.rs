//! Rows of several tables that are written together, in one go to the database.

use std::{borrow::Cow, fmt::Write as _};

use crate::{DbError, Reader, Value, Writer};

/// Values in a statement. SQLite takes 32,766; one of many rows holds the lock meanwhile.
fn most_values(conn: &Reader) -> usize {
    if conn.is_sqlite() { 1_000 } else { 30_000 }
}

/// Rows for one table.
#[derive(Debug, Clone)]
pub struct Insert {
    table: &'static str,
    columns: Cow<'static, str>,
    rows: Vec<Vec<Value>>,
    conflict: Option<&'static str>,
}

impl Insert {
    pub fn into(table: &'static str, columns: impl Into<Cow<'static, str>>) -> Self {
        Self { table, columns: columns.into(), rows: Vec::new(), conflict: None }
    }

    pub fn row(&mut self, values: Vec<Value>) {
        self.rows.push(values);
    }

    /// What happens when the row is there already.
    pub fn or(&mut self, conflict: &'static str) {
        self.conflict = Some(conflict);
    }

    /// Writes the rows in as few statements as the databases take.
    pub async fn run(mut self, conn: &Writer) -> Result<(), DbError> {
        let most = (most_values(conn) / self.rows.first().map_or(1, |row| row.len().max(1))).max(1);
        let mut rows = std::mem::take(&mut self.rows).into_iter().peekable();
        while rows.peek().is_some() {
            let part = Self { rows: rows.by_ref().take(most).collect(), ..self.clone() };
            let mut values = Vec::new();
            let sql = part.render(&mut values, conn.is_sqlite());
            conn.exec(&sql, values).await?;
        }
        Ok(())
    }

    /// The statement, its values appended to those of the statements before it. SQLite looks each `$n` up among all before it,
    /// when it reads the statement and whenever a value is bound: there values come in their order.
    fn render(self, values: &mut Vec<Value>, is_sqlite: bool) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns);
        for (at, row) in self.rows.into_iter().enumerate() {
            let first = values.len() + 1;
            sql.push_str(if at == 0 { "(" } else { ", (" });
            for n in first..first + row.len() {
                sql.push_str(if n == first { "" } else { ", " });
                let _ = if is_sqlite { sql.write_char('?') } else { write!(sql, "${n}") };
            }
            sql.push(')');
            values.extend(row);
        }
        if let Some(conflict) = self.conflict {
            let _ = write!(sql, " ON CONFLICT {conflict}");
        }
        sql
    }
}

impl Writer {
    /// Writes all of them, or none.
    pub(crate) async fn insert_all(&self, mut inserts: Vec<Insert>) -> Result<(), DbError> {
        inserts.retain(|insert| !insert.rows.is_empty());
        let count: usize = inserts.iter().flat_map(|insert| &insert.rows).map(Vec::len).sum();
        if count > most_values(self) {
            for insert in inserts {
                insert.run(self).await?;
            }
            return Ok(());
        }
        let mut values = Vec::new();
        let mut texts: Vec<String> =
            inserts.into_iter().map(|insert| insert.render(&mut values, self.is_sqlite())).collect();
        let Some(last) = texts.pop() else { return Ok(()) };
        let before = if texts.is_empty() {
            String::new()
        } else if self.is_sqlite() {
            // SQLite runs statements one after the other from one text, each with the values after those of the one before.
            texts.join("; ") + "; "
        } else {
            let with: Vec<String> = (0..).zip(texts).map(|(n, text): (usize, _)| format!("w{n} AS ({text})")).collect();
            format!("WITH {} ", with.join(", "))
        };
        self.exec_many(&format!("{before}{last}"), values).await
    }
}
