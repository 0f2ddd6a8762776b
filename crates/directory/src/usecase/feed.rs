//! What falls due to a person, for a calendar that reads it by a link: the link opens nothing else, and shows what the person's
//! posts of that moment give.

use db::Entry;
use jiff::ToSpan as _;
use kernel::{Calling, Ctx, Due, Problem, ProblemKind, UnitId};
use serde_json::json;
use webkit::{ClientAddr, Core};

use super::{power, tell::tell};
use crate::{Directory, model::secret, store};

/// Days that are shown behind and ahead.
const BEHIND: i64 = 90;
const AHEAD: i64 = 400;

/// Makes the link of the acting person and returns its secret, which is shown this once; one of before opens nothing any more.
///
/// # Errors
/// Where no person acts, or who acts has not proved lately who they are.
pub async fn feed_make(directory: &Directory, ctx: &Ctx) -> Result<String, Problem> {
    let (account, person) = power::acting(ctx)?;
    ctx.must_be_fresh()?;
    let text = secret::fresh("cal_")?;
    let hash = &secret::hash(&text);
    directory
        .db()
        .write(ctx, |tx| async move {
            let is_again = store::feed::drop(&tx, account).await?;
            store::feed::insert(&tx, account, hash, ctx.now().as_microsecond()).await?;
            tell(&tx, person, "feed").await?;
            tx.ledger(Entry::new("feed.make", account).detail(json!({ "again": is_again })));
            Ok(())
        })
        .await?;
    Ok(text)
}

/// Ends the link of the acting person.
///
/// # Errors
/// Where there is none.
pub async fn feed_end(directory: &Directory, ctx: &Ctx) -> Result<(), Problem> {
    let (account, _) = power::acting(ctx)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::feed::drop(&tx, account).await? {
                return Err(Problem::not_found());
            }
            tx.ledger(Entry::new("feed.end", account));
            Ok(())
        })
        .await
}

fn too_often() -> Problem {
    Problem::new(ProblemKind::Throttled, "feed-too-often")
}

/// A calendar asks for years, every hour, by a link that was taken back, and of that nothing is kept: so it is told from a guess by
/// its pace alone. Nothing is noted of either; who guesses waits, and a good link from the same address opens.
fn nobodys(directory: &Directory, ctx: &Ctx, from: ClientAddr) -> Problem {
    let (wrong, key) = (directory.wrong_feeds(), from.text());
    if !key.is_empty() && wrong.is_over(&key, ctx.now()) {
        return too_often();
    }
    wrong.step(key, ctx.now());
    Problem::new(ProblemKind::NotFound, "feed-unknown")
}

/// What falls due to whom this secret was given, the next first.
///
/// # Errors
/// Where it was given to nobody, or is asked for too often.
pub async fn feed(
    core: &Core,
    directory: &Directory,
    ctx: &Ctx,
    from: ClientAddr,
    text: &str,
) -> Result<Vec<Due>, Problem> {
    let (conn, today) = (directory.db().read(), ctx.today());
    let found = store::feed::find(&conn, &secret::hash(text)).await?;
    let (account, person) = found.ok_or_else(|| nobodys(directory, ctx, from))?;
    if !directory.feeds().step(account, ctx.now()) {
        return Err(too_often());
    }
    let posts = store::person::posts(&conn, directory.roles(), person, &today.to_string()).await?;
    let is_theirs = |calling| matches!(calling, Calling::Works | Calling::Decides);
    let theirs = posts.iter().filter(|post| is_theirs(post.role.calling())).map(|post| post.unit);
    let units = core.bodies().answer_for(&theirs.collect::<Vec<UnitId>>());
    let days = (today.saturating_sub(BEHIND.days()), today.saturating_add(AHEAD.days()));
    let mut dues = Vec::new();
    for port in core.dues() {
        dues.extend(port.of_units(&units, days).await?);
    }
    let is_told = |due: &Due| posts.iter().any(|post| post.unit == due.unit && due.is_for(post.role));
    dues.retain(|due| due.only.is_empty() || is_told(due));
    dues.sort_by(|a, b| (a.due, &a.subject).cmp(&(b.due, &b.subject)));
    dues.dedup_by(|a, b| a.subject == b.subject);
    Ok(dues)
}
