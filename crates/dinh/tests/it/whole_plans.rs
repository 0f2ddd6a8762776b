//! From any document to a live programme, and what plans are to each other.

use axum::http::StatusCode;
use testkit::{Client, Part};

use crate::house::House;

pub const DOCX: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.docx");
const PDF: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.pdf");
const SCAN: &[u8] = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.pdf");
const CONCLUSION: &[u8] = include_bytes!("../../../../examples/plans/ket-luan.txt");

pub async fn taken_in(house: &House, officer: &Client, name: &str, bytes: &[u8]) -> String {
    let taken = officer.upload("/plans/new", &[Part::File(name, bytes)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    house.drain().await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    house.confirm(&plan).await;
    plan
}

pub async fn approved(officer: &Client, plan: &str) {
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let live = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(live.status, StatusCode::SEE_OTHER, "{}", live.body);
}

/// The id of the plan with this number in the demo.
pub async fn numbered(officer: &Client, number: &str) -> String {
    let plans = officer.get("/api/v1/plans").await.json();
    let plan = plans["items"].as_array().unwrap().iter().find(|plan| plan["number"] == number).unwrap();
    plan["id"].as_str().unwrap().to_owned()
}

/// The id of the row that was read at this position.
async fn row_at(house: &House, position: i64) -> String {
    #[derive(db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let sql = "SELECT id FROM programme_read_row WHERE position = $1";
    let row: Row = house.app.db().read().one(sql, db::vals![position]).await.unwrap().unwrap();
    programme::ids::ReadRowId::from_uuid(row.id).to_string()
}

/// The first hidden value of this name in the page after `mark`.
fn hidden(page: &str, mark: &str, name: &str) -> String {
    let from = page.find(mark).unwrap_or_else(|| panic!("{mark}"));
    let field = format!("name=\"{name}\" value=\"");
    let at = page[from..].find(&field).unwrap() + from + field.len();
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_cascade_of_a_commune_is_right_by_hand_count() {
    let house = House::demo().await;
    let officer = house.signed_in("thu").await;
    let (above, below) = (numbered(&officer, "45/KH-UBND").await, numbered(&officer, "17/KH-UBND").await);
    let page = officer.get(&format!("/plans/{below}/cascade")).await.body;
    // By hand: nine of the ten tasks name the communes; the plan takes up three of them, one by "lồng ghép".
    assert!(page.contains("6 nhiệm vụ giao cho đơn vị chưa được tiếp nhận"), "{page}");
    assert!(page.contains("9 nhiệm vụ nêu tên đơn vị trên tổng 10: 3 đã tiếp nhận, 0 đã giải trình"));
    assert!(page.contains("mục II.3 của Kế hoạch số 09") && page.contains("khác địa điểm, điều kiện"));
    let json = officer.get(&format!("/api/v1/plans/{below}/cascade?above={above}")).await.json();
    let with = |key: &str, wanted: &str| {
        json[key].as_array().unwrap().iter().filter(|line| line["differences"].to_string().contains(wanted)).count()
    };
    assert_eq!((with("tasks", "later"), with("tasks", "other-lead")), (1, 1));
    assert_eq!((with("targets", "weaker"), with("targets", "other-condition"), with("targets", "later")), (1, 1, 0));
    let missing = json["targets"].as_array().unwrap().iter().filter(|line| line["below"].is_null()).count();
    assert_eq!(missing, 3);
    // The province sees the same numbers from its side.
    let list = officer.get(&format!("/plans/{above}/cascade?below=1")).await.body;
    assert!(list.contains("17&#x2f;KH-UBND") && list.contains("<b>6</b>"), "{list}");
    assert!(list.contains("9 nhiệm vụ, chỉ tiêu chưa kế hoạch nào tiếp nhận"), "six tasks and three targets: {list}");
}

#[tokio::test]
async fn a_task_not_taken_up_can_be_explained_and_taken_back() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let below = numbered(&officer, "17/KH-UBND").await;
    let path = format!("/plans/{below}/cascade");
    let page = officer.get(&path).await.body;
    let (above, item) = (hidden(&page, "Giải trình", "above"), hidden(&page, "Giải trình", "item"));
    let form = [("above", above.as_str()), ("item", &item), ("verdict", "taken"), ("note", "")];
    assert_eq!(officer.form(&path, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
    let form = [("above", above.as_str()), ("item", &item), ("verdict", "taken"), ("note", "Kế hoạch 09 của xã")];
    officer.form(&path, &form).await;
    let page = officer.get(&path).await.body;
    assert!(page.contains("5 nhiệm vụ giao cho đơn vị chưa được tiếp nhận") && page.contains("Kế hoạch 09 của xã"));
    officer.form(&path, &[("above", &above), ("item", &item)]).await;
    assert!(officer.get(&path).await.body.contains("6 nhiệm vụ giao"));
}

#[tokio::test]
async fn every_format_becomes_the_same_programme() {
    for (name, bytes) in [("a.docx", DOCX), ("a.pdf", PDF)] {
        let house = House::people().await;
        let officer = house.signed_in("vidu").await;
        let plan = taken_in(&house, &officer, name, bytes).await;
        let review = officer.get(&format!("{plan}/review")).await.body;
        assert!(review.contains("Phần thân và phụ lục nêu khác nhau: 80 và 70"), "{name}");
        approved(&officer, &plan).await;
        assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 10, "{name}");
        assert_eq!(house.count("SELECT COUNT(*) FROM programme_target").await, 12, "{name}");
        let counted = house.count("SELECT COUNT(*) FROM programme_target WHERE counted").await;
        assert_eq!(counted, 6, "a target in body and appendix is counted once");
        let file = officer.get(&format!("{plan}/file")).await;
        assert_eq!(file.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_scan_goes_through_recognition_to_a_live_plan() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "quet.pdf", SCAN).await;
    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("Đọc từ bản quét") && review.contains("cần kiểm tra với bản gốc"), "{review}");
    assert_eq!(officer.form(&format!("{plan}/approve"), &[]).await.status, StatusCode::CONFLICT);
    // Who accepts a row has compared it.
    let open = house.count("SELECT COUNT(*) FROM programme_finding WHERE state = 'open'").await;
    let row = row_at(&house, 1).await;
    officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_finding WHERE state = 'open'").await, open - 1);
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 3);
}

#[tokio::test]
async fn a_conclusion_of_a_meeting_gives_out_work() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "ket-luan.txt", CONCLUSION).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 5);
    let register = officer.get("/tasks?q=quy+dinh+dung+chung+ha+tang").await.body.replace("&#x2f;", "/");
    assert!(
        register.contains("Sở Khoa học và Công nghệ") && register.contains("29/06/2026"),
        "before the 30th: {register}"
    );
}

#[tokio::test]
async fn rows_are_split_merged_and_added_and_nothing_is_lost() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "a.docx", DOCX).await;
    let open = "SELECT COUNT(*) FROM programme_read_row WHERE state <> 'dropped'";
    let row = row_at(&house, 2).await;
    let path = format!("/read-rows/{row}");
    let bad = officer.form(&path, &[("rev", "1"), ("act", "split"), ("number", "2"), ("text", "Một việc")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("Chưa rõ tách ở đâu"));
    let text = "Rà soát danh mục nền tảng số.\r\n\r\nCông bố danh mục nền tảng số.";
    officer.form(&path, &[("rev", "1"), ("act", "split"), ("number", "2"), ("text", text)]).await;
    assert_eq!(house.count(open).await, 11);
    let stale = officer.form(&path, &[("rev", "1"), ("act", "merge"), ("number", "2")]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "another reviewer was first");
    officer.form(&path, &[("rev", "2"), ("act", "merge"), ("number", "2")]).await;
    assert_eq!(house.count(open).await, 10);
    let add = [("text", "Việc bộ đọc bỏ sót"), ("lead", "Sở Nội vụ"), ("time", "Năm 2026")];
    officer.form(&format!("{plan}/read-rows"), &add).await;
    // The committee had confirmed the plan before these rows were written.
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let early = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 11);
}

#[tokio::test]
async fn targets_of_many_plans_are_milestones_of_one_indicator() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let list = officer.get("/api/v1/targets?indicator=proc.satisfaction").await.json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "province and commune, each once: {list}");
    assert!(items.iter().all(|item| item["value"] == "95" && item["to"] == 2027));
    let page = officer.get("/targets?q=hai+long").await.body;
    assert!(page.contains("Văn phòng UBND tỉnh") && page.contains("2 chỉ tiêu"), "{page}");
    let sheet = officer.get("/targets.csv?indicator=data.maturity").await.body;
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    assert!(officer.get("/indicators").await.body.contains("Mức độ trưởng thành về quản trị dữ liệu"));
}

#[tokio::test]
async fn the_text_of_all_plans_is_searched_without_marks() {
    let house = House::demo().await;
    let officer = house.signed_in("thu").await;
    let page = officer.get("/search?q=danh+muc+du+lieu+mo").await.body;
    assert!(page.contains("<mark>") && page.contains("45&#x2f;KH-UBND"), "{page}");
    assert!(officer.get("/search?q=khongcochunay").await.body.contains("Không đoạn nào có đủ các chữ này"));
    assert_eq!(officer.get("/search?q=%22+OR+%28").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_summary_is_public_only_after_it_was_made_so() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let plan = numbered(&officer, "45/KH-UBND").await;
    let path = format!("/public/plans/{plan}");
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
    officer.form(&format!("/plans/{plan}/publish"), &[]).await;
    let page = house.client().get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Phát triển Chính quyền số") && !page.body.contains("Nguyễn Thị Ví Dụ"));
    officer.form(&format!("/plans/{plan}/publish"), &[("end", "true")]).await;
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn twelve_thousand_tasks_are_reviewed_window_by_window() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let mut text = "Số: 1/KH-UBND\nKẾ HOẠCH\nLớn\nI. MỤC TIÊU\nII. NHIỆM VỤ\n".to_owned();
    for at in 0..12_000 {
        text.push_str(&format!(
            "{}. Việc số {at}.\n- Đơn vị chủ trì: Sở Nội vụ;\n- Thời gian: Năm 2026\n",
            at % 90 + 1
        ));
    }
    let plan = taken_in(&house, &officer, "lon.txt", text.as_bytes()).await;
    let page = officer.get(&format!("{plan}/review?row=6000")).await.body;
    assert!(page.contains("trên 12000") && page.len() < 600_000, "{} bytes", page.len());
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_part").await, 12_000);
    let page = officer.get(&plan).await.body;
    assert!(page.contains("300 nhiệm vụ đầu") && page.len() < 400_000, "{} bytes", page.len());
}

#[tokio::test]
async fn the_page_of_a_plan_reads_its_document_once_for_all_views() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let path = format!("/plans/{}", numbered(&officer, "45/KH-UBND").await);
    let heading = "chỉ tiêu đọc được";
    let first = officer.get(&path).await.body;
    assert!(first.contains(heading), "{first}");
    // The same revision: nothing is read again.
    house.exec("UPDATE programme_plan SET reading = 'gone' WHERE number = '45/KH-UBND'", vec![]).await;
    assert_eq!(officer.get(&path).await.body.matches(heading).count(), first.matches(heading).count());
    house.exec("UPDATE programme_plan SET rev = rev + 1 WHERE number = '45/KH-UBND'", vec![]).await;
    assert!(officer.get(&path).await.body.matches(heading).count() < first.matches(heading).count());
}

#[tokio::test]
async fn bodies_merged_since_are_named_for_review() {
    let house = House::demo().await;
    let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("vidu").await);
    let unit = admin.get("/api/v1/units?q=so+tu+phap").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let fields = [
        ("name", "Sở Tư pháp"),
        ("kind", "department"),
        ("valid_to", "2026-11-20"),
        ("successor", "Sở Nội vụ"),
        ("rev", "1"),
    ];
    assert_eq!(admin.form(&format!("/units/{unit}/edit"), &fields).await.status, StatusCode::SEE_OTHER);
    let plan = numbered(&officer, "22/KH-UBND").await;
    let page = officer.get(&format!("/plans/{plan}")).await.body;
    assert!(page.contains("Cần rà soát do sắp xếp bộ máy") && page.contains("Sở Tư pháp → Sở Nội vụ"), "{page}");
}

#[tokio::test]
async fn what_the_command_line_compares_and_finds_is_what_the_pages_show() {
    let house = House::demo().await;
    let cli = |arguments: &[&str]| {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_dinh"));
        run.args(arguments).arg("--data-dir").arg(&house.test.location.data_dir);
        if let Some(url) = &house.test.location.database_url {
            run.args(["--database-url", url]);
        }
        let done = run.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let compared = cli(&["plan", "compare", "17/KH-UBND", "45/KH-UBND"]);
    assert_eq!(compared.lines().filter(|line| line.starts_with('-')).count(), 6, "{compared}");
    assert_eq!(compared.lines().filter(|line| line.starts_with('+')).count(), 3, "{compared}");
    assert!(cli(&["plan", "search", "du", "lieu", "mo"]).contains("45/KH-UBND"));
}

#[tokio::test]
async fn a_review_left_for_a_month_is_there_as_it_was_left() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = taken_in(&house, &officer, "a.docx", DOCX).await;
    let row = row_at(&house, 1).await;
    officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await;
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 32));
    assert!(officer.get(&plan).await.location.starts_with("/sign-in"), "the session has ended");
    let officer = house.signed_in("vidu").await;
    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("đã rà soát 1"), "{review}");
    approved(&officer, &plan).await;
}

#[tokio::test]
async fn nobody_ends_a_plan_that_others_steer() {
    let house = House::demo().await;
    let province = house.signed_in("vidu").await;
    let old = numbered(&province, "45/KH-UBND").await;
    let directory = house.app.get::<directory::Directory>().unwrap();
    let commune = match directory.tree().resolve("UBND xã Sông Mẫu", None) {
        kernel::Resolution::Unit { unit, .. } => unit,
        other => panic!("{other:?}"),
    };
    let new = directory::usecase::account::NewAccount {
        name: "Ví Dụ Xã",
        login: "xavd",
        unit: commune,
        role: kernel::Role::PROGRAMME,
        title: "",
    };
    let secret = directory::usecase::account::account_add(directory, house.app.authorizer(), &house.system(), &new)
        .await
        .unwrap();
    let password = [("password", "một câu đủ dài"), ("again", "một câu đủ dài")];
    house.client().form(&format!("/link/{secret}"), &password).await;
    let officer = house.client().sign_in("xavd", "một câu đủ dài").await;
    let text = include_str!("../../../../examples/plans/xa-chinh-quyen-so.txt").replace("17/KH-UBND", "18/KH-UBND");
    let plan = taken_in(&house, &officer, "cua-xa.txt", text.as_bytes()).await;
    for kind in ["replaces", "follows_draft"] {
        let refused = officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", kind)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{kind}");
    }
    // Carrying it out is theirs to say.
    let own = officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", "implements")]).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
    approved(&officer, &plan).await;
    assert!(province.get(&format!("/plans/{old}")).await.body.contains("Đang thực hiện"));
}
