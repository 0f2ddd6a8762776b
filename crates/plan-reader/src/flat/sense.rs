//! What the words of a cell say, whatever table they stand in.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::row::Open;
use crate::{paragraph, time};

/// Whether the last word is one after which a sentence goes on.
pub fn is_joint(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(|last| paragraph::JOINTS.contains(&last))
}

/// `brackets`: how many are open.
pub fn ending(text: &str, is_joint: bool, brackets: isize, open: Open) -> f64 {
    match () {
        () if open.end => 0.0,
        () if is_joint => -5.0,
        () if text.ends_with(',') => -4.0,
        () if text.ends_with(';') => -1.5,
        () if brackets != 0 => -3.0,
        () => 0.0,
    }
}

/// `small`: sentences inside that begin with a small letter.
pub fn sentence(text: &str, words: usize, small: u32, is_body: bool, open: Open) -> f64 {
    let short = if words < 4 && !open.start && !open.end { -4.0 } else { 0.0 };
    let body = if is_body && !open.start { -1.5 } else { 0.0 };
    let end = if text.ends_with(['.', ';']) { 1.5 } else { 0.0 };
    short + body + end - if small > 0 { 3.0 } else { 0.0 }
}

pub fn when(text: &str, open: Open) -> f64 {
    static BEGINS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:Năm|Tháng|Quý|Trước|Đến|Từ|Giai đoạn|Thường xuyên|Liên tục|Hằng|Hàng|Định kỳ|Sau|Ngay|Khi|Theo|Trong|Hoàn thành|\d)").ok()
    });
    let begins = BEGINS.as_ref().is_some_and(|begins| begins.is_match(text));
    let short = text.chars().count() <= 70;
    match () {
        () if open.start || open.end => {
            if short {
                0.0
            } else {
                -6.0
            }
        }
        () if begins && short && time::parse(text).kind.is_some() => 5.0,
        () if begins && short => -2.0,
        () => -8.0,
    }
}

pub fn how_much(text: &str) -> f64 {
    let said = matches!(text.trim_end_matches(['.', ';']), "Đạt" | "Có" | "Hoàn thành" | "Không");
    if said || grammar::number::of_cell(text).is_some() { 5.0 } else { -8.0 }
}

/// Where words stand that begin a cell or a line, in whatever stretch of the text: also inside of one another.
pub fn names(text: &str) -> Vec<Range<usize>> {
    static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:Sở \p{Lu}|Công an|Văn phòng|UBND|Ủy ban|HĐND|Hội đồng|Các \p{Ll}|Bộ \p{Lu}|Ban \p{Lu}|Mặt trận|Bảo hiểm|Trung tâm \p{Lu}|Báo \p{Lu}|Đài \p{Lu}|Thanh tra|Doanh nghiệp|Báo cáo|Kế hoạch|Quyết định|Văn bản|Hệ thống|Danh mục|Năm \d|Tháng \d)").ok()
    });
    let Some(names) = NAMES.as_ref() else { return vec![] };
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(found) = names.find_at(text, from) {
        out.push(found.range());
        from = found.start() + text[found.start()..].chars().next().map_or(1, char::len_utf8);
    }
    out
}

/// Whether a name stands behind another one without anything between them. `before`: all of the cell before it.
pub fn clashes(before: &str) -> bool {
    let before = before.trim_end();
    let free = before.is_empty() || before.ends_with([',', ';', ':', '(', '-', '–']);
    let last = before.rsplit(' ').next().unwrap_or_default();
    let part_of_name = matches!(last, "và" | "phòng" | "cùng" | "của" | "thuộc" | "là" | "Đảng" | "trực" | "với");
    !free && !part_of_name
}
