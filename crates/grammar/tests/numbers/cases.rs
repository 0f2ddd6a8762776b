use super::show;

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, right)| {
            let read = grammar::number::scan(text).iter().map(show::figure).collect::<Vec<_>>().join(" | ");
            (read != *right).then(|| format!("{text}\n  right {right}\n  read  {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn how_numbers_are_written() {
    check(&[
        ("trồng mới trên 2.000 ha", ">2000 ha"),
        ("có ít nhất 1.250 doanh nghiệp công nghệ số", "≥1250 doanh nghiệp"),
        ("tăng 2,5%", "2.5 %"),
        ("đạt 1.250,75 tỷ đồng", "=1250.75 tỷ đồng"),
        ("đón 1,5 triệu lượt khách", "1.5 triệu lượt khách"),
        ("tổng vốn 12.345 tỷ đồng", "12345 tỷ đồng"),
        ("thu ngân sách 12.345 tỷ", "12345 tỷ"),
        ("Chỉ số DTI đạt 0,75 trở lên", "≥0.75"),
        ("khoảng 2.000.000 người", "~2000000 người"),
        ("85,5 % người dân", "85.5 %"),
        ("đạt 2.5% mỗi năm", "=2.5 % !Point"),
        ("khoảng 1,250 doanh nghiệp", "~1.25 doanh nghiệp !Comma"),
        ("2,000,000 lượt", "2000000 lượt !English"),
        ("1,250.75 ha", "1250.75 ha !English"),
        ("2\u{a0}000\u{a0}000 người", "2000000 người"),
        ("05 xã", "5 xã"),
        ("công suất 100MW", "100 MW"),
        ("diện tích 80ha", "80 ha"),
        ("đường dài 12,5km", "12.5 km"),
        ("diện tích sàn 30 m2", "30 m2"),
        ("thể tích 1.500 m³", "1500 m³"),
        ("500 nghìn tỷ đồng", "500 nghìn tỷ đồng"),
        ("thu nhập 120 triệu đồng/người/năm", "120 triệu đồng/người/năm"),
        ("35 giường bệnh/10.000 dân", "35 giường bệnh/10.000 dân"),
        ("12 bác sĩ trên 10.000 dân", "12 bác sĩ trên 10.000 dân"),
        ("tăng trưởng 10%/năm", "10 %/năm"),
        ("tăng 1,2 điểm phần trăm", "1.2 điểm phần trăm"),
        ("100% cơ quan", "100 %"),
        ("100 % cơ quan", "100 %"),
        ("ít nhất một mô hình", "≥1 mô hình"),
        ("tối thiểu ba sản phẩm", "≥3 sản phẩm"),
        ("hai mươi lăm xã", "25 xã"),
        ("gấp 2 lần", "2 lần"),
        ("xuống còn 03 ngày", "3 ngày"),
        ("cấp 5.000 thẻ, 500 suất quà", "5000 thẻ | 500 suất quà"),
        ("thuộc nhóm 10 địa phương dẫn đầu", "10 địa phương"),
        ("tối thiểu 01 đồng chí", "≥1 đồng chí"),
        ("1 bác sĩ/1.000 dân", "1 bác sĩ/1.000 dân"),
        ("giá trị 1.000.000 đồng/m2", "1000000 đồng/m2"),
        ("dân số 1,3 triệu người", "1.3 triệu người"),
        ("sản phẩm OCOP 3 sao", "3 sao"),
        ("phí 5.000đ", "5000 đ"),
        ("tăng +5%", "5 %"),
        ("1. 05 xã đạt chuẩn", "5 xã"),
        ("2. 100% hồ sơ", "100 %"),
        ("không vượt quá 0,5‰", "≤0.5 ‰"),
        ("trên 90 phần trăm", ">90 phần trăm"),
        ("1,2 triệu tấn; năng suất 62 tạ/ha", "1.2 triệu tấn | 62 tạ/ha"),
        ("đường dây 220kV dài 45,6 km", "220 kV | 45.6 km"),
        ("Kinh phí: 5.000.000.000 đồng (Năm tỷ đồng)", "5000000000 đồng"),
        ("- 01 Trung tâm dữ liệu.", "1 Trung tâm"),
    ]);
}

#[test]
fn how_they_are_compared() {
    check(&[
        ("tối thiểu 70% hệ thống", "≥70 %"),
        ("tối thiểu đạt 70%", "≥70 %"),
        ("đạt tối thiểu 70%", "≥70 %"),
        ("đạt trên 80%", ">80 %"),
        ("không dưới 95%", "≥95 %"),
        ("không thấp hơn 95%", "≥95 %"),
        ("hơn 300 hồ sơ", ">300 hồ sơ"),
        ("cao hơn 5%", ">5 %"),
        ("không quá 3%", "≤3 %"),
        ("tối đa 05 thủ tục", "≤5 thủ tục"),
        ("dưới 1,5%", "<1.5 %"),
        ("thấp hơn 2%", "<2 %"),
        ("khoảng 40%", "~40 %"),
        ("từ 80% trở lên", "≥80 %"),
        ("80% số xã trở lên", "≥80 %"),
        ("từ 3% trở xuống", "≤3 %"),
        ("≥ 95%", "≥95 %"),
        (">= 95%", "≥95 %"),
        ("<5%", "<5 %"),
        ("vượt 10%", ">10 %"),
        ("tối thiểu từ 80%", "≥80 %"),
        ("không để quá 5%", "≤5 %"),
        ("đạt ≥ 80%", "≥80 %"),
        ("tối thiểu là 80%", "≥80 %"),
        ("từ 80 đến dưới 90%", "80..90 %"),
        ("bằng 100%", "=100 %"),
        ("Trên 50% người dân", ">50 %"),
    ]);
}

#[test]
fn ranges_parts_and_levels() {
    check(&[
        ("đạt 60-70%", "=60..70 %"),
        ("đạt từ 80% đến 90%", "=80..90 %"),
        ("từ 60 đến 70 %", "60..70 %"),
        ("khoảng 40 - 50 tổ chức", "~40..50 tổ chức"),
        ("từ 1,5 triệu đến 2 triệu lượt", "1.5..2 triệu lượt"),
        ("10.000 tỷ - 12.000 tỷ đồng", "10000..12000 tỷ đồng"),
        ("Khoảng 15-20 nghìn lượt khách", "~15..20 nghìn lượt khách"),
        ("tăng bình quân 10 - 10,5%/năm", "10..10.5 %/năm"),
        ("Trên 2/3 số thôn có nhà văn hóa", ">2/3 thôn"),
        ("dịch vụ công mức độ 3, 4", "3 <mức độ> | 4 <mức độ>"),
        ("DTI trong top 15", "15 <top>"),
        ("có 12/15 xã đạt chuẩn (80%), phấn đấu 15/15 xã", "12/15 xã | 80 % | 15/15 xã*"),
        ("từ 10 đến 15 doanh nghiệp", "10..15 doanh nghiệp"),
        ("tăng từ 60% lên 80%", "80 % ^60"),
        ("giảm từ 5% xuống còn 3%", "3 % ^5"),
        ("tăng từ 60% năm 2025 lên 80% năm 2030", "80 % ^60 @2030"),
        ("02/03 xã đạt chuẩn", "2/3 xã"),
        ("đã có 12/15 thôn", "12/15 thôn"),
        ("đạt cấp độ 3", "≥3 <cấp độ>"),
        ("đạt cấp độ 4 và phấn đấu đạt cấp độ 5", "≥4 <cấp độ> | ≥5 <cấp độ>*"),
        ("đạt chuẩn tối thiểu Tier 3", "≥3 <Tier>"),
        ("xếp hạng 15", "15 <hạng>"),
        ("trong nhóm 10 tỉnh", "10 tỉnh"),
        ("phấn đấu đạt 90%", "=90 %*"),
        ("đạt 80%, phấn đấu 90%", "=80 % | 90 %*"),
        ("mức 5 triệu đồng", "5 triệu đồng"),
        ("lỗ từ 90-80%", "90..80 % !Reversed"),
    ]);
}

#[test]
fn several_in_one_sentence() {
    check(&[
        (
            "Hình thành mới 05 khu công nghiệp, nâng tổng số lên 12 khu; tỷ lệ lấp đầy đạt trên 80%.",
            "5 khu công nghiệp | 12 khu | >80 %",
        ),
        (
            "Năm 2026 đạt 60%, năm 2028 đạt 80%, năm 2030 đạt 100% hồ sơ trực tuyến.",
            "=60 % @2026 | =80 % @2028 | =100 % @2030",
        ),
        ("60 % năm 2026, 80 % năm 2028, 100 % năm 2030", "60 % @2026 | 80 % @2028 | 100 % @2030"),
        ("đạt 60%, 80% và 100% tương ứng các năm 2026, 2027 và 2028", "=60 % @2026 | 80 % @2027 | 100 % @2028"),
        ("Các năm 2026, 2028, 2030 lần lượt đạt 60%, 80%, 100%.", "=60 % @2026 | 80 % @2028 | 100 % @2030"),
        ("Đến năm 2030, tỷ lệ A đạt 80%, tỷ lệ B đạt 90%.", "=80 % @2030 | =90 % @2030"),
        ("100% cơ quan nhà nước; 70% doanh nghiệp tư nhân và trên 50% người dân", "100 % | 70 % | >50 %"),
        ("100% cơ quan sử dụng ít nhất 01 ứng dụng", "100 % | ≥1 ứng dụng"),
        ("45/50 xã (đạt 90%)", "45/50 xã | =90 %"),
        ("Đạt 70% (2026), 85% (2028), 100% (2030).", "=70 % @2026 | 85 % @2028 | 100 % @2030"),
        ("60%, 70%, 80% lần lượt vào các năm 2026, 2027, 2028", "60 % @2026 | 70 % @2027 | 80 % @2028"),
        ("năm 2026: 60%; năm 2027: 70%.", "60 % @2026 | 70 % @2027"),
        ("Đến năm 2027: 80% và đến năm 2030: 100%.", "80 % @2027 | 100 % @2030"),
        ("Từ 60% năm 2025 lên 80% năm 2026 và 100% năm 2030.", "80 % ^60 @2026 | 100 % @2030"),
        ("Thu năm 2026 đạt trên 30.000 tỷ đồng. Chi 500 tỷ đồng.", ">30000 tỷ đồng @2026 | 500 tỷ đồng"),
        ("Tỷ lệ hộ nghèo giảm 1 - 1,5%/năm, còn dưới 2% vào năm 2030.", "1..1.5 %/năm | <2 % @2030"),
        ("Tổng số nhân lực: 250 người, trong đó nữ 120 người", "250 người | 120 người"),
    ]);
}

#[test]
fn what_is_no_figure() {
    check(&[
        ("1. Sở Mẫu chủ trì", ""),
        ("2) Rà soát", ""),
        ("1.1. Phát triển hạ tầng", ""),
        ("2.1 Phát triển hạ tầng", ""),
        ("3.2.1. Phát triển hạ tầng", ""),
        ("(1) Cán bộ; (2) Người dân", ""),
        ("theo Điều 5 và khoản 2 Điều 7", ""),
        ("Kế hoạch số 22/KH-UBND ngày 05/8/2025", ""),
        ("Nghị quyết số 57-NQ/TW", ""),
        ("Quyết định số 12/2026/QĐ-TTg", ""),
        ("Nghị quyết 57", ""),
        ("Đề án 06", ""),
        ("năm 2026", ""),
        ("giai đoạn 2026 - 2030", ""),
        ("trước ngày 30/6/2026", ""),
        ("trong 06 tháng", ""),
        ("06 tháng đầu năm", ""),
        ("trực 24/7", ""),
        ("Công nghiệp 4.0", ""),
        ("mạng 5G và 4K", ""),
        ("chứng nhận ISO 9001:2015", ""),
        ("TCVN 11930:2017", ""),
        ("điện thoại 0255.3822.456", ""),
        ("số điện thoại: 0912345678", ""),
        ("hotline 1022", ""),
        ("Quốc lộ 1 và Quốc lộ 24B", ""),
        ("dịch COVID-19", ""),
        ("địa chỉ IPv6", ""),
        ("Ban Quản lý dự án đầu tư xây dựng số 1", ""),
        ("kỳ họp thứ 10", ""),
        ("Phụ lục 2", ""),
        ("Windows 10", ""),
        ("lúc 8 giờ 30 phút", ""),
        ("tầm nhìn 2050", ""),
        ("định kỳ 02 lần/năm", ""),
        ("một số nhiệm vụ, một phần", ""),
        ("tháng hai, thứ ba, quý bốn", ""),
        ("Luật số 31/2024/QH15", ""),
        ("mục 3 phần II", ""),
        ("kỷ niệm 80 năm Quốc khánh 2/9", ""),
        ("lễ 30/4 - 01/5", ""),
        ("Ban Chỉ đạo 35", ""),
        ("giờ hành chính 8/5", ""),
        ("email a1@mau.gov.vn", ""),
        ("1\tXây dựng cổng dữ liệu\t80", ""),
        ("6 Tỷ lệ hồ sơ trực tuyến", ""),
        ("chủ đầu tư dự án", ""),
        ("ghi trên một dòng riêng", ""),
        ("không đơn vị nào", ""),
        ("Tỉnh Mẫu, ngày 05 tháng 01 năm 2026", ""),
    ]);
}
