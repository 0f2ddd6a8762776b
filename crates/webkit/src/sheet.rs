//! The port through which pages read Excel sheets: `dinh` answers from a child process under limits.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use kernel::Problem;

/// Reads foreign bytes where they can do no harm. `dinh` runs itself as a child process with limits.
#[async_trait]
pub trait SheetReading: Send + Sync + fmt::Debug {
    /// The cells of the first sheet as text, rows as long as they are filled. `sheet-unreadable` when it is none;
    /// refused too when it is larger than an office's sheet or bears a mark of secrecy.
    async fn rows(&self, bytes: Vec<u8>) -> Result<Vec<Vec<String>>, Problem>;
}

pub type SheetsPort = Arc<dyn SheetReading>;
