//! Bodies at the beginning of a text, and where their names end.

use rustc_hash::FxHashMap;

/// A list of bodies that a text begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub names: Vec<String>,
    /// Bytes that the list takes.
    pub end: usize,
}

/// The longest list of bodies at the beginning of the text.
pub fn at(text: &str) -> Option<Who> {
    let found = grammar::body::at(text, 0)?;
    let names = found.bodies.iter().map(|body| body.name.clone()).collect();
    Some(Who { names, end: found.span.end })
}

/// The bodies of a cell or of a label's value.
pub fn names(list: &str) -> Vec<String> {
    // "Đề nghị Hội A, Hội B": how they are asked is no name.
    const ASKED: [&str; 4] = ["Đề nghị ", "Yêu cầu ", "Giao ", "Phân công "];
    let asked = ASKED.iter().find_map(|verb| list.trim_start().strip_prefix(verb)).filter(|rest| begins(rest));
    grammar::body::split(asked.unwrap_or(list)).into_iter().map(|body| body.name).collect()
}

/// Names of values that were read before: a plan gives most of its work to the same bodies.
#[derive(Default)]
pub struct Known(FxHashMap<String, Vec<String>>);

impl Known {
    /// So many values are kept, and none that is longer in bytes.
    const MOST: usize = 4_096;
    const LONGEST: usize = 200;

    /// As [`names`] gives them.
    pub fn names(&mut self, list: &str) -> Vec<String> {
        if let Some(known) = self.0.get(list) {
            return known.clone();
        }
        let found = names(list);
        if list.len() <= Self::LONGEST && self.0.len() < Self::MOST {
            self.0.insert(list.to_owned(), found.clone());
        }
        found
    }
}

/// Whether a body begins the text.
pub fn begins(text: &str) -> bool {
    grammar::body::heads_with(text)
}

/// No body in particular: "các đơn vị, cá nhân".
pub fn is_anybody(name: &str) -> bool {
    use grammar::body::Kind::{Citizens, Group, Other};
    grammar::body::split(name).iter().all(|body| matches!(body.kind, Citizens | Group | Other))
}

/// Whoever it concerns: "các cơ quan, đơn vị".
pub fn is_generic(name: &str) -> bool {
    const WORDS: [&str; 15] =
        ["các", "những", "và", "cơ", "quan", "đơn", "vị", "tổ", "chức", "cá", "nhân", "địa", "phương", "liên", "có"];
    name.split([' ', ',']).filter(|word| !word.is_empty()).all(|word| WORDS.contains(&word.to_lowercase().as_str()))
}
