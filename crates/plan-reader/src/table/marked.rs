//! A year in columns: one for each month or quarter, marked where the work falls into it.

use super::{Column, Table, parts};

/// Marks that say no more than that it is so.
const MARKS: [&str; 14] = ["x", "xx", "v", "✓", "✔", "√", "•", "*", "●", "■", "▪", "+", "có", "×"];

/// What the marked columns say, in their order, with what is written into them: "T3, T6", "Thường xuyên".
pub fn said(table: &Table, cells: &[String]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for ((kind, title), cell) in table.columns.iter().zip(&table.titles).zip(cells) {
        let cell = cell.trim();
        let is_marked = MARKS.contains(&cell.to_lowercase().as_str());
        let was_open = std::mem::replace(&mut is_open, false);
        match kind {
            Column::Part if is_marked => out.push(parts::of(title).unwrap_or(title).to_owned()),
            Column::Year(_) if is_marked => out.push(title.clone()),
            // Words over several columns, whose rest stands below the next one.
            Column::Part if was_open && !cell.is_empty() && !cell.starts_with(char::is_uppercase) => {
                if let Some(last) = out.last_mut() {
                    *last = format!("{last} {cell}");
                }
                is_open = true;
            }
            // How much falls into a column is no time; a cell over several may be told for each of them.
            Column::Part if cell.contains(char::is_alphabetic) => {
                out.extend(Some(cell.to_owned()).filter(|cell| out.last() != Some(cell)));
                is_open = true;
            }
            _ => {}
        }
    }
    out.join(", ")
}
