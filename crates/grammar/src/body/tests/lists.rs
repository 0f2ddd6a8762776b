//! Lists, groups and persons in sentences.

use super::*;

#[test]
fn lists_end_where_no_body_follows() {
    check(&[
        ("Chủ tịch UBND các xã, phường: Rà soát hồ", "Chủ tịch UBND các xã, phường", ": Rà soát hồ"),
        ("các xã: Bản Mẫu, Suối Mẫu đo hồ", "xã Bản Mẫu | xã Suối Mẫu", "đo hồ"),
        ("các sở, ngành hỗ trợ nông hộ vay vốn", "các sở, ngành", "hỗ trợ nông hộ vay vốn"),
        (
            "Sở Tài chính, Công an tỉnh và các sở, ngành liên quan lập quỹ chung",
            "Sở Tài chính | Công an tỉnh | các sở, ngành liên quan",
            "lập quỹ chung",
        ),
        (
            "Sở Văn hóa, Thể thao và Du lịch, sở Tài chính chủ trì",
            "Sở Văn hóa, Thể thao và Du lịch | sở Tài chính",
            "chủ trì",
        ),
        (
            "Các sở, ban, ngành; UBND các xã, phường, đặc khu thực hiện",
            "Các sở, ban, ngành | UBND các xã, phường, đặc khu",
            "thực hiện",
        ),
        (
            "các sở, ban, ngành và UBND các xã, phường tổ chức quán triệt",
            "các sở, ban, ngành | UBND các xã, phường",
            "tổ chức quán triệt",
        ),
        ("Các sở, ngành, địa phương tổ chức triển khai", "Các sở, ngành, địa phương", "tổ chức triển khai"),
        ("Các sở, ngành, tổ chức, hướng dẫn", "Các sở, ngành", ", tổ chức, hướng dẫn"),
        (
            "các cơ quan, đơn vị, địa phương, tổ chức, cá nhân có liên quan phản ánh",
            "các cơ quan, đơn vị, địa phương, tổ chức, cá nhân có liên quan",
            "phản ánh",
        ),
        ("Sở Y tế (cơ quan thường trực), Sở Nội vụ trực", "Sở Y tế | Sở Nội vụ", "trực"),
        ("Sở Y tế (chủ trì) thẩm định", "Sở Y tế", "thẩm định"),
        ("Công an tỉnh cùng Sở Y tế ký kết", "Công an tỉnh | Sở Y tế", "ký kết"),
        ("Sở Nội vụ cùng với Sở Tài chính cân đối", "Sở Nội vụ | Sở Tài chính", "cân đối"),
        ("Sở Nội vụ, các địa phương duy trì", "Sở Nội vụ | các địa phương", "duy trì"),
        ("UBND xã, phường, đặc khu niêm yết", "UBND xã, phường, đặc khu", "niêm yết"),
        ("UBND các xã, phường và đặc khu niêm yết", "UBND các xã, phường và đặc khu", "niêm yết"),
        ("HĐND, UBND các xã, phường giám sát", "HĐND | UBND các xã, phường", "giám sát"),
        ("Thường trực HĐND, UBND tỉnh cho ý kiến", "Thường trực HĐND | UBND tỉnh", "cho ý kiến"),
        ("các phòng chuyên môn thuộc UBND xã kiểm kê", "các phòng chuyên môn thuộc UBND xã", "kiểm kê"),
        ("các phòng, đơn vị thuộc Sở rà soát", "các phòng, đơn vị thuộc Sở", "rà soát"),
        ("các Bộ, ngành Trung ương cấp vốn", "các Bộ, ngành Trung ương", "cấp vốn"),
        (
            "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, UBND các tỉnh, thành phố trực thuộc Trung ương lập",
            "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ | UBND các tỉnh, thành phố trực thuộc Trung ương",
            "lập",
        ),
        (
            "các đoàn thể, doanh nghiệp trên địa bàn tỉnh Mẫu ủng hộ",
            "các đoàn thể, doanh nghiệp trên địa bàn tỉnh Mẫu",
            "ủng hộ",
        ),
        ("các sở, ban, ngành tỉnh báo cáo", "các sở, ban, ngành tỉnh", "báo cáo"),
        ("các cấp ủy, chính quyền địa phương lãnh đạo", "các cấp ủy, chính quyền địa phương", "lãnh đạo"),
        ("Các Ban Quản lý dự án giải ngân", "Các Ban Quản lý dự án", "giải ngân"),
        ("các Chi cục Kiểm lâm tuần tra", "các Chi cục Kiểm lâm", "tuần tra"),
        ("Công an các đơn vị, địa phương vận động", "Công an các đơn vị, địa phương", "vận động"),
        (
            "các thành viên Ban Chỉ đạo chuyển đổi số tỉnh đôn đốc",
            "các thành viên Ban Chỉ đạo chuyển đổi số tỉnh",
            "đôn đốc",
        ),
        ("từng cơ quan, đơn vị tự chấm điểm", "từng cơ quan, đơn vị", "tự chấm điểm"),
        ("Sở Tài chính\n\nSở Nội vụ", "Sở Tài chính", "Sở Nội vụ"),
        ("Sở Tài chính, với vai trò đầu mối, lập", "Sở Tài chính", ", với vai trò đầu mối, lập"),
        ("Sở Tài chính và cộng đồng tham gia", "Sở Tài chính", "và cộng đồng tham gia"),
    ]);
}

#[test]
fn heads_that_are_said_once() {
    check(&[
        ("các Sở: Tài chính, Nội vụ và Y tế rà soát", "Sở Tài chính | Sở Nội vụ | Sở Y tế", "rà soát"),
        ("các Sở Tài chính, Nội vụ rà soát", "Sở Tài chính | Sở Nội vụ", "rà soát"),
        ("Sở Tài chính, Nội vụ, Y tế rà soát", "Sở Tài chính | Sở Nội vụ | Sở Y tế", "rà soát"),
        (
            "các Sở: Văn hóa, Thể thao và Du lịch; Khoa học và Công nghệ; UBND các xã lập",
            "Sở Văn hóa, Thể thao và Du lịch | Sở Khoa học và Công nghệ | UBND các xã",
            "lập",
        ),
        ("các Bộ: Công an, Quốc phòng", "Bộ Công an | Bộ Quốc phòng", ""),
        ("các xã: Bản Mẫu, Suối Mẫu và Đồi Mẫu di dời", "xã Bản Mẫu | xã Suối Mẫu | xã Đồi Mẫu", "di dời"),
        ("UBND các xã: Bản Mẫu, Suối Mẫu di dời", "UBND các xã: Bản Mẫu, Suối Mẫu", "di dời"),
        (
            "Giám đốc các Sở: Tài chính, Nội vụ chịu trách nhiệm",
            "Giám đốc Sở Tài chính | Giám đốc Sở Nội vụ",
            "chịu trách nhiệm",
        ),
    ]);
}

#[test]
fn enterprises_and_what_says_which_ones() {
    check(&[
        (
            "các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ viễn thông tuân thủ",
            "các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ viễn thông",
            "tuân thủ",
        ),
        (
            "các doanh nghiệp khai thác khoáng sản hoàn thổ bãi thải",
            "các doanh nghiệp khai thác khoáng sản",
            "hoàn thổ bãi thải",
        ),
        (
            "các doanh nghiệp viễn thông cung cấp dữ liệu của tỉnh.",
            "các doanh nghiệp viễn thông",
            "cung cấp dữ liệu của tỉnh.",
        ),
        ("các đơn vị có liên quan quản lý dữ liệu", "các đơn vị có liên quan", "quản lý dữ liệu"),
        ("các doanh nghiệp số hóa quy trình", "các doanh nghiệp", "số hóa quy trình"),
        ("các doanh nghiệp cung cấp dịch vụ cho người dân", "các doanh nghiệp", "cung cấp dịch vụ cho người dân"),
        (
            "Các doanh nghiệp viễn thông, doanh nghiệp số trên địa bàn tỉnh phủ sóng",
            "Các doanh nghiệp viễn thông | doanh nghiệp số trên địa bàn tỉnh",
            "phủ sóng",
        ),
        ("Doanh nghiệp viễn thông ngầm hóa cáp", "Doanh nghiệp viễn thông", "ngầm hóa cáp"),
        ("các nhà mạng ngầm hóa cáp", "các nhà mạng", "ngầm hóa cáp"),
        ("các tổ chức, cá nhân chấp hành", "các tổ chức, cá nhân", "chấp hành"),
        ("Người dân và doanh nghiệp phản ánh", "Người dân và doanh nghiệp", "phản ánh"),
        (
            "các hợp tác xã sản xuất nông nghiệp đăng ký mã vùng",
            "các hợp tác xã sản xuất nông nghiệp",
            "đăng ký mã vùng",
        ),
    ]);
}

#[test]
fn persons_by_office() {
    check(&[
        ("Chánh Văn phòng UBND tỉnh đôn đốc", "Chánh Văn phòng UBND tỉnh", "đôn đốc"),
        (
            "đồng chí Trưởng ban Tuyên giáo và Dân vận Tỉnh ủy định hướng",
            "đồng chí Trưởng ban Tuyên giáo và Dân vận Tỉnh ủy",
            "định hướng",
        ),
        ("Giám đốc Sở Y tế ký ban hành", "Giám đốc Sở Y tế", "ký ban hành"),
        ("Thủ trưởng các cơ quan, đơn vị chịu trách nhiệm", "Thủ trưởng các cơ quan, đơn vị", "chịu trách nhiệm"),
        (
            "Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch UBND các xã, phường quyết liệt",
            "Giám đốc các sở | Thủ trưởng các ban, ngành | Chủ tịch UBND các xã, phường",
            "quyết liệt",
        ),
        ("Chủ tịch UBND tỉnh yêu cầu", "Chủ tịch UBND tỉnh", "yêu cầu"),
        ("Phó Chủ tịch Thường trực UBND tỉnh họp", "Phó Chủ tịch Thường trực UBND tỉnh", "họp"),
        (
            "Đồng chí Trần Văn Mẫu, Phó Chủ tịch UBND tỉnh chủ trì",
            "Đồng chí Trần Văn Mẫu, Phó Chủ tịch UBND tỉnh",
            "chủ trì",
        ),
        ("Trưởng phòng Kinh tế xã lập", "Trưởng phòng Kinh tế xã", "lập"),
        ("Trưởng các phòng chuyên môn lập", "Trưởng các phòng chuyên môn", "lập"),
        ("Trưởng Công an xã chỉ đạo", "Trưởng Công an xã", "chỉ đạo"),
        ("Trưởng thôn vận động", "Trưởng thôn", "vận động"),
        ("Chánh Thanh tra tỉnh thanh tra", "Chánh Thanh tra tỉnh", "thanh tra"),
        ("Hiệu trưởng các trường học mở lớp", "Hiệu trưởng các trường học", "mở lớp"),
        ("Giám đốc, Thủ trưởng các sở, ban, ngành phê duyệt", "Giám đốc, Thủ trưởng các sở, ban, ngành", "phê duyệt"),
        ("Lãnh đạo Sở Nội vụ trực", "Lãnh đạo Sở Nội vụ", "trực"),
        ("Bộ trưởng Bộ Tài chính trình", "Bộ trưởng Bộ Tài chính", "trình"),
        ("Bí thư Đảng ủy các xã phụ trách", "Bí thư Đảng ủy các xã", "phụ trách"),
        ("Người đứng đầu cấp ủy, chính quyền gương mẫu", "Người đứng đầu cấp ủy, chính quyền", "gương mẫu"),
    ]);
}

#[test]
fn kinds_groups_and_the_concerned_are_told() {
    for (text, kind, group, concerned) in [
        ("Sở Y tế", Kind::Department, false, false),
        ("UBND tỉnh", Kind::Committee, false, false),
        ("UBND xã Bản Mẫu", Kind::Ward, false, false),
        ("UBND các xã, phường, đặc khu có liên quan", Kind::Ward, true, true),
        ("Tỉnh ủy", Kind::Party, false, false),
        ("Công an tỉnh", Kind::Police, false, false),
        ("Bộ CHQS tỉnh", Kind::Army, false, false),
        ("các sở, ngành có liên quan", Kind::Group, true, true),
        ("Giám đốc Sở Y tế", Kind::Person, false, false),
        ("Thủ trưởng các sở", Kind::Person, true, false),
        ("Viettel Mẫu", Kind::Enterprise, false, false),
        ("các doanh nghiệp", Kind::Enterprise, true, false),
        ("các cá nhân", Kind::Citizens, true, false),
        ("Ban Chỉ đạo chuyển đổi số tỉnh", Kind::Team, false, false),
    ] {
        let found = at(text, 0).expect(text);
        let body = &found.bodies[0];
        assert_eq!((body.kind, body.is_group, body.is_concerned), (kind, group, concerned), "{text}");
        assert!(is_body(text) && body.sure >= 60, "{text} {}", body.sure);
    }
    assert!(!is_body("Sở Y tế chủ trì") && heads_with("Sở Y tế chủ trì") && !heads_with("Rà soát"));
    let note = at("Sở Y tế (cơ quan thường trực) trực", 0).expect("a body");
    assert_eq!(note.bodies[0].note.as_deref(), Some("cơ quan thường trực"));
}

#[test]
fn a_compound_that_nobody_listed_is_taken_whole_and_is_less_sure() {
    let found = at("Sở Ngoại thương chủ trì", 0).expect("a body");
    assert_eq!(found.bodies[0].name, "Sở Ngoại thương");
    assert!(found.bodies[0].sure < 70);
}

#[test]
fn every_list_of_a_text_is_found() {
    let text = "Giao Sở Nội vụ chủ trì, phối hợp với Công an tỉnh, Sở Y tế tham mưu UBND tỉnh thành lập tổ.";
    let found: Vec<String> = scan(text).iter().map(|found| joined(&found.bodies)).collect();
    assert_eq!(found, ["Sở Nội vụ", "Công an tỉnh | Sở Y tế", "UBND tỉnh"]);
}
