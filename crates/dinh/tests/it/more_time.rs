//! More time: asked for, granted, refused or taken back, and what becomes of it meanwhile.

use axum::http::StatusCode;
use programme::ids::PartId;
use programme::work::{
    store,
    usecase::extension::{Answer, extension_answer, extension_ask},
};

use crate::{house::House, work::Desk};

const OPEN: StatusCode = StatusCode::SEE_OTHER;

#[tokio::test]
async fn more_time_is_asked_for_and_granted_with_its_history() {
    let desk = Desk::new().await;
    let path = format!("/parts/{}/extensions", desk.part);
    let early = desk.clerk.form(&path, &[("due_on", "2026-01-01"), ("reason", "x")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.clerk.form(&path, &[("due_on", "2031-06-30"), ("reason", "Chờ hướng dẫn")]).await.status, OPEN);
    let twice = desk.clerk.form(&path, &[("due_on", "2031-07-30"), ("reason", "x")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let conn = desk.house.app.db().read();
    let asked = &store::extension::list(&conn, desk.part.parse().unwrap()).await.unwrap()[0];
    let path = format!("/extensions/{}", programme::ids::ExtensionId::from_uuid(asked.id));
    let own = desk.clerk.form(&path, &[("rev", "1"), ("act", "grant")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "nobody grants their own request");
    assert_eq!(desk.follower.form(&path, &[("rev", "1"), ("act", "grant")]).await.status, OPEN);
    let page = desk.page(&desk.clerk).await;
    assert!(page.contains("đổi thành 30/06/2031") && page.contains("đã đồng ý"), "{page}");
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

/// What is done meanwhile needs no more time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn more_time_is_not_asked_for_what_is_done_meanwhile() {
    let desk = Desk::new().await;
    let part: PartId = desk.part.parse().unwrap();
    let (db, ctx) = (desk.house.app.db(), &desk.house.system());
    let done = db.write(ctx, |tx| async move {
        let sql = "UPDATE programme_part SET done_on = '2026-11-20', rev = rev + 1 WHERE id = $1";
        tx.exec(sql, db::vals![part.uuid()]).await?;
        tx.ledger(db::Entry::new("test.rows", part));
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        Ok(())
    });
    let asking = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let day = jiff::civil::date(2031, 12, 31);
        extension_ask(&desk.house.app, ctx, part, day, "Chờ số liệu").await
    };
    let (done, asked) = tokio::join!(done, asking);
    done.unwrap();
    assert_eq!(asked.unwrap_err().code, "part-not-open");
}

/// What was answered meanwhile is answered, whichever revision is sent; nothing is answered once its plan has ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_request_is_answered_once_and_while_its_plan_is_in_force() {
    let desk = Desk::new().await;
    let part: PartId = desk.part.parse().unwrap();
    let (app, ctx) = (&desk.house.app, &desk.house.system());
    let asked = extension_ask(app, ctx, part, jiff::civil::date(2031, 12, 31), "Chờ số liệu").await.unwrap();
    let plan = store::part::get(&app.db().read(), part).await.unwrap().unwrap().plan();
    let granted = "UPDATE programme_extension SET state = 'granted', rev = 2 WHERE id = $1";
    let ended = "UPDATE programme_plan SET state = 'replaced', rev = rev + 1 WHERE id = $1";
    for (sql, id, rev, code) in [(granted, asked.uuid(), 2, "already-answered"), (ended, plan.uuid(), 1, "plan-over")] {
        for answer in [Answer::Refuse, Answer::Withdraw] {
            let meanwhile = app.db().write(ctx, |tx| async move {
                store::part::held(&tx, part).await?;
                tx.exec(sql, db::vals![id]).await?;
                tx.ledger(db::Entry::new("test.rows", part));
                tokio::time::sleep(std::time::Duration::from_millis(800)).await;
                Ok(())
            });
            let answering = async {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                extension_answer(app, ctx, asked, rev, answer, "Không đủ lý do").await
            };
            let (meanwhile, answered) = tokio::join!(meanwhile, answering);
            meanwhile.unwrap();
            assert_eq!(answered.unwrap_err().code, code, "{answer:?}");
            desk.house.exec("UPDATE programme_extension SET state = 'asked', rev = 1", vec![]).await;
            desk.house.exec("UPDATE programme_plan SET state = 'live' WHERE id = $1", db::vals![plan.uuid()]).await;
        }
    }
}
