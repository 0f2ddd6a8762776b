//! The port by which what the program keeps of one person is removed, domain by domain.

use crate::{Ctx, PersonId, Problem};

/// Somebody whose data are to be removed.
#[derive(Debug, Clone)]
pub struct Erasure {
    pub person: PersonId,
    /// The name, where nobody else in the house bears it: texts that hold it mean this person.
    pub name: Option<String>,
}

#[async_trait::async_trait]
pub trait Erasing: Send + Sync + std::fmt::Debug {
    /// Removes what the domain keeps of the person; running it again changes nothing.
    async fn erase(&self, ctx: &Ctx, erasure: &Erasure) -> Result<(), Problem>;
}
