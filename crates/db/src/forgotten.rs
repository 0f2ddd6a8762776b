//! What was forgotten for good: its ids are noted, so that nothing is kept afterwards that bears one.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError, Weak},
};

use crate::{DbError, Reader, Value, marks};

/// A row that is always there: at it, who forgets and who keeps what is being written wait for one another.
pub(crate) const GATE: (&str, &str) = ("db_house", "name = 'installation'");

/// Signs of an id: of the key of a row, and of a thing, whose kind stands before 26 of them.
const KEY: usize = 36;
const THING: std::ops::RangeInclusive<usize> = 28..=96;
const AT_ONCE: usize = 500;

/// What an act forgot. The name of a secret is told once and noted nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    Id(String),
    Name(String),
}

impl Forgotten {
    /// Whether this text bears the id, or is the name.
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Id(id) => text.contains(id.as_str()),
            Self::Name(name) => text.trim() == name,
        }
    }
}

/// Who keeps words in the memory of this process.
pub trait Forgetting: Send + Sync {
    /// Lets go of what bears any of it.
    fn forget(&self, what: &[Forgotten]);
}

#[derive(Debug, Default)]
pub(crate) struct Listeners(Mutex<Vec<Weak<dyn Forgetting>>>);

impl Listeners {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<dyn Forgetting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn add(&self, who: Weak<dyn Forgetting>) {
        let mut all = self.lock();
        all.retain(|known| known.strong_count() > 0);
        all.push(who);
    }

    pub fn tell(&self, what: &[Forgotten]) {
        if what.is_empty() {
            return;
        }
        let all = self.lock().clone();
        for who in all.iter().filter_map(Weak::upgrade) {
            who.forget(what);
        }
    }
}

/// What may be an id in a text.
fn ids_in(text: &str) -> impl Iterator<Item = &str> {
    let things =
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| THING.contains(&word.len()));
    let keys = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-').filter(|word| word.len() == KEY);
    things.chain(keys)
}

/// Whether one of these texts bears the id of what was forgotten.
pub async fn is_forgotten(conn: &Reader, texts: &[&str]) -> Result<bool, DbError> {
    let ids: BTreeSet<&str> = texts.iter().flat_map(|text| ids_in(text)).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!("SELECT COUNT(*) FROM db_forgotten WHERE id IN ({})", marks(1, some.len()));
        if conn.count(&sql, some.iter().map(|id| Value::from(*id)).collect()).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_wherever_they_stand() {
        let (thing, key) = ("system_01h455vb4pex5vsknk084sn02q", "01890a5d-ac96-774b-bcce-b302099a8057");
        for text in [format!("/systems/{thing}/edit"), format!("item-{thing}"), format!("thay cho {thing}.")] {
            assert_eq!(ids_in(&text).collect::<Vec<_>>(), [thing], "{text}");
        }
        assert_eq!(ids_in(&format!("{{\"id\":\"{key}\"}}")).collect::<Vec<_>>(), [key]);
        assert_eq!(ids_in("Kế hoạch số 45/KH-UBND ngày 30/06/2026").count(), 0);
    }
}
