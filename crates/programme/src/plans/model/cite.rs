//! How a paper names another: kind, number, day, issuer and subject the first time, kind and number after that.

use nd30::day_long;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::plans::{model::naming::full_name, store::plan::PlanRow};

/// Kinds by the letters with which their numbers begin, as Appendix III of the decree abbreviates them.
const KINDS: [(&str, &str); 15] = [
    ("NQ", "Nghị quyết"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("QC", "Quy chế"),
    ("TB", "Thông báo"),
    ("HD", "Hướng dẫn"),
    ("CTr", "Chương trình"),
    ("KH", "Kế hoạch"),
    ("PA", "Phương án"),
    ("ĐA", "Đề án"),
    ("BC", "Báo cáo"),
    ("TTr", "Tờ trình"),
    ("CĐ", "Công điện"),
    ("KL", "Kết luận"),
    ("NĐ", "Nghị định"),
];

/// A document as papers cite it. What was not read of it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Cited {
    /// Plan id.
    #[schema(value_type = String, format = "uuid")]
    pub id: Uuid,
    pub kind: String,
    pub number: String,
    /// `2026-03-05`.
    pub day: String,
    pub issuer: String,
    pub title: String,
}

impl Cited {
    /// The issuer is called as the tree calls it, where it is known there.
    pub fn of(plan: &PlanRow, issuer: Option<&str>) -> Self {
        let number = plan.number.clone().filter(|number| !number.starts_with('/')).unwrap_or_default();
        let issuer = issuer.or(plan.issuer.as_deref()).unwrap_or_default();
        Self {
            id: plan.id,
            kind: kind(plan.kind.as_deref(), &number),
            day: plan.issued_on.clone().unwrap_or_default(),
            issuer: full_name(issuer),
            // A document of which only its tasks are known has no title of its own but its number.
            title: plan.title.clone().filter(|title| number.is_empty() || !title.contains(&number)).unwrap_or_default(),
            number,
        }
    }

    /// "Kế hoạch số 22/KH-UBND"; without a number what it is about.
    pub fn short(&self) -> String {
        if self.number.is_empty() { self.about() } else { format!("{} số {}", self.kind, self.number) }
    }

    /// "Kế hoạch số 22/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Mẫu về …".
    pub fn full(&self) -> String {
        let mut out = if self.number.is_empty() { self.kind.clone() } else { self.short() };
        if let Ok(day) = self.day.parse() {
            out = format!("{out} {}", day_long(day));
        }
        if !self.issuer.is_empty() {
            out = format!("{out} của {}", self.issuer);
        }
        format!("{out}{}", self.subject())
    }

    fn about(&self) -> String {
        format!("{}{}", self.kind, self.subject())
    }

    fn subject(&self) -> String {
        let title = self.title.trim().trim_end_matches(['.', ';']);
        match title.strip_prefix("Về ").or_else(|| title.strip_prefix("về ")) {
            _ if title.is_empty() => String::new(),
            Some(rest) => format!(" về {}", rest.trim_start_matches("việc ").trim()),
            None => format!(" về {}", within(title)),
        }
    }
}

/// As it stands in a sentence: small at its beginning, unless it begins with letters that stand for words.
fn within(title: &str) -> String {
    let mut letters = title.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    match first {
        Some(first) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// What the document is called: in its head, else by its number. A number without the letters of a kind is a letter's.
fn kind(said: Option<&str>, number: &str) -> String {
    let said = said.map(str::trim).filter(|said| !said.is_empty() && !said.eq_ignore_ascii_case("assigned"));
    if let Some(said) = said {
        let lower = said.to_lowercase();
        let mut letters = lower.chars();
        return letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    }
    let sign = number.split_once('/').map(|(_, sign)| sign.rsplit('/').next().unwrap_or(sign)).unwrap_or_default();
    let letters = sign.split('-').next().unwrap_or_default();
    let known = KINDS.iter().find(|(short, _)| *short == letters).map(|(_, kind)| *kind);
    known.unwrap_or(if sign.is_empty() { "Văn bản" } else { "Công văn" }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(kind_said: Option<&str>, number: &str, day: &str, title: &str) -> Cited {
        Cited {
            kind: kind(kind_said, number),
            number: number.into(),
            day: day.into(),
            issuer: "Ủy ban nhân dân tỉnh Mẫu".into(),
            title: title.into(),
            ..Cited::default()
        }
    }

    #[test]
    fn a_document_is_named_in_full_and_then_briefly() {
        let plan = cited(Some("KẾ HOẠCH"), "22/KH-UBND", "2026-03-05", "Chuyển đổi số tỉnh Mẫu năm 2026.");
        assert_eq!(plan.short(), "Kế hoạch số 22/KH-UBND");
        assert_eq!(
            plan.full(),
            "Kế hoạch số 22/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Mẫu về chuyển đổi số tỉnh Mẫu năm 2026"
        );
    }

    #[test]
    fn what_was_not_read_is_left_out() {
        let plan = cited(None, "45/TB-VP", "2026-03", "Về việc kết luận cuộc họp");
        assert_eq!(plan.full(), "Thông báo số 45/TB-VP của Ủy ban nhân dân tỉnh Mẫu về kết luận cuộc họp");
        assert_eq!(cited(Some("assigned"), "812/UBND-VX", "", "").short(), "Công văn số 812/UBND-VX");
        assert_eq!(cited(Some("KẾ HOẠCH"), "", "", "CNTT năm 2026").short(), "Kế hoạch về CNTT năm 2026");
        assert_eq!(cited(None, "", "", "").full(), "Văn bản của Ủy ban nhân dân tỉnh Mẫu");
        assert_eq!(cited(None, "57/2024/NQ-HĐND", "", "").short(), "Nghị quyết số 57/2024/NQ-HĐND");
    }
}
