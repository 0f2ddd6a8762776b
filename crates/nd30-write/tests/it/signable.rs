//! What makes a paper fit to be signed: drawn lines, heads on every page, whole words, a signature that is never alone.

use nd30::{Block, Column, Kind, Paper, Run, Table};

use crate::{
    paper::sample,
    read_docx::{attributes, part, text},
    read_pdf::{fonts, pages, pdfinfo},
};

fn docx(paper: &Paper) -> Vec<u8> {
    nd30_write::docx(paper).unwrap()
}

/// Typst's pages.
fn set(paper: &Paper) -> Option<Vec<String>> {
    fonts().and_then(|fonts| pages(&nd30_write::pdf(paper, &fonts).unwrap()))
}

/// The same and LibreOffice's, which takes seconds.
fn printed(paper: &Paper) -> Vec<Vec<String>> {
    let office = crate::read_docx::as_pdf(&docx(paper)).and_then(|pdf| pages(&pdf));
    set(paper).into_iter().chain(office).collect()
}

#[test]
fn lines_are_drawn_and_no_underscore_is_typed() {
    let xml = part(&docx(&sample()), "word/document.xml");
    assert!(!text(&xml).contains("__"), "typed underscores");
    // Under the issuer, the motto, the title and the heads of two appendices.
    assert_eq!(xml.matches("<w:pBdr><w:bottom").count(), 5);
    let html = nd30::html(&sample());
    assert_eq!((html.matches("ruled part").count(), html.matches("ruled motto").count()), (2, 1));
}

#[test]
fn the_line_under_the_issuer_is_a_third_to_half_of_the_name_and_that_under_the_motto_as_long_as_it() {
    let xml = part(&docx(&sample()), "word/document.xml");
    let length = |words: &str, room: f64| {
        let after = xml.split(words).nth(1).unwrap().split("<w:pBdr>").next().unwrap();
        let indent = after.rsplit("<w:ind w:left=\"").next().unwrap().split('"').next().unwrap();
        room - 2.0 * indent.parse::<f64>().unwrap() / 20.0
    };
    let name = "SỞ KHOA HỌC VÀ CÔNG NGHỆ";
    let share = length(name, 188.5) / nd30::width(name, 12.0, true);
    assert!((0.33..=0.5).contains(&share), "{share}");
    let share = length("Độc lập - Tự do", 265.0) / nd30::width("Độc lập - Tự do - Hạnh phúc", 13.0, true);
    assert!((0.95..=1.05).contains(&share), "{share}");
}

#[test]
fn a_table_says_its_head_on_every_page_and_breaks_no_row() {
    let xml = part(&docx(&sample()), "word/document.xml");
    assert_eq!(xml.matches("<w:tblHeader />").count(), 2);
    assert!(!xml.contains("w:trHeight"), "the mark is gone");
    assert_eq!(xml.matches("<w:cantSplit />").count(), xml.matches("<w:tr>").count() - 2, "all but the head's two");
    for pages in printed(&sample()) {
        let with_rows = pages.iter().filter(|page| page.contains("Xây dựng nền tảng"));
        for page in with_rows {
            assert!(page.contains("STT") && page.contains("Giá trị"), "no head: {page}");
        }
    }
}

/// However long the text before it is, the signature has two lines of text above it on its page.
#[test]
fn the_signature_is_never_alone() {
    let line = "Sở tiếp tục thực hiện các nhiệm vụ được giao và báo cáo theo quy định.";
    for lines in (8..30).step_by(2) {
        let mut body: Vec<Block> = (0..lines).map(|_| Block::Paragraph(vec![line.into()])).collect();
        body.push(Block::Paragraph(vec!["Trân trọng báo cáo.".into()]));
        let paper = Paper { body, appendices: vec![], ..sample() };
        for page in set(&paper).into_iter().flatten().filter(|page| page.contains("Nơi nhận")) {
            assert!(page.contains("Trân trọng") && page.contains("tiếp tục thực hiện"), "{lines}: {page}");
        }
        let xml = part(&docx(&paper), "word/document.xml");
        let body: Vec<&str> = xml.split("<w:p ").collect();
        let closing = body.iter().rev().filter(|p| p.contains("Trân trọng") || p.contains("tiếp tục thực hiện"));
        assert!(closing.take(2).all(|p| p.contains("<w:keepNext />")));
    }
}

#[test]
fn the_signature_is_not_alone_in_libreoffice() {
    let line = "Sở tiếp tục thực hiện các nhiệm vụ được giao và báo cáo theo quy định.";
    for lines in [19, 22] {
        let body = (0..lines).map(|_| Block::Paragraph(vec![line.into()])).collect();
        let paper = Paper { body, appendices: vec![], ..sample() };
        let Some(pages) = crate::read_docx::as_pdf(&docx(&paper)).and_then(|pdf| pages(&pdf)) else { return };
        let page = pages.iter().find(|page| page.contains("Nơi nhận")).unwrap();
        assert!(page.matches("tiếp tục thực hiện").count() >= 2, "{lines}: {page}");
    }
}

#[test]
fn no_word_of_a_table_is_cut() {
    let head = [
        "STT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kế hoạch",
        "Kỳ này",
        "Lũy kế",
        "Cùng kỳ",
        "% kế hoạch",
        "Số đơn vị",
        "Ghi chú",
    ];
    let words = "Tỷ lệ hồ sơ thủ tục hành chính được số hóa, cấp kết quả bản điện tử có giá trị pháp lý".to_owned();
    let row = |n: u32| {
        let cells = [n.to_string(), words.clone(), "phần trăm".into(), "1.234.567,5".into(), "64,3/77".into()];
        let cells = cells.into_iter().chain(["91,7", "62", "100", "58/61", "chính thức"].map(str::to_owned));
        cells.map(|text| vec![Run::new(text)]).collect()
    };
    let columns = [Column::Order, Column::Words, Column::Words].into_iter().chain([Column::Numbers; 6]).collect();
    let table = Table { head: head.map(str::to_owned).to_vec(), columns, rows: (1..9).map(row).collect() };
    let paper = Paper { body: vec![Block::Table(table)], appendices: vec![], ..sample() };
    for pages in printed(&paper) {
        let found: Vec<&str> = pages.iter().flat_map(|page| page.split_whitespace()).collect();
        for word in ["STT", "hoạch", "phần", "trăm", "1.234.567,5", "64,3/77", "91,7", "58/61", "chính"] {
            assert!(found.contains(&word), "{word} is cut: {found:?}");
        }
    }
}

#[test]
fn a_draft_says_so_in_every_file() {
    let draft = Paper { is_draft: true, ..sample() };
    assert!(nd30::html(&draft).contains("DỰ THẢO") && !nd30::html(&sample()).contains("DỰ THẢO"));
    assert!(text(&part(&docx(&draft), "word/document.xml")).contains("DỰ THẢO"));
    assert!(!text(&part(&docx(&sample()), "word/document.xml")).contains("DỰ THẢO"));
    if let Some(pages) = set(&draft) {
        assert!(pages[0].contains("DỰ THẢO"), "{}", pages[0]);
    }
}

#[test]
fn files_have_a_title_and_a_language() {
    let called = "Báo cáo Kết quả thực hiện Kế hoạch số 22/KH-UBND tháng 01 năm 2026";
    let bytes = docx(&Paper { issuer: "Sở <A & B>".into(), ..sample() });
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains(&format!("<dc:title>{called}</dc:title>")), "{core}");
    assert!(core.contains("<dc:creator>Sở &lt;A &amp; B&gt;</dc:creator>"), "{core}");
    assert_eq!(attributes(&part(&bytes, "word/styles.xml"), "w:lang", "w:val"), ["vi-VN"]);
    let Some(info) = fonts().and_then(|fonts| pdfinfo(&nd30_write::pdf(&sample(), &fonts).unwrap())) else { return };
    assert!(info.contains(called), "{info}");
}

#[test]
fn several_receivers_stand_below_the_colon() {
    let letter = Paper {
        kind: Kind::Letter { about: "trả lời".into() },
        to: vec!["Sở Tài chính".into(), "Sở Nội vụ".into()],
        appendices: vec![],
        ..sample()
    };
    if let Some(pages) = set(&letter) {
        assert!(pages[0].contains("- Sở Tài chính;") && pages[0].contains("- Sở Nội vụ."), "{}", pages[0]);
    }
}
