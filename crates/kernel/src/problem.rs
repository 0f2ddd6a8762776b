//! A problem as the person who caused it will read it, in their language.

use std::fmt;

/// What kind of problem it is; decides the HTTP status and the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    BadInput,
    Unauthenticated,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    Conflict,
    /// The row was changed by somebody else since it was read.
    Stale,
    TooLarge,
    Throttled,
    Unavailable,
    Internal,
}

impl ProblemKind {
    pub fn status(self) -> u16 {
        match self {
            Self::BadInput => 422,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::Throttled => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}

/// One field of a form that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    pub code: &'static str,
    /// What fills its sentence.
    pub args: Vec<(&'static str, String)>,
    pub choices: Option<Box<Choices>>,
}

impl FieldProblem {
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new(), choices: None }
    }
}

/// What could stand in a field in the place of words that mean several things or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The words, as they were typed.
    pub instead_of: String,
    pub all: Vec<String>,
}

/// A refusal or failure. `code` names the sentence in the locale files (`problem-<code>`), `args` fill it;
/// `cause` is for the log and never leaves the server.
#[derive(Debug, Clone)]
pub struct Problem {
    pub kind: ProblemKind,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
    pub fields: Vec<FieldProblem>,
    pub cause: Option<String>,
    /// Said with the field that it is about, once that is known.
    pub choices: Option<Box<Choices>>,
}

impl Problem {
    pub fn new(kind: ProblemKind, code: &'static str) -> Self {
        Self { kind, code, args: Vec::new(), fields: Vec::new(), cause: None, choices: None }
    }

    pub fn bad_input(code: &'static str) -> Self {
        Self::new(ProblemKind::BadInput, code)
    }

    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "not-found")
    }

    pub fn forbidden() -> Self {
        Self::new(ProblemKind::Forbidden, "forbidden")
    }

    pub fn stale() -> Self {
        Self::new(ProblemKind::Stale, "stale")
    }

    /// For an act over the revision that its reader saw, when it is compared with the row by which rights were asked and the act
    /// was decided: else a revision that was guessed would save that decision over somebody else's.
    pub fn stale_unless(is_seen: bool) -> Result<(), Self> {
        if is_seen { Ok(()) } else { Err(Self::stale()) }
    }

    pub fn internal(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::new(ProblemKind::Internal, "internal") }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// What could be meant instead of these words; nothing where nothing could.
    #[must_use]
    pub fn or_one_of(mut self, instead_of: &str, all: Vec<String>) -> Self {
        let choices = Choices { instead_of: instead_of.to_owned(), all };
        self.choices = Some(Box::new(choices)).filter(|choices| !choices.all.is_empty());
        self
    }

    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The same where a form calls a field by another name.
    #[must_use]
    pub fn rename(mut self, field: &str, name: &str) -> Self {
        for one in self.fields.iter_mut().filter(|one| one.field == field) {
            name.clone_into(&mut one.field);
        }
        self
    }

    #[must_use]
    pub fn field(mut self, field: &str, code: &'static str) -> Self {
        let choices = self.choices.clone();
        self.fields.push(FieldProblem { choices, ..FieldProblem::new(field, code) });
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        match &self.cause {
            Some(cause) => write!(f, " ({cause})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}
