//! The port through which pages read Excel sheets: `dinh` answers from a child process under limits.

use std::{fmt, sync::Arc};

use async_trait::async_trait;

/// Reads foreign bytes where they can do no harm. `dinh` runs itself as a child process with limits.
#[async_trait]
pub trait SheetReading: Send + Sync + fmt::Debug {
    /// The cells of the first sheet as text; none when it is no sheet.
    async fn rows(&self, bytes: Vec<u8>) -> Option<Vec<Vec<String>>>;
}

pub type SheetsPort = Arc<dyn SheetReading>;
