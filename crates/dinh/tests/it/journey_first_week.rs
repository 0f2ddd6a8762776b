//! An empty province comes to its first live plan, by its set-up page alone: who administers it, who follows plans, who
//! leads, each at their own browser, with the slips that are printed for them.

use crate::{
    desk::Desk,
    driver::open,
    house::House,
    second_step::{SENTENCE, code},
};

/// Sets the telephone up that the page asks for.
async fn telephone(house: &House, desk: &mut Desk) {
    let key = desk.found("span.code").await.text().await.unwrap().replace(' ', "");
    desk.fill("input[name=code]", &code(house, &key, 0)).await;
    desk.click("form[action='/sign-in/second-factor'] button").await;
    desk.found("ol.slip.code").await;
    desk.click("main a.govuk-button").await;
}

/// Gives out an account from a line of the set-up page; its slip's code.
async fn person(desk: &mut Desk, base: &str, line: &str, fields: [(&str, &str); 3]) -> String {
    desk.browser.goto(format!("{base}/setup")).await.unwrap();
    desk.click(&format!("main a[href='{line}']")).await;
    for (field, words) in fields {
        desk.fill(field, words).await;
    }
    desk.click("main form[method=post] button.govuk-button").await;
    desk.found(".slip-code").await.text().await.unwrap()
}

async fn sign_in(desk: &mut Desk, base: &str, login: &str, word: &str) {
    desk.browser.delete_all_cookies().await.unwrap();
    desk.browser.goto(format!("{base}/sign-in")).await.unwrap();
    desk.fill("#login", login).await;
    desk.fill("#password", word).await;
    desk.enter("#password").await;
}

/// Chooses a password where a slip or a first link leads, and sets a telephone up where the post asks for one.
async fn password(house: &House, desk: &mut Desk) {
    desk.fill("#password", SENTENCE).await;
    desk.fill("#again", SENTENCE).await;
    desk.enter("#again").await;
    desk.found("span.code, .moj-side-navigation").await;
    if desk.browser.current_url().await.unwrap().path().contains("second-factor") {
        telephone(house, desk).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_province_comes_to_its_first_live_plan_within_twenty_minutes() {
    let house = House::empty().await;
    let link = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    let link = link.trim_start_matches("http://dinh.test").to_owned();
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let mut desk = Desk::new(&browser);

    // The first one in chooses the province, and comes to the set-up page.
    browser.goto(format!("{base}{link}")).await.unwrap();
    desk.choose("#province", "Tỉnh Lạng Sơn").await;
    desk.fill("#name", "Ví Dụ Một").await;
    desk.fill("#login", "quantri.mot").await;
    password(&house, &mut desk).await;
    let follower = [("#name", "Ví Dụ Hai"), ("#login", "theo.doi"), ("#unit", "Sở Khoa học và Công nghệ")];
    let follower = person(&mut desk, &base, "/people/new?role=programme", follower).await;
    let chair = [("#name", "Ví Dụ Ba"), ("#login", "chu.tich"), ("#unit", "UBND tỉnh Lạng Sơn")];
    let chair = person(&mut desk, &base, "/people/new?role=leader", chair).await;

    // Who follows plans takes the first one in, and says whose it is.
    sign_in(&mut desk, &base, "theo.doi", &follower).await;
    password(&house, &mut desk).await;
    desk.click("nav a[href='/plans']").await;
    desk.click("main a[href='/plans/new']").await;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/plans/dam-may.txt");
    let file = std::fs::canonicalize(file).unwrap();
    desk.found("input[type=file]").await.send_keys(file.to_str().unwrap()).await.unwrap();
    desk.click("main form button.govuk-button").await;
    desk.click("a.govuk-button[href$='/review']").await;
    desk.fill("#issuer", "UBND tỉnh").await;
    desk.enter("#issuer").await;
    desk.waits_for("main", "UBND tỉnh Lạng Sơn chưa xác nhận văn bản này").await;

    // The chair finds it in the inbox and says that it is theirs.
    sign_in(&mut desk, &base, "chu.tich", &chair).await;
    password(&house, &mut desk).await;
    desk.browser.goto(format!("{base}/work")).await.unwrap();
    desk.click("#waiting ~ .todo a[href^='/plans/']").await;
    desk.click("#confirm button[value=confirm]").await;

    // Who follows it looks at what will be given to whom, and approves.
    sign_in(&mut desk, &base, "theo.doi", SENTENCE).await;
    desk.click("nav a[href='/plans']").await;
    desk.click("main a[href^='/plans/plan_']").await;
    desk.click("a.govuk-button[href$='/review']").await;
    desk.click(".prob a[href$='/approve']").await;
    desk.click(".confirm input[name=unseen]").await;
    desk.click(".confirm form button.govuk-button").await;
    desk.found("a.govuk-button[href^='/tasks?plan=']").await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE state = 'live'").await, 1);
    desk.say("an empty province to its first live plan");
    assert!(desk.seconds() <= 20.0 * 60.0, "{}", desk.seconds());
    browser.quit().await.unwrap();
}
