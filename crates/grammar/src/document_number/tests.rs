//! Numbers of every issuer as documents write them, and how citations are told from what is carried out.

use proptest::prelude::*;

use super::*;

fn numbers_of(text: &str) -> Vec<String> {
    scan(text).into_iter().map(|cited| cited.number).collect()
}

#[test]
fn numbers_of_every_issuer() {
    let cases = [
        ("Số: 22/KH-UBND", "22/KH-UBND"),
        ("Số: 07/CT-TTg", "07/CT-TTg"),
        ("Số: 12/2026/QĐ-TTg", "12/2026/QĐ-TTg"),
        ("Quyết định số 1234/QĐ-UBND", "1234/QĐ-UBND"),
        ("Tờ trình số 45/TTr-SKHCN", "45/TTr-SKHCN"),
        ("Số: 12/CTr-UBND", "12/CTr-UBND"),
        ("Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
        ("Chỉ thị số 11-CT/TU", "11-CT/TU"),
        ("Công văn số 123-CV/VPĐU", "123-CV/VPĐU"),
        ("Kết luận số 89-KL/TU", "89-KL/TU"),
        ("Nghị quyết số 15/2025/NQ-HĐND", "15/2025/NQ-HĐND"),
        ("Công văn số 99/UBND-KGVX", "99/UBND-KGVX"),
        ("Số:      /KH-UBND", "/KH-UBND"),
        ("Số: ... /KH-UBND", "/KH-UBND"),
        ("Số: …/KH-UBND", "/KH-UBND"),
        ("Số:….../2026/QĐ-UBND", "/2026/QĐ-UBND"),
        ("Số ____/BC-SNV", "/BC-SNV"),
        ("Tờ trình số    /TTr-SKHCN", "/TTr-SKHCN"),
        ("Số      -KH/TU", "-KH/TU"),
        ("Số: 22 / KH - UBND", "22/KH-UBND"),
        ("số 22/KH–UBND", "22/KH-UBND"),
        ("số 345/SXD-QLN", "345/SXD-QLN"),
        ("số 12/GD&ĐT-VP", "12/GD&ĐT-VP"),
        ("Nghị định số 13/2023/NĐ-CP", "13/2023/NĐ-CP"),
        ("Nghị định 13/2023/NĐ-CP", "13/2023/NĐ-CP"),
        ("Thông tư liên tịch số 05/2015/TTLT-BTC-BNV", "05/2015/TTLT-BTC-BNV"),
        ("Luật Công nghệ thông tin số 67/2006/QH11", "67/2006/QH11"),
        ("Luật số 20/2023/QH15", "20/2023/QH15"),
        ("Thông báo số 61/TB-UBND", "61/TB-UBND"),
        ("Thông báo số 61-TB/VPTU", "61-TB/VPTU"),
        ("Đề án 06/CP", "06/CP"),
        ("Hướng dẫn số 05-HD/BTGDVTW", "05-HD/BTGDVTW"),
        ("Quy định số 41-QĐ/ĐU", "41-QĐ/ĐU"),
        ("Số: 15a/KH-UBND", "15a/KH-UBND"),
        ("Nghị quyết số 214/NQ-CP", "214/NQ-CP"),
        ("Lệnh số 05/2024/L-CTN", "05/2024/L-CTN"),
        ("Quyết định số 1121/QĐ-TTG", "1121/QĐ-TTG"),
        ("Công điện số 65/CĐ-TTg", "65/CĐ-TTg"),
        ("Báo cáo số 200/BC-STC.NS", "200/BC-STC.NS"),
        ("Số: 7/KHPH-CA-SYT", "7/KHPH-CA-SYT"),
        ("số 88/2026/TT-BTC", "88/2026/TT-BTC"),
        ("Kế hoạch số 140-KH/ĐU", "140-KH/ĐU"),
        ("Chương trình số 20-CTr/TU", "20-CTr/TU"),
        ("Chương trình hành động số 20-CTrHĐ/TU", "20-CTrHĐ/TU"),
        ("Văn bản hợp nhất số 03/VBHN-BNV", "03/VBHN-BNV"),
        ("Pháp lệnh số 01/2022/UBTVQH15", "01/2022/UBTVQH15"),
        ("Nghị quyết số 1687/NQ-UBTVQH15", "1687/NQ-UBTVQH15"),
        ("Số: 22/KH-UBND - Phòng Nội vụ", "22/KH-UBND"),
        ("(số 22/KH-UBND).", "22/KH-UBND"),
        ("Nghị quyết 57 của Bộ Chính trị", "57"),
        ("tổ công tác Đề án 06", "06"),
        ("Nghị quyết số 57, 68", "57"),
    ];
    for (text, want) in cases {
        assert_eq!(numbers_of(text), [want], "{text}");
    }
}

#[test]
fn what_is_no_number_of_a_document() {
    for text in [
        "ngày 05/8/2025",
        "tháng 6-9/2026",
        "02/03 xã",
        "trực 24/7",
        "Quý II/2026",
        "giai đoạn 2026-2030",
        "85,5 %",
        "0203.456.789/Tỉnh",
        "5G/4G",
        "tốc độ 100 Mb/s",
        "TCVN 7957:2023/BXD",
        "QCVN 41:2019/BGTVT",
        "ISO 9001:2015",
        "Điều 5/Luật",
        "01 lần/năm",
        "10 triệu đồng/ha",
        "thôn 3 - Bản Mẫu",
        "10-Sở Y tế",
        "COVID-19",
        "Đợt 2 - Năm 2026",
        "2/UBND",
        "ban hành Kết luận 3 nội dung",
        "Quyết định 5 ngày nữa",
        "Chỉ thị 12%",
        "",
    ] {
        assert_eq!(numbers_of(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn parts_of_numbers() {
    let parts = |text: &str| {
        let parts = scan(text)[0].parts.clone();
        (parts.serial, parts.year, parts.form.unwrap_or_default(), parts.by.unwrap_or_default())
    };
    assert_eq!(parts("Số: 12/2026/QĐ-TTg"), (Some(12), Some(2026), "QĐ".into(), "TTg".into()));
    assert_eq!(parts("Số: 57-NQ/TW"), (Some(57), None, "NQ".into(), "TW".into()));
    assert_eq!(parts("Số: 99/UBND-KGVX"), (Some(99), None, String::new(), "UBND-KGVX".into()));
    assert_eq!(parts("Số:    /KH-UBND"), (None, None, "KH".into(), "UBND".into()));
    assert_eq!(parts("Luật số 20/2023/QH15"), (Some(20), Some(2023), String::new(), "QH15".into()));
}

#[test]
fn what_is_carried_out_and_what_is_only_cited() {
    use Relation::{Belongs, Carries, Ground, Mentions, Own};
    let cases = [
        ("TỈNH MẪU\n\tSố: 22/KH-UBND\n", vec![Own]),
        ("Số:      /KH-UBND", vec![Own]),
        ("TỈNH ỦY MẪU\nSố 22-KH/TU", vec![Own]),
        ("Thực hiện Quyết định số 5/QĐ-TTg ngày 01/02/2026 của Thủ tướng Chính phủ, UBND tỉnh", vec![Carries]),
        ("Triển khai thực hiện Chỉ thị số 18-CT/TU ngày 09/02/2026\ncủa Ban Thường vụ Tỉnh ủy", vec![Carries]),
        ("KẾ HOẠCH\nTriển khai Quyết định số 5/QĐ-TTg", vec![Carries]),
        ("Tiếp tục thực hiện Nghị quyết số 57-NQ/TW", vec![Carries]),
        ("Thực hiện ý kiến chỉ đạo tại Công văn số 99/UBND-KGVX", vec![Carries]),
        ("Thực hiện Kế hoạch số 1/KH-UBND, Kế hoạch số 2/KH-UBND và Công văn số 3/UBND-KT", vec![Carries; 3]),
        ("Thực hiện Kế hoạch số 1/KH-UBND về triển khai Quyết định số 2/QĐ-TTg", vec![Carries, Mentions]),
        ("(Ban hành kèm theo Quyết định số 7/QĐ-UBND ngày 01/3/2026 của UBND tỉnh)", vec![Belongs]),
        ("(Kèm theo Kế hoạch số 12/KH-UBND)", vec![Belongs]),
        ("Thực hiện Chương trình hành động ban hành kèm theo Quyết định số 7/QĐ-UBND", vec![Carries]),
        ("Căn cứ Luật Ngân sách nhà nước số 83/2015/QH13;", vec![Ground]),
        ("Căn cứ Nghị định số 5/2021/NĐ-CP;\nCăn cứ Quyết định số 6/QĐ-TTg;", vec![Ground, Ground]),
        ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 45/TTr-SYT", vec![Ground]),
        ("Xét Tờ trình số 45/TTr-SYT", vec![Ground]),
        ("Giao Sở Y tế tham mưu theo Quyết định số 5/QĐ-TTg, hoàn thành", vec![Mentions]),
        ("Tổng kết 5 năm thực hiện Nghị quyết số 15-NQ/TU", vec![Mentions]),
        ("Sở Nội vụ triển khai Kế hoạch số 5/KH-UBND", vec![Mentions]),
        ("quy định tại Nghị định số 13/2023/NĐ-CP", vec![Mentions]),
    ];
    for (text, want) in cases {
        let found: Vec<Relation> = scan(text).into_iter().map(|cited| cited.relation).collect();
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn kind_day_issuer_and_subject_are_read_around_it() {
    let text = "Thực hiện Quyết định số 12/QĐ-TTg ngày 02 tháng 3 năm 2026 của Thủ tướng Chính phủ phê duyệt \
                Chương trình mẫu giai đoạn 2026 - 2030; Kế hoạch số 9/KH-UBND ngày 31/12/2025 của UBND tỉnh Mẫu về \
                hạ tầng số, Sở Khoa học và Công nghệ ban hành";
    let found = scan(text);
    let first = &found[0];
    assert_eq!(first.kind_word.as_deref(), Some("Quyết định"));
    assert_eq!(first.day.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
    assert_eq!(first.issuer.as_deref(), Some("Thủ tướng Chính phủ"));
    assert_eq!(first.about.as_deref(), Some("phê duyệt Chương trình mẫu giai đoạn 2026 - 2030"));
    let second = &found[1];
    assert_eq!((second.issuer.as_deref(), second.about.as_deref()), (Some("UBND tỉnh Mẫu"), Some("hạ tầng số")));
    assert_eq!(second.relation, Relation::Carries);
    let blank = &scan("tại Tờ trình số    /TTr-SKHCN ngày …/…/2026;")[0];
    assert_eq!((blank.day, blank.day_text.as_deref()), (None, Some("ngày …/…/2026")));
    let impossible = &scan("Công văn số 1/UBND-KT ngày 31/02/2026")[0];
    assert_eq!((impossible.day, impossible.day_text.as_deref()), (None, Some("ngày 31/02/2026")));
    let shared = scan("các Quyết định số 1/QĐ-UBND, số 2/QĐ-UBND và 3/QĐ-UBND");
    assert!(shared.iter().all(|cited| cited.kind_word.as_deref() == Some("Quyết định")) && shared.len() == 3);
}

proptest! {
    #[test]
    fn a_number_written_in_any_way_is_read_back(
        serial in 1u32..99999,
        year in prop::option::of(2000i16..2099),
        form in prop::sample::select(vec!["QĐ", "KH", "NQ", "CT", "TB", "TTr", "CTr", "CV", "KL", "HD"]),
        by in prop::sample::select(vec!["TTg", "UBND", "TU", "TW", "HĐND", "SKHCN", "VPĐU", "BTC"]),
        gap in prop::sample::select(vec!["", " "]),
        dash in prop::sample::select(vec!["-", "–"]),
        lead in prop::sample::select(vec!["Số: ", "Quyết định số ", "(", "theo Kế hoạch số "]),
        tail in prop::sample::select(vec!["", ".", ";", " ngày 05/8/2025", ")", ", và"]),
    ) {
        let years = year.map(|year| format!("/{year}")).unwrap_or_default();
        let text = format!("{lead}{serial}{years}{gap}/{gap}{form}{gap}{dash}{gap}{by}{tail}");
        let found = scan(&text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(&found[0].number, &format!("{serial}{years}/{form}-{by}"));
        prop_assert_eq!((found[0].parts.serial, found[0].parts.year), (Some(serial), year));
        let said: String = text[found[0].number_span.clone()].split_whitespace().collect();
        prop_assert_eq!(said.replace('–', "-"), found[0].number.clone());
    }

    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,120}") {
        for cited in scan(&text) {
            prop_assert!(text.get(cited.span).is_some());
        }
    }

    #[test]
    fn pieces_of_citations_in_any_order_stay_within_the_text(
        words in prop::collection::vec(prop::sample::select(vec![
            "Thực hiện", "Căn cứ", "Quyết định", "số", "12", "/", "-", "QĐ", "TTg", "12/QĐ-TTg", "ngày", "05/8/2025",
            "của", "UBND tỉnh", "về", ",", ";", ".", "\n", "(", ")", "…", "Luật", "và", "kèm theo", "2026", "57-NQ/TW",
            "\u{a0}",
        ]), 0..30),
    ) {
        let text = words.join(" ");
        for cited in scan(&text) {
            prop_assert!(text.get(cited.span.clone()).is_some() && text.get(cited.number_span.clone()).is_some());
            prop_assert!(cited.span.start <= cited.number_span.start && cited.number_span.end <= cited.span.end);
        }
    }
}

#[test]
fn a_megabyte_is_read_once() {
    for unit in [
        "Căn cứ Luật số 1/2020/QH14; ",
        "1/QĐ-TTg, ",
        "số ",
        "/",
        "Luật ",
        "12/",
        "của UBND tỉnh ",
        "về ",
        "1/QĐ-UBND về a, ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len() / 16);
        let _ = scan(&text).len();
    }
}
