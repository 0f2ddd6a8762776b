//! Who issued the document, and the body above: the letterhead left of the motto.

use std::sync::LazyLock;

use regex::Regex;

/// The mottos of the state and of the party, which stand right of the letterhead.
const MOTTOS: [&str; 3] = ["CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN VIỆT NAM"];

pub fn is_motto(line: &str) -> bool {
    let upper = line.to_uppercase();
    MOTTOS.iter().any(|motto| upper.contains(motto)) || upper.contains("ĐỘC LẬP - TỰ DO")
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub parent: Option<String>,
    pub issuer: Option<String>,
}

/// Lines in capitals before and beside the motto, put together to names.
pub fn letterhead(head: &[&str]) -> Letterhead {
    let Some(motto) = head.iter().position(|line| is_motto(line)) else { return Letterhead::default() };
    let number = head.iter().position(|line| is_number(line)).unwrap_or(head.len());
    let last = (motto + 2).min(head.len()).min(number.max(motto));
    let pieces = head[..last].iter().flat_map(|line| pieces(line)).collect::<Vec<_>>();
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        match names.last_mut() {
            Some(name) if !begins_body(&piece) || hangs(name) => *name = format!("{name} {piece}"),
            _ => names.push(piece),
        }
    }
    let issuer = names.pop();
    Letterhead { parent: Some(names.join(", ")).filter(|parent| !parent.is_empty()), issuer }
}

/// What of a line belongs to the letterhead: before the motto, cell by cell, in capitals.
fn pieces(line: &str) -> Vec<String> {
    let cut = |cell: &str| {
        let upper = cell.to_uppercase();
        let at = MOTTOS.iter().chain(&["ĐỘC LẬP - TỰ DO"]).filter_map(|motto| upper.find(motto)).min();
        // Letters in capitals take as many bytes as small ones in Vietnamese; where not, the line is left whole.
        at.and_then(|at| cell.get(..at)).unwrap_or(if at.is_some() { "" } else { cell }).trim().to_owned()
    };
    let cells = line.split('\t').map(cut);
    let kept = cells.filter(|cell| {
        cell.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !cell.chars().any(char::is_lowercase)
    });
    kept.map(|cell| cell.trim_matches(['*', '-', '_', ' ', '–']).to_owned()).filter(|cell| cell != "DỰ THẢO").collect()
}

fn is_number(line: &str) -> bool {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)(?:^|\t)\s*số\s*:?\s*[\d….]*\s*[/-]").ok());
    NUMBER.as_ref().is_some_and(|number| number.is_match(line))
}

/// A line that begins the name of a body; others ("TỈNH MẪU", "XÃ BẢN MẪU") go on with the name above.
fn begins_body(line: &str) -> bool {
    static BODY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|SỞ|BỘ|BAN|VĂN PHÒNG|PHÒNG|CHI CỤC|CỤC|TỔNG CỤC|TRUNG TÂM|VIỆN|TRƯỜNG|CÔNG AN|BỘ CHỈ HUY|THANH TRA|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|ĐẢNG BỘ|CHI BỘ|ĐOÀN|HỘI|LIÊN ĐOÀN|MẶT TRẬN|THỦ TƯỚNG|CHÍNH PHỦ|CHỦ TỊCH|QUỐC HỘI|TỔ|TÒA ÁN|VIỆN KIỂM SÁT|NGÂN HÀNG|BẢO HIỂM|CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN|THUẾ|KHO BẠC|ĐÀI|BÁO|QUỸ|HỌC VIỆN|ĐẠI HỌC)(?:\s|$)").ok()
    });
    BODY.as_ref().is_some_and(|body| body.is_match(line))
}

/// "BAN QUẢN LÝ CÁC" goes on, whatever word comes next; so does "ĐẢNG ỦY" alone.
fn hangs(name: &str) -> bool {
    ["VÀ", "CÁC", "CỦA", "-", ",", "VỀ", "THUỘC"].iter().any(|end| name.ends_with(end))
}

/// Where there is no letterhead: "(Kèm theo Kế hoạch số … của X)", else "X ban hành Kế hoạch".
pub fn in_words(whole: &str) -> Option<String> {
    static ATTACHED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)\(\s*(?:ban hành\s+)?kèm theo [^()]*?20\d\d\s+của\s+([^()]+?)\s*\)").ok());
    static ISSUED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"([^\s,;.][^,;.\n]*?)\s+(?:ban hành|xây dựng)\s+(?:Kế hoạch|Chương trình|Đề án|Chỉ thị)").ok()
    });
    let attached = ATTACHED.as_ref().and_then(|pattern| pattern.captures(whole));
    let found = attached.or_else(|| ISSUED.as_ref()?.captures(whole))?;
    Some(found[1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_above_is_told_from_the_one_that_issues() {
        let read = |lines: &[&str]| {
            let head = letterhead(lines);
            (head.parent, head.issuer)
        };
        let some = |text: &str| Some(text.to_owned());
        let motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
        assert_eq!(read(&["ỦY BAN NHÂN DÂN", "TỈNH MẪU", motto]), (None, some("ỦY BAN NHÂN DÂN TỈNH MẪU")));
        assert_eq!(read(&["UBND TỈNH MẪU", "SỞ CÔNG THƯƠNG", motto]), (some("UBND TỈNH MẪU"), some("SỞ CÔNG THƯƠNG")));
        assert_eq!(
            read(&["ỦY BAN NHÂN DÂN", "XÃ BẢN MẪU", "PHÒNG KINH TẾ", motto]),
            (some("ỦY BAN NHÂN DÂN XÃ BẢN MẪU"), some("PHÒNG KINH TẾ"))
        );
        assert_eq!(read(&["THỦ TƯỚNG CHÍNH PHỦ", motto]), (None, some("THỦ TƯỚNG CHÍNH PHỦ")));
        assert_eq!(
            read(&["UBND TỈNH MẪU   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ TÀI CHÍNH   Độc lập - Tự do - Hạnh phúc"]),
            (some("UBND TỈNH MẪU"), some("SỞ TÀI CHÍNH"))
        );
        assert_eq!(
            read(&["TỈNH ỦY MẪU", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"]),
            (some("TỈNH ỦY MẪU"), some("BAN TUYÊN GIÁO VÀ DÂN VẬN"))
        );
        assert_eq!(read(&["KẾ HOẠCH", "Phát triển"]), (None, None));
    }
}
