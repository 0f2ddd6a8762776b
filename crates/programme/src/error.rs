//! What the programme refuses.

use kernel::{Problem, ProblemKind};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("same document already there: {0}")]
    SamePlan(String),
    #[error("file refused: {code}")]
    FileRefused { code: &'static str, detail: String },
    #[error("not in review")]
    NotInReview,
    #[error("{0} open problems")]
    OpenProblems(usize),
    #[error("no task left")]
    NoTask,
    #[error("field empty: {0}")]
    Empty(&'static str),
    #[error("future day")]
    FutureDay,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::SamePlan(title) => Problem::new(ProblemKind::Conflict, "same-plan").with("title", title),
            Error::FileRefused { code, detail } => Problem::bad_input(code).with("detail", detail),
            Error::NotInReview => Problem::new(ProblemKind::Conflict, "not-in-review"),
            Error::OpenProblems(count) => Problem::new(ProblemKind::Conflict, "open-problems").with("count", count),
            Error::NoTask => Problem::bad_input("no-task"),
            Error::Empty(field) => Problem::bad_input("field-empty").field(field, "field-empty"),
            Error::FutureDay => Problem::bad_input("future-day").field("done_on", "future-day"),
        }
    }
}
