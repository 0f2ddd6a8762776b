//! Lists that somebody looked at and may take in next: files without a name, which end with the process and are kept for a while.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, Ctx};

use crate::Upload;

/// The field in which a form names the request that looked at its list.
pub(crate) const KEPT: &str = "kept";
/// Of one account and of all; the oldest go.
const EACH: usize = 3;
const ALL: usize = 64;
const LONGEST: SignedDuration = SignedDuration::from_mins(30);

#[derive(Debug)]
struct Kept {
    account: AccountId,
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

    /// Keeps a list under this request; none where nobody could come back for it, or the system has no more files.
    pub fn keep(&self, ctx: &Ctx, upload: &Upload) -> Option<String> {
        let (account, request) = (ctx.actor.account()?, ctx.request.to_string());
        let upload = Upload {
            file_name: upload.file_name.clone(),
            size: upload.size,
            file: upload.file.try_clone().ok()?,
            fields: vec![],
        };
        let mut kept = self.lock();
        kept.retain(|one| ctx.now().duration_since(one.at) < LONGEST);
        let own: Vec<usize> = (0..kept.len()).filter(|at| kept[*at].account == account).collect();
        if own.len() >= EACH {
            kept.remove(own[0]);
        } else if kept.len() >= ALL {
            kept.remove(0);
        }
        kept.push(Kept { account, request: request.clone(), at: ctx.now(), upload });
        Some(request)
    }

    /// The list that this account looked at by that request. It is given once: two readers of one file would share its place.
    pub fn take(&self, ctx: &Ctx, request: &str) -> Option<Upload> {
        let mut kept = self.lock();
        kept.retain(|one| ctx.now().duration_since(one.at) < LONGEST);
        let is_it = |one: &Kept| one.request == request && Some(one.account) == ctx.actor.account();
        let at = kept.iter().position(is_it)?;
        Some(kept.remove(at).upload)
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
    fn a_list_is_kept_for_who_looked_at_it_for_a_while_and_given_once() {
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
        let mark = kept.keep(&one, &upload("a.csv")).unwrap();
        assert!(kept.take(&other, &mark).is_none(), "it is nobody else's");
        assert_eq!(named(kept.take(&one, &mark)).as_deref(), Some("a.csv"));
        assert!(kept.take(&one, &mark).is_none());
        let marks: Vec<String> = (0..=EACH).map(|_| kept.keep(&again(&one), &upload("b.csv")).unwrap()).collect();
        assert!(kept.take(&one, &marks[0]).is_none() && kept.take(&one, &marks[1]).is_some(), "the oldest goes");
        clock.move_by(LONGEST);
        assert!(kept.take(&one, &marks[2]).is_none());
    }
}
