//! Tables of tasks and of targets: what each column holds is told by its title, and the title may stand on every page.

pub mod targets;
pub mod tasks;

use crate::{Span, marker, paragraph::Paragraph};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Number,
    Text,
    Target,
    Lead,
    Coordinating,
    Implementers,
    Result,
    Value,
    Unit,
    /// The value for one year.
    Year(i16),
    Time,
    Ignored,
}

#[derive(Debug)]
pub struct Table {
    pub columns: Vec<Column>,
    titles: Vec<String>,
    rows: Vec<Row>,
    /// The mark of the appendix that the table stands in: "PL".
    label: String,
}

#[derive(Debug)]
struct Row {
    cells: Vec<String>,
    span: Span,
    last_page: Option<u32>,
    /// The first row of a page: it may continue the last one of the page before.
    after_break: bool,
}

fn column(title: &str) -> Column {
    let title = title.to_lowercase().replace('\n', " ");
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match () {
        () if matches!(title.trim_end_matches('.'), "tt" | "stt" | "số tt" | "số thứ tự") => Column::Number,
        () if has(&["ghi chú", "căn cứ"]) => Column::Ignored,
        () if has(&["chủ trì", "đầu mối"]) => Column::Lead,
        () if has(&["phối hợp"]) => Column::Coordinating,
        () if has(&["đơn vị tính", "đvt"]) => Column::Unit,
        () if year(&title).is_some() && title.chars().count() < 25 => Column::Year(year(&title).unwrap_or_default()),
        () if has(&["thời gian", "thời hạn", "tiến độ", "hoàn thành", "lộ trình"]) => Column::Time,
        () if has(&["kết quả", "sản phẩm", "đầu ra"]) => Column::Result,
        () if has(&["nhiệm vụ", "công việc", "giải pháp", "hoạt động"]) => Column::Text,
        () if has(&["cơ quan thực hiện", "đơn vị thực hiện", "tổ chức thực hiện"]) => {
            Column::Implementers
        }
        () if has(&["giá trị", "mức đạt", "mục tiêu đến", "số lượng"]) => Column::Value,
        () if has(&["chỉ tiêu", "mục tiêu"]) => Column::Target,
        () if has(&["nội dung"]) => Column::Text,
        () => Column::Ignored,
    }
}

/// The year that a short title such as "Năm 2027" or "Đến 2030" names.
fn year(title: &str) -> Option<i16> {
    let mut years = title.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let year = years.next()?.parse().ok().filter(|year| (2000..2100).contains(year))?;
    years.next().is_none().then_some(year)
}

pub fn columns(cells: &[&str]) -> Vec<Column> {
    let mut columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    if columns.contains(&Column::Target) && !columns.contains(&Column::Text) {
        // Beside a target, "result" is the value to reach.
        for column in &mut columns {
            *column = if *column == Column::Result { Column::Value } else { *column };
        }
    } else if columns.contains(&Column::Text) && !columns.contains(&Column::Lead) {
        for column in &mut columns {
            *column = if *column == Column::Implementers { Column::Lead } else { *column };
        }
    }
    columns
}

/// A header names the column of tasks or targets, and one that says who, when or how much.
pub fn is_header(cells: &[&str]) -> bool {
    let columns = columns(cells);
    let has = |wanted: Column| columns.contains(&wanted);
    let years = columns.iter().any(|column| matches!(column, Column::Year(_)));
    let tasks = has(Column::Text) && (has(Column::Lead) || has(Column::Time));
    let targets = has(Column::Target) && (has(Column::Value) || has(Column::Lead) || years);
    (tasks || targets) && cells.iter().all(|cell| cell.chars().count() < 60)
}

/// The second line of a header: no number, and titles that refine the ones above.
fn refines(titles: &[String], cells: &[&str]) -> bool {
    let refined = cells.iter().zip(titles).filter(|(cell, title)| !cell.is_empty() && **cell != title.as_str());
    let number = cells.first().is_some_and(|cell| cell.chars().any(|c| c.is_ascii_digit()));
    let (mut any, mut all) = (false, true);
    for (cell, _) in refined {
        any = true;
        all = all && cell.chars().count() < 40 && !cell.ends_with('.') && column(cell) != Column::Ignored;
    }
    any && all && !number
}

fn refined(titles: &[String], cells: &[&str]) -> Vec<String> {
    let blank = std::iter::repeat("");
    let titles = titles.iter().zip(cells.iter().copied().chain(blank));
    titles.map(|(title, cell)| if cell.is_empty() { title.clone() } else { cell.to_owned() }).collect()
}

pub fn tables(paragraphs: &[Paragraph]) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    let mut after_header = false;
    let mut open = false;
    for paragraph in paragraphs {
        let Some(cells) = paragraph.cells() else {
            open = open && marker::marker(&paragraph.text).is_none();
            continue;
        };
        let titles: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        if is_header(&cells) {
            if !(open && out.last().is_some_and(|table| table.titles == titles || table.columns == columns(&cells))) {
                let (columns, rows) = (columns(&cells), Vec::new());
                out.push(Table { columns, titles, rows, label: "PL".into() });
            }
            (open, after_header) = (true, true);
        } else if let Some(table) = out.last_mut().filter(|_| open) {
            if after_header && table.rows.is_empty() && refines(&table.titles, &cells) {
                let titles = refined(&table.titles, &cells);
                table.columns = columns(&titles.iter().map(String::as_str).collect::<Vec<_>>());
                continue;
            }
            let turned = table.rows.last().is_some_and(|last| last.last_page != paragraph.span.page);
            let (span, last_page) = (paragraph.span, paragraph.span.page);
            table.rows.push(Row { cells: titles, span, last_page, after_break: after_header || turned });
            after_header = false;
        }
    }
    out
}

impl Table {
    fn cell(&self, row: &Row, wanted: Column) -> String {
        let at = self.columns.iter().position(|column| *column == wanted);
        at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
    }

    /// The cell as one line of text.
    fn line(&self, row: &Row, wanted: Column) -> String {
        self.cell(row, wanted).replace('\n', " ")
    }
}

fn label(number: &str) -> String {
    number.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_titles() {
        let kinds = |titles: &str| columns(&titles.split('|').collect::<Vec<_>>());
        use Column::{
            Coordinating, Ignored, Implementers, Lead, Number, Result, Target, Text, Time, Unit, Value, Year,
        };
        assert_eq!(
            kinds("TT|Nhiệm vụ, giải pháp|Cơ quan chủ trì|Cơ quan phối hợp|Kết quả|Thời gian thực hiện"),
            [Number, Text, Lead, Coordinating, Result, Time]
        );
        assert_eq!(
            kinds("TT|Chỉ tiêu|Kết quả|Cơ quan chủ trì theo dõi|Cơ quan thực hiện"),
            [Number, Target, Value, Lead, Implementers]
        );
        assert_eq!(
            kinds("STT|Chỉ tiêu|Đơn vị tính|Năm 2026|Đến 2030|Đơn vị chủ trì|Ghi chú"),
            [Number, Target, Unit, Year(2026), Year(2030), Lead, Ignored]
        );
        assert_eq!(kinds("TT|Nội dung công việc|Đơn vị thực hiện|Thời hạn"), [Number, Text, Lead, Time]);
    }
}
