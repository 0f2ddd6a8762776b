//! The lines below a head as rows: a label in the first column begins one; without labels a row begins where a column
//! that was empty is filled again.

use super::{
    cells::{Piece, written},
    columns::Columns,
    fit::{Fit, Widths},
    fitted,
    head::{Head, counted},
    line::{Line, Word, is_before_figure, is_label},
};
use crate::{
    marker::{self, Level},
    paragraph::{dangles, is_shouting},
    stamp::stamp,
    table::Column,
};

/// What the words of a line may miss their columns by.
const TIGHT: f64 = 8.0;
/// A line without gaps misses them by less, or is running text.
const LEVEL: f64 = 2.0;
/// A row with a line that misses them by more is asked about.
const DOUBT: f64 = 1.5;
/// The same where places are exact: there each cell that is set to the middle misses by one.
const DOUBT_EXACT: f64 = 4.0;
/// Blank lines inside of a table, at most.
const AIR: usize = 2;
/// Lines below that show where the columns begin.
const BELOW: usize = 3;

pub struct Rows {
    pub cells: Vec<Vec<String>>,
    /// Rows whose cells may hold words of their neighbours.
    pub doubtful: Vec<bool>,
    /// Lines that look like further rows follow, and were not read.
    pub is_cut: bool,
    pub columns: Columns,
    /// The first line behind them.
    pub end: usize,
    /// The first row goes on with one of the page before.
    pub in_row: bool,
    /// How badly the lines fit.
    pub cost: f64,
    /// Every column begins behind a gap more often than behind a single blank.
    pub parted: bool,
    /// Some column begins behind single blanks only: what may be wrong of each row.
    pub unsaid: bool,
    /// How wide its columns are.
    pub fit: Fit,
}

/// What is known of a table before its rows are read.
pub struct Form<'a> {
    pub kinds: &'a [Column],
    /// Columns that the head parts with a gap.
    pub said: &'a [bool],
    /// How wide its columns are, where that is known.
    pub widths: Option<Widths>,
}

impl<'a> Form<'a> {
    pub fn of(head: &'a Head, widths: Option<Widths>) -> Self {
        Self { kinds: &head.kinds, said: &head.parted, widths }
    }
}

struct Reader<'a> {
    columns: Columns,
    kinds: &'a [Column],
    widths: Option<&'a Widths>,
    fit: Fit,
    rows: Vec<Vec<Vec<Piece>>>,
    /// Columns that the last line filled; all of them before the first one.
    filled: Vec<bool>,
    in_group: bool,
    in_row: bool,
    cost: f64,
    /// Rows with a line that fits badly.
    doubtful: Vec<bool>,
    /// How often each column began behind a gap, less how often behind a single blank.
    parted: Vec<i32>,
    /// Whether each column began behind a gap, and behind a single blank, at all.
    seen: Vec<(bool, bool)>,
}

impl Rows {
    /// None where there is no row, or where lines do not tell which row they are of. `goes_on`: a row of the page before
    /// may end here.
    pub fn read(lines: &[Line], from: usize, mut columns: Columns, form: &Form, goes_on: bool) -> Option<Self> {
        let (count, kinds) = (columns.count(), form.kinds);
        columns.numbered = kinds.first() == Some(&Column::Number);
        let named =
            |kind: &Column| matches!(kind, Column::Lead | Column::Coordinating | Column::Both | Column::Implementers);
        columns.named = kinds.iter().map(named).collect();
        let mut reader = Reader {
            columns,
            kinds,
            widths: form.widths.as_ref(),
            fit: Fit::default(),
            rows: vec![],
            filled: vec![true; count],
            in_group: false,
            in_row: false,
            cost: 0.0,
            doubtful: vec![],
            parted: vec![0; count],
            seen: vec![(false, false); count],
        };
        let (mut end, mut air, mut is_cut) = (from, 0, false);
        for (at, line) in lines.iter().enumerate().skip(from) {
            if line.is_blank() {
                air += 1;
                continue;
            }
            let below = lines.get(at + 1..lines.len().min(at + 1 + BELOW)).unwrap_or_default();
            let is_titled = reader.is_over_rows(lines.get(at + 1..).unwrap_or_default());
            if air > AIR || ends(line, reader.columns.wide, is_titled) {
                break;
            }
            match reader.take(line, below, air > 0, goes_on) {
                Some(true) => {}
                Some(false) => {
                    is_cut = line.pieces(reader.columns.wide).len() > 2;
                    break;
                }
                // The rows above it have been read.
                None if reader.rows.len() > 2 => {
                    is_cut = true;
                    break;
                }
                None => return None,
            }
            (end, air) = (at + 1, 0);
        }
        // No blanks say anywhere that a column begins where single ones would have it.
        let unsaid = reader.seen.iter().zip(form.said).enumerate().any(|(at, ((parted, touching), said))| {
            let behind_number = at == 1 && reader.columns.numbered;
            *touching && !parted && !said && !behind_number
        });
        if reader.rows.is_empty() {
            return None;
        }
        let Reader { columns, rows, in_row, cost, parted, mut doubtful, fit, .. } = reader;
        let parted = parted.iter().all(|count| *count >= 0);
        if let Some(last) = doubtful.last_mut().filter(|_| is_cut) {
            *last = true;
        }
        if unsaid {
            doubtful.fill(true);
        }
        let cells = written(&rows, count);
        Some(Self { cells, doubtful, is_cut, columns, end, in_row, cost, parted, unsaid, fit })
    }
}

impl Rows {
    /// Gaps at all, then clear ones, then more lines, then those that fit.
    pub fn is_better(&self, other: &Self) -> bool {
        let rank = |rows: &Self| (!rows.unsaid, rows.parted, rows.end);
        rank(self) > rank(other) || (rank(self) == rank(other) && self.cost < other.cost)
    }
}

impl Reader<'_> {
    fn is_numbered(&self) -> bool {
        self.kinds.first() == Some(&Column::Number)
    }

    /// Whether the line is of the table; none where it says that there is no table that can be read.
    fn take(&mut self, line: &Line, below: &[Line], after_blank: bool, goes_on: bool) -> Option<bool> {
        if self.is_group(line, below) {
            self.group(line);
            return Some(true);
        }
        if self.rows.is_empty() && counted(line) == Some(self.columns.count()) {
            // Each number is of its own column, wherever it stands.
            let piece = |word: &Word| vec![Piece { text: word.text.clone(), width: 0.0, first: f64::MAX }];
            self.rows.push(line.words.iter().map(piece).collect());
            self.doubtful.push(false);
            self.filled = vec![false; self.columns.count()];
            return Some(true);
        }
        let placed = match self.widths {
            Some(widths) => fitted::place(&self.columns, widths, line, below),
            None => self.columns.place_above(line, below),
        };
        // It begins at the edge, not in a column far from it.
        let edge = placed.columns.first().is_none_or(|first| *first <= usize::from(self.is_numbered()));
        let running = edge && placed.touching.len() > 1 && placed.parted.is_empty() && placed.cost > LEVEL;
        if running || placed.cost > TIGHT && !(self.columns.is_labelled(line) && placed.is_parted()) {
            return Some(false);
        }
        let cells = self.pieces(line, &placed.columns);
        let first = cells.first().and_then(Option::as_ref).map(|piece| piece.text.clone());
        if self.is_numbered() {
            if first.as_ref().is_some_and(|label| !is_label(label)) {
                return Some(false);
            }
            // A note below the table stands at an edge of its own and runs over the columns.
            let over = placed.columns.last().is_some_and(|last| {
                line.words
                    .last()
                    .is_some_and(|word| word.x1 > self.columns.start(last + 1) || placed.columns.first() != Some(last))
            });
            if after_blank && first.is_none() && over && line.pieces(self.columns.wide).len() == 1 {
                return Some(false);
            }
        } else if after_blank && cells.iter().flatten().count() == 1 && first.is_some() {
            return Some(false);
        }
        let counted = cells.iter().all(|cell| cell.as_ref().is_some_and(|piece| is_counted(&piece.text)));
        let begins = if self.is_numbered() {
            first.is_some() || self.is_valued_again(&cells)
        } else {
            counted || self.begins(&cells)
        };
        if first.is_some() && self.is_numbered() && !is_begun(self.kinds, &cells) {
            return None;
        }
        if begins {
            self.rows.push((0..cells.len()).map(|_| Vec::new()).collect());
        } else if self.rows.is_empty() {
            if !goes_on {
                return None;
            }
            self.in_row = true;
            self.rows.push((0..cells.len()).map(|_| Vec::new()).collect());
        }
        let is_doubtful = if self.columns.rounded {
            placed.cost > DOUBT || !placed.is_sure || self.columns.cuts_name(line, &placed.columns)
        } else {
            placed.cost > DOUBT_EXACT || self.columns.runs_over(line, &placed.columns)
        };
        self.doubtful.resize(self.rows.len(), false);
        if let Some(doubtful) = self.doubtful.last_mut() {
            *doubtful |= is_doubtful;
        }
        // Nothing goes on with the numbers of the columns.
        self.filled = cells.iter().map(|cell| cell.is_some() && !counted).collect();
        self.in_group = false;
        if let Some(row) = self.rows.last_mut() {
            for (cell, piece) in row.iter_mut().zip(cells) {
                cell.extend(piece);
            }
        }
        self.cost += placed.cost;
        for column in &placed.parted {
            self.parted[*column] += 1;
            self.seen[*column].0 = true;
        }
        for column in &placed.touching {
            self.parted[*column] -= 1;
            self.seen[*column].1 = true;
        }
        if self.columns.rounded {
            self.fit.line(line, &placed.columns, self.columns.wide, begins);
        }
        self.columns.follow(line, &placed.columns);
        Some(true)
    }

    /// A title over rows: a label in its column, and behind a gap one text that runs over other columns; or the second
    /// line of such a text.
    fn is_group(&self, line: &Line, below: &[Line]) -> bool {
        if self.is_spanning(line) && self.is_over_rows(below) {
            return true;
        }
        let pieces = line.pieces(self.columns.wide);
        let over = line.words.last().is_some_and(|last| last.x1 > self.columns.start(2));
        let (Some(first), true) = (line.words.first(), self.is_numbered() && over) else { return false };
        let at = |place: f64, column: usize| (place - self.columns.start(column)).abs() <= 2.0;
        if pieces.len() == 1 && self.in_group && at(first.x0, 1) {
            return true;
        }
        // Cells that go on below it have begun on it, however close they stand.
        let below = below.iter().find(|line| !line.is_blank()).filter(|line| line.pieces(self.columns.wide).len() > 1);
        if self.columns.rounded && below.is_some_and(|line| !is_label(&line.words[0].text)) {
            return false;
        }
        let title = line.words.get(1).is_some_and(|word| at(word.x0, 1));
        let parted = line.gap(1) >= self.columns.wide || !first.text.ends_with(['.', ')']);
        let whole = pieces.iter().all(|piece| *piece <= 1);
        is_label(&first.text) && at(first.x0, 0) && title && parted && whole && self.columns.place(line).cost > 1.0
    }

    /// A title over all columns: it has no number, and begins where numbers do.
    fn is_spanning(&self, line: &Line) -> bool {
        let Some(first) = line.words.first().filter(|_| self.is_numbered()) else { return false };
        let begins = first.x0 < self.columns.start(1) - 2.0 && first.text.starts_with(char::is_uppercase);
        begins && !is_label(&first.text) && line.words.len() > 1 && line.pieces(self.columns.wide).len() == 1
    }

    /// Whether the next lines begin rows of their own, perhaps below one more title.
    fn is_over_rows(&self, below: &[Line]) -> bool {
        let is_row = |line: &&Line| {
            self.is_numbered() && is_label(&line.words[0].text) && line.pieces(self.columns.wide).len() > 2
        };
        below.iter().filter(|line| !line.is_blank()).take(2).any(|line| is_row(&line))
    }

    fn group(&mut self, line: &Line) {
        let spans = self.is_spanning(line);
        let labelled = line.words.first().is_some_and(|word| is_label(&word.text)) && !self.in_group;
        if labelled || spans {
            self.rows.push((0..self.columns.count()).map(|_| Vec::new()).collect());
        }
        self.doubtful.resize(self.rows.len(), false);
        let own = |at: usize| usize::from(!spans && (!labelled || at > 0));
        let columns: Vec<usize> = (0..line.words.len()).map(own).collect();
        let cells = self.pieces(line, &columns);
        if let Some(row) = self.rows.last_mut() {
            for (cell, piece) in row.iter_mut().zip(cells) {
                // It may be as wide as it likes.
                cell.extend(piece.map(|piece| Piece { width: 0.0, first: f64::MAX, ..piece }));
            }
        }
        self.in_group = true;
        self.filled = vec![true; self.columns.count()];
    }

    fn pieces(&self, line: &Line, columns: &[usize]) -> Vec<Option<Piece>> {
        let mut out: Vec<Option<Piece>> = (0..self.columns.count()).map(|_| None).collect();
        let mut start = 0.0;
        for (word, column) in line.words.iter().zip(columns) {
            match &mut out[*column] {
                Some(piece) => {
                    piece.text.push(' ');
                    piece.text.push_str(&word.text);
                    piece.width = word.x1 - start;
                }
                cell => {
                    start = word.x0;
                    let width = word.x1 - word.x0;
                    *cell = Some(Piece { text: word.text.clone(), width, first: width });
                }
            }
        }
        out
    }

    /// A target below another one of its number ("Trong đó: …") has values of its own.
    fn is_valued_again(&self, cells: &[Option<Piece>]) -> bool {
        let is_value = |at: &usize| matches!(self.kinds.get(*at), Some(Column::Year(_)));
        let values: Vec<usize> = (0..cells.len()).filter(is_value).collect();
        let has =
            |at: &usize| cells[*at].as_ref().is_some_and(|piece| piece.text.contains(|c: char| c.is_ascii_digit()));
        let Some(last) = self.rows.last().filter(|_| values.len() > 1) else { return false };
        values.iter().all(has) && values.iter().all(|at| !last[*at].is_empty())
    }

    /// Without numbers: the first column speaks with a capital, and beside it one speaks again, or all spoke and the
    /// first had ended, or all speak anew.
    fn begins(&self, cells: &[Option<Piece>]) -> bool {
        let Some(Some(first)) = cells.first() else { return false };
        if !first.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            return false;
        }
        let again = cells.iter().zip(&self.filled).skip(1).any(|(cell, filled)| cell.is_some() && !filled);
        let ended = self.rows.last().and_then(|row| row.first()?.last()).is_some_and(|last| {
            last.text.ends_with(['.', ';']) && cells.iter().skip(1).filter(|cell| cell.is_some()).count() >= 2
        });
        // Of a row that goes on some cell does so in the middle of a sentence.
        let anew = |cell: &Option<Piece>| {
            cell.as_ref().is_some_and(|piece| piece.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        };
        let open = |cell: &Vec<Piece>| {
            let said = cell.last().map_or("", |piece| piece.text.as_str());
            said.ends_with([',', '-']) || dangles(said) || said.rsplit(' ').next().is_some_and(is_before_figure)
        };
        let whole = self.rows.last().is_some_and(|row| !row.iter().any(open)) && cells.iter().all(anew);
        again || ended || whole || self.rows.is_empty()
    }
}

/// "(3)": the number of a column.
fn is_counted(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && is_label(text)
}

/// A row begins with its text: where that begins in the middle of a sentence, labels stand beside the middle of rows.
fn is_begun(kinds: &[Column], cells: &[Option<Piece>]) -> bool {
    let text = kinds.iter().position(|kind| matches!(kind, Column::Text | Column::Target));
    let said = text.and_then(|at| cells.get(at)?.as_ref());
    said.is_some_and(|piece| !piece.text.starts_with(|c: char| c.is_lowercase() || ",;.".contains(c)))
}

/// `is_titled`: rows follow, of which the line may be the title.
fn ends(line: &Line, wide: f64, is_titled: bool) -> bool {
    let text = line.text();
    let part = marker::marker(&text).is_some_and(|(mark, _)| mark.level == Level::Part);
    let loud = line.words.len() > 2 && line.pieces(wide).len() == 1 && is_shouting(&text) && !is_titled;
    part || loud || text.starts_with("Nơi nhận") || stamp(&text).is_some()
}
