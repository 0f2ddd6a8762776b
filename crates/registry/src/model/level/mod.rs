//! Level dossiers: which level is proposed and why, its controls, the walk to an approval, and what is wrong on a day. Pure.

mod act;
mod control;
mod dossier;
mod fault;
mod kinds;
mod overrule;
#[cfg(test)]
mod tests;

pub use self::{
    act::{DossierInput, Said, acted, beyond_cycle, due_on, recorded, rules},
    control::{Control, ControlId},
    dossier::{APPROVE, CONTROLS, Dossier, DossierId, KEEP, OVERRULE, READ, REVIEW},
    fault::{Found, Known, faults, is_operating, late_one, newest, operating_on},
    kinds::{ControlState, DossierAct, DossierState, LevelFault},
    overrule::{Overrule, OverruleId},
};
