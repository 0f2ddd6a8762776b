//! Tables by their drawn lines: where lines cross there are cells, and a missing line joins two of them.

use super::page::{Page, Rule, Word, lines, text};
use crate::paragraph::glue_to;

/// Columns and rows of one table; what has more is a drawing.
const MAX_LINES: usize = 2_000;

pub struct Table {
    pub top: f64,
    pub rows: Vec<Vec<String>>,
    /// The least sure word of each row.
    pub sure: Vec<f64>,
    /// Rows whose cells may hold words of their neighbours.
    pub doubtful: Vec<bool>,
    /// Lines that look like further rows follow, and were not read.
    pub is_cut: bool,
}

/// The tables of a page and the words outside of them.
pub fn tables(page: &Page) -> (Vec<Table>, Vec<Word>) {
    let mut words = page.words.clone();
    let mut out = Vec::new();
    // Lines this close (points) are one.
    let near = if page.recognised { 5.0 } else { 3.0 };
    for rules in groups(&page.rules, near) {
        let Some(mut grid) = Grid::new(&rules, near) else { continue };
        let (inside, outside): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| grid.holds(word));
        words = outside;
        if page.recognised {
            grid.join_by_words(&inside);
        }
        let (rows, sure) = grid.rows(&inside);
        let doubtful = vec![false; rows.len()];
        out.push(Table { top: grid.ys[0], rows, sure, doubtful, is_cut: false });
    }
    (out, words)
}

/// Lines that touch, directly or through others.
fn groups(rules: &[Rule], near: f64) -> Vec<Vec<Rule>> {
    let mut groups: Vec<(Rule, Vec<Rule>)> = Vec::new();
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    for rule in sorted {
        let (touching, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(bounds, _)| touch(bounds, &rule, near));
        groups = rest;
        let mut bounds = rule;
        let mut members = vec![rule];
        for (other, rules) in touching {
            bounds = Rule {
                x0: bounds.x0.min(other.x0),
                y0: bounds.y0.min(other.y0),
                x1: bounds.x1.max(other.x1),
                y1: bounds.y1.max(other.y1),
            };
            members.extend(rules);
        }
        groups.push((bounds, members));
    }
    groups.into_iter().map(|(_, rules)| rules).collect()
}

fn touch(a: &Rule, b: &Rule, near: f64) -> bool {
    a.x0 <= b.x1 + near && b.x0 <= a.x1 + near && a.y0 <= b.y1 + near && b.y0 <= a.y1 + near
}

struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    vertical: Vec<Rule>,
    horizontal: Vec<Rule>,
    near: f64,
}

impl Grid {
    fn new(rules: &[Rule], near: f64) -> Option<Self> {
        let (vertical, horizontal): (Vec<Rule>, Vec<Rule>) =
            rules.iter().partition(|rule| rule.y1 - rule.y0 > rule.x1 - rule.x0);
        let xs = cluster(vertical.iter().map(|rule| f64::midpoint(rule.x0, rule.x1)), near);
        let ends = vertical.iter().flat_map(|rule| [rule.y0, rule.y1]);
        let mut ys = cluster(horizontal.iter().map(|rule| f64::midpoint(rule.y0, rule.y1)), near);
        // A table that goes on over the page may have no line at its foot.
        let (top, foot) = ends.fold((f64::MAX, f64::MIN), |(top, foot), y| (top.min(y), foot.max(y)));
        if ys.first().is_none_or(|first| top < first - 3.0 * near) {
            ys.insert(0, top);
        }
        if ys.last().is_none_or(|last| foot > last + 3.0 * near) {
            ys.push(foot);
        }
        let table = xs.len() >= 3 && ys.len() >= 2 && xs.len() < MAX_LINES && ys.len() < MAX_LINES;
        table.then_some(Self { xs, ys, vertical, horizontal, near })
    }

    /// In a picture a vertical line is found too long or too short: here it parts two cells unless words run over it.
    fn join_by_words(&mut self, words: &[Word]) {
        let mut vertical = Vec::new();
        for (row, band) in self.ys.windows(2).enumerate() {
            let inside: Vec<Word> = words.iter().filter(|word| self.row_of(word) == row).cloned().collect();
            let lines = lines(&inside);
            for x in &self.xs {
                let over = lines.iter().any(|line| {
                    line.windows(2).any(|pair| {
                        let near = pair[1].x0 - pair[0].x1 < 0.6 * pair[0].size;
                        near && pair[0].middle().0 < *x && *x < pair[1].middle().0
                    })
                });
                if !over {
                    vertical.push(Rule { x0: *x, x1: *x, y0: band[0], y1: band[1] });
                }
            }
        }
        self.vertical = vertical;
    }

    fn row_of(&self, word: &Word) -> usize {
        self.ys.partition_point(|line| *line <= word.middle().1).clamp(1, self.ys.len() - 1) - 1
    }

    fn holds(&self, word: &Word) -> bool {
        let (x, y) = word.middle();
        let inside = |line: &[f64], at: f64| line.first() <= Some(&at) && line.last() >= Some(&at);
        inside(&self.xs, x) && inside(&self.ys, y)
    }

    fn rows(&self, words: &[Word]) -> (Vec<Vec<String>>, Vec<f64>) {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut sure = vec![1.0; rows];
        let mut cells: Vec<Vec<Vec<Word>>> = vec![vec![Vec::new(); columns]; rows];
        for word in words {
            let (x, row) = (word.middle().0, self.row_of(word));
            let column = self.xs.partition_point(|line| *line <= x).clamp(1, columns) - 1;
            let (row, column) = self.head(row, column);
            sure[row] = word.sure.min(sure[row]);
            cells[row][column].push(word.clone());
        }
        let mut out: Vec<Vec<String>> = Vec::new();
        for (row, cells) in cells.iter().enumerate() {
            let mut texts = Vec::new();
            for (column, words) in cells.iter().enumerate() {
                // A cell that spans rows speaks for each of them.
                let above = self.joins_above(row, column).then(|| out[row - 1][column].clone());
                texts.push(above.unwrap_or_else(|| written(words, self.width(row, column))));
            }
            out.push(texts);
        }
        (out, sure)
    }

    /// The first cell of those that are joined with this one.
    fn head(&self, mut row: usize, mut column: usize) -> (usize, usize) {
        while column > 0 && !self.has_vertical(row, column) {
            column -= 1;
        }
        while self.joins_above(row, column) {
            row -= 1;
        }
        (row, column)
    }

    fn joins_above(&self, row: usize, column: usize) -> bool {
        row > 0 && !self.has_horizontal(row, column)
    }

    fn has_vertical(&self, row: usize, line: usize) -> bool {
        let (x, y) = (self.xs[line], f64::midpoint(self.ys[row], self.ys[row + 1]));
        self.vertical
            .iter()
            .any(|rule| (f64::midpoint(rule.x0, rule.x1) - x).abs() <= self.near && rule.y0 <= y && y <= rule.y1)
    }

    fn has_horizontal(&self, line: usize, column: usize) -> bool {
        let (x, y) = (f64::midpoint(self.xs[column], self.xs[column + 1]), self.ys[line]);
        self.horizontal
            .iter()
            .any(|rule| (f64::midpoint(rule.y0, rule.y1) - y).abs() <= self.near && rule.x0 <= x && x <= rule.x1)
    }

    fn width(&self, row: usize, column: usize) -> f64 {
        let end =
            (column + 1..self.xs.len() - 1).find(|line| self.has_vertical(row, *line)).unwrap_or(self.xs.len() - 1);
        self.xs[end] - self.xs[column]
    }
}

fn cluster(values: impl Iterator<Item = f64>, near: f64) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup_by(|next, kept| *next - *kept <= near);
    sorted
}

/// The words of a cell. A line whose end would have held the next word was ended on purpose.
fn written(words: &[Word], width: f64) -> String {
    let mut out = String::new();
    let mut free = 0.0;
    for line in lines(words) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        if !out.is_empty() {
            let fits = first.x1 - first.x0 + 1.5 * first.size < free;
            let parted = fits && !first.text.starts_with(char::is_lowercase);
            out.push_str(if parted { "\n" } else { glue_to(&out, &first.text) });
        }
        out.push_str(&text(&line));
        free = width - (last.x1 - first.x0) - 0.8 * first.size;
    }
    out
}
