//! `cargo xtask shots`: every page in every state as a picture, with a page to look through them all.

use anyhow::{Result, bail};

use crate::{setup, shell};

pub fn shots() -> Result<()> {
    setup::web()?;
    setup::browser()?;
    setup::readers()?;
    setup::nextest()?;
    let folder = shell::root().join("shots");
    std::fs::create_dir_all(&folder)?;
    let mut run = shell::cargo(&["nextest", "run", "--package", "dinh", "--no-fail-fast", "-E", "test(/^looks/)"]);
    let looked = shell::run(run.env("TESTKIT_SHOTS", &folder));
    let mut names: Vec<String> = std::fs::read_dir(&folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| std::path::Path::new(name).extension().is_some_and(|kind| kind == "png"))
        .collect();
    names.sort();
    let figure =
        |name: &String| format!("<figure><img loading=lazy src=\"{name}\"><figcaption>{name}</figcaption></figure>\n");
    let style = "<meta charset=utf-8><style>figure{display:inline-block;margin:8px;vertical-align:top}img{max-width:640px;border:1px solid #ccc}</style>\n";
    std::fs::write(folder.join("index.html"), style.to_owned() + &names.iter().map(figure).collect::<String>())?;
    println!("{} pictures: {}", names.len(), folder.join("index.html").display());
    if names.is_empty() {
        bail!("no picture was taken");
    }
    looked
}
