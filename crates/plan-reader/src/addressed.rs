//! Whom a heading tells what stands below it.

use std::sync::LazyLock;

use regex::Regex;

use crate::{time, who};

struct Patterns {
    frame: Regex,
    /// "có rừng", "trên địa bàn": which of them.
    which: Regex,
    /// "tập trung lãnh đạo, chỉ đạo": that they are told, and nothing of their own.
    general: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        frame: Regex::new(r"(?i)^(?:(?:giao|yêu cầu|đề nghị|phân công|chỉ đạo|riêng|đối với|về phía|trách nhiệm của|nhiệm vụ của|phân công nhiệm vụ cho)(?:\s+cho)?\s+)+").ok()?,
        which: Regex::new(r"(?i)^(?:có\s+\p{L}+|khác|trên địa bàn|thuộc|trực thuộc|(?:có )?liên quan|được giao|được phân công|ở|tại|nơi|phụ trách|quản lý|ven|vùng|nêu tại|theo (?:Quyết định|Kế hoạch|Chỉ thị|địa bàn))(?:[\s,]|$)").ok()?,
        general: Regex::new(r"(?i)^(?:(?:tập trung|lãnh đạo|chỉ đạo|quan tâm|tổ chức|thực hiện|triển khai|chủ trì|chủ động|phối hợp|có|chịu|trách nhiệm|tốt|hiệu quả|một số|các|nhiệm vụ|nội dung|giải pháp|công việc|việc|trọng tâm|sau|sau đây|cụ thể|như|và)(?:[\s,:]+|$))+$").ok()?,
    })
});

/// "2. Sở Nội vụ:", "Giao Sở Nội vụ:", "Đối với các doanh nghiệp", "Trách nhiệm của Sở A": what stands below is told to them.
pub fn addressed(heading: &str) -> Option<Vec<String>> {
    let p = PATTERNS.as_ref()?;
    let line = heading.lines().next()?;
    let opens = line.trim_end().ends_with(':');
    let first = bare(line);
    let frame = p.frame.find(first).map_or("", |frame| frame.as_str());
    // "Chỉ đạo Sở Y tế" may be all that is said; with a colon, what Sở Y tế does stands below.
    if !opens && frame.to_lowercase().contains("chỉ đạo") {
        return None;
    }
    let name = &first[frame.len()..];
    // An item of a list, or what has a time of its own, is told and tells nobody: "Phân công trực ban trong năm 2027;".
    let may_tell = || !line.ends_with(';') && time::deadline(name).is_empty();
    let Some(found) = who::at(name) else { return unknown(name, frame).filter(|_| may_tell()) };
    let rest = name.get(found.end..)?.trim();
    let words = rest.split_whitespace().count();
    let is_number = rest.strip_prefix("số ").is_some_and(|number| number.parse::<u8>().is_ok());
    let only = rest.is_empty()
        || is_number
        || rest.starts_with('(')
        || (rest.starts_with("chủ trì") && words <= 4)
        || (rest.trim_start_matches([',', ' ']).starts_with("có trách nhiệm") && words <= 5)
        || (rest.starts_with("thực hiện") && words <= 5)
        || opens && p.general.is_match(rest);
    if only { Some(found.names) } else { unknown(name, frame).filter(|_| is_of(frame) && may_tell()) }
}

/// Bodies that a heading names.
pub struct Headed {
    pub names: Vec<String>,
    /// All of their words are known.
    pub is_known: bool,
}

/// The same of a line below which something stands: then words behind the names say which ones are meant, and are no order of
/// their own: "Chủ tịch UBND các xã có rừng", "Các Ban quản lý rừng phòng hộ, các công ty lâm nghiệp".
pub fn headed(heading: &str) -> Option<Headed> {
    if let Some(names) = addressed(heading) {
        return Some(Headed { names, is_known: true });
    }
    let p = PATTERNS.as_ref()?;
    let line = heading.lines().next()?;
    let first = bare(line);
    let name = p.frame.find(first).map_or(first, |frame| &first[frame.end()..]);
    let rest = name.get(who::at(name)?.end..)?.trim();
    let is_title = !line.trim_end().ends_with(['.', ';']) && time::deadline(name).is_empty();
    let is_known = is_which(p, rest);
    (is_title && (is_known || is_list(name))).then(|| Headed { names: who::names(name), is_known })
}

fn bare(line: &str) -> &str {
    line.trim_end_matches([':', '.', ' ', ';'])
}

fn is_which(p: &Patterns, rest: &str) -> bool {
    const DEEDS: [&str; 7] =
        ["có trách", "có kế hoạch", "có giải pháp", "có biện pháp", "có phương án", "có văn bản", "có báo cáo"];
    let is_deed = DEEDS.iter().any(|deed| rest.starts_with(deed));
    rest.split_whitespace().count() <= 10 && !is_deed && p.which.is_match(rest)
}

/// Bodies to the end, each behind a joint, and few words between.
fn is_list(name: &str) -> bool {
    let lists = grammar::body::scan(name);
    let known: usize = lists.iter().map(|list| list.span.len()).sum();
    let joined = lists.iter().skip(1).all(|list| {
        let before = name.get(..list.span.start).unwrap_or_default().trim_end();
        before.ends_with([',', ';']) || before.ends_with(" và")
    });
    lists.len() > 1 && joined && known * 10 >= name.len() * 6 && !name.contains(" với ")
}

/// "Đối với", "Trách nhiệm của": what follows is a name to its end.
fn is_of(frame: &str) -> bool {
    let lower = frame.to_lowercase();
    ["đối với", "trách nhiệm của", "về phía", "nhiệm vụ của"].iter().any(|words| lower.trim_end().ends_with(words))
}

/// "Đối với chủ đầu tư các dự án khu đô thị": no body that is known, but whoever it is, it is told. A place, a thing or what
/// is to be done is nobody: "Đối với khu vực miền núi", "Phân công trách nhiệm".
fn unknown(name: &str, frame: &str) -> Option<Vec<String>> {
    const PEOPLE: &str = "chủ|người|nhà|hộ|gia đình|cơ sở|lực lượng|đội|tổ|ban|hội|hiệp hội|trường|công ty|tập đoàn|tập thể|thành viên|cán bộ|công chức|công dân|công nhân|viên chức|đảng viên|đoàn viên|hội viên|học sinh|sinh viên|giáo viên|tổ chức|cá nhân|hợp tác xã|trưởng|bí thư|giám đốc|hiệu trưởng|thủ trưởng|đồng chí|đơn vị|doanh nghiệp|cơ quan|bệnh viện|trạm|trung tâm|ngân hàng|quỹ|thôn|bản|ngành|cấp|phòng|khối|nông dân|phụ nữ|thanh niên|bộ phận|chi bộ|đảng ủy|ủy ban";
    const THINGS: &str = "cơ sở dữ liệu|cơ sở hạ tầng|cơ sở vật chất|cơ sở nhà, đất|cấp độ|bản đồ|tổ chức bộ máy|tổ chức thực hiện|tổ chức triển khai|nhà, đất|nhà ở|trung tâm dữ liệu";
    let lower = name.to_lowercase();
    let many = ["các ", "những ", "toàn thể ", "từng ", "mỗi ", "một số ", "mọi "];
    let noun = many.iter().find_map(|many| lower.strip_prefix(many)).unwrap_or(&lower);
    let begins = |word: &str| noun.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let is_named = PEOPLE.split('|').any(begins) && !THINGS.split('|').any(begins);
    let is_short = (2..=12).contains(&name.split_whitespace().count());
    (!frame.is_empty() && is_named && is_short).then(|| vec![name.trim().to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        addressed(text).unwrap_or_default()
    }

    #[test]
    fn an_item_of_a_list_tells_nobody() {
        assert_eq!(addressed("Phân công lịch tuần đê;"), None);
        assert_eq!(addressed("Phân công lịch tuần đê trong năm 2027"), None);
        assert_eq!(read("Giao chủ hồ chứa"), ["chủ hồ chứa"]);
    }

    #[test]
    fn a_heading_may_address_bodies() {
        let nobody = Vec::<String>::new();
        assert_eq!(read("Sở Nội vụ:"), ["Sở Nội vụ"]);
        assert_eq!(read("Giao Sở Nội vụ, Sở Tài chính:"), ["Sở Nội vụ", "Sở Tài chính"]);
        assert_eq!(read("Giao Sở Nội vụ lãnh đạo, chỉ đạo:"), ["Sở Nội vụ"]);
        assert_eq!(read("Chỉ đạo Sở Nội vụ:"), ["Sở Nội vụ"]);
        for text in [
            "Về tình hình chung",
            "Sở Nội vụ tập huấn kỹ năng số",
            "Chỉ đạo Sở Nội vụ",
            "Phân công trách nhiệm",
            "Đối với khu vực miền núi:",
            "Yêu cầu chung",
        ] {
            assert_eq!(read(text), nobody, "{text}");
        }
    }

    #[test]
    fn above_items_words_behind_names_say_which_are_meant() {
        let read = |text: &str| headed(text).map(|headed| headed.names).unwrap_or_default();
        assert_eq!(read("Chủ tịch UBND các xã có hồ chứa"), ["Chủ tịch UBND các xã có hồ chứa"]);
        assert_eq!(
            read("Các Ban quản lý rừng tràm, rừng bần, các công ty lâm nghiệp"),
            ["Các Ban quản lý rừng tràm, rừng bần", "các công ty lâm nghiệp"]
        );
        for text in ["Sở Y tế có kế hoạch tiêm chủng", "Sở Y tế hỗ trợ UBND các xã, phường"] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
