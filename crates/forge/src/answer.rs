//! What a forged document says, known because it was put together from it.

use std::ops::Range;

use plan_reader::Comparator;

/// The form in which an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// "- Đơn vị chủ trì: …" on lines of their own.
    Labels,
    /// All labels on one line.
    LabelsInline,
    /// "(Sở A chủ trì, phối hợp với Sở B; quý II/2026)" behind the order.
    Brackets,
    /// "Giao Sở A …"
    Given,
    /// "Sở A chủ trì, phối hợp với Sở B …"
    Subject,
    /// An imperative under the name of a body.
    UnderBody,
    /// Lines with one lead, one deadline for all of them.
    Group,
    Table,
    /// "…, yêu cầu Sở A …"
    MidSentence,
    /// Several orders in a paragraph without marks.
    Paragraph,
    /// Under those who are no agency: enterprises, organisations, people.
    NoAgency,
    /// Under a heading that names nobody.
    NoLead,
    /// To who holds an office.
    Person,
}

/// Where the words of a predicate come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Public,
    HeldOut,
    Fetched,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    None,
    /// A day, month or year in ISO text.
    Until(String),
    Within(String, String),
    From(String),
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
    Continuous,
    /// After something happened, or so many days from it.
    Event,
    /// A day that no calendar has: to be doubted.
    Impossible,
}

#[derive(Debug, Clone)]
pub struct Task {
    pub form: Form,
    pub source: Source,
    /// The sentence, item or cell in which the order stands, without its mark.
    pub text: String,
    /// The order itself: what any right reading of it contains.
    pub core: String,
    pub lead: Vec<String>,
    pub coord: Vec<String>,
    pub when: When,
    /// Lines that share a lead: one task with all their words is right too.
    pub group: Option<usize>,
    /// Bytes of the text.
    pub place: Range<usize>,
}

#[derive(Debug, Clone)]
pub struct Target {
    pub text: String,
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    pub comparator: Comparator,
    pub unit: String,
    pub year: Option<i16>,
    pub lead: Vec<String>,
    pub place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyKind {
    /// What the chapter on organisation gives to a body beside the plan's tasks.
    Assignment,
    Report,
}

#[derive(Debug, Clone)]
pub struct Duty {
    pub kind: DutyKind,
    pub text: String,
    pub core: String,
    pub who: Vec<String>,
    pub to: Vec<String>,
    pub place: Range<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub kind: String,
    pub number: Option<String>,
    /// ISO day.
    pub date: Option<String>,
    pub issuer: Option<String>,
    pub parent: Option<String>,
    pub title: String,
    pub tasks: Vec<Task>,
    pub targets: Vec<Target>,
    pub duties: Vec<Duty>,
    /// Sentences that order nothing.
    pub none: Vec<String>,
    /// Sentences that only open a list of orders: read as a task or not, both are right.
    pub open: Vec<String>,
}
