//! What a chapter of tasks asks for without saying whom: a sentence that begins with what is to be done.

/// Words that a thing, a ground or a condition begins with, and nothing that is to be done.
const THINGS: [&str; 74] = [
    "việc",
    "các",
    "những",
    "mỗi",
    "mọi",
    "từng",
    "một",
    "công",
    "tỷ",
    "đây",
    "đó",
    "nguồn",
    "kinh",
    "thời",
    "thành",
    "đối",
    "địa",
    "hình",
    "hồ",
    "số",
    "mức",
    "toàn",
    "tất",
    "cả",
    "hiện",
    "nhìn",
    "bên",
    "tuy",
    "song",
    "theo",
    "căn",
    "trên",
    "trong",
    "nếu",
    "khi",
    "do",
    "vì",
    "để",
    "nhằm",
    "sau",
    "trước",
    "từ",
    "đến",
    "năm",
    "ngày",
    "tháng",
    "quý",
    "giai",
    "kết",
    "sản",
    "phương",
    "nhiệm",
    "chương",
    "dự",
    "phạm",
    "danh",
    "lịch",
    "người",
    "trường",
    "ghi",
    "chú",
    "lưu",
    "nội",
    "chi",
    "biểu",
    "bảng",
    "phụ",
    "khu",
    "tổng",
    "mục",
    "riêng",
    "quá",
    "nhận",
    "đợt",
];
/// The same words where a second one makes a deed of them.
const DEEDS: [&str; 31] = [
    "công bố",
    "công khai",
    "công nhận",
    "thành lập",
    "đối thoại",
    "đối soát",
    "hình thành",
    "số hóa",
    "hiện đại",
    "kết nối",
    "kết hợp",
    "kết nạp",
    "sản xuất",
    "dự báo",
    "theo dõi",
    "trước mắt",
    "từng bước",
    "đến từng",
    "trước hết",
    "tổng kết",
    "tổng hợp",
    "tổng rà",
    "tổng kiểm",
    "tổng vệ",
    "biểu dương",
    "nhận diện",
    "phụ trách",
    "chú trọng",
    "đối chiếu",
    "dự thảo",
    "chi trả",
];
/// What is agreed to, and what is carried out by the document itself.
const DECIDED: [&str; 13] = [
    "đồng ý",
    "chấp thuận",
    "nhất trí",
    "tán thành",
    "thống nhất chủ trương",
    "cơ bản",
    "không chấp",
    "không đồng ý",
    "thực hiện kế hoạch số",
    "thực hiện chỉ thị số",
    "tham dự",
    "dự họp",
    "cùng dự",
];
/// A copula or a mark of time near the beginning: something is told of a thing.
const TOLD: [&str; 9] = ["là", "được", "đã", "đang", "sẽ", "phải", "còn", "bị", "có thể"];
/// So many words may be a thing before it is told what it is.
const NEAR: usize = 6;
/// Fewer words are a title.
const LEAST: usize = 5;
/// "Có bảng tiến độ kèm theo Kế hoạch này." is no longer.
const NOTE: usize = 14;

/// Whether a sentence asks for something to be done. What it asks for is not looked at: a list of all deeds has no end.
pub fn is_one(sentence: &str) -> bool {
    let text = asked(sentence.trim().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"' && c != '“'));
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let begins = text.starts_with(char::is_alphabetic) && words.len() >= LEAST;
    let is_deed = DEEDS.iter().any(|deed| lower.starts_with(deed));
    let is_thing = THINGS.contains(first) && !is_deed;
    let is_decided = DECIDED.iter().any(|decided| lower.starts_with(decided));
    let is_told = is_decided || words.iter().take(NEAR).skip(1).any(|word| TOLD.contains(word));
    let is_note =
        words.len() <= NOTE && ["kèm theo", "chi tiết tại", "danh mục tại"].iter().any(|note| lower.contains(note));
    let is_asked = begins && (["cần", "phải"].contains(first) || !is_thing && !is_told);
    is_asked && !is_note && !lower.ends_with(':') && !is_label(text)
}

/// "Trong thời gian tới, cần tập trung nạo vét kênh": what is asked stands behind when or why it is.
fn asked(text: &str) -> &str {
    const OPENINGS: [&str; 8] =
        ["Trong ", "Thời gian tới", "Để ", "Nhằm ", "Trên cơ sở", "Từ ", "Định kỳ ", "Đồng thời"];
    let rest =
        text.split_once(", ").map(|(_, rest)| rest).filter(|_| OPENINGS.iter().any(|words| text.starts_with(words)));
    rest.unwrap_or(text)
}

/// "Thành phần: …", "Chuyển đổi số: tỷ lệ văn bản …": a short name before a colon, or a thing behind it.
fn is_label(text: &str) -> bool {
    let is_thing = |rest: &str| rest.split_whitespace().next().is_some_and(|first| THINGS.contains(&first));
    text.split_once(": ").is_some_and(|(name, rest)| name.split_whitespace().count() <= 3 || is_thing(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_done_begins_the_sentence() {
        for text in [
            "Nạo vét kênh tiêu tại các xã ven sông.",
            "Đổi mới cách thu gom rác; giao khoán tới từng ngõ.",
            "Hình thành 05 bến đò có phao cứu sinh.",
            "Từng bước thay cống cũ ở các thôn.",
            "Trong thời gian tới, cần tập trung nạo vét kênh tiêu.",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn what_is_told_of_a_thing_asks_for_nothing() {
        for text in [
            "Việc nạo vét kênh bảo đảm an toàn cho người dân.",
            "Công tác tuần đê ở các xã ven sông.",
            "Nước sạch là nhu cầu của mọi người dân.",
            "Kênh tiêu được nạo vét theo 02 đợt.",
            "Thành phần: đại diện các thôn ven sông.",
            "Tuần đê, hộ đê",
            "Đồng ý chủ trương đắp đê bao ở xã.",
            "Phòng dịch trong hè: việc phun thuốc ở chợ.",
            "Có bảng tiến độ kèm theo Kế hoạch này.",
            "Các bến đò cũ ở hai bên bờ sông.",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }
}
