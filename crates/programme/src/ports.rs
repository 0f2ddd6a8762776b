//! What the programme asks others for, as it finds them among the services.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use kernel::Problem;
use plan_reader::{Reading, secrecy::Look};

use crate::Error;

/// Bodies as this module finds them among the services.
pub type BodiesPort = Arc<dyn kernel::Bodies>;

/// The working calendar as this module finds it among the services.
pub type CalendarPort = Arc<dyn kernel::WorkCalendar>;

/// What writes official papers as files, as this module finds it among the services.
pub type PapersPort = Arc<dyn nd30::Writer>;

/// What is seen of a file at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    pub look: Look,
    /// In how many places its text holds such a number ([`db::identities`]); none where not all of it could be read and
    /// nothing was found in the rest. The numbers themselves are told to nobody.
    pub identities: Option<usize>,
}

/// Reads foreign bytes where they can do no harm. `dinh` runs itself as a child process with limits.
#[async_trait]
pub trait PlanReading: Send + Sync + fmt::Debug {
    async fn read(&self, bytes: Vec<u8>, progress: Progress<'_>) -> Result<Reading, Error>;

    /// Looks for a mark of secrecy in the text of a file of any kind, and for numbers by which people are identified.
    async fn look(&self, bytes: webkit::Bytes) -> Result<Glimpse, Error>;

    /// The picture, or the scan, at this place inside an archive; none behind the last one.
    async fn picture(&self, archive: Vec<u8>, at: u32) -> Result<Option<Vec<u8>>, Error>;
}

/// Told how many pages are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Send + Sync);

pub type ReadingPort = Arc<dyn PlanReading>;

/// The readers were busy: no fault of the file, and no attempt at it.
pub(crate) fn is_busy(problem: &Problem) -> bool {
    problem.code == "readers-busy"
}
