//! State-owned enterprises: the approved list, what they sign, and the rate, counted once more by hand.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::usecase::figures::keep::figures_keep;
use serde_json::{Value as Json, json};
use testkit::{Answer, Client, House};

use crate::{
    added,
    figures::{behind, value},
    house,
};

pub const OWNER: &str = "Sở Khoa học và Công nghệ";
pub const API: &str = "/api/v1/systems/enterprises";
pub const PAGE: &str = "/systems/enterprises";
const CODE: &str = "cloud.domestic_enterprises";
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// Tax codes that check, and are nobody's.
const CODES: [&str; 9] = [
    "9900000016",
    "9900000023",
    "9900000030",
    "9900000048",
    "9900000055",
    "9900000062",
    "9900000087",
    "9900000094",
    "9900000104",
];

pub async fn officer(house: &House) -> Client {
    house.person("khcn", OWNER, Role::PROGRAMME).await
}

pub fn line(at: usize) -> Json {
    json!({
        "name": format!("Công ty Mẫu {at}"), "tax_code": CODES[at], "body": "Sở Tài chính", "document": "12/QĐ-UBND",
        "document_on": "2026-03-15", "proof": "Hồ sơ số 12", "valid_from": "2026-01-01",
    })
}

pub fn form() -> Json {
    json!({
        "year": "2026", "uses": "yes", "is_domestic": "yes", "services": "2", "signed_on": "2026-05-04",
        "office": "Giám đốc", "proof": "https://kho.tinhmau.example/phieu-1",
    })
}

pub fn with(mut said: Json, more: &Json) -> Json {
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    said
}

pub async fn listed(client: &Client, said: &Json) -> String {
    let answer = client.json(Method::POST, API, said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub async fn signed(client: &Client, id: &str, said: &Json) -> Answer {
    client.json(Method::POST, &format!("{API}/{id}/forms"), said).await
}

pub fn is_refused(answer: &Answer, field: &str, code: &str) {
    assert_eq!(answer.status, REFUSED, "{field}: {}", answer.body);
    assert!(answer.body.contains(&format!("\"{field}\"")) && answer.body.contains(code), "{code}: {}", answer.body);
}

/// A provider of the registry.
pub async fn provider(client: &Client, name: &str, is_domestic: &str) -> String {
    let said =
        json!({"name": name, "owner": OWNER, "kind": "provider", "state": "operating", "is_domestic": is_domestic});
    added(client, &said).await
}

#[tokio::test]
async fn without_an_approved_list_the_rate_is_grey_and_of_one_that_is_over_it_does_not_apply() {
    let house = house().await;
    let keeper = officer(&house).await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let grey = "chưa có danh sách được phê duyệt";
    for page in [PAGE, "/systems/figures", "/systems/figures/cloud.domestic_agencies"] {
        assert!(keeper.get(page).await.body.contains(grey), "{page}");
    }
    assert_eq!(value(&house, CODE, "all").await, (None, 0));
    // From tomorrow on: not yet.
    let id = listed(&keeper, &with(line(0), &json!({"valid_from": "2026-11-22"}))).await;
    let page = keeper.get(PAGE).await.body;
    assert!(page.contains(grey) && page.contains("chưa đến ngày thuộc danh sách"), "{page}");
    // Over since yesterday.
    let over = json!({"valid_until": "2026-11-20", "reason": "Cổ phần hóa xong", "rev": 1});
    let changed = keeper.json(Method::POST, &format!("{API}/{id}"), &with(line(0), &over)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let page = keeper.get(&format!("/systems/figures/{CODE}")).await.body;
    assert!(!page.contains(grey) && page.contains("không áp dụng"), "{page}");
    assert!(page.contains("đã ra khỏi danh sách"), "{page}");
    assert_eq!(value(&house, CODE, "all").await, (None, 0));
    let told = keeper.get(API).await.json();
    assert_eq!((&told["is_listed"], &told["numerator"], &told["denominator"]), (&json!(true), &Json::Null, &json!(0)));
}

/// Name, what its line says, its forms, whether it counts, whether it is in the whole, why.
type Listed = (&'static str, Json, Vec<Json>, bool, bool, &'static str);

/// What is said of each enterprise: its line, its forms, whether it counts, whether it is in the whole, and why.
async fn put(keeper: &Client) -> Vec<(&'static str, bool, bool, &'static str)> {
    let (own, foreign, unclear) = (
        provider(keeper, "Đám mây Một", "yes").await,
        provider(keeper, "Đám mây Ngoài", "no").await,
        provider(keeper, "Đám mây Chưa rõ", "unknown").await,
    );
    let none = json!({"uses": "no", "is_domestic": "unknown", "services": ""});
    let last = json!({"signed_on": "2026-10-01"});
    let of: [Listed; 9] = [
        ("Công ty Mẫu 0", json!({}), vec![form()], true, true, "nhà cung cấp trong nước"),
        (
            "Công ty Mẫu 1",
            json!({}),
            vec![with(form(), &json!({"is_domestic": "unknown", "provider": own}))],
            true,
            true,
            "nhà cung cấp trong nước",
        ),
        (
            "Công ty Mẫu 2",
            json!({}),
            vec![with(form(), &json!({"is_domestic": "no", "provider": foreign}))],
            false,
            true,
            "không phải nhà cung cấp trong nước",
        ),
        (
            "Công ty Mẫu 3",
            json!({}),
            vec![with(form(), &json!({"is_domestic": "unknown", "provider": unclear}))],
            false,
            true,
            "chưa rõ nhà cung cấp",
        ),
        ("Công ty Mẫu 4", json!({}), vec![with(form(), &none)], false, true, "không dùng dịch vụ đám mây"),
        ("Công ty Mẫu 5", json!({}), vec![], false, true, "chưa có phiếu"),
        // In the list since the year before, and signed in it alone.
        (
            "Công ty Mẫu 6",
            json!({"document_on": "2025-02-01", "valid_from": "2025-02-01"}),
            vec![with(form(), &json!({"year": "2025", "signed_on": "2025-12-31"}))],
            false,
            true,
            "của năm trước",
        ),
        // The last one says otherwise, whenever it was entered.
        ("Công ty Mẫu 7", json!({}), vec![with(with(form(), &none), &last), form()], false, true, "không dùng"),
        ("Công ty Mẫu 8", json!({"valid_until": "2026-06-30"}), vec![form()], false, false, "đã ra khỏi"),
    ];
    let mut out = vec![];
    for (at, (name, said, forms, counts, is_whole, why)) in of.into_iter().enumerate() {
        let id = listed(keeper, &with(line(at), &said)).await;
        for one in forms {
            let answer = signed(keeper, &id, &one).await;
            assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.body);
        }
        out.push((name, counts, is_whole, why));
    }
    out
}

#[tokio::test]
async fn the_rate_is_an_independent_count_and_opens_each_enterprise_with_its_reason() {
    let house = house().await;
    let keeper = officer(&house).await;
    house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let said = put(&keeper).await;
    let count = |is: fn(&(&str, bool, bool, &str)) -> bool| i64::try_from(said.iter().filter(|one| is(one)).count());
    let (top, bottom) = (count(|one| one.1).unwrap(), count(|one| one.2).unwrap());
    assert_eq!((top, bottom), (2, 8));
    assert_eq!(value(&house, CODE, "all").await, (Some(top), bottom));
    let file = keeper.get(&format!("/systems/figures/{CODE}/systems.csv")).await.body;
    let heads: Vec<&str> = file.lines().next().unwrap().trim_start_matches('\u{feff}').split(',').collect();
    assert_eq!(heads, ["Tên doanh nghiệp", "Cơ quan", "Được tính", "Thuộc mẫu số", "Lý do"]);
    let page = keeper.get(&format!("/systems/figures/{CODE}")).await.body;
    assert!(page.contains("data-label=\"Cơ quan\"") && !page.contains("data-label=\"Cơ quan chủ quản\""), "{page}");
    let found = behind(&house, CODE, "all").await;
    assert_eq!(found.len(), said.len());
    for (name, counts, is_whole, why) in &said {
        let (is_counted, is_in, words) = &found[*name];
        assert_eq!((is_counted, is_in), (counts, is_whole), "{name}");
        assert!(words.contains(why), "{name}: {words}");
    }
    let told = keeper.get(API).await.json();
    assert_eq!((&told["numerator"], &told["denominator"]), (&json!(top), &json!(bottom)));
    // Everybody of the house reads the whole of it, a commune too.
    let commune = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    for page in [PAGE, &format!("/systems/figures/{CODE}"), "/systems/figures"] {
        let page = commune.get(page).await.body.replace("&#x2f;", "/");
        assert!(page.contains("25 %") && page.contains("2 / 8"), "{page}");
    }
    let page = commune.get(&format!("/systems/figures/{CODE}")).await.body.replace("&#x2f;", "/");
    assert!(page.contains("Công ty Mẫu 8") && page.contains("/systems/enterprises/enterprise_"), "{page}");
    // Under the body that stands for their owner.
    let finance = house.as_("tinh").await;
    let of = |unit: &str| format!("/api/v1/systems/figures/{CODE}?unit={}", house.unit(unit));
    assert_eq!(finance.get(&of("Sở Tài chính")).await.json()["denominator"], 8);
    assert_eq!(finance.get(&of("Sở Y tế")).await.json()["denominator"], 0);
    let page = finance.get(&format!("/systems/figures/{CODE}?unit={}", house.unit("Sở Y tế"))).await.body;
    assert!(page.contains("Không có doanh nghiệp nào trong danh sách thuộc cơ quan này"), "{page}");
    assert!(!page.contains("Không còn doanh nghiệp nào"), "{page}");
    // Kept of the day, and told to the lake as it stands.
    figures_keep(house.app.db(), &house.system(), house.app.bodies()).await.unwrap();
    let kept =
        "SELECT CAST(SUM(numerator) AS BIGINT) FROM registry_figure WHERE indicator = 'cloud.domestic_enterprises'";
    assert_eq!(house.count(kept).await, top);
    house.lake_is_as_the_rows().await;
    // In the next year every form is over.
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 45));
    assert_eq!(value(&house, CODE, "all").await, (Some(0), 8));
}

#[tokio::test]
async fn what_is_wrong_with_a_line_is_refused_at_its_field() {
    let house = house().await;
    let keeper = officer(&house).await;
    let post = async |more: Json| keeper.json(Method::POST, API, &with(line(0), &more)).await;
    for (more, field, code) in [
        (json!({"tax_code": "990000001"}), "tax_code", "tax-code-length"),
        (json!({"tax_code": "99000000161"}), "tax_code", "tax-code-length"),
        (json!({"tax_code": "9900000017"}), "tax_code", "tax-code-check"),
        (json!({"tax_code": "9900000017001"}), "tax_code", "tax-code-check"),
        (json!({"name": ""}), "name", "field-empty"),
        (json!({"document": " "}), "document", "field-empty"),
        (json!({"document_on": "2026-11-22"}), "document_on", "enterprise-future"),
        (json!({"document_on": "hôm qua"}), "document_on", "bad-day"),
        (json!({"document_on": "1800-01-01"}), "document_on", "enterprise-day-years"),
        (json!({"valid_from": "1944-12-31"}), "valid_from", "enterprise-day-years"),
        (json!({"valid_from": "2101-01-01"}), "valid_from", "enterprise-day-years"),
        (json!({"valid_until": "9999-12-31"}), "valid_until", "enterprise-day-years"),
        (json!({"proof": ""}), "proof", "field-empty"),
        (json!({"proof": "http://kho.tinhmau.example"}), "proof", "enterprise-proof"),
        (json!({"valid_until": "2026-03-14"}), "valid_until", "enterprise-until"),
        (json!({"body": "Sở Không Có"}), "body", "unknown-unit"),
    ] {
        is_refused(&post(more).await, field, code);
    }
    let nobody = house.system().new_id::<kernel::ids::kinds::Unit>().to_string();
    is_refused(&post(json!({"body": nobody})).await, "body", "unknown-unit");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_enterprise").await, 0);
    assert_eq!(post(json!({"tax_code": "9900000016-001"})).await.status, StatusCode::OK);
    assert_eq!(post(json!({})).await.status, StatusCode::OK, "a dependent unit is another one");
    for same in ["9900000016", "9900 000 016"] {
        let twice = post(json!({"tax_code": same, "name": "Tên khác"})).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
        assert!(twice.body.contains("enterprise-there"), "{}", twice.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_enterprise").await, 2);
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_refused_at_its_field() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &with(line(0), &json!({"valid_until": "2026-10-31"}))).await;
    let (own, foreign) = (provider(&keeper, "Đám mây Một", "yes").await, provider(&keeper, "Ngoài", "no").await);
    let system = added(&keeper, &json!({"name": "Không phải nhà cung cấp", "owner": OWNER})).await;
    for (more, field, code) in [
        (json!({"signed_on": "2026-03-14"}), "signed_on", "enterprise-form-early"),
        (json!({"signed_on": "2026-11-01"}), "signed_on", "enterprise-form-late"),
        (json!({"signed_on": "2026-11-22"}), "signed_on", "enterprise-future"),
        (json!({"signed_on": ""}), "signed_on", "field-empty"),
        (json!({"year": "2025"}), "year", "enterprise-form-year"),
        (json!({"year": "năm nay"}), "year", "bad-number"),
        (json!({"services": "-1"}), "services", "enterprise-services-number"),
        (json!({"services": "hai"}), "services", "enterprise-services-number"),
        (json!({"services": "2 tỷ"}), "services", "enterprise-services-number"),
        (json!({"services": "0"}), "services", "enterprise-form-services"),
        (json!({"uses": "no"}), "uses", "enterprise-form-none"),
        (json!({"uses": "unknown"}), "uses", "field-empty"),
        (json!({"uses": ""}), "uses", "field-empty"),
        (json!({"office": ""}), "office", "field-empty"),
        (json!({"proof": "javascript:alert(1)"}), "proof", "enterprise-proof"),
        (json!({"provider": foreign}), "is_domestic", "enterprise-form-domestic"),
        (json!({"provider": own, "is_domestic": "no"}), "is_domestic", "enterprise-form-domestic"),
        (json!({"provider": system}), "provider", "enterprise-form-provider"),
        (json!({"provider": "system_x"}), "provider", "enterprise-form-provider"),
    ] {
        is_refused(&signed(&keeper, &id, &with(form(), &more)).await, field, code);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_enterprise_form").await, 0);
    assert_eq!(signed(&keeper, &id, &with(form(), &json!({"provider": own}))).await.status, StatusCode::OK);
    assert_eq!(signed(&keeper, &id, &form()).await.status, StatusCode::CONFLICT, "signed once on a day");
    // The line does not leave what was signed outside.
    let path = format!("{API}/{id}");
    let outside = json!({"valid_from": "2026-06-01", "reason": "Nhầm ngày", "rev": 1});
    let refused = keeper.json(Method::POST, &path, &with(line(0), &outside)).await;
    is_refused(&refused, "valid_from", "enterprise-forms-outside");
}

#[tokio::test]
async fn a_line_is_changed_over_what_was_read_with_a_reason_that_is_kept_and_goes_back() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &line(0)).await;
    let path = format!("{API}/{id}");
    let change = async |more: Json| keeper.json(Method::POST, &path, &with(line(0), &more)).await;
    is_refused(&change(json!({"name": "Tên mới", "rev": 1})).await, "reason", "field-empty");
    let earlier = json!({"document_on": "2026-01-01", "name": "Tên mới", "reason": "Quyết định sớm hơn", "rev": 1});
    let changed = change(earlier.clone()).await;
    assert_eq!((changed.status, &changed.json()["rev"]), (StatusCode::OK, &json!(2)), "{}", changed.body);
    assert_eq!(change(earlier).await.status, StatusCode::PRECONDITION_FAILED);
    let read = keeper.get(&path).await.json();
    assert_eq!(
        (&read["changes"][0]["reason"], &read["changes"][1]["reason"]),
        (&json!("Quyết định sớm hơn"), &json!("12/QĐ-UBND"))
    );
    let page = keeper.get(&format!("{PAGE}/{id}")).await.body;
    assert!(page.contains("Quyết định sớm hơn") && page.contains("Công ty Mẫu 0"), "{page}");
    // A form that was signed meanwhile keeps the change from going back; it goes first.
    assert_eq!(signed(&keeper, &id, &with(form(), &json!({"signed_on": "2026-02-02"}))).await.status, StatusCode::OK);
    let (change, form) = (house.newest("enterprise.change").await, house.newest("enterprise.form").await);
    keeper.form(&format!("/undo/{change}"), &[]).await;
    assert_eq!(keeper.get(&path).await.json()["enterprise"]["name"], "Tên mới");
    keeper.form(&format!("/undo/{form}"), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_enterprise_form").await, 0);
    keeper.form(&format!("/undo/{change}"), &[]).await;
    assert_eq!(keeper.get(&path).await.json()["enterprise"]["name"], "Công ty Mẫu 0");
    listed(&keeper, &line(1)).await;
    keeper.form(&format!("/undo/{}", house.newest("enterprise.add").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_enterprise").await, 1);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn programme_officers_of_the_owner_and_of_the_province_keep_and_all_read() {
    let house = house().await;
    let (keeper, above) = (officer(&house).await, house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await);
    let id = listed(&keeper, &line(0)).await;
    listed(&above, &line(1)).await;
    let (path, change) = (format!("{API}/{id}"), with(line(0), &json!({"reason": "Thử", "rev": 1})));
    for stranger in [
        house.person("cv", OWNER, Role::OFFICER).await,
        house.person("gd", OWNER, Role::LEADER).await,
        house.person("noivu", "Sở Nội vụ", Role::PROGRAMME).await,
        house.person("xa", "UBND xã Sông Mẫu", Role::PROGRAMME).await,
    ] {
        let before = house.ledger_length().await;
        for (at, said) in [(API.to_owned(), line(2)), (path.clone(), change.clone()), (format!("{path}/forms"), form())]
        {
            assert_eq!(stranger.json(Method::POST, &at, &said).await.status, StatusCode::FORBIDDEN, "{at}");
        }
        assert_eq!(house.ledger_length().await, before);
        for page in [PAGE, &format!("{PAGE}/{id}"), API, &path] {
            assert_eq!(stranger.get(page).await.status, StatusCode::OK, "{page}");
        }
        let page = stranger.get(&format!("{PAGE}/{id}")).await.body;
        assert!(!page.contains("<form method=\"post\" action=\"/systems/enterprises"), "{page}");
    }
    assert!(signed(&keeper, &id, &form()).await.status.is_success());
    for act in ["enterprise.add", "enterprise.form"] {
        assert!(house.newest(act).await > 0, "{act}");
    }
    let told = db::fact_tables(house.app.db());
    for table in ["registry_enterprise", "registry_enterprise_form"] {
        assert!(told.iter().any(|one| one.name == table), "{table}");
    }
}
