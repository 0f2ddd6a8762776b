//! The port by which a domain puts what waits for a person's own word into their "Việc của tôi".

use jiff::civil::Date;

use crate::{Ctx, Problem};

/// One thing that waits for the acting person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// The locale key is `todo-<kind>`.
    pub kind: &'static str,
    pub words: String,
    pub until: Date,
    pub href: String,
}

#[async_trait::async_trait]
pub trait Waiting: Send + Sync + std::fmt::Debug {
    async fn waiting(&self, ctx: &Ctx) -> Result<Vec<Waits>, Problem>;
}
