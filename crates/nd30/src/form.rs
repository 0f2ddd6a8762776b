//! Number and date as the decree writes them.

use jiff::civil::Date;

use crate::{Kind, Paper};

/// `Số: 05/BC-SKHCN`; with room to write while there is no number.
pub fn number(number: Option<u32>, symbol: &str) -> String {
    match number {
        Some(number) => format!("Số: {number:02}/{symbol}"),
        None => format!("Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/{symbol}"),
    }
}

/// `ngày 05 tháng 01 năm 2026`: a nought before days below 10 and before January and February.
pub fn day_long(day: Date) -> String {
    format!("ngày {:02} tháng {} năm {}", day.day(), month(day), day.year())
}

fn month(day: Date) -> String {
    if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() }
}

/// `Mẫu, ngày 03 tháng 02 năm 2026`; with room to write what is not known yet.
pub fn place_and_day(paper: &Paper) -> String {
    let day = match (paper.issued, paper.drafted) {
        (Some(day), _) => day_long(day),
        (None, Some(day)) => {
            format!("ngày\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}tháng {} năm {}", month(day), day.year())
        }
        (None, None) => "ngày\u{a0}\u{a0}\u{a0}\u{a0}tháng\u{a0}\u{a0}\u{a0}\u{a0}năm".to_owned(),
    };
    format!("{}, {day}", paper.place)
}

/// The lines under "Nơi nhận:".
pub fn recipients(paper: &Paper) -> Vec<String> {
    let above = (!paper.to.is_empty()).then(|| "- Như trên;".to_owned());
    let copies = paper.copies.iter().map(|copy| format!("- {copy};"));
    let kept = if paper.kept.is_empty() { "VT" } else { &paper.kept };
    above.into_iter().chain(copies).chain([format!("- Lưu: {kept}.")]).collect()
}

/// The line in brackets under the title of an appendix.
pub fn attached_to(paper: &Paper) -> String {
    let name = match &paper.kind {
        Kind::Named { name, .. } => name.clone(),
        Kind::Letter { .. } => "Công văn".into(),
    };
    let number = match paper.number {
        Some(number) => format!("{number:02}/{}", paper.symbol),
        None => format!("……/{}", paper.symbol),
    };
    let day = match (paper.issued, paper.drafted) {
        (Some(day), _) => day_long(day),
        (None, Some(day)) => format!("ngày …… tháng {} năm {}", month(day), day.year()),
        (None, None) => "ngày …… tháng …… năm ……".into(),
    };
    format!("(Kèm theo {name} số {number} {day} của {})", paper.issuer)
}

pub fn roman(number: usize) -> String {
    const STEPS: [(usize, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// "Phụ lục", with its number only where there are several.
pub fn appendix_name(at: usize, count: usize) -> String {
    if count > 1 { format!("Phụ lục {}", roman(at + 1)) } else { "Phụ lục".into() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_and_days_are_padded_as_the_decree_says() {
        assert_eq!(number(Some(5), "BC-SKHCN"), "Số: 05/BC-SKHCN");
        assert_eq!(number(Some(115), "BC-SKHCN"), "Số: 115/BC-SKHCN");
        assert_eq!(day_long(date(2026, 2, 3)), "ngày 03 tháng 02 năm 2026");
        assert_eq!(day_long(date(2026, 11, 21)), "ngày 21 tháng 11 năm 2026");
        assert_eq!(roman(14), "XIV");
    }
}
