//! The head of a document: letterhead, number and day, kind, title.

use crate::{
    bodies::capital,
    draft::Draft,
    house::{Kind, Level},
    piece::{Head, HeadForm, Piece, Style},
};

pub fn head(draft: &mut Draft) {
    let form = draft.dice.weighted(&[
        (35, HeadForm::Stacked),
        (22, HeadForm::Beside),
        (23, HeadForm::TwoColumns),
        (8, HeadForm::ThreeColumns),
        (12, HeadForm::Bare),
    ]);
    let title = title(draft);
    let lines = cut(draft, &title);
    let (number, place_and_day) = (number(draft), day(draft));
    let is_letter = draft.kind == Kind::Letter;
    let about = if is_letter { cut(draft, &format!("V/v {title}")) } else { vec![] };
    let (left, right) = sides(draft);
    if form != HeadForm::Bare {
        draft.answer.issuer = Some(draft.house.issuer_name());
        draft.answer.parent = draft.house.parent.map(str::to_owned);
    }
    draft.answer.kind = draft.kind.title().to_owned();
    draft.answer.title = title;
    draft.pieces.push(Piece::Head(Head { form, left, right, number, place_and_day, about }));
    if is_letter {
        return;
    }
    draft.line(Style::Kind, draft.kind.title());
    for line in lines {
        draft.line(Style::Title, line);
    }
    if draft.dice.chance(15) {
        draft.line(Style::Title, "--------------");
    }
}

fn sides(draft: &mut Draft) -> (Vec<String>, Vec<String>) {
    let house = &draft.house;
    let mut left: Vec<String> = house.parent.iter().map(|parent| (*parent).to_owned()).collect();
    if house.issuer.len() == 2 && draft.dice.chance(30) {
        left.push(house.issuer_line());
    } else {
        left.extend(house.issuer.iter().map(|line| (*line).to_owned()));
    }
    let mut right = vec!["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), "Độc lập - Tự do - Hạnh phúc".to_owned()];
    if house.level.is_party() {
        left.push("*".into());
        right = vec!["ĐẢNG CỘNG SẢN VIỆT NAM".into()];
    } else if draft.dice.chance(20) {
        left.push("-------".into());
        right.push("---------------".into());
    }
    (left, right)
}

fn number(draft: &mut Draft) -> String {
    let (kind, year) = (draft.kind, draft.year);
    let number = draft.house.number(&mut draft.dice, kind, year);
    let tie = if draft.house.level.is_party() { "Số " } else { "Số: " };
    if draft.dice.chance(6) && !draft.house.level.is_party() {
        let blank = draft.dice.pick(&["      ", "     ", "…"]);
        let rest = number.find('/').map_or("", |at| &number[at..]);
        return format!("{tie}{blank}{rest}");
    }
    draft.answer.number = Some(number.clone());
    format!("{tie}{number}")
}

fn day(draft: &mut Draft) -> String {
    let (day, month, year, place) =
        (draft.dice.between(1, 28), draft.dice.between(1, 3), draft.year, draft.house.place);
    let month = if month < 3 || draft.dice.chance(50) { format!("{month:02}") } else { month.to_string() };
    let iso_month: i64 = month.parse().unwrap_or(1);
    if draft.answer.number.is_none() {
        draft.answer.date = Some(format!("{year}-{iso_month:02}"));
        return format!("{place}, ngày      tháng {month} năm {year}");
    }
    draft.answer.date = Some(format!("{year}-{iso_month:02}-{day:02}"));
    format!("{place}, ngày {day:02} tháng {month} năm {year}")
}

fn title(draft: &mut Draft) -> String {
    let (topic, field, year) = (draft.dice.one(&draft.field.topics), draft.field.name.clone(), draft.year);
    let (number, day, place) = (draft.dice.between(3, 95), draft.dice.between(10, 28), area(draft));
    let quarter = draft.dice.pick(&["I", "II", "III"]);
    match draft.kind {
        Kind::Notice | Kind::Conclusion => {
            let who = match draft.house.level {
                Level::Party | Level::PartyOffice => "Ban Thường vụ Tỉnh ủy",
                _ => {
                    draft.dice.pick(&["Chủ tịch Ủy ban nhân dân tỉnh", "Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh"])
                }
            };
            match draft.dice.below(3) {
                0 => format!("Kết luận của {who} tại cuộc họp giao ban quý {quarter} năm {year} về {topic}"),
                1 => format!("Ý kiến kết luận của {who} tại buổi làm việc ngày {day}/02/{year} về tình hình {topic}"),
                _ => format!("Kết luận của {who} về {topic}"),
            }
        }
        Kind::Letter => match draft.dice.below(3) {
            0 => format!("tăng cường thực hiện các nhiệm vụ {topic}"),
            1 => format!("{topic} năm {year}"),
            _ => topic,
        },
        Kind::Decision => match draft.dice.below(3) {
            0 => format!("Về việc ban hành Kế hoạch {topic} năm {year}"),
            1 => format!("Phê duyệt Đề án {topic} {place} giai đoạn {year} - {}", year + 4),
            _ => format!("Về việc {topic}"),
        },
        Kind::Report => format!("Kết quả công tác {field} năm {}, phương hướng, nhiệm vụ năm {year}", year - 1),
        _ => match draft.dice.below(6) {
            0 => format!(
                "Triển khai thực hiện Chỉ thị số {number}-CT/TU ngày {day}/01/{year} của Ban Thường vụ Tỉnh ủy về {topic} {place}"
            ),
            1 => format!("Về việc {topic}"),
            2 => format!(
                "Thực hiện Nghị quyết số {number}/NQ-CP của Chính phủ về {topic} giai đoạn {year} - {}, định hướng đến năm {}",
                year + 4,
                year + 9
            ),
            3 => format!("{} {place}", capital(&topic)),
            4 => format!("Về {topic} trong tình hình mới"),
            _ => format!("{} năm {year}", capital(&topic)),
        },
    }
}

fn area(draft: &Draft) -> &'static str {
    match draft.house.level {
        Level::Government | Level::Ministry => "trên phạm vi toàn quốc",
        Level::Commune | Level::PartyCommune => "trên địa bàn xã Bản Mẫu",
        Level::Department => "của ngành Nội vụ",
        _ => "trên địa bàn tỉnh Mẫu",
    }
}

/// Over one to four lines, as a long title stands in the middle of a page.
fn cut(draft: &mut Draft, title: &str) -> Vec<String> {
    let width = draft.dice.one(&[38, 48, 60, 75, 400]);
    let width = width.max(title.chars().count() / 4 + 8);
    let mut lines = vec![String::new()];
    for word in title.split(' ') {
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > 0 && length + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
