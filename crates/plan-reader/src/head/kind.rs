//! What kind of document it is: a line of the head that says so, by its place.

use std::sync::LazyLock;

use regex::Regex;

/// Kinds of Nghị định 30/2020/NĐ-CP (Phụ lục III), of the party's documents (Hướng dẫn 36-HD/VPTW) and of resolutions.
/// Longer names first: "CHƯƠNG TRÌNH HÀNH ĐỘNG" is more than a programme.
const KINDS: [&str; 42] = [
    "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "CHƯƠNG TRÌNH CÔNG TÁC",
    "THÔNG BÁO KẾT LUẬN",
    "CHƯƠNG TRÌNH",
    "KẾ HOẠCH",
    "QUYẾT ĐỊNH",
    "ĐỀ ÁN",
    "THÔNG BÁO",
    "CHỈ THỊ",
    "NGHỊ QUYẾT",
    "CÔNG VĂN",
    "KẾT LUẬN",
    "HƯỚNG DẪN",
    "BÁO CÁO",
    "TỜ TRÌNH",
    "QUY CHẾ",
    "QUY ĐỊNH",
    "THÔNG CÁO",
    "PHƯƠNG ÁN",
    "DỰ ÁN",
    "BIÊN BẢN",
    "HỢP ĐỒNG",
    "CÔNG ĐIỆN",
    "BẢN GHI NHỚ",
    "BẢN THỎA THUẬN",
    "GIẤY ỦY QUYỀN",
    "GIẤY MỜI",
    "GIẤY GIỚI THIỆU",
    "GIẤY NGHỈ PHÉP",
    "PHIẾU GỬI",
    "PHIẾU CHUYỂN",
    "PHIẾU BÁO",
    "PHIẾU TRÌNH",
    "THÔNG TRI",
    "TUYÊN BỐ",
    "LỜI KÊU GỌI",
    "CHIẾN LƯỢC",
    "QUY HOẠCH",
    "NGHỊ ĐỊNH",
    "THÔNG TƯ",
    "LUẬT",
    "THƯ CÔNG",
];

/// A kind, and what stands behind it on its line: "KẾ HOẠCH Phát triển …" holds the beginning of its title.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind<'a> {
    pub name: &'static str,
    pub rest: &'a str,
}

/// The kind that a line names; nothing where the line is a sentence that only begins with such a word.
pub fn kind(line: &str) -> Option<Kind<'_>> {
    let line = line.trim_start_matches(['#', ' ', '*']).trim_end_matches(['*', ' ']);
    KINDS.into_iter().filter(|name| begins(line, name)).find_map(|name| named(line, name))
}

/// "THÔNG BÁO kết luận của …" is a notice: the longer name, of which half is small, is none of its own.
fn named<'a>(line: &'a str, name: &'static str) -> Option<Kind<'a>> {
    let written: String = line.chars().take(name.chars().count()).collect();
    let rest = line.get(written.len()..)?.trim_start_matches([':', ' ']).trim();
    let alone = rest.is_empty() && (is_shouted(&written) || line.ends_with(':') || line.split(' ').count() <= 4);
    let titled = is_shouted(&written) && !rest.is_empty() && !is_cited(rest) && !rest.ends_with(['.', ';', ':', ',']);
    (alone || titled).then_some(Kind { name, rest })
}

fn begins(line: &str, name: &str) -> bool {
    let mut chars = line.chars().flat_map(char::to_uppercase);
    let same = name.chars().all(|wanted| chars.next() == Some(wanted));
    same && chars.next().is_none_or(|next| !next.is_alphanumeric())
}

fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// "KẾ HOẠCH số 22/KH-UBND" names another document.
fn is_cited(rest: &str) -> bool {
    static CITED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^(?:này|số\s*:?\s*[\d/…])").ok());
    CITED.as_ref().is_some_and(|cited| cited.is_match(rest))
}

/// What a kind is expected to hold, before its text is looked at; never a reason to drop what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Work for the time to come.
    Orders,
    /// What will take place, or was said, and what some are to do for it.
    Event,
    /// What has been done, and what its author will do.
    Past,
    /// What its author asks of those above.
    Proposal,
    /// Rules that bodies give their own bodies, which they name.
    House,
    /// Rules for all.
    Rules,
}

pub fn holds(kind: Option<&str>) -> Holds {
    match kind {
        Some("GIẤY MỜI" | "BIÊN BẢN") => Holds::Event,
        Some("BÁO CÁO") => Holds::Past,
        Some("TỜ TRÌNH" | "THÔNG CÁO" | "GIẤY GIỚI THIỆU") => Holds::Proposal,
        Some("QUY CHẾ" | "QUY ĐỊNH") => Holds::House,
        Some("LUẬT" | "NGHỊ ĐỊNH" | "THÔNG TƯ" | "HỢP ĐỒNG") => Holds::Rules,
        _ => Holds::Orders,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_a_line_and_not_a_word() {
        let read = |line| kind(line).map(|kind| (kind.name, kind.rest));
        assert_eq!(read("KẾ HOẠCH"), Some(("KẾ HOẠCH", "")));
        assert_eq!(read("# KẾ HOẠCH"), Some(("KẾ HOẠCH", "")));
        assert_eq!(read("Kế hoạch:"), Some(("KẾ HOẠCH", "")));
        assert_eq!(read("CHƯƠNG TRÌNH HÀNH ĐỘNG"), Some(("CHƯƠNG TRÌNH HÀNH ĐỘNG", "")));
        assert_eq!(read("KẾ HOẠCH Chuyển đổi số năm 2026"), Some(("KẾ HOẠCH", "Chuyển đổi số năm 2026")));
        assert_eq!(read("QUYẾT ĐỊNH SỐ 12/QĐ-UBND"), None);
        assert_eq!(read("Kế hoạch này được giao cho các sở."), None);
        assert_eq!(read("Quyết định của Ủy ban nhân dân tỉnh về tổ chức bộ máy"), None);
        assert_eq!(read("KẾ HOẠCHH"), None);
        assert_eq!(read("KẾT LUẬN"), Some(("KẾT LUẬN", "")));
        assert_eq!(read("THÔNG BÁO KẾT LUẬN"), Some(("THÔNG BÁO KẾT LUẬN", "")));
        let notice = "THÔNG BÁO kết luận của đồng chí Bí thư Tỉnh ủy";
        assert_eq!(read(notice), Some(("THÔNG BÁO", "kết luận của đồng chí Bí thư Tỉnh ủy")));
    }
}
