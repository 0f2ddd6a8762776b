//! The parts of a document that hold no work: its head, its grounds, its receivers, its signature.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    marker::{self, Level},
    order::{self, Order, Via},
    paragraph::{Paragraph, is_shouting},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    Head,
    Ground,
    Body,
    Receivers,
    Signature,
}

struct Patterns {
    ground: Regex,
    addressed: Regex,
    receivers: Regex,
    signature: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        ground: Regex::new(
            r"^(?:[-–]\s*)?(?:Căn cứ|Xét|Theo (?:đề nghị|đề xuất|Tờ trình)|Thực hiện|Triển khai|Tiếp theo|Để triển khai|Trên cơ sở)\s",
        )
        .ok()?,
        // A telegram goes to whom it names: "CHỦ TỊCH UBND TỈNH điện:".
        addressed: Regex::new(r"(?i)^(?:kính gửi|(?:[^.;:]{1,140}\s)?điện\s*:)").ok()?,
        receivers: Regex::new(r"(?i)^(?:\W*)nơi nhận").ok()?,
        signature: Regex::new(
            r"^(?:TM\.|T/M|KT\.|K/T|TL\.|T/L|TUQ\.|Q\.\s|\(?[Đđ]ã ký\)?|(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỦ TƯỚNG|CỤC TRƯỞNG|TRƯỞNG PHÒNG|HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|THỨ TRƯỞNG|THƯỜNG TRỰC)\s*$)",
        )
        .ok()?,
    })
});

/// The region of each paragraph. `head` of them are the head.
pub fn regions(paragraphs: &[Paragraph], head: usize) -> Vec<Region> {
    let mut region = Region::Head;
    let mut out = Vec::with_capacity(paragraphs.len());
    for (at, paragraph) in paragraphs.iter().enumerate() {
        region = next(region, at < head, paragraph);
        out.push(region);
    }
    out
}

fn next(before: Region, in_head: bool, paragraph: &Paragraph) -> Region {
    let text = paragraph.text.trim();
    let Some(p) = PATTERNS.as_ref() else { return Region::Body };
    let level = marker::level(text);
    let part = level == Some(Level::Part);
    match before {
        _ if in_head => Region::Head,
        // A line that is drawn parts nothing.
        _ if !text.contains(char::is_alphanumeric) => before,
        Region::Receivers | Region::Signature if part => Region::Body,
        _ if may_name_receivers(text) && p.receivers.is_match(text) => Region::Receivers,
        _ if text.starts_with(SIGNS) && p.signature.is_match(text) => Region::Signature,
        Region::Head | Region::Receivers if level.is_none() && p.addressed.is_match(text) => Region::Receivers,
        Region::Ground | Region::Head | Region::Receivers if p.ground.is_match(text) && text.ends_with([';', ',']) => {
            Region::Ground
        }
        Region::Head | Region::Ground | Region::Receivers
            if text.starts_with("Căn cứ ") && level.is_none() && !is_given(text) =>
        {
            Region::Ground
        }
        // Whom a letter is for: names in a list, up to the first sentence.
        Region::Receivers if is_listed(text) && !is_told(text, level) => Region::Receivers,
        // Behind the signature stands nothing but names, until an appendix begins.
        Region::Signature if !is_body(text, level) => Region::Signature,
        _ => Region::Body,
    }
}

/// What begins a signature begins with one of these.
const SIGNS: [char; 11] = ['T', 'K', 'Q', '(', 'Đ', 'đ', 'P', 'C', 'G', 'B', 'H'];

/// By the first letter: every paragraph is asked.
fn may_name_receivers(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|first| matches!(first, 'n' | 'N'))
}

/// A numbered item, or a sentence that orders.
fn is_told(text: &str, level: Option<Level>) -> bool {
    let told = |order: Order| level != Some(Level::Bullet) || order.via == Via::Given;
    level.is_some_and(|level| level < Level::Bullet) || order::order(text).is_some_and(told)
}

/// "Căn cứ tình hình trên, UBND tỉnh giao Sở Y tế …": more than a ground.
fn is_given(text: &str) -> bool {
    text.ends_with(['.', ':']) && order::order(text).is_some_and(|order| order.via == Via::Given)
}

/// A name in a list of receivers: short, not a sentence; longer where places are told in it.
fn is_listed(text: &str) -> bool {
    let list = text.starts_with(['-', '–', '+', '•', '*']);
    let longest = if list && text.ends_with(';') { 600 } else { 140 };
    text.chars().count() < longest
        && (list || text.ends_with([';', ',']) || text.chars().count() < 30 || is_shouting(text))
        && !text.ends_with(':')
}

fn is_body(text: &str, level: Option<Level>) -> bool {
    level.is_some_and(|level| level < Level::Bullet && level != Level::Number)
        || text.matches('\t').count() >= 2
        || text.chars().count() > 140
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::paragraphs;

    #[test]
    fn receivers_and_signature_end_where_the_work_begins() {
        use Region::{Body, Ground, Head, Receivers, Signature};
        let text = "V/v việc\nKính gửi:\n- Sở Tài chính;\n- UBND các xã.\nCăn cứ Luật Ngân sách;\nUBND tỉnh yêu cầu:\n1. Sở A rà soát.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nVí Dụ\nPHỤ LỤC I\nBiểu mẫu kèm theo\n";
        let read = regions(&paragraphs(text), 1);
        assert_eq!(
            read,
            [
                Head, Receivers, Receivers, Receivers, Ground, Body, Body, Receivers, Receivers, Receivers, Signature,
                Signature, Signature, Body, Body
            ]
        );
        let read = regions(&paragraphs("KẾ HOẠCH\n\n--------\n\nCăn cứ Luật A;\nI. MỤC TIÊU\n"), 1);
        assert_eq!(read, [Head, Head, Ground, Body]);
        let places = "Bản Mẫu, Suối Mẫu, ".repeat(12);
        let telegram = format!(
            "CÔNG ĐIỆN\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Chủ tịch UBND các tỉnh: {places}Sông Mẫu;\n- Đài Truyền hình.\nHiện nay bão đang mạnh lên và tiến gần đất liền.\n"
        );
        assert_eq!(regions(&paragraphs(&telegram), 1), [Head, Receivers, Receivers, Receivers, Body]);
        let told = "Căn cứ tình hình trên, UBND tỉnh giao Sở Y tế lấp giếng.";
        let read =
            regions(&paragraphs(&format!("CHỈ THỊ\nCăn cứ Luật Giếng về việc giao Sở Y tế lấp giếng.\n{told}\n")), 1);
        assert_eq!(read, [Head, Ground, Body]);
        let read = regions(&paragraphs("KẾ HOẠCH\nCăn cứ Luật A;\nTheo đề nghị của Sở B;\nI. MỤC TIÊU\n"), 1);
        assert_eq!(read, [Head, Ground, Ground, Body]);
    }
}
