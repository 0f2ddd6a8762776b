//! Lists as offices keep them: titles above the heads, heads in two rows, merged cells, rows that name a group, totals.

use kernel::{Problem, text::fold};

use super::{Answers, Field};

/// Heads stand within the first rows, below titles.
const WITHIN: usize = 15;
/// Lines of one list.
const MOST: usize = 20_000;

/// Which field each column is, and where the lines begin.
struct Heads {
    columns: Vec<Option<&'static Field>>,
    first: usize,
}

impl Heads {
    fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }
}

/// The lines under the heads, each with its number as the sheet counts, from 1. What a line does not say is as `usual`.
///
/// # Errors
/// Where no row has the heads of all required fields: which are missing is said.
pub fn read(fields: &'static [Field], usual: &Answers, rows: &[Vec<String>]) -> Result<Vec<(usize, Answers)>, Problem> {
    let heads = heads(fields, rows);
    let is_missing = |field: &&Field| {
        let in_heads = |heads: &Heads| heads.columns.iter().flatten().any(|known| known.name == field.name);
        field.is_required && usual.text(field.name).is_empty() && !heads.as_ref().is_some_and(in_heads)
    };
    let missing: Vec<&str> =
        fields.iter().filter(is_missing).filter_map(|field| field.heads.first().copied()).collect();
    let Some(heads) = heads.filter(|_| missing.is_empty()) else {
        return Err(Problem::bad_input("sheet-heads").field("file", "sheet-heads").with("heads", missing.join(", ")));
    };
    let mut out: Vec<(usize, Answers)> = Vec::new();
    let mut above = Answers::default();
    for (at, row) in rows.iter().enumerate().skip(heads.first) {
        let filled: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        let Some(first) = filled.first() else { continue };
        if is_total(&filled) {
            continue;
        }
        let mut line = Answers::default();
        for (field, cell) in heads.columns.iter().zip(row) {
            if let Some(field) = field {
                line.set(field.name, cell.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        let required = || fields.iter().filter(|field| field.is_required && !field.is_carried);
        // "I. Sở Y tế": a row of a few words and nothing else says what holds of the rows below it.
        if required().all(|field| line.text(field.name).is_empty()) || filled.len() == 1 {
            if let Some(carried) = fields.iter().find(|field| field.is_carried) {
                let words = filled.iter().find(|cell| cell.chars().filter(|c| c.is_alphabetic()).count() > 3);
                above.set(carried.name, without_number(words.unwrap_or(first)));
            }
            continue;
        }
        for field in fields.iter().filter(|field| field.is_carried) {
            if line.text(field.name).is_empty() {
                line.set(field.name, above.text(field.name));
            } else {
                above.set(field.name, line.text(field.name));
            }
        }
        out.push((at + 1, usual.clone().over(&line.filled())));
        if out.len() > MOST {
            return Err(Problem::bad_input("sheet-too-long").field("file", "sheet-too-long").with("most", MOST));
        }
    }
    if out.is_empty() {
        return Err(Problem::bad_input("sheet-empty").field("file", "sheet-empty"));
    }
    Ok(out)
}

/// The row, or two rows, that say most.
fn heads(fields: &'static [Field], rows: &[Vec<String>]) -> Option<Heads> {
    let mut best: Option<Heads> = None;
    for (at, row) in rows.iter().enumerate().take(WITHIN) {
        let one = Heads { columns: columns(fields, row), first: at + 1 };
        let two = rows.get(at + 1).map(|below| Heads { columns: columns(fields, &joined(row, below)), first: at + 2 });
        for heads in std::iter::once(one).chain(two) {
            if heads.known() > best.as_ref().map_or(0, Heads::known) {
                best = Some(heads);
            }
        }
    }
    best
}

/// A head above several columns is part of the head of each.
fn joined(above: &[String], below: &[String]) -> Vec<String> {
    let mut group = "";
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let mut out = Vec::new();
    for at in 0..above.len().max(below.len()) {
        let (own, under) = (above.get(at).map_or("", |cell| cell.trim()), cell(below, at));
        if !own.is_empty() {
            group = own;
        }
        out.push(if under.is_empty() { own.to_owned() } else { format!("{group} {under}") });
    }
    out
}

/// The field of each column; of two that say the same the first one is it.
fn columns(fields: &'static [Field], row: &[String]) -> Vec<Option<&'static Field>> {
    let mut out: Vec<Option<&Field>> = Vec::new();
    for cell in row {
        let head = format!(" {} ", fold(cell));
        let fits = fields.iter().flat_map(|field| field.heads.iter().map(move |words| (words.len(), *words, field)));
        // One word alone means little within others: "tên" is the name, "họ tên" is not.
        let is_meant = |words: &str| {
            if words.contains(' ') { head.contains(&format!(" {words} ")) } else { head.trim() == words }
        };
        let best = fits.filter(|(_, words, _)| is_meant(words)).max_by_key(|(length, ..)| *length);
        let field = best.map(|(.., field)| field);
        out.push(field.filter(|field| out.iter().flatten().all(|known| known.name != field.name)));
    }
    out
}

fn is_total(filled: &[&str]) -> bool {
    filled.iter().any(|cell| {
        let cell = fold(cell);
        cell == "tong" || cell == "cong" || cell.starts_with("tong cong") || cell.starts_with("tong so")
    })
}

/// `Sở Y tế` of `I. Sở Y tế`.
fn without_number(text: &str) -> &str {
    match text.split_once(['.', ')', '/']) {
        Some((number, rest)) if number.len() <= 5 && number.chars().all(|c| c.is_ascii_alphanumeric()) => rest.trim(),
        _ => text,
    }
}
