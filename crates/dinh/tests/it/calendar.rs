//! Deadlines of work and of reports that follow the calendar, however it is changed.

use axum::http::StatusCode;
use programme::{ids::PartId, work::store};

use crate::{
    house::House,
    round::{Round, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn a_task_from_a_conclusion_follows_the_calendar() {
    let house = House::demo().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    let task = |due: &'static str| {
        [
            ("number", "35/TB-UBND"),
            ("issued_on", "2026-11-20"),
            ("giver", "UBND tỉnh"),
            ("text", "Báo cáo hiện trạng hạ tầng"),
            ("leads", "Sở Tài chính; Sở Nội vụ"),
            ("due", due),
        ]
    };
    let unclear = officer.form("/assign", &task("khi nào cũng được")).await;
    assert!(unclear.status == WRONG && unclear.body.contains("Không hiểu thời hạn"));
    let given = officer.form("/assign", &task("trong 5 ngày làm việc")).await;
    assert_eq!(given.status, OPEN, "{}", given.body);
    let path = given.location.split('?').next().unwrap().to_owned();
    let waits = words(&officer.get(&path).await.body);
    assert!(waits.contains("Chưa giao được, chờ UBND tỉnh Mẫu xác nhận:"), "{waits}");
    house.confirm_numbered("35/TB-UBND").await;
    // Friday 20/11, the 24th is a holiday: 23, 25, 26, 27, 30.
    assert!(words(&officer.get(&path).await.body).contains("30/11/2026"));
    let day = [("day", "2026-11-26"), ("kind", "off"), ("name", "Nghỉ bão"), ("source", "Công điện 12/CĐ-UBND")];
    let preview = admin.form("/calendar", &day).await;
    assert!(words(&preview.body).contains("2 thời hạn chưa hoàn thành sẽ đổi ngày"), "{}", preview.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_calendar_day").await, 0, "a preview changes nothing");
    admin.form("/calendar", &[day.as_slice(), &[("confirm", "true")]].concat()).await;
    house.drain().await;
    let moved = words(&officer.get(&path).await.body);
    assert!(moved.contains("01/12/2026"), "{moved}");
    let part = moved.split("?part=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let history = words(&officer.get(&format!("{path}?part={part}")).await.body);
    assert!(history.contains("thời hạn 30/11/2026 đổi thành 01/12/2026 · lịch làm việc thay đổi"), "{history}");
    admin.form("/calendar", &[("day", "2026-11-26"), ("undo", "true")]).await;
    house.drain().await;
    assert!(
        words(&officer.get(&path).await.body).contains("30/11/2026"),
        "taking the day back moves the deadlines back"
    );
    house.lake_is_as_the_rows().await;
}

/// A day that was granted is granted, whatever becomes of the calendar; taken back, it follows the calendar again.
#[tokio::test]
async fn more_time_that_was_granted_outlives_a_change_of_the_calendar() {
    let house = House::demo().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    let task = [
        ("number", "36/TB-UBND"),
        ("issued_on", "2026-11-20"),
        ("giver", "UBND tỉnh"),
        ("text", "Báo cáo hiện trạng hạ tầng"),
        ("leads", "UBND xã Sông Mẫu; UBND xã Đồi Mẫu"),
        ("due", "trong 5 ngày làm việc"),
    ];
    assert_eq!(officer.form("/assign", &task).await.status, OPEN);
    house.confirm_numbered("36/TB-UBND").await;
    let clerk = house.signed_in("thu").await;
    let own = "SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id JOIN directory_unit u ON u.id = p.unit_id \
        WHERE l.number = '36/TB-UBND' AND u.name = 'UBND xã Sông Mẫu'";
    let part = PartId::from_uuid(house.one(own, vec![]).await);
    let asked = [("due_on", "2026-12-31"), ("reason", "Chờ số liệu của thôn")];
    assert_eq!(clerk.form(&format!("/parts/{part}/extensions"), &asked).await.status, OPEN);
    let open = store::extension::list(&house.app.db().read(), part).await.unwrap();
    let path = format!("/extensions/{}", programme::ids::ExtensionId::from_uuid(open[0].id));
    assert_eq!(officer.form(&path, &[("rev", "1"), ("act", "grant")]).await.status, OPEN);
    let storm = [("day", "2026-11-26"), ("kind", "off"), ("name", "Nghỉ bão"), ("source", "Công điện 12/CĐ-UBND")];
    admin.form("/calendar", &[storm.as_slice(), &[("confirm", "true")]].concat()).await;
    house.drain().await;
    let due = async |id| store::part::get(&house.app.db().read(), id).await.unwrap().unwrap().due_on;
    assert_eq!(due(part).await.as_deref(), Some("2026-12-31"), "the granted day");
    let other = PartId::from_uuid(house.one(&own.replace("Sông", "Đồi"), vec![]).await);
    assert_eq!(due(other).await.as_deref(), Some("2026-12-01"), "the other one moved");
    let entry = store::entry::last(&house.app.db().read(), part).await.unwrap().unwrap();
    let undo = format!("/entries/{}/undo", programme::ids::EntryId::from_uuid(entry.id));
    let undone = officer.form(&undo, &[]).await;
    assert_eq!(undone.status, OPEN, "{}", undone.body);
    admin.form("/calendar", &[("day", "2026-11-26"), ("undo", "true")]).await;
    house.drain().await;
    assert_eq!(due(part).await.as_deref(), Some("2026-11-30"), "as the calendar counts");
    // Somebody was at it meanwhile: it is not moved over their head.
    let counted = store::part::counted(&house.app.db().read()).await.unwrap();
    let stale = &counted.into_iter().find(|row| row.id == part.uuid()).unwrap();
    house.exec("UPDATE programme_part SET rev = rev + 1 WHERE id = $1", db::vals![part.uuid()]).await;
    let ctx = &house.system();
    let moved = house.app.db().write(ctx, |tx| async move {
        tx.ledger(db::Entry::new("test.rows", "test"));
        Ok(store::part::due_move(&tx, stale, "2027-01-01").await?)
    });
    assert!(!moved.await.unwrap());
}

#[tokio::test]
async fn the_due_day_of_an_open_period_follows_the_calendar() {
    let house = House::demo().await;
    let round = Round::open(&house, house.signed_in("vidu").await).await;
    let path = format!("/periods/{}", round.period);
    // 14/11 and three working days: 16, 17, 18.
    assert!(words(&round.officer.get(&path).await.body).contains("18/11/2026"));
    let admin = house.signed_in("quantri").await;
    let day = [("day", "2026-11-17"), ("kind", "off"), ("name", "Nghỉ bão"), ("source", "Công điện 12/CĐ-UBND")];
    let preview = words(&admin.form("/calendar", &day).await.body);
    assert!(preview.contains("thời hạn chưa hoàn thành sẽ đổi ngày"), "{preview}");
    admin.form("/calendar", &[day.as_slice(), &[("confirm", "true")]].concat()).await;
    house.drain().await;
    let page = words(&round.officer.get(&path).await.body);
    assert!(page.contains("19/11/2026") && page.contains("Hạn gửi đổi theo lịch làm việc"), "{page}");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE due_on = '2026-11-19'").await, 3);
    admin.form("/calendar", &[("day", "2026-11-17"), ("undo", "true")]).await;
    house.drain().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE due_on = '2026-11-18'").await, 3);
}

#[tokio::test]
async fn a_calendar_edit_moves_ten_thousand_deadlines_in_one_act() {
    let house = House::demo().await;
    let ctx = &house.system();
    let conn = house.app.db().read();
    let filter = programme::work::store::register::Filter::default();
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let known =
        programme::work::store::register::page(&conn, &filter, &scope, ctx.today(), None, 1).await.unwrap().remove(0);
    let known = &known;
    house
        .app
        .db()
        .write(ctx, |tx| async move {
            tx.ledger(db::Entry::new("part.add", "test"));
            for n in 0..10_000 {
                let part = programme::work::store::part::NewPart {
                    id: ctx.new_id::<programme::ids::Part>(),
                    task: known.task_id,
                    plan: known.plan_id,
                    unit: known.unit(),
                    unit_sort: format!("{n:05}"),
                    sort_plan: format!("9-{n:05}"),
                    time_kind: "date".into(),
                    start_on: None,
                    due_on: Some("2026-11-30".into()),
                    clock: Some(programme::work::model::clock::Clock::Within {
                        from: jiff::civil::date(2026, 11, 20).at(8, 0, 0, 0),
                        days: 5,
                    }),
                };
                programme::work::store::part::insert(&tx, &part).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let admin = house.signed_in("quantri").await;
    let day = [("day", "2026-11-26"), ("kind", "off"), ("name", "Nghỉ bão"), ("source", "Công điện 12/CĐ-UBND")];
    let preview = words(&admin.form("/calendar", &day).await.body);
    assert!(preview.contains("10.000 thời hạn") || preview.contains("10000 thời hạn"), "{preview}");
    let entries = house.ledger_length().await;
    let start = std::time::Instant::now();
    admin.form("/calendar", &[day.as_slice(), &[("confirm", "true")]].concat()).await;
    house.drain().await;
    println!("10,000 deadlines moved in {} ms", start.elapsed().as_millis());
    let moved = "SELECT COUNT(*) FROM programme_part WHERE due_on = '2026-12-01' AND clock = 'within'";
    assert_eq!(house.count(moved).await, 10_000);
    let history = "SELECT COUNT(*) FROM programme_due WHERE old_due = '2026-11-30' AND new_due = '2026-12-01'";
    assert_eq!(house.count(history).await, 10_000, "the old days are kept");
    assert_eq!(house.ledger_length().await, entries + 2, "the day, and one act for all deadlines");
    house.lake_is_as_the_rows().await;
}
