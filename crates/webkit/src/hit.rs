//! What the jump box shows of one thing.

use serde::Serialize;

/// One thing that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    pub text: String,
    /// What tells it from others of the same name.
    pub note: String,
    pub href: String,
}
