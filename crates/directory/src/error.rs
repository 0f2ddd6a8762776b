//! What the directory refuses, each with its sentence in both languages (`problem-<code>`).

use kernel::{Problem, ProblemKind};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("sign-in refused")]
    SignInRefused,
    #[error("too many attempts")]
    TooManyAttempts { seconds: i64 },
    #[error("link used or ended")]
    LinkEnded,
    #[error("password too short")]
    PasswordWeak,
    #[error("password common")]
    PasswordCommon,
    #[error("current password wrong")]
    CurrentWrong,
    #[error("code wrong")]
    CodeWrong,
    #[error("sign-in begun too long ago")]
    HalfwayEnded,
    #[error("login wrong")]
    LoginWrong,
    #[error("passwords differ")]
    PasswordsDiffer,
    #[error("login taken")]
    LoginTaken,
    #[error("field empty: {0}")]
    Empty(&'static str),
    #[error("unknown unit {0}")]
    UnknownUnit(String),
    #[error("unit ended")]
    UnitEnded,
    #[error("unknown province {0}")]
    UnknownProvince(String),
    #[error("already set up")]
    AlreadySetUp,
    #[error("line {line}: {what}")]
    Sheet { line: usize, what: String },
    #[error("day before start")]
    EndBeforeStart,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::SignInRefused => Problem::bad_input("sign-in-refused"),
            Error::TooManyAttempts { seconds } => {
                Problem::new(ProblemKind::Throttled, "too-many-attempts").with("seconds", seconds)
            }
            Error::LinkEnded => Problem::new(ProblemKind::NotFound, "link-ended"),
            Error::PasswordWeak => Problem::bad_input("password-weak").field("password", "password-weak"),
            Error::PasswordCommon => Problem::bad_input("password-common").field("password", "password-common"),
            Error::CurrentWrong => Problem::bad_input("current-wrong").field("current", "current-wrong"),
            Error::CodeWrong => Problem::bad_input("code-wrong").field("code", "code-wrong"),
            Error::HalfwayEnded => Problem::new(ProblemKind::NotFound, "halfway-ended"),
            Error::LoginWrong => Problem::bad_input("login-wrong").field("login", "login-wrong"),
            Error::PasswordsDiffer => Problem::bad_input("passwords-differ").field("again", "passwords-differ"),
            Error::LoginTaken => Problem::new(ProblemKind::Conflict, "login-taken").field("login", "login-taken"),
            Error::Empty(field) => Problem::bad_input("field-empty").field(field, "field-empty"),
            Error::UnknownUnit(name) => Problem::bad_input("unknown-unit").with("name", name),
            Error::UnitEnded => Problem::new(ProblemKind::Conflict, "unit-ended"),
            Error::UnknownProvince(code) => Problem::bad_input("unknown-province").with("code", code),
            Error::AlreadySetUp => Problem::new(ProblemKind::Conflict, "already-set-up"),
            Error::Sheet { line, what } => Problem::bad_input("sheet-line").with("line", line).with("what", what),
            Error::EndBeforeStart => Problem::bad_input("end-before-start").field("valid_to", "end-before-start"),
        }
    }
}
