//! A form that is refused comes back, and says what the floor says of it.

use crate::house::House;

/// Pages that show their own refusals say those of the floor too, and no passphrase.
#[tokio::test]
async fn pages_of_ones_own_refusals_say_those_of_the_floor() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await.header("referer", "http://dinh.test/units/new");
    let answer = admin.form("/units/new", &[("name", "Đơn vị mới"), ("code", "x \u{1}")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("id=\"errors\"") && answer.body.contains("value=\"Đơn vị mới\""), "{}", answer.body);
    let own = house.signed_in("thu").await.header("referer", "http://dinh.test/work");
    let typed = [("current", "mật khẩu của tôi"), ("password", "một câu khác \u{1}"), ("again", "một câu khác")];
    let answer = own.form("/account/password", &typed).await;
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("mật khẩu của tôi") && !answer.body.contains("một câu khác"), "{}", answer.body);
}
