//! Who can be given work, at each level of the state and of the party. Places are invented.

use crate::dice::Dice;

pub const PROVINCE: &[&str] = &[
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Môi trường",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Công Thương",
    "Sở Xây dựng",
    "Sở Y tế",
    "Sở Tư pháp",
    "Sở Giáo dục và Đào tạo",
    "Sở Dân tộc và Tôn giáo",
    "Công an tỉnh",
    "Bộ Chỉ huy Quân sự tỉnh",
    "Văn phòng UBND tỉnh",
    "Thanh tra tỉnh",
    "Thuế tỉnh Mẫu",
    "Bảo hiểm xã hội tỉnh",
    "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
    "Ban Quản lý dự án đầu tư xây dựng số 1",
    "Ban Quản lý dự án giao thông",
    "Trung tâm Xúc tiến đầu tư và Du lịch tỉnh",
    "Báo và Phát thanh, Truyền hình tỉnh",
    "Trường Đại học Sông Mẫu",
    "UBND xã Bản Mẫu",
    "UBND phường Sông Mẫu",
    "Chi cục Kiểm lâm",
    "Hội Nông dân tỉnh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Công ty Điện lực Mẫu",
    "VNPT Mẫu",
    "Viettel Mẫu",
    "Kho bạc Nhà nước Khu vực 30",
    "Quỹ Đầu tư phát triển tỉnh",
    "Liên minh Hợp tác xã tỉnh",
    "Thống kê tỉnh Mẫu",
    "Tòa án nhân dân tỉnh",
];
pub const PROVINCE_GROUPS: &[&str] = &[
    "các sở, ban, ngành",
    "UBND các xã, phường",
    "UBND các xã, phường, đặc khu",
    "các cơ quan, đơn vị có liên quan",
    "các sở, ngành có liên quan",
    "các địa phương",
    "các doanh nghiệp viễn thông",
    "các đơn vị liên quan",
    "các sở, ban, ngành, đoàn thể cấp tỉnh",
];
pub const DEPARTMENT: &[&str] = &[
    "Văn phòng Sở",
    "Phòng Kế hoạch - Tài chính",
    "Phòng Chuyển đổi số",
    "Phòng Nghiệp vụ 1",
    "Thanh tra Sở",
    "Phòng Tổ chức, Biên chế và Công vụ",
    "Trung tâm Dịch vụ việc làm",
    "Chi cục Thủy lợi",
    "Trung tâm Lưu trữ lịch sử",
    "Phòng Quản lý chuyên ngành",
    "Bệnh viện Đa khoa Sông Mẫu",
    "Trường Trung cấp nghề Mẫu",
];
pub const DEPARTMENT_GROUPS: &[&str] =
    &["các phòng, đơn vị thuộc Sở", "các phòng, đơn vị có liên quan", "các đơn vị trực thuộc", "các phòng chuyên môn"];
pub const COMMUNE: &[&str] = &[
    "Phòng Kinh tế",
    "Phòng Văn hóa - Xã hội",
    "Văn phòng HĐND và UBND xã",
    "Công an xã",
    "Ban Chỉ huy Quân sự xã",
    "Trung tâm Phục vụ hành chính công xã",
    "Trạm Y tế xã",
    "Trường Tiểu học Bản Mẫu",
    "Đoàn Thanh niên xã",
    "Hội Phụ nữ xã",
    "Hợp tác xã Nông nghiệp Bản Mẫu",
    "Ủy ban Mặt trận Tổ quốc Việt Nam xã",
];
pub const COMMUNE_GROUPS: &[&str] = &[
    "các thôn",
    "các trường học trên địa bàn",
    "các ban, ngành, đoàn thể xã",
    "các phòng, đơn vị có liên quan",
    "các tổ công nghệ số cộng đồng",
];
pub const NATION: &[&str] = &[
    "Bộ Tài chính",
    "Bộ Nội vụ",
    "Bộ Khoa học và Công nghệ",
    "Bộ Nông nghiệp và Môi trường",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Xây dựng",
    "Bộ Công an",
    "Bộ Quốc phòng",
    "Bộ Y tế",
    "Bộ Tư pháp",
    "Bộ Giáo dục và Đào tạo",
    "Bộ Công Thương",
    "Ngân hàng Nhà nước Việt Nam",
    "Văn phòng Chính phủ",
    "Thanh tra Chính phủ",
    "Đài Truyền hình Việt Nam",
    "Thông tấn xã Việt Nam",
    "Bảo hiểm xã hội Việt Nam",
    "Tập đoàn Điện lực Việt Nam",
];
pub const NATION_GROUPS: &[&str] = &[
    "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
    "UBND các tỉnh, thành phố trực thuộc Trung ương",
    "các Bộ, ngành liên quan",
    "các bộ, ngành, địa phương",
    "các cơ quan, đơn vị liên quan",
];
pub const PARTY: &[&str] = &[
    "Ban Tổ chức Tỉnh ủy",
    "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "Ban Nội chính Tỉnh ủy",
    "Ủy ban Kiểm tra Tỉnh ủy",
    "Văn phòng Tỉnh ủy",
    "Đảng ủy UBND tỉnh",
    "Đảng ủy các cơ quan Đảng tỉnh",
    "Trường Chính trị tỉnh",
    "Đảng ủy Công an tỉnh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Đảng ủy Quân sự tỉnh",
    "Đảng ủy xã Bản Mẫu",
    "Đảng ủy phường Sông Mẫu",
    "Tỉnh đoàn Mẫu",
    "Liên đoàn Lao động tỉnh",
];
pub const PARTY_GROUPS: &[&str] = &[
    "các đảng ủy trực thuộc Tỉnh ủy",
    "các cấp ủy, tổ chức đảng",
    "các cơ quan tham mưu, giúp việc Tỉnh ủy",
    "đảng ủy các xã, phường",
    "các tổ chức chính trị - xã hội",
    "các cơ quan có liên quan",
];

pub const PERSONS: &[&str] = &[
    "Chánh Văn phòng UBND tỉnh",
    "Giám đốc Sở Tài chính",
    "Giám đốc Sở Nội vụ",
    "Giám đốc Công an tỉnh",
    "Chủ tịch UBND xã Bản Mẫu",
    "Chủ tịch UBND các xã, phường",
    "Thủ trưởng các sở, ban, ngành",
    "Phó Chủ tịch Thường trực UBND tỉnh",
];
pub const PARTY_PERSONS: &[&str] = &[
    "đồng chí Trưởng ban Tổ chức Tỉnh ủy",
    "đồng chí Chánh Văn phòng Tỉnh ủy",
    "đồng chí Trưởng ban Nội chính Tỉnh ủy",
    "đồng chí Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy",
    "đồng chí Bí thư Đảng ủy xã Bản Mẫu",
    "Bí thư các đảng ủy trực thuộc",
];
pub const NATION_PERSONS: &[&str] = &[
    "Bộ trưởng Bộ Tài chính",
    "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
    "Thống đốc Ngân hàng Nhà nước Việt Nam",
    "Chủ tịch UBND các tỉnh, thành phố",
    "Tổng Giám đốc Tập đoàn Điện lực Việt Nam",
];
pub const DEPARTMENT_PERSONS: &[&str] = &[
    "Chánh Văn phòng Sở",
    "Trưởng Phòng Kế hoạch - Tài chính",
    "Trưởng các phòng, đơn vị thuộc Sở",
    "Giám đốc Trung tâm Dịch vụ việc làm",
];
pub const COMMUNE_PERSONS: &[&str] = &[
    "Trưởng Phòng Kinh tế",
    "Trưởng các thôn",
    "Chánh Văn phòng HĐND và UBND xã",
    "Trưởng Công an xã",
    "Hiệu trưởng Trường Tiểu học Bản Mẫu",
];
pub const NO_AGENCY: &[&str] = &[
    "các doanh nghiệp khai thác khoáng sản",
    "chủ đầu tư các dự án khu đô thị",
    "các tổ chức tín dụng trên địa bàn",
    "các hợp tác xã và hộ nuôi trồng thủy sản",
    "chủ rừng và hộ nhận khoán",
    "các hộ kinh doanh tại chợ trung tâm",
    "đơn vị quản lý, khai thác hồ chứa",
    "các cơ sở lưu trú du lịch",
    "nhà thầu thi công",
    "người dân vùng dự án",
];

/// A list as it stands in a sentence: commas, semicolons or "và" before the last.
pub fn joined(dice: &mut Dice, bodies: &[String]) -> String {
    let Some((last, before)) = bodies.split_last() else { return String::new() };
    if before.is_empty() {
        return last.clone();
    }
    match dice.below(4) {
        0 => bodies.join("; "),
        1 => bodies.join(", "),
        2 => format!("{} và {last}", before.join(", ")),
        _ => format!("{}, {last}", before.join(", ")),
    }
}

pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name as it goes on in a sentence: groups and offices begin small.
pub fn small(text: &str) -> String {
    let small = ["Các ", "Đồng chí ", "Những "].iter().any(|word| text.starts_with(word));
    let mut letters = text.chars();
    if small {
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    } else {
        text.to_owned()
    }
}
