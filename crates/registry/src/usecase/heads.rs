//! What bodies call the columns of their sheets, where no word of the program's own is in it.

use db::{Entry, Reader, Row as _, vals};
use kernel::{Ctx, Held, Problem, Resource, UnitId, text::fold};
use serde_json::json;
use webkit::{Core, Field, Record as _};

use super::relate::COLUMNS;
use crate::model::{Head, HeadId, HeadInput, System};

/// The heads of the bodies of the actor's posts: their field is known by these words too.
pub async fn called(core: &Core, ctx: &Ctx) -> Result<Vec<(String, String)>, Problem> {
    let conn = core.db().read();
    let mut out = Vec::new();
    for post in ctx.actor.posts() {
        let heads = Head::find(&conn, "WHERE unit_id = $1 ORDER BY id", vals![post.unit.uuid()]).await?;
        out.extend(heads.into_iter().map(|one| (one.head, one.field)));
    }
    Ok(out)
}

/// The remembered heads within the actor's reach.
pub async fn heads(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<Head>, Problem> {
    let reach = core.authorizer().reach(ctx, Held::Any);
    let all = Head::find(conn, "ORDER BY unit_id, head, id", vals![]).await?;
    let units = reach.subtree_today();
    Ok(all.into_iter().filter(|one| reach.everything || units.contains(&one.unit_id)).collect())
}

/// The columns that a sheet may have: the fields of a system, and its relations.
pub fn columns() -> impl Iterator<Item = &'static Field> {
    System::FIELDS.iter().chain(&COLUMNS)
}

fn may(core: &Core, ctx: &Ctx, unit: UnitId) -> Result<(), Problem> {
    core.check_today(ctx, "registry.import", Resource::kept("System", unit))
}

/// Remembers a head for a body, or forgets one.
pub async fn head(core: &Core, ctx: &Ctx, input: &HeadInput) -> Result<(), Problem> {
    if !input.remove.is_empty() {
        return forget(core, ctx, &input.remove).await;
    }
    let unit = super::ours::unit_of(core, ctx, &input.unit)?;
    may(core, ctx, unit)?;
    let new = &read(ctx, unit, &input.head, &input.field)?;
    core.db()
        .write(ctx, |tx| async move {
            new.add(&tx).await?;
            tx.ledger(Entry::new("system.head", unit).unit(unit).detail(json!({ "field": new.field })));
            Ok(())
        })
        .await
}

fn read(ctx: &Ctx, unit: UnitId, head: &str, field: &str) -> Result<Head, Problem> {
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    if fold(&head).is_empty() || head.chars().count() > 200 {
        return Err(Problem::bad_input("field-empty").field("head", "field-empty"));
    }
    let unknown = || Problem::bad_input("unknown-choice").with("text", field).field("field", "unknown-choice");
    let field = columns().find(|one| one.name == field).ok_or_else(unknown)?;
    Ok(Head { id: ctx.new_id(), unit_id: unit, head, field: field.name.to_owned() })
}

/// Remembers what the heads of a sheet mean, each with the name of its field, for the first body of the actor's posts that takes
/// sheets in: all as one act. What was remembered of such a head before goes.
pub async fn heads_say(core: &Core, ctx: &Ctx, said: &[(String, String)]) -> Result<(), Problem> {
    let mut units = ctx.actor.posts().iter().map(|post| post.unit);
    let unit = units.find(|unit| may(core, ctx, *unit).is_ok()).ok_or_else(Problem::forbidden)?;
    let rows = said.iter().map(|(head, field)| read(ctx, unit, head, field));
    let rows = &rows.collect::<Result<Vec<Head>, Problem>>()?;
    core.db()
        .write(ctx, |tx| async move {
            for row in rows {
                let same = vals![unit.uuid(), row.head.as_str()];
                Head::delete_where(&tx, "WHERE unit_id = $1 AND head = $2", same).await?;
                row.add(&tx).await?;
            }
            let fields: Vec<&str> = rows.iter().map(|row| row.field.as_str()).collect();
            tx.ledger(Entry::new("system.head", unit).unit(unit).detail(json!({ "fields": fields })));
            Ok(())
        })
        .await
}

async fn forget(core: &Core, ctx: &Ctx, text: &str) -> Result<(), Problem> {
    let id: HeadId = text.parse().map_err(|_| Problem::not_found())?;
    let there = Head::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    may(core, ctx, there.unit_id)?;
    let there = &there;
    core.db()
        .write(ctx, |tx| async move {
            if Head::delete(&tx, vec![id]).await? == 0 {
                return Err(Problem::not_found());
            }
            let detail = json!({ "field": there.field });
            tx.ledger(Entry::new("system.unhead", there.unit_id).unit(there.unit_id).detail(detail));
            Ok(())
        })
        .await
}
