//! What a report says, before it is a paper: figures with where they come from, words that people wrote, gaps.
//!
//! A draft's content is computed each time it is looked at; approving it keeps it as JSON, and that never changes.

use serde::{Deserialize, Serialize};

use crate::{
    plans::model::{cite::Cited, read_target::Sign},
    reporting::model::note::{Note, PaperWords, SectionWords},
    work::model::counts::Counts,
};

webkit::codes! {
    /// How sure a value is; empty where there is none.
    ValueStatus = ["", "estimate", "preliminary", "official"];
}

/// Something that a body said, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Said {
    /// Unit id.
    pub unit: String,
    pub name: String,
    pub text: String,
    pub href: String,
}

impl Said {
    /// Who said it, and what.
    pub fn words(&self) -> (&str, &str) {
        (&self.name, &self.text)
    }
}

/// One task of the body, or of all bodies in a consolidated report.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Work {
    /// Part id; task id in a consolidated report.
    #[schema(value_type = String, format = "uuid")]
    pub id: uuid::Uuid,
    #[schema(value_type = String, format = "uuid")]
    pub task: uuid::Uuid,
    pub plan: String,
    /// The plan's id; none in what was sealed before it was kept.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub plan_id: Option<uuid::Uuid>,
    pub section: String,
    pub text: String,
    /// How it stands at the end of the period; the sum over bodies in a consolidated report.
    pub counts: Counts,
    pub percent: Option<i64>,
    pub words: String,
    /// Words that progress entries suggest; empty once a person wrote others.
    pub suggested: bool,
    pub nothing: bool,
    pub evidence: Vec<String>,
    pub href: String,
    pub said: Vec<Said>,
}

impl Work {
    /// The part of its plan under which it stands: `II`, `PL`; empty where the plan has none.
    pub fn part(&self) -> &str {
        self.section.split_once(['.', ',']).map_or(self.section.as_str(), |(part, _)| part)
    }
}

/// A part of a plan in words.
pub fn part_words(part: &str) -> String {
    match part {
        "" => String::new(),
        "PL" => "Phụ lục".into(),
        part if part.chars().all(|c| "IVXLC".contains(c)) => format!("Phần {part}"),
        part => format!("Mục {part}"),
    }
}

/// The value of a target in the period, beside the columns that leaders compare it with. Thousandths.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Measured {
    #[schema(value_type = String, format = "uuid")]
    pub id: uuid::Uuid,
    pub plan: String,
    pub text: String,
    pub unit: String,
    pub goal: i64,
    #[schema(value_type = Sign)]
    pub comparator: String,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// Kỳ này.
    pub this: Option<i64>,
    /// Lũy kế.
    pub total: Option<i64>,
    /// Cùng kỳ.
    pub year_ago: Option<i64>,
    /// What was planned for this year.
    pub planned: Option<i64>,
    #[schema(value_type = ValueStatus)]
    pub status: String,
    pub evidence: String,
    pub href: String,
    /// How many bodies gave a value, of how many.
    pub reported: usize,
    pub expected: usize,
    pub said: Vec<Said>,
}

impl Measured {
    /// Hundredths of what was planned; none where nothing was.
    pub fn share_of_plan(&self) -> Option<i64> {
        let planned = self.planned.filter(|planned| *planned > 0)?;
        self.total.or(self.this).and_then(|value| kernel::share(value, planned, 0))
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Hindrance {
    #[schema(value_type = String, format = "uuid")]
    pub id: uuid::Uuid,
    pub unit: String,
    pub name: String,
    pub text: String,
    pub proposal: String,
    pub answer: Option<String>,
    pub href: String,
}

/// Something that is missing, named so that nobody takes it for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Gap {
    /// A body's report has not come.
    NoReport { unit: String, name: String },
    /// A late task about which nothing is said.
    LateUnsaid { text: String, href: String },
    /// A target without a value.
    NoValue { text: String, href: String },
}

/// The targets without a value.
pub fn no_values(values: &[Measured]) -> impl Iterator<Item = Gap> {
    let missing = values.iter().filter(|value| value.this.is_none());
    missing.map(|value| Gap::NoValue { text: value.text.clone(), href: value.href.clone() })
}

#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BodyCounts {
    pub unit: String,
    pub name: String,
    /// None where its report has not come: that is not nothing.
    pub counts: Option<Counts>,
    /// Tasks that it was given, whether it reported or not. None known in reports that were sealed before this was kept.
    #[serde(default)]
    pub given: Option<i64>,
    /// The body's report; none where it has not come.
    pub href: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ReportContent)]
pub struct Content {
    pub intro: String,
    pub nothing: bool,
    pub counts: Counts,
    pub works: Vec<Work>,
    pub values: Vec<Measured>,
    pub difficulties: Vec<Hindrance>,
    /// What falls due in the next period.
    pub ahead: Vec<String>,
    pub plans_ahead: String,
    pub gaps: Vec<Gap>,
    /// In a consolidated report: every body that was to report.
    pub bodies: Vec<BodyCounts>,
    /// The plans of the works, as papers cite them.
    #[serde(default)]
    pub cited: Vec<Cited>,
    /// In a consolidated report: what its maker thinks of all of it, and of the parts of plans.
    #[serde(default)]
    pub assessment: String,
    #[serde(default)]
    pub sections: Vec<SectionWords>,
    #[serde(default)]
    pub paper: PaperWords,
}

impl BodyCounts {
    /// What it reported; none where its report has not come, also in what was sealed with noughts for it.
    pub fn reported(&self) -> Option<Counts> {
        self.counts.filter(|_| self.href.is_some())
    }
}

impl Content {
    /// Whether words may be about this: on everything and on a part of a plan the gathering body writes, and on what it
    /// gathers.
    pub fn takes(&self, note: &Note, consolidated: bool) -> bool {
        match note {
            Note::Paper(_) => true,
            Note::Overall => consolidated,
            Note::Section { plan, part } => {
                let is_there = |work: &Work| work.plan_id == Some(*plan) && work.part() == part;
                consolidated && self.works.iter().any(is_there)
            }
        }
    }

    /// Tasks of bodies whose reports have not come: given, and nobody knows how they stand.
    pub fn unreported(&self) -> i64 {
        self.bodies.iter().filter(|body| body.href.is_none()).filter_map(|body| body.given).sum()
    }
}
