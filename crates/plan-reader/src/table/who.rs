//! Who a row is given to: cells that name bodies, and cells that say too which of them leads.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    field::{self, Field},
    who,
};

/// The words of a cell, or of two, by what they say of the bodies.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub lead: String,
    pub with: String,
    /// Whether it is said which of them leads.
    pub is_clear: bool,
}

impl Said {
    fn clear(lead: &str, with: &str) -> Self {
        let bare = |side: &str| side.trim_matches([' ', ';', ',', '(', '/', '\n', '-']).to_owned();
        Self { lead: bare(lead), with: bare(with), is_clear: true }
    }
}

/// One cell for all bodies says who is which: by labels, by words, or, where its title names both (`is_both`), by a stroke.
pub fn parted(lead: String, with: String, is_both: bool) -> Said {
    if let Some(said) = by_labels(&lead, &with) {
        return said;
    }
    if with.is_empty()
        && let Some(said) = by_words(&lead)
    {
        return said;
    }
    if is_both && with.is_empty() {
        return by_stroke(lead);
    }
    Said { lead, with, is_clear: true }
}

/// "Chủ trì: Sở A; phối hợp: Sở B".
fn by_labels(lead: &str, with: &str) -> Option<Said> {
    let labels = field::labels(lead);
    let of = |wanted: Field| {
        let values = labels.iter().filter(|label| label.field == wanted);
        values.filter_map(|label| lead.get(label.value.clone())).collect::<Vec<_>>().join("; ")
    };
    let (leading, helping) = (of(Field::Lead), of(Field::Coordinating));
    let before = || labels.first().and_then(|first| lead.get(..first.at)).unwrap_or(lead);
    match (leading.is_empty(), helping.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Said::clear(before(), &helping)),
        (false, _) => Some(Said::clear(&leading, if helping.is_empty() { with } else { &helping })),
    }
}

/// "Sở A chủ trì; Sở B phối hợp", "Sở A (chủ trì), Sở B", "Chủ trì Sở A, phối hợp với Sở B", "Sở A phối hợp với Sở B".
fn by_words(cell: &str) -> Option<Said> {
    const HELPS: &str = r"(?:phối hợp|tham gia)(?:\s+thực hiện)?";
    static FORMS: LazyLock<Option<[Regex; 4]>> = LazyLock::new(|| {
        let leads = r"\(?(?:là\s+)?(?:(?:cơ quan|đơn vị)\s+)?chủ trì(?:\s+thực hiện)?\)?";
        let with = format!(r"\(?{HELPS}(?:\s+(?:với|cùng)(?:\s+với)?)?\)?");
        let form = |pattern: String| Regex::new(&format!("(?is)^{pattern}$")).ok();
        Some([
            form(format!(r"\W*chủ trì\s+(.+?)[\s;,/(]+{with}\s+(.+)"))?,
            form(format!(r"(.+?)\s*{leads}[\s;,./-]*(?:và\s+)?(?:{with}\s+)?(.*?)(?:[\s-]*\(?{HELPS}\)?)?"))?,
            form(format!(r"(.+?)[\s;,/(]+{HELPS}\s+(?:với|cùng)(?:\s+với)?\s+(.+?)\)?"))?,
            form(format!(r"(.+)[;\n/]\s*(.+?)\s*\(?{HELPS}\)?"))?,
        ])
    });
    let cell = cell.trim_end_matches([' ', '.', ';']);
    let found = FORMS.as_ref()?.iter().find_map(|form| form.captures(cell))?;
    let side = |nth: usize| found.get(nth).map_or("", |side| side.as_str());
    let said = Said::clear(side(1), side(2));
    let names = |side: &str| side.is_empty() || who::begins(side);
    (names(&said.lead) && names(&said.with)).then_some(said)
}

/// "Sở A/Sở B, Sở C": who leads stands before the stroke. Several bodies without one may stand in any order.
fn by_stroke(cell: String) -> Said {
    let strokes: Vec<usize> = cell.match_indices('/').map(|(at, _)| at).collect();
    let parts_names = |at: &&usize| strokes.len() == 1 || who::begins(cell[**at + 1..].trim_start());
    let Some(at) = strokes.iter().find(parts_names) else {
        let is_clear = who::names(field::value(&cell)).len() < 2;
        return Said { lead: cell, with: String::new(), is_clear };
    };
    Said { is_clear: strokes.len() == 1, ..Said::clear(&cell[..*at], &cell[*at + 1..]) }
}

/// The bodies of a cell; how they are addressed is no part of the first one's name.
pub fn names(cell: &str) -> Vec<String> {
    const ADDRESSED: [&str; 5] = ["đề nghị ", "yêu cầu ", "giao ", "kính đề nghị ", "mời "];
    let cell = field::value(cell).trim_start();
    let small = cell.to_lowercase();
    let address = ADDRESSED.iter().find(|address| small.starts_with(**address));
    let rest = address.and_then(|address| cell.get(address.len()..)).filter(|rest| who::begins(rest));
    who::names(rest.unwrap_or(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_says_who_leads_and_who_helps() {
        let read = |cell: &str, is_both| {
            let Said { lead, with, is_clear } = parted(cell.to_owned(), String::new(), is_both);
            (lead, with, is_clear)
        };
        let said = |lead: &str, with: &str| (lead.to_owned(), with.to_owned(), true);
        for (cell, lead, with) in [
            ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế chủ trì; Sở Nội vụ, Công an tỉnh phối hợp", "Sở Y tế", "Sở Nội vụ, Công an tỉnh"),
            ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế (chủ trì)\nSở Nội vụ\nCông an tỉnh", "Sở Y tế", "Sở Nội vụ\nCông an tỉnh"),
            ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
            ("Chủ trì Sở Y tế, phối hợp Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế phối hợp với Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế; Sở Nội vụ phối hợp", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế; Sở Nội vụ", "Sở Y tế; Sở Nội vụ", ""),
        ] {
            assert_eq!(read(cell, false), said(lead, with), "{cell}");
        }
        assert_eq!(read("Sở Y tế/Sở Nội vụ", false), said("Sở Y tế/Sở Nội vụ", ""));
        assert_eq!(read("Sở Y tế/Sở Nội vụ, các thôn", true), said("Sở Y tế", "Sở Nội vụ, các thôn"));
        assert_eq!(read("Sở Y tế", true), said("Sở Y tế", ""));
        assert!(!read("Sở Y tế, Sở Nội vụ", true).2 && !read("Sở Y tế/Sở Nội vụ/Công an tỉnh", true).2);
    }

    #[test]
    fn how_a_body_is_addressed_is_no_body() {
        assert_eq!(names("Đề nghị Hội Nông dân tỉnh, Tỉnh đoàn"), ["Hội Nông dân tỉnh", "Tỉnh đoàn"]);
        assert_eq!(names("Giao thông vận tải"), who::names("Giao thông vận tải"));
    }
}
