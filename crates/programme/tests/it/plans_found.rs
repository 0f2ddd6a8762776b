//! A plan is found by its words, however many came after it, by whoever may see it.

use jiff::SignedDuration;
use kernel::{Ctx, PlanId};
use programme::plans::store::plan;

use crate::house::{House, SCIENCE};

async fn taken_in(house: &House, ctx: &Ctx, names: &[String]) -> Vec<PlanId> {
    let ids: &Vec<PlanId> = &names.iter().map(|_| ctx.new_id()).collect();
    let follower = house.unit(SCIENCE);
    house
        .app
        .db()
        .write(ctx, |tx| async move {
            for (id, name) in ids.iter().zip(names) {
                plan::insert(&tx, *id, name, &id.to_string(), follower, tx.ctx()).await?;
            }
            tx.ledger(db::Entry::new("test.rows", "test"));
            Ok(())
        })
        .await
        .unwrap();
    ids.clone()
}

#[tokio::test]
async fn an_old_plan_is_found_by_its_words_and_by_who_may_see_it() {
    let house = House::people().await;
    let (ctx, other) = (house.ctx("vidu"), house.ctx("thu"));
    let old = taken_in(&house, &ctx, &["Kế hoạch thử tìm lại.docx".to_owned()]).await;
    house.clock.move_by(SignedDuration::from_secs(1));
    let names: Vec<String> = (0..501).map(|n| format!("Văn bản {n}.docx")).collect();
    taken_in(&house, &ctx, &names).await;
    let conn = house.app.db().read();
    let account = |ctx: &Ctx| ctx.actor.account().map(|id| id.uuid());
    let found = async |ctx: &Ctx, words: &str| -> Vec<PlanId> {
        let rows = plan::found(&conn, account(ctx), words, 6).await.unwrap();
        rows.iter().map(plan::PlanRow::id).collect()
    };
    assert_eq!(found(&ctx, "thu tim LẠI").await, old);
    assert_eq!(found(&ctx, "van ban").await.len(), 6);
    assert!(found(&ctx, "thu tim mãi").await.is_empty());
    assert!(found(&other, "thu tim lai").await.is_empty(), "nobody has looked at it yet but who took it in");
    // Read, it is found by what it says too.
    let follower = house.unit(SCIENCE);
    let set = house.app.db().write(&ctx, |tx| {
        let id = old[0];
        async move {
            let head = plan::Head {
                number: "77/KH-UBND",
                title: "Kế hoạch chuyển đổi số",
                issued_on: None,
                issuer: None,
                follower,
            };
            tx.ledger(db::Entry::new("test.rows", "test"));
            Ok(plan::head_set(&tx, id, 1, &head, 1).await?)
        }
    });
    assert!(set.await.unwrap());
    assert_eq!(found(&ctx, "77 chuyen doi").await, old);
}
