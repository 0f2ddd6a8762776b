//! What was done to a thing since somebody saw it: a second tab, or a note beside, is nobody else.

/// An act that left a thing at a revision, as the ledger tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub actor: String,
    pub action: String,
    pub rev: i64,
}

/// The acts that led from the revision that was seen to the one of now, the newest first; none where one of them is not known,
/// or is somebody else's.
pub fn own<'a>(past: &'a [Past], me: &str, (seen, now): (i64, i64)) -> Option<Vec<&'a str>> {
    let (mut at, mut acts) = (now, Vec::new());
    for one in past {
        if at == seen {
            break;
        }
        if one.rev != at || one.actor != me {
            return None;
        }
        acts.push(one.action.as_str());
        at -= 1;
    }
    (at == seen).then_some(acts)
}

/// Whether these acts, the newest first, only took each other back.
pub fn is_as_before(acts: &[&str], takes_back: impl Fn(&str) -> bool) -> bool {
    acts.chunks(2).all(|pair| matches!(pair, [back, act] if takes_back(back) && !takes_back(act)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(acts: &[(&str, &str, i64)]) -> Vec<Past> {
        let one = |(actor, action, rev): &(&str, &str, i64)| Past {
            actor: (*actor).to_owned(),
            action: (*action).to_owned(),
            rev: *rev,
        };
        acts.iter().map(one).collect()
    }

    #[test]
    fn what_one_did_oneself_is_known_act_by_act() {
        let acts = past(&[("a", "note", 4), ("a", "paper", 3), ("b", "note", 2)]);
        assert_eq!(own(&acts, "a", (4, 4)), Some(vec![]));
        assert_eq!(own(&acts, "a", (2, 4)), Some(vec!["note", "paper"]));
        assert_eq!(own(&acts, "a", (1, 4)), None, "the second was another's");
        assert_eq!(own(&acts, "b", (3, 4)), None);
        assert_eq!(own(&acts, "a", (2, 5)), None, "what made the fifth is not known");
        assert_eq!(own(&acts, "a", (5, 4)), None, "a revision that is not there yet was not seen");
        let gap = past(&[("a", "note", 4), ("a", "note", 2)]);
        assert_eq!(own(&gap, "a", (1, 4)), None);
    }

    #[test]
    fn what_was_taken_back_is_as_it_was() {
        let back = |act: &str| act == "back";
        assert!(is_as_before(&[], back) && is_as_before(&["back", "answer", "back", "forward"], back));
        for acts in [&["answer"][..], &["back"], &["back", "back"], &["answer", "back"], &["back", "answer", "answer"]]
        {
            assert!(!is_as_before(acts, back), "{acts:?}");
        }
    }
}
