//! What an act replaced or took away comes back by its entry: to whom may do the act, while nobody was at it since.

use axum::http::StatusCode;
use db::vals;
use testkit::Client;

use crate::{
    documents::part_of,
    house::{COMMUNE, House, SCIENCE},
};

async fn undone(client: &Client, entry: i64) -> StatusCode {
    client.form(&format!("/undo/{entry}"), &[]).await.status
}

#[tokio::test]
async fn a_dropped_step_comes_back_and_goes_again() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let step = [("text", "Khảo sát hiện trạng"), ("owner", "Tổ công tác"), ("due_on", "2026-12-20")];
    clerk.form(&format!("/parts/{part}/steps"), &step).await;
    let row = || async { programme::work::store::step::list(&house.app.db().read(), part).await.unwrap().pop() };
    let made = row().await.unwrap();
    let id = programme::ids::StepId::from_uuid(made.id);
    let drop = [("rev", "1"), ("act", "drop")];
    assert_eq!(clerk.form(&format!("/steps/{id}"), &drop).await.status, StatusCode::SEE_OTHER);
    assert!(row().await.is_none());
    let dropped = house.newest("step.drop").await;
    // Who has nothing to do with it does not even learn that it is there.
    let stranger = house.as_("taichinh").await;
    assert_eq!(undone(&stranger, dropped).await, StatusCode::NOT_FOUND);
    assert_eq!(undone(&house.client(), dropped).await, StatusCode::SEE_OTHER, "a stranger signs in first");
    let page = clerk.get(&clerk.get(&format!("/parts/{part}")).await.location).await.body;
    assert!(page.contains(&format!("action=\"/undo/{dropped}\"")), "{page}");
    let answer = clerk.form(&format!("/undo/{dropped}"), &[]).await;
    assert_eq!((answer.status, answer.location.starts_with(&format!("/parts/{part}"))), (StatusCode::SEE_OTHER, true));
    let back = row().await.unwrap();
    assert_eq!((back.id, back.text.as_str(), back.due_on), (made.id, made.text.as_str(), made.due_on));
    // Once more it is refused in words; the undo itself can be taken back.
    let again = clerk.form(&format!("/undo/{dropped}"), &[]).await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("không hoàn tác được nữa"), "{}", again.body);
    assert_eq!(undone(&clerk, house.newest("act.undo").await).await, StatusCode::SEE_OTHER);
    assert!(row().await.is_none());
    // And that too, as often as somebody likes.
    assert_eq!(undone(&clerk, house.newest("act.undo").await).await, StatusCode::SEE_OTHER);
    assert_eq!(row().await.unwrap().owner.as_str(), "Tổ công tác");
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_taken_back() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    clerk.form(&format!("/parts/{part}/steps"), &[("text", "Lấy ý kiến")]).await;
    let id = house.one("SELECT id FROM programme_step ORDER BY id DESC LIMIT 1", vec![]).await;
    let step = programme::ids::StepId::from_uuid(id);
    clerk.form(&format!("/steps/{step}"), &[("rev", "1"), ("act", "drop")]).await;
    let dropped = house.newest("step.drop").await;
    // Another row under the same key, as if it had come back by another way.
    let other = "INSERT INTO programme_step (id, part_id, text, owner, rev) VALUES ($1, $2, 'Khác', '', 1)";
    house.exec(other, vals![id, part.uuid()]).await;
    assert_eq!(undone(&clerk, dropped).await, StatusCode::CONFLICT);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_step WHERE text = 'Khác'").await, 1);
    // What is not kept any longer, and what never was.
    house.exec("DELETE FROM programme_step WHERE id = $1", vals![id]).await;
    house.exec("DELETE FROM db_before WHERE seq = $1", vals![dropped]).await;
    let over = clerk.form(&format!("/undo/{dropped}"), &[]).await;
    assert!(over.status == StatusCode::CONFLICT && over.body.contains("Đã quá hạn hoàn tác"), "{}", over.body);
    assert_eq!(undone(&clerk, house.newest("step.add").await).await, StatusCode::NOT_FOUND);
    assert_eq!(undone(&clerk, 99_999_999).await, StatusCode::NOT_FOUND);
}

/// Who takes a value back means the one that was shown, not the one that took its place.
#[tokio::test]
async fn a_value_that_another_took_the_place_of_is_not_taken_back() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let target = "SELECT id FROM programme_target WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') ORDER BY id LIMIT 1";
    let target = programme::ids::TargetId::from_uuid(house.one(target, vec![]).await);
    let unit = house.unit(SCIENCE);
    let at = kernel::PlanId::from_uuid(unit.uuid());
    let value = "INSERT INTO programme_value (id, target_id, unit_id, period, value_milli, status, evidence, source, at, actor, replaced_at) VALUES ($1, $2, $3, '2026-M10', $4, 'official', 'BC 1', 'manual', 1, 'x', $5)";
    let [old, new] = [at.uuid(), target.uuid()];
    house.exec(value, vals![old, target.uuid(), unit.uuid(), 40_000_i64, Some(2_i64)]).await;
    house.exec(value, vals![new, target.uuid(), unit.uuid(), 45_000_i64, None::<i64>]).await;
    let drop = |id| {
        let client = &officer;
        async move { client.form(&format!("/values/{}/drop", programme::ids::ValueId::from_uuid(id)), &[]).await.status }
    };
    assert_eq!(drop(old).await, StatusCode::PRECONDITION_FAILED);
    assert_eq!(drop(new).await, StatusCode::SEE_OTHER);
    assert_eq!(drop(new).await, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn a_route_a_way_and_the_bodies_of_a_duty_come_back_as_they_were() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let read = || house.app.db().read();
    let plan =
        kernel::PlanId::from_uuid(house.one("SELECT id FROM programme_plan WHERE number = '22/KH-UBND'", vec![]).await);
    // The words of the plan in which a stop was found come back too.
    let route = || async { programme::work::store::difficulty::route(&read(), plan).await.unwrap() };
    let before = format!("{:?}", route().await);
    let stops = [("unit", "Sở Tài chính"), ("days", "3"), ("exceeds", "0")];
    let set = officer.form(&format!("/plans/{plan}/route"), &stops).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    assert_ne!(format!("{:?}", route().await), before);
    // Of two that set the whole anew the last goes back first: nothing becomes what nobody set.
    let first = house.newest("plan.route").await;
    let other = [
        ("unit", "Sở Nội vụ"),
        ("days", "4"),
        ("exceeds", "0"),
        ("unit", "Sở Tài chính"),
        ("days", "2"),
        ("exceeds", "0"),
    ];
    assert_eq!(officer.form(&format!("/plans/{plan}/route"), &other).await.status, StatusCode::SEE_OTHER);
    assert_eq!(undone(&officer, first).await, StatusCode::CONFLICT);
    assert_eq!(undone(&officer, house.newest("plan.route").await).await, StatusCode::SEE_OTHER);
    assert_eq!(undone(&officer, first).await, StatusCode::SEE_OTHER);
    assert_eq!(format!("{:?}", route().await), before);
    // Years and rule of a target.
    let target = "SELECT id FROM programme_target WHERE plan_id = $1 ORDER BY id LIMIT 1";
    let target = programme::ids::TargetId::from_uuid(house.one(target, vals![plan.uuid()]).await);
    let way = || async {
        let row = programme::targets::store::target::get(&read(), target).await.unwrap().unwrap();
        let years = programme::targets::store::value::trajectory(&read(), target).await.unwrap();
        format!("{:?} {:?} {years:?}", row.rollup, row.threshold_milli)
    };
    let before = way().await;
    let planned =
        [("year", "2026"), ("value", "40"), ("year", "2027"), ("value", "70"), ("rule", "sum"), ("threshold", "")];
    assert_eq!(officer.form(&format!("/targets/{target}/plan"), &planned).await.status, StatusCode::SEE_OTHER);
    assert_ne!(way().await, before);
    assert_eq!(undone(&officer, house.newest("target.plan").await).await, StatusCode::SEE_OTHER);
    assert_eq!(way().await, before);
    // Whom a duty obliges.
    let duty = programme::ids::DutyId::from_uuid(
        house.one("SELECT id FROM programme_duty WHERE state = 'proposed' ORDER BY id LIMIT 1", vec![]).await,
    );
    let bodies = || async {
        let role = programme::reporting::store::duty::DutyRole::Reports;
        let row = programme::reporting::store::duty::get(&read(), duty).await.unwrap().unwrap();
        // Its revision never comes again.
        format!(
            "{:?} {:?}",
            programme::reporting::store::duty::DutyRow { rev: 0, ..row },
            programme::reporting::store::duty::bodies(&read(), duty, role).await.unwrap()
        )
    };
    let before = bodies().await;
    let rev = programme::reporting::store::duty::get(&read(), duty).await.unwrap().unwrap().rev.to_string();
    let form = [
        ("rev", rev.as_str()),
        ("act", "save"),
        ("name", "Báo cáo khác"),
        ("section", ""),
        ("period", "quarter"),
        ("cutoff", "decree"),
        ("due_kind", "after"),
        ("due", "5"),
        ("reports", COMMUNE),
        ("receives", ""),
        ("via", ""),
    ];
    let saved = officer.form(&format!("/duties/{duty}"), &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_ne!(bodies().await, before);
    let entry = house.newest("duty.change").await;
    let page = officer.get(&format!("/duties/{duty}")).await.body;
    assert!(page.contains(&format!("action=\"/undo/{entry}\"")), "{page}");
    // Somebody was at it since, by whatever way.
    for (section, status) in [("của người khác", StatusCode::CONFLICT), ("", StatusCode::SEE_OTHER)] {
        house.exec("UPDATE programme_duty SET section = $2 WHERE id = $1", vals![duty.uuid(), section]).await;
        assert_eq!(undone(&officer, entry).await, status, "{section}");
    }
    assert_eq!(bodies().await, before);
    let now = programme::reporting::store::duty::get(&read(), duty).await.unwrap().unwrap().rev;
    assert_eq!(now.to_string(), (rev.parse::<i64>().unwrap() + 2).to_string());
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}
