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
/// The same for pages that were recognised from pictures, given as JSON.
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

const CODES: [&str; 14] = [
    "plan-format",
    "plan-empty",
    "plan-not-text",
    "plan-classified",
    "plan-no-task",
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

/// The code of a refusal as one of the known ones.
pub(crate) fn known_code(code: &str) -> &'static str {
    CODES.into_iter().find(|known| *known == code).unwrap_or("plan-format")
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
    tsv: String,
    resolution: f64,
}

pub fn scan_child() -> ExitCode {
    child_process::child(|bytes| {
        let pages: Vec<Page> = serde_json::from_slice(bytes)?;
        let pages: Vec<ScannedPage> =
            pages.into_iter().map(|Page { tsv, resolution }| ScannedPage { tsv, resolution }).collect();
        serde_json::to_vec(&Answer::from(plan_reader::read_scan(&pages)))
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
            Answer::Scan => {
                let pages = self.tools.pages(&bytes, progress).await?.into_iter();
                let pages: Vec<Page> = pages.map(|ScannedPage { tsv, resolution }| Page { tsv, resolution }).collect();
                let pages = serde_json::to_vec(&pages).map_err(|error| died(error.to_string()))?;
                self.plan(SCAN_ARGUMENT, pages).await?
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
