//! Lists as offices keep them: titles above the heads, heads in two rows, merged cells, rows that name a group, totals.

use kernel::{Lang, Problem, text::fold};

use super::{Answers, Field};
use crate::Locales;

/// Heads stand within the first rows, below titles.
const WITHIN: usize = 15;
/// Lines of one list.
const MOST: usize = 20_000;

/// What heads may say of which field.
type Known = [(String, &'static Field)];

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
pub(super) fn read(
    fields: &'static [Field],
    usual: &Answers,
    rows: &[Vec<String>],
    (locales, lang): (&Locales, Lang),
) -> Result<Vec<(usize, Answers)>, Problem> {
    let heads = heads(&known(fields, locales), rows);
    let is_missing = |field: &&Field| {
        let in_heads = |heads: &Heads| heads.columns.iter().flatten().any(|known| known.name == field.name);
        field.is_required && usual.text(field.name).is_empty() && !heads.as_ref().is_some_and(in_heads)
    };
    let missing: Vec<String> =
        fields.iter().filter(is_missing).map(|field| locales.text(lang, field.label, &[])).collect();
    let Some(heads) = heads.filter(|_| missing.is_empty()) else {
        return Err(Problem::bad_input("sheet-heads").field("file", "sheet-heads").with("heads", missing.join(", ")));
    };
    let mut out: Vec<(usize, Answers)> = Vec::new();
    let carried = fields.iter().find(|field| field.is_carried);
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
        let is_of_none = required().all(|field| line.text(field.name).is_empty());
        let is_empty = fields.iter().all(|field| line.text(field.name).is_empty());
        // "I. Sở Y tế": a row of a few words and nothing else says what holds of the rows below it.
        if is_of_none && (carried.is_some() || is_empty) || (filled.len() == 1 && carried.is_some()) {
            if let Some(carried) = carried {
                let words = filled.iter().find(|cell| is_wordy(cell));
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

/// A field is known by its own words, and by what it is called on pages and in the files that come from them.
fn known(fields: &'static [Field], locales: &Locales) -> Vec<(String, &'static Field)> {
    let heads = |field: &'static Field| {
        let called = [Lang::Vi, Lang::En].map(|lang| fold(&locales.text(lang, field.label, &[])));
        field.heads.iter().map(|words| (*words).to_owned()).chain(called).map(move |words| (words, field))
    };
    fields.iter().flat_map(heads).collect()
}

/// The row, or two rows, that say most.
fn heads(known: &Known, rows: &[Vec<String>]) -> Option<Heads> {
    let mut best: Option<Heads> = None;
    for (at, row) in rows.iter().enumerate().take(WITHIN) {
        let one = Heads { columns: columns(known, row), first: at + 1 };
        let two = rows.get(at + 1).map(|below| Heads { columns: columns(known, &joined(row, below)), first: at + 2 });
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
        // One merged cell over both rows says the same twice.
        out.push(if under.is_empty() || under == own { own.to_owned() } else { format!("{group} {under}") });
    }
    out
}

/// The field of each column; of two that say the same the first one is it.
fn columns(known: &Known, row: &[String]) -> Vec<Option<&'static Field>> {
    let mut out: Vec<Option<&'static Field>> = Vec::new();
    for cell in row {
        let head = format!(" {} ", fold(cell));
        // One word alone means little within others: "tên" is the name, "họ tên" is not.
        let is_meant = |words: &str| {
            if words.contains(' ') { head.contains(&format!(" {words} ")) } else { head.trim() == words }
        };
        let best = known.iter().filter(|(words, _)| is_meant(words)).max_by_key(|(words, _)| words.len());
        let field = best.map(|(_, field)| *field);
        out.push(field.filter(|field| out.iter().flatten().all(|known| known.name != field.name)));
    }
    out
}

/// More than a number, be it a Roman one.
fn is_wordy(cell: &str) -> bool {
    cell.chars().filter(|c| c.is_alphabetic()).count() > 3
}

/// "Tổng cộng", and numbers. Without its marks it may be somebody's name (Tống Sơ, Tống Công): then nothing else is said
/// beside it. A state corporation (tổng công ty) is none, nor is somebody whose login is "cong".
fn is_total(filled: &[&str]) -> bool {
    let Some(first) = filled.iter().find(|cell| is_wordy(cell)) else { return false };
    let is_alone = filled.iter().filter(|cell| cell.chars().any(char::is_lowercase) || is_wordy(cell)).count() < 2;
    let begins = |text: &str, with: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        with.split(' ').all(|word| words.next() == Some(word))
    };
    let (said, folded) = (first.to_lowercase(), fold(first));
    match folded.as_str() {
        "tong" | "cong" => is_alone,
        folded if begins(folded, "tong cong ty") => false,
        folded => {
            begins(&said, "tổng số")
                || begins(&said, "tổng cộng")
                || is_alone && (begins(folded, "tong so") || begins(folded, "tong cong"))
        }
    }
}

/// `Sở Y tế` of `I. Sở Y tế`.
fn without_number(text: &str) -> &str {
    match text.split_once(['.', ')', '/']) {
        Some((number, rest)) if number.len() <= 5 && number.chars().all(|c| c.is_ascii_alphanumeric()) => rest.trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_whose_name_sounds_like_a_total_is_left_out() {
        for line in [
            vec!["Tống Sơn Hà", "ha.ts"],
            vec!["3", "Tống Công Minh", "minh.tc", "Sở Tài chính"],
            vec!["Tống Số", "so.t"],
        ] {
            assert!(!is_total(&line), "{line:?}");
        }
    }

    #[test]
    fn a_total_is_no_line_and_a_corporation_is_one() {
        for total in [vec!["Tổng cộng", "500"], vec!["9", "TỔNG SỐ: 3", "3"], vec!["III", "Cộng", "12"]] {
            assert!(is_total(&total), "{total:?}");
        }
        for line in [vec!["1", "Tổng Công ty Mẫu", "Doanh nghiệp"], vec!["cong", "Lê Văn Công"], vec!["1", "2"]]
        {
            assert!(!is_total(&line), "{line:?}");
        }
    }
}
