//! Word files to PDF by LibreOffice, PDF to recognised pages by pdftoppm and tesseract, in a folder that is removed.

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use plan_reader::ScannedPage;

/// As a scanner of an office is set.
const DOTS: &str = "200";

struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("forge-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(program: &str, folder: &Path, args: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let output = Command::new(program).args(args).current_dir(folder).output();
    let output = output.map_err(|error| format!("{program} does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(output.stdout)
}

pub fn pdfs(docx: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let folder = Folder::new()?;
    let names: Vec<String> = (0..docx.len()).map(|at| format!("{at}.docx")).collect();
    for (name, bytes) in names.iter().zip(docx) {
        std::fs::write(folder.0.join(name), bytes)?;
    }
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.0.display());
    let mut args = vec![profile.as_str(), "--headless", "--convert-to", "pdf"];
    args.extend(names.iter().map(String::as_str));
    run("soffice", &folder.0, &args)?;
    let read = names.iter().map(|name| std::fs::read(folder.0.join(name).with_extension("pdf")));
    Ok(read.collect::<Result<_, _>>()?)
}

/// With its columns held by blanks.
pub fn text(pdf: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let folder = Folder::new()?;
    std::fs::write(folder.0.join("in.pdf"), pdf)?;
    run("pdftotext", &folder.0, &["-layout", "in.pdf", "-"])
}

pub fn pages(pdf: &[u8]) -> Result<Vec<ScannedPage>, Box<dyn Error>> {
    let folder = Folder::new()?;
    std::fs::write(folder.0.join("in.pdf"), pdf)?;
    run("pdftoppm", &folder.0, &["-gray", "-r", DOTS, "in.pdf", "page"])?;
    let mut pictures: Vec<PathBuf> =
        std::fs::read_dir(&folder.0)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    pictures.retain(|path| path.extension().is_some_and(|extension| extension == "pgm"));
    pictures.sort();
    let recognised = pictures.iter().map(|picture| {
        let picture = picture.display().to_string();
        let tsv = run("tesseract", &folder.0, &[&picture, "-", "-l", "vie", "--psm", "3", "--dpi", DOTS, "tsv"])?;
        Ok(ScannedPage { tsv: String::from_utf8_lossy(&tsv).into_owned(), resolution: DOTS.parse()? })
    });
    recognised.collect()
}
