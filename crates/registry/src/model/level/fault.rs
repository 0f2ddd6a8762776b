//! What is wrong with the level of a system on a day.

use derive::Columns;
use jiff::civil::{Date, date};
use kernel::{Calendar, UnitId};
use portfolio::level::Dates;

use super::{Dossier, DossierId, DossierState, LevelFault, due_on, rules};
use crate::model::{SystemId, SystemKind, SystemState};

/// What of a system its standing follows from.
#[derive(Debug, Clone, Columns)]
pub struct Known {
    pub id: SystemId,
    pub owner_id: UnitId,
    pub name: String,
    pub kind: SystemKind,
    pub state: SystemState,
    pub since: Option<i64>,
    pub operating_since: Option<Date>,
    /// How often a leader let it operate without a dossier.
    pub overruled: i64,
}

/// One thing that is wrong, with the days that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub fault: LevelFault,
    /// By when it should have been; or since when it operates.
    pub since: Option<Date>,
    /// Days late, where that can be said.
    pub days: Option<i64>,
}

pub fn is_operating(state: SystemState) -> bool {
    matches!(state, SystemState::Operating | SystemState::Retiring)
}

/// The day since which it operates at the latest: of a year alone its last day, so that nobody is called late who may not be.
pub fn operating_on(operating_since: Option<Date>, since: Option<i64>) -> Option<Date> {
    let of_year = || i16::try_from(since?).ok().filter(|year| (1..=9998).contains(year)).map(|year| date(year, 12, 31));
    operating_since.or_else(of_year)
}

/// The first approval of a system, where that came after it began to operate: what renews it later is late no more.
pub fn late_one(dossiers: &[Dossier]) -> Option<DossierId> {
    let first = dossiers.iter().filter(|row| row.is_approved()).min_by_key(|row| row.approved_on)?;
    let is_late = first.operating_on.zip(first.approved_on).is_some_and(|(operating, approved)| approved > operating);
    is_late.then_some(first.id)
}

/// The approval of a system that holds: its newest one, and of two of one day the one that was entered last.
pub fn newest(dossiers: &[Dossier]) -> Option<&Dossier> {
    dossiers.iter().filter(|row| row.is_approved()).max_by_key(|row| (row.approved_on, row.id))
}

/// All that is wrong with a system, the gravest first.
pub fn faults(system: &Known, dossiers: &[Dossier], calendar: &Calendar, today: Date) -> Vec<Found> {
    let mut out = Vec::new();
    let operating = operating_on(system.operating_since, system.since).filter(|on| *on <= today);
    let operating = operating.filter(|_| is_operating(system.state));
    let given = |row: &&Dossier| row.is_approved() && row.approved_on.is_some_and(|on| on <= today);
    let first = dossiers.iter().filter(given).min_by_key(|row| row.approved_on);
    let newest = dossiers.iter().filter(given).max_by_key(|row| row.approved_on);
    let late = |fault, by: Date| Found { fault, since: Some(by), days: Some(kernel::day::days_until(by, today)) };
    match (first, newest) {
        (Some(first), Some(newest)) => {
            let approved = first.approved_on;
            let dates = Dates { operating, first_approved: approved, approved, checked: None };
            if let Some(days) = rules().standing(first.level_number(), dates, today).late_by {
                out.push(Found { fault: LevelFault::Late, since: operating, days: Some(i64::from(days)) });
            }
            let past = |day: Option<Date>| day.filter(|day| *day < today);
            if let Some(by) = past(newest.valid_through) {
                out.push(late(LevelFault::Expired, by));
            } else if let Some(by) = past(newest.check_by) {
                out.push(late(LevelFault::CheckOverdue, by));
            }
        }
        _ if is_operating(system.state) => {
            let days = operating.map(|on| kernel::day::days_until(on, today));
            out.push(Found { fault: LevelFault::Unapproved, since: operating, days });
        }
        _ => {}
    }
    for row in dossiers {
        let fault = match row.state {
            DossierState::Sent => LevelFault::AppraisalOverdue,
            DossierState::Appraised => LevelFault::ApprovalOverdue,
            DossierState::Returned => LevelFault::CompletionOverdue,
            DossierState::Draft | DossierState::Approved => continue,
        };
        if let Some(by) = due_on(row, calendar).filter(|by| *by < today) {
            out.push(late(fault, by));
        }
    }
    out
}
