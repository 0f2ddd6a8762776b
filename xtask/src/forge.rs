//! `cargo xtask forge`: how well the reader reads documents whose answers are known, because they were made from them.

use std::path::PathBuf;

use anyhow::Result;

use crate::{bench, shell};

/// A text tagged with parts of speech lies in this package: verbs and their objects that no list of ours holds.
const PACKAGE: &str = "underthesea==9.5.0";
const TAGGED: &str = "underthesea/pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt";

pub fn forge(args: &[String]) -> Result<()> {
    let words = words();
    if let Err(error) = &words {
        println!("forge: {PACKAGE} is not to be had ({error}); held-out words are the crate's own only");
    }
    let program = bench::built("forge", "forge", &[])?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut run = shell::program(&program, &args);
    if let Ok(words) = words {
        run.env("FORGE_WORDS", words);
    }
    shell::run(&mut run)
}

/// Fetched once, into `target`.
fn words() -> Result<PathBuf> {
    let folder = shell::root().join("target/forge");
    let words = folder.join(TAGGED);
    if words.is_file() {
        return Ok(words);
    }
    std::fs::create_dir_all(&folder)?;
    let place = folder.display().to_string();
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", &place, PACKAGE];
    shell::output(&mut shell::program("python3", &pip))?;
    let wheel = std::fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| anyhow::anyhow!("pip left no wheel"))?;
    let wheel = wheel.display().to_string();
    shell::output(&mut shell::program("python3", &["-m", "zipfile", "-e", &wheel, &place]))?;
    Ok(words)
}
