//! Tasks in table form: rows of cells separated by tabs, with the header repeated on every page.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Form, Span, Task, bodies, field, marker, paragraph::Paragraph, task, time};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Text,
    Lead,
    Coordinating,
    Result,
    Time,
    Ignored,
}

#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// The mark of the appendix that the table stands in: "PL".
    label: String,
}

#[derive(Debug)]
struct Row {
    cells: Vec<String>,
    span: Span,
    /// The first row under a repeated header: it may continue the row before the page break.
    after_header: bool,
}

fn column(title: &str) -> Column {
    let title = title.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match () {
        () if matches!(title.trim_end_matches('.'), "tt" | "stt" | "số tt") => Column::Number,
        () if has(&["chủ trì"]) => Column::Lead,
        () if has(&["phối hợp"]) => Column::Coordinating,
        () if has(&["kết quả", "sản phẩm"]) => Column::Result,
        () if has(&["thời gian", "thời hạn", "tiến độ", "hoàn thành"]) => Column::Time,
        () if has(&["nhiệm vụ", "nội dung", "công việc", "giải pháp"]) => Column::Text,
        () => Column::Ignored,
    }
}

/// A header names the task column and at least a lead or a time column.
pub fn is_header(cells: &[&str]) -> bool {
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    columns.contains(&Column::Text)
        && (columns.contains(&Column::Lead) || columns.contains(&Column::Time))
        && cells.iter().all(|cell| cell.chars().count() < 60)
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
        if is_header(&cells) {
            let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
            if !(open && out.last().is_some_and(|table| table.columns == columns)) {
                out.push(Table { columns, rows: Vec::new(), label: "PL".into() });
            }
            (open, after_header) = (true, true);
        } else if let Some(table) = out.last_mut().filter(|_| open) {
            let cells = cells.into_iter().map(str::to_owned).collect();
            table.rows.push(Row { cells, span: paragraph.span, after_header });
            after_header = false;
        }
    }
    out
}

pub fn tasks(table: &Table) -> Vec<Task> {
    let mut out: Vec<Task> = Vec::new();
    let mut group: Option<String> = None;
    for row in &table.rows {
        let cell = |wanted| cell(table, row, wanted);
        let (number, text) = (cell(Column::Number), cell(Column::Text));
        let bare =
            [Column::Lead, Column::Coordinating, Column::Result, Column::Time].into_iter().all(|c| cell(c).is_empty());
        if continues(row, &number, &text)
            && let Some(last) = out.last_mut()
        {
            extend(last, table, row);
            continue;
        }
        if bare && !number.is_empty() {
            group = Some(label(&number));
            continue;
        }
        if text.is_empty() || bare {
            continue;
        }
        let mut section = vec![table.label.clone()];
        section.extend(group.clone());
        section.extend((!number.is_empty()).then(|| label(&number)));
        out.push(Task {
            id: String::new(),
            section,
            form: Form::Table,
            embedded_targets: task::embedded(&text),
            lead: bodies::split(&field::value(&cell(Column::Lead))),
            coordinating: bodies::split(&field::value(&cell(Column::Coordinating))),
            time: time::parse(&field::value(&cell(Column::Time))),
            result: Some(cell(Column::Result)).filter(|result| !result.is_empty()),
            source: row.span,
            text,
        });
    }
    out
}

fn cell(table: &Table, row: &Row, wanted: Column) -> String {
    let at = table.columns.iter().position(|column| *column == wanted);
    at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
}

fn label(number: &str) -> String {
    number.trim_end_matches('.').to_owned()
}

/// No number, and either cut by a page break or beginning in the middle of a sentence.
fn continues(row: &Row, number: &str, text: &str) -> bool {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{Ll}(,;.–-]").ok());
    let middle = WORD.as_ref().is_some_and(|word| word.is_match(text));
    number.is_empty() && (middle || (row.after_header && text.is_empty()))
}

fn extend(last: &mut Task, table: &Table, row: &Row) {
    let join = |old: &str, new: &str| [old, new].join(" ").trim().to_owned();
    last.text = join(&last.text, &cell(table, row, Column::Text));
    last.embedded_targets = task::embedded(&last.text);
    let rest = |wanted| cell(table, row, wanted);
    for (list, more) in [(&mut last.lead, rest(Column::Lead)), (&mut last.coordinating, rest(Column::Coordinating))] {
        if !more.is_empty() {
            *list = bodies::split(&field::value(&join(&list.join("; "), &more)));
        }
    }
    let (time, result) = (rest(Column::Time), rest(Column::Result));
    if !time.is_empty() {
        last.time = time::parse(&join(&last.time.raw, &time));
    }
    if !result.is_empty() {
        last.result = Some(join(last.result.as_deref().unwrap_or_default(), &result));
    }
    last.source = last.source.to(row.span);
}
