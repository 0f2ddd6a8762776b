//! The line that opens a list: that it opens one, and when the list is to be done. What it strives for, and why it is asked, give
//! its items no time.

use crate::{order, sentence, time, who};

/// Words behind which the reason, the aim or the ground of what is asked stands.
const ASIDE: [&str; 17] = [
    "để ",
    "nhằm ",
    "góp phần",
    "phấn đấu",
    "trong đó",
    "căn cứ",
    "thực hiện kế hoạch",
    "thực hiện chỉ thị",
    "thực hiện nghị quyết",
    "trên cơ sở",
    "sau khi",
    "trước tình hình",
    "theo ",
    "bảo đảm",
    "đảm bảo",
    "với mục tiêu",
    "mục tiêu",
];

/// "… thực hiện các nội dung sau": its items are what is ordered.
pub fn opens_list(heading: &str) -> bool {
    heading.trim_end().ends_with(':') || announces(heading)
}

/// Whether it says so in words, wherever a colon stands.
pub fn announces(text: &str) -> bool {
    let lower = text.to_lowercase();
    let says = ["nội dung sau", "nhiệm vụ sau", "công việc sau", "như sau", "sau đây", "việc sau"];
    says.iter().any(|words| lower.contains(words))
}

/// "Chủ tịch UBND tỉnh yêu cầu:", "tập trung thực hiện các nhiệm vụ sau:": what follows is asked, of whom is not said.
pub fn asks(heading: &str) -> bool {
    let last = heading.lines().next_back().unwrap_or_default().to_lowercase();
    let content = [
        "nội dung trọng tâm",
        "nội dung cần",
        "nhiệm vụ về",
        "nhiệm vụ trọng tâm",
        "các nội dung liên quan",
        "nội dung khác",
    ];
    content.iter().any(|words| last.contains(words))
        || last.ends_with(':')
            && ["yêu cầu", "đề nghị", "giao", "nhiệm vụ sau", "nội dung sau"].iter().any(|word| last.contains(word))
}

/// The time that a title or a line with a colon gives what stands below it; empty where it gives none.
pub fn time(heading: &str) -> String {
    let stage = heading.lines().next().map(of_stage).unwrap_or_default();
    if stage.is_empty() && opens_list(heading) { of_lead(heading) } else { stage }
}

/// "2. Giai đoạn 2 (2028 - 2029): Nhân rộng": a title that is a stretch of time.
pub fn of_stage(title: &str) -> String {
    const BEGINS: [&str; 6] = ["giai đoạn", "đợt ", "năm ", "quý ", "tháng ", "từ nay"];
    let lower = title.to_lowercase();
    let is_title = !title.trim_end().ends_with(['.', ';']) && title.chars().count() < 120;
    if !is_title || !BEGINS.iter().any(|words| lower.starts_with(words)) {
        return String::new();
    }
    // Its number stands before its years.
    const NEAR: usize = 24;
    let found = grammar::time::scan(title).into_iter().find(|found| found.time.is_dated() && found.span.start < NEAR);
    found.and_then(|found| title.get(found.span)).unwrap_or_default().trim_matches(['(', ')', ' ']).to_owned()
}

/// "Giao Sở A thực hiện các nhiệm vụ sau, hoàn thành trước ngày 30/6:" as against "Để … vào năm 2030, UBND tỉnh yêu cầu:".
pub fn of_lead(text: &str) -> String {
    let line = text.lines().rev().find(|line| opens_list(line)).unwrap_or(text);
    let last = sentence::sentences(line).pop().and_then(|range| line.get(range)).unwrap_or(line);
    let pieces: Vec<&str> = pieces(last).collect();
    let is_aside = |piece: &str| {
        let lower = piece.trim_start_matches(['(', ' ']).to_lowercase();
        ASIDE.iter().any(|words| lower.starts_with(words))
    };
    let begins_aside = pieces.first().is_some_and(|first| is_aside(first));
    // What is asked begins where somebody is told, or speaks.
    let is_told = |piece: &&str| order::order(piece).is_some() || who::begins(piece) || asks(piece);
    let from = if begins_aside { pieces.iter().position(|piece| !is_aside(piece) && is_told(piece)) } else { Some(0) };
    let told = pieces.iter().skip(from.unwrap_or(pieces.len()));
    let told: Vec<&str> = told.filter(|piece| !is_aside(piece)).copied().collect();
    time::deadline(&told.join(", "))
}

/// What commas and semicolons part.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_time_that_its_opening_says() {
        for (opening, told) in [
            ("Giao Sở Y tế thực hiện các nhiệm vụ sau, hoàn thành trước ngày 30/6/2026:", "trước ngày 30/6/2026"),
            ("Sở Y tế chủ trì thực hiện các nội dung sau; thời gian: quý II/2026:", "quý II/2026"),
            ("Trong tháng 6/2026, các xã tập trung thực hiện các việc sau:", "Trong tháng 6/2026"),
            ("Để nạo vét xong kênh vào năm 2027, UBND tỉnh yêu cầu:", ""),
            ("Để phấn đấu nạo vét 100% kênh năm 2026, trong đó đến hết tháng 9/2026 đạt 60%, UBND tỉnh yêu cầu:", ""),
            ("Sở Y tế lấp giếng trước ngày 30/6/2026.", ""),
            ("Giai đoạn 2 (2028 - 2029): Nhân rộng", "2028 - 2029"),
            ("Giai đoạn 3 (năm 2030): Tổng kết", "năm 2030"),
            ("Giai đoạn 2026 - 2027", "Giai đoạn 2026 - 2027"),
            ("Nhiệm vụ trọng tâm năm 2026", ""),
        ] {
            assert_eq!(time(opening), told, "{opening}");
        }
    }
}
