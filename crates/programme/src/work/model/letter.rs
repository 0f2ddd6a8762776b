//! Letters that the program drafts and an officer releases, and who reads them.

use crate::ids::LetterId;
use db::Words;
use derive::{Code, Row, Schema};
use jiff::civil::Date;
use kernel::{Actor, Colleague, Ctx, Ground, Held, PlanId, Resource, Role, Rule, UnitId, text::fold};
use serde::{Deserialize, Serialize, Serializer};

/// Posts that give letters their number, issue them, and enter those that come in.
pub const CLERKS: Held = Held::Of(&[Role::CLERK]);

/// Who answers for a unit, and its records clerk: they see its letters, and say that one has come.
pub const CARRYING: Held = Held::Of(&[Role::OFFICER, Role::HEAD, Role::CLERK, Role::PROGRAMME, Role::LEADER]);

/// Read by whoever may release it, drafts too; once it is released, by those to whom it went.
pub const READ: Rule = Rule {
    action: "letter.read",
    kind: "Letter",
    grounds: &[Ground::Below(CARRYING), Ground::InvolvedBelow(CARRYING)],
};

/// Công văn đôn đốc, phiếu trình, or a letter about how a plan carries out the plan above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum LetterKind {
    Urge,
    Submission,
    Compare,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
pub enum LetterState {
    #[code(look = "soon")]
    Draft,
    Released,
    Dropped,
}

/// A letter, as it is stored and given by the API.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "programme_letter", follows(fold = fold), taken = "letter-drafted")]
pub struct Letter {
    pub id: LetterId,
    pub kind: LetterKind,
    /// The id of what it is about; of a letter about many things, a hash of their ids; of one about two plans, their ids.
    pub subject: String,
    #[row(column = "plan_id")]
    pub plan: Option<PlanId>,
    #[row(column = "from_id")]
    pub from: UnitId,
    /// Ids of the receiving units, parted by blanks.
    #[row(column = "to_ids")]
    #[serde(serialize_with = "ids")]
    #[schema(value_type = Vec<String>)]
    pub to: String,
    pub about: Words,
    pub body: Words,
    /// What is late, as JSON of [`Late`], or of two plans how they compare; none in a letter about one thing.
    #[serde(skip)]
    pub lines: Option<Words>,
    pub state: LetterState,
    pub number: Option<Words>,
    pub issued_on: Option<Date>,
    /// Microseconds since 1970.
    pub drafted_at: i64,
    pub rev: i64,
    /// When an officer last wrote in it; none while its words are those that the program drafted.
    #[serde(skip)]
    pub edited_at: Option<i64>,
    /// The account that released it.
    #[serde(skip)]
    pub released_hand: Option<String>,
    /// The day on which it did, whatever day the paper bears.
    #[serde(skip)]
    pub released_on: Option<Date>,
    /// When it was passed to the records clerk; none while it is being written. Microseconds since 1970.
    pub handed_at: Option<i64>,
}

/// Why somebody who has the right does not release a letter of a body with these records clerks; none where they may.
pub fn release_refusal(clerks: &[Colleague], actor: &Actor) -> Option<&'static str> {
    let is_clerk = actor.account().is_some_and(|account| clerks.iter().any(|one| one.account == account));
    (!clerks.is_empty() && !is_clerk && !actor.is_trusted()).then_some("desk-release")
}

/// What the program says when it drafts a letter.
#[derive(Debug)]
pub struct Drafted {
    pub kind: LetterKind,
    /// See [`Letter::subject`].
    pub subject: String,
    pub plan: Option<PlanId>,
    pub from: UnitId,
    pub to: Vec<UnitId>,
    pub about: String,
    pub body: String,
    /// See [`Letter::lines`].
    pub lines: Option<String>,
}

/// A line of the list of what is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    pub unit: UnitId,
    pub what: String,
    pub due: Option<String>,
    /// How long ago that was when the letter was drafted.
    pub days: i64,
}

fn ids<S: Serializer>(ids: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ids.split_whitespace())
}

impl Letter {
    fn fold(&self) -> String {
        fold(&format!("{} {}", self.about, self.number.as_deref().unwrap_or_default()))
    }

    /// A new draft, in which nobody has written yet.
    pub fn drafted(ctx: &Ctx, said: Drafted) -> Self {
        let Drafted { kind, subject, plan, from, to, about, body, lines } = said;
        Self {
            id: ctx.new_id::<crate::ids::Letter>(),
            kind,
            subject,
            plan,
            from,
            to: to.iter().map(UnitId::to_string).collect::<Vec<_>>().join(" "),
            about: about.into(),
            body: body.into(),
            lines: lines.map(Words::from),
            state: LetterState::Draft,
            number: None,
            issued_on: None,
            drafted_at: ctx.now().as_microsecond(),
            rev: 1,
            edited_at: None,
            released_hand: None,
            released_on: None,
            handed_at: None,
        }
    }

    pub fn receivers(&self) -> impl Iterator<Item = UnitId> {
        self.to.split_whitespace().filter_map(|id| id.parse().ok())
    }

    /// This draft with what is late by `now`. Words that an officer wrote into it stay theirs.
    #[must_use]
    pub fn renewed(self, now: &Self) -> Self {
        let anew = Self { id: self.id, rev: self.rev, ..now.clone() };
        if self.edited_at.is_none() {
            return anew;
        }
        Self { about: self.about, body: self.body, edited_at: self.edited_at, ..anew }
    }

    /// What is late, in the order in which it stands in the list.
    pub fn late(&self) -> Vec<Late> {
        self.lines.as_deref().and_then(|lines| serde_json::from_str(lines).ok()).unwrap_or_default()
    }

    /// What rights come from in the house that writes it.
    pub fn resource(&self) -> Resource {
        Resource { kind: "Letter", id: self.id.to_string(), unit: Some(self.from), ..Resource::default() }
    }
}
