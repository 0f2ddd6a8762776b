//! Counts who is inside: so many of all, so many of each. What is remembered never grows beyond the number of all.

use std::{
    collections::HashMap,
    fmt,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Clone)]
pub struct Crowd<K: Hash + Eq + Clone>(Arc<Inner<K>>);

struct Inner<K> {
    all: usize,
    each: usize,
    inside: Mutex<(usize, HashMap<K, usize>)>,
}

/// A place taken; dropping it gives it back.
pub struct Place<K: Hash + Eq + Clone> {
    crowd: Crowd<K>,
    who: Option<K>,
}

impl<K: Hash + Eq + Clone> fmt::Debug for Crowd<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crowd").field("all", &self.0.all).field("each", &self.0.each).finish_non_exhaustive()
    }
}

impl<K: Hash + Eq + Clone> fmt::Debug for Place<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").finish_non_exhaustive()
    }
}

impl<K: Hash + Eq + Clone> Crowd<K> {
    pub fn new(all: usize, each: usize) -> Self {
        Self(Arc::new(Inner { all, each, inside: Mutex::default() }))
    }

    /// A place, if one is left; who is `None` counts among all only.
    pub fn enter(&self, who: Option<K>) -> Option<Place<K>> {
        let mut inside = self.0.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = who.as_ref().and_then(|who| inside.1.get(who)).copied().unwrap_or(0);
        if inside.0 >= self.0.all || mine >= self.0.each {
            return None;
        }
        inside.0 += 1;
        if let Some(who) = who.clone() {
            inside.1.insert(who, mine + 1);
        }
        Some(Place { crowd: self.clone(), who })
    }

    /// How many are inside.
    pub fn count(&self) -> usize {
        self.0.inside.lock().unwrap_or_else(PoisonError::into_inner).0
    }
}

impl<K: Hash + Eq + Clone> Drop for Place<K> {
    fn drop(&mut self) {
        let mut inside = self.crowd.0.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.0 = inside.0.saturating_sub(1);
        let Some(who) = &self.who else { return };
        match inside.1.get_mut(who) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                inside.1.remove(who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_takes_all_his_places_leaves_others_theirs() {
        let crowd = Crowd::new(3, 2);
        let first = crowd.enter(Some("a")).unwrap();
        let _second = crowd.enter(Some("a")).unwrap();
        assert!(crowd.enter(Some("a")).is_none());
        let third = crowd.enter(Some("b")).unwrap();
        assert_eq!(crowd.count(), 3);
        assert!(crowd.enter(Some("c")).is_none() && crowd.enter(None).is_none(), "all places are taken");
        drop(first);
        assert!(crowd.enter(Some("a")).is_some());
        drop(third);
        assert_eq!(crowd.0.inside.lock().unwrap().1.len(), 1, "who has left is forgotten");
    }
}
