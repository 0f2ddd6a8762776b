//! Words about a person as a list reads them: closed until it is noted who is shown them.

use std::fmt;

use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable};
use serde::{Serialize, Serializer};

/// That a reader is shown the data of people, and that it is noted: only [`crate::Db::note_access`] says so.
#[derive(Debug)]
pub struct Shown(pub(crate) ());

/// A name, a login, an address. Who forgets to open it shows nothing.
#[derive(Clone, Default)]
pub struct Personal {
    text: String,
    is_open: bool,
}

impl Personal {
    pub fn open(&mut self, _: &Shown) {
        self.is_open = true;
    }

    /// Empty while it is closed.
    pub fn text(&self) -> &str {
        if self.is_open { &self.text } else { "" }
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal")
    }
}

/// Nothing while it is closed.
impl Serialize for Personal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.is_open.then_some(&self.text).serialize(serializer)
    }
}

impl TryGetable for Personal {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        Ok(Self { text: String::try_get_by(row, index)?, is_open: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_about_a_person_is_closed_until_it_is_noted_who_sees_it() {
        let mut name = Personal { text: "Trần Văn Thử".into(), is_open: false };
        let shown = |name: &Personal| (name.text().to_owned(), serde_json::to_value(name).unwrap());
        assert_eq!(shown(&name), (String::new(), serde_json::Value::Null));
        assert_eq!(format!("{name:?}"), "Personal", "nor does a log say it");
        name.open(&Shown(()));
        assert_eq!(shown(&name), ("Trần Văn Thử".into(), "Trần Văn Thử".into()));
        assert_eq!(format!("{name:?}"), "Personal");
    }
}
