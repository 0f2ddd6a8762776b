//! Word files to PDF by LibreOffice, PDF to recognised pages by pdftoppm and tesseract, in a folder that is removed.

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use plan_reader::{Kind, ScannedPage};

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

/// Files of one kind, which their first bytes say, whatever they are called, as `pdf` or `docx`.
pub fn to(format: &str, files: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let folder = Folder::new()?;
    let (ending, filter): (_, &[&str]) = match files.first().map(|bytes| plan_reader::kind(bytes)) {
        Some(Kind::Rtf) => ("rtf", &[]),
        // By itself LibreOffice opens it as a page, which cannot be saved as a document.
        Some(Kind::Html) => ("html", &["--infilter=HTML (StarWriter)"]),
        _ => ("docx", &[]),
    };
    let out = folder.0.join("out").display().to_string();
    let names: Vec<String> = (0..files.len()).map(|at| format!("{at}.{ending}")).collect();
    for (name, bytes) in names.iter().zip(files) {
        std::fs::write(folder.0.join(name), bytes)?;
    }
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.0.display());
    let mut args = [&[profile.as_str(), "--headless"], filter, &["--convert-to", format, "--outdir", &out]].concat();
    args.extend(names.iter().map(String::as_str));
    run("soffice", &folder.0, &args)?;
    let read = names.iter().map(|name| std::fs::read(Path::new(&out).join(name).with_extension(format)));
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
