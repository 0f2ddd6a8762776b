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
        "/ledger/refusals",
        "/account/password",
        "/account/second-factor",
        "/account/prove",
        "/administration",
        "/style",
        "/tasks?state=late&col=plan",
        "/account",
        "/targets",
        "/targets?indicator=data.maturity",
        "/search?q=du+lieu",
        "/indicators",
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
                    || text.starts_with("refusal-")
                    || text.starts_with("state-")
                    || text.starts_with("unit-kind-")
            });
            assert_eq!(leaked, None, "{page} shows a key instead of words");
        }
    }
}

/// A page that asks for words nobody wrote would show the key.
#[tokio::test]
async fn every_text_that_a_template_asks_for_is_written() {
    let house = House::empty().await;
    let asked = regex::Regex::new(r#"\bt\("([a-z0-9-]+)"[,)]"#).unwrap();
    let templates = house.app.modules().iter().flat_map(|module| module.templates.iter());
    let mut missing: Vec<String> = Vec::new();
    for (name, text) in templates {
        let keys = asked.captures_iter(text).map(|found| found[1].to_owned());
        missing.extend(keys.filter(|key| !house.app.locales().has(key)).map(|key| format!("{name}: {key}")));
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[tokio::test]
async fn every_entry_of_the_navigation_has_its_words() {
    let house = House::empty().await;
    let labels = house.app.modules().iter().flat_map(|module| module.nav).map(webkit::NavItem::label);
    let missing: Vec<String> = labels.filter(|label| !house.app.locales().has(label)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[tokio::test]
async fn every_register_has_its_words() {
    let house = House::empty().await;
    let registers = house.app.modules().iter().flat_map(|module| (module.registers)());
    let missing: Vec<String> =
        registers.flat_map(|register| register.words()).filter(|key| !house.app.locales().has(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
}
