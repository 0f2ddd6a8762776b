//! Who leads and who helps in sentences of offices: names whole, persons once, helpers wherever they are said to be.

use plan_reader::{Plan, SURE, Task, read};

fn plan(body: &str) -> Plan {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND\n\
         Tỉnh Mẫu, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\nThử việc đọc năm 2026\n\nII. TỔ CHỨC THỰC HIỆN\n{body}\n"
    );
    read(text.as_bytes()).unwrap().plan
}

fn task(line: &str) -> Task {
    plan(&format!("1. {line}\n2. Sở Nội vụ lấp giếng cũ.")).tasks.into_iter().next().unwrap()
}

#[test]
fn helpers_are_found_however_they_are_said() {
    for (line, with) in [
        ("Sở Y tế phối hợp Sở Tư pháp trám giếng cũ.", vec!["Sở Tư pháp"]),
        ("Sở Y tế phối hợp lực lượng Kiểm lâm đo nước suối.", vec!["lực lượng Kiểm lâm"]),
        ("Sở Y tế phối hợp với Trưởng Công an xã đo nước suối.", vec!["Trưởng Công an xã"]),
        ("Sở Y tế phối hợp với ngành Giáo dục đo nước suối.", vec!["ngành Giáo dục"]),
        ("Sở Y tế phối hợp với các cơ quan liên quan đo nước suối.", vec!["các cơ quan liên quan"]),
        ("Sở Y tế chủ trì, cùng Sở Tư pháp đo nước suối.", vec!["Sở Tư pháp"]),
        ("Sở Y tế đo nước suối, thống nhất với Sở Tư pháp về kinh phí.", vec!["Sở Tư pháp"]),
        ("Sở Y tế đo nước suối, phối hợp với Công an tỉnh.", vec!["Công an tỉnh"]),
        (
            "Sở Y tế phối hợp với Công an tỉnh đo nước, phối hợp với Sở Tư pháp trám giếng.",
            vec!["Công an tỉnh", "Sở Tư pháp"],
        ),
        ("Sở Y tế phối hợp trám giếng cũ theo kế hoạch.", vec![]),
        ("Sở Y tế trám giếng phù hợp với điều kiện thực tế.", vec![]),
    ] {
        let task = task(line);
        assert_eq!(
            (task.lead, task.coordinating),
            (vec!["Sở Y tế".to_owned()], with.iter().map(|name| (*name).to_owned()).collect()),
            "{line}"
        );
        assert!(task.confidence >= SURE, "{line}");
    }
}

#[test]
fn names_that_may_be_cut_are_asked_about() {
    for line in [
        "Sở Y tế phối hợp với đôi bên liên đới trám giếng cũ.",
        "UBND các xã có bãi bồi trám giếng cũ trước mùa mưa.",
        "Sở Y tế phối hợp với Công an tỉnh và cộng đồng trám giếng cũ.",
    ] {
        assert!(task(line).confidence < SURE, "{line}");
    }
}

#[test]
fn a_person_leads_once() {
    let text = "1. Đồng chí Trần Văn Mẫu - Bí thư Tỉnh ủy, Trưởng Ban: chỉ đạo việc đo nước suối.\n\
                2. Đồng chí Phó Chủ tịch Lê Thị Mẫu chủ trì họp gỡ vướng mắc khu chợ.";
    let leads: Vec<Vec<String>> = plan(text).tasks.into_iter().map(|task| task.lead).collect();
    assert_eq!(leads, [["Đồng chí Trần Văn Mẫu - Bí thư Tỉnh ủy"], ["Đồng chí Phó Chủ tịch Lê Thị Mẫu"]]);
}

#[test]
fn a_cell_with_a_stroke_does_not_say_who_leads() {
    let rows = "TT\tNhiệm vụ\tĐơn vị thực hiện\tThời gian\n1\tTrám giếng cũ ở bản\tPhòng Kinh tế/Công an xã\tQuý II/2026\n\
                2\tĐo nước suối ở bản\tĐề nghị Hội Nông dân xã\tQuý III/2026\n";
    let tasks = plan(rows).tasks;
    assert_eq!(tasks[0].lead, ["Phòng Kinh tế", "Công an xã"]);
    assert!(tasks[0].confidence < SURE && tasks[1].confidence >= SURE);
    assert_eq!(tasks[1].lead, ["Hội Nông dân xã"]);
}
