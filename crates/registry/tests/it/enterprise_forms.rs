//! What enterprises sign is mended: said anew, taken out as a mistake, led over with its provider; and by whom, whoever entered
//! its line.

use axum::http::{Method, StatusCode};
use db::vals;
use kernel::Role;
use registry::{model::SystemId, usecase::veil};
use serde_json::{Value as Json, json};
use testkit::{Answer, Client};

use crate::{
    enterprises::{API, OWNER, PAGE, form, is_refused, line, listed, officer, provider, signed, with},
    house,
};

const FORMS: &str = "SELECT COUNT(*) FROM registry_enterprise_form";
const CHANGES: &str = "SELECT COUNT(*) FROM registry_enterprise_form_change";

#[tokio::test]
async fn a_form_is_changed_over_what_was_read_with_a_reason_that_is_kept_and_goes_back() {
    let house = house().await;
    let keeper = officer(&house).await;
    let (id, other) = (listed(&keeper, &line(0)).await, listed(&keeper, &line(1)).await);
    let of = signed(&keeper, &id, &form()).await.json()["id"].as_str().unwrap().to_owned();
    let said = |more: &Json| with(with(form(), &json!({"form": of, "rev": 1, "reason": "Nhập nhầm số"})), more);
    is_refused(&signed(&keeper, &id, &said(&json!({"reason": ""}))).await, "reason", "field-empty");
    is_refused(&signed(&keeper, &id, &said(&json!({"services": "0"}))).await, "services", "enterprise-form-services");
    let early = signed(&keeper, &id, &said(&json!({"signed_on": "2026-03-14"}))).await;
    is_refused(&early, "signed_on", "enterprise-form-early");
    assert_eq!(signed(&keeper, &other, &said(&json!({}))).await.status, StatusCode::NOT_FOUND, "it is another one's");
    assert_eq!(house.count(CHANGES).await, 0);
    let stranger = house.person("noivu", "Sở Nội vụ", Role::PROGRAMME).await;
    assert_eq!(signed(&stranger, &id, &said(&json!({}))).await.status, StatusCode::FORBIDDEN);
    let changed = signed(&keeper, &id, &said(&json!({"services": "5"}))).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(
        (&changed.json()["id"], &changed.json()["services"], &changed.json()["rev"]),
        (&json!(of), &json!(5), &json!(2))
    );
    assert_eq!(signed(&keeper, &id, &said(&json!({}))).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(house.count(FORMS).await, 1);
    let read = keeper.get(&format!("{API}/{id}")).await.json();
    let was = &read["form_changes"][0];
    assert_eq!(
        (&was["reason"], &was["services"], &was["is_mistaken"]),
        (&json!("Nhập nhầm số"), &json!(2), &json!(false)),
        "{read}"
    );
    let page = keeper.get(&format!("{PAGE}/{id}?form={of}")).await.body.replace("&#x2f;", "/");
    for text in [
        "Nhập nhầm số",
        "Đã sửa, trước đó ghi",
        // Each line of the journal says which form it is about.
        "Nhập phiếu khai của doanh nghiệp: phiếu năm 2026, ký ngày 04/05/2026",
        "Phiếu này ghi nhầm",
        &format!("name=\"form\" value=\"{of}\""),
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!stranger.get(&format!("{PAGE}/{id}?form={of}")).await.body.contains("Phiếu này ghi nhầm"));
    keeper.form(&format!("/undo/{}", house.newest("enterprise.form_change").await), &[]).await;
    assert_eq!(keeper.get(&format!("{API}/{id}")).await.json()["forms"][0]["services"], 2);
    assert_eq!(house.count(CHANGES).await, 0);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_form_that_was_entered_by_mistake_leaves_its_line_and_its_day_free() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &line(0)).await;
    let of = signed(&keeper, &id, &form()).await.json()["id"].as_str().unwrap().to_owned();
    // The line leaves nothing outside that was signed: at the day that does it, with the day of the form.
    let path = format!("{API}/{id}");
    let change = async |more: Json| keeper.json(Method::POST, &path, &with(line(0), &more)).await;
    for (more, field) in [
        (json!({"valid_from": "2026-06-01"}), "valid_from"),
        (json!({"document_on": "2026-06-01"}), "document_on"),
        (json!({"valid_until": "2026-04-30"}), "valid_until"),
    ] {
        let refused = change(with(more, &json!({"reason": "Nhầm ngày", "rev": 1}))).await;
        is_refused(&refused, field, "enterprise-forms-outside");
        assert_eq!(refused.json()["errors"][0]["field"], field, "{}", refused.body);
        assert!(refused.body.contains("04/05/2026"), "{}", refused.body);
    }
    let mistaken = json!({"form": of, "rev": 1, "reason": "Phiếu của công ty khác", "is_mistaken": "1"});
    let done = signed(&keeper, &id, &mistaken).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!((house.count(FORMS).await, house.count(CHANGES).await), (0, 1));
    let page = keeper.get(&format!("{PAGE}/{id}")).await.body;
    assert!(page.contains("Ghi nhầm, không tính nữa") && page.contains("Phiếu của công ty khác"), "{page}");
    // It comes back with the act, and not where another one stands in its place.
    let undo = format!("/undo/{}", house.newest("enterprise.form_mistaken").await);
    keeper.form(&undo, &[]).await;
    assert_eq!((house.count(FORMS).await, house.count(CHANGES).await), (1, 0));
    keeper.form(&format!("/undo/{}", house.newest("act.undo").await), &[]).await;
    assert_eq!(house.count(FORMS).await, 0);
    assert_eq!(signed(&keeper, &id, &form()).await.status, StatusCode::OK, "the day is free");
    keeper.form(&undo, &[]).await;
    assert_eq!(house.count(FORMS).await, 1);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_was_signed_of_a_provider_follows_it_into_another_record() {
    let house = house().await;
    let keeper = officer(&house).await;
    let clerk = house.person("cv", OWNER, Role::OFFICER).await;
    let id = listed(&keeper, &line(0)).await;
    let (gone, stays) = (provider(&clerk, "Đám mây 1", "unknown").await, provider(&clerk, "Đám mây Một", "yes").await);
    let said = with(form(), &json!({"is_domestic": "unknown", "provider": gone}));
    assert!(signed(&keeper, &id, &said).await.status.is_success());
    let named = async || keeper.get(&format!("{API}/{id}")).await.json()["forms"][0]["provider_id"].clone();
    let counts = async || keeper.get(API).await.json()["numerator"].clone();
    assert_eq!((named().await, counts().await), (json!(gone), json!(0)));
    let merge = json!({"other": gone, "stays": stays});
    let merged = clerk.json(Method::POST, &format!("/api/v1/systems/{stays}/merge"), &merge).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.body);
    assert_eq!(
        (named().await, counts().await),
        (json!(stays), json!(1)),
        "the registry says of it that it is domestic"
    );
    house.lake_is_as_the_rows().await;
    clerk.form(&format!("/undo/{}", house.newest("system.merge").await), &[]).await;
    assert_eq!((named().await, counts().await), (json!(gone), json!(0)));
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn lines_from_before_the_department_are_kept_by_it() {
    let house = house().await;
    let (keeper, above) = (officer(&house).await, house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await);
    let id = listed(&above, &line(0)).await;
    let owner = "UPDATE registry_enterprise SET owner_id = $1 WHERE name = 'Công ty Mẫu 0'";
    house.exec(owner, vals![house.unit("Tỉnh Mẫu").uuid()]).await;
    let change = json!({"name": "Tên mới", "reason": "Đổi tên", "rev": 1});
    let changed = keeper.json(Method::POST, &format!("{API}/{id}"), &with(line(0), &change)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(signed(&keeper, &id, &form()).await.status, StatusCode::OK);
    assert!(keeper.get(&format!("{PAGE}/{id}")).await.body.contains("Nhập phiếu đã ký"));
    keeper.form(&format!("/undo/{}", house.newest("enterprise.form").await), &[]).await;
    assert_eq!(house.count(FORMS).await, 0);
}

#[tokio::test]
async fn a_provider_that_becomes_a_secret_leaves_what_was_signed() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &line(0)).await;
    let own = provider(&keeper, "Đám mây Một", "yes").await;
    assert!(signed(&keeper, &id, &with(form(), &json!({"provider": own}))).await.status.is_success());
    assert!(keeper.get(&format!("{PAGE}/{id}")).await.body.contains("Đám mây Một"));
    let secret = keeper.header("if-match", "\"1\"");
    let edited = secret.json(Method::PATCH, &format!("/api/v1/systems/{own}"), &json!({"state_secret": "yes"})).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let forms = keeper.get(&format!("{API}/{id}")).await.json()["forms"].clone();
    assert_eq!((&forms[0]["provider_id"], &forms[0]["services"]), (&Json::Null, &json!(2)));
    house.lake_is_as_the_rows().await;
}

/// The fields at which something is wrong.
fn wrong(refused: &Answer) -> Vec<String> {
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let told = refused.json();
    told["errors"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let house = house().await;
    let keeper = officer(&house).await;
    let bad = json!({"name": "", "tax_code": "1", "body": "Sở Không Có", "document_on": "1800-01-01", "proof": ""});
    let refused = keeper.json(Method::POST, API, &with(line(0), &bad)).await;
    assert_eq!(wrong(&refused), ["name", "tax_code", "body", "document_on", "proof"]);
    assert!(refused.body.contains("từ năm 1945 đến năm 2100"), "{}", refused.body);
    // On the page each line says which field it is about.
    let fields: Vec<(&str, &str)> = vec![("name", ""), ("tax_code", "1"), ("document", ""), ("body", "")];
    let page = keeper.form(PAGE, &fields).await.body;
    for label in ["Tên doanh nghiệp", "Văn bản phê duyệt", "Ngày văn bản"] {
        assert!(page.contains(&format!("{label}: Hãy điền đủ các ô bắt buộc.")), "{label}: {page}");
    }
    let id = listed(&keeper, &line(0)).await;
    let path = format!("{API}/{id}");
    let refused = keeper.json(Method::POST, &path, &with(line(0), &json!({"tax_code": "1", "rev": 1}))).await;
    assert_eq!(wrong(&refused), ["tax_code", "reason"]);
    let bad = json!({"services": "hai", "signed_on": "", "office": ""});
    let refused = signed(&keeper, &id, &with(form(), &bad)).await;
    assert_eq!(wrong(&refused), ["services", "signed_on", "office"]);
    assert!(refused.body.contains("“hai” không phải số dịch vụ"), "{}", refused.body);
    // Also what fields say together, where each says something by itself.
    let refused = signed(&keeper, &id, &with(form(), &json!({"year": "2025", "services": "0", "proof": ""}))).await;
    assert_eq!(wrong(&refused), ["proof", "year", "services"]);
}

#[tokio::test]
async fn a_provider_is_named_to_who_sees_it_and_to_who_keeps_the_forms() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &line(0)).await;
    let own = provider(&keeper, "Đám mây Một", "yes").await;
    let of = signed(&keeper, &id, &with(form(), &json!({"provider": own}))).await.json()["id"].clone();
    let again = json!({"provider": own, "form": of, "rev": 1, "reason": "Nhập nhầm", "services": "3"});
    assert_eq!(signed(&keeper, &id, &with(form(), &again)).await.status, StatusCode::OK);
    let colleague = house.person("cv", OWNER, Role::OFFICER).await;
    let stranger = house.person("noivu", "Sở Nội vụ", Role::PROGRAMME).await;
    let named = async |client: &Client| {
        let read = client.get(&format!("{API}/{id}")).await.json();
        ["forms", "form_changes"].map(|list| read[list][0]["provider_id"].clone())
    };
    for client in [&keeper, &colleague] {
        assert_eq!(named(client).await, [json!(own), json!(own)]);
    }
    assert_eq!(named(&stranger).await, [Json::Null, Json::Null]);
    // Given away, it is seen no more by who keeps the forms: they say it again with the rest, and are not told its past.
    let other = vals![house.unit("Sở Tài chính").uuid()];
    house.exec("UPDATE registry_system SET owner_id = $1 WHERE kind = 'provider'", other).await;
    assert_eq!(named(&keeper).await, [json!(own), Json::Null]);
}

#[tokio::test]
async fn what_named_a_secret_before_forms_were_looked_at_names_it_no_more_after_a_day() {
    let house = house().await;
    let keeper = officer(&house).await;
    let id = listed(&keeper, &line(0)).await;
    let of = signed(&keeper, &id, &form()).await.json()["id"].clone();
    let again = with(form(), &json!({"form": of, "rev": 1, "reason": "Nhập nhầm", "services": "3"}));
    assert_eq!(signed(&keeper, &id, &again).await.status, StatusCode::OK);
    let own = provider(&keeper, "Đám mây Một", "yes").await;
    let secret = keeper.header("if-match", "\"1\"");
    let edited = secret.json(Method::PATCH, &format!("/api/v1/systems/{own}"), &json!({"state_secret": "yes"})).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    let (own, system): (SystemId, _) = (own.parse().unwrap(), house.system());
    assert_eq!(veil::systems_veil(house.app.db(), &system).await.unwrap(), 0);
    for table in ["registry_enterprise_form", "registry_enterprise_form_change"] {
        house.exec(&format!("UPDATE {table} SET provider_id = $1 WHERE id IS NOT NULL"), vals![own.uuid()]).await;
        for left in [1, 0] {
            assert_eq!(veil::systems_veil(house.app.db(), &system).await.unwrap(), left, "{table}");
        }
        let named = format!("SELECT COUNT(*) FROM {table} WHERE provider_id IS NOT NULL");
        assert_eq!(house.count(&named).await, 0, "{table}");
    }
}
