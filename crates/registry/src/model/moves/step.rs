//! One step of a checklist: whose it is, by when, and what proves that it is done.

use db::Words;
use derive::{Code, Fact, Row, Schema};
use jiff::civil::Date;
use kernel::{Calendar, Lang, PersonId, Problem, ProblemKind, UnitId};
use serde::{Deserialize, Serialize};

use super::{
    Checklists, Gate, Migration, MigrationId, MigrationState, Need, Proof, StepPart, StepState, StepText,
    notice::{notice_lacks, notice_refused},
};

kernel::id!(OfMoveStep StepId "movestep");

#[derive(Debug, Clone, PartialEq, Row, Fact, Serialize, Schema)]
#[row(table = "registry_migration_step")]
#[fact(key = "step")]
pub struct Step {
    #[fact(name = "step", vi = "Bước", en = "Step")]
    pub id: StepId,
    #[fact(name = "migration", vi = "Dự án chuyển đổi", en = "Migration")]
    pub migration_id: MigrationId,
    pub place: i64,
    #[fact(identifier, vi = "Mã bước", en = "Code of the step")]
    pub code: String,
    /// As the checklist said it in Vietnamese.
    pub name: Words,
    #[fact(vi = "Phần", en = "Part")]
    pub part: StepPart,
    #[fact(vi = "Phải xong trước khi", en = "Needed before")]
    pub gate: Gate,
    #[fact(vi = "Bắt buộc", en = "Need")]
    pub need: Need,
    pub proof: Proof,
    #[fact(name = "unit", vi = "Đơn vị", en = "Body")]
    pub unit_id: Option<UnitId>,
    pub person_id: Option<PersonId>,
    #[fact(vi = "Hạn", en = "Due on")]
    pub due_on: Option<Date>,
    #[fact(vi = "Trạng thái", en = "State")]
    pub state: StepState,
    /// Number and day of the document that proves it.
    pub document: Option<Words>,
    /// SHA-256 of the file that proves it.
    pub fingerprint: Option<String>,
    pub note: Option<Words>,
    #[serde(skip)]
    pub done_by: Option<String>,
    #[fact(vi = "Ngày xong", en = "Done on")]
    pub done_on: Option<Date>,
    pub rev: i64,
}

impl Step {
    /// In the reader's language.
    pub fn said(&self, lang: Lang) -> &str {
        Checklists::shipped().said(&self.code, self.name.as_str(), lang)
    }

    pub fn is_mandatory(&self) -> bool {
        self.need == Need::Mandatory
    }

    /// The same step as the checklist of now has it.
    fn text(&self) -> Option<&'static StepText> {
        Checklists::shipped().steps.iter().find(|text| text.key == self.code)
    }

    /// What proves it, whatever the checklist said when the project was opened.
    pub fn asks(&self) -> Proof {
        self.text().map_or(self.proof, |text| text.proof)
    }

    /// What this proves has not happened before the system is moved: that it was moved, that the old one is off, that the new
    /// place keeps a backup.
    pub fn is_behind_cut_over(&self) -> bool {
        self.text().is_some_and(|text| text.after == Some(Gate::CutOver))
    }

    /// Whether the system moves only once this is done. A copy that nobody verified is no copy, whatever the checklist
    /// said when the project was opened.
    pub fn is_before_cut_over(&self) -> bool {
        self.gate == Gate::CutOver || self.asks() == Proof::Checksum
    }

    /// Whether its part of the project is under way.
    pub fn is_live(&self, row: &Migration) -> bool {
        match self.part {
            StepPart::Work => row.state.is_open(),
            StepPart::Return => row.state == MigrationState::RolledBack,
        }
    }

    /// What is still missing of its evidence: the problem's code; none where it is proven. Whether the level dossier was
    /// renewed since the project was opened is known beside the project.
    pub fn lacks(&self, row: &Migration, (calendar, is_renewed): (&Calendar, bool)) -> Option<&'static str> {
        match self.asks() {
            Proof::Document if self.document.is_none() && self.fingerprint.is_none() => Some("migration-no-evidence"),
            Proof::Checksum if !row.is_copy_same() => Some("migration-checksum-differs"),
            Proof::Announcement => notice_lacks(row, calendar),
            Proof::Dossier if !is_renewed => Some("migration-no-dossier"),
            Proof::Document | Proof::Checksum | Proof::Dossier => None,
        }
    }
}

/// What is done with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "migration-step-act")]
pub enum StepAct {
    /// Who, by when, and what is known so far.
    Save,
    Done,
    NotNeeded,
    Reopen,
}

/// A step as its form and the API send it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct StepInput {
    /// `save`, `done`, `not_needed` or `reopen`.
    pub act: String,
    pub rev: i64,
    /// The owner or the body that carries it out, by id or name.
    pub unit: String,
    /// Somebody of these bodies, by id.
    pub person: String,
    pub due_on: String,
    pub document: String,
    pub fingerprint: String,
    pub note: String,
}

/// The step after an act of this hand on this day, refused in this language.
///
/// # Errors
/// In words: the project is over, the system is not moved yet, evidence is missing, a mandatory step cannot be left out.
pub fn step_acted(
    step: Step,
    row: &Migration,
    act: StepAct,
    (hand, today, lang): (&str, Date, Lang),
    (calendar, is_renewed): (&Calendar, bool),
) -> Result<Step, Problem> {
    let conflict = |code| Err(Problem::new(ProblemKind::Conflict, code));
    if !step.is_live(row) {
        return conflict("migration-over");
    }
    match act {
        StepAct::Done if row.state.is_before_cut_over() && step.is_behind_cut_over() => {
            conflict("migration-before-cut-over")
        }
        StepAct::Save if step.state == StepState::Open => Ok(step),
        StepAct::Done if step.state == StepState::Open => match step.lacks(row, (calendar, is_renewed)) {
            Some(code) => {
                let problem = notice_refused(Problem::bad_input(code), row.window_begins, calendar, lang);
                Err(problem.field("document", code))
            }
            None => Ok(Step { state: StepState::Done, done_by: Some(hand.to_owned()), done_on: Some(today), ..step }),
        },
        StepAct::NotNeeded if step.is_mandatory() => conflict("migration-step-mandatory"),
        StepAct::NotNeeded if step.note.is_none() => {
            Err(Problem::bad_input("migration-step-reason").field("note", "migration-step-reason"))
        }
        StepAct::NotNeeded if step.state == StepState::Open => {
            Ok(Step { state: StepState::NotNeeded, done_by: Some(hand.to_owned()), done_on: Some(today), ..step })
        }
        StepAct::Reopen if step.state != StepState::Open => {
            Ok(Step { state: StepState::Open, done_by: None, done_on: None, ..step })
        }
        StepAct::Save | StepAct::Done | StepAct::NotNeeded | StepAct::Reopen => conflict("migration-step-state"),
    }
}
