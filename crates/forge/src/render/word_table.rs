//! Tables of a Word file: even ones, and those of life, with cells over several rows and columns.

use docx_rs::{Table as Grid, TableCell, TableRow, VMergeType, WidthType};

use super::word_form::{WordForm, plain};
use crate::piece::{SAME, Table};

/// Between the margins, in twentieths of a point.
pub const WIDTH: usize = 9_070;

/// The title over the bodies, where who leads and who helps stand in columns of their own.
const BODIES: &str = "Phân công thực hiện";

pub fn table(table: &Table, form: WordForm) -> Grid {
    let made = Made { table, widths: widths(table), form };
    let counted: Vec<String> = (0..table.head.len()).map(|at| format!("({})", at + 1)).collect();
    let mut rows = if form.merged { made.heads() } else { vec![made.even(&table.head)] };
    rows.extend(table.counted.then(|| made.even(&counted)));
    for (at, cells) in table.rows.iter().enumerate() {
        rows.push(if form.merged { made.merged(at, cells) } else { made.even(cells) });
    }
    Grid::new(rows).set_grid(made.widths)
}

/// The second column, with the orders, has room.
pub fn widths(table: &Table) -> Vec<usize> {
    let count = table.head.len();
    let long = usize::from(table.head.first().is_some_and(|title| title.ends_with("TT")));
    let narrow = if long == 1 { 700 } else { 0 };
    let rest = (WIDTH - narrow) / (count - long + 1);
    let width = |at: usize| match at.cmp(&long) {
        std::cmp::Ordering::Less => narrow,
        std::cmp::Ordering::Equal => rest * 2,
        std::cmp::Ordering::Greater => rest,
    };
    (0..count).map(width).collect()
}

struct Made<'a> {
    table: &'a Table,
    widths: Vec<usize>,
    form: WordForm,
}

impl Made<'_> {
    fn cell(&self, at: usize, text: &str) -> TableCell {
        let width = self.widths.get(at).copied().unwrap_or_default();
        TableCell::new().width(width, WidthType::Dxa).add_paragraph(plain(text, self.form))
    }

    fn even(&self, cells: &[String]) -> TableRow {
        TableRow::new(cells.iter().enumerate().map(|(at, text)| self.cell(at, text)).collect())
    }

    /// Two rows of titles where who leads and who helps stand beside each other, else one.
    fn heads(&self) -> Vec<TableRow> {
        let titles = &self.table.head;
        let Some(lead) = self.table.lead.filter(|lead| titles.get(lead + 1).is_some_and(|next| is_with(next))) else {
            return vec![self.even(titles)];
        };
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for (at, title) in titles.iter().enumerate() {
            if at == lead {
                above.push(self.cell(at, BODIES).grid_span(2));
                below.push(self.cell(at, title));
            } else if at == lead + 1 {
                below.push(self.cell(at, title));
            } else {
                above.push(self.cell(at, title).vertical_merge(VMergeType::Restart));
                below.push(self.cell(at, "").vertical_merge(VMergeType::Continue));
            }
        }
        vec![TableRow::new(above), TableRow::new(below)]
    }

    /// A group's row goes over all columns; a lead that is the one above is its cell.
    fn merged(&self, at: usize, cells: &[String]) -> TableRow {
        let is_group = |cells: &[String]| cells.len() > 3 && cells[2..].iter().all(String::is_empty);
        if let [number, name, ..] = cells
            && is_group(cells)
        {
            let wide = if self.form.whole_groups {
                vec![self.cell(0, &format!("{number}. {name}")).grid_span(cells.len())]
            } else {
                vec![self.cell(0, number), self.cell(1, name).grid_span(cells.len() - 1)]
            };
            return TableRow::new(wide);
        }
        let is_same = |row: usize, column: usize| {
            let above = row.checked_sub(1).and_then(|above| self.table.rows.get(above));
            let joins = above.is_some_and(|above| !is_group(above));
            joins && self.table.rows.get(row).and_then(|cells| cells.get(column)).is_some_and(|cell| cell == SAME)
        };
        let made = cells.iter().enumerate().map(|(column, text)| match () {
            () if is_same(at, column) => self.cell(column, "").vertical_merge(VMergeType::Continue),
            () if is_same(at + 1, column) => self.cell(column, text).vertical_merge(VMergeType::Restart),
            () => self.cell(column, text),
        });
        TableRow::new(made.collect())
    }
}

fn is_with(title: &str) -> bool {
    title.to_lowercase().contains("phối hợp")
}
