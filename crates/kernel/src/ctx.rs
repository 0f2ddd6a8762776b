//! Who acts, when, and with which rights: passed to every use case.

use std::{
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use type_safe_id::StaticType;

use crate::{
    Problem, ProblemKind, Role,
    ids::{AccountId, Id, OutsideId, PersonId, RequestId, TokenId, UnitId},
};

/// The code of the problem that asks a person to prove again who they are.
pub const PROVE_AGAIN: &str = "prove-again";

/// The language a person reads; Vietnamese is the first and the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// A clock that is set is off by less.
pub const CLOCK_TOLERANCE_MICROS: i64 = 300_000_000;

/// One post of the acting person that is in force today.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Post {
    pub unit: UnitId,
    pub role: Role,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Actor {
    Anonymous,
    /// The program itself: jobs, the daily tick.
    System(&'static str),
    /// The person at the console of the server, who may do everything.
    Cli(String),
    Person {
        account: AccountId,
        person: PersonId,
        posts: Vec<Post>,
    },
    /// An API token: acts with its own posts (the owner's, narrowed to the token's scope).
    Token {
        token: TokenId,
        account: AccountId,
        posts: Vec<Post>,
        read_only: bool,
    },
    /// Whoever has the link that was sent to a body without accounts. It has no posts: what it may, the one use case that it is
    /// for says.
    Outside {
        link: OutsideId,
        unit: UnitId,
    },
}

impl Actor {
    /// The pseudonym under which the ledger knows the actor; names are kept elsewhere and can be erased.
    pub fn pseudonym(&self) -> String {
        match self {
            Self::Anonymous => "anonymous".into(),
            Self::System(part) => format!("system:{part}"),
            Self::Cli(user) => format!("cli:{user}"),
            Self::Person { person, .. } => person.to_string(),
            Self::Token { token, .. } => token.to_string(),
            Self::Outside { link, .. } => link.to_string(),
        }
    }

    pub fn posts(&self) -> &[Post] {
        match self {
            Self::Anonymous | Self::System(_) | Self::Cli(_) | Self::Outside { .. } => &[],
            Self::Person { posts, .. } | Self::Token { posts, .. } => posts,
        }
    }

    /// The unit of all posts of the actor; none where they are of several.
    pub fn only_unit(&self) -> Option<UnitId> {
        let (first, more) = self.posts().split_first()?;
        more.iter().all(|post| post.unit == first.unit).then_some(first.unit)
    }

    /// The account that acts, itself or through a token of it.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Anonymous | Self::System(_) | Self::Cli(_) | Self::Outside { .. } => None,
            Self::Person { account, .. } | Self::Token { account, .. } => Some(*account),
        }
    }

    /// The console and the program itself are trusted by the operating system, not by a post.
    pub fn is_trusted(&self) -> bool {
        matches!(self, Self::System(_) | Self::Cli(_))
    }
}

pub trait Clock: Send + Sync + fmt::Debug {
    fn now(&self) -> Timestamp;
}

/// 74 random bits for an id. Never for secrets: those come from the operating system where they are made.
pub trait IdSource: Send + Sync + fmt::Debug {
    fn bits(&self) -> u128;
}

/// A request that acts once, however often it is sent: the sender's key, and what the request was.
#[derive(Debug)]
pub struct Once {
    /// Pseudonym of who sent it: keys of others are other keys.
    pub actor: String,
    pub key: String,
    pub method: String,
    /// With its query.
    pub path: String,
    /// SHA-256 of the body, in hex.
    pub body_hash: String,
    acted: AtomicBool,
}

impl Once {
    pub fn new(actor: &Actor, key: String, method: &str, path: &str, body_hash: String) -> Self {
        let (actor, method, path) = (actor.pseudonym(), method.to_owned(), path.to_owned());
        Self { actor, key, method, path, body_hash, acted: AtomicBool::new(false) }
    }

    /// Whether this very request has acted; the acts that follow it are parts of it.
    pub fn has_acted(&self) -> bool {
        self.acted.load(Ordering::Acquire)
    }

    pub fn set_acted(&self) {
        self.acted.store(true, Ordering::Release);
    }
}

/// The context of one act: actor, clock, id source, request and language.
#[derive(Debug, Clone)]
pub struct Ctx {
    pub actor: Actor,
    pub lang: Lang,
    pub request: RequestId,
    /// Set where the sender gave a key: repeating the request must not act twice.
    pub once: Option<Arc<Once>>,
    /// The person at this session proved who they are within the last minutes.
    pub fresh: bool,
    /// What a program says that it asks for.
    pub purpose: Option<Arc<str>>,
    /// The draft of the form that was sent. Of one with a large file it is known only while the form is read, when the context
    /// has been handed on.
    draft: Arc<OnceLock<String>>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl Ctx {
    pub fn new(actor: Actor, lang: Lang, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let request = Id::from_uuid(uuid_v7(clock.now(), ids.bits()));
        let draft = Arc::default();
        Self { actor, lang, request, once: None, fresh: false, purpose: None, draft, clock, ids }
    }

    /// Now, cut to microseconds: what both databases store.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.clock.now().as_microsecond()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Whether an instant, in microseconds, lies so far ahead that the clock was wrong when it was written down. What was
    /// made then counts as over: it would else hold for as long as the clock was ahead.
    pub fn is_ahead(&self, at: i64) -> bool {
        at > self.now().as_microsecond() + CLOCK_TOLERANCE_MICROS
    }

    /// Today's day in Vietnam.
    pub fn today(&self) -> Date {
        vietnam(self.now())
    }

    /// A fresh id, ordered by time.
    pub fn new_id<K: StaticType>(&self) -> Id<K> {
        Id::from_uuid(uuid_v7(self.clock.now(), self.ids.bits()))
    }

    /// The same context with another actor: after sign-in, or for a job that acts for somebody.
    #[must_use]
    pub fn with_actor(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    #[must_use]
    pub fn with_lang(&self, lang: Lang) -> Self {
        Self { lang, ..self.clone() }
    }

    #[must_use]
    pub fn with_once(&self, once: Option<Arc<Once>>) -> Self {
        Self { once, ..self.clone() }
    }

    #[must_use]
    pub fn with_fresh(&self, fresh: bool) -> Self {
        Self { fresh, ..self.clone() }
    }

    #[must_use]
    pub fn with_purpose(&self, purpose: Option<Arc<str>>) -> Self {
        Self { purpose, ..self.clone() }
    }

    /// The act that this request asks for takes in the draft of its form.
    pub fn takes_in(&self, draft: String) {
        // A form has one draft: the first that is named.
        let _ = self.draft.set(draft);
    }

    /// The draft that goes with the act.
    pub fn draft(&self) -> Option<&str> {
        self.draft.get().map(String::as_str)
    }

    /// For acts that somebody at an open computer must not be able to do: the person proves again who they are.
    pub fn must_be_fresh(&self) -> Result<(), Problem> {
        if self.fresh || self.actor.is_trusted() {
            Ok(())
        } else {
            Err(Problem::new(ProblemKind::Forbidden, PROVE_AGAIN))
        }
    }
}

/// The day of an instant in Vietnam (UTC+7 all year).
pub fn vietnam(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(7))).date()
}

fn uuid_v7(at: Timestamp, random: u128) -> uuid::Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    let bytes = random.to_be_bytes();
    let mut tail = [0u8; 10];
    tail.copy_from_slice(&bytes[6..]);
    uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
}
