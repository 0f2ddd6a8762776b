//! Rows that are written together: on PostgreSQL several tables in one statement, which saves round trips.

use std::fmt::Write as _;

use crate::{Conn, DbError, Value};

/// Rows for one table.
#[derive(Debug)]
pub(crate) struct Insert {
    table: &'static str,
    columns: &'static str,
    rows: Vec<Vec<Value>>,
    conflict: Option<&'static str>,
}

impl Insert {
    pub fn into(table: &'static str, columns: &'static str) -> Self {
        Self { table, columns, rows: Vec::new(), conflict: None }
    }

    pub fn row(&mut self, values: Vec<Value>) {
        self.rows.push(values);
    }

    /// What happens when the row is there already.
    pub fn or(&mut self, conflict: &'static str) {
        self.conflict = Some(conflict);
    }

    /// The statement, its values appended to those of the statements before it.
    fn render(self, values: &mut Vec<Value>) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns);
        for (at, row) in self.rows.into_iter().enumerate() {
            let first = values.len() + 1;
            let marks: Vec<String> = (first..first + row.len()).map(|n| format!("${n}")).collect();
            let _ = write!(sql, "{}({})", if at == 0 { "" } else { ", " }, marks.join(", "));
            values.extend(row);
        }
        if let Some(conflict) = self.conflict {
            let _ = write!(sql, " ON CONFLICT {conflict}");
        }
        sql
    }
}

impl Conn {
    /// Writes all of them, or none.
    pub(crate) async fn insert_all(&self, mut inserts: Vec<Insert>) -> Result<(), DbError> {
        inserts.retain(|insert| !insert.rows.is_empty());
        let too_many =
            inserts.iter().map(|insert| insert.rows.iter().map(Vec::len).sum::<usize>()).sum::<usize>() > 60_000;
        if self.is_sqlite() || too_many {
            for insert in inserts {
                let mut values = Vec::new();
                let sql = insert.render(&mut values);
                self.exec(&sql, values).await?;
            }
            return Ok(());
        }
        let Some(last) = inserts.pop() else { return Ok(()) };
        let mut values = Vec::new();
        let with: Vec<String> = (0..)
            .zip(inserts)
            .map(|(n, insert): (usize, _)| format!("w{n} AS ({})", insert.render(&mut values)))
            .collect();
        let last = last.render(&mut values);
        let sql = if with.is_empty() { last } else { format!("WITH {} {last}", with.join(", ")) };
        self.exec(&sql, values).await?;
        Ok(())
    }
}
