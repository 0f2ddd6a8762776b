//! The head of a table: what each column holds is told by its title.

/// What a column holds.
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

pub fn column(title: &str) -> Column {
    let title = title.to_lowercase().replace('\n', " ");
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match () {
        () if matches!(title.trim_end_matches('.'), "tt" | "stt" | "số tt" | "số thứ tự") => Column::Number,
        () if has(&["ghi chú", "căn cứ"]) => Column::Ignored,
        () if has(&["chủ trì", "đầu mối"]) => Column::Lead,
        () if has(&["phối hợp"]) => Column::Coordinating,
        () if has(&["đơn vị tính", "đvt"]) || title.trim() == "đơn vị" => Column::Unit,
        () if year(&title).is_some() && title.chars().count() < 25 => Column::Year(year(&title).unwrap_or_default()),
        () if has(&["thời gian", "thời hạn", "tiến độ", "hoàn thành", "lộ trình"]) => Column::Time,
        () if has(&["kết quả", "sản phẩm", "đầu ra"]) => Column::Result,
        () if has(&["nhiệm vụ", "công việc", "giải pháp", "hoạt động"]) => Column::Text,
        () if has(&["cơ quan thực hiện", "đơn vị thực hiện", "tổ chức thực hiện", "phân công"]) => {
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
    if !columns.contains(&Column::Target) && !columns.contains(&Column::Lead) {
        // Beside tasks a body stands in it.
        for column in &mut columns {
            *column = if *column == Column::Unit { Column::Lead } else { *column };
        }
    }
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

/// Heads, the numbers of columns, and titles over rows: what holds no row of its own.
pub fn is_frame(cells: &[&str]) -> bool {
    let filled: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let number = |cell: &&str| cell.trim_matches(['(', ')', '.']).parse::<u8>().ok();
    let counted = filled.len() >= 3 && filled.iter().zip(1..).all(|(cell, at)| number(cell) == Some(at));
    is_header(cells) || counted || filled.len() <= 2
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
