//! Columns held by blanks where little parts them: pressed cells, heads without numbers, columns behind single blanks.

use plan_reader::{ProblemKind, Reading, read};

fn reading(table: &str) -> Reading {
    let text = format!("KẾ HOẠCH\nThả cá giống xuống hồ năm 2026\n\nPHỤ LỤC\nNHIỆM VỤ\n\n{table}");
    read(text.as_bytes()).unwrap()
}

fn told(reading: &Reading) -> Vec<String> {
    let task = |task: &plan_reader::Task| format!("{} | {} | {}", task.text, task.lead.join("+"), task.time.raw);
    reading.plan.tasks.iter().map(task).collect()
}

/// Tasks whose row must be compared with the original.
fn asked(reading: &Reading) -> usize {
    let unclear = reading.plan.problems.iter().filter(|problem| problem.kind == ProblemKind::TableUnclear);
    let spans: Vec<_> = unclear.filter_map(|problem| problem.source).collect();
    let tasks = reading.plan.tasks.iter();
    tasks
        .filter(|task| spans.iter().any(|span| span.start <= task.source.start && task.source.start < span.end))
        .count()
}

#[test]
fn numbers_of_columns_are_a_row_of_their_own_where_rows_have_none() {
    let table = "\
Nhiệm vụ                Cơ quan chủ trì   Thời gian
(1)                     (2)               (3)
Thả cá giống xuống      Sở Thủy sản       Quý II/2026
hồ lớn ven rừng
Đắp lại bờ kè           Sở Xây dựng       Năm 2026
Đo độ sâu của hồ        Công an tỉnh      Tháng
                                          9/2026
";
    let rows = [
        "Thả cá giống xuống hồ lớn ven rừng | Sở Thủy sản | Quý II/2026",
        "Đắp lại bờ kè | Sở Xây dựng | Năm 2026",
        "Đo độ sâu của hồ | Công an tỉnh | Tháng 9/2026",
    ];
    assert_eq!(told(&reading(table)), rows);
}

#[test]
fn rows_without_numbers_begin_where_all_cells_speak_anew() {
    let table = "\
Nhiệm vụ                Cơ quan chủ trì   Thời gian
Thả cá giống            Sở Thủy sản       Quý
Một và cá Hai           Bản Mẫu           II/2026
Đắp lại bờ kè           Sở Xây dựng       Năm 2026
Đo độ sâu của hồ        Công an tỉnh      Năm 2027
";
    let rows = [
        "Thả cá giống Một và cá Hai | Sở Thủy sản Bản Mẫu | Quý II/2026",
        "Đắp lại bờ kè | Sở Xây dựng | Năm 2026",
        "Đo độ sâu của hồ | Công an tỉnh | Năm 2027",
    ];
    assert_eq!(told(&reading(table)), rows);
}

/// One title of both would be no title.
#[test]
fn a_column_behind_single_blanks_alone_is_read_and_each_row_asked_about() {
    let table = "\
TT   Nhiệm vụ               Cơ quan chủ trì và theo dõi việc thực hiện Cơ quan phối hợp thực hiện
1    Thả cá giống xuống     Sở Thủy sản, Sở Xây dựng và Sở Công Thương Sở Y tế
2    Đắp lại bờ kè ven      Sở Xây dựng, Sở Tài chính và Công an tỉnh Sở Nội vụ
3    Đo độ sâu của hồ       Công an tỉnh, Sở Thủy sản và Sở Tài chính Sở Tư pháp
";
    let reading = reading(table);
    let rows = [
        "Thả cá giống xuống | Sở Thủy sản+Sở Xây dựng+Sở Công Thương | Sở Y tế",
        "Đắp lại bờ kè ven | Sở Xây dựng+Sở Tài chính+Công an tỉnh | Sở Nội vụ",
        "Đo độ sâu của hồ | Công an tỉnh+Sở Thủy sản+Sở Tài chính | Sở Tư pháp",
    ];
    let told =
        |task: &plan_reader::Task| format!("{} | {} | {}", task.text, task.lead.join("+"), task.coordinating.join("+"));
    assert_eq!(reading.plan.tasks.iter().map(told).collect::<Vec<_>>(), rows);
    assert_eq!(asked(&reading), 3, "{:?}", reading.plan.problems);
}

/// In its second row a word of the lead stands against a text that has no room for it.
const PRESSED: &str = "\
TT   Nhiệm vụ                      Cơ quan      Thời gian
                                   chủ trì
1    Thả cá giống xuống hồ lớn     Sở Thủy      Năm 2026
     và các hồ nhỏ ven rừng xa     sản
     của cả huyện
2    Đắp lại bờ kè ven sông và     Thuế tỉnh    Giai đoạn
     đường xuống bến của xã Khe Mẫu             2027 - 2030
     cùng các lối mòn lên núi
3    Đo độ sâu của hồ trước khi    Công an      Năm 2027
     mùa mưa năm nay về tới các    tỉnh
     vùng thấp
4    Cắm biển báo bên bờ hồ và     Sở Xây       Năm 2028
     dọc theo đường lên núi cao    dựng
     trong vùng
";

const PRESSED_ROWS: [&str; 4] = [
    "Thả cá giống xuống hồ lớn và các hồ nhỏ ven rừng xa của cả huyện | Sở Thủy sản | Năm 2026",
    "Đắp lại bờ kè ven sông và đường xuống bến của xã Khe cùng các lối mòn lên núi | Thuế tỉnh Mẫu | Giai đoạn 2027 - 2030",
    "Đo độ sâu của hồ trước khi mùa mưa năm nay về tới các vùng thấp | Công an tỉnh | Năm 2027",
    "Cắm biển báo bên bờ hồ và dọc theo đường lên núi cao trong vùng | Sở Xây dựng | Năm 2028",
];

#[test]
fn a_word_for_which_a_column_has_no_room_is_of_the_next_one() {
    let reading = reading(PRESSED);
    assert_eq!(told(&reading), PRESSED_ROWS);
    assert_eq!(asked(&reading), 0, "{:?}", reading.plan.problems);
}

#[test]
fn words_pressed_into_one_are_asked_about() {
    let glued = PRESSED.replace("xã Khe Mẫu  ", "xã KheMẫu   ");
    assert_ne!(glued, PRESSED);
    let reading = reading(&glued);
    assert_eq!(told(&reading).len(), 4);
    assert_eq!(asked(&reading), 1, "{:?}", reading.plan.problems);
}

#[test]
fn a_head_that_the_page_cut_is_one() {
    let at = PRESSED.find('\n').unwrap() + 1;
    let (above, below) = PRESSED.split_at(at);
    for blank in ["", "\n\n\n\n"] {
        assert_eq!(told(&reading(&format!("{above}{blank}\u{c}{below}"))), PRESSED_ROWS);
    }
}

#[test]
fn the_last_line_of_a_page_is_of_its_row_where_the_head_stands_again_on_the_next() {
    let head = "TT   Nhiệm vụ                Cơ quan chủ trì   Thời gian\n";
    let above = "\
1    Thả cá giống            Sở Thủy sản       Năm 2026
2    Đắp lại bờ kè và        Sở Xây dựng       Năm 2026
     Công trình phụ          tỉnh Mẫu
";
    let below = "3    Đo độ sâu của hồ        Công an tỉnh      Năm 2027\n";
    let whole = told(&reading(&format!("{head}{above}{below}")));
    assert!(whole.len() == 3 && whole[1].contains("Công trình phụ") && whole[1].contains("tỉnh Mẫu"), "{whole:?}");
    assert_eq!(told(&reading(&format!("{head}{above}\u{c}{head}{below}"))), whole);
}

#[test]
fn the_last_line_of_a_page_is_of_its_row_also_where_its_words_are_titles() {
    let table = "\
TT   Nhiệm vụ                Cơ quan chủ trì   Thời gian
1    Thả cá giống            Sở Thủy sản       Năm 2026
2    Ghi sổ các cột          Sở Y tế           Sau khi có
     Nội dung,               chủ trì           thời gian
\u{c}     Kết quả                 Xã Mẫu            Của tỉnh
3    Đo độ sâu của hồ        Công an tỉnh      Năm 2027
";
    let rows = told(&reading(table));
    assert!(rows.len() == 3 && rows[1].starts_with("Ghi sổ các cột Nội dung, Kết quả | "), "{rows:?}");
}

#[test]
fn rows_stand_where_they_do_and_not_where_their_titles_do() {
    let moved = PRESSED.replace("Cơ quan      Thời gian", "  Cơ quan Thời gian");
    let moved =
        moved.replace("\n                                   chủ trì", "\n                                     chủ trì");
    assert_eq!(told(&reading(&moved)), PRESSED_ROWS);
}

#[test]
fn months_are_columns_below_the_title_over_all_of_them() {
    let table = "\
TT         Nội dung          Chủ trì/Phối hợp       Thời gian thực hiện (tháng)
                                                  T2    T3    T10   T11
A    Thủy sản
1    Thả cá giống xuống     Công an xã/Các        x           x
     hồ lớn                 thôn
2    Đo độ sâu của hồ       Trạm Y tế xã                Thường xuyên
B    Rừng
3    Lấp giếng cũ           Công an xã                                x
";
    let rows = [
        "Thả cá giống xuống hồ lớn | Công an xã | T2, T10",
        "Đo độ sâu của hồ | Trạm Y tế xã | Thường xuyên",
        "Lấp giếng cũ | Công an xã | T11",
    ];
    let reading = reading(table);
    assert_eq!(told(&reading), rows);
    assert_eq!(reading.plan.tasks[0].coordinating, ["Các thôn"]);
}

#[test]
fn titles_over_all_columns_end_no_table() {
    let table = "\
TT   Nội dung công việc       Cơ quan soạn thảo   Lãnh đạo ký     Thời hạn trình   Ghi chú
I    THÁNG 4/2026
Nội dung trình Thường trực HĐND
1    Đề án thả cá giống       Sở Thủy sản         PCT Vi Mẫu      10/4             Mới
II THÁNG 5/2026
Nội dung thuộc thẩm quyền của Chủ tịch
2    Đề án đo độ sâu hồ       Sở Xây dựng         CT Lò Mẫu                        Mới
";
    let rows = ["Đề án thả cá giống | Sở Thủy sản | 10/4", "Đề án đo độ sâu hồ | Sở Xây dựng | THÁNG 5/2026"];
    assert_eq!(told(&reading(table)), rows);
}

#[test]
fn a_target_below_another_has_values_of_its_own() {
    let table = "\
TT   Chỉ tiêu                   Đơn vị tính   Năm 2026   Năm 2030   Cơ quan theo dõi
(1)  (2)                        (3)           (4)        (5)        (6)
1    Tốc độ tăng đàn cá         %             10,5       11,5       Sở Thủy sản
     của các hồ
     Trong đó: - Cá nước lợ     %             13,2       14         Sở Y tế
     - Cá nước ngọt             %             3,4        3,6        Sở Xây dựng
";
    let targets = reading(table).plan.targets;
    let told = targets.iter().map(|target| (target.value, target.period.to, target.lead[0].as_str()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (10.5, Some(2026), "Sở Thủy sản"),
            (11.5, Some(2030), "Sở Thủy sản"),
            (13.2, Some(2026), "Sở Y tế"),
            (14.0, Some(2030), "Sở Y tế"),
            (3.4, Some(2026), "Sở Xây dựng"),
            (3.6, Some(2030), "Sở Xây dựng"),
        ]
    );
}

#[test]
fn words_that_a_converter_broke_are_whole_in_rows_and_sentences() {
    let table = "\
TT   Nhiệm vụ                  Cơ quan ch ủ trì   Thời gian
1    Thả cá giống xu ống h ồ   S ở Th ủy sản      Năm 2026
2    Đo độ sâu c ủa h ồ        Công an t ỉnh      Năm 2027
";
    let rows = ["Thả cá giống xuống hồ | Sở Thủy sản | Năm 2026", "Đo độ sâu của hồ | Công an tỉnh | Năm 2027"];
    assert_eq!(told(&reading(table)), rows);
}
