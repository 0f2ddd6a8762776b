//! More time: asked for, granted, refused or taken back, and what becomes of it meanwhile.

use axum::http::StatusCode;
use programme::ids::PartId;
use programme::work::{
    store,
    usecase::extension::{Answer, extension_answer, extension_ask},
};

use crate::work::Desk;

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
        extension_ask(&desk.house.app, ctx, part, day, "Chờ số liệu", false).await
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
    let day = jiff::civil::date(2031, 12, 31);
    let asked = extension_ask(app, ctx, part, day, "Chờ số liệu", false).await.unwrap();
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
