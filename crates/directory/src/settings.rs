//! What an installation may set of this domain.

#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Days without a post after which an account is closed.
    pub close_after_days: u16,
}
