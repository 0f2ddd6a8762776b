//! One plan as Word file, PDF, text that lost its columns and recognised page: the same tasks come out of each.

use std::io::{Cursor, Write};

use plan_reader::{Plan, ProblemKind, Refusal, ScannedPage, read, read_scan};

const DOCX: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.docx");
const PDF: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.pdf");
const FLAT: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so-mat-cot.txt");
const SCAN: &[u8] = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.pdf");
const CONCLUSION: &str = include_str!("../../../../examples/plans/ket-luan.txt");
const LETTER: &str = include_str!("../../../../examples/plans/cong-van.txt");

fn plan(bytes: &[u8]) -> Plan {
    read(bytes).unwrap().plan
}

/// What a reader of the paper would copy out.
fn tasks(plan: &Plan) -> Vec<String> {
    let show = |task: &plan_reader::Task| {
        let (lead, helping) = (task.lead.join("; "), task.coordinating.join("; "));
        format!("{} {} | {lead} | {helping} | {:?} | {}", task.section.join("."), task.text, task.result, task.time.raw)
    };
    plan.tasks.iter().map(show).collect()
}

#[test]
fn word_pdf_and_flat_text_give_the_same_tasks() {
    let word = tasks(&plan(DOCX));
    assert_eq!(word.len(), 10);
    assert!(word[5].starts_with("PL.II.3 Xây dựng cơ chế chia sẻ dữ liệu giữa các cơ quan trong tỉnh. | Công an tỉnh; Sở Khoa học và Công nghệ; sở Tài chính; các sở, ban, ngành có liên quan | "), "{}", word[5]);
    assert_eq!(tasks(&plan(PDF)), word);
    assert_eq!(tasks(&plan(FLAT)), word);
}

#[test]
fn a_target_in_body_and_appendix_is_one_and_their_difference_is_told() {
    for bytes in [DOCX, PDF, FLAT] {
        let plan = plan(bytes);
        assert_eq!(plan.targets.len(), 12);
        assert!(plan.targets.iter().all(|target| target.mirrors.len() == 1));
        let cloud = &plan.targets[10];
        assert_eq!((cloud.value, cloud.lead.join("; ")), (70.0, "Sở Khoa học và Công nghệ".to_owned()));
        let differ: Vec<_> = plan.problems.iter().filter(|p| p.kind == ProblemKind::BodyAndAppendixDiffer).collect();
        assert_eq!(differ.len(), 2);
        assert!(differ[0].message_vi.contains("80 và 70"));
    }
}

#[test]
fn the_head_of_the_document_is_read_in_each_format() {
    for bytes in [DOCX, PDF, FLAT] {
        let document = plan(bytes).document;
        assert_eq!(document.number.as_deref(), Some("45/KH-UBND"));
        assert_eq!(document.issuer.as_deref(), Some("ỦY BAN NHÂN DÂN TỈNH MẪU"));
        assert!(document.title.unwrap().starts_with("Phát triển Chính quyền số"));
    }
}

#[test]
fn pages_of_a_pdf_are_told() {
    let pages: Vec<Option<u32>> = plan(PDF).tasks.iter().map(|task| task.source.page).collect();
    assert_eq!((pages[0], pages[9]), (Some(4), Some(5)));
}

#[test]
fn conclusions_and_letters_give_out_work_in_sentences() {
    let plan = plan(CONCLUSION.as_bytes());
    assert_eq!(plan.document.kind.as_deref(), Some("THÔNG BÁO"));
    let leads: Vec<String> = plan.tasks.iter().map(|task| task.lead.join("; ")).collect();
    assert_eq!(leads[0], "Sở Khoa học và Công nghệ");
    assert_eq!(leads[2], "các sở, ban, ngành; UBND các xã, phường, đặc khu");
    assert_eq!(&leads[3..], ["Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"]);
    assert_eq!(plan.tasks[0].coordinating, ["Sở Tài chính", "Công an tỉnh"]);
    let letter = self::plan(LETTER.as_bytes());
    assert_eq!(letter.document.kind.as_deref(), Some("CÔNG VĂN"));
    assert_eq!(letter.tasks.len(), 3);
    assert_eq!(letter.tasks[1].coordinating, ["Công an tỉnh"]);
}

/// A Word file with this body.
fn word(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document xmlns:w='w' xmlns:mc='mc'><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
    format!("<w:tr>{}</w:tr>", cells.concat())
}

#[test]
fn merged_header_cells_and_merged_rows_are_understood() {
    let two = |first: &str, second: &str| {
        let merged =
            |how: &str, text: &str| format!("<w:tc><w:tcPr><w:vMerge {how}/></w:tcPr>{}</w:tc>", paragraph(text));
        let start = ["TT", "Nhiệm vụ"].map(|title| merged("w:val='restart'", title)).concat();
        let wide = format!("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc>", paragraph("Cơ quan thực hiện"));
        let cont = merged("", "") + &merged("", "");
        let last = |how: &str, text: &str| merged(how, text);
        format!(
            "<w:tr>{start}{wide}{}</w:tr><w:tr>{cont}{}{}{}</w:tr>",
            last("w:val='restart'", "Thời gian"),
            format_args!("<w:tc>{}</w:tc>", paragraph(first)),
            format_args!("<w:tc>{}</w:tc>", paragraph(second)),
            last("", "")
        )
    };
    let body = format!(
        "{}{}<w:tbl>{}{}{}</w:tbl>",
        paragraph("KẾ HOẠCH"),
        paragraph("Thử bảng"),
        two("Chủ trì", "Phối hợp"),
        row(&["1", "Làm việc một của năm nay.", "Sở Một", "Sở Hai", "2026"]),
        row(&["2", "Làm việc hai của năm nay.", "Sở Ba", "", "Năm 2027"])
    );
    let plan = plan(&word(&body));
    assert_eq!(plan.tasks.len(), 2);
    assert_eq!((plan.tasks[0].lead.join(""), plan.tasks[0].coordinating.join("")), ("Sở Một".into(), "Sở Hai".into()));
    assert_eq!(plan.tasks[1].time.raw, "Năm 2027");
}

#[test]
fn deleted_text_and_second_copies_of_text_boxes_are_not_read() {
    let body = format!(
        "{}<w:del>{}</w:del><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
        paragraph("KẾ HOẠCH"),
        paragraph("bị xóa"),
        paragraph("trong khung"),
        paragraph("trong khung"),
        paragraph("thân &amp; đuôi")
    );
    assert_eq!(read(&word(&body)).unwrap().text, "KẾ HOẠCH\ntrong khung\nthân & đuôi\n");
}

#[test]
fn a_mark_of_secrecy_is_seen_in_every_format() {
    let letterhead = |mark: &str| format!("<w:tbl>{}</w:tbl>{}", row(&["UBND TỈNH MẪU", mark]), paragraph("KẾ HOẠCH"));
    assert_eq!(read(&word(&letterhead("TỐI MẬT"))).unwrap_err(), Refusal::Classified("TỐI MẬT"));
    assert_eq!(read(&word(&letterhead("Độ mật: MẬT"))).unwrap_err(), Refusal::Classified("MẬT"));
    assert!(read(&word(&letterhead("Bảo mật thông tin"))).is_ok());
    let entry = |at: u32, text: &str| format!("5\t1\t1\t1\t{at}\t1\t200\t{}\t90\t30\t95\t{text}", at * 60);
    let scan = [entry(1, "MẬT"), entry(3, "KẾ"), entry(4, "HOẠCH")].join("\n");
    assert_eq!(read_scan(&[ScannedPage { tsv: scan, resolution: 200.0 }]).unwrap_err(), Refusal::Classified("MẬT"));
    let blank = ScannedPage { tsv: String::new(), resolution: 200.0 };
    assert_eq!(read_scan(&[blank]).unwrap_err(), Refusal::Unlettered, "a picture is no empty file");
}

#[test]
fn hostile_files_are_refused_plainly() {
    let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(10_000), "</w:tc></w:tr></w:tbl>".repeat(10_000));
    let Refusal::Malformed { at, .. } = read(&word(&deep)).unwrap_err() else { panic!("not told where") };
    assert!((1_000..5_000).contains(&at), "where it went too deep: {at}");
    let flat_depth = format!("{}{}", "<w:ins>".repeat(100_000), "</w:ins>".repeat(100_000));
    assert_eq!(read(&word(&flat_depth)).unwrap_err(), Refusal::Empty);
    // 200 MB of blanks pack into 200 KB.
    let bomb = word(&" ".repeat(200 * 1024 * 1024));
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(read(&bomb).unwrap_err(), Refusal::TooLarge);
    assert_eq!(read(&DOCX[..DOCX.len() / 2]).unwrap_err(), Refusal::Damaged("Word"));
    assert_eq!(read(b"PK\x03\x04 no zip").unwrap_err(), Refusal::Damaged("Word"));
    assert!(matches!(read(b"\xd0\xcf\x11\xe0 old"), Err(Refusal::Format(_))));
    // Called .doc by many programs; a converter must make them .docx first.
    assert_eq!(read(b"{\\rtf1 K\\u7870? HO\\u7840?CH}").unwrap_err(), Refusal::Format("RTF"));
    assert_eq!(read(b"\n<html><p>K\xe1\xba\xbe HO\xe1\xba\xa0CH</p>").unwrap_err(), Refusal::Format("HTML"));
    assert_eq!(read(b"MIME-Version: 1.0\r\n\r\n<p>").unwrap_err(), Refusal::Format("MHT, EML"));
    assert_eq!(read(b"<?xml version='1.0'?><w:wordDocument/>").unwrap_err(), Refusal::Format("XML"));
    let mut locked = b"\xd0\xcf\x11\xe0".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&locked).unwrap_err(), Refusal::Encrypted);
    assert_eq!(read(SCAN).unwrap_err(), Refusal::Scan);
    assert_eq!(read(b"\x89PNG\r\n").unwrap_err(), Refusal::Scan);
}

#[test]
fn a_pdf_that_eats_its_own_tail_is_survived() {
    let pdf = |objects: &str| format!("%PDF-1.4\n{objects}\ntrailer << /Root 1 0 R >>\n%%EOF").into_bytes();
    for objects in [
        "1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj",
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 2000000000 /Kids [2 0 R 2 0 R] >> endobj",
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj 3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9e9 9e9] /Contents 4 0 R >> endobj 4 0 obj << /Length 2147483647 >> stream\nBT /F1 12 Tf (x) Tj ET\nendstream endobj",
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj 3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /XObject << /X 4 0 R >> >> /Contents 4 0 R >> endobj 4 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >> stream\n/X Do\nendstream endobj",
    ] {
        assert!(read(&pdf(objects)).is_err());
    }
}

#[test]
fn bytes_that_begin_like_a_document_never_panic() {
    bolero::check!().with_iterations(super::rounds(400)).for_each(|bytes: &[u8]| {
        for head in [b"PK\x03\x04".as_slice(), b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0"] {
            let _ = read(&[head, bytes].concat());
        }
        let _ = read_scan(&[ScannedPage { tsv: String::from_utf8_lossy(bytes).into_owned(), resolution: 200.0 }]);
    });
}

#[test]
fn a_real_document_with_bytes_changed_never_panics() {
    bolero::check!().with_iterations(super::rounds(150)).with_type::<(bool, u16, [u8; 4])>().for_each(
        |(word, at, bytes)| {
            let mut file = if *word { DOCX } else { PDF }.to_vec();
            let at = usize::from(*at) % (file.len() - 4);
            file[at..at + 4].copy_from_slice(bytes);
            let _ = read(&file);
        },
    );
}

#[test]
fn any_tags_in_a_word_file_are_read_or_refused() {
    let tags = [
        "<w:p>",
        "</w:p>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:t>chữ</w:t>",
        "<w:vMerge/>",
        "<w:gridSpan w:val='3'/>",
        "<w:numId w:val='1'/>",
        "<w:br/>",
        "&#7845;",
        "&bad;",
    ];
    bolero::check!().with_iterations(super::rounds(400)).with_type::<Vec<u8>>().for_each(|picks| {
        let body: String = picks.iter().map(|pick| tags[usize::from(*pick) % tags.len()]).collect();
        let _ = read(&word(&body));
    });
}

#[test]
fn recognised_pages_are_marked_for_a_check() {
    let word = |line: u32, left: u32, text: &str, sure: u32| {
        format!("5\t1\t1\t1\t{line}\t1\t{left}\t{}\t60\t30\t{sure}\t{text}", line * 60)
    };
    let mut rows = vec!["level\tpage\tblock".to_owned(), "1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t".to_owned()];
    let lines =
        ["KẾ HOẠCH", "Thử", "I. NHIỆM VỤ", "1. Làm việc một.", "- Đơn vị chủ trì: Sở Một;", "- Thời gian: Năm 2026"];
    for (line, text) in (1..).zip(lines) {
        for (at, part) in (0..).zip(text.split(' ')) {
            rows.push(word(line, 200 + at * 80, part, if part == "Một;" { 41 } else { 96 }));
        }
    }
    let reading = read_scan(&[ScannedPage { tsv: rows.join("\n"), resolution: 200.0 }]).unwrap();
    assert_eq!(reading.plan.tasks.len(), 1, "{}", reading.text);
    let check = reading.plan.problems.iter().find(|problem| problem.kind == ProblemKind::CheckScan).unwrap();
    assert!(check.message_vi.contains("41 %"), "{}", check.message_vi);
}

#[test]
fn more_doubts_become_problems() {
    let table = |rows: &[[&str; 4]]| {
        let mut text = "KẾ HOẠCH\nThử\nSố: 1/KH-UBND\nI. MỤC TIÊU\n- 130% cơ quan dùng hệ thống theo Phụ lục III.\nII. NHIỆM VỤ\nPhụ lục I\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n".to_owned();
        for row in rows {
            text.push_str(&(row.join("\t") + "\n"));
        }
        text
    };
    let text = table(&[
        ["1", "Việc một", "Sở A", "2026"],
        ["3", "Việc ba", "Sở B", "2026"],
        ["", "Việc khác", "Sở C", "2026"],
    ]);
    let kinds: Vec<ProblemKind> = plan(text.as_bytes()).problems.iter().map(|problem| problem.kind).collect();
    for kind in [ProblemKind::ShareAboveWhole, ProblemKind::NumberOutOfOrder, ProblemKind::NoSuchSection] {
        assert!(kinds.contains(&kind), "{kind:?} not in {kinds:?}");
    }
    let letterhead = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n";
    let twice = format!("{letterhead}{text}{}\n{letterhead}{text}", "Một đoạn văn dài.\n".repeat(200));
    assert!(plan(twice.as_bytes()).problems.iter().any(|problem| problem.kind == ProblemKind::TwoDocuments));
}

#[test]
fn a_reference_to_the_wrong_part_is_told() {
    let text = "Số: 1/KH-UBND\nKẾ HOẠCH\nThử\nI. MỤC TIÊU\nII. NHIỆM VỤ, GIẢI PHÁP\n1. Việc một.\n- Đơn vị chủ trì: Sở A;\n- Thời gian: Năm 2026\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở A\na) Triển khai các nhiệm vụ được giao tại Phần III của Kế hoạch này.\nb) Thực hiện nhiệm vụ tại Phần II của Kế hoạch này.\n";
    let wrong: Vec<String> = plan(text.as_bytes())
        .problems
        .into_iter()
        .filter(|p| p.kind == ProblemKind::NoSuchSection)
        .map(|p| p.message_vi)
        .collect();
    assert_eq!(wrong, ["Văn bản nói nhiệm vụ ở Phần III, nhưng phần đó là “TỔ CHỨC THỰC HIỆN”."]);
}

#[test]
fn a_locked_pdf_is_told_from_a_damaged_one() {
    let objects = "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Count 0 /Kids [] >> endobj 5 0 obj << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >> endobj";
    let body = format!("%PDF-1.4\n{objects}\n");
    let at = |name: &str| body.find(name).unwrap();
    let line = |name: &str| format!("{:010} 00000 n \n", at(name));
    let table =
        format!("xref\n0 3\n0000000000 65535 f \n{}{}5 1\n{}", line("1 0 obj"), line("2 0 obj"), line("5 0 obj"));
    let id = "<00112233445566778899aabbccddeeff>";
    let file = format!(
        "{body}{table}trailer << /Size 6 /Root 1 0 R /Encrypt 5 0 R /ID [{id} {id}] >>\nstartxref\n{}\n%%EOF",
        body.len()
    );
    assert_eq!(read(file.as_bytes()).unwrap_err(), Refusal::Encrypted);
}

#[test]
fn twelve_thousand_tasks_are_read() {
    let mut text = "KẾ HOẠCH\nLớn\nI. NHIỆM VỤ\n".to_owned();
    for at in 0..12_000 {
        text.push_str(&format!("{}. Việc số {at}.\n- Đơn vị chủ trì: Sở Một;\n- Thời gian: Năm 2026\n", at % 90 + 1));
    }
    assert_eq!(plan(text.as_bytes()).tasks.len(), 12_000);
}
