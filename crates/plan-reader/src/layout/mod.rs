//! Words with places to paragraphs and rows: for PDF, and for pages that were recognised from a picture.

mod flow;
mod grid;
mod page;

pub use page::{Page, Rule, Word};

use crate::sheet::{Origin, Sheet};

/// What stands on a page, from top to bottom.
enum Part {
    Table(grid::Table),
    Text(Vec<Word>),
}

pub fn sheet(pages: &[Page]) -> Sheet {
    let mut sheet = Sheet::default();
    for (index, page) in pages.iter().enumerate() {
        let number = u32::try_from(index + 1).ok();
        for part in parts(page) {
            match part {
                Part::Table(table) => {
                    for (row, sure) in table.rows.iter().zip(table.sure) {
                        sheet.row(row, Origin { page: number, sure });
                    }
                }
                Part::Text(words) => flow::paragraphs(&words, page, &mut sheet, number),
            }
        }
    }
    sheet
}

fn parts(page: &Page) -> Vec<Part> {
    let (tables, mut words) = grid::tables(page);
    let mut tables: Vec<grid::Table> = tables;
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut out = Vec::new();
    for table in tables {
        let (above, below) = words.into_iter().partition(|word| word.y < table.top);
        words = below;
        out.push(Part::Text(above));
        out.push(Part::Table(table));
    }
    out.push(Part::Text(words));
    out
}
