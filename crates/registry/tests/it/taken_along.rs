//! The inventory as a workbook that makes the same systems and relations in another house.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::{generate, usecase::export, usecase::import};
use serde_json::json;
use testkit::Client;
use webkit::{Bytes, Verdict};

use crate::{added, house};

const OWNERS: [&str; 3] = ["Sở Tài chính", "Sở Y tế", "UBND xã Sông Mẫu"];
/// What only the program writes.
const OWN: usize = 3;

async fn lines(house: &testkit::House) -> (Vec<String>, Vec<Vec<String>>) {
    let ctx = house.system();
    let systems = export::systems(&house.app, &ctx).await.unwrap();
    let (heads, mut lines) = export::lines(&house.app, &ctx, &systems).await.unwrap();
    lines.sort();
    (heads, lines)
}

async fn linked(client: &Client, of: &str, kind: &str, other: &str) {
    let link = json!({ "kind": kind, "other": other });
    let answer = client.json(Method::POST, &format!("/api/v1/systems/{of}/links"), &link).await;
    assert_eq!(answer.status, StatusCode::OK, "{kind}: {}", answer.body);
}

/// A made-up list, and what it has not: contracts, suppliers, what replaces what, namesakes, what is gone.
async fn filled(house: &testkit::House) {
    let ctx = house.system();
    let (sheet, _) = generate::sheet(150, 1, &OWNERS.map(str::to_owned)).unwrap();
    let preview = import::systems_preview(&house.app, &ctx, sheet.into()).await.unwrap();
    import::systems_import(&house.app, &ctx, &preview).await.unwrap();
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let [own, other] = ["Sở Tài chính", "Sở Y tế"];
    let one = added(&province, &json!({"name": "Ngân sách", "owner": own, "operator": other})).await;
    let cloud = json!({"name": "Đám mây tỉnh", "owner": other, "kind": "cloud_service", "is_domestic": "yes"});
    let contract = json!({"name": "HĐ 15/2026", "owner": own, "kind": "contract", "contract_value": "1,2 tỷ",
        "contract_from": "01/01/2026", "contract_until": "31/12/2026"});
    let gone = json!({"name": "Kho cũ", "owner": own, "kind": "database"});
    let namesake = json!({"name": "Trục", "owner": other, "code": "T.2"});
    let mut ids = Vec::new();
    for said in [&cloud, &contract, &gone, &namesake] {
        ids.push(added(&province, said).await);
    }
    added(&province, &json!({"name": "Trục", "owner": own})).await;
    added(&province, &json!({"name": "Mật", "owner": own, "state_secret": "yes"})).await;
    let [cloud, contract, gone, namesake] = ids.as_slice() else { panic!("four were added: {ids:?}") };
    for (kind, other) in [
        ("provided_by", cloud),
        ("covered_by", contract),
        ("replaces", gone),
        ("stores", gone),
        ("depends_on", namesake),
        ("shares_data", namesake),
        ("runs_on", cloud),
    ] {
        linked(&province, &one, kind, other).await;
    }
    for unit in ["Sở Y tế", "UBND xã Sông Mẫu"] {
        linked(&province, &one, "used_by", unit).await;
    }
    house.exec("UPDATE registry_system SET state = 'retired' WHERE name = 'Kho cũ'", vec![]).await;
    let level = "UPDATE registry_system SET level = 3, level_until = '2030-12-31', strategy = 'rehost' \
        WHERE name = 'Ngân sách'";
    house.exec(level, vec![]).await;
}

#[tokio::test]
async fn a_workbook_makes_the_same_systems_and_relations_in_another_house() {
    let (house, elsewhere) = (house().await, house().await);
    filled(&house).await;
    let (heads, mut told) = lines(&house).await;
    let line = told.iter().find(|line| line[0] == "Ngân sách").unwrap();
    let said = |head: &str| line[heads.iter().position(|one| one == head).unwrap()].as_str();
    for (head, cell) in [
        ("Chạy trên", "Đám mây tỉnh"),
        // The name is that of one of its owner's own.
        ("Phụ thuộc vào", "T.2"),
        ("Chia sẻ dữ liệu với", "T.2"),
        ("Lưu dữ liệu tại", "Kho cũ"),
        ("Thay thế", "Kho cũ"),
        ("Theo hợp đồng", "HĐ 15/2026"),
        ("Nhà cung cấp", "Đám mây tỉnh"),
        ("Đơn vị sử dụng", "Sở Y tế; UBND xã Sông Mẫu"),
        ("Cấp độ được phê duyệt", "3"),
        ("Hạn của cấp độ", "31/12/2030"),
        ("Phương án chuyển đổi", "Chuyển nguyên trạng"),
    ] {
        assert_eq!(said(head), cell, "{head}");
    }
    let systems = export::systems(&house.app, &house.system()).await.unwrap();
    let book: Bytes = export::workbooks(&house.app, &house.system(), &systems).await.unwrap().remove(0).into();

    // Where it comes from it changes nothing.
    let again = import::systems_preview(&house.app, &house.system(), book.clone()).await.unwrap();
    assert_eq!((again.written(), again.count(Verdict::Refused), again.unknown.len()), (0, 0, 0));

    let preview = import::systems_preview(&elsewhere.app, &elsewhere.system(), book).await.unwrap();
    let faults: Vec<_> = preview.lines.iter().filter_map(|line| Some((&line.name, line.problem.as_ref()?))).collect();
    let missing: Vec<_> = preview.lines.iter().flat_map(|line| &line.missing).collect();
    assert!(faults.is_empty() && missing.is_empty() && preview.unknown.is_empty(), "{faults:?} {missing:?}");
    import::systems_import(&elsewhere.app, &elsewhere.system(), &preview).await.unwrap();
    let (_, mut came) = lines(&elsewhere).await;
    for line in told.iter_mut().chain(&mut came) {
        line.truncate(heads.len() - OWN);
    }
    assert_eq!(told, came);
    for table in ["registry_relation", "registry_use"] {
        let count = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(house.count(&count).await, elsewhere.count(&count).await, "{table}");
    }
    let level = "SELECT COUNT(*) FROM registry_system WHERE level > 0 OR strategy IS NOT NULL";
    assert_eq!(elsewhere.count(level).await, 0, "what only the program writes comes by no list");
}
