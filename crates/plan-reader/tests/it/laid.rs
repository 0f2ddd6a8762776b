//! Text that keeps its layout by blanks: letterheads and signatures in columns, tables, and what only looks like one.

use plan_reader::{Plan, ProblemKind, Reading, Refusal, read};

fn reading(text: &str) -> Reading {
    let reading = read(text.as_bytes()).unwrap();
    // The places are the text, whatever was put in order.
    let mut at = 0;
    for placed in &reading.places {
        assert_eq!(placed.source.start, at);
        at = placed.source.end;
    }
    assert_eq!(at, reading.text.len());
    reading
}

fn told(plan: &Plan) -> Vec<String> {
    let task = |task: &plan_reader::Task| {
        let bodies = |bodies: &[String]| bodies.join("+");
        format!("{} | {} | {} | {}", task.text, bodies(&task.lead), bodies(&task.coordinating), task.time.raw)
    };
    plan.tasks.iter().map(task).collect()
}

const HEAD: &str = "\
   UBND TỈNH MẪU             DỰ THẢO      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ THỦY SẢN BẢN MẪU                          Độc lập - Tự do - Hạnh phúc
  Số: 31/KH-STS                             Bản Mẫu, ngày 09 tháng 4 năm 2026

                               KẾ HOẠCH
                    Thả cá giống xuống hồ năm 2026

";

const TABLE: &str = "\
TT   Nhiệm vụ                Cơ quan chủ     Cơ quan         Thời gian
                             trì             phối hợp
1    Thả cá giống xuống      Sở Thủy sản     UBND các xã,    Quý II/2026
     hồ lớn và các hồ nhỏ                    phường
     ven rừng
2    Đắp lại bờ kè           Sở Xây dựng                     Năm 2026
3    Đo độ sâu của hồ trước  Công an tỉnh    Sở Y tế         Tháng
     mùa mưa                                                 9/2026
";

#[test]
fn a_letterhead_of_three_columns_is_read_column_by_column() {
    let text = format!("{HEAD}I. NHIỆM VỤ\n1. Giao Sở Thủy sản đếm cá trước ngày 30/9/2026.\n");
    let reading = reading(&text);
    let document = &reading.plan.document;
    assert_eq!(document.parent.as_deref(), Some("UBND TỈNH MẪU"));
    assert_eq!(document.issuer.as_deref(), Some("SỞ THỦY SẢN BẢN MẪU"));
    assert_eq!(document.number.as_deref(), Some("31/KH-STS"));
    assert_eq!(document.date.as_deref(), Some("2026-04-09"));
    assert!(document.draft);
    assert_eq!(document.title.as_deref(), Some("Thả cá giống xuống hồ năm 2026"));
    let lines: Vec<&str> = reading.text.lines().take(3).collect();
    assert_eq!(lines, ["UBND TỈNH MẪU", "SỞ THỦY SẢN BẢN MẪU", "Số: 31/KH-STS"]);
}

#[test]
fn cells_over_several_lines_hold_nothing_of_their_neighbours() {
    let reading = reading(&format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{TABLE}"));
    let rows = [
        "Thả cá giống xuống hồ lớn và các hồ nhỏ ven rừng | Sở Thủy sản | UBND các xã, phường | Quý II/2026",
        "Đắp lại bờ kè | Sở Xây dựng |  | Năm 2026",
        "Đo độ sâu của hồ trước mùa mưa | Công an tỉnh | Sở Y tế | Tháng 9/2026",
    ];
    assert_eq!(told(&reading.plan), rows);
    let source = reading.plan.tasks[0].source;
    let quoted = &reading.text[source.start..source.end];
    assert!(quoted.ends_with("ven rừng\tSở Thủy sản\tUBND các xã, phường\tQuý II/2026"), "{quoted}");
}

#[test]
fn a_row_goes_on_over_the_page_where_columns_have_moved() {
    let (above, below) = TABLE.split_once("     ven rừng\n").unwrap();
    let below = format!("     ven rừng\n{below}");
    let below: Vec<String> = below.lines().map(|line| format!("  {line}\n")).collect();
    let below = below.concat();
    let paged = format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{above}\n\u{c}                                2\n\n{below}");
    assert_eq!(told(&reading(&paged).plan), told(&reading(&format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{TABLE}")).plan));
}

#[test]
fn a_late_row_that_fits_badly_ends_the_table_with_a_doubt() {
    let late = "4    và cả mặt nước ven bờ   Sở Thủy sản     Sở Y tế         Năm 2026\n";
    let whole = reading(&format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{TABLE}"));
    let cut = reading(&format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{TABLE}{late}"));
    assert_eq!(told(&cut.plan)[..3], told(&whole.plan));
    let doubts = |reading: &Reading| {
        let problems = reading.plan.problems.iter().filter(|problem| problem.kind == ProblemKind::TableUnclear);
        problems.filter_map(|problem| problem.source).collect::<Vec<_>>()
    };
    assert_eq!(doubts(&whole), []);
    let last = cut.plan.tasks[2].source;
    assert!(doubts(&cut).iter().any(|doubt| doubt.start == last.start), "{:?}", doubts(&cut));
}

#[test]
fn a_cell_pressed_against_its_neighbour_begins_where_it_goes_on_below() {
    let table = "\
TT   Nhiệm vụ                Cơ quan chủ     Thời gian
                             trì
1    Thả cá giống xuống hồ Sở Thủy           Quý II/2026
     lớn và các hồ nhỏ       sản
2    Đắp lại bờ kè ven rừng Sở Xây dựng      Năm 2026
     và lối xuống bến
";
    let rows = [
        "Thả cá giống xuống hồ lớn và các hồ nhỏ | Sở Thủy sản |  | Quý II/2026",
        "Đắp lại bờ kè ven rừng và lối xuống bến | Sở Xây dựng |  | Năm 2026",
    ];
    assert_eq!(told(&reading(&format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{table}")).plan), rows);
}

#[test]
fn the_numbers_of_the_columns_part_titles_that_touch() {
    let table = "\
TT   Nội dung công việc Phân công   Phối hợp     Thời hạn
(1)          (2) (3)                (4)          (5)
1    Thả cá giống xuống Sở Thủy sản UBND các xã  Quý II/2026
     hồ lớn ven rừng
2    Đắp lại bờ kè      Sở Xây dựng              Năm 2026
";
    let rows = [
        "Thả cá giống xuống hồ lớn ven rừng | Sở Thủy sản | UBND các xã | Quý II/2026",
        "Đắp lại bờ kè | Sở Xây dựng |  | Năm 2026",
    ];
    assert_eq!(told(&reading(&format!("{HEAD}PHỤ LỤC\n{table}")).plan), rows);
    // A page that ends below them is followed by its rows.
    let paged = table.replacen("1    Thả", "\u{c}1    Thả", 1);
    assert_eq!(told(&reading(&format!("{HEAD}PHỤ LỤC\n{paged}")).plan), rows);
}

#[test]
fn double_blanks_in_running_text_are_no_table() {
    let body = "I. NHIỆM VỤ\n\
1. Nhiệm vụ về nước.  Giao Sở Y tế thau bể.  Công an tỉnh cắm biển.\n\
Nhiệm vụ trên hồ.  Cơ quan chủ trì đo nước.  Thời gian đo là sáng sớm.\n\
Nội dung khác.  Giao Sở Xây dựng rà soát kè.  Kết quả báo cáo sau.\n";
    let single = format!("{HEAD}{}", body.replace("  ", " "));
    let double = reading(&format!("{HEAD}{body}"));
    assert!(!double.text.contains('\t'), "{}", double.text);
    assert_eq!(told(&double.plan), told(&reading(&single).plan));
}

#[test]
fn a_head_whose_lines_keep_no_gaps_is_read_as_before() {
    let text = "KẾ HOẠCH\nThử\nI. NHIỆM VỤ\nTT   Nhiệm vụ   Cơ quan chủ trì   Thời gian\n\
1. Giao Sở Y tế thau bể và lau sàn nhà văn hóa của bản trước ngày 30/9/2026.\n\
2. Giao Công an tỉnh cắm biển báo bên bờ hồ và dọc đường lên núi.\n";
    let reading = reading(text);
    assert!(reading.text == text, "{}", reading.text);
}

#[test]
fn receivers_stand_before_who_signs() {
    let text = format!(
        "{HEAD}I. NHIỆM VỤ\n1. Giao Sở Thủy sản đếm cá trước ngày 30/9/2026./.\n\n\
Nơi nhận:                          KT. GIÁM ĐỐC\n\
- Như trên;                        PHÓ GIÁM ĐỐC\n\
- Sở Y tế;\n\
- Lưu: VT.\n\n\n{:35}Nguyễn Thị Thử\n",
        ""
    );
    let reading = reading(&text);
    assert_eq!(reading.plan.tasks.len(), 1, "{:?}", told(&reading.plan));
    let end = "Nơi nhận:\n- Như trên;\n- Sở Y tế;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Thị Thử\n";
    assert!(reading.text.ends_with(end), "{}", reading.text);
}

#[test]
fn a_mark_of_secrecy_below_a_table_is_no_cell_of_it() {
    let text = format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{TABLE}                         TỐI MẬT\n");
    assert_eq!(read(text.as_bytes()).err(), Some(Refusal::Classified("TỐI MẬT")));
}

#[test]
fn a_mark_of_secrecy_among_lines_of_one_width_is_no_part_of_a_sentence() {
    let running = "rà soát các trạm bơm ven sông và báo cáo kết quả về xã\n".repeat(6);
    for text in [format!("KẾ HOẠCH\n{running}TUYỆT MẬT\n{running}"), "KẾ HOẠCH\n\nTUYỆT MẬT\n(bản số 3)\n".into()]
    {
        assert_eq!(read(text.as_bytes()).err(), Some(Refusal::Classified("TUYỆT MẬT")), "{text}");
    }
}

#[test]
fn a_mark_of_secrecy_among_the_lines_of_a_table_without_columns_is_seen() {
    let rows = "1\nThả cá giống xuống hồ\nSở Thủy sản\nNăm 2026\nTỐI MẬT\n2\nĐắp bờ kè\nSở Xây dựng\nNăm 2027\n";
    let text = format!("KẾ HOẠCH\n\nPHỤ LỤC\nTT\nNhiệm vụ\nCơ quan chủ trì\nThời gian\n{rows}");
    assert_eq!(read(text.as_bytes()).err(), Some(Refusal::Classified("TỐI MẬT")));
}

const LOST: &str = "\
STT
Nhiệm vụ
Cơ quan chủ trì
Thời gian
1
Thả cá giống xuống hồ
Sở Thủy sản
Năm 2026
2
Đắp bờ kè
Sở Xây dựng
Năm 2027
";

#[test]
fn a_table_without_columns_is_read_whatever_parts_its_titles_and_where_a_number_stands_alone() {
    let tabs = LOST.replace("Nhiệm vụ\nCơ quan chủ trì\nThời", "Nhiệm vụ\tCơ quan chủ trì\tThời");
    assert_ne!(tabs, LOST);
    let bare = format!("{LOST}3\n");
    let rows = ["Thả cá giống xuống hồ | Sở Thủy sản |  | Năm 2026", "Đắp bờ kè | Sở Xây dựng |  | Năm 2027"];
    for table in [LOST, tabs.as_str(), bare.as_str()] {
        assert_eq!(told(&reading(&format!("KẾ HOẠCH\n\nPHỤ LỤC\n{table}")).plan), rows, "{table}");
    }
}

#[test]
fn texts_that_are_all_columns_end() {
    let columns = format!("TT{}\n1{}\n", "  a".repeat(20_000), "  b".repeat(20_000));
    let lost = format!("STT Nội dung Chủ trì Thời gian\n1 Rà {}\n", "A ".repeat(20_000));
    let receivers = format!("Nơi nhận{0}\nNhư{0}\n", "  a".repeat(100_000));
    let cell = format!("{HEAD}PHỤ LỤC\nNHIỆM VỤ\n\n{TABLE}                         {}\n", "a ".repeat(200_000));
    let head = "KẾ HOẠCH\nA\nTT   Nhiệm vụ   Cơ quan chủ trì   Thời gian\n";
    let long = format!("{head}1    Rà\n{}", "     b\n".repeat(300_000));
    let wide = format!("{head}1{0}\n2{0}\n", "  a".repeat(100_000));
    let pages = format!("TT   Nhiệm vụ\n{}", "\u{c}\n".repeat(500_000));
    for text in [columns, lost, receivers, cell, long, wide, pages, "b\n".repeat(300_000)] {
        assert!(read(text.as_bytes()).is_ok());
    }
}
