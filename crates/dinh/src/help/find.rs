//! A plain search over the topics: every word stands in it, with or without diacritics; in the title counts more.

use kernel::{Lang, text::fold};
use serde::Serialize;

use super::topics::{self, Topic};

#[derive(Debug, Serialize)]
pub struct Found {
    pub name: &'static str,
    pub title: &'static str,
    /// The first line in which one of the words stands.
    pub line: String,
}

pub fn find(words: &str, lang: Lang) -> Vec<Found> {
    let words: Vec<String> = fold(words).split_whitespace().take(20).map(str::to_owned).collect();
    if words.is_empty() {
        return vec![];
    }
    let mut found: Vec<(usize, &Topic)> =
        topics::all().filter_map(|topic| Some((rank(topic, &words, lang)?, topic))).collect();
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found
        .into_iter()
        .map(|(_, topic)| Found { name: topic.name, title: topic.title(lang), line: line(topic, &words, lang) })
        .collect()
}

/// How many of the words stand in the title; nothing where one stands nowhere.
fn rank(topic: &Topic, words: &[String], lang: Lang) -> Option<usize> {
    let (title, text) = (fold(topic.title(lang)), fold(topic.text(lang)));
    let all = words.iter().all(|word| text.contains(word.as_str()));
    all.then(|| words.iter().filter(|word| title.contains(word.as_str())).count())
}

fn line(topic: &Topic, words: &[String], lang: Lang) -> String {
    let has = |line: &&str| words.iter().any(|word| fold(line).contains(word.as_str()));
    let line = topic.text(lang).lines().skip(1).find(has).unwrap_or_default();
    plain(line)
}

/// Without the marks of Markdown.
fn plain(line: &str) -> String {
    use pulldown_cmark::{Event, Parser};
    let text = Parser::new(line).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    text.collect::<String>().trim_matches('|').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str, lang: Lang) -> Vec<&'static str> {
        find(words, lang).into_iter().map(|found| found.name).collect()
    }

    #[test]
    fn words_are_found_without_diacritics_and_titles_come_first() {
        assert_eq!(names("nhac viec", Lang::Vi).first(), Some(&"notices"));
        assert!(names("gia hạn", Lang::Vi).contains(&"tasks"));
        assert_eq!(names("ledger", Lang::En).first(), Some(&"ledger"));
        assert!(names("xyzzy", Lang::Vi).is_empty());
        assert!(names("  ", Lang::Vi).is_empty());
        let found = find("biểu Excel", Lang::Vi);
        assert!(found.iter().all(|one| !one.line.contains("**") && !one.line.contains("](")), "{found:?}");
    }
}
