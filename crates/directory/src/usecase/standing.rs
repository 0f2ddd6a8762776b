//! What an installation has so far: for the page that says what comes next.

use kernel::{Ctx, Problem, Role};

use crate::{Directory, store};

#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    pub units: usize,
    /// People with an open account and a post.
    pub people: i64,
    pub system_administrators: i64,
    pub programme: i64,
    pub leaders: i64,
}

/// Numbers only; the page's own right says who sees them.
pub async fn standing(directory: &Directory, ctx: &Ctx) -> Result<Standing, Problem> {
    let (conn, day) = (directory.db().read(), ctx.today().to_string());
    let holders = async |role: Option<Role>| store::person::in_office(&conn, role, &day).await;
    Ok(Standing {
        units: directory.tree().len(),
        people: holders(None).await?,
        system_administrators: holders(Some(Role::SYSTEM_ADMIN)).await?,
        programme: holders(Some(Role::PROGRAMME)).await?,
        leaders: holders(Some(Role::LEADER)).await?,
    })
}
