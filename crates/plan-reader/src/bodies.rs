//! "Sở A, Sở B; các sở, ban, ngành và UBND các xã" as a list of bodies.
//!
//! A comma separates bodies only where the next words begin the name of a body, and never inside a group whose nouns
//! share one modifier ("các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ").

use std::sync::LazyLock;

use regex::Regex;

static JOINTS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+").ok());

static HEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[Ss]ở\s+\p{Lu}|(?:Bộ|Báo|Ban|Đài|Trung tâm|Phòng|Vụ|Hội)(?:\s+\p{Lu}|\s+(?:và|chỉ đạo|quản lý|tổ chức|tuyên giáo|nội chính|thường vụ|dân vận|nông dân|phụ nữ|liên hiệp|cựu)|$)|(?:Cục|Chi cục|Tổng cục|Viện|Trường|Học viện|Đoàn|Chi nhánh|Công ty|Tập đoàn|Tổng công ty|Thanh tra|Thuế|Kho bạc|Ngân hàng|Liên đoàn|Liên minh|Quỹ|Tòa án|Viện kiểm sát|Tỉnh đoàn|Tỉnh ủy|Đảng ủy|Thường trực|Thống kê|Hải quan|Bưu điện)(?:\s|$)|Công an|Văn phòng|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Mặt trận|Bảo hiểm|Kiểm lâm|Quân sự|VNPT|Viettel|Mobi|FPT|UBMTTQ|[Cc]ác\s|[Nn]hững\s|[Tt]oàn thể\s|[Dd]oanh nghiệp|[Tt]ổ chức|[Đđ]ơn vị|[Cc]ơ quan|[Đđ]ịa phương|[Đđ]ội|[Tt]ổ công nghệ)",
    )
    .ok()
});

/// A group that has only its nouns so far: its modifier is still to come.
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:ubnd|ủy ban nhân dân)\s+)?(?:các|những)(?:[\s,]+(?:và\s+)?(?:sở|ban|ngành|ban ngành|đơn vị|tổ chức|cơ quan|phòng|bộ phận|địa phương|xã|phường|đặc khu|doanh nghiệp|hội|đoàn thể|cá nhân|trường|trung tâm))+$",
    )
    .ok()
});

/// Splits a list of bodies as a reader would. The order is kept; nothing is invented or dropped.
pub fn split(text: &str) -> Vec<String> {
    text.split([';', '\n']).flat_map(unparted).flat_map(split_piece).filter(|body| !body.is_empty()).collect()
}

/// Whether the words begin as the name of a body or of a group of bodies does.
pub fn is_body(text: &str) -> bool {
    HEADS.as_ref().is_some_and(|heads| heads.is_match(text.trim()))
}

/// "Các sở, ban, ngành UBND các xã": lines of a cell that lost what parted them.
fn unparted(piece: &str) -> Vec<&str> {
    static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:Các sở|Các phòng|Các doanh nghiệp|Các cơ quan|UBND|Sở \p{Lu}|Công an (?:tỉnh|xã|thành))").ok()
    });
    let Some(names) = NAMES.as_ref() else { return vec![piece] };
    let parts = |found: &regex::Match| {
        let before = piece[..found.start()].trim_end();
        let last = before.rsplit([' ', '(']).next().unwrap_or_default();
        let ends = last.starts_with(|c: char| c.is_lowercase()) && !JOINED.contains(&last);
        found.start() > 0 && ends && !before.ends_with([',', '(', '-', '&', ':'])
    };
    let mut out = Vec::new();
    let mut from = 0;
    for found in names.find_iter(piece).filter(parts) {
        out.push(&piece[from..found.start()]);
        from = found.start();
    }
    out.push(&piece[from..]);
    out
}

/// Words that tie a name to the one before it.
const JOINED: [&str; 16] = [
    "và", "phòng", "cùng", "của", "thuộc", "với", "trực", "đạo", "do", "cho", "qua", "tại", "gồm", "là", "đốc", "tịch",
];

fn split_piece(piece: &str) -> Vec<String> {
    let (Some(joints), Some(heads)) = (JOINTS.as_ref(), HEADS.as_ref()) else { return vec![clean(piece)] };
    let mut out = Vec::new();
    let mut start = 0;
    for joint in joints.find_iter(piece) {
        let (left, right) = (piece[start..joint.start()].trim(), &piece[joint.end()..]);
        if heads.is_match(right) && !shares_modifier(left, right) {
            out.push(clean(left));
            start = joint.end();
        }
    }
    out.push(clean(&piece[start..]));
    out
}

fn shares_modifier(left: &str, right: &str) -> bool {
    // One office serves both: "Văn phòng HĐND và UBND xã".
    let council = ["HĐND", "Hội đồng nhân dân", "Đoàn ĐBQH"].iter().any(|end| left.ends_with(end));
    if left.starts_with("Văn phòng") && council {
        return true;
    }
    let lower = right.chars().next().is_some_and(char::is_lowercase);
    lower && !right.starts_with("các ") && BARE.as_ref().is_some_and(|bare| bare.is_match(left))
}

fn clean(text: &str) -> String {
    text.trim().trim_end_matches(['.', ',', ';', ':', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_split_where_a_reader_would() {
        for (text, want) in [
            ("Sở Mẫu; Công an tỉnh.", vec!["Sở Mẫu", "Công an tỉnh"]),
            ("Sở Văn hóa, Thể thao và Du lịch, sở Tài chính", vec!["Sở Văn hóa, Thể thao và Du lịch", "sở Tài chính"]),
            (
                "Các sở, ban, ngành; UBND các xã, phường, đặc khu",
                vec!["Các sở, ban, ngành", "UBND các xã, phường, đặc khu"],
            ),
            (
                "Văn phòng UBND tỉnh và các sở, ban, ngành có liên quan",
                vec!["Văn phòng UBND tỉnh", "các sở, ban, ngành có liên quan"],
            ),
            (
                "các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ",
                vec!["các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ"],
            ),
            ("Các doanh nghiệp viễn thông, doanh nghiệp số", vec!["Các doanh nghiệp viễn thông", "doanh nghiệp số"]),
            ("Các sở, ban, ngành UBND các xã, phường", vec!["Các sở, ban, ngành", "UBND các xã, phường"]),
            ("Văn phòng UBND tỉnh, Chủ tịch UBND xã", vec!["Văn phòng UBND tỉnh, Chủ tịch UBND xã"]),
            ("Văn phòng HĐND và UBND xã, Công an xã", vec!["Văn phòng HĐND và UBND xã", "Công an xã"]),
            ("các sở, ban, ngành, địa phương", vec!["các sở, ban, ngành, địa phương"]),
        ] {
            assert_eq!(split(text), want);
        }
    }
}
