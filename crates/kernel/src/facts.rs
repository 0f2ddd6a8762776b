//! Declarations of fact tables: what a domain tells the lake, and at the same time its data dictionary.
//!
//! Facts only gain columns; a breaking change is a new table. Start with [`FactTable`].

use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Words that people write; the lake gets them masked.
    Text,
    /// A code that others gave, kept as it is.
    Identifier,
    Integer,
    /// An integer of so many decimal places.
    Scaled(u8),
    Boolean,
    Day,
    Instant,
    /// An id of a thing of this kind, written as [`crate::ids::Id`] writes it.
    Id(&'static str),
    /// One of these codes.
    Code(&'static [&'static str]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    None,
    Personal,
    Sensitive,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Something that happened once; the use case tells it.
    Event,
    /// The row of the table of the same name, at each act that touched it. Nobody tells it: the floor reads it from the
    /// row as the act leaves it, and says so when the row is gone.
    State,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// The column of the mirrored table.
    pub from: &'static str,
    pub column_type: ColumnType,
    /// What a number counts: `%`, `VND`, days.
    pub unit: Option<&'static str>,
    pub words: ColumnWords,
    pub personal: Personal,
}

/// What a column is called.
#[derive(Debug, Clone, Copy)]
pub enum ColumnWords {
    Said {
        vi: &'static str,
        en: &'static str,
    },
    /// As the form in which people fill it in: the key of its words.
    Label(&'static str),
}

impl Column {
    pub const fn new(name: &'static str, column_type: ColumnType, vi: &'static str, en: &'static str) -> Self {
        Self::of(name, column_type, ColumnWords::Said { vi, en })
    }

    /// Called as people know it from the form.
    pub const fn called(name: &'static str, column_type: ColumnType, label: &'static str) -> Self {
        Self::of(name, column_type, ColumnWords::Label(label))
    }

    const fn of(name: &'static str, column_type: ColumnType, words: ColumnWords) -> Self {
        Self { name, from: name, column_type, unit: None, words, personal: Personal::None }
    }

    /// The mirrored table calls it otherwise.
    #[must_use]
    pub const fn from(self, from: &'static str) -> Self {
        Self { from, ..self }
    }

    #[must_use]
    pub const fn unit(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    #[must_use]
    pub const fn personal(self) -> Self {
        Self { personal: Personal::Personal, ..self }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct FactTable {
    pub name: &'static str,
    pub version: u16,
    pub kind: FactKind,
    pub key: &'static [&'static str],
    pub columns: &'static [Column],
}

impl FactTable {
    /// True when `row` has no column that the declaration does not know; an unknown one is a programming error.
    pub fn accepts(&self, row: &serde_json::Map<String, serde_json::Value>) -> bool {
        row.keys().all(|name| self.columns.iter().any(|column| column.name == name))
            && self.key.iter().all(|key| row.contains_key(*key))
    }

    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The id of a thing of this kind as text.
///
/// # Errors
/// For a kind that no id can have.
pub fn id_text(kind: &'static str, id: Uuid) -> Result<String, crate::Problem> {
    let kind = DynamicType::new(kind).map_err(crate::Problem::internal)?;
    Ok(TypeSafeId::from_type_and_uuid(kind, id).to_string())
}

/// The key of the row that an id of any kind names; none where the text is no id.
pub fn id_uuid(text: &str) -> Option<Uuid> {
    text.parse::<TypeSafeId<DynamicType>>().ok().map(|id| id.uuid())
}
