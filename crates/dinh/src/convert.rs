//! Documents that are no text yet: old Word files through LibreOffice, pictures of pages through tesseract. Both are
//! Debian packages; where one is missing the reader is told which.
//!
//! Foreign programs run under limits of memory, time and file size, in a folder of their own that is then removed.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
};

use plan_reader::ScannedPage;
use programme::{Error, Progress};
use tokio::process::Command;

/// The first argument that makes this program limit itself and become another one.
pub const ARGUMENT: &str = "__limited";
/// A scan of this resolution is read well; more only costs time.
const DOTS_PER_INCH: u32 = 200;
const MAX_PAGES: usize = 300;
const GIB: u64 = 1 << 30;

/// The child: takes limits on and becomes the program that its arguments name.
pub fn child() -> ExitCode {
    let mut arguments = std::env::args_os().skip(2);
    let limited = rlimit::setrlimit(rlimit::Resource::AS, 8 * GIB, 8 * GIB)
        .and_then(|()| rlimit::setrlimit(rlimit::Resource::CPU, 300, 300))
        .and_then(|()| rlimit::setrlimit(rlimit::Resource::FSIZE, 2 * GIB, 2 * GIB));
    if let (Ok(()), Some(program)) = (limited, arguments.next()) {
        let _ = std::process::Command::new(program).args(arguments).exec();
    }
    ExitCode::from(3)
}

/// Programs that other packages bring.
#[derive(Debug, Clone)]
pub struct Tools {
    /// This program, which limits what it starts.
    program: PathBuf,
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Tools are looked for in the folders of `PATH`.
    pub fn new(program: PathBuf) -> Self {
        let folders = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
        Self { program, folders }
    }

    /// Tools are looked for in these folders only.
    pub fn within(program: PathBuf, folders: Vec<PathBuf>) -> Self {
        Self { program, folders }
    }

    fn find(&self, name: &str) -> Option<PathBuf> {
        self.folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    fn need(&self, names: &[&str], code: &'static str, packages: &str) -> Result<Vec<PathBuf>, Error> {
        let found: Option<Vec<PathBuf>> = names.iter().map(|name| self.find(name)).collect();
        found.ok_or_else(|| Error::FileRefused { code, detail: packages.to_owned() })
    }

    async fn run(&self, folder: &Path, tool: &Path, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        let failed = |detail: String| Error::FileRefused { code: "plan-reader-died", detail };
        let name = tool.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let timeout = self.find("timeout").ok_or_else(|| failed("coreutils".into()))?;
        let output = Command::new(timeout)
            .args(["--kill-after=5", "180"])
            .arg(&self.program)
            .arg(ARGUMENT)
            .arg(tool)
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::join_paths(&self.folders).unwrap_or_default())
            .env("HOME", folder)
            .env("TMPDIR", folder)
            .env("LANG", "C.UTF-8")
            .env("OMP_THREAD_LIMIT", "1")
            .current_dir(folder)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
            .map_err(|error| failed(format!("{name}: {error}")))?;
        if output.status.success() { Ok(output.stdout) } else { Err(failed(format!("{name}: {}", output.status))) }
    }

    /// A Word 97-2003 file as `.docx`.
    pub async fn docx(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let office = &self.need(&["soffice"], "plan-needs-office", "libreoffice-writer")?[0];
        let folder = folder()?;
        write(&folder.path().join("in.doc"), bytes)?;
        let arguments = ["--headless", "--norestore", "--convert-to", "docx", "in.doc"];
        self.run(folder.path(), office, &arguments).await?;
        std::fs::read(folder.path().join("in.docx"))
            .map_err(|_| Error::FileRefused { code: "plan-damaged", detail: "Word 97-2003".into() })
    }

    /// Recognises the pages of a scan: a PDF that holds pictures, or a picture itself.
    pub async fn pages(&self, bytes: &[u8], progress: Progress<'_>) -> Result<Vec<ScannedPage>, Error> {
        let packages = "tesseract-ocr, tesseract-ocr-vie, poppler-utils";
        let tools = self.need(&["tesseract", "pdftoppm"], "plan-needs-ocr", packages)?;
        let folder = folder()?;
        let languages = self.run(folder.path(), &tools[0], &["--list-langs"]).await?;
        if !String::from_utf8_lossy(&languages).lines().any(|line| line.trim() == "vie") {
            return Err(Error::FileRefused { code: "plan-needs-ocr", detail: packages.into() });
        }
        write(&folder.path().join("in"), bytes)?;
        let resolution = DOTS_PER_INCH.to_string();
        if plan_reader::kind(bytes) == plan_reader::Kind::Pdf {
            let last = MAX_PAGES.to_string();
            let arguments = ["-r", &resolution, "-gray", "-png", "-l", &last, "in", "page"];
            self.run(folder.path(), &tools[1], &arguments).await?;
        } else {
            std::fs::rename(folder.path().join("in"), folder.path().join("page")).map_err(disk)?;
        }
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .map_err(disk)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.starts_with("page"))
            .collect();
        names.sort();
        let mut pages = Vec::new();
        for (done, name) in names.iter().enumerate() {
            progress(done, names.len());
            let arguments = [name.as_str(), "-", "-l", "vie", "--psm", "3", "--dpi", &resolution, "tsv"];
            let tsv = self.run(folder.path(), &tools[0], &arguments).await?;
            let _ = std::fs::remove_file(folder.path().join(name));
            let tsv = String::from_utf8_lossy(&tsv).into_owned();
            pages.push(ScannedPage { tsv, resolution: f64::from(DOTS_PER_INCH) });
        }
        progress(names.len(), names.len());
        Ok(pages)
    }
}

fn folder() -> Result<tempfile::TempDir, Error> {
    tempfile::Builder::new().prefix("dinh-").tempdir().map_err(disk)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(disk)
}

fn disk(error: std::io::Error) -> Error {
    Error::FileRefused { code: "plan-reader-died", detail: error.to_string() }
}
