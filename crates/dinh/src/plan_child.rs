//! Plans are read in a child process; what is no text yet is converted or recognised first.

use std::process::ExitCode;

use async_trait::async_trait;
use plan_reader::{
    Kind, Reading, Refusal, ScannedPage,
    secrecy::{self, Look},
};
use programme::{Error, Glimpse, PlanReading, Progress};
use serde::{Deserialize, Serialize};

use crate::{
    child_process::{self, Readers},
    gate::Patience,
};

/// The first argument that makes this program a reader of plans.
pub const ARGUMENT: &str = "__read-plan";
/// The same for pages that were recognised from pictures: the length of their JSON (four bytes), the JSON, and the PDF in
/// which the other pages are text, where there are such.
pub const SCAN_ARGUMENT: &str = "__read-scan";
/// The first argument that makes this program take one picture out of an archive: its place (four bytes), then the bytes.
pub const PICTURE_ARGUMENT: &str = "__picture";
/// The first argument that makes this program look for marks of secrecy.
pub const LOOK_ARGUMENT: &str = "__look";

#[derive(Serialize, Deserialize)]
enum Answer {
    Read(Box<Reading>),
    /// The file is pictures of pages.
    Scan,
    Refused {
        code: String,
        detail: String,
    },
}

impl From<Result<Reading, Refusal>> for Answer {
    fn from(read: Result<Reading, Refusal>) -> Self {
        match read {
            Ok(reading) => Self::Read(Box::new(reading)),
            Err(Refusal::Scan) => Self::Scan,
            Err(refusal) => {
                let (code, detail) = programme::unread(refusal);
                Self::Refused { code: code.into(), detail }
            }
        }
    }
}

const CODES: [&str; 17] = [
    "plan-format",
    "plan-empty",
    "plan-no-letters",
    "plan-not-text",
    "plan-classified",
    "plan-no-task",
    "plan-too-many-rows",
    "plan-too-many-lines",
    "plan-reader-died",
    "plan-too-large",
    "plan-damaged",
    "plan-encrypted",
    "plan-needs-ocr",
    "plan-needs-office",
    "plan-needs-sandbox",
    "plan-too-many-pages",
    "plan-page-too-large",
];

/// The code of a refusal as one of the known ones; of another nothing is known but that nothing was read.
pub(crate) fn known_code(code: &str) -> &'static str {
    CODES.into_iter().find(|known| *known == code).unwrap_or("plan-reader-died")
}

pub fn child() -> ExitCode {
    child_process::child(|bytes| serde_json::to_vec(&Answer::from(plan_reader::read(bytes))))
}

/// What is seen of a file, over the pipe: how many numbers of people it holds, and none of them.
#[derive(Serialize, Deserialize)]
struct Seen {
    looked: Looked,
    identities: Option<usize>,
}

/// What [`plan_reader::secrecy::look`] says.
#[derive(Serialize, Deserialize)]
enum Looked {
    Clear,
    Pictures,
    Refused { code: String, detail: String },
}

impl From<Result<Look, Refusal>> for Looked {
    fn from(look: Result<Look, Refusal>) -> Self {
        let refusal = match look {
            Ok(Look::Clear) => return Self::Clear,
            Ok(Look::Pictures) => return Self::Pictures,
            Ok(Look::Marked(mark)) => Refusal::Classified(mark),
            Err(refusal) => refusal,
        };
        match Answer::from(Err(refusal)) {
            Answer::Refused { code, detail } => Self::Refused { code, detail },
            Answer::Read(_) | Answer::Scan => Self::Pictures,
        }
    }
}

pub fn look_child() -> ExitCode {
    child_process::child(|bytes| {
        let (mut identities, mut is_whole) = (0, true);
        let look = secrecy::look_and_hear(bytes, &mut |text| match text {
            Some(text) => identities += db::identities(text),
            None => is_whole = false,
        });
        let identities = Some(identities).filter(|places| is_whole || *places > 0);
        serde_json::to_vec(&Seen { looked: look.into(), identities })
    })
}

/// Answers with the picture itself; with nothing behind the last one.
pub fn picture_child() -> ExitCode {
    child_process::child(|bytes| {
        let (at, archive) = bytes.split_at_checked(4).unwrap_or_default();
        let at = at.try_into().map_or(u32::MAX, u32::from_be_bytes);
        let picture = secrecy::picture(archive, at).map_err(serde::de::Error::custom)?;
        Ok(picture.unwrap_or_default())
    })
}

#[derive(Serialize, Deserialize)]
struct Page {
    number: u32,
    tsv: String,
    resolution: f64,
}

/// What the reader of recognised pages is given.
fn framed(pages: Vec<(u32, ScannedPage)>, pdf: &[u8]) -> serde_json::Result<Vec<u8>> {
    let pages = pages.into_iter().map(|(number, ScannedPage { tsv, resolution })| Page { number, tsv, resolution });
    let json = serde_json::to_vec(&pages.collect::<Vec<_>>())?;
    let length = u32::try_from(json.len()).map_err(serde::ser::Error::custom)?;
    Ok([length.to_be_bytes().as_slice(), &json, pdf].concat())
}

/// Pages by their number in the document.
type Numbered = Vec<(u32, ScannedPage)>;

fn unframed(bytes: &[u8]) -> serde_json::Result<(Numbered, &[u8])> {
    let (length, rest) = bytes.split_at_checked(4).unwrap_or_default();
    let length = length.try_into().map_or(0, u32::from_be_bytes);
    let (json, pdf) = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length)).unwrap_or_default();
    let pages: Vec<Page> = serde_json::from_slice(json)?;
    let scanned = |Page { number, tsv, resolution }| (number, ScannedPage { tsv, resolution });
    Ok((pages.into_iter().map(scanned).collect(), pdf))
}

pub fn scan_child() -> ExitCode {
    child_process::child(|bytes| {
        let (pages, pdf) = unframed(bytes)?;
        let read = if pdf.is_empty() {
            let pages: Vec<ScannedPage> = pages.into_iter().map(|(_, page)| page).collect();
            plan_reader::read_scan(&pages)
        } else {
            plan_reader::read_mixed(pdf, &pages.into_iter().collect())
        };
        serde_json::to_vec(&Answer::from(read))
    })
}

fn died(detail: String) -> Error {
    Error::FileRefused { code: "plan-reader-died", detail }
}

impl Readers {
    async fn plan(&self, argument: &str, bytes: Vec<u8>) -> Result<Answer, Error> {
        let answer = self.ask(argument, bytes, Patience::Job).await?;
        serde_json::from_slice(&answer).map_err(|error| died(error.to_string()))
    }

    /// All pages of a scan, or those that `only` names among pages that are text.
    async fn recognised(&self, bytes: &[u8], only: &[u32], progress: Progress<'_>) -> Result<Answer, Error> {
        let pages = self.tools.pages(bytes, only, progress).await?;
        let pdf: &[u8] = if only.is_empty() { &[] } else { bytes };
        self.plan(SCAN_ARGUMENT, framed(pages, pdf).map_err(|error| died(error.to_string()))?).await
    }

    /// The reading with the pages that it lacks. Without the tools, or where one of them fails, it stays as it is: it
    /// names those pages.
    async fn completed(&self, reading: Box<Reading>, bytes: &[u8], progress: Progress<'_>) -> Result<Answer, Error> {
        match self.recognised(bytes, &reading.unread_pages, progress).await {
            Err(Error::FileRefused { .. }) => Ok(Answer::Read(reading)),
            Ok(Answer::Refused { code, .. }) if code != "plan-classified" => Ok(Answer::Read(reading)),
            answer => answer,
        }
    }
}

#[async_trait]
impl PlanReading for Readers {
    async fn read(&self, bytes: Vec<u8>, progress: Progress<'_>) -> Result<Reading, Error> {
        let to_convert = match plan_reader::kind(&bytes) {
            Kind::Doc => !plan_reader::is_encrypted_office(&bytes),
            Kind::Rtf | Kind::Html => true,
            Kind::Docx | Kind::Pdf | Kind::Text | Kind::Mht | Kind::Image => false,
        };
        let bytes = if to_convert { self.tools.docx(&bytes).await? } else { bytes };
        let answer = match self.plan(ARGUMENT, bytes.clone()).await? {
            Answer::Scan => self.recognised(&bytes, &[], progress).await?,
            Answer::Read(reading) if !reading.unread_pages.is_empty() => {
                self.completed(reading, &bytes, progress).await?
            }
            answer => answer,
        };
        match answer {
            Answer::Read(reading) => Ok(*reading),
            Answer::Refused { code, detail } => Err(Error::FileRefused { code: known_code(&code), detail }),
            Answer::Scan => Err(died(String::new())),
        }
    }

    async fn look(&self, bytes: webkit::Bytes) -> Result<Glimpse, Error> {
        let answer = self.ask(LOOK_ARGUMENT, bytes, Patience::Page).await?;
        let Seen { looked, identities } = serde_json::from_slice(&answer).map_err(|error| died(error.to_string()))?;
        match looked {
            Looked::Clear => Ok(Glimpse { look: Look::Clear, identities }),
            Looked::Pictures => Ok(Glimpse { look: Look::Pictures, identities }),
            Looked::Refused { code, detail } => Err(Error::FileRefused { code: known_code(&code), detail }),
        }
    }

    async fn picture(&self, archive: Vec<u8>, at: u32) -> Result<Option<Vec<u8>>, Error> {
        let asked = [at.to_be_bytes().as_slice(), &archive].concat();
        let picture = self.ask(PICTURE_ARGUMENT, asked, Patience::Job).await?;
        Ok(Some(picture).filter(|picture| !picture.is_empty()))
    }
}
