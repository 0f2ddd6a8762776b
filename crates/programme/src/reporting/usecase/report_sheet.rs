//! The Excel round trip: a report's own sheet goes out with locked cells, comes back filled, and is refused cell by cell.

use kernel::{Ctx, Problem};
use rust_xlsxwriter::{DataValidation, Format, ProtectionOptions, Workbook, Worksheet, XlsxError};
use webkit::{Bytes, Core, export};

use crate::{
    ids::ReportId,
    plans::model::read_target::written,
    reporting::{
        model::content::Content,
        store::report::ReportRow,
        usecase::{
            report_act::report_for,
            report_content::content,
            report_edit::{Edit, report_edit},
            report_sheet_read::{CellProblem, FIRST_ROW, NOTHING, STATUSES, read},
        },
    },
};

/// Largest sheet in bytes.
pub const LIMIT: u64 = 10 * 1024 * 1024;

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
    let grid = core.sheets().grid(bytes).await?;
    let filled = match read(&grid, &row.id().to_string(), content) {
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
