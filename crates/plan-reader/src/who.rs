//! Bodies at the beginning of a text, and where their names end.

use rustc_hash::FxHashMap;

/// A list of bodies that a text begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub names: Vec<String>,
    /// Bytes that the list takes.
    pub end: usize,
    /// Each name is known and ends where it seems to.
    pub is_sure: bool,
}

/// The longest list of bodies at the beginning of the text.
pub fn at(text: &str) -> Option<Who> {
    Some(who(grammar::body::at(text, 0)?))
}

/// The same behind words that say that bodies follow: "phối hợp với ngành Y tế".
pub fn behind(text: &str) -> Option<Who> {
    Some(who(grammar::body::behind(text, 0)?))
}

fn who(found: grammar::body::Found) -> Who {
    const SURE: u8 = 55;
    let is_sure = !found.is_cut && found.bodies.iter().all(|body| body.sure >= SURE);
    let names = found.bodies.into_iter().map(|body| body.name).collect();
    Who { names, end: found.span.end, is_sure }
}

/// The bodies of a cell or of a label's value.
pub fn names(list: &str) -> Vec<String> {
    grammar::body::split(asked(list)).into_iter().map(|body| body.name).collect()
}

/// Whether a cell names bodies, each as one of the same kind: "Sở A/Sở B" may be who leads and who helps.
pub fn is_clear(list: &str) -> bool {
    let bodies = grammar::body::split(asked(list));
    let is_known = bodies.iter().all(|body| body.kind != grammar::body::Kind::Other);
    is_known && (bodies.len() < 2 || !list.contains('/'))
}

/// "Đề nghị Hội Nông dân": whoever is no subordinate is asked in a cell too.
fn asked(list: &str) -> &str {
    const ASKS: [&str; 4] = ["đề nghị", "yêu cầu", "giao", "mời"];
    let first = ASKS.iter().find(|ask| list.to_lowercase().starts_with(**ask));
    let rest = first.and_then(|ask| list.get(ask.len()..)).map(|rest| rest.trim_start_matches([' ', ':']));
    rest.filter(|rest| begins(rest)).unwrap_or(list)
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

/// Bodies with hardly a word behind them, or a few words that name nobody who is known.
pub fn fills(text: &str) -> bool {
    let words = |text: &str| text.trim_matches([' ', ';', ',']).split_whitespace().count();
    at(text).map_or(words(text) <= 4, |who| words(text.get(who.end..).unwrap_or_default()) <= 2)
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
