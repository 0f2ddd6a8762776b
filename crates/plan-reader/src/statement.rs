//! Sentences that say what is, what was agreed or where more is found: they tell nobody anything, wherever they stand.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Reason, order, time, who};

struct Patterns {
    agreed: Regex,
    is: Regex,
    found: Regex,
    enclosed: Regex,
    contact: Regex,
    hope: Regex,
    met: Regex,
    state: Regex,
    made_of: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    const THINGS: &str = "(?:đây|kết quả|việc|mức độ|tỷ lệ|chỉ số|chất lượng|tiến độ|số liệu|nội dung|điểm số)";
    const LISTS: &str = "(?:phụ lục|biểu|bảng|danh sách|danh mục|mẫu|đề cương)";
    Some(Patterns {
        agreed: Regex::new(
            r"(?i)^(?:cơ bản\s+|hoàn toàn\s+|về nguyên tắc,?\s+|tạm thời\s+)?(?:đồng ý|nhất trí|tán thành|chấp thuận|(?:không|chưa) (?:đồng ý|xem xét|chấp thuận|chấp nhận)|thống nhất (?:chủ trương|về|cho|đề xuất|đề nghị|hệ thống|nội dung|phương án|như|theo|thông qua|việc|đánh giá|danh mục))(?:[\s,:;.]|$)",
        )
        .ok()?,
        is: Regex::new(&format!(
            r"(?i)^{THINGS}[^;:]{{0,160}}\s(?:là|được (?:coi|xem) là|làm)\s+(?:(?:một\s+)?trong\s|(?:một\s+)?(?:căn cứ|cơ sở|tiêu chí|tiêu chuẩn|thước đo|điều kiện|nội dung quan trọng|yếu tố)(?:\s|$))"
        ))
        .ok()?,
        found: Regex::new(&format!(
            r"(?i)^(?:\p{{L}}+\s+){{0,3}}(?:chi tiết|cụ thể|nội dung|danh mục|danh sách|chỉ tiêu|nhiệm vụ|phân công|lịch|tiến độ)[^;]*\s(?:tại|theo|ở|như)\s+(?:các\s+)?{LISTS}(?:\s|[.,;:)]|$)"
        ))
        .ok()?,
        enclosed: Regex::new(&format!(
            r"(?i)^\(?\s*(?:(?:có|kèm|xem)\s+(?:các\s+|theo\s+)?{LISTS}|(?:gửi kèm|đính kèm|kèm theo)\s|(?:chi tiết|cụ thể)\s+(?:tại|theo|như)\s+(?:các\s+)?{LISTS})"
        ))
        .ok()?,
        contact: Regex::new(
            r"(?i)^(?:mọi\s+)?(?:thông tin|chi tiết)[^.;]{0,40}liên hệ|^(?:đầu mối|địa chỉ|thông tin) liên hệ|^(?:(?:đồng chí|ông|bà|(?:ths|ts|bs)\.)\s+)?(?-i:\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){1,4}),[^;]*(?:điện thoại|email|thư điện tử)",
        )
        .ok()?,
        hope: Regex::new(
            r"(?i)^(?:[^,;:.]{0,60}\s)?(?:(?:rất\s+)?mong (?:nhận được|muốn|tiếp tục nhận)|(?:trân trọng\s+)?kính mời|kêu gọi (?:toàn|mọi|đồng bào|đồng chí|nhân dân|cán bộ|các tầng lớp|các cấp))",
        )
        .ok()?,
        met: Regex::new(
            r"(?i)^(?:(?:sáng|chiều|tối)\s+)?ngày\s+\d{1,2}[/\s][^;]*\s(?:(?:chủ trì|có)\s+(?:(?:cuộc|phiên|buổi)\s+)?(?:họp|hội nghị|làm việc|giao ban)|làm việc với|nghe báo cáo)",
        )
        .ok()?,
        made_of: Regex::new(
            r"(?i)^(?:phó\s+)?(?:trưởng (?:đoàn|ban|tổ)|tổ (?:trưởng|phó)|(?:các\s+)?thành viên|thư ký|ủy viên|thành phần|đại biểu|báo cáo viên)[^:]{0,40}:\s+(?:đồng chí|ông|bà|đại diện|lãnh đạo|các đồng chí)\s",
        )
        .ok()?,
        state: Regex::new(r"(?i)^(?:tình trạng|thực trạng|tình hình)\s[^;]*\s(?:đã|còn|chưa|vẫn|gây|ngày càng)\s").ok()?,
    })
});

/// Whether a sentence begins with whom or what it speaks of, and not with what is to be done.
pub fn begins(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "các",
        "những",
        "một số",
        "nhiều",
        "công tác",
        "việc",
        "tình",
        "thực trạng",
        "kết quả",
        "năm",
        "trong",
        "đến",
        "qua",
        "toàn",
        "tỷ lệ",
        "hiện",
        "thời gian",
        "tuy nhiên",
        "bên cạnh",
        "sau",
        "tổng số",
        "đây",
    ];
    let lower = text.to_lowercase();
    let is_counted = lower.starts_with(|c: char| c.is_ascii_digit());
    is_counted
        || WORDS.iter().any(|word| lower.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
        || who::begins(text)
}

/// Why a sentence tells nobody anything, if nobody is told in it.
pub fn reason(text: &str, is_asked: bool) -> Option<Reason> {
    let p = PATTERNS.as_ref()?;
    let bare = text.trim_start_matches(['(', ' ']);
    let is_met =
        !is_asked && p.met.is_match(bare) && !order::order(bare).is_some_and(|order| order.via == order::Via::Given);
    let is_free = || order::order(text).is_none();
    let dated = || !time::deadline(text).is_empty();
    match () {
        () if is_met => Some(Reason::Situation),
        () if p.enclosed.is_match(text) && !dated() && is_free() => Some(Reason::Closing),
        () if (p.contact.is_match(bare) || p.hope.is_match(bare)) && is_free() => Some(Reason::Closing),
        () if p.found.is_match(bare) && !dated() && is_free() => Some(Reason::Closing),
        () if (p.is.is_match(bare) || is_agreed(p, bare)) && is_free() => Some(Reason::Situation),
        () if (p.state.is_match(bare) || p.made_of.is_match(bare)) && is_free() => Some(Reason::Situation),
        () => None,
    }
}

/// "Đồng ý đề xuất của Sở A.", "Về kiến nghị của xã B: chưa xem xét.": nobody is to do anything by a day.
fn is_agreed(p: &Patterns, text: &str) -> bool {
    let told = order::predicate(text).unwrap_or_default();
    [text, order::said(text), told].iter().any(|text| p.agreed.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_agreed_or_enclosed_tells_nobody() {
        for text in [
            "Đồng ý đề xuất của Sở Y tế tại Tờ trình số 12/TTr-SYT.",
            "Cơ bản nhất trí với phương hướng của xã.",
            "Thống nhất chủ trương cho phép xã Bản Mẫu thí điểm mô hình giếng sạch;",
            "UBND tỉnh thống nhất chủ trương;",
            "Về đề nghị xây kè của xã Bản Mẫu: chưa xem xét tại thời điểm này.",
            "Kết quả lấp giếng là một trong các tiêu chí đánh giá, xếp loại cuối năm.",
            "(Gửi kèm Phụ lục danh sách giếng cũ)",
            "Chỉ tiêu cụ thể giao cho từng xã tại Phụ lục I ban hành kèm theo Quyết định này.",
            "Mọi thông tin xin liên hệ: ThS. Nguyễn Văn Mẫu, điện thoại 0900.000.000.",
            "Bộ Y tế mong nhận được sự quan tâm của Quý Ủy ban.",
            "Tình trạng giếng hở gây bức xúc trong Nhân dân, báo chí đã phản ánh.",
            "Phó Trưởng đoàn: Đồng chí Lý Thị Mẫu, Phó Giám đốc Sở Y tế.",
            "Thành viên: đại diện lãnh đạo Sở Y tế, Công an tỉnh.",
            "Ngày 08/6/2026, đồng chí Chủ tịch UBND tỉnh chủ trì Hội nghị giao ban tuần.",
        ] {
            assert!(reason(text, false).is_some(), "{text}");
        }
    }

    #[test]
    fn who_is_told_in_an_agreement_is_told() {
        for text in [
            "Đồng ý với đề xuất lấp giếng, giao Sở Y tế thực hiện trước ngày 30/6/2026.",
            "Thống nhất mẫu sổ đo nước trong toàn tỉnh trước ngày 30/6/2026.",
            "Gửi kèm hồ sơ giếng về Sở Y tế trước ngày 30/6/2026.",
            "Xác định lấp giếng là nhiệm vụ trọng tâm.",
            "Ngày 15/6/2026, giao Sở Y tế tổ chức họp với các xã.",
        ] {
            assert_eq!(reason(text, true), None, "{text}");
        }
    }
}
