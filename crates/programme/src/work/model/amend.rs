//! What an official act leaves of tasks and their parts: pure steps from images to images. An image is what such acts
//! change of a row; both are kept with the act, so that it can be shown and taken back.

use kernel::UnitId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

/// What acts of this kind change of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, db::FromQueryResult)]
pub struct PartImage {
    pub id: Uuid,
    pub task_id: Uuid,
    pub unit_id: Uuid,
    pub sort_plan: String,
    pub time_kind: String,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
    pub clock: Option<String>,
    pub clock_from: Option<String>,
    pub clock_days: Option<i64>,
    pub done_on: Option<String>,
    pub stopped_on: Option<String>,
    pub stop_kind: Option<String>,
    pub rev: i64,
}

/// Ended because another body has the work now, or another task of the same body.
pub const MOVED: &str = "moved";
pub const MERGED: &str = "merged";

impl PartImage {
    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn is_open(&self) -> bool {
        self.done_on.is_none() && self.stopped_on.is_none()
    }

    pub fn is_paused(&self) -> bool {
        self.done_on.is_none() && self.stop_kind.as_deref() == Some("paused")
    }

    /// Whether it is somebody's work still, done or not: not where it went elsewhere.
    pub fn is_there(&self) -> bool {
        !matches!(self.stop_kind.as_deref(), Some(MOVED | MERGED))
    }

    fn is_to_do(&self) -> bool {
        self.is_there() && self.done_on.is_none()
    }

    fn stopped(&self, day: &str, kind: &str) -> Self {
        Self { stopped_on: Some(day.to_owned()), stop_kind: Some(kind.to_owned()), ..self.clone() }
    }

    fn resumed(&self) -> Self {
        Self { stopped_on: None, stop_kind: None, ..self.clone() }
    }
}

/// What acts of this kind change of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskImage {
    pub id: Uuid,
    pub text: String,
    pub time_raw: String,
    pub time_kind: String,
    pub result: Option<String>,
    pub coordinating: String,
    pub merged_into: Option<Uuid>,
    /// Helpers that the plan names, not those that a body brought in.
    pub helpers: Vec<UnitId>,
}

/// A part before an act and after it.
pub type Step = (PartImage, PartImage);

/// Who leads after an amendment: parts of bodies that go and that come back, and bodies that are new.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Leads {
    pub steps: Vec<Step>,
    pub new: Vec<UnitId>,
}

/// The parts as the bodies named now leave them. A body whose part is done keeps it: it is sent back first, but where tasks
/// became one and the body has another one to do, that one goes. Who comes back finds the part that they had.
pub fn led_by(parts: &[PartImage], leads: &[UnitId], day: &str) -> Result<Leads, Error> {
    let mut out = Leads::default();
    for part in parts.iter().filter(|part| part.is_there() && !leads.contains(&part.unit())) {
        if part.done_on.is_some() {
            if !parts.iter().any(|other| other.unit_id == part.unit_id && other.is_to_do()) {
                return Err(Error::LeadDone(part.unit()));
            }
            continue;
        }
        out.steps.push((part.clone(), part.stopped(day, MOVED)));
    }
    for unit in leads {
        let mut own = parts.iter().filter(|part| part.unit() == *unit);
        if own.clone().any(PartImage::is_there) {
            continue;
        }
        match own.find(|part| part.stop_kind.as_deref() == Some(MOVED)) {
            Some(part) => out.steps.push((part.clone(), part.resumed())),
            None if !out.new.contains(unit) => out.new.push(*unit),
            None => {}
        }
    }
    Ok(out)
}

/// What stops, or starts again, for all bodies of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    Pause,
    End,
    Resume,
}

impl Stop {
    pub fn code(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::End => "end",
            Self::Resume => "resume",
        }
    }

    /// The parts that it changes.
    pub fn steps(self, parts: &[PartImage], day: &str) -> Vec<Step> {
        let held = |part: &&PartImage| match self {
            Self::Pause | Self::End => part.is_open(),
            Self::Resume => matches!(part.stop_kind.as_deref(), Some("paused" | "ended")),
        };
        let after = |part: &PartImage| match self {
            Self::Pause => part.stopped(day, "paused"),
            Self::End => part.stopped(day, "ended"),
            Self::Resume => part.resumed(),
        };
        parts.iter().filter(held).map(|part| (part.clone(), after(part))).collect()
    }
}

/// Parts of a task that becomes one with another: a body that has no open one there takes its own along with all that hangs
/// on it, and so does who is done with it; the part of any other ends, and what proves it goes to the part that stays.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub steps: Vec<Step>,
    /// From part, to part.
    pub evidence: Vec<(Uuid, Uuid)>,
}

pub fn merged(from: &[PartImage], into: &[PartImage], task: Uuid, position: i64, day: &str) -> Merged {
    let mut out = Merged::default();
    for part in from.iter().filter(|part| part.is_there()) {
        match into.iter().find(|other| other.is_open() && other.unit_id == part.unit_id) {
            Some(other) if part.done_on.is_none() => {
                out.steps.push((part.clone(), part.stopped(day, MERGED)));
                out.evidence.push((part.id, other.id));
            }
            Some(_) | None => {
                let sort_plan = placed(&part.sort_plan, position);
                out.steps.push((part.clone(), PartImage { task_id: task, sort_plan, ..part.clone() }));
            }
        }
    }
    out
}

/// The place of a part in its plan, with another place of its task.
pub fn placed(sort_plan: &str, position: i64) -> String {
    let mut pieces: Vec<String> = sort_plan.splitn(3, '-').map(str::to_owned).collect();
    if let Some(piece) = pieces.get_mut(1) {
        *piece = format!("{position:06}");
    }
    pieces.join("-")
}

/// The pieces of a task that is split, parted by an empty line; less than two are none.
pub fn split(text: &str) -> Result<Vec<String>, Error> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pieces = lines.split(|line| line.is_empty()).map(|piece| piece.join(" "));
    let pieces: Vec<String> = pieces.filter(|piece| !piece.is_empty()).collect();
    match pieces.len() {
        0 | 1 => Err(Error::SplitFew),
        2..=MOST_PIECES => Ok(pieces),
        _ => Err(Error::SplitMany(MOST_PIECES)),
    }
}

/// A task is split into no more than these.
pub const MOST_PIECES: usize = 20;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(id: u128, unit: u128) -> PartImage {
        PartImage {
            id: Uuid::from_u128(id),
            task_id: Uuid::from_u128(1),
            unit_id: Uuid::from_u128(unit),
            sort_plan: "0000000000000007-000003-so tai chinh".into(),
            time_kind: "year".into(),
            start_on: None,
            due_on: Some("2026-12-31".into()),
            clock: None,
            clock_from: None,
            clock_days: None,
            done_on: None,
            stopped_on: None,
            stop_kind: None,
            rev: 1,
        }
    }

    fn unit(n: u128) -> UnitId {
        UnitId::from_uuid(Uuid::from_u128(n))
    }

    const DAY: &str = "2026-11-27";

    #[test]
    fn a_body_that_is_named_no_more_ends_and_one_that_comes_back_finds_its_part() {
        let first = led_by(&[part(1, 7)], &[unit(8)], DAY).unwrap();
        assert_eq!(first.new, [unit(8)]);
        assert_eq!(first.steps.iter().map(|(before, _)| before.unit()).collect::<Vec<_>>(), [unit(7)]);
        let moved = first.steps[0].1.clone();
        assert_eq!((moved.stop_kind.as_deref(), moved.is_there()), (Some(MOVED), false));
        let back = led_by(&[moved, part(2, 8)], &[unit(7)], DAY).unwrap();
        assert!(back.new.is_empty() && back.steps.iter().any(|(_, after)| after.unit() == unit(7) && after.is_open()));
    }

    #[test]
    fn a_body_that_is_named_twice_gets_one_part() {
        assert_eq!(led_by(&[], &[unit(7), unit(7)], DAY).unwrap().new, [unit(7)]);
    }

    #[test]
    fn a_body_that_reported_the_work_done_keeps_it() {
        let done = PartImage { done_on: Some(DAY.into()), ..part(1, 7) };
        assert_eq!(led_by(std::slice::from_ref(&done), &[unit(8)], DAY), Err(Error::LeadDone(unit(7))));
        assert_eq!(led_by(&[done], &[unit(7)], DAY), Ok(Leads::default()));
    }

    #[test]
    fn of_a_body_with_a_done_part_and_another_the_other_goes() {
        let (from, into) = ([PartImage { done_on: Some(DAY.into()), ..part(1, 7) }], [part(3, 7)]);
        let merged = merged(&from, &into, Uuid::from_u128(9), 12, DAY);
        let (_, done) = merged.steps[0].clone();
        let leads = led_by(&[done.clone(), into[0].clone()], &[unit(8)], DAY).unwrap();
        let gone: Vec<_> = leads.steps.iter().map(|(before, after)| (before.id, after.stop_kind.as_deref())).collect();
        assert_eq!((gone, leads.new), (vec![(into[0].id, Some(MOVED))], vec![unit(8)]));
        let left = leads.steps[0].1.clone();
        assert_eq!(led_by(&[done, left], &[unit(8)], DAY), Err(Error::LeadDone(unit(7))), "what is done stays");
    }

    #[test]
    fn of_two_tasks_of_one_body_one_part_stays_with_the_evidence_of_both() {
        let (from, into) = ([part(1, 7), part(2, 8)], [part(3, 7)]);
        let merged = merged(&from, &into, Uuid::from_u128(9), 12, DAY);
        assert_eq!(merged.evidence, [(from[0].id, into[0].id)]);
        assert_eq!(merged.steps[0].1.stop_kind.as_deref(), Some(MERGED));
        assert_eq!(merged.steps[1].1.task_id, Uuid::from_u128(9));
        assert_eq!(merged.steps[1].1.sort_plan, "0000000000000007-000012-so tai chinh");
    }

    /// Open work goes into no part that nobody works on.
    #[test]
    fn only_an_open_part_takes_the_place_of_another() {
        let done = PartImage { done_on: Some(DAY.into()), ..part(3, 7) };
        for other in [part(3, 7).stopped(DAY, "paused"), part(3, 7).stopped(DAY, "ended"), done] {
            let merged = merged(&[part(1, 7)], &[other], Uuid::from_u128(9), 12, DAY);
            assert!(merged.evidence.is_empty());
            let (_, after) = &merged.steps[0];
            assert!(after.is_open() && after.task_id == Uuid::from_u128(9), "{after:?}");
        }
    }

    #[test]
    fn a_task_is_split_into_two_at_least() {
        assert_eq!(
            split("Việc một\nnối tiếp\n\n\nViệc hai\n"),
            Ok(vec!["Việc một nối tiếp".into(), "Việc hai".into()])
        );
        assert_eq!(split("\n \n"), Err(Error::SplitFew));
        assert_eq!(split("Việc một"), Err(Error::SplitFew));
        assert_eq!(split(&"a\n\n".repeat(21)), Err(Error::SplitMany(MOST_PIECES)));
    }

    fn any_part() -> impl Strategy<Value = PartImage> {
        let stop = prop_oneof![Just(None), Just(Some("paused")), Just(Some(MOVED)), Just(Some("ended"))];
        (1_u128..6, stop, any::<bool>()).prop_map(|(unit, stop, done)| PartImage {
            stop_kind: stop.map(str::to_owned),
            stopped_on: stop.map(|_| DAY.to_owned()),
            done_on: (done && stop.is_none()).then(|| DAY.to_owned()),
            ..part(unit, unit)
        })
    }

    proptest! {
        /// Whoever is named has the work afterwards, once, and nobody else has it.
        #[test]
        fn who_is_named_leads_and_nobody_else(
            parts in proptest::collection::vec(any_part(), 0..5),
            named in proptest::collection::vec(1_u128..8, 1..6),
        ) {
            let mut parts = parts;
            parts.sort_by_key(|part| part.unit_id);
            parts.dedup_by_key(|part| part.unit_id);
            let named: Vec<UnitId> = named.into_iter().map(unit).collect();
            let Ok(leads) = led_by(&parts, &named, DAY) else {
                prop_assert!(parts.iter().any(|part| part.done_on.is_some()));
                return Ok(());
            };
            let after = |part: &PartImage| {
                leads.steps.iter().find(|(before, _)| before.id == part.id).map_or(part.clone(), |(_, after)| after.clone())
            };
            let mut led: Vec<UnitId> =
                parts.iter().map(after).filter(PartImage::is_there).map(|part| part.unit()).chain(leads.new.clone()).collect();
            led.sort_unstable();
            let mut wanted = named.clone();
            wanted.sort_unstable();
            wanted.dedup();
            prop_assert_eq!(led, wanted);
        }

        /// What stops and starts again is as it was.
        #[test]
        fn what_is_paused_and_resumed_is_as_it_was(parts in proptest::collection::vec(any_part(), 0..5)) {
            let open: Vec<PartImage> = parts.into_iter().filter(PartImage::is_open).collect();
            let paused: Vec<PartImage> = Stop::Pause.steps(&open, DAY).into_iter().map(|(_, after)| after).collect();
            let back: Vec<PartImage> = Stop::Resume.steps(&paused, DAY).into_iter().map(|(_, after)| after).collect();
            prop_assert_eq!(back, open);
        }
    }
}
