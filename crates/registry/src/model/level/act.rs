//! The walk of a dossier, and the clocks that run beside it.

use std::sync::OnceLock;

use db::Words;
use jiff::{ToSpan as _, civil::Date};
use kernel::{Calendar, Problem, ProblemKind, UnitId};
use portfolio::{
    Status,
    level::{CycleText, DossierRules},
};
use serde::Deserialize;

use super::{Control, ControlState, Dossier, DossierAct, DossierState};
use crate::model::check_done;

/// The controls, clocks and cycles in force.
pub fn rules() -> &'static DossierRules {
    static READ: OnceLock<DossierRules> = OnceLock::new();
    READ.get_or_init(DossierRules::shipped)
}

/// An act on a dossier as its form and the API send it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DossierInput {
    /// `send`, `return`, `appraise`, `approve` or `check`.
    pub act: String,
    pub rev: i64,
    /// To whom it is sent, by id or name.
    pub reviewer: String,
    /// The number of the decision, or of the appraisal.
    pub number: String,
    /// The day that the decision bears, or of the check.
    pub on_day: String,
    /// Where the decision says another level than the rules.
    pub level: String,
    pub valid_through: String,
    pub reason: String,
}

/// What is said with an act, understood.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    pub today: Date,
    /// The account behind the act.
    pub hand: &'a str,
    /// The console stands in for anybody.
    pub is_trusted: bool,
    pub reviewer: Option<UnitId>,
    pub number: Option<Words>,
    pub on_day: Option<Date>,
    pub level: Option<i64>,
    pub valid_through: Option<Date>,
    pub reason: Option<Words>,
    pub operating_on: Option<Date>,
}

fn missing(field: &str) -> Problem {
    Problem::bad_input("field-empty").field(field, "field-empty")
}

/// The dossier after an act.
///
/// # Errors
/// In words: it is not in the state for it, something is unsaid, a day cannot be, two hands are needed.
pub fn acted(row: Dossier, controls: &[Control], act: DossierAct, said: &Said<'_>) -> Result<Dossier, Problem> {
    let conflict = |code| Problem::new(ProblemKind::Conflict, code);
    if !act.is_open_to(row.state) {
        return Err(conflict("level-state"));
    }
    let is_own = |hand: &Option<String>| !said.is_trusted && hand.as_deref() == Some(said.hand);
    match act {
        DossierAct::Send => {
            let reviewer_id = Some(said.reviewer.ok_or_else(|| missing("reviewer"))?);
            let unsaid = controls.iter().filter(|one| one.state == ControlState::Unsaid).count();
            if unsaid > 0 {
                return Err(conflict("level-controls-unsaid").with("count", unsaid));
            }
            let (sent_on, sent_by) = (Some(said.today), Some(said.hand.to_owned()));
            Ok(Dossier { state: DossierState::Sent, reviewer_id, sent_on, sent_by, reason: None, ..row })
        }
        DossierAct::Return => {
            let reason = Some(said.reason.clone().ok_or_else(|| missing("reason"))?);
            // What was found of it is not true of what will be sent again.
            let row = Dossier { appraisal: None, appraised_on: None, appraised_by: None, ..row };
            Ok(Dossier { state: DossierState::Returned, returned_on: Some(said.today), reason, ..row })
        }
        DossierAct::Appraise if is_own(&row.sent_by) => Err(conflict("level-two-hands")),
        DossierAct::Appraise => {
            let appraisal = Some(said.number.clone().ok_or_else(|| missing("number"))?);
            let (appraised_on, appraised_by) = (Some(said.today), Some(said.hand.to_owned()));
            Ok(Dossier { state: DossierState::Appraised, appraisal, appraised_on, appraised_by, ..row })
        }
        DossierAct::Approve if !said.is_trusted && row.is_by(said.hand) => Err(conflict("level-two-hands")),
        DossierAct::Approve => approved(row, said),
        DossierAct::Check => checked(row, said),
    }
}

/// Approved by a decision: its own day and the day on which it is entered are both kept, and neither is before the dossier
/// was sent.
fn approved(row: Dossier, said: &Said<'_>) -> Result<Dossier, Problem> {
    let on = said.on_day.ok_or_else(|| missing("on_day"))?;
    if row.sent_on.is_some_and(|sent| on < sent) {
        return Err(Problem::bad_input("level-day-before-sent").field("on_day", "level-day-before-sent"));
    }
    decided(row, on, said)
}

/// What a decision of this day makes of a dossier.
fn decided(row: Dossier, on: Date, said: &Said<'_>) -> Result<Dossier, Problem> {
    let number = Some(said.number.clone().ok_or_else(|| missing("number"))?);
    check_done("on_day", Some(on), said.today)?;
    if said.valid_through.is_some_and(|last| last < on) {
        return Err(Problem::bad_input("level-valid-backwards").field("valid_through", "level-valid-backwards"));
    }
    let level = said.level.unwrap_or(row.level);
    if level != row.proposed && said.reason.is_none() {
        return Err(Problem::bad_input("level-other").field("reason", "level-other"));
    }
    let cycle = u8::try_from(level).ok().and_then(|level| rules().cycle(level));
    let Some(cycle) = cycle else { return Err(Problem::bad_input("level-none").field("level", "level-none")) };
    let valid_through = Some(holds_until(cycle, on, said.valid_through)?);
    let check_by = on.checked_add(i64::from(cycle.check_months).months()).ok();
    Ok(Dossier {
        state: DossierState::Approved,
        level,
        number,
        approved_on: Some(on),
        recorded_on: Some(said.today),
        operating_on: said.operating_on,
        valid_through,
        check_by,
        reason: said.reason.clone(),
        ..row
    })
}

/// Until when what was approved on this day holds: as its decision says, else by the cycle. A decision that says more than the
/// cycle is refused by a rule that was read, and not by what the program proposes.
pub(super) fn holds_until(cycle: &CycleText, on: Date, own: Option<Date>) -> Result<Date, Problem> {
    let last = on.checked_add(i64::from(cycle.valid_months).months()).map_err(Problem::internal)?;
    if cycle.status == Status::Read && own.is_some_and(|own| own > last) {
        let problem = Problem::bad_input("level-valid-long").with("months", cycle.valid_months);
        return Err(problem.field("valid_through", "level-valid-long"));
    }
    Ok(own.unwrap_or(last))
}

/// The cycle of a dossier whose decision says that it holds for longer.
pub fn beyond_cycle(row: &Dossier) -> Option<&'static CycleText> {
    let cycle = rules().cycle(row.level_number())?;
    let last = row.approved_on?.checked_add(i64::from(cycle.valid_months).months()).ok()?;
    row.valid_through.is_some_and(|own| own > last).then_some(cycle)
}

/// A decision of before there was a dossier here, taken over from its paper.
///
/// # Errors
/// As of [`acted`].
pub fn recorded(row: Dossier, said: &Said<'_>) -> Result<Dossier, Problem> {
    let on = said.on_day.ok_or_else(|| missing("on_day"))?;
    decided(row, on, said)
}

fn checked(row: Dossier, said: &Said<'_>) -> Result<Dossier, Problem> {
    let on = said.on_day.ok_or_else(|| missing("on_day"))?;
    check_done("on_day", Some(on), said.today)?;
    if row.approved_on.max(row.checked_on).is_some_and(|last| on < last) {
        return Err(Problem::bad_input("level-check-early").field("on_day", "level-check-early"));
    }
    let note = Some(said.number.clone().ok_or_else(|| missing("number"))?);
    let cycle = rules().cycle(row.level_number());
    let check_by = cycle.and_then(|cycle| on.checked_add(i64::from(cycle.check_months).months()).ok());
    Ok(Dossier { checked_on: Some(on), check_note: note, check_by, ..row })
}

/// By when whoever has it must be done, in working days.
pub fn due_on(row: &Dossier, calendar: &Calendar) -> Option<Date> {
    let (key, from) = match row.state {
        DossierState::Sent => ("appraise", row.sent_on),
        DossierState::Appraised => ("approve", row.appraised_on),
        DossierState::Returned => ("complete", row.returned_on),
        DossierState::Draft | DossierState::Approved => return None,
    };
    let clock = rules().clock(key, row.level_number())?;
    Some(calendar.within(from?.at(8, 0, 0, 0), i32::from(clock.working_days), None).due)
}
