//! The list of state-owned enterprises as it is read: each line with whether it counts today, and one of them in whole.

use std::collections::HashMap;

use db::{Reader, Row as _};
use kernel::{Ctx, Problem, Resource};
use serde::Serialize;
use webkit::{Core, Kept as _};

use super::listed::may_keep;
use crate::{
    model::{
        System, SystemId,
        enterprise::{Enterprise, EnterpriseChange, EnterpriseForm, EnterpriseFormChange, EnterpriseId, READ},
        figures::{ENTERPRISES, named},
    },
    store::{
        enterprise,
        figures::line::{Asked, Line, lines},
    },
};

/// A line, and what it is in the figure of today.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct EnterpriseTold {
    pub enterprise: Enterprise,
    pub is_counted: bool,
    /// It is in the whole.
    pub is_whole: bool,
    /// Why it counts or does not; none before it stands in the list.
    pub why: Option<String>,
}

/// All lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EnterpriseList {
    /// None where no list is approved, or none of it stands any more.
    pub numerator: Option<i64>,
    pub denominator: i64,
    /// A list is approved, and in force or over.
    pub is_listed: bool,
    pub items: Vec<EnterpriseTold>,
}

/// Everybody of the house reads it.
pub fn may_read(core: &Core, ctx: &Ctx) -> Result<(), Problem> {
    core.authorizer().check(ctx, READ.action, &Resource { kind: READ.kind, ..Resource::default() })
}

/// The list by name, with the rate that it makes today.
pub async fn listing(core: &Core, ctx: &Ctx) -> Result<EnterpriseList, Problem> {
    may_read(core, ctx)?;
    let conn = core.db().snapshot().await?;
    let of = named(ENTERPRISES).ok_or_else(|| Problem::internal("no such figure"))?;
    let asked = Asked { of, part: "all", day: ctx.today(), owners: None, why: None };
    let judged = lines(&conn, &asked, i64::MAX).await?;
    let denominator: i64 = judged.iter().map(|line| line.denominator).sum();
    let numerator = Some(judged.iter().map(|line| line.numerator).sum::<i64>()).filter(|_| denominator > 0);
    let is_listed = !judged.is_empty();
    let mut judged: HashMap<EnterpriseId, Line> =
        judged.into_iter().filter_map(|line| Some((line.enterprise_id?, line))).collect();
    let told = |enterprise: Enterprise| {
        let line = judged.remove(&enterprise.id);
        let is = |of: fn(&Line) -> i64| line.as_ref().is_some_and(|line| of(line) == 1);
        let (is_counted, is_whole) = (is(|line| line.numerator), is(|line| line.denominator));
        EnterpriseTold { enterprise, is_counted, is_whole, why: line.map(|line| line.why) }
    };
    let items = enterprise::all(&conn).await?.into_iter().map(told).collect();
    Ok(EnterpriseList { numerator, denominator, is_listed, items })
}

/// One of them, with what it signed and what was changed of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WholeEnterprise {
    pub enterprise: Enterprise,
    /// The last one signed first.
    pub forms: Vec<EnterpriseForm>,
    /// The newest first.
    pub changes: Vec<EnterpriseChange>,
    /// What was changed of its forms, the newest first.
    pub form_changes: Vec<EnterpriseFormChange>,
}

impl WholeEnterprise {
    /// Which providers its forms name, or named.
    pub fn providers(&self) -> Vec<SystemId> {
        let now = self.forms.iter().filter_map(|one| one.provider_id);
        now.chain(self.form_changes.iter().filter_map(|one| one.provider_id)).collect()
    }
}

pub async fn whole(core: &Core, ctx: &Ctx, conn: &Reader, id: EnterpriseId) -> Result<WholeEnterprise, Problem> {
    may_read(core, ctx)?;
    let enterprise = Enterprise::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    Ok(WholeEnterprise {
        forms: enterprise::forms(conn, id).await?,
        changes: enterprise::changes(conn, id).await?,
        form_changes: enterprise::form_changes(conn, id).await?,
        enterprise,
    })
}

/// The same with the providers that the actor sees. Who keeps the forms is told of every one that a form names, to say it again
/// with the rest of that.
pub async fn told(core: &Core, ctx: &Ctx, conn: &Reader, id: EnterpriseId) -> Result<WholeEnterprise, Problem> {
    let mut all = whole(core, ctx, conn, id).await?;
    let names = provider_names(core, ctx, conn, &all.providers()).await?;
    let seen = |provider: Option<SystemId>| provider.filter(|id| names.contains_key(id));
    if may_keep(core, ctx).is_err() {
        all.forms.iter_mut().for_each(|one| one.provider_id = seen(one.provider_id));
    }
    all.form_changes.iter_mut().for_each(|one| one.provider_id = seen(one.provider_id));
    Ok(all)
}

/// How the providers are called that forms name, where the actor sees them.
pub async fn provider_names(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    named: &[SystemId],
) -> Result<HashMap<SystemId, String>, Problem> {
    let mut names = HashMap::new();
    for id in named {
        if !names.contains_key(id)
            && let Ok(provider) = System::seen(core, ctx, conn, *id).await
        {
            names.insert(*id, provider.name.to_string());
        }
    }
    Ok(names)
}
