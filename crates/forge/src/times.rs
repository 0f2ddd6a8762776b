//! Terms as documents write them, and what they mean.

use crate::{answer::When, dice::Dice};

/// How a term stands in its cell or label, and what it means.
#[derive(Debug, Clone)]
pub struct Term {
    pub raw: String,
    pub when: When,
}

fn term(raw: String, when: When) -> Term {
    Term { raw, when }
}

/// A day in one of the ways in which days are written, and in ISO text.
fn written_day(dice: &mut Dice, year: i64) -> (String, String) {
    let (day, month) = (dice.between(1, 30), dice.between(5, 12));
    let iso = format!("{year}-{month:02}-{day:02}");
    let raw = match dice.below(5) {
        0 => format!("{day:02}/{month:02}/{year}"),
        1 | 2 => format!("{day}/{month}/{year}"),
        3 => format!("{day:02} tháng {month:02} năm {year}"),
        _ => format!("{day:02}-{month:02}-{year}"),
    };
    (raw, iso)
}

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

/// In a label or a cell.
pub fn term_of_label(dice: &mut Dice, year: i64) -> Term {
    let quarter = dice.count(1, 4);
    let until = |month: i64| When::Until(format!("{year}-{month:02}"));
    let quarter_end = i64::try_from(quarter * 3).unwrap_or(12);
    let roman = ROMAN[quarter - 1];
    match dice.below(24) {
        0..=2 => {
            let (raw, iso) = written_day(dice, year);
            let before = dice.pick(&["", "Trước ", "Trước ngày ", "Chậm nhất ngày "]);
            term(format!("{before}{raw}"), When::Until(iso))
        }
        3 | 4 => term(format!("Quý {roman}/{year}"), until(quarter_end)),
        5 => term(format!("Quý {roman} năm {year}"), until(quarter_end)),
        6 | 7 => {
            let month = dice.between(4, 12);
            let form = dice.pick(&["Tháng", "Trong tháng", "Hết tháng"]);
            term(format!("{form} {month}/{year}"), until(month))
        }
        8 => {
            let (from, to) = (dice.between(2, 6), dice.between(7, 12));
            term(
                format!("Tháng {from}-{to}/{year}"),
                When::Within(format!("{year}-{from:02}"), format!("{year}-{to:02}")),
            )
        }
        9 => {
            let (from, to) = (dice.between(2, 6), dice.between(7, 12));
            let raw = format!("{from:02}/{year} - {to:02}/{year}");
            term(raw, When::Within(format!("{year}-{from:02}"), format!("{year}-{to:02}")))
        }
        10 => term(format!("Quý I - Quý III/{year}"), When::Within(format!("{year}-01"), format!("{year}-09"))),
        11 => match dice.below(3) {
            0 => term(format!("6 tháng đầu năm {year}"), until(6)),
            1 => term(format!("6 tháng cuối năm {year}"), until(12)),
            _ => term(format!("Quý I, II/{year}"), until(6)),
        },
        12 | 13 => term(format!("Năm {year}"), When::Until(year.to_string())),
        14 => {
            let to = year + dice.between(1, 4);
            let form = dice.pick(&["Giai đoạn", "Năm"]);
            term(format!("{form} {year} - {to}"), When::Within(year.to_string(), to.to_string()))
        }
        15 => term(format!("Năm {year} và những năm tiếp theo"), When::From(year.to_string())),
        16 | 22 => recurring_label(dice),
        17 => term("Thường xuyên".into(), When::Continuous),
        18 => {
            let to = year + dice.between(1, 4);
            term(format!("Đến năm {to}"), When::Until(to.to_string()))
        }
        19 => term(
            dice.pick(&["Sau khi Bộ Tài chính có hướng dẫn", "Ngay sau khi Nghị quyết được thông qua"]).into(),
            When::Event,
        ),
        20 => term(format!("Trong {} ngày kể từ ngày ban hành", dice.one(&[10, 15, 30])), When::Event),
        21 => impossible(dice, year),
        _ => term(format!("{year}"), When::Until(year.to_string())),
    }
}

fn recurring_label(dice: &mut Dice) -> Term {
    match dice.below(6) {
        0 => term("Hằng quý".into(), When::Quarterly),
        1 => term("Hằng tháng".into(), When::Monthly),
        2 => term("Trước 30/6 hằng năm".into(), When::Yearly),
        3 => term("Hằng năm".into(), When::Yearly),
        4 => term("Định kỳ 6 tháng".into(), When::HalfYearly),
        _ => term("Trước ngày 20 hằng tháng".into(), When::Monthly),
    }
}

fn impossible(dice: &mut Dice, year: i64) -> Term {
    let raw = match dice.below(4) {
        0 => format!("31/02/{year}"),
        1 => format!("31/6/{year}"),
        2 => format!("Tháng 13/{year}"),
        _ => format!("Trước ngày 31/11/{year}"),
    };
    term(raw, When::Impossible)
}

/// Behind an order in a sentence, with what ties it there.
pub fn term_of_sentence(dice: &mut Dice, year: i64) -> Term {
    let quarter = dice.count(1, 4);
    let (roman, quarter_end) = (ROMAN[quarter - 1], quarter * 3);
    match dice.below(20) {
        0..=4 => {
            let (raw, iso) = written_day(dice, year);
            let tie = dice.pick(&[
                ", hoàn thành trước ngày ",
                "; hoàn thành trước ngày ",
                ", xong trước ngày ",
                " trước ngày ",
                " chậm nhất ngày ",
                ", báo cáo kết quả trước ngày ",
                "; thời gian hoàn thành trước ngày ",
            ]);
            term(format!("{tie}{raw}"), When::Until(iso))
        }
        5 | 6 => term(format!(" trong quý {roman} năm {year}"), When::Until(format!("{year}-{quarter_end:02}"))),
        7 => term(format!(", hoàn thành trong quý {roman}/{year}"), When::Until(format!("{year}-{quarter_end:02}"))),
        8 | 9 => {
            let month = dice.between(4, 12);
            let tie = dice.pick(&[" trong tháng", ", xong trong tháng", "; hoàn thành trong tháng"]);
            term(format!("{tie} {month}/{year}"), When::Until(format!("{year}-{month:02}")))
        }
        10 => term(format!(" trong năm {year}"), When::Until(year.to_string())),
        11 => {
            let to = year + dice.between(1, 4);
            term(format!(" giai đoạn {year} - {to}"), When::Within(year.to_string(), to.to_string()))
        }
        12 => term("; định kỳ hằng quý tổng hợp kết quả".into(), When::Quarterly),
        13 => term(" trước ngày 25 hằng tháng".into(), When::Monthly),
        14 => {
            let tie = dice.pick(&[" trong thời hạn", " trong"]);
            term(format!("{tie} {} ngày kể từ ngày ký văn bản này", dice.one(&[7, 10, 15])), When::Event)
        }
        15 if dice.chance(40) => term(format!(", hoàn thành trước ngày 31/9/{year}"), When::Impossible),
        _ => term(String::new(), When::None),
    }
}
