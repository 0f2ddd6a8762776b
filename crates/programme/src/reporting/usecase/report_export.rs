//! A report's figures as a sheet to reckon with.

use kernel::Problem;
use webkit::export;

use crate::{plans::model::read_target::written, reporting::model::content::Content};

/// Tasks and values as a table to reckon with.
pub fn table(content: &Content) -> Result<Vec<u8>, Problem> {
    let headers = [
        "Kế hoạch",
        "Mục",
        "Nội dung",
        "Tổng số",
        "Hoàn thành",
        "Quá hạn",
        "Kết quả, giá trị kỳ này",
        "Lũy kế",
        "Cùng kỳ",
        "Kế hoạch năm",
        "Số đơn vị báo cáo",
    ];
    let number = |value: Option<i64>| value.map(written).unwrap_or_default();
    let works = content.works.iter().map(|work| {
        let said = work.said.iter().map(|said| format!("{}: {}", said.name, said.text)).collect::<Vec<_>>().join("\n");
        let words = if work.words.is_empty() { said } else { work.words.clone() };
        let counts = work.counts;
        vec![
            work.plan.clone(),
            work.section.clone(),
            work.text.clone(),
            counts.total.to_string(),
            (counts.done + counts.done_late).to_string(),
            counts.late.to_string(),
            words,
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ]
    });
    let values = content.values.iter().map(|value| {
        vec![
            value.plan.clone(),
            String::new(),
            format!("{} ({})", value.text, value.unit),
            String::new(),
            String::new(),
            String::new(),
            number(value.this),
            number(value.total),
            number(value.year_ago),
            number(value.planned),
            format!("{}/{}", value.reported, value.expected),
        ]
    });
    export::xlsx("Báo cáo", &headers.map(str::to_owned), &works.chain(values).collect::<Vec<_>>())
}
