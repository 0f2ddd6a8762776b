//! The pages of information systems in every state, looked at as in `looks`.

use crate::{
    driver::open,
    house::House,
    looks::{Looker, looker},
    places::path,
    places_appraise::{before_assessment, of_assessment},
    places_systems::{list, of_confirmed_systems, of_systems, without_systems},
};

/// Types into fields of the page that is shown, and sends the form of the last of them.
async fn type_in(looker: &Looker, fields: &[(&str, &str)]) {
    let script = "for (const [id, text] of arguments[0]) document.getElementById(id).value = text; \
        window.before = true; document.getElementById(arguments[0].at(-1)[0]).form.submit()";
    looker.browser.execute(script, vec![serde_json::json!(fields)]).await.unwrap();
    let gone = "return document.readyState === 'complete' && !window.before";
    while !looker.browser.execute(gone, vec![]).await.unwrap().convert::<bool>().unwrap() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_systems() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("he-thong.xlsx");
    std::fs::write(&file, list()).unwrap();
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &without_systems()).await;
    let places = of_systems(&house).await;
    let page = path(&places, "system");
    looker.all(&base, &places).await;
    looker.all(&base, &before_assessment()).await;
    looker.all(&base, &of_assessment(&house, &places).await).await;
    let unfold = |what: &str| format!("document.querySelector('main {what}').open = true");
    for (name, path, shown) in [
        ("systems-filters", "/systems", unfold("form.bar details.menu")),
        ("systems-view", "/systems", unfold(".views details.menu")),
        ("systems-import-heads", "/systems/import", unfold("details")),
        ("system-history", page, "document.querySelector('.moj-timeline').scrollIntoView()".to_owned()),
    ] {
        looker.browser.goto(format!("{base}{path}")).await.unwrap();
        looker.browser.execute(shown, vec![]).await.unwrap();
        looker.look(name).await;
    }
    looker.answer(&base, "systems-import-preview", "/systems/import", Some(&file)).await;
    looker.answer(&base, "systems-import-refused", "/systems/import", None).await;
    looker.browser.goto(format!("{base}/systems/new")).await.unwrap();
    type_in(&looker, &[("owner", "Sở Mẫu"), ("since", "12"), ("name", "")]).await;
    looker.look("system-new-refused").await;
    looker.browser.goto(format!("{base}{page}")).await.unwrap();
    type_in(&looker, &[("other", "Hệ thống không có ở đây")]).await;
    looker.look("system-link-refused").await;
    looker.browser.goto(format!("{base}{page}/edit")).await.unwrap();
    officer.form(&format!("{page}/edit"), &[("rev", "2"), ("since", "2020")]).await;
    type_in(&looker, &[("since", "2021")]).await;
    looker.look("system-edit-stale").await;
    looker.sign_in(&base, "giamdoc").await;
    looker.answer(&base, "systems-confirmed", "/systems/confirmations", None).await;
    looker.all(&base, &of_confirmed_systems()).await;
    looker.browser.quit().await.unwrap();
}
