//! Rows of tables of tasks as offices write them: who leads and who helps in one cell, months as columns, titles over rows.

use plan_reader::{Bound, Plan, Task, read};

fn plan(table: &str) -> Plan {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nXÃ BẢN MẪU\nSố: 5/KH-UBND\nKẾ HOẠCH\nThả cá giống xuống hồ năm 2027\n\nPHỤ LỤC\n{}\n",
        table.replace('|', "\t")
    );
    read(text.as_bytes()).unwrap().plan
}

fn told(task: &Task) -> String {
    let (lead, with) = (task.lead.join(" + "), task.coordinating.join(" + "));
    format!("{lead} / {with} / {}", task.time.raw)
}

#[test]
fn each_row_says_who_leads_who_helps_and_when() {
    let months = "TT|Nội dung|Chủ trì/Phối hợp|Thời gian thực hiện (tháng)||\n|||T2|T3|T11\n";
    let both = "TT|Nhiệm vụ|Cơ quan chủ trì, phối hợp|Thời hạn\n";
    let (year, titled) = ("TT|Nhiệm vụ|Đơn vị thực hiện|2027|2028\n", "TT|Nhiệm vụ|Thời hạn\n");
    let cases: &[(&str, &str, &[&str])] = &[
        (
            months,
            "1|Thả cá|Công an xã/Phòng Kinh tế, các thôn|x||x\n2|Đo hồ|Trạm Y tế xã||Thường xuyên|Thường xuyên\n3|Lấp giếng|Trạm Y tế xã/Công an xã||Xong trước 15/3|",
            &[
                "Công an xã / Phòng Kinh tế + các thôn / T2, T11",
                "Trạm Y tế xã /  / Thường xuyên",
                "Trạm Y tế xã / Công an xã / Xong trước 15/3",
            ],
        ),
        (
            "TT|Nội dung|Đơn vị chuẩn bị|Tiến độ theo quý|\n|||I|IV\n",
            "1|Thả cá|Sở Y tế|x|\n2|Đo hồ|Sở Y tế||X\n",
            &["Sở Y tế /  / quý I", "Sở Y tế /  / quý IV"],
        ),
        (year, "1|Thả cá|Sở Y tế|x|x\n", &["Sở Y tế /  / 2027, 2028"]),
        (
            both,
            "1|Thả cá|Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)|Quý I/2027\n2|Đo hồ|Sở Y tế chủ trì; Sở Nội vụ, Công an tỉnh phối hợp|Quý I/2027\n3|Lấp giếng|Đề nghị Tỉnh đoàn/Sở Nội vụ|Quý I/2027\n",
            &[
                "Sở Y tế / Sở Nội vụ / Quý I/2027",
                "Sở Y tế / Sở Nội vụ + Công an tỉnh / Quý I/2027",
                "Tỉnh đoàn / Sở Nội vụ / Quý I/2027",
            ],
        ),
        (
            "TT|Nội dung công việc|Cơ quan soạn thảo|Lãnh đạo UBND tỉnh chỉ đạo, ký|Thời hạn trình\n",
            "I|THÁNG 4/2027|||\nNội dung trình Thường trực HĐND||||\n1|Đề án thả cá|Sở Y tế|PCT Vi Văn Mẫu|10/4\n2|Đề án đo hồ|Sở Nội vụ|CT Lò Thị Mẫu|\nII|THÁNG 5/2027|||\n3|Đề án lấp giếng|Sở Y tế|PCT Vi Văn Mẫu|\n",
            &["Sở Y tế /  / 10/4", "Sở Nội vụ /  / THÁNG 4/2027", "Sở Y tế /  / THÁNG 5/2027"],
        ),
        (
            titled,
            "I|Sở Nội vụ|\n1|Thả cá xuống hồ|Quý I/2027\nII|Công an tỉnh|\n2|Đo hồ chứa nước|Quý II/2027\n",
            &["Sở Nội vụ /  / Quý I/2027", "Công an tỉnh /  / Quý II/2027"],
        ),
    ];
    for (head, rows, want) in cases {
        let tasks = plan(&format!("{head}{rows}")).tasks;
        assert_eq!(tasks.iter().map(told).collect::<Vec<_>>(), *want, "{rows}");
    }
}

#[test]
fn where_it_is_not_said_who_leads_a_person_is_asked() {
    let sure = |cell: &str| {
        let head = "TT|Nhiệm vụ|Cơ quan chủ trì/phối hợp|Thời hạn";
        plan(&format!("{head}\n1|Thả cá|{cell}|Quý I/2027")).tasks[0].confidence >= plan_reader::SURE
    };
    assert!(sure("Sở Y tế") && sure("Sở Y tế/Sở Nội vụ") && sure("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ, Tỉnh đoàn"));
    assert!(!sure("Sở Y tế, Sở Nội vụ") && !sure("Sở Y tế/Sở Nội vụ/Tỉnh đoàn") && !sure(""));
}

#[test]
fn months_have_the_year_of_the_plan() {
    let tasks = plan("TT|Nội dung|Đơn vị thực hiện|T2|T11\n1|Thả cá|Sở Y tế|x|x\n2|Đo hồ|Sở Y tế||x").tasks;
    let month = |month: &str| Some(Bound::Text(month.to_owned()));
    assert_eq!((&tasks[0].time.from, &tasks[0].time.to), (&month("2027-02"), &month("2027-11")));
    assert_eq!((&tasks[1].time.from, &tasks[1].time.to), (&None, &month("2027-11")));
}

#[test]
fn titles_over_rows_are_told_from_rows_by_what_stands_below_them() {
    let head = "TT|Nhiệm vụ|Cơ quan chủ trì|Thời hạn";
    let row = |number: &str, text: &str| format!("{number}|{text}|Sở Y tế|Quý I/2027");
    let bare = |number: &str, text: &str| format!("{number}|{text}||");
    let read = |rows: &[String]| {
        let tasks = plan(&format!("{head}\n{}", rows.join("\n"))).tasks;
        tasks.into_iter().map(|task| (task.section.last().cloned().unwrap(), task.confidence)).collect::<Vec<_>>()
    };
    let sure = |number: &str| (number.to_owned(), 99);
    // Levels of numbers: 1.2 has rows of its own, though most tasks are numbered like it.
    let nested = [
        bare("1", "Hạ tầng"),
        row("1.1", "Thả cá"),
        bare("1.2", "Phong trào nuôi cá"),
        row("1.2.1", "Đo hồ"),
        bare("2", "Nhân lực"),
        row("2.1", "Lấp giếng"),
    ];
    assert_eq!(read(&nested), [sure("1.1"), sure("1.2.1"), sure("2.1")]);
    // Nothing stands below 2: it may be work that nobody was named for.
    let leaf = [bare("1", "Hạ tầng"), row("1.1", "Thả cá"), row("1.2", "Đo hồ"), bare("2", "Sơ kết, tổng kết")];
    assert_eq!(read(&leaf), [sure("1.1"), sure("1.2"), ("2".into(), 60)]);
    // One task whose bodies or steps stand in cells of their own.
    let two = [row("1", "Thả cá"), "1|Thả cá|Sở Nội vụ|Quý I/2027".to_owned(), "||Công an tỉnh|".to_owned()];
    let tasks = plan(&format!("{head}\n{}", two.join("\n"))).tasks;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].lead, ["Sở Y tế", "Sở Nội vụ", "Công an tỉnh"]);
}

#[test]
fn what_a_task_must_bring_is_kept_with_it() {
    let rows = "1|Mở lớp dạy nuôi cá|Sở Y tế|15 lớp, 1.200 lượt học viên\n2|Đo hồ|Sở Y tế|100% hồ chứa\n3|Lựa chọn 05 hồ thả cá, ưu tiên 02 xã|Sở Y tế|Báo cáo\n4|Cấp nước cho 100% thôn|Sở Y tế|";
    let tasks = plan(&format!("TT|Nhiệm vụ|Cơ quan chủ trì|Sản phẩm\n{rows}")).tasks;
    let values = |task: &Task| task.embedded_targets.iter().map(|target| target.value).collect::<Vec<_>>();
    assert_eq!(tasks.iter().map(values).collect::<Vec<_>>(), [vec![15.0, 1200.0], vec![100.0], vec![5.0], vec![100.0]]);
}

#[test]
fn a_share_has_its_own_figure_and_not_the_age_of_those_it_is_of() {
    let text = "KẾ HOẠCH\nThả cá\nI. MỤC TIÊU\n1. Tỷ lệ người từ 15 tuổi trở lên biết bơi đạt 90%.\nII. NHIỆM VỤ\n1. Giao Sở Y tế thả cá.\n";
    let targets = read(text.as_bytes()).unwrap().plan.targets;
    assert_eq!(targets.iter().map(|target| target.value).collect::<Vec<_>>(), [90.0]);
}
