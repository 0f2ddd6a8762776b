//! What waits to be delivered.

use notify::Channels;
use testkit::House;
use webkit::Letters as _;

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

#[tokio::test]
async fn of_letters_to_who_is_forgotten_no_address_is_left() {
    let house = house(mail(1)).await;
    let (ctx, outbox) = (&house.system(), &notify::Outbox::new(&mail(1)));
    let now = ctx.now().as_microsecond();
    let letter = "INSERT INTO notify_outbox \
        (id, channel, address, subject, text, html, state, attempts, next_at, created_at, carries) \
        VALUES ($1, 'mail', 'a@tinhmau.example', 's', 'words', '', $2, 0, $3, $3, $4)";
    let rows = [("waiting", Some("one")), ("sent", Some("one")), ("refused", Some("one")), ("waiting", Some("two"))];
    for (n, (state, carries)) in (1..).zip(rows.into_iter().chain([("sent", None)])) {
        let carries: Option<String> = carries.map(str::to_owned);
        house.exec(letter, db::vals![uuid::Uuid::from_u128(n), state, now, carries]).await;
    }
    let forgotten = house.app.db().write(ctx, |tx| async move {
        tx.bookkeeping();
        outbox.forget(&tx, "one").await
    });
    forgotten.await.unwrap();
    let of = "SELECT COUNT(*) FROM notify_outbox WHERE";
    assert_eq!(house.count(&format!("{of} carries = 'one' AND (address <> '' OR text <> '')")).await, 0);
    assert_eq!(house.count(&format!("{of} carries = 'one' AND state = 'waiting'")).await, 0, "none of them goes out");
    assert_eq!(house.count(&format!("{of} carries = 'one' AND state = 'sent'")).await, 1);
    assert_eq!(house.count(&format!("{of} address <> '' AND text <> ''")).await, 2, "others stay as they are");
    // Of the link it carried somebody is told that nobody has it.
    let lost = outbox.lost(&house.app.db().read(), &["one".to_owned()]).await.unwrap();
    assert_eq!(lost, ["one", "one"]);
}
