//! What the programme says is due reaches its people by `notify`, and its own pages say so.

use dinh::config::Config;
use programme::ids::PartId;

use crate::house::House;

pub fn config(port: u16) -> Config {
    Config {
        base_url: Some("http://dinh.test".into()),
        smtp_url: Some(format!("smtp://127.0.0.1:{port}")),
        mail_from: Some("Đình <dinh@tinhmau.example>".into()),
        ..Config::default()
    }
}

/// Sở Khoa học và Công nghệ has three open parts: one late, one due today, one far away. Returns them.
async fn with_dues(house: &House) -> Vec<PartId> {
    house.clock.set(jiff::civil::date(2026, 11, 26));
    house.fill("directory").await;
    house.fill("programme").await;
    let today = house.system().today();
    let days = [today.saturating_sub(jiff::ToSpan::days(1)), today, today.saturating_add(jiff::ToSpan::days(300))];
    let filter = programme::work::store::register::Filter::default();
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let conn = house.app.db().read();
    let parts = programme::work::store::register::page(&conn, &filter, &scope, today, None, 400).await.unwrap();
    let bodies = house.app.bodies();
    let kernel::Resolution::Unit { unit, .. } = bodies.resolve("Sở Khoa học và Công nghệ", None) else {
        panic!()
    };
    let own: Vec<_> = parts.into_iter().filter(|part| part.unit() == unit && part.done_on.is_none()).take(3).collect();
    assert_eq!(own.len(), 3);
    let ctx = &house.system();
    // Nothing else of the demo is to fall due.
    house
        .app
        .db()
        .write(ctx, |tx| async move {
            tx.ledger(db::Entry::new("part.due", "test"));
            tx.exec("UPDATE programme_part SET due_on = NULL WHERE done_on IS NULL", vec![]).await?;
            Ok(())
        })
        .await
        .unwrap();
    for (part, day) in own.iter().zip(days) {
        let (id, day) = (part.id, day.to_string());
        let (id, day) = (&id, &day);
        house
            .app
            .db()
            .write(ctx, |tx| async move {
                tx.ledger(db::Entry::new("part.due", "test"));
                let values = vec![(*id).into(), day.as_str().into()];
                tx.exec("UPDATE programme_part SET due_on = $2 WHERE id = $1", values).await?;
                Ok(())
            })
            .await
            .unwrap();
    }
    own.iter().map(|part| part.id()).collect()
}

pub async fn morning(house: &House) {
    db::daily(house.app.db(), &house.system(), &["notify.daily"]).await.unwrap();
    house.drain().await;
}

#[tokio::test]
async fn a_tasks_page_says_that_its_people_were_reminded() {
    let house = House::empty().await;
    let parts = with_dues(&house).await;
    morning(&house).await;
    let vidu = house.signed_in("vidu").await;
    let page = vidu.get("/notices").await.body;
    assert!(page.contains("quá hạn 1 ngày") && page.contains("hôm nay là ngày làm việc cuối"), "{page}");
    assert!(page.contains(&parts[0].to_string()) && !page.contains(&parts[2].to_string()));
    let task = vidu.get(&format!("/parts/{}", parts[0])).await;
    let task = vidu.get(&task.location).await.body;
    assert!(task.contains("Đã nhắc tự động 1 lần"), "{task}");
}
