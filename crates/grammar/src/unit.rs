//! Words that units begin with, so that the number before them counts something.

use crate::token::Tokens;

/// Signs and short names that are written right behind a number.
pub const SHORT: &[&str] = &[
    "ha", "km", "m", "cm", "mm", "dm", "kg", "g", "t", "tấn", "tạ", "l", "lít", "ml", "w", "kw", "mw", "gw", "kwp",
    "mwp", "wp", "kwh", "mwh", "gwh", "kv", "kva", "mva", "v", "hz", "mhz", "ghz", "mb", "gb", "tb", "mbps", "gbps",
    "usd", "teu",
];

/// What is counted or measured, in small letters; of what begins alike the longer stands first.
pub const THINGS: &[&str] = &[
    "điểm phần trăm", "phần trăm", "điểm", "bậc", "lần", "ca", "vụ", "giờ", "phút",
    "hecta", "héc ta", "ki lô mét", "kilômét", "mét vuông", "mét khối", "mét", "tấn", "tạ", "yến", "lít", "mẫu",
    "đồng", "đô la mỹ", "đô la", "usd", "euro", "vnđ", "vnd",
    "lượt khách", "lượt người", "lượt truy cập", "lượt hộ", "lượt", "khách", "người dân", "người lao động", "người",
    "hộ gia đình", "hộ nghèo", "hộ dân", "hộ kinh doanh", "hộ", "khẩu", "nhân khẩu", "lao động", "học sinh",
    "sinh viên", "giáo viên", "bác sĩ", "bác sỹ", "dược sĩ", "điều dưỡng", "cán bộ", "công chức", "viên chức",
    "đảng viên", "đoàn viên", "hội viên", "chuyên gia", "đại biểu", "em", "cháu", "trẻ em", "trẻ",
    "khu công nghiệp", "khu kinh tế", "khu đô thị", "khu dân cư", "khu", "cụm công nghiệp", "cụm", "kcn", "ccn",
    "doanh nghiệp", "hợp tác xã", "tổ hợp tác", "trang trại", "cơ sở giáo dục", "cơ sở y tế", "cơ sở dữ liệu",
    "cơ sở", "cơ quan", "đơn vị", "tổ chức", "tổ công nghệ số cộng đồng", "tổ", "đội", "nhóm", "câu lạc bộ",
    "tỉnh", "thành phố", "xã", "phường", "đặc khu", "thôn", "tổ dân phố", "bản", "ấp", "huyện", "khu vực",
    "trường học", "trường", "lớp", "phòng học", "phòng", "trạm y tế", "trạm", "bệnh viện", "giường bệnh", "giường",
    "hệ thống thông tin", "hệ thống", "nền tảng số", "nền tảng", "ứng dụng", "phần mềm", "dịch vụ công trực tuyến",
    "dịch vụ công", "dịch vụ", "thủ tục hành chính", "thủ tục", "hồ sơ", "văn bản", "tài khoản", "giao dịch",
    "dự án", "đề án", "mô hình", "sản phẩm", "công trình", "nhiệm vụ", "chỉ tiêu", "chỉ số", "tiêu chí", "tuyến",
    "cầu", "căn nhà", "căn hộ", "căn", "nhà", "chiếc", "cái", "con", "cây", "bộ", "cuộc", "buổi", "chuyến", "đợt",
    "khóa", "hội nghị", "lớp tập huấn",
];

/// Words that multiply what they stand before: "nghìn", "triệu", "tỷ".
pub fn scale(word: &str) -> Option<f64> {
    match word {
        "chục" => Some(10.0),
        "trăm" => Some(100.0),
        "nghìn" => Some(1_000.0),
        "vạn" => Some(10_000.0),
        "triệu" => Some(1_000_000.0),
        "tỷ" => Some(1_000_000_000.0),
        _ => None,
    }
}

/// Where a known unit ends that begins at a place.
pub fn known(tokens: &Tokens, at: usize) -> Option<usize> {
    if SHORT.contains(&tokens.word(at)) {
        return Some(at + 1);
    }
    let first = tokens.word(at);
    let fits = |thing: &&&str| thing.split(' ').next() == Some(first) && tokens.phrase(at, thing).is_some();
    let longest = THINGS.iter().filter(fits).max_by_key(|thing| thing.split(' ').count())?;
    tokens.phrase(at, longest)
}

/// Whether what stands at a place is counted by the number before it.
pub fn begins(tokens: &Tokens, at: usize) -> bool {
    scale(tokens.word(at)).is_some() || known(tokens, at).is_some()
}
