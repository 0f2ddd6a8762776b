use super::show;

#[test]
fn a_deadline_is_found_by_its_place() {
    let cases = [
        (
            "Hoàn thiện thủ tục 10 cụm công nghiệp theo Nghị định số 32/2024/NĐ-CP; hoàn thành trước ngày 31/12/2026.",
            "<2026-12-31",
        ),
        ("Thực hiện nhiệm vụ quy định tại Điều 7 Luật Đất đai năm 2024.", ""),
        ("Rà soát Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050.", ""),
        (
            "Tham mưu ban hành kế hoạch theo Quyết định số 5/QĐ-TTg ngày 01/02/2026; hoàn thành trước ngày 30/11/2026.",
            "<2026-11-30",
        ),
        ("đã tổ chức kiểm tra ngày 07/4/2026.", ""),
        ("Báo cáo kết quả trước ngày 15/5/2026, hoàn thành toàn bộ trước ngày 30/6/2026.", "<2026-06-30"),
        ("Hoàn thành trước ngày 30/6/2026; báo cáo UBND tỉnh trước ngày 05/7/2026.", "<2026-06-30"),
        ("Trình UBND tỉnh trong quý III năm 2026.", "@2026q3"),
        ("Trình UBND tỉnh quý III/2026.", "2026q3"),
        ("Xây dựng Kế hoạch chuyển đổi số năm 2026, trình trước 15/3/2026.", "<2026-03-15"),
        ("Xây dựng Kế hoạch chuyển đổi số năm 2027.", ""),
        ("Thời gian thực hiện: Năm 2026", "2026"),
        ("Thời gian: Quý II/2026.", "2026q2"),
        ("Thường xuyên kiểm tra an toàn thực phẩm.", ""),
        ("Thường xuyên hàng năm", "always"),
        ("Thời gian thực hiện: Thường xuyên.", "always"),
        ("Báo cáo trước ngày 18 hằng tháng.", "<each Month d18"),
        ("định kỳ hằng năm (trước ngày 10/12) báo cáo UBND tỉnh", "<each Year m12 d10"),
        ("Kết nối với Trung tâm dữ liệu quốc gia (khi có yêu cầu).", ""),
        ("Sau khi Bộ Mẫu ban hành hướng dẫn", "≥event Bộ Mẫu ban hành hướng dẫn"),
        ("Đến năm 2030, tỷ lệ xã đạt chuẩn là 80%.", "≤2030"),
        ("Năm 2026-2030", "2026..2030"),
        ("2025", "2025"),
        ("Trả lời trong 15 ngày kể từ ngày nhận được văn bản.", "@15 Day from ngày nhận được văn bản"),
        ("Công bố số liệu tính đến ngày 30/9/2026 trước ngày 10/10/2026.", "<2026-10-10"),
        ("Triển khai Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị.", ""),
        ("Giảm 10% so với năm 2025.", ""),
        ("Tổ chức hội nghị vào ngày 20/6/2026.", "@2026-06-20"),
        ("Duy trì trực 24/7.", ""),
        ("Trình HĐND tỉnh tại kỳ họp thường lệ giữa năm 2026", "2026 middle"),
        ("Ngày 20 tháng 4 năm 2026, Chủ tịch UBND tỉnh đã chủ trì họp.", ""),
        ("Hoàn thành Đề án đến năm 2027.", "≤2027"),
        ("Báo cáo kết quả thực hiện năm 2026 trước ngày 15/12/2026", "<2026-12-15"),
        ("Xây dựng dự toán ngân sách năm 2027, gửi Sở Tài chính trước ngày 20/7/2026", "<2026-07-20"),
        ("Quyết toán vốn năm 2025 trong quý I/2026", "@2026q1"),
        ("Năm 2026 (Quý II)", "2026q2"),
        ("trong vòng 3 tháng kể từ khi Kế hoạch được ban hành", "@3 Month from Kế hoạch được ban hành"),
        ("Trong 02 năm (2026 - 2027)", "2026..2027"),
        ("Đánh giá an toàn thông tin trước khi đưa vào vận hành.", ""),
        ("Hoàn thành trước khi khai giảng năm học mới.", "<event khai giảng năm học mới"),
        ("Trình Đề án trước kỳ họp giữa năm.", "<event kỳ họp giữa năm"),
        ("31/6/2026", "2026-06-31 !Impossible"),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(clause, right)| {
            let read = grammar::time::deadline(clause).as_ref().map(show::found).unwrap_or_default();
            (read != *right).then(|| format!("{clause}\n  right {right}\n  read  {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words that are the deadline, as they are written.
#[test]
fn a_clause_has_the_words_of_its_own_deadline() {
    for (clause, right) in [
        ("Sửa đập trong suốt mùa khô.", "trong suốt mùa khô"),
        ("Kiểm soát giết mổ trước, trong và sau Tết.", "trước, trong và sau Tết"),
        ("Mở các lớp dạy bơi dịp hè;", "dịp hè"),
        ("Phát tin trước và trong hè.", "trước và trong hè"),
        (
            "Tạm dừng đốt nương trong thời gian dự báo cháy từ cấp III trở lên;",
            "trong thời gian dự báo cháy từ cấp III trở lên",
        ),
        ("Trả lời doanh nghiệp trong tuần 25.", "trong tuần 25"),
        ("Trình ngay trong tuần này; hằng tuần tổng hợp, báo cáo UBND tỉnh.", "ngay trong tuần này"),
        ("Họp gỡ vướng mắc trong tuần.", "trong tuần"),
        ("Thông báo cho vùng hạ du trước khi xả ít nhất 06 giờ.", "trước khi xả ít nhất 06 giờ"),
        ("Gửi tài liệu trước hội nghị ít nhất 05 ngày làm việc.", "trước hội nghị ít nhất 05 ngày làm việc"),
        ("Di dời người dân trước khi có mưa lớn.", "trước khi có mưa lớn"),
        ("Cung cấp bản tin 03 giờ/lần cho các xã.", "03 giờ/lần"),
        ("Phát trên loa tối thiểu 03 buổi/tuần.", "03 buổi/tuần"),
        ("Trình Ban Chấp hành tại Hội nghị tháng 3/2026.", "tháng 3/2026"),
        ("Gửi kế hoạch trước ngày 10/3/2026; báo cáo kết quả trước ngày 20/6/2026.", "trước ngày 10/3/2026"),
        ("Cân đối kinh phí; báo cáo kết quả trước ngày 25 hằng tháng.", ""),
        ("Theo dõi tiến độ; định kỳ hằng tháng báo cáo UBND tỉnh.", "định kỳ hằng tháng"),
        (
            "Lập biểu đồ, gửi trước ngày 20/5/2026; điều chuyển vốn của dự án đến hết tháng 6 giải ngân dưới 40%.",
            "trước ngày 20/5/2026",
        ),
        ("Chấm dứt hợp đồng nếu đến 20/6 không huy động đủ máy.", ""),
        ("Chia sẻ dữ liệu đo trong 03 năm gần nhất để lập bản đồ.", ""),
        ("Lập kế hoạch chi tiết theo từng tháng, từng quý của từng dự án.", ""),
        ("Rút ngắn thời gian thanh toán xuống còn không quá 02 ngày làm việc.", ""),
        ("Thu rác hằng ngày đối với khu vực chợ.", ""),
        ("Bố trí tối thiểu 3% tổng chi ngân sách hằng năm.", ""),
        ("Đánh giá mức độ hoàn thành nhiệm vụ năm 2026 của người đứng đầu.", ""),
        ("Phục vụ bầu cử đại biểu các cấp nhiệm kỳ 2026 - 2031.", ""),
    ] {
        let read = grammar::time::deadline(clause).and_then(|found| clause.get(found.span)).unwrap_or_default();
        assert_eq!(read.trim(), right, "{clause}");
    }
}
