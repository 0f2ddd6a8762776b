//! What may be done with a project in which state, and what it is then.

use db::Words;
use derive::Code;
use jiff::civil::Date;
use kernel::{Calendar, Lang, Problem, ProblemKind};

use super::{
    Gate, Migration, MigrationState, Step, StepPart, StepState, Strategy,
    notice::{notice_lacks, notice_refused},
};
use crate::model::SystemHosting;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-act")]
pub enum MigrationAct {
    Start,
    CutOver,
    Accept,
    RollBack,
    Cancel,
}

impl MigrationAct {
    /// Its name in the ledger.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Start => "migration.start",
            Self::CutOver => "migration.cut_over",
            Self::Accept => "migration.accept",
            Self::RollBack => "migration.roll_back",
            Self::Cancel => "migration.cancel",
        }
    }

    pub fn needs_reason(self) -> bool {
        matches!(self, Self::RollBack | Self::Cancel)
    }

    /// Whether a project in this state may come to it.
    pub fn is_open_to(self, state: MigrationState) -> bool {
        use MigrationState as State;
        match self {
            Self::Start | Self::Cancel => state == State::Planned,
            Self::CutOver => state == State::Running,
            Self::Accept => state == State::CutOver,
            Self::RollBack => matches!(state, State::Running | State::CutOver | State::Accepted),
        }
    }
}

/// Who acts, when, and why.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    pub today: Date,
    /// In which it is refused.
    pub lang: Lang,
    pub calendar: &'a Calendar,
    /// A level dossier of the system was renewed since the project was opened.
    pub is_renewed: bool,
    /// The account behind the act.
    pub hand: &'a str,
    /// It is who leads the project, in person or by a token.
    pub is_leader: bool,
    /// The console stands in for anybody.
    pub is_trusted: bool,
    pub reason: Option<Words>,
}

impl Migration {
    /// The same, with one more hand that ran it.
    #[must_use]
    pub fn by(self, hand: &str) -> Self {
        Self { hands: with_hand(&self.hands, hand), ..self }
    }
}

/// Whether this hand had a part in carrying it out.
pub fn is_ran_by(row: &Migration, steps: &[Step], said: &Said<'_>) -> bool {
    let is_doer = steps.iter().any(|step| step.done_by.as_deref() == Some(said.hand));
    !said.is_trusted && (row.is_by(said.hand, None) || is_doer || said.is_leader)
}

/// The project after an act.
///
/// # Errors
/// In words: it is not in the state for it, steps are open, it was not announced in time, two hands are needed.
pub fn acted(row: Migration, steps: &[Step], act: MigrationAct, said: &Said<'_>) -> Result<Migration, Problem> {
    let conflict = |code| Problem::new(ProblemKind::Conflict, code);
    if !act.is_open_to(row.state) {
        return Err(conflict("migration-state"));
    }
    if act.needs_reason() && said.reason.is_none() {
        return Err(Problem::bad_input("field-empty").field("reason", "field-empty"));
    }
    let (today, hands) = (said.today, with_hand(&row.hands, said.hand));
    match act {
        MigrationAct::Start => {
            leads_somewhere(&row)?;
            Ok(Migration { state: MigrationState::Running, started_on: Some(today), hands, ..row })
        }
        MigrationAct::CutOver => {
            leads_somewhere(&row)?;
            in_window(&row, said)?;
            all_done(steps, said.lang, Step::is_before_cut_over)?;
            proven(&row, steps, said, Step::is_before_cut_over)?;
            Ok(Migration { state: MigrationState::CutOver, cut_over_on: Some(today), hands, ..row })
        }
        MigrationAct::Accept => {
            let is_asked = |step: &Step| step.gate != Gate::Return;
            all_done(steps, said.lang, is_asked)?;
            proven(&row, steps, said, is_asked)?;
            if is_ran_by(&row, steps, said) {
                return Err(conflict("migration-two-hands"));
            }
            Ok(Migration { state: MigrationState::Accepted, ended_on: Some(today), ..row })
        }
        MigrationAct::RollBack | MigrationAct::Cancel => {
            let state =
                if act == MigrationAct::Cancel { MigrationState::Cancelled } else { MigrationState::RolledBack };
            Ok(Migration { state, ended_on: Some(today), reason: said.reason.clone(), hands, ..row })
        }
    }
}

/// What moves has a place to move to, and still has it when it moves: afterwards that is fixed.
fn leads_somewhere(row: &Migration) -> Result<(), Problem> {
    if row.strategy != Strategy::Retire && row.to_hosting == SystemHosting::Unknown {
        return Err(Problem::new(ProblemKind::Conflict, "migration-whereto"));
    }
    Ok(())
}

/// A system stops only when it was said, and said early enough.
fn in_window(row: &Migration, said: &Said<'_>) -> Result<(), Problem> {
    let conflict = |code| Problem::new(ProblemKind::Conflict, code);
    if let Some(code) = notice_lacks(row, said.calendar) {
        return Err(notice_refused(conflict(code), row.window_begins, said.calendar, said.lang));
    }
    let Some(begins) = row.window_begins else { return Err(conflict("migration-not-announced")) };
    let ends = row.window_ends.unwrap_or(begins);
    if (begins..=ends).contains(&said.today) {
        return Ok(());
    }
    let day = |day| kernel::day::show(day, said.lang);
    Err(conflict("migration-outside-window").with("begins", day(begins)).with("ends", day(ends)))
}

/// The mandatory steps of the work that are asked for.
fn asked(steps: &[Step], is_asked: impl Fn(&Step) -> bool) -> impl Iterator<Item = &Step> {
    steps.iter().filter(move |step| step.part == StepPart::Work && step.is_mandatory() && is_asked(step))
}

/// What was proven when they were done still is.
fn proven(row: &Migration, steps: &[Step], said: &Said<'_>, is_asked: impl Fn(&Step) -> bool) -> Result<(), Problem> {
    let beside = (said.calendar, said.is_renewed);
    let Some(code) = asked(steps, is_asked).find_map(|step| step.lacks(row, beside)) else { return Ok(()) };
    let problem = Problem::new(ProblemKind::Conflict, code);
    Err(notice_refused(problem, row.window_begins, said.calendar, said.lang))
}

/// Each of them is done.
fn all_done(steps: &[Step], lang: Lang, is_asked: impl Fn(&Step) -> bool) -> Result<(), Problem> {
    let open: Vec<&str> =
        asked(steps, is_asked).filter(|step| step.state != StepState::Done).map(|step| step.said(lang)).collect();
    if open.is_empty() {
        return Ok(());
    }
    let problem = Problem::new(ProblemKind::Conflict, "migration-steps-open");
    Err(problem.with("count", open.len()).with("steps", open.join("; ")))
}

fn with_hand(hands: &str, hand: &str) -> String {
    if hands.split(' ').any(|known| known == hand) {
        hands.to_owned()
    } else {
        format!("{hands} {hand}").trim().to_owned()
    }
}
