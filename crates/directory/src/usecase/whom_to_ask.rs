//! Whom somebody asks for an account, a slip or advice: the administrators nearest above them.

use kernel::{Ctx, Problem, Role, UnitId};
use serde::Serialize;

use crate::{Directory, store};

#[derive(Debug, Clone, Serialize)]
pub struct Helper {
    pub name: String,
    pub title: String,
    pub unit: String,
}

/// Nobody for a stranger, who learns no names.
pub async fn whom_to_ask(directory: &Directory, ctx: &Ctx) -> Result<Vec<Helper>, Problem> {
    let Some(own) = ctx.actor.posts().first().map(|post| post.unit) else { return Ok(vec![]) };
    let (tree, conn, day) = (directory.tree(), directory.db().read(), ctx.today().to_string());
    let root = tree.root().map(|root| (root.id, Role::SYSTEM_ADMIN));
    let above = tree.lineage(own).into_iter().map(|unit| (unit, Role::UNIT_ADMIN));
    for (unit, role) in above.chain(root) {
        let found = store::person::named_holders(&conn, unit, role, &day).await?;
        if !found.is_empty() {
            let name = unit_name(directory, unit);
            return Ok(found
                .into_iter()
                .map(|row| Helper { name: row.name, title: row.title, unit: name.clone() })
                .collect());
        }
    }
    Ok(vec![])
}

fn unit_name(directory: &Directory, unit: UnitId) -> String {
    directory.tree().unit(unit).map(|unit| unit.name.clone()).unwrap_or_default()
}
