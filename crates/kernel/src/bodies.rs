//! The port through which other domains know bodies: names to units and back. `directory` answers from memory.

use std::{fmt, pin::Pin};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Ctx, PlanId, Problem, UnitId, text::fold};

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

/// A body as whoever looks for one is shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    pub unit: UnitId,
    /// So that only this one can be meant.
    pub written: String,
    pub name: String,
    pub short_name: String,
    /// Code of its kind.
    pub kind: &'static str,
    /// The body that it is a part of; empty for one that all know by its name.
    pub part_of: String,
}

/// Bodies that documents name together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    pub name: String,
    pub units: Vec<UnitId>,
}

/// What typed words find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub groups: Vec<Group>,
    /// Best first.
    pub bodies: Vec<Hit>,
    /// How many bodies there are, shown or not.
    pub count: usize,
}

/// What somebody looks for bodies with.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    pub words: &'a str,
    /// Units whose surroundings come first: those of who asks.
    pub near: &'a [UnitId],
    pub day: Date,
    pub from: usize,
    pub limit: usize,
}

/// The names of a field with several: one a line, or parted by semicolons.
pub fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty())
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
    /// Of documents of that issuer those of this kind alone.
    pub kind: Option<String>,
}

pub trait Bodies: Send + Sync + fmt::Debug {
    /// The body or group that `text` names in a document issued by `issuer`.
    fn resolve(&self, text: &str, issuer: Option<UnitId>) -> Resolution;
    /// The same in a document of this kind, for which some words are explained.
    fn resolve_in(&self, text: &str, issuer: Option<UnitId>, _kind: Option<&str>) -> Resolution {
        self.resolve(text, issuer)
    }
    fn body(&self, unit: UnitId) -> Option<Body>;
    /// The one unit in force on a day that a person means by its name, written as [`Bodies::names`] writes it or so that it
    /// can only be this one.
    ///
    /// # Errors
    /// In words for whom typed it: no unit is called so, or several are.
    fn meant(&self, text: &str, day: Date) -> Result<UnitId, Problem>;
    /// The same for one of the many names of a list: of a name that nobody bears nothing else is looked for.
    ///
    /// # Errors
    /// As of [`Bodies::meant`], without what could be meant instead.
    fn meant_in_list(&self, text: &str, day: Date) -> Result<UnitId, Problem> {
        self.meant(text, day)
    }
    /// Whether such a name, if it is one body's, is written out, whoever says it: as [`Bodies::resolve`] is certain of
    /// it, or the same without marks. A short form is not, and no likeness is looked for.
    fn is_certain_in_list(&self, text: &str) -> bool {
        matches!(self.resolve(text, None), Resolution::Unit { certain: true, .. })
    }
    /// All that bear or bore this name, whatever stands today.
    fn ever(&self, text: &str) -> Vec<UnitId> {
        let bears = self.find(text, 5).into_iter().filter(|body| fold(&body.name) == fold(text));
        bears.map(|body| body.unit).collect()
    }
    /// What a person means by words in a field where groups may stand too; near the issuer first.
    ///
    /// # Errors
    /// As of [`Bodies::meant`].
    fn understood(&self, text: &str, issuer: Option<UnitId>, day: Date) -> Result<Resolution, Problem> {
        match self.resolve(text, issuer) {
            known @ (Resolution::Unit { certain: true, .. } | Resolution::Group { .. }) => Ok(known),
            Resolution::Unit { .. } | Resolution::Unknown => {
                let unit = self.meant(text, day)?;
                let name = self.body(unit).map(|body| body.name).unwrap_or_default();
                Ok(Resolution::Unit { unit, name, certain: true })
            }
        }
    }
    /// Bodies and groups that typed words find, without diacritics and by short forms; of bodies those that `is_open`.
    fn search(&self, search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Found;
    /// The units in force on a day, from the top down, each so that it can be told from the others; for pickers.
    fn names(&self, day: Date) -> Vec<String>;
    /// The same of one unit; empty where there is none.
    fn written(&self, unit: UnitId, day: Date) -> String;
    /// The successor of a body that was merged away; the body itself where it still stands.
    fn today(&self, unit: UnitId) -> UnitId;
    /// For whom these units answer today: for themselves where they stand, and for what was merged into them.
    fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId>;
    /// The body directly above it in the tree.
    fn above(&self, unit: UnitId) -> Option<UnitId>;
    /// Code of what kind of body it is; empty where that is not known.
    fn kind(&self, _unit: UnitId) -> &'static str {
        ""
    }
    /// The name of the province; empty before it is set up.
    fn province(&self) -> String;
    /// Bodies whose name has these words, best first; for filters.
    fn find(&self, words: &str, limit: usize) -> Vec<Body>;
    /// The unit for which a body acts: the province for the bodies at its head, itself for any other.
    fn acts_for(&self, unit: UnitId) -> UnitId;
    /// How far [`Bodies::learn`] would remember it; refused as that is. Nothing is remembered yet.
    fn learnable(&self, learned: &Learned, _day: Date) -> Result<Reach, Problem> {
        Ok(learned.reach)
    }
    /// Remembers what words mean, as far as asked or, where that is further than words and body allow, in that plan: "có liên
    /// quan" is of one plan, and the name of a part of a body of that body alone. Refused where they are another body's name.
    fn learn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<Reach, Problem>> + Send + 'a>>;
    /// Forgets what these words were said to mean in that plan: the undo of [`Bodies::learn`].
    fn unlearn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;
}
