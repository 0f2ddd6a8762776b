//! Physical lines to paragraphs: residue of conversion is dropped, hard-wrapped lines are joined.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Span, field, flat, marker};

#[derive(Debug, Clone)]
pub struct Paragraph {
    /// White space collapsed; cells of a table row stay separated by tabs.
    pub text: String,
    pub span: Span,
    pub after_blank: bool,
}

impl Paragraph {
    pub fn append(&mut self, other: &Self) {
        self.text = format!("{}{}{}", self.text, glue(&self.text), other.text);
        self.span = self.span.to(other.span);
    }

    pub fn cells(&self) -> Option<Vec<&str>> {
        (self.text.matches('\t').count() >= 2).then(|| self.text.split('\t').map(str::trim).collect())
    }
}

static RESIDUE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[bookmark: [^\]]*\]|\*\*|__").ok());

pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let double_spaced = is_double_spaced(&lines);
    let lines = flat::tables(lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut blanks = 0;
    for line in lines {
        if line.text.is_empty() {
            blanks += 1;
            continue;
        }
        let after_blank = blanks > usize::from(double_spaced);
        blanks = 0;
        let line = Paragraph { after_blank, ..line };
        match out.last_mut() {
            Some(last) if continues(last, &line, double_spaced) => last.append(&line),
            _ => out.push(line),
        }
    }
    out
}

fn lines(text: &str) -> Vec<Paragraph> {
    let mut at = 0;
    let mut out = Vec::new();
    for raw in text.split_inclusive('\n') {
        let span = trimmed_span(raw, at);
        at += raw.len();
        let is_row = raw.trim_end_matches(['\r', '\n']).matches('\t').count() >= 2;
        let cleaned = RESIDUE.as_ref().map_or(raw.into(), |residue| residue.replace_all(raw, ""));
        let text = if is_row {
            cleaned.trim_end_matches(['\r', '\n']).split('\t').map(collapse).collect::<Vec<_>>().join("\t")
        } else {
            collapse(&cleaned)
        };
        out.push(Paragraph { text, span, after_blank: false });
    }
    out
}

fn trimmed_span(raw: &str, at: usize) -> Span {
    let start = at + (raw.len() - raw.trim_start().len());
    Span::new(start, (at + raw.trim_end().len()).max(start))
}

pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Between two lines of one sentence: nothing after a word that ends in a hyphen, else a blank.
pub fn glue(before: &str) -> &'static str {
    let mut ends = before.chars().rev();
    if ends.next() == Some('-') && ends.next().is_some_and(char::is_alphanumeric) { "" } else { " " }
}

/// Text pulled out of a PDF has a blank line after every visual line: then one blank separates nothing.
fn is_double_spaced(lines: &[Paragraph]) -> bool {
    let full = lines.iter().filter(|line| !line.text.is_empty()).count();
    let followed = lines.windows(2).filter(|pair| !pair[0].text.is_empty() && pair[1].text.is_empty()).count();
    full > 40
        && followed * 10 > full * 8
        && lines.iter().filter(|line| line.text.chars().count() > 120).count() * 10 < full
}

/// A line that begins in the middle of a sentence, after one that has not ended.
fn goes_on(last: &Paragraph, line: &Paragraph) -> bool {
    may_go_on(last, line) && line.text.starts_with(char::is_lowercase)
}

fn may_go_on(last: &Paragraph, line: &Paragraph) -> bool {
    let row = line.after_blank || last.cells().is_some() || line.cells().is_some();
    !row && marker::marker(&line.text).is_none() && !last.text.ends_with(['.', ';', ':', '!', '?', '/'])
}

pub fn continues(last: &Paragraph, line: &Paragraph, wrapped: bool) -> bool {
    if !may_go_on(last, line) {
        return false;
    }
    if goes_on(last, line) {
        return true;
    }
    let item = marker::marker(&last.text).is_some_and(|(mark, _)| mark.is_item());
    let long = last.text.chars().count() > 60;
    !field::is_field(&line.text) && (item || wrapped) && long && !is_shouting(&last.text)
}

/// A line in capitals is a heading or a letterhead; nothing continues it.
fn is_shouting(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}
