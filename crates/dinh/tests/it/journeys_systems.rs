//! What people do with the inventory of systems, walked in a real browser and timed: a commune's short form, and what
//! breaks where a system is switched off.

use crate::{
    desk::Desk,
    driver::{open, sign_in},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_says_what_it_has_and_uses_within_five_minutes() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let (uses, systems) = ("SELECT COUNT(*) FROM registry_use", "SELECT COUNT(*) FROM registry_system");
    let rounds = "SELECT COUNT(*) FROM registry_confirmation";
    let before = (house.count(uses).await, house.count(systems).await, house.count(rounds).await);
    sign_in(&browser, &base, "thu").await;
    let mut desk = Desk::new(&browser);
    desk.click(".areas a[href='/systems']").await;
    desk.click("main a[href='/systems/ours']").await;
    for row in 1..=2 {
        desk.click(&format!("tr:nth-child({row}) input[name=uses]")).await;
    }
    for (line, name, kind) in
        [(1, "Sổ hộ tịch điện tử của xã", "Cơ sở dữ liệu"), (2, "Truyền thanh thông minh", "Hệ thống thông tin")]
    {
        desk.fill(&format!("#name-{line}"), name).await;
        desk.choose(&format!("#kind-{line}"), kind).await;
        desk.choose(&format!("#hosting-{line}"), "Phòng máy của cơ quan").await;
        desk.fill(&format!("#since-{line}"), "2021").await;
    }
    desk.click("input[name=no_secret]").await;
    desk.click("main form[method=post] button.govuk-button").await;
    desk.waits_for("main", "Đã lưu bản khai.").await;

    // The list is right when who leads the commune says so.
    browser.delete_all_cookies().await.unwrap();
    sign_in(&browser, &base, "chutichxa").await;
    desk.click(".areas a[href='/systems']").await;
    desk.click("main a[href='/systems/confirmations']").await;
    desk.click("form[action='/systems/confirmations'] button").await;
    desk.waits_for("main", "Đã ghi nhận xác nhận của cơ quan.").await;
    desk.say("a commune's short form, filled in and confirmed");
    assert!(desk.seconds() <= 5.0 * 60.0, "{}", desk.seconds());
    let after = (house.count(uses).await, house.count(systems).await, house.count(rounds).await);
    assert_eq!(after, (before.0 + 2, before.1 + 2, before.2 + 1));
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_where_a_system_is_switched_off_is_told_within_ten_seconds() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "dieuphoi").await;
    let mut desk = Desk::new(&browser);
    desk.shortcut("\u{e009}k").await;
    desk.keys("#jump", "toan").await;
    desk.click(".jump-box a[href^='/systems/system_']").await;
    desk.click("main a[href$='/impact']").await;
    desk.waits_for("main", "Nếu tắt Nền tảng điện toán đám mây").await;
    desk.waits_for("main", "3 hệ thống dừng").await;
    desk.say("what breaks where a system is switched off");
    assert!(desk.seconds() <= 10.0, "{}", desk.seconds());
    browser.quit().await.unwrap();
}
