//! What the programme refuses.

use kernel::{Problem, ProblemKind};
use plan_reader::Refusal;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("same document already there: {0}")]
    SamePlan(String),
    #[error("file refused: {code}")]
    FileRefused { code: &'static str, detail: String },
    #[error("too many wait for the readers")]
    ReadersBusy,
    #[error("not in review")]
    NotInReview,
    #[error("{0} open problems")]
    OpenProblems(usize),
    #[error("{0} rows that nobody looked at")]
    Unseen(usize),
    #[error("nothing left to approve")]
    NoTask,
    #[error("something of it would be given")]
    HasOrders,
    #[error("field empty: {0}")]
    Empty(&'static str),
    #[error("future day")]
    FutureDay,
    #[error("percent out of bounds")]
    PercentWrong,
    #[error("percent goes back without a reason")]
    GoesBack,
    #[error("done or stopped")]
    NotOpen,
    #[error("not done yet")]
    NotDone,
    #[error("already accepted")]
    AlreadyAccepted,
    #[error("not stopped")]
    NotStopped,
    #[error("not the last act")]
    NotLast,
    #[error("evidence changed since")]
    EvidenceChanged,
    #[error("evidence missing: {0}")]
    EvidenceMissing(String),
    #[error("no due day in: {0}")]
    DueUnclear(String),
    #[error("already answered")]
    AlreadyAnswered,
    #[error("nowhere to forward to")]
    RouteEnds,
    #[error("not so in this state")]
    WrongState,
    /// The plan was replaced or withdrawn: its work is only read.
    #[error("the plan is not in force")]
    PlanOver,
    #[error("value: {0}")]
    ValueWrong(&'static str),
    #[error("period closed")]
    PeriodClosed,
    #[error("bodies beyond one's right: {0}")]
    LeadBeyond(String),
    #[error("its part is done: {0}")]
    LeadDone(kernel::UnitId),
    #[error("the work is another body's now")]
    Moved,
    #[error("less than two pieces")]
    SplitFew,
    #[error("more than {0} pieces")]
    SplitMany(usize),
    #[error("something came of it")]
    NotRemovable,
    #[error("nothing changed")]
    NothingChanged,
    #[error("needs a second person: {0}")]
    FourEyes(&'static str),
}

/// Why a reader took nothing of a file: the code of its sentence, and what stands in it.
pub fn unread(refusal: Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::Scan => ("plan-needs-ocr", String::new()),
        Refusal::TooLarge => ("plan-too-large", String::new()),
        Refusal::Empty => ("plan-empty", String::new()),
        Refusal::Unlettered => ("plan-no-letters", String::new()),
        Refusal::Format(name) => ("plan-format", name.into()),
        Refusal::NotText(at) => ("plan-not-text", at.to_string()),
        Refusal::Classified(mark) => ("plan-classified", mark.into()),
        Refusal::Damaged(name) => ("plan-damaged", name.into()),
        Refusal::Malformed { part, at } => ("plan-damaged", format!("Word ({part}, byte {at})")),
        Refusal::Encrypted => ("plan-encrypted", String::new()),
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let (code, detail) = unread(refusal);
        Self::FileRefused { code, detail }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let conflict = |code| Problem::new(ProblemKind::Conflict, code);
        match error {
            Error::SamePlan(title) => conflict("same-plan").with("title", title),
            Error::FileRefused { code, detail } => Problem::bad_input(code).with("detail", detail),
            Error::ReadersBusy => Problem::new(ProblemKind::Unavailable, "readers-busy"),
            Error::NotInReview => conflict("not-in-review"),
            Error::OpenProblems(count) => conflict("open-problems").with("count", count),
            Error::Unseen(count) => {
                Problem::bad_input("rows-unseen").with("count", count).field("unseen", "rows-unseen")
            }
            Error::NoTask => Problem::bad_input("no-task"),
            Error::HasOrders => conflict("plan-has-orders"),
            Error::Empty(field) => Problem::bad_input("field-empty").field(field, "field-empty"),
            Error::FutureDay => Problem::bad_input("future-day").field("done_on", "future-day"),
            Error::PercentWrong => Problem::bad_input("percent-wrong").field("percent", "percent-wrong"),
            Error::GoesBack => Problem::bad_input("goes-back").field("text", "goes-back"),
            Error::NotOpen => conflict("part-not-open"),
            Error::NotDone => conflict("part-not-done"),
            Error::AlreadyAccepted => conflict("already-accepted"),
            Error::NotStopped => conflict("part-not-stopped"),
            Error::NotLast => conflict("not-last-act"),
            Error::EvidenceChanged => conflict("evidence-changed"),
            Error::EvidenceMissing(what) => {
                conflict("evidence-missing").with("what", what).field("words", "evidence-missing")
            }
            Error::DueUnclear(words) => {
                Problem::bad_input("due-unclear").with("words", words).field("due", "due-unclear")
            }
            Error::AlreadyAnswered => conflict("already-answered"),
            Error::RouteEnds => conflict("route-ends"),
            Error::WrongState => conflict("wrong-state"),
            Error::PlanOver => conflict("plan-over"),
            Error::ValueWrong(code) => Problem::bad_input(code).field("value", code),
            Error::PeriodClosed => conflict("period-closed"),
            Error::LeadBeyond(names) => {
                Problem::bad_input("lead-beyond").with("names", names).field("leads", "lead-beyond")
            }
            Error::LeadDone(unit) => Problem::bad_input("lead-done").with("name", unit).field("leads", "lead-done"),
            Error::Moved => conflict("part-moved"),
            Error::SplitFew => Problem::bad_input("split-few").field("text", "split-few"),
            Error::SplitMany(most) => Problem::bad_input("split-many").with("limit", most).field("text", "split-many"),
            Error::NotRemovable => conflict("plan-not-removable"),
            Error::NothingChanged => Problem::bad_input("nothing-changed"),
            Error::FourEyes(code) => Problem::new(ProblemKind::Forbidden, code),
        }
    }
}
