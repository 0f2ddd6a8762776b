//! Word files as other programs and old offices write them.

use std::io::{Cursor, Write};

use plan_reader::{Refusal, read};

use super::letters::{TASKS, tasks};

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
}

fn word(body: &str, styles: &str) -> Vec<u8> {
    archive(&[("word/document.xml", &document(body)), ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>"))])
}

fn run(look: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>")
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn text(bytes: &[u8]) -> String {
    read(bytes).unwrap().text
}

#[test]
fn hidden_text_is_left_out() {
    let styles = "<w:style w:type='character' w:styleId='An'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type='character' w:styleId='AnCon'><w:basedOn w:val='An'/></w:style><w:style w:type='paragraph' w:styleId='DoanAn'><w:rPr><w:vanish/></w:rPr></w:style>";
    let body = [
        paragraph(&(run("", "Sở Tài chính") + &run("<w:vanish/>", ", Sở Y tế"))),
        paragraph(
            &(run("<w:rStyle w:val='AnCon'/>", "bỏ ") + &run("<w:rStyle w:val='AnCon'/><w:vanish w:val='0'/>", "Hiện")),
        ),
        format!("<w:p><w:pPr><w:pStyle w:val='DoanAn'/></w:pPr>{}</w:p>", run("", "bỏ cả đoạn")),
        // Only the mark of this paragraph is hidden.
        format!("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{}</w:p>", run("", "Còn lại")),
    ];
    assert_eq!(text(&word(&body.concat(), styles)), "Sở Tài chính\nHiện\nCòn lại\n");
}

#[test]
fn a_mark_of_secrecy_below_other_words_of_a_cell_is_seen() {
    let cell = |lines: &[&str]| {
        let lines = lines.iter().map(|line| paragraph(&run("", line))).collect::<Vec<_>>().concat();
        format!("<w:tc>{lines}</w:tc>")
    };
    let row = cell(&["Số 12"]) + &cell(&["Thả cá", "TỐI MẬT"]) + &cell(&["Sở Y tế"]);
    let file = word(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"), "");
    assert_eq!(read(&file).err(), Some(Refusal::Classified("TỐI MẬT")));
}

#[test]
fn hidden_rows_and_empty_cells_say_nothing() {
    let row = |hidden: &str, cells: [&str; 5]| {
        let cells =
            cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(&run("", cell)))).collect::<Vec<_>>().concat();
        format!("<w:tr><w:trPr>{hidden}</w:trPr>{cells}</w:tr>")
    };
    let rows = [
        row("", ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]),
        row("", ["1", "Đào tạo kỹ năng số cho cán bộ xã.", "Sở Nội vụ", "-", "Năm 2026"]),
        row("<w:hidden/>", ["2", "Bỏ", "Sở Y tế", "–", "Năm 2026"]),
    ];
    let body = paragraph(&run("", "KẾ HOẠCH")) + "<w:tbl>" + &rows.concat() + "</w:tbl>";
    assert_eq!(tasks(&read(&word(&body, "")).unwrap().plan), TASKS[1..]);
}

#[test]
fn letters_of_old_fonts_are_read_by_their_font() {
    let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='Thuong'><w:rPr><w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/></w:rPr></w:style><w:style w:type='paragraph' w:styleId='Hoa'><w:rPr><w:rFonts w:hAnsi='.VnTimeH'/></w:rPr></w:style>";
    let vni = "<w:rFonts w:ascii='VNI-Times'/>";
    let body = [
        format!("<w:p><w:pPr><w:pStyle w:val='Hoa'/></w:pPr>{}</w:p>", run("", "KÕ ho¹ch")),
        paragraph(
            &(run("", "bé ph\u{ad}¬ng ")
                + &run(vni, "Kyõ naê")
                + &run(vni, "ng ")
                + &run("<w:rFonts w:ascii='Arial'/>", "bé")),
        ),
        paragraph(&run("", "Chữ mới")),
    ];
    assert_eq!(text(&word(&body.concat(), styles)), "KẾ HOẠCH\nbộ phương Kỹ năng bé\nChữ mới\n");
}

#[test]
fn the_package_names_its_parts() {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id='r' Type='http://x/relationships/{kind}' Target='{target}'/></Relationships>"
        )
    };
    let body = document(&(paragraph(&run("", "KẾ HOẠCH")) + &paragraph(&run("<w:rStyle w:val='An'/>", "bỏ"))));
    let styles = "<w:styles><w:style w:styleId='An'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let (main, style) = (relation("officeDocument", "/van/ban2.xml"), relation("styles", "kieu.xml"));
    let related = archive(&[
        ("_rels/.rels", &main),
        ("van/ban2.xml", &body),
        ("van/_rels/ban2.xml.rels", &style),
        ("van/kieu.xml", styles),
    ]);
    let types = |part: &str, kind: &str| {
        format!(
            "<Types><Override PartName='/{part}' ContentType='application/vnd.openxmlformats-officedocument.{kind}.main+xml'/></Types>"
        )
    };
    let typed = archive(&[
        ("[Content_Types].xml", &types("word/a.xml", "wordprocessingml.document")),
        ("word/a.xml", &body),
        ("word/styles.xml", styles),
    ]);
    for file in [related, typed] {
        assert_eq!(text(&file), "KẾ HOẠCH\n");
    }
    let main = relation("officeDocument", "xl/workbook.xml");
    let sheet = [
        ("[Content_Types].xml", types("xl/workbook.xml", "spreadsheetml.sheet")),
        ("_rels/.rels", main),
        ("xl/workbook.xml", "<workbook/>".into()),
    ];
    let sheet = sheet.each_ref().map(|(name, text)| (*name, text.as_str()));
    assert_eq!(read(&archive(&sheet)).unwrap_err(), Refusal::Format("zip, Excel, PowerPoint"));
    assert_eq!(
        read(&archive(&[("mimetype", "a"), ("content.xml", "<a/>")])).unwrap_err(),
        Refusal::Format("OpenDocument")
    );
}

#[test]
fn an_appendix_right_after_the_title_stands_apart() {
    let body: String = ["KẾ HOẠCH", "Phát triển chính quyền số", "", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ"]
        .iter()
        .map(|line| paragraph(&run("", line)))
        .collect();
    let reading = read(&word(&body, "")).unwrap();
    assert_eq!(reading.text, "KẾ HOẠCH\nPhát triển chính quyền số\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n");
    assert_eq!(reading.plan.document.title.as_deref(), Some("Phát triển chính quyền số"));
}

#[test]
fn an_empty_column_between_two_lays_out_a_letterhead() {
    let row = |cells: [&str; 3]| {
        let cells = cells.map(|lines| {
            let lines: String = lines.split('\n').map(|line| paragraph(&run("", line))).collect();
            format!("<w:tc>{lines}</w:tc>")
        });
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let rows = [
        row(["ỦY BAN NHÂN DÂN\nTỈNH MẪU", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        row(["Số: 15/UBND-VP\nV/v trám lấp giếng khoan", "", "Sông Mẫu, ngày 02 tháng 3 năm 2026"]),
    ];
    let body = format!("<w:tbl>{}</w:tbl>{}", rows.concat(), paragraph(&run("", "Kính gửi: Sở Xây dựng.")));
    let document = read(&word(&body, "")).unwrap().plan.document;
    assert_eq!(document.number.as_deref(), Some("15/UBND-VP"));
    assert_eq!(document.title.as_deref(), Some("trám lấp giếng khoan"));
    assert_eq!(document.issuer.as_deref(), Some("ỦY BAN NHÂN DÂN TỈNH MẪU"));
}
