//! The day of a document.

use std::sync::LazyLock;

use regex::Regex;

/// Of the first lines of its head, as far as they tell it: "2026-03" where no day stands.
pub fn date(head: &[&str]) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"ngày\s*(\d{1,2})?[\s…._]*tháng\s*(\d{1,2})\s*năm\s*(20\d\d)").ok());
    static SHORT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[^.;:]{2,40},\s*ngày\s+(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(20\d\d)\s*$").ok());
    head.iter().take(20).find_map(|line| {
        let found = DATE.as_ref()?.captures(line).or_else(|| SHORT.as_ref()?.captures(line))?;
        let month: u8 = found[2].parse().ok().filter(|month| (1..=12).contains(month))?;
        Some(match found.get(1).and_then(|day| day.as_str().parse::<u8>().ok()) {
            Some(day) => format!("{}-{month:02}-{day:02}", &found[3]),
            None => format!("{}-{month:02}", &found[3]),
        })
    })
}
