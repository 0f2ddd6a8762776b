//! Goals, work without a body, and whose time is whose.

use plan_reader::{Plan, ProblemKind, read};

fn paper(kind: &str, body: &str) -> Plan {
    let head = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2026\n\n";
    read(format!("{head}{kind}\nThử\n{body}\n").as_bytes()).unwrap().plan
}

fn values(plan: &Plan) -> Vec<f64> {
    plan.targets.iter().map(|target| target.value).collect()
}

/// Beginning, lead and time of each task.
fn told(plan: &Plan) -> Vec<(&str, String, &str)> {
    plan.tasks
        .iter()
        .map(|task| (task.text.split(' ').next().unwrap_or_default(), task.lead.join("; "), task.time.raw.as_str()))
        .collect()
}

#[test]
fn goals_stand_under_their_own_title_or_in_prose() {
    for (body, wanted) in [
        (
            "I- QUAN ĐIỂM, MỤC TIÊU\n1. Quan điểm\n- Giữ nước.\n2. Mục tiêu đến năm 2030\n- Trồng 12 triệu cây, trong đó cây gỗ đạt 1,5 triệu cây; thời gian tưới bình quân 2,2 ngày.",
            vec![12.0, 1.5, 2.2],
        ),
        (
            "PHẦN THỨ HAI\nMỤC TIÊU\n1. Đến năm 2030\n- Có ít nhất 40 bể chứa, trong đó 10 bể đạt chuẩn 4 sao trở lên.\n- Tỷ lệ người từ 15 tuổi trở lên biết bơi đạt 90%.",
            vec![40.0, 10.0, 90.0],
        ),
        (
            "I. MỤC ĐÍCH, YÊU CẦU\n1. Giữ nước cho dân.\n2. Phấn đấu trên 98% hộ dân; trên 85% trường học có nước sạch.",
            vec![98.0, 85.0],
        ),
        (
            "Để giữ nước, phấn đấu lấp 100% giếng cũ năm 2026, trong đó đến hết tháng 9/2026 đạt tối thiểu 60%, UBND tỉnh yêu cầu:\n1. Sở Y tế đo nước.",
            vec![100.0, 60.0],
        ),
    ] {
        assert_eq!(values(&paper("CHỈ THỊ", body)), wanted, "{body}");
    }
}

#[test]
fn who_does_something_in_a_chapter_of_goals_has_work() {
    let plan = paper(
        "CHƯƠNG TRÌNH",
        "I. MỘT SỐ CHỈ TIÊU\n1. Nước sạch\n- Cắt giảm tối thiểu 5% nước thất thoát.\n- Kho nước khu vực có trách nhiệm trả lời trong thời hạn không quá 03 ngày.\n- Sở Công Thương: Chủ trì thay cống cũ; phấn đấu giảm thất thoát còn 4,6%.",
    );
    assert_eq!(values(&plan)[0].total_cmp(&5.0), std::cmp::Ordering::Equal);
    let task = plan.tasks.iter().find(|task| task.lead == ["Sở Công Thương"]).unwrap();
    assert!(task.embedded_targets.iter().any(|target| (target.value - 4.6).abs() < 1e-9), "{task:?}");
}

/// "unplaced" is for what nobody can say what it is.
#[test]
fn work_that_names_nobody_is_work_with_a_doubt() {
    let plan = paper(
        "NGHỊ QUYẾT",
        "I. NHIỆM VỤ, GIẢI PHÁP\n1. Nâng cao nhận thức về nước sạch\nĐổi mới cách tuyên truyền ở các thôn. Nạo vét toàn tuyến kênh tiêu trước ngày 30/6/2026.\n2. Tăng cường quản lý nước sạch\n- Công tác đo nước giao theo từng thôn.\n- Thu hồi các giếng bỏ hoang ở ven sông.\nII. TỔ CHỨC THỰC HIỆN\n1- Đảng ủy xã tổ chức học tập Nghị quyết, xong trước ngày 15/6/2026.",
    );
    let wanted = [
        ("Đổi", String::new(), ""),
        ("Nạo", String::new(), "trước ngày 30/6/2026"),
        ("Thu", String::new(), ""),
        ("Đảng", "Đảng ủy xã".to_owned(), "trước ngày 15/6/2026"),
    ];
    assert_eq!(told(&plan), wanted);
    assert!(plan.tasks.iter().take(3).all(|task| task.confidence == 60));
    assert_eq!(plan.problems.iter().filter(|problem| problem.kind == ProblemKind::NoLead).count(), 3);
}

#[test]
fn a_time_is_of_what_it_is_said_of() {
    let health = || "Sở Y tế".to_owned();
    for (body, wanted) in [
        (
            "Để các xã đạt chuẩn nước sạch vào năm 2027, UBND tỉnh yêu cầu các xã thực hiện các nhiệm vụ sau:\n1. Sở Y tế đo nước ở các hồ.",
            vec![("Sở", health(), "")],
        ),
        (
            "1. Sở Y tế (hoàn thành trước ngày 30/6/2026):\na) Đo nước ở các hồ chứa.",
            vec![("Đo", health(), "trước ngày 30/6/2026")],
        ),
        (
            "1. Sở Y tế đo nước ở các hồ. Kết quả trả lại các xã trong 05 ngày làm việc kể từ ngày đo.",
            vec![("Sở", health(), "")],
        ),
        (
            "1. Sở Y tế đo nước ở các hồ. Hoàn thành trước ngày 30/6/2026.",
            vec![("Sở", health(), "trước ngày 30/6/2026")],
        ),
        (
            "1. Sở Y tế đo nước ở các hồ. Lắp đặt 12 vòi rửa ở các chợ trước ngày 31/10/2026.",
            vec![("Sở", health(), ""), ("Lắp", health(), "trước ngày 31/10/2026")],
        ),
        (
            "1. Sở Y tế đo nước trước ngày 15/6/2026; riêng hồ ở phía đông, Sở Xây dựng đo trước ngày 05/6/2026.",
            vec![("Sở", health(), "trước ngày 15/6/2026"), ("riêng", "Sở Xây dựng".to_owned(), "trước ngày 05/6/2026")],
        ),
    ] {
        assert_eq!(told(&paper("CHỈ THỊ", body)), wanted, "{body}");
    }
}

#[test]
fn a_stage_above_gives_its_items_their_time() {
    let plan = paper(
        "ĐỀ ÁN",
        "PHẦN THỨ BA\nNHIỆM VỤ VÀ LỘ TRÌNH\nA. LỘ TRÌNH\n1. Giai đoạn 1 (2026 - 2027): Thí điểm\na) Lắp 08 trạm bơm mẫu ở ven sông (Sở Y tế chủ trì).\nb) Đo lại các hồ chứa ở vùng cao (Sở Xây dựng chủ trì; thời gian: quý II/2026).\n2. Giai đoạn 2 (năm 2028)\na) Nhân rộng ra ít nhất 20 xã ven sông.",
    );
    let times: Vec<&str> = plan.tasks.iter().map(|task| task.time.raw.as_str()).collect();
    assert_eq!(times, ["2026 - 2027", "quý II/2026", "năm 2028"]);
    assert!(plan.targets.is_empty(), "{:?}", plan.targets);
}
