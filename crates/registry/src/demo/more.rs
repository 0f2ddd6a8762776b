//! What the year begins with besides: data centres and providers, certificates that run out, what a system is built of.

use jiff::ToSpan as _;
use kernel::{Problem, Role};
use webkit::{Bytes, kept_add};

use super::{
    hands::{FINANCE, HEALTH, HOME, Hands, OFFICE, SCIENCE, said},
    systems::placed,
};
use crate::{
    model::{CertificateInput, LinkInput, System},
    usecase::{
        cost::{CostInput, cost_say},
        link::system_link,
        materials::materials_take,
        papers::certificate,
    },
};

/// Name, owner, kind, hosting, state, year, personal data.
const SYSTEMS: [[&str; 7]; 10] = [
    ["Trung tâm dữ liệu Đồi Mẫu", SCIENCE, "data_centre", "unknown", "operating", "2019", "none"],
    ["Trung tâm dữ liệu dự phòng Núi Mẫu", SCIENCE, "data_centre", "unknown", "operating", "2023", "none"],
    ["Họp trực tuyến quốc gia", SCIENCE, "platform", "unknown", "building", "", "none"],
    ["Quản lý tài sản công", FINANCE, "information_system", "own_room", "operating", "2019", "none"],
    ["Quản lý thi đua, khen thưởng", HOME, "information_system", "own_room", "operating", "2020", "basic"],
    ["Khảo sát ý kiến người dân", HOME, "service", "foreign_cloud", "operating", "2021", "basic"],
    ["Quản lý bệnh án nội trú", HEALTH, "information_system", "own_room", "operating", "2017", "sensitive"],
    [REPORTS, OFFICE, "information_system", "provincial_cloud", "building", "", "none"],
    [CALENDAR, OFFICE, "service", "domestic_cloud", "building", "", "none"],
    [COMPLAINTS, OFFICE, "information_system", "provincial_cloud", "operating", "", "basic"],
];
/// Name, and whether it is a domestic one.
const PROVIDERS: [(&str, &str); 2] = [("Công ty Đám mây Sao Mẫu", "yes"), ("Nimbus Mẫu Pte. Ltd.", "no")];
/// A system, and by what it stands.
const PROVIDED: [(&str, &str); 3] = [
    ("Quản lý hạ tầng giao thông", "Công ty Đám mây Sao Mẫu"),
    ("Khảo sát ý kiến người dân", "Nimbus Mẫu Pte. Ltd."),
    ("Nền tảng điện toán đám mây", "Trung tâm dữ liệu Đồi Mẫu"),
];
const MATERIALS: &[u8] = include_bytes!("../../data/demo.cdx.json");

/// It gets its level in the year, and begins to operate.
pub const REPORTS: &str = "Báo cáo kinh tế - xã hội";
/// A leader lets it operate without one.
pub const CALENDAR: &str = "Đặt lịch làm việc trực tuyến";
/// Its level runs out soon.
pub const COMPLAINTS: &str = "Phản ánh hiện trường";

pub async fn begin(hands: &Hands<'_>) -> Result<(), Problem> {
    for [name, owner, kind, hosting, state, since, personal_data] in SYSTEMS {
        let system = [("name", name), ("owner", owner), ("kind", kind), ("hosting", hosting), ("state", state)];
        let system = said(&system).with("since", since).with("personal_data", personal_data);
        let began = Some(hands.in_months(-19)).filter(|_| name == COMPLAINTS);
        let system = system.with_some("operating_since", began);
        let system = if state == "building" { placed(system) } else { system };
        kept_add::<System>(hands.app, hands.ctx, "system.add", &system).await?;
    }
    for (name, is_domestic) in PROVIDERS {
        let provider = [("name", name), ("owner", SCIENCE), ("kind", "provider"), ("is_domestic", is_domestic)];
        kept_add::<System>(hands.app, hands.ctx, "system.add", &said(&provider)).await?;
    }
    for (name, other) in PROVIDED {
        link(hands, name, "provided_by", other).await?;
    }
    link(hands, "Quản lý tài sản công", "depends_on", "Quản lý ngân sách").await?;
    link(hands, REPORTS, "shares_data", "Quản lý ngân sách").await?;
    papers(hands).await?;
    costs(hands).await?;
    let system = hands.system("Quản lý ngân sách").await?.id;
    let officer = hands.of(FINANCE, Role::OFFICER)?;
    let file = Bytes::from_static(MATERIALS);
    materials_take(hands.app, &officer, system, "quan-ly-ngan-sach.cdx.json", file).await.map(|_| ())
}

async fn link(hands: &Hands<'_>, name: &str, kind: &str, other: &str) -> Result<(), Problem> {
    let (system, other) = (hands.system(name).await?.id, hands.system(other).await?.id.to_string());
    let input = LinkInput { kind: kind.into(), other, ..LinkInput::default() };
    system_link(hands.app, hands.ctx, system, &input).await
}

/// What two systems take; of the second not everything is known.
async fn costs(hands: &Hands<'_>) -> Result<(), Problem> {
    let officer = hands.of(FINANCE, Role::OFFICER)?;
    for (name, numbers) in [
        ("Quản lý ngân sách", ["8", "32", "1.500", "2", "60", "20"]),
        ("Quản lý tài sản công", ["4", "16", "400", "1", "", ""]),
    ] {
        let [cpu, memory_gb, storage_gb, servers, admin_days, cloud_admin_days] = numbers.map(str::to_owned);
        let input = CostInput { cpu, memory_gb, storage_gb, servers, admin_days, cloud_admin_days, rev: None };
        cost_say(hands.app, &officer, hands.system(name).await?.id, &input).await?;
    }
    Ok(())
}

/// Two of them run out soon after the year is over.
async fn papers(hands: &Hands<'_>) -> Result<(), Problem> {
    let after = hands.today().first_of_month().saturating_add(13.months());
    for (system, kind, number, issuer, until) in [
        ("Trung tâm dữ liệu Đồi Mẫu", "tier", "TIER-M-0417", "Tổ chức đánh giá Mẫu", after.saturating_add(4.days())),
        ("Trung tâm dữ liệu Đồi Mẫu", "tcvn", "CN-TCVN-22/2024", "Trung tâm chứng nhận Mẫu", hands.in_months(30)),
        (COMPLAINTS, "tls", "04:A1:7C", "Trung tâm chứng thực Mẫu", after.saturating_add(20.days())),
    ] {
        let input = CertificateInput {
            kind: kind.into(),
            number: number.into(),
            issuer: issuer.into(),
            issued_on: hands.in_months(-6).to_string(),
            valid_until: until.to_string(),
            ..CertificateInput::default()
        };
        let officer = hands.coordinator()?;
        certificate(hands.app, &officer, hands.system(system).await?.id, &input).await?;
    }
    Ok(())
}
