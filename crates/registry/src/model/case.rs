//! What the inventory knows of a system, as the rules and questions ask for it.

use db::Words;
use derive::Columns;
use jiff::civil::Date;
use kernel::{Code as _, UnitId};
use serde_json::{Map, Value as Json};

use super::{
    AiPotential, Amount, Criticality, Known, Packaging, PersonalData, SystemHosting, SystemId, SystemKind, SystemState,
};

/// The columns of a system that decide how it moves.
#[derive(Debug, Clone, Columns)]
pub struct Case {
    pub id: SystemId,
    pub owner_id: UnitId,
    pub name: Words,
    pub code: Option<String>,
    pub kind: SystemKind,
    pub state: SystemState,
    pub hosting: SystemHosting,
    pub personal_data: PersonalData,
    pub since: Option<i64>,
    pub operating_since: Option<Date>,
    pub criticality: Criticality,
    pub users: Option<Amount>,
    pub state_secret: Known,
    pub ai_potential: AiPotential,
    pub packaging: Packaging,
    pub support_ends_on: Option<Date>,
    pub strategy: Option<String>,
    pub rev: i64,
}

/// What its relations say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Links {
    /// Other systems to which it stands in some relation, but for those that take another's place.
    pub related: i64,
    /// Another one, in operation, has taken its place.
    pub is_replaced: bool,
    /// It keeps its data in a database.
    pub has_database: bool,
}

impl Links {
    /// The fields that they say, by the same names as those of a record.
    pub fn declared(self) -> Map<String, Json> {
        let mut out = Map::new();
        out.insert("relations".to_owned(), self.related.into());
        for (field, is_so) in [("is_replaced", self.is_replaced), ("has_database", self.has_database)] {
            if is_so {
                out.insert(field.to_owned(), true.into());
            }
        }
        out
    }
}

/// Months before the end of support that count as soon.
const SOON: i32 = 12;

impl Case {
    /// Only what bodies own and use is assessed; what holds state secrets stays as an entry that is counted.
    pub fn is_assessed(&self) -> bool {
        self.kind.is_main() && self.state != SystemState::Mistaken
    }

    /// The fields of its record, by the names under which questions and rules know them. What is not known is not there.
    pub fn record(&self, today: Date) -> Map<String, Json> {
        let mut out = Map::new();
        let mut put = |key: &str, value: Json| {
            out.insert(key.to_owned(), value);
        };
        put("state", self.state.code().into());
        if self.hosting != SystemHosting::Unknown {
            put("hosting", self.hosting.code().into());
        }
        if self.personal_data != PersonalData::Unknown {
            put("personal_data", self.personal_data.code().into());
        }
        if self.kind == SystemKind::Database {
            put("has_database", true.into());
        }
        if self.state_secret != Known::Unknown {
            put("state_secret", (self.state_secret == Known::Yes).into());
        }
        let named = [
            ("criticality", self.level()),
            ("ai_potential", self.potential()),
            ("packaging", self.packaged()),
            ("support", self.support(today)),
        ];
        for (key, code) in named {
            if let Some(code) = code {
                put(key, code.into());
            }
        }
        if let Some(users) = self.users {
            put("users", users.get().into());
        }
        if let Some(age) = self.age(today) {
            put("age", age.into());
        }
        out
    }

    fn level(&self) -> Option<&'static str> {
        match self.criticality {
            Criticality::Unknown => None,
            Criticality::Ordinary => Some("low"),
            Criticality::Important => Some("medium"),
            Criticality::Critical => Some("high"),
        }
    }

    fn potential(&self) -> Option<&'static str> {
        match self.ai_potential {
            AiPotential::Unknown => None,
            AiPotential::Low => Some("low"),
            AiPotential::Medium => Some("medium"),
            AiPotential::High => Some("high"),
        }
    }

    fn packaged(&self) -> Option<&'static str> {
        match self.packaging {
            Packaging::Unknown => None,
            Packaging::Physical => Some("physical"),
            Packaging::Virtual => Some("virtual_machine"),
            Packaging::Container => Some("containers"),
        }
    }

    fn support(&self, today: Date) -> Option<&'static str> {
        let ends = self.support_ends_on?;
        let soon = today.saturating_add(jiff::Span::new().months(SOON));
        Some(if ends < today {
            "ended"
        } else if ends <= soon {
            "ends_soon"
        } else {
            "in_support"
        })
    }

    /// Whole years in operation.
    fn age(&self, today: Date) -> Option<i64> {
        let whole = |day: Date| {
            let had = (today.month(), today.day()) >= (day.month(), day.day());
            i64::from(today.year()) - i64::from(day.year()) - i64::from(!had)
        };
        let age = self.operating_since.map(whole).or(self.since.map(|since| i64::from(today.year()) - since))?;
        Some(age.max(0))
    }
}
