//! Telecommunications of the communes: sheets with their dirt, who keeps and who reads, and what is told to nobody.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, House, Part};

use crate::house;

const OWNER: &str = "Sở Khoa học và Công nghệ";
const COVERAGE: &str = "/api/v1/telecom/coverage";
const PASSIVE: &str = "/api/v1/telecom/passive";
const NETWORK: &str = "/api/v1/telecom/network";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn sheet(heads: &[&str], lines: &[&[&str]]) -> Vec<u8> {
    let row = |cells: &&[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    webkit::export::xlsx("S", &row(&heads), &lines.iter().map(row).collect::<Vec<_>>()).unwrap()
}

const HEADS: [&str; 9] = [
    "Tên xã",
    "Năm",
    "Nhà mạng",
    "Số hộ",
    "Số hộ có băng rộng cố định",
    "Dân số",
    "Dân số được phủ sóng 4G",
    "Dân số được phủ sóng 5G",
    "Số vùng lõm sóng",
];

fn coverage(lines: &[&[&str]]) -> Vec<u8> {
    sheet(&HEADS, lines)
}

async fn officer(house: &House) -> Client {
    house.person("khcn", OWNER, Role::PROGRAMME).await
}

async fn shown(client: &Client, path: &str, file: &[u8]) -> String {
    let answer = client.upload(path, &[Part::File("bang.xlsx", file)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn taken(client: &Client, path: &str, file: &[u8]) {
    let answer = client.upload(path, &[Part::Field("confirm", "1"), Part::File("bang.xlsx", file)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn is_refused(client: &Client, path: &str, said: &Value, field: &str) {
    let answer = client.json(Method::POST, path, said).await;
    assert_eq!(answer.status, REFUSED, "{said}: {}", answer.body);
    assert!(answer.body.contains(&format!("\"{field}\"")), "{field}: {}", answer.body);
}

#[tokio::test]
async fn a_sheet_is_taken_in_but_for_its_bad_lines_once_and_goes_back_as_a_whole() {
    let house = house().await;
    let keeper = officer(&house).await;
    let lines: [&[&str]; 8] = [
        &["UBND xã Sông Mẫu", "2025", "Viễn thông Một", "1.000", "300", "4.000", "3.900", "100", "3"],
        &["", "2025", "Viễn thông Hai", "1.000", "450", "4.000", "3.500", "900", "5"],
        // Not to be taken in: more connected than there are, below nothing, nowhere, not yet, no commune, said already.
        &["UBND xã Đồi Mẫu", "2025", "Viễn thông Một", "500", "501", "2000", "1000", "0", "1"],
        &["UBND xã Đồi Mẫu", "2025", "Viễn thông Hai", "500", "-4", "2000", "1000", "0", "1"],
        &["UBND xã Không Có", "2025", "Viễn thông Một", "500", "4", "2000", "1000", "0", "1"],
        &["UBND xã Đồi Mẫu", "2099", "Viễn thông Một", "500", "4", "2000", "1000", "0", "1"],
        &["Sở Nội vụ", "2025", "Viễn thông Một", "500", "4", "2000", "1000", "0", "1"],
        &["UBND xã Sông Mẫu", "2025", "VIỄN THÔNG HAI", "1000", "4", "4000", "1000", "0", "1"],
    ];
    let file = coverage(&lines);
    let page = shown(&keeper, "/telecom/coverage/import", &file).await;
    for words in ["2 dòng mới", "501 lớn hơn tổng 500", "là số âm", "chưa đến", "Không phải xã"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_coverage").await, 0, "a preview writes nothing");
    taken(&keeper, "/telecom/coverage/import", &file).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_coverage").await, 2);
    house.lake_is_as_the_rows().await;
    keeper.form(&format!("/undo/{}", house.newest("coverage.import").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_coverage").await, 0, "taken back as a whole");
    house.lake_is_as_the_rows().await;
    taken(&keeper, "/telecom/coverage/import", &file).await;
    // Once more, nothing; with another number, that line.
    assert!(shown(&keeper, "/telecom/coverage/import", &file).await.contains("0 dòng mới, 0 dòng thay đổi"));
    let mended: &[&str] = &["UBND xã Sông Mẫu", "2025", "Viễn thông Hai", "", "460", "", "", "", ""];
    taken(&keeper, "/telecom/coverage/import", &coverage(&[mended])).await;
    let sum = "SELECT CAST(SUM(broadband) AS BIGINT) FROM registry_coverage";
    assert_eq!((house.count(sum).await, house.count("SELECT COUNT(*) FROM registry_coverage").await), (760, 2));
    keeper.form(&format!("/undo/{}", house.newest("coverage.import").await), &[]).await;
    assert_eq!(house.count(sum).await, 750);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_column_of_rates_is_not_taken_for_numbers() {
    let house = house().await;
    let keeper = officer(&house).await;
    let file = sheet(&["Xã", "Năm", "Tỷ lệ phủ sóng 4G (%)"], &[&["UBND xã Sông Mẫu", "2025", "98,5"]]);
    let answer = keeper.upload("/telecom/coverage/import", &[Part::File("bang.xlsx", &file)]).await;
    assert_eq!(answer.status, REFUSED);
    assert!(answer.body.contains("là tỷ lệ"), "{}", answer.body);
}

#[tokio::test]
async fn what_is_wrong_is_refused_at_its_field_by_the_api_too() {
    let house = house().await;
    let keeper = officer(&house).await;
    let good = json!({"commune": "UBND xã Sông Mẫu", "year": 2025, "households": 100, "broadband": 90});
    let with = |field: &str, value: Value| {
        let mut said = good.clone();
        said[field] = value;
        said
    };
    for (field, value) in [
        ("broadband", json!(101)),
        ("broadband", json!(-1)),
        ("year", json!(2099)),
        ("year", json!("")),
        ("commune", json!("Xã Không Có")),
        ("commune", json!("Sở Nội vụ")),
    ] {
        is_refused(&keeper, COVERAGE, &with(field, value), field).await;
    }
    let covered = json!({"commune": "UBND xã Sông Mẫu", "year": 2025, "population": 10, "covered_5g": 11});
    is_refused(&keeper, COVERAGE, &covered, "covered_5g").await;
    let poles = json!({"commune": "UBND xã Sông Mẫu", "year": 2025, "pole_length": "-3"});
    is_refused(&keeper, PASSIVE, &poles, "pole_length").await;
    let future = json!({"unit": "Sở Nội vụ", "is_connected": "yes", "connected_on": "2099-01-01"});
    is_refused(&keeper, NETWORK, &future, "connected_on").await;
    let none = json!({"unit": "Sở Nội vụ", "is_connected": "no", "bandwidth": 100});
    is_refused(&keeper, NETWORK, &none, "is_connected").await;
    // What has no field is not kept.
    let place = with("coordinates", json!("21.03, 105.85"));
    let added = keeper.json(Method::POST, COVERAGE, &place).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert!(!added.body.contains("105.85"), "{}", added.body);
    assert_eq!(keeper.json(Method::POST, COVERAGE, &good).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn programme_officers_of_the_owner_and_of_the_province_keep_and_all_read() {
    let house = house().await;
    let keeper = officer(&house).await;
    let above = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let (clerk, other, commune) = (
        house.person("cv", OWNER, Role::OFFICER).await,
        house.person("noivu", "Sở Nội vụ", Role::PROGRAMME).await,
        house.person("xa", "UBND xã Sông Mẫu", Role::PROGRAMME).await,
    );
    let line = |year: i64| json!({"commune": "UBND xã Sông Mẫu", "year": year, "households": 100, "broadband": 90});
    let added = keeper.json(Method::POST, COVERAGE, &line(2024)).await.json();
    assert_eq!(above.json(Method::POST, COVERAGE, &line(2023)).await.status, StatusCode::OK);
    let of_one = format!("{COVERAGE}/{}", added["id"].as_str().unwrap());
    let file = coverage(&[&["UBND xã Sông Mẫu", "2025", "", "100", "90", "", "", "", ""]]);
    let parts = [Part::Field("confirm", "1"), Part::File("bang.xlsx", &file)];
    for stranger in [&clerk, &other, &commune] {
        let before = house.count("SELECT COUNT(*) FROM db_ledger").await;
        assert_eq!(stranger.json(Method::POST, COVERAGE, &line(2025)).await.status, StatusCode::FORBIDDEN);
        let edited = stranger.header("if-match", "\"1\"").json(Method::PATCH, &of_one, &json!({"broadband": 1})).await;
        assert_eq!(edited.status, StatusCode::FORBIDDEN, "{}", edited.body);
        assert_eq!(stranger.upload("/telecom/coverage/import", &parts).await.status, StatusCode::FORBIDDEN);
        assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger").await, before);
        for page in ["/telecom", "/telecom/coverage", "/telecom/coverage.csv", "/telecom/passive"] {
            assert_eq!(stranger.get(page).await.status, StatusCode::OK, "{page}");
        }
        assert!(stranger.get(&of_one).await.body.contains("\"broadband\":90"));
    }
    let edited = keeper.header("if-match", "\"1\"").json(Method::PATCH, &of_one, &json!({"broadband": 95})).await;
    assert_eq!((edited.status, edited.json()["households"].as_i64()), (StatusCode::OK, Some(100)), "{}", edited.body);
    assert!(house.newest("coverage.add").await > 0);
    keeper.form(&format!("/undo/{}", house.newest("coverage.edit").await), &[]).await;
    assert_eq!(keeper.get(&of_one).await.json()["broadband"], 90);
    house.registers_agree().await;
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn the_dedicated_network_is_for_who_must_know_and_told_to_no_lake() {
    let house = house().await;
    let keeper = officer(&house).await;
    let heads = ["Tên cơ quan", "Kết nối TSLCD", "Ngày kết nối TSLCD", "Băng thông (Mbit/s)"];
    let file = sheet(&heads, &[&["UBND xã Sông Mẫu", "Có", "15/03/2024", "100"], &["Sở Nội vụ", "Không", "-", ""]]);
    taken(&keeper, "/telecom/network/import", &file).await;
    let all = keeper.get(NETWORK).await.json();
    let first = all["items"].as_array().unwrap().iter().find(|row| row["is_connected"] == "yes").unwrap().clone();
    assert_eq!((first["connected_on"].as_str(), first["bandwidth"].as_i64()), (Some("2024-03-15"), Some(100)));
    let (page, api) = (
        format!("/telecom/network/{}", first["id"].as_str().unwrap()),
        format!("{NETWORK}/{}", first["id"].as_str().unwrap()),
    );
    assert!(keeper.get(&page).await.body.contains("UBND xã Sông Mẫu"));
    assert!(keeper.get("/telecom/network").await.body.contains(">UBND xã Sông Mẫu</a>"));
    let keeps_posts = house.person("qt", OWNER, Role::UNIT_ADMIN).await;
    let own = house.person("xa", "UBND xã Sông Mẫu", Role::LEADER).await;
    for client in [&keeps_posts, &own] {
        assert!(!client.get(&page).await.status.is_success());
        assert!(!client.get(&api).await.status.is_success());
        assert!(!client.get("/telecom/network").await.body.contains("dedicated_"));
    }
    assert_eq!(house.person("ld", OWNER, Role::LEADER).await.get(&page).await.status, StatusCode::OK);
    house.registers_agree().await;
    let told = db::fact_tables(house.app.db());
    assert!(told.iter().all(|table| table.name != "registry_dedicated"));
    assert!(told.iter().any(|table| table.name == "registry_coverage"));
    keeper.form(&format!("/undo/{}", house.newest("dedicated.import").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dedicated").await, 0);
}

#[tokio::test]
async fn a_commune_has_rates_of_what_is_known_and_none_of_nothing() {
    let house = house().await;
    let keeper = officer(&house).await;
    let lines: [&[&str]; 4] = [
        &["UBND xã Sông Mẫu", "2025", "Viễn thông Một", "1000", "300", "4000", "3900", "", "3"],
        &["UBND xã Sông Mẫu", "2025", "Viễn thông Hai", "1000", "450", "4000", "3500", "", "5"],
        &["UBND xã Đồi Mẫu", "2025", "", "0", "0", "", "", "", "0"],
        &["UBND xã Đồi Mẫu", "2024", "", "10", "1", "", "", "", ""],
    ];
    taken(&keeper, "/telecom/coverage/import", &coverage(&lines)).await;
    let heads = ["Xã", "Năm", "Doanh nghiệp", "Số cột treo cáp", "Chiều dài tuyến cột (km)", "Cống bể (km)"];
    let built = sheet(&heads, &[&["UBND xã Sông Mẫu", "2025", "Viễn thông Một", "1.200", "12,5", "0,75"]]);
    taken(&keeper, "/telecom/passive/import", &built).await;
    let told = keeper.get("/api/v1/telecom").await.json();
    assert_eq!((told["year"].as_i64(), &told["years"]), (Some(2025), &json!([2025, 2024])));
    let of = |name: &str| told["communes"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    let song = of("UBND xã Sông Mẫu");
    assert_eq!((&song["broadband"], &song["dead_spots"]), (&json!({"part": 750, "whole": 1000}), &json!(3)));
    let built = (&song["poles"], &song["pole_length"], &song["duct_length"]);
    assert_eq!(built, (&json!(1200), &json!("12,5"), &json!("0,75")));
    let page = keeper.get("/telecom").await.body;
    for words in ["75 %", "97,5 %", "không áp dụng", "chưa có số liệu", "ghép từ 2 doanh nghiệp"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(keeper.get("/telecom?year=2024").await.body.contains("10 %"));
    assert_eq!(keeper.get("/telecom?year=nay").await.status, REFUSED);
}
