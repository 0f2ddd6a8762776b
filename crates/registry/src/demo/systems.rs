//! Systems of the invented province.

use db::{Row as _, vals};
use kernel::{Ctx, Problem};
use webkit::{Answers, App, kept_add};

use crate::{
    model::{LinkInput, System},
    usecase::{confirm::systems_confirm, link::system_link},
};

/// Name, owner, kind, hosting, state, year, and what it runs on.
const SYSTEMS: [[&str; 7]; 9] = [
    [
        "Nền tảng điện toán đám mây",
        "Sở Khoa học và Công nghệ",
        "platform",
        "provincial_data_centre",
        "operating",
        "2024",
        "",
    ],
    ["Trục liên thông văn bản", "Sở Khoa học và Công nghệ", "platform", "provincial_cloud", "operating", "2020", "1"],
    [
        "Giải quyết thủ tục hành chính",
        "Văn phòng UBND tỉnh",
        "information_system",
        "provincial_cloud",
        "operating",
        "2021",
        "1",
    ],
    ["Quản lý ngân sách", "Sở Tài chính", "information_system", "own_room", "operating", "2016", ""],
    ["Cơ sở dữ liệu giá", "Sở Tài chính", "database", "own_room", "retiring", "2014", ""],
    ["Hồ sơ sức khỏe điện tử", "Sở Y tế", "database", "provincial_cloud", "building", "", "1"],
    ["Quản lý hạ tầng giao thông", "Sở Xây dựng", "information_system", "domestic_cloud", "operating", "2022", ""],
    ["Quản lý cán bộ, công chức", "Sở Nội vụ", "information_system", "own_room", "operating", "2018", ""],
    ["Trang thông tin điện tử của xã", "UBND xã Sông Mẫu", "service", "domestic_cloud", "operating", "2023", ""],
];

/// Where a new one stands in the province's architecture.
pub fn placed(said: Answers) -> Answers {
    said.with("architecture", "Lớp ứng dụng, dữ liệu dùng chung").with("deviates", "no")
}

/// Fills an empty register; does nothing where systems exist.
pub async fn fill(app: &App, ctx: &Ctx) -> Result<(), Problem> {
    if System::one(&app.db().read(), "LIMIT 1", vals![]).await?.is_some() {
        return Ok(());
    }
    let mut first = None;
    for [name, owner, kind, hosting, state, since, on] in SYSTEMS {
        let said = Answers::default().with("name", name).with("owner", owner).with("kind", kind);
        let shared = if kind == "platform" { "yes" } else { "no" };
        let said = said.with("hosting", hosting).with("state", state).with("since", since).with("is_shared", shared);
        let said = if state == "building" { placed(said) } else { said };
        let system = kept_add::<System>(app, ctx, "system.add", &said).await?;
        let first = first.get_or_insert_with(|| system.clone());
        if !on.is_empty() {
            let link = LinkInput { kind: "runs_on".into(), other: first.id.to_string(), ..LinkInput::default() };
            system_link(app, ctx, system.id, &link).await?;
        }
        if kind == "platform" {
            let user = LinkInput { kind: "used_by".into(), other: "Sở Tài chính".into(), ..LinkInput::default() };
            system_link(app, ctx, system.id, &user).await?;
        }
    }
    match first {
        Some(system) => systems_confirm(app, ctx, system.owner_id).await.map(|_| ()),
        None => Ok(()),
    }
}
