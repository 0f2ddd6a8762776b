//! The words around which a sentence gives an order.

use std::sync::LazyLock;

use regex::Regex;

pub struct Patterns {
    pub opening: Regex,
    pub aside: Regex,
    pub speaker: Regex,
    pub for_them: Regex,
    pub give: Regex,
    pub inside: Regex,
    pub no_predicate: Regex,
    pub heads_it: Regex,
    pub duty: Regex,
}

pub static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    const GIVE: &str = r"(?:thống nhất\s+|nhất trí\s+|chấp thuận\s+|đồng ý\s+)?(?:giao(?:\s+nhiệm vụ)?|(?:yêu cầu|đề nghị)(?:\s+chỉ đạo)?|phân công|chỉ đạo|ủy quyền|uỷ quyền|kiến nghị|đôn đốc|cử)(?:\s+cho)?";
    Some(Patterns {
        opening: Regex::new(
            r"(?i)^(?:(?:đồng thời|bên cạnh đó|ngoài ra|riêng|trước mắt|trong đó|theo đó|vì vậy|do đó|(?:để|nhằm)[^,;]{3,160}|căn cứ[^,;]{3,200}|trên cơ sở[^,;]{3,160}|từ nay[^,;]{3,60}|trong (?:tháng|quý|năm|thời gian)[^,;]{1,40}|định kỳ[^,;]{2,40}|(?:một|01) năm|(?:hằng|hàng) (?:tháng|quý|năm)[^,;]{0,30}|trong quá trình[^,;]{3,60}|nếu (?:có|gặp)[^,;]{3,60}(?:,\s*vướng mắc[^,;]{0,40})?|trường hợp[^,;]{3,80}|(?:quá|hết) thời hạn[^,;]{0,40}|quá hạn[^,;]{0,40}|sau (?:thời gian|thời hạn)[^,;]{3,80}|chậm nhất[^,;]{3,40}|trước ngày[^,;]{3,40})\s*,?\s+)",
        )
        .ok()?,
        aside: Regex::new(r"^(?i:riêng|đối với)\s[^,;]{3,160},\s+").ok()?,
        speaker: Regex::new(&format!(
            r"^((?:Chủ tịch\s+|Thường trực\s+|Ban Thường vụ\s+|đồng chí\s+)?(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Thủ tướng Chính phủ|Chính phủ|Tỉnh ủy|Thành ủy|Đảng ủy|HĐND|Hội đồng nhân dân|Giám đốc|Bộ trưởng|Trưởng ban|Ban Chỉ đạo|Sở|Bộ)[^,;:.]{{0,60}}?)\s+(?:{GIVE})\s+"
        ))
        .ok()?,
        for_them: Regex::new(r"(?i)^(?:riêng\s+)?đối với\s+").ok()?,
        give: Regex::new(&format!(r"^(?i:{GIVE})\s+")).ok()?,
        inside: Regex::new(&format!(r"(?:^|[\s,;:(])(?i:{GIVE})\s+")).ok()?,
        heads_it: Regex::new(r"(?i)^(?:là|làm)\s+(?:(?:cơ quan|đơn vị|tổ chức)\s+)?(?:đầu mối|chủ trì|thường trực|chịu trách nhiệm)").ok()?,
        no_predicate: Regex::new(
            r"(?i)^(?:đã|đang|vừa|từng|là|chưa|còn|bị|gồm|và|hoặc|của|thuộc|tại|cùng|trân trọng|kính mời|gửi kèm|đại diện (?:lãnh đạo|các|sở|công an|văn phòng|ubnd|ban)|nhận được|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|cảm ơn|(?:rất\s+)?mong|kêu gọi (?:toàn|mọi|đồng bào|đồng chí|nhân dân|cán bộ|các tầng lớp|các cấp)|(?:cơ bản\s+|hoàn toàn\s+)?(?:đồng ý|tán thành|nhất trí)|thống nhất (?:với|chủ trương)|kính|chủ trì (?:cuộc|hội nghị|buổi|phiên)|được\s+(?:giao|phân công)\s+tại|kết luận|có\s+(?:ý kiến như|chức năng|tổng số|\d)|(?:(?:tỉnh|xã|phường)\s+)?(?:ban hành|xây dựng|thông qua)\s+(?:Kế hoạch|Chỉ thị|Chương trình|Quyết định|Thông báo|Đề án|Nghị quyết)[^.;]*(?:như sau|sau đây|(?:nội dung|nhiệm vụ) chủ yếu sau)|thông báo[^.;]{0,80}(?:biết|kết luận|như sau))(?:[\s,.:;]|$)",
        )
        .ok()?,
        duty: Regex::new(r"(?i)^(?:theo|căn cứ|trong phạm vi|trên cơ sở)\s[^,]{3,160},\s*").ok()?,
    })
});
