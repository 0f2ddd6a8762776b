//! The virus scanner: clamd over its INSTREAM command, if one is configured.

use std::time::Duration;

use clamav_client::tokio::{Tcp, ping, scan_buffer};
use kernel::{Problem, ProblemKind};

const PATIENCE: Duration = Duration::from_mins(1);

/// Without an address nothing is scanned, and files are marked so.
#[derive(Debug, Clone, Default)]
pub struct Scanner {
    address: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    Clean,
    NotDone,
}

impl Scanner {
    /// `host:port` of clamd.
    pub fn new(address: Option<String>) -> Self {
        Self { address }
    }

    /// Whether the scanner answers; none where no scanner is set.
    pub async fn answers(&self) -> Option<bool> {
        let address = self.address.as_deref()?;
        let asked = tokio::time::timeout(Duration::from_secs(5), ping(Tcp { host_address: address })).await;
        Some(asked.is_ok_and(|answer| answer.is_ok_and(|answer| answer.starts_with(b"PONG"))))
    }

    /// Refuses what the scanner finds infected, and everything while a configured scanner does not answer.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Scan, Problem> {
        let Some(address) = self.address.as_deref() else { return Ok(Scan::NotDone) };
        let silent = |cause: String| Problem::new(ProblemKind::Unavailable, "scanner-silent").because(cause);
        let asked = tokio::time::timeout(PATIENCE, scan_buffer(bytes, Tcp { host_address: address }, None)).await;
        let answer = asked.map_err(|_| silent("60 s".into()))?.map_err(|error| silent(error.to_string()))?;
        let answer = String::from_utf8_lossy(&answer);
        match answer.trim_end_matches(['\0', '\n']) {
            text if text.ends_with("OK") => Ok(Scan::Clean),
            text if text.ends_with("FOUND") => {
                let name = text.trim_start_matches("stream: ").trim_end_matches(" FOUND").to_owned();
                Err(Problem::bad_input("file-infected").with("name", name))
            }
            text => Err(silent(text.to_owned())),
        }
    }
}
