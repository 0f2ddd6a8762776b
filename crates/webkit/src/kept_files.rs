//! Lists that somebody looked at and may take in next, and files of forms that were refused: files without a name, which end with the process and are kept for a while.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, Ctx};

use crate::Upload;

/// The field in which a form names the request that looked at its list.
pub(crate) const KEPT: &str = "kept";
/// Of one account and of all; the oldest go.
const EACH: usize = 3;
const ALL: usize = 64;
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_mins(30);

#[derive(Debug)]
struct Kept {
    account: AccountId,
    /// Where its form stands.
    path: String,
    /// By which its form names it.
    request: String,
    at: Timestamp,
    upload: Upload,
}

#[derive(Debug, Default)]
pub(crate) struct KeptFiles(Mutex<Vec<Kept>>);

impl KeptFiles {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a list of the form at this path under this request; none where nobody could come back for it, or the system has
    /// no more files.
    pub fn keep(&self, ctx: &Ctx, path: &str, upload: &Upload) -> Option<String> {
        let (account, request) = (ctx.actor.account()?, ctx.request.to_string());
        let upload = upload.again()?;
        self.let_go(ctx.now());
        let mut kept = self.lock();
        let own: Vec<usize> = (0..kept.len()).filter(|at| kept[*at].account == account).collect();
        if own.len() >= EACH {
            kept.remove(own[0]);
        } else if kept.len() >= ALL {
            kept.remove(0);
        }
        kept.push(Kept { account, path: path.to_owned(), request: request.clone(), at: ctx.now(), upload });
        Some(request)
    }

    /// The list that this account looked at here by that request. It stays: a second press is the same act.
    pub fn looked_at(&self, ctx: &Ctx, path: &str, request: &str) -> Option<Upload> {
        self.let_go(ctx.now());
        let is_it =
            |one: &&Kept| one.request == request && one.path == path && Some(one.account) == ctx.actor.account();
        self.lock().iter().find(is_it).and_then(|one| one.upload.again())
    }

    /// Lets go of what is older.
    pub fn let_go(&self, now: Timestamp) {
        self.lock().retain(|one| now.duration_since(one.at) < LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::{Actor, Lang};
    use testkit::{FrozenClock, SeededIds};

    use super::*;

    fn upload(name: &str) -> Upload {
        Upload { file_name: name.into(), size: 0, file: tempfile::tempfile().unwrap(), fields: vec![] }
    }

    #[test]
    fn a_list_is_kept_for_who_looked_at_it_where_it_was_for_a_while() {
        let (clock, ids) = (Arc::new(FrozenClock::default()), Arc::new(SeededIds::default()));
        let person = || {
            let ctx = Ctx::new(Actor::Anonymous, Lang::Vi, clock.clone(), ids.clone());
            let actor = Actor::Person { account: ctx.new_id(), person: ctx.new_id(), posts: vec![] };
            ctx.with_actor(actor)
        };
        let (kept, one, other) = (KeptFiles::default(), person(), person());
        let again = |who: &Ctx| {
            let mut ctx = who.clone();
            ctx.request = who.new_id();
            ctx
        };
        let named = |file: Option<Upload>| file.map(|file| file.file_name);
        let mark = kept.keep(&one, "/a", &upload("a.csv")).unwrap();
        assert!(kept.looked_at(&other, "/a", &mark).is_none(), "it is nobody else's");
        assert_eq!(named(kept.looked_at(&one, "/a", &mark)).as_deref(), Some("a.csv"));
        assert!(kept.looked_at(&one, "/b", &mark).is_none(), "it is a list of another kind");
        assert!(kept.looked_at(&one, "/a", &mark).is_some(), "who presses twice finds it again");
        let marks: Vec<String> = (0..=EACH).map(|_| kept.keep(&again(&one), "/a", &upload("b.csv")).unwrap()).collect();
        assert!(
            kept.looked_at(&one, "/a", &marks[0]).is_none() && kept.looked_at(&one, "/a", &marks[1]).is_some(),
            "the oldest goes"
        );
        clock.move_by(LONGEST);
        assert!(kept.looked_at(&one, "/a", &marks[2]).is_none());
    }
}
