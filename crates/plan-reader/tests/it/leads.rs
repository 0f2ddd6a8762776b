//! Who leads is told by where an order stands: the nearest line that names a body, and the body that has others do something.

use plan_reader::{Plan, SURE, read};

fn directive(body: &str) -> Plan {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 07/CT-UBND\n\
         Tỉnh Mẫu, ngày 05 tháng 01 năm 2026\n\nCHỈ THỊ\nVề việc thử đọc năm 2026\n\n{body}\n"
    );
    read(text.as_bytes()).unwrap().plan
}

/// The leads of each task, with a mark of doubt where a person is asked.
fn leads(body: &str) -> Vec<String> {
    let shown = directive(body).tasks.into_iter().map(|task| {
        let doubt = if task.confidence < SURE { " ?" } else { "" };
        format!("{}{doubt}", task.lead.join(" | "))
    });
    shown.collect()
}

const ASKS: &str =
    "Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành, các chủ vườn thực hiện các nội dung sau:\n";

#[test]
fn the_nearest_line_that_names_bodies_tells() {
    for (body, want) in [
        ("1. Chủ tịch UBND các xã có hồ chứa\na) Đo lại mực nước từng hồ.", vec!["Chủ tịch UBND các xã có hồ chứa"]),
        (
            "1. Các Ban quản lý rừng tràm, rừng bần, các công ty lâm nghiệp\n- Đắp lại bờ bao quanh rừng.",
            vec!["Các Ban quản lý rừng tràm, rừng bần | các công ty lâm nghiệp ?"],
        ),
        ("1. Công an tỉnh\na) Chỉ đạo Phòng Hậu cần:\n- Lau lại xe chữa cháy hằng tuần.", vec!["Phòng Hậu cần"]),
        ("1. Riêng đối với Chủ tịch UBND các xã:\na) Đo lại mực nước từng hồ.", vec!["Chủ tịch UBND các xã"]),
        ("1. Giao Sở Nội vụ lãnh đạo, chỉ đạo:\na) Chép lại sổ cũ của các trạm.", vec!["Sở Nội vụ"]),
        (
            "1. Về vườn ươm\nUBND tỉnh thống nhất chủ trương; yêu cầu Sở Nội vụ tập trung làm tốt một số việc sau:\n\
             1.1. Chép lại sổ cũ của các trạm.",
            vec!["Sở Nội vụ"],
        ),
        // The last part of a line that opens a list, behind what is said first.
        (
            "1. Về vườn ươm\nĐồng chí Chủ tịch nhất trí với đề xuất của xã; đồng thời, yêu cầu Sở Nội vụ làm tốt một số việc sau:\n\
             1.1. Chép lại sổ cũ của các trạm.",
            vec!["Sở Nội vụ"],
        ),
        // A line stands between: likely, and asked.
        ("1. Sở Y tế\na) Về trạm y tế\n- Quét vôi lại các phòng khám.", vec!["Sở Y tế ?"]),
        ("1. Sở Y tế\na) Đối với khu vực miền núi:\n- Quét vôi lại các phòng khám.", vec!["Sở Y tế ?"]),
    ] {
        assert_eq!(leads(&format!("{ASKS}{body}")), want, "{body}");
    }
}

#[test]
fn who_has_others_do_something_is_told_itself() {
    for (body, want) in [
        ("1. Sở Y tế chỉ đạo các bệnh viện quét vôi lại phòng khám.", vec!["Sở Y tế"]),
        ("1. Sở Y tế\n- Chỉ đạo các bệnh viện quét vôi lại phòng khám.", vec!["Sở Y tế"]),
        ("1. Sở Y tế\n- Đôn đốc các doanh nghiệp dược gửi mẫu thuốc.", vec!["Sở Y tế"]),
        ("1. Sở Y tế\n- Phân công các bệnh viện trực trong dịp lễ.", vec!["Sở Y tế"]),
        ("1. Sở Y tế\n- Bố trí đủ giường; tuyệt đối không yêu cầu người dân nộp thêm giấy.", vec!["Sở Y tế"]),
        ("1. Đảng ủy UBND tỉnh\n1.1. Lãnh đạo UBND tỉnh quét vôi lại các trạm.", vec!["Đảng ủy UBND tỉnh"]),
        ("1. Giao Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh quét vôi lại các trạm.", vec!["Đảng ủy UBND tỉnh"]),
        ("1. Sở Y tế đo lại giếng; yêu cầu Công an tỉnh đậy nắp lại.", vec!["Sở Y tế", "Công an tỉnh ?"]),
        ("1. Về cầu treo ở bản: Sở Xây dựng đôn đốc các nhà thầu làm bù.", vec!["Sở Xây dựng ?"]),
        ("1. Về cầu treo ở bản: Sở Xây dựng bàn giao hồ sơ.", vec!["Sở Xây dựng ?"]),
        ("1. Đảng ủy UBND tỉnh\n- Chỉ đạo Sở Y tế chủ trì quét vôi lại các trạm.", vec!["Đảng ủy UBND tỉnh"]),
        ("1. Sở Y tế\n- Bố trí đủ giường; phân công các trạm trực đêm.", vec!["Sở Y tế"]),
        ("1. Sở Y tế đo giếng. Phân công Công an tỉnh cắm biển.", vec!["Sở Y tế", "Công an tỉnh"]),
        // Who gives an order out is not told it.
        ("1. UBND tỉnh giao Sở Y tế đo giếng.", vec!["Sở Y tế"]),
        ("1. Chủ tịch UBND tỉnh chỉ đạo Sở Y tế đo giếng.", vec!["Sở Y tế ?"]),
        ("1. Sở Y tế\n- Giao Trung tâm Kiểm soát bệnh tật tỉnh đo giếng.", vec!["Trung tâm Kiểm soát bệnh tật tỉnh"]),
        ("1. Đối với Bảo hiểm xã hội tỉnh, đề nghị chia sẻ sổ khám.", vec!["Bảo hiểm xã hội tỉnh ?"]),
    ] {
        assert_eq!(leads(&format!("{ASKS}{body}")), want, "{body}");
    }
}

#[test]
fn a_sentence_that_names_nobody_goes_on_with_the_one_before() {
    let text = "1. Sở Y tế đo lại các giếng. Quét vôi lại các phòng khám.\n\
                2. Đảng ủy UBND tỉnh\n- Giao Sở Tài chính đếm tài sản. Đề xuất phương án bán nhà cũ.";
    assert_eq!(leads(&format!("{ASKS}{text}")), ["Sở Y tế", "Sở Y tế", "Sở Tài chính", "Sở Tài chính"]);
    let asked = "Chủ tịch UBND tỉnh yêu cầu:\n1. Đo lại các giếng. Giao Sở Y tế chủ trì quét vôi phòng khám.";
    assert_eq!(leads(asked), ["Sở Y tế ?", "Sở Y tế"]);
    let work = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Đo nước ở các hồ trước ngày 30/6/2026. Hướng dẫn các xã rửa bể.";
    assert_eq!(leads(work), ["Sở Y tế", "Sở Y tế ?"]);
}

#[test]
fn to_whom_a_telegram_goes_is_told_nothing_by_that() {
    let body = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU điện:\n- Giám đốc các sở;\n- Chỉ huy trưởng: Bộ Chỉ huy Quân sự tỉnh;\n\
                - Giám đốc các công ty thủy lợi.\n\nTâm bão ở cách bờ biển nước ta khoảng 590 km về phía Đông, di chuyển \
                nhanh và mạnh lên từng giờ, phạm vi ảnh hưởng rất rộng đến các tỉnh trong vùng.\n\
                Chủ tịch UBND tỉnh yêu cầu:\n1. Sở Y tế dự trữ thuốc sát trùng.";
    assert_eq!(leads(body), ["Sở Y tế"]);
}

#[test]
fn who_has_which_places_is_no_work_by_itself() {
    let body = "Chủ tịch UBND tỉnh yêu cầu:\n1. Phân công các đồng chí Phó Chủ tịch UBND tỉnh kiểm tra như sau:\n\
                - Đồng chí Ví Dụ Một: các xã, phường;\n- Đồng chí Ví Dụ Hai: các xã.\n2. Giao Sở Y tế đo giếng.";
    assert_eq!(leads(body), ["Sở Y tế"]);
}

#[test]
fn how_bodies_of_a_label_are_asked_is_no_name() {
    let body =
        "I. NHIỆM VỤ\n1. Đo lại các giếng.\n- Đơn vị chủ trì: Đề nghị Hội Nông dân tỉnh.\n- Thời gian: Năm 2026.";
    assert_eq!(leads(body), ["Hội Nông dân tỉnh"]);
}

#[test]
fn a_name_that_nobody_knows_to_its_end_is_asked_about() {
    let body = "Chủ tịch UBND tỉnh yêu cầu:\n1. Hiệu trưởng các trường Mầm Xanh chuẩn bị hồ sơ.\n\
                2. Sở Y tế, theo chức năng được giao, đo lại các giếng.";
    assert_eq!(leads(body), ["Hiệu trưởng các trường ?", "Sở Y tế"]);
}
