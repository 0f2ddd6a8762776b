//! The paper that the tests write: every part of the decree's plan, long enough for three pages.

use jiff::civil::date;
use nd30::{Appendix, Block, Column, Kind, Level, Paper, Run, Signer, Table};

pub fn sample() -> Paper {
    let long = "Sở đã triển khai các nhiệm vụ được giao trong kỳ báo cáo, bảo đảm tiến độ theo kế hoạch; phối hợp với các cơ quan, đơn vị liên quan để tháo gỡ khó khăn. ".repeat(4);
    let mut body = vec![Block::Paragraph(vec!["Thực hiện Kế hoạch số 22/KH-UBND, Sở báo cáo kết quả như sau:".into()])];
    for part in ["I. TÌNH HÌNH THỰC HIỆN", "II. KHÓ KHĂN, VƯỚNG MẮC", "III. PHƯƠNG HƯỚNG"] {
        body.push(Block::Heading(Level::Part, vec![part.into()]));
        body.push(Block::Heading(Level::Section, vec!["1. Kết quả".into()]));
        body.push(Block::Paragraph(vec![
            "Đã hoàn thành ".into(),
            Run::link("12", "/tasks?state=done"),
            " nhiệm vụ <b>*đậm*</b> #let x = 1. ".into(),
        ]));
        body.extend((0..4).map(|_| Block::Item(vec![long.clone().into()])));
    }
    let row = |n: u32| vec![vec![Run::new(n.to_string())], vec!["Xây dựng nền tảng".into()], vec!["1.234,5".into()]];
    let table = Table {
        head: ["STT", "Nhiệm vụ", "Giá trị"].map(str::to_owned).to_vec(),
        columns: vec![Column::Order, Column::Words, Column::Numbers],
        rows: (1..=60).map(row).collect(),
    };
    Paper {
        superior: Some("UBND tỉnh Mẫu".into()),
        issuer: "Sở Khoa học và Công nghệ".into(),
        number: Some(5),
        symbol: "BC-SKHCN".into(),
        place: "Mẫu".into(),
        issued: Some(date(2026, 2, 3)),
        drafted: None,
        kind: Kind::Named {
            name: "Báo cáo".into(),
            about: "Kết quả thực hiện Kế hoạch số 22/KH-UBND tháng 01 năm 2026".into(),
        },
        to: vec!["Ủy ban nhân dân tỉnh".into()],
        body,
        signer: Signer {
            authority: vec!["KT. Giám đốc".into(), "Phó Giám đốc".into()],
            name: Some("Nguyễn Thị Ví Dụ".into()),
        },
        copies: vec!["Văn phòng UBND tỉnh".into()],
        kept: "VT, CNS".into(),
        appendices: vec![
            Appendix {
                title: "Kết quả từng nhiệm vụ".into(),
                body: vec![Block::Table(table.clone())],
                landscape: true,
            },
            Appendix { title: "Chỉ tiêu".into(), body: vec![Block::Table(table)], landscape: false },
        ],
        is_draft: false,
        trace: Some("Nhật ký: #7 · 0123456789abcdef · 08:00 03/02/2026".into()),
    }
}
