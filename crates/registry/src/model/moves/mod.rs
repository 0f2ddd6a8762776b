//! Migrations: a project that moves one system or ends it, its checklist, and what may be done with it when. Pure.

mod act;
mod checklist;
mod kinds;
mod migration;
mod notice;
mod plan;
mod step;
#[cfg(test)]
mod tests;

pub use self::{
    act::{MigrationAct, Said, acted, is_ran_by},
    checklist::{By, Checklists, DueText, StepText},
    kinds::{Anchor, Gate, MigrationState, Need, Proof, StepPart, StepState, Strategy},
    migration::{ACCEPT, Migration, MigrationId, READ, RUN},
    notice::{latest_notice, notice_refused},
    plan::Plan,
    step::{Step, StepAct, StepId, StepInput, step_acted},
};
