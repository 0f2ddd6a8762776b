//! Papers as they leave the house: whose they are, who signs, what is a draft, what many said, and whether a file is signed.

use axum::http::StatusCode;
use testkit::{Client, Part};

use crate::{
    house::{COMMUNE, House},
    round::{Round, rev, step, words},
};

async fn written(client: &Client, id: &str, fields: &[(&str, &str)]) {
    let rev = rev(client, id).await;
    let form: Vec<(&str, &str)> = [("rev", rev.as_str())].iter().chain(fields).copied().collect();
    let saved = client.form(&format!("/reports/{id}/edit"), &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

async fn paper(client: &Client, id: &str) -> String {
    words(&client.get(&format!("/reports/{id}/html")).await.body)
}

#[tokio::test]
async fn a_commune_s_paper_says_whose_it_is_and_where_and_is_a_draft_until_it_is_approved() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    let draft = paper(&clerk, &id).await;
    for part in [
        "DỰ THẢO",
        "<b class=\"ruled part\">ỦY BAN NHÂN DÂN<br>XÃ SÔNG MẪU</b>",
        "<i>Sông Mẫu, ngày",
        "Kính gửi: Sở Khoa học và Công nghệ",
        "TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH",
        "- Như trên;<br>- Lưu: VT, …….",
        "Ủy ban nhân dân xã Sông Mẫu báo cáo kết quả",
    ] {
        assert!(draft.contains(part), "{part}: {draft}");
    }
    assert!(!draft.contains("UBND TỈNH"), "no body stands above a people's committee");
    let notes = [
        ("note", "paper:post"),
        ("note_words", "Phó Chủ tịch"),
        ("note", "paper:signer"),
        ("note_words", "Trần Văn Ví Dụ"),
        ("note", "paper:kept"),
        ("note_words", "VT, VHXH (02)."),
        ("note", "paper:copies"),
        ("note_words", "- Đảng ủy xã;\nHĐND xã."),
    ];
    written(&clerk, &id, &notes).await;
    // What a gathering body thinks stands in no body's own report.
    let foreign = [("rev", "2"), ("note", "overall"), ("note_words", "Nhìn chung tốt")];
    assert_eq!(clerk.form(&format!("/reports/{id}/edit"), &foreign).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let edit = words(&clerk.get(&format!("/reports/{id}/edit")).await.body);
    assert!(edit.contains("Trần Văn Ví Dụ") && edit.contains("VT, VHXH (02)."), "{edit}");
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        assert_eq!(step(who, &id, act, &[]).await.status, StatusCode::SEE_OTHER);
    }
    let approved = paper(&clerk, &id).await;
    for part in [
        "TM. ỦY BAN NHÂN DÂN<br>KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH",
        "Trần Văn Ví Dụ",
        "- Như trên;<br>- Đảng ủy xã;<br>- HĐND xã;<br>- Lưu: VT, VHXH (02).",
    ] {
        assert!(approved.contains(part), "{part}: {approved}");
    }
    assert!(!approved.contains("DỰ THẢO"));
}

#[tokio::test]
async fn works_stand_under_the_plan_with_its_kind_number_day_issuer_and_title() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    let text = paper(&house.as_("thu").await, &id).await;
    let heading =
        text.split("<h3>").find(|heading| heading.starts_with("1. Thực hiện ")).unwrap_or_else(|| panic!("{text}"));
    let heading = heading.split("</h3>").next().unwrap();
    for part in ["Kế hoạch số ", " ngày ", " năm 20", " của Ủy ban nhân dân", " về "] {
        assert!(heading.contains(part), "{part}: {heading}");
    }
    assert!(!text.contains("Phần PL") && text.contains("Phần I"), "{text}");
}

#[tokio::test]
async fn a_file_without_a_signature_is_not_called_signed() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        step(who, &id, act, &[]).await;
    }
    let issue = |file: Vec<u8>| {
        let (clerk, id) = (clerk.clone(), id.clone());
        async move {
            let form = [
                Part::Field("number", "15/BC-UBND"),
                Part::Field("issued_on", "2026-11-20"),
                Part::File("bc.pdf", &file),
            ];
            step(&clerk, &id, "issue", &form).await
        }
    };
    assert_eq!(issue(b"%PDF-1.7 nothing".to_vec()).await.status, StatusCode::SEE_OTHER);
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Bản phát hành (chưa thấy chữ ký số)") && !page.contains(">Bản đã ký<"), "{page}");
    step(&clerk, &id, "recall", &[]).await;
    house.exec("UPDATE programme_report SET state = 'approved'", vec![]).await;
    assert_eq!(issue(testkit::signed_pdf()).await.status, StatusCode::SEE_OTHER);
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(!page.contains("chưa thấy chữ ký số"), "{page}");
}

/// The department's own word on the whole, on a part and on a task is kept and stands in every form.
#[tokio::test]
async fn the_gathering_body_says_what_it_thinks() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve"), (&clerk, "issue")] {
        let number = [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20")];
        step(who, &id, act, if act == "issue" { &number } else { &[] }).await;
    }
    let made = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    let whole = crate::round::id_of(&made.location);
    let edit = words(&round.officer.get(&format!("/reports/{whole}/edit")).await.body);
    let value = |name: &str, starts: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        let mut all = edit.split(&mark).skip(1).map(|rest| rest.split('"').next().unwrap());
        all.find(|value| value.starts_with(starts)).unwrap_or_else(|| panic!("{name}: {edit}")).to_owned()
    };
    let (section, task) = (value("note", "section:"), value("work", ""));
    let notes = [
        ("note", "overall"),
        ("note_words", "Nhìn chung các xã làm chậm"),
        ("note", section.as_str()),
        ("note_words", "Phần này đạt yêu cầu"),
        ("work", task.as_str()),
        ("words", "Cần bố trí kinh phí sớm hơn"),
    ];
    written(&round.officer, &whole, &notes).await;
    // Of a part that no task of it stands under nothing is said, and no book is written on one that is there.
    let (rev, long) = (rev(&round.officer, &whole).await, "dài ".repeat(5000));
    for (note, words) in [(format!("{section}XX"), "Phần lạ"), (section.clone(), long.as_str())] {
        let form = [("rev", rev.as_str()), ("note", note.as_str()), ("note_words", words)];
        let refused = round.officer.form(&format!("/reports/{whole}/edit"), &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{note}: {}", refused.body);
    }
    let text = paper(&round.officer, &whole).await;
    for said in ["Nhìn chung các xã làm chậm.", "Phần này đạt yêu cầu.", "Cần bố trí kinh phí sớm hơn."]
    {
        assert_eq!(text.matches(said).count(), 1, "{said}: {text}");
    }
    assert!(text.contains("(kèm theo 2 Phụ lục)"), "the text names its appendices: {text}");
    let book = round.officer.get_bytes(&format!("/reports/{whole}/xlsx")).await;
    let cells = strings(&book);
    for said in [
        "DỰ THẢO",
        "Đánh giá chung: Nhìn chung các xã làm chậm",
        "Cần bố trí kinh phí sớm hơn",
        "Ủy ban nhân dân xã Đồi Mẫu",
    ] {
        assert!(cells.iter().any(|cell| cell == said), "{said}: {cells:?}");
    }
}

/// Every text of a workbook, of all its sheets.
fn strings(book: &[u8]) -> Vec<String> {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(book)).unwrap();
    let sheets = book.worksheets();
    sheets.iter().flat_map(|(_, range)| range.rows()).flatten().map(ToString::to_string).collect()
}

#[tokio::test]
async fn days_of_a_register_are_days_in_its_workbook() {
    use calamine::{Data, Reader, Xlsx};
    let house = House::demo().await;
    let bytes = house.as_("vidu").await.get_bytes("/tasks.xlsx").await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(range.rows().flatten().any(|cell| matches!(cell, Data::DateTime(_))), "no day in it");
    assert!(range.rows().take(2).flatten().any(|cell| cell.to_string().contains("Số liệu lúc")));
}

/// A note inside the house is from its officer to its leaders, and every sentence of it ends.
#[tokio::test]
async fn a_drafted_letter_is_from_whom_to_whom_it_says_and_its_sentences_end() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let unit = house.unit(COMMUNE);
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={unit}")).await.json();
    let part = parts["items"][0]["id"].as_str().unwrap();
    let raised = [("text", "Thiếu kinh phí"), ("proposal", "Bổ sung kinh phí")];
    clerk.form(&format!("/parts/{part}/difficulties"), &raised).await;
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 11));
    db::daily(house.app.db(), &house.system(), &["programme.daily"]).await.unwrap();
    house.drain().await;
    let letter = house.one("SELECT id FROM programme_letter", vec![]).await;
    let letter = programme::ids::LetterId::from_uuid(letter);
    let page = words(&house.as_("vidu").await.get(&format!("/letters/{letter}")).await.body);
    for said in [
        "<b>PHIẾU TRÌNH<br>",
        "/PTr-SKHCN",
        "Kính gửi: Lãnh đạo Sở Khoa học và Công nghệ",
        "Thiếu kinh phí.</p>",
        "<p>Kiến nghị, đề xuất: Bổ sung kinh phí.</p>",
        "để Ủy ban nhân dân xã Sông Mẫu tiếp tục thực hiện nhiệm vụ.</p>",
        "<b>NGƯỜI TRÌNH</b>",
        "DỰ THẢO",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("THỦ TRƯỞNG CƠ QUAN"));
}
