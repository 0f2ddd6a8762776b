//! Rights come from above: whoever can write a row does not give themselves a right by it.

use axum::http::{Method, StatusCode};
use db::Row as _;
use kernel::{Role, UnitId};
use programme::reporting::{model::states::DutyState, store::duty::DutyRow};
use serde_json::json;
use testkit::Part;

use crate::{
    documents::{part_of, read_in, rev_of},
    house::{COMMUNE, House, OTHER_COMMUNE, plan_without_doubts},
    reach::{asks, obliges},
    round::{Round, words},
    status::{NO, OPEN, WRONG},
};

/// What a commune's officer sends to give work in the committee's name.
fn forged<'a>(leads: &'a str, giver: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("number", "77/TB-UBND"),
        ("issued_on", "2026-11-16"),
        ("giver", giver),
        ("text", "Rà soát hạ tầng của tỉnh"),
        ("leads", leads),
        ("due", "trong 5 ngày làm việc"),
    ]
}

/// H1.
#[tokio::test]
async fn a_commune_gives_itself_no_authority_over_the_province() {
    let house = House::people().await;
    let xa = house.person("xaprog", COMMUNE, Role::PROGRAMME).await;
    assert_eq!(asks(&xa, "Sở Tài chính").await, NO);
    // In its own name it gives nothing to a body beyond it, by page, sheet or API.
    let own = xa.form("/assign", &forged("Sở Tài chính; UBND tỉnh", "")).await;
    assert_eq!(own.status, WRONG);
    assert!(words(&own.body).contains("chưa có thẩm quyền giao việc cho"), "{}", own.body);
    let (_, bodies) = own.body.split_once("chưa có thẩm quyền giao việc cho").unwrap();
    let bodies = bodies.split('<').next().unwrap();
    assert!(bodies.contains("Sở Tài chính") && bodies.contains("UBND tỉnh"), "the bodies are named: {bodies}");
    let api = json!({"number": "78/TB-UBND", "text": "Rà soát", "leads": "Sở Tài chính", "due": "30/12/2026"});
    assert_eq!(xa.json(Method::POST, "/api/v1/tasks", &api).await.status, WRONG);
    let text = |text: &str| text.to_owned();
    let heads = ["Số văn bản", "Nội dung", "Đơn vị chủ trì", "Thời hạn"].map(text);
    let row = ["40/TB-UBND", "Rà soát phần mềm", "Sở Nội vụ", "30/12/2026"].map(text);
    let sheet = webkit::export::xlsx("S", &heads, &[row.to_vec()]).unwrap();
    xa.upload("/tracking", &[Part::Field("confirm", "1"), Part::File("so.xlsx", &sheet)]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 0);
    // In the committee's name it is written down, and waits for the committee.
    let given = xa.form("/assign", &forged("Sở Tài chính; UBND tỉnh; UBND xã Sông Mẫu", "UBND tỉnh")).await;
    assert_eq!(given.status, OPEN, "{}", given.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_part").await, 1, "its own part only");
    assert_eq!((asks(&xa, "Sở Tài chính").await, obliges(&xa, "Sở Tài chính; UBND tỉnh").await), (NO, WRONG));
    let finance = house.as_("taichinh").await;
    assert!(!finance.get("/tasks").await.body.contains("Rà soát hạ tầng của tỉnh"), "nobody is bound by it");
    assert!(words(&xa.get("/tasks").await.body).contains("chưa xác nhận"), "the register says so");
    // A document in the committee's name is no different.
    let plan = read_in(&house, &xa, "a.txt", plan_without_doubts().as_bytes()).await;
    let refused = xa.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("chưa có thẩm quyền giao việc cho"), "{}", refused.body);
    assert_eq!((asks(&xa, "Sở Tài chính").await, obliges(&xa, "Sở Tài chính").await), (NO, WRONG));
    // Nor does it confirm itself, nor hand the following to a body that could.
    let said = [("rev", rev_of(&house, &plan).await), ("act", "confirm".to_owned())];
    let said: Vec<(&str, &str)> = said.iter().map(|(key, value)| (*key, value.as_str())).collect();
    assert_eq!(xa.form(&format!("{plan}/confirm"), &said).await.status, NO);
    let rev = rev_of(&house, &plan).await;
    let head = [("rev", rev.as_str()), ("number", "22/KH-UBND"), ("title", "Kế hoạch"), ("follower", "UBND tỉnh")];
    assert_eq!(xa.form(&format!("{plan}/head"), &head).await.status, WRONG);
}

#[derive(db::FromQueryResult)]
struct Held {
    unit_id: uuid::Uuid,
}

#[tokio::test]
async fn the_committee_or_its_office_confirms_and_then_the_follower_gives_work() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    // To one department it gives nothing.
    let text = plan_without_doubts().replace("Sở Y tế", "Sở Xây dựng");
    let text = text.replace("Các sở, ban, ngành", "Sở Nội vụ").replace("các sở, ban, ngành", "Sở Nội vụ");
    let plan = read_in(&house, &officer, "a.txt", text.as_bytes()).await;
    assert!(officer.get(&plan).await.body.contains("chưa xác nhận"));
    officer.form("/assign", &forged("Sở Y tế", "UBND tỉnh")).await;
    let leader = house.as_("lanhdao").await;
    let office = house.person("vanphong", "Văn phòng UBND tỉnh", Role::PROGRAMME).await;
    let other = house.person("xakhac", OTHER_COMMUNE, Role::LEADER).await;
    for who in [&leader, &office] {
        let inbox = words(&who.get("/work").await.body);
        assert!(inbox.contains("Chờ tôi xác nhận văn bản") && inbox.contains("22/KH-UBND"), "{inbox}");
    }
    assert!(!other.get("/work").await.body.contains("Chờ tôi xác nhận"));
    // The office confirms the plan and names who follows it; the leader confirms what was assigned.
    let rev = rev_of(&house, &plan).await;
    let said = [("rev", rev.as_str()), ("act", "confirm"), ("follower", "Sở Khoa học và Công nghệ")];
    assert_eq!(office.form(&format!("{plan}/confirm"), &said).await.status, OPEN);
    assert_eq!(office.form(&format!("{plan}/confirm"), &said).await.status, StatusCode::CONFLICT, "once");
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, OPEN);
    assert_eq!(asks(&officer, "Sở Tài chính").await, OPEN);
    assert_eq!(asks(&officer, "Sở Y tế").await, NO, "the department follows no confirmed work of it");
    house.confirm_numbered("77/TB-UBND").await;
    assert_eq!(asks(&officer, "Sở Y tế").await, OPEN, "now it does");
    let held: Vec<Held> = house.app.db().read().all("SELECT unit_id FROM programme_held", vec![]).await.unwrap();
    assert!(held.iter().all(|held| testkit::Units::all().contains(&UnitId::from_uuid(held.unit_id))));
    assert!(words(&officer.get(&plan).await.body).contains("UBND tỉnh xác nhận lúc"));
    assert!(!leader.get("/work").await.body.contains("Chờ tôi xác nhận"));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_document_that_is_not_theirs_is_withdrawn_and_that_can_be_undone() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", plan_without_doubts().as_bytes()).await;
    house.confirm(&plan).await;
    officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    let leader = house.as_("lanhdao").await;
    let say = async |act: &str, reason: &str| {
        let rev = rev_of(&house, &plan).await;
        leader.form(&format!("{plan}/confirm"), &[("rev", rev.as_str()), ("act", act), ("reason", reason)]).await.status
    };
    assert_eq!(say("take_back", "").await, OPEN);
    assert_eq!(asks(&officer, "Sở Tài chính").await, NO, "without the word there is no authority");
    assert_eq!(say("refuse", "").await, WRONG, "a reason is needed");
    assert_eq!(say("refuse", "Không có văn bản này").await, OPEN);
    let open = "SELECT COUNT(*) FROM programme_part WHERE done_on IS NULL AND stopped_on IS NULL";
    assert_eq!(house.count(open).await, 0);
    let page = words(&officer.get(&plan).await.body);
    assert!(page.contains("Không có văn bản này") && page.contains("văn bản của cơ quan đứng tên"), "{page}");
    assert_eq!(say("take_back", "").await, OPEN);
    assert!(house.count(open).await > 0);
}

/// M6.
#[tokio::test]
async fn a_regime_is_kept_by_the_unit_that_owns_it() {
    let house = House::demo().await;
    let (officer, chair) = (house.as_("vidu").await, house.as_("chutichxa").await);
    officer.form("/regimes", &[("name", "Chế độ của sở"), ("basis", "NĐ 09/2019/NĐ-CP")]).await;
    let conn = house.app.db().read();
    let id =
        programme::ids::RegimeId::from_uuid(programme::reporting::store::duty::regimes(&conn).await.unwrap()[0].id)
            .to_string();
    let over = [("id", id.as_str()), ("rev", "1"), ("name", "Xã sửa"), ("basis", "x")];
    assert_eq!(chair.form("/regimes", &over).await.status, NO);
    assert_eq!(officer.form("/regimes", &[over[0], over[1], ("name", "Sở sửa"), over[3]]).await.status, OPEN);
    // Rows of before owners were kept belong to the top of the tree.
    house.exec("UPDATE programme_regime SET owner_id = NULL", vec![]).await;
    for who in [&officer, &chair] {
        assert_eq!(who.form("/regimes", &[over[0], ("rev", "2"), over[2], over[3]]).await.status, NO);
    }
}

/// M7.
#[tokio::test]
async fn a_proposed_duty_is_asked_about_when_it_is_put_in_force() {
    let house = House::people().await;
    let xa = house.person("xaprog", COMMUNE, Role::PROGRAMME).await;
    // As the approval of a plan of its own, whose words oblige others, leaves it.
    let (id, own) = (uuid::Uuid::from_u128(5), house.unit(COMMUNE));
    let sql = "INSERT INTO programme_duty (id, name, section, period, cutoff, due, state, source, owner_id, rev) \
        VALUES ($1, 'Báo cáo', '', 'month', 'decree', 'after:3', 'proposed', 'Hằng tháng', $2, 1)";
    house.exec(sql, db::vals![id, own.uuid()]).await;
    let sql = "INSERT INTO programme_duty_body (duty_id, unit_id, role) VALUES ($1, $2, 'reports')";
    house.exec(sql, db::vals![id, house.unit("Sở Nội vụ").uuid()]).await;
    let duties = DutyRow::find(&house.app.db().read(), "", vec![]).await.unwrap();
    assert_eq!(duties[0].state, DutyState::Proposed);
    let path = format!("/duties/{}", duties[0].id);
    let started = xa.form(&path, &[("rev", "1"), ("act", "start")]).await;
    assert_eq!(started.status, WRONG);
    assert!(words(&started.body).contains("Sở Nội vụ không thuộc cấp dưới"), "{}", started.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_duty WHERE state = 'active'").await, 0);
}

/// M8.
#[tokio::test]
async fn a_report_brings_in_values_and_words_of_its_own_body_only() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let clerk = house.as_("thu").await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    // As a plan that names others only leaves it.
    let target = house.one("SELECT target_id AS id FROM programme_target_body LIMIT 1", vec![]).await;
    let commune = house.unit(COMMUNE);
    let sql = "DELETE FROM programme_target_body WHERE target_id = $1 AND unit_id = $2";
    house.exec(sql, db::vals![target, commune.uuid()]).await;
    let target = programme::ids::TargetId::from_uuid(target).to_string();
    let value = [
        ("rev", "1"),
        ("intro", "Một"),
        ("target", target.as_str()),
        ("numerator", "7"),
        ("denominator", "10"),
        ("value", ""),
        ("status", "official"),
        ("evidence", "BC 3"),
    ];
    let refused = clerk.form(&format!("/reports/{id}/edit"), &value).await;
    assert_eq!(refused.status, WRONG, "{}", refused.body);
    assert!(words(&refused.body).contains("không được kế hoạch giao báo cáo chỉ tiêu này"), "{}", refused.body);
    let stranger = uuid::Uuid::from_u128(9).to_string();
    let line = [("rev", "1"), ("work", stranger.as_str()), ("words", "Lời của ai đó")];
    let refused = clerk.form(&format!("/reports/{id}/edit"), &line).await;
    assert_eq!(refused.status, WRONG, "{}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_value").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report_line").await, 0);
}

#[tokio::test]
async fn addresses_tell_nothing_of_what_one_may_not_read() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let finance = house.person("xabien", "Sở Y tế", Role::OFFICER).await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    assert_eq!(finance.get(&format!("/parts/{part}")).await.status, NO);
    let name = "WHERE name = 'Báo cáo tháng về nhiệm vụ được giao'";
    let duty = DutyRow::find(&house.app.db().read(), name, vec![]).await.unwrap()[0].id;
    assert_eq!(finance.get(&format!("/duties/{duty}")).await.status, NO);
    assert_eq!(house.as_("thu").await.get(&format!("/duties/{duty}")).await.status, StatusCode::OK);
    let commune = house.unit(COMMUNE);
    let there = finance.get(&format!("/agencies/{commune}/report")).await.location;
    assert_eq!(there, format!("/agencies/{commune}"), "not the report's id");
    assert!(round.officer.get(&format!("/agencies/{commune}/report")).await.location.starts_with("/reports/"));
}
