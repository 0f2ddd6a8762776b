//! The head of a table: what each column holds is told by its title.

use super::parts;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Number,
    Text,
    Target,
    Lead,
    Coordinating,
    /// Who leads and who co-ordinates, in one cell.
    Both,
    Implementers,
    Result,
    Value,
    Unit,
    /// The value for one year.
    Year(i16),
    Time,
    /// A stretch of the year, marked where the work falls into it.
    Part,
    Ignored,
}

pub fn column(title: &str) -> Column {
    let title = title.to_lowercase().replace('\n', " ");
    let title = title.trim();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match () {
        () if matches!(title.trim_end_matches('.'), "tt" | "stt" | "số tt" | "số thứ tự") => Column::Number,
        () if has(&["ghi chú", "căn cứ"]) => Column::Ignored,
        // Who looks after it from above does not do it.
        () if has(&["lãnh đạo", "người ký", "ký ban hành"]) && !has(&["chủ trì", "đầu mối"]) => {
            Column::Ignored
        }
        () if has(&["chủ trì", "đầu mối"]) && has(&["phối hợp"]) => Column::Both,
        () if has(&["chủ trì", "đầu mối"]) => Column::Lead,
        () if has(&["phối hợp"]) => Column::Coordinating,
        () if has(&["đơn vị tính", "đvt"]) || title == "đơn vị" => Column::Unit,
        () if parts::of(title).is_some() => Column::Part,
        () if year(title).is_some() && title.chars().count() < 25 => Column::Year(year(title).unwrap_or_default()),
        () if has(&["thời gian", "thời hạn", "thời điểm", "tiến độ", "hoàn thành", "lộ trình", "kỳ hạn"])
            || matches!(title, "hạn" | "ngày" | "tháng") =>
        {
            Column::Time
        }
        () if has(&["kết quả", "sản phẩm", "đầu ra"]) => Column::Result,
        () if has(&["nhiệm vụ", "công việc", "giải pháp", "hoạt động"]) => Column::Text,
        () if watches(title) => Column::Ignored,
        () if does(title) => Column::Implementers,
        () if has(&["giá trị", "mức đạt", "mục tiêu đến", "số lượng"]) => Column::Value,
        () if has(&["chỉ tiêu", "mục tiêu"]) => Column::Target,
        () if has(&["nội dung", "tên đề án", "tên văn bản", "tên chương trình"]) => Column::Text,
        () => Column::Ignored,
    }
}

/// Whether it is known what a column of this title holds, be it nothing of a task.
pub fn is_title(title: &str) -> bool {
    const ASIDE: [&str; 8] =
        ["ghi chú", "căn cứ", "lãnh đạo", "người ký", "ký ban hành", "kinh phí", "nguồn vốn", "dự toán"];
    let small = title.to_lowercase();
    column(title) != Column::Ignored || watches(&small) || ASIDE.iter().any(|aside| small.contains(aside))
}

/// Whether a title asks for a body or a person.
fn says_who(title: &str) -> bool {
    const WHO: [&str; 9] =
        ["cơ quan", "đơn vị", "bộ phận", "phòng", "người", "đồng chí", "cán bộ", "công chức", "trách nhiệm"];
    WHO.iter().any(|who| title.contains(who))
}

/// Who watches that a target is reached: its lead where none is named.
fn watches(title: &str) -> bool {
    says_who(title) && ["theo dõi", "đánh giá", "giám sát"].iter().any(|word| title.contains(word))
}

/// "Cơ quan soạn thảo", "Đơn vị chuẩn bị", "Người phụ trách", "Phân công".
fn does(title: &str) -> bool {
    const WORK: [&str; 10] = [
        "thực hiện",
        "chuẩn bị",
        "soạn thảo",
        "tham mưu",
        "triển khai",
        "phụ trách",
        "chịu trách nhiệm",
        "xây dựng",
        "trình",
        "được giao",
    ];
    let said = ["tổ chức thực hiện", "phân công"].iter().any(|word| title.contains(word));
    said || says_who(title) && WORK.iter().any(|work| title.contains(work))
}

/// The year that a short title such as "Năm 2027" or "Đến 2030" names.
fn year(title: &str) -> Option<i16> {
    let mut years = title.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let year = years.next()?.parse().ok().filter(|year| (2000..2100).contains(year))?;
    years.next().is_none().then_some(year)
}

pub fn columns(cells: &[&str]) -> Vec<Column> {
    let mut columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let is_led = columns.iter().any(|column| matches!(column, Column::Lead | Column::Both));
    if !columns.contains(&Column::Target) && !is_led {
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
    } else if columns.contains(&Column::Text) && !is_led {
        for column in &mut columns {
            *column = if *column == Column::Implementers { Column::Lead } else { *column };
        }
    }
    if columns.contains(&Column::Target) && !is_led {
        let watching = columns.iter_mut().zip(cells).filter(|(_, cell)| watches(&cell.to_lowercase()));
        watching.for_each(|(column, _)| *column = Column::Lead);
    }
    columns
}

/// A header names the column of tasks or targets, and one that says who, when or how much.
pub fn is_header(cells: &[&str]) -> bool {
    let columns = columns(cells);
    let has = |wanted: Column| columns.contains(&wanted);
    let years = columns.iter().any(|column| matches!(column, Column::Year(_)));
    let tasks = has(Column::Text) && [Column::Lead, Column::Both, Column::Time, Column::Part].into_iter().any(has);
    let targets = has(Column::Target) && (has(Column::Value) || has(Column::Lead) || years);
    (tasks || targets) && cells.iter().all(|cell| cell.chars().count() < 60)
}

/// Heads, the numbers of columns, and titles over rows: what holds no row of its own.
pub fn is_frame(cells: &[&str]) -> bool {
    let filled: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let number = |cell: &&str| cell.trim_matches(['(', ')', '.']).parse::<u8>().ok();
    let counted = filled.len() >= 3 && filled.iter().zip(1..).all(|(cell, at)| number(cell) == Some(at));
    let titles = || filled.iter().all(|cell| cell.chars().count() < 40 && is_title(cell));
    is_header(cells) || counted || filled.len() <= 2 || titles()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_titles() {
        let kinds = |titles: &str| columns(&titles.split('|').collect::<Vec<_>>());
        use Column::{
            Both, Coordinating, Ignored, Implementers, Lead, Number, Part, Result, Target, Text, Time, Unit, Value,
            Year,
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
        assert_eq!(
            kinds("TT|Nội dung|Đơn vị chuẩn bị|Lãnh đạo UBND tỉnh chỉ đạo, ký|Thời gian trình"),
            [Number, Text, Lead, Ignored, Time]
        );
        assert_eq!(kinds("TT|Nội dung|Chủ trì/Phối hợp|T1|Tháng 2|Quý III"), [Number, Text, Both, Part, Part, Part]);
        assert_eq!(
            kinds("TT|Chỉ tiêu|ĐVT|2026|2030|Cơ quan theo dõi, đánh giá"),
            [Number, Target, Unit, Year(2026), Year(2030), Lead]
        );
    }
}
