//! Columns as what they mean: ids, days, codes, masked words, and not the text or number that holds them.

use jiff::civil::Date;
use kernel::{Code, ColumnType, Id, ids::StaticType};
use sea_orm::{QueryResult, TryGetable, Value};
use uuid::Uuid;

use crate::{DbError, Words};

/// What a column of a table holds.
pub trait Column: Sized {
    /// What the lake calls it.
    const FACT: ColumnType;
    /// As it is bound.
    fn value(&self) -> Value;
    /// Nothing of this kind.
    fn null() -> Value;
    /// As it is read; none where nothing is there.
    ///
    /// # Errors
    /// Where something else stands there.
    fn read(row: &QueryResult, column: &str) -> Result<Option<Self>, DbError>;
}

impl<T: Column> Column for Option<T> {
    const FACT: ColumnType = T::FACT;

    fn value(&self) -> Value {
        self.as_ref().map_or_else(T::null, T::value)
    }

    fn null() -> Value {
        T::null()
    }

    fn read(row: &QueryResult, column: &str) -> Result<Option<Self>, DbError> {
        T::read(row, column).map(Some)
    }
}

/// What the driver knows by itself.
macro_rules! plain {
    ($($plain:ty: $fact:ident),*) => {$(
        impl Column for $plain {
            const FACT: ColumnType = ColumnType::$fact;

            fn value(&self) -> Value {
                self.clone().into()
            }

            fn null() -> Value {
                None::<Self>.into()
            }

            fn read(row: &QueryResult, column: &str) -> Result<Option<Self>, DbError> {
                Ok(row.try_get("", column)?)
            }
        }
    )*};
}
plain!(i64: Integer, bool: Boolean, String: Text, Uuid: Identifier, Words: Text);

/// What is kept as something that the driver knows.
fn kept<S: TryGetable + std::fmt::Debug, T>(
    row: &QueryResult,
    column: &str,
    meant: impl FnOnce(&S) -> Option<T>,
) -> Result<Option<T>, DbError> {
    let stored: Option<S> = row.try_get("", column)?;
    let Some(stored) = stored else { return Ok(None) };
    meant(&stored).map(Some).ok_or_else(|| DbError::Other(format!("{stored:?} is none of those")))
}

impl<K: StaticType> Column for Id<K> {
    const FACT: ColumnType = ColumnType::Id(K::TYPE);

    fn value(&self) -> Value {
        self.uuid().into()
    }

    fn null() -> Value {
        None::<Uuid>.into()
    }

    fn read(row: &QueryResult, column: &str) -> Result<Option<Self>, DbError> {
        kept(row, column, |id: &Uuid| Some(Self::from_uuid(*id)))
    }
}

impl Column for Date {
    const FACT: ColumnType = ColumnType::Day;

    fn value(&self) -> Value {
        self.to_string().into()
    }

    fn null() -> Value {
        None::<String>.into()
    }

    fn read(row: &QueryResult, column: &str) -> Result<Option<Self>, DbError> {
        kept(row, column, |day: &String| day.parse().ok())
    }
}

/// The code that a column holds.
///
/// # Errors
/// Where it is none of this set.
pub fn read_code<C: Code>(row: &QueryResult, column: &str) -> Result<Option<C>, DbError> {
    kept(row, column, |code: &String| C::parse(code))
}

/// A column of a row of a table: what is wrong with it is said with the table, the column and the row's id.
///
/// # Errors
/// Where it holds nothing, or something else than it should.
pub fn read_column<T: Column>(row: &QueryResult, prefix: &str, table: &str, column: &str) -> Result<T, sea_orm::DbErr> {
    let wrong = |what: String| {
        let id: Option<Uuid> = row.try_get(prefix, "id").ok();
        let id = id.map(|id| format!(" of {id}")).unwrap_or_default();
        sea_orm::DbErr::Type(format!("{table}.{column}{id}: {what}"))
    };
    // Of tens of thousands of rows each text made for a column's name counts.
    let read = if prefix.is_empty() { T::read(row, column) } else { T::read(row, &format!("{prefix}{column}")) };
    match read {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(wrong("nothing is there".into())),
        Err(error) => Err(wrong(error.to_string())),
    }
}
