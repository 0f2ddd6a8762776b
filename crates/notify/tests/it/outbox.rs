//! What waits to be delivered.

use notify::Channels;

use crate::house;

#[tokio::test]
async fn a_letter_of_a_wrong_hour_is_tried_now() {
    let house = house(Channels::default()).await;
    let now = house.system().now().as_microsecond();
    let letter = "INSERT INTO notify_outbox (id, channel, address, subject, text, html, state, attempts, next_at, created_at) \
        VALUES ($1, 'mail', 'a@tinhmau.example', 's', 't', '', 'waiting', 0, $2, $2)";
    house.exec(letter, db::vals![uuid::Uuid::from_u128(1), now + 365 * 86_400_000_000]).await;
    let run = async || {
        let ctx = house.system();
        let queued = house.app.db().write(&ctx, |tx| async move {
            tx.bookkeeping();
            tx.enqueue("notify.send", &serde_json::Value::Null).await?;
            Ok(())
        });
        queued.await.unwrap();
        house.drain().await;
    };
    run().await;
    let tried = format!("SELECT COUNT(*) FROM notify_outbox WHERE attempts = 1 AND next_at <= {now} + 43200000000");
    assert_eq!(house.count(&tried).await, 1, "there is no server here, so it waits a minute");
    run().await;
    assert_eq!(house.count(&tried).await, 1, "and is not tried again before");
}
