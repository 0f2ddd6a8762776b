//! What only looks like a figure: marks of lists, numbers of articles, documents, roads, telephones, versions.

use super::amount::Amount;
use crate::{
    token::{Kind, Tokens},
    unit,
};

/// A number behind one of these names something, whatever follows.
const LABELS: &[&str] = &[
    "điều",
    "khoản",
    "mục",
    "chương",
    "phụ lục",
    "biểu",
    "bảng",
    "hình",
    "trang",
    "quyển",
    "khóa",
    "thứ",
    "lần thứ",
    "quốc lộ",
    "tỉnh lộ",
    "hotline",
    "tổng đài",
    "đường dây nóng",
    "fax",
    "điện thoại",
    "đt",
    "tel",
    "tiểu mục",
    "gạch đầu dòng",
    "stt",
    "tt",
    "thửa",
    "tờ bản đồ",
    "iso",
    "tcvn",
    "qcvn",
    "tiểu dự án",
    "hợp phần",
    "giai đoạn",
    "bước",
    "vòng",
    "tập",
    "công nghiệp",
    "nghị quyết",
    "quyết định",
    "chỉ thị",
    "kết luận",
    "nghị định",
    "thông tư",
    "công văn",
    "thông báo",
    "đề án",
    "luật",
    "dự án số",
    "cụm từ",
    "km",
    "ql",
    "mã",
    "phiên bản",
];
/// A number behind one of these names something, unless a known unit follows.
const WEAK_LABELS: &[&str] = &[
    "dự án",
    "chương trình",
    "nhiệm vụ",
    "nhóm",
    "tổ",
    "lớp",
    "đường",
    "vùng",
    "nội dung",
    "phòng",
    "phần",
    "kỳ",
    "mẫu",
    "đợt",
    "khu vực",
    "cấp",
    "loại",
    "tầng",
    "khối",
    "điểm",
    "tiêu chí",
    "mũi",
    "tuyến",
    "trạm",
    "ý",
    "kế hoạch",
];

/// Words that make an amount of the "số" behind them: "dân số", "tổng số".
const AMOUNTS: &[&str] =
    &["tổng", "trong", "nâng", "đủ", "chỉ", "hệ", "dân", "doanh", "tỷ", "tần", "điểm", "nhân", "sĩ"];

/// Whether a number is no figure by what stands around it. Comparators before it were taken off: `start` is theirs.
pub fn is_no_figure(tokens: &Tokens, at: usize, start: usize, amount: &Amount) -> bool {
    let percent = matches!(tokens.sign(amount.next), Some('%' | '‰'));
    let is_said = percent || start < at;
    is_part_of_more(tokens, at, amount.next)
        || is_code(tokens, at)
        || (!is_said && is_mark(tokens, at, amount))
        || (!is_said && is_named(tokens, at, amount.next))
        || is_length_of_time(tokens, at, start, amount.next)
        || (!is_said && (is_version(tokens, at, amount) || is_year(tokens, at, amount.next)))
}

/// Glued to letters or signs that make it a code, a chain or a part of a name.
fn is_part_of_more(tokens: &Tokens, at: usize, next: usize) -> bool {
    let before = at.checked_sub(1).filter(|_| tokens.is_glued(at));
    let two = at.checked_sub(2).filter(|_| at.checked_sub(1).is_some_and(|before| tokens.is_glued(before)));
    let stands = |at: Option<usize>, kind| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == kind);
    let glued_word = stands(before, Kind::Word);
    let behind_sign = match before.and_then(|before| tokens.sign(before)) {
        Some('-' | '–') => stands(two, Kind::Word),
        Some('.' | '/' | ':' | ',' | '+') => stands(two, Kind::Word) || stands(two, Kind::Digits),
        Some('#' | '@' | '_' | '\\') => true,
        _ => false,
    };
    glued_word || behind_sign || goes_on(tokens, next)
}

fn goes_on(tokens: &Tokens, next: usize) -> bool {
    if !tokens.is_glued(next) {
        return false;
    }
    let digits_behind = tokens.is_glued(next + 1) && !tokens.digits(next + 1).is_empty();
    let word_behind = tokens.is_glued(next + 1) && !tokens.word(next + 1).is_empty();
    match tokens.sign(next) {
        Some(':' | '+' | '_' | '@') => digits_behind,
        Some('.' | ',') => digits_behind || (word_behind && tokens.sign(next) == Some('.')),
        Some('/') => digits_behind || word_behind,
        Some('-') => word_behind,
        Some(_) => false,
        None => !is_unit_glued(tokens, next),
    }
}

/// "80ha", "12tỷ", "100MW" as against 5G and 4K.
fn is_unit_glued(tokens: &Tokens, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    unit::begins(tokens, at) && !super::of::is_letter(token.text)
}

/// Telephones, identity numbers and other long rows of digits; a zero leads them, or they are too long to count.
fn is_code(tokens: &Tokens, at: usize) -> bool {
    let digits = tokens.digits(at);
    let is_of_document = tokens.get(at).is_some_and(|token| token.is_of_document);
    let has_issuer = tokens.sign(at + 1) == Some('/') && tokens.is_capital(at + 2) && !tokens.is_glued(at + 1);
    is_of_document || has_issuer || digits.len() >= 10 || (digits.starts_with('0') && digits.len() >= 4)
}

/// "1." and "2)" that begin a line, "1.1 Phát triển", "(1)".
fn is_mark(tokens: &Tokens, at: usize, amount: &Amount) -> bool {
    let next = amount.next;
    let closes = (matches!(tokens.sign(next), Some('.' | ')' | '/')) && !tokens.is_glued(next + 1))
        || matches!(tokens.sign(next), Some('\t' | '|'))
        || (is_first_of_sentence(tokens, next) && !tokens.is_glued(next));
    let begins = tokens.begins_line(at) || (tokens.sign(at.wrapping_sub(1)) == Some('#') && closes);
    let in_brackets = tokens.is_glued(at)
        && tokens.sign(at.wrapping_sub(1)) == Some('(')
        && tokens.sign(next) == Some(')')
        && tokens.digits(at).len() <= 2;
    in_brackets || (begins && (closes || (amount.is_dotted && !unit::begins(tokens, next))))
}

/// "6 Hồ sơ trực tuyến" is the row 6; "6 MW" is not.
fn is_first_of_sentence(tokens: &Tokens, at: usize) -> bool {
    let rest = tokens.get(at).map_or("", |token| token.text).chars().skip(1);
    tokens.is_capital(at) && !rest.clone().any(char::is_uppercase) && !unit::SHORT.contains(&tokens.word(at))
}

/// Behind a word that numbers things, or a name of its own: "Điều 5", "Quốc lộ 1", "Đề án 06".
fn is_named(tokens: &Tokens, at: usize, next: usize) -> bool {
    if tokens.ends_with_any(at, LABELS) || is_numbered(tokens, at) {
        return true;
    }
    let counts = unit::begins(tokens, next);
    let before = at.checked_sub(1);
    let is_name = before
        .is_some_and(|before| tokens.is_capital(before) && !tokens.word(before).is_empty() && !opens(tokens, before));
    // "cấp 5.000 thẻ" is a deed; no class has such a number.
    let is_short = next == at + 1 && tokens.digits(at).len() <= 3;
    !counts && (is_name || (is_short && tokens.ends_with_any(at, WEAK_LABELS)))
}

/// "số 5", but not "tổng số 5", "trong số 5", "nhân số 5".
fn is_numbered(tokens: &Tokens, at: usize) -> bool {
    let other = at.checked_sub(2).map_or("", |two| tokens.word(two));
    tokens.ends_with(at, "số") && !AMOUNTS.contains(&other)
}

/// Whether a word is capital only because a sentence begins with it.
fn opens(tokens: &Tokens, at: usize) -> bool {
    tokens.is_outermost(at)
        || at.checked_sub(1).is_none_or(|before| {
            matches!(tokens.sign(before), Some('.' | ';' | ':' | '-' | '–' | '+' | '*' | ')' | '•'))
        })
}

/// "06 tháng" is a time; "còn 05 ngày" may be a figure where a word compares it.
fn is_length_of_time(tokens: &Tokens, at: usize, start: usize, next: usize) -> bool {
    match tokens.word(next) {
        "tháng" | "quý" | "tuần" | "năm" | "giây" | "h" => true,
        // "2,2 ngày" measures something.
        "ngày" | "giờ" | "phút" if next > at + 1 => false,
        "ngày" | "giờ" | "phút" => {
            let falls = ["còn", "xuống", "giảm", "rút ngắn", "xuống còn"];
            start == at && !tokens.ends_with_any(start, &falls)
        }
        _ => false,
    }
}

/// "Công nghiệp 4.0", "Web 2.0"
fn is_version(tokens: &Tokens, at: usize, amount: &Amount) -> bool {
    amount.is_dotted && tokens.digits(at + 2) == "0" && !unit::begins(tokens, amount.next)
}

/// Four digits that may be a year and count nothing.
fn is_year(tokens: &Tokens, at: usize, next: usize) -> bool {
    let digits = tokens.digits(at);
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    is_year && next == at + 1 && !unit::begins(tokens, next)
}
