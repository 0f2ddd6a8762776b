//! The port through which other domains know indicators: what a sentence of a plan measures.

use std::fmt;

use serde::Serialize;

/// What decides a value. It stands on the face of every figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceClass {
    /// Events of this platform.
    Platform,
    /// Registers that agencies declare, with checked evidence.
    Register,
    /// An extract of a system that Dinh does not run.
    Extract,
    /// Staff records.
    Staff,
    Survey,
    /// A verdict of the authority in charge.
    Official,
}

impl SourceClass {
    pub fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Register => "register",
            Self::Extract => "extract",
            Self::Staff => "staff",
            Self::Survey => "survey",
            Self::Official => "official",
        }
    }
}

/// One measurable thing behind the targets of many plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// `proc.satisfaction`: stable, used in addresses and exports.
    pub code: &'static str,
    pub name_vi: &'static str,
    pub name_en: &'static str,
    /// `%` or `level`.
    pub unit: &'static str,
    pub higher_is_better: bool,
    pub sources: &'static [SourceClass],
}

/// An indicator that a sentence seems to be about; a person confirms where it is not `certain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    pub code: &'static str,
    pub certain: bool,
}

pub trait Indicators: Send + Sync + fmt::Debug {
    fn all(&self) -> &'static [Indicator];
    /// What the sentence of a target measures, best first. Where it does not say so itself, what its document is about may,
    /// which is never certain.
    fn suggest(&self, sentence: &str, about: &str) -> Vec<Suggestion>;

    fn get(&self, code: &str) -> Option<&'static Indicator> {
        self.all().iter().find(|indicator| indicator.code == code)
    }
}
