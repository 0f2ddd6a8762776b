//! Both languages are complete, and templates leave all words to them. What pages say is in `every_template`.

use std::{fs, path::Path};

use regex::Regex;

use crate::{house::House, wrong_words::is_vietnamese};

/// Every template of every crate: `crate/file`, and its text.
fn templates() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let owners = fs::read_dir(crates).unwrap().map(|owner| owner.unwrap());
    let folders =
        owners.filter_map(|owner| Some((owner.file_name(), fs::read_dir(owner.path().join("templates")).ok()?)));
    let files = folders.flat_map(|(owner, files)| files.map(move |file| (owner.clone(), file.unwrap())));
    let template = |(owner, file): (std::ffi::OsString, fs::DirEntry)| {
        let name = format!("{}/{}", owner.to_string_lossy(), file.file_name().to_string_lossy());
        (name, fs::read_to_string(file.path()).unwrap())
    };
    let all: Vec<(String, String)> = files.map(template).collect();
    assert!(all.len() > 80, "{} templates", all.len());
    all
}

#[tokio::test]
async fn every_text_exists_in_both_languages() {
    let house = House::empty().await;
    assert_eq!(house.app.locales().unpaired(), Vec::<&String>::new());
}

/// A page that asks for words nobody wrote would show the key.
#[tokio::test]
async fn every_text_that_a_template_asks_for_is_written() {
    let house = House::empty().await;
    let asked = Regex::new(r#"\bt\("([a-z0-9-]+)"[,)]"#).unwrap();
    let mut missing: Vec<String> = Vec::new();
    for (name, text) in templates() {
        let keys = asked.captures_iter(&text).map(|found| found[1].to_owned());
        missing.extend(keys.filter(|key| !house.app.locales().has(key)).map(|key| format!("{name}: {key}")));
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// What a template says itself is said to readers of both languages.
#[test]
fn no_template_has_words_of_its_own() {
    let notes = Regex::new(r"(?s)\{#.*?#\}").unwrap();
    let asked = Regex::new(r"(?s)\{%.*?%\}|\{\{.*?\}\}(/[a-z?=#]+)?").unwrap();
    let tags = Regex::new(r"(?s)<code>.*?</code>|<[^>]*>").unwrap();
    let word = Regex::new(r"\p{L}{2,}").unwrap();
    let mut own = Vec::new();
    for (name, text) in templates() {
        let text = notes.replace_all(&text, "").replace("Đình", "").replace("Tiếng Việt", "");
        let vietnamese = text.split_whitespace().find(|word| word.contains(is_vietnamese));
        own.extend(vietnamese.map(|word| format!("{name}: {word}")));
        // Those of the floor are macros: what stands between their tags is no text.
        if !name.starts_with("webkit") {
            let text = asked.replace_all(&text, "");
            let text = tags.replace_all(&text, "\n");
            own.extend(word.find_iter(&text).map(|word| format!("{name}: {}", word.as_str())));
        }
    }
    assert_eq!(own, Vec::<String>::new());
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
