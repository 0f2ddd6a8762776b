//! What a person writes about a whole report, a part of it, or its head and foot, beside the words on its lines.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the words are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The gathering body's own word on everything.
    Overall,
    /// The same on one part of a plan.
    Section {
        plan: Uuid,
        part: String,
    },
    Paper(PaperField),
}

/// What a paper says and nobody can compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperField {
    /// The post of who signs, where it is not the head.
    Post,
    Signer,
    /// Who drafted it, and how many copies stay: after "Lưu: VT, ".
    Kept,
    /// Who else receives it, a line each.
    Copies,
}

impl PaperField {
    pub const ALL: [Self; 4] = [Self::Post, Self::Signer, Self::Kept, Self::Copies];

    pub fn code(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Signer => "signer",
            Self::Kept => "kept",
            Self::Copies => "copies",
        }
    }
}

impl Note {
    /// As forms name it: `overall`, `section:<plan>:II`, `paper:kept`.
    pub fn parse(code: &str) -> Option<Self> {
        if code == "overall" {
            return Some(Self::Overall);
        }
        if let Some(field) = code.strip_prefix("paper:") {
            return PaperField::ALL.into_iter().find(|known| known.code() == field).map(Self::Paper);
        }
        let (plan, part) = code.strip_prefix("section:")?.split_once(':')?;
        let is_part = part.chars().count() <= 20 && !part.contains(char::is_control);
        is_part.then_some(Self::Section { plan: plan.parse().ok()?, part: part.to_owned() })
    }

    pub fn code(&self) -> String {
        match self {
            Self::Overall => "overall".into(),
            Self::Section { plan, part } => format!("section:{plan}:{part}"),
            Self::Paper(field) => format!("paper:{}", field.code()),
        }
    }

    /// The kind of line and the subject under which it is kept.
    pub fn line(&self, report: Uuid) -> (String, Uuid) {
        match self {
            Self::Section { plan, part } => (format!("section:{part}"), *plan),
            Self::Overall | Self::Paper(_) => (self.code(), report),
        }
    }
}

/// The gathering body's word on a part of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SectionWords {
    #[schema(value_type = String, format = "uuid")]
    pub plan: Uuid,
    pub part: String,
    pub words: String,
}

/// What stands in the head and the foot of the paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PaperWords {
    pub post: String,
    pub signer: String,
    pub kept: String,
    pub copies: String,
}

impl PaperWords {
    pub fn get(&self, field: PaperField) -> &str {
        match field {
            PaperField::Post => &self.post,
            PaperField::Signer => &self.signer,
            PaperField::Kept => &self.kept,
            PaperField::Copies => &self.copies,
        }
    }

    pub fn set(&mut self, field: PaperField, words: String) {
        let place = match field {
            PaperField::Post => &mut self.post,
            PaperField::Signer => &mut self.signer,
            PaperField::Kept => &mut self.kept,
            PaperField::Copies => &mut self.copies,
        };
        *place = words;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_named_as_they_are_read() {
        let plan = Uuid::from_u128(7);
        for note in [
            Note::Overall,
            Note::Section { plan, part: "II".into() },
            Note::Section { plan, part: String::new() },
            Note::Paper(PaperField::Kept),
        ] {
            assert_eq!(Note::parse(&note.code()), Some(note));
        }
        for wrong in ["", "paper:", "section:II", "section:x:II", "overall:"] {
            assert_eq!(Note::parse(wrong), None, "{wrong}");
        }
    }
}
