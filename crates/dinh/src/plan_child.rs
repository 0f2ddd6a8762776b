//! Plans are read in a child process.

use std::process::ExitCode;

use async_trait::async_trait;
use plan_reader::{Reading, Refusal};
use programme::{Error, PlanReading};
use serde::{Deserialize, Serialize};

use crate::child_process::{self, Readers};

/// The first argument that makes this program a reader of plans.
pub const ARGUMENT: &str = "__read-plan";

#[derive(Serialize, Deserialize)]
enum Answer {
    Read(Box<Reading>),
    Refused { code: String, detail: String },
}

fn refusal(refusal: &Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::TooLarge => ("plan-format", "50 MB".into()),
        Refusal::Empty => ("plan-empty", String::new()),
        Refusal::Format(name) => ("plan-format", (*name).into()),
        Refusal::NotText(at) => ("plan-not-text", at.to_string()),
        Refusal::Classified(mark) => ("plan-classified", (*mark).into()),
    }
}

const CODES: [&str; 6] =
    ["plan-format", "plan-empty", "plan-not-text", "plan-classified", "plan-no-task", "plan-reader-died"];

/// The code of a refusal as one of the known ones.
pub(crate) fn known_code(code: &str) -> &'static str {
    CODES.into_iter().find(|known| *known == code).unwrap_or("plan-format")
}

pub fn child() -> ExitCode {
    child_process::child(|bytes| {
        let answer = match plan_reader::read(bytes) {
            Ok(reading) if reading.plan.tasks.is_empty() => {
                Answer::Refused { code: "plan-no-task".into(), detail: String::new() }
            }
            Ok(reading) => Answer::Read(Box::new(reading)),
            Err(error) => {
                let (code, detail) = refusal(&error);
                Answer::Refused { code: code.into(), detail }
            }
        };
        serde_json::to_vec(&answer)
    })
}

#[async_trait]
impl PlanReading for Readers {
    async fn read(&self, bytes: Vec<u8>) -> Result<Reading, Error> {
        let died = |detail: String| Error::FileRefused { code: "plan-reader-died", detail };
        let answer = child_process::ask(&self.program, ARGUMENT, bytes).await.map_err(died)?;
        match serde_json::from_slice(&answer) {
            Ok(Answer::Read(reading)) => Ok(*reading),
            Ok(Answer::Refused { code, detail }) => Err(Error::FileRefused { code: known_code(&code), detail }),
            Err(error) => Err(died(error.to_string())),
        }
    }
}
