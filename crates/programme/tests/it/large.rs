//! Work of the sender's size that holds nobody.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use kernel::{PlanId, ids::kinds};
use programme::plans::{model::row::ReadTask, usecase::cascade};
use serde_json::json;
use testkit::Part;

use crate::{
    documents::PLAN,
    house::{COMMUNE, House},
    round::{Round, step, words},
};

/// The longest that a task that does nothing waited for its turn while `work` went on.
async fn longest_wait<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let longest = Arc::new(AtomicU64::new(0));
    let noted = Arc::clone(&longest);
    let ticking = tokio::spawn(async move {
        let pause = Duration::from_millis(10);
        loop {
            let asleep = Instant::now();
            tokio::time::sleep(pause).await;
            let late = asleep.elapsed().saturating_sub(pause).as_millis();
            noted.fetch_max(u64::try_from(late).unwrap(), Ordering::Relaxed);
        }
    });
    let done = work.await;
    tokio::time::sleep(Duration::from_millis(30)).await;
    ticking.abort();
    (done, Duration::from_millis(longest.load(Ordering::Relaxed)))
}

const PATIENCE: Duration = Duration::from_millis(500);

/// On one thread, so that whatever computes on it holds everything.
#[tokio::test]
async fn a_text_with_forty_thousand_unknown_bodies_holds_nobody() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let leads = (0..40_000).map(|n| format!("Chi cục Số {n} Mẫu")).collect::<Vec<_>>().join(", ");
    let text = PLAN.replacen("- Đơn vị chủ trì: Sở Tài chính;", &format!("- Đơn vị chủ trì: {leads};"), 1);
    let answer = officer.upload("/plans/new", &[Part::File("k.txt", text.as_bytes())]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let ((), longest) = longest_wait(house.drain()).await;
    assert!(longest < PATIENCE, "somebody waited {longest:?}");
    let path = answer.location.split('?').next().unwrap().to_owned();
    let plan: PlanId = path.trim_start_matches("/plans/").parse().unwrap();
    let rows = programme::plans::store::read_row::list(&house.app.db().read(), plan).await.unwrap();
    assert!(rows.iter().all(|row| row.task.lead.len() <= 200));
    let most = rows.iter().map(|row| row.task.lead.len()).max();
    let doubts = programme::plans::store::finding::list(&house.app.db().read(), plan).await.unwrap();
    assert_eq!((most, doubts.iter().any(|doubt| doubt.kind == "too_many_bodies")), (Some(200), true), "{doubts:?}");
}

async fn plan_of(house: &House, salt: &str, tasks: usize) -> PlanId {
    let ctx = &house.system();
    let id = ctx.new_id::<kinds::Plan>();
    house
        .app
        .db()
        .write(ctx, |tx| async move {
            tx.ledger(db::Entry::new("test.rows", "test"));
            programme::plans::store::plan::insert(&tx, id, "k.txt", salt, kernel::UnitId::from_uuid(uuid::Uuid::from_u128(1)), ctx).await?;
            tx.exec("UPDATE programme_plan SET state = 'review' WHERE id = $1", db::vals![id.uuid()]).await?;
            for at in 0..tasks {
                let text = format!("Rà soát, cập nhật cơ sở dữ liệu số {salt} việc thứ {} của ngành {} năm", at % 40, at % 25);
                let task: ReadTask = serde_json::from_value(json!({
                    "section": [], "text": text, "lead": [], "coordinating": [], "time": {"raw": ""}, "result": null, "start": 0, "end": 0, "set_aside": null
                }))
                .unwrap();
                let row = ctx.new_id::<programme::ids::ReadRow>();
                programme::plans::store::read_row::insert(&tx, row, id, i64::try_from(at).unwrap() + 1, &task).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    id
}

#[tokio::test]
async fn two_large_plans_are_compared_once_and_hold_nobody() {
    let house = House::people().await;
    let (above, below) = (plan_of(&house, "mot", 600).await, plan_of(&house, "hai", 600).await);
    let all = async {
        let one = || cascade::compare(&house.app, above, below);
        let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
        [a, b, c, d].map(Result::unwrap)
    };
    let (compared, longest) = Box::pin(longest_wait(all)).await;
    assert!(longest < PATIENCE, "somebody waited {longest:?}");
    assert!(compared.iter().all(|one| Arc::ptr_eq(&one.beside, &compared[0].beside)), "computed once");
    // A row that changes is a new pair.
    let mut row = programme::plans::store::read_row::list(&house.app.db().read(), below).await.unwrap().remove(0);
    row.task.text = "Việc khác hẳn".into();
    let row = &row;
    house
        .app
        .db()
        .write(&house.system(), |tx| async move {
            tx.bookkeeping();
            programme::plans::store::read_row::update(&tx, row).await?;
            Ok(())
        })
        .await
        .unwrap();
    let again = cascade::compare(&house.app, above, below).await.unwrap();
    assert!(!Arc::ptr_eq(&again.beside, &compared[0].beside));
}

#[tokio::test]
async fn a_signed_file_that_cannot_be_read_is_said_so_with_the_reason() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        assert_eq!(step(who, &id, act, &[]).await.status, StatusCode::SEE_OTHER, "{act}");
    }
    let issue = [
        Part::Field("number", "15/BC-UBND"),
        Part::Field("issued_on", "2026-11-20"),
        Part::File("bc.pdf", b"%PDF-1.7 ..."),
    ];
    assert_eq!(step(&clerk, &id, "issue", &issue).await.status, StatusCode::SEE_OTHER);
    house.drain().await;
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Không đối chiếu được bản ký") && page.contains("Tệp PDF bị hỏng"), "{page}");
}
