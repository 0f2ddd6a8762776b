//! Documents that are no text yet: old Word files through LibreOffice, pictures of pages through tesseract. They are
//! Debian packages; where one is missing the reader is told which.
//!
//! Foreign programs run in a box ([`crate::sandbox`]) under limits of memory, time and file size, in a folder of their
//! own that is then removed. What a document asks for is looked at before it is given: pages are counted and measured.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
    time::Duration,
};

use plan_reader::{Kind, ScannedPage};
use programme::{Error, Progress};
use rlimit::Resource;
use tokio::{io::AsyncReadExt, process::Command, sync::OnceCell};

use crate::{
    confine,
    failed::{Failed, MAX_OUTPUT},
    gate::{Gate, Patience},
    page::{self, PageSize},
    sandbox::{self, Sandbox},
    scratch::Scratch,
};

/// The first argument that makes this program limit itself and become another one.
pub const ARGUMENT: &str = "__limited";
const MAX_PAGES: usize = 300;
const MIB: u64 = 1 << 20;
/// For one document, from its first page to its last.
const DOCUMENT: Duration = Duration::from_mins(30);
const PACKAGES: &str = "tesseract-ocr, tesseract-ocr-vie, poppler-utils";

/// What a tool may use. Each was measured: LibreOffice runs with 0.5 GB, tesseract with 0.2 GB.
struct Bounds {
    memory: u64,
    cpu: u64,
    file: u64,
    processes: u64,
    wall: Duration,
}

const OFFICE: Bounds =
    Bounds { memory: 1024 * MIB, cpu: 120, file: 256 * MIB, processes: 32, wall: Duration::from_mins(3) };
const PAGE: Bounds =
    Bounds { memory: 1024 * MIB, cpu: 60, file: 64 * MIB, processes: 4, wall: Duration::from_secs(90) };
/// A scan is drawn in a second or two.
const DRAWN: Bounds = Bounds { cpu: 20, wall: Duration::from_mins(1), ..PAGE };
const LOOK: Bounds = Bounds { memory: 512 * MIB, cpu: 10, file: 0, processes: 4, wall: Duration::from_secs(20) };

/// The child: takes on the limits that its arguments give and becomes the program that they name.
pub fn child() -> ExitCode {
    let mut arguments = std::env::args_os().skip(2);
    let mut number = || arguments.next()?.to_str()?.parse::<u64>().ok();
    let (Some(memory), Some(cpu), Some(file), Some(processes)) = (number(), number(), number(), number()) else {
        return ExitCode::from(3);
    };
    confine::stand_back();
    let limits = [
        (Resource::AS, memory),
        (Resource::CPU, cpu),
        (Resource::FSIZE, file),
        (Resource::CORE, 0),
        (Resource::NPROC, processes),
        (Resource::NOFILE, 256),
    ];
    let limited = confine::die_with_parent()
        .and_then(|()| limits.into_iter().try_for_each(|(resource, most)| rlimit::setrlimit(resource, most, most)));
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
    scratch: Scratch,
    sandbox: Sandbox,
    gate: Gate,
    folders: Vec<PathBuf>,
    /// Set once the box was made; a machine that could not make it is asked again.
    works: std::sync::Arc<OnceCell<()>>,
}

impl Tools {
    pub fn new(program: PathBuf, scratch: Scratch, sandbox: Sandbox, gate: Gate, folders: Vec<PathBuf>) -> Self {
        Self { program, scratch, sandbox, gate, folders, works: std::sync::Arc::default() }
    }

    fn find(&self, name: &str) -> Option<PathBuf> {
        self.folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    fn need<const N: usize>(
        &self,
        names: [&str; N],
        code: &'static str,
        packages: &str,
    ) -> Result<[PathBuf; N], Error> {
        let missing = || Error::FileRefused { code, detail: packages.to_owned() };
        let found: Option<Vec<PathBuf>> = names.iter().map(|name| self.find(name)).collect();
        found.and_then(|found| found.try_into().ok()).ok_or_else(missing)
    }

    /// This program with `arguments`, in a box around `folder`.
    pub async fn command(&self, folder: &Path) -> Result<Command, Failed> {
        if self.sandbox == Sandbox::Off {
            let mut command = Command::new(&self.program);
            command.env_clear().env("PATH", std::env::join_paths(&self.folders).unwrap_or_default());
            command.env("HOME", folder).env("TMPDIR", folder).env("LANG", "C.UTF-8").env("OMP_THREAD_LIMIT", "1");
            command.current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
            return Ok(command);
        }
        let bwrap = self.find("bwrap").ok_or_else(|| Failed::NoSandbox("bubblewrap".into()))?;
        let parts = sandbox::Parts { bwrap: &bwrap, program: &self.program, passwd: self.scratch.passwd() };
        self.works.get_or_try_init(|| sandbox::works(parts, folder)).await.map_err(Failed::NoSandbox)?;
        Ok(sandbox::boxed(parts, folder))
    }

    async fn run(&self, folder: &Path, tool: &Path, bounds: &Bounds, arguments: &[&str]) -> Result<Vec<u8>, Failed> {
        let name = tool.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let died = |detail: &dyn std::fmt::Display| Failed::Died(format!("{name}: {detail}"));
        let _seat = self.gate.enter(Patience::Job).await.ok_or(Failed::Busy)?;
        let limits = [bounds.memory, bounds.cpu, bounds.file, bounds.processes].map(|number| number.to_string());
        let mut child = self
            .command(folder)
            .await?
            .arg(ARGUMENT)
            .args(limits)
            .arg(tool)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| died(&error))?;
        let output = child.stdout.take().ok_or_else(|| died(&"stdout"))?;
        let said = async {
            let mut said = Vec::new();
            output.take(MAX_OUTPUT as u64 + 1).read_to_end(&mut said).await?;
            if said.len() > MAX_OUTPUT { Ok(None) } else { Ok(Some((said, child.wait().await?))) }
        };
        let ended: Result<std::io::Result<_>, _> = tokio::time::timeout(bounds.wall, said).await;
        match ended {
            Ok(Ok(Some((said, status)))) if status.success() => Ok(said),
            Ok(Ok(Some((_, status)))) => Err(died(&status)),
            Ok(Ok(None)) => Err(Failed::TooLong),
            Ok(Err(error)) => Err(died(&error)),
            Err(_) => Err(died(&format!("{} s", bounds.wall.as_secs()))),
        }
    }

    /// A Word 97-2003 file, RTF or a web page as `.docx`, whatever its name was.
    pub async fn docx(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let [office] = self.need(["soffice"], "plan-needs-office", "libreoffice-writer")?;
        let folder = self.scratch.folder().map_err(disk)?;
        let (name, called, filter): (_, _, &[&str]) = match plan_reader::kind(bytes) {
            Kind::Rtf => ("in.rtf", "RTF", &[]),
            // By itself LibreOffice opens it as a page, which cannot be saved as a document.
            Kind::Html => ("in.html", "HTML", &["--infilter=HTML (StarWriter)"]),
            _ => ("in.doc", "Word 97-2003", &[]),
        };
        write(&folder.path().join(name), bytes)?;
        let arguments = [&["--headless", "--norestore"], filter, &["--convert-to", "docx", name]].concat();
        self.run(folder.path(), &office, &OFFICE, &arguments).await?;
        let damaged = || Error::FileRefused { code: "plan-damaged", detail: called.into() };
        let made = own_file(&folder.path().join("in.docx")).ok_or_else(damaged)?;
        std::fs::read(made).map_err(disk)
    }

    /// Recognises the pages of a scan: a PDF that holds pictures, or a picture itself. Where `only` names some of them, no
    /// others. Each comes with its number.
    pub async fn pages(
        &self,
        bytes: &[u8],
        only: &[u32],
        progress: Progress<'_>,
    ) -> Result<Vec<(u32, ScannedPage)>, Error> {
        let late = |_| Error::from(Failed::Died(format!("{} min", DOCUMENT.as_secs() / 60)));
        tokio::time::timeout(DOCUMENT, self.recognised(bytes, only, progress)).await.map_err(late)?
    }

    async fn recognised(
        &self,
        bytes: &[u8],
        only: &[u32],
        progress: Progress<'_>,
    ) -> Result<Vec<(u32, ScannedPage)>, Error> {
        let [tesseract, pdftoppm, pdfinfo] =
            self.need(["tesseract", "pdftoppm", "pdfinfo"], "plan-needs-ocr", PACKAGES)?;
        let folder = self.scratch.folder().map_err(disk)?;
        let folder = folder.path();
        let languages = self.run(folder, &tesseract, &LOOK, &["--list-langs"]).await?;
        if !String::from_utf8_lossy(&languages).lines().any(|line| line.trim() == "vie") {
            return Err(Error::FileRefused { code: "plan-needs-ocr", detail: PACKAGES.into() });
        }
        if plan_reader::kind(bytes) != Kind::Pdf {
            write(&folder.join("page.pgm"), bytes)?;
            progress(0, 1);
            let page = self.recognise(folder, &tesseract, page::DOTS_PER_INCH).await?;
            progress(1, 1);
            return Ok(vec![(1, page)]);
        }
        write(&folder.join("in"), bytes)?;
        let last = MAX_PAGES.to_string();
        let told = self.run(folder, &pdfinfo, &LOOK, &["-f", "1", "-l", &last, "in"]).await?;
        let boxes = page::boxes(&String::from_utf8_lossy(&told), MAX_PAGES)?;
        let wanted = |number: &u32| only.is_empty() || only.contains(number);
        let boxes: Vec<(u32, PageSize)> = (1..).zip(boxes).filter(|(number, _)| wanted(number)).collect();
        let mut pages = Vec::new();
        for (done, (number, page)) in boxes.iter().copied().enumerate() {
            progress(done, boxes.len());
            let dots = self.draw(folder, &pdftoppm, number, page).await?;
            let blank = match own_file(&folder.join("page.pgm")) {
                Some(drawn) => tokio::task::spawn_blocking(move || page::is_blank(&drawn)).await.unwrap_or(false),
                None => return Err(Failed::Died("pdftoppm: page.pgm".into()).into()),
            };
            let page = if blank {
                ScannedPage { tsv: String::new(), resolution: dots }
            } else {
                self.recognise(folder, &tesseract, dots).await?
            };
            pages.push((number, page));
        }
        progress(boxes.len(), boxes.len());
        Ok(pages)
    }

    /// Draws one page as grey dots, however large it says it is; returns how many dots make an inch.
    async fn draw(&self, folder: &Path, pdftoppm: &Path, number: u32, page: PageSize) -> Result<f64, Error> {
        let _ = std::fs::remove_file(folder.join("page.pgm"));
        let (number, scale) = (number.to_string(), page.scale().to_string());
        let arguments =
            ["-f", &number, "-l", &number, "-singlefile", "-cropbox", "-scale-to", &scale, "-gray", "in", "page"];
        self.run(folder, pdftoppm, &DRAWN, &arguments).await?;
        Ok(page.dots())
    }

    async fn recognise(&self, folder: &Path, tesseract: &Path, dots: f64) -> Result<ScannedPage, Error> {
        let resolution = format!("{dots:.0}");
        let arguments = ["page.pgm", "-", "-l", "vie", "--psm", "3", "--dpi", &resolution, "tsv"];
        let tsv = self.run(folder, tesseract, &PAGE, &arguments).await?;
        Ok(ScannedPage { tsv: String::from_utf8_lossy(&tsv).into_owned(), resolution: dots })
    }
}

/// What a tool left: a file, and no link to somewhere else.
fn own_file(path: &Path) -> Option<PathBuf> {
    path.symlink_metadata().ok().filter(std::fs::Metadata::is_file).map(|_| path.to_owned())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(disk)
}

fn disk(error: std::io::Error) -> Error {
    Error::FileRefused { code: "plan-reader-died", detail: error.to_string() }
}
