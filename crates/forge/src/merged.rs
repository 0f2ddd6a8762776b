//! Leads that a table says once for several rows, as merged cells do.

use crate::{
    answer::{Answer, Task},
    fold::fold,
    piece::{Piece, SAME, Table},
};

/// Every third row takes the lead of the row above, in the table and in the answer.
pub fn leads(pieces: &mut [Piece], answer: &mut Answer) {
    for piece in pieces {
        if let Piece::Table(table) = piece
            && let Some(column) = table.lead
        {
            in_table(table, column, &mut answer.tasks);
        }
    }
}

fn in_table(table: &mut Table, column: usize, tasks: &mut [Task]) {
    let row_of = |row: &[String]| tasks.iter().position(|task| row.iter().any(|cell| fold(cell) == fold(&task.text)));
    let places: Vec<Option<usize>> = table.rows.iter().map(|row| row_of(row)).collect();
    for at in 1..table.rows.len() {
        let is_same = table.rows[at][column] == SAME;
        let (Some(above), Some(own)) = (places[at - 1], places[at]) else { continue };
        if !is_same && at % 3 != 1 {
            continue;
        }
        let Task { lead, coord, .. } = tasks[above].clone();
        // One cell for all bodies says who helps too.
        let both = table.rows[..at].iter().rev().find(|row| row[column] != SAME);
        let both = both.is_some_and(|row| row[column].starts_with("Chủ trì: "));
        let own = &mut tasks[own];
        let coord = if both { coord } else { own.coord.clone() };
        if is_same || !coord.iter().any(|name| lead.contains(name)) {
            (own.lead, own.coord) = (lead, coord);
            SAME.clone_into(&mut table.rows[at][column]);
        }
    }
}
