//! Names as they stand in documents of offices, where they were cut, split or made of what is none.

use super::*;

#[test]
fn persons_are_one_each_whatever_offices_they_hold() {
    check(&[
        (
            "Đồng chí Trần Văn Mẫu - Bí thư Tỉnh ủy, Trưởng Ban: lãnh đạo",
            "Đồng chí Trần Văn Mẫu - Bí thư Tỉnh ủy",
            ": lãnh đạo",
        ),
        (
            "Đồng chí Lê Thị Mẫu - Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Phó Trưởng Ban thường trực: điều hành",
            "Đồng chí Lê Thị Mẫu - Phó Bí thư Tỉnh ủy",
            ": điều hành",
        ),
        (
            "Đồng chí Đại tá Vũ Mẫu - Giám đốc Công an tỉnh, thành viên: phụ trách",
            "Đồng chí Đại tá Vũ Mẫu - Giám đốc Công an tỉnh",
            ": phụ trách",
        ),
        (
            "Đồng chí Đỗ Thị Mẫu - Tỉnh ủy viên, Giám đốc Sở Y tế theo dõi",
            "Đồng chí Đỗ Thị Mẫu - Tỉnh ủy viên",
            "theo dõi",
        ),
        ("Đồng chí Trần Văn Mẫu, Sở Y tế trực", "Đồng chí Trần Văn Mẫu | Sở Y tế", "trực"),
        ("đồng chí Phó Chủ tịch Trần Văn Mẫu chủ trì", "đồng chí Phó Chủ tịch Trần Văn Mẫu", "chủ trì"),
        ("Phó Chủ tịch UBND tỉnh Trần Văn Mẫu họp", "Phó Chủ tịch UBND tỉnh Trần Văn Mẫu", "họp"),
        (
            "Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy, Tỉnh ủy viên dự",
            "Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy, Tỉnh ủy viên",
            "dự",
        ),
        ("Các đồng chí Đảng ủy viên phụ trách thôn bám cơ sở", "Các đồng chí Đảng ủy viên phụ trách thôn", "bám cơ sở"),
        ("Bí thư chi bộ, trưởng thôn vận động", "Bí thư chi bộ | trưởng thôn", "vận động"),
        ("Trưởng thôn, tổ trưởng tổ dân phố phát phiếu", "Trưởng thôn | tổ trưởng tổ dân phố", "phát phiếu"),
        (
            "Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ thi hành",
            "Các Bộ trưởng | Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            "thi hành",
        ),
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ trình", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", "trình"),
        ("Các Trưởng đoàn kiểm tra ban hành quyết định", "Các Trưởng đoàn kiểm tra", "ban hành quyết định"),
    ]);
}

#[test]
fn what_says_which_ones_belongs_to_the_name() {
    check(&[
        ("Chủ tịch UBND các xã, phường có rừng", "Chủ tịch UBND các xã, phường có rừng", ""),
        ("Cấp ủy các địa phương có khu, điểm du lịch họp", "Cấp ủy các địa phương có khu, điểm du lịch", "họp"),
        ("UBND các xã có dự án đi qua vận động", "UBND các xã có dự án đi qua", "vận động"),
        ("UBND các xã có kế hoạch trực", "UBND các xã", "có kế hoạch trực"),
        ("UBND 65 xã, phường trực", "UBND 65 xã, phường", "trực"),
        ("UBND các xã thuộc khu vực III họp", "UBND các xã thuộc khu vực III", "họp"),
        ("Trường Tiểu học và THCS Bản Mẫu mở lớp", "Trường Tiểu học và THCS Bản Mẫu", "mở lớp"),
        ("Cơ quan Thường trực Ban Chỉ đạo tỉnh đôn đốc", "Cơ quan Thường trực Ban Chỉ đạo tỉnh", "đôn đốc"),
        (
            "Trung tâm Cung ứng dịch vụ sự nghiệp công xã dọn chợ",
            "Trung tâm Cung ứng dịch vụ sự nghiệp công xã",
            "dọn chợ",
        ),
        ("Đoàn Thanh niên Công an tỉnh ra quân", "Đoàn Thanh niên Công an tỉnh", "ra quân"),
        ("UBND các xã ven sông diễn tập", "UBND các xã ven sông", "diễn tập"),
        ("Kho bạc Nhà nước khu vực kiểm soát chi", "Kho bạc Nhà nước khu vực", "kiểm soát chi"),
        ("Viettel, VNPT khu vực kéo cáp", "Viettel | VNPT khu vực", "kéo cáp"),
        (
            "Hiệu trưởng các trường Mầm non, Tiểu học, THCS dặn dò",
            "Hiệu trưởng các trường Mầm non, Tiểu học, THCS",
            "dặn dò",
        ),
        ("các trường trung học phổ thông mở lớp", "các trường trung học phổ thông", "mở lớp"),
        (
            "Tổ công tác theo Quyết định số 12/QĐ-UBND ngày 14/11/2025 rà soát",
            "Tổ công tác theo Quyết định số 12/QĐ-UBND ngày 14/11/2025",
            "rà soát",
        ),
        ("Tổ công tác theo dõi tiến độ", "Tổ công tác", "theo dõi tiến độ"),
        ("Công chức địa chính của Phòng Kinh tế quét hồ sơ", "Công chức địa chính của Phòng Kinh tế", "quét hồ sơ"),
        (
            "Các ban đảng Tỉnh ủy, đảng ủy các xã, phường học tập",
            "Các ban đảng Tỉnh ủy | đảng ủy các xã, phường",
            "học tập",
        ),
        ("Cục Quản lý Khám, chữa bệnh hướng dẫn", "Cục Quản lý Khám, chữa bệnh", "hướng dẫn"),
        ("Viễn thông Mẫu, MobiFone Mẫu phủ sóng", "Viễn thông Mẫu | MobiFone Mẫu", "phủ sóng"),
        (
            "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam, Trung ương Hội Nông dân Việt Nam phát động",
            "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam | Trung ương Hội Nông dân Việt Nam",
            "phát động",
        ),
        (
            "Thường trực HĐND, các Ban HĐND, Tổ đại biểu HĐND giám sát",
            "Thường trực HĐND | các Ban HĐND | Tổ đại biểu HĐND",
            "giám sát",
        ),
        ("Cán bộ, đảng viên, công chức gương mẫu", "Cán bộ, đảng viên, công chức", "gương mẫu"),
    ]);
}

#[test]
fn a_name_ends_where_a_sentence_begins() {
    check(&[
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh Chỉ đạo đồn trực", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Chỉ đạo đồn trực"),
        ("UBND các xã, phường: Rà soát điểm sạt lở", "UBND các xã, phường", ": Rà soát điểm sạt lở"),
        ("UBND các xã: Bản Mẫu, Suối Mẫu di dời", "UBND các xã: Bản Mẫu, Suối Mẫu", "di dời"),
        ("UBND xã Thống Nhất họp", "UBND xã Thống Nhất", "họp"),
        ("UBND các xã Bản Mẫu, Tân Lập, Suối Mẫu họp", "UBND các xã Bản Mẫu, Tân Lập, Suối Mẫu", "họp"),
        (
            "UBND các xã: Bản Mẫu, Tân Lập và phường Suối Mẫu họp",
            "UBND các xã: Bản Mẫu, Tân Lập và phường Suối Mẫu",
            "họp",
        ),
        (
            "các phường Bản Mẫu, Suối Mẫu và xã Đồi Mẫu thu thuế",
            "phường Bản Mẫu | phường Suối Mẫu | xã Đồi Mẫu",
            "thu thuế",
        ),
        ("Sở Y tế, xã đã có trạm", "Sở Y tế", ", xã đã có trạm"),
    ]);
    for text in ["ban Chủ tịch, các Phó Chủ tịch", "Tổ chức \"Ngày thứ Bảy\": họp", "Xã, nơi có suối"]
    {
        assert_eq!(at(text, 0).map(|found| joined(&found.bodies)), None, "{text}");
    }
}

#[test]
fn the_front_of_a_province_is_one_body_and_its_family_another() {
    check(&[
        (
            "MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội vận động",
            "MTTQ Việt Nam tỉnh | các tổ chức chính trị - xã hội",
            "vận động",
        ),
        ("MTTQ và các đoàn thể tỉnh vận động", "MTTQ và các đoàn thể tỉnh", "vận động"),
        ("Đảng ủy MTTQ, các đoàn thể tỉnh lãnh đạo", "Đảng ủy MTTQ, các đoàn thể tỉnh", "lãnh đạo"),
        ("Đảng ủy Công an tỉnh, các đoàn thể họp", "Đảng ủy Công an tỉnh | các đoàn thể", "họp"),
        ("VP HĐND và UBND xã/Phòng Kinh tế trực", "VP HĐND và UBND xã | Phòng Kinh tế", "trực"),
    ]);
    let cell = split("VP HĐND và UBND xã/Các phòng, Công an xã");
    assert_eq!(joined(&cell), "VP HĐND và UBND xã | Các phòng | Công an xã");
}

#[test]
fn helpers_may_be_common_nouns() {
    let named = |text| behind(text, 0).map(|found| joined(&found.bodies)).unwrap_or_default();
    assert_eq!(named("ngành Y tế hướng dẫn người dân"), "ngành Y tế");
    assert_eq!(named("lực lượng Kiểm lâm tuần tra"), "lực lượng Kiểm lâm");
    assert_eq!(named("xã, phường"), "xã, phường");
    assert_eq!(named("xã đã có"), "");
}

#[test]
fn a_name_that_may_go_on_is_cut() {
    let cut = |text| at(text, 0).is_some_and(|found| found.is_cut);
    for text in [
        "Tỉnh đoàn của hai bên ký kết",
        "các doanh nghiệp cung cấp dịch vụ cho người dân",
        "UBND các xã có bãi bồi lập chốt",
        "các hộ dân nơi giáp ranh ký cam kết",
        "Sở Y tế và cộng đồng dựng trạm",
        "Sở Y tế, Nhóm Mẫu dựng trạm",
    ] {
        assert!(cut(text), "{text}");
    }
    for text in [
        "Sở Y tế chủ trì",
        "Sở Y tế, hướng dẫn",
        "Sở Y tế có trách nhiệm lập",
        "UBND các xã có kế hoạch trực",
        "Sở Y tế: Rà soát",
        "Sở Y tế Rà soát",
        "Sở Y tế",
    ] {
        assert!(!cut(text), "{text}");
    }
}
