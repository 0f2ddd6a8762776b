//! Names that go on behind words which could end them, and what stops them.

use super::*;

#[test]
fn a_place_behind_a_name_that_is_whole_belongs_to_it() {
    check(&[
        ("Tỉnh đoàn Mẫu ra quân", "Tỉnh đoàn Mẫu", "ra quân"),
        ("Thành đoàn Mẫu Sơn phát động", "Thành đoàn Mẫu Sơn", "phát động"),
        ("Tỉnh ủy Bản Mẫu lãnh đạo", "Tỉnh ủy Bản Mẫu", "lãnh đạo"),
        ("Bảo hiểm xã hội Việt Nam chi trả", "Bảo hiểm xã hội Việt Nam", "chi trả"),
        ("Kho bạc Nhà nước Việt Nam cấp mã", "Kho bạc Nhà nước Việt Nam", "cấp mã"),
        ("Hội Nông dân Việt Nam tỉnh vận động", "Hội Nông dân Việt Nam tỉnh", "vận động"),
        ("Hội Luật gia Việt Nam, Sở Tư pháp góp ý", "Hội Luật gia Việt Nam | Sở Tư pháp", "góp ý"),
        ("Tổng Liên đoàn Lao động Việt Nam phát động", "Tổng Liên đoàn Lao động Việt Nam", "phát động"),
        ("Chi cục Kiểm lâm Mẫu tuần tra", "Chi cục Kiểm lâm Mẫu", "tuần tra"),
        ("Hạt Kiểm lâm Suối Mẫu tuần tra", "Hạt Kiểm lâm Suối Mẫu", "tuần tra"),
        ("Liên đoàn Lao động Mẫu chăm lo", "Liên đoàn Lao động Mẫu", "chăm lo"),
        ("Viettel Mẫu phủ sóng", "Viettel Mẫu", "phủ sóng"),
        ("Sở Y tế Mẫu tiêm chủng", "Sở Y tế Mẫu", "tiêm chủng"),
        ("Sở Du lịch Sông Mẫu, Sở Y tế", "Sở Du lịch Sông Mẫu | Sở Y tế", ""),
        ("Chính phủ Nhật Bản tài trợ", "Chính phủ Nhật Bản", "tài trợ"),
        ("TỈNH ĐOÀN MẪU", "TỈNH ĐOÀN MẪU", ""),
        ("Đảng ủy Quân sự tỉnh lãnh đạo", "Đảng ủy Quân sự tỉnh", "lãnh đạo"),
        // What begins a body, a sentence or a clause of its own does not.
        ("Tỉnh đoàn Hội Nông dân tỉnh", "Tỉnh đoàn", "Hội Nông dân tỉnh"),
        ("Tỉnh ủy Ban Thường vụ họp", "Tỉnh ủy", "Ban Thường vụ họp"),
        ("Tỉnh ủy Chủ trì xây dựng đề án", "Tỉnh ủy", "Chủ trì xây dựng đề án"),
        ("Bảo hiểm xã hội Rà soát người tham gia", "Bảo hiểm xã hội", "Rà soát người tham gia"),
        ("Tỉnh đoàn Tổ chức hội thi", "Tỉnh đoàn", "Tổ chức hội thi"),
        ("Tỉnh đoàn\nMẫu số 1", "Tỉnh đoàn", "Mẫu số 1"),
        ("Tỉnh đoàn. Mẫu số 1", "Tỉnh đoàn", ". Mẫu số 1"),
        ("Tỉnh đoàn 20 mô hình", "Tỉnh đoàn", "20 mô hình"),
        ("Công an Kịp thời báo cáo", "Công an", "Kịp thời báo cáo"),
        ("Sở Y tế Rà soát cơ sở", "Sở Y tế", "Rà soát cơ sở"),
        ("TỈNH ỦY BÁO CÁO", "TỈNH ỦY", "BÁO CÁO"),
        ("TỈNH ỦY RÀ SOÁT VIỆC THỰC HIỆN", "TỈNH ỦY", "RÀ SOÁT VIỆC THỰC HIỆN"),
        ("Sở Y tế Trung tâm Y tế xã", "Sở Y tế", "Trung tâm Y tế xã"),
        ("Tỉnh ủy Nghị quyết số 5", "Tỉnh ủy", "Nghị quyết số 5"),
    ]);
}

#[test]
fn what_a_group_belongs_to_goes_on_with_it() {
    check(&[
        ("các đảng ủy trực thuộc Tỉnh ủy quán triệt", "các đảng ủy trực thuộc Tỉnh ủy", "quán triệt"),
        ("các đảng bộ trực thuộc Đảng bộ tỉnh học tập", "các đảng bộ trực thuộc Đảng bộ tỉnh", "học tập"),
        ("Các chi bộ trực thuộc Đảng ủy xã sinh hoạt", "Các chi bộ trực thuộc Đảng ủy xã", "sinh hoạt"),
        ("các phòng, đơn vị thuộc Sở rà soát", "các phòng, đơn vị thuộc Sở", "rà soát"),
        ("Các phòng chuyên môn, đơn vị trực thuộc Sở đôn đốc", "Các phòng chuyên môn, đơn vị trực thuộc Sở", "đôn đốc"),
        ("các cục, vụ thuộc Bộ góp ý", "các cục, vụ thuộc Bộ", "góp ý"),
        ("các đơn vị trực thuộc lập dự toán", "các đơn vị trực thuộc", "lập dự toán"),
        ("các đơn vị trực thuộc Công an tỉnh trực", "các đơn vị trực thuộc Công an tỉnh", "trực"),
        ("các đơn vị sự nghiệp trực thuộc Sở Y tế mua sắm", "các đơn vị sự nghiệp trực thuộc Sở Y tế", "mua sắm"),
        ("các đơn vị trực thuộc, UBND xã lập", "các đơn vị trực thuộc | UBND xã", "lập"),
        ("các phòng thuộc Sở Nội vụ, Sở Y tế", "các phòng thuộc Sở Nội vụ | Sở Y tế", ""),
        ("các cơ quan chuyên môn thuộc UBND xã làm", "các cơ quan chuyên môn thuộc UBND xã", "làm"),
        ("các ban quản lý dự án trực thuộc UBND tỉnh làm", "các ban quản lý dự án trực thuộc UBND tỉnh", "làm"),
        (
            "UBND các tỉnh, thành phố trực thuộc Trung ương phối hợp",
            "UBND các tỉnh, thành phố trực thuộc Trung ương",
            "phối hợp",
        ),
        (
            "Công an các tỉnh, thành phố trực thuộc Trung ương trao đổi",
            "Công an các tỉnh, thành phố trực thuộc Trung ương",
            "trao đổi",
        ),
        (
            "Tỉnh ủy, thành ủy trực thuộc Trung ương, Bộ Nội vụ lập",
            "Tỉnh ủy | thành ủy trực thuộc Trung ương | Bộ Nội vụ",
            "lập",
        ),
        ("các trung tâm trực thuộc đôn đốc, kiểm tra", "các trung tâm trực thuộc", "đôn đốc, kiểm tra"),
        ("các đơn vị trực thuộc sở hữu nhà đất", "các đơn vị trực thuộc", "sở hữu nhà đất"),
    ]);
}

#[test]
fn boards_divisions_and_inspectors() {
    check(&[
        (
            "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh cấp phép",
            "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
            "cấp phép",
        ),
        (
            "Ban Quản lý khu công nghệ cao và các khu công nghiệp Mẫu cấp phép",
            "Ban Quản lý khu công nghệ cao và các khu công nghiệp Mẫu",
            "cấp phép",
        ),
        (
            "Ban Quản lý Khu kinh tế, các khu công nghiệp cấp phép",
            "Ban Quản lý Khu kinh tế, các khu công nghiệp",
            "cấp phép",
        ),
        ("Ban Quản lý Khu kinh tế và các khu dân cư họp", "Ban Quản lý Khu kinh tế | các khu dân cư", "họp"),
        ("Phòng Nghiệp vụ 1 thẩm tra", "Phòng Nghiệp vụ 1", "thẩm tra"),
        ("Phòng Tổng hợp 2, Phòng Nghiệp vụ 3 trực", "Phòng Tổng hợp 2 | Phòng Nghiệp vụ 3", "trực"),
        ("Phòng Khám nghiệm II báo cáo", "Phòng Khám nghiệm II", "báo cáo"),
        ("Đội Điều tra số 3 xác minh", "Đội Điều tra số 3", "xác minh"),
        ("Phòng Nghiệp vụ 1 tổ chức hội nghị", "Phòng Nghiệp vụ 1", "tổ chức hội nghị"),
        ("Phòng Nghiệp vụ 2 lần báo cáo", "Phòng Nghiệp vụ", "2 lần báo cáo"),
        ("Phòng Nghiệp vụ 3/2026", "Phòng Nghiệp vụ", "3/2026"),
        ("Phòng Nội vụ 15 ngày làm xong", "Phòng Nội vụ", "15 ngày làm xong"),
        ("Phòng Kinh tế 2 lần báo cáo", "Phòng Kinh tế", "2 lần báo cáo"),
        ("Phòng Kinh tế 12 người", "Phòng Kinh tế", "12 người"),
        ("Phòng Quản lý chuyên ngành thẩm định", "Phòng Quản lý chuyên ngành", "thẩm định"),
        ("Phòng Quản lý ngân sách, Sở Y tế lập", "Phòng Quản lý ngân sách | Sở Y tế", "lập"),
        ("Phòng Thanh tra chuyên ngành xử phạt", "Phòng Thanh tra chuyên ngành", "xử phạt"),
        ("Phòng Tổ chức, Biên chế và Công vụ tham mưu", "Phòng Tổ chức, Biên chế và Công vụ", "tham mưu"),
        ("Phòng Cán bộ, Công chức và Tiền lương lập", "Phòng Cán bộ, Công chức và Tiền lương", "lập"),
        ("Phòng Hành chính, Quản trị và Tài vụ mua", "Phòng Hành chính, Quản trị và Tài vụ", "mua"),
        ("Thanh tra Sở đôn đốc, kiểm tra", "Thanh tra Sở", "đôn đốc, kiểm tra"),
        ("Thanh tra Bộ kiến nghị xử lý", "Thanh tra Bộ", "kiến nghị xử lý"),
        ("Thanh tra Sở Y tế thanh tra cơ sở", "Thanh tra Sở Y tế", "thanh tra cơ sở"),
        ("Thanh tra Sở, Văn phòng Sở theo dõi", "Thanh tra Sở | Văn phòng Sở", "theo dõi"),
        ("Giám đốc Sở giao việc", "Giám đốc Sở", "giao việc"),
        ("Bí thư các đảng ủy trực thuộc báo cáo", "Bí thư các đảng ủy trực thuộc", "báo cáo"),
        ("Trưởng các phòng, đơn vị thuộc Sở báo cáo", "Trưởng các phòng, đơn vị thuộc Sở", "báo cáo"),
        ("Thống đốc Ngân hàng Nhà nước Việt Nam điều hành", "Thống đốc Ngân hàng Nhà nước Việt Nam", "điều hành"),
        ("Lãnh đạo Sở phê duyệt", "Lãnh đạo Sở", "phê duyệt"),
        ("Giám đốc Sở Ngoại thương giao việc", "Giám đốc Sở Ngoại thương", "giao việc"),
    ]);
}

#[test]
fn one_group_of_the_front_and_its_kind() {
    check(&[
        (
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội vận động",
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
            "vận động",
        ),
        ("Mặt trận Tổ quốc và các đoàn thể giám sát", "Mặt trận Tổ quốc và các đoàn thể", "giám sát"),
        ("MTTQ và các đoàn thể chính trị - xã hội họp", "MTTQ và các đoàn thể chính trị - xã hội", "họp"),
        ("Mặt trận Tổ quốc và đoàn thể xã vận động", "Mặt trận Tổ quốc và đoàn thể xã", "vận động"),
        (
            "Sở Y tế, Mặt trận Tổ quốc và các đoàn thể, Công an xã lập",
            "Sở Y tế | Mặt trận Tổ quốc và các đoàn thể | Công an xã",
            "lập",
        ),
        // A committee is one body by itself.
        (
            "Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội vận động",
            "Ủy ban MTTQ Việt Nam tỉnh | các tổ chức chính trị - xã hội",
            "vận động",
        ),
        ("Mặt trận Tổ quốc, các đoàn thể họp", "Mặt trận Tổ quốc | các đoàn thể", "họp"),
        ("Mặt trận Tổ quốc và các sở, ngành họp", "Mặt trận Tổ quốc | các sở, ngành", "họp"),
        ("Hội Nông dân và các đoàn thể họp", "Hội Nông dân | các đoàn thể", "họp"),
        ("Mặt trận Tổ quốc; các đoàn thể họp", "Mặt trận Tổ quốc | các đoàn thể", "họp"),
    ]);
    let found = at("Mặt trận Tổ quốc và các đoàn thể", 0).expect("a body");
    assert!(found.bodies[0].is_group && found.bodies[0].kind == Kind::Front);
}

#[test]
fn people_and_builders_and_what_they_belong_to() {
    check(&[
        ("người dân vùng dự án bàn giao đất", "người dân vùng dự án", "bàn giao đất"),
        ("người dân vùng lũ di dời", "người dân vùng lũ", "di dời"),
        ("nhân dân vùng đồng bào dân tộc thiểu số trồng rừng", "nhân dân vùng đồng bào dân tộc thiểu số", "trồng rừng"),
        ("các hộ dân khu vực dự án nhận tiền", "các hộ dân khu vực dự án", "nhận tiền"),
        ("người dân vùng lên", "người dân", "vùng lên"),
        ("người dân trồng rừng", "người dân", "trồng rừng"),
        ("chủ đầu tư các dự án khu đô thị nộp tiền", "chủ đầu tư các dự án khu đô thị", "nộp tiền"),
        ("Chủ đầu tư các dự án nhà ở xã hội khởi công", "Chủ đầu tư các dự án nhà ở xã hội", "khởi công"),
        ("các chủ đầu tư dự án điện gió nộp hồ sơ", "các chủ đầu tư dự án điện gió", "nộp hồ sơ"),
        ("chủ đầu tư dự án nộp tiền", "chủ đầu tư dự án", "nộp tiền"),
        ("các chủ rừng tuần tra", "các chủ rừng", "tuần tra"),
        ("các nhà mạng phủ sóng", "các nhà mạng", "phủ sóng"),
        ("các nhà thầu tăng ca", "các nhà thầu", "tăng ca"),
        ("các hãng tàu mở tuyến", "các hãng tàu", "mở tuyến"),
        ("các hãng hàng không mở tuyến", "các hãng hàng không", "mở tuyến"),
        ("các hãng tàu, chủ hàng và doanh nghiệp kê khai", "các hãng tàu, chủ hàng và doanh nghiệp", "kê khai"),
        ("các nhà xe đăng ký bến", "các nhà xe", "đăng ký bến"),
        ("Các chủ tàu gắn thiết bị", "Các chủ tàu", "gắn thiết bị"),
        ("các chủ hồ chứa xả nước", "các chủ hồ chứa", "xả nước"),
        ("các hộ kinh doanh tại chợ trung tâm nộp phí", "các hộ kinh doanh tại chợ trung tâm", "nộp phí"),
        ("các doanh nghiệp trong khu công nghiệp quan trắc", "các doanh nghiệp trong khu công nghiệp", "quan trắc"),
        ("các đơn vị thuộc ngành y tế tiêm chủng", "các đơn vị thuộc ngành y tế", "tiêm chủng"),
        ("các sở, ngành trong quản lý đất đai", "các sở, ngành", "trong quản lý đất đai"),
        ("chủ rừng và hộ nhận khoán ký cam kết", "chủ rừng và hộ nhận khoán", "ký cam kết"),
        ("đơn vị quản lý, khai thác hồ chứa vận hành cống", "đơn vị quản lý, khai thác hồ chứa", "vận hành cống"),
        ("hộ kinh doanh kê khai thuế", "hộ kinh doanh", "kê khai thuế"),
        ("Hộ kinh doanh, hợp tác xã kê khai thuế", "Hộ kinh doanh, hợp tác xã", "kê khai thuế"),
        ("các thôn, bản, tổ dân phố họp", "các thôn, bản, tổ dân phố", "họp"),
        ("các thôn, bản, tiểu khu bầu trưởng thôn", "các thôn, bản, tiểu khu", "bầu trưởng thôn"),
        ("các thôn, xóm, ấp, khối phố họp", "các thôn, xóm, ấp, khối phố", "họp"),
    ]);
}

#[test]
fn offices_of_a_province_and_bodies_of_a_place() {
    check(&[
        ("Thống kê tỉnh Mẫu công bố số liệu", "Thống kê tỉnh Mẫu", "công bố số liệu"),
        ("Thuế tỉnh Mẫu hoàn thuế", "Thuế tỉnh Mẫu", "hoàn thuế"),
        ("Thuế Mẫu hoàn thuế", "Thuế Mẫu", "hoàn thuế"),
        ("Thuế cơ sở 3 thu nợ", "Thuế cơ sở 3", "thu nợ"),
        ("Hải quan Khu vực VI thông quan", "Hải quan Khu vực VI", "thông quan"),
        ("Thi hành án dân sự tỉnh Mẫu thi hành", "Thi hành án dân sự tỉnh Mẫu", "thi hành"),
        ("Báo và Phát thanh, Truyền hình tỉnh đưa tin", "Báo và Phát thanh, Truyền hình tỉnh", "đưa tin"),
        ("Báo và Phát thanh - Truyền hình tỉnh đưa tin", "Báo và Phát thanh - Truyền hình tỉnh", "đưa tin"),
        ("Báo và phát thanh, truyền hình Mẫu đưa tin", "Báo và phát thanh, truyền hình Mẫu", "đưa tin"),
        ("Báo Mẫu đưa tin", "Báo Mẫu", "đưa tin"),
        ("Trường Trung cấp nghề Mẫu tuyển sinh", "Trường Trung cấp nghề Mẫu", "tuyển sinh"),
        ("Trường Trung cấp Y tế tuyển sinh", "Trường Trung cấp Y tế", "tuyển sinh"),
        ("Trường Cao đẳng nghề Bản Mẫu tuyển sinh", "Trường Cao đẳng nghề Bản Mẫu", "tuyển sinh"),
        ("Trường Dạy nghề tỉnh dạy nghề", "Trường Dạy nghề tỉnh", "dạy nghề"),
        ("Trung tâm Dịch vụ việc làm tư vấn", "Trung tâm Dịch vụ việc làm", "tư vấn"),
        ("Trung tâm Dịch vụ việc làm tỉnh Mẫu tư vấn", "Trung tâm Dịch vụ việc làm tỉnh Mẫu", "tư vấn"),
        ("Đoàn Thanh niên tình nguyện", "Đoàn Thanh niên", "tình nguyện"),
        ("Đoàn thanh niên, Hội phụ nữ ra quân", "Đoàn thanh niên | Hội phụ nữ", "ra quân"),
        ("Đoàn Thanh niên xã Bản Mẫu ra quân", "Đoàn Thanh niên xã Bản Mẫu", "ra quân"),
        ("Ngân hàng Chính sách xã hội chi nhánh tỉnh cho vay", "Ngân hàng Chính sách xã hội chi nhánh tỉnh", "cho vay"),
        (
            "Ngân hàng Chính sách xã hội - Chi nhánh tỉnh Mẫu cho vay",
            "Ngân hàng Chính sách xã hội - Chi nhánh tỉnh Mẫu",
            "cho vay",
        ),
        ("Agribank chi nhánh Mẫu cho vay", "Agribank chi nhánh Mẫu", "cho vay"),
        ("Công ty Bảo Mẫu chi nhánh miền Bắc bồi thường", "Công ty Bảo Mẫu chi nhánh miền Bắc", "bồi thường"),
        ("Hợp tác xã Nông nghiệp Bản Mẫu trồng chè", "Hợp tác xã Nông nghiệp Bản Mẫu", "trồng chè"),
        ("Hợp tác xã Dịch vụ nông nghiệp Mẫu bơm nước", "Hợp tác xã Dịch vụ nông nghiệp Mẫu", "bơm nước"),
        ("HTX Chăn nuôi Suối Mẫu bán giống", "HTX Chăn nuôi Suối Mẫu", "bán giống"),
        ("Hợp tác xã nông nghiệp Bản Mẫu trồng chè", "Hợp tác xã nông nghiệp Bản Mẫu", "trồng chè"),
    ]);
}

#[test]
fn a_heading_is_a_body_with_a_colon_or_a_duty_behind_it() {
    for heading in [
        "Sở Y tế:",
        "Sở Y tế có trách nhiệm",
        "Sở Y tế có trách nhiệm:",
        "Các sở, ngành, UBND xã có trách nhiệm:",
        "Sở Nội vụ có nhiệm vụ:",
        "UBND các xã, phường chịu trách nhiệm:",
        "Thanh tra Sở (thường trực):",
    ] {
        assert!(is_body(heading), "{heading}");
    }
    for sentence in [
        "Sở Y tế có trách nhiệm lập kế hoạch",
        "Sở Y tế: lập kế hoạch",
        "Có trách nhiệm:",
        "Trách nhiệm:",
        "Giao Sở Y tế chủ trì",
        "Giao:",
    ] {
        assert!(!is_body(sentence), "{sentence}");
    }
}

#[test]
fn no_predicate_is_eaten_behind_any_of_these_names() {
    let names = [
        "Thanh tra Sở",
        "Giám đốc Sở",
        "các phòng, đơn vị thuộc Sở",
        "các đơn vị trực thuộc",
        "các đảng ủy trực thuộc Tỉnh ủy",
        "Tỉnh đoàn Mẫu",
        "Tỉnh ủy",
        "Bảo hiểm xã hội Việt Nam",
        "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
        "Phòng Nghiệp vụ 1",
        "Phòng Quản lý chuyên ngành",
        "Phòng Tổ chức, Biên chế và Công vụ",
        "người dân vùng dự án",
        "Mặt trận Tổ quốc và các đoàn thể",
        "Thuế tỉnh Mẫu",
        "Trường Trung cấp nghề Mẫu",
        "Trung tâm Dịch vụ việc làm",
        "Đoàn Thanh niên",
        "Ngân hàng Chính sách xã hội chi nhánh tỉnh",
        "các hãng tàu",
        "chủ đầu tư các dự án khu đô thị",
    ];
    let predicates = [
        "đôn đốc, kiểm tra",
        "thành lập tổ",
        "thường xuyên trực",
        "bàn giao",
        "rà soát các dự án",
        "số hóa hồ sơ",
        "gieo 20 ha",
        "vận động, hỗ trợ",
        "nêu gương",
        "ký kết và bán vé",
    ];
    for name in names {
        for predicate in predicates {
            let text = format!("{name} {predicate}");
            let found = at(&text, 0).map(|found| text[found.span].to_owned());
            assert_eq!(found.as_deref(), Some(name), "{text}");
        }
    }
}

#[test]
fn names_that_hold_names_without_end_are_read_in_bounded_depth() {
    for link in [
        "Mặt trận Tổ quốc và các đoàn thể thuộc ",
        "các đơn vị trực thuộc ",
        "Phòng Quản lý trực thuộc ",
        "Thanh tra Sở ",
        "Phòng Tổ chức, Biên chế, ",
        "Tỉnh đoàn Bản Mẫu ",
        "người dân vùng dự án trong vùng lũ ",
        "Công ty Mẫu - Chi nhánh ",
    ] {
        let text = link.repeat(4000);
        assert!(!scan(&text).is_empty(), "{link}");
        assert!(!split(&text).is_empty(), "{link}");
    }
}
