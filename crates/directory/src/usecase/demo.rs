//! "Tỉnh Mẫu": an invented province with the usual bodies, sixteen communes and a few invented people.

use db::Entry;
use kernel::{Ctx, Problem, Resolution, Role};
use webkit::Core;

use super::{
    account::{NewAccount, create, new_ids},
    init,
};
use crate::{
    Directory,
    model::{password, reference::Area},
    store,
};

/// The password of every demo person; the demo runs on invented data only.
pub const PASSWORD: &str = "tinh-mau-2026";

const COMMUNES: [(&str, &str); 60] = {
    const X: &str = "Xã";
    const P: &str = "Phường";
    [
        (P, "Trung Tâm Mẫu"),
        (P, "Bắc Mẫu"),
        (P, "Nam Mẫu"),
        (P, "Đông Mẫu"),
        (P, "Tây Mẫu"),
        (P, "Cửa Sông Mẫu"),
        (X, "Sông Mẫu"),
        (X, "Đồi Mẫu"),
        (X, "Núi Mẫu"),
        (X, "Biển Mẫu"),
        (X, "Suối Mẫu"),
        (X, "Hồ Mẫu"),
        (X, "Đồng Mẫu"),
        (X, "Rừng Mẫu"),
        (X, "Bãi Mẫu"),
        (X, "Cồn Mẫu"),
        (X, "Thác Mẫu"),
        (X, "Khe Mẫu"),
        (X, "Đèo Mẫu"),
        (X, "Gò Mẫu"),
        (X, "Bến Mẫu"),
        (X, "Cầu Mẫu"),
        (X, "Chợ Mẫu"),
        (X, "Đình Mẫu"),
        (X, "Chùa Mẫu"),
        (X, "Giếng Mẫu"),
        (X, "Lúa Mẫu"),
        (X, "Quế Mẫu"),
        (X, "Chè Mẫu"),
        (X, "Dừa Mẫu"),
        (X, "Tre Mẫu"),
        (X, "Sen Mẫu"),
        (X, "Mía Mẫu"),
        (X, "Muối Mẫu"),
        (X, "Tỏi Mẫu"),
        (X, "Hành Mẫu"),
        (X, "Gạo Mẫu"),
        (X, "Ngô Mẫu"),
        (X, "Khoai Mẫu"),
        (X, "Sắn Mẫu"),
        (X, "Cau Mẫu"),
        (X, "Trầu Mẫu"),
        (X, "Lụa Mẫu"),
        (X, "Gốm Mẫu"),
        (X, "Rèn Mẫu"),
        (X, "Mộc Mẫu"),
        (X, "Chiếu Mẫu"),
        (X, "Nón Mẫu"),
        (X, "Lưới Mẫu"),
        (X, "Thuyền Mẫu"),
        (X, "Cát Mẫu"),
        (X, "Đá Mẫu"),
        (X, "Sỏi Mẫu"),
        (X, "Phù Sa Mẫu"),
        (X, "Thung Mẫu"),
        (X, "Nương Mẫu"),
        (X, "Rẫy Mẫu"),
        (X, "Vườn Mẫu"),
        (X, "Ao Mẫu"),
        ("Đặc khu", "Đảo Mẫu"),
    ]
};

const PEOPLE: [(&str, &str, &str, Role, &str); 11] = [
    ("Nguyễn Thị Ví Dụ", "vidu", "Sở Khoa học và Công nghệ", Role::PROGRAMME, "Chuyên viên theo dõi"),
    ("Trần Văn Thử", "thu", "UBND xã Sông Mẫu", Role::OFFICER, "Công chức Văn hóa - Xã hội"),
    ("Lê Thị Mẫu", "lanhdao", "UBND tỉnh", Role::LEADER, "Phó Chủ tịch"),
    ("Phạm Văn Nháp", "quantri", "", Role::SYSTEM_ADMIN, "Quản trị hệ thống"),
    ("Võ Thị Giả Định", "donvi", "UBND xã Sông Mẫu", Role::UNIT_ADMIN, "Chánh Văn phòng"),
    ("Đặng Thị Thí Dụ", "chutichxa", "UBND xã Sông Mẫu", Role::LEADER, "Chủ tịch"),
    ("Bùi Văn Minh Họa", "giamdoc", "Sở Khoa học và Công nghệ", Role::LEADER, "Giám đốc"),
    ("Hồ Văn Tạm", "taichinh", "Sở Tài chính", Role::OFFICER, "Chuyên viên"),
    ("Đỗ Thị Bịa", "truongphong", "Văn phòng UBND tỉnh", Role::HEAD, "Trưởng phòng Tổng hợp"),
    ("Phan Văn Đặt", "vanthu", "Văn phòng UBND tỉnh", Role::CLERK, "Văn thư"),
    ("Mai Thị Giả Lập", "dieuphoi", "", Role::PROGRAMME, "Chuyên viên điều phối của tỉnh"),
];

/// Who may sign in, and as what.
pub fn logins() -> impl Iterator<Item = (&'static str, String)> {
    PEOPLE.iter().map(|(_, login, unit, _, title)| {
        (*login, if unit.is_empty() { (*title).to_owned() } else { format!("{title}, {unit}") })
    })
}

/// Fills an empty installation; does nothing where units exist.
pub async fn fill(core: &Core, ctx: &Ctx) -> Result<(), Problem> {
    let directory = core.get::<Directory>()?;
    if !directory.tree().is_empty() {
        return Ok(());
    }
    let area = |kind: &str, name: &str, code: String, level: &str| Area {
        code,
        parent_code: String::new(),
        level: level.into(),
        kind: kind.into(),
        name: format!("{kind} {name}"),
    };
    let communes: Vec<Area> =
        COMMUNES.iter().zip(1..).map(|((kind, name), n)| area(kind, name, format!("9{n:04}"), "commune")).collect();
    init::create(directory, ctx, &area("Tỉnh", "Mẫu", "00".into(), "province"), &communes).await?;
    people(directory, ctx).await
}

async fn people(directory: &Directory, ctx: &Ctx) -> Result<(), Problem> {
    let hash = &password::hash(PASSWORD)?;
    let tree = directory.tree();
    for (name, login, unit, role, title) in PEOPLE {
        let unit = match tree.resolve(unit, None) {
            Resolution::Unit { unit, .. } => unit,
            Resolution::Group { .. } | Resolution::Unknown => {
                tree.root().map(|root| root.id).ok_or_else(Problem::not_found)?
            }
        };
        let ids = new_ids(ctx);
        directory
            .db()
            .write(ctx, |tx| async move {
                create(&tx, &NewAccount { name, login, unit, role, title }, ids).await?;
                store::account::set_password(&tx, ids.1, Some(hash)).await?;
                store::sign_in::invented_set(&tx, ids.1).await?;
                tx.ledger(Entry::new("account.demo", ids.1));
                Ok(())
            })
            .await?;
    }
    Ok(())
}
