//! From a scan to a live programme, and what plans are to each other in a whole province.

use axum::http::StatusCode;

use crate::{
    documents::{approved, numbered, read_in, row_at},
    house::House,
};

const SCAN: &[u8] = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.pdf");

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
async fn a_scan_goes_through_recognition_to_a_live_plan() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let plan = read_in(&house, &officer, "quet.pdf", SCAN).await;
    house.confirm(&plan).await;
    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("Đọc từ bản quét") && review.contains("cần kiểm tra với bản gốc"), "{review}");
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, StatusCode::CONFLICT);
    // Who accepts a row has compared it.
    let open = house.count("SELECT COUNT(*) FROM programme_finding WHERE state = 'open'").await;
    let row = row_at(&house, 1).await;
    officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_finding WHERE state = 'open'").await, open - 1);
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 3);
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
    let compared = house.cli(&["plan", "compare", "17/KH-UBND", "45/KH-UBND"]);
    assert_eq!(compared.lines().filter(|line| line.starts_with('-')).count(), 6, "{compared}");
    assert_eq!(compared.lines().filter(|line| line.starts_with('+')).count(), 3, "{compared}");
    let book = house.test.location.data_dir.join("doi-chieu.xlsx");
    let out = book.to_str().unwrap();
    let written = house.cli(&["plan", "compare", "17/KH-UBND", "45/KH-UBND", "--format", "xlsx", "--out", out]);
    assert!(written.contains("bytes") && std::fs::read(&book).unwrap().starts_with(b"PK"), "{written}");
    assert!(house.cli(&["plan", "search", "du", "lieu", "mo"]).contains("45/KH-UBND"));
}
