//! By which document a team was set up: "theo Quyết định số 12/QĐ-UBND ngày 01/02/2026".

use super::{fold::Shape, words::Words};

/// Where the document ends that is named behind a team.
pub(super) fn cited(words: &mut Words, at: usize) -> Option<usize> {
    const KINDS: [[&str; 2]; 3] = [["quyết", "định"], ["kế", "hoạch"], ["nghị", "quyết"]];
    let from = at + 1;
    let is_kind = |kind: &[&str; 2]| words.says(from, kind[0]) && words.says(from + 1, kind[1]);
    let is_told = KINDS.iter().any(is_kind) && words.says(at, "theo") && words.says(from + 2, "số");
    if !is_told {
        return None;
    }
    let end = number(words, from + 3);
    Some(dated(words, end))
}

/// "12/QĐ-UBND": signs and words without a blank between them.
fn number(words: &mut Words, at: usize) -> usize {
    let mut to = at + 1;
    while is_glued(words, to)
        && words.get(to).is_some_and(|word| !matches!(word.shape, Shape::Mark(',' | ';' | '.' | ')')))
    {
        to += 1;
    }
    to
}

/// "ngày 01/02/2026", "ngày 01 tháng 02 năm 2026".
fn dated(words: &mut Words, at: usize) -> usize {
    if !words.says(at, "ngày") {
        return at;
    }
    let mut to = number(words, at + 1);
    for word in ["tháng", "năm"] {
        to += if words.says(to, word) { 2 } else { 0 };
    }
    to
}

fn is_glued(words: &mut Words, at: usize) -> bool {
    let end = words.get(at - 1).map(|word| word.end);
    words.get(at).is_some_and(|word| Some(word.start) == end)
}
