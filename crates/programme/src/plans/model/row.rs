//! One task as read and reviewed, and what a person must still decide about it.

use kernel::{Resolution, UnitId};
use plan_reader::Time;
use serde::{Deserialize, Serialize};

/// Words of the document and what they mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub text: String,
    pub means: Resolution,
}

/// The names as the document says them, parted by semicolons.
pub fn joined(names: &[Named]) -> String {
    names.iter().map(|named| named.text.as_str()).collect::<Vec<_>>().join("; ")
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadTask {
    pub section: Vec<String>,
    pub text: String,
    pub lead: Vec<Named>,
    pub coordinating: Vec<Named>,
    pub time: Time,
    pub result: Option<String>,
    /// Bytes of the document's text that it was read from.
    pub start: usize,
    pub end: usize,
    /// Questions set aside with a reason.
    #[serde(default)]
    pub set_aside: Option<String>,
}

/// A question that keeps a plan from being approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "text")]
pub enum Question {
    NoLead,
    NoTime,
    TimeUnclear(String),
    EndBeforeStart(String),
    /// Nobody of this name is known, or it needs a person to say who is concerned.
    WhoIs(String),
    /// A likeness: is it really this body?
    IsIt(String, String),
}

impl Question {
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoLead => "question-no-lead",
            Self::NoTime => "question-no-time",
            Self::TimeUnclear(_) => "question-time-unclear",
            Self::EndBeforeStart(_) => "question-end-before-start",
            Self::WhoIs(_) => "question-who-is",
            Self::IsIt(..) => "question-is-it",
        }
    }

    pub fn words(&self) -> (&str, &str) {
        match self {
            Self::NoLead | Self::NoTime => ("", ""),
            Self::TimeUnclear(text) | Self::EndBeforeStart(text) | Self::WhoIs(text) => (text, ""),
            Self::IsIt(text, name) => (text, name),
        }
    }
}

impl ReadTask {
    /// The open questions; none once they were set aside.
    pub fn questions(&self) -> Vec<Question> {
        if self.set_aside.is_some() {
            return vec![];
        }
        let mut out = Vec::new();
        if self.lead.is_empty() {
            out.push(Question::NoLead);
        }
        match (self.time.raw.is_empty(), self.time.kind) {
            (true, _) => out.push(Question::NoTime),
            (false, None) => out.push(Question::TimeUnclear(self.time.raw.clone())),
            (false, Some(_)) => {}
        }
        if let (Some(start), Some(due)) =
            (crate::plans::model::frame::start(&self.time), crate::plans::model::frame::due(&self.time))
            && due < start
        {
            out.push(Question::EndBeforeStart(self.time.raw.clone()));
        }
        for named in self.lead.iter().chain(&self.coordinating) {
            match &named.means {
                Resolution::Unknown => out.push(Question::WhoIs(named.text.clone())),
                Resolution::Unit { certain: false, name, .. } => {
                    out.push(Question::IsIt(named.text.clone(), name.clone()));
                }
                Resolution::Unit { certain: true, .. } | Resolution::Group { .. } => {}
            }
        }
        out
    }

    /// Where it stands, as people cite it: `II.2.a`; a row `1.1` of group `1` is not cited as `1.1.1`.
    pub fn cited(&self) -> String {
        let labels = &self.section;
        let repeated = |at: usize| labels.get(at + 1).is_some_and(|next| next.starts_with(&format!("{}.", labels[at])));
        (0..labels.len()).filter(|at| !repeated(*at)).map(|at| labels[at].as_str()).collect::<Vec<_>>().join(".")
    }

    /// What it obliges whom to.
    pub fn says(&self) -> (&str, Vec<UnitId>, Vec<UnitId>, &str, Option<&str>) {
        (&self.text, self.leads(), self.helpers(), &self.time.raw, self.result.as_deref())
    }

    /// The bodies that lead, groups spread out, each once.
    pub fn leads(&self) -> Vec<UnitId> {
        units(&self.lead)
    }

    pub fn helpers(&self) -> Vec<UnitId> {
        units(&self.coordinating)
    }
}

/// The bodies that names mean, groups spread out, each once.
pub fn units(names: &[Named]) -> Vec<UnitId> {
    let mut out: Vec<UnitId> = Vec::new();
    for named in names {
        let units: &[UnitId] = match &named.means {
            Resolution::Unit { unit, .. } => std::slice::from_ref(unit),
            Resolution::Group { units, .. } => units,
            Resolution::Unknown => &[],
        };
        for unit in units {
            if !out.contains(unit) {
                out.push(*unit);
            }
        }
    }
    out
}
