//! Pages recognised from pictures, as tesseract's TSV gives them: words with boxes and a confidence, and the drawn lines
//! it found (blocks whose only word is blank).

use crate::{
    Refusal,
    layout::{self, Page, Rule, Word},
    sheet::Sheet,
};

/// One recognised page: tesseract's TSV and the resolution of the picture.
#[derive(Debug, Clone)]
pub struct ScannedPage {
    pub tsv: String,
    /// Dots per inch.
    pub resolution: f64,
}

/// A line that stands lower than this share of its length is skew, not slope of the text.
const MAX_SLOPE: f64 = 0.05;

pub fn sheet(pages: &[ScannedPage]) -> Result<Sheet, Refusal> {
    let pages: Vec<Page> = pages.iter().map(page).collect();
    if pages.iter().all(|page| page.words.is_empty()) {
        return Err(Refusal::Unlettered);
    }
    Ok(layout::sheet(&pages))
}

/// One row of the table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
struct Entry<'a> {
    level: u8,
    line: [u32; 3],
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    confidence: f64,
    text: &'a str,
}

fn entry(row: &str) -> Option<Entry<'_>> {
    let cells: Vec<&str> = row.split('\t').collect();
    let number = |at: usize| cells.get(at)?.parse::<f64>().ok().filter(|value| value.abs() < 1e6);
    let whole = |at: usize| cells.get(at)?.parse::<u32>().ok();
    Some(Entry {
        level: cells.first()?.parse().ok()?,
        line: [whole(2)?, whole(3)?, whole(4)?],
        left: number(6)?,
        top: number(7)?,
        width: number(8)?,
        height: number(9)?,
        confidence: number(10)?,
        text: cells.get(11).copied().unwrap_or_default().trim(),
    })
}

pub fn page(scanned: &ScannedPage) -> Page {
    let points = 72.0 / scanned.resolution.clamp(30.0, 2400.0);
    let entries: Vec<Entry> = scanned.tsv.lines().filter_map(entry).collect();
    let height = entries.iter().find(|entry| entry.level == 1).map_or(842.0, |page| page.height * points);
    let slope = slope(&entries);
    let mut out = Page { height, recognised: true, words: Vec::new(), rules: Vec::new() };
    for entry in entries.iter().filter(|entry| entry.level == 5) {
        // Turned back about the corner of the page; small angles only.
        let (x, foot) = (entry.left, entry.top + entry.height);
        let turned = |x: f64, y: f64| ((x + slope * y) * points, (y - slope * x) * points);
        let word = entry.text.trim_matches(|c: char| "|¦—_".contains(c));
        if entry.text.is_empty() {
            let (x0, x1) = (entry.left, entry.left + entry.width);
            let (upright, middle) = (entry.height > entry.width, entry.top + entry.height / 2.0);
            let centre = entry.left + entry.width / 2.0;
            let (from, to) = if upright {
                (turned(centre, entry.top), turned(centre, foot))
            } else {
                (turned(x0, middle), turned(x1, middle))
            };
            if entry.height.min(entry.width) < 0.03 * entry.height.max(entry.width) {
                let flat = if upright { f64::midpoint(from.0, to.0) } else { f64::midpoint(from.1, to.1) };
                out.rules.push(if upright {
                    Rule { x0: flat, x1: flat, y0: from.1, y1: to.1 }
                } else {
                    Rule { x0: from.0, x1: to.0, y0: flat, y1: flat }
                });
            }
        } else if is_said(word, entry.confidence) {
            let (x0, y) = turned(x, foot);
            let size = (entry.height * points).clamp(6.0, 40.0);
            let text = word.to_owned();
            out.words.push(Word { x0, x1: x0 + entry.width * points, y, size, text, sure: entry.confidence / 100.0 });
        }
    }
    level(&mut out.words, &entries);
    out
}

/// Specks are read as points and dashes that nobody is sure of.
fn is_said(word: &str, confidence: f64) -> bool {
    let letters = word.chars().any(char::is_alphanumeric);
    !word.is_empty() && (letters || confidence > 70.0) && (confidence > 15.0 || word.chars().count() > 2)
}

/// Words of one recognised line stand on one base line, whatever hangs below it.
fn level(words: &mut [Word], entries: &[Entry]) {
    let lines = entries.iter().filter(|entry| entry.level == 5 && is_kept(entry)).map(|entry| entry.line);
    let mut at = 0;
    let lines: Vec<[u32; 3]> = lines.collect();
    while at < words.len().min(lines.len()) {
        let end = (at..words.len().min(lines.len())).find(|next| lines[*next] != lines[at]).unwrap_or(words.len());
        let line = &mut words[at..end];
        let mut sizes: Vec<f64> = line.iter().map(|word| word.size).collect();
        sizes.sort_by(f64::total_cmp);
        let size = sizes[sizes.len() / 2];
        let mut feet: Vec<f64> = line.iter().map(|word| word.y).collect();
        feet.sort_by(f64::total_cmp);
        let foot = feet[feet.len() / 4];
        // Two texts side by side are sometimes taken for one line.
        for word in line.iter_mut().filter(|word| (word.y - foot).abs() < 0.5 * size) {
            (word.size, word.y) = (size, foot);
        }
        at = end;
    }
}

fn is_kept(entry: &Entry) -> bool {
    !entry.text.is_empty() && is_said(entry.text.trim_matches(|c: char| "|¦—_".contains(c)), entry.confidence)
}

/// How the page is turned: the middle of the slopes of its long lines.
fn slope(entries: &[Entry]) -> f64 {
    let mut slopes = Vec::new();
    let words: Vec<&Entry> = entries.iter().filter(|entry| entry.level == 5 && !entry.text.is_empty()).collect();
    for line in words.chunk_by(|a, b| a.line == b.line).filter(|line| line.len() >= 4) {
        let middle = |entry: &Entry| (entry.left + entry.width / 2.0, entry.top + entry.height / 2.0);
        let (first, last) = (middle(line[0]), middle(line[line.len() - 1]));
        let slope = (last.1 - first.1) / (last.0 - first.0).max(1.0);
        slopes.extend(Some(slope).filter(|slope| slope.abs() < MAX_SLOPE));
    }
    slopes.sort_by(f64::total_cmp);
    slopes.get(slopes.len() / 2).copied().unwrap_or(0.0)
}
