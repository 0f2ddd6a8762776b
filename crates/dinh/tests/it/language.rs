//! Both languages are complete, and English pages are English.

use crate::house::House;

#[tokio::test]
async fn every_text_exists_in_both_languages() {
    let house = House::empty().await;
    assert_eq!(house.app.locales().unpaired(), Vec::<&String>::new());
}

#[tokio::test]
async fn every_page_renders_in_both_languages() {
    let house = House::demo().await;
    let admin = house.signed_in("quantri").await;
    for page in [
        "/work",
        "/tasks",
        "/board",
        "/plans",
        "/units",
        "/units/new",
        "/units/import",
        "/people",
        "/people/new",
        "/people/import",
        "/ledger",
        "/ledger/access",
        "/style",
        "/tasks?state=late&col=plan",
        "/account",
    ] {
        for lang in ["vi", "en"] {
            let answer = admin.with_cookie(&format!("dinh_lang={lang}")).get(page).await;
            assert_eq!(answer.status.as_u16(), 200, "{page} {lang}");
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\">")), "{page}");
            let leaked = answer.body.split(['>', '<']).find(|text| {
                text.starts_with("act-")
                    || text.starts_with("tile-")
                    || text.starts_with("read-")
                    || text.starts_with("plan-role-")
                    || text.starts_with("problem-")
                    || text.starts_with("state-")
                    || text.starts_with("unit-kind-")
            });
            assert_eq!(leaked, None, "{page} shows a key instead of words");
        }
    }
}
