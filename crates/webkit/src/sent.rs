//! What a browser sent of a form.

use axum::http::Uri;
use db::{DbError, Reader};

/// The largest form of words, a report of many lines: what is sent can also be kept as a draft, and over an ended session.
pub const LARGEST_FORM: usize = 4 * 1024 * 1024;

/// Where it was sent to, and what it was field by field, in the order of the form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    pub action: String,
    pub typed: Vec<(String, String)>,
}

impl Sent {
    pub fn new(uri: &Uri, typed: Vec<(String, String)>) -> Self {
        Self { action: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(), typed }
    }

    /// All that stands in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let typed = self.typed.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()]);
        typed.chain([self.action.as_str()])
    }

    /// Whether it is about what was forgotten.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn is_forgotten(&self, conn: &Reader) -> Result<bool, DbError> {
        db::is_forgotten(conn, &self.texts().collect::<Vec<_>>()).await
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.typed.iter().find(|(typed, _)| typed == name).map(|(_, text)| text.as_str())
    }
}
