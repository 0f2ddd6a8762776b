//! Words of a plan and of old lists name bodies, and never rename them.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::Role;
use registry::{generate, usecase::import};
use webkit::Verdict;

use crate::{documents::read_in, house::House, round::words};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const NO: StatusCode = StatusCode::FORBIDDEN;

/// H2.
#[tokio::test]
async fn words_of_a_plan_never_rename_a_body() {
    let house = House::people().await;
    let xa = house.person("xaprog", "UBND xã Sông Mẫu", Role::PROGRAMME).await;
    let text = "Số: 5/KH-UBND\nKẾ HOẠCH\nThử\nI. NHIỆM VỤ\n1. Việc một.\n- Đơn vị chủ trì: Sở Tài chính;\n- Đơn vị phối hợp: Tổ Kỹ thuật số thôn;\n- Thời gian thực hiện: Năm 2026.\n";
    let plan = read_in(&house, &xa, "a.txt", text.as_bytes()).await;
    let name = async |words: &str, scope: &str| {
        let form = [("words", words), ("unit", "UBND xã Sông Mẫu"), ("scope", scope)];
        xa.form(&format!("{plan}/name-body"), &form).await
    };
    let refused = name("Sở Tài chính", "").await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("đã là tên của Sở Tài chính"), "{}", refused.body);
    assert_eq!(name("Sở Không Có Trong Văn Bản", "").await.status, WRONG, "words must occur in the plan");
    assert_eq!(name("Tổ Kỹ thuật số thôn", "all").await.status, NO, "for all is for who keeps the tree");
    let named = name("Tổ Kỹ thuật số thôn", "").await;
    assert_eq!(named.status, OPEN, "{}", named.body);
    let directory = house.app.get::<directory::Directory>().unwrap();
    let resolves = |text: &str| directory.tree().resolve(text, None);
    assert!(matches!(resolves("Sở Tài chính"), kernel::Resolution::Unit { name, .. } if name == "Sở Tài chính"));
    assert_eq!(resolves("Tổ Kỹ thuật số thôn"), kernel::Resolution::Unknown, "it holds in that plan");
    let list = words(&xa.get("/aliases").await.body);
    assert!(
        list.contains("Tổ Kỹ thuật số thôn") && list.contains("Ví Dụ Thêm") && list.contains("Một kế hoạch"),
        "{list}"
    );
    let foreign = house.signed_in("thu").await;
    let alias = list.split("/aliases/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(foreign.form(&format!("/aliases/{alias}/remove"), &[]).await.status, NO);
    // The undo that is offered at once.
    let undo = [("words", "Tổ Kỹ thuật số thôn"), ("unit", "UBND xã Sông Mẫu"), ("undo", "true")];
    assert_eq!(xa.form(&format!("{plan}/name-body"), &undo).await.status, OPEN);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_alias").await, 0);
    assert!(
        words(&xa.get(&format!("{plan}/review")).await.body).contains("“Tổ Kỹ thuật số thôn” là những cơ quan nào")
    );
    name("Tổ Kỹ thuật số thôn", "").await;
    let admin = house.signed_in("quantri").await;
    let list = admin.get("/aliases").await.body;
    let alias = list.split("/aliases/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(
        admin.form(&format!("/aliases/{alias}/remove"), &[]).await.status,
        OPEN,
        "who keeps the tree removes any"
    );
}

#[tokio::test]
async fn an_old_alias_loses_to_a_real_name_and_the_command_line_removes_it() {
    let house = House::people().await;
    let commune = house.unit("UBND xã Sông Mẫu", None);
    let sql = "INSERT INTO directory_alias (id, unit_id, alias) VALUES ($1, $2, $3)";
    house.exec(sql, db::vals![uuid::Uuid::from_u128(7), commune.uuid(), "Sở Tài chính"]).await;
    let directory = house.app.get::<directory::Directory>().unwrap();
    directory.reload().await.unwrap();
    let means = directory.tree().resolve("Sở Tài chính", None);
    assert!(matches!(means, kernel::Resolution::Unit { name, .. } if name == "Sở Tài chính"));
    assert!(words(&house.signed_in("quantri").await.get("/aliases").await.body).contains("Không có tác dụng"));
    let list = house.cli(&["alias", "list"]);
    assert!(list.contains("Sở Tài chính\tUBND xã Sông Mẫu\tall"), "{list}");
    house.cli(&["alias", "remove", list.split('\t').next().unwrap()]);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_alias WHERE removed_at IS NULL").await, 0);
    assert!(!house.cli(&["alias", "list"]).contains("Sở Tài chính"));
}

#[tokio::test]
async fn forty_spellings_are_one_body_and_a_made_up_list_of_systems_knows_its_owners() {
    let house = House::people().await;
    let (bodies, ctx) = (house.app.bodies(), house.system());
    let commune = house.unit("UBND xã Sông Mẫu", None);
    let spelled: BTreeSet<String> = (0..40).map(|at| generate::spelled("UBND xã Sông Mẫu", at)).collect();
    assert!(spelled.len() > 30, "{spelled:?}");
    for name in spelled {
        assert_eq!(bodies.meant(&name, ctx.today()).ok(), Some(commune), "{name:?}");
    }
    let owners = generate::owners(&**bodies, ctx.today());
    let (sheet, dirt) = generate::sheet(500, 1, &owners).unwrap();
    let preview = import::systems_preview(&house.app, &ctx, sheet.into()).await.unwrap();
    let refused = dirt.negative + dirt.unknown_owner + dirt.twice;
    let faults: Vec<_> = preview.lines.iter().filter_map(|line| Some((line.number, line.problem.as_ref()?))).collect();
    assert_eq!((owners.len(), preview.count(Verdict::Refused)), (40, refused), "{faults:?}");
    // Several in one cell are known as one is: without marks, broken over lines.
    let users = preview.lines.iter().flat_map(|line| &line.more).filter(|(column, _)| column.name == "used_by");
    let missing: Vec<_> = preview.lines.iter().flat_map(|line| &line.missing).collect();
    assert_eq!((users.count(), missing.len()), (dirt.uses, dirt.strangers), "{missing:?}");
}
