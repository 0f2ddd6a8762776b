//! Correcting a post: title, unit, role, days. What it was is kept, and comes back by `db::undo`.

use db::{Entry, LedgerRow, Reader, Tx};
use jiff::civil::Date;
use kernel::{Authorizer, Ctx, PersonId, PostId, Problem, ProblemKind, Role, UnitId, text::check_name};
use serde_json::json;
use webkit::Core;

use super::{
    people::LONGEST_STAND_IN,
    power::{self, in_force, may_give, may_take},
    second_factor,
    tell::tell,
};
use crate::{
    Directory, Entrance, Error,
    store::{
        self,
        person::{NewPost, PostRow},
    },
};

/// What a post is to say from now on.
#[derive(Debug, Clone)]
pub struct PostEdit<'a> {
    pub unit: UnitId,
    pub role: Role,
    pub title: &'a str,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

fn day(text: &str) -> Result<Date, Problem> {
    text.parse().map_err(Problem::internal)
}

/// The days of a post: begun before it ends, and one that was over stays over.
fn days(row: &PostRow, edit: &PostEdit<'_>, today: Date) -> Result<(), Problem> {
    if edit.valid_to.is_some_and(|last| last < edit.valid_from) {
        return Err(Error::EndBeforeStart.into());
    }
    if row.valid_to.as_deref().map(day).transpose()?.is_some_and(|last| last < today) {
        return Err(Error::PostEnded.into());
    }
    // Ending it is an act of its own, which says what ends with it.
    if edit.valid_to.is_some_and(|last| last < today) {
        return Err(Problem::bad_input("post-ends-by-end").field("valid_to", "post-ends-by-end"));
    }
    let longest = today.saturating_add(jiff::Span::new().days(LONGEST_STAND_IN));
    if row.stands_in_for.is_some() && edit.valid_to.is_none_or(|last| last > longest) {
        return Err(Error::StandInTooLong.into());
    }
    Ok(())
}

/// Who stands in for somebody does so in that post: it is corrected there.
fn same_place(row: &PostRow, edit: &PostEdit<'_>) -> Result<(), Problem> {
    let is_same = row.unit_id == edit.unit.uuid() && row.role == edit.role.code();
    if row.stands_in_for.is_some() && !is_same {
        return Err(Problem::bad_input("stand-in-place").field("role", "stand-in-place"));
    }
    Ok(())
}

/// The post as it is to be.
fn corrected<'a>(id: PostId, row: &PostRow, edit: &PostEdit<'a>) -> NewPost<'a> {
    NewPost {
        id,
        person: PersonId::from_uuid(row.person_id),
        unit: edit.unit,
        role: edit.role,
        title: edit.title.trim(),
        valid_from: edit.valid_from.to_string(),
        valid_to: edit.valid_to.map(|day| day.to_string()),
        stands_in_for: row.stands_in_for.map(PostId::from_uuid),
    }
}

/// Another unit or another role is another post: it is given as any is, to whom the actor may give one without asking them;
/// nobody stands in for its holder in what it was; and its holder is told.
async fn moved(directory: &Directory, authorizer: &dyn Authorizer, tx: &Tx, post: &NewPost<'_>) -> Result<(), Problem> {
    let given = power::gives_to(directory, authorizer, tx.ctx(), tx, post.person).await;
    given.map_err(|problem| match problem.code {
        "forbidden" => Problem::new(ProblemKind::Forbidden, "post-of-others"),
        _ => problem,
    })?;
    if store::person::stood_in(tx, post.id, &tx.ctx().today().to_string()).await? > 0 {
        return Err(Problem::new(ProblemKind::Conflict, "post-stood-in"));
    }
    if store::person::holds(tx, post).await? {
        return Err(Error::PostHeld.into());
    }
    tell(tx, post.person, "post-edited").await
}

/// Corrects a post over revision `rev`. True when its holder has to sign in again for it.
pub async fn post_edit(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    entrance: &Entrance,
    ctx: &Ctx,
    (id, rev): (PostId, i64),
    edit: &PostEdit<'_>,
) -> Result<bool, Problem> {
    may_give(authorizer, ctx, edit.unit, edit.role)?;
    check_name("title", edit.title)?;
    in_force(directory, ctx, edit.unit)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            // What is decided is decided of the post as it is under the lock: it may have ended meanwhile.
            store::unit::lock(&tx).await?;
            let row = &store::person::post_get(&tx, id).await?.ok_or_else(Problem::not_found)?;
            let role = directory.roles().find(&row.role).unwrap_or(Role::SYSTEM_ADMIN);
            may_take(authorizer, ctx, UnitId::from_uuid(row.unit_id), role)?;
            days(row, edit, ctx.today())?;
            same_place(row, edit)?;
            Problem::stale_unless(row.rev == rev)?;
            let post = &corrected(id, row, edit);
            let moves = row.unit_id != edit.unit.uuid() || row.role != edit.role.code();
            if moves {
                moved(directory, authorizer, &tx, post).await?;
            }
            if !store::person::post_set(&tx, post, rev).await? {
                return Err(Problem::stale());
            }
            let anew = if moves { second_factor::asked_by(&tx, entrance, post).await? } else { false };
            let detail = json!({ "person": post.person.to_string(), "role": post.role.code() });
            tx.ledger(Entry::new("post.edit", id).unit(post.unit).detail(detail));
            let root = directory.tree().root().map(|unit| unit.id).filter(|_| role == Role::SYSTEM_ADMIN);
            match root {
                Some(root) => power::administered(&tx, root).await.map(|()| anew),
                None => Ok(anew),
            }
        })
        .await
}

/// Whether the actor may put a post back to what it was: as if it were given, as it is and as it becomes.
pub(crate) async fn may_undo(core: &Core, ctx: &Ctx, conn: &Reader, subject: &str) -> Result<String, Problem> {
    let id: PostId = subject.parse().map_err(|_| Problem::not_found())?;
    let row = store::person::post_get(conn, id).await?.ok_or_else(Problem::not_found)?;
    let directory = core.get::<Directory>()?;
    may_give(core.authorizer(), ctx, UnitId::from_uuid(row.unit_id), directory.role(&row.role)?)?;
    Ok(format!("/posts/{id}"))
}

fn as_it_is<'a>(directory: &Directory, id: PostId, row: &'a PostRow) -> Result<NewPost<'a>, Problem> {
    Ok(NewPost {
        id,
        person: PersonId::from_uuid(row.person_id),
        unit: UnitId::from_uuid(row.unit_id),
        role: directory.role(&row.role)?,
        title: &row.title,
        valid_from: row.valid_from.clone(),
        valid_to: row.valid_to.clone(),
        stands_in_for: row.stands_in_for.map(PostId::from_uuid),
    })
}

/// Days go back as they are corrected: what was over stays over, and a later last day is given as any post is.
async fn days_back(core: &Core, tx: &Tx, was: &PostRow, row: &PostRow) -> Result<(), Problem> {
    let last = |row: &PostRow| row.valid_to.as_deref().map(day).transpose();
    let Some(before) = last(was)? else { return Ok(()) };
    if before < tx.ctx().today() {
        return Err(Error::PostEnded.into());
    }
    if last(row)?.is_some_and(|after| after <= before) {
        return Ok(());
    }
    let directory = core.get::<Directory>()?;
    in_force(directory, tx.ctx(), UnitId::from_uuid(row.unit_id))?;
    power::gives_to(directory, core.authorizer(), tx.ctx(), tx, PersonId::from_uuid(row.person_id)).await
}

/// How a correction goes back. Where it had made another post of it, the post that comes back is given as any is.
pub(crate) async fn back(core: &Core, tx: &Tx, entry: &LedgerRow) -> Result<(), Problem> {
    let id: PostId = entry.subject.parse().map_err(|_| Problem::not_found())?;
    let directory = core.get::<Directory>()?;
    store::unit::lock(tx).await?;
    let was = store::person::post_get(tx, id).await?.ok_or_else(Problem::not_found)?;
    db::undo(tx, entry).await?;
    let row = &store::person::post_get(tx, id).await?.ok_or_else(Problem::not_found)?;
    days_back(core, tx, &was, row).await?;
    if row.unit_id != was.unit_id || row.role != was.role {
        let post = &as_it_is(directory, id, row)?;
        in_force(directory, tx.ctx(), post.unit)?;
        moved(directory, core.authorizer(), tx, post).await?;
        second_factor::asked_by(tx, core.get::<Entrance>()?, post).await?;
    }
    let root = directory.tree().root().map(|unit| unit.id).filter(|_| was.role == Role::SYSTEM_ADMIN.code());
    match root {
        Some(root) => power::administered(tx, root).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Id;
    use uuid::Uuid;

    use super::*;

    fn row(valid_to: Option<&str>, stands_in: bool) -> PostRow {
        PostRow {
            person_id: Uuid::nil(),
            unit_id: Uuid::nil(),
            role: "officer".into(),
            title: String::new(),
            valid_from: "2026-01-01".into(),
            valid_to: valid_to.map(str::to_owned),
            stands_in_for: stands_in.then(Uuid::nil),
            rev: 0,
        }
    }

    fn edit(from: Date, to: Option<Date>) -> PostEdit<'static> {
        PostEdit { unit: Id::from_uuid(Uuid::nil()), role: Role::OFFICER, title: "", valid_from: from, valid_to: to }
    }

    #[test]
    fn a_post_is_not_ended_begun_after_its_end_or_brought_back_by_a_correction() {
        let (today, first) = (date(2026, 11, 21), date(2026, 1, 1));
        let said = |row: &PostRow, edit: PostEdit<'_>| days(row, &edit, today).map_err(|problem| problem.code);
        assert_eq!(said(&row(None, false), edit(first, None)), Ok(()));
        assert_eq!(said(&row(None, false), edit(first, Some(today))), Ok(()), "today is its last day");
        assert_eq!(said(&row(None, false), edit(first, Some(date(2026, 11, 20)))), Err("post-ends-by-end"));
        assert_eq!(said(&row(None, false), edit(date(2026, 12, 2), Some(date(2026, 12, 1)))), Err("end-before-start"));
        assert_eq!(said(&row(Some("2026-11-20"), false), edit(first, None)), Err("post-ended"));
        assert_eq!(said(&row(Some("2026-12-01"), true), edit(first, None)), Err("stand-in-too-long"));
        let moved = PostEdit { role: Role::LEADER, ..edit(first, Some(date(2026, 12, 1))) };
        assert_eq!(same_place(&row(None, true), &moved).unwrap_err().code, "stand-in-place");
        assert!(same_place(&row(None, false), &moved).is_ok());
    }
}
