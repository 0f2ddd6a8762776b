//! Declarations of fact tables: what a domain tells the lake, and at the same time its data dictionary.
//!
//! Facts only gain columns; a breaking change is a new table. Start with [`FactTable`].

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    Integer,
    Boolean,
    Day,
    Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    None,
    Personal,
    Sensitive,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Something that happened once.
    Event,
    /// The state of a key from a moment on; the lake keeps every state.
    State,
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub column_type: ColumnType,
    pub description_vi: &'static str,
    pub description_en: &'static str,
    pub personal: Personal,
}

impl Column {
    pub const fn new(name: &'static str, column_type: ColumnType, vi: &'static str, en: &'static str) -> Self {
        Self { name, column_type, description_vi: vi, description_en: en, personal: Personal::None }
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
}
