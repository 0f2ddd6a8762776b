//! What a browser sent of a form.

use axum::http::Uri;

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

    pub fn field(&self, name: &str) -> Option<&str> {
        self.typed.iter().find(|(typed, _)| typed == name).map(|(_, text)| text.as_str())
    }
}
