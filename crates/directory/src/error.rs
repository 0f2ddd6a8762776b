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
    #[error("passwords differ")]
    PasswordsDiffer,
    #[error("login taken")]
    LoginTaken,
    #[error("login not allowed")]
    LoginWrong,
    #[error("name not allowed")]
    NameWrong,
    #[error("letters of another script in {0}")]
    NameScript(&'static str),
    #[error("account closed")]
    AccountClosed,
    #[error("account open")]
    AccountOpen,
    #[error("person erased")]
    Erased,
    #[error("token ended")]
    TokenEnded,
    #[error("tied to another account")]
    TieTaken,
    #[error("wrong password for a tie")]
    TiePassword,
    #[error("post ended")]
    PostEnded,
    #[error("post held already")]
    PostHeld,
    #[error("stand-in too long")]
    StandInTooLong,
    #[error("stand-in for oneself")]
    StandInForOneself,
    #[error("password as before")]
    PasswordSame,
    #[error("a person of the demo")]
    Invented,
    #[error("stand-in of a stand-in")]
    StandInOfStandIn,
    #[error("invitation answered or ended")]
    InvitationEnded,
    #[error("who asked may not give the post any more")]
    InvitationVoid,
    #[error("field empty: {0}")]
    Empty(&'static str),
    #[error("unknown unit {name}")]
    UnknownUnit { name: String, choices: Vec<String> },
    #[error("{count} units are called {name}")]
    SeveralUnits { name: String, count: usize, example: String, choices: Vec<String> },
    #[error("{name} is a group of {count}")]
    GroupForOne { name: String, count: usize },
    #[error("unit ended")]
    UnitEnded,
    #[error("only for the whole house's administrator")]
    OfHouse,
    #[error("{0} bears this name")]
    NameOfOther(String),
    #[error("{0} bears this name beside it")]
    NameHeld(String),
    #[error("{0} has this code")]
    CodeTaken(String),
    #[error("{code} is the code of {names}")]
    CodeTwice { code: String, names: String },
    #[error("unknown province {0}")]
    UnknownProvince(String),
    #[error("already set up")]
    AlreadySetUp,
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
            Error::PasswordsDiffer => Problem::bad_input("passwords-differ").field("again", "passwords-differ"),
            Error::LoginTaken => Problem::new(ProblemKind::Conflict, "login-taken").field("login", "login-taken"),
            Error::LoginWrong => Problem::bad_input("login-wrong").field("login", "login-wrong"),
            Error::NameWrong => Problem::bad_input("name-wrong").field("name", "name-wrong"),
            Error::NameScript(field) => Problem::bad_input("name-script").field(field, "name-script"),
            Error::AccountClosed => Problem::new(ProblemKind::Conflict, "account-closed"),
            Error::AccountOpen => Problem::new(ProblemKind::Conflict, "account-open"),
            Error::Erased => Problem::new(ProblemKind::Conflict, "person-erased"),
            Error::TokenEnded => Problem::new(ProblemKind::Conflict, "token-ended"),
            Error::TieTaken => Problem::new(ProblemKind::Conflict, "tie-taken"),
            Error::TiePassword => Problem::bad_input("tie-password").field("password", "tie-password"),
            Error::PostEnded => Problem::new(ProblemKind::Conflict, "post-ended"),
            Error::PostHeld => Problem::new(ProblemKind::Conflict, "post-held"),
            Error::StandInTooLong => Problem::bad_input("stand-in-too-long").field("until", "stand-in-too-long"),
            Error::StandInForOneself => {
                Problem::bad_input("stand-in-for-oneself").field("login", "stand-in-for-oneself")
            }
            Error::PasswordSame => Problem::bad_input("password-same").field("password", "password-same"),
            Error::Invented => Problem::new(ProblemKind::Conflict, "second-factor-invented"),
            Error::StandInOfStandIn => Problem::new(ProblemKind::Conflict, "stand-in-of-stand-in"),
            Error::InvitationEnded => Problem::new(ProblemKind::Conflict, "invitation-ended"),
            Error::InvitationVoid => Problem::new(ProblemKind::Conflict, "invitation-void"),
            Error::Empty(field) => Problem::bad_input("field-empty").field(field, "field-empty"),
            Error::UnknownUnit { name, choices } => {
                let code = if choices.is_empty() { "unknown-unit" } else { "unknown-unit-alike" };
                Problem::bad_input(code).or_one_of(&name, choices).with("name", name)
            }
            Error::SeveralUnits { name, count, example, choices } => {
                let problem = Problem::bad_input("several-units").or_one_of(&name, choices).with("name", name);
                problem.with("count", count).with("example", example)
            }
            Error::GroupForOne { name, count } => {
                Problem::bad_input("group-for-one").with("name", name).with("count", count)
            }
            Error::UnitEnded => Problem::new(ProblemKind::Conflict, "unit-ended"),
            Error::OfHouse => Problem::new(ProblemKind::Forbidden, "unit-of-house"),
            Error::NameOfOther(name) => {
                Problem::bad_input("unit-name-of-other").with("name", name).field("name", "unit-name-of-other")
            }
            Error::NameHeld(name) => {
                let problem = Problem::new(ProblemKind::Conflict, "unit-name-held").with("name", name);
                problem.field("name", "unit-name-held")
            }
            Error::CodeTaken(name) => {
                let problem = Problem::new(ProblemKind::Conflict, "unit-code-taken").with("name", name);
                problem.field("code", "unit-code-taken")
            }
            Error::CodeTwice { code, names } => {
                Problem::new(ProblemKind::Conflict, "unit-code-twice").with("code", code).with("names", names)
            }
            Error::UnknownProvince(code) => Problem::bad_input("unknown-province").with("code", code),
            Error::AlreadySetUp => Problem::new(ProblemKind::Conflict, "already-set-up"),
            Error::EndBeforeStart => Problem::bad_input("end-before-start").field("valid_to", "end-before-start"),
        }
    }
}
