//! Where one name ends.

use super::*;

#[test]
fn a_predicate_of_any_words_is_not_eaten() {
    check(&[
        ("Sở Xây dựng thành lập hội đồng thẩm định.", "Sở Xây dựng", "thành lập hội đồng thẩm định."),
        ("Sở Y tế thường xuyên lấy mẫu", "Sở Y tế", "thường xuyên lấy mẫu"),
        ("Sở Tư pháp bàn giao trụ sở", "Sở Tư pháp", "bàn giao trụ sở"),
        ("Sở Xây dựng xây dựng kế hoạch", "Sở Xây dựng", "xây dựng kế hoạch"),
        ("Sở Giáo dục và Đào tạo đào tạo giáo viên", "Sở Giáo dục và Đào tạo", "đào tạo giáo viên"),
        ("Sở Khoa học và Công nghệ và phát triển", "Sở Khoa học và Công nghệ", "và phát triển"),
        ("Sở Nội vụ tập huấn văn thư", "Sở Nội vụ", "tập huấn văn thư"),
        ("Công an tỉnh giám sát địa bàn", "Công an tỉnh", "giám sát địa bàn"),
        ("Công an tỉnh đào tạo lái xe", "Công an tỉnh", "đào tạo lái xe"),
        ("Công an tỉnh, thường xuyên trực ban", "Công an tỉnh", ", thường xuyên trực ban"),
        ("Thanh tra tỉnh thanh tra việc mua sắm", "Thanh tra tỉnh", "thanh tra việc mua sắm"),
        ("Sở Tài chính công khai ngân sách", "Sở Tài chính", "công khai ngân sách"),
        ("Phòng Kinh tế số hóa hồ sơ", "Phòng Kinh tế", "số hóa hồ sơ"),
        ("Sở Công Thương công khai giá điện", "Sở Công Thương", "công khai giá điện"),
        ("Sở Tài chính chịu trách nhiệm toàn diện", "Sở Tài chính", "chịu trách nhiệm toàn diện"),
        ("Sở Du lịch nhanh chóng gỡ biển", "Sở Du lịch", "nhanh chóng gỡ biển"),
        ("Sở Nội vụ: tham mưu", "Sở Nội vụ", ": tham mưu"),
        ("UBND tỉnh quyết nghị", "UBND tỉnh", "quyết nghị"),
        ("UBND xã xã hội hóa nguồn lực", "UBND xã", "xã hội hóa nguồn lực"),
        ("UBND tỉnh Mẫu lồng ghép các nguồn vốn", "UBND tỉnh Mẫu", "lồng ghép các nguồn vốn"),
        ("Sở Ngoại vụ", "Sở Ngoại vụ", ""),
        ("Ban Dân vận vận động hội viên", "Ban Dân vận", "vận động hội viên"),
        ("VNPT Mẫu lắp đặt 20 trạm", "VNPT Mẫu", "lắp đặt 20 trạm"),
        ("Trung tâm Y tế truyền thông về dịch", "Trung tâm Y tế", "truyền thông về dịch"),
        ("Trung tâm Y tế phòng, chống dịch", "Trung tâm Y tế", "phòng, chống dịch"),
        ("Trung tâm Khuyến nông chuyển đổi số", "Trung tâm Khuyến nông", "chuyển đổi số"),
        ("Sở Y tế số hóa hồ sơ", "Sở Y tế", "số hóa hồ sơ"),
        ("Sở Y tế cùng triển khai", "Sở Y tế", "cùng triển khai"),
        ("Phòng Kinh tế tổng hợp", "Phòng Kinh tế", "tổng hợp"),
        ("Ban Chỉ đạo họp", "Ban Chỉ đạo", "họp"),
        ("Ban Chỉ đạo phòng, chống thiên tai trực", "Ban Chỉ đạo phòng, chống thiên tai", "trực"),
        ("Thuế tỉnh thu đúng, thu đủ", "Thuế tỉnh", "thu đúng, thu đủ"),
        ("Thống kê tỉnh thống kê hộ", "Thống kê tỉnh", "thống kê hộ"),
    ]);
}

#[test]
fn boards_centres_and_offices_with_lower_case_in_their_names() {
    check(&[
        ("Ban Quản lý dự án đầu tư xây dựng số 1 bù tiến độ", "Ban Quản lý dự án đầu tư xây dựng số 1", "bù tiến độ"),
        ("Ban Quản lý dự án đầu tư xây dựng quản lý chi phí", "Ban Quản lý dự án đầu tư xây dựng", "quản lý chi phí"),
        ("Ban Quản lý dự án giao thông thông xe cầu", "Ban Quản lý dự án giao thông", "thông xe cầu"),
        (
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh xây dựng tiến độ",
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh",
            "xây dựng tiến độ",
        ),
        ("Ban QLDA ĐTXD số 2 giải ngân", "Ban QLDA ĐTXD số 2", "giải ngân"),
        ("Ban Quản lý Khu kinh tế rà soát quy hoạch", "Ban Quản lý Khu kinh tế", "rà soát quy hoạch"),
        ("Trung tâm Phục vụ hành chính công tỉnh niêm yết", "Trung tâm Phục vụ hành chính công tỉnh", "niêm yết"),
        ("Trung tâm Kiểm soát bệnh tật kiểm soát dịch", "Trung tâm Kiểm soát bệnh tật", "kiểm soát dịch"),
        (
            "Trung tâm Giám sát, điều hành đô thị thông minh trực 24/7",
            "Trung tâm Giám sát, điều hành đô thị thông minh",
            "trực 24/7",
        ),
        ("Trung tâm Dịch vụ nông nghiệp cấp giống", "Trung tâm Dịch vụ nông nghiệp", "cấp giống"),
        (
            "Trung tâm Chuyển đổi số và Đổi mới sáng tạo kết nối",
            "Trung tâm Chuyển đổi số và Đổi mới sáng tạo",
            "kết nối",
        ),
        ("Quỹ Bảo vệ và phát triển rừng chi trả", "Quỹ Bảo vệ và phát triển rừng", "chi trả"),
        ("Chi cục Kiểm lâm tuần tra", "Chi cục Kiểm lâm", "tuần tra"),
        ("Chi cục Trồng trọt và Bảo vệ thực vật phun thuốc", "Chi cục Trồng trọt và Bảo vệ thực vật", "phun thuốc"),
        ("Ban Chỉ đạo chuyển đổi số tỉnh họp", "Ban Chỉ đạo chuyển đổi số tỉnh", "họp"),
        (
            "Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh giao ban",
            "Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh",
            "giao ban",
        ),
        ("Tổ công tác Đề án 06 rà soát", "Tổ công tác Đề án 06", "rà soát"),
        ("Trung tâm Bảo trợ xã hội hỗ trợ trẻ em", "Trung tâm Bảo trợ xã hội", "hỗ trợ trẻ em"),
        ("Tổ công tác liên ngành kiểm tra", "Tổ công tác liên ngành", "kiểm tra"),
        ("Trưởng Ban Chỉ đạo 35 xã chỉ đạo", "Trưởng Ban Chỉ đạo 35 xã", "chỉ đạo"),
        ("Bệnh viện Đa khoa tỉnh Mẫu mua sắm", "Bệnh viện Đa khoa tỉnh Mẫu", "mua sắm"),
        ("Tổ công nghệ số cộng đồng hỗ trợ bà con", "Tổ công nghệ số cộng đồng", "hỗ trợ bà con"),
        ("Văn phòng UBND tỉnh đôn đốc", "Văn phòng UBND tỉnh", "đôn đốc"),
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh phục vụ", "Văn phòng Đoàn ĐBQH và HĐND tỉnh", "phục vụ"),
        ("Văn phòng HĐND và UBND xã, Công an xã trực", "Văn phòng HĐND và UBND xã | Công an xã", "trực"),
        ("Văn phòng Điều phối nông thôn mới tỉnh tổng hợp", "Văn phòng Điều phối nông thôn mới tỉnh", "tổng hợp"),
        ("Phòng Văn hóa - Xã hội chủ trì", "Phòng Văn hóa - Xã hội", "chủ trì"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị cấp phép", "Phòng Kinh tế, Hạ tầng và Đô thị", "cấp phép"),
        ("Trường Chính trị tỉnh mở lớp", "Trường Chính trị tỉnh", "mở lớp"),
        ("Trạm Y tế xã tiêm chủng", "Trạm Y tế xã", "tiêm chủng"),
        ("Trung tâm Y tế Bản Mẫu tiêm chủng", "Trung tâm Y tế Bản Mẫu", "tiêm chủng"),
    ]);
}

#[test]
fn short_forms_spellings_and_old_names() {
    check(&[
        ("Sở KHCN chủ trì", "Sở KHCN", "chủ trì"),
        ("Sở KH&CN xây dựng", "Sở KH&CN", "xây dựng"),
        ("Sở NN&MT gieo trồng", "Sở NN&MT", "gieo trồng"),
        ("VP UBND tỉnh trình", "VP UBND tỉnh", "trình"),
        ("CA tỉnh trực", "CA tỉnh", "trực"),
        ("BCH QS tỉnh diễn tập", "BCH QS tỉnh", "diễn tập"),
        ("Bộ CHQS tỉnh, BCH BĐBP tỉnh phối hợp", "Bộ CHQS tỉnh | BCH BĐBP tỉnh", "phối hợp"),
        ("Sở Văn hoá, Thể thao và Du lịch quảng bá", "Sở Văn hoá, Thể thao và Du lịch", "quảng bá"),
        ("Uỷ ban nhân dân các xã chi trả", "Uỷ ban nhân dân các xã", "chi trả"),
        ("Sở Khoa Học Và Công Nghệ họp", "Sở Khoa Học Và Công Nghệ", "họp"),
        ("SỞ CÔNG THƯƠNG", "SỞ CÔNG THƯƠNG", ""),
        ("ỦY BAN NHÂN DÂN TỈNH MẪU", "ỦY BAN NHÂN DÂN TỈNH MẪU", ""),
        ("sở Tài chính cấp vốn", "sở Tài chính", "cấp vốn"),
        ("Sở Lao động - Thương binh và Xã hội chi trả", "Sở Lao động - Thương binh và Xã hội", "chi trả"),
        ("Sở Lao động–Thương binh và Xã hội", "Sở Lao động–Thương binh và Xã hội", ""),
        ("Sở Khoa học\nvà Công nghệ thẩm định", "Sở Khoa học và Công nghệ", "thẩm định"),
        ("Công an TP. Mẫu tuần tra", "Công an TP. Mẫu", "tuần tra"),
    ]);
}

#[test]
fn party_front_enterprises_courts() {
    check(&[
        ("Ban Tổ chức Tỉnh ủy thẩm định nhân sự", "Ban Tổ chức Tỉnh ủy", "thẩm định nhân sự"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy định hướng", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "định hướng"),
        ("Đảng ủy các xã, phường quán triệt", "Đảng ủy các xã, phường", "quán triệt"),
        ("Đảng ủy UBND tỉnh lãnh đạo", "Đảng ủy UBND tỉnh", "lãnh đạo"),
        ("Đảng ủy Công an tỉnh lãnh đạo", "Đảng ủy Công an tỉnh", "lãnh đạo"),
        ("UBKT Tỉnh ủy giám sát", "UBKT Tỉnh ủy", "giám sát"),
        ("Ban Thường vụ Tỉnh ủy khóa XX ban hành", "Ban Thường vụ Tỉnh ủy khóa XX", "ban hành"),
        ("Ban Bí thư Trung ương Đảng yêu cầu", "Ban Bí thư Trung ương Đảng", "yêu cầu"),
        (
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội vận động",
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
            "vận động",
        ),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "giám sát"),
        ("Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn ra quân", "Hội Liên hiệp Phụ nữ tỉnh | Tỉnh đoàn", "ra quân"),
        ("Viettel Mẫu, VNPT Mẫu phủ sóng", "Viettel Mẫu | VNPT Mẫu", "phủ sóng"),
        ("Tập đoàn Điện lực Việt Nam đầu tư", "Tập đoàn Điện lực Việt Nam", "đầu tư"),
        ("Công ty Điện lực Mẫu cấp điện", "Công ty Điện lực Mẫu", "cấp điện"),
        ("Công ty cổ phần Môi trường đô thị Mẫu thu gom", "Công ty cổ phần Môi trường đô thị Mẫu", "thu gom"),
        ("Công ty TNHH MTV Thủy lợi Mẫu nạo vét", "Công ty TNHH MTV Thủy lợi Mẫu", "nạo vét"),
        ("Điện lực Bản Mẫu cắt điện", "Điện lực Bản Mẫu", "cắt điện"),
        (
            "Ngân hàng Nhà nước Chi nhánh Khu vực 9 chỉ đạo các tổ chức tín dụng",
            "Ngân hàng Nhà nước Chi nhánh Khu vực 9",
            "chỉ đạo các tổ chức tín dụng",
        ),
        ("Kho bạc Nhà nước Khu vực XIV thanh toán", "Kho bạc Nhà nước Khu vực XIV", "thanh toán"),
        ("Bảo hiểm xã hội tỉnh chi trả", "Bảo hiểm xã hội tỉnh", "chi trả"),
        ("Tòa án nhân dân tỉnh xét xử lưu động", "Tòa án nhân dân tỉnh", "xét xử lưu động"),
        ("Báo và Phát thanh, Truyền hình Mẫu tuyên truyền", "Báo và Phát thanh, Truyền hình Mẫu", "tuyên truyền"),
    ]);
}

#[test]
fn what_begins_as_a_body_does_and_is_none() {
    for text in [
        "Ban hành kế hoạch",
        "Tổ chức thực hiện nghiêm túc",
        "Tổ chức hội nghị",
        "Báo cáo kết quả",
        "Phòng, chống thiên tai",
        "Hội nghị tổng kết",
        "Bộ chỉ số đánh giá",
        "Cơ sở dữ liệu đất đai",
        "Cơ sở hạ tầng",
        "Quỹ đất sạch",
        "Trường hợp có khó khăn",
        "Đơn vị chủ trì: Sở Y tế",
        "Đơn vị tính: triệu đồng",
        "Thanh tra việc chấp hành",
        "Thống kê số liệu",
        "Các vấn đề lớn đơn vị cần bàn",
        "Các nhiệm vụ trọng tâm",
        "Cuộc họp đã thống nhất",
        "Rà soát chợ dân sinh",
        "Đoàn kết nội bộ",
        "sở hữu trí tuệ",
        "ban hành quy chế",
        "Trưởng thành từ phong trào",
        "Chính phủ số",
        "Xã hội số",
        "BÁO CÁO",
        "BÁO CÁO KẾT QUẢ THỰC HIỆN",
        "BAN HÀNH KẾ HOẠCH",
        "TRƯỜNG HỢP KHẨN CẤP",
        "TỔ CHỨC THỰC HIỆN",
        "HỘI NGHỊ TỔNG KẾT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHÒNG, CHỐNG THIÊN TAI",
        "Thành phố thông minh",
        "",
        " ",
        "…",
        "100% hộ dân",
    ] {
        assert_eq!(at(text, 0).map(|found| joined(&found.bodies)), None, "{text}");
    }
}

#[test]
fn a_name_in_capitals_is_no_word_in_small_letters() {
    assert!(at("tu bổ nghĩa trang", 0).is_none() && at("Tu bổ nghĩa trang", 0).is_none());
    check(&[("TU chỉ đạo", "TU", "chỉ đạo")]);
}
