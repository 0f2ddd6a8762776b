//! `cloud.domestic_agencies` in a small province that is counted by hand.

use axum::http::StatusCode;
use kernel::Role;
use registry::{
    model::{System, SystemId},
    usecase::figures::keep::figures_keep,
};
use testkit::House;
use webkit::{Answers, kept_add};

use crate::{
    figures::{behind, value},
    house,
};

const CODE: &str = "cloud.domestic_agencies";
const LIVE: &str = "state = 'operating', hosting = 'domestic_cloud'";
const SERVICE: &str = "kind = 'cloud_service', state = 'operating', is_domestic";

/// Name, owner, what is so of it, and why it counts or does not.
const SYSTEMS: [(&str, &str, &str, &str); 13] = [
    ("Ngân sách", "Sở Tài chính", LIVE, "chạy trên đám mây trong nước"),
    ("Kế toán", "Sở Tài chính", "state = 'operating', hosting = 'own_room'", "không chạy trên đám mây"),
    ("Thư thuê ngoài", "UBND xã Sông Mẫu", SERVICE, "dịch vụ đám mây của nhà cung cấp trong nước"),
    ("Bệnh án", "Sở Y tế", "state = 'retiring', hosting = 'provincial_cloud'", "trên đám mây của tỉnh"),
    ("Đám mây tỉnh", "Sở Khoa học và Công nghệ", SERVICE, "trên đám mây của tỉnh"),
    ("Trang xã", "UBND xã Đồi Mẫu", "state = 'operating', hosting = 'foreign_cloud'", "không chạy trên đám mây"),
    ("Họp thuê ngoài", "UBND xã Đồi Mẫu", LIVE, "không phải nhà cung cấp trong nước"),
    ("Lưu trữ thuê", "UBND xã Đồi Mẫu", SERVICE, "chưa rõ nhà cung cấp"),
    ("Cán bộ", "Sở Nội vụ", "state = 'planned', hosting = 'domestic_cloud'", "không ở trạng thái vận hành"),
    ("Thi đua", "Sở Nội vụ", "state = 'mistaken', hosting = 'domestic_cloud'", "ghi nhầm"),
    ("Quy hoạch", "Sở Xây dựng", "state = 'operating', hosting = 'hybrid'", "không chạy trên đám mây"),
    ("Hạ tầng mật", "Sở Xây dựng", "state = 'operating', state_secret = 'yes'", "bí mật nhà nước"),
    // Of no agency: the province itself.
    ("Cổng của tỉnh", "Tỉnh Mẫu", LIVE, "chạy trên đám mây trong nước"),
];

async fn put(house: &House) {
    let add = async |name: &str, owner: &str, set: &str| -> SystemId {
        let said = Answers::default().with("name", name).with("owner", owner).with("state", "planned");
        let said = said.with("architecture", "Lớp ứng dụng").with("deviates", "no");
        let id = kept_add::<System>(&house.app, &house.system(), "system.add", &said).await.unwrap().id;
        house.exec(&format!("UPDATE registry_system SET {set} WHERE id = $1"), db::vals![id.uuid()]).await;
        id
    };
    let foreign = add("Hãng ngoài", "Sở Tài chính", "kind = 'provider', state = 'operating', is_domestic = 'no'").await;
    for (name, owner, set, _) in SYSTEMS {
        let set = match name {
            "Thư thuê ngoài" => format!("{set} = 'yes'"),
            "Đám mây tỉnh" => format!("{set} = 'yes', hosting = 'provincial_data_centre'"),
            "Lưu trữ thuê" => format!("{set} = 'unknown'"),
            _ => set.to_owned(),
        };
        let id = add(name, owner, &set).await;
        if name == "Họp thuê ngoài" {
            let sql = "UPDATE registry_system SET provider_id = $2 WHERE id = $1";
            house.exec(sql, db::vals![id.uuid(), foreign.uuid()]).await;
        }
    }
}

#[tokio::test]
async fn an_agency_counts_by_one_live_service_of_an_enterprise_of_the_country() {
    let house = house().await;
    let reader = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    put(&house).await;
    // Sở Tài chính and Sông Mẫu; Sở Y tế and Sở Khoa học và Công nghệ are on the cloud of the province. Eight agencies in
    // all, of which Văn phòng UBND tỉnh owns nothing.
    assert_eq!(value(&house, CODE, "all").await, (Some(2), 8));
    assert_eq!(value(&house, CODE, "with_province").await, (Some(4), 8));
    let page = reader.get(&format!("/systems/figures/{CODE}")).await.body;
    assert!(page.contains("25 %") && page.contains("2 / 8") && page.contains("50 % (4 / 8)"), "{page}");
    let (all, wide) = (behind(&house, CODE, "all").await, behind(&house, CODE, "with_province").await);
    assert_eq!((all.len(), wide.len()), (SYSTEMS.len(), SYSTEMS.len()));
    for (name, _, _, said) in SYSTEMS {
        let (counts, _, why) = &all[name];
        assert!(why.contains(said), "{name}: {why}");
        assert_eq!(*counts, ["Ngân sách", "Thư thuê ngoài", "Cổng của tỉnh"].contains(&name), "{name}");
        assert_eq!(wide[name].0, *counts || ["Bệnh án", "Đám mây tỉnh"].contains(&name), "{name}");
    }
    // Each agency by itself, and the communes of the province as it adds them up.
    for (owner, expected) in [("Sở Tài chính", 1), ("UBND xã Sông Mẫu", 1), ("Sở Y tế", 0), ("UBND xã Đồi Mẫu", 0)]
    {
        let answer = reader.get(&format!("/api/v1/systems/figures?unit={}", house.unit(owner))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let values = answer.json();
        let is_it = |one: &&serde_json::Value| one["indicator"] == CODE && one["part"] == "all";
        let one = values["items"].as_array().unwrap().iter().find(is_it).unwrap();
        assert_eq!((one["numerator"].as_i64(), one["denominator"].as_i64()), (Some(expected), Some(1)), "{owner}");
    }
    // What is kept of the day, and told to the lake, holds no body outside of that list either.
    figures_keep(house.app.db(), &house.system(), house.app.bodies()).await.unwrap();
    let kept = "SELECT COUNT(*) FROM registry_figure WHERE indicator = 'cloud.domestic_agencies' AND part = 'all'";
    assert_eq!(house.count(kept).await, 8);
}
