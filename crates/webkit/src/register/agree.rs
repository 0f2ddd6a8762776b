//! Whether a list and the policy say the same: for tests, over every register of every domain.

use async_trait::async_trait;
use kernel::{Ctx, Problem};

use super::{Listable, Register};
use crate::App;

/// A register of whatever rows.
#[async_trait]
pub trait Listed: Send + Sync {
    /// What its list shows this reader and the policy does not, or the other way round, by ids; and how many rows there are.
    async fn disagreements(&self, app: &App, ctx: &Ctx) -> Result<(Vec<String>, usize), Problem>;
}

#[async_trait]
impl<R: Listable> Listed for Register<R> {
    async fn disagreements(&self, app: &App, ctx: &Ctx) -> Result<(Vec<String>, usize), Problem> {
        let conn = app.db().read();
        let sort = &self.sorts[0];
        let all = self.rows(&conn, db::Where::default(), sort, None, 100_000, false).await?;
        let shown = self.rows(&conn, self.permitted(app, ctx, &conn), sort, None, 100_000, false).await?;
        let mut out = Vec::new();
        for keyed in &all {
            let resource = (self.resource)(&conn, &keyed.row).await?;
            let may = app.authorizer().check(ctx, self.rule.action, &resource).is_ok();
            if may != shown.iter().any(|other| other.id == keyed.id) {
                out.push(format!("{} {} of {}", keyed.id, if may { "is missing" } else { "is shown" }, self.paths[0]));
            }
        }
        Ok((out, all.len()))
    }
}
