//! One plan in every code of letters, and as Markdown: the same tasks come out.

use plan_reader::{Plan, ProblemKind, Refusal, read};
use unicode_normalization::UnicodeNormalization;

pub const PLAN: &str = "Số: 12/KH-UBND\nKẾ HOẠCH\nPhát triển chính quyền số\n\nII. NHIỆM VỤ\n1. Xây dựng cổng dữ liệu mở của tỉnh.\n- Đơn vị chủ trì: Sở Khoa học và Công nghệ.\n- Đơn vị phối hợp: Sở Tài chính, Sở Nội vụ.\n- Thời gian thực hiện: Quý II/2026.\n2. Đào tạo kỹ năng số cho cán bộ xã.\n- Đơn vị chủ trì: Sở Nội vụ.\n- Thời gian thực hiện: Năm 2026.\n";

/// What a reader of the paper would copy out.
pub fn tasks(plan: &Plan) -> Vec<String> {
    let show = |task: &plan_reader::Task| {
        format!("{} | {} | {} | {}", task.text, task.lead.join("; "), task.coordinating.join("; "), task.time.raw)
    };
    plan.tasks.iter().map(show).collect()
}

pub const TASKS: [&str; 2] = [
    "Xây dựng cổng dữ liệu mở của tỉnh. | Sở Khoa học và Công nghệ | Sở Tài chính; Sở Nội vụ | Quý II/2026",
    "Đào tạo kỹ năng số cho cán bộ xã. | Sở Nội vụ |  | Năm 2026",
];

/// As Windows writes it: letters with their own marks, tones apart.
fn to_1258(text: &str) -> Vec<u8> {
    let tones = "\u{301}\u{300}\u{309}\u{303}\u{323}";
    let letter = |c: char| {
        let (tone, base): (Vec<char>, Vec<char>) = std::iter::once(c).nfd().partition(|c| tones.contains(*c));
        base.into_iter().nfc().chain(tone).collect::<Vec<char>>()
    };
    let apart: String = text.nfc().flat_map(letter).collect();
    let (bytes, _, is_lossy) = encoding_rs::WINDOWS_1258.encode(&apart);
    assert!(!is_lossy);
    bytes.into_owned()
}

#[test]
fn a_text_is_read_in_every_code_of_letters() {
    let utf16 = |order: fn(u16) -> [u8; 2]| PLAN.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let codes = [
        PLAN.into(),
        format!("\u{feff}{PLAN}").into(),
        PLAN.nfd().collect::<String>().into(),
        PLAN.replace('\n', "\r\n").into(),
        PLAN.replace('Đ', "\u{d0}").into(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        to_1258(PLAN),
    ];
    for (at, code) in codes.iter().enumerate() {
        let plan = read(code).unwrap().plan;
        assert_eq!(tasks(&plan), TASKS, "code {at}");
        assert!(!plan.problems.iter().any(|problem| problem.kind == ProblemKind::LettersUnclear), "code {at}");
    }
}

#[test]
fn letters_of_old_fonts_become_their_own() {
    let tcvn3 = "kÕ ho¹ch\nII. nhiÖm vô\n1. X©y dùng cæng d÷ liÖu më cña tØnh.\n- §¬n vÞ chñ tr×: Së Néi vô.\n- Thêi gian thùc hiÖn: N¨m 2026.\n";
    let vni = "KEÁ HOAÏCH\nII. NHIEÄM VUÏ\n1. Xaây döïng coång döõ lieäu môû cuûa tænh.\n- Ñôn vò chuû trì: Sôû Noäi vuï.\n- Thôøi gian thöïc hieän: Naêm 2026.\n";
    for text in [tcvn3, vni] {
        let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &latin] {
            let plan = read(bytes).unwrap().plan;
            assert_eq!(tasks(&plan), ["Xây dựng cổng dữ liệu mở của tỉnh. | Sở Nội vụ |  | Năm 2026"], "{text}");
        }
    }
}

#[test]
fn letters_that_are_not_sure_are_told() {
    let mixed = format!("{PLAN}Uûy ban nhaân daân tænh Maãu ñieàu haønh keá hoaïch.\n");
    let reading = read(mixed.as_bytes()).unwrap();
    assert_eq!(tasks(&reading.plan)[0], TASKS[0]);
    let told = reading.plan.problems.iter().find(|problem| problem.kind == ProblemKind::LettersUnclear).unwrap();
    assert!(told.message_vi.starts_with("Từ dòng 13 có chữ theo phông cũ"), "{}", told.message_vi);
    assert!(matches!(read(b"\x80\xfe\x03 \xb1\xc7\x99 \xee\xd0"), Err(Refusal::NotText(_))));
    let (cut, at) = (PLAN.as_bytes(), PLAN.find('ố').unwrap());
    assert_eq!(read(&[&cut[..=at], &cut[at + 2..]].concat()).unwrap_err(), Refusal::NotText(at));
}

#[test]
fn a_markdown_file_reads_as_what_it_shows() {
    let table = "# KẾ HOẠCH\n\n**Số: 12/KH-UBND**\n\n## II. NHIỆM VỤ\n\n| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|:-:|---|---|---|---|\n| 1 | **Xây dựng** cổng dữ liệu mở của tỉnh. | Sở Khoa học và Công nghệ | Sở Tài chính, *Sở Nội vụ* | Quý II/2026 |\n| 2 | Đào tạo kỹ năng số cho cán bộ xã. | __Sở Nội vụ__ | - | Năm 2026 |\n";
    let list = "# KẾ HOẠCH\n**Số:** 12/KH-UBND\n## II. NHIỆM VỤ\n1\\. Xây dựng cổng dữ liệu mở của tỉnh.\n* *Đơn vị chủ trì*: Sở Khoa học và Công nghệ.\n* _Đơn vị phối hợp:_ [Sở Tài chính](https://so.mau.vn), Sở Nội vụ.\n* Thời gian thực hiện: Quý II/2026.\n2\\. Đào tạo kỹ năng số cho cán bộ xã.\n* Đơn vị chủ trì: Sở Nội vụ.\n* Thời gian thực hiện: Năm 2026.\n";
    for text in [table, list] {
        let reading = read(text.as_bytes()).unwrap();
        assert_eq!(tasks(&reading.plan), TASKS, "{text}");
        for task in &reading.plan.tasks {
            assert!(reading.text[task.source.start..task.source.end].contains("Sở Nội vụ"));
        }
    }
}
