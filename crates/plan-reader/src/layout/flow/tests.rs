use super::*;

/// Where full lines end.
const RIGHT: f64 = 356.0;

/// A line, of letters half as wide as they are high: where it begins, its base line, its size, its words.
type Set<'a> = (f64, f64, f64, &'a str);

fn words(lines: &[Set]) -> Vec<Word> {
    let mut out = Vec::new();
    for (x, y, size, text) in lines {
        let mut x0 = *x;
        for word in text.split(' ') {
            let letters: f64 = word.chars().map(|_| size / 2.0).sum();
            out.push(Word { x0, x1: x0 + letters, y: *y, size: *size, text: word.into(), sure: 1.0 });
            x0 += letters + size / 4.0;
        }
    }
    out
}

fn pages(pages: &[&[Set]]) -> Vec<String> {
    let page = Page { height: 800.0, recognised: false, words: vec![], rules: vec![] };
    let (mut sheet, mut foot) = (Sheet::default(), None);
    for lines in pages {
        paragraphs(&words(lines), &page, &mut sheet, None, &mut foot);
    }
    sheet.paragraphs.into_iter().map(|paragraph| paragraph.text).collect()
}

/// Two lines of a size of 12, below one that shows the right edge.
fn two(first: &str, second: &str) -> Vec<String> {
    let edge = "Rà soát các trạm bơm ven sông cùng các xã và bản xa.";
    let lines = [(80.0, 50.0, 12.0, edge), (80.0, 116.0, 12.0, first), (80.0, 132.0, 12.0, second)];
    assert!(words(&lines[..1]).last().is_some_and(|last| (last.x1 - RIGHT).abs() < 0.1));
    pages(&[&lines]).split_off(1)
}

/// It ends where the lines do.
const FULL: &str = "Đo độ sâu của các hồ ven rừng cùng Công ty Nước Suối";

#[test]
fn a_mark_of_secrecy_beside_the_right_edge_stays_a_line() {
    let word = |text: &str, x0: f64, y: f64| Word { x0, x1: 500.0, y, size: 13.0, text: text.into(), sure: 1.0 };
    let words = [
        word("rà soát bờ kè của xã và", 80.0, 100.0),
        word("TUYỆT MẬT", 430.0, 116.0),
        word("báo cáo kết quả về huyện", 80.0, 132.0),
    ];
    let page = Page { height: 800.0, recognised: false, words: vec![], rules: vec![] };
    let mut sheet = Sheet::default();
    paragraphs(&words, &page, &mut sheet, None, &mut None);
    assert!(sheet.paragraphs.iter().any(|paragraph| paragraph.text == "TUYỆT MẬT"), "{:?}", sheet.paragraphs);
}

#[test]
fn a_letterhead_in_small_letters_cuts_no_paragraph_of_large_ones() {
    let lines = [
        (80.0, 50.0, 8.0, "SỞ MỘT BẢN MẪU"),
        (80.0, 60.0, 8.0, "PHÒNG HAI"),
        (80.0, 70.0, 8.0, "TỔ BA"),
        (80.0, 120.0, 12.0, FULL),
        (80.0, 136.0, 12.0, "Bản Mẫu."),
    ];
    let read = pages(&[&lines]);
    assert_eq!(read.last().unwrap(), &format!("{FULL} Bản Mẫu."), "{read:?}");
}

#[test]
fn a_line_goes_on_where_the_next_word_had_no_room() {
    assert_eq!(two(FULL, "Bản Mẫu."), [format!("{FULL} Bản Mẫu.")]);
    let short = FULL.strip_suffix(" Nước Suối").unwrap();
    assert_eq!(two(short, "Bản Mẫu."), [short, "Bản Mẫu."]);
    assert_eq!(two(short, "Nước-Suối-Khe Bản Mẫu."), [format!("{short} Nước-Suối-Khe Bản Mẫu.")]);
}

#[test]
fn a_sentence_goes_on_over_the_page_and_a_whole_one_does_not() {
    let over = |last: &str, next: &str| pages(&[&[(80.0, 700.0, 12.0, last)], &[(80.0, 80.0, 12.0, next)]]);
    assert_eq!(over(FULL, "Bản Mẫu."), [format!("{FULL} Bản Mẫu.")]);
    let ended = format!("{}.", FULL.strip_suffix('i').unwrap());
    for (last, next) in
        [(ended.as_str(), "Bản Mẫu."), (FULL, "- Đắp bờ kè."), (FULL, "2. Đắp bờ kè."), (FULL, "PHỤ LỤC")]
    {
        assert_eq!(over(last, next), [last, next]);
    }
    let large = pages(&[&[(80.0, 700.0, 12.0, FULL)], &[(80.0, 80.0, 16.0, "Bản Mẫu.")]]);
    assert_eq!(large, [FULL, "Bản Mẫu."], "a title of the next page");
}

#[test]
fn a_mark_in_the_middle_of_a_sentence_begins_no_item() {
    let awaits = "Đo độ sâu của các hồ ven rừng cùng Sở Hai theo khoản";
    assert_eq!(two(awaits, "2. Điều 7."), [format!("{awaits} 2. Điều 7.")]);
    assert_eq!(two(FULL, "2. Sở Hai."), [FULL, "2. Sở Hai."]);
    assert_eq!(two(FULL, "+ Sở Hai."), [format!("{FULL} + Sở Hai.")]);
    let ended = format!("{};", FULL.strip_suffix('i').unwrap());
    assert_eq!(two(&ended, "+ Sở Hai."), [ended.as_str(), "+ Sở Hai."]);
}

#[test]
fn a_line_of_dashes_and_a_title_in_capitals_join_nothing() {
    assert_eq!(two(FULL, "----------"), [FULL, "----------"]);
    let loud = FULL.to_uppercase();
    assert_eq!(two(&loud, "Bản Mẫu."), [loud.as_str(), "Bản Mẫu."]);
}

#[test]
fn what_runs_below_both_texts_is_behind_both() {
    let beside = [(80.0, 600.0, 12.0, "Nơi nhận:"), (300.0, 600.0, 12.0, "GIÁM ĐỐC")];
    let narrow = [&beside[..], &[(80.0, 616.0, 12.0, "- Sở Hai;")]].concat();
    assert_eq!(pages(&[&narrow]), ["Nơi nhận:", "- Sở Hai;", "GIÁM ĐỐC"]);
    let wide = [&beside[..], &[(80.0, 616.0, 12.0, FULL)]].concat();
    assert_eq!(pages(&[&wide]), ["Nơi nhận:", "GIÁM ĐỐC", FULL]);
}

#[test]
fn only_a_mark_stands_apart_from_its_item() {
    let line = |first| pages(&[&[(80.0, 100.0, 12.0, first), (200.0, 100.0, 12.0, "Bản Mẫu")]]);
    assert_eq!(line("1."), ["1. Bản Mẫu"]);
    assert_eq!(line("Sở"), ["Sở", "Bản Mẫu"]);
}
