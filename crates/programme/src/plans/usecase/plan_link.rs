//! Says how two plans belong together, or takes it back; each is the other's undo.

use db::Entry;
use kernel::{Ctx, PlanId, Problem};
use serde_json::json;
use webkit::Core;

use crate::plans::{
    store::{self, link::Link, plan::PlanRow},
    usecase::review::resource,
};

pub async fn plan_link(core: &Core, ctx: &Ctx, link: Link, holds: bool) -> Result<(), Problem> {
    let conn = core.db().read();
    let plan = store::plan::get(&conn, link.plan).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, link.plan).await?))?;
    let other = store::plan::get(&conn, link.other).await?.ok_or_else(Problem::not_found)?;
    // Taking a plan's place ends its work: only who steers that plan may say so.
    if holds && link.kind.ends_other() {
        core.authorizer().check(
            ctx,
            "plan.approve",
            &resource(&other, &store::role::list(&conn, link.other).await?),
        )?;
    }
    if link.plan == link.other {
        return Err(Problem::bad_input("same-plan-twice"));
    }
    let action = if holds { "plan.link" } else { "plan.unlink" };
    core.db()
        .write(ctx, |tx| async move {
            let changed =
                if holds { store::link::insert(&tx, link).await? } else { store::link::delete(&tx, link).await? };
            if !changed {
                return Err(Problem::stale());
            }
            let detail = json!({ "other": link.other.to_string(), "kind": link.kind.code() });
            tx.ledger(Entry::new(action, link.plan).detail(detail));
            Ok(())
        })
        .await
}

/// A plan that people name by its id, its number or words of its title.
pub async fn plan_named(core: &Core, words: &str) -> Result<PlanId, Problem> {
    let words = words.trim();
    if let Ok(id) = words.parse() {
        return Ok(id);
    }
    let fold = kernel::text::fold(words);
    let conn = core.db().read();
    if let Some(plan) = store::plan::numbered(&conn, words).await?.first() {
        return Ok(plan.id());
    }
    let plans = store::plan::list(&conn, None).await?;
    let titled = |plan: &&PlanRow| plan.title.as_deref().is_some_and(|title| kernel::text::fold(title).contains(&fold));
    let found = plans.iter().find(titled).filter(|_| !fold.is_empty());
    found
        .map(PlanRow::id)
        .ok_or_else(|| Problem::bad_input("unknown-plan").with("name", words).field("other", "unknown-plan"))
}

/// Live plans of which the document says that it carries them out, by number.
pub async fn cited(conn: &db::Reader, document: &plan_reader::Document) -> Result<Vec<PlanRow>, Problem> {
    let words = document.implements.iter().flat_map(|cited| cited.split(' ')).map(|word| word.trim_end_matches(','));
    let mut found: Vec<PlanRow> = Vec::new();
    for number in words.filter(|word| word.contains('/') && !word.starts_with('/')) {
        for plan in store::plan::numbered(conn, number).await? {
            if plan.state == "live" && found.iter().all(|known| known.id != plan.id) {
                found.push(plan);
            }
        }
    }
    Ok(found)
}

/// Older plans that this one may be the issued form of, or may take the place of: nearly the same title.
pub fn lookalikes<'a>(plan: &PlanRow, plans: &'a [PlanRow]) -> Vec<&'a PlanRow> {
    use crate::plans::model::alike::Words;
    let title = |plan: &PlanRow| Words::of(plan.title.as_deref().unwrap_or_default());
    let own = title(plan);
    let alike = |other: &&PlanRow| {
        other.id != plan.id && matches!(other.state.as_str(), "live" | "review") && own.alike(&title(other)) >= 80
    };
    plans.iter().filter(alike).filter(|other| other.issuer_id == plan.issuer_id).collect()
}
