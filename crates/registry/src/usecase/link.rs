//! How systems stand to each other, and which units use them.

use db::{Entry, Reader, Row as _, vals};
use kernel::{Code as _, Ctx, Problem, UnitId, code::words_key, text::fold};
use serde::Serialize;
use serde_json::json;
use webkit::{Core, Kept as _};

use crate::model::{LinkId, LinkInput, LinkKind, Relation, System, SystemId, Use};

/// What a link leads to.
enum Other {
    System(LinkKind, SystemId),
    User(UnitId),
}

/// Adds a link or takes one away. The other system's owner is not asked: it is told of what is said about it by its page.
pub async fn system_link(core: &Core, ctx: &Ctx, id: SystemId, input: &LinkInput) -> Result<(), Problem> {
    let conn = core.db().read();
    System::seen(core, ctx, &conn, id).await?.check(core, ctx)?;
    if !input.remove.is_empty() {
        let link = input.remove.parse().map_err(|_| Problem::not_found())?;
        return unlink(core, ctx, id, link).await;
    }
    let other = &other(core, ctx, &conn, input).await?;
    if matches!(other, Other::System(_, other) if *other == id) {
        return Err(Problem::bad_input("system-itself").field("other", "system-itself"));
    }
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            let detail = match *other {
                Other::System(kind, to_id) => {
                    if !tx.keep(System::TABLE, "id = $1", vals![to_id.uuid()]).await? {
                        return Err(Problem::not_found());
                    }
                    Relation { id: ctx.new_id(), from_id: id, to_id, kind }.add(&tx).await?;
                    json!({ "kind": kind.code(), "other": to_id.to_string() })
                }
                Other::User(unit_id) => {
                    Use { id: ctx.new_id(), system_id: id, unit_id }.add(&tx).await?;
                    json!({ "kind": "used_by", "other": unit_id.to_string() })
                }
            };
            tx.ledger(Entry::new("system.link", id).unit(system.owner_id).detail(detail));
            Ok(())
        })
        .await
}

async fn unlink(core: &Core, ctx: &Ctx, id: SystemId, link: LinkId) -> Result<(), Problem> {
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            let own = || vals![link.uuid(), id.uuid()];
            let gone = Relation::delete_where(&tx, "WHERE id = $1 AND from_id = $2", own()).await?
                + Use::delete_where(&tx, "WHERE id = $1 AND system_id = $2", own()).await?;
            if gone == 0 {
                return Err(Problem::not_found());
            }
            tx.ledger(Entry::new("system.unlink", id).unit(system.owner_id));
            Ok(())
        })
        .await
}

/// A link as a reader sees it: the name of the other system only where that one may be seen too.
#[derive(Serialize)]
pub struct Linked {
    id: LinkId,
    words: String,
    other: SystemId,
    name: Option<String>,
    is_own: bool,
}

/// The relations of a system, from it and to it.
pub async fn links_of(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Vec<Linked>, Problem> {
    let relations =
        Relation::find(conn, "WHERE from_id = $1 OR to_id = $1 ORDER BY kind, id", vals![id.uuid()]).await?;
    let mut out = Vec::new();
    for Relation { id: link, from_id, to_id, kind } in relations {
        let is_own = from_id == id;
        let (other, key) = if is_own { (to_id, LinkKind::KEY) } else { (from_id, "system-linked") };
        let name = System::seen(core, ctx, conn, other).await.ok().map(|system| system.name.to_string());
        out.push(Linked { id: link, words: words_key(key, kind.code()), other, name, is_own });
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
        return System::seen(core, ctx, conn, id).await.map(|system| Other::System(kind, system.id));
    }
    let called = System::find(conn, "WHERE code = $1 OR name_key = $2 LIMIT 50", vals![text, fold(text)]).await?;
    match System::all_seen(core, ctx, conn, called).await?.as_slice() {
        [one] => Ok(Other::System(kind, one.id)),
        [] => Err(refused("system-unknown").with("name", text)),
        _ => Err(refused("systems-several").with("name", text)),
    }
}
