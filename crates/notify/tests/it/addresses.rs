//! Letters go where somebody proved that they read them.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kernel::Role;

use crate::{SCIENCE, house, mail};

#[tokio::test]
async fn an_address_is_proved_before_letters_go_there() {
    let house = house(mail(1)).await;
    let vidu = house.person("vidu", SCIENCE, Role::PROGRAMME).await;
    let choose = async |address: &str, rev: &str| {
        vidu.form("/notices/choose", &[("address", address), ("digest", "1"), ("lang", "vi"), ("rev", rev)]).await
    };
    assert_eq!(choose("mot@tinhmau.example", "0").await.status, StatusCode::SEE_OTHER);
    assert!(vidu.get("/notices").await.body.contains("chưa được xác nhận"));
    let link = house.proof_link().await;
    let thief = house.person("thu", "UBND xã Sông Mẫu", Role::OFFICER).await;
    assert_eq!(thief.get(&link).await.status, StatusCode::NOT_FOUND, "another's link");
    assert_eq!(thief.form(&link, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(vidu.get(&link).await.body.contains("mot@tinhmau.example"));
    let proved = vidu.form(&link, &[]).await;
    assert_eq!(proved.location, "/notices?done=address-proved", "{}", proved.body);
    assert_eq!(vidu.form(&link, &[]).await.status, StatusCode::NOT_FOUND, "once");
    assert!(!vidu.get("/notices").await.body.contains("chưa được xác nhận"));
    // Changed: the old address hears of it, the new one only gets its link.
    assert_eq!(choose("hai@tinhmau.example", "1").await.status, StatusCode::SEE_OTHER);
    let to = |address: &str| format!("SELECT COUNT(*) FROM notify_outbox WHERE address = '{address}'");
    assert_eq!(house.count(&to("mot@tinhmau.example")).await, 2);
    assert_eq!(house.count(&to("hai@tinhmau.example")).await, 1);
    assert!(vidu.get("/notices").await.body.contains("Địa chỉ nhận thư của tài khoản đã được đổi"));
    // Three letters a day, whoever they go to.
    assert_eq!(vidu.form("/notices/trial", &[]).await.status, StatusCode::SEE_OTHER);
    for n in 0..20 {
        let trial = vidu.form("/notices/trial", &[]).await;
        assert!(trial.status == StatusCode::CONFLICT && trial.body.contains("thử lại vào ngày mai"), "{}", trial.body);
        let other = choose(&format!("la{n}@elsewhere.example"), "2").await;
        assert_eq!(other.status, StatusCode::CONFLICT);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 4);
    house.clock.move_by(SignedDuration::from_hours(24));
    let vidu = house.as_("vidu").await;
    assert_eq!(vidu.form("/notices/trial", &[]).await.status, StatusCode::SEE_OTHER);
}
