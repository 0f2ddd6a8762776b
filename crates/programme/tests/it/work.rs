//! Work on a task: progress, evidence, checking, difficulties on their way, questions, tracking sheets.

use axum::http::StatusCode;
use testkit::{Client, Part};

use crate::{
    house::{COMMUNE, House, OTHER_COMMUNE},
    round::{id_of, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub struct Desk {
    pub house: House,
    pub clerk: Client,
    pub follower: Client,
    pub part: String,
}

impl Desk {
    /// The commune's clerk, the department that follows, and a part of the commune that nobody has touched.
    pub async fn new() -> Self {
        let house = House::demo().await;
        let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
        let unit = house.unit(COMMUNE);
        let parts = follower.get(&format!("/api/v1/tasks?state=running&lead={unit}")).await.json();
        let part = parts["items"][0]["id"].as_str().unwrap().to_owned();
        Self { house, clerk, follower, part }
    }

    async fn act(&self, who: &Client, what: &str, fields: &[(&str, &str)]) -> testkit::Answer {
        let rev = self.rev().await;
        let mut all = vec![("rev", rev.as_str())];
        all.extend_from_slice(fields);
        who.form(&format!("/parts/{}/{what}", self.part), &all).await
    }

    async fn rev(&self) -> String {
        let id: programme::ids::PartId = self.part.parse().unwrap();
        let part = programme::work::store::part::get(&self.house.app.db().read(), id).await.unwrap().unwrap();
        part.rev.to_string()
    }

    pub async fn page(&self, who: &Client) -> String {
        let there = who.get(&format!("/parts/{}", self.part)).await.location;
        words(&who.get(&there).await.body)
    }

    async fn last_entry(&self) -> String {
        let id: programme::ids::PartId = self.part.parse().unwrap();
        let last = programme::work::store::entry::last(&self.house.app.db().read(), id).await.unwrap().unwrap();
        programme::ids::EntryId::from_uuid(last.id).to_string()
    }
}

#[tokio::test]
async fn progress_has_bounds_and_every_act_can_be_undone() {
    let desk = Desk::new().await;
    let over = desk.act(&desk.clerk, "progress", &[("percent", "101"), ("text", "x")]).await;
    assert_eq!(over.status, WRONG);
    assert!(over.body.contains("từ 0 đến 100"));
    assert_eq!(desk.act(&desk.clerk, "progress", &[("percent", "60"), ("text", "Đã họp")]).await.status, OPEN);
    let back = desk.act(&desk.clerk, "progress", &[("percent", "40")]).await;
    assert!(back.status == WRONG && back.body.contains("thấp hơn lần trước"));
    assert_eq!(desk.act(&desk.clerk, "progress", &[("percent", "40"), ("text", "Làm lại")]).await.status, OPEN);
    assert!(desk.page(&desk.clerk).await.contains("· 40 %"));
    let first = desk.last_entry().await;
    assert_eq!(desk.clerk.form(&format!("/entries/{first}/undo"), &[]).await.status, OPEN);
    assert!(desk.page(&desk.clerk).await.contains("· 60 %"));
    let again = desk.clerk.form(&format!("/entries/{first}/undo"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what was undone is not the last act");
    // Personal numbers are masked before they are kept.
    desk.act(&desk.clerk, "progress", &[("text", "Đã hỗ trợ ông A, CCCD 048123456789")]).await;
    assert!(desk.page(&desk.clerk).await.contains("048*********"));
}

#[tokio::test]
async fn a_result_is_accepted_with_its_evidence_or_with_a_reason() {
    let desk = Desk::new().await;
    let path = format!("/parts/{}/evidence", desk.part);
    let wrong = desk.clerk.upload(&path, &[Part::Field("label", "x"), Part::File("a.exe", b"MZ")]).await;
    assert!(wrong.status == WRONG && wrong.body.contains("có đuôi không nhận"));
    let lie = desk.clerk.upload(&path, &[Part::Field("label", "x"), Part::File("a.pdf", b"MZ\x90")]).await;
    assert!(lie.status == WRONG && lie.body.contains("không phải là .pdf"));
    assert_eq!(house_count(&desk.house, "programme_evidence").await, 0, "nothing of a refused file is kept");
    desk.act(&desk.clerk, "done", &[("done_on", "2026-11-20"), ("note", "Đã xong")]).await;
    let missing = desk.act(&desk.follower, "check", &[("act", "accept")]).await;
    assert_eq!(missing.status, StatusCode::CONFLICT);
    assert!(missing.body.contains("còn thiếu"));
    let taken = desk
        .clerk
        .upload(
            &path,
            &[
                Part::Field("number", "15/QĐ-UBND"),
                Part::Field("day", "2026-11-20"),
                Part::Field("link", "https://songmau.example.vn"),
                Part::File("qd.pdf", &testkit::signed_pdf()),
            ],
        )
        .await;
    assert_eq!(taken.status, OPEN, "{}", taken.body);
    assert_eq!(desk.act(&desk.clerk, "check", &[("act", "accept")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.act(&desk.follower, "check", &[("act", "accept")]).await.status, OPEN);
    assert!(desk.page(&desk.clerk).await.contains("nghiệm thu ngày 21/11/2026"));
    let silent = desk.act(&desk.follower, "check", &[("act", "send_back")]).await;
    assert_eq!(silent.status, WRONG, "sending back needs a reason");
    assert_eq!(desk.act(&desk.follower, "check", &[("act", "send_back"), ("words", "Tệp chưa ký")]).await.status, OPEN);
    assert!(desk.page(&desk.clerk).await.contains("Tệp chưa ký"));
}

async fn house_count(house: &House, table: &str) -> i64 {
    house.count(&format!("SELECT COUNT(*) FROM {table}")).await
}

#[tokio::test]
async fn a_difficulty_is_late_drafts_a_letter_goes_on_and_is_answered() {
    let desk = Desk::new().await;
    let raised = desk
        .clerk
        .form(&format!("/parts/{}/difficulties", desk.part), &[("text", "Thiếu kinh phí"), ("proposal", "Bổ sung")])
        .await;
    let id = id_of(&raised.location);
    let page = words(&desk.clerk.get(&format!("/difficulties/{id}")).await.body);
    // Saturday 21/11: received on Monday 23/11; the 24th is a holiday; five working days end on 1/12.
    assert!(page.contains("chờ Sở Khoa học và Công nghệ trả lời trước hết ngày 01/12/2026"), "{page}");
    assert_eq!(house_count(&desk.house, "programme_letter").await, 0);
    desk.house.clock.move_by(jiff::SignedDuration::from_hours(24 * 11));
    for _ in 0..2 {
        db::daily(desk.house.app.db(), &desk.house.system(), &["programme.daily"]).await.unwrap();
        desk.house.drain().await;
    }
    assert_eq!(house_count(&desk.house, "programme_letter").await, 1, "one draft, however often the day is asked");
    let follower = desk.house.as_("vidu").await;
    assert!(follower.get("/letters").await.body.contains("Dự thảo"));
    let path = format!("/difficulties/{id}");
    let bare = follower.form(&path, &[("rev", "1"), ("act", "forward")]).await;
    assert_eq!(bare.status, WRONG, "passing on needs a reason");
    follower.form(&path, &[("rev", "1"), ("act", "forward"), ("words", "Vượt thẩm quyền")]).await;
    // Passing on can be taken back, and done again.
    assert_eq!(follower.form(&path, &[("rev", "2"), ("act", "back")]).await.status, OPEN);
    assert_eq!(house_count(&desk.house, "programme_hop").await, 1);
    follower.form(&path, &[("rev", "3"), ("act", "forward"), ("words", "Vượt thẩm quyền")]).await;
    assert_eq!(
        follower.form(&path, &[("rev", "4"), ("act", "answer"), ("words", "x")]).await.status,
        StatusCode::FORBIDDEN,
        "who passed it on no longer answers"
    );
    let leader = desk.house.as_("lanhdao").await;
    assert_eq!(leader.form(&path, &[("rev", "4"), ("act", "answer"), ("words", "Nhầm")]).await.status, OPEN);
    assert_eq!(leader.form(&path, &[("rev", "5"), ("act", "back")]).await.status, OPEN, "an answer can be taken back");
    assert_eq!(leader.form(&path, &[("rev", "6"), ("act", "answer"), ("words", "Đồng ý")]).await.status, OPEN);
    let clerk = desk.house.as_("thu").await;
    let page = words(&clerk.get(&path).await.body);
    assert!(page.contains("Đồng ý") && page.contains("Vượt thẩm quyền") && page.contains("Đã trả lời"));
}

#[tokio::test]
async fn one_question_goes_to_many_and_the_answers_come_together() {
    let house = House::demo().await;
    let officer = house.as_("lanhdao").await;
    let asked = officer
        .form("/questions", &[("text", "Có bao nhiêu điểm cầu?"), ("units", "UBND các xã, phường, đặc khu")])
        .await;
    assert_eq!(asked.status, OPEN, "{}", asked.body);
    let path = asked.location.split('?').next().unwrap().to_owned();
    assert!(words(&officer.get(&path).await.body).contains("0/2 cơ quan đã trả lời"));
    let clerk = house.as_("thu").await;
    assert!(clerk.get("/questions").await.body.contains("Có bao nhiêu điểm cầu?"));
    let send = async |unit: kernel::UnitId| {
        let fields = [("unit", unit.to_string()), ("text", "3 điểm".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
        clerk.form(&format!("{path}/answer"), &fields).await.status
    };
    assert_eq!(send(house.unit(OTHER_COMMUNE)).await, StatusCode::FORBIDDEN, "nobody answers for another body");
    assert_eq!(send(house.unit(COMMUNE)).await, OPEN);
    assert!(words(&officer.get(&path).await.body).contains("1/2 cơ quan đã trả lời"));
    assert!(officer.get(&format!("{path}/sheet")).await.body.starts_with("PK"));
}

#[tokio::test]
async fn a_tracking_sheet_is_shown_first_and_taken_in_once_with_its_history() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let text = |text: &str| text.to_owned();
    let heads = [
        "Số văn bản",
        "Ngày ban hành",
        "Cơ quan giao",
        "Nội dung",
        "Chủ trì",
        "Thời hạn",
        "Tiến độ",
        "Ngày hoàn thành",
    ]
    .map(text);
    let rows = [
        [
            "40/TB-UBND",
            "02/03/2026",
            "UBND tỉnh",
            "Rà soát phần mềm dùng chung",
            "Sở Nội vụ",
            "30/12/2026",
            "Đã khảo sát 12 cơ quan",
            "",
        ],
        ["", "", "", "Lập danh mục dữ liệu mở", "Sở Tài chính", "30/9/2026", "Đã ban hành", "25/09/2026"],
        ["", "", "", "Việc của nơi không ai biết", "Cơ quan Không Có", "30/9/2026", "", ""],
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(text).to_vec()).collect();
    let sheet = webkit::export::xlsx("Sổ", &heads, &rows).unwrap();
    let before = house_count(&house, "programme_task").await;
    let shown = officer.upload("/tracking", &[Part::File("so.xlsx", &sheet)]).await;
    assert!(words(&shown.body).contains("3 việc đọc được, 1 việc chưa nạp được"), "{}", shown.body);
    let counts = "Trang tính có 4 dòng: 2 việc mới, 0 việc đã có, 1 việc chưa nạp được;";
    assert!(words(&shown.body).contains(counts), "{}", shown.body);
    assert_eq!(house_count(&house, "programme_task").await, before, "a preview stores nothing");
    let confirm = [Part::Field("confirm", "1"), Part::File("so.xlsx", &sheet)];
    let taken = officer.upload("/tracking", &confirm).await;
    assert!(words(&taken.body).contains("Đã nạp 2 việc, 0 việc đã có"), "{}", taken.body);
    // Work of others waits for the committee; what the sheet says of it comes in with the next upload.
    assert_eq!(
        officer.get("/api/v1/tasks?q=danh+muc+du+lieu+mo&state=reported").await.json()["items"][0]["done_on"],
        serde_json::Value::Null
    );
    house.confirm_numbered("40/TB-UBND").await;
    let again = officer.upload("/tracking", &confirm).await;
    assert!(words(&again.body).contains("Đã nạp 0 việc, 2 việc đã có"));
    let done = officer.get("/api/v1/tasks?q=danh+muc+du+lieu+mo&state=reported").await.json();
    assert_eq!(done["items"][0]["done_on"], "2026-09-25");
    let shown = officer.upload("/tracking", &[Part::File("so.xlsx", &sheet)]).await;
    assert!(words(&shown.body).contains("0 việc mới, 2 việc đã có, 1 việc chưa nạp được"), "{}", shown.body);
    // A sheet that was saved as CSV, of either width.
    let list = "\u{feff}Nội dung;Chủ trì;Tỷ lệ\r\nMở lớp tập huấn;Sở Khoa học và Công nghệ;gần xong\r\nTổng cộng;;\r\n";
    let wide: Vec<u8> = list.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [list.as_bytes(), wide.as_slice()] {
        let shown = words(&officer.upload("/tracking", &[Part::File("so.csv", bytes)]).await.body);
        assert!(shown.contains("Trang tính có 3 dòng: 1 việc mới"), "{shown}");
        assert!(shown.contains("1 dòng tổng, 1 dòng tiêu đề và ghi chú"), "{shown}");
        assert!(shown.contains("Tỷ lệ “gần xong” không phải số từ 0 đến 100"), "{shown}");
    }
    let noise = officer.upload("/tracking", &[Part::File("so.xlsx", b"khong phai")]).await;
    assert_eq!(noise.status, WRONG);
}

#[tokio::test]
async fn a_figure_of_the_platform_is_evidence() {
    let house = House::demo().await;
    let officer = house.as_("thu").await;
    let unit = house.unit(COMMUNE).to_string();
    let unit = unit.as_str();
    // A share that this body reports, and one of its parts in the same plan.
    let conn = house.app.db().read();
    let own = programme::targets::store::value::targets_of(&conn, unit.parse().unwrap()).await.unwrap();
    let mut found = None;
    for id in own {
        let row = programme::targets::store::target::get(&conn, programme::ids::TargetId::from_uuid(id))
            .await
            .unwrap()
            .unwrap();
        let plan = kernel::PlanId::from_uuid(row.plan_id);
        let parts = officer.get(&format!("/api/v1/tasks?lead={unit}&plan={plan}")).await.json();
        if let Some(part) = parts["items"][0]["id"].as_str().filter(|_| row.unit == "%") {
            found = Some((row.id, part.to_owned()));
        }
    }
    let (target, part) = found.unwrap();
    let target = programme::ids::TargetId::from_uuid(target).to_string();
    let path = format!("/parts/{part}/evidence");
    let figure = [Part::Field("target", &target)];
    let none = officer.upload(&path, &figure).await;
    assert!(none.status == WRONG && none.body.contains("chưa nhập số liệu nào"), "{}", words(&none.body));
    let value = [
        ("unit", unit),
        ("period", "2026-M11"),
        ("numerator", "7"),
        ("denominator", "10"),
        ("status", "official"),
        ("evidence", "BC 12"),
    ];
    let given = officer.form(&format!("/targets/{target}/values"), &value).await;
    assert_eq!(given.status, OPEN, "{}", words(&given.body));
    assert_eq!(officer.upload(&path, &figure).await.status, OPEN);
    let page = words(&officer.get(&officer.get(&format!("/parts/{part}")).await.location).await.body);
    assert!(page.contains("70 % (tháng 11 năm 2026)") && page.contains(&format!("/targets/{target}")), "{page}");
}
