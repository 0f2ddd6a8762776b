//! How systems stand to each other, and which units use them.

use db::{Entry, Reader, Row as _, Tx, Value, vals};
use kernel::{Code as _, Ctx, Problem, UnitId, text::fold};
use serde_json::json;
use webkit::Core;

use super::seen;
use crate::model::{LinkId, LinkInput, LinkKind, Relation, System, SystemId, Use};

/// What a link leads to.
enum Other {
    System(LinkKind, SystemId),
    User(UnitId),
}

/// Adds a link or takes one away. The other system's owner is not asked: it is told of what is said about it by its page.
pub async fn system_link(core: &Core, ctx: &Ctx, id: SystemId, input: &LinkInput) -> Result<(), Problem> {
    let conn = core.db().read();
    let system = seen(core, ctx, &conn, id).await?;
    core.authorizer().check(ctx, "registry.edit", &system.of_owner())?;
    if !input.remove.is_empty() {
        let link: LinkId = input.remove.parse().map_err(|_| Problem::not_found())?;
        return unlink(core, ctx, id, link).await;
    }
    let other = &other(core, ctx, &conn, input).await?;
    if matches!(other, Other::System(_, other) if *other == id) {
        return Err(Problem::bad_input("system-itself").field("other", "system-itself"));
    }
    core.db()
        .write(ctx, |tx| async move {
            let owner = kept_by(core, ctx, &tx, id).await?;
            let link = ctx.new_id();
            let (done, detail) = match *other {
                Other::System(kind, to_id) => {
                    let relation = Relation { id: link, from_id: id, to_id, kind };
                    (relation.insert(&tx).await, json!({ "kind": kind.code(), "other": to_id.to_string() }))
                }
                Other::User(unit_id) => {
                    let used = Use { id: link, system_id: id, unit_id };
                    (used.insert(&tx).await, json!({ "kind": "used_by", "other": unit_id.to_string() }))
                }
            };
            done.map_err(|error| error.or_taken("link-there").field("other", "link-there"))?;
            tx.ledger(Entry::new("system.link", id).unit(owner).detail(detail));
            Ok(())
        })
        .await
}

/// The owner of a system that the actor keeps, as both stay until the act is over: it may have been given away meanwhile.
async fn kept_by(core: &Core, ctx: &Ctx, tx: &Tx, id: SystemId) -> Result<UnitId, Problem> {
    let system = System::held(tx, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "registry.edit", &system.of_owner())?;
    Ok(system.owner_id)
}

async fn unlink(core: &Core, ctx: &Ctx, id: SystemId, link: LinkId) -> Result<(), Problem> {
    core.db()
        .write(ctx, |tx| async move {
            let owner = kept_by(core, ctx, &tx, id).await?;
            let own = || vals![link.uuid(), id.uuid()];
            let relations = Relation::find(&tx, "WHERE id = $1 AND from_id = $2", own()).await?;
            let uses = Use::find(&tx, "WHERE id = $1 AND system_id = $2", own()).await?;
            let gone = Relation::delete(&tx, relations.into_iter().map(|one| one.id).collect()).await?
                + Use::delete(&tx, uses.into_iter().map(|one| one.id).collect()).await?;
            if gone == 0 {
                return Err(Problem::not_found());
            }
            tx.ledger(Entry::new("system.unlink", id).unit(owner));
            Ok(())
        })
        .await
}

/// A link as a reader sees it: the name of the other system only where that one may be seen too.
pub struct Linked {
    pub relation: Relation,
    pub other: SystemId,
    pub is_own: bool,
    pub name: Option<String>,
}

/// The relations of a system, from it and to it.
pub async fn links_of(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Vec<Linked>, Problem> {
    let relations =
        Relation::find(conn, "WHERE from_id = $1 OR to_id = $1 ORDER BY kind, id", vals![id.uuid()]).await?;
    let mut out = Vec::new();
    for relation in relations {
        let is_own = relation.from_id == id;
        let other = if is_own { relation.to_id } else { relation.from_id };
        let name = seen(core, ctx, conn, other).await.ok().map(|system| system.name.to_string());
        out.push(Linked { relation, other, is_own, name });
    }
    Ok(out)
}

async fn other(core: &Core, ctx: &Ctx, conn: &Reader, input: &LinkInput) -> Result<Other, Problem> {
    let refused = |code| Problem::bad_input(code).field("other", code);
    if input.kind == "used_by" {
        let unit = core.bodies().meant(&input.other, ctx.today());
        return unit.map(Other::User).map_err(|problem| problem.field("other", "unknown-unit-field"));
    }
    let unknown_kind =
        || Problem::bad_input("unknown-choice").with("text", &input.kind).field("kind", "unknown-choice");
    let kind = LinkKind::parse(&input.kind).ok_or_else(unknown_kind)?;
    let text = input.other.trim();
    if let Ok(id) = text.parse() {
        return seen(core, ctx, conn, id).await.map(|system| Other::System(kind, system.id));
    }
    let values: Vec<Value> = vals![text, fold(text)];
    let mut found = Vec::new();
    for one in System::find(conn, "WHERE code = $1 OR name_key = $2 LIMIT 50", values).await? {
        if core.authorizer().check(ctx, "registry.read", &one.resource(conn).await?).is_ok() {
            found.push(one.id);
        }
    }
    match found.as_slice() {
        [one] => Ok(Other::System(kind, *one)),
        [] => Err(refused("system-unknown").with("name", text)),
        _ => Err(refused("systems-several").with("name", text)),
    }
}
