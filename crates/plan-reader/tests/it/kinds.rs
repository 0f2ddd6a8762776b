//! Kinds of sentences and layouts that were read wrongly in life, in small documents of our own.

use plan_reader::{Bound, Comparator, DutyKind, Plan, ProblemKind, SURE, TimeKind, read};

fn letter(body: &str) -> Plan {
    let text = format!(
        "\tỦY BAN NHÂN DÂN\nTỈNH MẪU\n\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n\tSố: 345/UBND-KT\n\
         V/v thử việc đọc\n\tTỉnh Mẫu, ngày 20 tháng 4 năm 2026\n\n\tKính gửi:\n- Sở Y tế;\n- UBND các xã, phường.\n\n{body}\n\n\
         \tNơi nhận:\n- Như trên;\n- Lưu: VT.\n\tTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"
    );
    read(text.as_bytes()).unwrap().plan
}

fn scheme(body: &str) -> Plan {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND\n\
         Tỉnh Mẫu, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\nThử việc đọc năm 2026\n\n{body}\n"
    );
    read(text.as_bytes()).unwrap().plan
}

fn leads(plan: &Plan) -> Vec<Vec<String>> {
    plan.tasks.iter().map(|task| task.lead.clone()).collect()
}

#[test]
fn no_verb_makes_an_order_disappear() {
    let verbs = ["khơi thông", "thường xuyên tuần tra", "bàn giao", "ươm giống", "niêm yết", "trùng tu", "vận động"];
    let lines: Vec<String> =
        verbs.iter().enumerate().map(|(at, verb)| format!("{}. Giao Sở Y tế {verb} theo phân công.", at + 1)).collect();
    let plan = letter(&format!("Chủ tịch UBND tỉnh yêu cầu:\n{}", lines.join("\n")));
    assert_eq!(leads(&plan), vec![vec!["Sở Y tế".to_owned()]; verbs.len()]);
}

#[test]
fn who_is_told_ends_where_the_name_ends() {
    let plan = letter(
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Giao Sở Tư pháp chủ trì, phối hợp với Công an tỉnh, các sở, ngành trùng tu bia cổ trước ngày 30/9/2026.\n\
         2. Trách nhiệm của các chủ vườn ươm\na) Khai báo giống trước ngày 30/6/2026.\n3. Các nội dung trọng tâm cần thực hiện\n- Kiểm kê hồ chứa.",
    );
    assert_eq!(plan.tasks[0].coordinating, ["Công an tỉnh", "các sở, ngành"]);
    assert_eq!(plan.tasks[0].time.to, Some(Bound::Text("2026-09-30".into())));
    assert_eq!(plan.tasks[1].lead, ["các chủ vườn ươm"]);
    assert!(plan.tasks[2].lead.is_empty(), "asked, of nobody that is named");
    assert!(plan.problems.iter().any(|problem| problem.kind == ProblemKind::NoLead));
}

#[test]
fn sentences_of_one_paragraph_are_told_apart() {
    let plan = letter(
        "Thời gian qua, các đơn vị đã cố gắng. Giao Sở Xây dựng rà soát cầu treo. Trong quá trình làm, chủ động gỡ vướng; \
         Công an tỉnh cắm biển báo; giao UBND xã Bản Mẫu canh gác.\nTrên đây là nội dung chỉ đạo./.",
    );
    assert_eq!(leads(&plan), [["Sở Xây dựng"], ["Công an tỉnh"], ["UBND xã Bản Mẫu"]]);
    assert!(plan.problems.iter().all(|problem| problem.kind == ProblemKind::NoTime), "{:?}", plan.problems);
}

#[test]
fn what_was_done_praised_or_said_to_all_is_no_task() {
    let plan = letter(
        "UBND tỉnh biểu dương các xã; Sở Y tế đã mở 03 lớp.\n1. Sở Tài chính cấp vốn trước ngày 15/5/2026.\n\
         Ủy ban nhân dân tỉnh yêu cầu Thủ trưởng các sở, ngành nghiêm túc tổ chức thực hiện./.",
    );
    assert_eq!(leads(&plan), [["Sở Tài chính"]]);
}

#[test]
fn labels_of_a_list_are_of_all_its_items_and_may_stand_on_one_line() {
    let plan = scheme(
        "II. NHIỆM VỤ\n1. Nước sạch\n- Kéo ống về bản.\n- Súc rửa bể.\n- Đơn vị chủ trì: Sở Xây dựng.\n- Thời gian: Năm 2026.\n\
         2. Trồng cây ven đường.\nChủ trì: Sở Y tế; Phối hợp: UBND các xã, phường; Thời gian: Quý III/2026.\n\
         3. Đo lại hồ (Công an tỉnh chủ trì, phối hợp với Sở Tư pháp; quý II/2026).",
    );
    let leads: Vec<&str> = plan.tasks.iter().map(|task| task.lead[0].as_str()).collect();
    assert_eq!(leads, ["Sở Xây dựng", "Sở Xây dựng", "Sở Y tế", "Công an tỉnh"]);
    assert_eq!(plan.tasks[2].coordinating, ["UBND các xã, phường"]);
    assert_eq!(plan.tasks[3].time.to, Some(Bound::Text("2026-06".into())));
    assert_eq!(plan.tasks[3].text, "Đo lại hồ");
}

#[test]
fn sentences_of_goals_in_one_paragraph_are_targets_of_their_own() {
    let plan = scheme(
        "II. MỤC TIÊU\n75% trạm bơm có người trực; 100% bến đò đăng ký và trên 45% hộ dân có bể chứa ít nhất một lần kiểm tra. Năm 2027 đạt 57%, năm 2029 đạt 67% giếng khoan được trám lấp.\n",
    );
    let read: Vec<_> = plan.targets.iter().map(|target| (target.value, target.period.to)).collect();
    assert_eq!(read, [(75.0, None), (100.0, None), (45.0, None), (57.0, Some(2027)), (67.0, Some(2029))]);
}

#[test]
fn figures_are_read_as_they_are_written() {
    let plan = scheme(
        "II. MỤC TIÊU CỤ THỂ ĐẾN NĂM 2030\n- Trồng mới trên 3.500 ha.\n- Tỷ lệ lấp đầy đạt 55-65%.\n\
         - Năm 2026 đạt 40%, năm 2028 đạt 60% hộ dùng nước sạch.\n- Mở mới 04 chợ, nâng tổng số lên 11 chợ; tỷ lệ thu gom đạt trên 75%.\n\
         - Thời gian giải quyết hồ sơ còn tối đa 3 ngày làm việc.\nIII. NHIỆM VỤ\n1. Trồng cây.\n- Đơn vị chủ trì: Sở Y tế.\n- Thời gian: 2026.",
    );
    let told: Vec<(f64, &str, Comparator)> =
        plan.targets.iter().map(|target| (target.value, target.unit.as_str(), target.comparator)).collect();
    assert_eq!(
        told,
        [
            (3500.0, "ha", Comparator::Above),
            (55.0, "%", Comparator::AtLeast),
            (40.0, "%", Comparator::Equal),
            (60.0, "%", Comparator::Equal),
            (4.0, "chợ", Comparator::Equal),
            (11.0, "chợ", Comparator::Equal),
            (75.0, "%", Comparator::Above),
            (3.0, "ngày làm việc", Comparator::AtMost),
        ]
    );
    assert_eq!(plan.targets[1].stretch, Some(65.0));
    assert_eq!(plan.targets[3].period.to, Some(2028));
}

/// What bodies are to do with a share of them belongs to the share.
#[test]
fn the_last_share_of_a_sentence_keeps_what_they_do() {
    let plan = scheme(
        "II. MỤC TIÊU CỤ THỂ ĐẾN NĂM 2030\n- 55% hộ kinh doanh và 70% doanh nghiệp tư nhân sử dụng hóa đơn điện tử.\n\
         III. NHIỆM VỤ\n1. Trồng cây.\n- Đơn vị chủ trì: Sở Y tế.\n- Thời gian: 2026.",
    );
    let told: Vec<(f64, &str)> = plan.targets.iter().map(|target| (target.value, target.text.as_str())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].1.contains("doanh nghiệp tư nhân sử dụng hóa đơn điện tử"), "{told:?}");
}

#[test]
fn times_of_a_table_are_ranges_rounds_and_doubts() {
    let plan = scheme(
        "PHỤ LỤC\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n(1)\t(2)\t(3)\t(4)\n1\tViệc một\tSở Y tế\tTháng 3-5/2026\n\
         2\tViệc hai\tnt\tHằng quý\n3\tViệc ba\tSở Tư pháp\tTrước 31/3 hằng năm\n4\tViệc bốn\tSở Tư pháp\t30/02/2026",
    );
    let times: Vec<_> = plan.tasks.iter().map(|task| (task.time.kind, task.time.to.clone())).collect();
    let text = |text: &str| Some(Bound::Text(text.into()));
    assert_eq!(
        times,
        [
            (Some(TimeKind::Range), text("2026-05")),
            (Some(TimeKind::Quarterly), None),
            (Some(TimeKind::Annual), text("--03-31")),
            (None, None),
        ]
    );
    assert_eq!(plan.tasks[1].lead, ["Sở Y tế"], "nt: as above");
    assert!(plan.problems.iter().any(|problem| problem.kind == ProblemKind::TimeUnclear));
}

#[test]
fn who_reports_is_a_duty_of_every_document() {
    let plan = letter(
        "1. Giao Sở Y tế mở lớp.\n2. Định kỳ hằng quý, UBND các xã, phường báo cáo UBND tỉnh (qua Sở Y tế) kết quả trước ngày 20 tháng cuối quý.",
    );
    assert_eq!(plan.tasks.len(), 1);
    let duty = &plan.duties[0];
    assert_eq!((duty.kind, duty.who[0].as_str()), (DutyKind::Report, "UBND các xã, phường"));
    assert_eq!((duty.to[0].as_str(), duty.via[0].as_str()), ("UBND tỉnh", "Sở Y tế"));
}

#[test]
fn a_report_and_a_law_hold_no_orders() {
    let report = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/BC-UBND\n\nBÁO CÁO\nKết quả năm 2025\n1. Kết quả\n- Thanh tra tỉnh mở 03 cuộc thanh tra.\n";
    assert!(read(report.as_bytes()).unwrap().plan.tasks.is_empty());
    let law = "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/2026/NĐ-CP\n\nNGHỊ ĐỊNH\nQuy định về hồ chứa\nĐiều 1. Trách nhiệm\n1. Ủy ban nhân dân cấp tỉnh giao Sở Xây dựng quản lý hồ.\n";
    assert!(read(law.as_bytes()).unwrap().plan.tasks.is_empty());
}

#[test]
fn every_sentence_ends_in_one_place_and_nothing_is_silent() {
    let text = "KẾ HOẠCH\nThử\nI. NHIỆM VỤ\n1. Làm đường.\n- Đơn vị chủ trì: Sở Y tế;\n- Thời gian: 2026\n2. Các dòng sông chảy qua núi rồi ra biển.\n";
    let reading = read(text.as_bytes()).unwrap();
    assert_eq!(reading.places.first().map(|placed| placed.source.start), Some(0));
    assert_eq!(reading.places.last().map(|placed| placed.source.end), Some(reading.text.len()));
    assert!(reading.places.windows(2).all(|pair| pair[0].source.end == pair[1].source.start));
    assert_eq!(reading.coverage.unplaced, 1);
    assert!(reading.plan.problems.iter().any(|problem| problem.kind == ProblemKind::Unplaced));
}

#[test]
fn a_list_of_bodies_is_not_cut_at_its_semicolon() {
    let plan = letter(
        "1. Giao Sở Y tế chủ trì, phối hợp với nhóm thợ lặn; Công an tỉnh khơi thông cống trước ngày 30/9/2026.",
    );
    assert_eq!(leads(&plan), [["Sở Y tế"]]);
}

#[test]
fn a_figure_that_can_be_read_in_two_ways_is_said() {
    let plan = scheme(
        "II. MỤC TIÊU\n- Mức hài lòng trên 2.5 điểm.\n- Trồng mới trên 3.500 ha.\nIII. NHIỆM VỤ\n1. Trồng cây trên 2.000 ha.\n- Đơn vị chủ trì: Sở Y tế.\n- Thời gian: 2026.",
    );
    let doubts = plan.problems.iter().filter(|problem| problem.kind == ProblemKind::FigureUnclear);
    assert_eq!(doubts.map(|problem| problem.target.as_deref()).collect::<Vec<_>>(), [Some("I01")]);
    assert!((plan.tasks[0].embedded_targets[0].value - 2000.0).abs() < f64::EPSILON, "thousands in a task, too");
}

#[test]
fn work_with_a_day_among_duties_is_a_task() {
    let plan = scheme(
        "II. NHIỆM VỤ\n1. Trồng cây.\n- Đơn vị chủ trì: Sở Y tế.\n- Thời gian: 2026.\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng\n\
         a) Khơi thông cống, xong trong tháng 7/2028.\nb) Theo dõi, đôn đốc các xã trước ngày 15/9/2028.\n\
         c) Thả cá giống ở hồ chứa.\n2. Công an tỉnh cắm biển báo trước ngày 22 tháng 9 năm 2028.\n\
         3. Các cơ quan, đơn vị treo cờ trước ngày 02/9/2028.\n4. Sở Nội vụ xếp lại kho trước ngày 20 hằng tháng.",
    );
    let told: Vec<(&str, &str)> =
        plan.tasks.iter().skip(1).map(|task| (task.lead[0].as_str(), task.time.raw.as_str())).collect();
    assert_eq!(told, [("Sở Xây dựng", "trong tháng 7/2028"), ("Công an tỉnh", "trước ngày 22 tháng 9 năm 2028")]);
    assert!(plan.tasks.iter().skip(1).all(|task| task.confidence == SURE), "as sure as of what has labels above it");
    let duties: Vec<&str> = plan.duties.iter().map(|duty| duty.text.split(' ').next().unwrap()).collect();
    assert_eq!(duties, ["Theo", "Thả", "Các", "Sở"]);
}

#[test]
fn lines_below_a_body_are_work_and_duties_each_by_itself() {
    let text = "ĐỀ ÁN\nThử\nI. NHIỆM VỤ\n1. Trồng cây.\n- Đơn vị chủ trì: Sở Y tế.\n- Thời gian: 2026.\nII. TỔ CHỨC THỰC HIỆN\n\
                1. Công an tỉnh\nThả cá giống ở hồ chứa.\nDựng lại cột mốc, thời gian hoàn thành trước ngày 22/9/2028.\n\
                Ủy ban nhân dân tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.\n";
    let reading = read(text.as_bytes()).unwrap();
    let tasks: Vec<&str> = reading.plan.tasks.iter().map(|task| task.lead[0].as_str()).collect();
    assert_eq!(tasks, ["Sở Y tế", "Công an tỉnh"]);
    assert_eq!(reading.plan.duties.len(), 1);
    assert_eq!(reading.coverage.unplaced, 0);
}

#[test]
fn figures_of_several_years_share_their_name_and_are_no_twins() {
    let plan = scheme(
        "II. MỤC TIÊU\n1. Mục tiêu cụ thể đến năm 2031\n- Năm 2026 đạt 45%, năm 2028 đạt 65%, năm 2030 đạt 85% bến đò có phao.\n\
         - Năm 2026 đạt 40%, năm 2028 đạt 51% đường xã có đèn;\n- Tỷ lệ hộ nghèo năm 2026 còn 5%, năm 2028 còn 3%.\n\
         - Tỷ lệ lấp đầy đạt 70%.\n- Năm 2026 đạt 12%, năm 2028 đạt 14%.\n- Năm 2026 đạt 22%, năm 2028 đạt 24%.",
    );
    let told: Vec<(&str, Option<i16>)> =
        plan.targets.iter().take(8).map(|target| (target.text.as_str(), target.period.to)).collect();
    assert_eq!(
        told,
        [
            ("bến đò có phao", Some(2026)),
            ("bến đò có phao", Some(2028)),
            ("bến đò có phao", Some(2030)),
            ("đường xã có đèn", Some(2026)),
            ("đường xã có đèn", Some(2028)),
            ("Tỷ lệ hộ nghèo", Some(2026)),
            ("Tỷ lệ hộ nghèo", Some(2028)),
            ("Tỷ lệ lấp đầy đạt 70%.", Some(2031)),
        ]
    );
    assert!(plan.targets.iter().all(|target| target.mirrors.is_empty()));
}

#[test]
fn a_target_said_twice_differs_without_any_appendix() {
    let plan = scheme(
        "II. MỤC TIÊU CỤ THỂ ĐẾN NĂM 2030\n- Tỷ lệ bến đò có phao cứu sinh đạt 70%.\n- Tỷ lệ bến đò có phao cứu sinh đạt 80%.",
    );
    let told = plan.problems.iter().find(|problem| problem.kind == ProblemKind::BodyAndAppendixDiffer).unwrap();
    assert_eq!(told.message_vi, "Văn bản nêu chỉ tiêu này hai lần, số khác nhau: 70 và 80 (%).");
}

#[test]
fn the_last_labels_of_a_list_may_be_of_all_its_items() {
    let plan = scheme(
        "II. NHIỆM VỤ\n1. Nước sạch\na) Kéo ống về bản.\nb) Súc rửa bể.\nĐơn vị chủ trì: Sở Xây dựng\nThời gian: Năm 2026\n\
         2. Cây xanh\na) Ươm giống.\nChủ trì: Sở Y tế\nb) Đào hố.\nc) Tưới cây.\nChủ trì: Sở Tư pháp\n\
         3. Giao Sở Y tế chủ trì thực hiện các nội dung sau; thời gian: Quý I - Quý III/2026:\na) Khám bệnh cho người già.",
    );
    let told: Vec<(&str, &str, bool)> =
        plan.tasks.iter().map(|task| (task.text.as_str(), task.lead[0].as_str(), task.confidence >= SURE)).collect();
    assert_eq!(
        told[..4],
        [
            ("Kéo ống về bản.", "Sở Xây dựng", false),
            ("Súc rửa bể.", "Sở Xây dựng", true),
            ("Ươm giống.", "Sở Y tế", true),
            ("Tưới cây.", "Sở Tư pháp", true),
        ]
    );
    assert_eq!(plan.tasks[4].time.raw, "Quý I - Quý III/2026");
}

#[test]
fn a_head_names_its_issuer_and_its_title_once() {
    let motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBản Mẫu, ngày 04 tháng 6 năm 2026\n";
    let read = |text: String| {
        let document = read(text.as_bytes()).unwrap().plan.document;
        [document.issuer, document.number, document.title].map(Option::unwrap_or_default)
    };
    let party = "TỈNH ỦY MẪU\n*\nSố 4-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nBản Mẫu, ngày 07 tháng 6 năm 2026\n";
    let order = "\nTrong năm qua, cá đã lớn.\n1. Giao Sở Y tế thả cá trước ngày 30/6/2026.\n";
    let cases = [
        (
            format!("UBND TỈNH MẪU\nVĂN PHÒNG\nSố: 3/TB-VPUBND\n{motto}THÔNG BÁO\nKết luận về thả cá\n{order}"),
            ["VĂN PHÒNG UBND TỈNH MẪU", "3/TB-VPUBND", "Kết luận về thả cá"],
        ),
        (
            format!(
                "{party}THÔNG BÁO\nkết luận của đồng chí Vi Văn Mẫu, Bí thư Tỉnh ủy\ntại buổi làm việc với Đảng ủy xã Bản Mẫu\n-----{order}"
            ),
            [
                "TỈNH ỦY MẪU",
                "4-TB/TU",
                "kết luận của đồng chí Vi Văn Mẫu, Bí thư Tỉnh ủy tại buổi làm việc với Đảng ủy xã Bản Mẫu",
            ],
        ),
        (
            format!("{party}CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề thả cá\n-----{order}"),
            ["TỈNH ỦY MẪU", "4-TB/TU", "về thả cá"],
        ),
        (
            format!(
                "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 5/CĐ-UBND\n{motto}CÔNG ĐIỆN\nVề thả cá\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU điện:\n- Chủ tịch UBND các xã.\n{order}"
            ),
            ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU", "5/CĐ-UBND", "Về thả cá"],
        ),
        (
            format!(
                "ỦY BAN NHÂN DÂN\nTỈNH MẪU\n{motto}QUY CHẾ\nPhối hợp thả cá\n(Ban hành kèm theo Quyết định số 6/2026/QĐ-UBND ngày 08 tháng 4 năm 2026 của Ủy ban nhân dân tỉnh Mẫu)\n\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này nói về cá.\n"
            ),
            ["ỦY BAN NHÂN DÂN TỈNH MẪU", "6/2026/QĐ-UBND", "Phối hợp thả cá"],
        ),
    ];
    for (text, want) in cases {
        assert_eq!(read(text.clone()), want, "{text}");
    }
}
