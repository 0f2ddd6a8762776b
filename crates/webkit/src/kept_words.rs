//! What was written into a form whose session had ended: kept in memory for a while, for the same person in the same browser.
//!
//! Nobody has signed in when it arrives, so it is bounded by address and in all, and the oldest go. It comes back only to the
//! account that wrote it, by a cookie of its own: whoever else signs in on the same machine is shown nothing.

use std::sync::{Mutex, PoisonError};

use db::{Forgetting, Forgotten};
use jiff::{SignedDuration, Timestamp};
use kernel::AccountId;
use sha2::{Digest, Sha256};

use crate::sent::{LARGEST_FORM, Sent};

/// The cookie by which the browser is known that sent it.
pub(crate) const COOKIE: &str = "dinh_words";
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_mins(30);
/// Forms of one address and of all, and bytes of both: two of the largest forms of one address have room, and drive out
/// nobody else's.
const EACH: usize = 16;
const ALL: usize = 256;
const EACH_BYTES: usize = 3 * LARGEST_FORM;
const BYTES: usize = 12 * LARGEST_FORM;

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Whose session had ended.
    Account(AccountId),
    /// Whose page it was ([`mark`]).
    Page(String),
}

impl Writer {
    fn is(&self, account: AccountId) -> bool {
        match self {
            Self::Account(own) => *own == account,
            Self::Page(of) => *of == mark(account),
        }
    }
}

/// Tells whose page a form stood on, and nothing else.
pub(crate) fn mark(account: AccountId) -> String {
    let digest = Sha256::digest([b"page of ".as_slice(), account.uuid().as_bytes()].concat());
    hex::encode(&digest[..8])
}

#[derive(Debug)]
pub(crate) struct Kept {
    pub writer: Writer,
    /// Of the browser's secret.
    pub browser: String,
    /// As clients are counted; empty where it cannot be known.
    pub address: String,
    pub at: Timestamp,
    pub sent: Sent,
    /// It is all that was written.
    pub is_whole: bool,
}

/// What comes back of it.
#[derive(Debug)]
pub(crate) struct Found {
    pub at: Timestamp,
    pub sent: Sent,
    pub is_whole: bool,
}

impl Kept {
    fn size(&self) -> usize {
        self.sent.typed.iter().map(|(name, text)| name.len() + text.len() + 64).sum()
    }
}

#[derive(Debug, Default)]
pub(crate) struct KeptWords(Mutex<Vec<(String, Kept)>>);

/// A secret of 128 bits.
pub(crate) fn secret() -> Option<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex::encode(bytes))
}

pub(crate) fn is_secret(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

impl KeptWords {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(String, Kept)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps it; the name by which the writer's browser asks for it.
    pub fn keep(&self, words: Kept) -> Option<String> {
        let name = secret()?;
        let words = Kept { browser: hash(&words.browser), ..words };
        let mut kept = self.lock();
        kept.retain(|(_, one)| words.at.duration_since(one.at) < LONGEST);
        while let Some(oldest) = beyond(&kept, &words) {
            kept.remove(oldest);
        }
        while !kept.is_empty() && (kept.len() >= ALL || size(&kept) + words.size() > BYTES) {
            kept.remove(0);
        }
        kept.push((name.clone(), words));
        Some(name)
    }

    /// What this account wrote in this browser, and when.
    pub fn of(&self, name: &str, browser: &str, account: AccountId, now: Timestamp) -> Option<Found> {
        let mut kept = self.lock();
        kept.retain(|(_, one)| now.duration_since(one.at) < LONGEST);
        let browser = hash(browser);
        let is_it = |(own, one): &&(String, Kept)| own == name && one.browser == browser && one.writer.is(account);
        kept.iter().find(is_it).map(|(_, one)| Found { at: one.at, sent: one.sent.clone(), is_whole: one.is_whole })
    }
}

impl Forgetting for KeptWords {
    fn forget(&self, what: &[Forgotten]) {
        let bears = |sent: &Sent| sent.texts().any(|text| what.iter().any(|gone| gone.is_in(text)));
        self.lock().retain(|(_, one)| !bears(&one.sent));
    }
}

/// The oldest of the address of these words, where what is kept of it leaves no room for them.
fn beyond(kept: &[(String, Kept)], words: &Kept) -> Option<usize> {
    let most = if words.address.is_empty() { ALL / 4 } else { EACH };
    let of_address = || kept.iter().enumerate().filter(|(_, (_, one))| one.address == words.address);
    let bytes: usize = of_address().map(|(_, (_, one))| one.size()).sum();
    let is_full = of_address().count() >= most || bytes + words.size() > EACH_BYTES;
    of_address().map(|(at, _)| at).next().filter(|_| is_full)
}

fn size(kept: &[(String, Kept)]) -> usize {
    kept.iter().map(|(_, one)| one.size()).sum()
}

#[cfg(test)]
mod tests {
    use kernel::Id;
    use uuid::Uuid;

    use super::*;

    fn account(n: u128) -> AccountId {
        Id::from_uuid(Uuid::from_u128(n))
    }

    fn words(text: &str, address: &str, at: i64) -> Kept {
        Kept {
            writer: Writer::Page(mark(account(1))),
            browser: "b".into(),
            address: address.into(),
            at: Timestamp::from_second(at).unwrap(),
            sent: Sent { action: "/a".into(), typed: vec![("text".into(), text.into())] },
            is_whole: true,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn words_come_back_to_their_writer_in_the_same_browser_for_a_while() {
        let kept = KeptWords::default();
        let name = kept.keep(words("lời", "192.0.2.1", 0)).unwrap();
        let of =
            |name: &str, browser, who, second| kept.of(name, browser, account(who), at(second)).map(|found| found.sent);
        assert_eq!(of(&name, "b", 1, 5).unwrap().field("text"), Some("lời"));
        assert!(of(&name, "c", 1, 5).is_none(), "another browser");
        assert!(of(&name, "b", 2, 5).is_none(), "another person in the same browser");
        assert!(of("x", "b", 1, 5).is_none());
        assert!(of(&name, "b", 1, LONGEST.as_secs()).is_none(), "too late");
        let own = Kept { writer: Writer::Account(account(3)), ..words("x", "192.0.2.1", 0) };
        let name = kept.keep(own).unwrap();
        assert!(of(&name, "b", 3, 1).is_some() && of(&name, "b", 1, 1).is_none());
    }

    #[test]
    fn what_is_forgotten_takes_the_words_about_it_along() {
        let kept = KeptWords::default();
        let about = |action: &str, text: &str| {
            let sent = Sent { action: action.into(), typed: vec![("text".into(), text.into())] };
            kept.keep(Kept { sent, ..words("", "192.0.2.1", 0) }).unwrap()
        };
        let gone = [about("/things/thing_1/edit", "lời"), about("/b", "thay cho thing_1"), about("/b", "Tên kín")];
        let stays = [about("/things/thing_2/edit", "lời"), about("/b", "Không phải Tên kín")];
        kept.forget(&[Forgotten::Id("thing_1".into()), Forgotten::Name("Tên kín".into())]);
        let is_there = |name: &String| kept.of(name, "b", account(1), at(1)).is_some();
        assert!(!gone.iter().any(is_there) && stays.iter().all(is_there));
    }

    #[test]
    fn nobody_fills_the_memory() {
        let kept = KeptWords::default();
        for n in 0..100 {
            kept.keep(words("lời", "192.0.2.1", n)).unwrap();
        }
        assert_eq!(kept.lock().len(), EACH, "of one address");
        let long = "x".repeat(200 * 1024);
        for n in 0..400 {
            kept.keep(words(&long, &format!("198.51.{}.{}", n / 250, n % 250), 100)).unwrap();
        }
        assert!(size(&kept.lock()) <= BYTES && kept.lock().len() <= ALL);
        assert!(size(&kept.lock()) + 2 * long.len() > BYTES, "the oldest go, and no more than must");
        // Of short ones it is their number.
        let kept = KeptWords::default();
        for n in 0..=ALL {
            kept.keep(words("lời", &format!("198.51.{}.{}", n / 250, n % 250), 100)).unwrap();
        }
        assert_eq!(kept.lock().len(), ALL, "of all addresses");
    }

    #[test]
    fn the_longest_forms_of_one_address_drive_out_nobody_elses() {
        let kept = KeptWords::default();
        let other = kept.keep(words("lời", "198.51.100.1", 0)).unwrap();
        let longest = "x".repeat(LARGEST_FORM);
        let mut names = vec![];
        for n in 0..20 {
            names.push(kept.keep(words(&longest, "192.0.2.1", n)).unwrap());
        }
        let of = |name: &str| kept.of(name, "b", account(1), at(20)).is_some();
        assert!(of(&other) && of(&names[19]) && of(&names[18]) && !of(&names[0]));
    }
}
