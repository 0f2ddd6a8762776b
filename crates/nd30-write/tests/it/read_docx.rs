//! Reads the Word file back: page, margins, fonts, number and date forms, recipients, page numbers.

use std::io::{Cursor, Read};

use crate::paper::sample;

pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The values of an attribute of every element of this name.
pub fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_str(xml);
    let mut out = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(found) | Event::Empty(found) if found.name().as_ref() == element => {
                let value = found.attributes().flatten().find(|a| a.key.as_ref() == attribute);
                out.extend(value.map(|a| a.value.to_string()));
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// The text of a file, a line per paragraph.
pub fn text(xml: &str) -> String {
    use quick_xml::{Reader, events::Event};
    let (mut reader, mut out) = (Reader::from_str(xml), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Text(words) => out.push_str(&words),
            Event::GeneralRef(entity) => out.push_str(match entity.as_ref() {
                "lt" => "<",
                "gt" => ">",
                _ => "&",
            }),
            Event::End(end) if end.name().as_ref() == "w:p" => out.push('\n'),
            Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn the_page_is_the_decrees() {
    let bytes = nd30_write::docx(&sample()).unwrap();
    let xml = part(&bytes, "word/document.xml");
    let mm = |element: &str, attribute: &str| -> Vec<u32> {
        attributes(&xml, element, attribute)
            .iter()
            .map(|twips| (twips.parse::<u32>().unwrap() * 100 + 2834) / 5669)
            .collect()
    };
    assert_eq!(mm("w:pgSz", "w:w"), [210, 297, 210]);
    assert_eq!(mm("w:pgSz", "w:h"), [297, 210, 297]);
    for (side, from, to) in [("w:top", 20, 25), ("w:bottom", 20, 25), ("w:left", 30, 35), ("w:right", 15, 20)] {
        let margins = mm("w:pgMar", side);
        assert!(margins.len() == 3 && margins.iter().all(|mm| (from..=to).contains(mm)), "{side} {margins:?}");
    }
    // Each section counts its own pages, and the first page shows no number.
    assert_eq!(attributes(&xml, "w:pgNumType", "w:start"), ["1", "1", "1"]);
    assert_eq!(xml.matches("<w:titlePg").count(), 3);
    assert_eq!(attributes(&xml, "w:headerReference", "w:type"), ["default", "default", "default"]);
    let header = part(&bytes, "word/header1.xml");
    assert!(header.contains("PAGE") && header.contains("w:val=\"center\""), "{header}");
}

#[test]
fn only_times_new_roman_in_the_decrees_sizes() {
    let bytes = nd30_write::docx(&sample()).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    assert_eq!(attributes(&styles, "w:rFonts", "w:ascii"), ["Times New Roman"]);
    let sizes: std::collections::BTreeSet<u32> = attributes(&part(&bytes, "word/document.xml"), "w:sz", "w:val")
        .iter()
        .map(|half| half.parse::<u32>().unwrap() / 2)
        .collect();
    assert!(sizes.iter().all(|size| [6, 8, 11, 12, 13, 14].contains(size)), "{sizes:?}");
}

#[test]
fn every_part_says_what_it_must() {
    let words = text(&part(&nd30_write::docx(&sample()).unwrap(), "word/document.xml"));
    for line in [
        "UBND TỈNH MẪU",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 05/BC-SKHCN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày 03 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kính gửi: Ủy ban nhân dân tỉnh",
        "Nơi nhận:",
        "- Như trên;",
        "- Văn phòng UBND tỉnh;",
        "- Lưu: VT, CNS.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Thị Ví Dụ",
        "Nhật ký: #7 · 0123456789abcdef · 08:00 03/02/2026",
        "Phụ lục I",
        "Phụ lục II",
        "KẾT QUẢ TỪNG NHIỆM VỤ",
        "(Kèm theo Báo cáo số 05/BC-SKHCN ngày 03 tháng 02 năm 2026 của Sở Khoa học và Công nghệ)",
    ] {
        assert!(words.lines().any(|found| found == line), "missing: {line}\n{words}");
    }
    assert!(words.contains("<b>*đậm*</b> #let x = 1."), "words stay words");
}

/// Word opens no file that holds what XML forbids.
#[test]
fn what_xml_forbids_is_left_out_of_every_part() {
    use nd30::{Appendix, Block, Kind, Run, Signer, Table};
    let bad = |words: &str| format!("{words}\u{ffff}\u{1}\u{fffe}\u{0}");
    let run = || vec![Run::link(bad("chữ"), bad("/tasks"))];
    let table = || Block::Table(Table { head: vec![bad("STT")], columns: vec![], rows: vec![vec![run()]] });
    let body = || vec![Block::Heading(nd30::Level::Part, run()), Block::Paragraph(run()), Block::Item(run()), table()];
    let paper = nd30::Paper {
        superior: Some(bad("UBND")),
        issuer: bad("Sở"),
        symbol: bad("BC"),
        place: bad("Mẫu"),
        kind: Kind::Named { name: bad("Báo cáo"), about: bad("Kết quả") },
        to: vec![bad("Một"), bad("Hai")],
        body: body(),
        signer: Signer { authority: vec![bad("Giám đốc")], name: Some(bad("An")) },
        copies: vec![bad("Ba")],
        kept: bad("VT"),
        appendices: vec![Appendix { title: bad("Bảng"), body: body(), landscape: false }],
        trace: Some(bad("Nhật ký")),
        ..sample()
    };
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    let letter = nd30::Paper { kind: Kind::Letter { about: bad("Việc") }, ..paper.clone() };
    for paper in [&paper, &letter] {
        let xml = part(&nd30_write::docx(paper).unwrap(), "word/document.xml");
        assert_eq!(xml.chars().find(|c| !is_xml(*c)), None);
        assert!(text(&xml).contains("SỞ"));
        assert_eq!(nd30::html(paper).chars().find(|c| !is_xml(*c)), None);
    }
}

#[test]
fn a_draft_leaves_room_for_number_and_day() {
    let draft = nd30::Paper { number: None, issued: None, drafted: Some(jiff::civil::date(2026, 2, 1)), ..sample() };
    let words = text(&part(&nd30_write::docx(&draft).unwrap(), "word/document.xml")).replace('\u{a0}', "_");
    assert!(words.contains("Số:_______/BC-SKHCN") && words.contains("ngày______tháng 02 năm 2026"));
}

/// The Word file as LibreOffice prints it; none where there is no LibreOffice.
pub fn as_pdf(docx: &[u8]) -> Option<Vec<u8>> {
    if !std::process::Command::new("soffice").arg("--version").output().is_ok_and(|out| out.status.success()) {
        eprintln!("SKIPPED: no LibreOffice here; cargo xtask test installs it");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bao-cao.docx");
    std::fs::write(&file, docx).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let out = std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .unwrap();
    assert!(out.status.success(), "{out:?}");
    Some(std::fs::read(folder.path().join("bao-cao.pdf")).unwrap())
}

#[test]
fn libreoffice_opens_it_and_counts_the_pages() {
    if let Some(pdf) = as_pdf(&nd30_write::docx(&sample()).unwrap()) {
        super::read_pdf::page_numbers_are_the_decrees(&pdf);
    }
}
