//! Bodies on their way: where they lie meanwhile, and what it means when they do not arrive.

use kernel::{Problem, ProblemKind};

use crate::WebProblem;

/// The folder inside the data folder where files in transit are, for the program itself to read.
pub const SCRATCH: &str = "scratch";

/// A body that did not arrive: too large, too slow, or cut off.
pub(crate) fn refused_body(error: &axum::Error) -> WebProblem {
    let chain = causes(error);
    let problem = if chain.contains("length limit exceeded") {
        Problem::new(ProblemKind::TooLarge, "body-too-large")
    } else {
        Problem::bad_input(if chain.contains(BODY_TOO_SLOW) { "body-too-slow" } else { "bad-form" })
    };
    WebProblem(problem.because(chain))
}

/// The error of a body that arrives more slowly than the listener waits for.
pub const BODY_TOO_SLOW: &str = "the body arrives too slowly";

pub(crate) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

pub(crate) fn disk(error: std::io::Error) -> Problem {
    let code = if error.kind() == std::io::ErrorKind::StorageFull { "disk-full" } else { "storage-unavailable" };
    Problem::new(ProblemKind::Unavailable, code).because(error)
}
