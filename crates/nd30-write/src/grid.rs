//! A table of a Word file: real borders, its head on every page, no word and no row cut.

use docx_rs::{
    AlignmentType, BorderType, Paragraph, Table as DocxTable, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders, TableLayoutType, TableRow, VAlignType,
    WidthType,
};
use nd30::{Cell, Column, Table};

use crate::letters::{bold_line, run};

/// A row as the package knows the head of a table by, see [`crate::package::finished`].
fn head_row(cells: Vec<TableCell>) -> TableRow {
    TableRow::new(cells).cant_split().row_height(1.0)
}

fn words_of(cell: &Cell, column: Column, size: usize) -> Paragraph {
    let align = match column {
        Column::Words => AlignmentType::Left,
        Column::Numbers => AlignmentType::Right,
        Column::Order => AlignmentType::Center,
    };
    cell.iter().fold(Paragraph::new().align(align), |paragraph, part| paragraph.add_run(run(part, size)))
}

pub(crate) fn grid(table: &Table, space: u32) -> DocxTable {
    let columns = nd30::columns(table, f64::from(space) / 20.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred points")]
    let widths: Vec<usize> = columns.widths.iter().map(|points| (points * 20.0) as usize).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 9 to 12")]
    let size = (columns.size * 2.0) as usize;
    let wide = |at: usize| widths.get(at).copied().unwrap_or(1000);
    let head = table.head.iter().enumerate().map(|(at, name)| {
        framed(TableCell::new().width(wide(at), WidthType::Dxa).vertical_align(VAlignType::Center))
            .add_paragraph(bold_line(name, size).keep_next(true))
    });
    let mut rows = vec![head_row(head.collect())];
    for row in &table.rows {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            framed(TableCell::new().width(wide(at), WidthType::Dxa)).add_paragraph(words_of(
                cell,
                table.column(at),
                size,
            ))
        });
        rows.push(TableRow::new(cells.collect()).cant_split());
    }
    let border = |position| TableBorder::new(position).border_type(BorderType::Single).size(4);
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::new(), |borders, position| borders.set(border(position)));
    DocxTable::new(rows).set_grid(widths.clone()).layout(TableLayoutType::Fixed).set_borders(borders)
}

fn framed(cell: TableCell) -> TableCell {
    let side = |position| TableCellBorder::new(position).border_type(BorderType::Single).size(4);
    let borders = TableCellBorders::new()
        .set(side(TableCellBorderPosition::Top))
        .set(side(TableCellBorderPosition::Bottom))
        .set(side(TableCellBorderPosition::Left))
        .set(side(TableCellBorderPosition::Right));
    cell.set_borders(borders)
}
