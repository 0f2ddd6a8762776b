//! The lists that go with a letter, as its appendices.

use kernel::UnitId;
use nd30::{Appendix, Block, Column, Run, Table};

use crate::work::model::{
    compare_letter::{Lists, Missing, Taken},
    letter::{Late, Letter},
};

/// What is late, body by body; or how two plans compare.
pub(crate) fn appendices(row: &Letter, name: &dyn Fn(UnitId) -> String) -> Vec<Appendix> {
    match Lists::of(row) {
        Some(lists) => compared(&lists),
        None => late(row, name),
    }
}

/// A list; none where it is empty.
fn list(title: &str, head: &[&str], last: Column, rows: Vec<Vec<String>>) -> Option<Appendix> {
    if rows.is_empty() {
        return None;
    }
    let mut columns = vec![Column::Words; head.len()];
    if let Some(first) = columns.first_mut() {
        *first = Column::Order;
    }
    if let Some(end) = columns.last_mut() {
        *end = last;
    }
    let row = |(at, cells): (usize, Vec<String>)| -> Vec<Vec<Run>> {
        let number = std::iter::once((at + 1).to_string());
        number.chain(cells).map(|cell| vec![Run::new(cell)]).collect()
    };
    let head = head.iter().map(|name| (*name).to_owned()).collect();
    let table = Table { head, columns, rows: rows.into_iter().enumerate().map(row).collect() };
    Some(Appendix { title: title.to_owned(), body: vec![Block::Table(table)], landscape: false })
}

fn late(row: &Letter, name: &dyn Fn(UnitId) -> String) -> Vec<Appendix> {
    let day = |due: &Option<String>| {
        let day = due.as_deref().and_then(|due| due.parse().ok());
        day.map(|day| kernel::day::show(day, kernel::Lang::Vi)).unwrap_or_default()
    };
    let line = |line: &Late| vec![name(line.unit), line.what.clone(), day(&line.due), line.days.to_string()];
    let head = ["STT", "Cơ quan, đơn vị", "Nội dung", "Thời hạn", "Số ngày quá hạn"];
    let rows = row.late().iter().map(line).collect();
    list("Danh sách nội dung quá hạn", &head, Column::Numbers, rows).into_iter().collect()
}

fn compared(lists: &Lists) -> Vec<Appendix> {
    let missing = |one: &Missing| vec![one.section.clone(), one.text.clone(), one.lead.clone(), one.time.clone()];
    let differing = |one: &Taken| vec![one.above.clone(), one.below.clone(), one.differences.clone()];
    let taken = |one: &Taken| vec![one.above.clone(), one.below.clone()];
    let (above, below) = ("Kế hoạch cấp trên", "Kế hoạch cấp dưới");
    [
        list(
            "Danh sách nội dung chưa được tiếp nhận",
            &["STT", "Mục", "Nội dung", "Cơ quan chủ trì hoặc mức phải đạt", "Thời hạn"],
            Column::Words,
            lists.missing.iter().map(missing).collect(),
        ),
        list(
            "Danh sách nội dung đã tiếp nhận nhưng có khác biệt",
            &["STT", above, below, "Khác biệt"],
            Column::Words,
            lists.differing.iter().map(differing).collect(),
        ),
        list(
            "Danh sách nội dung đã tiếp nhận",
            &["STT", above, below],
            Column::Words,
            lists.taken.iter().map(taken).collect(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
