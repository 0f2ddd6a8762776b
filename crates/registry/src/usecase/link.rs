//! How systems stand to each other, and which units use them.

use db::{Entry, Reader, Row as _, vals};
use derive::Schema;
use kernel::{Code as _, Ctx, Problem, ProblemKind, UnitId, code::words_key, text::fold};
use serde::Serialize;
use serde_json::{Value as Json, json};
use webkit::{Core, Kept as _};

use crate::model::{LinkId, LinkInput, LinkKind, MAP, Relation, System, SystemId, SystemKind, Use};

/// The kind of a link to a unit.
pub const USED_BY: &str = "used_by";

/// The kind of a link to who or what provides its place: a provider, a cloud, a data centre.
pub const PROVIDED_BY: &str = "provided_by";
/// What is taken away of such a link.
const PROVIDER: &str = "provider";

/// What is asked for: a link to another system, one of a unit that uses this one, or one taken away.
enum Asked {
    System(LinkKind, SystemId),
    User(UnitId),
    Provider(Option<SystemId>),
    Away(LinkId),
}

/// Adds a link or takes one away. The other system's owner is not asked: it is told of what is said about it by its page.
pub async fn system_link(core: &Core, ctx: &Ctx, id: SystemId, input: &LinkInput) -> Result<(), Problem> {
    let conn = core.db().read();
    System::seen(core, ctx, &conn, id).await?.check(core, ctx)?;
    let asked = &asked(core, ctx, &conn, input).await?;
    if matches!(asked, Asked::System(_, other) | Asked::Provider(Some(other)) if *other == id) {
        return Err(Problem::bad_input("system-itself").field("other", "system-itself"));
    }
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            if !matches!(asked, Asked::Away(_) | Asked::Provider(None)) {
                system.check_open()?;
            }
            if let Asked::System(_, other) | Asked::Provider(Some(other)) = *asked {
                if !tx.keep(System::TABLE, "id = $1", vals![other.uuid()]).await? {
                    return Err(Problem::not_found());
                }
                System::get(&tx, other).await?.ok_or_else(Problem::not_found)?.check_open()?;
            }
            let (act, detail) = match *asked {
                Asked::System(kind, to_id) => {
                    Relation { id: ctx.new_id(), from_id: id, to_id, kind }.add(&tx).await?;
                    ("system.link", json!({ "kind": kind.code(), "other": to_id.to_string() }))
                }
                Asked::User(unit_id) => {
                    Use { id: ctx.new_id(), system_id: id, unit_id }.add(&tx).await?;
                    ("system.link", json!({ "kind": USED_BY, "other": unit_id.to_string() }))
                }
                Asked::Provider(provider_id) => {
                    if system.provider_id == provider_id {
                        return Err(Problem::new(ProblemKind::Conflict, "link-there").field("other", "link-there"));
                    }
                    System { provider_id, ..system.clone() }.keep(&tx).await?;
                    let other = provider_id.map(|other| other.to_string());
                    let act = if other.is_some() { "system.link" } else { "system.unlink" };
                    (act, json!({ "kind": PROVIDED_BY, "other": other }))
                }
                Asked::Away(link) => {
                    let own = || vals![link.uuid(), id.uuid()];
                    let gone = Relation::delete_where(&tx, "WHERE id = $1 AND from_id = $2", own()).await?
                        + Use::delete_where(&tx, "WHERE id = $1 AND system_id = $2", own()).await?;
                    if gone == 0 {
                        return Err(Problem::not_found());
                    }
                    ("system.unlink", Json::Null)
                }
            };
            tx.ledger(Entry::new(act, id).unit(system.owner_id).detail(detail));
            Ok(())
        })
        .await
}

/// A link as a reader sees it: which system the other is only where that one may be seen too.
#[derive(Serialize, Schema)]
pub struct Linked {
    id: LinkId,
    /// `used_by` of a unit.
    kind: String,
    /// The same in words.
    words: String,
    /// The other system, where that one may be seen too; or the unit.
    other: Option<String>,
    name: Option<String>,
    /// False where the other says it of this one.
    is_own: bool,
}

/// Who uses a system, for whoever sees it; how it stands to others, from it and to it, for who must know.
pub async fn links_of(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Vec<Linked>, Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    let linked = |id, (key, kind): (&str, &str), other: Option<String>, name, is_own| {
        let words = core.locales().text(ctx.lang, &words_key(key, kind), &[]);
        Linked { id, kind: kind.to_owned(), words, other, name, is_own }
    };
    let own = || vals![id.uuid()];
    let mut out = Vec::new();
    let may_know = core.check_today(ctx, MAP.action, system.network()).is_ok();
    let related = if may_know { related(core, ctx, conn, id).await? } else { vec![] };
    for one in related {
        let key = if one.is_own { LinkKind::KEY } else { "system-linked" };
        let (other, name) = one.other.map(|system| (system.id.to_string(), system.name.to_string())).unzip();
        out.push(linked(one.id, (key, one.kind.code()), other, name, one.is_own));
    }
    for Use { id, unit_id, .. } in Use::find(conn, "WHERE system_id = $1 ORDER BY id", own()).await? {
        let name = core.bodies().body(unit_id).map(|body| body.name).unwrap_or_default();
        out.push(linked(id, (LinkKind::KEY, USED_BY), Some(unit_id.to_string()), Some(name), true));
    }
    Ok(out)
}

/// A relation from one end: the other system where it may be seen.
struct Related {
    id: LinkId,
    kind: LinkKind,
    other: Option<System>,
    is_own: bool,
}

async fn related(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<Vec<Related>, Problem> {
    let own = || vals![id.uuid()];
    let others = "WHERE id IN (SELECT to_id FROM registry_relation WHERE from_id = $1 \
        UNION SELECT from_id FROM registry_relation WHERE to_id = $1)";
    let seen = System::all_seen(core, ctx, conn, System::find(conn, others, own()).await?).await?;
    let all = Relation::find(conn, "WHERE from_id = $1 OR to_id = $1 ORDER BY kind, id", own()).await?;
    let one = |Relation { id: link, from_id, to_id, kind }: Relation| {
        let is_own = from_id == id;
        let other = if is_own { to_id } else { from_id };
        Related { id: link, kind, other: seen.iter().find(|system| system.id == other).cloned(), is_own }
    };
    Ok(all.into_iter().map(one).collect())
}

async fn asked(core: &Core, ctx: &Ctx, conn: &Reader, input: &LinkInput) -> Result<Asked, Problem> {
    if input.remove == PROVIDER {
        return Ok(Asked::Provider(None));
    }
    if !input.remove.is_empty() {
        return input.remove.parse().map(Asked::Away).map_err(|_| Problem::not_found());
    }
    let refused = |code| Problem::bad_input(code).field("other", code);
    if input.kind == USED_BY {
        let unit = core.bodies().meant(&input.other, ctx.today());
        return unit.map(Asked::User).map_err(|problem| problem.field("other", "unknown-unit-field"));
    }
    if input.kind == PROVIDED_BY {
        let provider = named(core, ctx, conn, &input.other, true).await?;
        if !provider.kind.is_providing() {
            return Err(refused("system-provides-nothing").with("name", &*provider.name));
        }
        return Ok(Asked::Provider(Some(provider.id)));
    }
    let unknown = || Problem::bad_input("unknown-choice").with("text", &input.kind).field("kind", "unknown-choice");
    let kind = LinkKind::parse(&input.kind).ok_or_else(unknown)?;
    let other = named(core, ctx, conn, &input.other, false).await?;
    if kind == LinkKind::CoveredBy && other.kind != SystemKind::Contract {
        return Err(refused("system-no-contract").with("name", &*other.name));
    }
    Ok(Asked::System(kind, other.id))
}

/// The system that somebody means by its id, code or name, among those that they may see. What systems stand on is for
/// everybody to name.
pub async fn named(core: &Core, ctx: &Ctx, conn: &Reader, text: &str, is_provider: bool) -> Result<System, Problem> {
    let refused = |code| Problem::bad_input(code).field("other", code).with("name", text.trim());
    let text = text.trim();
    if let Ok(id) = text.parse() {
        return System::seen(core, ctx, conn, id).await;
    }
    // As many as every body has one of this name: whose it is is asked below.
    let sql = "WHERE (code = $1 OR $2 <> '' AND name_key = $2) AND state <> 'mistaken' ORDER BY id LIMIT 500";
    let called = System::find(conn, sql, vals![text, fold(text)]).await?;
    let (open, others): (Vec<_>, Vec<_>) =
        called.into_iter().partition(|system| is_provider && system.kind.is_providing());
    let mut seen = System::all_seen(core, ctx, conn, others).await?;
    seen.extend(open);
    match seen.pop() {
        None => Err(refused("system-unknown")),
        Some(_) if !seen.is_empty() => Err(refused("systems-several")),
        Some(one) => Ok(one),
    }
}

/// Another system as a reader sees it: nothing of it where they may not.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    pub id: Option<String>,
    pub name: Option<String>,
}

impl Named {
    /// The system of this id, if there is one.
    pub async fn of(core: &Core, ctx: &Ctx, conn: &Reader, id: Option<SystemId>) -> Result<Option<Self>, Problem> {
        let Some(id) = id else { return Ok(None) };
        let Some(system) = System::get(conn, id).await? else { return Ok(None) };
        let seen = System::all_seen(core, ctx, conn, vec![system]).await?.pop();
        let (id, name) = seen.map(|system| (system.id.to_string(), system.name.to_string())).unzip();
        Ok(Some(Self { id, name }))
    }
}

/// By whom or what a system stands.
pub async fn provider_of(core: &Core, ctx: &Ctx, conn: &Reader, system: &System) -> Result<Option<Named>, Problem> {
    Named::of(core, ctx, conn, system.provider_id).await
}
