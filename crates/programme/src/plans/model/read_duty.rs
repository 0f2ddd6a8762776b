//! Duties as a document states them, and what a person said of each while it was reviewed.

use std::collections::{HashMap, HashSet};

use plan_reader::{Duty, DutyKind};
use serde::{Deserialize, Serialize};

/// What was said of the duty at a position of the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidDuty {
    pub position: usize,
    /// It is none, or stands there twice.
    pub is_dropped: bool,
    /// Somebody compared it with the document.
    #[serde(default)]
    pub is_accepted: bool,
    /// Who reports to whom through whom, where that was corrected.
    pub bodies: Option<DutyBodies>,
    /// What is reported and when, where that was corrected.
    #[serde(default)]
    pub words: Option<DutyWords>,
    /// How often something was said of it; it stands in its own column.
    #[serde(skip)]
    pub rev: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyBodies {
    pub who: Vec<String>,
    pub to: Vec<String>,
    pub via: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWords {
    pub text: String,
    /// One of [`PERIODS`].
    pub period: Option<String>,
    /// As documents say it: "trước ngày 30/11".
    pub due: Option<String>,
}

/// How often something is reported, as the reader says it.
pub const PERIODS: [&str; 6] = ["month", "quarter", "half_year", "year", "periodic", "ad_hoc"];

/// A duty of the reading beside what is made of it.
#[derive(Debug, Clone)]
pub struct ReadDuty {
    pub position: usize,
    pub duty: Duty,
    /// The position of an earlier one with the same words.
    pub double_of: Option<usize>,
    pub is_dropped: bool,
    pub is_accepted: bool,
    /// 0 while nothing was said of it.
    pub rev: i64,
}

impl ReadDuty {
    /// What was decided: as of rows.
    pub fn state(&self) -> &'static str {
        match (self.is_dropped, self.is_accepted) {
            (true, _) => "dropped",
            (false, true) => "accepted",
            (false, false) => "open",
        }
    }

    pub fn is_open(&self) -> bool {
        !self.is_dropped && !self.is_accepted
    }

    /// It becomes a regime of reports when the plan is approved, and so is reviewed.
    pub fn is_reviewed(&self) -> bool {
        self.duty.kind == DutyKind::Report
    }

    /// Nobody was read who reports, or to whom.
    pub fn is_doubted(&self) -> bool {
        self.duty.who.is_empty() || self.duty.to.is_empty()
    }
}

/// All duties with what was said of them. One that says the same as an earlier one is dropped unless it was kept.
pub fn all(duties: &[Duty], said: &[SaidDuty]) -> Vec<ReadDuty> {
    let key = |duty: &Duty| (matches!(duty.kind, DutyKind::Report), kernel::text::fold(&duty.text));
    let mut first = HashMap::new();
    let one = |(position, duty): (usize, &Duty)| {
        let earlier = *first.entry(key(duty)).or_insert(position);
        let double_of = Some(earlier).filter(|earlier| *earlier != position);
        let said = said.iter().find(|said| said.position == position);
        let mut duty = duty.clone();
        if let Some(bodies) = said.and_then(|said| said.bodies.clone()) {
            (duty.who, duty.to, duty.via) = (bodies.who, bodies.to, bodies.via);
        }
        if let Some(words) = said.and_then(|said| said.words.clone()) {
            (duty.text, duty.period, duty.due) = (words.text, words.period, words.due);
        }
        ReadDuty {
            position,
            duty,
            double_of,
            is_dropped: said.map_or(double_of.is_some(), |said| said.is_dropped),
            is_accepted: said.is_some_and(|said| said.is_accepted),
            rev: said.map_or(0, |said| said.rev),
        }
    };
    duties.iter().enumerate().map(one).collect()
}

/// Those that are reviewed, in the order of the document: the reader has what it finds in sentences behind all others.
pub fn reviewed(duties: &[Duty], said: &[SaidDuty]) -> Vec<ReadDuty> {
    let mut reviewed = all(duties, said);
    reviewed.retain(ReadDuty::is_reviewed);
    reviewed.sort_by_key(|read| read.duty.source.start);
    reviewed
}

/// The duties that are in effect.
pub fn kept(all: Vec<ReadDuty>) -> Vec<Duty> {
    all.into_iter().filter(|read| !read.is_dropped).map(|read| read.duty).collect()
}

/// The duties as who reads the document counts them: a sentence that gives somebody work and obliges them to report is
/// one.
pub fn stated(duties: &[Duty]) -> Vec<Duty> {
    let place = |duty: &Duty| (duty.source.start, duty.text.clone());
    let is_given = |duty: &Duty| duty.kind == DutyKind::Assignment;
    let said: HashSet<(usize, String)> = duties.iter().filter(|duty| !is_given(duty)).map(place).collect();
    let mut stated = kept(all(duties, &[]));
    stated.retain(|duty| !is_given(duty) || !said.contains(&place(duty)));
    stated
}

#[cfg(test)]
mod tests {
    use plan_reader::Span;

    use super::*;

    fn duty(text: &str) -> Duty {
        let source = Span { start: 0, end: 0, page: None };
        let none = Vec::new;
        Duty {
            kind: DutyKind::Report,
            who: none(),
            to: none(),
            via: none(),
            period: None,
            due: None,
            text: text.into(),
            source,
        }
    }

    #[test]
    fn doubles_are_dropped_unless_somebody_keeps_them() {
        let read = [duty("Báo cáo tháng"), duty("Báo cáo quý"), duty("báo cáo  tháng.")];
        assert_eq!(kept(all(&read, &[])).len(), 2);
        assert_eq!(all(&read, &[])[2].double_of, Some(0));
        assert_eq!(all(&read, &[])[2].state(), "dropped");
        let said = SaidDuty { position: 2, rev: 1, ..SaidDuty::default() };
        assert_eq!(all(&read, std::slice::from_ref(&said))[2].state(), "open");
        assert_eq!(kept(all(&read, &[said])).len(), 3);
    }

    #[test]
    fn those_to_report_are_reviewed_as_the_document_has_them() {
        let at = |start: usize, text: &str| Duty { source: Span { start, end: start + 9, page: None }, ..duty(text) };
        let given = Duty { kind: DutyKind::Assignment, ..at(40, "Sở Nội vụ tuyển người") };
        let read = [given, at(60, "Báo cáo quý"), at(90, "Báo cáo năm"), at(20, "Báo cáo tháng")];
        let positions = reviewed(&read, &[]).iter().map(|read| read.position).collect::<Vec<_>>();
        assert_eq!(positions, [3, 1, 2], "each keeps the position by which it is spoken of");
    }

    #[test]
    fn a_sentence_that_gives_work_and_wants_a_report_is_counted_once() {
        let report = duty("Sở Tài chính cấp vốn, báo cáo UBND tỉnh");
        let given = Duty { kind: DutyKind::Assignment, ..report.clone() };
        let other = Duty { kind: DutyKind::Assignment, ..duty("Sở Nội vụ tuyển người") };
        let stated = stated(&[given, report, other.clone(), other]);
        let kinds: Vec<DutyKind> = stated.iter().map(|duty| duty.kind).collect();
        assert_eq!(kinds, [DutyKind::Report, DutyKind::Assignment]);
    }

    #[test]
    fn what_was_corrected_and_dropped_is_in_effect() {
        let read = [duty("Báo cáo tháng"), duty("Báo cáo quý")];
        let bodies = DutyBodies { who: vec!["Sở Tài chính".into()], ..DutyBodies::default() };
        let said = [
            SaidDuty { position: 0, bodies: Some(bodies), ..SaidDuty::default() },
            SaidDuty { position: 1, is_dropped: true, ..SaidDuty::default() },
        ];
        let kept = kept(all(&read, &said));
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].who, ["Sở Tài chính"]);
    }

    #[test]
    fn words_that_were_corrected_take_the_place_of_those_that_were_read() {
        let read = [duty("Báo cáo tháng")];
        let words = DutyWords {
            text: "Báo cáo quý".into(),
            period: Some("quarter".into()),
            due: Some("trước ngày 05/4".into()),
        };
        let said = SaidDuty { is_accepted: true, words: Some(words), rev: 2, ..SaidDuty::default() };
        let now = &all(&read, &[said])[0];
        assert_eq!((now.duty.text.as_str(), now.duty.period.as_deref()), ("Báo cáo quý", Some("quarter")));
        assert_eq!((now.state(), now.rev), ("accepted", 2));
    }

    #[test]
    fn what_was_said_before_duties_were_accepted_is_still_read() {
        let said: SaidDuty = serde_json::from_str(r#"{"position":1,"is_dropped":true,"bodies":null}"#).unwrap();
        assert!(said.is_dropped && !said.is_accepted && said.words.is_none());
    }
}
