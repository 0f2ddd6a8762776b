//! Who issued the document, and the body above: the letterhead left of the motto.

use std::sync::LazyLock;

use intake::fold;
use regex::Regex;

use super::{date::date, kind::kind};

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

/// Lines of a letterhead without a motto.
const TOP: usize = 12;

/// Lines in capitals before and beside the motto, put together to names.
pub fn letterhead(head: &[&str]) -> Letterhead {
    let Some(motto) = head.iter().position(|line| is_motto(line)) else { return above_number(head) };
    let number = head.iter().position(|line| is_number(line)).unwrap_or(head.len());
    let last = (motto + 2).min(head.len()).min(number.max(motto));
    named(head[..last].iter().flat_map(|line| pieces(line)), begins_body)
}

/// A text that was copied without the motto: the lines in capitals right above the number, from the first on that is built
/// as the name of a body, or that the number shortens. Texts beside them are left alone.
fn above_number(head: &[&str]) -> Letterhead {
    let Some(number) = head.iter().take(TOP).position(|line| is_number(line)) else { return Letterhead::default() };
    let above = &head[..number];
    if above.iter().any(|line| kind(line).is_some()) {
        return Letterhead::default();
    }
    let is_other = |line: &&str| left(line).contains(char::is_lowercase) && date(&[*line]).is_none();
    let first = above.iter().rposition(is_other).map_or(0, |at| at + 1);
    let beside = Some(left(head[number])).filter(|left| !is_number(left));
    let lines = above[first..].iter().map(|line| left(line)).chain(beside);
    let begins = |piece: &str| begins_body(piece) || is_shortened(piece, head[number]);
    named(lines.flat_map(pieces).skip_while(|piece| !begins(piece)), begins)
}

/// The first text of a line.
fn left(line: &str) -> &str {
    line.split('\t').map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default()
}

/// "Số: 12/KH-LMHTX" is of a "LIÊN MINH HỢP TÁC XÃ".
fn is_shortened(name: &str, number: &str) -> bool {
    let name = fold(name);
    let letters = name.split(' ').filter(|word| *word != "va").filter_map(|word| word.chars().next());
    let letters: String = letters.collect();
    let mut parts = number.split(|c: char| !c.is_alphabetic());
    parts.any(|part| part.chars().count() > 2 && !part.contains(char::is_lowercase) && letters.starts_with(&fold(part)))
}

fn named(pieces: impl Iterator<Item = String>, begins: impl Fn(&str) -> bool) -> Letterhead {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        match names.last_mut() {
            Some(name) if !begins(&piece) || hangs(name) || is_end(&piece) || is_part(name) && is_whole(&piece) => {
                *name = format!("{name} {piece}");
            }
            _ => names.push(piece),
        }
    }
    let issuer = names.pop().map(|name| match names.last() {
        Some(whole) if is_part(&name) => format!("{name} {}", own_name(whole)),
        _ => name,
    });
    Letterhead { parent: Some(names.join(", ")).filter(|parent| !parent.is_empty()), issuer }
}

/// What is a body only together with the name of the one that it serves or leads, wherever that stands.
fn is_part(name: &str) -> bool {
    const PARTS: [&str; 18] = [
        "VĂN PHÒNG",
        "CHỦ TỊCH",
        "GIÁM ĐỐC",
        "BỘ TRƯỞNG",
        "THƯỜNG TRỰC",
        "BAN THƯỜNG VỤ",
        "BAN CHẤP HÀNH",
        "BAN TỔ CHỨC",
        "BAN NỘI CHÍNH",
        "BAN TUYÊN GIÁO",
        "BAN DÂN VẬN",
        "BAN TUYÊN GIÁO VÀ DÂN VẬN",
        "BAN XÂY DỰNG ĐẢNG",
        "ỦY BAN KIỂM TRA",
        "UỶ BAN KIỂM TRA",
        "BAN PHÁP CHẾ",
        "BAN KINH TẾ - NGÂN SÁCH",
        "BAN VĂN HÓA - XÃ HỘI",
    ];
    PARTS.contains(&name)
}

fn is_whole(name: &str) -> bool {
    const WHOLE: [&str; 13] = [
        "UBND",
        "ỦY BAN NHÂN DÂN",
        "UỶ BAN NHÂN DÂN",
        "HĐND",
        "HỘI ĐỒNG NHÂN DÂN",
        "TỈNH ỦY",
        "THÀNH ỦY",
        "ĐẢNG ỦY",
        "ĐẢNG BỘ",
        "ĐOÀN ĐẠI BIỂU",
        "SỞ ",
        "BỘ ",
        "BAN CHỈ ĐẠO",
    ];
    WHOLE.iter().any(|whole| name.starts_with(whole))
}

/// A party committee's own bodies are named without its province: "BAN TỔ CHỨC TỈNH ỦY".
fn own_name(whole: &str) -> &str {
    ["TỈNH ỦY", "THÀNH ỦY"].into_iter().find(|committee| whole.starts_with(committee)).unwrap_or(whole)
}

/// The last word of a name that its column broke ("SỞ NÔNG NGHIỆP VÀ MÔI / TRƯỜNG"): no body has a name of one word.
fn is_end(piece: &str) -> bool {
    !piece.contains(' ') && !["SỞ", "BỘ"].contains(&piece)
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
    let bare = kept.map(|cell| cell.trim_matches(['*', '-', '_', ' ', '–']).to_owned());
    bare.filter(|cell| !BESIDE.contains(&cell.as_str())).collect()
}

/// What is stamped beside a letterhead, how urgent it is (Nghị định 30/2020/NĐ-CP), and is of no name.
const BESIDE: [&str; 6] = ["DỰ THẢO", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HOẢ TỐC", "HỎA TỐC HẸN GIỜ"];

fn is_number(line: &str) -> bool {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)(?:^|\t)\s*số\s*:?\s*[\d….]*\s*[/-]").ok());
    NUMBER.as_ref().is_some_and(|number| number.is_match(line))
}

/// A line that begins the name of a body; others ("TỈNH MẪU", "XÃ BẢN MẪU") go on with the name above.
pub fn begins_body(line: &str) -> bool {
    static BODY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|SỞ|BỘ|BAN|VĂN PHÒNG|PHÒNG|CHI CỤC|CỤC|TỔNG CỤC|TRUNG TÂM|VIỆN|TRƯỜNG|CÔNG AN|BỘ CHỈ HUY|THANH TRA|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|ĐẢNG BỘ|CHI BỘ|ĐOÀN|HỘI|LIÊN ĐOÀN|MẶT TRẬN|THỦ TƯỚNG|CHÍNH PHỦ|CHỦ TỊCH|QUỐC HỘI|TỔ|TÒA ÁN|VIỆN KIỂM SÁT|NGÂN HÀNG|BẢO HIỂM|CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN|THUẾ|KHO BẠC|ĐÀI|BÁO|QUỸ|HỌC VIỆN|ĐẠI HỌC)(?:\s|$)").ok()
    });
    BODY.as_ref().is_some_and(|body| body.is_match(line))
}

/// "BAN QUẢN LÝ CÁC" goes on, whatever word comes next; so does "ĐẢNG ỦY" alone.
fn hangs(name: &str) -> bool {
    ["VÀ", "CÁC", "CỦA", "-", ",", "VỀ", "THUỘC"].iter().any(|end| name.ends_with(end))
}

/// A telegram says itself who sends it, over those whom it is for: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU điện:".
pub fn sender(head: &[&str]) -> Option<String> {
    let sends = |line: &&str| {
        let name = line.trim_end_matches(':').trim_end().strip_suffix(" điện")?.trim();
        begins_body(&name.to_uppercase()).then(|| name.to_owned())
    };
    head.iter().find_map(sends)
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
            (some("TỈNH ỦY MẪU"), some("BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY"))
        );
        let whole = "ỦY BAN NHÂN DÂN TỈNH MẪU";
        assert_eq!(read(&[whole, "VĂN PHÒNG", motto]), (some(whole), some(&format!("VĂN PHÒNG {whole}"))));
        for part in ["VĂN PHÒNG", "CHỦ TỊCH"] {
            assert_eq!(read(&[part, whole, motto]), (None, some(&format!("{part} {whole}"))));
            assert_eq!(read(&[part, "ỦY BAN NHÂN DÂN", "TỈNH MẪU", motto]).1, some(&format!("{part} {whole}")));
        }
        assert_eq!(read(&["BAN TỔ CHỨC", "TỈNH ỦY", motto]), (None, some("BAN TỔ CHỨC TỈNH ỦY")));
        assert_eq!(
            read(&["UBND TỈNH MẪU", "SỞ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG", motto]),
            (some("UBND TỈNH MẪU"), some("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"))
        );
        assert_eq!(read(&["KẾ HOẠCH", "Phát triển"]), (None, None));
    }

    #[test]
    fn without_the_motto_the_letterhead_stands_above_the_number() {
        let day = "Bản Mẫu, ngày 09 tháng 4 năm 2026";
        let cases: [(&[&str], Option<&str>, Option<&str>); 16] = [
            (&["ỦY BAN NHÂN DÂN", "TỈNH MẪU", "Số: 12/KH-UBND", day], None, Some("ỦY BAN NHÂN DÂN TỈNH MẪU")),
            (&["UBND TỈNH MẪU", "SỞ CÔNG THƯƠNG", "Số: 5/KH-SCT"], Some("UBND TỈNH MẪU"), Some("SỞ CÔNG THƯƠNG")),
            (
                &["ỦY BAN NHÂN DÂN", "XÃ BẢN MẪU", "PHÒNG KINH TẾ", "-----", day, "Số: 5/KH-KT"],
                Some("ỦY BAN NHÂN DÂN XÃ BẢN MẪU"),
                Some("PHÒNG KINH TẾ"),
            ),
            (
                &["TỈNH ỦY MẪU", "BAN TUYÊN GIÁO", "VÀ DÂN VẬN", "*", "Số 12-KH/BTGDV"],
                Some("TỈNH ỦY MẪU"),
                Some("BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY"),
            ),
            (&["BAN CHẤP HÀNH ĐẢNG BỘ", "XÃ BẢN MẪU", "Số 5-NQ/ĐU"], None, Some("BAN CHẤP HÀNH ĐẢNG BỘ XÃ BẢN MẪU")),
            // Three columns: what stands beside the names is none of them.
            (
                &["UBND TỈNH MẪU\tDỰ THẢO\tMẪU SỐ 02", "SỞ THỦY SẢN\t\tBản hai", "Số: 31/KH-STS\t\tBản Mẫu"],
                Some("UBND TỈNH MẪU"),
                Some("SỞ THỦY SẢN"),
            ),
            (&["\tUBND XÃ BẢN MẪU\tSố: 31/KH-UBND"], None, Some("UBND XÃ BẢN MẪU")),
            // No word tells that it is a body, but the number does.
            (
                &["UBND TỈNH MẪU", "LIÊN MINH HỢP TÁC XÃ", "Số: 5/KH-LMHTX"],
                Some("UBND TỈNH MẪU"),
                Some("LIÊN MINH HỢP TÁC XÃ"),
            ),
            (&["HỎA TỐC", "UBND TỈNH MẪU", "Số: 5/KH-UBND"], None, Some("UBND TỈNH MẪU")),
            (&["UBND TỈNH MẪU", "HỎA TỐC", "Số: 5/KH-UBND"], None, Some("UBND TỈNH MẪU")),
            (&["Tài liệu họp.", "UBND TỈNH MẪU", "Số: 5/KH-UBND"], None, Some("UBND TỈNH MẪU")),
            (&["UBND TỈNH MẪU", "Tài liệu họp.", "Số: 5/KH-UBND"], None, None),
            (&["PHÁT TRIỂN CHÍNH QUYỀN SỐ", "Số: 12/KH-UBND"], None, None),
            (&["SỞ TÀI CHÍNH", "KẾ HOẠCH", "Số: 12/KH-STC"], None, None),
            (&["SỞ TÀI CHÍNH", "I. MỤC TIÊU"], None, None),
            (&["Số: 12/KH-STC", "SỞ TÀI CHÍNH"], None, None),
        ];
        for (lines, parent, issuer) in cases {
            let read = letterhead(lines);
            assert_eq!((read.parent.as_deref(), read.issuer.as_deref()), (parent, issuer), "{lines:?}");
        }
    }
    #[test]
    fn a_telegram_names_its_sender() {
        let chairman = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU";
        assert_eq!(sender(&["CÔNG ĐIỆN", &format!("{chairman} điện:")]).as_deref(), Some(chairman));
        assert_eq!(sender(&["Sự cố lưới điện:", "Về bảo đảm điện"]), None);
    }
}
