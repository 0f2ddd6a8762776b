//! Words that people write, as they may be stored: personal numbers, telephones and mail addresses masked.
//!
//! A store that takes [`Words`] cannot be given anything else; there is no way to make them but by masking.

mod cover;
mod number;

use std::{borrow::Cow, fmt, ops::Deref};

use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable, Value, sea_query::Nullable};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

pub use cover::{identities, mask};
pub use number::may_be_citizens;

/// Trimmed text in which no personal number, telephone or mail address is left whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(mask(text.as_ref().trim()).into_owned())
    }

    /// None where nothing is written.
    pub fn some(text: impl AsRef<str>) -> Option<Self> {
        Some(Self::new(text)).filter(|words| !words.is_empty())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

impl From<&Words> for Value {
    fn from(words: &Words) -> Self {
        Self::from(words.as_str())
    }
}

impl Nullable for Words {
    fn null() -> Value {
        String::null()
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::from(words.0)
    }
}

/// What a table holds was masked when it was written.
impl TryGetable for Words {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        String::try_get_by(row, index).map(Self)
    }
}

/// Masks every text in it; keys, numbers and truths stay.
pub fn mask_json(value: &mut Json) {
    match value {
        Json::String(text) => {
            if let Cow::Owned(masked) = mask(text) {
                *text = masked;
            }
        }
        Json::Array(values) => values.iter_mut().for_each(mask_json),
        Json::Object(fields) => fields.values_mut().for_each(mask_json),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;
