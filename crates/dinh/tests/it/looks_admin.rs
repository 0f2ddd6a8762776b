//! The pages of administration in every state, looked at as in `looks`.

use thirtyfour::prelude::*;

use crate::{
    driver::open,
    house::House,
    looks::looker,
    places_admin::{UNITS, after_a_forgery, of_administration, staff},
};

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_administration() {
    let house = House::people().await;
    let places = of_administration(&house).await;
    let folder = tempfile::tempdir().unwrap();
    let (csv, sheet) = (folder.path().join("units.csv"), folder.path().join("staff.xlsx"));
    std::fs::write(&csv, UNITS).unwrap();
    std::fs::write(&sheet, staff()).unwrap();
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &places).await;
    looker.answer(&base, "unit-new-refused", "/units/new", None).await;
    looker.answer(&base, "person-new-refused", "/people/new", None).await;
    looker.answer(&base, "units-import-preview", "/units/import", Some(&csv)).await;
    looker.answer(&base, "staff-import-preview", "/people/import", Some(&sheet)).await;
    looker.browser.goto(format!("{base}/people/new")).await.unwrap();
    looker.browser.find(By::Id("name")).await.unwrap().send_keys("Lê Thị Phiếu").await.unwrap();
    looker.browser.find(By::Id("unit")).await.unwrap().send_keys("Sở Tài chính").await.unwrap();
    looker.browser.find(By::Id("login")).await.unwrap().send_keys("phieu\u{e007}").await.unwrap();
    looker.browser.query(By::Css(".slip")).first().await.unwrap();
    looker.look("slip").await;
    for place in after_a_forgery(&house).await {
        looker.at(&base, place.name, &place.path).await;
    }
    looker.browser.quit().await.unwrap();
}
