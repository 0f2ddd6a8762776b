//! What waits to be delivered.

use notify::Channels;
use testkit::House;

use crate::{house, mail};

/// The job that sends what may be tried now.
async fn send(house: &House) {
    let ctx = house.system();
    let queued = house.app.db().write(&ctx, |tx| async move {
        tx.bookkeeping();
        tx.enqueue("notify.send", &serde_json::Value::Null).await?;
        Ok(())
    });
    queued.await.unwrap();
    house.drain().await;
}

#[tokio::test]
async fn a_letter_of_a_wrong_hour_is_tried_now() {
    let house = house(Channels::default()).await;
    let now = house.system().now().as_microsecond();
    let letter = "INSERT INTO notify_outbox (id, channel, address, subject, text, html, state, attempts, next_at, created_at) \
        VALUES ($1, 'mail', 'a@tinhmau.example', 's', 't', '', 'waiting', 0, $2, $2)";
    house.exec(letter, db::vals![uuid::Uuid::from_u128(1), now + 365 * 86_400_000_000]).await;
    send(&house).await;
    let tried = format!("SELECT COUNT(*) FROM notify_outbox WHERE attempts = 1 AND next_at <= {now} + 43200000000");
    assert_eq!(house.count(&tried).await, 1, "there is no server here, so it waits a minute");
    send(&house).await;
    assert_eq!(house.count(&tried).await, 1, "and is not tried again before");
}

/// What opens something stays where it waits, and no longer; what opens nothing can be tried again.
#[tokio::test]
async fn a_secret_stays_with_no_letter_that_has_ended() {
    let house = house(mail(1)).await;
    let now = house.system().now().as_microsecond();
    let letter = "INSERT INTO notify_outbox \
        (id, channel, address, subject, text, html, state, attempts, next_at, created_at, carries) \
        VALUES ($1, 'mail', 'a@b..vn', 's', 'words', '<p>words</p>', 'waiting', 0, $2, $2, $3)";
    let old = now - 4 * 86_400_000_000;
    for (n, at, carries) in [(1, now, Some("one")), (2, now, None), (3, old, Some("three")), (4, old, None)] {
        let carries: Option<String> = carries.map(str::to_owned);
        house.exec(letter, db::vals![uuid::Uuid::from_u128(n), at, carries]).await;
    }
    send(&house).await;
    for state in ["refused", "given_up"] {
        let of = format!("SELECT COUNT(*) FROM notify_outbox WHERE state = '{state}'");
        assert_eq!(house.count(&of).await, 2, "{state}");
        let empty = format!("{of} AND carries IS NOT NULL AND text = '' AND html = ''");
        let whole = format!("{of} AND carries IS NULL AND text = 'words' AND html = '<p>words</p>'");
        assert_eq!((house.count(&empty).await, house.count(&whole).await), (1, 1), "{state}");
    }
    let keeper = house.person("quantri", "Tỉnh Mẫu", kernel::Role::SYSTEM_ADMIN).await;
    let page = keeper.get("/mail").await.body;
    assert_eq!(page.matches("value=\"retry\"").count(), 2, "{page}");
    let again = async |n: u128| {
        let id = notify::ids::MailId::from_uuid(uuid::Uuid::from_u128(n));
        keeper.form(&format!("/mail/{id}"), &[("act", "retry")]).await.status
    };
    assert_eq!(again(1).await, axum::http::StatusCode::PRECONDITION_FAILED, "there is nothing to send");
    assert_eq!(again(2).await, axum::http::StatusCode::SEE_OTHER);
}
