//! What was read: the contract of `dinh plan read --format json`.

use serde::{Deserialize, Serialize};

/// The plan and the text that its spans point into.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reading {
    pub plan: Plan,
    pub text: String,
    /// Lines that were recognised from a picture; empty where the document is text.
    #[serde(default)]
    pub recognised: Vec<Recognised>,
    /// Where each sentence ended; together they are the text.
    #[serde(default)]
    pub places: Vec<Placed>,
    #[serde(default)]
    pub coverage: Coverage,
    /// Pages that are pictures, or whose letters say nothing, among pages that were read.
    #[serde(default)]
    pub unread_pages: Vec<u32>,
}

/// A line that was recognised from a picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recognised {
    pub source: Span,
    /// Percent, of its least sure word.
    pub confidence: u8,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Plan {
    pub document: Document,
    pub tasks: Vec<Task>,
    pub targets: Vec<Target>,
    pub duties: Vec<Duty>,
    pub problems: Vec<Problem>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Document {
    /// `22/KH-UBND`; `/KH-UBND` where the number was left blank.
    pub number: Option<String>,
    /// ISO day, or month where the day was left blank.
    pub date: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub issuer: Option<String>,
    /// The body above the issuer, where the letterhead names one.
    #[serde(default)]
    pub parent: Option<String>,
    pub title: Option<String>,
    pub draft: bool,
    pub implements: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Block,
    Table,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    pub id: String,
    /// Marks of the sections above it and its own, outermost first: `["II", "2", "a"]`.
    pub section: Vec<String>,
    pub form: Form,
    pub text: String,
    pub lead: Vec<String>,
    pub coordinating: Vec<String>,
    pub time: Time,
    pub result: Option<String>,
    pub embedded_targets: Vec<EmbeddedTarget>,
    /// Percent: how sure it is that this is a task, and whose. Below [`SURE`] a person is asked.
    #[serde(default = "sure")]
    pub confidence: u8,
    pub source: Span,
}

/// Rows from here on are right at least 99 times of 100 on documents of the forge.
pub const SURE: u8 = 85;
/// Rows that a person is to look at are no more sure.
pub(crate) const DOUBTED: u8 = 80;

/// What was read before confidence was kept.
fn sure() -> u8 {
    100
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeKind {
    Range,
    Year,
    Month,
    Weekly,
    Monthly,
    Quarterly,
    #[serde(rename = "half_yearly")]
    HalfYearly,
    Annual,
    Continuous,
    Event,
}

/// A year (`2030`), or a month or day in ISO text (`"2026-12"`); of what recurs the day that is said (`"--06-30"`, `"---25"`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Bound {
    Year(i16),
    Text(String),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    pub raw: String,
    pub kind: Option<TimeKind>,
    pub from: Option<Bound>,
    pub to: Option<Bound>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EmbeddedTarget {
    pub quote: String,
    pub value: f64,
    pub unit: String,
    pub comparator: Comparator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = ">")]
    Above,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = "<")]
    Below,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub from: Option<i16>,
    pub to: Option<i16>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Target {
    pub id: String,
    pub text: String,
    pub value: f64,
    pub unit: String,
    pub comparator: Comparator,
    pub period: Period,
    /// The value striven for beyond the binding one ("phấn đấu").
    pub stretch: Option<f64>,
    pub lead: Vec<String>,
    pub implementers: Vec<String>,
    pub mirrors: Vec<String>,
    pub source: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DutyKind {
    Assignment,
    Report,
    Escalation,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Duty {
    pub kind: DutyKind,
    pub who: Vec<String>,
    pub to: Vec<String>,
    pub via: Vec<String>,
    pub period: Option<String>,
    pub due: Option<String>,
    pub text: String,
    pub source: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    NoTask,
    NumberBlank,
    NoLead,
    NoTime,
    TimeUnclear,
    EndBeforeStart,
    WhoIsConcerned,
    /// Recognised from a picture: to be compared with the original.
    CheckScan,
    /// The body and an appendix state the same target differently.
    BodyAndAppendixDiffer,
    /// A share above 100 %.
    ShareAboveWhole,
    /// A number of a row is left out or stands twice.
    NumberOutOfOrder,
    /// A target whose figure was not found.
    NoFigure,
    /// A section that the text refers to is not there.
    NoSuchSection,
    /// A second letterhead or title: two documents in one file.
    TwoDocuments,
    /// More bodies than a plan has: only the first are kept.
    TooManyBodies,
    /// It looks like an order and is no task.
    MaybeTask,
    /// Neither work nor anything else that can be named.
    Unplaced,
    /// A figure that can be read in two ways.
    FigureUnclear,
    /// The letters of the file may be others.
    LettersUnclear,
    /// Pages that nobody has read: pictures, or letters that say nothing.
    PageUnread,
    /// A table without lines: cells may hold words of their neighbours, or rows were not read.
    TableUnclear,
}

/// Something a person must look at before the plan counts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    pub kind: ProblemKind,
    pub message_vi: String,
    pub message_en: String,
    pub source: Option<Span>,
    /// The task it concerns, if one.
    pub task: Option<String>,
    /// The target it concerns, if one.
    #[serde(default)]
    pub target: Option<String>,
}

/// Bytes `start..end` of the text; `page` where the format has pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub page: Option<u32>,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end, page: None }
    }

    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), page: self.page }
    }
}

/// Why a sentence orders nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The chapter tells the situation, the results or the causes.
    Situation,
    /// The chapter gives purposes, views, principles or general goals.
    Purpose,
    /// What was done.
    Past,
    Praise,
    /// The last sentence, which speaks to all.
    Closing,
    /// "… ban hành Kế hoạch như sau:"
    Opening,
    /// Who pays, from which money.
    Funding,
    /// When the document is in force, what it replaces.
    Force,
    /// A document that reports: its kind holds no orders.
    Report,
    /// A rule for all: a law, a decree, a regulation.
    Rule,
    /// A row of the appendix gives the same out, with its body.
    Mirrored,
    /// Numbers of pages, rules, repeated heads.
    Layout,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Head,
    Ground,
    Heading,
    Task,
    Target,
    Duty,
    Narrative,
    Receivers,
    Signature,
    Unplaced,
}

/// A stretch of the text and its place; all of them together are the text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub source: Span,
    pub place: Place,
    /// Why it is narrative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The task or target that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
}

/// Sentences by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    pub placed: usize,
    pub unplaced: usize,
    pub narrative: usize,
}
