//! Words with places to paragraphs and rows: for PDF, and for pages that were recognised from a picture.

mod flow;
mod grid;
mod page;
mod unruled;

pub use page::{Page, Rule, Word};

use crate::{
    aligned::Open,
    sheet::{Origin, Sheet},
    unclear::Unclear,
};

/// What stands on a page, from top to bottom.
enum Part {
    Table(grid::Table),
    Text(Vec<Word>),
}

pub fn sheet(pages: &[Page]) -> Sheet {
    let mut sheet = Sheet::default();
    let mut open = None;
    let mut foot = None;
    for (index, page) in pages.iter().enumerate() {
        let number = u32::try_from(index + 1).ok();
        for part in parts(page, &mut open) {
            match part {
                Part::Table(table) => {
                    foot = None;
                    for ((row, sure), is_doubtful) in table.rows.iter().zip(table.sure).zip(table.doubtful) {
                        let before = sheet.paragraphs.len();
                        sheet.row(row, Origin { page: number, sure });
                        let row = sheet.paragraphs.get(before).filter(|_| is_doubtful);
                        sheet.unclear.extend(row.map(|row| Unclear::Row(row.span)));
                    }
                    let last = sheet.paragraphs.last().filter(|_| table.is_cut);
                    sheet.unclear.extend(last.map(|row| Unclear::Rest(row.span)));
                }
                Part::Text(words) => flow::paragraphs(&words, page, &mut sheet, number, &mut foot),
            }
        }
    }
    sheet
}

/// `open`: a table without lines that the page before left open.
fn parts(page: &Page, open: &mut Option<Open>) -> Vec<Part> {
    let (mut tables, words) = grid::tables(page);
    let (unruled, mut words) = unruled::tables(page, words, open);
    tables.extend(unruled);
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
