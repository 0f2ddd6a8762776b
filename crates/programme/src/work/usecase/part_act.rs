//! One act on a part. Everything that happens to a part goes through here; `part_undo` takes it back.

use crate::ids::{EntryId, PartId, TaskId};
use db::{Entry, Words};
use kernel::{Ctx, PlanId, Problem, ProblemKind, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        model::{
            hands,
            role::{Circle, PlanRole},
        },
        usecase::{behalf, meanwhile},
    },
    work::{
        model::{
            amend::{MERGED, MOVED},
            change::{Act, Fields, Found, apply, stands},
            outcome::{kind, missing},
        },
        store::{self, entry::EntryRow, part::PartRow, step::DueRow},
    },
};

/// A part as the policies see it: with who helps with its task and who has a role in its plan. Who issued the plan
/// stands beside who follows it.
pub(crate) fn resource(part: &PartRow, helpers: &[UnitId], roles: &[(UnitId, PlanRole)]) -> Resource {
    let circle = Circle::new(UnitId::from_uuid(part.follower_id), roles);
    Resource {
        kind: "Task",
        id: part.id().to_string(),
        unit: Some(part.unit()),
        followed_by: circle.followers.into_iter().chain(part.issuer_id.map(UnitId::from_uuid)).collect(),
        involved: helpers.iter().copied().chain(circle.others).collect(),
        ..Resource::default()
    }
}

/// The part, when the actor may do `action` to it; what is done in it, only while its plan is in force.
pub(crate) async fn part_for(core: &Core, ctx: &Ctx, id: PartId, action: &'static str) -> Result<PartRow, Problem> {
    let conn = core.db().read();
    let part = store::part::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, part.plan()).await?;
    let helpers = store::task::helpers(&conn, TaskId::from_uuid(part.task_id)).await?;
    core.authorizer().check(ctx, action, &resource(&part, &helpers, &roles))?;
    if action.starts_with("part.") && part.plan_state != "live" {
        return Err(Error::PlanOver.into());
    }
    if action.starts_with("part.") && matches!(part.stop_kind.as_deref(), Some(MOVED | MERGED)) {
        return Err(Error::Moved.into());
    }
    Ok(part)
}

/// How often a note is tried over what others do at the same moment.
const TRIES: usize = 5;

fn right(act: &Act) -> &'static str {
    if act.is_own() { "part.finish" } else { "part.check" }
}

/// An act that may be done to a part, and what it makes of it.
struct Ready {
    part: PartRow,
    before: Fields,
    after: Fields,
    entry: EntryRow,
}

async fn ready(core: &Core, ctx: &Ctx, id: PartId, rev: i64, act: &Act, on_behalf: bool) -> Result<Ready, Problem> {
    let part = part_for(core, ctx, id, right(act)).await?;
    if act.is_own() {
        behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    }
    let before = part.fields();
    let after = apply(&before, act, ctx.today())?;
    meanwhile::seen(&core.db().read(), ctx, &id.to_string(), (rev, part.rev), stands).await?;
    let entry = entry(core, ctx, &part, act, &before)?;
    Ok(Ready { part, before, after, entry })
}

/// Does the act over revision `rev`, to which the actor may have added since; returns the entry by which it can be undone.
/// `on_behalf`: the actor chose to act for the part's body, in which they hold no post.
pub async fn part_act(
    core: &Core,
    ctx: &Ctx,
    id: PartId,
    rev: i64,
    act: &Act,
    on_behalf: bool,
) -> Result<EntryId, Problem> {
    let ready = &ready(core, ctx, id, rev, act, on_behalf).await?;
    core.db().write(ctx, |tx| async move { put(core, ctx, &tx, ready, act).await }).await?;
    Ok(EntryId::from_uuid(ready.entry.id))
}

/// Parts that one act is done to together, each over its revision.
pub const TOGETHER: usize = 500;

/// What came of an act on many parts.
#[derive(Debug, Default)]
pub struct Together {
    pub done: Vec<PartId>,
    /// Those to which it could not be done, each with why.
    pub refused: Vec<(PartId, Problem)>,
}

/// Does the same act to many parts at once: to all that it can be done to, together or not at all, and says why not of the
/// others.
///
/// # Errors
/// Where it can be done to none: why not to the first.
pub async fn parts_act(core: &Core, ctx: &Ctx, parts: &[(PartId, i64)], act: &Act) -> Result<Together, Problem> {
    match parts.len() {
        0 => return Err(Problem::bad_input("none-chosen").field("part", "none-chosen")),
        count if count > TOGETHER => {
            return Err(Problem::bad_input("too-many-chosen").with("limit", TOGETHER).with("count", count));
        }
        _ => {}
    }
    let (mut fit, mut out) = (Vec::new(), Together::default());
    for (id, rev) in parts {
        match fitting(core, ctx, *id, *rev, act).await {
            Ok(ready) => fit.push(ready),
            Err(problem) if problem.kind == ProblemKind::Internal => return Err(problem),
            Err(problem) => out.refused.push((*id, problem)),
        }
    }
    if fit.is_empty() {
        return Err(out.refused.swap_remove(0).1);
    }
    let fit = &fit;
    core.db()
        .write(ctx, |tx| async move {
            for ready in fit {
                put(core, ctx, &tx, ready, act).await?;
            }
            Ok(())
        })
        .await?;
    out.done = fit.iter().map(|ready| ready.part.id()).collect();
    Ok(out)
}

/// The act on one of many, where nothing that is known before speaks against it.
async fn fitting(core: &Core, ctx: &Ctx, id: PartId, rev: i64, act: &Act) -> Result<Ready, Problem> {
    // Nobody says in one act for many bodies that they act for each of them.
    let ready = ready(core, ctx, id, rev, act, false).await?;
    checked(core, ctx, &core.db().read(), &ready, act).await?;
    Ok(ready)
}

/// What else an act that checks work asks for: a second person, and what proves the work.
async fn checked(core: &Core, ctx: &Ctx, conn: &db::Reader, ready: &Ready, act: &Act) -> Result<(), Problem> {
    let accept = match act {
        Act::Accept { note } => Some(note),
        _ => None,
    };
    if act.is_check(&ready.before) {
        let code = if accept.is_some() { "four-eyes-part" } else { "four-eyes-check" };
        second_person(ctx, conn, ready.part.id(), code).await?;
    }
    match accept {
        Some(note) => accepted_with_evidence(core, ctx, conn, &ready.part, note).await,
        None => Ok(()),
    }
}

/// The act, inside an open one.
async fn put(core: &Core, ctx: &Ctx, tx: &db::Tx, ready: &Ready, act: &Act) -> Result<(), Problem> {
    let Ready { part, before, after, entry } = ready;
    write(tx, part, part.rev, after).await?;
    checked(core, ctx, tx, ready, act).await?;
    let found = Found { fields: before.clone(), evidence: Some(standing(tx, part.id()).await?) };
    let found = serde_json::to_string(&found).map_err(Problem::internal)?;
    store::entry::insert(tx, &EntryRow { before: found, ..entry.clone() }).await?;
    if let Act::Due { reason, .. } = act {
        store::step::due_insert(tx, &due_row(ctx, part, after, reason)).await?;
    }
    let acted_by = entry.acted_by.map(|unit| UnitId::from_uuid(unit).to_string());
    let detail = json!({
        "percent": after.percent, "done_on": after.done_on, "due_on": after.due_on, "acted_by": acted_by, "rev": part.rev + 1,
    });
    tx.ledger(Entry::new(ledger(act.code()), part.id()).unit(part.unit()).detail(detail));
    Ok(())
}

/// Notes how far a part is. It adds and decides nothing: whatever else was done to the part meanwhile, by the same person on
/// another page or by somebody else, the note stands beside it.
pub async fn progress_note(
    core: &Core,
    ctx: &Ctx,
    id: PartId,
    percent: Option<i64>,
    text: &str,
    on_behalf: bool,
) -> Result<EntryId, Problem> {
    let act = Act::Progress { percent, text: text.to_owned() };
    for _ in 0..TRIES {
        let part = part_for(core, ctx, id, right(&act)).await?;
        match part_act(core, ctx, id, part.rev, &act, on_behalf).await {
            Err(problem) if problem.kind == ProblemKind::Stale => {}
            done => return done,
        }
    }
    Err(Problem::stale())
}

pub(crate) fn due_row(ctx: &Ctx, part: &PartRow, after: &Fields, why: &str) -> DueRow {
    DueRow {
        id: ctx.new_id::<crate::ids::Entry>().uuid(),
        part_id: part.id,
        at: ctx.now().as_microsecond(),
        old_due: part.due_on.clone(),
        new_due: after.due_on.clone(),
        why: Words::new(why),
    }
}

/// Who said that the work is done, or brought what proves it, does not check it. Asked inside the act, once it holds the
/// part.
pub(crate) async fn second_person(
    ctx: &Ctx,
    conn: &db::Reader,
    part: PartId,
    code: &'static str,
) -> Result<(), Problem> {
    let entries = store::entry::own(conn, part).await?;
    let evidence = store::evidence::list(conn, part).await?;
    let marks = entries.iter().map(|row| (row.hand.as_deref(), row.actor.as_str()));
    let mut marks = marks.chain(evidence.iter().map(|row| (row.hand.as_deref(), row.actor.as_str())));
    let is_own = marks.any(|(kept, actor)| hands::is_own(&ctx.actor, kept, actor));
    if is_own { Err(Error::FourEyes(code).into()) } else { Ok(()) }
}

/// The evidence that stands, oldest first.
pub(crate) async fn standing(conn: &db::Reader, part: PartId) -> Result<Vec<uuid::Uuid>, Problem> {
    Ok(store::evidence::list(conn, part).await?.iter().map(|row| row.id).collect())
}

pub(crate) fn entry(core: &Core, ctx: &Ctx, part: &PartRow, act: &Act, before: &Fields) -> Result<EntryRow, Problem> {
    let percent = match act {
        Act::Progress { percent, .. } => *percent,
        _ => None,
    };
    Ok(EntryRow {
        id: ctx.new_id::<crate::ids::Entry>().uuid(),
        part_id: part.id,
        kind: act.code().to_owned(),
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        hand: Some(hands::hand(&ctx.actor)),
        acted_by: behalf::acting(core, ctx, part.unit()).filter(|_| act.is_own()).map(|unit| unit.uuid()),
        percent,
        text: Words::new(act.words()),
        before: serde_json::to_string(before).map_err(Problem::internal)?,
        undone_at: None,
        change_id: None,
    })
}

/// Asked inside an act, which then keeps the plan as it is. The plan first, then its part: whoever ends a plan takes them in
/// the same order.
pub(crate) async fn in_force(tx: &db::Tx, plan: PlanId) -> Result<(), Problem> {
    if plans::store::plan::is_in_force(tx, plan).await? { Ok(()) } else { Err(Error::PlanOver.into()) }
}

/// The fields, inside an open act.
pub(crate) async fn write(tx: &db::Tx, part: &PartRow, rev: i64, after: &Fields) -> Result<(), Problem> {
    in_force(tx, part.plan()).await?;
    if store::part::fields_set(tx, part, rev, after).await? { Ok(()) } else { Err(Problem::stale()) }
}

fn ledger(code: &str) -> &'static str {
    match code {
        "progress" => "part.progress",
        "done" => "part.finish",
        "reopen" => "part.reopen",
        "pause" => "part.pause",
        "end" => "part.end",
        "resume" => "part.resume",
        "accept" => "part.accept",
        "send_back" => "part.send_back",
        _ => "part.due",
    }
}

/// Evidence that the result needs must be there, or the note must say why it is accepted without. Asked inside the act,
/// once it holds the part: nobody takes evidence away meanwhile.
pub(crate) async fn accepted_with_evidence(
    core: &Core,
    ctx: &Ctx,
    conn: &db::Reader,
    part: &PartRow,
    note: &str,
) -> Result<(), Problem> {
    let task = store::task::get(conn, TaskId::from_uuid(part.task_id)).await?.ok_or_else(Problem::not_found)?;
    let evidence = store::evidence::list(conn, part.id()).await?;
    let missing = missing(kind(task.result.as_deref().unwrap_or_default()), &evidence);
    if missing.is_empty() || !note.trim().is_empty() {
        return Ok(());
    }
    let words = |code: &&str| core.locales().text(ctx.lang, &format!("missing-{code}"), &[]);
    Err(Error::EvidenceMissing(missing.iter().map(words).collect::<Vec<_>>().join("; ")).into())
}
