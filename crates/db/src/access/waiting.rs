//! What waits to be written.

use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct Waiting {
    pub id: Uuid,
    pub at: i64,
    pub actor: String,
    pub action: &'static str,
    pub subject: String,
    pub people: i64,
}
