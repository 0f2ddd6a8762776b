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
