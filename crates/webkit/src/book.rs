//! Workbooks that are read, reckoned with and printed: a title, typed cells, borders, and sheets that fit their paper.

use jiff::civil::Date;
use kernel::{Lang, Problem};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::export::cell;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    /// A hundred of these is the whole; shown with its sign.
    Percent(f64),
    Day(Date),
}

impl Value {
    /// As text, for files without types.
    pub fn written(self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text,
            Self::Day(on) => kernel::day::show(on, lang),
            Self::Number(number) | Self::Percent(number) => number.to_string(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A figure in thousandths, as values are stored; nothing where there is none.
pub fn milli(value: Option<i64>, unit: &str) -> Value {
    // Figures here are below a million million: a float holds them exactly.
    #[expect(clippy::cast_precision_loss, reason = "small figures")]
    let number = value.map(|value| value as f64 / 1000.0);
    match number {
        None => Value::Text(String::new()),
        Some(number) if unit.contains('%') => Value::Percent(number),
        Some(number) => Value::Number(number),
    }
}

/// One sheet of a workbook.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub name: String,
    pub title: String,
    /// Lines below the title: whose it is, of when.
    pub notes: Vec<String>,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Value>>,
    /// A last row in bold.
    pub total: Option<Vec<Value>>,
}

/// A workbook of these pages; its title is that of the first.
pub fn book(pages: &[Page]) -> Result<Vec<u8>, Problem> {
    write(pages).map_err(Problem::internal)
}

fn write(pages: &[Page]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = pages.first().map(|page| page.title.clone()).unwrap_or_default();
    book.set_properties(&DocProperties::new().set_title(cell(&title).chars().take(255).collect::<String>()));
    for page in pages {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&page.name))?;
        fill(sheet, page)?;
    }
    book.save_to_buffer()
}

/// What Excel takes as the name of a sheet: 31 units of UTF-16.
fn sheet_name(name: &str) -> String {
    let mut room = 31_usize;
    let fits = |c: &char| room.checked_sub(c.len_utf16()).map(|left| room = left).is_some();
    let name: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take_while(fits).collect();
    if name.trim().is_empty() { "1".into() } else { name }
}

/// A4, as `ECMA-376` numbers papers.
const A4: u8 = 9;
/// Columns that fit an upright sheet, in widths of a digit.
const UPRIGHT: f64 = 95.0;

fn fill(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    let last = u16::try_from(page.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let title = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Left);
    sheet.write_string_with_format(0, 0, cell(&page.title), &title)?;
    let mut row = 1;
    for note in &page.notes {
        sheet.write_string_with_format(row, 0, cell(note), &Format::new().set_italic())?;
        row += 1;
    }
    let head = row + 1;
    let framed = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let bold = framed.clone().set_bold();
    let heads = bold.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let heads = heads.set_background_color("#E8ECEB");
    let widths = widths(page);
    sheet.set_row_height(head, height(page.heads.iter().map(String::as_str), &widths))?;
    for (column, name) in (0..).zip(&page.heads) {
        sheet.write_string_with_format(head, column, cell(name), &heads)?;
    }
    row = head + 1;
    for line in &page.rows {
        sheet.set_row_height(row, height(line.iter().map(words), &widths))?;
        put(sheet, row, line, &framed)?;
        row += 1;
    }
    if let Some(total) = &page.total {
        put(sheet, row, total, &bold)?;
        row += 1;
    }
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    set_up(sheet, (head, row - 1, last), widths.iter().sum::<f64>() > UPRIGHT)
}

/// How it is read on a screen and comes out of a printer.
fn set_up(sheet: &mut Worksheet, (head, end, last): (u32, u32, u16), wide: bool) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(head + 1, 0)?;
    if end > head {
        sheet.autofilter(head, 0, end, last)?;
    }
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.5, 0.6, 0.7, 0.3, 0.3).set_footer("&C&P/&N");
    if wide {
        sheet.set_landscape();
    }
    sheet.set_repeat_rows(head, head)?;
    sheet.set_print_area(0, 0, end, last)?;
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, line: &[Value], usual: &Format) -> Result<(), XlsxError> {
    let right = || usual.clone().set_align(FormatAlign::Right);
    for (column, value) in (0..).zip(line) {
        match value {
            Value::Text(text) => sheet.write_string_with_format(row, column, cell(text), usual)?,
            Value::Number(number) => {
                let form = if number.fract() == 0.0 { "0" } else { "0.0##" };
                sheet.write_number_with_format(row, column, *number, &right().set_num_format(form))?
            }
            Value::Percent(number) => {
                let form = if number.fract() == 0.0 { "0%" } else { "0.0##%" };
                sheet.write_number_with_format(row, column, *number / 100.0, &right().set_num_format(form))?
            }
            Value::Day(day) => match excel_day(*day) {
                Some(at) => {
                    sheet.write_datetime_with_format(row, column, &at, &right().set_num_format("dd/mm/yyyy"))?
                }
                None => sheet.write_string_with_format(row, column, day.to_string(), usual)?,
            },
        };
    }
    Ok(())
}

/// Excel knows no day before 1900.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (year, month, of_month) =
        (day.year().try_into().ok()?, day.month().try_into().ok()?, day.day().try_into().ok()?);
    ExcelDateTime::from_ymd(year, month, of_month).ok()
}

const NARROWEST: f64 = 6.0;
const WIDEST: f64 = 60.0;
/// A column up to this keeps its width; the others share the sheet.
const SHORT: f64 = 20.0;
/// Columns of a sheet across, in widths of a digit, that can still be read.
const ACROSS: f64 = 150.0;

/// By what stands in the columns: no word is cut, and sentences get the room.
fn widths(page: &Page) -> Vec<f64> {
    let all = || page.rows.iter().chain(&page.total);
    let of = |at: usize, head: &str| {
        let cells = all().filter_map(|row| row.get(at)).map(letters);
        let longest = cells.fold(0.0, f64::max);
        let word = head.split(' ').map(count).fold(0.0, f64::max);
        // A sentence takes several lines.
        let wish = if longest > WIDEST { WIDEST } else { longest };
        wish.max(word + 1.0).max(count(head) / 2.0).clamp(NARROWEST, WIDEST) + 1.5
    };
    let wishes: Vec<f64> = page.heads.iter().enumerate().map(|(at, head)| of(at, head)).collect();
    let narrow: f64 = wishes.iter().filter(|wish| **wish <= SHORT).sum();
    let wide: f64 = wishes.iter().filter(|wish| **wish > SHORT).sum();
    // Sentences share what a sheet across has left, or it is printed too small to be read.
    let share = ((ACROSS - narrow) / wide).min(1.0);
    wishes.into_iter().map(|wish| if wish > SHORT { (wish * share).max(SHORT) } else { wish }).collect()
}

/// Points that a row needs for its longest cell: viewers that do not reckon heights would cut it.
fn height<'a>(cells: impl Iterator<Item = &'a str>, widths: &[f64]) -> f64 {
    const LINE: f64 = 15.0;
    const HIGHEST: f64 = 405.0;
    let lines =
        |(text, width): (&str, &f64)| text.lines().map(|line| (count(line) * 1.1 / width).ceil().max(1.0)).sum::<f64>();
    let most = cells.zip(widths).map(lines).fold(1.0, f64::max);
    (most * LINE).min(HIGHEST)
}

fn words(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        Value::Number(_) | Value::Percent(_) | Value::Day(_) => "",
    }
}

fn count(text: &str) -> f64 {
    u32::try_from(text.chars().count()).map_or(WIDEST, f64::from)
}

fn letters(value: &Value) -> f64 {
    match value {
        Value::Text(text) => text.lines().map(count).fold(0.0, f64::max),
        Value::Number(number) => count(&format!("{number:.1}")),
        Value::Percent(_) => 7.0,
        Value::Day(_) => 10.0,
    }
}

/// The texts of a register as cells: a column in which all is numbers holds numbers. What begins with a nought, or is longer
/// than a number is exact, is a code and stays text.
pub fn typed(rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let is_number = |at: usize| {
        let mut said = rows.iter().filter_map(|row| match row.get(at) {
            Some(Value::Text(text)) if text.is_empty() => None,
            Some(Value::Text(text)) => Some(number(text).is_some()),
            _ => Some(false),
        });
        let any = said.next();
        any == Some(true) && said.all(|is| is)
    };
    let numbers: Vec<bool> = (0..columns).map(is_number).collect();
    let one = |(at, value): (usize, Value)| match &value {
        Value::Text(text) if numbers[at] => number(text).unwrap_or(value),
        _ => value,
    };
    rows.into_iter().map(|row| row.into_iter().enumerate().map(one).collect()).collect()
}

/// `1.234,5` or `62 %` as it is written here.
fn number(text: &str) -> Option<Value> {
    let (bare, is_share) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let digits = bare.strip_prefix('-').unwrap_or(bare);
    let (whole, rest) = digits.split_once(',').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let mut groups = whole.split('.');
    let first = groups.next().filter(|first| is_digits(first))?;
    let grouped: Vec<&str> = groups.collect();
    let well = grouped.iter().all(|group| group.len() == 3 && is_digits(group))
        && (grouped.is_empty() || first.len() <= 3)
        && rest.is_none_or(is_digits);
    let is_code = first.len() > 1 && first.starts_with('0');
    if !well || is_code || digits.len() > 15 {
        return None;
    }
    let value: f64 = bare.replace('.', "").replace(',', ".").parse().ok()?;
    Some(if is_share { Value::Percent(value) } else { Value::Number(value) })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn part(bytes: &[u8], name: &str) -> String {
        use std::io::Read as _;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn sample() -> Page {
        Page {
            name: "Chỉ tiêu: năm 2026/1".into(),
            title: "Chỉ tiêu chuyển đổi số".into(),
            notes: vec!["Số liệu lúc 10:42 ngày 27/11/2026".into()],
            heads: ["STT", "Chỉ tiêu", "Đạt", "Tỷ lệ", "Ngày"].map(str::to_owned).to_vec(),
            rows: vec![vec![
                Value::Number(1.0),
                "=1+1 hồ sơ".into(),
                milli(Some(1_234_500), "hồ sơ"),
                milli(Some(91_700), "%"),
                Value::Day(date(2026, 11, 27)),
            ]],
            total: Some(vec![Value::Text(String::new()), "Tổng cộng".into(), Value::Number(2.0)]),
        }
    }

    #[test]
    fn figures_shares_and_days_are_what_they_are_in_a_sheet() {
        let bytes = book(&[sample()]).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<v>1234.5</v>") && sheet.contains("<v>0.917</v>"), "{sheet}");
        // 27/11/2026 as Excel counts days.
        assert!(sheet.contains("<v>46353</v>"), "{sheet}");
        assert!(!sheet.contains("<f>"), "no formula");
        let styles = part(&bytes, "xl/styles.xml");
        assert!(styles.contains("dd/mm/yyyy") && styles.contains("0.0##%"), "{styles}");
    }

    #[test]
    fn a_sheet_is_ready_for_the_printer() {
        let bytes = book(&[sample()]).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        for mark in
            ["paperSize=\"9\"", "fitToHeight=\"0\"", "fitToPage=\"1\"", "&amp;C&amp;P/&amp;N", "topLeftCell=\"A5\""]
        {
            assert!(sheet.contains(mark), "{mark}: {sheet}");
        }
        let book = part(&bytes, "xl/workbook.xml");
        assert!(book.contains("_xlnm.Print_Titles") && book.contains("$4:$4"), "{book}");
        assert!(book.contains("_xlnm.Print_Area") && book.contains("$A$1:$E$6"), "{book}");
        assert!(book.contains("Chỉ tiêu năm 20261"), "{book}");
        assert!(part(&bytes, "docProps/core.xml").contains("Chỉ tiêu chuyển đổi số"));
    }

    #[test]
    fn a_column_is_numbers_only_where_all_of_it_is() {
        let column = |list: &[&str]| typed(list.iter().map(|text| vec![Value::from(*text)]).collect());
        assert_eq!(column(&["1.234", "", "5,5"])[0], [Value::Number(1234.0)]);
        assert_eq!(column(&["62 %", "91,7%"]), [[Value::Percent(62.0)], [Value::Percent(91.7)]]);
        let beside_words = typed(vec![vec![Value::Percent(33.3)], vec!["chưa có".into()]]);
        assert_eq!(beside_words, [[Value::Percent(33.3)], [Value::from("chưa có")]]);
        for kept in [&["1", "một"][..], &["0912345678"], &["H48.01"], &["1.23"], &["1234567890123456"], &["22/KH"]] {
            assert!(matches!(column(kept)[0][0], Value::Text(_)), "{kept:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_as_a_number_is_read_as_it(value in -999_999_999_i64..999_999_999) {
            let digits = value.unsigned_abs().to_string();
            let grouped: Vec<String> = digits.as_bytes().rchunks(3).rev().map(|part| String::from_utf8_lossy(part).into_owned()).collect();
            let text = format!("{}{}", if value < 0 { "-" } else { "" }, grouped.join("."));
            #[expect(clippy::cast_precision_loss, reason = "small figures")]
            let expected = value as f64;
            prop_assert_eq!(number(&text), Some(Value::Number(expected)));
        }

        #[test]
        fn any_text_makes_a_workbook(text in "\\PC{0,80}") {
            let page = Page { name: text.clone(), title: text.clone(), heads: vec![text.clone()], rows: typed(vec![vec![text.into()]]), ..Page::default() };
            prop_assert!(book(&[page]).is_ok());
        }
    }
}
