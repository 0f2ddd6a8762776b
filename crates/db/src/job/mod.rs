//! Jobs: queued inside the act that needs them, leased by kind, kept alive by a heartbeat, retried with growing pauses,
//! visible with their progress. What kills its process is given up after a few attempts.

mod beat;
mod counts;
mod handler;
mod holder;
mod lease;
mod pulse;
mod queue;
mod row;
mod run;

pub use counts::{JobCount, LateJobs, counts, late};
pub use handler::JobHandler;
pub use lease::{give_back, release};
pub(crate) use pulse::Pulse;
pub(crate) use queue::put_right;
pub use queue::{before, daily, job, last_failure, progress, queued_at};
pub use row::{Job, JobId, JobState, Lane, OfJob};
pub use run::{drain, run_forever};
