//! Says which item of a plan is which of the plan above it, or that two do not belong together, or takes that back.

use db::{Entry, Reader};
use kernel::{Ctx, Problem, ProblemKind, text::fold};
use serde_json::json;
use webkit::{Core, heavy};

use crate::{
    Error,
    plans::{
        model::{
            alike::Words,
            cascade::{Item, Target, Task},
            pairing::Says,
        },
        store::{self, pair::Between},
        usecase::{cascade::Compared, review::resource},
    },
};

/// Says it over the revision that was seen, 0 where nothing was said, or with none takes back what was said; each is the
/// other's undo. Returns the revision that it has now.
///
/// # Errors
/// For whom may not approve the plan below, where the items are not of these plans or were dropped in review, where somebody
/// said something else meanwhile, and where it was said already.
pub async fn pair(core: &Core, ctx: &Ctx, of: Between, says: Option<Says>, seen: i64) -> Result<i64, Problem> {
    let conn = core.db().read();
    let plan = store::plan::get(&conn, of.child).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, of.child).await?))?;
    let action = match says {
        Some(Says::Same) => "plan.pair",
        Some(Says::Apart) => "plan.pair_apart",
        None => "plan.pair_back",
    };
    let (by, at, follower) = (&ctx.actor.pseudonym(), ctx.now().as_microsecond(), plan.follower());
    core.db()
        .write(ctx, |tx| async move {
            if says.is_some() {
                there(&tx, of).await?;
            }
            let now = store::pair::said(&tx, of).await?;
            if rev(now) != seen {
                return Err(meanwhile());
            }
            if now.map(|(says, _)| says) == says {
                return Err(Error::NothingChanged.into());
            }
            if !store::pair::set(&tx, of, says, seen, (by.as_str(), at)).await? {
                return Err(meanwhile());
            }
            let detail =
                json!({ "above": of.above.to_string(), "item": of.item.to_string(), "twin": of.twin.to_string() });
            tx.ledger(Entry::new(action, of.child).unit(follower).detail(detail));
            Ok(rev(store::pair::said(&tx, of).await?))
        })
        .await
}

fn rev(said: Option<(Says, i64)>) -> i64 {
    said.map_or(0, |(_, rev)| rev)
}

/// Somebody said something of the two since the page was shown.
fn meanwhile() -> Problem {
    Problem::new(ProblemKind::Stale, "pair-meanwhile")
}

/// The two plans have these items.
async fn there(conn: &Reader, of: Between) -> Result<(), Problem> {
    store::plan::get(conn, of.above).await?.ok_or_else(Problem::not_found)?;
    if of.above == of.child {
        return Err(Problem::bad_input("same-plan-twice"));
    }
    let wrong = |field: &str, code| Err(Problem::bad_input(code).field(field, code));
    if !store::pair::is_of(conn, of.item, of.above).await? {
        return wrong("item", "pair-not-above");
    }
    if !of.item.is_like(of.twin) || !store::pair::is_of(conn, of.twin, of.child).await? {
        return wrong("twin", "pair-not-below");
    }
    Ok(())
}

/// What a choice shows at most.
pub const MOST: usize = 30;

/// An item below that may be the one, and how alike the two are in percent.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    pub item: T,
    pub alike: u32,
}

/// What is chosen from: the item above, and what of the plan below has all of the words that were typed, the most alike
/// first.
#[derive(Debug, Clone)]
pub struct Choice<T> {
    pub above: T,
    /// At most [`MOST`].
    pub candidates: Vec<Candidate<T>>,
    /// How many have the words.
    pub all: usize,
}

/// The choice for a task above; none where the plan above has no such task.
pub async fn tasks(compared: &Compared, id: &str, words: &str) -> Result<Option<Choice<Task>>, Problem> {
    let cascade = &compared.beside.tasks;
    let Some(line) = cascade.lines.iter().find(|line| line.above.id == id) else { return Ok(None) };
    let below = cascade.below().into_iter().cloned().collect();
    choice(line.above.clone(), below, words, |task| format!("{} {} {}", task.section, task.text, task.lead))
        .await
        .map(Some)
}

/// The same of a target.
pub async fn targets(compared: &Compared, id: &str, words: &str) -> Result<Option<Choice<Target>>, Problem> {
    let cascade = &compared.beside.targets;
    let Some(line) = cascade.lines.iter().find(|line| line.above.id == id) else { return Ok(None) };
    let below = cascade.below().into_iter().cloned().collect();
    choice(line.above.clone(), below, words, |target| format!("{} {}", target.text, target.unit)).await.map(Some)
}

/// Of thousands of rows away from the threads that answer.
async fn choice<T: Item + Send + 'static>(
    above: T,
    below: Vec<T>,
    words: &str,
    said: fn(&T) -> String,
) -> Result<Choice<T>, Problem> {
    let words = fold(words);
    heavy(move || chosen(above, below, &words, said)).await
}

fn chosen<T: Item>(above: T, below: Vec<T>, words: &str, said: fn(&T) -> String) -> Choice<T> {
    let own = Words::of(above.text());
    let has_all = |item: &T| {
        let text = fold(&said(item));
        words.split(' ').all(|word| text.contains(word))
    };
    let found = below.into_iter().filter(has_all);
    let mut candidates: Vec<Candidate<T>> =
        found.map(|item| Candidate { alike: own.alike(&Words::of(item.text())), item }).collect();
    // Of equals the order of the list stays.
    candidates.sort_by_key(|one| std::cmp::Reverse(one.alike));
    let all = candidates.len();
    candidates.truncate(MOST);
    Choice { above, candidates, all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_most_alike_is_proposed_first_and_words_narrow_it() {
        let task = |id: &str, text: &str| Task { id: id.into(), text: text.into(), ..Task::default() };
        let above = task("a", "Số hóa hồ sơ còn hiệu lực");
        let below =
            [task("1", "Lập sổ thiết bị"), task("2", "Số hóa hồ sơ của xã"), task("3", "Rà soát hồ sơ, lập sổ")];
        let ids = |words: &str| {
            let choice = chosen(above.clone(), below.to_vec(), words, |task| task.text.clone());
            choice.candidates.into_iter().map(|one| one.item.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(""), ["2", "3", "1"]);
        assert_eq!(ids("lap so"), ["3", "1"]);
        assert!(ids("khong co").is_empty());
    }
}
