//! The Excel round trip: a report's own sheet goes out with locked cells, comes back filled, and is refused cell by cell.

use crate::ids::{ReportId, TargetId};
use std::collections::HashMap;

use kernel::{Ctx, Problem};
use rust_xlsxwriter::{DataValidation, Format, ProtectionOptions, Workbook, Worksheet, XlsxError};
use uuid::Uuid;
use webkit::{Bytes, Core, export};

use crate::{
    plans::model::read_target::{parse, written},
    reporting::{
        model::content::Content,
        store::report::ReportRow,
        usecase::{
            report_act::report_for,
            report_content::content,
            report_edit::{Edit, report_edit},
        },
    },
    targets::usecase::value_set::Entered,
};

/// Largest sheet in bytes.
pub const LIMIT: u64 = 10 * 1024 * 1024;
const FIRST_ROW: u32 = 3;
const STATUSES: [(&str, &str); 3] = [("ước", "estimate"), ("sơ bộ", "preliminary"), ("chính thức", "official")];
const NOTHING: &str = "không phát sinh";

/// One cell that was not understood, in the words of who fills the sheet: `E7`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CellProblem {
    pub cell: String,
    pub code: &'static str,
    pub text: String,
}

/// The sheet of a draft: what may be filled is open, the rest is locked; ids and revision are in hidden columns.
pub fn sheet(report: &str, rev: i64, title: &str, content: &Content) -> Result<Vec<u8>, Problem> {
    write(report, rev, title, content).map_err(Problem::internal)
}

fn write(report: &str, rev: i64, title: &str, content: &Content) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("Bao cao")?;
    let locked = Format::new().set_text_wrap();
    let bold = Format::new().set_bold().set_text_wrap();
    let open = Format::new().set_text_wrap().set_unlocked().set_background_color("#FFF8DC");
    page.write_string_with_format(0, 1, export::cell(title), &bold)?;
    page.write_with_format(0, 0, report, &locked)?;
    page.write_with_format(1, 0, rev.to_string(), &locked)?;
    page.write_with_format(1, 1, "Chỉ điền các ô màu vàng. Không thêm, xóa dòng.", &locked)?;
    const HEAD: [&str; 9] = [
        "Mã",
        "Nội dung",
        "Đơn vị tính",
        "Tình trạng",
        "Kết quả trong kỳ",
        "Tử số",
        "Mẫu số",
        "Giá trị",
        "Loại số liệu",
    ];
    for (column, name) in (0_u16..).zip(HEAD) {
        page.write_with_format(2, column, name, &bold)?;
    }
    let mut row = FIRST_ROW;
    for work in &content.works {
        let state = if work.counts.late > 0 {
            "quá hạn"
        } else if work.counts.finished() > 0 {
            "hoàn thành"
        } else if work.counts.reported > 0 {
            "chờ nghiệm thu"
        } else {
            "đang thực hiện"
        };
        page.write_with_format(row, 0, format!("work {}", work.id), &locked)?;
        page.write_string_with_format(row, 1, export::cell(&work.text), &locked)?;
        page.write_with_format(row, 3, state, &locked)?;
        let words = if work.nothing { NOTHING } else { &work.words };
        page.write_string_with_format(row, 4, export::cell(words), &open)?;
        row += 1;
    }
    for value in &content.values {
        let number = |value: Option<i64>| value.map(written).unwrap_or_default();
        page.write_with_format(row, 0, format!("value {}", value.id), &locked)?;
        page.write_string_with_format(row, 1, export::cell(&value.text), &locked)?;
        page.write_string_with_format(row, 2, export::cell(&value.unit), &locked)?;
        page.write_string_with_format(row, 4, export::cell(&value.evidence), &open)?;
        page.write_with_format(row, 5, number(value.numerator), &open)?;
        page.write_with_format(row, 6, number(value.denominator), &open)?;
        page.write_with_format(row, 7, number(value.this), &open)?;
        let status = STATUSES.iter().find(|(_, code)| *code == value.status).map_or("", |(words, _)| words);
        page.write_with_format(row, 8, status, &open)?;
        row += 1;
    }
    finish(page, row)?;
    book.save_to_buffer()
}

fn finish(page: &mut Worksheet, rows: u32) -> Result<(), XlsxError> {
    let list = DataValidation::new().allow_list_strings(&STATUSES.map(|(words, _)| words))?;
    page.add_data_validation(FIRST_ROW, 8, rows.max(FIRST_ROW), 8, &list)?;
    page.set_column_hidden(0)?;
    for (column, width) in [(1, 60), (2, 12), (3, 16), (4, 50), (5, 12), (6, 12), (7, 12), (8, 14)] {
        page.set_column_width(column, width)?;
    }
    page.set_freeze_panes(FIRST_ROW, 2)?;
    page.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// What came back: the report and revision it was made from, and what was filled.
#[derive(Debug, Default)]
struct Filled {
    rev: i64,
    works: Vec<(Uuid, String, bool)>,
    values: Vec<(TargetId, Entered)>,
}

fn cell(row: usize, column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column).unwrap_or(25).min(25));
    format!("{letter}{}", row + 1)
}

/// Reads a filled sheet; all its faults at once.
fn read(rows: &[Vec<String>], report: &str, content: &Content) -> Result<Filled, Vec<CellProblem>> {
    let at = |row: usize, column: usize| rows.get(row).and_then(|row| row.get(column)).map_or("", |text| text.trim());
    let fault = |row, column, code, text: &str| CellProblem { cell: cell(row, column), code, text: text.to_owned() };
    if at(0, 0) != report {
        return Err(vec![fault(0, 0, "other-report", at(0, 0))]);
    }
    let mut filled = Filled { rev: at(1, 0).parse().unwrap_or(0), ..Filled::default() };
    let mut faults = Vec::new();
    let works: HashMap<Uuid, _> = content.works.iter().map(|work| (work.id, work)).collect();
    let values: HashMap<Uuid, _> = content.values.iter().map(|value| (value.id, value)).collect();
    for row in FIRST_ROW as usize..rows.len() {
        let Some((kind, id)) = at(row, 0).split_once(' ') else {
            if (0..9).any(|column| !at(row, column).is_empty()) {
                faults.push(fault(row, 0, "row-unknown", at(row, 1)));
            }
            continue;
        };
        match (kind, id.parse::<Uuid>()) {
            ("work", Ok(id)) if works.contains_key(&id) => {
                let words = at(row, 4);
                let nothing = kernel::text::fold(words) == kernel::text::fold(NOTHING);
                let old = works[&id];
                if nothing != old.nothing || (!nothing && words != export::cell(&old.words)) {
                    filled.works.push((id, if nothing { String::new() } else { words.to_owned() }, nothing));
                }
            }
            ("value", Ok(id)) if values.contains_key(&id) => {
                let old = values[&id];
                let is_share = old.unit.contains('%');
                let mut number = |column: usize| match at(row, column) {
                    "" | "-" => None,
                    // A count is no share, and a sheet that shows it as one was formatted by mistake.
                    text if text.ends_with('%') && !(is_share && column == 7) => {
                        faults.push(fault(row, column, "percent-not-here", text));
                        None
                    }
                    text => {
                        let found = parse(text);
                        if found.is_none() {
                            faults.push(fault(row, column, "not-a-number", text));
                        }
                        found
                    }
                };
                let (numerator, denominator, value) = (number(5), number(6), number(7));
                if numerator.is_none() && denominator.is_none() && value.is_none() {
                    continue;
                }
                let words = kernel::text::fold(at(row, 8));
                let status = STATUSES.iter().find(|(known, _)| kernel::text::fold(known) == words);
                let Some((_, status)) = status else {
                    faults.push(fault(row, 8, "status-unknown", at(row, 8)));
                    continue;
                };
                // With both parts the value is computed from them.
                let value = if numerator.is_some() || denominator.is_some() { None } else { value };
                // What the sheet could not hold was not written by who filled it.
                let is_kept = at(row, 4) == export::cell(&old.evidence);
                let same = is_kept
                    && (old.numerator, old.denominator, old.status.as_str()) == (numerator, denominator, status)
                    && value.is_none_or(|value| old.this == Some(value));
                let entered = Entered {
                    numerator,
                    denominator,
                    value,
                    status: (*status).into(),
                    evidence: if is_kept { old.evidence.clone() } else { at(row, 4).to_owned() },
                    ..Entered::default()
                };
                if let Err(error) = crate::targets::model::rollup::Measure::new(numerator, denominator, value, is_share)
                {
                    let code = if let crate::Error::ValueWrong(code) = error { code } else { "value-wrong" };
                    faults.push(fault(row, 5, code, at(row, 5)));
                } else if entered.evidence.is_empty() {
                    faults.push(fault(row, 4, "value-evidence", ""));
                } else if !same {
                    filled.values.push((TargetId::from_uuid(id), entered));
                }
            }
            _ => faults.push(fault(row, 0, "row-unknown", at(row, 1))),
        }
    }
    if faults.is_empty() { Ok(filled) } else { Err(faults) }
}

/// Takes a filled sheet in: all of it, or nothing with every fault named by its cell.
pub async fn sheet_take(
    core: &Core,
    ctx: &Ctx,
    id: ReportId,
    bytes: Bytes,
    on_behalf: bool,
) -> Result<Result<usize, Vec<CellProblem>>, Problem> {
    let row = report_for(core, ctx, id, "report.write").await?;
    let content = content(core, ctx, &row).await?;
    match edit_of(core, &row, &content, bytes).await? {
        Ok((rev, edit)) => {
            let edit = Edit { on_behalf, ..edit };
            report_edit(core, ctx, id, rev, &edit).await?;
            Ok(Ok(edit.works.len() + edit.values.len()))
        }
        Err(faults) => Ok(Err(faults)),
    }
}

/// The revision from which a filled sheet was made, and what it says beyond what the report says already.
pub(crate) async fn edit_of(
    core: &Core,
    row: &ReportRow,
    content: &Content,
    bytes: Bytes,
) -> Result<Result<(i64, Edit), Vec<CellProblem>>, Problem> {
    let rows = core.sheets().rows(bytes).await?;
    let filled = match read(&rows, &row.id().to_string(), content) {
        Ok(filled) => filled,
        Err(faults) => return Ok(Err(faults)),
    };
    // The sheet may have been filled while somebody else edited: then nothing of it is taken.
    let edit = Edit {
        intro: row.intro.clone().into_string(),
        plans_ahead: row.plans_ahead.clone().into_string(),
        nothing: row.is_nothing,
        works: filled.works,
        values: filled.values,
        notes: vec![],
        on_behalf: false,
    };
    Ok(Ok((filled.rev, edit)))
}
