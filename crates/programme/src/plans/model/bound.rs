//! The words by which a target is bound to a place or a condition, and a task to another plan.

use std::sync::LazyLock;

use regex::Regex;

static CONDITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\btại\b|\btrừ\b|\bnếu\b|\bđối với\b|\btrong phạm vi\b|đủ điều kiện|thuộc phạm vi)[^,.;()]*")
        .ok()
});

/// The words that bind a target to a place or a condition, without marks.
pub fn conditions(text: &str) -> Vec<String> {
    let Some(pattern) = CONDITION.as_ref() else { return vec![] };
    let phrase = |found: regex::Match| {
        // Who it is about is no condition: "đủ điều kiện được cung cấp" binds by its first words.
        let words = kernel::text::fold(found.as_str());
        if words.starts_with("du dieu kien") { "du dieu kien".to_owned() } else { words.trim().to_owned() }
    };
    let mut out: Vec<String> = pattern.find_iter(text).map(phrase).collect();
    out.sort();
    out
}

static MERGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[:;,(]?\s*lồng ghép\s+(?:tại|vào|trong)\s+((?:[^.;)]|\.\S)*?số\s+\S+(?:[^.;)]|\.\S)*)").ok()
});

/// Into which plan a task was merged, as it says itself.
pub fn merge(text: &str) -> Option<String> {
    Some(MERGE.as_ref()?.captures(text)?[1].trim().to_owned())
}

pub fn without_merge(text: &str) -> String {
    MERGE.as_ref().map_or_else(|| text.to_owned(), |merge| merge.replace(text, "").into_owned())
}
