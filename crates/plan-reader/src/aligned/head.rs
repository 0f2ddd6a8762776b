//! The head of such a table: titles over several lines, told apart by where the rows below them begin.

use std::ops::Range;

use super::{
    columns::Columns,
    line::{Line, is_label},
    year,
};
use crate::{
    paragraph::is_shouting,
    table::{self, Column},
};

/// Lines of a head, at most.
const LONGEST: usize = 6;
/// So many lines below show where the columns begin.
const SHOWN: usize = 40;
/// Lines that are tried as the one that shows it.
const TRIED: usize = 12;
/// So many lines, too, may show it together.
const TOGETHER: [usize; 3] = [6, 10, 16];
/// Fewer columns are no table.
const FEWEST: usize = 3;
/// Columns of a table, at most; more are no table of tasks, and take long to try.
const MOST: usize = 24;
/// What the words of a title may miss its place by.
const LOOSE: f64 = 10.0;

const BEGINS: [&str; 12] = ["TT", "STT", "ST", "Số", "Nhiệm", "Nội", "Công", "Chỉ", "Mục", "Tên", "Giải", "Hoạt"];

fn begins(word: &str) -> bool {
    BEGINS.contains(&word)
}

/// Whether a line may hold the first title of a head.
pub fn may_begin(line: &str) -> bool {
    line.split(' ').next().is_some_and(begins)
}

/// Words that begin the title of the numbers.
const NUMBERS: [&str; 4] = ["TT", "STT", "ST", "Số"];

#[derive(Clone)]
pub struct Head {
    pub lines: Range<usize>,
    pub titles: Vec<String>,
    pub kinds: Vec<Column>,
    pub columns: Columns,
    /// Whether the title of each column stands behind a gap.
    pub parted: Vec<bool>,
}

impl Head {
    /// Columns whose title says what they hold.
    pub fn known(&self) -> usize {
        self.kinds.iter().filter(|kind| **kind != Column::Ignored).count()
    }
}

/// The heads that this line may be the first title's of, each with other columns.
pub fn at(lines: &[Line], at: usize, wide: f64, rounded: bool) -> Vec<Head> {
    let Some(line) = lines.get(at) else { return vec![] };
    if !line.words.first().is_some_and(|word| begins(&word.text)) || line.pieces(wide).len() < 2 {
        return vec![];
    }
    if let Some(head) = of_year(lines, at, wide, rounded) {
        return vec![head];
    }
    let begins: Vec<usize> = (at.saturating_sub(2)..=at).filter(|start| leaves(lines, *start, at)).collect();
    let mut out: Vec<Head> = Vec::new();
    for columns in shown(lines, at, wide, rounded) {
        out.extend(begins.iter().find_map(|start| head(lines, *start, at, &columns)));
    }
    let titles = Columns::at(capitals(line), wide, rounded);
    if (FEWEST..=MOST).contains(&titles.count())
        && let Some(own) = begins.iter().find_map(|start| head(lines, *start, at, &titles))
    {
        out.extend(over_rows(lines, &own));
        out.push(own);
    }
    // The line of numbers below the titles says how many columns there are.
    let says = |head: &Head| lines.get(head.lines.end).and_then(counted);
    if out.iter().any(|head| says(head) == Some(head.columns.count())) {
        out.retain(|head| says(head).is_none_or(|count| count == head.columns.count()));
    }
    out
}

/// Months or quarters as columns.
fn of_year(lines: &[Line], at: usize, wide: f64, rounded: bool) -> Option<Head> {
    let (titles, starts) = year::titles(lines, at, wide)?;
    let (kinds, parted) = (kinds(&titles)?, vec![true; titles.len()]);
    Some(Head { lines: at..at + 2, titles, kinds, columns: Columns::at(starts, wide, rounded), parted })
}

/// How many columns a line numbers: "(1) (2) (3)".
pub fn counted(line: &Line) -> Option<usize> {
    let number = |text: &str| text.strip_prefix('(')?.strip_suffix(')')?.parse::<usize>().ok();
    let in_order = line.words.iter().zip(1..).all(|(word, nth)| number(&word.text) == Some(nth));
    (in_order && line.words.len() >= FEWEST).then_some(line.words.len())
}

/// The same titles over columns as a line below shows them all: titles that are pressed against each other stand elsewhere
/// than what is below them.
fn over_rows(lines: &[Line], head: &Head) -> Option<Head> {
    let wide = head.columns.wide;
    if !head.columns.rounded {
        return None;
    }
    let below = lines.get(head.lines.end..lines.len().min(head.lines.end + SHOWN))?;
    let line = below.iter().find(|line| line.pieces(wide).len() == head.columns.count())?;
    let columns = Columns::of(line, wide, true);
    Some(Head { columns, ..head.clone() })
}

/// Where columns may begin: as on a line that shows many of them, and as several lines show them together.
fn shown(lines: &[Line], at: usize, wide: f64, rounded: bool) -> Vec<Columns> {
    let below = lines.get(at..lines.len().min(at + SHOWN)).unwrap_or_default();
    let mut clear: Vec<(usize, usize)> =
        below.iter().map(|line| line.pieces(wide).len()).enumerate().filter(|(_, count)| *count >= FEWEST).collect();
    clear.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut out: Vec<Columns> = Vec::new();
    out.extend(clear.into_iter().take(TRIED).map(|(nth, _)| Columns::of(&below[nth], wide, rounded)));
    // Numbers that a single blank parts from the text behind them.
    let labelled = below.iter().skip(1).filter(|line| rounded && line.gap(1) < wide && is_label(&line.words[0].text));
    out.extend(labelled.max_by_key(|line| line.pieces(wide).len()).map(|line| Columns::labelled(line, wide)));
    for count in TOGETHER {
        out.extend(Columns::together(&below[..below.len().min(count)], wide, rounded));
    }
    out.retain(|columns| (FEWEST..=MOST).contains(&columns.count()));
    out
}

/// Where the titles of a line begin: each with a capital.
fn capitals(line: &Line) -> Vec<f64> {
    line.words.iter().filter(|word| word.text.starts_with(char::is_uppercase)).map(|word| word.x0).collect()
}

/// Whether the lines above the first title may hold the upper halves of other titles: they leave its column empty, and
/// are no title of the table itself.
fn leaves(lines: &[Line], start: usize, at: usize) -> bool {
    let edge = lines[at].words.first().map_or(0.0, |word| word.x1 + 2.0);
    let beside = |line: &Line| line.words.first().is_some_and(|word| word.x0 > edge);
    lines[start..at].iter().all(|line| beside(line) && !is_shouting(&line.text()))
}

/// The longest head from `start` on, with titles that are known.
fn head(lines: &[Line], start: usize, at: usize, columns: &Columns) -> Option<Head> {
    let mut moving = columns.clone();
    let mut titles = vec![String::new(); columns.count()];
    let mut parted = vec![false; columns.count()];
    let mut found = None;
    for (nth, line) in lines.iter().enumerate().skip(start).take(LONGEST) {
        let placed = moving.place(line);
        let broken = titles[0] == "ST" && line.words.first().is_some_and(|word| word.text == "T");
        let labelled = !broken && line.words.first().is_some_and(|word| is_label(&word.text));
        // Without numbers a row begins with a capital below a title that is whole.
        let first = placed.columns.first() == Some(&0) && line.words[0].text.starts_with(char::is_uppercase);
        let row = first && matches!(table::columns(&[&titles[0]])[..], [Column::Text | Column::Target]);
        if line.is_blank() || (labelled && nth > at) || row || placed.cost > LOOSE {
            break;
        }
        // A sentence above the head is no row of upper halves.
        if nth < at && !placed.touching.is_empty() {
            return None;
        }
        placed.parted.iter().for_each(|column| parted[*column] = true);
        moving.follow(line, &placed.columns);
        for (word, column) in line.words.iter().zip(&placed.columns) {
            let title = &mut titles[*column];
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(&word.text);
        }
        // A narrow column breaks even this word.
        if titles[0] == "ST T" {
            "STT".clone_into(&mut titles[0]);
        }
        if nth < at {
            continue;
        }
        match kinds(&titles) {
            Some(kinds) => {
                let lines = start..nth + 1;
                let (titles, columns, parted) = (titles.clone(), columns.clone(), parted.clone());
                found = Some(Head { lines, titles, kinds, columns, parted });
            }
            // What comes next spoils the titles: it is a row.
            None if found.is_some() => break,
            None => {}
        }
    }
    found
}

/// What the columns hold, where all titles but one are known and the first is a number or what is to be done.
pub fn kinds(titles: &[String]) -> Option<Vec<Column>> {
    let cells: Vec<&str> = titles.iter().map(String::as_str).collect();
    // Sentences that double blanks part hold the words of titles, too.
    let stops = |word: &str| word.ends_with([';', ':', '!', '?']) || (word.ends_with('.') && !word.ends_with("TT."));
    let is_title = |cell: &&str| !cell.is_empty() && !cell.split(' ').any(stops);
    if !cells.iter().all(is_title) || !table::is_header(&cells) {
        return None;
    }
    let kinds = table::columns(&cells);
    let unknown = cells.iter().filter(|cell| !table::is_title(cell)).count();
    let first = match kinds.first() {
        Some(Column::Number) => true,
        // The title of the numbers and the next one were not parted.
        Some(Column::Text | Column::Target) => !NUMBERS.iter().any(|word| cells[0].split(' ').next() == Some(word)),
        _ => false,
    };
    let once = |kind: Column| kinds.iter().filter(|other| **other == kind).count() <= 1;
    let clear = [Column::Number, Column::Text, Column::Target, Column::Lead, Column::Time].into_iter().all(once);
    (first && clear && unknown <= 1).then_some(kinds)
}

/// The columns of a table on its next page, where a line shows them all; else where they were. Whether they are sure.
pub fn again(lines: &[Line], at: usize, columns: &Columns) -> (Columns, bool) {
    if !columns.rounded {
        return (columns.clone(), true);
    }
    let shown = lines.get(at..lines.len().min(at + SHOWN)).unwrap_or_default();
    match shown.iter().find(|line| line.pieces(columns.wide).len() == columns.count()) {
        Some(line) => (Columns::of(line, columns.wide, columns.rounded), true),
        None => (columns.clone(), false),
    }
}
