//! What surrounds a sentence may silence what does not look like an order, and nothing that does.

use plan_reader::{Plan, ProblemKind, SURE, read};

fn document(kind: &str, body: &str) -> Plan {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/UBND-TH\n\
         Tỉnh Mẫu, ngày 05 tháng 01 năm 2027\n\n{kind}\nVề việc thử\n\n{body}\n"
    );
    read(text.as_bytes()).unwrap().plan
}

/// Who leads each task, and words that a person is asked about.
#[track_caller]
fn check(kind: &str, body: &str, told: &[&str], doubted: &[&str]) -> Plan {
    let plan = document(kind, body);
    let leads: Vec<String> = plan.tasks.iter().map(|task| task.lead.join("+")).collect();
    assert_eq!(leads, told, "{body}");
    let kinds = [ProblemKind::Unplaced, ProblemKind::MaybeTask];
    for words in doubted {
        let is_asked =
            |problem: &&plan_reader::Problem| kinds.contains(&problem.kind) && problem.message_vi.contains(words);
        assert!(plan.problems.iter().any(|problem| is_asked(&problem)), "{words}: {:?}", plan.problems);
    }
    plan
}

#[test]
fn a_house_rule_tells_the_bodies_that_it_names() {
    let plan = check(
        "QUY CHẾ",
        "Điều 1. Nguyên tắc phối hợp\n1. Việc phối hợp phải kịp thời, đúng quy định.\nĐiều 2. Cung cấp số liệu\n\
         1. Thuế tỉnh cung cấp số liệu giếng cho Sở Y tế trước ngày 10 của tháng đầu quý.\n\
         2. Cơ quan được hỏi có trách nhiệm trả lời trong 05 ngày làm việc.\n\
         Điều 3. Trách nhiệm của Sở Y tế\n1. Lấp các giếng cũ trên địa bàn.\n2. Công khai danh sách giếng.",
        &["Thuế tỉnh", "Sở Y tế", "Sở Y tế"],
        &["trả lời"],
    );
    assert!(plan.tasks.iter().all(|task| task.confidence < SURE), "a person looks at them");
    let law =
        "Điều 1. Trách nhiệm của Bộ Y tế\n1. Bộ Y tế có trách nhiệm quản lý giếng.\n2. Lấp các giếng cũ trên địa bàn.";
    for kind in ["NGHỊ ĐỊNH", "THÔNG TƯ", "LUẬT"] {
        check(kind, law, &[], &[]);
    }
}

#[test]
fn a_report_orders_only_in_its_chapter_of_work_to_come() {
    check(
        "BÁO CÁO",
        "I. KẾT QUẢ NĂM 2026\n1. Sở Y tế lấp 12 giếng cũ.\n2. Thanh tra tỉnh chủ trì 03 cuộc kiểm tra.\nII. NHIỆM VỤ NĂM 2027\n\
         1. Tiếp tục nâng cao chất lượng phục vụ.\n2. Về giếng cũ: giao Phòng Nghiệp vụ lấp xong trước ngày 30/6/2027.\n\
         3. Văn phòng Sở chủ trì, phối hợp với Phòng Nghiệp vụ in sổ đo nước.\nIII. KIẾN NGHỊ, ĐỀ XUẤT\n1. Đối với UBND tỉnh\n\
         - Đề nghị UBND tỉnh bố trí 02 tỷ đồng.\n- Giao Sở Tài chính cấp thêm biên chế.",
        &["Phòng Nghiệp vụ", "Văn phòng Sở"],
        &[],
    );
}

#[test]
fn an_invitation_may_tell_who_prepares_what() {
    check(
        "GIẤY MỜI",
        "I. THỜI GIAN\n01 ngày, từ 08 giờ 00.\nII. THÀNH PHẦN\n- Đại diện lãnh đạo: Sở Y tế; Sở Nội vụ.\nIII. YÊU CẦU CHUẨN BỊ\n\
         1. Sở Y tế:\n- In tài liệu về giếng cũ.\n2. Đề nghị Công an tỉnh bố trí chỗ để xe.\n3. Sở Nội vụ chủ trì, phối hợp với Sở Y tế \
         dự thảo bài phát biểu.\nTrân trọng kính mời./.",
        &["Sở Y tế", "Công an tỉnh", "Sở Nội vụ"],
        &[],
    );
}

#[test]
fn a_title_that_begins_as_a_view_may_hold_work() {
    check(
        "HƯỚNG DẪN",
        "I. NỘI DUNG\n1. Sở Nội vụ in mẫu.\nII. ĐÁNH GIÁ, XẾP LOẠI\n1. Sở Y tế chấm điểm các trạm.",
        &["Sở Nội vụ", "Sở Y tế"],
        &[],
    );
    check(
        "KẾ HOẠCH",
        "I. YÊU CẦU\n- Bảo đảm kịp thời.\nII. YÊU CẦU ĐỐI VỚI CÁC TRẠM\n1. Sở Y tế lấp giếng.",
        &["Sở Y tế"],
        &[],
    );
    check(
        "HƯỚNG DẪN",
        "A. MỤC ĐÍCH\n1. Nhằm bảo đảm nước sạch.\nB. NỘI DUNG\nI. ĐỐI TƯỢNG\n1. Các giếng cũ.\nII. CÁCH LÀM\n1. Sở Y tế đo nước.\n\
         C. TRÁCH NHIỆM THỰC HIỆN\n1. Sở Nội vụ\n- In mẫu sổ đo nước.",
        &["Sở Y tế", "Sở Nội vụ"],
        &[],
    );
}

#[test]
fn a_chapter_of_purposes_silences_no_order() {
    check(
        "KẾ HOẠCH",
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Nhằm bảo đảm nước sạch cho người dân.\n2. Các cơ quan, đơn vị chủ động, tích cực phối hợp.\n\
         3. Giao Sở Y tế lấp giếng trước ngày 30/6/2027.\n4. Sở Nội vụ in mẫu sổ.\nII. NHIỆM VỤ\n1. Giao Công an tỉnh cắm biển.",
        &["Sở Y tế", "Công an tỉnh"],
        &["in mẫu sổ"],
    );
}

#[test]
fn what_was_done_to_its_topic_was_not_done_to_what_it_says() {
    check(
        "CÔNG VĂN",
        "1. Đối với giếng đã lấp, chưa đo nước: lập danh sách riêng theo mẫu.\n2. Về kinh phí: UBND xã Bản Mẫu cân đối từ ngân sách xã.\n\
         III. NHIỆM VỤ\n1. Nhân rộng cách làm hay đã được người dân đánh giá cao.",
        &["UBND xã Bản Mẫu"],
        &["danh sách riêng", "Nhân rộng"],
    );
}

#[test]
fn a_body_may_be_told_what_to_do_meanwhile() {
    check(
        "CHỈ THỊ",
        "1. Giao Sở Y tế:\na) Lấp giếng cũ.\nb) Trong quá trình triển khai, phát hiện và nhân rộng mô hình hay.\n\
         c) Trong quá trình triển khai, nếu có vướng mắc thì hỏi Sở Nội vụ.",
        &["Sở Y tế", "Sở Y tế"],
        &[],
    );
}

#[test]
fn what_is_agreed_found_elsewhere_or_asked_of_those_above_is_no_task() {
    check(
        "THÔNG BÁO",
        "Chủ tịch UBND tỉnh kết luận, yêu cầu:\n1. Đồng ý đề xuất của Sở Y tế tại Tờ trình số 12/TTr-SYT.\n\
         2. Đồng ý chủ trương đo nước; giao Sở Y tế làm trước ngày 30/6/2027.\n3. Giao Sở Nội vụ in mẫu sổ. Kết quả thực hiện là một \
         trong các tiêu chí xếp loại cuối năm.\n4. Chỉ tiêu cụ thể giao cho từng xã tại Phụ lục I.\n(Gửi kèm Phụ lục danh sách giếng)\n\
         III. KIẾN NGHỊ\nKính đề nghị Bộ Y tế quan tâm hỗ trợ máy đo nước; Bộ Xây dựng sớm sửa cầu.\n\
         UBND tỉnh kêu gọi toàn thể đồng bào giữ gìn nguồn nước.",
        &["Sở Y tế", "Sở Nội vụ"],
        &[],
    );
}

#[test]
fn an_order_that_heads_a_list_is_asked_about() {
    check(
        "CHỈ THỊ",
        "1. Giao Sở Y tế lấp giếng.\n2. Phân công các đồng chí Phó Chủ tịch UBND tỉnh trực tiếp kiểm tra các hồ từ ngày 28/9/2027:\n\
         - Khu vực phía Bắc.\n- Khu vực phía Nam.",
        &["Sở Y tế", "các đồng chí Phó Chủ tịch UBND tỉnh", "các đồng chí Phó Chủ tịch UBND tỉnh"],
        &["trực tiếp kiểm tra các hồ"],
    );
}
