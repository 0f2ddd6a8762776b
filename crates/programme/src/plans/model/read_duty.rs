//! Duties as a document states them, and what a person said of each while it was reviewed.

use plan_reader::{Duty, DutyKind};
use serde::{Deserialize, Serialize};

/// What was said of the duty at a position of the reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidDuty {
    pub position: usize,
    /// It is none, or stands there twice.
    pub is_dropped: bool,
    /// Who reports to whom through whom, where that was corrected.
    pub bodies: Option<DutyBodies>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyBodies {
    pub who: Vec<String>,
    pub to: Vec<String>,
    pub via: Vec<String>,
}

/// A duty of the reading beside what is made of it.
#[derive(Debug, Clone)]
pub struct ReadDuty {
    pub position: usize,
    pub duty: Duty,
    /// The position of an earlier one with the same words.
    pub double_of: Option<usize>,
    pub is_dropped: bool,
}

/// All duties with what was said of them. One that says the same as an earlier one is dropped unless it was kept.
pub fn all(duties: &[Duty], said: &[SaidDuty]) -> Vec<ReadDuty> {
    let key = |duty: &Duty| (matches!(duty.kind, DutyKind::Report), kernel::text::fold(&duty.text));
    let one = |(position, duty): (usize, &Duty)| {
        let double_of = duties[..position].iter().position(|other| key(other) == key(duty));
        let said = said.iter().find(|said| said.position == position);
        let mut duty = duty.clone();
        if let Some(bodies) = said.and_then(|said| said.bodies.clone()) {
            (duty.who, duty.to, duty.via) = (bodies.who, bodies.to, bodies.via);
        }
        ReadDuty { position, duty, double_of, is_dropped: said.map_or(double_of.is_some(), |said| said.is_dropped) }
    };
    duties.iter().enumerate().map(one).collect()
}

/// The duties that are in effect.
pub fn kept(duties: &[Duty], said: &[SaidDuty]) -> Vec<Duty> {
    all(duties, said).into_iter().filter(|read| !read.is_dropped).map(|read| read.duty).collect()
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
        assert_eq!(kept(&read, &[]).len(), 2);
        assert_eq!(all(&read, &[])[2].double_of, Some(0));
        let said = SaidDuty { position: 2, is_dropped: false, bodies: None };
        assert_eq!(kept(&read, &[said]).len(), 3);
    }

    #[test]
    fn what_was_corrected_and_dropped_is_in_effect() {
        let read = [duty("Báo cáo tháng"), duty("Báo cáo quý")];
        let bodies = DutyBodies { who: vec!["Sở Tài chính".into()], ..DutyBodies::default() };
        let said = [
            SaidDuty { position: 0, is_dropped: false, bodies: Some(bodies) },
            SaidDuty { position: 1, is_dropped: true, bodies: None },
        ];
        let kept = kept(&read, &said);
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].who, ["Sở Tài chính"]);
    }
}
