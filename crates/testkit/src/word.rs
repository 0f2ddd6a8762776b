//! A Word file of nothing but these lines, for what is taken in as the paper of a report.

use crate::hostile::word;

pub fn word_file(lines: &[&str]) -> Vec<u8> {
    let paragraphs: Vec<String> = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    word(&paragraphs.concat())
}
