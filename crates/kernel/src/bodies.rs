//! The port through which other domains know bodies: names to units and back. `directory` answers from memory.

use std::{fmt, pin::Pin};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Ctx, PlanId, Problem, UnitId};

/// A body as other domains show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    pub unit: UnitId,
    pub name: String,
    pub short_name: String,
    /// Orders bodies as registers list them.
    pub sort: String,
}

/// What the words in a document mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Resolution {
    /// One body; `certain` is false for a likeness that a person must confirm.
    Unit { unit: UnitId, name: String, certain: bool },
    /// A group and its members on that day.
    Group { name: String, units: Vec<UnitId> },
    /// Words that need a person: "các cơ quan có liên quan", or a name nobody knows.
    Unknown,
}

/// Where words that a person explained are understood again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In the plan in which they were explained.
    Plan,
    /// In documents of this issuer.
    Issuer(UnitId),
    /// In every document.
    All,
}

impl Reach {
    pub fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Issuer(_) => "issuer",
            Self::All => "all",
        }
    }
}

/// Words of a plan that a person explained.
#[derive(Debug, Clone)]
pub struct Learned {
    pub words: String,
    pub unit: UnitId,
    pub plan: PlanId,
    pub reach: Reach,
}

pub trait Bodies: Send + Sync + fmt::Debug {
    /// The body or group that `text` names in a document issued by `issuer`.
    fn resolve(&self, text: &str, issuer: Option<UnitId>) -> Resolution;
    fn body(&self, unit: UnitId) -> Option<Body>;
    /// The one unit in force on a day that a person means by its name, written as [`Bodies::names`] writes it or so that it
    /// can only be this one.
    ///
    /// # Errors
    /// In words for whom typed it: no unit is called so, or several are.
    fn meant(&self, text: &str, day: Date) -> Result<UnitId, Problem>;
    /// The units in force on a day, from the top down, each so that it can be told from the others; for pickers.
    fn names(&self, day: Date) -> Vec<String>;
    /// The same of one unit; empty where there is none.
    fn written(&self, unit: UnitId, day: Date) -> String;
    /// The successor of a body that was merged away; the body itself where it still stands.
    fn today(&self, unit: UnitId) -> UnitId;
    /// The body directly above it in the tree.
    fn above(&self, unit: UnitId) -> Option<UnitId>;
    /// Code of what kind of body it is; empty where that is not known.
    fn kind(&self, _unit: UnitId) -> &'static str {
        ""
    }
    /// The name of the province; empty before it is set up.
    fn province(&self) -> String;
    /// Bodies whose name has these words, best first; for pickers.
    fn find(&self, words: &str, limit: usize) -> Vec<Body>;
    /// The unit for which a body acts: the province for the bodies at its head, itself for any other.
    fn acts_for(&self, unit: UnitId) -> UnitId;
    /// Remembers what words mean. Refused where they are the name of another body.
    fn learn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;
    /// Forgets what these words were said to mean in that plan: the undo of [`Bodies::learn`].
    fn unlearn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;
}
