//! The port through which the guard asks who somebody is.

use std::collections::HashMap;

use async_trait::async_trait;
use kernel::{AccountId, Actor, Ctx, Problem};

use crate::Known;

/// Finds who stands behind a session or a token; `directory` answers.
#[async_trait]
pub trait Identity: Send + Sync + std::fmt::Debug {
    /// The person with today's posts; none when the account is closed or its sessions were ended (`epoch`).
    async fn person(&self, ctx: &Ctx, account: AccountId, epoch: i64) -> Result<Option<Actor>, Problem>;
    async fn token(&self, ctx: &Ctx, secret: &str) -> Result<Option<Actor>, Problem>;
    /// Name and unit as shown at the top of pages.
    async fn display_name(&self, actor: &Actor) -> Result<(String, String), Problem>;
    /// Who stands behind each of these marks (persons, accounts, tokens), as far as it is known; asked once a page.
    async fn people(&self, marks: &[String]) -> Result<HashMap<String, Known>, Problem>;
    /// What this reader should know of the house on every page until it is mended, each as a problem with its sentence.
    async fn warnings(&self, _ctx: &Ctx) -> Result<Vec<Problem>, Problem> {
        Ok(vec![])
    }
    /// The name of the installation's province.
    async fn installation_name(&self) -> Result<String, Problem>;
}
