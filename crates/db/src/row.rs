//! One row of one table: read, added, saved over its revision, taken away. What joins or counts stays SQL in the stores.

use std::{future::Future, pin::Pin};

use kernel::Problem;
use sea_orm::FromQueryResult;

use crate::{Column, DbError, Insert, Reader, Value, Writer, marks};

/// A row whose key is its `id`; `#[derive(derive::Row)]` writes this from a struct. A `rev` counts its changes.
pub trait Row: FromQueryResult + Send + Sync {
    type Id: Column + Send;
    const TABLE: &'static str;
    /// The columns that are read, as a list of SQL.
    const READ: &'static str;
    /// What is written: those, and what follows from them.
    const WRITTEN: &'static [&'static str];
    /// Where there may be only one of a kind: the field by which it is, if it is one, and how a second one is refused.
    const TAKEN: Option<(Option<&'static str>, &'static str)> = None;

    /// In the order of [`Self::WRITTEN`].
    fn values(&self) -> Vec<Value>;
    fn id(&self) -> Self::Id;
    /// None where the table counts no changes.
    fn revision(&self) -> Option<i64>;

    /// Rows by what follows `FROM table`: `WHERE … ORDER BY …`.
    fn find(conn: &Reader, tail: &str, values: Vec<Value>) -> impl Future<Output = Result<Vec<Self>, DbError>> + Send {
        let sql = format!("SELECT {} FROM {} {tail}", Self::READ, Self::TABLE);
        async move { conn.all(&sql, values).await }
    }

    /// The first row that is so.
    fn one(
        conn: &Reader,
        tail: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<Self>, DbError>> + Send {
        let found = Self::find(conn, tail, values);
        async move { Ok(found.await?.into_iter().next()) }
    }

    fn get(conn: &Reader, id: Self::Id) -> impl Future<Output = Result<Option<Self>, DbError>> + Send {
        Self::one(conn, "WHERE id = $1", vec![id.value()])
    }

    /// The row as it stays until the act is over.
    fn held(conn: &Writer, id: Self::Id) -> impl Future<Output = Result<Option<Self>, DbError>> + Send {
        async move {
            conn.hold(Self::TABLE, "id = $1", vec![id.value()]).await?;
            Self::get(conn, id).await
        }
    }

    fn insert(&self, conn: &Writer) -> impl Future<Output = Result<(), DbError>> + Send {
        Self::insert_all(conn, std::slice::from_ref(self))
    }

    /// In as few statements as the databases take.
    fn insert_all(conn: &Writer, rows: &[Self]) -> impl Future<Output = Result<(), DbError>> + Send {
        let mut insert = Insert::into(Self::TABLE, Self::WRITTEN.join(", "));
        for row in rows {
            insert.row(row.values());
        }
        async move { if rows.is_empty() { Ok(()) } else { insert.run(conn).await } }
    }

    /// Writes all columns over the revision that was read, or over whatever is there where none is counted; false where
    /// somebody else was first, or the row is gone.
    fn save(&self, conn: &Writer) -> impl Future<Output = Result<bool, DbError>> + Send {
        let (mut values, mut set) = (Vec::new(), Vec::new());
        for (column, value) in Self::WRITTEN.iter().zip(self.values()) {
            match *column {
                "id" => {}
                "rev" => set.push("rev = rev + 1".to_owned()),
                column => {
                    values.push(value);
                    set.push(format!("{column} = ${}", values.len()));
                }
            }
        }
        values.push(self.id().value());
        let mut sql = format!("UPDATE {} SET {} WHERE id = ${}", Self::TABLE, set.join(", "), values.len());
        if let Some(rev) = self.revision() {
            values.push(rev.into());
            sql.push_str(&format!(" AND rev = ${}", values.len()));
        }
        async move { Ok(conn.exec(&sql, values).await? == 1) }
    }

    /// [`Self::insert`], refused in words where there is one already.
    fn add(&self, conn: &Writer) -> impl Future<Output = Result<(), Problem>> + Send {
        async move { self.insert(conn).await.map_err(Self::refused) }
    }

    /// [`Self::save`], refused in words where somebody else was first, or there is one already.
    fn keep(&self, conn: &Writer) -> impl Future<Output = Result<(), Problem>> + Send {
        async move { Problem::stale_unless(self.save(conn).await.map_err(Self::refused)?) }
    }

    /// How an act on such rows is refused when the database refuses it.
    fn refused(error: DbError) -> Problem {
        match (&error, Self::TAKEN) {
            (DbError::Constraint(_), Some((Some(field), code))) => error.or_taken(code).field(field, code),
            (DbError::Constraint(_), Some((None, code))) => error.or_taken(code),
            _ => error.into(),
        }
    }

    /// Takes away what is so (`WHERE …`); how many there were.
    fn delete_where(
        conn: &Writer,
        tail: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<u64, DbError>> + Send {
        let sql = format!("DELETE FROM {} {tail}", Self::TABLE);
        async move { conn.exec(&sql, values).await }
    }

    /// How many of these rows were there.
    fn delete(conn: &Writer, ids: Vec<Self::Id>) -> impl Future<Output = Result<u64, DbError>> + Send {
        let sql = format!("DELETE FROM {} WHERE id IN ({})", Self::TABLE, marks(1, ids.len()));
        async move { if ids.is_empty() { Ok(0) } else { conn.exec(&sql, ids.iter().map(Column::value).collect()).await } }
    }
}

/// Writes anew what follows from the other columns of the row with this key.
pub(crate) type Settle =
    for<'a> fn(&'a Writer, Vec<Value>) -> Pin<Box<dyn Future<Output = Result<(), DbError>> + Send + 'a>>;

pub(crate) fn settle<R: Row + 'static>(
    conn: &Writer,
    key: Vec<Value>,
) -> Pin<Box<dyn Future<Output = Result<(), DbError>> + Send + '_>> {
    Box::pin(async move {
        let Some(row) = R::find(conn, "WHERE id = $1", key).await?.pop() else { return Ok(()) };
        let following = R::WRITTEN.iter().zip(row.values()).skip(R::READ.split(", ").count());
        let one = |((column, value), n): ((&&str, Value), i32)| (format!("{column} = ${n}"), value);
        let (set, mut values): (Vec<String>, Vec<Value>) = following.zip(1..).map(one).unzip();
        if set.is_empty() {
            return Ok(());
        }
        values.push(row.id().value());
        let sql = format!("UPDATE {} SET {} WHERE id = ${}", R::TABLE, set.join(", "), values.len());
        conn.exec(&sql, values).await.map(|_| ())
    })
}
